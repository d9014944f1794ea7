"""The client of a bot that has several shards, or some of them: a connection each.

In: the dispatcher, which says which shards. Out: as of the client of one, each event once.

discord.py connects shards one after another, lets all of them wait while one reconnects, and begins
a new session where a connection can't be taken up at once. Here each shard has a task of its own,
which resumes as the client of one does, and waits for nothing but its turn to begin a session. What
discord.py knows of several shards is kept: how their events are read, and when each is ready.
"""

import asyncio
import logging
import math
from typing import Any

import discord
from discord.gateway import ReconnectWebSocket
from discord.state import AutoShardedConnectionState

from bot.chat import failures
from bot.chat.client import ArticleClient
from bot.chat.dispatcher import Dispatcher
from bot.chat.gateway import CONNECTION_ERRORS, CappedBackoff, SteadyWebSocket
from bot.chat.identify_budget import BudgetSpentError
from bot.chat.identify_turns import IdentifyTurns

_log = logging.getLogger(__name__)

# discord.py ends a connection so in good order; a session is over then.
_NORMAL_CLOSE = 1000


class ShardedClient(ArticleClient, discord.AutoShardedClient):
    """Keeps each shard of this process connected."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """Prepare the commands, and the shards of the dispatcher; nothing is sent yet."""
        super().__init__(dispatcher)
        sharding = dispatcher.sharding
        self.shard_count = sharding.count
        self.shard_ids = list(sharding.ids)
        self._connection.shard_count = sharding.count
        self._connection.shard_ids = self.shard_ids
        self._turns = IdentifyTurns(max_concurrency=1)
        # The last connection of each shard.
        self._connections: dict[int, SteadyWebSocket] = {}
        self._keeping: list[asyncio.Task[None]] = []

    def allow_at_once(self, max_concurrency: int) -> None:
        """Let so many shards identify themselves at a time, as Discord said."""
        self._turns = IdentifyTurns(max_concurrency)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Keep all shards connected until one meets what no other try mends, which is raised."""
        del reconnect
        self._keeping = [asyncio.create_task(self._keep(one)) for one in self.shard_ids or ()]
        try:
            done, _ = await asyncio.wait(self._keeping, return_when=asyncio.FIRST_COMPLETED)
            for shard in done:
                shard.result()
        except Exception:
            for connection in self._connections.values():
                connection.abandon()
            raise
        finally:
            await self._end_shards()

    async def _end_shards(self) -> None:
        for shard in self._keeping:
            shard.cancel()
        if self._keeping:
            await asyncio.wait(self._keeping)

    async def _keep(self, shard_id: int) -> None:
        """Keep one shard connected for ever.

        Raises discord.ConnectionClosed where the gateway wants no other try.
        """
        backoff = CappedBackoff()
        while True:
            pause_s = 0.0
            before = self._connections.get(shard_id)
            try:
                await self._listen(shard_id)
            except ReconnectWebSocket as request:
                if not request.resume:
                    self._turns.note_refused(shard_id)
                if self._connections.get(shard_id) is before:
                    # It was not even greeted.
                    pause_s = backoff.delay()
            except discord.ConnectionClosed as closed:
                if closed.code != _NORMAL_CLOSE:
                    raise
                self._forget_session(shard_id)
            except BudgetSpentError as spent:
                pause_s = spent.wait_s
                _log.warning("shard %d: %s", shard_id, spent)
            except CONNECTION_ERRORS as error:
                pause_s = backoff.delay()
                reason = type(error).__name__
                _log.warning("shard %d: %s; again in %.1f s", shard_id, reason, pause_s)
            except Exception as error:  # noqa: BLE001 (the other shards go on)
                pause_s = backoff.delay()
                failures.record_kind(error, f"reading from shard {shard_id}")
                self._forget_session(shard_id)
            self.end_connection(shard_id)
            await asyncio.sleep(pause_s)

    def _forget_session(self, shard_id: int) -> None:
        """Let a shard begin a session anew."""
        connection = self._connections.pop(shard_id, None)
        if connection is not None:
            connection.abandon()

    async def _listen(self, shard_id: int) -> None:
        """Connect a shard, and read what comes; ends by raising."""
        last = self._connections.get(shard_id)
        if last is not None and last.session_id is not None:
            connection = await SteadyWebSocket.from_client(
                self,
                resume=True,
                gateway=last.gateway,
                shard_id=shard_id,
                session=last.session_id,
                sequence=last.sequence,
            )
        else:
            connection = await self._begin(shard_id)
        self._connections[shard_id] = connection
        while True:
            await connection.poll_event()

    async def _begin(self, shard_id: int) -> SteadyWebSocket:
        """Begin a session for a shard when it is its turn."""
        async with self._turns.take(shard_id):
            wait_s = self.dispatcher.identify_budget.find_wait_s()
            if wait_s > 0:
                raise BudgetSpentError(wait_s)
            return await SteadyWebSocket.from_client(self, shard_id=shard_id)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Count a session before it is begun. Raises BudgetSpentError where it may not be."""
        del initial
        self.count_identify()
        self._turns.note_sent(shard_id or 0)

    def list_connections(self) -> list[tuple[int, SteadyWebSocket]]:
        """List the connections to the gateway, each with the number of its shard."""
        return list(self._connections.items())

    @property
    def latency(self) -> float:
        """The mean of what the shards' heartbeats take, in seconds; nan where there is none."""
        latencies = [connection.latency for connection in self._connections.values()]
        return sum(latencies) / len(latencies) if latencies else math.nan

    async def on_connect(self) -> None:
        """Leave that to ``on_shard_connect``."""

    async def on_shard_connect(self, shard_id: int) -> None:
        """Note that a session of a shard was begun."""
        self._turns.note_taken(shard_id)
        self.begin_session(shard_id)

    async def on_resumed(self) -> None:
        """Leave that to ``on_shard_resumed``."""

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note that the session of a shard goes on."""
        self.resume_session(shard_id)

    async def on_ready(self) -> None:
        """Begin what needs all shards."""
        await self.begin_telling()

    async def on_shard_ready(self, shard_id: int) -> None:
        """Answer what was asked meanwhile in the guilds of a shard."""
        self.begin_work(shard_id)

    async def close(self) -> None:
        """Close all connections."""
        await self._end_shards()
        closing = [one.close(code=_NORMAL_CLOSE) for one in self._connections.values()]
        await asyncio.gather(*closing, return_exceptions=True)
        await super().close()

    def _get_state(self, **options: Any) -> "_State":  # noqa: ANN401 (discord.py's)
        return _State(
            dispatch=self.dispatch,
            handlers=self._handlers,
            hooks=self._hooks,
            http=self.http,
            **options,
        )


class _State(AutoShardedConnectionState[ShardedClient]):
    """What is known of the guilds of all shards."""

    def parse_ready(self, data: Any) -> None:  # noqa: ANN401 (discord.py's)
        """Forget the guilds of a shard that begins anew: the bot may have left some meanwhile."""
        number, _ = data["shard"]
        for guild in self.guilds:
            if guild.shard_id == number:
                self._remove_guild(guild)
        super().parse_ready(data)
