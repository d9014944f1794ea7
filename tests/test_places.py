"""Where a quotation stands: in a line of a text, on a page of a PDF, in a paragraph of Word; and
how to check it.
"""

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
from pdf_maker import make_pdf
from rich.console import Console

from bot.answers.answerer import Answerer
from bot.answers.model import Answer, Policy
from bot.articles.library import build
from bot.articles.model import Article
from bot.chat.ui.layout import Card
from bot.chat.ui.passage_cards import make_verify_card
from bot.json_lines import render_answer
from bot.terminal import print_answer

SCHEMA = json.loads(
    (Path(__file__).parent.parent / "bot/schemas/answer.json").read_text(encoding="utf-8")
)
SENTENCE = "The gatekeeper's fee of the old barn is two coins, and café guests pay one."


def write_pdf(folder: Path) -> None:
    """Write the sentence on the second page."""
    (folder / "Barn.pdf").write_bytes(
        make_pdf([["Barn rules", "", "Nobody may shout in it."], [SENTENCE]])
    )


def write_word(folder: Path) -> None:
    """Write the sentence into the third paragraph."""
    document = docx.Document()
    for text in ("Barn rules", "Nobody may shout in it.", SENTENCE):
        document.add_paragraph(text)
    content = BytesIO()
    document.save(content)
    (folder / "Barn.docx").write_bytes(content.getvalue())


def write_latin(folder: Path) -> None:
    """Write the sentence into the third line, in Windows-1252."""
    (folder / "Barn.txt").write_bytes(f"Barn rules\n\n{SENTENCE}\n".encode("cp1252"))


def shown_on(card: Card) -> str:
    """Give all that is written on a card."""
    components: Any = card
    return str(components.to_components())


def ask(folder: Path) -> tuple[Answer, Article]:
    """Ask for the fee."""
    answer = Answerer(build(folder)[0], Policy(quotes=1)).answer("how much is the gatekeeper's fee")
    return answer, answer.quotes[0].article


@pytest.mark.parametrize(
    ("write", "place", "facts"),
    [
        (write_pdf, "Barn.pdf, page 2", {"page": 2, "extracted": "pypdf"}),
        (write_word, "Barn.docx, paragraph 3", {"paragraph": 3, "extracted": "python-docx"}),
        (write_latin, "Barn.txt:3", {"encoding": "cp1252"}),
    ],
)
def test_a_place_is_told_as_people_look_for_it(
    tmp_path: Path, write: Any, place: str, facts: dict[str, Any]
) -> None:
    """In the terminal, in JSON and on the card that helps to verify it."""
    write(tmp_path)
    answer, article = ask(tmp_path)
    console = Console(file=StringIO(), width=200)
    print_answer(console, answer)
    assert isinstance(console.file, StringIO)
    assert place in console.file.getvalue()
    rendered = render_answer(answer)
    jsonschema.validate(rendered, SCHEMA)
    quote = rendered["quotes"][0]
    told = {
        name: quote.get(name)
        for name in ("page", "paragraph", "encoding", "extracted")
        if name in quote
    }
    if "extracted" in told:
        told["extracted"] = told["extracted"].partition(" ")[0]
    assert told == facts
    assert article.text[quote["start"] : quote["end"]] == quote["text"] == SENTENCE


@pytest.mark.parametrize(("write", "place"), [(write_pdf, "page 2"), (write_word, "paragraph 3")])
def test_what_was_extracted_is_attached(tmp_path: Path, write: Any, place: str) -> None:
    """Offsets count in it, and nobody else can make it."""
    write(tmp_path)
    answer, article = ask(tmp_path)
    quote = answer.quotes[0]
    card, attachment = make_verify_card(quote, quote.start, quote.end, article.sha256[:8])
    assert place in shown_on(card)
    assert attachment is not None
    name, content = attachment
    assert name == "extracted.txt"
    assert content.decode()[quote.start : quote.end] == SENTENCE


def test_the_encoding_is_named_on_the_card(tmp_path: Path) -> None:
    """For offsets count in the text that it makes of the file."""
    write_latin(tmp_path)
    answer, article = ask(tmp_path)
    quote = answer.quotes[0]
    card, _ = make_verify_card(quote, quote.start, quote.end, article.sha256[:8])
    assert "Decoded as Windows-1252" in shown_on(card)
    assert "line 3" in shown_on(card)
