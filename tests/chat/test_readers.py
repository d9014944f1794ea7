"""Who reads a channel along: by its permissions, as Discord computes them."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from conftest import serving_here
from loopback.permissions import NOTHING, Permission
from loopback.state import Channel

from bot.chat.readers import list_viewer_roles
from bot.knowledge_bases import UNKNOWN
from bot.settings import Settings

VIEW = Permission.VIEW_CHANNEL


async def test_each_role_that_lets_somebody_in_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of everybody, roles that may, and single members; not administrators, nor the bot."""
    settings = Settings(records=None, index=None, versions=None)
    async with serving_here(tmp_path, monkeypatch, settings) as (world, dispatcher):
        loopback = world.discord
        guild = loopback.add_guild("Red", owner=loopback.add_user("rosa"), everyone=NOTHING)
        staff = loopback.add_role(guild, "Staff", permissions=VIEW)
        council = loopback.add_role(guild, "Council")
        loopback.add_role(guild, "Heads", permissions=Permission.ADMINISTRATOR)
        member = loopback.add_user("mia")
        loopback.add_member(guild, member)
        own_role = guild.bot_role
        assert own_role is not None

        plain = loopback.add_text_channel(guild, "plain")
        denied = loopback.add_text_channel(guild, "denied")
        loopback.overwrite(denied, guild, deny=VIEW)
        closed = loopback.add_text_channel(guild, "closed")
        loopback.overwrite(closed, staff, deny=VIEW)
        loopback.overwrite(closed, council, allow=VIEW)
        loopback.overwrite(closed, own_role, allow=VIEW)
        loopback.overwrite(closed, loopback.bot_user, allow=VIEW)
        named = loopback.add_text_channel(guild, "named")
        loopback.overwrite(named, guild, deny=VIEW)
        loopback.overwrite(named, member, allow=VIEW)
        open_to_all = loopback.add_text_channel(guild, "open")
        loopback.overwrite(open_to_all, guild, allow=VIEW)
        loopback.overwrite(open_to_all, council, deny=VIEW)
        thread = loopback.add_thread(closed, "a thread")
        last = loopback.add_text_channel(guild, "last")
        find_guild = dispatcher.direct_readers.find_guild
        known = await wait_until_known(find_guild, guild.id, last.id)

        def find(channel: Channel) -> set[int]:
            return set(list_viewer_roles(known.get_channel_or_thread(channel.id), known))

        assert find(plain) == {staff.id}
        assert find(denied) == set()
        assert find(closed) == {council.id}
        assert find(named) == {UNKNOWN}
        assert find(open_to_all) == {guild.id, staff.id}
        assert find(thread) == {council.id}
        assert list_viewer_roles(None, known) == {UNKNOWN}


async def wait_until_known(
    find_guild: Callable[[int], discord.Guild | None], guild_id: int, channel_id: int
) -> discord.Guild:
    """Wait until a channel has reached the bot; give its guild."""
    while True:
        guild = find_guild(guild_id)
        if guild is not None and guild.get_channel(channel_id) is not None:
            return guild
        await asyncio.sleep(0.01)
