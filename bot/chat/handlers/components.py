"""Buttons that are pressed, choices in menus, modals that are submitted.

In: an interaction. Out: a response, by way of the dispatcher. What a press says is not trusted: the
message that it comes from must have such a button or menu. Whoever presses a button of an earlier
version, or one whose passage is gone, is told so.
"""

import inspect
from typing import TYPE_CHECKING

import discord

from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers import (
    article_changes,
    article_choices,
    asking_humans,
    direct,
    follow_up,
    gap_buttons,
    judging,
    keeping,
    passages,
    private_answers,
    reading,
    reloads,
    setting_menus,
    sharing,
    votes,
)
from bot.chat.handlers.access import is_own_public_answer
from bot.chat.handlers.actions import ActionContext, ActionTable, private
from bot.chat.interaction_server import Handler
from bot.chat.reply import Response
from bot.chat.ui.components import ComponentPress, is_offered, read_press
from bot.texts import replies

if TYPE_CHECKING:
    from collections.abc import Awaitable

# Every action that a custom id may name.
ACTIONS = ActionTable(
    reading.ACTIONS,
    passages.ACTIONS,
    private_answers.ACTIONS,
    direct.ACTIONS,
    votes.ACTIONS,
    sharing.ACTIONS,
    follow_up.ACTIONS,
    asking_humans.ACTIONS,
    gap_buttons.ACTIONS,
    keeping.ACTIONS,
    reloads.ACTIONS,
    article_changes.ACTIONS,
    judging.ACTIONS,
    setting_menus.ACTIONS,
    article_choices.ACTIONS,
)


async def serve_press(dispatcher: Dispatcher, interaction: discord.Interaction) -> None:
    """Do what a press asks for; any other interaction is passed over."""
    press = read_press(interaction)
    if press is None:
        return
    is_question = _asks_question(interaction, press)
    handler = _find_handler(dispatcher, interaction, press)
    is_public = False
    if handler is None:
        handler = _reject
    elif is_question:
        is_public = is_own_public_answer(interaction)
    await dispatcher.serve_interaction(
        interaction, handler, is_question=is_question, is_private=not is_public
    )


def _find_handler(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Handler | None:
    """Give the handler of a press; None for one that no button, menu or modal of ours makes."""
    action = ACTIONS.find(press.action)
    if action is None:
        return None
    is_of_command = action.is_of_command and _is_from_command(interaction)
    if not is_of_command and not is_offered(interaction, press, opens_modal=action.opens_modal):
        return None
    arguments = action.parse(press)
    if arguments is None:
        return None

    async def serve() -> Response:
        readers = await dispatcher.find_readers(interaction)
        context = ActionContext(dispatcher, interaction, press, arguments, readers)
        made: Response | Awaitable[Response]
        if inspect.iscoroutinefunction(action.handler):
            made = action.handler(context)
        else:
            made = await dispatcher.admission.work.run(lambda: action.handler(context))
        return await made if inspect.isawaitable(made) else made

    return serve


def _asks_question(interaction: discord.Interaction, press: ComponentPress) -> bool:
    action = ACTIONS.find(press.action)
    is_submitted = interaction.type is discord.InteractionType.modal_submit
    return is_submitted and action is not None and not action.asks_nothing


def _is_from_command(interaction: discord.Interaction) -> bool:
    """Say whether a modal was opened by a command: then it stands on no message."""
    is_modal = interaction.type is discord.InteractionType.modal_submit
    return is_modal and interaction.message is None


async def _reject() -> Response:
    return private(replies.OLD_BUTTON())
