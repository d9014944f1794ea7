"""Which language is spoken with whoever an event is from.

In: an interaction, a message or a guild. Out: one of our languages. An interaction carries the
locale of its user. A message carries none: there the guild's language counts, where it was chosen,
and else that of the message itself.
"""

import discord

from bot.articles.languages import find_question_language
from bot.texts.languages import ENGLISH, find_language


def language_of_interaction(interaction: discord.Interaction) -> str:
    """Give the language of a user, else that of the guild."""
    guild_locale = interaction.guild_locale
    return find_language(interaction.locale.value, guild_locale.value if guild_locale else None)


def language_of_guild(guild: discord.Guild | None) -> str:
    """Give the language of a guild; English for none."""
    return ENGLISH if guild is None else find_language(guild.preferred_locale.value)


def language_of_message(message: discord.Message) -> str:
    """Give the language of a message's guild, or of the message where the guild chose none.

    Only a community chooses one; every other guild has Discord's default, which is English.
    """
    guild = message.guild
    language = language_of_guild(guild)
    has_chosen = language != ENGLISH or (guild is not None and "COMMUNITY" in guild.features)
    return language if has_chosen else find_language(find_question_language(message.content))
