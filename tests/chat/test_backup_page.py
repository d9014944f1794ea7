"""docs/backup.md: each step is typed as it stands there, with the bot running, stopped or gone."""

import asyncio
import os
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ARTICLES, ROOT, World
from loopback.state import Message

from bot.cli import main

PAGE = (ROOT / "docs" / "backup.md").read_text(encoding="utf-8")
BUILT = "Who built the first bridge over the Orrin?"
IN_VAIN = "who is xylophone zeppelin"


def steps_of(heading: str) -> list[str]:
    """Give the commands that stand under a heading, block by block."""
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    return re.findall(r"^```(?:sh)?\n(.*?)^```", section, re.DOTALL | re.MULTILINE)


async def type_in(world: World, step: str) -> tuple[int, str]:
    """Type a step in the folder of config.yaml; give its exit code and all that it says."""
    process = await asyncio.create_subprocess_exec(
        "sh", "-e", "-c", step,
        cwd=world.folder.parent,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def vote(world: World, card: Message) -> str:
    """Press Helpful as the member; give what the bot says."""
    return (await world.press(card, "Helpful")).text


async def unanswered(world: World) -> str:
    """Give what /kb gaps shows to the manager."""
    return (await world.use("kb gaps", world.manager)).text


@pytest.mark.slow
async def test_the_page_from_a_backup_to_a_downgrade(  # noqa: PLR0915 (one story)
    world: World,
) -> None:
    """What was voted and asked before a backup is there after the disk was lost; a restore under
    the running bot is refused and harmless; after an upgrade the older records can be had back.
    """
    records = world.folder.parent / "records"
    (backup, look) = steps_of("Backup")
    (restore, replace) = steps_of("Restore")
    await world.start()
    card = await world.ask(BUILT)
    counted = await vote(world, card)
    await world.ask(IN_VAIN)

    # Backup, while it runs.
    code, said = await type_in(world, backup)
    assert (code, said.startswith("articlebot.tar: records, ")) == (0, True), said
    code, said = await type_in(world, look)
    # The head, database and key, the manifest of versions, and both articles.
    assert (code, said.count(": OK")) == (0, 6), said

    # A restore is refused while it runs, and the bot goes on.
    assert (await type_in(world, restore))[0] == 1
    code, said = await type_in(world, replace)
    assert (code, "open in another program" in said) == (1, True), said
    withdrawn = await vote(world, card)
    assert withdrawn != counted

    # The disk is lost.
    assert await world.stop() == 0, world.log
    shutil.rmtree(records)
    shutil.rmtree(world.folder.parent / "versions")
    code, said = await type_in(world, restore)
    assert (code, said) == (0, "articlebot.tar: records, 3 files of versions: restored\n")
    # What is spoilt meanwhile is served from the version that came back.
    article = world.folder / "rivers.md"
    article.write_bytes(b"\0\1\2" * 100)
    await world.start()
    assert "1844" in (await world.ask(BUILT)).text
    article.write_text(ARTICLES["rivers.md"], encoding="utf-8")
    assert IN_VAIN in await unanswered(world)
    # The vote is there again, and known as the member's.
    assert await vote(world, card) == withdrawn

    # There are records, which are moved away.
    assert await world.stop() == 0, world.log
    code, said = await type_in(world, replace)
    assert (code, "before-restore-1" in said) == (0, True), said
    assert (records / "before-restore-1" / "records.sqlite3").exists()
    await world.start()
    assert await vote(world, card) == withdrawn
    assert await world.stop() == 0, world.log

    # Upgrade: the records are from this version; then a newer one brings them up to date.
    (before, check) = steps_of("Upgrade")
    assert (await type_in(world, before))[0] == 0
    assert (await type_in(world, check))[0] == 0
    with closing(sqlite3.connect(records / "records.sqlite3")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    # Downgrade: this version refuses them, serves without, and takes the older ones back.
    await world.start()
    assert "written by a newer version" in "".join(world.log)
    assert "1844" in (await world.ask(BUILT)).text
    assert await world.stop() == 0, world.log
    (downgrade,) = steps_of("Downgrade")
    code, said = await type_in(world, downgrade)
    assert (code, "before-restore-2" in said) == (0, True), said
    world.log.clear()
    await world.start()
    assert IN_VAIN in await unanswered(world)
    assert "newer version" not in "".join(world.log)


def test_the_commands_for_a_container_are_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """Those that can't be run without an engine name services and commands that there are."""
    (block,) = steps_of("In a container")
    called = re.findall(r"-T articlebot (?:articlebot )?(\w+)([^<>\n]*)", block)
    assert [command for command, _ in called] == ["backup", "restore"]
    for command, options in called:
        with pytest.raises(SystemExit) as ended:
            main([command, *options.split(), "--help"])
        assert ended.value.code == 0
        assert "FILE" in capsys.readouterr().out
    assert "\n  articlebot:\n" in (ROOT / "compose.yaml").read_text(encoding="utf-8")
