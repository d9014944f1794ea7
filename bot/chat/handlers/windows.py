"""Windows that were refused are opened again with what was typed into them.

In: what came of a window, and what opens it. Out: the same, or the refusal with a button that opens
the window again. The button has the window's own id, so that it opens as it did at first.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from bot.chat.commands.article_changes import refuse
from bot.chat.handlers.actions import ActionContext
from bot.chat.reply import Reply, Response, TextModal
from bot.chat.ui.card_reader import read_question
from bot.chat.ui.proposal_cards import make_refused_window_card
from bot.texts import editing as texts

Opener = Callable[[], Awaitable[Response]]


async def keep_typed(context: ActionContext, reply: Reply, open_window: Opener) -> Reply:
    """Give what came of a window; a refusal offers to open it again, if it can be opened now."""
    if reply.card is not None:
        context.dispatcher.typed_texts.remove(context.user_id, context.press.custom_id)
        return reply
    window = await open_window()
    if not isinstance(window, TextModal):
        return reply
    return await _offer_again(context, reply.text, window, context.press.values)


async def open_again(context: ActionContext, open_window: Opener) -> Response:
    """Open a window, with what was typed into it, if that was refused."""
    window = await open_window()
    if not isinstance(window, TextModal):
        return window
    window_id = context.press.custom_id
    typed = context.dispatcher.typed_texts.find(context.user_id, window_id, time.monotonic())
    if window.custom_id != window_id:
        # What it shows has been changed since the button was made.
        refusal = refuse(texts.WINDOW_OUTDATED())
        return await _offer_again(context, refusal.text, window, typed)
    window.fill(typed)
    return window


async def _offer_again(
    context: ActionContext, why: str, window: TextModal, typed: Sequence[str]
) -> Reply:
    window_id = window.custom_id
    context.dispatcher.typed_texts.add(context.user_id, window_id, typed, time.monotonic())
    question = read_question(context.message)
    card = await asyncio.to_thread(make_refused_window_card, why, question, window_id)
    return Reply(card=card, is_private=True)
