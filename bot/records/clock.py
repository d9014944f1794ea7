"""Which day the records take for today, where the clock of the computer may be set.

In: the clock, seconds that only grow, and what the database remembers. Out: what it is to remember
from now on. Pure: no SQL, no file.

The clock is believed while it is at most a day away from what it said before plus the time since
then. Where it is further ahead, the days are counted by the time that goes by, until the jump has
held for a day. Where it is further behind, the days that it lacks are added to it, until it has
caught up. So today never goes back, and always goes on.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

_DAY_S = 86_400
_EPOCH = dt.date(1970, 1, 1).toordinal()
# Between two days a whole day lies if the one is so many later than the other.
_DAYS_APART = 2


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the time comes from: a clock in UTC, and seconds since any moment that only grow."""

    now: Callable[[], dt.datetime]
    monotonic_s: Callable[[], float]


SYSTEM_CLOCK = Clock(lambda: dt.datetime.now(dt.UTC), time.monotonic)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of the clock; days are numbered as ``date.toordinal`` does.

    ``today`` is the last day that was believed, ``days_behind`` (0 or more) what has to be added to
    the clock, ``ahead_since`` the day that the clock showed when it first was too far ahead.
    """

    today: int
    days_behind: int = 0
    ahead_since: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """What is to be remembered, with the day that is believed, and the day that new rows are given.

    ``latest`` is later than the day believed while a jump of the clock is still doubted. If it is
    believed in the end, rows of that day are right; if not, their day is yet to come.
    """

    seen: Seen
    latest: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """One moment: by the seconds that only grow, and by the clock, in seconds since 1970."""

    monotonic_s: float
    clock_s: float

    def reckon(self, monotonic_s: float) -> float:
        """Give what the clock should say at a later moment."""
        return self.clock_s + monotonic_s - self.monotonic_s


class TrustedClock:
    """Judges a clock while the program runs."""

    def __init__(self, clock: Clock) -> None:
        """Begin with what the database remembers, at the first look."""
        self._clock = clock
        self._believed: _Mark | None = None
        # Where the clock was first found too far ahead, and the day that it showed then, or before a restart.
        self._jump: tuple[_Mark, int] | None = None

    def look(self, seen: Seen | None) -> Today:
        """Say what day it is after what was ``seen`` last; None where nothing was."""
        now_s, clock_s = self._clock.monotonic_s(), self._clock.now().timestamp()
        seen = seen or Seen(_day(clock_s))
        believed = self._believe(seen, _Mark(now_s, clock_s))
        expected_s = believed.reckon(now_s)
        behind = 0 if clock_s >= expected_s - _DAY_S else seen.days_behind
        if clock_s + behind * _DAY_S < expected_s - _DAY_S:
            behind = int((expected_s - clock_s) // _DAY_S)
        clock_s += behind * _DAY_S
        day, since = _day(clock_s), None
        if clock_s <= expected_s + _DAY_S:
            today = max(seen.today, day)
            self._jump = None
            # What has been a little ahead for a day is right.
            if now_s - believed.monotonic_s >= _DAY_S:
                self._believed = _Mark(now_s, max(clock_s, expected_s))
        elif (since := self._doubt(seen, _Mark(now_s, clock_s))) is not None:
            today = max(seen.today, _day(expected_s))
        else:
            today = day
            self._jump = None
            self._believed = _Mark(now_s, clock_s)
        return Today(Seen(today, behind, since), max(today, day))

    def _believe(self, seen: Seen, now: _Mark) -> _Mark:
        """Give the moment from which the time is counted on."""
        believed = self._believed
        # Another process with the same records may have believed a later day.
        if believed is None or seen.today > _day(believed.reckon(now.monotonic_s)) + 1:
            clocks_s = now.clock_s, now.clock_s + seen.days_behind * _DAY_S
            midnight_s = float((seen.today - _EPOCH) * _DAY_S)
            near = (clock_s for clock_s in clocks_s if abs(_day(clock_s) - seen.today) <= 1)
            believed = self._believed = _Mark(now.monotonic_s, next(near, midnight_s))
        return believed

    def _doubt(self, seen: Seen, now: _Mark) -> int | None:
        """Give the day that the clock showed when it had jumped; None once that has held for a day."""
        day = _day(now.clock_s)
        if self._jump is None:
            since = day if seen.ahead_since is None else min(seen.ahead_since, day)
            self._jump = now, since
        elif abs(now.clock_s - self._jump[0].reckon(now.monotonic_s)) > _DAY_S:
            self._jump = now, day
        mark, since = self._jump
        has_held = now.monotonic_s - mark.monotonic_s >= _DAY_S
        is_days_later = _day(mark.reckon(now.monotonic_s)) - since >= _DAYS_APART
        return None if has_held or is_days_later else since


def _day(clock_s: float) -> int:
    return _EPOCH + int(clock_s // _DAY_S)
