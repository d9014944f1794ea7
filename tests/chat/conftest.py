"""The bot as a process, in a Discord on loopback."""

import asyncio
import contextlib
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from forked_bot import ForkedBot, fork_bot
from loopback import LoopbackDiscord
from loopback.clock import PATIENCE_S
from loopback.permissions import Permission
from loopback.state import Channel, Guild, Message, User

from bot.answers.model import Policy
from bot.chat.client import ArticleClient
from bot.chat.dispatcher import Dispatcher
from bot.knowledge_base import KnowledgeBase
from bot.records.store import Records
from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent

Process = asyncio.subprocess.Process | ForkedBot

ARTICLES = {
    "rivers.md": (
        "---\ntitle: Of Rivers\nsource: https://example.org/rivers\n---\n\n"
        "The Orrin is the longest river of Valmora.\n\n"
        "## Source\n\nThe Orrin rises near Marn at 1,204 metres. Snow feeds the Orrin "
        "until June.\n\n"
        "## Mouth\n\nThe Orrin ends at Lisk. Its delta has nine arms. Herons nest in the "
        "delta of the Orrin.\n\n"
        "## Bridges\n\nElda Njord built the first bridge over the Orrin in 1844. "
        "The bridge over the Orrin fell in 1901.\n"
    ),
    "towns.md": (
        "---\ntitle: Of Towns\n---\n\n## Conclusion\n\nLisk is the largest town on the Orrin.\n"
    ),
}


@dataclass(slots=True, repr=False)
class World:
    """A server with a member, a manager and a channel, and the bot's own process."""

    discord: LoopbackDiscord
    folder: Path
    owner: User
    manager: User
    member: User
    guild: Guild
    channel: Channel
    process: Process | None = None
    log: list[str] = field(default_factory=list)
    settings: str = ""
    records: str = "records"
    versions: str = "versions"
    # Whether it begins with the program's modules imported, or as `python -m bot`.
    is_forked: bool = True
    # All that were started, also by copies of this world: each is ended by its id, come what may.
    started: list[Process] = field(default_factory=list)
    _reading: "asyncio.Task[None] | None" = None

    async def start(self, **environment: str) -> None:
        """Start ``articlebot run`` and wait until it is there."""
        await self.launch(**environment)
        await self.discord.ready()

    async def launch(self, **environment: str) -> None:
        """Start ``articlebot run``."""
        config = self.folder.parent / "config.yaml"
        written = config.with_suffix(".new")
        written.write_text(
            f"knowledge: {self.folder.name}\nrecords: {self.records}\n"
            f"versions: {self.versions}\n{self.settings}",
            encoding="utf-8",
        )
        # Another process may be reading it.
        written.replace(config)
        arguments = ("run", "--config", str(config))
        variables = {**os.environ, **self.discord.environment, **environment}
        if self.is_forked:
            self.watch(await fork_bot(arguments, ROOT, variables))
            return
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments,
            cwd=ROOT, stderr=asyncio.subprocess.PIPE, env=variables,
        )  # fmt: skip
        self.watch(process)

    def watch(self, process: Process) -> None:
        """Take a process that was started for this world's bot: read its log, and end it."""
        self.process = process
        self.started.append(process)
        self._reading = asyncio.create_task(self._read_log())

    async def _read_log(self) -> None:
        assert self.process is not None
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.log.append(line.decode())

    async def ended(self, within_s: float = PATIENCE_S) -> int:
        """Wait for the process to end; give its exit code."""
        assert self.process is not None
        assert self._reading is not None
        code = await asyncio.wait_for(self.process.wait(), within_s)
        await self._reading
        return code

    async def stop(self) -> int:
        """End the process as a service manager does."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.terminate()
        return await self.ended()

    async def kill_hard(self) -> None:
        """Kill the process as a machine does that runs out of memory: it can do nothing more."""
        assert self.process is not None
        self.process.kill()
        self.discord.note_kill()
        await self.process.wait()
        await self.discord.offline()

    async def kill(self) -> None:
        """End all processes that still run, without waiting for what they do."""
        for process in self.started:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])

    async def ask(self, question: str, user: User | None = None) -> Message:
        """Use /ask as the member, and read what comes."""
        interaction = await self.discord.slash(
            user or self.member, self.channel, "ask", question=question
        )
        return await interaction.answer()

    async def restart(self) -> None:
        """End the process as a service manager does, and start it anew."""
        assert await self.stop() == 0, self.log
        await self.start()

    async def press(self, message: Message, button: str, user: User | None = None) -> Message:
        """Press a button as the member, and read what comes."""
        return await (await self.discord.press(user or self.member, message, button)).answer()

    async def use(self, command: str, user: User | None = None, **options: object) -> Message:
        """Use a command as the member, and read what comes."""
        return await (
            await self.discord.slash(user or self.member, self.channel, command, options=options)
        ).answer()

    async def mention(self, question: str, user: User | None = None) -> Message:
        """Mention the bot in the channel."""
        content = f"{self.discord.bot_user.mention} {question}"
        return await self.discord.say(user or self.member, self.channel, content)


async def ask_in_vain(world: World, *questions: str) -> None:
    """Ask questions, each as somebody else, who follows up nothing; wait until they are kept, which
    is done after the answers are sent.
    """
    for question in questions:
        user = world.discord.add_user(f"reader{len(world.discord.core.world.users)}")
        world.discord.add_member(world.guild, user)
        await world.ask(question, user)
    file = world.folder.parent / "records" / "records.sqlite3"
    async with asyncio.timeout(PATIENCE_S):
        with contextlib.closing(sqlite3.connect(file)) as records:
            kept: set[str] = set()
            while not kept.issuperset(questions):
                kept = {row for (row,) in records.execute("SELECT question FROM unanswered")}
                await asyncio.sleep(0.01)


def write_articles(folder: Path) -> Path:
    """Write the articles into a new folder."""
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def populate(discord: LoopbackDiscord, folder: Path) -> World:
    """Add a server with a member and a manager who have never asked anything."""
    manager, member = discord.add_user("mira"), discord.add_user("ada")
    guild = discord.add_guild("Readers", owner=discord.add_user("rosa"))
    discord.add_member(guild, manager, permissions=Permission.MANAGE_GUILD)
    discord.add_member(guild, member)
    owner = discord.application.owner
    return World(
        discord, folder, owner, manager, member, guild, discord.add_text_channel(guild, "general")
    )


@contextlib.asynccontextmanager
async def ending(world: World) -> AsyncIterator[World]:
    """Give a world whose process is ended behind it: as a service manager does, or else killed.

    Whatever fails inside, or while it ends, no process is left.
    """
    try:
        yield world
        if world.process is not None and world.process.returncode is None:
            assert await world.stop() == 0, world.log
    finally:
        await world.kill()


@contextlib.asynccontextmanager
async def serving_here(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    records: Records | None = None,
) -> AsyncIterator[tuple[World, Dispatcher]]:
    """Give a bot in this process, on a Discord of its own."""
    async with LoopbackDiscord() as loopback:
        world = populate(loopback, write_articles(folder / "articles"))
        monkeypatch.setattr(Route, "BASE", loopback.api_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(loopback.gateway_url))
        dispatcher = Dispatcher(KnowledgeBase(world.folder, Policy()), settings, records)
        client = ArticleClient(dispatcher)
        running = asyncio.create_task(client.start(loopback.token))
        try:
            await loopback.ready()
            await loopback.registered_commands("ask")
            await asyncio.wait_for(client.wait_until_ready(), PATIENCE_S)
            yield world, dispatcher
        finally:
            await dispatcher.close(20)
            await client.close()
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError, discord.DiscordException, OSError):
                await running
        judge(loopback)


def judge(discord: LoopbackDiscord, since: int = 0) -> None:
    """Check that the bot broke no rule, and allowed no ping in anything that it said."""
    assert discord.offences == []
    for sent in discord.requests[since:]:
        body = sent.json if isinstance(sent.json, dict) else {}
        said = body.get("data", body)
        is_window = body.get("type") == 9
        if (
            isinstance(said, dict)
            and not is_window
            and (said.get("content") or said.get("components"))
        ):
            assert said["allowed_mentions"]["parse"] == [], said


@pytest.fixture
async def world(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """Give a Discord of its own, articles in a folder, and a bot that has not been started.

    The parameter, if there is one, are the privileged intents that the application has. The slow
    proofs start ``python -m bot``.
    """
    async with LoopbackDiscord(privileged=getattr(request, "param", frozenset())) as discord:
        async with ending(populate(discord, write_articles(tmp_path / "articles"))) as made:
            made.is_forked = request.node.get_closest_marker("slow") is None
            yield made
        judge(discord)


@pytest.fixture(scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Give a Discord with one bot that answers all tests which leave it as it is."""
    folder = tmp_path_factory.mktemp("running")
    async with (
        LoopbackDiscord() as discord,
        ending(populate(discord, write_articles(folder / "articles"))) as made,
    ):
        made.settings = "questions_per_person: 100\nquestions_per_channel: 100\n"
        made.is_forked = False
        await made.start()
        yield made


@pytest.fixture
async def own_guild(running: World) -> AsyncIterator[World]:
    """Give a server of its own on the running bot's Discord."""
    since = len(running.discord.requests)
    yield populate(running.discord, running.folder)
    judge(running.discord, since)
