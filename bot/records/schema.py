"""Bringing a database's tables up to date, or refusing it untouched.

In: a connection inside a transaction that has the database's write lock; so a step is taken wholly or not at all,
and by one process. Out: the tables that ``tables.py`` describes. Alembic is driven from here, without a file of
settings, and says nothing.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.records.model import RecordsError


def configure(connection: Connection) -> Config:
    """Say to Alembic where the steps lie, and on which connection to take them."""
    config = Config()
    config.set_main_option("script_location", "bot.records:migrations")
    config.attributes["connection"] = connection
    return config


def bring_up_to_date(connection: Connection, path: Path) -> None:
    """Take the steps that a database has not seen yet.

    Raises RecordsError for one that is damaged, another program's, or of a newer version.
    """
    damage = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if damage != "ok":
        raise RecordsError(path, "is damaged", f"put it back from a backup, or move it away to begin anew; {damage}")
    tables = inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        raise RecordsError(path, "is another program's database", "give the records a folder of their own")
    config = configure(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if not known.issuperset(MigrationContext.configure(connection).get_current_heads()):
        what = "was written by a newer version of the program"
        raise RecordsError(path, what, "install that version again, or give another folder")
    command.upgrade(config, "head")
