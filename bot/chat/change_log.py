"""Tell in the log channel what was changed, and by whom.

In: a revision. Out: one message, which pings nobody. Where there is no such channel, or the bot may
not write there, the history of the articles tells it all the same.
"""

import logging

import discord

from bot.chat import delivery
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.ui.layout import Card
from bot.chat.ui.proposal_cards import describe_revision
from bot.versions.history import Revision

_log = logging.getLogger(__name__)


async def tell_change(
    interaction: discord.Interaction, dispatcher: Dispatcher, revision: Revision
) -> None:
    """Tell a change, once for the interaction that made it."""
    _log.info("version %d: %s, %d files", revision.number, revision.action, len(revision.files))
    channel = interaction.client.get_channel(dispatcher.settings.log_channel)
    if isinstance(channel, discord.abc.Messageable):
        card = Card([describe_revision(revision)])
        await delivery.announce(channel, Reply(card=card), str(interaction.id), None)
