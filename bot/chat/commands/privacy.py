"""/privacy and /forget-me: what is kept of a person, and how it goes away."""

from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.chat import failures
from bot.chat.commands.localisation import localise
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.records.model import RecordsError
from bot.texts import replies
from bot.versions.history import HISTORY_LENGTH


def add_privacy(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /privacy and /forget-me to the commands."""

    @tree.command(name="privacy", description=localise(replies.PRIVACY_COMMAND))
    async def privacy(interaction: discord.Interaction) -> None:
        await dispatcher.serve_interaction(interaction, partial(_describe, dispatcher))

    @tree.command(name="forget-me", description=localise(replies.FORGET_ME_COMMAND))
    async def forget_me(interaction: discord.Interaction) -> None:
        handler = partial(_forget, dispatcher, interaction.user.id)
        await dispatcher.serve_interaction(interaction, handler)


def _describe(dispatcher: Dispatcher) -> Reply:
    """Say what is kept, in memory and on disk, as the settings have it."""
    days = dispatcher.settings.unanswered_days
    on_disk: str = replies.NOTHING_ON_DISK()
    if dispatcher.records is not None:
        unanswered = replies.KEPT_UNANSWERED(days=days) if days else ""
        on_disk = replies.KEPT_ON_DISK(unanswered=unanswered)
        on_disk += replies.KEPT_SETTINGS()
    parts = [replies.KEPT_IN_MEMORY(), on_disk]
    if dispatcher.common.versions.can_begin:
        parts.append(replies.KEPT_OF_EDITORS(most=HISTORY_LENGTH))
    text = "\n".join([*parts, replies.HOW_TO_DELETE()])
    return Reply(text, is_private=True)


async def _forget(dispatcher: Dispatcher, user_id: int) -> Reply:
    """Forget a user in memory, and delete the user's votes."""
    dispatcher.conversations.forget(user_id)
    dispatcher.word_pairs.forget(user_id)
    dispatcher.recent_questions.forget(user_id)
    dispatcher.answer_links.forget(user_id)
    dispatcher.last_heard.direct.forget(user_id)
    dispatcher.direct_readers.close(user_id)
    votes = 0
    if dispatcher.records is not None:
        try:
            votes = await dispatcher.records.forget(user_id)
        except RecordsError as error:
            incident = failures.record_records_error(error)
            return Reply(replies.VOTES_NOT_DELETED(incident=incident), is_private=True)
    text: str = replies.FORGOTTEN()
    if votes:
        text += replies.VOTES_DELETED(votes)
    return Reply(text, is_private=True)
