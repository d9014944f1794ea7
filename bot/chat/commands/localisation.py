"""The commands in the languages of members: Discord shows each the one of its own locale.

In: texts. Out: what discord.py registers with Discord. Descriptions are translated, and the names
in the menu of a message. The names of slash commands and of their options stay English: members
tell each other what to type, and the answers and the documentation name them, too.
"""

from typing import Final

import discord
from discord import app_commands

from bot.texts import Text
from bot.texts.languages import ENGLISH, LANGUAGES, speaking

# The locales of Discord that have a language of ours, but for those that are English.
LANGUAGE_OF_LOCALE: Final = {
    locale: locale.value.partition("-")[0]
    for locale in discord.Locale
    if locale.value.partition("-")[0] in LANGUAGES and not locale.value.startswith(ENGLISH)
}


def localise(text: Text) -> app_commands.locale_str:
    """Offer a text to Discord in English, and in each of our languages."""
    return app_commands.locale_str(text.english, text=text)


class CommandTranslator(app_commands.Translator):
    """Translates what ``localise`` marked."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Translate into a locale's language; None where it is English or the text is a name."""
        del context
        language = LANGUAGE_OF_LOCALE.get(locale)
        text = string.extras.get("text")
        if language is None or not isinstance(text, Text):
            return None
        with speaking(language):
            return text()
