"""Which channels of a guild hold messages, and which of them the bot may read back."""

from collections.abc import Iterable

import discord

# What holds messages, and is in a list that Discord gives.
GuildChannel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


def list_channels(guild: discord.Guild) -> list[GuildChannel]:
    """List the channels of a guild that hold messages, and its active threads and posts."""
    return [
        *guild.text_channels,
        *guild.voice_channels,
        *guild.stage_channels,
        *guild.threads,
    ]


def may_read_history(channel: GuildChannel) -> bool:
    """Say whether the bot sees a channel, and may read what was written there before."""
    try:
        permissions = channel.permissions_for(channel.guild.me)
    except discord.ClientException:
        # The channel of a thread is not known.
        return False
    return permissions.read_messages and permissions.read_message_history


def count_without_history(guilds: Iterable[discord.Guild]) -> int:
    """Count the channels and forums that the bot sees, and may not read back."""
    count = 0
    for guild in guilds:
        kinds = guild.text_channels, guild.voice_channels, guild.stage_channels, guild.forums
        for channels in kinds:
            for channel in channels:
                permissions = channel.permissions_for(guild.me)
                is_hidden = not permissions.read_message_history
                count += permissions.read_messages and is_hidden
    return count
