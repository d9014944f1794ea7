"""Every later version of the program opens what an earlier one wrote, with all that is in it."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from opened_records import PASSAGE, Calendar, Place, opened, query, vote
from sqlalchemy import create_engine

from bot.records.key import Key
from bot.records.model import OutOfScope, PassageVotes, Unanswered, VoteOutcome, WordPair
from bot.records.schema import HEAD, configure
from bot.records.tables import METADATA

# What version 0.1.0 wrote. Never to be changed: there are such files in the world.
FIRST_VERSION = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE votes (
    person VARCHAR(32) NOT NULL,
    answer VARCHAR(32) NOT NULL,
    passage VARCHAR(12) NOT NULL,
    is_helpful BOOLEAN NOT NULL,
    day DATE NOT NULL,
    PRIMARY KEY (person, answer)
);
CREATE TABLE unanswered (
    number INTEGER NOT NULL,
    sameness VARCHAR(32) NOT NULL,
    question VARCHAR(300) NOT NULL,
    times INTEGER NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (sameness)
);
INSERT INTO alembic_version VALUES ('0001');
INSERT INTO votes VALUES (
    '1dceb9e6735f4f7788eae8e7bcabd24c', 'bba1173287d061dba5e3f892d279c7ec', '0123456789ab', 1, \
'2026-02-28'
);
INSERT INTO unanswered VALUES (
    7, '113ea8cd1b628fd4a5b4f58cc9bc2ef0', 'Who is he?', 3, '2026-02-01', '2026-02-28'
);
"""

# What the fifth version made in PostgreSQL, where no earlier one has been. Never to be changed.
FIFTH_VERSION = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0005');
CREATE TABLE votes (
    person VARCHAR(32) NOT NULL, question VARCHAR(32) NOT NULL, day DATE NOT NULL,
    answer VARCHAR(32) NOT NULL, passage VARCHAR(12) NOT NULL, is_helpful BOOLEAN NOT NULL,
    PRIMARY KEY (person, question, day), UNIQUE (person, answer)
);
CREATE TABLE presses (
    press VARCHAR(32) NOT NULL, person VARCHAR(32) NOT NULL, outcome VARCHAR(9) NOT NULL,
    day DATE NOT NULL, PRIMARY KEY (press)
);
CREATE TABLE clock (
    number SERIAL NOT NULL, today DATE NOT NULL, days_behind INTEGER NOT NULL, ahead_since DATE,
    PRIMARY KEY (number)
);
CREATE TABLE unanswered (
    number SERIAL NOT NULL, sameness VARCHAR(32) NOT NULL, question VARCHAR(300) NOT NULL,
    times INTEGER NOT NULL, first_day DATE NOT NULL, last_day DATE NOT NULL,
    PRIMARY KEY (number), UNIQUE (sameness)
);
CREATE TABLE day_counts (
    day DATE NOT NULL, kind VARCHAR(9) NOT NULL, what VARCHAR(16) NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (day, kind, what)
);
CREATE TABLE word_pairs (
    word VARCHAR(30) NOT NULL, other VARCHAR(30) NOT NULL, times INTEGER NOT NULL,
    last_day DATE NOT NULL, PRIMARY KEY (word, other)
);
CREATE TABLE out_of_scope (
    terms VARCHAR(600) NOT NULL, gap VARCHAR(12) NOT NULL, day DATE NOT NULL, PRIMARY KEY (terms)
);
CREATE TABLE channel_settings (
    guild_id BIGINT NOT NULL, channel_id BIGINT NOT NULL, key VARCHAR(40) NOT NULL,
    value JSON NOT NULL, changed_at BIGINT NOT NULL, PRIMARY KEY (guild_id, channel_id, key)
);
CREATE TABLE keys (name VARCHAR(16) NOT NULL PRIMARY KEY, key BYTEA NOT NULL);
INSERT INTO keys VALUES ('hashes', decode(repeat('00', 32), 'hex'))
"""


def write_first_version(folder: Path) -> None:
    """Write a database and its key as the first version did."""
    with closing(sqlite3.connect(folder / "records.sqlite3")) as connection:
        connection.executescript(FIRST_VERSION)
    (folder / "records.key").write_bytes(bytes(range(32)))


async def test_what_the_first_version_wrote_is_there_in_the_newest(tmp_path: Path) -> None:
    """Votes are still those of their members, and questions still the same questions."""
    write_first_version(tmp_path)
    calendar = Calendar()
    async with opened(tmp_path, clock=calendar.clock) as records:
        assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]
        await records.add_unanswered("who is he")
        assert await records.unanswered() == [
            Unanswered("Who is he?", 4, dt.date(2026, 2, 1), calendar.day)
        ]
        assert await records.vote(vote(1, 2, PASSAGE, is_helpful=True)) is VoteOutcome.WITHDRAWN


async def make_fifth_version(place: Place) -> None:
    """Make the tables of the version before what is kept had a server, and a key."""
    if isinstance(place, Path):
        engine = create_engine(f"sqlite:///{place}/records.sqlite3")
        with engine.begin() as connection:
            command.upgrade(configure(connection), "0005")
        engine.dispose()
        (place / "records.key").write_bytes(bytes(range(32)))
        return
    for statement in FIFTH_VERSION.split(";"):
        query(place, statement)


async def test_what_was_kept_without_a_server_is_that_of_none(place: Place) -> None:
    """Of questions, votes, counts, words and what is out of scope, each row stays, and takes part
    in what is written after it.
    """
    await make_fifth_version(place)
    asked = "7, '113ea8cd1b628fd4a5b4f58cc9bc2ef0', 'Who is he?', 3, '2026-02-01', '2026-02-28'"
    for row in (
        "votes VALUES ('p', 'q', '2026-02-28', 'a', '0123456789ab', TRUE)",
        f"unanswered VALUES ({asked})",
        "day_counts VALUES ('2026-02-28', 'answered', '', 5)",
        "word_pairs VALUES ('fare', 'price', 2, '2026-02-28')",
        "out_of_scope VALUES ('doughnut fri', 'g', '2026-02-28')",
        "clock VALUES (1, '2026-02-28', 0, NULL)",
    ):
        query(place, f"INSERT INTO {row}")
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:
        assert await records.votes([0]) == [PassageVotes(PASSAGE, 1, 0)]
        await records.add_unanswered("Where is he?", 9)
        await records.add_unanswered("Who is he?")
        kept = [(one.question, one.times) for one in await records.unanswered(servers=[0])]
        assert kept == [("Who is he?", 4)]
        assert query(place, "SELECT number FROM unanswered ORDER BY number") == [(7,), (8,)]
        counts = {one.kind: one.times for one in await records.day_counts(30, [0])}
        assert counts == {"answered": 5, "helpful": 1}
        assert await records.word_pairs([0]) == [WordPair("fare", "price", 2)]
        assert await records.out_of_scope() == [OutOfScope("doughnut fri", "g")]


async def test_a_clock_that_is_wrong_at_the_first_start_of_the_newest_deletes_nothing(
    tmp_path: Path,
) -> None:
    """When the first version last wrote something is known: a clock two months later is doubted for
    a day.
    """
    write_first_version(tmp_path)
    calendar = Calendar()
    calendar.jump(60)
    async with opened(tmp_path, clock=calendar.clock) as records:
        assert await records.count_unanswered() == 1
        calendar.turn(1)
        assert await records.count_unanswered() == 0
        assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]


def test_the_steps_lead_to_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    """After the last step nothing differs from what the queries are written for."""
    engine = create_engine(f"sqlite:///{tmp_path}/records.sqlite3")
    with engine.begin() as connection:
        command.upgrade(configure(connection), "head")
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_the_first_step_is_what_the_first_version_took(tmp_path: Path) -> None:
    """A step that was released is not changed afterwards."""
    (tmp_path / "first").mkdir()
    write_first_version(tmp_path / "first")
    engine = create_engine(f"sqlite:///{tmp_path}/records.sqlite3")
    with engine.begin() as connection:
        command.upgrade(configure(connection), "0001")
    engine.dispose()
    schema = "SELECT name, sql FROM sqlite_master ORDER BY name"
    made, written = (
        [(name, sql and sql.split()) for name, sql in query(folder, schema)]
        for folder in (tmp_path, tmp_path / "first")
    )
    assert made == written


def test_the_hashes_of_the_first_version_are_those_of_the_newest() -> None:
    """Were a hash made otherwise, no old vote could be withdrawn or forgotten."""
    key = Key(bytes(range(32)))
    assert key.hash_person(1) == "1dceb9e6735f4f7788eae8e7bcabd24c"
    assert key.hash_answer(2) == "bba1173287d061dba5e3f892d279c7ec"


async def test_a_new_database_is_what_the_steps_make(tmp_path: Path) -> None:
    """Made at once, it has the tables and the mark of one that took every step; and the other way
    is open too.
    """
    (tmp_path / "new").mkdir()
    async with opened(tmp_path / "new"):
        pass
    engine = create_engine(f"sqlite:///{tmp_path / 'new'}/records.sqlite3")
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        assert MigrationContext.configure(connection).get_current_heads() == (HEAD,)
        assert ScriptDirectory.from_config(configure(connection)).get_heads() == [HEAD]
    engine.dispose()


async def test_steps_that_were_not_taken_are_taken(tmp_path: Path) -> None:
    """A database from before the newest step is brought up to it."""
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    async with opened(tmp_path) as records:
        assert await records.vote(vote(1, 2, PASSAGE, is_helpful=True)) is VoteOutcome.COUNTED
    assert query(tmp_path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
