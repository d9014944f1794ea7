"""The image's own steps, done in a plain directory, make a program that another user can run and
that tries to write nowhere but where it may.
"""

import asyncio
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import World, ending, judge, populate
from image import ROOT, Image, lay_out
from loopback import LoopbackDiscord

AUDIT = Path(__file__).parent.parent / "write_audit" / "sitecustomize.py"
QUESTION = "Who hosted the Paris summit of December 2019?"
# Where a Python lies that not only its owner can run.
PLACES = ("/usr/local/bin", "/usr/bin")


def is_for_all(path: Path) -> bool:
    """Tell whether every user can read a program, through all folders above it."""
    real = path.resolve()
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents) and bool(
        real.stat().st_mode & stat.S_IXOTH
    )


def find_python() -> Path | None:
    """Find a Python that other users can run and that makes environments."""
    running = Path(sys.base_prefix) / "bin" / "python3"
    for path in (running, *(Path(place) / "python3" for place in PLACES)):
        question = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
        if (
            path.exists()
            and is_for_all(path)
            and subprocess.run([path, "-c", question], check=False).returncode == 0
        ):
            return path
    return None


PYTHON = find_python() if os.name == "posix" and os.geteuid() == 0 else None

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(PYTHON is None, reason="needs root, and a Python that others can run"),
]


def list_places(image: Image) -> list[str]:
    """Give the places of an image that its user may write, as compose.yaml runs it."""
    return ["/tmp", *(one for one in image.volumes if one != "/srv/knowledge")]  # noqa: S108


@dataclass(slots=True)
class Container:
    """The image as its user runs it, and the file that is told what is tried to be written."""

    image: Image
    told: Path
    descriptor: int

    @property
    def program(self) -> list[str]:
        """Give what is called, without a command."""
        return [str(self.image.place("/opt/articlebot/bin/articlebot"))]

    @property
    def options(self) -> dict[str, Any]:
        """Give what a process needs to run as the image's user, with what the image sets."""
        return {
            "user": self.image.user,
            "group": self.image.user,
            "extra_groups": [],
            "cwd": self.image.place(""),
            "pass_fds": [self.descriptor],
            "env": {
                **self.image.environment,
                "HOME": "/nonexistent",
                "PYTHONPATH": str(self.told.parent),
                "WRITES_ARE_TOLD_ON": str(self.descriptor),
            },
        }

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command of the program, and wait for it."""
        return subprocess.run(
            [*self.program, *arguments],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            **self.options,
        )

    def tries(self) -> list[tuple[str, str]]:
        """Give what was tried to be written so far: what was done, and the path."""
        lines = self.told.read_text(encoding="utf-8").splitlines()
        tries = [tuple(line.split(" ", 1)) for line in lines]
        return [(event, path) for event, path in tries if path != os.devnull]

    def strays(self) -> list[tuple[str, str]]:
        """Give those that were not for a place that may be written."""
        places = tuple(f"{self.image.place(place)}/" for place in list_places(self.image))
        return [(event, path) for event, path in self.tries() if not f"{path}/".startswith(places)]


@pytest.fixture(scope="module")
def container() -> Iterator[Container]:
    """Lay the image out where its user may look, with the shipped articles."""
    assert PYTHON is not None
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        folder.chmod(0o755)
        image = lay_out(folder / "image", PYTHON)
        shutil.copytree(ROOT / "knowledge", image.place("knowledge"), dirs_exist_ok=True)
        shutil.copy(AUDIT, folder)
        told = folder / "told.txt"
        descriptor = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            yield Container(image, told, descriptor)
        finally:
            os.close(descriptor)


def list_writable(container: Container) -> list[str]:
    """Have the image's user say which folders and files of the image it may write."""
    program = (
        "import os, sys\n"
        "for folder, _, files in os.walk(sys.argv[1]):\n"
        "    for path in (folder, *(os.path.join(folder, name) for name in files)):\n"
        "        if os.access(path, os.W_OK): print(os.path.relpath(path, sys.argv[1]))\n"
    )
    done = subprocess.run(
        [container.image.place("/opt/articlebot/bin/python"), "-c", program, container.image.root],
        capture_output=True,
        text=True,
        check=True,
        **container.options,
    )
    return sorted(done.stdout.split())


def test_its_user_may_write_nothing_but_the_volumes_and_tmp(container: Container) -> None:
    """Of all files of the image none; what is kept is for that user alone."""
    places = [place.lstrip("/") for place in list_places(container.image)]
    writable = list_writable(container)
    assert [path for path in writable if not path.startswith(tuple(places))] == []
    assert {*places} <= {*writable}
    for place in places:
        mode = container.image.root.joinpath(place).stat().st_mode & 0o7777
        assert mode == (0o1777 if place == "tmp" else 0o700)


def test_what_is_tried_is_told(container: Container) -> None:
    """Also in vain; else nothing that follows would prove anything."""
    program = "import contextlib\nwith contextlib.suppress(OSError): open('/srv-x/y', 'w')\n"
    before = container.tries()
    subprocess.run(
        [container.image.place("/opt/articlebot/bin/python"), "-c", program],
        check=True,
        **container.options,
    )
    assert container.tries()[len(before) :] == [("open", "/srv-x/y")]
    text = container.told.read_text(encoding="utf-8")
    container.told.write_text(text.replace("open /srv-x/y\n", ""), encoding="utf-8")


def test_commands_write_nowhere_else(container: Container) -> None:
    """`check`, `ask` and `summary` do what they do for anybody, and try no other place."""
    assert container.run("check").returncode == 0
    asked = container.run("ask", QUESTION)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "Macron" in asked.stdout
    assert container.run("summary").returncode == 0
    assert container.strays() == []


async def test_the_bot_writes_nowhere_else(container: Container) -> None:
    """It answers in Discord, keeps a vote and an unanswered question, reads its folder again, and
    ends as it is told to; all that it keeps lies in its volumes.
    """
    async with LoopbackDiscord() as discord:
        world = populate(discord, container.image.place("knowledge"))
        async with ending(world):
            await launch(container, world)
            card = await world.ask(QUESTION)
            await world.press(card, "Helpful")
            await world.ask("xylophone zeppelin quartz")
            await world.use("kb reload", world.manager)
            assert await world.stop() == 0, world.log
        judge(discord)
    assert not re.search("warning|error", "".join(world.log), re.IGNORECASE), world.log
    assert container.strays() == []
    records = container.image.place("records")
    assert {"records.key", "records.sqlite3"} <= {path.name for path in records.iterdir()}
    assert {path.stat().st_uid for path in records.iterdir()} == {container.image.user}


async def launch(container: Container, world: World) -> None:
    """Start the bot in the container, with its token in a file as compose.yaml has it."""
    secret = container.told.with_name("token")
    secret.write_text(world.discord.token, encoding="utf-8")
    secret.chmod(0o644)
    options = container.options
    options["env"] |= {
        "DISCORD_TOKEN_FILE": str(secret),
        "DISCORD_API_URL": world.discord.api_url,
        "DISCORD_GATEWAY_URL": world.discord.gateway_url,
    }
    command = [*container.program, *container.image.command]
    process = await asyncio.create_subprocess_exec(
        *command, stderr=asyncio.subprocess.PIPE, **options
    )
    world.watch(process)
    await world.discord.ready()
