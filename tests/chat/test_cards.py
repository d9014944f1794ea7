"""Cards stay within Discord's limits whatever they hold, and nothing is cut inside a word, an emoji or markup."""

import discord
import pytest
from discord_markdown import live, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer, Quote
from bot.answers.summary import summarise
from bot.articles.files import SourceFile
from bot.articles.formats import read_article
from bot.articles.library import Library
from bot.articles.model import Article
from bot.chat.cards import (
    fit,
    make_answer_card,
    make_passages_card,
    make_refusal,
    make_sections_card,
    make_summary_card,
    weigh,
)
from bot.chat.escape import unescape, visible_text

WILD = st.text(min_size=1, max_size=400) | st.text(alphabet="*_[]()<>@#:/\\ 👩‍🦰é\n", min_size=1, max_size=400)


def texts_of(view: discord.ui.LayoutView) -> list[str]:
    """Give all texts of a card."""
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def check(view: discord.ui.LayoutView) -> None:
    """Check a card against Discord's limits."""
    assert view.content_length() <= 4000
    assert sum(map(weigh, texts_of(view))) <= 4000
    assert view.total_children_count <= 40
    assert all(texts_of(view))
    for item in view.walk_children():
        if isinstance(item, discord.ui.Button):
            assert item.label is not None
            assert len(item.label) <= 80
            assert item.custom_id is not None
            assert len(item.custom_id) <= 100


def article_of(heading: str, sentences: list[str], source: str = "") -> Article:
    """Read an article of one section."""
    header = f"---\ntitle: T\nsource: {source}\n---\n\n" if source else ""
    body = "\n\n".join(" ".join(sentence.split()) for sentence in sentences)
    article, _ = read_article(SourceFile("a.md", f"{header}# T\n\n## H {heading}\n\nText. {body}\n", ""))
    assert article is not None
    return article


def quotes_of(article: Article) -> list[Quote]:
    """Quote every passage of an article, its last sentence as the key."""
    return [
        Quote(f"{number:012x}", article, section, passage.sentences[:3], passage.sentences[:3][-1], 1.0, ())
        for number, (_, section, passage) in enumerate(Library((article,)).passages())
    ]


@settings(deadline=None, max_examples=150)
@given(WILD, st.lists(WILD, min_size=1, max_size=6), st.lists(st.tuples(WILD, WILD), max_size=3))
def test_an_answer_is_within_the_limits(
    question: str, sentences: list[str], corrections: list[tuple[str, str]]
) -> None:
    """Any question, any article: no limit is broken, and only the card's own markup is live."""
    article = article_of("x", sentences, "https://example.org/" + "a" * 150)
    quotes = tuple(quotes_of(article)[:3])
    view = make_answer_card(
        Answer(question, "answer", 0.9, "", quotes, missing=(question,) * 7, corrections=tuple(corrections))
    )
    check(view)
    kinds = {one.partition(":")[0] for text in texts_of(view) for one in live(text)}
    assert kinds <= {"subtext", "quote", "bold", "link"}
    check(make_passages_card(quotes, 2))


@pytest.mark.parametrize("words", [10, 400, 3_000])
def test_a_huge_sentence_is_cut_after_a_word(words: int) -> None:
    """A sentence that does not fit ends with an ellipsis after a whole word, and its bold is closed."""
    sentence = " ".join(f"**word{number}**" for number in range(words)) + "."
    quote = max(quotes_of(article_of("x", [sentence])), key=lambda one: len(one.text))
    view = make_answer_card(Answer("q", "answer", 0.9, "", (quote,)))
    check(view)
    shown = plain(texts_of(view)[1])
    assert words == 10 or shown.rstrip().endswith("…")
    assert all(
        word in {f"word{number}" for number in range(words)} for word in shown.rstrip("….\n").split() if "word" in word
    )


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=300), st.integers(5, 200))
def test_what_is_cut_is_the_beginning(text: str, limit: int) -> None:
    """A cut text is inert, within the limit, and the beginning of what was written."""
    cut = fit(text, limit)
    assert weigh(cut) <= limit
    assert live(cut) == []
    if cut != "" and weigh(unescape(cut)) and cut.endswith("…"):
        assert visible_text(text).startswith(unescape(cut.removesuffix("…"))) or text.endswith("…")


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧‍👦", "🇺🇦", "e\u0301", "👍🏽"])
def test_a_cut_never_parts_an_emoji(cluster: str) -> None:
    """Where no word fits, a cut falls between what a person sees as characters."""
    cut = fit(cluster * 300, 100).removesuffix("…")
    assert cut
    assert cut == cluster * (len(cut) // len(cluster))


def test_lists_and_summaries_are_cut_with_a_count() -> None:
    """What does not fit is counted, not dropped in silence."""
    text = "# T\n\n" + "".join(f"## Heading number {n} {'x' * 60}\n\n{'Some words here. ' * 9}\n\n" for n in range(120))
    article, _ = read_article(SourceFile("a.md", text, ""))
    assert article is not None
    sections = make_sections_card([article])
    check(sections)
    assert "more lines" in texts_of(sections)[0]
    summaries = make_summary_card([summarise(article, section) for section in article.sections], len(article.sections))
    check(summaries)
    assert "more sections: name one" in texts_of(summaries)[-1]


@pytest.mark.parametrize("sections", [1, 29, 30, 31, 60])
def test_a_summary_of_many_short_sections_fits_a_card(sections: int) -> None:
    """A card holds forty components; what is left out is counted."""
    text = "# T\n\n" + "".join(f"## H{number}\n\nText {number}.\n\n" for number in range(sections))
    article, _ = read_article(SourceFile("a.md", text, ""))
    assert article is not None
    shown = [summarise(article, section) for section in article.sections][:30]
    card = make_summary_card(shown, sections)
    check(card)
    assert ("more sections" in texts_of(card)[-1]) == (sections > 30)


def test_a_long_question_leaves_room_for_the_quotation() -> None:
    """Whatever was asked, corrected and missing, the quotation is there."""
    quote = max(quotes_of(article_of("x", ["Some words. " * 400])), key=lambda one: len(one.text))
    many = tuple(f"{'w' * 200}{number}" for number in range(9))
    answer = Answer(
        "q" * 4_000, "answer", 0.9, "", (quote,), missing=many, corrections=tuple(zip(many, many, strict=True))
    )
    card = make_answer_card(answer)
    check(card)
    assert any(text.startswith("> ") for text in texts_of(card))


def test_a_refusal_fits_a_message() -> None:
    """A refusal with long words and headings stays below 2,000 characters."""
    article = article_of("*_" * 200, ["Text."])
    closest = tuple((article, section) for section in article.sections) * 3
    refusal = make_refusal(Answer("q", "none", 0.0, "no " + "`" * 3_000, (), closest, ("w" * 5_000,)))
    assert weigh(refusal) <= 2_000
