"""What becomes of an answer when its question is edited.

A question that is edited within two minutes has its answer edited, and the thread that was begun
for it renamed. One that no longer asks anything is treated as deleted. The events come raw: neither
message need be cached.
"""

import time

import discord

from bot.chat import delivery
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
from bot.chat.reply import Reply
from bot.chat.responses import make_response
from bot.chat.state.answer_links import EDITABLE_S
from bot.chat.ui.components import make_line_card
from bot.texts import replies


async def follow_edit(
    dispatcher: Dispatcher, client: discord.Client, message: discord.Message
) -> None:
    """Answer an edited question anew, in place; or for the first time, if it was not meant."""
    if client.user is None or dispatcher.in_flight.is_closing:
        return
    if message.edited_at is None or age_s(message.id) > EDITABLE_S or message.author.bot:
        return
    question = find_question(dispatcher, client.user, message)
    if question is None and not message.content:
        # Without the intent, what no longer mentions the bot can't be read: it asks nothing now.
        await follow_deletion(dispatcher, client, message.channel.id, [message.id])
        return
    if question is None and not dispatcher.answer_links.is_known(message.id):
        return
    async with dispatcher.in_flight.serving(), dispatcher.answer_links.lock(message.id):
        answers = await find_answers(dispatcher, client, message.channel.id, [message.id])
        answered = answers.get(message.id)
        if answered is not None:
            edited = question or MessageQuestion(message.content, message)
            await _answer_again(dispatcher, client, message, edited, answered)
    is_new = answered is None and message.id not in dispatcher.admission.seen
    if question is not None and is_new:
        await answer_message(dispatcher, client.user, message)


async def _answer_again(
    dispatcher: Dispatcher,
    client: discord.Client,
    message: discord.Message,
    question: MessageQuestion,
    answered: AnsweredQuestion,
) -> None:
    sent, asked = answered
    if question.question.split() == asked.question.split():
        return
    guild_id = message.guild.id if message.guild else None
    if dispatcher.admission.refuse_press(message.author.id, guild_id) is not None:
        return

    async def handler() -> Reply:
        return await answer_message_question(dispatcher, question, asked.before)

    reply: Reply = await make_response(handler, "answering an edit")
    dispatcher.answer_links.remember(message.id, sent, reply.asked, time.monotonic())
    await _replace(partial_message(client, sent), reply, message.author.id)
    if sent.channel_id == message.id:
        await _rename_thread(dispatcher, client, message.id, question.question)
    await dispatcher.unanswered.take_back(message.id)
    await dispatcher.unanswered.add(reply, message.id)


async def _replace(answer: discord.PartialMessage, reply: Reply, asker_id: int) -> None:
    """Put a reply in the place of an answer; delete the answer if the reply says nothing."""
    if reply.card is not None:
        await delivery.edit(answer, reply.card)
    elif reply.text:
        await delivery.edit(answer, make_line_card(reply.text, asker_id))
    else:
        await delivery.delete(answer)


async def _rename_thread(
    dispatcher: Dispatcher, client: discord.Client, question_id: int, question: str
) -> None:
    """Rename the thread of a question; nothing waits for that, as Discord may take minutes."""
    thread = await find_thread(client, question_id)
    if thread is None:
        return
    name = name_thread(question) or replies.TAKEN_BACK
    dispatcher.in_flight.start(delivery.rename(thread, name))
