"""Plain text as people have it: title, byline, headings and paragraphs without any markup."""

import textwrap
from pathlib import Path

import pytest
from parsed import headings_of, parse_plain_text, plains_of

NIGHT_TRAINS = (Path(__file__).parent.parent.parent / "fixtures" / "night-trains.txt").read_text(
    encoding="utf-8"
)


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
    """Title, author, lead, seven headings and every sentence are found, however the text was
    saved.
    """
    article, problems = parse_plain_text(text)
    assert article.title == TITLE
    assert article.author == "Ada Brook"
    assert headings_of(article) == ["", *HEADINGS]
    assert [section.number for section in article.sections] == list(range(8))
    assert plains_of(article) == plains_of(parse_plain_text(NIGHT_TRAINS)[0])
    assert [problem for problem in problems if problem.severity != "note"] == []


def test_a_heading_s_shape_is_enough_with_blank_lines() -> None:
    """Headings in title case between blank lines are certain: nothing needs to be said."""
    assert parse_plain_text(NIGHT_TRAINS)[1] == []


def test_dialogue_is_text() -> None:
    """Short lines of speech follow each other without becoming headings."""
    text = 'A Title\n\n"Is it late?"\n\n"It is."\n\n— Very late\n\n“Then let us go,” she said.\n'
    article, _ = parse_plain_text(text)
    assert plains_of(article) == [
        ['"Is it late?"', '"It is."', "— Very late", "“Then let us go,” she said."]
    ]


def test_a_list_keeps_its_items_apart() -> None:
    """Each item is a sentence; its bullet is not read, its number is."""
    article, _ = parse_plain_text(
        "A Title\n\nThree things are needed:\n- a bunk\n* a pillow\n2. a key\n"
    )
    assert plains_of(article) == [["Three things are needed:", "a bunk", "a pillow", "2. a key"]]


def test_a_file_of_one_sentence_is_an_article() -> None:
    """Its name serves as the title."""
    article, problems = parse_plain_text("The train left at nine.", "night.txt")
    assert (article.title, plains_of(article)) == ("Night", [["The train left at nine."]])
    assert problems == []


def test_a_header_works_in_plain_text_too() -> None:
    """A .txt file may name its title between two rules, and the header wins."""
    article, _ = parse_plain_text(
        "---\ntitle: Night Trains\nauthor: Piet\n---\nNight Trains\n\nby Ada Brook\n\n"
        "The train left.\n"
    )
    assert (article.title, article.author, plains_of(article)) == (
        "Night Trains",
        "Piet",
        [["The train left."]],
    )
