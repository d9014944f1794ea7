"""Of two that an article speaks of together, the other one is found by the form of its sentences."""

import pytest

from bot.answers.counterpart import (
    Side,
    find_counterpart,
    find_in_headings,
    find_parallel,
    writes_as_name,
)
from bot.answers.substitution import Part, WordKinds
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.tokens import TokenizedText

TERM_OF = get_analyzer("en").term
NAMES = {"Marn", "Lisk", "Ostby", "Anna"}
KINDS = WordKinds(NAMES.__contains__, TERM_OF, "en")
MARN = Side({TERM_OF("Marn")}, Part.NAME)


@pytest.mark.parametrize(
    ("lines", "titles", "expected"),
    [
        (["I told Marn of Ostby.", "I told Marn of Ostby.", "Marn and Lisk met."], [], "Lisk"),
        (["Marn met Ostby.", "Ostby wrote to Marn."], ["Marn and Lisk"], "Lisk"),
        (["Marn left Ostby.", "Lisk stayed."], [], "Lisk"),
        (["Marn left.", "The mill burned."], [], ""),
        ([], [], ""),
    ],
)
def test_what_is_joined_counts_more_than_what_is_near(
    lines: list[str], titles: list[str], expected: str
) -> None:
    """Joined by "and", in one title, at the beginning of a neighbouring line."""
    assert find_counterpart(MARN, lines, titles, KINDS) == expected


def test_a_word_that_is_no_name_has_what_it_is_joined_with() -> None:
    """And nothing else of the same line."""
    hot = Side({TERM_OF("hot")}, Part.OTHER)
    lines = ["A hot copy takes no time.", "Copies are hot or cold."]
    assert find_counterpart(hot, lines, [], KINDS) == "cold"


def test_the_next_sentence_that_goes_on_alike_is_about_the_other_side() -> None:
    """If the quoted one begins with the side."""
    beside = ["The mill is old.", "Lisk said no."]
    assert find_parallel(MARN, "Marn said yes.", beside, KINDS) == "Lisk"
    assert find_parallel(MARN, "Yes, Marn said.", beside, KINDS) == ""
    assert find_parallel(MARN, "Marn", beside, KINDS) == ""
    assert find_parallel(MARN, "", beside, KINDS) == ""


def test_a_part_of_the_own_name_is_no_counterpart() -> None:
    """However often both stand in the same line; a comma or a word between makes it another."""
    lines = ["Anna Marn left.", "Anna Marn came back.", "Lisk saw Anna Marn."]
    assert find_counterpart(MARN, lines, [], KINDS) == "Lisk"
    assert find_counterpart(MARN, ["Anna Marn left."], ["Anna Marn"], KINDS) == ""
    assert find_counterpart(MARN, ["Anna, Marn and others left."], [], KINDS) == "Anna"
    assert writes_as_name("anna marn left", "Anna", "Marn")
    assert not writes_as_name("Anna and Marn left", "Anna", "Marn")


@pytest.mark.parametrize(
    ("question", "headings", "expected"),
    [
        (
            "what does the fishing guild want",
            ["What the Fishing Guild wants", "The bridge", "What the millers want"],
            (range(3, 5), "millers"),
        ),
        (
            "what do the millers want",
            ["What the Fishing Guild wants", "What the millers want"],
            (range(3, 4), "Fishing Guild"),
        ),
        ("pros of the mill", ["Pros of the mill", "Pros of the weir"], (range(3, 4), "weir")),
        # Three sides have no other one.
        ("marn wants", ["What Marn wants", "What Lisk wants", "What Ostby wants"], None),
        # Nothing is said of both.
        ("the mill", ["The mill", "The bridge"], None),
        ("the mill", ["The mill"], None),
        ("marn", ["What Marn wants", "What Marn and the others want"], None),
        ("the mill", ["What Marn wants", "What Lisk wants"], None),
        ("marn", [], None),
        # Neither small words alone nor half a sentence are a name.
        ("marn", ["What Marn wants", "What they wants"], None),
        ("marn", ["What Marn wants", "What two old towns far up the valley wants"], None),
    ],
)
def test_headings_that_say_the_same_of_two_name_both(
    question: str, headings: list[str], expected: tuple[range, str] | None
) -> None:
    """Where they are named by several words, all of them are the name."""
    assert find_in_headings(TokenizedText.tokenize(question), headings, TERM_OF) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Part {number} of the town", (range(2, 3), "Lisk")),
        # Each of these might name the side: to compare them all would take minutes.
        ("What Marn wants of part {number}", None),
    ],
)
def test_an_article_of_many_headings_holds_nobody_up(
    other: str, expected: tuple[range, str] | None
) -> None:
    """Only headings that have a word of the question are compared, and not too many of them."""
    headings = ["What Marn wants", "What Lisk wants"]
    headings += [other.format(number=number) for number in range(230)]
    question = TokenizedText.tokenize("what does Marn want")
    assert find_in_headings(question, headings, TERM_OF) == expected
