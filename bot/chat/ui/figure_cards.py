"""Figures of some days as a card: in words, with a picture or a table of the days.

In: figures, and what was asked in vain. Out: a card.
"""

from collections.abc import Iterator, Sequence

from bot.answers.gaps import Gap
from bot.articles.model import Article, Section
from bot.chat.figures import DayFigures, SectionFigures, Statistics
from bot.chat.ui.asked import find_asked
from bot.chat.ui.gap_cards import describe_like, describe_times
from bot.chat.ui.layout import Card, fit
from bot.chat.ui.passages import show_location
from bot.texts import figures as texts
from bot.texts import servers

# So many sections and gaps are listed, each no longer than this.
MOST_SECTIONS, MOST_GAPS = 5, 5
_PLACE, _QUESTION = 300, 160

# A section with the article that it is from; None where it is no longer there.
Place = tuple[Article, Section] | None


def make_statistics_card(  # noqa: PLR0913 (each is shown)
    head: str,
    statistics: Statistics,
    places: Sequence[tuple[SectionFigures, Place]],
    gaps: Sequence[Gap],
    picture: tuple[str, str] | None,
    *,
    is_of_all: bool = False,
) -> Card:
    """Tell figures; ``picture`` is the attachment that shows the days, in place of a table.

    They are those of one server, unless it ``is_of_all``.
    """
    blocks = [head, "\n".join(_list_figures(statistics))]
    if statistics.asked and picture is None:
        blocks.append(_make_table(statistics.days))
    if places:
        lines = (_name_section(figures, place) for figures, place in places[:MOST_SECTIONS])
        blocks.append("\n".join([texts.SECTIONS_HEAD(), *lines]))
    if gaps:
        blocks.append("\n".join([texts.GAPS_HEAD(), *map(_name_gap, gaps[:MOST_GAPS])]))
    whose = servers.OF_ALL_SERVERS() if is_of_all else servers.OF_THIS_SERVER()
    blocks.append(f"{texts.HOW_IT_IS_COUNTED()}\n{whose}")
    return Card(blocks, picture=picture)


def describe_answers_lost(answers: int | None) -> str:
    """Say how many answers came from an article; nothing where nobody knows."""
    if answers is None:
        return ""
    return texts.ANSWERS_LOST(answers) if answers else texts.NO_ANSWERS_LOST()


def _list_figures(statistics: Statistics) -> Iterator[str]:
    if not statistics.asked:
        yield texts.NOTHING_ASKED()
        return
    yield texts.ASKED(statistics.asked, answered=statistics.answered, refused=statistics.refused)
    if statistics.unserved:
        yield texts.UNSERVED(statistics.unserved)
    if statistics.helpful or statistics.unhelpful:
        yield texts.VOTES(helpful=statistics.helpful, unhelpful=statistics.unhelpful)
    if statistics.answered or statistics.refused:
        median, p95 = map(_show_seconds, (statistics.median_s, statistics.p95_s))
        yield texts.TIMES(median=median, p95=p95)


def _show_seconds(seconds: float | None) -> str:
    return texts.LONGER() if seconds is None else texts.SECONDS(seconds=seconds)


def _make_table(days: Sequence[DayFigures]) -> str:
    """List the days on which something was asked, the latest first."""
    asked = [one for one in reversed(days) if one.answered or one.refused]
    lines = [
        texts.TABLE_LINE(day=one.day, answered=one.answered, refused=one.refused) for one in asked
    ]
    table = "\n".join([texts.TABLE_HEAD(), *lines])
    return f"```\n{table}\n```"


def _name_section(figures: SectionFigures, place: Place) -> str:
    shown = texts.SECTION_GONE() if place is None else show_location(*place)
    facts = []
    if figures.quoted:
        facts.append(texts.QUOTED(figures.quoted))
    if figures.read:
        facts.append(texts.READ(figures.read))
    return texts.SECTION(place=shown, figures=texts.BETWEEN_FIGURES().join(facts))


def _name_gap(gap: Gap) -> str:
    return texts.GAP(
        question=fit(find_asked(gap.name, _QUESTION), _QUESTION),
        like=describe_like(gap),
        times=describe_times(gap),
    )
