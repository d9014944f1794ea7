"""What of a channel's last messages was asked and not answered.

In: the messages of a history. Out: the questions that nobody answered, as they stand now, those
whose answer no longer fits, because they were edited since, and the answers whose question is gone.
Nothing is sent or fetched here.

Answered is what a message of the bot replies to, whatever it says, and what it marked with an emoji
where it may not write. An hourglass alone is no answer: the line that it promises may never have
been written. One line that says how long to wait covers what the same person asked until then, or
everybody in the channel.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.chat.apologies import HOURGLASS
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.answer_search import is_own_answer
from bot.chat.handlers.message_questions import find_question
from bot.chat.responses import read_wait
from bot.chat.state.ids import time_of
from bot.chat.ui.card_reader import read_language, read_texts
from bot.texts.languages import speaking


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """A message that asks something, and the bot's last answer to its author before it."""

    message: discord.Message
    last_answer: discord.Message | None


@dataclass(frozen=True, slots=True)
class MissedMessages:
    """What is to be done.

    ``unanswered``: questions that nobody answered. ``edited``: those that were edited since, with
    their answers. ``orphaned``: answers whose question is gone, by its id.
    """

    unanswered: list[MissedQuestion]
    edited: list[tuple[discord.Message, discord.Message]]
    orphaned: dict[int, discord.Message]


@dataclass(frozen=True, slots=True)
class _Wait:
    """A line that says how long to wait.

    ``begun_id``: the message that was refused. ``until_s``: in seconds since 1970. ``author_id``:
    who is to wait; None for everybody in the channel.
    """

    begun_id: int
    until_s: float
    author_id: int | None

    def covers(self, message: discord.Message) -> bool:
        """Say whether a message was written by one who was told to wait, and before the end."""
        is_meant = self.author_id is None or self.author_id == message.author.id
        return is_meant and self.begun_id < message.id and time_of(message.id) <= self.until_s


class _Answers:
    """What the bot has said in a channel."""

    def __init__(self, bot_id: int, messages: Sequence[discord.Message]) -> None:
        self.by_question: dict[int, discord.Message] = {}
        # By the id of who asked: the bot's answers, the oldest first.
        self.by_author: dict[int, list[discord.Message]] = {}
        # Those that told somebody to wait.
        self._waits: list[_Wait] = []
        authors = {message.id: message.author.id for message in messages}
        for message in messages:
            reference = message.reference
            if message.author.id != bot_id or reference is None or reference.message_id is None:
                continue
            self.by_question[reference.message_id] = message
            author_id = authors.get(reference.message_id)
            if author_id is None and isinstance(reference.resolved, discord.Message):
                author_id = reference.resolved.author.id
            if author_id is not None:
                self.by_author.setdefault(author_id, []).append(message)
            wait = _read_wait(message, reference.message_id, author_id)
            if wait is not None:
                self._waits.append(wait)
        held_up = {message.id for message in messages if HOURGLASS in _list_marks(message)}
        lines = [line.id for asked_id, line in self.by_question.items() if asked_id in held_up]
        # The line that tells of all questions before it which have an hourglass.
        self._apology_id = max(lines, default=0)

    def is_answered(self, message: discord.Message, to: discord.Message) -> bool:
        """Say whether a message, or after it the one that it points ``to``, was answered."""
        marks = _list_marks(message)
        if message.id > self._apology_id:
            marks.discard(HOURGLASS)
        if message.id in self.by_question or marks:
            return True
        answer = self.by_question.get(to.id)
        return answer is not None and answer.id > message.id

    def is_told_to_wait(self, message: discord.Message) -> bool:
        """Say whether a line told the author to wait for longer than until a message."""
        return any(wait.covers(message) for wait in self._waits)

    def find_orphaned(
        self, messages: Sequence[discord.Message], complete_from_id: int
    ) -> dict[int, discord.Message]:
        """Find the answers whose question is gone, with what was passed on of them."""
        there = {message.id for message in messages}
        orphaned: dict[int, discord.Message] = {}
        for question_id, answer in self.by_question.items():
            is_gone = question_id >= complete_from_id and question_id not in there
            # What a press made may point to a private card, which is in no history.
            if is_gone and answer.interaction_metadata is None and is_own_answer(answer):
                orphaned[question_id] = answer
        for answer in list(orphaned.values()):
            passed_on = self.by_question.get(answer.id)
            if passed_on is not None:
                orphaned[answer.id] = passed_on
        return orphaned

    def find_last(self, message: discord.Message) -> discord.Message | None:
        """Find the last answer to a message's author before it."""
        earlier = [one for one in self.by_author.get(message.author.id, ()) if one.id < message.id]
        return earlier[-1] if earlier else None


def find_missed(
    dispatcher: Dispatcher,
    bot_user: discord.ClientUser,
    messages: Sequence[discord.Message],
    since_id: int,
    complete_from_id: int,
) -> MissedMessages:
    """Find what was asked behind an id and not answered, in messages from the oldest on.

    From ``complete_from_id`` on, ``messages`` holds all that stand in the channel.
    """
    answers = _Answers(bot_user.id, messages)
    unanswered = []
    edited = []
    for message in messages:
        answer = answers.by_question.get(message.id)
        if answer is not None:
            if _is_edited_since(message, answer):
                edited.append((message, answer))
            continue
        if message.id <= since_id or message.id in dispatcher.admission.seen:
            continue
        question = find_question(dispatcher, bot_user, message)
        if question is None or answers.is_answered(message, question.to):
            continue
        if not answers.is_told_to_wait(message):
            last_answer = answers.find_last(message)
            unanswered.append(MissedQuestion(message, last_answer))
    return MissedMessages(unanswered, edited, answers.find_orphaned(messages, complete_from_id))


def _list_marks(message: discord.Message) -> set[str]:
    """List the emoji with which the bot marked a message."""
    return {str(reaction.emoji) for reaction in message.reactions if reaction.me}


def _is_edited_since(message: discord.Message, answer: discord.Message) -> bool:
    """Say whether a question was edited after its answer was written."""
    if message.edited_at is None or message.author.bot:
        return False
    answered_at = answer.edited_at or answer.created_at
    return message.edited_at > answered_at


def _read_wait(answer: discord.Message, refused_id: int, author_id: int | None) -> _Wait | None:
    """Read back how long an answer tells somebody to wait; None where it does not."""
    language = read_language(answer)
    for text in [answer.content, *read_texts(answer)]:
        with speaking(language):
            found = read_wait(text)
        if found is not None:
            until_s, cause = found
            is_for_all = cause in ("channel", "guild", "channel_cooldown")
            return _Wait(refused_id, until_s, None if is_for_all else author_id)
    return None
