"""/kb stats, and what the weekly digest shows as well: the figures of some days.

In: the records. Out: a reply with a card, and a picture where what draws it is installed.
"""

import datetime as dt
from functools import partial

import discord

from bot.answers.gaps import Gap
from bot.chat import failures
from bot.chat.commands.gaps import find_gaps_now, from_records
from bot.chat.dispatcher import Dispatcher
from bot.chat.figures import Statistics, count_answers, sum_up
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Reply
from bot.chat.ui.chart import NAME, can_draw, describe_questions, draw_questions
from bot.chat.ui.figure_cards import MOST_GAPS, MOST_SECTIONS, make_statistics_card
from bot.knowledge_bases import EVERYBODY
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.texts import figures as texts

DAYS = 30


async def show_statistics(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    """Show the figures of the last month."""
    return await from_records(dispatcher, partial(_show, dispatcher))


async def _show(dispatcher: Dispatcher, records: Records) -> Reply:
    head = texts.COMMAND_HEAD(days=DAYS)
    return await report(dispatcher, records, head, DAYS, has_picture=True)


async def report(
    dispatcher: Dispatcher, records: Records, head: str, days: int, *, has_picture: bool
) -> Reply:
    """Report the last days; with ``has_picture``, a picture shows them if it can be drawn.

    Raises RecordsError.
    """
    await dispatcher.day_counter.write()
    today = await records.today()
    statistics = sum_up(await records.day_counts(days), today, days)
    first = today - dt.timedelta(days=days - 1)
    found = await find_gaps_now(dispatcher, records)
    gaps = [gap for gap in found if gap.last >= first][:MOST_GAPS]
    make = partial(_make_reply, dispatcher, head, statistics, gaps, has_picture=has_picture)
    return await run_in_thread(make)


def _make_reply(
    dispatcher: Dispatcher,
    head: str,
    statistics: Statistics,
    gaps: list[Gap],
    *,
    has_picture: bool,
) -> Reply:
    # What it names may be told in a channel.
    answerer = dispatcher.view(EVERYBODY).answerer
    sections = statistics.sections[:MOST_SECTIONS]
    places = [(one, answerer.find_section(one.section)) for one in sections]
    if not has_picture or not statistics.asked or not can_draw():
        card = make_statistics_card(head, statistics, places, gaps, None)
        return Reply(card=card, is_private=True)
    alt_text = describe_questions(statistics)
    card = make_statistics_card(head, statistics, places, gaps, (NAME, alt_text))
    picture = draw_questions(statistics.days)
    return Reply(card=card, is_private=True, files=((NAME, picture),), alt_text=alt_text)


async def count_answers_from(dispatcher: Dispatcher, article: str) -> int | None:
    """Count the answers of the last month that came from an article; None where nobody knows."""
    records = dispatcher.records
    if records is None:
        return None
    await dispatcher.day_counter.write()
    try:
        return count_answers(await records.day_counts(DAYS), article)
    except RecordsError as error:
        failures.record_records_error(error)
        return None
