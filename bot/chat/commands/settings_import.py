"""The settings of a server are read from a file: shown what that would change, then applied.

In: a file that was put into a window. Out: a card with each change, or with what is wrong with the
file and where. What is not in the file is set no more.
"""

import asyncio
import time
from collections.abc import Collection
from functools import partial

import discord

from bot.articles.folder import FolderLimits
from bot.articles.model import Problem
from bot.chat.change_log import tell_settings
from bot.chat.commands.channel_settings import fail_to_keep, refuse
from bot.chat.commands.uploads import fetch, read_uploads
from bot.chat.dispatcher import Dispatcher
from bot.chat.kept_settings import find_place
from bot.chat.reply import Reply, Response, Update, UploadModal
from bot.chat.settings_file import GuildIds, read_settings, write_settings
from bot.chat.state.prepared_changes import PreparedSettings
from bot.chat.ui.layout import Card
from bot.chat.ui.proposal_cards import make_refused_files_card
from bot.chat.ui.setting_cards import LOG_CHANNELS, make_import_card
from bot.records.model import RecordsError
from bot.texts import channel_settings as texts
from bot.texts import replies


def write_yaml(dispatcher: Dispatcher, guild: discord.Guild) -> bytes:
    """Write what is set on a server, but for channels that are gone."""
    there = {channel.id for channel in guild.channels}
    own = dispatcher.channel_settings.list_own(guild.id)
    stored = {place: one for place, one in own.items() if not place or place in there}
    return write_settings(guild.id, stored).encode("utf-8", "replace")


async def open_import(dispatcher: Dispatcher, interaction: discord.Interaction) -> Response:
    """Open the window that takes the file, for those who may set something."""
    refusal = await refuse(dispatcher, interaction)
    if refusal is not None:
        return refusal
    label = texts.IMPORT_LABEL(), texts.IMPORT_DESCRIPTION()
    return UploadModal(texts.IMPORT(), "settings_import", label, 1)


async def propose_import(dispatcher: Dispatcher, interaction: discord.Interaction) -> Reply:
    """Show what a file would change."""
    refusal = await refuse(dispatcher, interaction)
    uploads, guild = read_uploads(interaction), interaction.guild
    if refusal is not None or guild is None or not uploads:
        return refusal or Reply(replies.OLD_BUTTON(), is_private=True)
    content = await fetch(interaction.client, uploads[0], FolderLimits())
    if isinstance(content, Problem):
        return await _refuse_file([content])
    read = partial(read_settings, uploads[0].name, content, _list_ids(guild))
    stored, problems = await asyncio.to_thread(read)
    if problems:
        return await _refuse_file(problems)
    kept = dispatcher.channel_settings
    places = [place for channel in guild.channels if (place := find_place(channel)) is not None]
    changes = kept.compare(guild.id, stored, places)
    if not changes:
        return Reply(texts.NOTHING_OTHERWISE(), is_private=True)
    before = kept.list_own(guild.id)
    prepared = PreparedSettings(changes, before, interaction.user.id, guild.id)
    key = dispatcher.prepared_settings.add(prepared, time.monotonic())
    card = await asyncio.to_thread(make_import_card, changes, key)
    return Reply(card=card, is_private=True)


async def _refuse_file(problems: Collection[Problem]) -> Reply:
    card = await asyncio.to_thread(make_refused_files_card, list(problems))
    return Reply(card=card, is_private=True)


def _list_ids(guild: discord.Guild) -> GuildIds:
    return GuildIds(
        channels={channel.id for channel in guild.channels},
        log_channels={channel.id for channel in guild.channels if channel.type in LOG_CHANNELS},
        roles={role.id for role in guild.roles},
    )


async def apply_import(
    dispatcher: Dispatcher, interaction: discord.Interaction, key: str
) -> Response:
    """Set what a preview shows, and tell of it, unless something else was set meanwhile."""
    refusal = await refuse(dispatcher, interaction)
    if refusal is not None:
        return refusal
    kept, guild_id = dispatcher.channel_settings, interaction.guild_id or 0
    prepared = dispatcher.prepared_settings.find(key, interaction.user.id, time.monotonic())
    if prepared is None or prepared.guild_id != guild_id:
        return Reply(texts.IMPORT_OUTDATED(), is_private=True)
    log_before = kept.find_log_channel(guild_id)
    try:
        is_set = await kept.change_all(guild_id, prepared.before, prepared.changes)
    except RecordsError as error:
        return fail_to_keep(error)
    if not is_set:
        return Reply(texts.IMPORT_OUTDATED(), is_private=True)
    dispatcher.prepared_settings.remove(key)
    await tell_settings(interaction, dispatcher, prepared.changes, log_before)
    return Update(Card([texts.IMPORTED(len(prepared.changes))]))
