"""Nothing that somebody wrote is live in Discord, judged by a reader of Discord's Markdown that is
not ours.
"""

import random
import unicodedata

import pytest
from discord_markdown import invisible, live, plain
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.ui.escape import escape, unescape, visible_text

PIECES = [
    "**", "*", "__", "_", "~~", "||", "`", "```", "```py\n", ">", ">>> ", "> ", "# ", "## ", "### ",
    "-# ", "- ", "+ ", "* ", "1. ", "12) ", "[", "](https://evil.example)",
    "](<https://evil.example>)", "[a](b://c)", "https://", "<https://x.y>", "http://a.b/c_d_e",
    "steam://x", "<@1234567890123456>", "<@!1234567890123456>", "<@&1234567890123456>",
    "<#1234567890123456>", "<t:1700000000:R>", "</ask:1234567890123456>",
    "<:name:1234567890123456>", "<a:name:1234567890123456>", "<id:customize>", "@everyone", "@here",
    ":smile:", ":+1:", "discord.gg/abc", "discord.com/invite/abc", "DISCORD.GG/x", "\\", "\\\\",
    "\n", "\n\n", "\r\n", "\u2028", " ", "  ", "\t", "word", "12", "Łódź", "\u202e", "\u200b",
    "\u2066", "\x00", "\x1b[31m", "é\u0301\u0301\u0301\u0301\u0301", "👩‍👩‍👧", "🏴\U000e0067", "?",
    "(", ")", "¯\\_(ツ)_/¯", "10:30", "a:b", "//", "://", "<", "!", "\ud800",
]  # fmt: skip


def hostile(number: int) -> str:
    """Make one of endlessly many texts of pieces that are live in Discord."""
    chance = random.Random(number)  # noqa: S311 (the same texts every time)
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 25)))


@pytest.mark.slow
def test_ten_thousand_hostile_texts_are_inert() -> None:
    """Nothing live, nothing invisible, and what a person reads is what was written."""
    for number in range(10_000):
        text = hostile(number)
        escaped = escape(text)
        assert live(escaped) == [], (number, text, escaped)
        assert invisible(escaped) == [], (number, text, escaped)
        assert unescape(escaped) == visible_text(text), (number, text)
        assert plain(escaped).split() == visible_text(text).split(), (number, text, escaped)


@given(st.text() | st.text(alphabet="*_~`|<>[]()@#:/\\-+.1 \na!"))
def test_any_text_is_inert_and_comes_back(text: str) -> None:
    """The law: un-escaping gives the text back but for what can't be seen."""
    escaped = escape(text)
    assert live(escaped) == []
    assert unescape(escaped) == visible_text(text)
    assert visible_text(visible_text(text)) == visible_text(text)


def test_every_character_alone_is_inert() -> None:
    """All 1.1 million code points, a few thousand at a time: none is live, none that can't be seen
    is kept.
    """
    for first in range(0, 0x110000, 4096):
        text = " ".join(chr(code) for code in range(first, first + 4096))
        kept = visible_text(text)
        assert not [
            one
            for one in kept
            if unicodedata.category(one) in ("Cc", "Cf", "Cs") and one not in "\n\t\u200c\u200d"
        ]
        assert unescape(escape(text)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Moscow: the talks",
        "A 3.5% rise (2014).",
        "Zelenskyy’s",
        "e.g. this – that",
        "50/50",
        "a+b=c",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Escaping costs ordinary prose nothing."""
    assert escape(text) == text


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_run_of_anything_takes_linear_time(piece: str) -> None:
    """Thousands of times the same is done at once: one pass, no second look."""
    assert unescape(escape(piece * 5_000)) == visible_text(piece * 5_000)
