"""Cards stay within Discord's limits whatever they hold, and nothing is cut inside a word, an emoji
or markup.
"""

import datetime as dt

import discord
import pytest
from discord_markdown import live, plain
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.gaps import Gap
from bot.answers.ids import section_ids
from bot.answers.model import Answer, Assurance, Quote
from bot.answers.summary import summarise
from bot.articles.files import SourceFile
from bot.articles.library import Library
from bot.articles.model import Article
from bot.articles.parser import read_article
from bot.chat.ui.admin_cards import make_votes_card
from bot.chat.ui.answer_cards import (
    make_answer_card,
    make_answer_rows,
    make_human_card,
    make_refusal_card,
)
from bot.chat.ui.audience import Audience
from bot.chat.ui.escape import unescape, visible_text
from bot.chat.ui.gap_cards import GAPS_ON_A_PAGE, make_gap_card, make_gaps_card
from bot.chat.ui.layout import Card, fit, weigh
from bot.chat.ui.library_cards import (
    make_articles_card,
    make_reading_card,
    make_sections_card,
    make_summary_card,
)
from bot.chat.ui.passage_cards import make_others_card, make_verify_card
from bot.chat.ui.quotation_cards import make_quotation_card
from bot.chat.ui.source import Source
from bot.quotations.checker import QuotationChecker
from bot.records.model import PassageVotes

EVERYBODY = Audience(2**63, has_votes=True, has_humans=True)
TODAY = dt.date(2026, 11, 22)
WILD = st.text(min_size=1, max_size=400) | st.text(
    alphabet="*_[]()<>@#:/\\ 👩‍🦰é\n", min_size=1, max_size=400
)


def texts_of(view: discord.ui.LayoutView) -> list[str]:
    """Give all texts of a card."""
    return [
        item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)
    ]


def kinds_of(view: Card) -> set[str]:
    """Give the kinds of what is live on a card."""
    return {one.partition(":")[0] for text in texts_of(view) for one in live(text)}


def check(view: discord.ui.LayoutView) -> None:
    """Check a card against Discord's limits."""
    assert view.content_length() <= 4000
    assert sum(map(weigh, texts_of(view))) <= 4000
    assert view.total_children_count <= 40
    assert all(texts_of(view))
    for item in view.walk_children():
        if isinstance(item, discord.ui.Button):
            assert item.label
            assert len(item.label) <= 80
            assert item.custom_id is not None
            assert len(item.custom_id) <= 100
        if isinstance(item, discord.ui.Select):
            assert 1 <= len(item.options) <= 25
            assert all(
                len(option.label) <= 100 and len(option.description or "") <= 100
                for option in item.options
            )
            assert len({option.value for option in item.options}) == len(item.options)


def article_of(heading: str, sentences: list[str], source: str = "") -> Article:
    """Read an article of one section."""
    header = f"---\ntitle: T\nsource: {source}\n---\n\n" if source else ""
    body = "\n\n".join(" ".join(sentence.split()) for sentence in sentences)
    article, _ = read_article(
        SourceFile("a.md", f"{header}# T\n\n## H {heading}\n\nText. {body}\n", "")
    )
    assert article is not None
    return article


def quotes_of(article: Article) -> list[Quote]:
    """Quote every passage of an article, its last sentence as the key."""
    return [
        Quote(
            f"{number:012x}",
            article,
            section,
            passage.sentences[:3],
            passage.sentences[:3][-1],
            1.0,
            (),
        )
        for number, (_, section, passage) in enumerate(Library((article,)).passages())
    ]


def make_gap(question: str, article: Article) -> Gap:
    """Give a gap of many such questions, nearest to the last section."""
    return Gap({}, (article, article.sections[-1]), [question] * 30, 900, TODAY)


@given(WILD, st.lists(WILD, min_size=1, max_size=6), st.lists(st.tuples(WILD, WILD), max_size=3))
def test_an_answer_is_within_the_limits(
    question: str, sentences: list[str], corrections: list[tuple[str, str]]
) -> None:
    """Any question, any article: no limit is broken, and only the card's own markup is live."""
    article = article_of("x", sentences, "https://example.org/" + "a" * 150)
    quotes = tuple(quotes_of(article)[:3])
    answer = Answer(
        question, "answer", 0.2, "", quotes, missing=(question,) * 7, corrections=tuple(corrections)
    )
    ids = [f"{number:012x}" for number in range(6)]
    cards = [
        make_answer_card(answer, EVERYBODY),
        make_others_card(question, question, quotes, ids, 0),
        make_human_card(10**19, 10**19, question, question, quotes),
        make_refusal_card(
            Answer(question, "none", 0.0, question, closest=((article, article.sections[-1]),)),
            EVERYBODY,
        ),
        make_gaps_card([make_gap(question, article)] * 3 * GAPS_ON_A_PAGE, 30, 1),
        make_gap_card(make_gap(question, article)),
        make_votes_card(
            [(PassageVotes("0" * 12, 1, 2), place) for place in Library((article,)).passages()]
        ),
        make_articles_card([article], 0),
        make_sections_card([article], 0),
    ]
    for card in cards:
        check(card)
        assert kinds_of(card) <= {"subtext", "quote", "bold", "link", "list item", "role", "user"}


@given(st.lists(WILD, min_size=1, max_size=6), st.data())
def test_reading_checking_and_verifying_are_within_the_limits(
    sentences: list[str], data: st.DataObject
) -> None:
    """Every page of every section, every check of a claim, every quotation that is verified."""
    article = article_of("x", sentences)
    section = data.draw(st.sampled_from(article.sections))
    for page in range(3):
        card = make_reading_card(article, section, page, data.draw(st.none() | st.integers(0, 9)))
        check(card)
    claim = data.draw(WILD | st.just(article.text[:3_000]) | st.just("the " + article.text[20:200]))
    places = [(article, one) for one in article.sections]
    card = make_quotation_card(QuotationChecker(Library((article,))).check(claim), places)
    check(card)
    assert kinds_of(card) <= {"subtext", "quote", "bold", "strike"}
    for quote in quotes_of(article):
        card, file = make_verify_card(quote, quote.start, quote.end, quote.article.sha256[:8])
        check(card)
        shown = (
            texts_of(card)[-1].removeprefix("```\n").removesuffix("\n```")
            if file is None
            else file[1].decode()
        )
        assert shown == quote.text


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize("is_reply", [False, True])
@pytest.mark.parametrize("is_private", [False, True])
@pytest.mark.parametrize("has_votes", [False, True])
def test_the_buttons_of_the_largest_numbers_fit(
    is_open: bool,  # noqa: FBT001
    is_reply: bool,  # noqa: FBT001
    is_private: bool,  # noqa: FBT001
    has_votes: bool,  # noqa: FBT001
) -> None:
    """Ids of twenty digits, files of a million characters, six other passages: a row holds five, an
    id a hundred. What came before goes where there is no room for it.
    """
    numbers = 99_999, 9_999_999, 9_999_999
    source = Source("f" * 12, "f" * 12, *numbers, "f" * 8, 2**64 - 1, earlier="f" * 16)
    audience = Audience(2**64 - 1, is_private=is_private, is_reply=is_reply, has_votes=has_votes)
    view = Card(["x"], make_answer_rows(source, ["f" * 12] * 6, audience, is_open=is_open))
    check(view)
    rows = [item for item in view.children if isinstance(item, discord.ui.ActionRow)]
    assert len(rows) == 1 + is_open
    assert all(len(row.children) <= 5 for row in rows)


@pytest.mark.parametrize("words", [10, 400, 3_000])
def test_a_huge_sentence_is_cut_after_a_word(words: int) -> None:
    """A sentence that does not fit ends with an ellipsis after a whole word, and its bold is
    closed.
    """
    sentence = " ".join(f"**word{number}**" for number in range(words)) + "."
    quote = max(quotes_of(article_of("x", [sentence])), key=lambda one: len(one.text))
    answer = Answer("q", "answer", 0.9, "", (quote,), assurance=Assurance.SURE)
    view = make_answer_card(answer, EVERYBODY)
    check(view)
    shown = plain(texts_of(view)[1])
    assert words == 10 or shown.rstrip().endswith("…")
    assert all(
        word in {f"word{number}" for number in range(words)}
        for word in shown.rstrip("….\n").split()
        if "word" in word
    )


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
    text = "# T\n\n" + "".join(
        f"## Heading number {n} {'x' * 60}\n\n{'Some words here. ' * 9}\n\n" for n in range(120)
    )
    article, _ = read_article(SourceFile("a.md", text, ""))
    assert article is not None
    for page in range(5):
        check(make_sections_card([article], page))
    assert texts_of(make_sections_card([article], 4))[-1] == "-# Page 5 of 5"
    summaries = make_summary_card(
        [summarise(article, section) for section in article.sections],
        len(article.sections),
        Audience(0),
    )
    check(summaries)
    assert "more sections: name one" in texts_of(summaries)[-1]


@pytest.mark.parametrize("sections", [1, 29, 30, 31, 60])
def test_a_summary_of_many_short_sections_fits_a_card(sections: int) -> None:
    """A card holds forty components; what is left out is counted."""
    text = "# T\n\n" + "".join(f"## H{number}\n\nText {number}.\n\n" for number in range(sections))
    article, _ = read_article(SourceFile("a.md", text, ""))
    assert article is not None
    shown = [summarise(article, section) for section in article.sections][:30]
    card = make_summary_card(shown, sections, Audience(0))
    check(card)
    assert ("more section" in texts_of(card)[-1]) == (sections > 30)


def test_a_long_question_leaves_room_for_the_quotation() -> None:
    """Whatever was asked, corrected and missing, the quotation is there."""
    quote = max(quotes_of(article_of("x", ["Some words. " * 400])), key=lambda one: len(one.text))
    many = tuple(f"{'w' * 200}{number}" for number in range(9))
    answer = Answer(
        "q" * 4_000,
        "answer",
        0.9,
        "",
        (quote,),
        missing=many,
        corrections=tuple(zip(many, many, strict=True)),
    )
    card = make_answer_card(answer, EVERYBODY)
    check(card)
    assert any(text.startswith("> ") for text in texts_of(card))


def test_a_refusal_fits_a_card() -> None:
    """A refusal with long words and headings has its line, and at most three sections as
    buttons.
    """
    article = article_of("*_" * 200, ["Text."])
    closest = tuple((article, section) for section in article.sections) * 3
    refusal = make_refusal_card(
        Answer("q", "none", 0.0, "no " + "`" * 3_000, (), (), closest, ("w" * 5_000,)), EVERYBODY
    )
    check(refusal)
    assert texts_of(refusal)[1].startswith("no")


def test_sections_of_the_same_headings_have_names_of_their_own() -> None:
    """Names differ within an article, and stay when something else is written above."""
    text = "# T\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## A\n\nThree.\n"
    article, _ = read_article(SourceFile("a.md", text, ""))
    later, _ = read_article(
        SourceFile("a.md", text.replace("## A\n\nOne", "## New\n\nNought.\n\n## A\n\nOne"), "")
    )
    assert article is not None
    assert later is not None
    names = section_ids(article)
    assert len(set(names)) == len(names)
    assert set(names) <= set(section_ids(later))
