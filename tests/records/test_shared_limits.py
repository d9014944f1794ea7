"""What one person may do in all processes together is counted once, and waited for by nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from opened_records import open_at
from postgres_server import PostgresServer, run_sql

from bot.records.shared_limits import SharedLimits

pytestmark = pytest.mark.slow

ADA, BOB = 223456789012345678, 323456789012345678
HOUR_S = 3_600.0


@asynccontextmanager
async def limiting(address: str, count: int = 1) -> AsyncIterator[list[SharedLimits]]:
    """Have the records of some processes open, and give their limits."""
    opened = [await open_at(address) for _ in range(count)]
    try:
        yield [records.limits for records in opened if records.limits is not None]
    finally:
        for records in opened:
            await records.close()


async def test_processes_together_let_no_more_in(postgres_server: PostgresServer) -> None:
    """Forty questions at once in four processes: five of each person; other things apart."""
    address = postgres_server.make_database()
    async with limiting(address, 4) as processes:
        waits = await asyncio.gather(
            *(
                limits.take("question", user_id, 5, HOUR_S)
                for user_id in (ADA, BOB)
                for limits in processes
                for _ in range(10)
            )
        )
        for of_user in (waits[:40], waits[40:]):
            assert of_user.count(0) == 5
            assert all(0 < wait_s <= HOUR_S for wait_s in of_user if wait_s)
        assert await processes[0].take("human", ADA, 1, HOUR_S) == 0
        assert await processes[1].take("human", ADA, 1, HOUR_S) > 0
        await processes[2].give_back("human", ADA)
        assert await processes[3].take("human", ADA, 1, HOUR_S) == 0
    buckets = [row[0] for row in run_sql(address, "SELECT DISTINCT bucket FROM turns")]
    assert len(buckets) == 3
    assert not any(str(user_id) in bucket for user_id in (ADA, BOB) for bucket in buckets)


async def test_what_was_done_long_ago_counts_no_more(postgres_server: PostgresServer) -> None:
    """One place after the other is free again; nothing of those who asked before is left."""
    address = postgres_server.make_database()
    async with limiting(address) as (limits,):
        for _ in range(2):
            assert await limits.take("question", ADA, 2, HOUR_S) == 0
        await limits.take("question", BOB, 2, HOUR_S)
        assert await limits.take("question", ADA, 2, HOUR_S) > 0
        run_sql(address, "UPDATE turns SET until = now() WHERE number <> 2")
        assert await limits.take("question", ADA, 2, HOUR_S) == 0
        assert await limits.take("question", ADA, 2, HOUR_S) > 0
    assert run_sql(address, "SELECT count(*) FROM turns") == [(2,)]


async def test_without_a_server_a_process_counts_alone(own_server: PostgresServer) -> None:
    """Everything is let in here, and the server is not asked again at once."""
    address = own_server.make_database()
    async with limiting(address) as (limits,):
        assert await limits.take("question", ADA, 1, HOUR_S) == 0
        own_server.kill()
        assert await limits.take("question", ADA, 1, HOUR_S) == 0
        own_server.start()
        # What was counted is gone with the crash, as it is in no log of the server.
        assert await limits.take("question", ADA, 1, HOUR_S) == 0
        assert run_sql(address, "SELECT count(*) FROM turns") == [(0,)]


async def test_a_process_asks_again_after_a_while(own_server: PostgresServer) -> None:
    """By a clock that is handed in."""
    address = own_server.make_database()
    records = await open_at(address)
    assert records.limits is not None
    now_s = 0.0
    limits = SharedLimits(
        records.limits._database,  # noqa: SLF001 (the same connections)
        records.limits._find_key,  # noqa: SLF001
        30.0,
        lambda: now_s,
    )
    own_server.kill()
    assert await limits.take("question", ADA, 1, HOUR_S) == 0
    own_server.start()
    now_s = 4.9
    await limits.take("question", ADA, 1, HOUR_S)
    assert run_sql(address, "SELECT count(*) FROM turns") == [(0,)]
    now_s = 5.1
    await limits.take("question", ADA, 1, HOUR_S)
    assert run_sql(address, "SELECT count(*) FROM turns") == [(1,)]
    await records.close()
