"""Which of the hits of a query are quoted, and in which order."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answers.conversation import NOTHING_STALE, Stale
from bot.answers.model import Answer, Policy
from bot.answers.passage_table import PassageTable
from bot.answers.query_answers import QueryAnswerer
from bot.articles.library import build
from bot.search.index import PassageIndex

QUESTION = "how many harbour pilots from Ostby are there"
HALL, BRAVE, NINE = "Hall", "Brave", "Nine"
SENTENCES = {
    HALL: "The harbour pilots from Ostby meet in the hall.",
    BRAVE: "The harbour pilots from Ostby are brave.",
    NINE: "Of Ostby there are nine harbour pilots.",
}


def answer(
    folder: Path, scores: Sequence[tuple[str, float]], stale: Stale = NOTHING_STALE
) -> tuple[Answer, list[str]]:
    """Answer from hits with some scores, in this order; give also all sections that are named."""
    parts = (f"## {heading}\n\n{text}\n" for heading, text in SENTENCES.items())
    (folder / "a.md").write_text("# Pilots\n\n" + "\n".join(parts), encoding="utf-8")
    library, _ = build(folder)
    table = PassageTable(library)
    index = PassageIndex.build([passage.plain for _, _, passage in library.passages()])
    answerer = QueryAnswerer(index, table, Policy(threshold=0.0))
    query = index.parse(QUESTION)
    hit_of = {table.passages[hit.passage][1].heading: hit for hit in index.retrieve(query, 3)}
    hits = [hit_of[heading]._replace(score=score) for heading, score in scores]
    # A follow-up has chosen its key sentences already.
    keys = {hit.passage: 0 for hit in hits}
    given = answerer.answer(QUESTION, query, hits, keys, stale)
    first = given.quotes[0]
    others = [table.find_passage(id_) for id_ in given.others]
    return given, [first.section.heading, *(other[1].heading for other in others if other)]


def test_what_has_what_is_asked_for_comes_first_whatever_the_order_of_scores(
    tmp_path: Path,
) -> None:
    """In a conversation the hits are not ordered by their scores; none is lost, or named twice."""
    _, named = answer(tmp_path, [(HALL, 10.0), (BRAVE, 4.0), (NINE, 8.0)])
    assert named == [NINE, HALL, BRAVE]


@pytest.mark.parametrize("score", [8.0, 100.0])
def test_what_may_not_come_first_again_is_not_put_first(tmp_path: Path, score: float) -> None:
    """Though it alone has what is asked for: how sure the answer is counts for what is quoted."""
    stale = Stale(keys=frozenset((SENTENCES[NINE],)))
    given, named = answer(tmp_path, [(HALL, 10.0), (NINE, score)], stale)
    alone, _ = answer(tmp_path, [(HALL, 10.0)])
    assert named == [HALL, NINE]
    assert given.features is not None
    assert alone.features is not None
    assert given.features.adjacency == alone.features.adjacency
