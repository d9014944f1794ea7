"""What is live of an article's links, judged by a reader of Discord's Markdown that is not ours."""

import random
from collections.abc import Sequence

import pytest
from card_judge import judge_links
from discord_markdown import invisible, live, plain, read
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import Link
from bot.chat.ui.links import LONGEST_ADDRESS, put_links, read_address, read_links

PIECES = [
    "**", "*", "_", "~~", "||", "`", "```", "> ", "# ", "- ", "1. ", "[", "]", "](", "](https://e.vil)", ")", "(",
    "](<https://e.vil>)", "[a](b://c)", "https://e.vil", "e.vil", "paypal.com", "www.example.org", "example.org",
    "Node.js", "1.82", "<@1234567890123456>", "<@&1234567890123456>", "<#1234567890123456>", "</ask:1234567890123456>",
    "@everyone", "@here", ":smile:", "discord.gg/abc", "\\", "\\\\", "\n", " ", "  ", "word", "the guide", "é",
    "\u202e", "\u200b", "\u2060", "pay\u200bpal.com", "👩‍👩‍👧", "<", ">", "!", "/x", "://", ":", "https:", "//e.vil", "discord.gg", "/abc", "\u3002", "ｅ.vil",
]  # fmt: skip
ADDRESSES = [
    "https://example.org/voice", "https://example.org", "https://example.org:8443/map?a=b&c#d",
    "https://example.org/a_(b)", "https://example.org/a>b)c", "https://example.org/ü?q=*_~~||`",
    "https://example.org/%zz%41", "https://bücher.example/x", "https://discord.gg/abc", "https://example.org/\\x",
    "http://example.org/", "https://user:pw@e.vil/", "https://example.org@e.vil/", "https://example.org\\@e.vil/",
    "https://127.0.0.1/", "https://0x7f.1/", "https://[::1]/", "https://localhost/", "https://straße.example/",
    "https://example.org/a\nb", "https://ex ample.org/", "https://example.org\u202e/", "https:example.org",
    "javascript:alert(1)", "discord://-/channels/1", "mailto:a@b.example", "https://" + "a" * 600 + ".example/",
    "https://example.org/" + "a" * 900, "https://", "https://example.org:99999/", "<@1234567890123456>",
    "<@&1234567890123456>", "<#1234567890123456>", "<#12>", "@everyone", "", "<https://e.vil>", "https://e%2Evil/",
    "//e.vil/", "https://example.org]/", "https://.example.org/", "https://example.org./",
]  # fmt: skip


def hostile(number: int) -> tuple[str, list[Link]]:
    """Make one of endlessly many texts of pieces that are live in Discord, with links at any
    place.
    """
    chance = random.Random(number)  # noqa: S311 (the same texts every time)
    text = ""
    links: list[Link] = []
    for _ in range(chance.randint(1, 12)):
        text += "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 3)))
        address = chance.choice(ADDRESSES)
        words = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 3)))
        if chance.random() < 0.3:
            words = address if chance.random() < 0.5 else "the guide"
        if words:
            links.append(Link(len(text), len(text) + len(words), address))
            text += words
    return text, links


def check_hostile(numbers: Sequence[int]) -> int:
    """Judge texts with their links live; give how many links were."""
    count = 0
    for number in numbers:
        text, links = hostile(number)
        shown = put_links(text, read_links(text, links))
        addresses = {link.address for link in links}
        found = judge_links(shown, addresses)
        kinds = {one.partition(":")[0] for one in live(shown)}
        assert kinds <= {"link", "masked link", "channel", "invite"}, (number, text, shown)
        assert ("invite" not in kinds) or "https://discord.gg/abc" in addresses, (
            number,
            text,
            shown,
        )
        assert invisible(shown) == [], (number, text, shown)
        assert live(put_links(text, [])) == [], (number, text)
        count += len(found)
    return count


def test_of_hostile_texts_only_the_links_are_live() -> None:
    """Two thousand texts: exactly links to https and channels are live, with their host shown
    behind.
    """
    assert check_hostile(range(2_000)) > 2_000


@pytest.mark.slow
def test_of_ten_thousand_hostile_texts_only_the_links_are_live() -> None:
    """The same for many more."""
    assert check_hostile(range(2_000, 12_000)) > 10_000


@given(
    st.lists(
        st.tuples(st.text(), st.text(min_size=1), st.sampled_from(ADDRESSES) | st.text()),
        max_size=4,
    )
)
def test_of_any_text_only_the_links_are_live(pieces: list[tuple[str, str, str]]) -> None:
    """Any words, any address: nothing else is live."""
    text = ""
    links = []
    for before, words, address in pieces:
        start = len(text + before)
        text += before + words
        links.append(Link(start, len(text), address))
    shown = put_links(text, read_links(text, links))
    judge_links(shown, {link.address for link in links})
    assert {one.partition(":")[0] for one in live(shown)} <= {
        "link",
        "masked link",
        "channel",
        "invite",
    }


def show(words: str, address: str) -> str:
    """Show a sentence of one link."""
    text = f"Read {words}, then ask."
    return put_links(text, read_links(text, [Link(5, 5 + len(words), address)]))


@pytest.mark.parametrize(
    ("words", "address", "shown"),
    [
        (
            "the guide",
            "https://example.org/voice",
            "[the guide](<https://example.org/voice>) (example.org)",
        ),
        ("Node.js", "https://nodejs.org/", "[Node.js](<https://nodejs.org/>) (nodejs.org)"),
        (
            "1.82",
            "https://example.org/v1.82",
            "[1\\.82](<https://example.org/v1.82>) (example.org)",
        ),
        (
            "the map",
            "https://Example.ORG:8123/#x",
            "[the map](<https://example.org:8123/#x>) (example.org\\:8123)",
        ),
        (
            "example.org",
            "https://www.example.org/",
            "[example.org](<https://www.example.org/>) (www.example.org)",
        ),
        (
            "Bücher",
            "https://bücher.example/",
            "[Bücher](<https://xn--bcher-kva.example/>) (xn--bcher-kva.example)",
        ),
        (
            "a_(b)",
            "https://example.org/a_(b)",
            "[a\\_(b)](<https://example.org/a_%28b%29>) (example.org)",
        ),
        ("https://example.org/a", "https://example.org/a", "<https://example.org/a>"),
        ("<#764802555427029012>", "<#764802555427029012>", "<#764802555427029012>"),
    ],
)
def test_a_link_shows_where_it_leads(words: str, address: str, shown: str) -> None:
    """The words, the address in angle brackets, the host in plain text; a bare address and a
    channel as they are.
    """
    assert show(words, address) == f"Read {shown}, then ask."


@pytest.mark.parametrize(
    "words",
    ["paypal.com", "www.paypal.com/login", "https://example.org/b", "Log in at PayPal.com!", "pay\u200bpal.com",
     "ｐａｙｐａｌ．com", "paypal。com", "support@paypal.com", "еxample.org", "8.8.8.8", "sub.example.org"],
)  # fmt: skip
def test_words_that_look_like_another_address_are_dead(words: str) -> None:
    """They stand there as they are, and the true address behind them can be read, not pressed."""
    shown = show(words, "https://example.org/a")
    assert live(shown) == []
    assert "(https://example.org/a)" in plain(shown)


@pytest.mark.parametrize(
    ("before", "words"), [("https:", "//e.vil"), ("discord.gg", "/abc.vil"), ("<", "@1 e.vil>")]
)
def test_words_that_are_dead_are_so_behind_any_others(before: str, words: str) -> None:
    """Two halves of what would be live lie in the words and before them."""
    links = [Link(len(before), len(before + words), "https://example.org/a")]
    shown = put_links(before + words, read_links(before + words, links))
    assert live(shown) == []
    assert plain(shown) == f"{before}{words} (https://example.org/a)"


@pytest.mark.parametrize(
    "address",
    ["http://example.org/", "https://user:pw@example.org/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/",
     "https://straße.example/", "https://example.org\\@e.vil/", "javascript:alert(1)", "<@1234567890123456>",
     "<@&1234567890123456>", "https://example.org/" + "a" * LONGEST_ADDRESS, "ftp://example.org/", "/about", "#top",
     "https://example.org/\ud800", "https://exa\tmple.org/"],
)  # fmt: skip
def test_other_addresses_are_dead(address: str) -> None:
    """Only their words are shown."""
    assert show("the guide", address) == "Read the guide, then ask."


@pytest.mark.parametrize("words", ["[1]", "a]b", "two\nlines", "\u200b"])
def test_words_that_could_end_a_link_are_dead(words: str) -> None:
    """Brackets and line breaks in the words, and words that nobody sees, make no link."""
    assert live(show(words, "https://example.org/a")) == []


def test_what_is_encoded_leads_to_the_same() -> None:
    """An address that is encoded already stays as it is, whatever is done to it again."""
    for address in ADDRESSES:
        web = read_address(address)
        if web is not None:
            assert read_address(web.text) == web
            assert read(f"<{web.text}>")[0].kind == "link"
