"""What compose.yaml asks an engine for, asked of Linux itself: everything can only be read but the
volumes, and there are no capabilities and no new privileges. The bot does all that it does.
"""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import World

ROOT = Path(__file__).parent.parent.parent
VOLUMES = ("records", "index", "versions", "tmp")
# In a mount namespace of its own: $1 is the folder, which becomes /srv; the rest is what is run.
CONFINE = """
set -eu
folder=$1
shift
mount --make-rprivate /
mount --bind "$folder" /srv
for name in records index versions tmp; do
  mount --bind "/srv/$name" "/srv/$name"
done
while read -r _ place _; do
  case $place in
    /srv/?*|/proc*|/dev*|/sys*) ;;
    *) mount -o remount,bind,ro "$place" ;;
  esac
done < /proc/self/mounts
cd /srv
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
"""
WHERE = "where does the Orrin end?"


def confine(folder: Path, *command: str) -> list[str]:
    """Give a command that runs another one confined."""
    namespaces = ("unshare", "--user", "--map-root-user", "--mount")
    return [*namespaces, "sh", "-c", CONFINE, "sh", str(folder), *command]


def make_volumes(folder: Path) -> None:
    """Make the folders that may be written."""
    for name in VOLUMES:
        (folder / name).mkdir(mode=0o700)


@pytest.fixture
def volumes(tmp_path: Path) -> Path:
    """Give a folder with the volumes; skip where Linux does not confine for everybody."""
    make_volumes(tmp_path)
    if not all(map(shutil.which, ("unshare", "setpriv", "mount"))):
        pytest.skip("there are no namespaces of Linux here")
    tried = subprocess.run(confine(tmp_path, "true"), capture_output=True, check=False)
    if tried.returncode != 0:
        pytest.skip("who runs the tests may not make namespaces")
    return tmp_path


def test_nothing_else_can_be_written(volumes: Path) -> None:
    """Else what follows would prove nothing."""
    places = ("/srv", "/srv/articles", "/etc", str(ROOT), *(f"/srv/{one}" for one in VOLUMES))
    (volumes / "articles").mkdir()
    code = (
        "import os, sys\n"
        "for place in sys.argv[1:]:\n"
        "    try:\n"
        "        open(os.path.join(place, 'probe'), 'w').close()\n"
        "        print(place)\n"
        "    except OSError:\n"
        "        pass\n"
        "print(open('/proc/self/status').read())\n"
    )
    done = subprocess.run(
        confine(volumes, sys.executable, "-c", code, *places),
        capture_output=True,
        text=True,
        check=True,
    )
    *written, status = done.stdout.split("\n", len(VOLUMES))
    assert written == [f"/srv/{one}" for one in VOLUMES]
    told = dict(line.split(":\t") for line in status.splitlines() if ":\t" in line)
    assert {int(told[f"Cap{kind}"], 16) for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {0}
    assert told["NoNewPrivs"] == "1"


async def test_the_bot_does_all_that_it_does(world: World, volumes: Path) -> None:
    """It answers, keeps a vote, an unanswered question and the articles' versions, reads them
    again, and ends in order.
    """
    (volumes / "config.yaml").write_text("knowledge: articles\nrecords: records\n", "utf-8")
    process = await asyncio.create_subprocess_exec(
        *confine(volumes, sys.executable, "-m", "bot", "run", "--config", "/srv/config.yaml"),
        stderr=asyncio.subprocess.PIPE,
        env={
            **os.environ,
            **world.discord.environment,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": "/srv/tmp",
        },
    )
    world.watch(process)
    await world.discord.ready()
    answer = await world.ask(WHERE)
    assert "Lisk" in answer.text
    await world.press(answer, "Helpful")
    await world.ask("what is the needle of the zeppelin?")
    (world.folder / "lakes.md").write_text("# Lakes\n\nLake Ulm is deep.\n", "utf-8")
    assert "Lakes" in (await world.use("kb reload", world.manager)).text
    assert await world.stop() == 0
    with closing(sqlite3.connect(volumes / "records" / "records.sqlite3")) as connection:
        for table in ("votes", "unanswered"):
            count = f"SELECT count(*) FROM {table}"  # noqa: S608 (one of these two)
            assert connection.execute(count).fetchone() == (1,)
    assert any((volumes / "versions").iterdir())
    assert "incident" not in "".join(world.log)
