"""The buttons that open a member's direct messages for a server, and close them again."""

from bot.chat.handlers.actions import ActionContext, ActionTable, private
from bot.chat.reply import Response
from bot.texts import servers as texts

ACTIONS = ActionTable()


@ACTIONS.action("direct")
async def open_direct_messages(context: ActionContext) -> Response:
    """Let the member's direct messages be about this server."""
    guild_id = context.interaction.guild_id
    if guild_id is None or not context.interaction.is_guild_integration():
        return private(texts.ONLY_IN_SERVERS())
    context.dispatcher.direct_readers.open(context.user_id, guild_id)
    return private(texts.DIRECT_OPENED())


@ACTIONS.action("direct_off")
async def close_direct_messages(context: ActionContext) -> Response:
    """Let the member's direct messages be about no server."""
    context.dispatcher.direct_readers.close(context.user_id)
    return private(texts.DIRECT_CLOSED())
