"""A PostgreSQL server of the tests' own: a cluster in a temporary directory, on 127.0.0.1.

It is made by Debian's programs, runs as another user than root, and is ended by its process id.
Nothing is waited for on the disk: a crash of the server keeps what was committed all the same, for
the system goes on.
"""

import asyncio
import contextlib
import itertools
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

OWNER = "articlebot"
# A password that has to be quoted in an address.
PASSWORD = "sesame/7@:%"  # noqa: S105 (of a server that ends with the test)
_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "80",
    "listen_addresses": "127.0.0.1",
}


def find_programs() -> Path | None:
    """Find the folder of initdb and postgres, of the newest version; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: one.parts[-3])
    name = shutil.which("initdb")
    if found:
        return found[-1].parent
    return None if name is None else Path(name).resolve().parent


def why_missing() -> str:
    """Say what the tests lack to run a server; "" where they lack nothing."""
    try:
        import asyncpg  # noqa: F401, PLC0415
    except ImportError:
        return "requirements-postgres.txt is not installed"
    if find_programs() is None:
        return "PostgreSQL is not installed: apt-get install postgresql"
    return ""


class PostgresServer:
    """A cluster that is there for one run of the tests."""

    def __init__(self) -> None:
        """Make the cluster and start its server."""
        programs = find_programs()
        assert programs is not None
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="articlebot-postgres-"))
        self._user = _choose_user()
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._superuser_password = secrets.token_hex(8)
        self._names = (f"records_{number}" for number in itertools.count(1))
        self._process: subprocess.Popen[bytes] | None = None
        self._init()
        self.start()
        self.run("postgres", f"CREATE ROLE {OWNER} LOGIN PASSWORD '{PASSWORD}'")

    def _init(self) -> None:
        password = self._folder / "password"
        password.write_text(self._superuser_password, encoding="ascii")
        if self._user is not None:
            shutil.chown(password, self._user)
        subprocess.run(
            [
                self._programs / "initdb", "--pgdata", self._folder / "data", "--no-sync",
                "--username", "postgres", "--pwfile", password, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C.UTF-8",
            ],
            user=self._user, cwd=self._folder, check=True, capture_output=True,
        )  # fmt: skip

    def start(self) -> None:
        """Start the server, and wait until it takes connections."""
        options = [f"--{name}={value}" for name, value in _FAST.items()]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._programs / "postgres", "-D", self._folder / "data",
                    "-p", str(self.port), "-k", self._folder, *options,
                ],
                user=self._user, cwd=self._folder, stdout=log, stderr=log,
            )  # fmt: skip
        ready = [str(self._programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port), "-q"]
        while subprocess.run(ready, check=False).returncode != 0:
            assert self._process.poll() is None, (self._folder / "log").read_text("utf-8")
            time.sleep(0.05)

    def kill(self) -> None:
        """End the server at once, as a crash would: what was not committed is lost."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()
        self._process = None

    def end(self) -> None:
        """End the server, and delete the cluster."""
        if self._process is not None:
            self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def make_database(self) -> str:
        """Make an empty database of the bot's; give its address."""
        name = next(self._names)
        self.run("postgres", f"CREATE DATABASE {name} OWNER {OWNER}")
        password = quote(PASSWORD, safe="")
        return f"postgresql+asyncpg://{OWNER}:{password}@127.0.0.1:{self.port}/{name}"

    def run(self, database: str, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement as the superuser, behind the program's back; give its rows."""
        address = f"postgresql://postgres:{self._superuser_password}@127.0.0.1:{self.port}"
        return run_sql(f"{address}/{database}", sql, *values)


def run_sql(address: str, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Run one statement on an event loop of its own, whoever runs one already; give its rows."""
    rows: list[tuple[Any, ...]] = []

    async def run() -> None:
        import asyncpg  # noqa: PLC0415 (it may not be installed)

        connection = await asyncpg.connect(address.replace("+asyncpg", ""))
        try:
            rows.extend(tuple(row) for row in await connection.fetch(sql, *values))
        finally:
            await connection.close()

    faults: list[BaseException] = []

    def run_aside() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001 (it is raised again)
            faults.append(error)

    thread = threading.Thread(target=run_aside)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]
    return rows


@contextlib.contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Have a server for as long as it is needed."""
    server = PostgresServer()
    try:
        yield server
    finally:
        server.end()


def _choose_user() -> str | None:
    """Choose whom the server runs as where this is root; None: whoever this is."""
    if os.geteuid() != 0:
        return None
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
