"""What becomes of an answer when its question is edited or deleted.

A question that is edited within two minutes has its answer edited; one that is deleted takes its answer with it, and
the refusal that was passed on to humans what was passed on. A thread that was begun for a question is renamed with it.
The events come raw: neither message need be cached. Which message answers which is known from memory, or, where the
question is from before the program started, from the channel's history.
"""

import time
from collections.abc import Collection, Iterable

import discord

from bot.answers.conversation import Turn
from bot.chat import delivery
from bot.chat.commands.ask import Heard, answer_heard, answer_message, hear
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.responses import make_response
from bot.chat.state.answer_links import EDITABLE_S, AskedQuestion, SentMessage
from bot.chat.ui.card_reader import read_before, read_question
from bot.chat.ui.components import shorten
from bot.chat.ui.layout import Card

# A deleted question from before the start is looked for no further back than this.
_REMEMBERED_S = 3600.0
_LOOKED_AT = 100
# What a thread is called whose question is gone, and how long a name may be.
_NAMELESS = "A question that was taken back"
_NAME = 100
# What the bot says itself; Discord also writes in its name that a thread was begun.
_SAID = (discord.MessageType.default, discord.MessageType.reply)


async def follow_edit(
    dispatcher: Dispatcher, client: discord.Client, message: discord.Message
) -> None:
    """Answer an edited question anew, in the place of what was answered; or for the first time, if it was not meant."""
    if (
        client.user is None
        or message.edited_at is None
        or dispatcher.in_flight.is_closing
        or _age_s(message.id) > EDITABLE_S
    ):
        return
    if message.author.bot:
        return
    heard = hear(dispatcher, client.user, message)
    if heard is None and (not message.content or not dispatcher.answer_links.is_known(message.id)):
        # Without the intent, what no longer mentions the bot can't be read: it is taken for a question no more.
        await follow_deletion(
            dispatcher, client, message.channel.id, [message.id] if not message.content else []
        )
        return
    async with dispatcher.in_flight.serving(), dispatcher.answer_links.lock(message.id):
        found = (await _find(dispatcher, client, message.channel.id, [message.id])).get(message.id)
        if found is not None:
            await _answer_anew(
                dispatcher, client, message, heard or Heard(message.content, message), found
            )
    if found is None and heard is not None and message.id not in dispatcher.admission.seen:
        await answer_message(dispatcher, client.user, message)


async def _answer_anew(
    dispatcher: Dispatcher,
    client: discord.Client,
    message: discord.Message,
    heard: Heard,
    found: tuple[SentMessage, AskedQuestion],
) -> None:
    user, (sent, asked) = client.user, found
    if user is None or " ".join(heard.question.split()) == " ".join(asked.question.split()):
        return
    if (
        dispatcher.admission.refuse_press(
            message.author.id, message.guild.id if message.guild else None
        )
        is not None
    ):
        return

    async def handler() -> Reply:
        return await answer_heard(dispatcher, user, message, heard, asked)

    reply: Reply = await make_response(handler, "answering an edit")
    dispatcher.answer_links.remember(message.id, sent, reply.asked, time.monotonic())
    if reply.card is not None or reply.text:
        await delivery.edit(_partial(client, sent), reply.card or Card([reply.text]))
    else:
        await delivery.delete(_partial(client, sent))
    if (
        sent.channel_id == message.id
        and (thread := await _find_thread(client, message.id)) is not None
    ):
        # Nothing waits for the name, which Discord may refuse to change for minutes.
        dispatcher.in_flight.start(
            delivery.rename(thread, shorten(heard.question, _NAME) or _NAMELESS)
        )
    await dispatcher.unanswered.take_back(message.id)
    await dispatcher.unanswered.add(reply, message.id)


async def follow_deletion(
    dispatcher: Dispatcher, client: discord.Client, channel: int, questions: Iterable[int]
) -> None:
    """Take away the answers to questions that are gone, and what the threads that were begun for them still tell."""
    gone = [
        one
        for one in questions
        if dispatcher.answer_links.is_known(one) or _may_be_earlier(dispatcher, client, one)
    ]
    if not gone:
        return
    async with dispatcher.in_flight.serving():
        recent_questions = await _find(dispatcher, client, channel, gone)
        for question in dict.fromkeys((*gone, *recent_questions)):
            async with dispatcher.answer_links.lock(question):
                await dispatcher.unanswered.take_back(question)
                sent = dispatcher.answer_links.find(question) or (
                    recent_questions[question][0] if question in recent_questions else None
                )
                if sent is not None:
                    dispatcher.answer_links.drop(question)
                    # Discord tells of this deletion too, for which nothing more is looked for.
                    dispatcher.admission.seen.add(sent.message_id)
                    await delivery.delete(_partial(client, sent))
                if sent is None or sent.channel_id == question:
                    await _leave_thread(client, question, is_certain=sent is not None)


def _may_be_earlier(dispatcher: Dispatcher, client: discord.Client, question: int) -> bool:
    """Say whether a question may have been answered before the start, not too long ago or in a thread of its own."""
    return (
        _is_earlier(dispatcher, question)
        and question not in dispatcher.admission.seen
        and (_age_s(question) < _REMEMBERED_S or client.get_channel(question) is not None)
    )


def _is_earlier(dispatcher: Dispatcher, question: int) -> bool:
    return question < discord.utils.time_snowflake(dispatcher.started_at)


def _age_s(message: int) -> float:
    return (discord.utils.utcnow() - discord.utils.snowflake_time(message)).total_seconds()


def _partial(client: discord.Client, sent: SentMessage) -> discord.PartialMessage:
    return client.get_partial_messageable(sent.channel_id).get_partial_message(sent.message_id)


async def _find_thread(
    client: discord.Client, question: int, *, is_certain: bool = True
) -> discord.Thread | None:
    """Find the thread that the bot began at a question; one that is archived is asked for, if it ``is_certain``."""
    thread = client.get_channel(question)
    if thread is None and is_certain:
        try:
            thread = await client.fetch_channel(question)
        except (discord.HTTPException, discord.InvalidData):
            return None
    if (
        client.user is None
        or not isinstance(thread, discord.Thread)
        or thread.owner_id != client.user.id
    ):
        return None
    return thread


async def _leave_thread(client: discord.Client, question: int, *, is_certain: bool) -> None:
    """Delete the thread that was begun for a question, if nobody wrote there and the bot may; else take its name."""
    thread = await _find_thread(client, question, is_certain=is_certain)
    if thread is None:
        return
    await _delete_note(client, thread)
    may = thread.permissions_for(thread.guild.me)
    is_empty = may.read_message_history and await _is_empty(thread)
    if is_empty and may.manage_threads:
        await delivery.delete(thread)
    else:
        await delivery.rename(thread, _NAMELESS, closes=is_empty)


async def _delete_note(client: discord.Client, thread: discord.Thread) -> None:
    """Delete what Discord wrote in the bot's name where a thread was begun: it repeats the question."""
    place = client.get_partial_messageable(thread.parent_id)
    try:
        async for message in place.history(after=thread, limit=_LOOKED_AT, oldest_first=True):
            is_note = (
                message.type is discord.MessageType.thread_created and message.author == client.user
            )
            if (
                is_note
                and message.reference is not None
                and message.reference.channel_id == thread.id
            ):
                await delivery.delete(place.get_partial_message(message.id))
                return
    except discord.HTTPException:
        return


async def _is_empty(thread: discord.Thread) -> bool:
    """Say whether a thread holds nothing but what Discord itself wrote."""
    try:
        return all(
            [
                message.is_system() or message.type is discord.MessageType.thread_starter_message
                async for message in thread.history(limit=_LOOKED_AT)
            ]
        )
    except discord.HTTPException:
        return False


async def _find(
    dispatcher: Dispatcher, client: discord.Client, channel: int, questions: Collection[int]
) -> dict[int, tuple[SentMessage, AskedQuestion]]:
    """Find the answers to questions, and what was asked; in the history only what is from before the start."""
    answer_links = dispatcher.answer_links
    found = {
        one: (sent, answer_links.recall(one) or AskedQuestion())
        for one in questions
        if (sent := answer_links.find(one))
    }
    missing = {one for one in questions if one not in found and _is_earlier(dispatcher, one)}
    if missing:
        # A thread that was begun at a question has the question's id.
        places = {one: [one] for one in missing if client.get_channel(one) is not None}
        lately = [one for one in missing if _age_s(one) < _REMEMBERED_S]
        async with answer_links.history_lock:
            for place, wanted in {**places, **({channel: lately} if lately else {})}.items():
                found |= await _look(client, place, wanted)
    return found


async def _look(
    client: discord.Client, place: int, questions: Collection[int]
) -> dict[int, tuple[SentMessage, AskedQuestion]]:
    """Look once into the history of a channel or thread for the answers to questions, and what was passed on."""
    wanted = set(questions)
    found: dict[int, tuple[SentMessage, AskedQuestion]] = {}
    after = discord.Object(min(questions))
    history = client.get_partial_messageable(place).history(
        after=after, limit=_LOOKED_AT, oldest_first=True
    )
    try:
        async for message in history:
            # In a thread that was begun at the question, the answer is what replies to nothing.
            question = message.reference.message_id if message.reference else place
            is_answer = message.author == client.user and message.type in _SAID
            if is_answer and question is not None and question in wanted:
                wanted.add(message.id)
                before = read_before(message)
                turn = Turn(before, before, ()) if before else None
                found.setdefault(
                    question,
                    (
                        SentMessage(place, message.id),
                        AskedQuestion(read_question(message), before=turn),
                    ),
                )
    except discord.HTTPException:
        return {}
    return found
