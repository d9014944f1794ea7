"""What helps to close gaps: the statements on the tables ``word_pairs`` and ``out_of_scope``.

In: a connection inside a transaction, words and terms. Out: pairs with how often they helped, and
the terms that are out of scope. No person and no question is among them.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.bounds import Bounds
from bot.records.by_server import Servers, is_of
from bot.records.clock import Today
from bot.records.erasure import Erasure
from bot.records.model import DamagedValueError, OutOfScope, WordPair
from bot.records.retention import make_date
from bot.records.tables import OUT_OF_SCOPE, WORD_PAIRS
from bot.records.upsert import insert_into
from bot.texts import records as texts

# The longest word of a pair; a longer one is none that people type.
MOST_LETTERS = 30
# The longest terms of a question; those of a longer one are cut.
_MOST_CHARACTERS = 600
# Of a server, and of all of them; what was counted or said longest ago goes first.
_PAIR_BOUNDS = Bounds(
    WORD_PAIRS,
    key=(WORD_PAIRS.c.word, WORD_PAIRS.c.other),
    latest_first=(
        WORD_PAIRS.c.last_day.desc(),
        WORD_PAIRS.c.times.desc(),
        WORD_PAIRS.c.word,
        WORD_PAIRS.c.other,
    ),
    most_per_server=1_000,
    most=20_000,
)
_SCOPE_BOUNDS = Bounds(
    OUT_OF_SCOPE,
    key=(OUT_OF_SCOPE.c.terms,),
    latest_first=(OUT_OF_SCOPE.c.day.desc(), OUT_OF_SCOPE.c.terms),
    most_per_server=2_000,
    most=40_000,
)


class WordPairTable:
    """Counts in how many conversations another word helped."""

    def __init__(self, erasure: Erasure) -> None:
        """Delete with ``erasure``."""
        self._erasure = erasure

    async def add(
        self, connection: AsyncConnection, today: Today, pair: tuple[str, str], guild_id: int
    ) -> None:
        """Count a pair."""
        day = make_date(today.latest)
        word, other = pair
        row = {"guild_id": guild_id, "word": word, "other": other, "times": 1, "last_day": day}
        again = {"times": WORD_PAIRS.c.times + 1, "last_day": day}
        statement = insert_into(connection, WORD_PAIRS).values(row)
        statement = statement.on_conflict_do_update(
            index_elements=WORD_PAIRS.primary_key, set_=again
        )
        await connection.execute(statement)
        await _PAIR_BOUNDS.keep(connection, self._erasure, guild_id)

    async def read(self, connection: AsyncConnection, servers: Servers) -> list[WordPair]:
        """Read pairs; the one that was counted most comes first."""
        column = WORD_PAIRS.c
        times = func.sum(column.times)
        query = select(column.word, column.other, times).group_by(column.word, column.other)
        query = query.where(is_of(column.guild_id, servers))
        rows = await connection.execute(query.order_by(times.desc(), column.word, column.other))
        return [_check_pair(row) for row in rows]


class OutOfScopeTable:
    """Holds the terms of questions that need no answer."""

    def __init__(self, erasure: Erasure) -> None:
        """Delete with ``erasure``."""
        self._erasure = erasure

    async def add(
        self,
        connection: AsyncConnection,
        today: Today,
        gap: str,
        terms: Collection[str],
        guild_id: int,
    ) -> None:
        """Add the terms of the questions of a gap."""
        day = make_date(today.latest)
        rows = [
            {"guild_id": guild_id, "terms": cut_terms(one), "gap": gap, "day": day} for one in terms
        ]
        if rows:
            statement = insert_into(connection, OUT_OF_SCOPE).values(rows)
            again = {"gap": gap, "day": day}
            statement = statement.on_conflict_do_update(
                index_elements=OUT_OF_SCOPE.primary_key, set_=again
            )
            await connection.execute(statement)
        await _SCOPE_BOUNDS.keep(connection, self._erasure, guild_id)

    async def remove(self, connection: AsyncConnection, gap: str, guild_id: int) -> int:
        """Take a gap back into scope; return how many terms that were."""
        is_gap = (OUT_OF_SCOPE.c.gap == gap) & (OUT_OF_SCOPE.c.guild_id == guild_id)
        return await self._erasure.delete(connection, delete(OUT_OF_SCOPE).where(is_gap))

    async def read(self, connection: AsyncConnection, guild_id: int) -> list[OutOfScope]:
        """Read those of a server's own articles, or of the common ones; the latest come first."""
        column = OUT_OF_SCOPE.c
        query = select(column.terms, column.gap).where(column.guild_id == guild_id)
        query = query.order_by(column.day.desc(), column.gap, column.terms)
        rows = await connection.execute(query)
        return [OutOfScope(str(terms), str(gap)) for terms, gap in rows]


def cut_terms(terms: str) -> str:
    """Cut the terms of a question to what is kept."""
    return terms[:_MOST_CHARACTERS]


def _check_pair(row: Sequence[object]) -> WordPair:
    """Refuse what the program can't have written."""
    word, other, times = row
    if not isinstance(word, str) or not isinstance(other, str):
        raise DamagedValueError(texts.PAIR_WITHOUT_WORDS)
    if not isinstance(times, int) or times < 1:
        raise DamagedValueError(texts.PAIR_WITHOUT_WORDS)
    return WordPair(word, other, times)
