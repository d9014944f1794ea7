"""Bringing a database's tables up to date, or refusing it untouched.

In: a connection inside a transaction that has the database's write lock; so a step is taken wholly or not at all,
and by one process. Out: the tables that ``tables.py`` describes. A new database gets them as they are now, an old one
by Alembic's steps: driven from here, without a file of settings, saying nothing, imported only where it is needed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from bot.records.model import RecordsError
from bot.records.tables import METADATA

if TYPE_CHECKING:
    from alembic.config import Config

# The newest step in ``migrations/versions``.
HEAD = "0002"


def configure(connection: Connection) -> "Config":
    """Say to Alembic where the steps lie, and on which connection to take them."""
    from alembic.config import Config  # noqa: PLC0415 (takes longer than all the rest)

    config = Config()
    config.set_main_option("script_location", "bot.records:migrations")
    config.attributes["connection"] = connection
    return config


def bring_up_to_date(connection: Connection, path: Path) -> None:
    """Make the tables, or take the steps that a database has not seen yet.

    Raises RecordsError for one that is damaged, another program's, or of a newer version.
    """
    damage = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if damage != "ok":
        # What SQLite says of the damage may quote what is damaged.
        raise RecordsError(
            path, "is damaged", "put it back from a backup, or move it away to begin anew"
        )
    tables = inspect(connection).get_table_names()
    if not tables:
        METADATA.create_all(connection)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
        )
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
        return
    if "alembic_version" not in tables:
        raise RecordsError(
            path, "is another program's database", "give the records a folder of their own"
        )
    if connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() != [
        HEAD
    ]:
        _take_steps(connection, path)


def _take_steps(connection: Connection, path: Path) -> None:
    from alembic import command  # noqa: PLC0415 (likewise)
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = configure(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if not known.issuperset(MigrationContext.configure(connection).get_current_heads()):
        what = "was written by a newer version of the program"
        raise RecordsError(path, what, "install that version again, or give another folder")
    command.upgrade(config, "head")
