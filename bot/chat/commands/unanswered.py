"""What was asked in vain, page by page, for those who look after the articles.

The page stands in the custom id of its buttons, so they work after a restart; who presses is checked again.
"""

import asyncio
from collections.abc import Awaitable, Callable

import discord

from bot.chat import failures
from bot.chat.commands.permissions import if_allowed
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.admin_cards import UNANSWERED_ON_A_PAGE, make_unanswered_card
from bot.chat.ui.components import ComponentPress
from bot.chat.ui.layout import PLAIN, fit
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.records.wording import hash_wording


async def turn_unanswered(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    """Turn to another page of what was asked in vain, for those who may still see it."""

    async def show(_: discord.Interaction, dispatcher: Dispatcher) -> Reply:
        return await from_records(
            dispatcher,
            lambda records: list_unanswered(dispatcher, records, int(press.arguments[0])),
        )

    reply = await if_allowed(interaction, dispatcher, show)
    return Update(reply.card) if reply.card is not None else reply


async def list_unanswered(
    dispatcher: Dispatcher, records: Records, page: int = 0, *, clear: bool = False
) -> Reply:
    """Show a page of what was asked in vain, the last one instead of one that there is no more."""
    total = await records.count_unanswered()
    page = max(0, min(page, -(-total // UNANSWERED_ON_A_PAGE) - 1))
    asked = await records.unanswered(UNANSWERED_ON_A_PAGE, page * UNANSWERED_ON_A_PAGE)
    if clear:
        await records.remove_unanswered(*(one.question for one in asked))
        dispatcher.recent_questions.forget_questions({hash_wording(one.question) for one in asked})
    days = dispatcher.settings.unanswered_days
    card = await asyncio.to_thread(make_unanswered_card, asked, total, days, page, is_cleared=clear)
    return Reply(card=card, is_private=True)


async def from_records(
    dispatcher: Dispatcher, show: Callable[[Records], Awaitable[Reply]]
) -> Reply:
    """Show something of the records; or say why there are none."""
    if dispatcher.records is None:
        return Reply(fit(dispatcher.why_none, PLAIN), is_private=True)
    try:
        return await show(dispatcher.records)
    except RecordsError as error:
        failures.record_records_error(error)
        return Reply(
            fit(f"The records can't be read now: {error.what} ({error.hint}).", PLAIN),
            is_private=True,
        )
