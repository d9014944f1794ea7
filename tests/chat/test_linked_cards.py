"""Links of articles on cards: pressable where the owner wants it, within the limits, never in place
of words.
"""

from dataclasses import replace

import pytest
from card_judge import judge_links, texts_of
from conftest import World
from discord_markdown import live, plain
from hypothesis import given
from hypothesis import strategies as st
from parsed import with_links

from bot.answers.model import Quote
from bot.answers.pages import Piece, split_pages
from bot.answers.summary import summarise
from bot.articles.model import PARAGRAPH, Article, BlockForm, Link, Passage, Section, Sentence
from bot.chat.ui.audience import Audience
from bot.chat.ui.layout import weigh
from bot.chat.ui.library_cards import make_reading_card, make_summary_card
from bot.chat.ui.passages import quote_texts, show_pieces

GUIDE = "https://example.org/voice"
LINKED = Audience(0, has_links=True)
CHANNEL = "<#764802555427029012>"


def quote_of(*sentences: tuple[str, BlockForm, str, str], key: int = 0, source: str = "") -> Quote:
    """Quote sentences: each its text, its form, the words of a link in it, and where they lead."""
    text = "".join(f"{plain_text}\n" for plain_text, *_ in sentences)
    made: list[Sentence] = []
    start = 0
    for plain_text, form, words, address in sentences:
        end = start + len(plain_text)
        place = plain_text.find(words)
        links = (Link(place, place + len(words), address),) if words else ()
        made.append(Sentence("a.md", len(made) + 1, start, end, text, plain_text, form, links))
        start = end + 1
    passage = Passage(tuple(made))
    section = Section("a.md", 1, 0, len(text), 1, "Voice", (), (passage,))
    article = Article(
        "a.md", 1, 0, len(text), "a", "Rules", "", "", source, "en", (section,), text, "0" * 64
    )
    return Quote("0" * 12, article, section, tuple(made), made[key], 1.0, ())


def shown(quote: Quote, limit: int = 2_600) -> str:
    """Give a quotation with its links."""
    return quote_texts(quote, limit, has_links=True)[0]


def test_a_link_and_a_channel_are_live_in_the_key_sentence() -> None:
    """In bold as well, with the host behind; without the setting they are words."""
    text = f"To talk, go to {CHANNEL} or read the guide."
    quote = quote_of((text, PARAGRAPH, "the guide", GUIDE))
    place = text.index(CHANNEL)
    sentence = quote.key
    channel = Link(place, place + len(CHANNEL), CHANNEL)
    key = with_links(sentence, channel, *sentence.links)
    section = replace(
        quote.section, passages=(replace(quote.section.passages[0], sentences=(key,)),)
    )
    quote = replace(quote, section=section, sentences=(key,), key=key)
    assert (
        shown(quote)
        == f"> **To talk, go to {CHANNEL} or read [the guide](<{GUIDE}>) (example.org).**"
    )
    assert {one.partition(":")[0] for one in live(quote_texts(quote)[0])} == {"quote", "bold"}


def test_a_row_has_the_links_of_its_cells() -> None:
    """Where the cells are shown behind the names of their columns, also in the first row behind
    the header.
    """
    form = BlockForm("row", 1, shown="Name: Tin · Guide: Tin guide")
    row = "Name · Guide · Tin · Tin guide"
    quote = quote_of((row, form, "Tin guide", GUIDE))
    assert shown(quote) == f"> **Name: Tin · Guide: [Tin guide](<{GUIDE}>) (example.org)**"
    header = quote_of((row, form, "Name", GUIDE))
    assert shown(header) == "> **Name: Tin · Guide: Tin guide**"


def test_code_has_no_links() -> None:
    """Neither in a block, nor where code is shown as text."""
    for text in (f"open {GUIDE}", f"open `{GUIDE}`"):
        quote = quote_of(
            ("Type this:", PARAGRAPH, "", ""),
            (text, BlockForm("code", 2, shown=text), GUIDE, GUIDE),
        )
        assert "link" not in {one.partition(":")[0] for one in live(shown(quote))}


def test_words_come_before_links() -> None:
    """Links that do not fit beside all the words are words."""
    first = ("Read the guide. " + "word " * 20, PARAGRAPH, "the guide", GUIDE)
    second = ("Ask the crew. " + "word " * 20, PARAGRAPH, "the crew", GUIDE)
    quote = quote_of(first, second)
    words = plain(quote_texts(quote, 400)[0])
    for limit in range(300, 500, 5):
        text = shown(quote, limit)
        assert weigh(text) <= limit
        without = plain(quote_texts(quote, limit)[0])
        assert plain(text).replace(" (example.org)", "") == without
        if without == words and limit > 450:
            assert len(judge_links(text, {GUIDE})) == 2


def test_a_sentence_that_is_cut_has_no_links() -> None:
    """What is shown in part is shown without links."""
    quote = quote_of(("Read the guide. " + "word " * 200, PARAGRAPH, "the guide", GUIDE))
    assert judge_links(shown(quote, 400), {GUIDE}) == []


@given(st.text("ab ", min_size=30, max_size=400), st.data())
def test_links_keep_their_words_on_every_page(text: str, data: st.DataObject) -> None:
    """A link stands behind the same words on whatever page; one that is cut in two is gone."""
    plain_text = "x" + text.strip()
    ends = sorted(data.draw(st.sets(st.integers(0, len(plain_text)), max_size=12)))
    links = tuple(
        Link(start, end, GUIDE) for start, end in zip(ends[::2], ends[1::2], strict=False)
    )
    sentence = Sentence("a.md", 1, 0, len(plain_text), plain_text, plain_text, PARAGRAPH, links)
    section = Section("a.md", 1, 0, len(plain_text), 1, "H", (), (Passage((sentence,)),))
    article = Article("a.md", 1, 0, 1, "a", "T", "", "", "", "en", (section,), plain_text, "")
    words = [plain_text[link.start : link.end] for link in links]
    kept = [
        words_of(piece, link)
        for page in split_pages(article, section, 60)
        for piece in page
        for link in piece.links
    ]
    remaining = iter(words)
    assert all(one in remaining for one in kept)
    assert len(split_pages(article, section, 10_000)[0][0].links) == len(links)


def words_of(piece: Piece, link: Link) -> str:
    """Give the words of a link."""
    return piece.text[link.start : link.end]


def test_reading_and_a_single_summary_have_links() -> None:
    """What is opened has them as well; several summaries, where room is dear, have not."""
    quote = quote_of(
        (
            "Read the guide of the voice channels before you talk there.",
            PARAGRAPH,
            "the guide",
            GUIDE,
        )
    )
    article, section = quote.article, quote.section
    page = texts_of(make_reading_card(article, section, 0, None, has_links=True))
    assert len(judge_links(page[1], {GUIDE})) == 1
    summary = summarise(article, section)
    assert len(judge_links(texts_of(make_summary_card([summary], 1, LINKED))[0], {GUIDE})) == 1
    several = texts_of(make_summary_card([summary, summary], 2, LINKED))
    assert not any(judge_links(text, {GUIDE}) for text in several)
    assert show_pieces(split_pages(article, section, 1_400)[0], None, 500) == quote.key.plain


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (
            "https://example.org/a",
            "[example.org/a](<https://example.org/a#:~:text=It%20is%20ten.>)",
        ),
        (
            "https://example.org/a_b#c",
            "[example.org/a\\_b#c](<https://example.org/a_b#c:~:text=It%20is%20ten.>)",
        ),
        ("https://web.example/https://x.example/", "<https://web.example/https://x.example/>"),
        ("http://example.org/a", "<http://example.org/a>"),
    ],
)
def test_the_place_leads_to_the_key_sentence(source: str, place: str) -> None:
    """Its words are the page's address; other addresses are shown as they always were."""
    quote = quote_of(("It is ten.", PARAGRAPH, "", ""), source=source)
    assert quote_texts(quote, has_links=True)[1] == f"-# **Voice** · Rules · {place}"
    assert quote_texts(quote)[1] == f"-# **Voice** · Rules · <{source}>"


async def test_an_answer_leads_to_its_page(own_guild: World) -> None:
    """One press opens the original page at the sentence; the passages behind the other buttons
    do so, too.
    """
    card = await own_guild.ask("Who built the first bridge over the Orrin?")
    fragment = "[example.org/rivers](<https://example.org/rivers#:~:text=Elda%20Njord"
    assert fragment in card.texts[-1]
    assert any(fragment in text for text in (await own_guild.press(card, "More")).texts)
    assert any(fragment in text for text in (await own_guild.press(card, "Why this passage")).texts)


async def test_the_owner_can_keep_links_dead(world: World) -> None:
    """With ``links: false`` only the address of the page is live, as it stands in the article's
    header.
    """
    world.settings = "links: false\n"
    await world.start()
    card = await world.ask("Who built the first bridge over the Orrin?")
    assert card.texts[-1].endswith(" · <https://example.org/rivers>")
