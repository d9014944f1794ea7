"""What looks after the bot from Discord: its status, its doctor, an export, a folder that is
watched, and one that can't be written.
"""

import asyncio
import io
import os
import sys
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from conftest import ROOT, World, serving_here
from discord_markdown import plain
from loopback.clock import PATIENCE_S
from loopback.permissions import Permission
from loopback.state import Channel, Message
from opened_records import opened

from bot.chat import folder_watch
from bot.chat.channel_settings import PlaceIds
from bot.chat.client import ArticleClient
from bot.chat.dispatcher import Dispatcher
from bot.chat.folder_watch import FolderWatch, is_watched
from bot.settings import Settings

WHERE = "Who built the first bridge over the Orrin?"
LAKES = "# Of Lakes\n\nLake Grell is the deepest lake of Valmora.\n"
MOORS = "# Of Moors\n\nThe Sule Moor lies 1,900 feet high.\n"
# The number of a capability of Linux: to write whatever the modes of files say.
PROGRAM_WITHOUT_OVERRIDE = (
    "import ctypes, os, sys\n"
    "if os.geteuid() == 0 and ctypes.CDLL(None).prctl(24, 1, 0, 0, 0): sys.exit(9)\n"
    "command = [sys.executable, '-m', 'bot', 'run', '--config', sys.argv[1]]\n"
    "os.execv(sys.executable, command)\n"
)


def let_owner_in(world: World) -> None:
    """Let the application's owner into the server, who may edit."""
    world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)


def said_in(channel: Channel) -> list[str]:
    """Give what is said in a channel."""
    return [plain(message.text) for message in channel.messages if message.is_for_all]


def unpack(message: Message) -> dict[str, bytes]:
    """Give what the zips of a message hold."""
    found: dict[str, bytes] = {}
    for attachment in message.attachments:
        with zipfile.ZipFile(io.BytesIO(attachment.content)) as packed:
            found |= {name: packed.read(name) for name in packed.namelist()}
    return found


async def test_status_doctor_and_export_tell_how_it_is(world: World) -> None:
    """Since when, by whom, what changed since and where the bot may not write; what is wrong with
    its cure; and the files, in parts where Discord takes no larger ones.
    """
    let_owner_in(world)
    log = world.discord.add_text_channel(world.guild, "log")
    world.settings = f"log_channel: {log.id}\nthread_channels: {world.channel.id}\n"
    await world.start()
    status = await world.use("kb status", world.manager)
    assert "Since <t:" in status.text
    assert "Indexed by words: en" in plain(status.text)
    assert "have changed since" not in status.text
    assert "may not write" not in status.text
    well = await world.use("kb doctor", world.manager)
    assert "All is well" in well.text
    assert well.ephemeral

    (world.folder / "lakes.md").write_text(LAKES, encoding="utf-8")
    assert "have changed since" in (await world.use("kb status", world.manager)).text
    await world.use("kb reload", world.manager)
    status = await world.use("kb status", world.manager)
    assert "version 1: changed in the folder" in plain(status.text)
    assert "have changed since" not in status.text
    world.discord.overwrite(log, world.guild, deny=Permission.SEND_MESSAGES)
    # Discord tells the bot; what is asked after that is answered with it.
    assert "#log (lacking Send Messages)" in plain(
        (await world.use("kb status", world.manager)).text
    )
    ill = plain((await world.use("kb doctor", world.manager)).text)
    assert "1 thing is not as it should be" in ill
    assert "in #log the bot lacks Send Messages" in ill

    assert "admin_users" in (await world.use("kb export", world.manager)).text
    files = {path.name: path.read_bytes() for path in world.folder.iterdir()}
    whole = await world.use("kb export", world.owner)
    assert whole.ephemeral
    assert [one.filename for one in whole.attachments] == ["articles.zip"]
    assert unpack(whole) == files
    world.discord.core.most_file_bytes = 800
    parts = await world.use("kb export", world.owner)
    assert len(parts.attachments) > 1
    assert unpack(parts) == files
    assert f"{len(parts.attachments)} zips" in parts.text


def test_hidden_files_are_no_signs() -> None:
    """Below the folder, wherever it lies itself."""
    folder = Path("/srv/.bots/articles")
    for name, expected in (("a.md", True), ("b/c.md", True), (".a.new", False), (".git/x", False)):
        assert is_watched(folder, None, str(folder / name)) is expected


class Signs:
    """Signs that the folder has changed, which a test gives by hand."""

    def __init__(self) -> None:
        self._given: asyncio.Queue[set[tuple[int, str]] | None] = asyncio.Queue()
        self.taken = asyncio.Semaphore(0)

    async def watch(self, _: Path) -> AsyncIterator[object]:
        """Give each sign; that the next is waited for says that the last was served."""
        while True:
            self.taken.release()
            sign = await self._given.get()
            if sign is None:
                raise OSError("the folder has gone")
            yield sign

    async def give(self, *paths: Path, is_sign: bool = True) -> None:
        """Give a sign that some files have changed, or a fault, and wait until it was served."""
        sign = {(1, str(path.resolve())) for path in paths}
        self._given.put_nowait(sign if is_sign else None)
        await self.taken.acquire()


async def do_not_wait(_: float) -> None:
    """Let no time pass."""
    await asyncio.sleep(0)


async def test_a_watched_folder_is_served_by_the_rules_of_a_reload(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes is served and told, once; what is served already is not; far less waits for a
    press; a fault ends nothing.
    """
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, served):
        log = world.discord.add_text_channel(world.guild, "log")
        world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
        settings = Settings(records=None, log_channel=log.id)
        dispatcher = Dispatcher(served.common, settings)
        client = ArticleClient(dispatcher)
        await client.login(world.discord.token)
        signs = Signs()
        watching = asyncio.create_task(
            FolderWatch(dispatcher, client, signs.watch, do_not_wait).run()
        )
        try:
            await signs.taken.acquire()
            await signs.give()
            assert said_in(log) == []
            (world.folder / "lakes.md").write_text(LAKES, encoding="utf-8")
            await signs.give()
            await signs.give()
            (told,) = said_in(log)
            assert "The folder has changed" in told
            assert "Articles added: Of Lakes" in told
            assert "Grell" in (await world.ask("which lake is the deepest?")).text

            rivers = (world.folder / "rivers.md").read_text(encoding="utf-8")
            (world.folder / "rivers.md").unlink()
            await signs.give()
            await signs.give()
            assert len(said_in(log)) == 2
            assert "far less would be served" in said_in(log)[1]
            assert "Of Rivers" in (await world.ask(WHERE)).text
            (button,) = log.messages[-1].buttons
            await world.press(log.messages[-1], button.label, world.owner)
            assert "Of Rivers" not in (await world.ask(WHERE)).text

            await signs.give(is_sign=False)
            # Whole at once: after a fault the watch looks by itself, and half a file is told, too.
            (tmp_path / "rivers.md").write_text(rivers, encoding="utf-8")
            (tmp_path / "rivers.md").replace(world.folder / "rivers.md")
            await signs.give()
            assert len(said_in(log)) == 3
            assert "Of Rivers" in (await world.ask(WHERE)).text
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            await client.close()


async def test_what_changes_in_a_servers_folder_is_served_and_told_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it was read; without names where not all of it is for everybody. What would serve far
    less waits in the server's log channel.
    """
    settings = Settings(records=tmp_path / "records")
    async with (
        opened(tmp_path / "records") as records,
        serving_here(tmp_path, monkeypatch, settings, records) as (world, served),
    ):
        log = world.discord.add_text_channel(world.guild, "log")
        place = PlaceIds(world.guild.id)
        await served.channel_settings.change(place, "log_channel", lambda _: log.id)
        own = world.folder / "servers" / str(world.guild.id)
        own.mkdir(parents=True)
        client = ArticleClient(served)
        await client.login(world.discord.token)
        signs = Signs()
        watching = asyncio.create_task(FolderWatch(served, client, signs.watch, do_not_wait).run())
        try:
            await signs.taken.acquire()
            (own / "lakes.md").write_text(LAKES, encoding="utf-8")
            await signs.give(own / "lakes.md")
            assert "Grell" in (await world.ask("which lake is the deepest?")).text
            (own / "moors.md").write_text(MOORS, encoding="utf-8")
            await signs.give(own / "moors.md")
            await signs.give()
            (told,) = said_in(log)
            assert "Articles added: Of Moors" in told
            assert "1,900" in (await world.ask("how high is the Sule Moor?")).text
            (own / "moors.md").write_text(f"---\naudience: Nobody\n---\n{MOORS}", encoding="utf-8")
            await signs.give(own / "moors.md")
            await signs.give()
            (own / "lakes.md").unlink()
            await signs.give(own / "lakes.md")
            await signs.give()
            assert len(said_in(log)) == 3
            assert "far less would be served" in said_in(log)[2]
            assert len(log.messages[-1].buttons) == 1
            assert not any("Moors" in one or "Lakes" in one for one in said_in(log)[1:])
            world.discord.add_member(world.guild, world.owner, permissions=Permission.MANAGE_GUILD)
            (button,) = log.messages[-1].buttons
            await world.press(log.messages[-1], button.label, world.owner)
            assert "1 article" in said_in(log)[2]
            assert not any("Moors" in one or "Lakes" in one for one in said_in(log)[1:])
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            await client.close()


async def test_servers_folders_are_looked_at_where_no_sign_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the watch begins, or begins again after a fault; and where they were exchanged as a
    whole, which names none of them.
    """
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, served):
        places = world.folder / "servers"
        own = places / "7"
        own.mkdir(parents=True)
        served.bases.load(7)
        ((_, base),) = served.bases.list_loaded()
        signs = Signs()
        (own / "lakes.md").write_text(LAKES, encoding="utf-8")
        client = ArticleClient(served)
        watching = asyncio.create_task(FolderWatch(served, client, signs.watch, do_not_wait).run())
        try:
            await signs.taken.acquire()
            await signs.give()
            assert len(base.library.articles) == 1
            (own / "moors.md").write_text(MOORS, encoding="utf-8")
            await signs.give()
            assert len(base.library.articles) == 1
            await signs.give(places)
            assert len(base.library.articles) == 2
            (own / "lakes.md").write_text(LAKES * 2, encoding="utf-8")
            lakes = base.library.articles[0]
            await signs.give(is_sign=False)
            await signs.give()
            assert lakes not in base.library.articles
        finally:
            watching.cancel()
            await asyncio.wait([watching])


async def test_a_fault_in_the_folder_of_one_server_keeps_nothing_of_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They need not wait until it is tried again."""
    has_failed, never = asyncio.Event(), asyncio.Event()

    async def wait(_: float) -> None:
        has_failed.set()
        await never.wait()

    def fail(_: str) -> None:
        raise ValueError

    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, served):
        own = [world.folder / "servers" / name for name in ("7", "8")]
        for folder in own:
            folder.mkdir(parents=True)
            served.bases.load(int(folder.name))
            (folder / "lakes.md").write_text(LAKES, encoding="utf-8")
        (_, first), (_, second) = served.bases.list_loaded()
        first.when_changed = fail
        watch = FolderWatch(served, ArticleClient(served), Signs().watch, wait)
        watching = asyncio.create_task(watch.run())
        try:
            await has_failed.wait()
            assert len(second.library.articles) == 1
        finally:
            watching.cancel()
            await asyncio.wait([watching])


async def test_what_changes_as_the_watch_begins_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no sign of it: it came before the watch, and after what was read at the start."""
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (_, served):

        async def begin_watching(folder: Path) -> AsyncIterator[object]:
            (folder / "lakes.md").write_text(LAKES, encoding="utf-8")
            await asyncio.Event().wait()
            yield True

        dispatcher = Dispatcher(served.common, Settings(records=None))
        client = ArticleClient(dispatcher)
        watching = asyncio.create_task(
            FolderWatch(dispatcher, client, begin_watching, do_not_wait).run()
        )
        try:
            async with asyncio.timeout(PATIENCE_S):
                while len(served.common.library.articles) < 3:  # noqa: ASYNC110 (nothing tells of it)
                    await asyncio.sleep(0.01)
        finally:
            watching.cancel()
            await asyncio.wait([watching])


async def test_what_changes_while_another_reload_takes_long_is_served_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its sign is not forgotten, however long that is."""
    monkeypatch.setattr(folder_watch, "_PATIENCE_S", 0.05)
    async with serving_here(tmp_path, monkeypatch, Settings(records=None)) as (world, served):
        dispatcher = Dispatcher(served.common, Settings(records=None))
        client = ArticleClient(dispatcher)
        watch = FolderWatch(dispatcher, client, Signs().watch, do_not_wait)
        with served.common.reading_alone(0.0):
            watching = asyncio.create_task(watch.run())
            (world.folder / "lakes.md").write_text(LAKES, encoding="utf-8")
            # More than one patience.
            await asyncio.sleep(0.2)
        try:
            async with asyncio.timeout(PATIENCE_S):
                while len(served.common.library.articles) < 3:  # noqa: ASYNC110 (nothing tells of it)
                    await asyncio.sleep(0.01)
        finally:
            watching.cancel()
            await asyncio.wait([watching])


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["on", "poll"])
async def test_a_running_bot_watches_its_folder(world: World, mode: str) -> None:
    """By what the system tells, or by looking; hidden files are none; it ends as it is told to."""
    log = world.discord.add_text_channel(world.guild, "log")
    world.settings = f"watch: {mode}\nlog_channel: {log.id}\n"
    await world.start()
    (world.folder / ".hidden.md").write_text(LAKES, encoding="utf-8")
    (world.folder / "lakes.md").write_text(LAKES, encoding="utf-8")
    told = await world.discord.wait_for(log)
    assert "Articles added: Of Lakes" in plain(told.text)
    assert "Grell" in (await world.ask("which lake is the deepest?")).text
    assert await world.stop() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="takes a capability of Linux away")
async def test_a_folder_that_cannot_be_written_says_so(world: World) -> None:
    """Before anything is handed in, with where to read how that is changed; all else goes on."""
    let_owner_in(world)
    config = world.folder.parent / "config.yaml"
    config.write_text(
        "knowledge: articles\nrecords: records\nversions: versions\n", encoding="utf-8"
    )
    world.folder.chmod(0o555)
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM_WITHOUT_OVERRIDE, str(config),
            cwd=ROOT, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **world.discord.environment},
        )  # fmt: skip
        world.watch(process)
        await world.discord.ready()
        for command, options in (
            ("kb upload", {}),
            ("kb rename", {"article": "Of Towns", "name": "x.md"}),
            ("kb remove", {"article": "Of Towns"}),
        ):
            said = plain((await world.use(command, world.owner, **options)).text)
            assert "can't be written" in said
            assert "docs/operating.md" in said
        assert "docs/operating.md" in plain((await world.use("kb doctor", world.owner)).text)
        assert "Lisk" in (await world.ask("where does the Orrin end?")).text
    finally:
        world.folder.chmod(0o755)
