"""/kb stats, and what the weekly digest shows as well: the figures of some days.

In: the records. Out: a reply with a card, and a picture where what draws it is installed.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

import discord

from bot.chat import failures
from bot.chat.commands.desks import Desk
from bot.chat.commands.gaps import find_gaps_now, from_records
from bot.chat.dispatcher import Dispatcher
from bot.chat.figures import SectionFigures, Statistics, count_answers, sum_up
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Reply
from bot.chat.scope import Scope
from bot.chat.ui.chart import NAME, can_draw, describe_questions, draw_questions
from bot.chat.ui.figure_cards import MOST_GAPS, MOST_SECTIONS, Place, make_statistics_card
from bot.chat.ui.layout import Card
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.texts import figures as texts

DAYS = 30


async def show_statistics(_: discord.Interaction, desk: Desk) -> Reply:
    """Show the figures of the last month."""
    return await from_records(desk, _show)


async def _show(desk: Desk, records: Records) -> Reply:
    head = texts.COMMAND_HEAD(days=DAYS)
    return await report(desk.dispatcher, records, desk.scope, (head, DAYS), has_picture=True)


async def report(
    dispatcher: Dispatcher,
    records: Records,
    scope: Scope,
    period: tuple[str, int],
    *,
    has_picture: bool,
) -> Reply:
    """Report the last days under a heading, so many of them.

    With ``has_picture``, a picture shows them if it can be drawn. Raises RecordsError.
    """
    head, days = period
    await dispatcher.day_counter.write()
    today = await records.today()
    statistics = sum_up(await records.day_counts(days, scope.servers), today, days)
    first = today - dt.timedelta(days=days - 1)
    found = await find_gaps_now(dispatcher, records, scope)
    gaps = [gap for gap in found if gap.last >= first][:MOST_GAPS]
    places = await run_in_thread(partial(_find_places, dispatcher, scope, statistics.sections))
    make_card = partial(
        make_statistics_card, head, statistics, places, gaps, is_of_all=not scope.guild_id
    )
    return await run_in_thread(partial(_make_reply, statistics, make_card, has_picture=has_picture))


def _find_places(
    dispatcher: Dispatcher, scope: Scope, sections: Sequence[SectionFigures]
) -> list[tuple[SectionFigures, Place]]:
    """Find the first of some sections.

    What is named may be told in a channel. Of all servers, that is none of what is their own.
    """
    answerer = dispatcher.view(scope.reader).answerer
    places = ((one, answerer.find_section(one.section)) for one in sections)
    named = (one for one in places if scope.guild_id or one[1] is not None)
    return list(islice(named, MOST_SECTIONS))


def _make_reply(
    statistics: Statistics,
    make_card: Callable[[tuple[str, str] | None], Card],
    *,
    has_picture: bool,
) -> Reply:
    if not has_picture or not statistics.asked or not can_draw():
        return Reply(card=make_card(None), is_private=True)
    alt_text = describe_questions(statistics)
    card = make_card((NAME, alt_text))
    picture = draw_questions(statistics.days)
    return Reply(card=card, is_private=True, files=((NAME, picture),), alt_text=alt_text)


async def count_answers_from(desk: Desk, article: str) -> int | None:
    """Count the answers of the last month that came from an article; None where nobody knows."""
    records = desk.dispatcher.records
    if records is None:
        return None
    await desk.dispatcher.day_counter.write()
    try:
        return count_answers(await records.day_counts(DAYS, desk.scope.servers), article)
    except RecordsError as error:
        failures.record_records_error(error)
        return None
