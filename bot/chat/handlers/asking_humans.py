"""The button *Ask a human*: a question that the articles do not answer is passed on to a role."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

import discord

from bot.answers.answerer import Answerer
from bot.answers.model import Quote
from bot.chat import delivery
from bot.chat.commands.questions import find_human_role
from bot.chat.commands.turn_reader import read_turn
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.actions import USER_ID, ActionContext, ActionTable, private
from bot.chat.reply import Reply, Response, Update
from bot.chat.state.answer_links import SentMessage
from bot.chat.state.discord_time import DISCORD_TIME
from bot.chat.ui.answer_cards import make_human_card
from bot.chat.ui.card_reader import (
    read_before,
    read_language,
    read_question,
    read_texts,
    remake_card,
)
from bot.chat.ui.components import make_row, remake_buttons, split_id
from bot.chat.ui.layout import Card
from bot.texts import cards, notices, replies
from bot.texts.languages import speaking

ACTIONS = ActionTable()

# So many of the nearest passages are passed on with a question.
_MOST_QUOTES = 2
# So long the card waits for the message to the role: then it is taken to be on its way.
_PATIENCE_S = 1.5


@ACTIONS.action("human", asker_id=USER_ID)
async def ask_humans(context: ActionContext) -> Response:
    """Ask the members of the configured role, once a question, with the nearest passages."""
    dispatcher = context.dispatcher
    interaction = context.interaction
    message = context.message
    channel = interaction.channel
    held = dispatcher.channel_settings.find(channel).values
    role = find_human_role(dispatcher, interaction.guild, held)
    if role is None or message is None or not isinstance(channel, discord.abc.Messageable):
        return private(replies.NO_HUMANS())
    if held.is_silent:
        return private(notices.NOT_SHARED_HERE())
    if context.user_id != int(context.arguments["asker_id"]):
        return private(replies.ONLY_ASKER_CAN_PASS_ON())
    # Before it counts: where too much waits, nobody is asked.
    card = await dispatcher.admission.work.run(partial(_make_card, context, message, role.id))
    # Where Discord tells that the press failed, nobody is asked either.
    deferral = await dispatcher.interactions.defer(interaction, is_private=True)
    if not deferral.is_certain:
        return private(replies.NOT_PASSED_ON())
    refusal = await dispatcher.admission.refuse_human(context.user_id, role.guild.id)
    if refusal is not None:
        again_at = DISCORD_TIME.second_after(refusal.wait_s)
        return private(replies.HUMANS_ASKED_BEFORE(again_at=again_at))
    reply = Reply(card=card, pings=role.id)
    passing_on = dispatcher.in_flight.start(_pass_on(dispatcher, channel, reply, message))
    done, _ = await asyncio.wait([passing_on], timeout=_PATIENCE_S)
    if not done:
        # It is tried again, and stands there once in the end, or the card is taken back.
        dispatcher.in_flight.start(_take_back_unless(passing_on, context, message, role.guild.id))
    elif not passing_on.result():
        await dispatcher.admission.refund_human(context.user_id, role.guild.id)
        return private(replies.NOT_PASSED_ON())
    is_pinged = role.mentionable or interaction.app_permissions.mention_everyone
    return Update(_make_passed_on_card(message, role.id, is_pinged=is_pinged))


async def _take_back_unless(
    passing_on: "asyncio.Task[bool]",
    context: ActionContext,
    message: discord.Message,
    guild_id: int,
) -> None:
    """Say so where a question did not reach the humans after all, who can be asked again then.

    The card says by now that it was passed on; its button is given back.
    """
    if await passing_on:
        return
    await context.dispatcher.admission.refund_human(context.user_id, guild_id)
    card = remake_card(message, read_texts(message), make_row(*remake_buttons(message)))
    changed = delivery.Deferral(is_thinking=False, is_private=True, is_certain=True)
    await delivery.respond(context.interaction, Update(card), changed)
    await delivery.respond(context.interaction, private(replies.NOT_PASSED_ON()), changed)


async def _pass_on(
    dispatcher: Dispatcher,
    channel: discord.abc.Messageable,
    reply: Reply,
    refusal: discord.Message,
) -> bool:
    """Write to the role, and say whether that succeeded.

    The message is remembered, as it goes when the ``refusal`` goes.
    """
    reference = None
    if not refusal.flags.ephemeral:
        reference = refusal.to_reference(fail_if_not_exists=False)
    async with dispatcher.answer_links.lock(refusal.id):
        sent = await delivery.announce(channel, reply, str(refusal.id), reference)
        if sent is None:
            return False
        link = SentMessage(sent.channel.id, sent.id)
        dispatcher.answer_links.remember(refusal.id, link, reply.asked, time.monotonic())
    return True


def _make_card(context: ActionContext, message: discord.Message, role_id: int) -> Card:
    """Make the card for all to see; so it quotes what all there may read."""
    question = read_question(message)
    before = read_before(message)
    quotes = _find_nearest(context.view_for_all.answerer, message, question, before)
    has_links = context.dispatcher.settings.links
    user_id = context.user_id
    return make_human_card(role_id, user_id, question, before, quotes, has_links=has_links)


def _find_nearest(
    answerer: Answerer, message: discord.Message, question: str, before: str
) -> Sequence[Quote]:
    """Quote the passages that are nearest to a question that was refused."""
    turn = read_turn(answerer, message) if before else None
    answer = answerer.answer(question, before=turn)
    quotes = []
    for passage_id in answer.passages[:_MOST_QUOTES]:
        quote = answerer.quote(question, passage_id, before)
        if quote is not None:
            quotes.append(quote)
    return quotes


def _make_passed_on_card(message: discord.Message, role_id: int, *, is_pinged: bool) -> Card:
    """Make a refusal's card say that it was passed on, without the button that did it."""
    asked, *rest = read_texts(message)
    passed_on = cards.PASSED_ON if is_pinged else cards.PASSED_ON_SILENTLY
    buttons = [one for one in remake_buttons(message) if split_id(one.custom_id)[0] != "human"]
    with speaking(read_language(message)):
        texts = [asked, passed_on(role_id=role_id), *rest]
        return remake_card(message, texts, make_row(*buttons))
