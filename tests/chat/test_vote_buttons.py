"""Votes and what may befall them: asked again, two processes, records that are damaged or held."""

import asyncio
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import World
from loopback.clock import PATIENCE_S
from loopback.interactions import DEFER, DEFER_UPDATE
from loopback.state import Message, User

BUILT = "Who built the first bridge?"
_OF_INTERACTION = re.compile(r"/(?:interactions|webhooks)/\d+/(?P<token>[^/]+)")


def newcomer(world: World) -> User:
    """Let somebody new join the server."""
    user = world.discord.add_user("otto")
    world.discord.add_member(world.guild, user)
    return user


async def count_votes(world: World) -> str:
    """Give what /kb votes says."""
    return (await world.use("kb votes", world.manager)).text


async def test_who_asks_four_times_has_one_vote(world: World) -> None:
    """By whatever way they ask; the last vote stands, and can be taken back where it was given."""
    await world.start()
    cards = [await world.ask(BUILT), await world.ask("who built the first  bridge")]
    cards += [
        await world.discord.reply_to(await world.mention(BUILT)),
        await world.use("ask", question=f"{BUILT}!"),
    ]
    for card in cards:
        assert "noted" in (await world.press(card, "Helpful")).text
    assert "1 helpful, 0 not helpful" in await count_votes(world)
    assert "changed" in (await world.press(cards[0], "Not helpful")).text
    assert "0 helpful, 1 not helpful" in await count_votes(world)
    assert "noted" in (await world.press(cards[0], "Helpful", world.manager)).text
    assert "1 helpful, 1 not helpful" in await count_votes(world)
    assert "Taken back" in (await world.press(cards[0], "Not helpful")).text
    assert "1 helpful, 0 not helpful" in await count_votes(world)


async def test_two_processes_with_one_token_count_a_press_once(world: World) -> None:
    """Both are told of each press; nothing takes itself back."""
    await world.start()
    second = replace(world, process=None, log=[])
    await second.launch()
    await world.discord.identified(2, 30)
    try:
        card = await vote_with_two(world, second)
        assert "Taken back" in (await world.press(card, "Not helpful")).text
        await settle(world, second)
        assert "1 helpful" not in await count_votes(world)
        with closing(
            sqlite3.connect(world.folder.parent / "records" / "records.sqlite3")
        ) as database:
            assert database.execute("SELECT count(*) FROM votes").fetchone() == (0,)
            assert database.execute("SELECT count(*) FROM presses").fetchone() == (3,)
    finally:
        assert await second.stop() == 0, second.log
    # That an interaction is answered twice is what having two processes means.
    world.discord.offences.clear()


async def vote_with_two(world: World, second: World) -> Message:
    """Press two buttons of a card, of which two processes are told; each press counts once."""
    card = await world.ask(BUILT)
    for button, votes in (("Helpful", "1 helpful, 0 not"), ("Not helpful", "0 helpful, 1 not")):
        await world.press(card, button)
        await settle(world, second)
        assert votes in await count_votes(world)
    return card


async def settle(*worlds: World) -> None:
    """Wait until every process has said something to each interaction, or tried to.

    What it said is recorded then; that it will be said later comes before that.
    """
    (discord,) = {id(world.discord): world.discord for world in worlds}.values()

    def are_served() -> bool:
        said: Counter[str] = Counter()
        for request in discord.requests:
            of_interaction = _OF_INTERACTION.search(request.path)
            if of_interaction is not None:
                is_callback = request.path.endswith("/callback")
                is_deferral = is_callback and request.body["type"] in {DEFER, DEFER_UPDATE}
                said[of_interaction["token"]] += not is_deferral
        return min(said.values(), default=0) >= len(worlds)

    while not are_served():  # noqa: ASYNC110 (what others ask for tells nobody)
        await asyncio.sleep(0.01)


def damage_schema(folder: Path) -> None:
    """Let one byte of the tables' description be no UTF-8."""
    path = folder / "records.sqlite3"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"passage VARCHAR(12) NOT", b"passage VARCHAR(12) N\xcbT"))


def damage_header(folder: Path) -> None:
    """Let it be no database."""
    path = folder / "records.sqlite3"
    path.write_bytes(b"\xff" * 100 + path.read_bytes()[100:])


def cut_off(folder: Path) -> None:
    """Let the end be missing."""
    path = folder / "records.sqlite3"
    path.write_bytes(path.read_bytes()[:-5_000])


def put_fifo(folder: Path) -> None:
    """Let a FIFO be in the place of the key."""
    (folder / "records.key").unlink()
    os.mkfifo(folder / "records.key")


def put_fifo_journal(folder: Path) -> None:
    """Let a FIFO be where SQLite looks for a journal."""
    os.mkfifo(folder / "records.sqlite3-journal")


@pytest.mark.parametrize(
    "damage",
    [
        damage_schema,
        *(
            pytest.param(damage, marks=pytest.mark.slow)
            for damage in (damage_header, cut_off, put_fifo, put_fifo_journal)
        ),
    ],
)
async def test_records_that_are_damaged_cost_votes_and_nothing_else(
    world: World, damage: Callable[[Path], None]
) -> None:
    """The bot starts, says so once, without a traceback, and answers."""
    await world.start()
    await world.press(await world.ask(BUILT), "Helpful")
    await world.ask("How do I fry doughnuts?")
    await world.stop()
    world.log.clear()
    damage(world.folder.parent / "records")
    await world.start()
    assert "1844" in (await world.ask(BUILT)).text
    assert "No records are kept" in (await world.use("kb status", world.manager)).text
    assert await world.stop() == 0
    told = "".join(world.log)
    assert told.count("no votes and no unanswered questions are kept") == 1
    assert '"error":' not in told
    assert "doughnuts" not in told


async def test_a_damaged_question_does_not_come_into_the_log(world: World) -> None:
    """While the bot runs, a stored text becomes no text: admins are told, and nobody reads it in
    the log.
    """
    await world.start()
    await world.ask("How do I fry doughnuts?")
    with (
        closing(sqlite3.connect(world.folder.parent / "records" / "records.sqlite3")) as database,
        database,
    ):
        # A question is kept after it was answered.
        while database.execute("SELECT count(*) FROM unanswered").fetchone() == (0,):  # noqa: ASYNC110 (as no event tells)
            await asyncio.sleep(0.01)
        database.execute(
            "UPDATE unanswered SET question = CAST(CAST(question AS BLOB) || x'ff' AS TEXT)"
        )
    assert "damaged" in (await world.use("kb gaps", world.manager)).text
    await world.stop()
    told = "".join(world.log)
    assert "is damaged" in told
    assert "doughnuts" not in told
    assert '"error":' not in told


async def test_who_presses_while_another_program_holds_the_records_is_told(world: World) -> None:
    """Within Discord's three seconds, for votes, for what is to be forgotten, and for lists."""
    await world.start()
    card = await world.ask(BUILT)
    await world.ask("How do I fry doughnuts?")
    file = world.folder.parent / "records" / "records.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN EXCLUSIVE")
        said = await asyncio.gather(
            world.press(card, "Helpful"),
            world.use("forget-me"),
            world.use("kb gaps", world.manager),
        )
    vote, forgotten, listed = [one.text for one in said]
    assert "can't keep votes at the moment" in vote
    assert "could not be deleted now" in forgotten
    assert re.search("can't be read now: (is held|could not be used)", listed)
    # The bot waits no longer for its records than Discord does: where that is late, others press.
    async with asyncio.timeout(PATIENCE_S):
        while "noted" not in (await world.press(card, "Helpful", newcomer(world))).text:
            pass
    assert re.search(r"[1-9]\d* helpful", await count_votes(world))
    # What is alike stands in one line more, which is written by the end.
    assert await world.stop() == 0
    for text in (vote, forgotten, listed):
        number = re.search(r"\b([0-9a-f]{6})\.$", text)
        assert number is not None
        assert f'"{number[1]}"' in "".join(world.log)
