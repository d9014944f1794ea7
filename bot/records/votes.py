"""Votes on passages: the statements on the tables ``votes`` and ``presses``.

In: a connection inside a transaction, and votes. Out: what became of them, and counts. Users,
questions and messages are stored as keyed hashes.
"""

import re
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.by_server import Servers, is_of
from bot.records.clock import Today
from bot.records.erasure import Erasure
from bot.records.key import Key
from bot.records.model import DamagedValueError, PassageVotes, Vote, VoteOutcome
from bot.records.retention import make_date
from bot.records.tables import PRESSES, VOTES
from bot.records.wording import hash_wording
from bot.texts import records as texts

_PASSAGE = re.compile(r"[0-9a-f]{12}")


def is_passage(passage: str) -> bool:
    """Say whether a text is the id of a passage."""
    return _PASSAGE.fullmatch(passage) is not None


class VoteTable:
    """Counts votes once a server, user, question and day."""

    def __init__(self, find_key: Callable[[], Key], erasure: Erasure) -> None:
        """Hash ids with the key that ``find_key`` gives inside a transaction."""
        self._find_key = find_key
        self._erasure = erasure

    async def press(
        self,
        connection: AsyncConnection,
        today: Today,
        vote: Vote,
        first: Awaitable[VoteOutcome] | None,
    ) -> VoteOutcome:
        """Do what a press of a button asks for, once; return what became of the vote.

        A press that is known already changes nothing. ``first`` is the same vote of an earlier
        press, where that was still being written when this one came: its outcome is this one's.
        """
        press = self._find_key().hash_press(vote.interaction_id)
        query = select(PRESSES.c.outcome).where(PRESSES.c.press == press)
        known = (await connection.scalars(query)).one_or_none()
        if known is not None:
            return VoteOutcome(known)
        person = self._find_key().hash_person(vote.user_id)
        if first is not None:
            outcome = await first
        else:
            outcome = await self._vote(connection, today, person, vote)
        row = {
            "press": press,
            "person": person,
            "outcome": outcome.value,
            "day": make_date(today.latest),
        }
        await connection.execute(insert(PRESSES).values(row))
        return outcome

    async def count(self, connection: AsyncConnection, servers: Servers) -> list[PassageVotes]:
        """Count the votes of each passage; the least helpful passage comes first."""
        passage = VOTES.c.passage
        helpful = func.count().filter(VOTES.c.is_helpful.is_(True))
        not_helpful = func.count().filter(VOTES.c.is_helpful.is_(False))
        query = select(passage, helpful, not_helpful, func.count())
        query = query.where(is_of(VOTES.c.guild_id, servers)).group_by(passage)
        query = query.order_by(helpful - not_helpful, not_helpful.desc(), passage)
        rows = await connection.execute(query)
        return [_check_row(row) for row in rows]

    async def forget(self, connection: AsyncConnection, user_id: int) -> int:
        """Delete the presses and votes of a user; return how many votes there were."""
        person = self._find_key().hash_person(user_id)
        presses = delete(PRESSES).where(PRESSES.c.person == person)
        votes = delete(VOTES).where(VOTES.c.person == person)
        await self._erasure.delete(connection, presses)
        return await self._erasure.delete(connection, votes)

    async def _vote(
        self, connection: AsyncConnection, today: Today, person: str, vote: Vote
    ) -> VoteOutcome:
        """Count a vote in place of an earlier one, or withdraw the same vote on the same answer."""
        answer = self._find_key().hash_answer(vote.message_id)
        question = self._hash_question(vote.question, answer)
        day = make_date(today.state.today)
        of_person = VOTES.c.person == person
        of_question = VOTES.c.question == question
        on_answer = of_person & (VOTES.c.answer == answer)
        is_there = VOTES.c.guild_id == vote.guild_id
        of_today = is_there & of_person & of_question & (VOTES.c.day == day)
        is_same = (VOTES.c.passage == vote.passage) & VOTES.c.is_helpful.is_(vote.is_helpful)
        earlier = or_(on_answer, of_today)

        rows = (await connection.execute(select(on_answer, is_same).where(earlier))).all()
        is_repeated = any(on_same_answer and same for on_same_answer, same in rows)
        if is_repeated:
            await self._erasure.delete(connection, delete(VOTES).where(on_answer))
            return VoteOutcome.WITHDRAWN
        if rows:
            await self._erasure.delete(connection, delete(VOTES).where(earlier))
        row = {
            "guild_id": vote.guild_id,
            "person": person,
            "question": question,
            "day": day,
            "answer": answer,
            "passage": vote.passage,
            "is_helpful": vote.is_helpful,
        }
        await connection.execute(insert(VOTES).values(row))
        # The same vote under another answer to the question changes nothing.
        has_changed = any(not same for _, same in rows)
        return VoteOutcome.CHANGED if has_changed else VoteOutcome.COUNTED

    def _hash_question(self, question: str, answer: str) -> str:
        """Hash a question; where it is not known, its answer's hash stands for it."""
        text = question.strip()
        if not text:
            return answer
        return self._find_key().hash_question(hash_wording(text))


def _check_row(row: Sequence[object]) -> PassageVotes:
    """Refuse what the program can't have written."""
    passage, helpful, not_helpful, votes = row
    if not isinstance(passage, str) or not is_passage(passage):
        raise DamagedValueError(texts.VOTE_WITHOUT_PASSAGE)
    if not isinstance(helpful, int) or not isinstance(not_helpful, int):
        raise DamagedValueError(texts.VOTE_WITHOUT_OPINION)
    if helpful + not_helpful != votes:
        raise DamagedValueError(texts.VOTE_WITHOUT_OPINION)
    return PassageVotes(passage, helpful, not_helpful)
