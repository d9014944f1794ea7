"""Bots whose records are in PostgreSQL: several share them, and a server that is away costs little."""

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, World
from postgres_server import PASSWORD, PostgresServer, run_sql
from test_vote_buttons import BUILT, count_votes, vote_with_two

pytestmark = pytest.mark.slow


def assert_untold(world: World) -> None:
    """Check that nobody read the password: not in the log, not in Discord, not in a file."""
    told = "".join(world.log) + repr([sent.json for sent in world.discord.requests])
    folder = world.folder.parent
    told += "".join(path.read_text("latin-1") for path in folder.rglob("*") if path.is_file())
    assert PASSWORD not in told
    assert "sesame" not in told


async def test_a_bot_answers_without_its_database_and_votes_when_it_is_back(
    world: World, own_server: PostgresServer
) -> None:
    """It starts without one; a vote then fails with a number, and the next one counts. So it is
    when the server goes while the bot runs.
    """
    url = own_server.make_database()
    own_server.kill()
    await world.start(RECORDS_URL=url)
    assert any("can't be kept yet" in line for line in world.log)
    for button, votes in (("Helpful", "1 helpful, 0 not"), ("Not helpful", "0 helpful, 1 not")):
        card = await world.ask(BUILT)
        assert "Elda Njord" in card.text
        assert "can't keep votes at the moment" in (await world.press(card, button)).text
        own_server.start()
        await world.press(card, button)
        assert votes in await count_votes(world)
        own_server.kill()
    own_server.start()
    for command in ("kb doctor", "kb status"):
        await world.use(command, world.manager)
    assert await world.stop() == 0
    assert_untold(world)


async def test_two_bots_count_a_press_once(world: World, postgres_server: PostgresServer) -> None:
    """Both are told of each press, and share nothing but the database."""
    url = postgres_server.make_database()
    await world.start(RECORDS_URL=url)
    second = replace(world, process=None, log=[], records="others", versions="other-versions")
    await second.launch(RECORDS_URL=url)
    await world.discord.identified(2, 30)
    try:
        await vote_with_two(world, second)
        assert run_sql(url, "SELECT count(*) FROM presses") == [(2,)]
    finally:
        assert await second.stop() == 0, second.log
    # That an interaction is answered twice is what having two processes means.
    world.discord.offences.clear()
    assert_untold(world)
    assert not (world.folder.parent / "records" / "records.sqlite3").exists()


async def test_what_one_process_has_found_changed_is_served_by_the_other(
    world: World, postgres_server: PostgresServer
) -> None:
    """Only the first one looks at the folder; it tells the other, which tells nobody in turn."""
    url = postgres_server.make_database()
    world.settings = "watch: on\n"
    await world.start(RECORDS_URL=url)
    second = replace(world, process=None, log=[], records="others", versions="other-versions")
    second.settings = ""
    await second.launch(RECORDS_URL=url)
    await world.discord.identified(2, 30)
    served = "another process has changed the articles"
    try:
        for times in (1, 2):
            text = f"# Of Owls {times}\n\nOwls of Lisk sleep {times} hours a day.\n"
            (world.folder / "owls.md").write_text(text, encoding="utf-8")
            await until(lambda times=times: count(served, second) == times)  # type: ignore[misc]
            await until(lambda times=times: count("has changed:", world) == times)  # type: ignore[misc]
    finally:
        assert await second.stop() == 0, second.log
    assert count(served, world) == 0
    assert "2 hours a day" in (await world.ask("How long do the owls of Lisk sleep?")).text


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; the time limit of a test ends what never does."""
    while not holds():  # noqa: ASYNC110 (nothing tells when a line is logged)
        await asyncio.sleep(0.05)


def count(words: str, world: World) -> int:
    """Count lines of a log that have some words."""
    return sum(words in line for line in world.log)


async def publish(world: World, folder: Path, url: str, *options: str) -> str:
    """Publish a folder from another machine; give what the command says."""
    config = folder.parent / f"{folder.name}.yaml"
    config.write_text(
        f"knowledge: {folder.name}\nrecords: off\nindex: off\nversions: off\n", encoding="utf-8"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "publish", "--config", str(config), *options,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **world.discord.environment, "RECORDS_URL": url},
    )  # fmt: skip
    told, _ = await process.communicate()
    return told.decode()


async def test_bots_that_share_no_folder_serve_what_is_published(
    world: World, own_server: PostgresServer, tmp_path: Path
) -> None:
    """Each in a folder of its own, at once, after a restart without the database, and what is
    published after that, when the database is back.
    """
    url = own_server.make_database()
    source = world.folder.rename(tmp_path / "source")
    (tmp_path / "empty").mkdir()
    assert "nothing is published" in await publish(world, tmp_path / "empty", url)
    said = await publish(world, source, url)
    assert said.startswith("published: 2 articles, "), said
    world.settings = f"articles_from: database\nadmin_users: [{world.manager.id}]\n"
    await world.start(RECORDS_URL=url)
    other = replace(world, process=None, log=[], records="others", folder=tmp_path / "copy")
    await other.launch(RECORDS_URL=url)
    await world.discord.identified(2, 30)
    try:
        (source / "owls.md").write_text("# Of Owls\n\nOwls of Lisk sleep 5 hours.\n", "utf-8")
        await publish(world, source, url)
        for folder in (world.folder, other.folder):
            await until(lambda folder=folder: (folder / "owls.md").exists())  # type: ignore[misc]
        towns = (source / "towns.md").read_bytes()
        (source / "towns.md").unlink()
        assert "--fewer publishes the less" in await publish(world, source, url)
        assert "published: 2 articles" in await publish(world, source, url, "--fewer")
        (source / "towns.md").write_bytes(towns)
        (source / "owls.md").unlink()
        (source / "rivers.md").write_text("# Of Rivers\n\nThe Orrin ends at Marn.\n", "utf-8")
        await publish(world, source, url)
        for folder in (world.folder, other.folder):
            await until(lambda folder=folder: not (folder / "owls.md").exists())  # type: ignore[misc]
            await until(lambda folder=folder: "Marn." in (folder / "rivers.md").read_text())  # type: ignore[misc]
    finally:
        assert await other.stop() == 0, other.log
    assert "Marn" in (await world.ask("Where does the Orrin end?")).text
    await world.stop()
    own_server.kill()
    said = await publish(world, source, url)
    assert said.count("can't be reached") == 1, said
    await world.start(RECORDS_URL=url)
    assert count("not as they were published", world) == 1
    assert "Marn" in (await world.ask("Where does the Orrin end?")).text
    told = count("another process has changed the articles", world)
    own_server.start()
    (source / "rivers.md").write_text("# Of Rivers\n\nThe Orrin ends at Holm.\n", "utf-8")
    assert "published: 2 articles" in await publish(world, source, url)
    await until(lambda: "Holm." in (world.folder / "rivers.md").read_text())
    await until(lambda: count("another process has changed the articles", world) > told)
    assert "Holm" in (await world.ask("Where does the Orrin end?")).text
    assert "owls.md" in (await world.use("kb history", world.manager)).text
    assert await world.stop() == 0
    assert_untold(world)
