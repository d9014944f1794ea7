"""Summaries and quotations look in a terminal as people read them."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from parsed import with_links
from rich.console import Console

from bot.answers.answerer import Answerer
from bot.answers.model import Answer, Assurance, Policy, Quote
from bot.answers.summary import summarise_places
from bot.articles.files import SourceFile
from bot.articles.library import build
from bot.articles.model import Link
from bot.articles.parser import read_article
from bot.json_lines import render_answer
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


LINKED = Link(9, 18, "https://example.org/\x1b]voice(1)")


def linked_answer(source: str) -> Answer:
    """Answer with a sentence that has a link, from an article whose page is known."""
    article, _ = read_article(
        SourceFile("a.md", f"---\nsource: {source}\n---\n\n# Dam\n\nWe read  the guide.\n", "")
    )
    assert article is not None
    section = article.sections[-1]
    (sentence,) = section.sentences
    place = sentence.plain.index("the guide")
    linked = with_links(sentence, replace(LINKED, start=place, end=place + 9))
    passages = (replace(section.passages[0], sentences=(linked,)),)
    sections = (*article.sections[:-1], replace(section, passages=passages))
    whole = replace(article, sections=sections)
    quote = Quote("0" * 12, whole, sections[-1], (linked,), linked, 1.0, ())
    return Answer("q", "answer", 0.5, "", (quote,), assurance=Assurance.SURE)


@pytest.mark.parametrize(
    ("assurance", "caution"),
    [
        (Assurance.FAINT, "(a faint match: it may well be about something else)\n"),
        (Assurance.LIKELY, "(perhaps this answers it)\n"),
        (Assurance.SURE, ""),
    ],
)
def test_what_is_not_sure_is_said_before_it(assurance: Assurance, caution: str) -> None:
    """As a card says it."""
    console = Console(file=StringIO(), width=100)
    print_answer(console, replace(linked_answer("a book"), assurance=assurance))
    assert isinstance(console.file, StringIO)
    assert console.file.getvalue().startswith(f"{caution}  “We read the guide.”\n")


def test_addresses_stand_below_a_quotation() -> None:
    """Each whole in a line of its own, however narrow, without what a terminal would obey; the
    words stay as quoted.
    """
    console = Console(file=StringIO(), width=24)
    print_answer(console, linked_answer("https://example.org/dams-of-valmora"))
    assert isinstance(console.file, StringIO)
    lines = console.file.getvalue().splitlines()
    assert lines[0] == "  “We read the guide.”"
    assert lines[-2:] == [
        "  https://example.org/dams-of-valmora#:~:text=We%20read%20the%20guide.",
        "  the guide: https://example.org/]voice(1)",
    ]
    assert "https" not in "".join(lines[:-2])


def test_addresses_are_in_json() -> None:
    """The words of each link with their address as the article has it, and the page at the key
    sentence.
    """
    (quote,) = render_answer(linked_answer("https://example.org/dams"))["quotes"]
    assert quote["links"] == [{"text": "the guide", "address": LINKED.address}]
    assert quote["source_url"] == "https://example.org/dams#:~:text=We%20read%20the%20guide."
    (without,) = render_answer(linked_answer("a book"))["quotes"]
    assert without["source_url"] == ""


def test_a_quotation_keeps_the_lines_of_its_list_and_code(tmp_path: Path) -> None:
    """Marks and indentation as in the file."""
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
        "  1. Turn the wheel.\n"
        "    • twice\n"
        "  2. Wait.”\n"
        "  — Gate · Dam · dam.md:5\n"
        "  “Or run this:\n"
        "  if dry:\n"
        "      lift()”\n"
        "  — Gate · Dam · dam.md:11\n"
    )
