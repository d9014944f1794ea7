"""Documents of Word: headings, lists and tables by their styles, found by paragraph."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.formats.format import NotExtractedError
from bot.articles.formats.word import extract_docx
from bot.articles.library import build


def make_document() -> bytes:
    """Make a document with one of each."""
    document = docx.Document()
    document.core_properties.author = "Ada Byron"
    document.add_paragraph("Owls", style="Title")
    document.add_paragraph("They hunt at\nnight.")
    document.add_heading("Food", 1)
    document.add_paragraph("Mice", style="List Bullet")
    document.add_paragraph("Voles", style="List Number 2")
    document.add_paragraph("")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["What", "When", "Mouse", "Noon"], strict=True
    ):
        cell.text = text
    document.add_paragraph("The end.")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def test_styles_say_what_a_paragraph_is() -> None:
    """Each block stands at its place in the extracted text."""
    extracted = extract_docx(make_document())
    assert extracted.draft is not None
    assert (extracted.draft.title, extracted.draft.author) == ("Owls", "Ada Byron")
    blocks = extracted.draft.blocks
    assert [
        (block.level, block.form.kind, block.form.mark, block.form.shown or block.plain)
        for block in blocks
    ] == [
        (0, "paragraph", "", "They hunt at night."),
        (1, "paragraph", "", "Food"),
        (0, "item", "• ", "Mice"),
        (0, "item", "  • ", "Voles"),
        (0, "row", "", "What: Mouse · When: Noon"),
        (0, "paragraph", "", "The end."),
    ]
    for block in blocks:
        written = " ".join(extracted.text[block.start : block.end].split())
        assert written.split() == block.plain.replace("When · Mouse", "When Mouse").split()


def test_lists_without_a_style_and_tables_of_any_size() -> None:
    """An item may say by itself how deep it lies; a table may be of one row, or have empty ones."""
    document = docx.Document()
    for style, level, text in (
        ("Normal", 1, "Barn owls"),
        ("Normal", None, "Owls"),
        ("List Bullet", 0, "Voles"),
    ):
        paragraph = document.add_paragraph(text, style=style)
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
        numbering.get_or_add_numId().val = 1
        if level is not None:
            numbering.get_or_add_ilvl().val = level
    for rows in (["What", "", "Mouse", "Vole"], ["Food"], [""]):
        table = document.add_table(rows=len(rows), cols=1)
        for row, text in zip(table.rows, rows, strict=True):
            row.cells[0].text = text
    content = BytesIO()
    document.save(content)
    extracted = extract_docx(content.getvalue())
    assert extracted.draft is not None
    assert [
        f"{block.form.mark}{block.form.shown or block.plain}" for block in extracted.draft.blocks
    ] == ["  • Barn owls", "• Owls", "• Voles", "What: Mouse", "What: Vole", "Food"]


def test_a_place_is_a_paragraph(tmp_path: Path) -> None:
    """Counted as they stand in the document, rows among them."""
    (tmp_path / "a.docx").write_bytes(make_document())
    article = build(tmp_path)[0].articles[0]
    last = article.sections[-1].sentences[-1]
    assert (last.plain, article.place_number(last), article.decoding.kind) == (
        "The end.",
        8,
        "paragraph",
    )


def test_what_is_no_document_is_refused() -> None:
    """No archive, another one, and one that unpacks to more than any document."""
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("a.txt", "x")
    for content in (b"", b"PK\x03\x04", other.getvalue(), make_document()[:2_000]):
        with pytest.raises(NotExtractedError, match="damaged"):
            extract_docx(content)
    large = BytesIO(make_document())
    with zipfile.ZipFile(large, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/media/a.bin", bytes(67_200_000))
    with pytest.raises(NotExtractedError, match="larger than"):
        extract_docx(large.getvalue())


CONTENT = make_document()


@given(st.integers(0, len(CONTENT)), st.binary(max_size=20))
def test_damage_never_raises_anything_else(place: int, damage: bytes) -> None:
    """Whatever bytes are written into a document."""
    try:
        extracted = extract_docx(CONTENT[:place] + damage + CONTENT[place + len(damage) :])
    except NotExtractedError:
        return
    assert extracted.draft is not None
    assert all(
        0 <= block.start <= block.end <= len(extracted.text) for block in extracted.draft.blocks
    )
