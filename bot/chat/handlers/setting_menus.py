"""Menus and buttons of the panels of settings: who chooses has it saved at once, and told."""

from bot.chat.change_log import tell_settings
from bot.chat.channel_settings import KEYS, Value, read_value
from bot.chat.commands.channel_settings import change, make_panel, refuse
from bot.chat.commands.settings_import import (
    apply_import,
    open_import,
    propose_import,
    write_yaml,
)
from bot.chat.handlers.actions import ID, USER_ID, ActionContext, ActionTable, private
from bot.chat.kept_settings import Choose
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.setting_cards import UNSET
from bot.texts import channel_settings as texts
from bot.texts import replies

ACTIONS = ActionTable()

_KEY = "|".join(KEYS)


@ACTIONS.action("set", channel=USER_ID, key=_KEY, is_menu=True)
async def choose(context: ActionContext) -> Response:
    """Set what was chosen."""
    key, chosen = context.arguments["key"], context.chosen
    value = read_value(key, chosen)
    if value is None and chosen != UNSET:
        return private(replies.OLD_BUTTON())
    return await _save(context, value)


@ACTIONS.action("unset", channel=USER_ID, key=_KEY)
async def unset(context: ActionContext) -> Response:
    """Set nothing any more."""
    return await _save(context, None)


@ACTIONS.action("settings_panel", channel=USER_ID)
async def show(context: ActionContext) -> Response:
    """Show the panel of a channel in the place of what was chosen for it."""
    dispatcher, interaction = context.dispatcher, context.interaction
    refusal = await refuse(dispatcher, interaction)
    reply = refusal or make_panel(dispatcher, interaction, int(context.arguments["channel"]))
    return reply if reply.card is None else Update(reply.card)


async def _save(context: ActionContext, value: Value | None) -> Response:
    channel_id, key = int(context.arguments["channel"]), context.arguments["key"]
    return await save(context, channel_id, key, lambda _: value)


async def save(context: ActionContext, channel_id: int, key: str, choose: Choose) -> Response:
    """Set what is chosen, and tell of it.

    Give the panel after that, or what is said in its place.
    """
    dispatcher, interaction = context.dispatcher, context.interaction
    refusal = await refuse(dispatcher, interaction)
    if refusal is not None:
        return refusal
    log_before = dispatcher.channel_settings.find_log_channel(interaction.guild_id or 0)
    reply, changed = await change(dispatcher, interaction, channel_id, key, choose)
    if reply.card is None:
        return reply
    if changed is not None and changed.before != changed.after:
        await tell_settings(interaction, dispatcher, [changed], log_before)
    return Update(reply.card)


@ACTIONS.action("settings_yaml")
async def export(context: ActionContext) -> Response:
    """Give what is set on the server as a file."""
    refusal = await refuse(context.dispatcher, context.interaction)
    guild = context.interaction.guild
    if refusal is not None or guild is None:
        return refusal or private(replies.OLD_BUTTON())
    content = write_yaml(context.dispatcher, guild)
    return Reply(texts.EXPORTED(), is_private=True, files=(("settings.yaml", content),))


@ACTIONS.action("settings_import", opens_modal=True, is_editing=True)
async def receive(context: ActionContext) -> Response:
    """Open the window that takes a file of settings; show what the file in it would change."""
    if not context.is_modal:
        return await open_import(context.dispatcher, context.interaction)
    return await propose_import(context.dispatcher, context.interaction)


@ACTIONS.action("settings_apply", key=ID)
async def apply(context: ActionContext) -> Response:
    """Set what a file of settings would change."""
    return await apply_import(context.dispatcher, context.interaction, context.arguments["key"])
