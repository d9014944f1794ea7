"""Who may do what with a card that all can see."""

import discord

from bot.chat.ui.card_reader import read_source


def may_change(interaction: discord.Interaction, asker_id: int) -> bool:
    """Say whether somebody may change a card for everybody: who asked, or a moderator."""
    if interaction.user.id == asker_id:
        return True
    return interaction.guild_id is not None and interaction.permissions.manage_messages


def is_own_public_answer(interaction: discord.Interaction) -> bool:
    """Say whether a card stands for all to see, and is the answer to the one who presses.

    On somebody else's card nothing is said in public that does not show who asked it.
    """
    message = interaction.message
    if message is None or message.flags.ephemeral:
        return False
    found = read_source(message)
    if found is None:
        return False
    source, _ = found
    return source.asker_id == interaction.user.id
