"""What keeps a member's answer: the editor's window, and the presses of who wrote it."""

import asyncio
from functools import partial

from bot.chat.commands.desks import find_desk_here, if_desk_is_ones_own
from bot.chat.commands.kept_answers import ask_author, keep_answer, take_answer_back
from bot.chat.handlers.actions import USER_ID, ActionContext, ActionTable, private
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.card_reader import read_language
from bot.chat.ui.kept_cards import make_closed_card, make_kept_card, read_kept
from bot.texts import kept_answers as texts
from bot.texts import replies
from bot.texts.languages import speaking

ACTIONS = ActionTable()


@ACTIONS.action("keep", message=USER_ID, author=USER_ID, is_of_command=True)
async def receive_answer(context: ActionContext) -> Response:
    """Ask the author of an answer whether it may be kept."""
    question, answer = context.press.values
    ask = partial(ask_author, *_read_ids(context), (question, answer))
    return await if_desk_is_ones_own(context.interaction, context.dispatcher, ask)


@ACTIONS.action("keep_yes", message=USER_ID, author=USER_ID)
async def agree(context: ActionContext) -> Response:
    """Keep an answer, if its author says so."""
    message_id, author_id = _read_ids(context)
    message, kept = context.message, read_kept(context.message)
    if context.user_id != author_id:
        return private(texts.ONLY_AUTHOR())
    if message is None or not kept[0]:
        return private(replies.OLD_BUTTON())
    desk = await find_desk_here(context.interaction, context.dispatcher)
    if isinstance(desk, Reply):
        return desk
    reply = await keep_answer(context.interaction, desk, kept, _make_link(context))
    if reply.text:
        return reply
    with speaking(read_language(message)):
        card = await asyncio.to_thread(make_kept_card, message, message_id, author_id)
    return Update(card)


@ACTIONS.action("keep_no", message=USER_ID, author=USER_ID)
async def decline(context: ActionContext) -> Response:
    """Keep nothing, if the author says so."""
    if context.user_id != _read_ids(context)[1]:
        return private(texts.ONLY_AUTHOR())
    with speaking(read_language(context.message)):
        return Update(await asyncio.to_thread(make_closed_card, texts.DECLINED()))


@ACTIONS.action("keep_back", message=USER_ID, author=USER_ID)
async def take_back(context: ActionContext) -> Response:
    """Take a kept answer out again, if its author says so."""
    if context.user_id != _read_ids(context)[1]:
        return private(texts.ONLY_AUTHOR())
    desk = await find_desk_here(context.interaction, context.dispatcher)
    if isinstance(desk, Reply):
        return desk
    reply = await take_answer_back(context.interaction, desk, _make_link(context))
    if reply.text:
        return reply
    with speaking(read_language(context.message)):
        return Update(await asyncio.to_thread(make_closed_card, texts.TAKEN_BACK()))


def _read_ids(context: ActionContext) -> tuple[int, int]:
    """Give the id of the answer's message, and that of its author."""
    return int(context.arguments["message"]), int(context.arguments["author"])


def _make_link(context: ActionContext) -> str:
    interaction = context.interaction
    place = f"{interaction.guild_id}/{interaction.channel_id}/{_read_ids(context)[0]}"
    return f"https://discord.com/channels/{place}"
