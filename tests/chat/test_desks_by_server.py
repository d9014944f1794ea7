"""Who manages a server looks after its own articles, and after nothing else."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import World, ending, judge, populate, write_articles
from loopback import LoopbackDiscord
from loopback.clock import PATIENCE_S
from loopback.permissions import Permission
from loopback.state import Channel, Guild, Message, User

from bot.answers.model import Policy
from bot.editing.desk import ChangeError, EditingDesk, Quota
from bot.knowledge_base import KnowledgeBase
from bot.records.wording import hash_wording
from bot.versions.file_store import FileVersionStore
from bot.versions.keeper import VersionKeeper


@dataclass
class Scene:
    """Two servers that may have articles of their own, each with a manager, and a home."""

    world: World
    red: Channel
    blue: Channel
    red_manager: User
    blue_manager: User
    log: Channel

    @property
    def red_folder(self) -> Path:
        """Give the place of the red server's articles."""
        guild = self.red.guild
        assert guild is not None
        return self.world.folder / "servers" / str(guild.id)

    async def use(self, user: User, channel: Channel, command: str, **options: object) -> Message:
        """Use a command."""
        used = await self.world.discord.slash(user, channel, command, options=options)
        return await used.answer()

    async def upload(self, user: User, channel: Channel, *files: tuple[str, bytes]) -> Message:
        """Hand files in, and press what makes the change, if anything is shown that can be made."""
        discord = self.world.discord
        opened = await discord.slash(user, channel, "kb upload")
        await opened.modal()
        shown = await (await discord.submit_modal(user, opened, Files=list(files))).answer()
        if "Put it in" not in [button.label for button in shown.buttons]:
            return shown
        return await (await discord.press(user, shown, "Put it in")).answer()


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """Give the servers and a bot that runs."""
    async with LoopbackDiscord() as discord:
        world = populate(discord, write_articles(tmp_path / "articles"))
        log = discord.add_text_channel(world.guild, "log")
        discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
        world.settings = (
            f"home_server: '{world.guild.id}'\nserver_articles: true\nserver_files: 2\n"
            f"log_channel: '{log.id}'\nquestions_per_person: 100\n"
        )
        red, red_manager = add_server(discord, "Red")
        blue, blue_manager = add_server(discord, "Blue")
        async with ending(world):
            await world.start()
            yield Scene(world, red, blue, red_manager, blue_manager, log)
        judge(discord)


def add_server(discord: LoopbackDiscord, name: str) -> tuple[Channel, User]:
    """Add a server with a manager."""
    guild: Guild = discord.add_guild(name, owner=discord.add_user(f"owner of {name}"))
    manager = discord.add_user(f"manager of {name}")
    discord.add_member(guild, manager, permissions=Permission.MANAGE_GUILD)
    return discord.add_text_channel(guild, "square"), manager


FERRIES = b"# Of Ferries\n\n## Fares\n\nA ferry over the Orrin costs nine groats.\n"
WHERE = "What does a ferry over the Orrin cost?"


async def test_a_manager_edits_the_servers_own_articles_within_their_quota(scene: Scene) -> None:
    """They are answered from there at once, told in no other server's log, and nobody else's are
    touched; what would be too much is refused.
    """
    world, manager = scene.world, scene.red_manager
    before = sorted(path.name for path in world.folder.iterdir() if path.is_file())
    done = await scene.upload(manager, scene.red, ("ferries.md", FERRIES))
    assert "version 1" in done.text
    assert (scene.red_folder / "ferries.md").read_bytes() == FERRIES
    assert "nine groats" in (await scene.use(manager, scene.red, "ask", question=WHERE)).text
    elsewhere = await scene.use(scene.blue_manager, scene.blue, "ask", question=WHERE)
    assert "nine groats" not in elsewhere.text
    common = await scene.use(manager, scene.red, "ask", question="Where does the Orrin end?")
    assert "Lisk" in common.text
    status = await scene.use(manager, scene.red, "kb status")
    assert "1 article" in status.text
    assert "server" not in status.text
    assert "ferries.md" in (await scene.use(manager, scene.red, "kb history")).text
    assert "ferries.md" not in (await scene.use(scene.blue_manager, scene.blue, "kb history")).text
    refused = await scene.upload(manager, scene.red, ("rivers.md", b"# R\n\nA river runs.\n"))
    assert "version 2" in refused.text
    refused = await scene.upload(manager, scene.red, ("third.md", b"# T\n\nA third one.\n"))
    assert "2 files" in refused.text
    assert not (scene.red_folder / "third.md").exists()
    gone = await scene.use(manager, scene.red, "kb remove", article="Of Towns")
    assert gone.buttons == []
    assert sorted(path.name for path in world.folder.iterdir() if path.is_file()) == before
    assert world.discord.messages(scene.log) == []


async def test_who_only_looks_makes_no_folder(scene: Scene) -> None:
    """Whatever a manager is shown, nothing is made before something is put in."""
    before = sorted(scene.world.folder.rglob("*"))
    for command in ("status", "history", "export", "gaps", "votes", "stats"):
        await scene.use(scene.red_manager, scene.red, f"kb {command}")
    await scene.world.discord.autocomplete(
        scene.red_manager, scene.red, "kb edit", article="o", within_s=PATIENCE_S
    )
    await scene.use(scene.red_manager, scene.red, "kb edit", article="Of Rivers")
    assert sorted(scene.world.folder.rglob("*")) == before


async def test_others_look_after_nothing(scene: Scene) -> None:
    """A member, and a manager of another server: neither these articles nor what concerns the bot;
    who owns the bot looks after all of them.
    """
    world, discord = scene.world, scene.world.discord
    guild = scene.red.guild
    assert guild is not None
    discord.add_member(guild, world.member)
    discord.add_member(guild, world.owner, permissions=Permission.MANAGE_GUILD)
    for user in (world.member,):
        for command in ("kb status", "kb reload", "kb history", "kb export", "kb gaps", "kb stats"):
            used = await discord.slash(user, scene.red, command, force=True)
            assert "looked after by those who may manage" in (await used.answer()).text
    refused = await scene.use(scene.red_manager, scene.red, "kb doctor")
    assert "all servers of this bot together" in refused.text
    offered = (await scene.use(scene.red_manager, scene.red, "help")).text
    for command in ("upload", "settings", "gaps", "votes", "stats"):
        assert f"/kb {command}" in offered
    assert "/kb doctor" not in offered
    refused = await scene.use(world.manager, world.channel, "kb export")
    assert "admin_users" in refused.text
    await scene.upload(scene.red_manager, scene.red, ("ferries.md", FERRIES))
    status = await scene.use(world.owner, scene.red, "kb status")
    assert "1 article" in status.text
    (packed,) = (await scene.use(world.owner, scene.red, "kb export")).attachments
    assert b"ferries.md" in packed.content
    assert b"rivers.md" not in packed.content
    (packed,) = (await scene.use(world.owner, world.channel, "kb export")).attachments
    assert b"rivers.md" in packed.content
    assert b"ferries.md" not in packed.content
    home = await scene.use(world.owner, world.channel, "kb status")
    assert "2 articles" in home.text


async def test_a_server_is_told_what_changes_in_its_own_articles(scene: Scene) -> None:
    """In the log channel that it has set, and nowhere else; who may read an article is shown before
    it is put in, and its name is told in no channel.
    """
    discord, manager, guild = scene.world.discord, scene.red_manager, scene.red.guild
    assert guild is not None
    log, role = discord.add_text_channel(guild, "log"), discord.add_role(guild, "crew")
    panel = await scene.use(manager, scene.red, "kb settings")
    await (await discord.select(manager, panel, "set:0:log_channel", log)).answer()
    await discord.wait_for(log)
    await scene.upload(manager, scene.red, ("ferries.md", FERRIES))
    told = discord.messages(log)[-1].text
    assert "`ferries.md`" in told
    assert manager.mention in told
    (scene.red_folder / "ferries.md").write_bytes(FERRIES.replace(b"nine", b"ten"))
    await scene.use(manager, scene.red, "kb reload")
    told = discord.messages(log)[-1].text
    assert "read again" in told
    assert "ten groats" in told
    secret = b"---\naudience: ['%d']\n---\n\n# Of Keys\n\nA key lies here.\n" % role.id
    opened = await discord.slash(manager, scene.red, "kb upload")
    await opened.modal()
    handed_in = await discord.submit_modal(manager, opened, Files=[("keys.md", secret)])
    shown = await handed_in.answer()
    assert f"Only for {role.mention}." in shown.text
    await (await discord.press(manager, shown, "Put it in")).answer()
    (scene.red_folder / "keys.md").write_bytes(secret.replace(b"here", b"there"))
    await scene.use(manager, scene.red, "kb reload")
    hidden, again = discord.messages(log)[-2:]
    assert "not everybody may read" in hidden.text
    assert "read again" in again.text
    for message in discord.messages(log):
        assert "keys" not in message.text.lower()
    assert discord.messages(scene.log) == []
    home, owner = scene.world.channel, scene.world.owner
    own_log = discord.add_text_channel(guild_of(home), "own-log")
    panel = await scene.use(owner, home, "kb settings")
    await (await discord.select(owner, panel, "set:0:log_channel", own_log)).answer()
    await scene.upload(owner, home, ("keys.md", secret))
    (scene.world.folder / "keys.md").write_bytes(secret.replace(b"here", b"there"))
    await scene.use(owner, home, "kb reload")
    in_all, in_own = [
        [message.text.lower() for message in discord.messages(one)[-2:]]
        for one in (scene.log, own_log)
    ]
    assert all("keys" in text for text in in_all), in_all
    assert all(owner.mention in text and "keys" not in text for text in in_own), in_own


FRY = "How do I fry doughnuts?"
BAKE = "How do I bake crullers?"
FLEUVE = "where does the fleuve end?"


async def read_asked(scene: Scene, count: int) -> set[tuple[int, str]]:
    """Give what was asked in vain and in which server, when there is so much of it."""
    file = scene.world.folder.parent / "records" / "records.sqlite3"
    async with asyncio.timeout(PATIENCE_S):
        with closing(sqlite3.connect(file)) as records:
            kept: set[tuple[int, str]] = set()
            while len(kept) < count:
                kept = set(records.execute("SELECT guild_id, question FROM unanswered"))
                await asyncio.sleep(0.01)
    return kept


def guild_of(channel: Channel) -> Guild:
    """Give the server of a channel."""
    assert channel.guild is not None
    return channel.guild


async def open_gap(scene: Scene, user: User, channel: Channel, question: str) -> Message:
    """Open the gap of a question."""
    listed = await scene.use(user, channel, "kb gaps")
    gap = f"gap:{hash_wording(question)[:12]}"
    await scene.world.discord.press(user, listed, gap)
    return await scene.world.discord.edited(listed)


async def fill_in(scene: Scene, user: User, card: Message, button: str, **values: object) -> str:
    """Press a button that opens a window, and send that off; give what is shown.

    Make the change that would answer a question.
    """
    discord = scene.world.discord
    opened = await discord.press(user, card, button)
    await opened.modal()
    shown = await (await discord.submit_modal(user, opened, **values)).answer()
    text = shown.text
    if "would be answered from" in text:
        await (await discord.press(user, shown, "Put it in")).answer()
    return text


async def test_a_server_closes_its_own_gaps(scene: Scene) -> None:
    """Whatever way something is asked, it is that server's. What closes a gap is put into its own
    folder and told in no other server; that of another server is closed by nothing of it.
    """
    world, discord, manager = scene.world, scene.world.discord, scene.red_manager
    red, blue = map(guild_of, (scene.red, scene.blue))
    for guild in (red, blue):
        discord.add_member(guild, world.member)
    await scene.upload(manager, scene.red, ("ferries.md", FERRIES))
    for channel in (scene.red, scene.blue):
        await scene.use(world.member, channel, "ask", question=FRY)
    direct = discord.open_dm(world.member)
    await discord.reply_to(await discord.say(world.member, direct, FRY))
    about = await scene.use(world.member, scene.red, "help")
    await (await discord.press(world.member, about, "Ask in direct messages")).answer()
    await discord.reply_to(await discord.say(world.member, direct, BAKE))
    said = f"{discord.bot_user.mention} {FLEUVE}"
    await discord.reply_to(await discord.say(world.member, scene.red, said))
    asked = {(guild_id, FRY) for guild_id in (red.id, blue.id, 0)}
    asked |= {(red.id, BAKE), (red.id, FLEUVE)}
    assert await read_asked(scene, 5) == asked

    helped = await scene.use(world.member, scene.red, "ask", question="where does the delta end?")
    await (await discord.press(world.member, helped, "Helpful")).answer()
    assert "1 helpful" in (await scene.use(manager, scene.red, "kb votes")).text
    assert "helpful" not in (await scene.use(scene.blue_manager, scene.blue, "kb votes")).text
    await scene.use(world.member, scene.red, "ask", question=WHERE)
    removed = await scene.use(manager, scene.red, "kb remove", article="Of Ferries")
    assert "**1 answer** came from it" in removed.text
    card = await open_gap(scene, manager, scene.red, BAKE)
    common = {"article": "Of Rivers", "section": "Mouth"}
    refused = await fill_in(scene, manager, card, "Is answered here", **common)
    assert "not this server's own" in refused
    shown = await fill_in(scene, manager, card, "Write it", text="In oil.", article="Ferries")
    assert "would be answered from" in shown
    card = await open_gap(scene, manager, scene.red, FLEUVE)
    assert "“fleuve” in vain were helped by “delta”" in card.text
    shown = await fill_in(scene, manager, card, "Means the same as …")
    assert "would be answered from **Mouth** · Of Rivers" in shown
    written = {path.name for path in scene.red_folder.iterdir()}
    assert written == {"ferries.md", "synonyms.yaml"}
    left = (await scene.use(manager, scene.red, "kb gaps")).text
    assert "1 gap" in left
    assert FRY in left
    elsewhere = await open_gap(scene, scene.blue_manager, scene.blue, FRY)
    out = await discord.press(scene.blue_manager, elsewhere, "Out of scope")
    await out.answer()
    assert FRY in (await scene.use(world.owner, world.channel, "kb gaps")).text
    assert discord.messages(scene.log) == []
    cleared = await scene.use(manager, scene.red, "kb gaps", clear=True)
    assert "Deleted now" in cleared.text
    # What is answered by now is no gap.
    assert await read_asked(scene, 4) == asked - {(red.id, FRY)}


def test_a_quota_counts_what_is_there_and_what_comes(tmp_path: Path) -> None:
    """Files and bytes, also of what is no article; a folder that has too much may shrink."""
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.md").write_text("# A\n\nA river runs to the sea.\n", encoding="utf-8")
    (folder / "sub" / "b.md").write_text("# B\n\nA bridge spans it.\n", encoding="utf-8")
    keeper = VersionKeeper(FileVersionStore(tmp_path / "versions", folder))
    base = KnowledgeBase(folder, Policy(), versions=keeper)
    desk = EditingDesk(base, quota=Quota(2, 200))
    with pytest.raises(ChangeError, match="2 files"):
        desk.propose({"c.md": b"# C\n\nA third one.\n"})
    with pytest.raises(ChangeError, match=r"0\.0 MB"):
        desk.propose({"a.md": b"# A\n\n" + b"A long river. " * 20})
    assert desk.propose({"a.md": b"# A\n\nA long river.\n"}).change.is_possible
    assert (
        EditingDesk(base, quota=Quota(1, 10)).propose({"a.md": b"# A\n\nIt.\n"}).change.is_possible
    )
