"""What helps to close gaps is kept without who, and goes when it should."""

from pathlib import Path

from opened_records import Calendar, Place, column_names, opened, query

from bot.records.model import OutOfScope, WordPair
from bot.records.wording import hash_wording


async def test_pairs_of_words_are_counted_and_go_with_the_questions(place: Place) -> None:
    """The most counted first; nothing else than servers, words, counts and days has a column."""
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:
        for word, other in (("stop", "end"), ("fare", "price"), ("fare", "price")):
            await records.add_word_pair(word, other)
        await records.add_word_pair("x" * 31, "end")
        assert await records.word_pairs() == [
            WordPair("fare", "price", 2),
            WordPair("stop", "end", 1),
        ]
        calendar.turn(20)
        await records.add_word_pair("stop", "end")
        calendar.turn(15)
        assert await records.word_pairs() == [WordPair("stop", "end", 2)]
    columns = column_names(place, "word_pairs")
    assert columns == {"guild_id", "word", "other", "times", "last_day"}
    async with opened(place, keep_days=0, clock=calendar.clock) as records:
        await records.add_word_pair("a", "b")
        assert await records.word_pairs() == []


async def test_each_server_has_its_own(place: Place) -> None:
    """Questions, pairs and what is out of scope: those of one server are read, taken back and
    deleted without those of another; together they are one question, or one pair, each.
    """
    red, blue, none = 7, 2**63 - 1, 0
    async with opened(place) as records:
        for guild_id, times in ((red, 1), (blue, 2), (none, 3)):
            for _ in range(times):
                await records.add_unanswered("Who is he?", guild_id)
                await records.add_word_pair("fare", "price", guild_id)
            await records.add_unanswered(f"Who is number {guild_id}?", guild_id)
            await records.put_out_of_scope("0" * 12, ["of all", f"of {guild_id}"], guild_id)
        assert await records.list_asking_servers() == {red, blue, none}
        for servers, times in (([red], 1), ([blue, none], 5), (None, 6), ([], 0)):
            asked = {one.question: one.times for one in await records.unanswered(servers=servers)}
            assert asked.get("Who is he?", 0) == times
            assert len(asked) == await records.count_unanswered(servers)
            assert sum(one.times for one in await records.word_pairs(servers)) == times
        assert [one.terms for one in await records.out_of_scope(red)] == ["of 7", "of all"]
        await records.take_back_unanswered(hash_wording("Who is he?"), blue)
        assert await records.remove_unanswered("Who is he?", servers=[red]) == 1
        assert await records.put_into_scope("0" * 12, red) == 2
        assert await records.unanswered(servers=[red]) == [
            one for one in await records.unanswered() if "number 7" in one.question
        ]
        await records.forget_server(red)
        assert await records.list_asking_servers() == {blue, none}
        assert await records.word_pairs() == [WordPair("fare", "price", 5)]
        assert await records.out_of_scope(red) == []
        assert len(await records.out_of_scope(blue)) == len(await records.out_of_scope(none)) == 2


async def test_what_is_out_of_scope_stays_until_it_is_taken_back(place: Place) -> None:
    """All terms of a gap at once; over a clock that was wrong."""
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:
        calendar.jump(400)
        await records.put_out_of_scope("0" * 12, ["doughnut fri", "doughnut fri oil"])
        await records.put_out_of_scope("1" * 12, ["x " * 400, "doughnut fri oil"])
        calendar.jump(-400)
        calendar.turn(300)
        kept = await records.out_of_scope()
        assert OutOfScope("doughnut fri", "0" * 12) in kept
        assert [len(one.terms) for one in kept if one.gap == "1" * 12] == [16, 600]
        assert await records.put_into_scope("1" * 12) == 2
        assert await records.out_of_scope() == [OutOfScope("doughnut fri", "0" * 12)]


def fill(place: Place, servers: int, table: str, rows: int, columns: str) -> None:
    """Write so many rows for each of the servers from 1 on, of today."""
    day = "'2026-03-01'" if isinstance(place, Path) else "DATE '2026-03-01'"
    counting = "SELECT 1 UNION ALL SELECT {0} + 1 FROM {0}s WHERE {0} < {1}"
    of_servers = f"servers(server) AS ({counting.format('server', servers)})"
    of_rows = f"rows(row) AS ({counting.format('row', rows)})"
    made = f"SELECT server, {columns.format(day=day)} FROM servers, rows"  # noqa: S608
    query(place, f"WITH RECURSIVE {of_servers}, {of_rows} INSERT INTO {table} {made}")


async def test_a_busy_server_pushes_out_nothing_of_others(place: Place) -> None:
    """Each may have as much as one bot could; where all together have too much, the one with the
    most gives.
    """
    tables = {"unanswered": 5_000, "word_pairs": 1_000, "out_of_scope": 2_000}
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:

        async def write_in(guild_id: int) -> None:
            await records.add_unanswered("Who is he?", guild_id)
            await records.add_word_pair("fare", "price", guild_id)
            await records.put_out_of_scope("0" * 12, ["of all"], guild_id)

        def count() -> dict[int, set[int]]:
            """Give by server how many rows it lacks to have as many as it may."""
            lacking: dict[int, set[int]] = {}
            for table, most in tables.items():
                sql = f"SELECT guild_id, count(*) FROM {table} GROUP BY guild_id"  # noqa: S608
                for guild_id, rows in query(place, sql):
                    lacking.setdefault(guild_id, set()).add(most - rows)
            return lacking

        await write_in(99)
        there = count()
        fill(
            place, 20, "unanswered", tables["unanswered"],
            "server * 10000 + row, 'w' || row, 'q' || row, 1, {day}, {day}",
        )  # fmt: skip
        fill(place, 20, "word_pairs", tables["word_pairs"], "'w' || row, 'o', 1, {day}")
        fill(place, 20, "out_of_scope", tables["out_of_scope"], "'t' || row, 'g', {day}")
        await write_in(20)
        full: dict[int, set[int]] = {guild_id: {0} for guild_id in range(3, 21)}
        # Of the rows that are too many, one was that of the other server, and one is in its place.
        assert count() == {**there, **full, 1: {1}, 2: {0}}
        await write_in(98)
        assert count() == {**there, **full, 1: {1}, 2: {1}, 98: there[99]}
