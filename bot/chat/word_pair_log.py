"""Write down which word helped in the place of another one: in one conversation, without who.

In: a refused question, and later a vote that found an answer helpful. Out: a count of two words in
the records. The refused question is remembered for a quarter of an hour, in memory alone.
"""

import time

import discord

from bot.answers.conversation import Turn
from bot.answers.word_pairs import find_word_pair
from bot.chat import failures
from bot.chat.state.conversations import Conversations
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.records.wording import clean_question
from bot.search.analysis.analyzer import Analyzer


class WordPairLog:
    """Counts pairs of words in the records."""

    def __init__(self, records: Records | None) -> None:
        """Write to ``records``, if there are any."""
        self._records = records
        self._refused = Conversations()

    def note_refusal(self, channel_id: int, user_id: int, question: str) -> None:
        """Remember the last question of a conversation that the articles do not answer."""
        text = clean_question(question)
        self._refused.remember((channel_id, user_id, False), Turn(text, text, ()), time.monotonic())

    def forget(self, user_id: int) -> int:
        """Forget what a user asked in vain; return in how many conversations."""
        return self._refused.forget(user_id)

    async def note_help(
        self, interaction: discord.Interaction, question: str, analyzer: Analyzer, guild_id: int
    ) -> None:
        """Count the words by which a question that helped differs from the refused one before it.

        They are those of the server ``guild_id``, 0 for none. Each refused question counts once at
        most. Faults are logged.
        """
        key = interaction.channel_id or 0, interaction.user.id, False
        turn = self._refused.recall(key, time.monotonic())
        if turn is None or self._records is None:
            return
        pair = find_word_pair(analyzer, turn.question, clean_question(question))
        if pair is None:
            return
        self._refused.remember(key, Turn("", "", ()), time.monotonic())
        try:
            await self._records.add_word_pair(*pair, guild_id)
        except RecordsError as error:
            failures.record_records_error(error)
