"""Plain text as people have it: title, byline, headings and paragraphs without any markup."""

import textwrap
from itertools import chain
from pathlib import Path

import pytest

from bot.articles.files import SourceFile
from bot.articles.model import Article, Problem
from bot.articles.parser import read_article

NIGHT_TRAINS = (Path(__file__).parent.parent.parent / "fixtures" / "night-trains.txt").read_text(encoding="utf-8")
TITLE = "Sleeping Across Valmora: Can the Night Train Come Home Again?"
HEADINGS = [
    "The Last Departure: How the Old Network Faded",
    "A Petition With Teeth: Who Brought the Beds Back?",
    "Steel and Springs: Building a Carriage for Sleep",
    "Money After Midnight: What Does a Bunk Really Cost?",
    "Soup at Eleven: Life in the Restaurant Car",
    "Borders in the Dark: The Route to Estravia",
    "Morning Light: Where the Lines Go Next",
]


def _read(text: str, name: str = "a.txt") -> tuple[Article, list[Problem]]:
    article, problems = read_article(SourceFile(name, text, ""))
    assert article is not None, problems
    return article, problems


def _headings(text: str) -> list[str]:
    return [section.heading for section in _read(text)[0].sections]


def _paragraphs(article: Article) -> list[list[str]]:
    return [[sentence.plain for sentence in section.sentences] for section in article.sections]


def _mark(before: str, after: str = "") -> str:
    """Put something before and after each heading."""
    text = NIGHT_TRAINS
    for heading in HEADINGS:
        text = text.replace(heading, before + heading + after)
    return text


def _underline() -> str:
    text = NIGHT_TRAINS.replace(TITLE, TITLE + "\n" + "=" * len(TITLE))
    for heading in HEADINGS:
        text = text.replace(heading, heading + "\n" + "-" * len(heading))
    return text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NIGHT_TRAINS, id="as it is"),
        pytest.param(NIGHT_TRAINS.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(NIGHT_TRAINS.replace("\n", "\r"), id="CR"),
        pytest.param("\ufeff" + NIGHT_TRAINS, id="byte order mark"),
        pytest.param(NIGHT_TRAINS.rstrip("\n"), id="no newline at the end"),
        pytest.param(NIGHT_TRAINS.replace("\n\n", "\n"), id="no blank lines"),
        pytest.param(NIGHT_TRAINS.replace("\n\n", "\n\n\n\n"), id="many blank lines"),
        pytest.param(_mark("", "\n").replace("\n\n\n", "\n"), id="no blank line after a heading"),
        pytest.param(_mark("\n").replace("\n\n\n", "\n"), id="no blank line before a heading"),
        pytest.param(
            "\n\n".join(
                "\n".join(textwrap.wrap(paragraph, 72, break_on_hyphens=False))
                for paragraph in NIGHT_TRAINS.split("\n\n")
            ),
            id="wrapped at 72 columns",
        ),
        pytest.param("# " + _mark("## "), id="number signs"),
        pytest.param(_underline(), id="underlined"),
        pytest.param(_mark("", "  ").replace("\n\n", "\n \t\n"), id="blanks at the ends"),
        pytest.param(NIGHT_TRAINS.replace("\n\n", "\n\n* * *\n\n"), id="rules between"),
    ],
)
def test_an_article_pasted_as_text_is_understood(text: str) -> None:
    """Title, author, lead, seven headings and every sentence are found, however the text was saved."""
    article, problems = _read(text)
    assert article.title == TITLE
    assert article.author == "Ada Brook"
    assert [section.heading for section in article.sections] == ["", *HEADINGS]
    assert [section.number for section in article.sections] == list(range(8))
    assert _paragraphs(article) == _paragraphs(_read(NIGHT_TRAINS)[0])
    assert [problem for problem in problems if problem.severity != "note"] == []


def test_a_heading_s_shape_is_enough_with_blank_lines() -> None:
    """Headings in title case between blank lines are certain: nothing needs to be said."""
    assert _read(NIGHT_TRAINS)[1] == []


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
    article, _ = _read(f"A Title\n\n{byline}\n\nThe train left at nine.\n")
    assert (article.title, article.author, article.date) == ("A Title", author, date)
    assert _paragraphs(article) == [["The train left at nine."]]


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
    article, _ = _read(f"A Title\n\n{line}\n\nThe train left at nine, as it had done for years.\n")
    assert article.author == ""
    assert line in [*(section.heading for section in article.sections), *chain.from_iterable(_paragraphs(article))]


def test_a_line_between_title_and_byline_is_text() -> None:
    """A subtitle is kept, and a note says so."""
    article, problems = _read("A Title\n\nWhat it is about.\n\nby Ada Brook\n\nThe train left at nine.\n")
    assert (article.author, _paragraphs(article)) == ("Ada Brook", [["What it is about.", "The train left at nine."]])
    assert [(problem.line, problem.severity) for problem in problems] == [(3, "note")]


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
    text = f"A Title\n\nA lead of some length that is text.\n\n{line}\n\nThe train left at nine, as it had for years.\n"
    assert _headings(text) == [""]


def test_a_short_paragraph_at_the_end_is_no_heading() -> None:
    """Nothing follows it, so it heads nothing."""
    assert _headings("A Title\n\nThe train left at nine.\n\nGood Night All\n") == [""]


def test_dialogue_is_text() -> None:
    """Short lines of speech follow each other without becoming headings."""
    text = 'A Title\n\n"Is it late?"\n\n"It is."\n\n— Very late\n\n“Then let us go,” she said.\n'
    article, _ = _read(text)
    assert _paragraphs(article) == [['"Is it late?"', '"It is."', "— Very late", "“Then let us go,” she said."]]


def test_a_list_keeps_its_items_apart() -> None:
    """Each item is a sentence; its bullet is not read, its number is."""
    article, _ = _read("A Title\n\nThree things are needed:\n- a bunk\n* a pillow\n2. a key\n")
    assert _paragraphs(article) == [["Three things are needed:", "a bunk", "a pillow", "2. a key"]]


def test_a_number_at_the_beginning_of_a_wrapped_line_is_no_item() -> None:
    """Lines that were wrapped by hand before a number are one paragraph; items that were wrapped are apart."""
    article, _ = _read(
        "A Title\n\nThe law that brought the beds back passed by 88 votes to\n"
        "61. Nobody had thought that it would.\n\n"
        "1. The first of the things that are needed on a night train is a\nbunk.\n2. The second is a key.\n"
    )
    assert _paragraphs(article) == [
        [
            "The law that brought the beds back passed by 88 votes to 61.",
            "Nobody had thought that it would.",
            "1. The first of the things that are needed on a night train is a bunk.",
            "2. The second is a key.",
        ]
    ]


def test_an_uncertain_heading_is_noted() -> None:
    """Where the shape alone would not convince a reader, a note says how the line was read."""
    article, problems = _read("A Title\n\nA lead.\n\nwhat\n\nHow it went\n\nThe train left at nine.\n")
    assert [section.heading for section in article.sections] == ["", "How it went"]
    assert [(problem.line, problem.severity, problem.what) for problem in problems] == [
        (7, "note", '"How it went" is read as a heading')
    ]


def test_a_rule_below_a_paragraph_makes_no_heading() -> None:
    """Only a short line without a full stop is underlined; below anything else dashes are a rule."""
    long = "The train left at nine and nobody " * 8
    article, _ = _read(f"A Title\n\nIt was late.\n---\n{long}went\n---\nThe end came.\n")
    assert [section.heading for section in article.sections] == [""]
    assert _paragraphs(article) == [["It was late.", f"{long}went", "The end came."]]


def test_a_rule_below_wrapped_lines_is_not_read() -> None:
    """The dashes that close a wrapped paragraph are no part of its last sentence."""
    wrapped = "The train left at nine and it came back at ten\nwith nobody on board, as it would do until it\nrested.\n"
    article, _ = _read(f"A Title\n\n{wrapped}-----\n\n{wrapped}")
    assert _paragraphs(article) == [[" ".join(wrapped.split())] * 2]


def test_number_signs_alone_are_no_heading() -> None:
    """A line of nothing but number signs heads nothing."""
    assert _headings("A Title\n\nA lead.\n\n# #\n\nThe train left at nine.\n") == [""]


def test_a_line_separator_does_not_end_a_line() -> None:
    """U+2028 is a blank within its line, in a heading and in the title too."""
    article, _ = _read("A\u2028Title\n=====\n\nA lead.\n\nNight\u2028Trains\n-----\n\nThe train left.\n")
    assert (article.title, [section.heading for section in article.sections]) == ("A Title", ["", "Night Trains"])


def test_lines_of_wide_blanks_are_blank() -> None:
    """A line that holds only blanks of any kind separates paragraphs and is nothing itself."""
    article, _ = _read("\u3000\n\u2028\nA Title\n\xa0\nThe train left.\n\u3000\nIt came.\n\x1f\n")
    assert (article.title, _paragraphs(article)) == ("A Title", [["The train left.", "It came."]])


def test_a_file_of_one_sentence_is_an_article() -> None:
    """Its name serves as the title, and a warning says so."""
    article, problems = _read("The train left at nine.", "night.txt")
    assert (article.title, _paragraphs(article)) == ("night", [["The train left at nine."]])
    assert [(problem.severity, problem.line) for problem in problems] == [("warning", 1)]


def test_a_header_works_in_plain_text_too() -> None:
    """A .txt file may name its title between two rules, and the header wins."""
    article, _ = _read("---\ntitle: Night Trains\nauthor: Piet\n---\nNight Trains\n\nby Ada Brook\n\nThe train left.\n")
    assert (article.title, article.author, _paragraphs(article)) == ("Night Trains", "Piet", [["The train left."]])


RULES = [
    "A booking is requested by e-mail at least 14 days before the event. The office confirms.",
    "A deposit of one third of the whole price is due within seven days of the confirmation.",
    "The keys are handed out on the day before the event, at the office, against a signature.",
]


def test_headings_without_blank_lines_are_found_between_long_lines() -> None:
    """A short line after a sentence and before a longer line is a heading, with a note, however long the lines are."""
    headings = ["2.1 Requests", "2.2 Deposit", "Keys and Signatures"]
    text = "Rules\n\n" + "\n".join(f"{heading}\n{rule}" for heading, rule in zip(headings, RULES, strict=True))
    article, problems = _read(text)
    assert [section.heading for section in article.sections] == headings
    assert [(problem.line, problem.severity) for problem in problems] == [(5, "note"), (7, "note")]


def test_short_lines_were_not_wrapped_by_hand() -> None:
    """Each line of a list of short lines is a sentence, and the first one is the title, with a note."""
    article, problems = _read("Opening hours\nMonday 9 to 5\nTuesday 9 to 6\nSunday closed")
    assert (article.title, _paragraphs(article)) == (
        "Opening hours",
        [["Monday 9 to 5", "Tuesday 9 to 6", "Sunday closed"]],
    )
    assert [(problem.line, problem.severity) for problem in problems] == [(1, "note")]
    article, _ = _read("How to Brew Coffee\nYou need:\n- a grinder\n- a kettle\nGrind the beans.\n")
    assert (article.title, _paragraphs(article)) == (
        "How to Brew Coffee",
        [["You need:", "a grinder", "a kettle", "Grind the beans."]],
    )


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
    article, problems = _read(f"A Title\n\nThe train left at nine.\n\n{line}\n\n{RULES[0]}\n")
    assert article.sections[-1].heading == heading
    assert [problem.line for problem in problems] == notes


GOAT = "A goat ate the timetable at the station on Monday morning."


@pytest.mark.parametrize(
    ("top", "author", "date", "kept", "notes"),
    [
        ("By Ann Lee\n\nGoat eats timetable", "Ann Lee", "", [], [1]),
        ("By Ann Lee\n\n3 March 2026\n\nGoat eats timetable", "Ann Lee", "2026-03-03", [], [1, 3]),
        ("3 March 2026\n\nBy Ann Lee\n\nGoat eats timetable", "Ann Lee", "2026-03-03", [], [1, 3]),
        ("NEWS\n\nGoat eats timetable\n\nBy Ann Lee", "Ann Lee", "", [], [1]),
        ("LOCAL NEWS\nGoat eats timetable\nBy Ann Lee", "Ann Lee", "", [], [1]),
        ("Title: Goat eats timetable\nAuthor: Ann Lee\nDate: 2026-03-03", "Ann Lee", "2026-03-03", [], [1]),
        ("Title: Goat eats timetable\n\nAuthor: Ann Lee", "Ann Lee", "", [], [1]),
        ("Title: Goat eats timetable\nWhere: Hall", "", "", ["Where: Hall"], [1]),
        ("Title: Goat eats\n  timetable", "", "", [], [1]),
        ("Goat eats timetable\n\nAuthor: Ann Lee\nDate: 3 March 2026", "Ann Lee", "2026-03-03", [], []),
        ("Goat eats timetable\n\nPublished: March 3, 2026 at 4:15 PM EST", "", "2026-03-03", [], []),
        ("Goat eats timetable\n\nBy Ann Lee\n\n2026-03-03T16:15:00Z", "Ann Lee", "2026-03-03", [], []),
        ("Goat eats timetable\nBy Ann Lee\nUpdated 2 hours ago · 3 March 2026", "Ann Lee", "2026-03-03", [], []),
        ("Goat eats timetable\n\nTuesday, 3 March 2026, 16:15 (UTC)", "", "2026-03-03", [], []),
        ("Goat eats timetable\n\nHow it went\n\nBy Ann Lee", "Ann Lee", "", ["How it went"], [3]),
        (
            "Goat eats timetable\n\nJane Doe, Science Editor | 3 March 2026",
            "", "2026-03-03", ["Jane Doe, Science Editor | 3 March 2026"], [3],
        ),
        (
            "From: Ann Lee <ann@a.example>\nTo: b\nDate: Tue, 3 Mar 2026 10:00:00 +0100\nSubject: Goat eats timetable",
            "Ann Lee", "2026-03-03", [], [1],
        ),
        ("Subject: Goat eats timetable\nFrom: ann@example.org", "", "", [], [1]),
    ],
)  # fmt: skip
def test_the_top_of_a_news_text_is_read(top: str, author: str, date: str, kept: list[str], notes: list[int]) -> None:
    """Title, author and date are found in whatever order; what is guessed or left out has one note."""
    article, problems = _read(f"{top}\n\n{GOAT}\n")
    assert (article.title, article.author, article.date) == ("Goat eats timetable", author, date)
    assert [section.heading for section in article.sections] == [""]
    assert _paragraphs(article) == [[*kept, GOAT]]
    assert [(problem.line, problem.severity) for problem in problems] == [(line, "note") for line in notes]


@pytest.mark.parametrize(
    "top", ["NEWS", "By Ann Lee", "3 March 2026", "Where: Hall", "From: Ann", "3 March 2026\n\nBy Ann Lee"]
)
def test_a_line_above_a_text_without_a_title_is_the_title(top: str) -> None:
    """Nothing is taken off the top where no title follows."""
    assert _read(f"{top}\n\n{GOAT}\n")[0].title == top.split("\n", maxsplit=1)[0]


def test_a_title_in_capitals_above_another_is_noted() -> None:
    """A word in capitals without a byline below is the title, with a note."""
    article, problems = _read(f"NEWS\n\nGoat Eats Timetable\n\n{GOAT}\n")
    assert (article.title, article.sections[0].heading) == ("NEWS", "Goat Eats Timetable")
    assert [(problem.line, problem.severity) for problem in problems] == [(1, "note")]


def test_a_title_may_begin_like_a_byline() -> None:
    """What has a byline below it is a title."""
    article, _ = _read(f"By Design\n\nby Ann Lee\n\nHow It Went\n\n{GOAT}\n")
    assert (article.title, article.author) == ("By Design", "Ann Lee")
