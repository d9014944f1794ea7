"""The buttons *Share here* and *Remove*."""

from dataclasses import replace
from functools import partial

import discord

from bot.answers.ids import article_id
from bot.chat.commands.questions import audience_of
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.access import may_change
from bot.chat.handlers.actions import USER_ID, ActionContext, ActionTable, private
from bot.chat.reply import Removal, Reply, Response
from bot.chat.ui.answer_cards import make_answer_rows
from bot.chat.ui.card_reader import (
    read_articles,
    read_language,
    read_others,
    read_sections,
    read_source,
    read_texts,
    remake_card,
)
from bot.chat.ui.components import (
    make_button,
    make_row,
    remake_buttons,
    remake_menus,
    split_id,
)
from bot.chat.ui.layout import Button
from bot.texts import cards, notices, replies, servers
from bot.texts.languages import speaking

ACTIONS = ActionTable()


@ACTIONS.action("remove", asker_id=USER_ID)
async def remove(context: ActionContext) -> Response:
    """Delete the card, for the one who asked and for moderators."""
    asker_id = int(context.arguments["asker_id"])
    if may_change(context.interaction, asker_id):
        if context.message is not None:
            # Where the bot itself is no member, Discord does not tell it what is deleted.
            shared = _find_private_id(context.message)
            context.dispatcher.shared_cards.remove(context.message.id, shared)
        return Removal()
    return private(replies.ONLY_ASKER_CAN_REMOVE())


@ACTIONS.action("share")
async def share(context: ActionContext) -> Response:
    """Show a private card to everybody here, as it stands; once."""
    message = context.message
    if message is None:
        return private(replies.OLD_BUTTON())
    is_for_all = await context.dispatcher.admission.work.run(partial(_may_all_read, context))
    if not is_for_all:
        return private(servers.NOT_SHARED())
    if context.dispatcher.is_silent_for(context.interaction):
        return private(notices.NOT_SHARED_HERE())
    with speaking(read_language(message)):
        return _share(context, message)


def _share(context: ActionContext, message: discord.Message) -> Reply:
    user_id = context.user_id
    texts = read_texts(message)
    found = read_source(message)
    if found is None:
        # What opens a section, or tells more, does so for everybody who presses it.
        buttons = remake_buttons(message)
        reading = [button for button in buttons if _is_of(button, "read")]
        more = [button for button in buttons if _is_of(button, "told")]
        remove = make_button(cards.REMOVE(), "remove", user_id)
        rows = remake_menus(message) + make_row(*reading, remove, *more)
    else:
        source, others = found
        audience = audience_of(context.dispatcher, context.interaction, is_private=False)
        rows = make_answer_rows(replace(source, asker_id=user_id, earlier=""), others, audience)
    texts.insert(0, cards.SHARED_BY(user_id=user_id))
    return Reply(card=remake_card(message, texts, rows), once=message.id)


def _may_all_read(context: ActionContext) -> bool:
    """Say whether everybody here may read all that a card leads to, as articles are now.

    A card that shows more than that has no such button. But its article may have been restricted
    since it was made.
    """
    view = context.view_for_all
    answerer = view.answerer
    if answerer is context.dispatcher.common.answerer:
        return True
    if not set(map(article_id, view.library.articles)).issuperset(read_articles(context.message)):
        return False
    sections = list(read_sections(context.message))
    passages = list(read_others(context.message))
    found = read_source(context.message)
    if found is not None:
        sections.append(found[0].section)
        passages.append(found[0].passage)
    is_there = all(answerer.find_section(one) is not None for one in sections)
    return is_there and all(answerer.find_passage(one) is not None for one in passages)


def _is_of(button: Button, action: str) -> bool:
    name, _ = split_id(button.custom_id)
    return name == action


def notice_shared_card(
    dispatcher: Dispatcher, bot_user: discord.ClientUser, message: discord.Message
) -> None:
    """Keep which private card a message of the bot shares; pass over any other message."""
    private_id = _find_private_id(message)
    if private_id and message.author.id == bot_user.id:
        dispatcher.shared_cards.add(message.id, private_id)


def _find_private_id(message: discord.Message) -> int:
    """Give the id of the message whose button made the bot write a message; 0 without one."""
    metadata = message.interaction_metadata
    return metadata.interacted_message_id or 0 if metadata else 0
