"""A vote counts once a person, question and day, and a press once, however often and wherever it
comes.
"""

import asyncio
import itertools
from pathlib import Path

import pytest
from opened_records import OTHER, PASSAGE, Calendar, Place, on_disk, open_at, opened, query, vote

from bot.records.model import PassageVotes, VoteOutcome

ADA, BOB = 223456789012345678, 323456789012345678
COUNTED, CHANGED, WITHDRAWN = VoteOutcome
BUILT = "Who built the first bridge?"


async def test_asking_again_gives_no_further_vote(place: Place) -> None:
    """Four cards of one question, in four spellings: one vote."""
    async with opened(place) as records:
        outcomes = [
            await records.vote(vote(ADA, answer, PASSAGE, is_helpful=True, question=question))
            for answer, question in enumerate(
                [BUILT, BUILT.upper(), " who built  the first bridge", f"{BUILT}!?…"]
            )
        ]
        assert outcomes == [COUNTED] * 4
        assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]
        assert await records.vote(vote(BOB, 0, PASSAGE, is_helpful=True, question=BUILT)) is COUNTED
        assert await records.votes() == [PassageVotes(PASSAGE, 2, 0)]


async def test_the_later_vote_on_a_question_stands(place: Place) -> None:
    """On another passage, or the other way, or both."""
    async with opened(place) as records:
        for answer, (passage, is_helpful) in enumerate(
            itertools.product((PASSAGE, OTHER), (True, False))
        ):
            await records.vote(vote(ADA, answer, passage, is_helpful=is_helpful, question=BUILT))
            assert await records.votes() == [
                PassageVotes(passage, int(is_helpful), int(not is_helpful))
            ]


async def test_a_vote_counts_in_the_server_where_it_was_given(place: Place) -> None:
    """One on the same question in another server is another vote; both are forgotten."""
    async with opened(place) as records:
        for answer, guild_id in enumerate((7, 2**63 - 1)):
            ballot = vote(
                ADA, answer, PASSAGE, is_helpful=not answer, question=BUILT, guild_id=guild_id
            )
            assert await records.vote(ballot) is COUNTED
        assert await records.votes([7]) == [PassageVotes(PASSAGE, 1, 0)]
        assert await records.votes([8]) == []
        assert await records.votes() == [PassageVotes(PASSAGE, 1, 1)]
        assert await records.forget(ADA) == 2


async def test_only_the_button_that_was_pressed_takes_a_vote_back(place: Place) -> None:
    """The same button under another answer to the question does not; under the same, it does, a day
    later too.
    """
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:
        first = [
            await records.vote(vote(ADA, 1, PASSAGE, is_helpful=True, question=BUILT))
            for _ in range(3)
        ]
        assert first == [COUNTED, WITHDRAWN, COUNTED]
        assert await records.vote(vote(ADA, 2, PASSAGE, is_helpful=True, question=BUILT)) is COUNTED
        calendar.turn(1)
        assert (
            await records.vote(vote(ADA, 2, PASSAGE, is_helpful=True, question=BUILT)) is WITHDRAWN
        )
        assert await records.votes() == []


async def test_a_day_later_a_question_can_be_voted_on_again(place: Place) -> None:
    """By another answer; who presses under the old one changes the old vote, and has two no
    longer.
    """
    calendar = Calendar()
    async with opened(place, clock=calendar.clock) as records:
        assert await records.vote(vote(ADA, 1, PASSAGE, is_helpful=True, question=BUILT)) is COUNTED
        calendar.turn(1)
        assert await records.vote(vote(ADA, 2, PASSAGE, is_helpful=True, question=BUILT)) is COUNTED
        assert await records.votes() == [PassageVotes(PASSAGE, 2, 0)]
        assert (
            await records.vote(vote(ADA, 1, PASSAGE, is_helpful=False, question=BUILT)) is CHANGED
        )
        assert await records.votes() == [PassageVotes(PASSAGE, 0, 1)]


@pytest.mark.parametrize("question", ["", "   "])
async def test_a_card_without_a_question_stands_for_itself(place: Place, question: str) -> None:
    """Its message is what is voted on."""
    async with opened(place) as records:
        for answer in (1, 2):
            assert (
                await records.vote(vote(ADA, answer, PASSAGE, is_helpful=True, question=question))
                is COUNTED
            )
        assert await records.votes() == [PassageVotes(PASSAGE, 2, 0)]


async def test_the_question_of_a_vote_is_not_on_the_disk(tmp_path: Path) -> None:
    """Nor does the same question read the same under another key, so it can't be guessed without
    it.
    """
    hashes = set()
    for folder in (tmp_path / "one", tmp_path / "two"):
        async with opened(folder) as records:
            await records.vote(vote(ADA, 1, PASSAGE, is_helpful=True, question="who was Xanthippe"))
            await records.vote(vote(ADA, 2, PASSAGE, is_helpful=True, question="who was Philemon"))
        assert b"anthippe" not in on_disk(folder)
        hashes |= {row[0] for row in query(folder, "SELECT question FROM votes")}
    assert len(hashes) == 4


async def test_two_processes_count_a_press_once(place: Place) -> None:
    """Each of them sees every press, at the same time or later; both say the same of each."""
    first, second = await asyncio.gather(*(open_at(place) for _ in range(2)))
    for number, is_helpful in enumerate([True, True, False, True, False, False]):
        press = vote(ADA, 1, PASSAGE, is_helpful=is_helpful, question=BUILT, press=100 + number)
        one, other = await asyncio.gather(first.vote(press), second.vote(press))
        assert one is other is [COUNTED, WITHDRAWN, COUNTED, CHANGED, CHANGED, WITHDRAWN][number]
    await asyncio.gather(first.close(), second.close())


async def test_a_double_click_is_known_to_another_process(place: Place) -> None:
    """Both of its presses were one vote, and stay so."""
    presses = [
        vote(ADA, 1, PASSAGE, is_helpful=True, question=BUILT, press=press) for press in (7, 8)
    ]
    async with opened(place) as records:
        assert await asyncio.gather(*map(records.vote, presses)) == [COUNTED, COUNTED]
    async with opened(place) as records:
        assert [await records.vote(press) for press in presses] == [COUNTED, COUNTED]
        assert await records.votes() == [PassageVotes(PASSAGE, 1, 0)]


async def test_a_press_is_known_for_two_days_and_then_gone(tmp_path: Path) -> None:
    """Over restarts, and over midnight; what stood for it is in no byte then."""
    calendar = Calendar()
    press = vote(ADA, 1, PASSAGE, is_helpful=True, press=7)
    for days in (0, 0.4, 1):
        calendar.jump(days)
        async with opened(tmp_path, clock=calendar.clock) as records:
            assert await records.vote(press) is COUNTED
            assert len(await records.votes()) == 1
    ((hashed,),) = query(tmp_path, "SELECT press FROM presses")
    calendar.jump(1)
    async with opened(tmp_path, clock=calendar.clock):
        assert hashed.encode() not in on_disk(tmp_path)
        assert query(tmp_path, "SELECT count(*) FROM votes") == [(1,)]


async def test_who_is_forgotten_leaves_no_press(tmp_path: Path) -> None:
    """Neither votes nor presses nor what stood for the member; those of others stay."""
    async with opened(tmp_path) as records:
        for person in (ADA, BOB):
            for answer in range(3):
                await records.vote(
                    vote(person, answer, PASSAGE, is_helpful=True, question=f"who {answer}")
                )
        persons = {row[0] for row in query(tmp_path, "SELECT person FROM presses")}
        assert await records.forget(ADA) == 3
        (left,) = {row[0] for row in query(tmp_path, "SELECT person FROM presses")}
        (gone,) = persons - {left}
        assert gone.encode() not in on_disk(tmp_path)
        assert query(tmp_path, "SELECT count(*) FROM presses") == [(3,)]
