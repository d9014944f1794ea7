"""Headings of plain text: short lines on their own, and what only looks like one."""

import pytest
from parsed import headings_of, parse_plain_text


def headings_in(text: str) -> list[str]:
    """Give the headings of a plain text."""
    article, _ = parse_plain_text(text)
    return headings_of(article)


@pytest.mark.parametrize(
    "line",
    [
        "It was late.",
        "It was late…",
        "and then",
        "First of all,",
        "- A bunk",
        "* A bunk",
        "• A bunk",
        "– Good night",
        "1) a bunk",
        "“Good night”",
        "'Good night'",
        "(Good night)",
        "3 April 2031",
        "🚂",
        "The line that goes on and on for more than fifteen words as no heading ever does here",
    ],
)
def test_a_short_line_that_is_no_heading_is_text(line: str) -> None:
    """A sentence, an item of a list, speech and a date are read as text."""
    text = (
        f"A Title\n\nA lead of some length that is text.\n\n{line}\n\n"
        f"The train left at nine, as it had for years.\n"
    )
    assert headings_in(text) == [""]


def test_a_short_paragraph_at_the_end_is_no_heading() -> None:
    """Nothing follows it, so it heads nothing."""
    assert headings_in("A Title\n\nThe train left at nine.\n\nGood Night All\n") == [""]


def test_an_uncertain_heading_is_noted() -> None:
    """Where the shape alone would not convince a reader, a note says how the line was read."""
    article, problems = parse_plain_text(
        "A Title\n\nA lead.\n\nwhat\n\nHow it went\n\nThe train left at nine.\n"
    )
    assert headings_of(article) == ["", "How it went"]
    assert [(problem.line, problem.severity, problem.what) for problem in problems] == [
        (7, "note", '"How it went" is read as a heading')
    ]


def test_number_signs_alone_are_no_heading() -> None:
    """A line of nothing but number signs heads nothing."""
    assert headings_in("A Title\n\nA lead.\n\n# #\n\nThe train left at nine.\n") == [""]


RULES = [
    "A booking is requested by e-mail at least 14 days before the event. The office confirms.",
    "A deposit of one third of the whole price is due within seven days of the confirmation.",
    "The keys are handed out on the day before the event, at the office, against a signature.",
]


def test_headings_without_blank_lines_are_found_between_long_lines() -> None:
    """A short line after a sentence and before a longer line is a heading, with a note, however
    long the lines are.
    """
    headings = ["2.1 Requests", "2.2 Deposit", "Keys and Signatures"]
    text = "Rules\n\n" + "\n".join(
        f"{heading}\n{rule}" for heading, rule in zip(headings, RULES, strict=True)
    )
    article, problems = parse_plain_text(text)
    assert headings_of(article) == headings
    assert [(problem.line, problem.severity) for problem in problems] == [(5, "note"), (7, "note")]


@pytest.mark.parametrize(
    ("line", "heading", "notes"),
    [
        ("Advertisement", "Advertisement", [5]),
        ("ADVERTISEMENT", "ADVERTISEMENT", [5]),
        ("The Minutes of 3 March 2026", "The Minutes of 3 March 2026", [5]),
        ("Jane Doe, Science Editor | 3 March 2026", "", []),
        ("Home | News | Weather", "", []),
        ("Night Trains", "Night Trains", []),
    ],
)
def test_only_a_convincing_heading_is_certain(line: str, heading: str, notes: list[int]) -> None:
    """One word alone, or a date, makes a heading uncertain; a line with bars is text."""
    article, problems = parse_plain_text(
        f"A Title\n\nThe train left at nine.\n\n{line}\n\n{RULES[0]}\n"
    )
    assert article.sections[-1].heading == heading
    assert [problem.line for problem in problems] == notes
