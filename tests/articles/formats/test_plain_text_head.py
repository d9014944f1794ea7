"""The top of a plain text: title, byline, date, and labelled lines."""

from itertools import chain

import pytest
from parsed import headings_of, parse_plain_text, plains_of


@pytest.mark.parametrize(
    ("byline", "author", "date"),
    [
        ("by Ada Brook", "Ada Brook", ""),
        ("By: Ada Brook", "Ada Brook", ""),
        ("BY ADA BROOK", "ADA BROOK", ""),
        ("Written by Ada Brook", "Ada Brook", ""),
        ("by Jean-Luc O’Neil", "Jean-Luc O’Neil", ""),
        ("by Ada Brook and Piet Halloran", "Ada Brook and Piet Halloran", ""),
        ("by 王小明", "王小明", ""),
        ("by Ada Brook 49 views", "Ada Brook", ""),
        ("by Ada Brook · 1.2k views · 5 min read", "Ada Brook", ""),
        ("by Ada Brook | 3 April 2031", "Ada Brook", "2031-04-03"),
        ("by Ada Brook, April 3, 2031", "Ada Brook", "2031-04-03"),
        ("by Ada Brook April 3, 2031", "Ada Brook", "2031-04-03"),
        ("by Ada Brook — 2031-04-03 — 49 views", "Ada Brook", "2031-04-03"),
        ("by Ada Brook (3 Apr. 2031)", "Ada Brook", "2031-04-03"),
        ("Posted by Ada Brook on 3 April 2031", "Ada Brook", "2031-04-03"),
        ("by Ada Brook, 31 February 2031", "Ada Brook", ""),
        ("by Ada Brook\n\n3 April 2031", "Ada Brook", "2031-04-03"),
        ("by Ada Brook\nPublished: 2031-04-03", "Ada Brook", "2031-04-03"),
        ("3 April 2031\n\nby Ada Brook", "Ada Brook", "2031-04-03"),
        ("2031-04-03 · 49 views", "", "2031-04-03"),
    ],
)
def test_a_byline_is_read(byline: str, author: str, date: str) -> None:
    """Who wrote it and when is found below the title, in the forms that web pages have."""
    article, _ = parse_plain_text(f"A Title\n\n{byline}\n\nThe train left at nine.\n")
    assert (article.title, article.author, article.date) == ("A Title", author, date)
    assert plains_of(article) == [["The train left at nine."]]


@pytest.mark.parametrize(
    "line",
    [
        "By noon the train had gone.",
        "by the river the train stood",
        "By the time that it left, everybody who had wanted to come was asleep in bed",
        "Standby Passengers",
    ],
)
def test_what_only_begins_like_a_byline_is_text(line: str) -> None:
    """A sentence that begins with "by" names no author and is not lost."""
    article, _ = parse_plain_text(
        f"A Title\n\n{line}\n\nThe train left at nine, as it had done for years.\n"
    )
    assert article.author == ""
    assert line in [
        *(section.heading for section in article.sections),
        *chain.from_iterable(plains_of(article)),
    ]


def test_a_line_between_title_and_byline_is_text() -> None:
    """A subtitle is kept, and a note says so."""
    article, problems = parse_plain_text(
        "A Title\n\nWhat it is about.\n\nby Ada Brook\n\nThe train left at nine.\n"
    )
    assert (article.author, plains_of(article)) == (
        "Ada Brook",
        [["What it is about.", "The train left at nine."]],
    )
    assert [(problem.line, problem.severity) for problem in problems] == [(3, "note")]


GOAT = "A goat ate the timetable at the station on Monday morning."


@pytest.mark.parametrize(
    ("top", "author", "date", "kept", "notes"),
    [
        ("By Ann Lee\n\nGoat eats timetable", "Ann Lee", "", [], [1]),
        ("By Ann Lee\n\n3 March 2026\n\nGoat eats timetable", "Ann Lee", "2026-03-03", [], [1, 3]),
        ("3 March 2026\n\nBy Ann Lee\n\nGoat eats timetable", "Ann Lee", "2026-03-03", [], [1, 3]),
        ("NEWS\n\nGoat eats timetable\n\nBy Ann Lee", "Ann Lee", "", [], [1]),
        ("LOCAL NEWS\nGoat eats timetable\nBy Ann Lee", "Ann Lee", "", [], [1]),
        ((
            "Title: Goat eats timetable\nAuthor: Ann Lee\n"
            "Date: 2026-03-03"
        ), "Ann Lee", "2026-03-03", [], [1]),
        ("Title: Goat eats timetable\n\nAuthor: Ann Lee", "Ann Lee", "", [], [1]),
        ("Title: Goat eats timetable\nWhere: Hall", "", "", ["Where: Hall"], [1]),
        ("Title: Goat eats\n  timetable", "", "", [], [1]),
        ((
            "Goat eats timetable\n\nAuthor: Ann Lee\n"
            "Date: 3 March 2026"
        ), "Ann Lee", "2026-03-03", [], []),
        ((
            "Goat eats timetable\n\nPublished: March 3, 2026 at 4:15 PM "
            "EST"
        ), "", "2026-03-03", [], []),
        ((
            "Goat eats timetable\n\nBy Ann Lee\n\n"
            "2026-03-03T16:15:00Z"
        ), "Ann Lee", "2026-03-03", [], []),
        ((
            "Goat eats timetable\nBy Ann Lee\n"
            "Updated 2 hours ago · 3 March 2026"
        ), "Ann Lee", "2026-03-03", [], []),
        ("Goat eats timetable\n\nTuesday, 3 March 2026, 16:15 (UTC)", "", "2026-03-03", [], []),
        ("Goat eats timetable\n\nHow it went\n\nBy Ann Lee", "Ann Lee", "", ["How it went"], [3]),
        (
            "Goat eats timetable\n\nJane Doe, Science Editor | 3 March 2026",
            "", "2026-03-03", ["Jane Doe, Science Editor | 3 March 2026"], [3],
        ),
        (
            (
                "From: Ann Lee <ann@a.example>\nTo: b\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n"
                "Subject: Goat eats timetable"
            ),
            "Ann Lee", "2026-03-03", [], [1],
        ),
        ("Subject: Goat eats timetable\nFrom: ann@example.org", "", "", [], [1]),
    ],
)  # fmt: skip
def test_the_top_of_a_news_text_is_read(
    top: str, author: str, date: str, kept: list[str], notes: list[int]
) -> None:
    """Title, author and date are found in whatever order; what is guessed or left out has one
    note.
    """
    article, problems = parse_plain_text(f"{top}\n\n{GOAT}\n")
    assert (article.title, article.author, article.date) == ("Goat eats timetable", author, date)
    assert headings_of(article) == [""]
    assert plains_of(article) == [[*kept, GOAT]]
    assert [(problem.line, problem.severity) for problem in problems] == [
        (line, "note") for line in notes
    ]


@pytest.mark.parametrize(
    "top",
    [
        "NEWS",
        "By Ann Lee",
        "3 March 2026",
        "Where: Hall",
        "From: Ann",
        "3 March 2026\n\nBy Ann Lee",
    ],
)
def test_a_line_above_a_text_without_a_title_is_the_title(top: str) -> None:
    """Nothing is taken off the top where no title follows."""
    assert parse_plain_text(f"{top}\n\n{GOAT}\n")[0].title == top.split("\n", maxsplit=1)[0]


def test_a_title_in_capitals_above_another_is_noted() -> None:
    """A word in capitals without a byline below is the title, with a note."""
    article, problems = parse_plain_text(f"NEWS\n\nGoat Eats Timetable\n\n{GOAT}\n")
    assert (article.title, article.sections[0].heading) == ("NEWS", "Goat Eats Timetable")
    assert [(problem.line, problem.severity) for problem in problems] == [(1, "note")]


def test_a_title_may_begin_like_a_byline() -> None:
    """What has a byline below it is a title."""
    article, _ = parse_plain_text(f"By Design\n\nby Ann Lee\n\nHow It Went\n\n{GOAT}\n")
    assert (article.title, article.author) == ("By Design", "Ann Lee")
