"""What was counted by day, summed up.

In: the counts of the records. Out: figures of some days. Pure.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.records.model import CountKind, DayCount

# Sections are ordered by what was quoted; a section that was only opened counts for less.
_QUOTED, _READ = 2, 1


@dataclass(frozen=True, slots=True)
class DayFigures:
    """How many questions of a day were answered, and how many the articles do not answer."""

    day: dt.date
    answered: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """How often a section was quoted first in an answer, and how often it was opened."""

    section: str
    quoted: int
    read: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of some days, one after the other.

    Attributes:
        days: The questions of each day.
        unserved: Questions that met a limit, a fault or a full queue.
        helpful: Votes that found an answer helpful.
        unhelpful: Votes that did not.
        sections: The sections, the most quoted first.
        median_s: Half of the questions were answered or refused within so many seconds; None where
            nothing was asked, or it was longer than is measured.
        p95_s: So were 95 of 100.

    """

    days: tuple[DayFigures, ...]
    unserved: int = 0
    helpful: int = 0
    unhelpful: int = 0
    sections: tuple[SectionFigures, ...] = ()
    median_s: float | None = None
    p95_s: float | None = None

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return sum(one.answered for one in self.days)

    @property
    def refused(self) -> int:
        """How many questions the articles do not answer."""
        return sum(one.refused for one in self.days)

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return self.answered + self.refused + self.unserved


def sum_up(counts: Iterable[DayCount], today: dt.date, days: int) -> Statistics:
    """Sum up the last ``days`` days, ``today`` the last of them."""
    first = today - dt.timedelta(days=days - 1)
    within = [one for one in counts if first <= one.day <= today]
    answered = _by_day(within, "answered")
    not_there = [one for one in within if one.what == "not_in_articles"]
    refused = _by_day(not_there, "refused")
    dates = [first + dt.timedelta(days=number) for number in range(days)]
    times = _by_what(within, "time")
    return Statistics(
        days=tuple(DayFigures(day, answered[day], refused[day]) for day in dates),
        unserved=_count_unserved(_by_what(within, "refused")),
        helpful=_by_what(within, "helpful").total(),
        unhelpful=_by_what(within, "unhelpful").total(),
        sections=_rank_sections(_by_what(within, "section"), _by_what(within, "read")),
        median_s=_find_quantile(times, 0.5),
        p95_s=_find_quantile(times, 0.95),
    )


def count_answers(counts: Iterable[DayCount], article: str) -> int:
    """Count the answers that came from an article, by its id in twelve characters."""
    return _by_what(counts, "article")[article]


def _by_day(counts: Iterable[DayCount], kind: CountKind) -> Counter[dt.date]:
    found: Counter[dt.date] = Counter()
    for one in counts:
        if one.kind == kind:
            found[one.day] += one.times
    return found


def _by_what(counts: Iterable[DayCount], kind: CountKind) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in counts:
        if one.kind == kind:
            found[one.what] += one.times
    return found


def _count_unserved(refused: Mapping[str, int]) -> int:
    """Count what was not looked for; a post in a forum that is left alone was not asked."""
    looked_for = ("not_in_articles", "not_sure")
    return sum(times for reason, times in refused.items() if reason not in looked_for)


def _rank_sections(quoted: Counter[str], read: Counter[str]) -> tuple[SectionFigures, ...]:
    found = [SectionFigures(one, quoted[one], read[one]) for one in quoted.keys() | read.keys()]
    return tuple(sorted(found, key=_rank_section))


def _rank_section(figures: SectionFigures) -> tuple[int, str]:
    # The id decides between equals, so that the order is the same each time.
    return -(_QUOTED * figures.quoted + _READ * figures.read), figures.section


def _find_quantile(times: Mapping[str, int], share: float) -> float | None:
    """Find the bound, in seconds, that a share of the times does not exceed; None for none."""
    wanted = share * sum(times.values())
    seen = 0
    measured = [(int(bound), count) for bound, count in times.items() if bound.isdecimal()]
    for bound_ms, count in sorted(measured):
        seen += count
        if seen >= wanted:
            return bound_ms / 1000
    return None
