"""What helps to close gaps is kept without who, and goes when it should."""

from opened_records import Calendar, Place, column_names, opened

from bot.records.model import OutOfScope, WordPair


async def test_pairs_of_words_are_counted_and_go_with_the_questions(place: Place) -> None:
    """The most counted first; nothing else than words, counts and days has a column."""
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
    assert column_names(place, "word_pairs") == {"word", "other", "times", "last_day"}
    async with opened(place, keep_days=0, clock=calendar.clock) as records:
        await records.add_word_pair("a", "b")
        assert await records.word_pairs() == []


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
