"""The buttons that turn the pages of the unanswered questions."""

import discord

from bot.chat.commands.permissions import if_allowed
from bot.chat.commands.unanswered_pages import from_records, list_unanswered
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.actions import NUMBER, ActionContext, ActionTable
from bot.chat.reply import Reply, Response, Update

ACTIONS = ActionTable()


@ACTIONS.action("unanswered", page=NUMBER)
async def turn_unanswered(context: ActionContext) -> Response:
    """Turn to another page, for those who may still see it: that is checked on every press."""
    page = int(context.arguments["page"])

    async def show(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
        return await from_records(
            dispatcher, lambda records: list_unanswered(dispatcher, records, page)
        )

    reply = await if_allowed(context.interaction, context.dispatcher, show)
    return reply if reply.card is None else Update(reply.card)
