"""The unanswered questions, page by page, and what is said where the records can't be read."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.chat import failures
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import UNANSWERED_ON_A_PAGE, make_unanswered_card
from bot.chat.ui.layout import PLAIN, clamp_page, count_pages, fit
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.records.wording import hash_wording
from bot.texts import replies


async def list_unanswered(
    dispatcher: Dispatcher, records: Records, page: int = 0, *, clear: bool = False
) -> Reply:
    """Show a page of the unanswered questions; ``clear`` deletes those that it shows."""
    total = await records.count_unanswered()
    page = clamp_page(page, count_pages(total, UNANSWERED_ON_A_PAGE))
    shown = await records.unanswered(UNANSWERED_ON_A_PAGE, page * UNANSWERED_ON_A_PAGE)
    if clear:
        questions = [unanswered.question for unanswered in shown]
        await records.remove_unanswered(*questions)
        dispatcher.recent_questions.forget_questions(set(map(hash_wording, questions)))
    days = dispatcher.settings.unanswered_days
    card = await asyncio.to_thread(make_unanswered_card, shown, total, days, page, is_cleared=clear)
    return Reply(card=card, is_private=True)


async def from_records(
    dispatcher: Dispatcher, show: Callable[[Records], Awaitable[Reply]]
) -> Reply:
    """Show something of the records; or say why that is not possible."""
    if dispatcher.records is None:
        return Reply(fit(dispatcher.why_none, PLAIN), is_private=True)
    try:
        return await show(dispatcher.records)
    except RecordsError as error:
        incident = failures.record_records_error(error)
        text = replies.RECORDS_UNREADABLE(what=error.what, hint=error.hint, incident=incident)
        return Reply(fit(text, PLAIN), is_private=True)
