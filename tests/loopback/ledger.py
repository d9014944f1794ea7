"""The ledger: for every question how many answers it got.

A question is a use of a command, or a message to the bot: one that mentions it, or one in a direct
conversation. An answer is what the bot says to it: for a command all its messages; for a message
every reply to it, what it writes in a thread from it, and in a direct conversation also what it
writes without a reply before the next question.
"""

from dataclasses import dataclass

from loopback.interactions import COMMAND, Interaction
from loopback.state import Message, World

Question = Message | Interaction


@dataclass(frozen=True)
class Entry:
    """A question and its answers."""

    question: Question
    answers: tuple[Message, ...]


class Ledger:
    """All questions and their answers, as they stand now."""

    def __init__(self, world: World, interactions: list[Interaction]) -> None:
        answers = find_answers(world)
        commands = [Entry(one, tuple(one.answers)) for one in interactions if one.kind == COMMAND]
        messages = [one for one in world.messages.values() if is_question(world, one)]
        self.entries = commands + [Entry(one, tuple(answers.get(one.id, ()))) for one in messages]

    @property
    def counts(self) -> dict[int, int]:
        """How many answers each question got, by its id."""
        return {entry.question.id: len(entry.answers) for entry in self.entries}

    @property
    def lost(self) -> list[Question]:
        """The questions without an answer."""
        return [entry.question for entry in self.entries if not entry.answers]

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
    return message.channel.is_direct or world.bot in message.mentioned


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
