"""What is counted by day: nobody and no word of a question among it, for ninety days."""

import asyncio
from pathlib import Path

import pytest
from opened_records import OTHER, PASSAGE, Calendar, Place, opened, query, vote

from bot.chat.day_counter import DayCounter
from bot.chat.reply import Reply
from bot.records.model import CountedThere, DayCount

RED, BLUE = 7, 2**63 - 1
ANSWERED: CountedThere = (RED, ("answered", ""))
READ: CountedThere = (RED, ("read", PASSAGE))


async def test_counts_add_up_by_day_and_go_after_ninety_days(place: Place) -> None:
    """Over restarts; those of another day stand apart; votes are among them while they last."""
    calendar = Calendar()
    first = calendar.day
    async with opened(place, clock=calendar.clock) as records:
        await asyncio.gather(*(records.add_counts({ANSWERED: 1, READ: 2}) for _ in range(3)))
        await records.add_counts({})
        await records.vote(vote(1, 1, PASSAGE, is_helpful=True))
        await records.vote(vote(2, 2, OTHER, is_helpful=False))
    calendar.turn(1)
    async with opened(place, clock=calendar.clock) as records:
        await records.add_counts({ANSWERED: 4})
        second = calendar.day
        assert await records.today() == second
        kept = await records.day_counts(30)
        assert sorted(kept, key=lambda one: (one.day, one.kind)) == [
            DayCount(first, "answered", "", 3),
            DayCount(first, "helpful", "", 1),
            DayCount(first, "read", PASSAGE, 6),
            DayCount(first, "unhelpful", "", 1),
            DayCount(second, "answered", "", 4),
        ]
        assert await records.day_counts(1) == [DayCount(second, "answered", "", 4)]
        await records.vote(vote(2, 2, OTHER, is_helpful=False))
        await records.forget(1)
        assert {one.kind for one in await records.day_counts(30)} == {"answered", "read"}
        calendar.turn(89)
        await records.add_counts({ANSWERED: 1})
        assert [one.day for one in await records.day_counts(90)] == [second, calendar.day]
        assert query(place, "SELECT count(*) FROM day_counts") == [(2,)]


async def test_what_a_wrong_clock_counted_is_not_lost(place: Place) -> None:
    """Days that are yet to come are added to today, to what was counted there."""
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:
        await records.add_counts({ANSWERED: 1})
        calendar.jump(60)
        await records.add_counts({ANSWERED: 2, READ: 1})
        calendar.jump(-60)
        assert await records.day_counts(30) == [
            DayCount(calendar.day, "answered", "", 3),
            DayCount(calendar.day, "read", PASSAGE, 1),
        ]


async def test_what_happened_before_midnight_is_counted_on_its_day(place: Place) -> None:
    """Though it is written after midnight."""
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:
        counter = DayCounter(records, lambda: calendar.day)
        counter.count_outcome("", 0.01, RED)
        first = calendar.day
        calendar.turn(1)
        counter.count_outcome("", 0.01, RED)
        counter.count_reply(Reply("Yes.", counted=(ANSWERED[1],)), RED)
        await counter.write()
        assert sorted((one.day, one.kind) for one in await records.day_counts(30)) == [
            (first, "time"),
            (calendar.day, "answered"),
            (calendar.day, "time"),
        ]


async def test_each_server_has_its_own_counts_and_digest(place: Place) -> None:
    """All together are summed up; what is told in one is not told in the other."""
    calendar = Calendar()
    answered_in_blue: CountedThere = (BLUE, ANSWERED[1])
    async with opened(place, clock=calendar.clock) as records:
        await records.add_counts({ANSWERED: 1, answered_in_blue: 2})
        await records.vote(vote(1, 1, PASSAGE, is_helpful=True, guild_id=BLUE))
        for servers, answered, helpful in (([RED], 1, 0), ([BLUE], 2, 1), ([], 0, 0), (None, 3, 1)):
            found = {one.kind: one.times for one in await records.day_counts(7, servers)}
            assert (found.get("answered", 0), found.get("helpful", 0)) == (answered, helpful)
        calendar.turn(7)
        assert await records.find_digest_due(8) is None
        await records.note_digest(RED)
        assert await records.find_digest_due(RED) is None
        assert await records.find_digest_due(BLUE) is not None
        assert await records.find_digest_due() is not None
        await records.note_digest()
        assert await records.find_digest_due(BLUE) is not None
        assert await records.find_digest_due() is None
        await records.forget_server(BLUE)
        assert await records.find_digest_due(BLUE) is None
        assert {one.kind for one in await records.day_counts(30)} == {"answered", "digest"}


@pytest.mark.slow
async def test_what_happens_in_many_servers_is_written_at_once(place: Place) -> None:
    """Of more servers than one statement takes; twice."""
    counts: dict[CountedThere, int] = {(guild, ("answered", "")): 1 for guild in range(15_000)}
    async with opened(place) as records:
        await records.add_counts(counts)
        await records.add_counts(counts)
        assert [one.times for one in await records.day_counts(1)] == [30_000]
        assert [one.times for one in await records.day_counts(1, [14_999])] == [2]


async def test_a_digest_is_due_once_a_week(place: Place) -> None:
    """Until it is noted, also over a restart. The first is due a week after the first count: before,
    there is no week to tell of.
    """
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:
        assert await records.find_digest_due() is None
        await records.add_counts({ANSWERED: 1})
        first = calendar.day
        calendar.turn(6)
        assert await records.find_digest_due() is None
        calendar.turn(1)
        assert await records.find_digest_due() == first
        assert await records.find_digest_due() == first
        await records.note_digest()
        noted = calendar.day
        calendar.turn(6)
        assert await records.find_digest_due() is None
    calendar.turn(1)
    async with opened(place, clock=calendar.clock) as records:
        assert await records.find_digest_due() == noted


async def test_the_table_has_room_for_no_person_and_no_text(tmp_path: Path) -> None:
    """A day, a server, a kind, an id of the articles, a number; nothing is longer than such an id."""
    async with opened(tmp_path):
        pass
    columns = query(tmp_path, "SELECT name, type FROM pragma_table_info('day_counts')")
    assert columns == [
        ("day", "DATE"),
        ("guild_id", "BIGINT"),
        ("kind", "VARCHAR(9)"),
        ("what", "VARCHAR(16)"),
        ("times", "INTEGER"),
    ]
