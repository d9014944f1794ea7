"""The button that serves a folder all the same which has far less than what is served."""

import discord

from bot.chat.commands.desks import Desk, if_desk_is_open
from bot.chat.commands.reloads import reload_articles
from bot.chat.handlers.actions import ID, ActionContext, ActionTable
from bot.chat.reply import Reply, Response, Update

ACTIONS = ActionTable()


@ACTIONS.action("reload", confirmation=ID)
async def confirm_reload(context: ActionContext) -> Response:
    """Reload, for those who may: that is checked on every press.

    What was confirmed is what the card told of. If the folder has changed since, the new card asks
    again. A card in a log channel is read by others, too.
    """
    confirmation = context.arguments["confirmation"]
    is_for_all = context.message is None or not context.message.flags.ephemeral

    async def reload(interaction: discord.Interaction, desk: Desk) -> Reply:
        return await reload_articles(interaction, desk, confirmation, is_for_all=is_for_all)

    reply = await if_desk_is_open(context.interaction, context.dispatcher, reload)
    return reply if reply.card is None else Update(reply.card)
