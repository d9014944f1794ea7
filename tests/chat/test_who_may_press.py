"""Who may change what by buttons, menus and windows: every action, every kind of caller and place."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace

import pytest
from conftest import World, ask_in_vain
from loopback.interactions import MODAL, Interaction
from loopback.permissions import NOTHING, Permission
from loopback.state import Channel, Message, Role, User

from bot.chat.handlers.components import ACTIONS
from bot.chat.ui.choice_card import choice_id

REFUSED = "xylophone zeppelin quartz delta"
BUILT = "Who built the first bridge over the Orrin?"
NONE = "0" * 12
SHA = "0" * 8


@dataclass(frozen=True)
class Press:
    """What is sent: the arguments of a custom id, and what is chosen or typed.

    ``is_window``: it was typed into a window. ``is_of_command``: that a command has opened.
    """

    arguments: str = ""
    values: tuple[str, ...] = ()
    is_window: bool = False
    is_of_command: bool = False


BUTTON = Press()
# What changes articles, or what counts as a gap or not: for editors. GAP, KEY and PASSAGE stand for what
# is there.
EDITING: dict[str, list[Press]] = {
    "upload": [Press("", ("x",), is_window=True, is_of_command=True)],
    "edit_fields": [Press(f"{NONE}:{SHA}", ("x",) * 5, is_window=True, is_of_command=True)],
    "edit_body": [Press(f"{NONE}:{SHA}", ("x",), is_window=True, is_of_command=True)],
    "keep": [Press("1:2", ("question?", "Answer."), is_window=True, is_of_command=True)],
    "put_in": [Press("KEY")],
    "roll_back": [Press("0")],
    "gap_out": [Press("GAP")],
    "gap_in": [Press("GAP")],
    "gaps_out": [Press("0")],
    "gap_means": [Press("GAP"), Press("GAP", ("xylophone", "delta"), is_window=True)],
    "gap_link": [Press("GAP:"), Press("GAP:", ("Of Rivers", "Mouth"), is_window=True)],
    "gap_write": [Press("GAP:"), Press("GAP:", ("", "Nine.", ""), is_window=True)],
    "judge": [Press("PASSAGE")],
    "judge_refusal": [BUTTON],
    "judge_request": [BUTTON],
    "good": [Press("PASSAGE"), Press("none")],
    "right": [Press("", ("none",))],
}
# What changes nothing that is in the files: for those who may manage the server as well.
LOOKING: dict[str, list[Press]] = {
    "reload": [Press(NONE)],
    "history": [Press("0")],
    "gaps": [Press("0")],
    "gap": [Press("GAP")],
}
# What is set for a server and its channels: for those who may manage it.
SETTING: dict[str, list[Press]] = {
    "set": [Press("0:own_threads", ("off",))],
    "unset": [Press("0:own_threads")],
    "settings_yaml": [BUTTON],
    "settings_panel": [Press("0")],
    "articles_from": [Press("0:0")],
    "choose_article": [Press("0:0", (choice_id("towns.md"),))],
    "all_articles": [Press("0")],
    "settings_import": [BUTTON, Press("", ("x",), is_window=True)],
    "settings_apply": [Press(NONE)],
}
# For whom a member's answer is: whose it is.
AUTHORS: dict[str, list[Press]] = {
    name: [Press("1:2")] for name in ("keep_yes", "keep_no", "keep_back")
}
# What changes no article: for everybody who sees the card. What is discarded is one's own preview.
FOR_ALL = {
    "article", "articles", "direct", "direct_off", "discard", "follow", "human", "leaf", "mine", "more", "open",
    "others", "read", "refused", "remove", "sections", "share", "summary", "told", "turn",
    "verify", "vote", "why",
}  # fmt: skip
TOLD = (
    "for those who look after the articles",
    "`admin_users`",
    "Only the author of the answer",
    "for those who may manage",
)


def test_every_action_has_its_row() -> None:
    """A new button is for editors, for those who look after the articles, or for all."""
    rows = [*EDITING, *LOOKING, *SETTING, *AUTHORS, *FOR_ALL]
    assert sorted(rows) == sorted(action.name for action in ACTIONS)


class Table:
    """A card with whatever is to be pressed, for callers of all kinds, each only once."""

    def __init__(self, world: World) -> None:
        """Make the editors: a role, and those whom the settings name."""
        self.world = world
        # In its place all is pressed.
        self.card: Message
        # What arguments stand for.
        self.names: dict[str, str] = {}
        self.editors = world.discord.add_role(world.guild, "Editors")
        self.count = 0
        self.named = [self.new_member() for _ in range(30)]
        world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)

    def new_member(self, permissions: Permission = NOTHING, roles: Iterable[Role] = ()) -> User:
        """Give somebody who has pressed nothing, as there is a limit to that."""
        self.count += 1
        user = self.world.discord.add_user(f"user {self.count}")
        self.world.discord.add_member(self.world.guild, user, permissions=permissions, roles=roles)
        return user

    def call_in(self, kind: str) -> tuple[User, Channel]:
        """Give a caller of a kind, and where that one calls."""
        channel = self.world.channel
        match kind:
            case "owner":
                return self.world.owner, channel
            case "named":
                return self.named.pop(), channel
            case "manager":
                return self.new_member(Permission.MANAGE_GUILD), channel
            case "role":
                return self.new_member(roles=[self.editors]), channel
            case "lapsed":
                user = self.new_member(roles=[self.editors])
                self.world.discord.set_roles(self.world.guild, user, [])
                return user, channel
            case "direct":
                user = self.new_member(roles=[self.editors])
                return user, self.world.discord.open_dm(user)
        return self.new_member(), channel

    async def press(self, kind: str, action: str, press: Press) -> Interaction:
        """Send what a caller of a kind presses, chooses or types."""
        user, channel = self.call_in(kind)
        arguments = press.arguments
        for name, meant in self.names.items():
            arguments = arguments.replace(name, meant)
        custom_id = f"{action}:{arguments}" if arguments else action
        if press.is_of_command:
            return await self.world.discord.forge(
                user, channel, custom_id, *press.values, window=True
            )
        card = self.offer(channel, custom_id, *press.values, is_window=press.is_window)
        return await self.world.discord.forge(
            user, card, custom_id, *press.values, window=press.is_window
        )

    def offer(self, channel: Channel, custom_id: str, *values: str, is_window: bool) -> Message:
        """Make a message of the bot that has a button or a menu, as a card of an editor has it."""
        if values and not is_window:
            options = [{"label": value, "value": value} for value in values]
            offered = {"type": 3, "custom_id": custom_id, "options": options}
        else:
            offered = {"type": 2, "style": 2, "label": "x", "custom_id": custom_id}
        row = {"type": 1, "components": [offered]}
        texts = [one for one in self.card.components if one["type"] != 1]
        return replace(self.card, channel=channel, components=[*texts, row])

    async def check_refused(self, kind: str, rows: dict[str, list[Press]]) -> None:
        """Check that callers of a kind are refused all of these."""
        for action, presses in rows.items():
            for press in presses:
                assert await self.refuses(kind, action, press), (kind, action, press)

    async def check_allowed(self, kind: str, rows: dict[str, list[Press]]) -> None:
        """Check that callers of a kind are refused none of these."""
        for action, presses in rows.items():
            for press in presses:
                assert not await self.refuses(kind, action, press), (kind, action, press)

    async def refuses(self, kind: str, action: str, press: Press) -> bool:
        """Say whether a press is refused, and told so to the caller alone."""
        sent = await self.press(kind, action, press)
        await sent.wait_until_acknowledged()
        if sent.response == MODAL:
            return False
        said = await sent.answer()
        return said.ephemeral and any(told in said.text for told in TOLD)


def read_all(world: World) -> tuple[dict[str, bytes], list[list[tuple[object, ...]]]]:
    """Give what lies in the folder, what was asked in vain, what of it is out of scope, and what
    is set.
    """
    files = {path.name: path.read_bytes() for path in world.folder.iterdir()}
    database = world.folder.parent / "records" / "records.sqlite3"
    tables = ("unanswered", "out_of_scope", "channel_settings")
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as records:
        rows = [records.execute(f"SELECT * FROM {one}").fetchall() for one in tables]  # noqa: S608
    return files, rows


async def make_table(world: World) -> Table:
    """Start a bot with what there is to press: an answer, a gap, and a change that was shown."""
    table = Table(world)
    named = [str(user.id) for user in table.named]
    world.settings += f"admin_roles: ['{table.editors.id}']\nadmin_users: {named}\n"
    await world.start()
    table.card = await world.ask(BUILT)
    await ask_in_vain(world, REFUSED)
    gaps = await world.use("kb gaps", world.owner)
    shown = await world.use("kb remove", world.owner, article="Of Towns")
    for card, action, name in (
        (table.card, "follow", "PASSAGE"), (gaps, "gap", "GAP"), (shown, "put_in", "KEY")
    ):  # fmt: skip
        (found,) = [
            one.custom_id for one in card.buttons if f"{one.custom_id}".startswith(f"{action}:")
        ]
        table.names[name] = f"{found}".removeprefix(f"{action}:")
    return table


async def test_who_has_lost_the_role_changes_nothing_and_is_told(world: World) -> None:
    """Every press of an editor who was one when the card was made."""
    table = await make_table(world)
    before = read_all(world)
    await table.check_refused("lapsed", {**EDITING, **LOOKING, **SETTING, **AUTHORS})
    assert read_all(world) == before


@pytest.mark.slow
async def test_who_may_and_who_may_not(world: World) -> None:
    """The whole table: members, those who manage the server, editors who have lost their role, and
    anybody in direct messages change nothing. Editors by role and by name and the owner may.
    """
    table = await make_table(world)
    before = read_all(world)
    looking = {**EDITING, **LOOKING}
    await table.check_refused("manager", {**EDITING, **AUTHORS})
    for kind in ("member", "lapsed", "direct"):
        await table.check_refused(kind, {**looking, **SETTING, **AUTHORS})
    assert read_all(world) == before
    await table.check_allowed("manager", {**LOOKING, **SETTING})
    await table.check_allowed("role", looking)
    await table.check_allowed("named", looking)
    # The owner is one person, who may press twenty times in twenty seconds.
    await table.check_allowed("owner", {name: rows[:1] for name, rows in EDITING.items()})
    assert read_all(world) != before
