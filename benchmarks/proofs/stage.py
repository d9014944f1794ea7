"""The stage of a scenario: a Discord on loopback, people and channels, and one bot as a process."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from loopback import Channel, Guild, Interaction, LoopbackDiscord, Message, User
from loopback.errors import NoAnswerError
from loopback.interactions import COMMAND
from loopback.ledger import Mark, find_answers
from loopback.mutations import MARKER

from benchmarks.proofs.outcomes import Outcome, count_leaks, count_live
from benchmarks.proofs.processes import ROOMY, BotProcess

Question = Message | Interaction
Choice = TypeVar("Choice")

# How long a start may take, and whatever else has to come: only what never comes is ended by it.
PATIENCE_S = 180.0
# A question that has waited so long makes room for another one; it may still be answered.
_GIVE_UP_S = 12.0
# When the bot has asked nothing of Discord for so long, nothing more will come. What no try has
# delivered it looks for every half minute.
_QUIET_S = 45.0
# What is doubled comes a moment after the first.
_DOUBLES_S = 1.0
_LOOK_EVERY_S = 0.05
# As much as a user who is in a hurry; all in all Discord's limits leave room for more.
_PAUSE_S = 0.02
_CHANNELS = 20
SOURCE = "example.org"

ARTICLES = {
    "rivers.md": (
        "---\ntitle: Of Rivers\nsource: https://example.org/rivers\n---\n\n"
        "The Orrin is the longest river of Valmora.\n\n"
        "## Source\n\nThe Orrin rises near Marn at 1,204 metres. "
        "Snow feeds the Orrin until June.\n\n"
        "## Mouth\n\nThe Orrin ends at Lisk. Its delta has nine arms. Herons nest in the delta.\n\n"
        "## Bridges\n\nElda Njord built the first bridge over the Orrin in 1844. "
        "The bridge over the Orrin fell in 1901.\n"
    ),
    "towns.md": (
        "---\ntitle: Of Towns\n---\n\n## Size\n\nLisk is the largest town on the Orrin.\n\n"
        "## Trade\n\nThe market of Tarn sells amber and salt on Mondays.\n"
    ),
}
QUESTIONS = (
    "where does the Orrin end?",
    "where does the Orrin rise?",
    "who built the first bridge over the Orrin?",
    "when did the bridge over the Orrin fall?",
    "what does the market of Tarn sell?",
    f"which {MARKER} sells amber on Mondays?",
)


@dataclass(slots=True)
class Stage:
    """What a scenario plays with. ``chance`` has the seed of the run."""

    discord: LoopbackDiscord
    bot: BotProcess
    outcome: Outcome
    chance: random.Random
    owner: User
    guild: Guild
    people: list[User]
    channels: list[Channel]
    deaths: int = 0
    _open: dict[int, tuple[Question, float]] = field(default_factory=dict)
    _asked: int = 0

    @property
    def is_ours(self) -> bool:
        """Whether the bot is ours; the plain one has nothing beside mentions and /ask."""
        return self.bot.kind == "ours"

    # --- the bot

    async def start(self) -> None:
        """Start the bot, and wait until it is there."""
        await self.bot.launch(self.discord.environment)
        if self.bot.process is not None:
            self.discord.watch(self.bot.process.pid)
        await self.wait_until_up()

    async def wait_until_up(self) -> None:
        """Wait until the bot is connected and its command can be used."""
        await self.discord.ready(PATIENCE_S)
        await self.discord.registered_commands("ask", within_s=PATIENCE_S)

    async def revive(self) -> None:
        """Start a bot that has died, as a service manager does; count it."""
        if not self.bot.is_running:
            self.deaths += 1
            await self.start()

    # --- asking

    def question(self) -> str:
        """Give the next question; no two are alike."""
        self._asked += 1
        return f"{QUESTIONS[self._asked % len(QUESTIONS)]} ({self._asked})"

    async def mention(self, person: User | None = None, channel: Channel | None = None) -> Message:
        """Let somebody mention the bot with a question."""
        text = f"{self.discord.bot_user.mention} {self.question()}"
        return await self.say(text, person, channel)

    async def say(
        self, text: str, person: User | None = None, channel: Channel | None = None
    ) -> Message:
        """Let somebody say something to the bot."""
        asker, place = person or self._next(self.people), channel or self._next(self.channels)
        message = await self.discord.say(asker, place, text)
        self._note(message)
        return message

    async def command(
        self, person: User | None = None, channel: Channel | None = None, text: str = ""
    ) -> Interaction:
        """Let somebody use /ask."""
        asker, place = person or self._next(self.people), channel or self._next(self.channels)
        asked = await self.discord.slash(asker, place, "ask", question=text or self.question())
        self._note(asked)
        return asked

    def _next(self, choices: list[Choice]) -> Choice:
        return choices[self._asked % len(choices)]

    def _note(self, question: Question) -> None:
        self._open[question.id] = (question, asyncio.get_running_loop().time())

    async def ask(self, count: int, *, commands: float = 0.5, in_flight: int = 20) -> None:
        """Ask so many questions, a share of them by command, so many at once at most."""
        for _ in range(count):
            await self.make_room(in_flight)
            await asyncio.sleep(_PAUSE_S)
            if self.chance.random() < commands:
                await self.command()
            else:
                await self.mention()

    async def make_room(self, in_flight: int = 1) -> None:
        """Wait until fewer questions than this wait for their answer; old ones do not count."""
        while len(self.waiting()) >= in_flight:
            await self._look_later()

    async def _look_later(self) -> None:
        await asyncio.sleep(_LOOK_EVERY_S)

    def waiting(self) -> list[Question]:
        """Give the questions of the last seconds that have no answer yet."""
        answers = find_answers(self.discord.core.world)
        now = asyncio.get_running_loop().time()
        for number, (question, since) in list(self._open.items()):
            said = question.answers if isinstance(question, Interaction) else answers.get(number)
            if said or now - since > _GIVE_UP_S:
                del self._open[number]
        return [question for question, _ in self._open.values()]

    def unanswered(self) -> list[Question]:
        """Give the questions that have no answer and need one."""
        return self.discord.ledger().lost

    async def settle(self, quiet_s: float = _QUIET_S) -> None:
        """Wait until every question is answered, or nothing more will come."""
        loop = asyncio.get_running_loop()
        seen, since = -1, loop.time()
        while self.unanswered() and loop.time() - since < quiet_s:
            if len(self.discord.requests) != seen:
                seen, since = len(self.discord.requests), loop.time()
            await asyncio.sleep(_LOOK_EVERY_S * 5)
        await asyncio.sleep(_DOUBLES_S)

    async def until(
        self, happened: Callable[[], object], what: str, within_s: float = PATIENCE_S
    ) -> float:
        """Wait until something has happened; give how many seconds it took."""
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        while not happened():
            if loop.time() - began_s > within_s:
                raise NoAnswerError(f"within {within_s:.0f} s: not {what}")
            await asyncio.sleep(_LOOK_EVERY_S)
        return loop.time() - began_s

    # --- what came of it

    def claim(self, holds: object, claim: str) -> None:
        """Note a claim that does not hold."""
        if not holds:
            self.outcome.broken.append(claim)

    def figure(self, name: str, value: object) -> None:
        """Note a figure."""
        self.outcome.figures[name] = str(value)

    def limit(self, name: str, value: float, most: float) -> None:
        """Note a figure, and whether it is above what is allowed.

        That is told and not counted: how fast a machine is proves nothing.
        """
        is_within = "allowed" if value <= most else "more than the allowed"
        self.figure(name, f"{value:.4g} ({is_within} {most:g})")

    def is_answered(self, question: Question) -> bool:
        """Say whether a question has an answer."""
        return bool(self.discord.answers_to(question))

    def replies_to(self, person: User) -> list[Message]:
        """Give what the bot has replied to the messages of a person."""
        found = []
        for message in self.discord.core.world.messages.values():
            question = message.reply_to
            if question is not None and question.author is person:
                found.append(message)
        return found

    def waits_s(self) -> list[float]:
        """Give after how many seconds each command was acknowledged."""
        commands = [one for one in self.discord.core.interactions.values() if one.kind == COMMAND]
        waits = [one.acknowledged_after_s for one in commands]
        return sorted(wait for wait in waits if wait is not None)

    def judge(self) -> None:
        """Count what is lost, doubled, live and leaked by now."""
        ledger = self.discord.ledger()
        self.outcome.asked = len(ledger.entries)
        self.outcome.lost = len(ledger.lost)
        if ledger.lost:
            commands = sum(isinstance(question, Interaction) for question in ledger.lost)
            messages = len(ledger.lost) - commands
            self.figure("lost", f"{commands} commands, {messages} messages")
        self.outcome.doubled = len(ledger.doubled)
        self.outcome.live = count_live(self.discord, {SOURCE})
        self.outcome.leaked = count_leaks(self.discord, self.bot.log)
        for mark in (Mark.TOLD_TO_WAIT, Mark.FAILED_BY_DISCORD):
            if marked := ledger.marked(mark):
                self.outcome.figures[mark.value] = str(len(marked))
        if self.deaths:
            self.figure("times that the process died", self.deaths)
            self.claim(not self.is_ours, "the process lives")


def write_articles(folder: Path) -> Path:
    """Write articles into a new folder."""
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@contextlib.asynccontextmanager
async def set_stage(
    outcome: Outcome, folder: Path, *, people: int = 40, is_timed: bool = False
) -> AsyncIterator[Stage]:
    """Give a stage for the run whose outcome this is, with a bot that has not been started.

    Behind the scenario the bot is judged and ended, also where the scenario came to no end.
    """
    async with LoopbackDiscord(is_timed=is_timed) as discord:
        owner = discord.application.owner
        guild = discord.add_guild("Readers", owner=owner)
        askers = [discord.add_user(f"reader{number}") for number in range(people)]
        for asker in askers:
            discord.add_member(guild, asker)
        places = [discord.add_text_channel(guild, f"talk-{number}") for number in range(_CHANNELS)]
        articles = write_articles(folder / "articles")
        bot = BotProcess(outcome.kind, articles, folder, dict(ROOMY))
        chance = random.Random(outcome.seed)
        stage = Stage(discord, bot, outcome, chance, owner, guild, askers, places)
        try:
            yield stage
        finally:
            stage.judge()
            await bot.end_well()
