"""What was asked in vain, page by page, for those who look after the articles.

The page stands in the custom id of its buttons, so they work after a restart; who presses is checked again.
"""

import asyncio
from collections.abc import Awaitable, Callable

import discord

from bot.chat.admin_cards import UNANSWERED_ON_A_PAGE, make_unanswered_card
from bot.chat.admins import if_allowed
from bot.chat.buttons import Press
from bot.chat.counter import Counter
from bot.chat.layout import PLAIN, fit
from bot.chat.reply import Reply, Response, Update
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.records.wording import sameness


async def turn_unanswered(counter: Counter, interaction: discord.Interaction, press: Press) -> Response:
    """Turn to another page of what was asked in vain, for those who may still see it."""

    async def show(_: discord.Interaction, counter: Counter) -> Reply:
        return await from_records(counter, lambda records: list_unanswered(counter, records, int(press.arguments[0])))

    reply = await if_allowed(interaction, counter, show)
    return Update(reply.card) if reply.card is not None else reply


async def list_unanswered(counter: Counter, records: Records, page: int = 0, *, clear: bool = False) -> Reply:
    """Show a page of what was asked in vain, the last one instead of one that there is no more."""
    total = await records.count_unanswered()
    page = max(0, min(page, -(-total // UNANSWERED_ON_A_PAGE) - 1))
    asked = await records.unanswered(UNANSWERED_ON_A_PAGE, page * UNANSWERED_ON_A_PAGE)
    if clear:
        await records.remove_unanswered(*(one.question for one in asked))
        counter.earlier.forget_questions({sameness(one.question) for one in asked})
    days = counter.settings.unanswered_days
    card = await asyncio.to_thread(make_unanswered_card, asked, total, days, page, is_cleared=clear)
    return Reply(card=card, is_private=True)


async def from_records(counter: Counter, show: Callable[[Records], Awaitable[Reply]]) -> Reply:
    """Show something of the records; or say why there are none."""
    if counter.records is None:
        return Reply(fit(counter.why_none, PLAIN), is_private=True)
    try:
        return await show(counter.records)
    except RecordsError as error:
        counter.tell_fault(error)
        return Reply(fit(f"The records can't be read now: {error.what} ({error.hint}).", PLAIN), is_private=True)
