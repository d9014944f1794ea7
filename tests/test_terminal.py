"""Summaries look in a terminal as people read them."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from bot.answers.summary import summarise_places
from bot.articles.library import build
from bot.terminal import print_summaries

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
    """Deeper headings further in; a heading without text by itself; a bullet a sentence, its lines aligned."""
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
    assert shown(tmp_path, slice(2, 3)) == "Gate · The dam\n  • The gate of the dam was made in\n    Marn.\n"
    assert shown(tmp_path, slice(1, 2)) == "Parts · The dam\n  (no text of its own)\n"
