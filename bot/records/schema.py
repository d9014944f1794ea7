"""Bring a database's tables up to date, or refuse the database and leave it as it is.

In: a connection inside a transaction that has the write lock, so a migration is made wholly or not
at all, and by one process. Out: the tables that ``tables.py`` describes.

A new database gets the tables as they are now. An old one is migrated by Alembic. That is driven
from here, without a file of settings, and imported only where it is needed: its import takes a
quarter of a second.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, inspect, text

from bot.records.model import RecordsError
from bot.records.shared_tables import SHARED_METADATA
from bot.records.tables import METADATA, VOTES
from bot.texts import records as texts

if TYPE_CHECKING:
    from alembic.config import Config

# How the tables of a database are: not there yet, those of an older version, or those of this one.
Tables = Literal["none", "older", "current"]

# The newest migration in ``migrations/versions``.
HEAD = "0008"
# The table in which Alembic keeps the version of the others.
_VERSION_TABLE = "alembic_version"


def configure(connection: Connection) -> "Config":
    """Tell Alembic where the migrations are, and on which connection to run them."""
    from alembic.config import Config  # noqa: PLC0415 (takes longer than all the rest)

    config = Config()
    config.set_main_option("script_location", "bot.records:migrations")
    config.attributes["connection"] = connection
    return config


def bring_up_to_date(connection: Connection, path: Path | str) -> None:
    """Make the tables, or migrate those of an older version.

    Raises RecordsError for a database that is damaged, another program's, or of a newer version.
    """
    tables = find_tables(connection, path)
    if tables == "none":
        create_tables(connection)
    elif tables == "older":
        _migrate(connection)


def find_tables(connection: Connection, path: Path | str) -> Tables:
    """Say how the tables are; raise RecordsError for what ``bring_up_to_date`` would refuse."""
    if _is_sqlite(connection):
        _refuse_damaged(connection, path)
    tables = inspect(connection).get_table_names()
    if not tables:
        return "none"
    if _VERSION_TABLE not in tables:
        raise RecordsError(path, texts.OTHER_PROGRAM, texts.OTHER_PROGRAM_HINT)
    if _read_versions(connection) == [HEAD]:
        return "current"
    _refuse_newer(connection, path)
    return "older"


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _refuse_damaged(connection: Connection, path: Path | str) -> None:
    damage = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if damage != "ok":
        # What SQLite says of the damage may quote what is damaged.
        raise RecordsError(path, texts.DAMAGED, texts.RESTORE)


def count_votes(connection: Connection) -> int:
    """Count the votes of a database, of whichever version; one without tables has none."""
    if not inspect(connection).has_table(VOTES.name):
        return 0
    return int(connection.exec_driver_sql("SELECT count(*) FROM votes").scalar_one())


def _read_versions(connection: Connection) -> list[str]:
    result = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
    return list(result.scalars().all())


def create_tables(connection: Connection) -> None:
    """Make the tables of this version that are not there, and say that they are of it."""
    METADATA.create_all(connection)
    if not _is_sqlite(connection):
        SHARED_METADATA.create_all(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _refuse_newer(connection: Connection, path: Path | str) -> None:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 (likewise)
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = configure(connection)
    migrations = ScriptDirectory.from_config(config).walk_revisions()
    known = {migration.revision for migration in migrations}
    applied = MigrationContext.configure(connection).get_current_heads()
    if not known.issuperset(applied):
        raise RecordsError(path, texts.NEWER_VERSION, texts.NEWER_VERSION_HINT)


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 (likewise)

    command.upgrade(configure(connection), "head")
