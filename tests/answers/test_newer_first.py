"""Of two articles that say the same thing differently, the newer one is quoted first."""

from pathlib import Path

import pytest

from bot.answers.model import Policy
from bot.answers.newer_first import put_newer_first
from bot.answers.passage_table import PassageTable
from bot.articles.library import build
from bot.knowledge_base import KnowledgeBase
from bot.search.index import Hit, PassageIndex

OLD, NEW = "The entry fee of the pool is five pounds.", "The entry fee of the pool is now £7."
# What is asked, and what an older and a newer article say of it.
TOLD_TWICE = [
    ("what is the entry fee of the pool?", OLD, NEW),
    (
        "when does the library close on Sunday?",
        "The library closes at four on Sunday.",
        "On Sunday the library closes at six.",
    ),
    (
        "who is the mayor of Lisk?",
        "The mayor of Lisk is Ada Lund.",
        "Since March the mayor of Lisk is Oskar Brand.",
    ),
    ("where do the buses stop?", "Buses stop in Mill Lane.", "Buses stop in Ferry Street."),
]


def ask(folder: Path, question: str, *articles: tuple[str, str]) -> list[str]:
    """Give what is quoted of articles, which are dates and texts, in both orders of their files."""
    found = []
    for number, ordered in enumerate((articles, articles[::-1])):
        place = folder / str(number)
        place.mkdir(parents=True)
        for name, (date, text) in zip("ab", ordered, strict=True):
            head = f"title: Page\n{f'date: {date}' if date else ''}"
            content = f"---\n{head}\n---\n\n{text}\n"
            (place / f"{name}.md").write_text(content, encoding="utf-8")
        answer = KnowledgeBase(place, Policy()).answer(question)
        scores = [quote.key.plain for quote in answer.quotes]
        found.append(scores[0])
    return found


def passage_of(hit: Hit) -> int:
    """Give the number of a hit's passage."""
    return hit.passage


@pytest.mark.parametrize(("question", "old", "new"), TOLD_TWICE)
def test_the_newer_is_quoted_first(tmp_path: Path, question: str, old: str, new: str) -> None:
    """Whatever the files are called, and whichever is said a little nearer to the question."""
    assert ask(tmp_path / "1", question, ("2023-05-01", old), ("2025-02-10", new)) == [new] * 2
    assert ask(tmp_path / "2", question, ("2025-02-10", old), ("2023-05-01", new)) == [old] * 2


def test_without_two_dates_nothing_changes(tmp_path: Path) -> None:
    """Nor where they are the same, or one is only the year of the other."""
    question, old, new = TOLD_TWICE[0]
    undated = ask(tmp_path / "none", question, ("", old), ("", new))
    for number, dates in enumerate(
        [("2025-02-10", ""), ("", "2025-02-10"), ("2025-02-10", "2025-02-10"), ("2025", "2025-02")]
    ):
        pair = (dates[0], old), (dates[1], new)
        assert ask(tmp_path / str(number), question, *pair) == undated


def test_a_newer_article_about_something_else_comes_no_sooner(tmp_path: Path) -> None:
    """What holds less of the question stays behind, however new it is."""
    other = "The pool of Lisk was built by the town."
    for number, date in enumerate(("2026-01-01", "2020-01-01")):
        found = ask(tmp_path / str(number), TOLD_TWICE[0][0], ("2023-01-01", OLD), (date, other))
        assert found == [OLD] * 2


@pytest.mark.parametrize(("has_type", "order"), [(False, [1, 0]), (True, [0, 1])])
def test_a_newer_article_without_what_is_asked_for_comes_no_sooner(
    tmp_path: Path,
    has_type: bool,  # noqa: FBT001
    order: list[int],
) -> None:
    """However near its score is: the older one has something of the type that is asked for."""
    for name, date, text in (("a", "2023", OLD), ("b", "2026", NEW)):
        content = f"---\ndate: {date}\n---\n\n# Page {name}\n\n{text}\n"
        (tmp_path / f"{name}.md").write_text(content, encoding="utf-8")
    library, _ = build(tmp_path)
    table = PassageTable(library)
    index = PassageIndex.build([passage.plain for _, _, passage in library.passages()])
    older, newer = sorted(index.retrieve(index.parse("entry fee"), 2), key=passage_of)
    hits = [older._replace(score=1.0, has_answer_type=has_type)]
    hits.append(newer._replace(score=0.99, has_answer_type=False))
    assert [hit.passage for hit in put_newer_first(table, hits)] == order
