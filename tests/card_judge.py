"""What Discord accepts of a card, and the texts that try to break one: shared by the tests of
cards.
"""

import json
from collections.abc import Collection
from typing import Any

import discord
from discord_markdown import live
from hypothesis import strategies as st

from bot.chat.handlers.components import ACTIONS
from bot.chat.ui.components import ComponentPress, split_id
from bot.chat.ui.layout import weigh

# What is live in Discord, hidden, wide, or a blank of its own kind.
PIECES = (
    " ", "\u00a0", "\u3000", "\n", "\n\n", "\r\n", "\t", "`", "```", "[", "](https://e.vil)", "\\",
    "*", "_", "~~", "||", "(", "\u0301", "e\u0301", "😀", "👩\u200d👩\u200d", "🇺🇦", "한", "- ",
    "1. ", "> ", "# ", "1", "<@1>", "@everyone", "https://e.vil", "a", "a ", "word ", "x. ",
    "\u200b", "\u200d", "\u202e", "\u2800", "\x00",
)  # fmt: skip
TEXTS = (
    st.text(max_size=60)
    | st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
    | st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 6_000))
)
# What comes from Discord may hold half of a character besides.
TYPED = TEXTS | st.builds("{}\ud800{}".format, TEXTS, TEXTS)
# What a card itself makes live.
OWN = {"subtext", "quote", "bold", "list item"}


def texts_of(card: discord.ui.LayoutView) -> list[str]:
    """Give all texts of a card."""
    return [
        item.content for item in card.walk_children() if isinstance(item, discord.ui.TextDisplay)
    ]


def buttons_of(card: discord.ui.LayoutView) -> list[discord.ui.Button[discord.ui.LayoutView]]:
    """Give all buttons of a card."""
    return [item for item in card.walk_children() if isinstance(item, discord.ui.Button)]


def is_served(custom_id: str | None, *values: str) -> bool:
    """Say whether an action is declared for a button or a menu, and takes its arguments."""
    name, arguments = split_id(custom_id)
    action = ACTIONS.find(name)
    if action is None or action.is_menu != bool(values):
        return False
    return action.parse(ComponentPress(name, arguments, values)) is not None


def judge(card: discord.ui.LayoutView, own: Collection[str] = ()) -> None:
    """Check a card against Discord's limits, and that nothing is live on it but ``OWN`` and its
    ``own`` kinds.

    What can be pressed on it has an action, which takes the arguments of its custom id.
    """
    untyped: Any = card
    assert json.dumps(untyped.to_components())
    assert card.total_children_count <= 40
    texts = texts_of(card)
    assert texts
    assert all(map(str.strip, texts))
    assert card.content_length() <= 4_000
    assert sum(map(weigh, texts)) <= 4_000
    allowed = {*OWN, *own}
    assert [
        one for text in texts for one in live(text) if one.partition(":")[0] not in allowed
    ] == []
    named: list[str] = []
    for item in card.walk_children():
        if isinstance(item, discord.ui.Button):
            assert item.label
            assert weigh(item.label) <= 80
            named.append(item.custom_id or "")
            assert is_served(item.custom_id), item.custom_id
        if isinstance(item, discord.ui.Select):
            named.append(item.custom_id)
            assert is_served(item.custom_id, *(option.value for option in item.options)), (
                item.custom_id
            )
            assert 1 <= len(item.options) <= 25
            assert len({option.value for option in item.options}) == len(item.options)
            for option in item.options:
                assert 1 <= len(option.label) <= 100
                assert len(option.value) <= 100
                assert option.description is None or 1 <= len(option.description) <= 100
    assert all(1 <= len(name) <= 100 for name in named)
    assert len(set(named)) == len(named)
