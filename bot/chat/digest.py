"""Tell once a week in the log channels how much was asked, and what in vain.

In: the records, which know when that was told last, by their own clock. Out: messages, which ping
nobody: of all servers in the log channel of the settings, of each server in the one that is set
there. Each is noted in the records once Discord has taken it: one that can't be sent is due again
within the hour, and after a kill it is sent again, with the same nonce, by which Discord knows for
some minutes that it has it. Where it can't be noted, this process does not send it again.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable

import discord

from bot.chat import delivery, failures
from bot.chat.barred_channels import find_missing
from bot.chat.commands.figures import report
from bot.chat.dispatcher import Dispatcher
from bot.chat.reader_language import language_of_guild
from bot.chat.scope import Scope, find_scope_in
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.texts import figures as texts
from bot.texts.languages import speaking

_DAYS = 7
_EVERY_S = 3600.0

# Where the digest can be told.
_Place = discord.TextChannel | discord.Thread

_log = logging.getLogger(__name__)


class Digest:
    """Tells it for one client, if the settings say so."""

    def __init__(self, dispatcher: Dispatcher, client: discord.Client) -> None:
        """Tell nothing yet."""
        self._dispatcher = dispatcher
        self._client = client
        self._task: asyncio.Task[None] | None = None
        self._is_warned = False
        # Of which servers (0: of all) one was told that is not noted yet.
        self._told: set[int] = set()

    def begin(self) -> None:
        """Look every hour whether it is due, until ``end``; to begin twice is to begin once."""
        is_wanted = self._dispatcher.settings.digest == "weekly"
        if is_wanted and self._dispatcher.records is not None and self._task is None:
            self._task = asyncio.create_task(self._keep(self._dispatcher.records))

    def end(self) -> None:
        """Tell nothing more."""
        if self._task is not None:
            self._task.cancel()

    async def _keep(self, records: Records) -> None:
        while True:
            await self._try(self._tell_of_all(records))
            for guild in list(self._client.guilds):
                await self._try(self._tell_of(guild, records))
            await asyncio.sleep(_EVERY_S)

    async def _try(self, telling: Awaitable[None]) -> None:
        """Tell one; whatever fails is logged, and the others are told."""
        try:
            await telling
        except RecordsError as error:
            failures.record_records_error(error)
        except Exception as error:  # noqa: BLE001 (whatever fails, the next one is told)
            failures.record_kind(error, "telling the weekly digest")

    async def _tell_of(self, guild: discord.Guild, records: Records) -> None:
        """Tell the digest of a server where its log channel is, if it has one of its own."""
        own = self._dispatcher.channel_settings.find_log_channel(guild.id)
        channel: object = guild.get_channel_or_thread(own)
        is_told_all = own == self._dispatcher.settings.log_channel
        if isinstance(channel, _Place) and not is_told_all and not find_missing(channel):
            scope = await asyncio.to_thread(find_scope_in, self._dispatcher.bases, guild.id)
            await self._tell_and_note(records, channel, scope)

    async def _tell_of_all(self, records: Records) -> None:
        """Tell the digest of all servers, if none was told for a week. Raises RecordsError."""
        channel = self._client.get_channel(self._dispatcher.settings.log_channel)
        if channel is None and self._dispatcher.sharding.is_partial:
            # Another process sees it, or none.
            return
        if not isinstance(channel, _Place):
            self._warn(texts.NO_CHANNEL())
        elif find_missing(channel) or not await self._tell_and_note(records, channel, Scope()):
            self._warn(texts.NOT_WRITTEN())

    async def _tell_and_note(self, records: Records, channel: _Place, scope: Scope) -> bool:
        """Tell a digest if it is due; say whether there is none that Discord did not take."""
        guild_id = scope.guild_id
        since = await records.find_digest_due(guild_id)
        if since is None:
            self._told.discard(guild_id)
            return True
        if guild_id not in self._told and not await self._tell(records, channel, scope, since):
            return False
        self._told.add(guild_id)
        await records.note_digest(guild_id)
        self._told.discard(guild_id)
        return True

    async def _tell(self, records: Records, channel: _Place, scope: Scope, since: dt.date) -> bool:
        """Send a digest; say whether Discord took it."""
        may_attach = channel.permissions_for(channel.guild.me).attach_files
        with speaking(language_of_guild(channel.guild)):
            period = texts.DIGEST_HEAD(), _DAYS
            reply = await report(self._dispatcher, records, scope, period, has_picture=may_attach)
        # A nonce has at most 25 characters.
        nonce = f"{since:%m%d}-{scope.guild_id}" if scope.guild_id else f"digest-{since}"
        return await delivery.announce(channel, reply, nonce, None) is not None

    def _warn(self, why: str) -> None:
        """Log once why nothing is told."""
        if not self._is_warned:
            channel = self._dispatcher.settings.log_channel
            _log.warning("%s", texts.NOT_TOLD(channel=channel, why=why))
        self._is_warned = True
