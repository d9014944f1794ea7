"""What every handler shares: the desk, who may ask, what is under way, and how a response goes out.

A handler makes a response; the counter sees that each event is served once, that nobody asks too often, that
an error becomes a short sentence, and that what was begun is finished before the program ends.
"""

import asyncio
import contextlib
import inspect
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chat import delivery, failures
from bot.chat.reply import Reply, Response
from bot.chat.state.answer_links import AnswerLinks, SentMessage
from bot.chat.state.conversations import Conversations
from bot.chat.state.rate_limits import RateLimit, RateLimiter, Refusal
from bot.chat.state.recent_questions import RecentQuestions
from bot.chat.ui.components import make_button, make_row
from bot.chat.ui.layout import Card
from bot.chat.work_queue import BusyError, EndingError, NewestFirst, WorkQueue
from bot.knowledge_base import KnowledgeBase
from bot.records.model import RecordsError
from bot.records.store import Records
from bot.records.wording import clean_question, sameness
from bot.settings import Settings

_log = logging.getLogger(__name__)

_REMEMBERED_EVENTS = 10_000
# A person may press so many buttons in so many seconds, a server's members together ten times as many.
_PRESSES, _PRESS_WINDOW_S = 20, 20
# A person may have a human asked once in so many seconds, a server's members together six times.
_HUMAN_WINDOW_S = 600
# More threads answer no more in the same time, for one computes at a time; a second one goes on where one takes long.
_WORKERS = 2
# So many questions take ten seconds or so where there are ten thousand passages.
_MOST_WAITING = 1_000
# Who is told that the bot is busy may try again after so many seconds.
_BUSY = Refusal(15.0, is_busy=True)
# What takes longer is acknowledged first: Discord waits for three seconds. What comes when so many
# wait is acknowledged at once, because to acknowledge hundreds takes seconds, too.
_AT_ONCE_S = 1.0
_FEW = 20
# So many are acknowledged at once: each of them needs a connection, and to open one costs time.
_ACKNOWLEDGED_AT_ONCE = 64
# An offer to somebody who types is dropped when it has waited so long: it would come too late.
_OFFER_S = 2.0
# At the end of the program, what has not begun is told so; so long is kept for sending that.
_LAST_WORDS_S = 2.0
_ENDING = "I am being restarted, and had not come to this yet. Ask again in a minute."

# A plain function computes: a thread does it when its turn comes. A coroutine goes on at once.
Handler = Callable[[], Response | Awaitable[Response]]
MessageHandler = Callable[[], Awaitable[Reply]]
Choices = list[app_commands.Choice[str]]
Given = TypeVar("Given")


class Dispatcher:
    """Serves what members send, one event once."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        settings: Settings,
        records: Records | None = None,
        why_none: str = "",
    ) -> None:
        """Serve from ``knowledge_base`` within the limits of ``settings``; ``why_none`` says why there are no records."""
        self.knowledge_base = knowledge_base
        self.settings = settings
        self.records = records
        self.why_none = why_none
        self.started_at = discord.utils.utcnow()
        self.conversations = Conversations()
        self.recent_questions = RecentQuestions()
        self.answer_links = AnswerLinks()
        self._rate_limits = RateLimiter(
            RateLimit(settings.questions_per_person, settings.questions_window_s),
            RateLimit(settings.questions_per_server, settings.questions_window_s),
        )
        self._press_limits = RateLimiter(
            RateLimit(_PRESSES, _PRESS_WINDOW_S), RateLimit(10 * _PRESSES, _PRESS_WINDOW_S)
        )
        self._human_limits = RateLimiter(
            RateLimit(1, _HUMAN_WINDOW_S), RateLimit(6, _HUMAN_WINDOW_S)
        )
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._kept: set[asyncio.Task[Any]] = set()
        self.work = WorkQueue(_WORKERS, _MOST_WAITING)
        self.offers = NewestFirst(_OFFER_S)
        self._acknowledging = asyncio.Semaphore(_ACKNOWLEDGED_AT_ONCE)
        # Questions in vain are written one by one: meanwhile others are answered.
        self._noting = asyncio.Lock()
        self.served = 0
        self._under_way = 0
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self.is_closing = False

    async def close(self, patience_s: float) -> None:
        """Take nothing new in, and wait for what is under way, but not for ever; what waits in the end is told so."""
        self.is_closing = True
        if not await self.wait_until_idle(patience_s - _LAST_WORDS_S):
            self.work.end()
            if not await self.wait_until_idle(_LAST_WORDS_S):
                failures.record(
                    TimeoutError(f"{self._under_way} replies were still under way"), "ending"
                )

    async def wait_until_idle(self, patience_s: float) -> bool:
        """Wait until nothing is under way, but not for ever; say whether nothing is."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_idle.wait(), patience_s)
        return self._is_idle.is_set()

    def is_new(self, event: int) -> bool:
        """Say whether an event (a message or an interaction, by its id) comes for the first time."""
        if event in self._seen:
            return False
        self._seen[event] = None
        while len(self._seen) > _REMEMBERED_EVENTS:
            self._seen.popitem(last=False)
        return True

    def was_seen(self, event: int) -> bool:
        """Say whether an event was served, or refused, already."""
        return event in self._seen

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Count something as under way, so that the program does not end before it is done."""
        self._under_way += 1
        self._is_idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            self.served += 1
            if not self._under_way:
                self._is_idle.set()

    async def serve_interaction(
        self,
        interaction: discord.Interaction,
        handler: Handler,
        *,
        is_question: bool = False,
        is_private: bool = True,
    ) -> None:
        """Answer a command or a press; the reply is private if the handler says so, and an error always is.

        ``is_private`` says whether the asker alone sees that the bot is thinking, where that takes long.
        """
        if self.is_closing or not self.is_new(interaction.id):
            return
        async with self.serving():
            take = self.refuse if is_question else self.refuse_press
            refusal = take(interaction.user.id, interaction.guild_id)
            deferral = None
            if refusal is not None:
                response: Response = Reply(_refusal_text(refusal), is_private=True)
            else:
                make = partial(self._handle, handler)
                making = asyncio.create_task(make_response(make, "serving an interaction"))
                # What is made without waiting, such as a window, is done even after no time at all.
                patience_s = _AT_ONCE_S if len(self.work) < _FEW else 0.0
                done, _ = await asyncio.wait([making], timeout=patience_s)
                if not done:
                    async with self._acknowledging:
                        deferral = await delivery.defer(interaction, is_private=is_private)
                response = await making
            once = response.once if isinstance(response, Reply) else 0
            if once and not self.is_new(once):
                response, once = Reply("That was done already.", is_private=True), 0
            if not await delivery.respond(interaction, response, deferral) and once:
                del self._seen[once]
            await self.note(response, interaction.id)

    async def _handle(self, handler: Handler) -> Response:
        """Let a handler make its response: on the event loop what is a coroutine, in a thread what computes."""
        made = handler() if inspect.iscoroutinefunction(handler) else await self.work.run(handler)
        return await made if inspect.isawaitable(made) else made

    async def offer(self, interaction: discord.Interaction, find: Callable[[], Choices]) -> Choices:
        """Offer what ``find`` finds to somebody who types, unless it would come too late."""
        try:
            choices = await self.offers.run(find)
            if choices is not None:
                await delivery.offer(interaction, choices)
        except Exception as error:  # noqa: BLE001 (whatever goes wrong, only the log knows)
            failures.record_kind(error, "offering what might be typed")
        if not interaction.response.is_done():
            # discord.py would offer it again, and log who typed where.
            raise asyncio.CancelledError
        return choices or []

    async def serve_message(
        self, message: discord.Message, handler: MessageHandler, to: discord.Message | None = None
    ) -> None:
        """Answer a message, replying ``to`` another one if it points there.

        A refusal is said to a person once, then silence until a question of theirs is let in again.
        """
        to = to or message
        if self.is_closing or not self.is_new(message.id):
            return
        async with self.serving(), self.answer_links.holding(to.id):
            user_id = message.author.id
            refusal = self.refuse(user_id, message.guild.id if message.guild else None)
            if refusal is None:
                reply: Reply = await make_response(handler, "answering a message")
            elif self._rate_limits.is_to_be_told(user_id):
                reply = Reply(
                    card=Card(
                        [_refusal_text(refusal)], make_row(make_button("Remove", "remove", user_id))
                    )
                )
            else:
                return
            if reply.thread:
                self._carry_over(to)
            if reply.text or reply.card is not None:
                sent = await delivery.reply(to, reply)
                if sent is not None:
                    self.answer_links.remember(
                        to.id, SentMessage(sent.channel.id, sent.id), reply.asked, time.monotonic()
                    )
            await self.note(reply, to.id)

    def _carry_over(self, question: discord.Message) -> None:
        """Let a conversation go on in the thread where its question will be answered, which has the question's id.

        Before it is answered: who has read the answer may ask on at once.
        """
        now_s = time.monotonic()
        turn = self.conversations.recall((question.channel.id, question.author.id, False), now_s)
        if turn is not None:
            self.conversations.remember((question.id, question.author.id, False), turn, now_s)

    def keep(self, work: Coroutine[Any, Any, Given]) -> "asyncio.Task[Given]":
        """Begin something that is finished before the program ends."""

        async def serve() -> Given:
            async with self.serving():
                return await work

        task = asyncio.create_task(serve())
        self._kept.add(task)
        task.add_done_callback(self._kept.discard)
        return task

    async def note(self, response: Response, event: int) -> None:
        """Keep a question that was asked in vain, if such are kept; the same from the same person counts once a day.

        ``event`` is the id of the message or command that asked.
        """
        if self.records is None or not isinstance(response, Reply) or not response.is_in_vain:
            return
        asked, days = response.asked, self.settings.unanswered_days
        same = sameness(clean_question(asked.question))
        if days and self.recent_questions.remember_in_vain(
            event, asked.user_id, same, time.monotonic()
        ):
            try:
                async with self._noting:
                    await self.records.add_unanswered(asked.question)
            except RecordsError as error:
                self.recent_questions.take_back(event)
                self.tell_fault(error)

    async def take_back(self, question: int) -> None:
        """Count a question that is no longer asked no longer as in vain; ``question`` is its message's id.

        One that was not in vain, or not lately, is passed over.
        """
        same = self.recent_questions.take_back(question)
        if self.records is not None and same:
            try:
                await self.records.take_back_unanswered(same)
            except RecordsError as error:
                self.tell_fault(error)

    def refuse(self, user_id: int, guild_id: int | None) -> Refusal | None:
        """Let a question in (None), or say that it came too soon, or that too many are waiting."""
        if self.work.is_full:
            return _BUSY
        return self._rate_limits.take(time.monotonic(), user_id, guild_id)

    def refuse_press(self, user_id: int, guild_id: int | None) -> Refusal | None:
        """Let a press or an edit through (None), or say that there were too many."""
        return self._press_limits.take(time.monotonic(), user_id, guild_id)

    def refuse_human(self, user_id: int, guild_id: int) -> Refusal | None:
        """Let a question to a human through (None), or say that others were too lately."""
        return self._human_limits.take(time.monotonic(), user_id, guild_id)

    def refund_human(self, user_id: int, guild_id: int) -> None:
        """Let a question that reached no human count for nothing."""
        self._human_limits.give_back(user_id, guild_id)

    def tell_fault(self, error: RecordsError) -> None:
        """Log that records can't be written now."""
        _log.warning("records: %s", error)


async def make_response(make: Callable[[], Awaitable[Given]], doing: str) -> Given | Reply:
    """Let a response be made; where that fails, it is a sentence with the number of an incident."""
    try:
        return await make()
    except BusyError:
        return Reply(_refusal_text(_BUSY), is_private=True)
    except EndingError:
        return Reply(_ENDING, is_private=True)
    except Exception as error:  # noqa: BLE001 (whatever goes wrong, the member is told and the log knows)
        return Reply(failures.record(error, doing), is_private=True)


def _refusal_text(refusal: Refusal) -> str:
    if refusal.is_busy:
        what = "I am busy just now"
    elif refusal.is_crowd:
        what = "So much is asked of me on this server just now"
    else:
        what = "That was a lot at once"
    return f"{what}. Try again <t:{int(time.time() + refusal.wait_s) + 1}:R>."
