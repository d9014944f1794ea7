"""What is offered beside the quotations, or in their place: further passages, the closest sections.

In: hits of a query, best first. Out: ids of passages, or sections.
"""

from collections.abc import Sequence

from bot.answers.model import Place, Quote
from bot.answers.passage_table import PassageTable
from bot.search.index import Hit

# A refusal names the sections that share most with the question.
_MAX_CLOSEST_SECTIONS = 3
_MAX_OTHERS = 6
# Below this share of the best score a passage shares little with the question.
_MIN_OTHER_SCORE_RATIO = 0.2


def find_other_passages(
    table: PassageTable, hits: Sequence[Hit], quotes: Sequence[Quote]
) -> tuple[str, ...]:
    """Give the ids of at most six passages, best first, that are worth reading too.

    Each has at least a fifth of the best score, and none has a sentence of the first quotation.
    """
    shown: set[int] = set()  # identities of sentences
    section_shown = quotes[0].section if quotes else None
    if quotes:
        shown.update(map(id, quotes[0].sentences))
    others: list[str] = []
    min_score = _MIN_OTHER_SCORE_RATIO * hits[0].score if hits else 0.0
    for hit in hits:
        if len(others) == _MAX_OTHERS:
            break
        if hit.score < min_score:
            continue
        _, section, passage = table.passages[hit.passage]
        if section is not section_shown or shown.isdisjoint(map(id, passage.sentences)):
            others.append(table.ids[hit.passage])
    return tuple(others)


def find_closest_sections(table: PassageTable, hits: Sequence[Hit]) -> tuple[Place, ...]:
    """Give the sections of the best hits, at most three, each once, best first."""
    places: dict[int, Place] = {}  # by the identity of the section
    for hit in hits:
        article, section, _ = table.passages[hit.passage]
        places[id(section)] = article, section
        if len(places) == _MAX_CLOSEST_SECTIONS:
            break
    return tuple(places.values())
