"""Votes, unanswered questions and counts, in a database, with the key of their hashes.

The database is a SQLite file in a folder, or one of PostgreSQL that several processes use.

In: ids of Discord, the texts of questions. Out: counts, and texts that tell nobody's name, of some
servers or of all (None); 0 stands for no server. What is too old is deleted when the records are
opened, once an hour, and before anything is returned. It knows neither Discord nor articles.

The work is done elsewhere: ``votes``, ``unanswered`` and ``day_counts`` hold the statements,
``retention`` deletes what is too old, ``transactions`` says who waits for whom.
"""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.announcements import Announcements, PostgresAnnouncements
from bot.records.by_server import Servers, forget_server, list_servers
from bot.records.channel_settings import ChannelSetting, ChannelSettingsTable
from bot.records.clock import SYSTEM_CLOCK, Clock, Today
from bot.records.database import Database, make_folder
from bot.records.day_counts import DayCountTable
from bot.records.erasure import Erasure
from bot.records.gaps import MOST_LETTERS, OutOfScopeTable, WordPairTable, cut_terms
from bot.records.joined_servers import JoinedServersTable, ListedServers
from bot.records.key import Key, find_stored_key, make_key, read_key
from bot.records.lock import SharedLock
from bot.records.model import (
    CountedThere,
    DayCount,
    OutOfScope,
    PassageVotes,
    RecordsError,
    Unanswered,
    Vote,
    VoteOutcome,
    WordPair,
)
from bot.records.postgres import PostgresDatabase
from bot.records.postgres_address import PostgresAddress
from bot.records.retention import Retention, make_date
from bot.records.schema import bring_up_to_date
from bot.records.shared_limits import SharedLimits
from bot.records.tables import VOTES
from bot.records.transactions import PATIENCE_S, Transactions, do_nothing
from bot.records.unanswered import UnansweredTable
from bot.records.votes import VoteTable, is_passage
from bot.records.wording import clean_question
from bot.texts import records as texts

# From all that is set in a server to what is to be set otherwise.
ReviseSettings = Callable[[list[ChannelSetting]], Iterable[ChannelSetting]]

_MOST_DAYS = 365
_HOUR_S = 3600.0

_log = logging.getLogger(__name__)


class Records:
    """What is kept in one database. Every method may be called while others run, on one event loop.

    What was begun is finished even if its caller is cancelled. Every method raises RecordsError
    where the disk or the database refuses, where it takes longer than the records' patience, and
    after ``close``. Nothing has changed then, but for a disk that is too slow: what it was given
    may still be written.
    """

    def __init__(
        self,
        transactions: Transactions,
        find_key: Callable[[], Key],
        erasure: Erasure,
        keep_days: int,
        lock: SharedLock | None = None,
    ) -> None:
        """Take what ``open`` or ``connect`` has made ready."""
        # Limits that hold for all processes together; None where there is one.
        self.limits: SharedLimits | None = None
        # What other processes with the same database are told, and tell.
        self.announcements = Announcements()
        self._transactions = transactions
        self._erasure = erasure
        self._channel_settings = ChannelSettingsTable(erasure)
        self._joined_servers = JoinedServersTable(erasure)
        self._votes = VoteTable(find_key, erasure)
        self._unanswered = UnansweredTable(erasure)
        self._day_counts = DayCountTable()
        self._word_pairs = WordPairTable(erasure)
        self._out_of_scope = OutOfScopeTable(erasure)
        self._keep_days = keep_days
        self._lock = lock
        # Votes that are being written, without the press that asked for them.
        self._votes_in_flight: dict[Vote, asyncio.Task[VoteOutcome]] = {}

    @classmethod
    async def open(
        cls,
        folder: Path,
        keep_days: int,
        *,
        clock: Clock = SYSTEM_CLOCK,
        look_every_s: float = _HOUR_S,
        patience_s: float = PATIENCE_S,
    ) -> Self:
        """Open the records of a folder, made if there are none.

        ``keep_days``: for how many days (0 to 365) after they were last asked unanswered questions
        are kept; 0: none is. ``look_every_s``: how often to look for what is too old, in seconds.
        ``patience_s``: how long each method waits for the database, in seconds.

        Raises RecordsError where the folder or one of its files is not fit, and leaves them as
        they are; or where another program holds the database for too long.
        """
        _refuse_days(keep_days)
        path = await asyncio.to_thread(make_folder, folder)
        database = Database(path)
        lock = await asyncio.to_thread(SharedLock, folder)
        try:
            key = await _prepare(database, folder, time.monotonic() + patience_s)
            erasure = Erasure()
            retention = Retention(clock, keep_days, erasure)
            transactions = Transactions(database, retention, erasure, patience_s)
            await transactions.write(do_nothing)
        except BaseException:
            lock.close()
            raise
        records = cls(transactions, lambda: key, erasure, keep_days, lock)
        transactions.start_cleaning(look_every_s)
        return records

    @classmethod
    async def connect(
        cls,
        address: PostgresAddress,
        keep_days: int,
        *,
        clock: Clock = SYSTEM_CLOCK,
        look_every_s: float = _HOUR_S,
        patience_s: float = PATIENCE_S,
    ) -> Self:
        """Use a PostgreSQL database, whose tables are made or brought up to date by the first use.

        The others are as for ``open``. A server that is away now, or refuses, is told in the log
        and used as soon as it is there. Raises RecordsError without the driver.
        """
        _refuse_days(keep_days)
        held = _HeldKey()
        database = PostgresDatabase(address, partial(_prepare_shared, held, address.shown))
        erasure = Erasure()
        retention = Retention(clock, keep_days, erasure)
        transactions = Transactions(database, retention, erasure, patience_s)
        try:
            await transactions.write(do_nothing)
        except RecordsError as error:
            _log.warning("votes and unanswered questions can't be kept yet: %s", error)
        records = cls(transactions, held.find, erasure, keep_days)
        records.announcements = PostgresAnnouncements(address)
        records.announcements.start()
        records.limits = SharedLimits(database, held.find, patience_s)
        transactions.start_cleaning(look_every_s)
        return records

    async def close(self) -> None:
        """Finish what was begun and refuse everything after it; to close twice is to close once."""
        await self._transactions.close()
        await self.announcements.close()
        if self._lock is not None:
            self._lock.close()

    async def vote(self, vote: Vote) -> VoteOutcome:
        """Count a vote once a server, user, question and day, in place of an earlier one.

        The same vote on the same answer again withdraws it, on whatever day. While the first is
        still being written, another press is the first once more. A press that is known already,
        from whichever process, changes nothing: its outcome is returned again.
        """
        if not is_passage(vote.passage):
            raise ValueError(f"{vote.passage!r} is not the id of a passage")
        # Two presses of one button differ in their ids alone.
        ballot = replace(vote, interaction_id=0)
        first = self._votes_in_flight.get(ballot)

        async def press(connection: AsyncConnection, today: Today) -> VoteOutcome:
            return await self._votes.press(connection, today, vote, first)

        task = self._transactions.begin_write(press)
        if first is None:
            self._votes_in_flight[ballot] = task
            task.add_done_callback(lambda _: self._votes_in_flight.pop(ballot))
        return await self._transactions.wait(task)

    async def votes(self, servers: Servers = None) -> list[PassageVotes]:
        """Count the votes of each passage.

        The passage that most more found not helpful than helpful comes first.
        """

        async def count(connection: AsyncConnection, _: Today) -> list[PassageVotes]:
            return await self._votes.count(connection, servers)

        return await self._transactions.read(count)

    async def forget(self, user_id: int) -> int:
        """Delete the votes and presses of a user; return how many votes there were."""

        async def forget(connection: AsyncConnection, _: Today) -> int:
            return await self._votes.forget(connection, user_id)

        return await self._transactions.write(forget)

    async def add_unanswered(self, question: str, guild_id: int = 0) -> None:
        """Count a question that the articles did not answer in a server.

        What is personal in it by its form is left out.
        """
        text = clean_question(question)
        if not text or self._keep_days == 0:
            return

        async def add(connection: AsyncConnection, today: Today) -> None:
            await self._unanswered.add(connection, today, text, guild_id)

        await self._transactions.write_patiently(add)

    async def unanswered(
        self, most: int = 50, offset: int = 0, *, servers: Servers = None
    ) -> list[Unanswered]:
        """Return at most ``most`` unanswered questions after the first ``offset``.

        What was asked most comes first; of those, what was asked last.
        """

        async def read_page(connection: AsyncConnection, today: Today) -> list[Unanswered]:
            return await self._unanswered.read_page(connection, today, most, offset, servers)

        return await self._transactions.read(read_page)

    async def count_unanswered(self, servers: Servers = None) -> int:
        """Count the unanswered questions that are kept."""

        async def count(connection: AsyncConnection, _: Today) -> int:
            return await self._unanswered.count(connection, servers)

        return await self._transactions.read(count)

    async def list_asking_servers(self) -> set[int]:
        """List the servers where something was asked in vain that is kept."""

        async def find(connection: AsyncConnection, _: Today) -> set[int]:
            return await list_servers(connection)

        return await self._transactions.read(find)

    async def take_back_unanswered(self, wording: str, guild_id: int = 0) -> None:
        """Count a question of a server once less, by the ``hash_wording`` of its text.

        It is deleted where that was the only time.
        """

        async def take_back(connection: AsyncConnection, _: Today) -> None:
            await self._unanswered.take_back(connection, wording, guild_id)

        await self._transactions.write_patiently(take_back)

    async def remove_unanswered(self, *questions: str, servers: Servers = None) -> int:
        """Delete questions as ``unanswered`` returns them.

        Return how many there were, one of two servers as two.
        """

        async def remove(connection: AsyncConnection, _: Today) -> int:
            return await self._unanswered.remove(connection, questions, servers)

        return await self._transactions.write(remove)

    async def add_word_pair(self, word: str, other: str, guild_id: int = 0) -> None:
        """Count two folded words: one that was asked in vain, and one that helped in its place.

        It is kept as long as unanswered questions are. Too long a word is passed over.
        """
        if max(len(word), len(other)) > MOST_LETTERS or self._keep_days == 0:
            return

        async def add(connection: AsyncConnection, today: Today) -> None:
            await self._word_pairs.add(connection, today, (word, other), guild_id)

        await self._transactions.write_patiently(add)

    async def word_pairs(self, servers: Servers = None) -> list[WordPair]:
        """Return the pairs of words, the one that was counted most first."""

        async def read(connection: AsyncConnection, _: Today) -> list[WordPair]:
            return await self._word_pairs.read(connection, servers)

        return await self._transactions.read(read)

    async def put_out_of_scope(self, gap: str, terms: Collection[str], guild_id: int = 0) -> None:
        """Keep the terms of questions that a server's own articles, or the common ones, leave out.

        ``gap`` is a name for all of them.
        """
        kept = set(map(cut_terms, terms))

        async def add(connection: AsyncConnection, today: Today) -> None:
            await self._out_of_scope.add(connection, today, gap, kept, guild_id)

        await self._transactions.write(add)

    async def put_into_scope(self, gap: str, guild_id: int = 0) -> int:
        """Forget that a gap needs no answer; return of how many terms."""

        async def remove(connection: AsyncConnection, _: Today) -> int:
            return await self._out_of_scope.remove(connection, gap, guild_id)

        return await self._transactions.write(remove)

    async def out_of_scope(self, guild_id: int = 0) -> list[OutOfScope]:
        """Return the terms of what needs no answer, the latest first."""

        async def read(connection: AsyncConnection, _: Today) -> list[OutOfScope]:
            return await self._out_of_scope.read(connection, guild_id)

        return await self._transactions.read(read)

    async def revise_settings(self, guild_id: int, revise: ReviseSettings) -> None:
        """Set what ``revise`` makes of all that is set in a server, and tell other processes of it.

        Nobody sets anything between what it is given and what it gives. ``changed_at`` is filled
        in. A value of None takes back what was set. ``revise`` raises nothing, as an error of it
        would be taken for one of the database.
        """
        changed_at = int(time.time())

        async def read_and_put(connection: AsyncConnection, _: Today) -> None:
            stored = await self._channel_settings.read(connection, guild_id)
            for setting in revise(stored):
                now = replace(setting, changed_at=changed_at)
                await self._channel_settings.put(connection, now)

        await self._transactions.write(read_and_put)
        self.announcements.tell("settings", str(guild_id))

    async def channel_settings(self, guild_id: int | None = None) -> list[ChannelSetting]:
        """Return what is set in a server and its channels; without an id, in all servers."""

        async def read(connection: AsyncConnection, _: Today) -> list[ChannelSetting]:
            return await self._channel_settings.read(connection, guild_id)

        return await self._transactions.read(read)

    async def compare_servers(self, listed: ListedServers) -> set[int]:
        """Keep in which servers a bot is; return those of the shard in which it is no more.

        These are returned until ``forget_server``.
        """

        async def compare(connection: AsyncConnection, _: Today) -> set[int]:
            return await self._joined_servers.compare(connection, listed)

        return await self._transactions.write(compare)

    async def forget_server(self, guild_id: int) -> None:
        """Delete what was asked in a server and set for it, and tell other processes.

        No bot counts as being in it any more.
        """

        async def forget(connection: AsyncConnection, _: Today) -> None:
            await self._channel_settings.forget(connection, guild_id)
            await self._joined_servers.forget(connection, guild_id)
            await forget_server(connection, self._erasure, guild_id)

        await self._transactions.write(forget)
        self.announcements.tell("settings", str(guild_id))

    async def add_counts(self, counts: Mapping[CountedThere, int], *, days_ago: int = 0) -> None:
        """Add to what is counted today, or so many days ago."""

        async def add(connection: AsyncConnection, today: Today) -> None:
            await self._day_counts.add(connection, today, counts, days_ago)

        await self._transactions.write_patiently(add)

    async def day_counts(self, days: int, servers: Servers = None) -> list[DayCount]:
        """Return what was counted on each of the last days, and how many votes there were.

        The first day comes first; at most 90 days are kept.
        """

        async def read(connection: AsyncConnection, today: Today) -> list[DayCount]:
            return await self._day_counts.read(connection, today, days, servers)

        return await self._transactions.read(read)

    async def today(self) -> dt.date:
        """Return the day on which things are counted now, as the clock has it."""

        async def find(_: AsyncConnection, today: Today) -> dt.date:
            return make_date(today.latest - today.state.days_behind)

        return await self._transactions.read(find)

    async def find_digest_due(self, guild_id: int = 0) -> dt.date | None:
        """Give the day of a server's last digest, if none was told for a week; None: none is due.

        Before the first one, it is the day on which counting began there, or anywhere (0).
        """

        async def find(connection: AsyncConnection, today: Today) -> dt.date | None:
            return await self._day_counts.find_digest_due(connection, today, guild_id)

        return await self._transactions.read(find)

    async def note_digest(self, guild_id: int = 0) -> None:
        """Note that a digest was told today."""

        async def note(connection: AsyncConnection, today: Today) -> None:
            await self._day_counts.note_digest(connection, today, guild_id)

        await self._transactions.write(note)


def _refuse_days(keep_days: int) -> None:
    if not 0 <= keep_days <= _MOST_DAYS:
        raise ValueError(f"{keep_days} is not a number of days from 0 to {_MOST_DAYS}")


class _HeldKey:
    """The key of a database that may not have been reached yet."""

    def __init__(self) -> None:
        self.key: Key | None = None

    def find(self) -> Key:
        """Give the key; there is one inside every transaction."""
        if self.key is None:
            raise LookupError("the key was not read")
        return self.key


async def _prepare_shared(held: _HeldKey, shown: str, connection: AsyncConnection) -> None:
    """Bring the tables up to date, and read or make the key, while nobody else does."""
    await connection.run_sync(bring_up_to_date, shown)
    query = select(exists().select_from(VOTES))
    has_votes = await connection.scalar(query)
    held.key = await find_stored_key(connection, shown, has_votes=bool(has_votes))


async def _prepare(database: Database, folder: Path, deadline_s: float) -> Key:
    """Bring the tables up to date, and read or make the key, in one transaction."""

    async def prepare(connection: AsyncConnection) -> Key:
        await connection.run_sync(bring_up_to_date, database.path)
        query = select(func.count()).select_from(VOTES)
        votes = await connection.scalar(query)
        return await asyncio.to_thread(_find_key, folder, has_votes=bool(votes))

    return await database.write(prepare, deadline_s)


def _find_key(folder: Path, *, has_votes: bool) -> Key:
    """Read the key of a folder, or make it. Raises RecordsError for votes without their key."""
    key = read_key(folder)
    if key is not None:
        return key
    if has_votes:
        raise RecordsError(folder, texts.KEY_IS_GONE, texts.KEY_IS_GONE_HINT)
    return make_key(folder)
