"""What an editor types into a window comes into the file, and nothing else of it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsed import parse

from bot.articles.model import Article
from bot.editing.text_edit import (
    EditError,
    edit_body,
    edit_fields,
    encode_as_before,
    read_body,
    read_fields,
)

PLAIN = "# Of Tea\n\nTea is drunk in Lisk.\n\n## Green\n\nGreen tea is steamed.\n\n- in spring\n- in June\n\nBlack\n-----\n\nBlack tea is withered.\n"
HEADER = (
    "---\n# ours\ntitle: Of Tea # short\naliases:\n  - chai\n  - 'the leaf'\nlastmod: 2020-01-01\n"
    "layout: page\n---\n"
)


def read(text: str, file: str = "tea.md") -> Article:
    """Read a text as an article."""
    return parse(text, file)[0]


def test_a_header_is_made_where_there_is_none() -> None:
    """What stood there stays, byte order mark and newlines too."""
    text = "\ufeff" + PLAIN.replace("\n", "\r\n")
    edited = edit_fields(read(text), {"title": 'Tea: "the leaf"', "aliases": "chai, cha"})
    assert edited.startswith('\ufeff---\r\ntitle: "Tea: \\"the leaf\\""\r\n')
    assert edited.endswith(text[1:])
    article = read(edited)
    assert (article.title, article.aliases) == ('Tea: "the leaf"', ("chai", "cha"))


def test_a_key_is_replaced_where_it_stands() -> None:
    """Under the name that it has there; its lines go with it, others and comments stay."""
    values = {"title": "Of Leaves", "date": "2026-11-01", "aliases": "", "language": "en"}
    edited = edit_fields(read(HEADER + PLAIN), values)
    assert edited == (
        '---\n# ours\ntitle: "Of Leaves"\nlastmod: "2026-11-01"\nlayout: page\nlanguage: "en"\n---\n'
        + PLAIN
    )
    assert read_fields(read(edited))["date"] == "2026-11-01"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("+++\ntitle = 'Tea'\n+++\n" + PLAIN, {"title": "Other"}),
        ('{"title": "Tea"}\n' + PLAIN, {"title": "Other"}),
        ("---\ntitle: Tea\n\n" + PLAIN, {"title": "Other"}),
        (PLAIN, {"date": "tomorrow"}),
        (PLAIN, {"source": "not an address"}),
        (PLAIN, {"language": "klingon"}),
    ],
)
def test_what_cannot_be_said_is_refused(text: str, values: dict[str, str]) -> None:
    """Another kind of header, one that is not closed, and values that are none."""
    with pytest.raises(EditError):
        edit_fields(read(text), values)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("date", "30.11.2026", "“Date” can't be “30.11.2026” (write it as 2026-11-22)"),
        ("language", "klingon", "“Language” can't be “klingon” (write two letters, such as en)"),
        ("title", "Te\u200ba", "“Title” can't be “Te"),
    ],
)
def test_a_value_that_is_refused_is_named_with_what_is_right(
    field: str, value: str, why: str
) -> None:
    """In words of the window, not of a file's header."""
    with pytest.raises(EditError) as refused:
        edit_fields(read(PLAIN), {"title": "Tea"} | {field: value})
    assert str(refused.value).startswith(why)
    assert "left out" not in str(refused.value)


@given(
    st.dictionaries(
        st.sampled_from(["title", "aliases"]), st.text(min_size=1, max_size=30), min_size=1
    )
)
def test_a_header_says_what_was_typed_or_nothing_changes(values: dict[str, str]) -> None:
    """Whatever is typed: it is read back as it is, or refused; the body stays."""
    article = read(HEADER + PLAIN)
    try:
        edited = edit_fields(article, values)
    except EditError:
        return
    fields = read_fields(read(edited))
    assert {name: fields[name] for name in values} == values
    assert edited.endswith(PLAIN)


def test_the_text_of_a_section_is_what_stands_below_its_heading() -> None:
    """With its marks; the lead has the text before the first heading."""
    article = read(HEADER + PLAIN)
    bodies = [read_body(article, section) for section in article.sections]
    assert bodies == [
        "Tea is drunk in Lisk.",
        "Green tea is steamed.\n\n- in spring\n- in June",
        "Black tea is withered.",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_text_of_one_section_changes_alone(number: int, newline: str) -> None:
    """All before and behind it is as it was."""
    text = (HEADER + PLAIN).replace("\n", newline)
    article = read(text)
    old = read_body(article, article.sections[number]).replace("\n", newline)
    edited = edit_body(article, article.sections[number], "\nWhite tea is dried.\n\nIn the sun.\n")
    new = f"White tea is dried.{newline}{newline}In the sun."
    assert edited == text.replace(old, new)
    assert edit_body(article, article.sections[number], old.replace(newline, "\n")) == text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("gap", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_an_empty_section_is_filled_and_the_next_one_stays(
    newline: str, gap: str, last: str
) -> None:
    """A heading right behind another one is not drawn into what is typed; nor does the end of the
    file need a newline.
    """
    text = f"# Of tea\n\nTea is hot.\n\n## Green\n{gap}## Black\n{gap}## White{last}"
    article = read(text.replace("\n", newline))
    for section in article.sections[1:]:
        edited = read(edit_body(article, section, "It is dried.\nIn the sun."))
        assert [one.heading for one in edited.sections] == ["", "Green", "Black", "White"]
        filled = [one.heading for one in edited.sections[1:] if one.sentences]
        assert filled == [section.heading]


@pytest.mark.parametrize(
    "lead",
    [
        "- Hot.\n- Cold.",
        "1. Hot.",
        "> Hot.",
        "**Hot** tea.",
        "```sh\nbrew\n```",
        "| a |\n|-|\n| b |",
    ],
)
@pytest.mark.parametrize("title", ["# Of tea\n\n", "---\ntitle: Of tea\n---\n", "\ufeff"])
def test_the_text_before_the_first_heading_has_its_marks(lead: str, title: str) -> None:
    """Also those of its first line: a list, a quote or code is edited as a whole."""
    article = read(f"{title}{lead}\n\n## Black\n\nTea is black.\n")
    section = article.sections[0]
    assert read_body(article, section) == lead
    edited = edit_body(article, section, "It is dried.")
    assert edited == f"{title}It is dried.\n\n## Black\n\nTea is black.\n"


@pytest.mark.parametrize(
    "heading",
    [
        "A heading\n---",
        "A heading\nof two\nlines\n===",
        "## A heading",
        "A heading #1\nof two\n---",
        "## [A heading](https://a.example/x)",
        "A heading is\nwhat is it?\n",
    ],
)
def test_a_heading_stays_whole_above_an_edited_text(heading: str) -> None:
    """However many lines it has."""
    text = f"Of tea.\n\n{heading}\nTea is hot.\n\n## Black\n\nTea is black.\n"
    article = read(text)
    (section,) = [one for one in article.sections if one.heading.startswith("A heading")]
    edited = edit_body(article, section, "It is dried.")
    assert edited == text.replace("Tea is hot.", "It is dried.")


def test_a_section_that_was_not_edited_leaves_all_as_it_was() -> None:
    """Also where lines end in several ways."""
    article = read(
        "# Of tea\r\n\r\nTea is hot.\nIt is\rgreen.\r\n\r\n## Black\r\n\r\nOr black.\r\n"
    )
    for section in article.sections:
        assert edit_body(article, section, read_body(article, section)) == article.text


def test_a_section_of_a_page_is_not_edited_by_itself() -> None:
    """Nobody knows which marks belong to it."""
    article = read("<h1>Tea</h1><h2>Green</h2><p>Green tea is steamed.</p>", "tea.html")
    with pytest.raises(EditError):
        read_body(article, article.sections[-1])


def test_a_file_keeps_its_encoding_as_long_as_that_holds_its_text() -> None:
    """A letter that the encoding lacks makes it UTF-8."""
    article = read(PLAIN)
    assert encode_as_before(article, "é") == b"\xc3\xa9"
