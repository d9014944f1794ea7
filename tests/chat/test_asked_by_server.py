"""What was asked in a server is told there alone: every way to it, every kind of editor and place.

Each place has a code word, which was asked in vain there, helped there, and is out of scope there.
Whatever somebody is shown is looked through for code words of other places.
"""

import asyncio
import contextlib
import io
import json
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from conftest import World, ending, judge, populate, write_articles
from loopback import LoopbackDiscord
from loopback.errors import NoAnswerError
from loopback.interactions import DEFER_UPDATE, MODAL, UPDATE, Interaction
from loopback.permissions import Permission
from loopback.state import Channel, Guild, Message, User
from opened_records import set_for_channel

from bot.chat.ui.card_reader import question_texts
from bot.cli import main
from bot.records.channel_settings import ChannelSetting
from bot.records.model import Vote
from bot.records.store import Records
from bot.records.wording import hash_wording

# A code word of each place, and how often something was answered and helped there. Red and Blue
# have articles of their own; Green and the home have none; the last two are those of no server.
CODES = {
    "red": ("xorblax", 2),
    "blue": ("quimpel", 3),
    "green": ("vraskon", 5),
    "home": ("tolmeck", 7),
    "direct": ("jubberwun", 11),
}
OWN = ("red", "blue")
# Where those may look for what was asked who edit the common articles.
COMMON = frozenset(CODES) - frozenset(OWN)
# Of all servers, figures tell how much was asked.
ALL = sum(number for _, number in CODES.values())
_TRIES, _PATIENCE_S = 30, 4.0


def question_of(place: str) -> str:
    """Give what was asked in vain in a place."""
    return f"Where is the {CODES[place][0]}?"


def key_of(place: str) -> str:
    """Give what names the gap of a place in buttons."""
    return hash_wording(question_of(place))[:12]


@dataclass
class Scene:
    """The servers, each with a square and a log channel, and who looks after the articles there."""

    world: World
    squares: dict[str, Channel] = field(default_factory=dict)
    logs: dict[str, Channel] = field(default_factory=dict)
    named: list[User] = field(default_factory=list)

    def guild_of(self, place: str) -> Guild:
        """Give a server."""
        guild = self.squares[place].guild
        assert guild is not None
        return guild

    def add_manager(self, place: str) -> User:
        """Give somebody who manages a server, and has pressed nothing: there is a limit to that."""
        user = self.world.discord.add_user(f"manager {len(self.world.discord.core.world.users)}")
        guild = self.guild_of(place)
        self.world.discord.add_member(guild, user, permissions=Permission.MANAGE_GUILD)
        return user

    async def fill(self) -> None:
        """Write what was asked in each place, and what became of it."""
        records = await Records.open(self.world.folder.parent / "records", 30)
        for place, (code, number) in CODES.items():
            guild_id = self.guild_of(place).id if place in self.squares else 0
            await records.add_unanswered(question_of(place), guild_id)
            await records.add_counts({(guild_id, ("answered", "")): number})
            await records.add_counts({(guild_id, ("read", "0" * 12)): 1}, days_ago=8)
            await records.add_word_pair(code, f"{code}er", guild_id)
            if place in OWN or not guild_id:
                await records.put_out_of_scope("f" * 12, [f"{code} outsid"], guild_id)
            for voter in range(number):
                ballot = Vote(voter + number * 100, voter, number, "", "0" * 12, True, guild_id)  # noqa: FBT003
                await records.vote(ballot)
            if place in self.logs:
                setting = ChannelSetting(guild_id, 0, "log_channel", self.logs[place].id)
                await set_for_channel(records, setting)
        await records.close()


@pytest.fixture(scope="module")
async def scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    """Give the servers and a bot that runs."""
    folder = tmp_path_factory.mktemp("asked")
    async with LoopbackDiscord() as discord:
        made = await make_scene(discord, folder / "articles")
        async with ending(made.world):
            await made.world.start()
            yield made
        judge(discord)


async def make_scene(discord: LoopbackDiscord, folder: Path) -> Scene:
    """Make the servers, their articles, and what was asked there."""
    world = populate(discord, write_articles(folder))
    scene = Scene(world)
    for place in CODES:
        if place == "direct":
            continue
        guild = world.guild
        if place != "home":
            guild = discord.add_guild(place, owner=discord.add_user(f"owner of {place}"))
        scene.squares[place] = discord.add_text_channel(guild, "square")
        log = discord.add_text_channel(guild, "log")
        # The home has the channel of all.
        if place == "home":
            world.settings = f"log_channel: '{log.id}'\ndigest: weekly\n"
        else:
            scene.logs[place] = log
        if place in OWN:
            own = folder / "servers" / str(guild.id)
            own.mkdir(parents=True)
            text = f"# Of the quay of {place}\n\nThe quay is closed at night.\n"
            (own / "quay.md").write_text(text, encoding="utf-8")
    scene.named = [discord.add_user(f"editor {number}") for number in range(40)]
    for user in scene.named:
        for place in scene.squares:
            guild = scene.guild_of(place)
            discord.add_member(guild, user, permissions=Permission.MANAGE_GUILD)
    named = [str(user.id) for user in scene.named]
    world.settings += f"home_server: '{world.guild.id}'\nserver_articles: true\n"
    world.settings += f"admin_users: {named}\n"
    await scene.fill()
    return scene


@dataclass(frozen=True)
class Viewer:
    """Who looks, where, and of which places that one may be told."""

    place: str
    may_see: frozenset[str]
    is_editor: bool = False
    is_of_all: bool = False


VIEWERS = {
    "manager of red": Viewer("red", frozenset({"red"}), is_editor=True),
    "manager of blue": Viewer("blue", frozenset({"blue"}), is_editor=True),
    "manager of the home": Viewer("home", frozenset({"home"})),
    "editor of all in red": Viewer("red", frozenset({"red"}), is_editor=True),
    "editor of all at home": Viewer("home", COMMON, is_editor=True, is_of_all=True),
    "editor of all in green": Viewer("green", COMMON, is_editor=True, is_of_all=True),
}


@dataclass
class Look:
    """One look: who takes it, where, and at what."""

    scene: Scene
    user: User
    channel: Channel
    viewer: Viewer

    async def use(self, command: str, **options: object) -> Message:
        """Use a command."""
        used = await self.scene.world.discord.slash(
            self.user, self.channel, command, options=options
        )
        return await used.answer()

    async def press(self, card: Message, custom_id: str, *typed: str) -> object:
        """Press a button of an older card, or send off its window; give what is shown."""
        button = {"type": 2, "style": 2, "label": "x", "custom_id": custom_id}
        shown = [one for one in card.components if one["type"] != 1]
        older = replace(card, components=[*shown, {"type": 1, "components": [button]}])
        discord = self.scene.world.discord
        sent = await discord.forge(self.user, older, custom_id, *typed, window=bool(typed))
        return await self._read(sent, older)

    async def _read(self, sent: Interaction, card: Message) -> object:
        await sent.wait_until_acknowledged()
        if sent.response == MODAL:
            window = await sent.modal()
            return [window.title, window.components]
        if sent.response in (UPDATE, DEFER_UPDATE):
            await self.scene.world.discord.edited(card)
            return card.components
        return (await sent.answer()).body


def find_codes(shown: object) -> set[str]:
    """Name the places whose code words are in something."""
    text = json.dumps(shown, default=str).lower()
    return {place for place, (code, _) in CODES.items() if code in text}


Way = Callable[[Look], Awaitable[object]]


async def look_at_gaps(look: Look) -> object:
    """List them, open each, and turn back to the list."""
    listed = await look.use("kb gaps")
    shown: list[object] = [listed.components, await look.press(listed, "gaps:0")]
    keys = [one.custom_id or "" for one in listed.buttons if one.label == "Close it"]
    return [*shown, *[await look.press(listed, key) for key in keys]]


async def look_at_out_of_scope(look: Look) -> object:
    """List what is out of scope."""
    return await look.press(await look.use("kb gaps"), "gaps_out:0")


async def look_at_figures(look: Look) -> object:
    """Read the statistics, with the picture and what describes it, and the votes."""
    stats = await look.use("kb stats")
    pictures = [one.description for one in stats.attachments]
    votes = await look.use("kb votes")
    number = ALL if look.viewer.is_of_all else CODES[look.viewer.place][1]
    assert f"{number} questions: {number} answered, 0 not" in stats.text
    assert f"{number} helpful, 0 not" in stats.text
    assert f"{number} helpful, 0 not" in votes.text
    for picture in pictures:
        assert f"Answered: {number};" in (picture or "")
    return [stats.body, stats.components, pictures, votes.body]


async def look_at_files(look: Look) -> object:
    """Take the files home; see what changed, and how it is."""
    exported = await look.use("kb export")
    names: list[object] = [exported.body]
    for packed in exported.attachments:
        with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
            names += [archive.read(name).decode() for name in archive.namelist()]
    others = [(await look.use(one)).body for one in ("kb history", "kb status", "help")]
    return [names, others]


async def look_while_typing(look: Look) -> object:
    """Type into what is completed."""
    discord = look.scene.world.discord
    offered: list[object] = []
    for place in CODES:
        for command, option in (("ask", "question"), ("kb edit", "article")):
            for _ in range(_TRIES):
                # What comes late is not offered at all.
                with contextlib.suppress(NoAnswerError):
                    offered += await discord.autocomplete(
                        look.user,
                        look.channel,
                        command,
                        within_s=_PATIENCE_S,
                        **{option: CODES[place][0]},
                    )
                    break
    # What was typed is offered back by nothing.
    return [one for one in offered if find_codes(one)]


async def press_old_buttons(look: Look) -> object:
    """Press what stood on cards of other places' gaps: nothing is opened, closed or deleted."""
    listed = await look.use("kb gaps")
    shown: list[object] = []
    for place in sorted(CODES.keys() - look.viewer.may_see):
        key = key_of(place)
        shown += [await look.press(listed, f"{action}:{key}") for action in ("gap", "gap_out")]
        shown.append(await look.press(listed, f"gap_link:{key}:", "Of the quay", ""))
    return shown


async def press_in_another_place(look: Look) -> object:
    """Press *Means the same as …* on the card of a gap that somebody was shown elsewhere."""
    listed = await look.use("kb gaps")
    shown: list[object] = []
    for place in sorted(CODES.keys() - look.viewer.may_see):
        (asked,) = question_texts(question_of(place), "")
        card = replace(listed, components=[{"type": 10, "content": asked}])
        window = json.dumps(await look.press(card, f"gap_means:{key_of(place)}"))
        # The word that helped is told; the one that stands on the card is no secret.
        shown.append(f"{CODES[place][0]}er" in window and CODES[place][0])
    return shown


WAYS: dict[str, Way] = {
    "gaps": look_at_gaps,
    "out of scope": look_at_out_of_scope,
    "figures and votes": look_at_figures,
    "files": look_at_files,
    "typing": look_while_typing,
    "old buttons": press_old_buttons,
    "another place": press_in_another_place,
}


# What changes least.
SLOW = ("files", "typing")


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=[pytest.mark.slow] * (way in SLOW)) for way in WAYS]
)
@pytest.mark.parametrize("name", VIEWERS)
async def test_nobody_is_told_what_was_asked_elsewhere(scene: Scene, name: str, way: str) -> None:
    """The whole table; and what was asked there is told."""
    viewer = VIEWERS[name]
    is_named = name.startswith("editor")
    user = scene.named.pop() if is_named else scene.add_manager(viewer.place)
    look = Look(scene, user, scene.squares[viewer.place], viewer)
    told = find_codes(await WAYS[way](look))
    assert told <= viewer.may_see
    if way == "gaps":
        assert told == viewer.may_see
    if way == "out of scope":
        assert bool(told) is viewer.is_editor
    if way == "figures and votes":
        assert told == viewer.may_see


async def test_a_digest_tells_of_its_own_server(scene: Scene) -> None:
    """In the log channel that the server has set; that of all tells of all."""
    discord = scene.world.discord
    for place, log in scene.logs.items():
        told = await discord.wait_for(log)
        assert find_codes([told.body, told.components]) == {place}
        assert f"{CODES[place][1]} questions" in told.text
    (log,) = [one for one in scene.world.guild.channels if one.name == "log"]
    told = await discord.wait_for(log)
    assert find_codes([told.body, told.components]) == COMMON
    assert f"{ALL} questions" in told.text


@pytest.mark.slow
async def test_the_terminal_tells_nothing_of_it(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has no view of the records."""
    config = str(scene.world.folder.parent / "config.yaml")
    for command in (["check"], ["ask", "Where is it?"], ["sections"]):
        await asyncio.to_thread(main, [*command, "--config", config])
        said = capsys.readouterr()
        assert find_codes([said.out, said.err]) == set()
        assert said.out
