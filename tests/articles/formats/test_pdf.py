"""PDF files: the text of their pages, without what every page repeats, found by page."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_maker import make_pdf
from pypdf import PdfReader, PdfWriter

from bot.articles.folder import FolderLimits
from bot.articles.formats import pdf
from bot.articles.formats.format import NotExtractedError
from bot.articles.formats.pdf import extract_pdf
from bot.articles.library import build

BODY = "The owls hunt at night in the old barn behind the mill, and no"
PAGES = [
    [
        "Oakvale Help",
        "Page 1",
        "",
        BODY,
        "body has ever seen them in day-",
        "light before nine.",
        "",
        "Mice are safe.",
    ],
    [
        "Oakvale Help",
        "Page 2",
        "",
        BODY,
        "mouse is",
        "safe from them at all in winter",
        "- one",
        "- two",
    ],
    ["Oakvale Help", "Page 3", "", "Fares are two coins."],
]


def test_lines_become_paragraphs() -> None:
    """Divided words are whole; what stands on most pages is left out."""
    extracted = extract_pdf(make_pdf(PAGES))
    assert extracted.text.split("\n\n") == [
        f"{BODY} body has ever seen them in daylight before nine.",
        "Mice are safe.",
        f"{BODY} mouse is safe from them at all in winter",
        "- one",
        "- two",
        "Fares are two coins.",
    ]
    assert len(extracted.notes) == 1


def test_a_place_is_a_page(tmp_path: Path) -> None:
    """A quotation stands at its offsets in the extracted text, and on its page."""
    (tmp_path / "Owls.pdf").write_bytes(make_pdf(PAGES))
    library, problems = build(tmp_path)
    article = library.articles[0]
    assert (article.decoding.kind, article.decoding.extractor.partition(" ")[0]) == (
        "page",
        "pypdf",
    )
    found = {
        sentence.plain: article.place_number(sentence)
        for section in article.sections
        for sentence in section.sentences
    }
    assert found["Mice are safe."] == 1
    assert found["one"] == 2
    assert found["Fares are two coins."] == 3
    assert {problem.severity for problem in problems} <= {"note", "warning"}


def test_what_cannot_be_read_is_one_clear_problem(tmp_path: Path) -> None:
    """Damaged, protected, and pictures alone."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(make_pdf(PAGES))))
    writer.encrypt("secret", algorithm="RC4-128")
    protected = BytesIO()
    writer.write(protected)
    (tmp_path / "protected.pdf").write_bytes(protected.getvalue())
    (tmp_path / "damaged.pdf").write_bytes(make_pdf(PAGES)[:300])
    (tmp_path / "scanned.pdf").write_bytes(make_pdf([[], []]))
    _, problems = build(tmp_path)
    assert [(problem.file, problem.severity, problem.what) for problem in problems] == [
        ("damaged.pdf", "error", "can't be read as PDF: it is damaged, or none"),
        ("protected.pdf", "error", "is protected by a password"),
        ("scanned.pdf", "error", "holds no text"),
    ]


def test_pages_that_are_too_much_are_refused() -> None:
    """So that no file is read for ever."""
    with pytest.raises(NotExtractedError, match="more commands"):
        extract_pdf(make_pdf([["x" * 100] * 50_000]))
    with pytest.raises(NotExtractedError, match="more than"):
        extract_pdf(make_pdf([[]] * 2_001))


def test_a_page_without_contents_is_empty() -> None:
    """The others are read."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(make_pdf([["Owls hunt."]]))))
    writer.add_blank_page()
    content = BytesIO()
    writer.write(content)
    assert extract_pdf(content.getvalue()).text == "Owls hunt."


def test_a_text_that_is_larger_than_its_file_may_be_is_refused(tmp_path: Path) -> None:
    """A few bytes may hold a long text."""
    (tmp_path / "owls.pdf").write_bytes(make_pdf([["Owls hunt at night."] * 9]))
    _, problems = build(tmp_path, FolderLimits(file_bytes=100))
    assert [problem.kind for problem in problems if problem.file == "owls.pdf"] == [
        "file-too-large"
    ]


def test_commands_are_counted_over_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of few bytes may hold very many; here fewer are too many, so that it takes no time."""
    monkeypatch.setattr(pdf, "_MOST_OPERATIONS", 20)
    assert extract_pdf(make_pdf([["Owls hunt."]])).text
    with pytest.raises(NotExtractedError, match="more commands"):
        extract_pdf(make_pdf([["Owls hunt."] * 9] * 3))


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (
            ["Owls hunt at night,", " ", "and mice", "are safe."],
            ["Owls hunt at night,", "and mice are safe."],
        ),
        ([" ", "Owls hunt."], ["Owls hunt."]),
        ([], []),
    ],
)
def test_an_empty_line_ends_a_paragraph(lines: list[str], paragraphs: list[str]) -> None:
    """Even within a sentence."""
    text = extract_pdf(make_pdf([lines, ["Voles."]])).text
    assert text.split("\n\n") == [*paragraphs, "Voles."]


@settings(deadline=None)
@given(st.integers(0, 2_000), st.binary(max_size=20))
def test_damage_never_raises_anything_else(place: int, damage: bytes) -> None:
    """Whatever bytes are written into a file."""
    content = make_pdf(PAGES)
    damaged = content[:place] + damage + content[place + len(damage) :]
    try:
        extracted = extract_pdf(damaged)
    except NotExtractedError:
        return
    assert all(0 <= start <= len(extracted.text) for start in extracted.decoding.starts)


@pytest.mark.parametrize(
    ("name", "package", "extra"), [("a.pdf", "pypdf", "pdf"), ("a.docx", "docx", "docx")]
)
def test_without_the_extra_a_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str, extra: str
) -> None:
    """With a note that says what to install; other files are served."""
    (tmp_path / name).write_bytes(make_pdf(PAGES))
    (tmp_path / "b.txt").write_text("Owls\n\nThe owls hunt at night.\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, package, None)
    library, problems = build(tmp_path)
    assert len(library.articles) == 1
    assert list(map(str, problems)) == [
        f"{name}:1: note: not read (install the extra: pip install 'articlebot[{extra}]')"
    ]
