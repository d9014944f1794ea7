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

# A hit, and the date of its article.
_Dated = tuple[Hit, str]


def put_newer_first(table: PassageTable, hits: Sequence[Hit]) -> list[Hit]:
    """Put each hit before those that say the same and are of older articles.

    Scores stay where they are, so that the hits are still ordered by them.
    """
    if not table.has_several_dates:
        return list(hits)
    ordered: list[_Dated] = []
    for hit in hits:
        article, _, _ = table.passages[hit.passage]
        dated = hit, article.date
        place = _find_place(dated, ordered)
        ordered.insert(place, dated)
    scores = [hit.score for hit in hits]
    pairs = zip(ordered, scores, strict=True)
    return [_rescore(hit, score) for (hit, _), score in pairs]


def _find_place(dated: _Dated, ordered: Sequence[_Dated]) -> int:
    """Find where a hit belongs among those that are better."""
    place = len(ordered)
    while place > 0:
        before = ordered[place - 1]
        if not _comes_before(dated, before):
            break
        place -= 1
    return place


def _rescore(hit: Hit, score: float) -> Hit:
    return hit if hit.score == score else hit._replace(score=score)


def _comes_before(dated: _Dated, better: _Dated) -> bool:
    """Say whether a hit says the same as a better one, and is of a newer article."""
    hit, date = dated
    better_hit, date_before = better
    return _is_newer(date, date_before) and _says_the_same(hit, better_hit)


def _says_the_same(hit: Hit, better: Hit) -> bool:
    if hit.score < _NEAR_SHARE * better.score:
        return False
    if hit.has_answer_type != better.has_answer_type:
        return False
    concepts = _find_concepts(hit)
    return concepts == _find_concepts(better)


def _find_concepts(hit: Hit) -> list[bool]:
    return [strength > 0 for strength in hit.strengths]


def _is_newer(date: str, other: str) -> bool:
    """Compare dates as articles have them: a year, a month or a day, as in ISO 8601.

    A year is neither before nor after a day in it.
    """
    shared = min(len(date), len(other))
    date = date[:shared]
    other = other[:shared]
    return date > other
