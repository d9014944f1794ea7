"""Write down the questions that the articles do not answer.

In: replies to questions, the ids of the messages or interactions that asked, and of the servers
where that was. Out: counts in the records. The same question of the same user counts once a day and
server. A question that is deleted or edited is taken back. Where no records are kept, nothing is
done.
"""

import asyncio
import time

from bot.chat import failures
from bot.chat.reply import Reply, Response
from bot.chat.state.recent_questions import RecentQuestions
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.records.wording import clean_question, hash_wording


class UnansweredLog:
    """Counts unanswered questions in the records."""

    def __init__(
        self, records: Records | None, keep_days: int, recent_questions: RecentQuestions
    ) -> None:
        """Write to ``records``, unless the questions are kept for 0 days."""
        self._records = records
        self._keep_days = keep_days
        self._recent_questions = recent_questions
        # One question is written at a time, so that answering others goes on meanwhile.
        self._writing = asyncio.Lock()

    async def add(self, response: Response, event_id: int, guild_id: int) -> None:
        """Count the question of a reply, if the articles did not answer it.

        ``event_id`` is the id of the message or interaction that asked, ``guild_id`` that of the
        server, 0 for none. Faults are logged.
        """
        if self._records is None or self._keep_days == 0:
            return
        if not isinstance(response, Reply) or not response.is_unanswered:
            return
        asked = response.asked
        wording = guild_id, hash_wording(clean_question(asked.question))
        is_first = self._recent_questions.remember_unanswered(
            event_id, asked.user_id, wording, time.monotonic()
        )
        if not is_first:
            return
        try:
            async with self._writing:
                await self._records.add_unanswered(asked.question, guild_id)
        except RecordsError as error:
            self._recent_questions.take_back(event_id)
            failures.record_records_error(error)

    async def take_back(self, message_id: int) -> None:
        """Let a question that is no longer asked count no more. Faults are logged.

        A question that was answered, or was asked too long ago, is passed over.
        """
        wording = self._recent_questions.take_back(message_id)
        if self._records is None or wording is None:
            return
        guild_id, sameness = wording
        try:
            await self._records.take_back_unanswered(sameness, guild_id)
        except RecordsError as error:
            failures.record_records_error(error)
