"""Nothing that makes a card, or prints an answer, takes more than twice as long for twice as much
of anything.
"""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from card_judge import judge, texts_of
from parsed import with_links
from processor_time import grows_too_fast

from bot.answers.explanation import ConceptMatch, Explanation, RunnerUp
from bot.answers.model import Answer, Quote, Summary
from bot.articles.changes import Changes
from bot.articles.library import Library
from bot.articles.model import (
    PARAGRAPH,
    Article,
    BlockForm,
    Link,
    Passage,
    Problem,
    Section,
    Sentence,
)
from bot.chat.ui.admin_cards import make_reload_report, make_votes_card
from bot.chat.ui.answer_cards import make_answer_card, make_human_card, make_refusal_card
from bot.chat.ui.audience import Audience
from bot.chat.ui.components import shorten
from bot.chat.ui.escape import escape, unescape, visible_text
from bot.chat.ui.layout import fit
from bot.chat.ui.library_cards import (
    make_articles_card,
    make_reading_card,
    make_sections_card,
    make_summary_card,
)
from bot.chat.ui.passage_cards import make_others_card, make_verify_card, make_why_card
from bot.chat.ui.quotation_cards import make_quotation_card
from bot.json_lines import render_answer, render_line
from bot.quotations.checker import QuotationChecker
from bot.quotations.model import QuotationCheck
from bot.records.model import PassageVotes
from bot.reloading import Reload
from bot.terminal import make_console, print_answer, print_summaries

MEBIBYTE = 1 << 20
PIECES = (
    " ", "\u00a0", "\u3000", "\n", "\r\n", "\t", "`", "[", "\\", "*", "_", "(", "\u0301", "e\u0301",
    "😀", "👩\u200d👩\u200d", "🇺🇦", "한", "- ", "1", "1. ", "<@1>", "a", "a ", "a\n", "\u200b",
    "\u200d", "\u2800",
)  # fmt: skip
FEW = ("\u00a0", "`", "\u0301", "👩\u200d👩\u200d", "a ")
EVERYBODY = Audience(1, has_votes=True, has_humans=True)
LINKED = Audience(1, has_links=True)


def article_of(text: str, heading: str = "A heading", form: BlockForm = PARAGRAPH) -> Article:
    """Make an article of one section of one sentence."""
    sentence = Sentence("a.md", 1, 0, len(text), text, text, form)
    passage = Passage((sentence,))
    section = Section("a.md", 1, 0, len(text), 1, heading, (), (passage,))
    return Article("a.md", 1, 0, len(text), "a", "T", "", "", "", "en", (section,), text, "0" * 64)


def quote_of(text: str, heading: str = "A heading", form: BlockForm = PARAGRAPH) -> Quote:
    """Quote that one sentence."""
    article = article_of(text, heading, form)
    section = article.sections[0]
    return Quote("0" * 12, article, section, section.sentences, section.sentences[0], 1.0, ())


def linked_article_of(text: str) -> Article:
    """Make such an article whose page is known, with a link at every fifth character."""
    article = article_of(text)
    section = article.sections[0]
    passage = section.passages[0]
    links = [Link(at, at + 1, "https://example.org/a") for at in range(0, len(text), 5)]
    sentences = (with_links(passage.sentences[0], *links),)
    linked = replace(section, passages=(replace(passage, sentences=sentences),))
    return replace(article, source="https://example.org/a", sections=(linked,))


def answer_with_links(text: str) -> None:
    """Answer with that one sentence, read it, and sum it up."""
    article = linked_article_of(text)
    section = article.sections[0]
    quote = Quote("0" * 12, article, section, section.sentences, section.sentences[0], 1.0, ())
    make_answer_card(Answer("q", "answer", 0.5, "", (quote,)), LINKED)
    for page in (0, 10**9):
        make_reading_card(article, section, page, 0, has_links=True)
    make_summary_card([Summary(article, section, section.sentences)], 1, LINKED)


def answer_of(text: str) -> Answer:
    """Answer with that one sentence, to a question that is as long."""
    return Answer(
        text, "answer", 0.5, text, (quote_of(text),), missing=(text,), corrections=((text, text),)
    )


def read(text: str, form: BlockForm = PARAGRAPH) -> None:
    """Make the first and the last page of a section."""
    article = article_of(text, form=form)
    for page in (0, 10**9):
        make_reading_card(article, article.sections[0], page, 0)


def explain(text: str) -> None:
    """Tell why a passage was chosen."""
    quote = quote_of(text)
    why = Explanation(
        (ConceptMatch(text, 1.0, "synonym", text, text),),
        RunnerUp(quote.article, quote.section, quote.section.passages[0], 0.5),
    )
    make_why_card(text, text, quote, why)


def report(text: str) -> None:
    """Tell what a reload did, with problems that repeat a file's text."""
    names = (text,) * 3
    changes = Changes(names, names, names, ((text, text),), (), ())
    problems = (Problem("a.md", 1, 1, "error", text, text),) * 3
    make_reload_report(Reload(True, changes, None, problems, Library(), 1.0))  # noqa: FBT003


def summarise(text: str) -> Summary:
    """Sum up a section by its one sentence."""
    article = article_of(text)
    return Summary(article, article.sections[0], article.sections[0].sentences)


WORK: dict[str, Callable[[str], object]] = {
    "escape": escape,
    "unescape": unescape,
    "visible text": visible_text,
    "fit": lambda text: fit(text, 300),
    "shorten": lambda text: shorten(text, 100),
    "answer": lambda text: make_answer_card(answer_of(text), EVERYBODY),
    "answer in code": lambda text: make_answer_card(
        Answer("q", "answer", 0.5, "", (quote_of(text, form=BlockForm("code", 1, "", text)),)),
        EVERYBODY,
    ),
    "heading": lambda text: make_answer_card(
        Answer("q", "answer", 0.5, "", (quote_of("x", text),)), EVERYBODY
    ),
    "answer with links": answer_with_links,
    "refusal": lambda text: make_refusal_card(
        Answer(
            text,
            "none",
            0.0,
            text,
            closest=((article_of("x", text), article_of("x", text).sections[0]),),
        ),
        EVERYBODY,
    ),
    "others": lambda text: make_others_card(text, text, [quote_of(text)] * 3, ["0" * 12] * 3, 0),
    "human": lambda text: make_human_card(1, 2, text, text, [quote_of(text)] * 2),
    "verify": lambda text: make_verify_card(quote_of(text), 0, len(text), "0" * 8),
    "why": explain,
    "page": read,
    "page of code": lambda text: read(text, BlockForm("code", 1, "", text)),
    "mark": lambda text: read("x", BlockForm("item", 1, text)),
    "sections": lambda text: make_sections_card([article_of(text, text)], 0),
    "articles": lambda text: make_articles_card(
        [Article("", 1, 0, 1, "a", text, text, text, text, "", (), "", "")], 0
    ),
    "summary": lambda text: make_summary_card([summarise(text)], 1, LINKED),
    "check": lambda text: make_quotation_card(QuotationCheck(text, "not found"), []),
    "checking": lambda text: QuotationChecker(
        Library((article_of("one two three " + text),))
    ).check("one two three"),
    "reload": report,
    "votes": lambda text: make_votes_card(
        [(PassageVotes("0" * 12, 1, 1), next(Library((article_of(text),)).passages()))] * 3
    ),
    "terminal": lambda text: print_answer(make_console(), answer_of(text)),
    "terminal summary": lambda text: print_summaries(make_console(), [summarise(text)]),
    "JSON": lambda text: render_line(render_answer(answer_of(text))),
}


def lengthen(piece: str, least: int, most: int = MEBIBYTE) -> list[str]:
    """Repeat a piece behind a few words up to ``most`` bytes, doubling from ``least`` bytes on."""
    size = len(piece.encode())
    return [
        "zebra bridge " + piece * (least * 2**power // size)
        for power in range((most // least).bit_length())
    ]


@pytest.mark.parametrize("piece", FEW)
@pytest.mark.parametrize(
    "name", ["fit", "shorten", "answer", "answer with links", "page", "why", "reload", "check"]
)
def test_twice_as_much_takes_twice_as_long(name: str, piece: str) -> None:
    """The makers of which all others are made, for what was worst."""
    assert grows_too_fast(WORK[name], lengthen(piece, 1 << 12, MEBIBYTE >> 4)) == []


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", WORK)
def test_twice_as_much_of_anything_takes_twice_as_long(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each maker, each piece; what was worst up to a mebibyte, the others to where growth shows,
    too.
    """
    monkeypatch.setattr("sys.stdout", io.StringIO())
    for piece in PIECES:
        most = MEBIBYTE if piece in FEW else MEBIBYTE >> 4
        assert grows_too_fast(WORK[name], lengthen(piece, 1 << 12, most)) == [], ascii(piece)


def test_a_report_of_thousands_of_long_problems_fits_a_card() -> None:
    """What does not fit is counted, and no more of each problem is looked at than is shown."""
    problems = [
        Problem("a.md", 1, 1, "error", f"{number}" + "`" * 4_000, "h" * 4_000)
        for number in range(5_000)
    ]
    reload = Reload(True, Changes((), (), (), (), (), ()), None, tuple(problems), Library(), 1.0)  # noqa: FBT003
    card = make_reload_report(reload)
    judge(card)
    assert texts_of(card)[-1].startswith("**5,000 errors**")
    assert texts_of(card)[-1].endswith(" more kinds of problems")


@pytest.mark.parametrize("piece", ["\u200b", "\u0301", "\u202e", "\u00ad"])
def test_what_stands_behind_a_long_run_of_what_cannot_be_seen_is_cut_with_a_sign(
    piece: str,
) -> None:
    """Of a mebibyte of it not all is looked at; that something is left out is said, and no word is
    cut.
    """
    text = "zebra " + piece * MEBIBYTE + "bridge"
    assert fit(text, 300).rstrip("\u0301") in ("zebra…", "zebra \u0301\u0301\u0301…")
    assert shorten(text, 100).rstrip("\u0301") in ("zebra…", "zebra \u0301\u0301\u0301…")
    near = "zebra " + piece * 3 + "bridge"
    assert fit(near, 300).endswith("bridge")
    assert shorten(near, 100).endswith("bridge")
