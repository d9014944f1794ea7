"""Which message answers a question: from memory, or from the history of a channel.

Memory knows what was answered since the start. What is from before the start is looked for in the
history: the answer is a reply to the question, or stands in the thread that was begun for it.
"""

import time
from collections.abc import Collection

import discord

from bot.answers.conversation import Turn
from bot.chat.dispatcher import Dispatcher
from bot.chat.state.answer_links import AskedQuestion, SentMessage
from bot.chat.state.discord_time import DISCORD_TIME
from bot.chat.ui.card_reader import read_before, read_question

# A question from before the start is looked for in its channel no further back than this.
REMEMBERED_S = 3600.0
# So many messages behind a question are looked at.
HISTORY_LIMIT = 100
# Discord tells its time in whole seconds, so that its clock is known no better than this.
_CLOCK_ERROR_S = 2.0
# The types of what the bot writes; Discord also writes in its name that a thread was begun.
_OWN_TYPES = (discord.MessageType.default, discord.MessageType.reply)

# An answer, and the question as it stood then.
AnsweredQuestion = tuple[SentMessage, AskedQuestion]


async def find_answers(
    dispatcher: Dispatcher, client: discord.Client, channel_id: int, question_ids: Collection[int]
) -> dict[int, AnsweredQuestion]:
    """Find the answers to questions of a channel, by the ids of the questions."""
    answer_links = dispatcher.answer_links
    found: dict[int, AnsweredQuestion] = {}
    missing = []
    for question_id in question_ids:
        sent = answer_links.find(question_id)
        if sent is not None:
            found[question_id] = sent, answer_links.recall(question_id) or AskedQuestion()
        elif is_from_before_start(dispatcher, question_id):
            missing.append(question_id)
    if missing:
        places = _find_places(client, channel_id, missing)
        async with answer_links.history_lock:
            for place_id, wanted_ids in places.items():
                found |= await _search_history(client, place_id, wanted_ids)
    return found


def _find_places(
    client: discord.Client, channel_id: int, question_ids: Collection[int]
) -> dict[int, list[int]]:
    """Give the channels and threads in which questions may be answered, each with the questions."""
    places = {}
    recent_ids = []
    for question_id in question_ids:
        # A thread that was begun at a question has the question's id.
        if client.get_channel(question_id) is not None:
            places[question_id] = [question_id]
        if age_s(question_id) < REMEMBERED_S:
            recent_ids.append(question_id)
    if recent_ids:
        places[channel_id] = recent_ids
    return places


async def _search_history(
    client: discord.Client, place_id: int, question_ids: Collection[int]
) -> dict[int, AnsweredQuestion]:
    """Search a channel or thread once for answers to questions, and for what was passed on."""
    wanted_ids = set(question_ids)
    found: dict[int, AnsweredQuestion] = {}
    place = client.get_partial_messageable(place_id)
    after = discord.Object(min(question_ids))
    try:
        async for message in place.history(after=after, limit=HISTORY_LIMIT, oldest_first=True):
            if message.author != client.user or not is_own_answer(message):
                continue
            question_id = _find_question_id(message, place_id)
            if question_id not in wanted_ids:
                continue
            # What replies to a refusal was passed on; it goes with the refusal.
            wanted_ids.add(message.id)
            sent = SentMessage(place_id, message.id)
            found.setdefault(question_id, (sent, read_asked(message)))
    except discord.HTTPException:
        return {}
    return found


def is_own_answer(message: discord.Message) -> bool:
    """Say whether the bot itself wrote a message of its own, and not Discord in its name."""
    return message.type in _OWN_TYPES


def _find_question_id(message: discord.Message, place_id: int) -> int:
    """Give the id of the question that a message answers.

    In a thread that was begun at the question, the answer is what replies to nothing.
    """
    if message.reference is None:
        return place_id
    return message.reference.message_id or 0


def read_asked(message: discord.Message) -> AskedQuestion:
    """Read back from an answer what was asked."""
    before = read_before(message)
    turn = Turn(before, before, ()) if before else None
    return AskedQuestion(read_question(message), before=turn)


def is_from_before_start(dispatcher: Dispatcher, question_id: int) -> bool:
    """Say whether a message may have been written before the program started."""
    running_s = time.monotonic() - dispatcher.started_s
    return age_s(question_id) > running_s - _CLOCK_ERROR_S


def age_s(message_id: int) -> float:
    """Give the age of a message in seconds, by Discord's clock."""
    return DISCORD_TIME.age_s(message_id)


def partial_message(client: discord.Client, sent: SentMessage) -> discord.PartialMessage:
    """Give a message that can be edited and deleted without being fetched."""
    channel = client.get_partial_messageable(sent.channel_id)
    return channel.get_partial_message(sent.message_id)
