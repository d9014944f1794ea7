"""What makes a change of the articles that was shown, gives it up, or goes back.

Who may is checked on every press.
"""

from functools import partial

import discord

from bot.chat.commands.article_changes import make_prepared, show_history
from bot.chat.commands.desks import Desk, DeskCommand, if_desk_is_ones_own, if_desk_is_open
from bot.chat.commands.editing import open_body, open_fields, propose_rollback, propose_upload
from bot.chat.commands.text_windows import propose_body, propose_fields
from bot.chat.handlers.actions import ID, NUMBER, SHA, ActionContext, ActionTable
from bot.chat.handlers.windows import Opener, keep_typed, open_again
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.layout import Card
from bot.texts import editing as texts

ACTIONS = ActionTable()


@ACTIONS.action("upload", is_of_command=True)
async def receive_files(context: ActionContext) -> Response:
    """Show what the files that were put into the window would change."""
    return await if_desk_is_ones_own(context.interaction, context.dispatcher, propose_upload)


@ACTIONS.action("edit_fields", is_of_command=True, opens_modal=True, article=ID, version=SHA)
async def edit_fields(context: ActionContext) -> Response:
    """Show what another header of an article would change, or open its window again."""
    id_, version = context.arguments["article"], context.arguments["version"]
    propose = partial(propose_fields, id_, version, context.press.values)
    open_window = partial(open_fields, id_, context.interaction, context.dispatcher)
    return await _edit(context, propose, open_window)


@ACTIONS.action("edit_body", is_of_command=True, opens_modal=True, section=ID, version=SHA)
async def edit_body(context: ActionContext) -> Response:
    """Show what another text of a section would change, or open its window again."""
    id_, version = context.arguments["section"], context.arguments["version"]
    propose = partial(propose_body, id_, version, context.press.values)
    open_window = partial(open_body, id_, context.interaction, context.dispatcher)
    return await _edit(context, propose, open_window)


async def _edit(context: ActionContext, propose: DeskCommand, open_window: Opener) -> Response:
    if not context.is_modal:
        return await open_again(context, open_window)
    reply = await if_desk_is_ones_own(context.interaction, context.dispatcher, propose)
    return await keep_typed(context, reply, open_window)


@ACTIONS.action("put_in", key=ID)
async def put_in(context: ActionContext) -> Response:
    """Make the change that the card shows."""
    key = context.arguments["key"]
    return await _update(context, partial(make_prepared, key))


@ACTIONS.action("discard", key=ID)
async def discard(context: ActionContext) -> Response:
    """Give up the change that the card shows."""
    context.dispatcher.prepared_changes.remove(context.arguments["key"])
    context.dispatcher.prepared_settings.remove(context.arguments["key"])
    return Update(Card([texts.DISCARDED()]))


@ACTIONS.action("roll_back", version=NUMBER)
async def show_rollback(context: ActionContext) -> Response:
    """Show what going back to a version would change."""
    version = int(context.arguments["version"])
    propose = partial(propose_rollback, version)
    return await if_desk_is_ones_own(context.interaction, context.dispatcher, propose)


@ACTIONS.action("history", page=NUMBER)
async def turn_history(context: ActionContext) -> Response:
    """Turn to another page of the history."""
    page = int(context.arguments["page"])

    async def show(_: discord.Interaction, desk: Desk) -> Reply:
        return await show_history(desk, page)

    reply = await if_desk_is_open(context.interaction, context.dispatcher, show)
    return reply if reply.card is None else Update(reply.card)


async def _update(context: ActionContext, command: DeskCommand) -> Response:
    """Carry out a command of editors; its card takes the place of the one that was pressed."""
    reply = await if_desk_is_ones_own(context.interaction, context.dispatcher, command)
    return reply if reply.card is None else Update(reply.card)
