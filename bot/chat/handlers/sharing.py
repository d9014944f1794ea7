"""The buttons *Share here* and *Remove*."""

from dataclasses import replace

from bot.chat.commands.questions import audience_of
from bot.chat.handlers.access import may_change
from bot.chat.handlers.actions import USER_ID, ActionContext, ActionTable, private
from bot.chat.reply import Removal, Reply, Response
from bot.chat.ui.answer_cards import make_answer_rows
from bot.chat.ui.card_reader import read_source, read_texts, remake_card
from bot.chat.ui.components import make_button, make_row
from bot.texts import cards, replies

ACTIONS = ActionTable()


@ACTIONS.action("remove", asker_id=USER_ID)
async def remove(context: ActionContext) -> Response:
    """Delete the card, for the one who asked and for moderators."""
    asker_id = int(context.arguments["asker_id"])
    if may_change(context.interaction, asker_id):
        return Removal()
    return private(replies.ONLY_ASKER_CAN_REMOVE)


@ACTIONS.action("share")
async def share(context: ActionContext) -> Response:
    """Show a private card to everybody here, as it stands; once."""
    message = context.message
    user_id = context.user_id
    if message is None:
        return private(replies.OLD_BUTTON)
    texts = read_texts(message)
    found = read_source(message)
    if found is None:
        # Its buttons to the nearest sections stay behind, so the line about them does as well.
        texts = [text for text in texts if text != cards.NEAREST]
        rows = make_row(make_button(cards.REMOVE, "remove", user_id))
    else:
        source, others = found
        audience = audience_of(context.dispatcher, context.interaction, is_private=False)
        rows = make_answer_rows(replace(source, asker_id=user_id), others, audience)
    texts.insert(0, cards.SHARED_BY(user_id=user_id))
    return Reply(card=remake_card(message, texts, rows), once=message.id)
