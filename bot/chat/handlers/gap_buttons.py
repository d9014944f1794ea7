"""What turns the pages of gaps, shows one, and closes it. Who may is checked on every press."""

from collections.abc import Awaitable, Callable
from functools import partial

import discord

from bot.chat.commands.desks import Desk, DeskCommand, if_desk_is_ones_own, if_desk_is_open
from bot.chat.commands.editing import refuse_window
from bot.chat.commands.gaps import (
    from_records,
    list_gaps,
    list_out_of_scope,
    make_link_window,
    make_synonym_window,
    make_write_window,
    propose_link,
    propose_synonym,
    propose_text,
    put_into_scope,
    put_out_of_scope,
    show_gap,
)
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.actions import ID, NUMBER, OPTIONAL_ID, ActionContext, ActionTable
from bot.chat.handlers.windows import keep_typed, open_again
from bot.chat.reply import Reply, Response, TextModal, Update
from bot.chat.ui.card_reader import read_question
from bot.records.store import Records

ACTIONS = ActionTable()


@ACTIONS.action("gaps", page=NUMBER)
async def turn_gaps(context: ActionContext) -> Response:
    """Turn to a page of the gaps."""
    page = int(context.arguments["page"])
    return await _update(context, lambda desk, records: list_gaps(desk, records, page))


@ACTIONS.action("gap", gap=ID)
async def open_gap(context: ActionContext) -> Response:
    """Show one gap, and what closes it."""
    return await _update(context, partial(show_gap, context.arguments["gap"]))


@ACTIONS.action("gaps_out", page=NUMBER)
async def turn_out_of_scope(context: ActionContext) -> Response:
    """Turn to a page of what is out of scope."""
    return await _update(context, partial(list_out_of_scope, int(context.arguments["page"])))


@ACTIONS.action("gap_out", gap=ID)
async def put_out(context: ActionContext) -> Response:
    """Let the questions of a gap be no gap any more."""
    return await _update(
        context,
        partial(put_out_of_scope, context.arguments["gap"], context.interaction),
        if_desk_is_ones_own,
    )


@ACTIONS.action("gap_in", gap=ID)
async def put_in(context: ActionContext) -> Response:
    """Let the questions of a gap be one again."""
    return await _update(
        context,
        partial(put_into_scope, context.arguments["gap"], context.interaction),
        if_desk_is_ones_own,
    )


@ACTIONS.action("gap_means", gap=ID, opens_modal=True, is_editing=True)
async def say_what_it_means(context: ActionContext) -> Response:
    """Ask for two words that mean the same, or show what that would change."""
    question = read_question(context.message)
    propose = partial(propose_synonym, question, context.press.values)
    window_id = context.press.custom_id

    async def make_window(desk: Desk) -> TextModal:
        return await make_synonym_window(desk, window_id, question)

    return await _serve_window(context, propose, make_window)


@ACTIONS.action("gap_link", gap=ID, nearest=OPTIONAL_ID, opens_modal=True, is_editing=True)
async def link(context: ActionContext) -> Response:
    """Ask which section answers the questions of a gap, or show what that would change."""
    propose = partial(propose_link, context.arguments["gap"], context.press.values)
    window_id, nearest = context.press.custom_id, context.arguments["nearest"]

    async def make_window(desk: Desk) -> TextModal:
        return make_link_window(desk, window_id, nearest)

    return await _serve_window(context, propose, make_window)


@ACTIONS.action("gap_write", gap=ID, nearest=OPTIONAL_ID, opens_modal=True, is_editing=True)
async def write(context: ActionContext) -> Response:
    """Ask for a text that answers the questions of a gap, or show what it would change."""
    question = read_question(context.message)
    propose = partial(propose_text, question, context.press.values)
    window_id, nearest = context.press.custom_id, context.arguments["nearest"]

    async def make_window(desk: Desk) -> TextModal:
        return make_write_window(desk, window_id, nearest, question)

    return await _serve_window(context, propose, make_window)


async def _serve_window(
    context: ActionContext,
    propose: DeskCommand,
    make_window: Callable[[Desk], Awaitable[TextModal]],
) -> Response:
    """Open a window, for those who may, or show what would come of what was typed into it."""

    async def open_window() -> Response:
        desks: list[Desk] = []
        refusal = await refuse_window(context.interaction, context.dispatcher, desks.append)
        return refusal or await make_window(desks[0])

    if not context.is_modal:
        return await open_again(context, open_window)
    reply = await if_desk_is_ones_own(context.interaction, context.dispatcher, propose)
    return await keep_typed(context, reply, open_window)


async def _update(
    context: ActionContext,
    show: Callable[[Desk, Records], Awaitable[Reply]],
    check: Callable[
        [discord.Interaction, Dispatcher, DeskCommand], Awaitable[Reply]
    ] = if_desk_is_open,
) -> Response:
    """Show something of the records in place of the card that was pressed."""

    async def command(_: discord.Interaction, desk: Desk) -> Reply:
        return await from_records(desk, show)

    reply = await check(context.interaction, context.dispatcher, command)
    return reply if reply.card is None else Update(reply.card)
