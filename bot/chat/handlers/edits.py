"""What becomes of an answer when its question is edited.

A question that is edited within two minutes has its answer edited, and the thread that was begun
for it renamed. Where the answer was removed, there is a new one. A question that no longer asks
anything is treated as deleted. Who edits too often is answered later. The events come raw: neither
message need be cached.
"""

import time
from datetime import timedelta

import discord

from bot.chat import delivery, failures
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.answer_search import (
    AnsweredQuestion,
    age_s,
    find_answers,
    partial_message,
)
from bot.chat.handlers.deletions import find_thread, follow_deletion
from bot.chat.handlers.message_questions import (
    MessageQuestion,
    answer_message,
    answer_message_question,
    find_question,
    name_thread,
)
from bot.chat.reader_language import language_of_message
from bot.chat.readers import find_server_of_message
from bot.chat.reply import Reply
from bot.chat.responses import make_response
from bot.chat.retry import UNKNOWN_MESSAGE
from bot.chat.state.answer_links import EDITABLE_S
from bot.chat.ui.components import make_line_card
from bot.texts import replies
from bot.texts.languages import speaking

# Who waits looks so often whether the program ends.
_LOOK_S = 0.5


async def follow_edit(
    dispatcher: Dispatcher, client: discord.Client, message: discord.Message
) -> None:
    """Answer an edited question anew: in place, or by a reply where there is no answer now.

    There is none where the question was not meant for the bot before, or where its answer went.
    """
    if client.user is None or dispatcher.in_flight.is_closing:
        return
    if message.edited_at is None or message.author.bot:
        return
    # Discord tells of other changes of a message, too, such as of a page's preview.
    edited_after = message.edited_at - message.created_at
    if max(edited_after.total_seconds(), age_s(message.id)) > EDITABLE_S:
        return
    question = find_question(dispatcher, client.user, message)
    if question is None and not message.content:
        # Without the intent, what no longer mentions the bot can't be read: it asks nothing now.
        await follow_deletion(dispatcher, client, message.channel.id, [message.id])
        return
    if question is None and not dispatcher.answer_links.is_known(message.id):
        return
    edited = _name_edit(message, edited_after)
    if not dispatcher.admission.seen.add(edited):
        return
    async with dispatcher.in_flight.serving(), dispatcher.answer_links.lock(message.id):
        chosen = dispatcher.channel_settings.find_language(message.channel)
        with speaking(chosen or language_of_message(message)):
            asks_new = await _answer_in_place(dispatcher, client, message, question)
    if question is not None and asks_new:
        await _answer_edited(dispatcher, client, message, edited, question)


def _name_edit(message: discord.Message, edited_after: timedelta) -> str:
    """Make a nonce for an edit: the same for all who are told of it.

    Within the time in which edits are followed, it has at most 25 characters, as Discord wants.
    """
    microseconds = edited_after // timedelta(microseconds=1)
    return f"{message.id:x}-{microseconds:x}"


async def _answer_in_place(
    dispatcher: Dispatcher,
    client: discord.Client,
    message: discord.Message,
    question: MessageQuestion | None,
) -> bool:
    """Edit the answer to an edited question; say whether it has to be answered by a reply."""
    answers = await find_answers(dispatcher, client, message.channel.id, [message.id])
    # What is no longer put to the bot is answered if it is sure, and else not any more.
    edited = question or MessageQuestion(message.content, message, is_overheard=True)
    if message.id in answers:
        return await _answer_again(dispatcher, client, message, edited, answers[message.id])
    asked = dispatcher.answer_links.recall(message.id)
    # What pointed to another message is answered there; it may still ask the same.
    return asked is None or not _is_same(asked.question, edited.question)


async def _answer_edited(
    dispatcher: Dispatcher,
    client: discord.Client,
    message: discord.Message,
    edited: str,
    question: MessageQuestion,
) -> None:
    """Answer an edited question by a reply, and name its thread after it if it has one."""
    dispatcher.answer_links.drop(message.id)
    await answer_message(dispatcher, client, message, edited)
    sent = dispatcher.answer_links.find(message.id)
    if sent is not None and sent.channel_id == message.id:
        await _rename_thread(dispatcher, client, message.id, question.question)


async def _answer_again(
    dispatcher: Dispatcher,
    client: discord.Client,
    message: discord.Message,
    question: MessageQuestion,
    answered: AnsweredQuestion,
) -> bool:
    """Put a new answer in the place of the old one; say whether that is gone."""
    sent, asked = answered
    if _is_same(question.question, asked.question):
        return False
    if not await _wait_for_room(dispatcher, message):
        return False

    async def handler() -> Reply:
        return await answer_message_question(dispatcher, question, asked.before)

    reply: Reply = await make_response(handler, "answering an edit")
    await dispatcher.unanswered.take_back(message.id)
    if not await _replace(partial_message(client, sent), reply, message.author.id):
        return True
    dispatcher.answer_links.remember(message.id, sent, reply.asked, time.monotonic())
    if sent.channel_id == message.id:
        await _rename_thread(dispatcher, client, message.id, question.question)
    server = find_server_of_message(message, dispatcher.direct_servers)
    await dispatcher.unanswered.add(reply, message.id, server)
    return False


async def _wait_for_room(dispatcher: Dispatcher, message: discord.Message) -> bool:
    """Wait until an edit counts among the presses that are let in; not while the program ends.

    Says whether the question is there still: one that is deleted meanwhile is not waited for.
    """
    guild_id = message.guild.id if message.guild else None
    wait_s = 0.0
    while not await dispatcher.answer_links.is_gone_within(message.id, wait_s):
        if dispatcher.in_flight.is_closing:
            return True
        refusal = dispatcher.admission.refuse_press(message.author.id, guild_id)
        if refusal is None:
            return True
        wait_s = min(refusal.wait_s, _LOOK_S)
    return False


def _is_same(question: str, other: str) -> bool:
    """Say whether two questions differ in blanks at most."""
    return question.split() == other.split()


async def _replace(answer: discord.PartialMessage, reply: Reply, asker_id: int) -> bool:
    """Put a reply in the place of an answer; say whether that was still there.

    The answer is deleted if the reply says nothing. Where Discord does not take the reply, that is
    said.
    """
    if reply.card is None and not reply.text:
        await delivery.delete(answer)
        return True
    why = await delivery.edit(answer, reply.card or make_line_card(reply.text, asker_id))
    if why is not None and why.is_unacceptable:
        sentence = failures.record_unacceptable(why)
        why = await delivery.edit(answer, make_line_card(sentence, asker_id))
    return why is None or why.code != UNKNOWN_MESSAGE


async def _rename_thread(
    dispatcher: Dispatcher, client: discord.Client, question_id: int, question: str
) -> None:
    """Rename the thread of a question; nothing waits for that, as Discord may take minutes."""
    thread = await find_thread(client, question_id)
    if thread is None:
        return
    name = name_thread(question) or replies.TAKEN_BACK()
    dispatcher.in_flight.start(delivery.rename(thread, name))
