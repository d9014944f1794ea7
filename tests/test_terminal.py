"""Summaries and quotations look in a terminal as people read them."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from bot.answers.answerer import Answerer
from bot.answers.model import Policy
from bot.answers.summary import summarise_places
from bot.articles.library import build
from bot.terminal import print_answer, print_summaries

TEXT = """\
---
title: The dam
---

The dam of Orrin holds water for three valleys, which have had light since the spring of 1932.

## Parts

### Gate

The gate of the dam was made in Marn.
"""


def shown(folder: Path, places: slice, width: int = 40) -> str:
    """Print summaries of some of the sections in so many columns."""
    (folder / "dam.md").write_text(TEXT, encoding="utf-8")
    console = Console(file=StringIO(), width=width)
    print_summaries(console, summarise_places(list(build(folder)[0].sections())[places]))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_all_sections_stand_under_the_title_and_their_headings(tmp_path: Path) -> None:
    """Deeper headings further in; a heading without text by itself; a bullet a sentence, its lines
    aligned.
    """
    assert shown(tmp_path, slice(None)) == (
        "The dam\n"
        "  • The dam of Orrin holds water for\n"
        "    three valleys, which have had light\n"
        "    since the spring of 1932.\n"
        "  Parts\n"
        "    Gate\n"
        "      • The gate of the dam was made in\n"
        "        Marn.\n"
    )


def test_one_section_is_shown_with_its_article(tmp_path: Path) -> None:
    """A section by itself says where it is from, and one without text says so."""
    assert (
        shown(tmp_path, slice(2, 3))
        == "Gate · The dam\n  • The gate of the dam was made in\n    Marn.\n"
    )
    assert shown(tmp_path, slice(1, 2)) == "Parts · The dam\n  (no text of its own)\n"


def test_a_quotation_keeps_the_lines_of_its_list_and_code(tmp_path: Path) -> None:
    """Marks and indentation as in the file; that a list goes on is said outside of the quotation
    marks.
    """
    steps = "To open it:\n\n1. Turn the wheel.\n   - twice\n2. Wait.\n"
    code = "Or run this:\n\n    if dry:\n        lift()\n"
    (tmp_path / "dam.md").write_text(f"# Dam\n\n## Gate\n\n{steps}\n{code}", encoding="utf-8")
    console = Console(file=StringIO(), width=40)
    answerer = Answerer(build(tmp_path)[0], Policy(quotes=1))
    for question in ("who should turn the wheel", "what should lift if dry"):
        print_answer(console, answerer.answer(question))
    assert isinstance(console.file, StringIO)
    assert console.file.getvalue() == (
        "  “To open it:\n"
        "  1. Turn the wheel.”\n"
        "  …\n"
        "  — Gate · Dam · dam.md:5\n"
        "  “Or run this:\n"
        "  if dry:\n"
        "      lift()”\n"
        "  — Gate · Dam · dam.md:11\n"
    )
