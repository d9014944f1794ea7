"""Delete what is kept of a server that the bot was removed from, whatever is away at that moment.

In: the servers that Discord lists when a session begins, and those that the bot joins or leaves.
Out: records without what was asked, counted and set in servers that it has left.

The records hold in which servers the bot is. So what happens while it does not run, or while the
database is away, is found at the next session: a server that was there and is listed no more. A
server that is not available is listed. Before anything is deleted for that, Discord is asked
once more, for that server alone. What fails is tried again every half minute.
"""

import asyncio
import logging

import discord

from bot.chat import failures
from bot.chat.dispatcher import Dispatcher
from bot.records.joined_servers import ListedServers
from bot.records.model import RecordsError

# What failed is tried again after so long.
_AGAIN_S = 30.0

_log = logging.getLogger(__name__)


class LeftServers:
    """Deletes what is kept of servers, for one client."""

    def __init__(self, dispatcher: Dispatcher, client: discord.Client) -> None:
        """Know of nothing that is to be done."""
        self._dispatcher = dispatcher
        self._client = client
        # The servers that were left, and the shards whose servers are to be compared.
        self._left: set[int] = set()
        self._unread_shards: set[int] = set()
        self._working: asyncio.Task[None] | None = None

    def compare(self, shard_id: int) -> None:
        """Find which servers of a shard were left: it has a new session, or a new server."""
        self._unread_shards.add(shard_id)
        self._begin()

    def note_join(self, guild: discord.Guild) -> None:
        """Keep in the records that the bot is in a server."""
        self._left.discard(guild.id)
        self.compare(guild.shard_id)

    def note_leave(self, guild_id: int) -> None:
        """Delete what is kept of a server: the bot was removed from it."""
        self._left.add(guild_id)
        self._begin()

    def end(self) -> None:
        """Leave what is not done to the next client."""
        if self._working is not None:
            self._working.cancel()

    def _begin(self) -> None:
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())

    async def _work(self) -> None:
        """Do what is to be done, until nothing is."""
        while self._left or self._unread_shards:
            try:
                await self._forget_left()
                await self._compare_all()
            except RecordsError as error:
                _log.warning("what is kept of servers that were left can't be deleted: %s", error)
                await asyncio.sleep(_AGAIN_S)
            except Exception as error:  # noqa: BLE001 (it is tried again)
                failures.record_kind(error, "looking for servers that were left")
                await asyncio.sleep(_AGAIN_S)

    async def _forget_left(self) -> None:
        """Delete what is kept of the servers that were left. Raises RecordsError."""
        for guild_id in sorted(self._left):
            self._dispatcher.day_counter.forget(guild_id)
            await self._dispatcher.channel_settings.forget(guild_id)
            self._left.discard(guild_id)

    async def _compare_all(self) -> None:
        """Compare the servers of the records with those that Discord lists.

        Raises RecordsError, or an error of discord.py.
        """
        records, user = self._dispatcher.records, self._client.user
        if records is None or user is None:
            self._unread_shards.clear()
            return
        shard_count = self._dispatcher.sharding.count
        for shard_id in sorted(self._unread_shards):
            # Who joins from now on is compared once more.
            self._unread_shards.discard(shard_id)
            try:
                guild_ids = [one.id for one in self._client.guilds if one.shard_id == shard_id]
                listed = ListedServers(user.id, guild_ids, shard_id, shard_count)
                for guild_id in sorted(await records.compare_servers(listed)):
                    if await self._is_left(guild_id):
                        self._left.add(guild_id)
            except BaseException:
                self._unread_shards.add(shard_id)
                raise

    async def _is_left(self, guild_id: int) -> bool:
        """Ask Discord whether the bot is no more in a server. Raises an error of discord.py."""
        just_before = discord.Object(guild_id - 1)
        listing = self._client.fetch_guilds(limit=1, after=just_before, with_counts=False)
        return guild_id not in [guild.id async for guild in listing]
