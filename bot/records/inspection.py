"""Look at a PostgreSQL database without changing anything: is it there, and what is in it."""

import time
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.aside import run_aside
from bot.records.postgres import PostgresDatabase
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
    return run_aside(partial(_inspect, address))


async def _inspect(address: PostgresAddress) -> Server:
    database = PostgresDatabase(address, _prepare_nothing)

    def look(connection: Connection) -> Server:
        version = connection.exec_driver_sql("SHOW server_version").scalar_one()
        return Server(str(version), find_tables(connection, address.shown))

    async def read(connection: AsyncConnection) -> Server:
        return await connection.run_sync(look)

    try:
        return await database.read(read, time.monotonic() + _PATIENCE_S)
    finally:
        await database.close()


async def _prepare_nothing(_: AsyncConnection) -> None:
    """Leave the tables as they are."""
