"""What plain texts of many kinds hold: a table of texts, and their headings and sentences."""

import pytest
from parsed import headings_of, parse_plain_text, plains_of

from bot.articles.formats.plain_text_paragraphs import MOST_LINES

PROSE = "The owls hunt at night in the old barn behind the mill, and nobody has ever seen them."
WRAPPED = "This line was wrapped by hand at some seventy characters of its own.\n"


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Call Me Now!", True),
        ("On It", True),
        ("1) A Heading Here", True),
        ("2) a heading", False),
        ("- Dash", False),
        ("3 April 2031", False),
        ("The steps are these:", True),
    ],
)
def test_a_line_between_paragraphs(line: str, is_heading: bool) -> None:  # noqa: FBT001
    """It is a heading where it looks like one."""
    article, _ = parse_plain_text(f"A Title\n\n{PROSE}\n\n{line}\n\n{PROSE}\n")
    assert (line in headings_of(article)) == is_heading


def test_the_last_line_of_wrapped_ones_is_no_heading() -> None:
    """Nothing stands below it."""
    article, _ = parse_plain_text(f"A Title\n\n{WRAPPED * 4}Nobody knows why\n")
    assert headings_of(article) == [""]
    assert plains_of(article)[0][-1] == "Nobody knows why"


@pytest.mark.parametrize(
    ("top", "title", "author", "date"),
    [
        ("By Ada Brook\n\n3 April 2031", "By Ada Brook", "", "2031-04-03"),
        ("Owls\n\nBy Ada Brook\n\n3 April 2031", "Owls", "Ada Brook", "2031-04-03"),
        ("Owls\nBarn | Mill\nBy Ada Brook", "Owls", "Ada Brook", ""),
    ],
)
def test_the_top_of_a_text(top: str, title: str, author: str, date: str) -> None:
    """Title, byline and date in many orders."""
    article, _ = parse_plain_text(f"{top}\n\n{PROSE}\n")
    assert (article.title, article.author, article.date) == (title, author, date)


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        # Right above another heading.
        (f"A Title\n\nOwls\n\n# Mice\n\n{PROSE}\n", ["Owls", "Mice"]),
        # A first line that is no title, and a label whose value is no label's.
        (f"{'x' * 201}\n\n{PROSE}\n", [""]),
        (f"Subject: Owls\nFrom: {'b' * 230}\n\n{PROSE}\n", [""]),
    ],
)
def test_lines_that_look_like_others(text: str, headings: list[str]) -> None:
    """They are read, and as what they are."""
    article, _ = parse_plain_text(text)
    assert headings_of(article) == headings
    assert PROSE in plains_of(article)[-1]


@pytest.mark.parametrize("text", ["By Ada Brook\n\n3 April 2031\n", "3 April 2031\n"])
def test_nothing_but_a_top_is_text(text: str) -> None:
    """There is nothing that it could be the top of."""
    article, _ = parse_plain_text(text)
    assert article.author == ""


def test_of_a_text_without_end_the_rest_is_running_text() -> None:
    """From which line on is told."""
    article, problems = parse_plain_text(f"Owls\n\n{'a' * 50}.\n\n" + "b\n" * (MOST_LINES + 300))
    assert [one.line for one in problems if one.kind == "too-many-lines"] == [MOST_LINES + 3]
    assert sum(plain.count("b") for (plains) in plains_of(article) for plain in plains) == (
        MOST_LINES + 300
    )
