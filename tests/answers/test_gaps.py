"""What was asked in vain, grouped: plainly, and always in the same way."""

import datetime as dt
from pathlib import Path

from bot.answers.answerer import Answerer
from bot.answers.gaps import Asked, Gap, find_gaps, join_terms
from bot.articles.library import build

DAY = dt.date(2026, 11, 22)
ARTICLE = (
    "# Of Tea\n\n## Green\n\nGreen tea of Lisk is steamed.\n\n## Prices\n\nA cup costs a crown.\n"
)
ASKED = [
    Asked("How do I fry doughnuts?", 5, DAY),
    Asked("fry doughnuts how", 2, DAY + dt.timedelta(days=1)),
    Asked("Can I fry doughnuts in oil?", 1, DAY),
    Asked("Is there parking?", 4, DAY),
    Asked("parking for lorries", 4, DAY),
    Asked("How is green tea made?", 9, DAY),
    Asked("is it steamed, green tea?", 9, DAY),
    Asked("thanks!", 30, DAY),
]


def answerer(tmp_path: Path) -> Answerer:
    """Serve one article."""
    (tmp_path / "tea.md").write_text(ARTICLE, encoding="utf-8")
    library, _ = build(tmp_path)
    return Answerer(library)


def describe(gaps: list[Gap]) -> list[tuple[str, int, int]]:
    """Give the name of each gap, how many questions it has, and how often they were asked."""
    return [(gap.name, len(gap.questions), gap.times) for gap in gaps]


def test_questions_with_much_in_common_are_one_gap(tmp_path: Path) -> None:
    """Named by the most asked; the most asked gap first; what is answered, or no question, is none;
    in whatever order they come.
    """
    served = answerer(tmp_path)
    gaps = find_gaps(served, ASKED)
    assert describe(gaps)[:2] == [("How do I fry doughnuts?", 3, 8), ("Is there parking?", 2, 8)]
    assert gaps[0].last == DAY + dt.timedelta(days=1)
    assert not [gap for gap in gaps if "steamed" in gap.name or "thanks" in gap.name]
    for turned in (ASKED[::-1], ASKED[3:] + ASKED[:3]):
        assert describe(find_gaps(served, turned)) == describe(gaps)


def test_of_equals_the_shortest_names_the_gap(tmp_path: Path) -> None:
    """So that all that say more than it join it, in whatever order they come."""
    asked = [
        Asked("a cloakroom for my coat?", 1, DAY),
        Asked("cloakroom fee?", 1, DAY),
        Asked("is there a cloakroom?", 1, DAY),
    ]
    served = answerer(tmp_path)
    for turned in (asked, asked[::-1]):
        assert describe(find_gaps(served, turned)) == [("is there a cloakroom?", 3, 3)]


def test_what_is_out_of_scope_is_no_gap(tmp_path: Path) -> None:
    """By its terms, so that the same in another form is out of scope too."""
    served = answerer(tmp_path)
    terms = join_terms(served.weigh_terms("frying a doughnut"))
    gaps = find_gaps(served, ASKED, {terms})
    assert describe(gaps)[1] == ("Can I fry doughnuts in oil?", 1, 1)


def test_words_that_are_written_apart_too_are_one_gap(tmp_path: Path) -> None:
    """With a hyphen, a blank or neither."""
    asked = [
        Asked("is there wifi?", 3, DAY),
        Asked("is there wi-fi?", 2, DAY),
        Asked("Wi Fi password", 1, DAY),
        Asked("is there wi-fi in the wi-fi hall?", 1, DAY),
    ]
    served = answerer(tmp_path)
    for turned in (asked, asked[::-1]):
        assert describe(find_gaps(served, turned)) == [("is there wifi?", 4, 7)]
