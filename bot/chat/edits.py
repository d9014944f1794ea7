"""What becomes of an answer when its question is edited or deleted.

A question that is edited within two minutes has its answer edited; one that is deleted takes its answer with it. The
events come raw: neither message need be cached. Which message answers which is known from memory, or, where the
question is from before the program started, from the channel's history.
"""

import time
from collections.abc import Iterable

import discord

from bot.answers.conversation import Turn
from bot.chat import delivery
from bot.chat.answer_cards import read_before, read_question
from bot.chat.answered import EDITABLE_S, Asked, Sent
from bot.chat.ask import Heard, answer_heard, answer_message, hear
from bot.chat.counter import Counter, make_response
from bot.chat.layout import Card
from bot.chat.reply import Reply

# A deleted question from before the start is looked for no further back than this.
_REMEMBERED_S = 3600.0
_LOOKED_AT = 50
# What the bot says itself; Discord also writes in its name that a thread was begun.
_SAID = (discord.MessageType.default, discord.MessageType.reply)


async def follow_edit(counter: Counter, client: discord.Client, message: discord.Message) -> None:
    """Answer an edited question anew, in the place of what was answered; or for the first time, if it was not meant."""
    if client.user is None or message.edited_at is None or counter.is_closing or _age_s(message.id) > EDITABLE_S:
        return
    heard = hear(counter, client.user, message)
    if heard is None and (not message.content or not counter.answered.is_known(message.id)):
        # Without the intent, what no longer mentions the bot can't be read: it is taken for a question no more.
        await follow_deletion(counter, client, message.channel.id, [message.id] if not message.content else [])
        return
    async with counter.serving(), counter.answered.holding(message.id):
        found = await _find(counter, client, message.channel.id, message.id)
        if found is not None:
            await _answer_anew(counter, client, message, heard or Heard(message.content, message), found)
    if found is None and heard is not None and not counter.was_seen(message.id):
        await answer_message(counter, client.user, message)


async def _answer_anew(
    counter: Counter, client: discord.Client, message: discord.Message, heard: Heard, found: tuple[Sent, Asked]
) -> None:
    user, (sent, asked) = client.user, found
    if user is None or " ".join(heard.question.split()) == " ".join(asked.question.split()):
        return
    if counter.refuse_press(message.author.id, message.guild.id if message.guild else None) is not None:
        return

    async def handler() -> Reply:
        return await answer_heard(counter, user, message, heard, asked)

    reply: Reply = await make_response(handler, "answering an edit")
    counter.answered.remember(message.id, sent, reply.asked, time.monotonic())
    if reply.card is not None or reply.text:
        await delivery.edit(_partial(client, sent), reply.card or Card([reply.text]))
    else:
        await delivery.delete(_partial(client, sent))
    await counter.note(reply)


async def follow_deletion(counter: Counter, client: discord.Client, channel: int, questions: Iterable[int]) -> None:
    """Take away the answers to questions that are gone."""
    for question in questions:
        is_from_before = question < discord.utils.time_snowflake(counter.started_at)
        if counter.answered.is_known(question) or (is_from_before and _age_s(question) < _REMEMBERED_S):
            async with counter.serving(), counter.answered.holding(question):
                if (found := await _find(counter, client, channel, question)) is not None:
                    counter.answered.drop(question)
                    await delivery.delete(_partial(client, found[0]))


def _age_s(message: int) -> float:
    return (discord.utils.utcnow() - discord.utils.snowflake_time(message)).total_seconds()


def _partial(client: discord.Client, sent: Sent) -> discord.PartialMessage:
    return client.get_partial_messageable(sent.channel).get_partial_message(sent.message)


async def _find(counter: Counter, client: discord.Client, channel: int, question: int) -> tuple[Sent, Asked] | None:
    """Find the answer to a question, and what was asked; in the history only what is from before the start."""
    if (known := counter.answered.find(question)) is not None:
        return known, counter.answered.recall(question) or Asked()
    if question >= discord.utils.time_snowflake(counter.started_at):
        return None
    async with counter.answered.looking:
        # A thread that was begun at the question has the question's id.
        for place in (channel, question) if client.get_channel(question) else (channel,):
            try:
                after = discord.Object(question)
                async for message in client.get_partial_messageable(place).history(
                    after=after, limit=_LOOKED_AT, oldest_first=True
                ):
                    # In a thread that was begun at the question, the answer is what replies to nothing.
                    answers = message.reference.message_id if message.reference else place
                    if message.author == client.user and message.type in _SAID and answers == question:
                        before = read_before(message)
                        turn = Turn(before, before, ()) if before else None
                        return Sent(place, message.id), Asked(read_question(message), before=turn)
            except discord.HTTPException:
                continue
    return None
