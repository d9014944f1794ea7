"""Records in PostgreSQL: several processes use them at once, a server may go and come back, and
nobody reads a password.
"""

import asyncio
import itertools
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from opened_records import PASSAGE, eventually, open_at, opened, vote
from postgres_server import OWNER, PASSWORD, PostgresServer, run_sql
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.model import PassageVotes, RecordsError, VoteOutcome
from bot.records.postgres import LOCKS, WRITING, PostgresDatabase, make_engine
from bot.records.postgres_address import parse_address
from bot.records.schema import HEAD
from bot.records.shared_files import SharedFiles
from bot.records.shared_tables import SHARED_METADATA
from bot.records.store import Records
from bot.records.tables import METADATA

pytestmark = pytest.mark.slow

SECRET = "sesame"  # noqa: S105 (of no server)
WRITER = Path(__file__).with_name("records_writer.py")


@pytest.fixture
def address(postgres_server: PostgresServer) -> str:
    """Give the address of a new database."""
    return postgres_server.make_database()


async def refused(address: str) -> RecordsError:
    """Use records that can't be used; a reader and a writer are told the same."""
    async with opened(address) as records:
        with pytest.raises(RecordsError) as caught:
            await records.votes()
        with pytest.raises(RecordsError, match=caught.value.what):
            await records.vote(vote(1, 2, PASSAGE, is_helpful=True))
    return caught.value


def name_of(address: str) -> str:
    """Give the name of the database at an address."""
    return str(make_url(address).database)


async def test_the_tables_are_those_that_the_program_uses(address: str) -> None:
    """A new database has them all, and the mark of the newest version."""
    async with opened(address):
        pass
    metadata = MetaData()
    for table in (*METADATA.tables.values(), *SHARED_METADATA.tables.values()):
        table.to_metadata(metadata)

    def compare(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    engine = make_engine(parse_address(address))
    async with engine.connect() as connection:
        assert await connection.run_sync(compare) == []
    await engine.dispose()
    assert run_sql(address, "SELECT version_num FROM alembic_version") == [(HEAD,)]


async def test_of_processes_that_start_at_once_one_makes_the_tables(address: str) -> None:
    """All of them work from then on, with one key: each knows the votes of the others."""
    stores = await asyncio.gather(*(open_at(address) for _ in range(6)))
    outcomes = [
        await store.vote(vote(1, 2, PASSAGE, is_helpful=True)) for store in (*stores, *stores)
    ]
    assert outcomes == [VoteOutcome.COUNTED, VoteOutcome.WITHDRAWN] * 6
    assert run_sql(address, "SELECT count(*) FROM keys") == [(1,)]
    await asyncio.gather(*(store.close() for store in stores))


async def test_two_processes_never_count_one_person_twice(address: str) -> None:
    """Many press at once, under many answers to one question, in both: one vote each."""
    first, second = await asyncio.gather(open_at(address), open_at(address))
    presses = [
        vote(person, answer, PASSAGE, is_helpful=True, question="Who built the first bridge?")
        for person, answer in itertools.product(range(10), range(6))
    ]
    await asyncio.gather(
        *(store.vote(press) for press in presses for store in (first, second)),
        *(store.add_unanswered("Who is he?") for store in (first, second) for _ in range(10)),
    )
    assert await second.votes() == [PassageVotes(PASSAGE, 10, 0)]
    assert [row.times for row in await first.unanswered()] == [20]
    await asyncio.gather(first.close(), second.close())


async def test_a_server_that_goes_is_told_and_used_again(own_server: PostgresServer) -> None:
    """What was written before is there; only what is asked meanwhile is refused, at once."""
    address = own_server.make_database()
    async with opened(address) as records:
        await records.vote(vote(1, 2, PASSAGE, is_helpful=True))
        for _ in range(2):
            own_server.kill()
            with pytest.raises(RecordsError, match="can't be reached") as caught:
                await records.votes()
            assert caught.value.__context__ is None
            own_server.start()
            assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]


async def test_a_program_starts_without_its_server(
    own_server: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    """It says so once, and makes its tables when the server is there."""
    address = own_server.make_database()
    own_server.kill()
    async with opened(address) as records:
        assert "can't be kept yet" in caplog.text
        own_server.start()
        assert await records.vote(vote(1, 2, PASSAGE, is_helpful=True)) is VoteOutcome.COUNTED
    assert PASSWORD not in caplog.text


async def test_a_server_that_dies_loses_nothing_that_was_told(own_server: PostgresServer) -> None:
    """Two processes vote on and on; whatever they called counted is there afterwards, once."""
    address = own_server.make_database()
    stores = await asyncio.gather(open_at(address), open_at(address))
    counted: set[int] = set()
    refusals: list[RecordsError] = []
    is_over = asyncio.Event()

    async def press_on(store: Records, first: int) -> None:
        for number in itertools.count(first, 2):
            try:
                await store.vote(vote(number, number, PASSAGE, is_helpful=True))
            except RecordsError as error:
                refusals.append(error)
            else:
                counted.add(number)
            if is_over.is_set():
                return
            await asyncio.sleep(0)

    pressing = [asyncio.create_task(press_on(store, n)) for n, store in enumerate(stores)]
    for _ in range(3):
        before, told = len(counted), len(refusals)
        await eventually(lambda before=before: len(counted) > before + 20)  # type: ignore[misc]
        await asyncio.to_thread(own_server.kill)
        await eventually(lambda told=told: len(refusals) > told)  # type: ignore[misc]
        await asyncio.to_thread(own_server.start)
    before = len(counted)
    await eventually(lambda: len(counted) > before + 20)
    is_over.set()
    await asyncio.gather(*pressing)
    (votes,) = await stores[0].votes()
    # The answer to a commit may have been lost with the server.
    assert len(counted) <= votes.helpful <= len(counted) + len(refusals)
    (persons,) = run_sql(address, "SELECT count(DISTINCT person) FROM votes")
    assert persons == (votes.helpful,)
    await asyncio.gather(*(store.close() for store in stores))


def test_a_process_that_is_killed_holds_nothing_up(address: str) -> None:
    """Killed at any moment, it leaves all that it told of, and nobody waits for its locks."""
    for number in range(4):
        process = subprocess.Popen(
            [sys.executable, WRITER, address, str(number * 1_000)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert process.stdout is not None
        told = [process.stdout.readline().split() for _ in range(10 + number)]
        process.send_signal(signal.SIGKILL)
        told += [line.split() for line in process.stdout.read().splitlines()]
        process.wait()
        process.stdout.close()
        voted = sum(word == "voted" for word, _ in told)
        (count,) = run_sql(address, "SELECT count(*) FROM votes")
        assert count[0] >= voted
        run_sql(address, "DELETE FROM votes")


async def test_who_reads_does_not_wait_for_who_writes(address: str) -> None:
    """A process that writes for long holds up others that write, until their patience ends."""
    async with opened(address, patience_s=1.2) as records:
        await records.vote(vote(1, 2, PASSAGE, is_helpful=True))
        engine = make_engine(parse_address(address))
        async with engine.connect() as other:
            await other.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCKS}, {WRITING})")
            await other.exec_driver_sql("DELETE FROM votes")
            assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]
            with pytest.raises(RecordsError, match="held by another program"):
                await records.vote(vote(2, 3, PASSAGE, is_helpful=True))
        assert await records.vote(vote(2, 3, PASSAGE, is_helpful=True)) is VoteOutcome.COUNTED
        await engine.dispose()


async def test_tables_are_brought_up_to_date_however_long_that_takes(address: str) -> None:
    """What would always be cut off would never be done; what comes after has its own time."""

    async def prepare(connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("SELECT pg_sleep(2)")

    async def look(connection: AsyncConnection) -> object:
        return await connection.scalar(text("SELECT 7"))

    database = PostgresDatabase(parse_address(address), prepare)
    assert await database.read(look, time.monotonic()) == 7
    await database.close()


def test_a_server_that_does_not_answer_is_not_waited_for() -> None:
    """Not by who would wait a minute for what it does: a start asks it several times."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        files = SharedFiles(parse_address(f"postgresql://ada:{SECRET}@127.0.0.1:{port}/bot"))
        began_s = time.monotonic()
        with pytest.raises(RecordsError, match="can't be reached"):
            files.read_document("manifest")
    assert time.monotonic() - began_s < 30


async def test_no_connection_is_left(address: str, postgres_server: PostgresServer) -> None:
    """Records that are closed have given all of them back."""
    async with opened(address) as records:
        await asyncio.gather(*(records.votes() for _ in range(10)))
    sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1"
    await eventually(lambda: postgres_server.run("postgres", sql, name_of(address)) == [(0,)])


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"password": "wrong-sesame"}, "refuses the user, or the password"),
        ({"username": "nobody"}, "refuses the user, or the password"),
        ({"database": "nowhere"}, "no such database"),
        ({"port": 1}, "can't be reached"),
        ({"host": "256.0.0.1"}, "can't be reached"),
    ],
)
async def test_a_wrong_address_is_told_without_its_password(
    address: str, change: dict[str, str], what: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the error, nor what it came of, nor the log holds it."""
    caplog.set_level(logging.DEBUG)
    wrong = make_url(address).set(**change)  # type: ignore[arg-type]
    error = await refused(wrong.render_as_string(hide_password=False))
    assert what in error.what
    told = "".join(traceback.format_exception(error)) + caplog.text + repr(error.__dict__)
    for secret in (PASSWORD, "sesame", OWNER + ":"):
        assert secret not in told


async def test_a_database_of_another_program_is_left_alone(address: str) -> None:
    """So is that of a newer version."""
    run_sql(address, "CREATE TABLE invoices (number integer)")
    assert "another program" in (await refused(address)).what
    run_sql(address, "CREATE TABLE alembic_version (version_num varchar(32))")
    run_sql(address, "INSERT INTO alembic_version VALUES ('9999')")
    assert "newer version" in (await refused(address)).what
    assert run_sql(address, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(2,)]


async def test_votes_without_their_key_are_not_voted_on(address: str) -> None:
    """Another key would make them nobody's."""
    async with opened(address) as records:
        await records.vote(vote(1, 2, PASSAGE, is_helpful=True))
    run_sql(address, "DELETE FROM keys")
    assert "key of their hashes is gone" in (await refused(address)).what


async def test_a_failure_tells_nothing_of_what_was_being_written(address: str) -> None:
    """Nobody's question comes into the log by way of a server's error."""
    async with opened(address) as records:
        run_sql(address, "ALTER TABLE unanswered ADD CHECK (question = 'no more')")
        question = "who is needle"
        with pytest.raises(RecordsError, match="PostgreSQL says 23514") as caught:
            await records.add_unanswered(question)
        told = "".join(traceback.format_exception(caught.value))
        assert question not in told
        assert "no more" not in told
        assert await records.count_unanswered() == 0


async def test_a_server_that_says_nothing_is_given_up_in_time(address: str) -> None:
    """Where a network swallows everything, a caller waits no longer than its patience."""
    async with opened(address) as records:
        await records.votes()
    silent = await asyncio.start_server(lambda *_: asyncio.sleep(3600), "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    url = make_url(address).set(port=port).render_as_string(hide_password=False)
    began_s = time.monotonic()
    records = await open_at(url, patience_s=0.1)
    with pytest.raises(RecordsError, match="in time"):
        await records.votes()
    await records.close()
    # What is waited for is a second each time; what is not given up would end with the test alone.
    assert time.monotonic() - began_s < 60
    silent.close()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no address"),
        ("records", "no address"),
        (f"mysql://a:{SECRET}@h/d", "no address"),
        (f"postgresql+psycopg://a:{SECRET}@h/d", "no address"),
        (f"postgresql://a:{SECRET}@h", "no address"),
        (f"postgresql://a:{SECRET}@h:port/d", "no address"),
        (f"postgresql://a:{SECRET}@h/d?application_name=x", "not known: application_name"),
        (f"postgresql://a:{SECRET}@h/d?ssl=on", "not known: ssl=on"),
        (f"postgresql://a:{SECRET}@h/d?sslmode=on", "not known: ssl=on"),
    ],
)
def test_what_is_no_address_is_told(text: str, what: str) -> None:
    """With an example of one, and without what stands there."""
    with pytest.raises(RecordsError) as caught:
        parse_address(text)
    assert what in caught.value.what
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_what_people_read_of_an_address() -> None:
    """The server and the database; libpq's word for encryption is understood."""
    address = parse_address(f" postgresql://ada:{SECRET}@db.example.org:6432/bot?sslmode=require\n")
    assert address.shown == "postgresql://db.example.org:6432/bot"
    assert SECRET not in repr(address)
    assert address.url.render_as_string(hide_password=False) == (
        f"postgresql+asyncpg://ada:{SECRET}@db.example.org:6432/bot?ssl=require"
    )
    assert parse_address("postgresql://ada@/bot?host=/run/pg").shown == "postgresql:///run/pg/bot"
