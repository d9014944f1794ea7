"""A format is a value: all that the program knows of formats comes from the registry."""

import re
from dataclasses import replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest

from bot.articles.formats import (
    ARTICLE_SUFFIXES,
    FORMAT_PACKAGES,
    FORMATS,
    Format,
    describe_suffixes,
    find_format,
)
from bot.articles.formats.captions import CAPTIONS
from bot.articles.formats.markdown import MARKDOWN
from bot.articles.formats.plain_text import PLAIN_TEXT
from bot.articles.library import build
from bot.articles.lines import Lines

TIME = "00:00.000 --> 00:01.000"
# Of each kind of markup that a format does not read, an example; the word "unread" stands in it.
UNREAD_EXAMPLES = {
    "addresses and titles of links and images": 'Text ![alt](unread.png "unread"), [a link](http://unread "unread").',
    "tags and comments of HTML, scripts and what is hidden": (
        "Text <b title='unread'>bold</b> <!-- unread -->.\n\n<script>\nunread\n</script>\n\n<p hidden>unread</p>"
    ),
    "tags, attributes and comments": "Text <b title='unread'>bold</b> <!-- unread -->.",
    "addresses and alternative texts of images": "Text <img src='unread.png' alt='unread'>.",
    "scripts and styles": "Text.<script>unread</script><style>unread</style>",
    "what is hidden": "Text.<p hidden>unread</p><p style='display:none'>unread</p>",
    "menus and forms": "<p>Text.</p><nav>unread</nav><select><option>unread</select>",
    "times, numbers and settings": f"unread\n{TIME} align:unread\nText.",
    "notes and styles": f"WEBVTT unread\n\nNOTE unread\n\nSTYLE\nunread\n\n{TIME}\nText.",
    "tags of captions": f"{TIME}\n<v Ada>Text.</v> <c.unread>It</c> {{\\unread}}ends.",
    "marks of footnotes": "Text[^unread].\n\n[^unread]: A note.",
    "definitions of link references": "Text [it][unread].\n\n[unread]: http://unread/",
    "embedded notes and pictures of Obsidian": "Text ![[unread#unread]].",
    "comments of Obsidian and MDX": "Text %%unread%% {/* unread */}.\n\n%%\nunread\n\nunread\n%%",
    "names of blocks, classes and attributes": "Text {.unread} ^unread\n\n# H {#unread}\n\n{: .unread}",
    "shortcodes, template tags and queries": (
        "Text {{< unread >}} {{ unread }} <% unread %> `= this.unread`.\n\n{% unread %}\n\n```dataview\nunread\n```"
    ),
    "imports, exports, components and expressions of MDX": (
        "import unread from 'unread'\n\nexport const unread = 1\n\n<Unread unread={unread}>\n\n"
        "Text {unread}.\n\n</Unread>"
    ),
    "marks of admonitions and tabs": (
        ":::unread\nText\n:::\n\n!!! unread\n\n    Text\n\n> [!unread]\n> Text\n\n/// unread\n///"
    ),
    "short names of emoji": "Text :unread: <:unread:123456789012345678>.",
    "pictures above the title": "![unread](unread.png)\n\n# Text",
}


def by_name(known: Format) -> str:
    """Name a format in the list of tests."""
    return known.name


@pytest.mark.parametrize("known", FORMATS, ids=by_name)
def test_endings_are_in_lower_case_with_a_dot(known: Format) -> None:
    """So that one comparison of the name in lower case finds them."""
    assert known.suffixes
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in known.suffixes)


def test_an_ending_belongs_to_one_format() -> None:
    """Else the order in the registry would decide who reads a file."""
    assert len(set(ARTICLE_SUFFIXES)) == len(ARTICLE_SUFFIXES)
    assert set(ARTICLE_SUFFIXES) == set(chain.from_iterable(known.suffixes for known in FORMATS))


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("a.md", MARKDOWN),
        ("A.MD", MARKDOWN),
        ("deep/a.markdown", MARKDOWN),
        ("a.md.txt", PLAIN_TEXT),
        ("a.TXT", PLAIN_TEXT),
        ("a.txt.Md", MARKDOWN),
    ],
)
def test_the_ending_decides_the_format(name: str, known: Format) -> None:
    """In capitals or not; only the last ending counts."""
    assert find_format(name) is known


@pytest.mark.parametrize("name", ["a", "a.rst", "a.txt.bak", "txt", ""])
def test_another_ending_is_a_fault_of_the_caller(name: str) -> None:
    """No format is guessed."""
    with pytest.raises(ValueError, match="has none of the endings"):
        find_format(name)


@pytest.mark.parametrize(
    ("formats", "described"),
    [
        ([MARKDOWN], ".md"),
        ([MARKDOWN, PLAIN_TEXT], ".md or .txt"),
        (
            [MARKDOWN, PLAIN_TEXT, replace(MARKDOWN, suffixes=(".rst", ".rest"))],
            ".md, .txt or .rst",
        ),
    ],
)
def test_one_ending_of_each_format_is_named(formats: list[Format], described: str) -> None:
    """However many formats there are."""
    assert describe_suffixes(formats) == described


def test_hints_name_the_endings(tmp_path: Path) -> None:
    """What people are told to put into a folder is what is read from it."""
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf")
    told = {(problem.severity, problem.hint) for problem in build(tmp_path)[1]}
    endings = describe_suffixes()
    assert told == {
        ("note", f"articles are {endings} files"),
        ("error", f"put {endings} files into it"),
    }


def test_packages_that_parse_are_installed() -> None:
    """Their versions count in the fingerprint of what is saved."""
    assert "markdown-it-py" in FORMAT_PACKAGES
    assert all(version(package) for package in FORMAT_PACKAGES)


@pytest.mark.parametrize("known", FORMATS, ids=by_name)
def test_markup_that_is_not_read_is_no_text(known: Format) -> None:
    """What a format says it does not read is in none of its blocks."""
    for markup in known.unread_markup:
        text = UNREAD_EXAMPLES[markup]
        blocks = known.parse("a", Lines(text), 1).blocks
        plain = " ".join(block.plain for block in blocks)
        assert "Text" in plain
        assert "unread" not in plain, markup


@pytest.mark.parametrize("known", FORMATS, ids=by_name)
def test_unread_markup_inside_a_text_is_found_without_the_parser(known: Format) -> None:
    """Who follows a text through its source passes over what the format does not read, and over
    nothing else.
    """
    unread = re.compile(known.unread_pattern, re.DOTALL)
    for markup in known.unread_markup:
        paragraph, *_ = UNREAD_EXAMPLES[markup].split("\n\n")
        assert "unread" not in unread.sub("", paragraph), markup
        assert unread.sub("", paragraph).startswith("Text")
    for text in (
        "Text (see below) [sic], a < b > c.",
        "<mailto:ada@example.org> <ada@example.org>",
        "a[0] (b)",
    ):
        assert unread.sub("", text) == text


@pytest.mark.parametrize("known", FORMATS, ids=by_name)
def test_a_body_begins_where_it_is_told(known: Format) -> None:
    """Lines above it are not read, and offsets count from the beginning of the file."""
    title = TIME if known is CAPTIONS else "A Title\n"
    text = f"Not this one.\n\n{title}\nThe train left at nine. It was late.\n"
    blocks = known.parse("a", Lines(text), 3).blocks
    assert "Not" not in " ".join(block.plain for block in blocks)
    last = blocks[-1]
    assert text[last.start : last.end].endswith("The train left at nine. It was late.")


@pytest.mark.parametrize("known", FORMATS, ids=by_name)
@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "---\nx: y\n---"])
def test_a_file_without_a_body_gives_no_blocks(known: Format, text: str) -> None:
    """Nor does it raise, where the body begins behind the last line."""
    lines = Lines(text)
    assert known.parse("a", lines, len(lines) + 1).blocks == []
