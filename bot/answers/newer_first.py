"""Of passages that say the same thing differently, that of the newer article comes first.

In: hits, best first. Out: the same hits, perhaps in another order. Two passages say the same thing
where they hold the same concepts of the question, both or none of them something of the answer's
type, and score nearly the same. Where a date is missing, or both are the same, nothing changes.
"""

from collections.abc import Sequence

from bot.answers.passage_table import PassageTable
from bot.search.index import Hit

# A passage scores nearly as much as another with this share of its score. What the question says
# decides what is further apart. In the articles of the tests, two prices for the same thing, or
# two days for the same event, score within a tenth.
_NEAR_SHARE = 0.9


def put_newer_first(table: PassageTable, hits: Sequence[Hit]) -> list[Hit]:
    """Put each hit before those that say the same and are of older articles.

    Scores stay where they are, so that the hits are still ordered by them.
    """
    ordered: list[Hit] = []
    for hit in hits:
        place = len(ordered)
        while place and _replaces(table, hit, ordered[place - 1]):
            place -= 1
        ordered.insert(place, hit)
    pairs = zip(ordered, hits, strict=True)
    return [hit if hit is old else hit._replace(score=old.score) for hit, old in pairs]


def _replaces(table: PassageTable, hit: Hit, before: Hit) -> bool:
    """Say whether a hit says the same as a better one, and is of a newer article."""
    is_near = hit.score >= _NEAR_SHARE * before.score
    if not is_near or hit.has_answer_type != before.has_answer_type:
        return False
    if _find_concepts(hit) != _find_concepts(before):
        return False
    return _is_newer(_find_date(table, hit), _find_date(table, before))


def _find_concepts(hit: Hit) -> list[bool]:
    return [strength > 0 for strength in hit.strengths]


def _find_date(table: PassageTable, hit: Hit) -> str:
    article, _, _ = table.passages[hit.passage]
    return article.date


def _is_newer(date: str, other: str) -> bool:
    """Compare dates as articles have them: a year, a month or a day, as in ISO 8601.

    A year is neither before nor after a day in it.
    """
    shared = min(len(date), len(other))
    return date[:shared] > other[:shared]
