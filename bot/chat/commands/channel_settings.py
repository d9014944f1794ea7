"""/kb channel and /kb settings: how the bot answers in a channel, and on a server.

In: who uses them where. Out: a panel that its user alone sees. Those who may manage the server may
set what holds there, and so may those who change the articles.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import discord
from discord import app_commands

from bot.answers.names import list_names
from bot.chat import failures
from bot.chat.barred_channels import find_missing, find_missing_for_threads, name_permissions
from bot.chat.channel_settings import (
    MOST_ARTICLES,
    SERVER,
    SERVER_ONLY,
    ChannelSettings,
    Effective,
    PlaceIds,
    SettingChange,
)
from bot.chat.commands.localisation import localise
from bot.chat.commands.permissions import may_set
from bot.chat.commands.questions import find_human_role
from bot.chat.dispatcher import Dispatcher
from bot.chat.kept_settings import Choose, find_place
from bot.chat.reply import Reply
from bot.chat.ui.layout import PLAIN, fit, fit_name
from bot.chat.ui.setting_cards import MOST_NAMES, Panel, make_panel_card
from bot.records.model import RecordsError
from bot.texts import channel_settings as texts
from bot.texts import replies

# What can be named: a channel or a category; a thread takes its channel's.
_Named = app_commands.AppCommandChannel


def add_channel_settings(group: app_commands.Group, dispatcher: Dispatcher) -> None:
    """Add /kb channel and /kb settings."""

    @group.command(name="channel", description=localise(texts.CHANNEL_COMMAND))
    @app_commands.describe(channel=localise(texts.CHANNEL_OPTION))
    async def channel_settings(
        interaction: discord.Interaction, channel: _Named | None = None
    ) -> None:
        handler = partial(_show_channel, dispatcher, interaction, channel)
        await dispatcher.serve_interaction(interaction, handler)

    @group.command(name="settings", description=localise(texts.SETTINGS_COMMAND))
    async def server_settings(interaction: discord.Interaction) -> None:
        handler = partial(_show_panel, dispatcher, interaction, SERVER)
        await dispatcher.serve_interaction(interaction, handler)


async def _show_channel(
    dispatcher: Dispatcher, interaction: discord.Interaction, channel: _Named | None
) -> Reply:
    place = find_place(interaction.channel)
    channel_id = place.channel_id if place is not None and channel is None else SERVER
    return await _show_panel(dispatcher, interaction, channel.id if channel else channel_id)


async def _show_panel(
    dispatcher: Dispatcher, interaction: discord.Interaction, channel_id: int
) -> Reply:
    refusal = await refuse(dispatcher, interaction)
    # What was chosen of a server's own articles may be gone.
    await dispatcher.loading.wait(interaction.guild_id or 0)
    return refusal or make_panel(dispatcher, interaction, channel_id)


async def refuse(dispatcher: Dispatcher, interaction: discord.Interaction) -> Reply | None:
    """Refuse those who may not set anything, or where nothing can be kept; None: go on."""
    if not await may_set(interaction, dispatcher.settings):
        return Reply(texts.MANAGERS_ONLY(), is_private=True)
    if dispatcher.records is None:
        text = texts.NOT_KEPT(why=dispatcher.why_none)
        return Reply(fit(text, PLAIN), is_private=True)
    return None


def make_panel(
    dispatcher: Dispatcher, interaction: discord.Interaction, channel_id: int, saved: str = ""
) -> Reply:
    """Make the panel of a channel or a category, or with the id 0 of the server.

    ``saved`` is what was changed just now.
    """
    panel = find_panel(dispatcher, interaction, channel_id)
    if isinstance(panel, Reply):
        return panel
    return Reply(card=make_panel_card(replace(panel, saved=saved)), is_private=True)


def find_panel(
    dispatcher: Dispatcher, interaction: discord.Interaction, channel_id: int
) -> Panel | Reply:
    """Find what the panel of a place shows; a reply where there is no such place."""
    guild = interaction.guild
    if guild is None:
        return Reply(texts.MANAGERS_ONLY(), is_private=True)
    channel = guild.get_channel(channel_id)
    place = PlaceIds(guild.id) if channel_id == SERVER else find_place(channel)
    if place is None:
        return Reply(texts.CHANNEL_GONE(), is_private=True)
    kept = dispatcher.channel_settings
    held = kept.find_at(place)
    return Panel(
        place,
        channel.name if channel is not None else guild.name,
        isinstance(channel, discord.CategoryChannel),
        _fill_in(dispatcher, guild, held),
        kept.find_upper(place),
        tuple(_list_warnings(dispatcher, interaction, channel, held.values)),
    )


def _fill_in(dispatcher: Dispatcher, guild: discord.Guild, held: Effective) -> Effective:
    """Show the role and the channel of the file of settings where this server has them."""
    role = find_human_role(dispatcher, guild, held.values)
    values = replace(held.values, human_role=role.id if role is not None else 0)
    log_channel = dispatcher.settings.log_channel
    if not values.log_channel and guild.get_channel_or_thread(log_channel) is not None:
        values = replace(values, log_channel=log_channel)
    return replace(held, values=values)


def _list_warnings(
    dispatcher: Dispatcher,
    interaction: discord.Interaction,
    channel: discord.abc.GuildChannel | None,
    held: ChannelSettings,
) -> Iterator[str]:
    """Say what has no effect, why, and who can mend it."""
    if held.is_silent:
        yield texts.SILENT()
    if held.answers == "questions" and not dispatcher.settings.message_content:
        yield texts.NEEDS_CONTENT()
    missing = find_missing(channel)
    if missing and not isinstance(channel, discord.CategoryChannel):
        yield texts.LACKS(permissions=name_permissions(missing), effect=texts.CANNOT_WRITE())
    elif held.place == "thread" and isinstance(channel, discord.TextChannel):
        missing = find_missing_for_threads(channel)
        if missing:
            yield texts.LACKS(permissions=name_permissions(missing), effect=texts.NO_THREADS())
    guild = interaction.guild
    if guild is None:
        return
    yield from warn_of_gone(dispatcher, guild.id, held)
    log_channel = guild.get_channel_or_thread(held.log_channel)
    missing = find_missing(log_channel)
    if channel is None and log_channel is not None and missing:
        permissions = name_permissions(missing)
        yield texts.LOG_CANNOT_WRITE(channel_id=held.log_channel, permissions=permissions)
    role = guild.get_role(held.human_role)
    may_ping_all = interaction.app_permissions.mention_everyone
    if role is not None and not role.mentionable and not may_ping_all:
        yield texts.ROLE_SILENT(id=role.id)


def warn_of_gone(dispatcher: Dispatcher, guild_id: int, held: ChannelSettings) -> Iterator[str]:
    """Say which files and folders were chosen that are not there any more."""
    gone = dispatcher.bases.find_gone(guild_id, held.articles)
    if gone:
        yield texts.ARTICLES_GONE(names=list_names(map(fit_name, gone), MOST_NAMES))


async def change(
    dispatcher: Dispatcher,
    interaction: discord.Interaction,
    channel_id: int,
    key: str,
    choose: Choose,
) -> tuple[Reply, SettingChange | None]:
    """Set what is chosen for a channel or the server, where it can be set.

    Give the panel after that, and what has changed; None where nothing could be set.
    """
    panel = find_panel(dispatcher, interaction, channel_id)
    if isinstance(panel, Reply):
        return panel, None
    if channel_id != SERVER and key in SERVER_ONLY:
        return Reply(replies.OLD_BUTTON(), is_private=True), None
    try:
        changed = await dispatcher.channel_settings.change(panel.place, key, choose)
    except RecordsError as error:
        return fail_to_keep(error), None
    if changed is None:
        # A menu offers nothing else that a setting does not take.
        return Reply(texts.TOO_MANY_CHOSEN(most=MOST_ARTICLES), is_private=True), None
    return make_panel(dispatcher, interaction, channel_id, key), changed


def fail_to_keep(error: RecordsError) -> Reply:
    """Say that something could not be set, and why."""
    incident = failures.record_records_error(error)
    text = replies.RECORDS_UNREADABLE(what=error.what, hint=error.hint, incident=incident)
    return Reply(fit(text, PLAIN), is_private=True)
