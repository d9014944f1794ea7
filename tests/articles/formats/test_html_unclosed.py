"""What is never closed in HTML, and takes in the rest of its file: told, from where to where."""

from pathlib import Path

import pytest

from bot.articles.library import build

BELOW = "\n\n## Below\n\nLost words.\n"


def warnings(folder: Path, name: str, text: str) -> list[tuple[int, int, str, str]]:
    """Give the warnings of a file."""
    (folder / name).write_text(text, encoding="utf-8")
    _, problems = build(folder)
    return [
        (one.line, one.column, one.what, one.hint) for one in problems if one.severity == "warning"
    ]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<!--", "-->"),
        ("<script>", "</script>"),
        ("<style>", "</style>"),
        ("<textarea>", "</textarea>"),
        ("<pre>", "</pre>"),
    ],
)
def test_what_takes_in_the_rest_is_told(tmp_path: Path, opening: str, closing: str) -> None:
    """In Markdown and on a page, with its place, the last line and what closes it; closed, it is
    fine.
    """
    told = "nothing is read as a heading" if opening == "<pre>" else "is left out"
    markdown = f"# Title\n\nRead.\n\n{opening} mine{BELOW}"
    ((line, column, what, hint),) = warnings(tmp_path, "note.md", markdown)
    assert (line, column) == (5, 1)
    assert what.startswith(f"{opening} begins here and is never closed; ")
    assert "to line 9 " in what
    assert what.endswith(told)
    assert hint == f"close it with {closing}, or take it out"
    assert warnings(tmp_path, "note.md", f"{markdown}\n{closing}\n") == []
    page = f"<h1>Title</h1>\n<p>Read.</p> {opening} mine\n<p>Lost.</p>\n"
    ((line, column, what, _),) = warnings(tmp_path, "note.html", page)
    assert (line, column) == (2, 14)
    assert "to line 3 " in what
    assert warnings(tmp_path, "note.html", f"{page}{closing}") == []


def test_a_tag_that_never_ends_is_told(tmp_path: Path) -> None:
    """As it takes in the rest, too."""
    page = '<h1>Title</h1><p>Read.</p>\n<a href="/here>x</a><p>Lost.</p>\n'
    ((line, column, what, hint),) = warnings(tmp_path, "note.html", page)
    assert (line, column) == (2, 1)
    assert what.startswith("<a begins here")
    assert hint == "close it with >, or take it out"


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nRead.\n\n<!-- one\n\ntwo -->\n\nMore.\n",
        "# Title\n\nRead.\n\n<!-- one --!>\n\nMore.\n",
        "# Title\n\nRead.\n\n<div>\n<pre>\none\n\nmore\n\n</pre>\n</div>\n",
        "# Title\n\nRead.\n\n<script>\n",
        "# Title\n\nRead.\n\n<!DOCTYPE html>\n",
        "# Title\n\n<p>Read.\n",
    ],
)
def test_what_ends_or_takes_in_nothing_is_fine(tmp_path: Path, text: str) -> None:
    """Also where it ends in a later block."""
    assert warnings(tmp_path, "note.md", text) == []


def test_one_is_told_of_a_file(tmp_path: Path) -> None:
    """The first; what is below may be inside of it."""
    text = "# Title\n\nRead.\n\n- <!-- one\n\nTwo.\n\n<script> three\n"
    assert [line for line, *_ in warnings(tmp_path, "note.md", text)] == [5]
