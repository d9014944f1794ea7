"""Which day the records take for today, where the computer's clock may be set to a wrong time.

In: the clock, a monotonic clock, and what the database remembers of the clock. Out: the day, and
what to remember from now on. Pure: no SQL, no file.

The judgement compares the clock with what it is expected to say: what it said when it was last
trusted, plus the seconds that have gone by since.

- At most a day away from that, the clock is trusted.
- Further ahead, it is doubted: days are counted by the monotonic clock, until the jump has held
  for a day. Then the clock is trusted again.
- Further behind, the days that it lacks are added to it, until it has caught up.

So today never goes back, and always goes on.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

_DAY_S = 86_400
# The number of 1970-01-01, from which the clock's seconds count.
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
# Two days that are so far apart have a whole day between them.
_DAYS_APART = 2


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the time comes from: a clock in UTC, and monotonic seconds."""

    now: Callable[[], dt.datetime]
    monotonic_s: Callable[[], float]


SYSTEM_CLOCK = Clock(lambda: dt.datetime.now(dt.UTC), time.monotonic)


@dataclass(frozen=True, slots=True)
class ClockState:
    """What the database remembers of the clock; days are numbered as by ``date.toordinal``.

    ``today``: the last day that was believed.
    ``days_behind``: how many days have to be added to the clock; 0 or more.
    ``ahead_since``: the day that the clock showed when it was first found too far ahead; None
    where it is not.
    """

    today: int
    days_behind: int = 0
    ahead_since: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """A judgement: what to remember, with the day that is believed, and the day of new rows.

    ``latest`` is later than the day believed while a jump of the clock is doubted. If the jump is
    believed in the end, rows of that day are right. If not, their day is yet to come.
    """

    state: ClockState
    latest: int


@dataclass(frozen=True, slots=True)
class _Moment:
    """One moment by both clocks: monotonic seconds, and seconds since 1970."""

    monotonic_s: float
    clock_s: float

    def predict(self, monotonic_s: float) -> float:
        """Return what the clock should say at another moment."""
        return self.clock_s + monotonic_s - self.monotonic_s


@dataclass(frozen=True, slots=True)
class _Jump:
    """When a jump ahead was first noticed, and the day that the clock showed first.

    That day may be from before a restart.
    """

    moment: _Moment
    first_day: int


class TrustedClock:
    """Judges a clock while the program runs."""

    def __init__(self, clock: Clock) -> None:
        """Trust nothing yet; the first judgement begins with what the database remembers."""
        self._clock = clock
        self._trusted: _Moment | None = None
        self._jump: _Jump | None = None

    def judge(self, state: ClockState | None) -> Today:
        """Say what day it is; ``state`` is what was remembered last, None where nothing was."""
        shown = _Moment(self._clock.monotonic_s(), self._clock.now().timestamp())
        if state is None:
            state = ClockState(_day_of(shown.clock_s))
        trusted = self._find_trusted(state, shown)
        expected_s = trusted.predict(shown.monotonic_s)

        days_behind = _find_days_behind(shown.clock_s, expected_s, state.days_behind)
        corrected_s = shown.clock_s + days_behind * _DAY_S
        now = _Moment(shown.monotonic_s, corrected_s)
        day = _day_of(corrected_s)

        ahead_since = None
        is_too_far_ahead = corrected_s > expected_s + _DAY_S
        if is_too_far_ahead:
            ahead_since = self._doubt(state, now)
        if ahead_since is not None:
            # Doubted: days are counted by the monotonic clock.
            today = max(state.today, _day_of(expected_s))
        elif is_too_far_ahead:
            # The jump has held for a day.
            today = day
            self._jump = None
            self._trusted = now
        else:
            today = max(state.today, day)
            self._jump = None
            self._renew_trust(trusted, now, expected_s)
        new_state = ClockState(today, days_behind, ahead_since)
        return Today(new_state, latest=max(today, day))

    def _find_trusted(self, state: ClockState, shown: _Moment) -> _Moment:
        """Find the moment from which the time is counted on."""
        trusted = self._trusted
        if trusted is not None:
            expected_day = _day_of(trusted.predict(shown.monotonic_s))
            # Another process with the same records may have believed a later day.
            if state.today <= expected_day + 1:
                return trusted
        self._trusted = _begin_with(state, shown)
        return self._trusted

    def _renew_trust(self, trusted: _Moment, now: _Moment, expected_s: float) -> None:
        """Count on from now once a day has gone by: what was a little ahead for a day is right."""
        if now.monotonic_s - trusted.monotonic_s >= _DAY_S:
            self._trusted = _Moment(now.monotonic_s, max(now.clock_s, expected_s))

    def _doubt(self, state: ClockState, now: _Moment) -> int | None:
        """Return the day that the clock showed when it jumped; None once that held for a day."""
        day = _day_of(now.clock_s)
        jump = self._jump
        if jump is None:
            first_day = day
            if state.ahead_since is not None:
                first_day = min(state.ahead_since, day)
            jump = _Jump(now, first_day)
        else:
            predicted_s = jump.moment.predict(now.monotonic_s)
            has_jumped_again = abs(now.clock_s - predicted_s) > _DAY_S
            if has_jumped_again:
                jump = _Jump(now, day)
        self._jump = jump
        has_held = now.monotonic_s - jump.moment.monotonic_s >= _DAY_S
        predicted_day = _day_of(jump.moment.predict(now.monotonic_s))
        # Over restarts, the clock itself shows that a whole day has gone by.
        is_days_later = predicted_day - jump.first_day >= _DAYS_APART
        if has_held or is_days_later:
            return None
        return jump.first_day


def _find_days_behind(clock_s: float, expected_s: float, days_behind: int) -> int:
    """Find how many whole days to add to a clock, of which ``days_behind`` were added so far."""
    earliest_s = expected_s - _DAY_S
    if clock_s >= earliest_s:
        return 0
    if clock_s + days_behind * _DAY_S >= earliest_s:
        return days_behind
    return int((expected_s - clock_s) // _DAY_S)


def _begin_with(state: ClockState, shown: _Moment) -> _Moment:
    """Find the moment to trust after a start: the clock's, if that is near the day remembered.

    The clock may still lack the days that were added. Where neither is near, it is midnight of the
    day remembered.
    """
    corrected_s = shown.clock_s + state.days_behind * _DAY_S
    for clock_s in (shown.clock_s, corrected_s):
        distance_days = abs(_day_of(clock_s) - state.today)
        if distance_days <= 1:
            return _Moment(shown.monotonic_s, clock_s)
    midnight_s = float((state.today - _EPOCH_DAY) * _DAY_S)
    return _Moment(shown.monotonic_s, midnight_s)


def _day_of(clock_s: float) -> int:
    """Return the number of the day, in UTC, of a time in seconds since 1970."""
    return _EPOCH_DAY + int(clock_s // _DAY_S)
