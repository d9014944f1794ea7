"""The button *Follow up*, and the modal that it opens."""

import time

from bot.chat.commands.questions import (
    MAX_QUESTION_LENGTH,
    QuestionRequest,
    answer_question,
    audience_of,
    conversation_key,
)
from bot.chat.commands.turn_reader import recall_turn
from bot.chat.handlers.access import is_own_public_answer
from bot.chat.handlers.actions import ID, ActionContext, ActionTable
from bot.chat.reply import Field, Response, TextModal
from bot.texts import cards, replies

ACTIONS = ActionTable()


@ACTIONS.action("follow", passage=ID, opens_modal=True)
async def follow_up(context: ActionContext) -> Response:
    """Open a modal for the next question, or answer what was typed there."""
    if context.is_modal:
        return await _answer(context)
    who_sees = replies.ONLY_YOU_WILL_SEE() if _is_private(context) else replies.ALL_WILL_SEE()
    question = Field(
        "text",
        replies.FOLLOW_UP_LABEL(),
        description=who_sees,
        placeholder=replies.FOLLOW_UP_PLACEHOLDER(),
        most=MAX_QUESTION_LENGTH,
        is_required=True,
        is_paragraph=True,
    )
    return TextModal(cards.FOLLOW_UP(), context.press.custom_id, [question])


def _is_private(context: ActionContext) -> bool:
    """Say whether the one who presses alone will see the answer."""
    interaction = context.interaction
    is_public = is_own_public_answer(interaction)
    return not is_public or context.dispatcher.is_silent_for(interaction)


async def _answer(context: ActionContext) -> Response:
    """Answer a question as one that follows up the card, whatever was talked about meanwhile."""
    dispatcher = context.dispatcher
    is_private = _is_private(context)
    key = conversation_key(context.interaction, is_private=is_private)
    reader = context.readers.own if is_private else context.readers.everybody
    before = dispatcher.conversations.recall(key, time.monotonic())
    if before is None or context.arguments["passage"] not in before.passages:
        before = await recall_turn(dispatcher, reader, context.message)
    audience = audience_of(dispatcher, context.interaction, is_private=is_private)
    request = QuestionRequest(context.chosen, key, audience, context.readers, before=before)
    return await answer_question(dispatcher, request)
