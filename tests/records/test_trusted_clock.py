"""However the clock is set, nothing goes before its time, and nothing stays for ever."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from opened_records import PASSAGE, Calendar, Place, opened, query, vote

from bot.records.store import Records

KEEP_DAYS = 30


async def asked(place: Place, calendar: Calendar) -> list[str]:
    """Open records that are asked today for what is unanswered; give the questions."""
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        return [one.question for one in await records.unanswered()]


@pytest.mark.parametrize("days", [1.5, 2, 29, 31, 400, 200_000])
@pytest.mark.parametrize("is_running", [True, False])
async def test_a_clock_that_is_set_forward_deletes_nothing_for_a_day(
    place: Place, days: float, *, is_running: bool
) -> None:
    """What was asked stays; set back within the day, it all is as if nothing had been."""
    calendar = Calendar()
    first = calendar.day
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
        if is_running:
            calendar.jump(days)
            assert await records.count_unanswered() == 1
            calendar.turn(0.9)
            assert await records.count_unanswered() == 1
            await records.add_unanswered("Who is she?")
            calendar.jump(-days)
            days_shown = [one.first for one in await records.unanswered()]
            assert sorted(days_shown) == [first, calendar.day]
    if not is_running:
        calendar.jump(days)
        assert await asked(place, calendar) == ["Who is he?"]
        calendar.jump(-days)
    calendar.turn(0.05)
    assert "Who is he?" in await asked(place, calendar)


async def test_a_jump_that_holds_for_a_day_is_believed(place: Place) -> None:
    """In a program that runs, the time that goes by counts; what was asked since the jump stays for
    its days.
    """
    calendar = Calendar()
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
        calendar.jump(400)
        await records.add_unanswered("Who is she?")
        calendar.turn(1)
        assert [one.question for one in await records.unanswered()] == ["Who is she?"]
        calendar.turn(28.4)
        assert await records.count_unanswered() == 1
        calendar.turn(1)
        assert await records.count_unanswered() == 0


async def test_a_program_that_is_started_once_a_week_deletes_in_time(place: Place) -> None:
    """Over restarts, the clock itself shows that a jump has held."""
    calendar = Calendar()
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
    left = []
    for _ in range(7):
        calendar.jump(7)
        left.append(bool(await asked(place, calendar)))
    assert left[:4] == [True] * 4
    assert left[-1] is False


async def test_many_small_steps_are_a_jump(place: Place) -> None:
    """A clock that is set forward again and again, each time by less than a day, deletes nothing
    either.
    """
    calendar = Calendar()
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
        for _ in range(60):
            calendar.jump(0.9)
            calendar.turn(0.01)
            assert await records.count_unanswered() == 1


async def test_two_jumps_do_not_hold_for_one_another(place: Place) -> None:
    """That the clock was set forward twice does not show that it is right."""
    calendar = Calendar()
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
        for _ in range(10):
            calendar.jump(40)
            calendar.turn(0.5)
            assert await records.count_unanswered() == 1


@pytest.mark.parametrize("days", [1, 3, 29, 31, 400, 200_000])
async def test_a_clock_that_is_set_back_keeps_nothing_longer(place: Place, days: int) -> None:
    """Thirty days after it was asked a question goes, not before; restarted or not, set right again
    or not.
    """
    calendar = Calendar()
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
        calendar.turn(10)
        calendar.jump(-days)
        await records.add_unanswered("Who is she?")
        calendar.turn(2)
        # The records look once an hour.
        await records.remove_unanswered()
    assert len(await asked(place, calendar)) == 2
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        calendar.turn(17)
        assert await records.count_unanswered() == 2
        calendar.turn(3)
        assert [one.question for one in await records.unanswered()] == ["Who is she?"]
        calendar.jump(days)
        assert await records.count_unanswered() == 1
        calendar.turn(11)
        assert await records.count_unanswered() == 0


async def test_a_clock_that_was_wrong_for_days_and_is_set_right_deletes_nothing(
    place: Place,
) -> None:
    """Set back by a year, left so for a week, set right again: what was asked meanwhile is still
    there.
    """
    calendar = Calendar()
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        calendar.jump(-365)
        await records.add_unanswered("Who is he?")
        assert (await records.unanswered())[0].last == calendar.day
        calendar.turn(7)
        calendar.jump(365)
        calendar.turn(3)
        (one,) = await records.unanswered()
        assert (calendar.day - one.last).days == 10


async def test_a_first_start_with_a_wrong_clock_keeps_what_is_asked(place: Place) -> None:
    """A computer without a battery begins in 1970 and learns the time a minute later."""
    calendar = Calendar()
    calendar.jump(-20_000)
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        await records.add_unanswered("Who is he?")
        calendar.jump(20_000)
        await records.add_unanswered("Who is he?")
        calendar.turn(2)
        assert [one.times for one in await records.unanswered()] == [2]
        calendar.turn(28)
        assert await records.count_unanswered() == 0


async def test_who_has_no_questions_any_more_loses_them_whatever_the_clock_says(
    place: Place,
) -> None:
    """With 0 days everything goes at once, what was asked by a doubted clock too."""
    calendar = Calendar()
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        calendar.jump(100)
        await records.add_unanswered("Who is he?")
    async with opened(place, 0, clock=calendar.clock):
        assert query(place, "SELECT count(*) FROM unanswered") == [(0,)]


async def test_a_vote_is_of_the_day_that_is_believed(place: Place) -> None:
    """Who sets the clock forward has no more votes for it."""
    calendar = Calendar()
    async with opened(place, KEEP_DAYS, clock=calendar.clock) as records:
        for answer in range(4):
            await records.vote(vote(1, answer, PASSAGE, is_helpful=True, question="Who is he?"))
            calendar.jump(3)
        (one,) = await records.votes()
        assert one.helpful == 1


# How far the clock is set from the true time, in days.
SETTINGS = st.sampled_from(
    [-20_000, -400, -40, -5, -1.5, -0.4, 0, 0, 0.4, 0.9, 1.5, 5, 40, 400, 20_000]
)
# A question is given a day alone, and the clock is believed within a day.
SLACK_DAYS = 2


class AnySetting(RuleBasedStateMachine):
    """A clock that is set anyhow, a program that is started anyhow, and one question.

    The model knows the true time, and whether the clock was set forward since the question was
    asked, and left so for a day or over a restart: only then may the question go before its time.
    """

    def __init__(self) -> None:
        """Begin with a clock that is right, and a program that runs."""
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.calendar = Calendar()
        self.off_days = 0.0
        self.age_days = self.quiet_days = 0.0
        self.is_there = self.is_spoilt = False
        # How long ago the clock was set forward, and what it was off before, for each time.
        self.forward: list[tuple[float, float]] = []
        self.open()

    def open(self) -> None:
        """Start the program."""
        opening = Records.open(
            Path(self.folder.name),
            KEEP_DAYS,
            clock=self.calendar.clock,
            look_every_s=1e9,
            patience_s=30,
        )
        self.records = self.runner.run(opening)

    def teardown(self) -> None:
        """End the program."""
        self.runner.run(self.records.close())
        self.runner.close()
        self.folder.cleanup()

    @rule()
    def ask(self) -> None:
        """Ask what the articles do not answer."""
        self.runner.run(self.records.add_unanswered("Who is he?"))
        self.is_there, self.is_spoilt, self.forward = True, False, []
        self.age_days = self.quiet_days = 0.0
        assert self.count() == 1

    @rule(days=st.sampled_from([0.01, 0.3, 0.6, 1, 2, 9]))
    def let_time_go_by(self, days: float) -> None:
        """Let the program run."""
        self.calendar.turn(days)
        self.grow_older(days)
        self.quiet_days += days

    @rule(off_days=SETTINGS)
    def set_clock(self, off_days: float) -> None:
        """Set the clock."""
        self.calendar.jump(off_days - self.off_days)
        self.forward = [(age, before) for age, before in self.forward if before < off_days]
        if off_days > self.off_days:
            self.forward.append((0.0, self.off_days))
        self.off_days, self.quiet_days = off_days, 0.0

    @rule(days=st.sampled_from([0.01, 0.6, 3, 20, 100]))
    def start_again(self, days: float) -> None:
        """End the program, and start it after a while."""
        self.runner.run(self.records.close())
        self.calendar.jump(days)
        self.open()
        self.is_spoilt |= bool(self.forward)
        self.grow_older(days)
        self.quiet_days = 0.0

    def grow_older(self, days: float) -> None:
        """Let the question be older."""
        self.age_days += days
        self.forward = [(age + days, before) for age, before in self.forward]
        self.is_spoilt |= any(age >= 1 for age, _ in self.forward)

    def count(self) -> int:
        """Count the questions as the program does."""
        return self.runner.run(self.records.count_unanswered())

    @invariant()
    def goes_in_time_and_not_before(self) -> None:
        """Look for the question: it is there, or has gone with reason."""
        # The records look once an hour.
        self.runner.run(self.records.remove_unanswered())
        count = self.count()
        if count:
            assert self.is_there
            assert self.quiet_days < KEEP_DAYS + SLACK_DAYS
        elif self.is_there:
            assert self.is_spoilt or self.age_days > KEEP_DAYS - SLACK_DAYS
        self.is_there = bool(count)


class TestAnySetting(AnySetting.TestCase):  # type: ignore[misc, valid-type]
    """A few of them."""

    settings = settings(max_examples=5, stateful_step_count=15, deadline=None)


@pytest.mark.slow
@pytest.mark.timeout(3600)
class TestManySettings(AnySetting.TestCase):  # type: ignore[misc, valid-type]
    """Many of them."""

    settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
