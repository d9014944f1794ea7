"""/kb status: what is served and since when, and what of the settings does not work.

In: the dispatcher and what discord.py knows of the bot's guilds. Out: a card.
"""

import asyncio
import math
from collections.abc import Iterator, Sequence

import discord

from bot.chat.barred_channels import GuildPlace, find_missing, name_permissions
from bot.chat.channels import count_without_history
from bot.chat.commands.desks import Desk
from bot.chat.commands.questions import find_human_role
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import ServedState, make_status
from bot.settings import Settings
from bot.texts import cards, replies
from bot.texts.retelling import retell

# So many channels are named in which the bot may not write.
_MOST_BARRED = 3


async def show_status(interaction: discord.Interaction, desk: Desk) -> Reply:
    """Show what is served, and what of the settings does not work.

    Of the bot and its settings, a server's editors are told nothing.
    """
    dispatcher, served = desk.dispatcher, desk.base
    facts = []
    if not desk.guild_id:
        facts.append(_describe_run(interaction.client, dispatcher))
    facts += _describe_finding(desk)
    facts += _describe_kept(desk)
    if not desk.guild_id:
        facts += _describe_discord(interaction, dispatcher)
    has_changed = await asyncio.to_thread(served.has_changed)
    revisions = desk.editing.history.revisions
    state = ServedState(served.served_since, next(iter(revisions), None), has_changed=has_changed)
    card = await asyncio.to_thread(
        make_status, served.library, served.problems, facts, state, served.failed_reload
    )
    return Reply(card=card, is_private=True)


def _describe_finding(desk: Desk) -> Iterator[str]:
    """Tell of the index, and of meaning."""
    served = desk.base
    indexes = served.answerer.indexes
    languages = ", ".join(index.analyzer.language for index in indexes)
    yield replies.INDEXED(languages=languages)
    if served.why_unsaved:
        yield replies.INDEX_NOT_SAVED(reason=retell(served.why_unsaved))
    if served.embedding is not None:
        told = served.embedding.status.describe(sum(map(len, indexes)))
        yield from map(retell, told)
    bases = desk.dispatcher.bases
    is_in_common = not desk.guild_id or served.folder == bases.place_of(desk.guild_id)
    if desk.dispatcher.settings.watch != "off" and is_in_common:
        yield replies.WATCHED()


def _describe_kept(desk: Desk) -> Iterator[str]:
    """Tell what is not kept, and why."""
    if desk.dispatcher.why_none and not desk.guild_id:
        yield retell(desk.dispatcher.why_none)
    why_unkept = desk.base.why_unkept
    if why_unkept:
        yield cards.VERSIONS_NOT_KEPT(reason=retell(why_unkept))


def _describe_discord(interaction: discord.Interaction, dispatcher: Dispatcher) -> Iterator[str]:
    """Tell what the bot may not do in Discord, as far as it matters."""
    client, settings = interaction.client, dispatcher.settings
    without_history = count_without_history(client.guilds)
    if without_history:
        yield replies.NO_HISTORY(without_history)
    unknown = _find_unknown_ids(client, settings)
    # Of several processes, each knows the servers of its own shards.
    if unknown and not dispatcher.sharding.is_partial:
        yield replies.UNKNOWN_IDS(settings=", ".join(unknown))
    held = dispatcher.channel_settings.find(interaction.channel).values
    role = find_human_role(dispatcher, interaction.guild, held)
    may_ping_all = interaction.app_permissions.mention_everyone
    if role is not None and not role.mentionable and not may_ping_all:
        yield replies.ROLE_NOT_PINGED(role=role.name)
    barred = dispatcher.messages.barred_channels.list(interaction.guild)
    if barred:
        yield replies.BARRED(channels=_name_barred(barred))
    named = list(_find_barred(client, settings))
    if named:
        yield replies.BARRED_IN_SETTINGS(channels=_name_barred(named))


def _find_barred(
    client: discord.Client, settings: Settings
) -> Iterator[tuple[GuildPlace, tuple[str, ...]]]:
    """Find the channels of the settings where the bot may not write, with what it lacks."""
    named = [*settings.thread_channels, *settings.forum_channels, settings.log_channel]
    for channel in map(client.get_channel, dict.fromkeys(named)):
        missing = find_missing(channel)
        if missing and isinstance(channel, GuildPlace):
            yield channel, missing


def _describe_run(client: discord.Client, dispatcher: Dispatcher) -> str:
    """Say for how long the bot has been running, in how many guilds, and its latency."""
    running = discord.utils.utcnow() - dispatcher.started_at
    all_minutes = int(running.total_seconds()) // 60
    servers = replies.SERVERS(len(client.guilds))
    latency = ""
    # None is known before the first heartbeat was answered.
    if math.isfinite(client.latency):
        latency = replies.LATENCY(milliseconds=client.latency * 1000)
    duration = describe_minutes(all_minutes)
    shards = ""
    sharding = dispatcher.sharding
    if sharding.count > 1:
        shards = replies.SHARDS(ids=sharding.name_ids(), count=sharding.count)
    return replies.RUNNING(duration=duration, servers=servers, shards=shards, latency=latency)


def describe_minutes(all_minutes: int) -> str:
    """Tell how long something takes, in hours and minutes."""
    hours, minutes = divmod(all_minutes, 60)
    if hours:
        return replies.HOURS(hours=hours, minutes=minutes)
    return replies.MINUTES(minutes=minutes) if minutes else replies.LESS_THAN_A_MINUTE()


def _name_barred(barred: Sequence[tuple[GuildPlace, tuple[str, ...]]]) -> str:
    """Name channels where the bot may not write, the last few, each with what it lacks."""
    named = []
    for channel, missing in barred[-_MOST_BARRED:]:
        permissions = name_permissions(missing)
        named.append(replies.BARRED_CHANNEL(channel=channel.name, permissions=permissions))
    left_out = len(barred) - len(named)
    channels = ", ".join(named)
    if left_out:
        channels += cards.MORE_NAMES(count=left_out)
    return channels


def _find_unknown_ids(client: discord.Client, settings: Settings) -> list[str]:
    """Give the settings whose channel or role is in no guild of the bot, each with the id."""
    unknown = []
    channel_settings = {
        "thread_channels": settings.thread_channels,
        "forum_channels": settings.forum_channels,
        "log_channel": (settings.log_channel,) if settings.log_channel else (),
    }
    for name, channel_ids in channel_settings.items():
        unknown_ids = [one for one in channel_ids if client.get_channel(one) is None]
        unknown += [f"{name} {channel_id}" for channel_id in unknown_ids]
    known_roles = {role.id for guild in client.guilds for role in guild.roles}
    unknown_roles = [role_id for role_id in settings.human_roles if role_id not in known_roles]
    unknown += [f"human_roles {role_id}" for role_id in unknown_roles]
    return unknown
