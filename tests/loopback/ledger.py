"""The ledger: for every question how many answers it got. Every cell must be 1.

A question is a use of a command, or a message to the bot: one that mentions it, or one in a direct
conversation. An answer is what the bot says to it: for a command all its messages; for a message
every reply to it, what it writes in a thread from it, and in a direct conversation also what it
writes without a reply before the next question.

Some questions need no answer of their own, and the ledger marks them:

- A line that says how long to wait ("Try again", with a time) covers what is asked until then: by
  the one to whom it is said, or, if it speaks of the channel or the server, by everybody in the
  channel.
- A question on which the bot put an emoji, where it may not write, is told too.
- A command that was in flight when the bot's process was killed, or that was used while there was
  no process, as from the moment on in which a bot that is ended has left: Discord itself tells the person that the application did not respond. So it does where
  the bot acknowledged a command after more than three seconds, because the machine gave no
  processor to it or to this server for so long (`withheld`); that is told apart only where the time
  of the machine counts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from loopback.clock import time_of
from loopback.gateway import shard_of
from loopback.interactions import COMMAND, FIRST_RESPONSE_S, TOKEN_S, Interaction
from loopback.state import THREAD, Message, World

Question = Message | Interaction
WAIT = re.compile(r"Try again <t:(\d+):R>")
FOR_ALL = ("in this channel", "on this server")


class Mark(Enum):
    """Why a question needs no answer of its own."""

    NONE = ""
    TOLD_TO_WAIT = "told to wait"
    MARKED = "marked with an emoji"
    FAILED_BY_DISCORD = "Discord said that the application did not respond"


@dataclass(frozen=True)
class Outage:
    """A time in which no process of the bot had a shard: from a kill, or an end in good order, to
    the next session, in seconds since 1970.
    """

    killed: float
    back: float = float("inf")
    shard: tuple[int, int] = (0, 1)
    in_order: bool = False

    def takes(self, asked: Interaction, patience_s: float) -> bool:
        """Tell whether a command was used meanwhile, or so short before that it was waited for."""
        number, count = self.shard
        is_of_shard = shard_of(asked.channel.guild, count) == number
        # Who ends in good order has answered what came before.
        since = self.killed if self.in_order else self.killed - patience_s
        return is_of_shard and since < asked.asked < self.back


@dataclass(frozen=True)
class Entry:
    """A question and its answers; without one it may be covered by a wait that was told."""

    question: Question
    answers: tuple[Message, ...]
    mark: Mark = Mark.NONE

    @property
    def cell(self) -> int:
        """How many answers there are; 1 where there is none and none is needed."""
        return len(self.answers) or int(self.mark is not Mark.NONE)


class Ledger:
    """All questions and their answers, as they stand now."""

    def __init__(
        self, world: World, interactions: list[Interaction], outages: Iterable[Outage] = ()
    ) -> None:
        answers = find_answers(world)
        kept = tuple(outages)
        commands = [
            Entry(one, tuple(one.answers), _mark_command(one, kept))
            for one in interactions
            if one.kind == COMMAND
        ]
        waits = list(find_waits(world))
        messages = [
            Entry(one, tuple(answers.get(one.id, ())), _mark_message(one, waits))
            for one in world.messages.values()
            if is_question(world, one)
        ]
        self.entries = commands + messages

    @property
    def counts(self) -> dict[int, int]:
        """How many answers each question got, by its id."""
        return {entry.question.id: len(entry.answers) for entry in self.entries}

    @property
    def lost(self) -> list[Question]:
        """The questions without an answer that need one."""
        return [entry.question for entry in self.entries if not entry.cell]

    @property
    def doubled(self) -> list[Question]:
        """The questions with more than one answer."""
        return [entry.question for entry in self.entries if entry.cell > 1]

    def marked(self, mark: Mark) -> list[Question]:
        """Give the questions that have no answer and need none, for this reason."""
        return [one.question for one in self.entries if not one.answers and one.mark is mark]

    def is_exact(self) -> bool:
        """Whether every question was answered exactly once, or needs no answer."""
        return not self.lost and not self.doubled


def _mark_command(asked: Interaction, outages: Iterable[Outage]) -> Mark:
    """Mark a command that a kill, or a machine without time, kept from being answered.

    At a kill it was used while there was no process, or so short before that it was still waited for: three
    seconds, or, once it is acknowledged, as long as its token is good.
    """
    patience_s = FIRST_RESPONSE_S if asked.response is None else TOKEN_S
    is_failed = any(outage.takes(asked, patience_s) for outage in outages)
    return Mark.FAILED_BY_DISCORD if is_failed or asked.is_late_by_machine else Mark.NONE


def _mark_message(question: Message, waits: "list[Wait]") -> Mark:
    """Mark a message that is covered by a wait that was told, or that the bot could only mark."""
    if any(wait.covers(question) for wait in waits):
        return Mark.TOLD_TO_WAIT
    return Mark.MARKED if question.reactions else Mark.NONE


def is_question(world: World, message: Message) -> bool:
    """Tell whether a message is one to the bot, from a person."""
    if message.author.bot or message.deleted:
        return False
    if message.channel.is_direct or world.bot in message.mentioned:
        return True
    return goes_on(world, message)


def goes_on(world: World, message: Message) -> bool:
    """Tell whether a message asks in a thread of the bot's, which reads it, and nobody else."""
    channel = message.channel
    if channel.kind != THREAD or channel.people[0] is not world.bot or not world.reads_content():
        return False
    to_others = message.reply_to is not None and message.reply_to.author is not world.bot
    return "?" in message.content and not message.mentioned and not to_others


@dataclass(frozen=True)
class Wait:
    """A line that tells how long to wait: the message, until when, and for whom."""

    said: Message
    until: float

    def covers(self, question: Message) -> bool:
        """Tell whether a question was asked while the wait was on, by somebody whom it is for."""
        told = self.said.reply_to
        begun = told.id if told else self.said.id
        if question.id < begun or time_of(question.id) > self.until:
            return False
        if any(words in self.said.text for words in FOR_ALL):
            return question.channel is self.said.channel
        return told is not None and question.author is told.author


def find_waits(world: World) -> "list[Wait]":
    """Find the lines of the bot that tell somebody how long to wait."""
    waits = []
    for message in world.messages.values():
        found = WAIT.search(message.text) if message.author is world.bot else None
        if found and message.cause is None:
            waits.append(Wait(message, float(found[1])))
    return waits


def find_answers(world: World) -> dict[int, list[Message]]:
    """Find what the bot has said to every message, by the message's id, in one pass."""
    answers: dict[int, list[Message]] = {}
    last_question: dict[int, int] = {}
    for message in world.messages.values():
        if is_question(world, message):
            last_question[message.channel.id] = message.id
        elif (
            message.author is world.bot
            and message.cause is None
            and not (message.deleted or message.is_system)
        ):
            asked = _asked_by(message, last_question)
            if asked is not None:
                answers.setdefault(asked, []).append(message)
    return answers


def _asked_by(answer: Message, last_question: dict[int, int]) -> int | None:
    """Find the message that a message of the bot answers; a thread has the id of the message that
    it is from.
    """
    if answer.reply_to is not None:
        return answer.reply_to.id
    if answer.channel.is_direct:
        return last_question.get(answer.channel.id)
    return answer.channel.id if answer.channel.parent is not None else None
