"""The ledger: for every question how many answers it got.

A question is a use of a command, or a message to the bot: one that mentions it, or one in a direct
conversation. An answer is what the bot says to it: for a command all its messages; for a message
every reply to it, what it writes in a thread from it, and in a direct conversation also what it
writes without a reply before the next question.

A line that says how long to wait ("Try again", with a time) covers what is asked until then: by the
one to whom it is said, or, if it speaks of the channel or the server, by everybody in the channel.
A question that the bot marked with an emoji, where it may not write, is told too.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from loopback.interactions import COMMAND, Interaction
from loopback.state import THREAD, Message, World

Question = Message | Interaction
WAIT = re.compile(r"Try again <t:(\d+):R>")
FOR_ALL = ("in this channel", "on this server")


@dataclass(frozen=True)
class Entry:
    """A question and its answers; without one it may be covered by a wait that was told."""

    question: Question
    answers: tuple[Message, ...]
    covered: bool = False


class Ledger:
    """All questions and their answers, as they stand now."""

    def __init__(self, world: World, interactions: list[Interaction]) -> None:
        answers = find_answers(world)
        commands = [Entry(one, tuple(one.answers)) for one in interactions if one.kind == COMMAND]
        messages = [one for one in world.messages.values() if is_question(world, one)]
        waits = list(find_waits(world))
        self.entries = commands + [
            Entry(one, tuple(answers.get(one.id, ())), any(wait.covers(one) for wait in waits))
            for one in messages
        ]

    @property
    def counts(self) -> dict[int, int]:
        """How many answers each question got, by its id."""
        return {entry.question.id: len(entry.answers) for entry in self.entries}

    @property
    def lost(self) -> list[Question]:
        """The questions without an answer, and not covered or marked."""
        return [
            entry.question
            for entry in self.entries
            if not entry.answers and not entry.covered and not is_marked(entry.question)
        ]

    @property
    def doubled(self) -> list[Question]:
        """The questions with more than one answer."""
        return [entry.question for entry in self.entries if len(entry.answers) > 1]

    def is_exact(self) -> bool:
        """Whether every question was answered exactly once."""
        return not self.lost and not self.doubled


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


def is_marked(question: Question) -> bool:
    """Tell whether the bot has put an emoji on a message."""
    return isinstance(question, Message) and bool(question.reactions)


@dataclass(frozen=True)
class Wait:
    """A line that tells how long to wait: the message, until when, and for whom."""

    said: Message
    until: float

    def covers(self, question: Message) -> bool:
        """Tell whether a question was asked while the wait was on, by somebody whom it is for."""
        asked = datetime.fromisoformat(question.created).timestamp()
        told = self.said.reply_to
        if question.id < (told.id if told else self.said.id) or asked > self.until:
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
