"""What becomes of an answer when its question is deleted.

The answer is deleted as well, and so is what was passed on of a refusal. A thread that was begun
for the question is deleted if nobody wrote there, or else loses its name, which repeats the
question. The events come raw: neither message need be cached.
"""

from collections.abc import Collection, Iterable

import discord

from bot.chat import delivery
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.answer_search import (
    HISTORY_LIMIT,
    REMEMBERED_S,
    age_s,
    find_answers,
    is_from_before_start,
    partial_message,
)
from bot.chat.reader_language import language_of_guild
from bot.chat.state.answer_links import SentMessage
from bot.texts import replies
from bot.texts.languages import speaking


async def follow_deletion(
    dispatcher: Dispatcher, client: discord.Client, channel_id: int, question_ids: Iterable[int]
) -> None:
    """Delete the answers to questions that are gone, and what their threads still tell of them."""
    gone_ids = [one for one in question_ids if _may_be_answered(dispatcher, client, one)]
    if not gone_ids:
        return
    async with dispatcher.in_flight.serving():
        found = await find_answers(dispatcher, client, channel_id, gone_ids)
        # With what was passed on, which is found as an answer to the refusal.
        for question_id in dict.fromkeys([*gone_ids, *found]):
            async with dispatcher.answer_links.lock_gone(question_id):
                await dispatcher.unanswered.take_back(question_id)
                sent = dispatcher.answer_links.find(question_id)
                if sent is None and question_id in found:
                    sent, _ = found[question_id]
                await _delete_answer(dispatcher, client, question_id, sent)


def _may_be_answered(dispatcher: Dispatcher, client: discord.Client, question_id: int) -> bool:
    """Say whether a question was answered, or may have been before the start.

    What is from before the start is looked for if it is recent, or has a thread of its own.
    """
    if dispatcher.answer_links.is_known(question_id):
        return True
    if not is_from_before_start(dispatcher, question_id):
        return False
    if question_id in dispatcher.admission.seen:
        return False
    return age_s(question_id) < REMEMBERED_S or client.get_channel(question_id) is not None


async def _delete_answer(
    dispatcher: Dispatcher, client: discord.Client, question_id: int, sent: SentMessage | None
) -> None:
    """Delete an answer, and the thread that was begun for its question if there is one."""
    if sent is not None:
        dispatcher.answer_links.drop(question_id)
        # Discord tells of this deletion too; nothing more is looked for then.
        dispatcher.admission.seen.add(sent.message_id)
        await delivery.delete(partial_message(client, sent))
    # A thread that was begun at a question has the question's id.
    if sent is None or sent.channel_id == question_id:
        await _leave_thread(client, question_id, is_certain=sent is not None)


def find_orphaned_threads(
    channel: object, message_ids: Collection[int], complete_from_id: int
) -> list[int]:
    """Find the bot's threads in a channel whose question is gone; one has its question's id.

    ``message_ids``: all messages that stand in the channel from ``complete_from_id`` on. A thread
    that has lost its name already is left.
    """
    if not isinstance(channel, discord.TextChannel):
        return []
    bot_id = channel.guild.me.id
    taken_back = replies.TAKEN_BACK.in_all_languages()
    return [
        thread.id
        for thread in channel.threads
        if thread.owner_id == bot_id
        and thread.id >= complete_from_id
        and thread.id not in message_ids
        and thread.name not in taken_back
    ]


async def find_thread(
    client: discord.Client, question_id: int, *, is_certain: bool = True
) -> discord.Thread | None:
    """Find the thread that the bot began at a question.

    An archived thread is fetched, if it ``is_certain`` that there is one.
    """
    thread = client.get_channel(question_id)
    if thread is None and is_certain:
        try:
            thread = await client.fetch_channel(question_id)
        except (discord.HTTPException, discord.InvalidData):
            return None
    if client.user is None or not isinstance(thread, discord.Thread):
        return None
    return thread if thread.owner_id == client.user.id else None


async def _leave_thread(client: discord.Client, question_id: int, *, is_certain: bool) -> None:
    """Delete the thread of a question if nobody wrote there and the bot may; else rename it."""
    thread = await find_thread(client, question_id, is_certain=is_certain)
    if thread is None:
        return
    await _delete_notice(client, thread)
    permissions = thread.permissions_for(thread.guild.me)
    is_empty = permissions.read_message_history and await _is_empty(thread)
    if is_empty and permissions.manage_threads:
        await delivery.delete(thread)
    else:
        with speaking(language_of_guild(thread.guild)):
            name = replies.TAKEN_BACK()
        await delivery.rename(thread, name, closes=is_empty)


async def _delete_notice(client: discord.Client, thread: discord.Thread) -> None:
    """Delete Discord's notice that a thread was begun: it repeats the question."""
    parent = client.get_partial_messageable(thread.parent_id)
    try:
        async for message in parent.history(after=thread, limit=HISTORY_LIMIT, oldest_first=True):
            if message.author == client.user and _is_notice_of(message, thread):
                await delivery.delete(parent.get_partial_message(message.id))
                return
    except discord.HTTPException:
        return


def _is_notice_of(message: discord.Message, thread: discord.Thread) -> bool:
    if message.type is not discord.MessageType.thread_created:
        return False
    return message.reference is not None and message.reference.channel_id == thread.id


async def _is_empty(thread: discord.Thread) -> bool:
    """Say whether a thread holds nothing but what Discord itself wrote."""
    try:
        async for message in thread.history(limit=HISTORY_LIMIT):
            is_starter = message.type is discord.MessageType.thread_starter_message
            if not message.is_system() and not is_starter:
                return False
    except discord.HTTPException:
        return False
    return True
