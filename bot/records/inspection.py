"""Look at a PostgreSQL database without changing anything: is it there, and what is in it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.records.aside import transact_aside
from bot.records.postgres_address import PostgresAddress
from bot.records.schema import Tables, find_tables

_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Server:
    """The version of a server, and how the tables are that it has."""

    version: str
    tables: Tables


def inspect_server(address: PostgresAddress) -> Server:
    """Look at a database. Raises RecordsError where it can't be used; waits some seconds at most.

    From any thread, with an event loop or without.
    """

    def look(connection: Connection) -> Server:
        version = connection.exec_driver_sql("SHOW server_version").scalar_one()
        return Server(str(version), find_tables(connection, address.shown))

    return transact_aside(address, look, is_writing=False, patience_s=_PATIENCE_S)
