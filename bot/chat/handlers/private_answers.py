"""The button *Show me*: an answer that not everybody there may see, for the one who presses."""

from bot.chat.commands.questions import (
    QuestionRequest,
    answer_question,
    audience_of,
    conversation_key,
)
from bot.chat.handlers.actions import ActionContext, ActionTable, private
from bot.chat.handlers.answer_search import read_asked
from bot.chat.reply import Response
from bot.texts import replies

ACTIONS = ActionTable()


@ACTIONS.action("mine")
async def show_answer(context: ActionContext) -> Response:
    """Answer the question of a card from what the one who presses may read."""
    if context.message is None:
        return private(replies.OLD_BUTTON())
    asked = read_asked(context.message)
    dispatcher, interaction = context.dispatcher, context.interaction
    key = conversation_key(interaction, is_private=True)
    audience = audience_of(dispatcher, interaction, is_private=True)
    request = QuestionRequest(
        asked.question, key, audience, context.readers, before=asked.before, is_own=False
    )
    return await answer_question(dispatcher, request)
