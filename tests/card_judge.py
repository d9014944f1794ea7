"""What Discord accepts of a card, and the texts that try to break one: shared by the tests of
cards.
"""

import json
import re
from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import Any
from urllib.parse import unquote, urlsplit

import discord
from discord_markdown import Node, live, read
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


def walk(nodes: list[Node]) -> Iterator[tuple[Node, str]]:
    """Give all nodes, each with the text that stands right behind it."""
    waiting = [nodes]
    while waiting:
        siblings = waiting.pop()
        for node, following in zip_longest(siblings, siblings[1:], fillvalue=Node("text")):
            yield node, following.text if following.kind == "text" else ""
            waiting.append(node.children)


def same_address(address: str) -> tuple[str, ...]:
    """Give what two addresses share that lead to the same, however they are encoded; nothing
    where it is no address.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = str(parts.port)
    except ValueError:
        return ()
    return parts.scheme, host, port, *map(unquote, (parts.path, parts.query, parts.fragment))


def judge_links(text: str, addresses: Collection[str]) -> list[Node]:
    """Check that the links of a text lead to some of the addresses, encrypted, with their host in
    plain view.

    Give them. No role, user or command is live whatever the addresses are.
    """
    found = []
    allowed = {same_address(one) for one in addresses if one.casefold().startswith("https://")} - {
        ()
    }
    for node, behind in walk(read(text)):
        if node.kind == "channel":
            assert f"<#{node.target}>" in addresses, text
        if node.kind not in ("link", "masked link", "channel"):
            continue
        found.append(node)
        if node.kind == "channel" or (node.kind == "link" and node.target in addresses):
            continue
        assert node.target.isascii(), text
        assert re.search(r"[\s<>()\[\]\\\\`*|\"']", node.target) is None, text
        page, directive, _ = node.target.partition(":~:text=")
        page = page.removesuffix("#") if directive else page
        assert same_address(page) in allowed, text
        host = urlsplit(node.target).netloc
        if node.kind == "link":
            assert node.text == node.target, text
            continue
        assert {child.kind for child in node.children} == {"text"}, text
        words = "".join(child.text for child in node.children)
        assert words.strip(), text
        assert "://" not in words, text
        if directive:
            assert words == page.removeprefix("https://"), text
            continue
        assert behind.startswith(f" ({host})"), text
        named = re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|vil)\b", words.casefold())
        assert {one.removeprefix("www.") for one in named} <= {urlsplit(node.target).hostname}, text
    return found


def judge(
    card: discord.ui.LayoutView, own: Collection[str] = (), addresses: Collection[str] = ()
) -> None:
    """Check a card against Discord's limits, and that nothing is live on it but ``OWN`` and its
    ``own`` kinds.

    Of links, only those to the ``addresses`` are live, if there are any. What can be pressed on it
    has an action, which takes the arguments of its custom id.
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
    if addresses:
        allowed |= {"link", "masked link", "channel", "invite"}
        for text in texts:
            judge_links(text, addresses)
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
