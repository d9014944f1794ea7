"""Tell once a week in the log channel how much was asked, and what in vain.

In: the records, which know when that was told last, by their own clock. Out: a message, which pings
nobody. It is noted in the records once Discord has taken it: one that can't be sent is due again
within the hour, and after a kill it is sent again, with the same nonce, by which Discord knows for
some minutes that it has it. Where it can't be noted, this process does not send it again.
"""

import asyncio
import logging

import discord

from bot.chat import delivery, failures
from bot.chat.barred_channels import find_missing
from bot.chat.commands.figures import report
from bot.chat.dispatcher import Dispatcher
from bot.chat.reader_language import language_of_guild
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
        # Whether one was told that is not noted yet.
        self._is_told = False

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
            try:
                await self.tell_if_due(records)
            except RecordsError as error:
                failures.record_records_error(error)
            except Exception as error:  # noqa: BLE001 (whatever fails, the next one is told)
                failures.record_kind(error, "telling the weekly digest")
            await asyncio.sleep(_EVERY_S)

    async def tell_if_due(self, records: Records) -> None:
        """Tell the digest, if none was told for a week. Raises RecordsError."""
        channel = self._client.get_channel(self._dispatcher.settings.log_channel)
        if channel is None and self._dispatcher.sharding.is_partial:
            # Another process sees it, or none.
            return
        if not isinstance(channel, _Place):
            self._warn(texts.NO_CHANNEL())
        elif find_missing(channel):
            self._warn(texts.NOT_WRITTEN())
        else:
            await self._tell_and_note(records, channel)

    async def _tell_and_note(self, records: Records, channel: _Place) -> None:
        since = await records.find_digest_due()
        if since is None:
            self._is_told = False
            return
        if not self._is_told:
            self._is_told = await self._tell(records, channel, f"digest-{since}")
        if self._is_told:
            await records.note_digest()
            self._is_told = False
        else:
            self._warn(texts.NOT_WRITTEN())

    async def _tell(self, records: Records, channel: _Place, nonce: str) -> bool:
        """Send the digest; say whether Discord took it."""
        may_attach = channel.permissions_for(channel.guild.me).attach_files
        with speaking(language_of_guild(channel.guild)):
            reply = await report(
                self._dispatcher, records, texts.DIGEST_HEAD(), _DAYS, has_picture=may_attach
            )
        return await delivery.announce(channel, reply, nonce, None) is not None

    def _warn(self, why: str) -> None:
        """Log once why nothing is told."""
        if not self._is_warned:
            channel = self._dispatcher.settings.log_channel
            _log.warning("%s", texts.NOT_TOLD(channel=channel, why=why))
        self._is_warned = True
