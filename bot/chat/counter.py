"""What every handler shares: the desk, who may ask, what is under way, and how a response goes out.

A handler makes a response; the counter sees that each event is served once, that nobody asks too often, that
an error becomes a short sentence, and that what was begun is finished before the program ends.
"""

import asyncio
import inspect
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import discord

from bot.chat import delivery, failures
from bot.chat.answered import Answered, Sent
from bot.chat.buttons import make_button, make_row
from bot.chat.conversations import Conversations
from bot.chat.earlier import Earlier
from bot.chat.layout import Card
from bot.chat.limits import Limit, Limits, Refusal
from bot.chat.reply import Reply, Response
from bot.desk import Desk
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

Handler = Callable[[], Response | Awaitable[Response]]
MessageHandler = Callable[[], Awaitable[Reply]]
Given = TypeVar("Given")


class Counter:
    """Serves what members send, one event once."""

    def __init__(self, desk: Desk, settings: Settings, records: Records | None = None, why_none: str = "") -> None:
        """Serve from ``desk`` within the limits of ``settings``; ``why_none`` says why there are no records."""
        self.desk = desk
        self.settings = settings
        self.records = records
        self.why_none = why_none
        self.started_at = discord.utils.utcnow()
        self.conversations = Conversations()
        self.earlier = Earlier()
        self.answered = Answered()
        self._limits = Limits(
            Limit(settings.questions_per_person, settings.questions_window_s),
            Limit(settings.questions_per_server, settings.questions_window_s),
        )
        self._press_limits = Limits(Limit(_PRESSES, _PRESS_WINDOW_S), Limit(10 * _PRESSES, _PRESS_WINDOW_S))
        self._human_limits = Limits(Limit(1, _HUMAN_WINDOW_S), Limit(6, _HUMAN_WINDOW_S))
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._kept: set[asyncio.Task[Any]] = set()
        self._under_way = 0
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self.is_closing = False

    async def close(self, patience_s: float) -> None:
        """Take nothing new in, and wait for what is under way, but not for ever."""
        self.is_closing = True
        await self.wait_until_idle(patience_s)

    async def wait_until_idle(self, patience_s: float) -> None:
        """Wait until nothing is under way, but not for ever."""
        try:
            await asyncio.wait_for(self._is_idle.wait(), patience_s)
        except TimeoutError:
            failures.record(TimeoutError(f"{self._under_way} replies were still under way"), "ending")

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
            if not self._under_way:
                self._is_idle.set()

    async def serve_interaction(
        self, interaction: discord.Interaction, handler: Handler, *, is_question: bool = False
    ) -> None:
        """Answer a command or a press; the reply is private if the handler says so, and an error always is."""
        if self.is_closing or not self.is_new(interaction.id):
            return
        async with self.serving():
            take = self.refuse if is_question else self.refuse_press
            refusal = take(interaction.user.id, interaction.guild_id)
            if refusal is not None:
                response: Response = Reply(_refusal_text(refusal), is_private=True)
            else:
                response = await make_response(handler, "serving an interaction")
            once = response.once if isinstance(response, Reply) else 0
            if once and not self.is_new(once):
                response, once = Reply("That was done already.", is_private=True), 0
            if not await delivery.respond(interaction, response) and once:
                del self._seen[once]
            await self.note(response, interaction.id)

    async def serve_message(
        self, message: discord.Message, handler: MessageHandler, to: discord.Message | None = None
    ) -> None:
        """Answer a message, replying ``to`` another one if it points there.

        A refusal is said to a person once, then silence until a question of theirs is let in again.
        """
        to = to or message
        if self.is_closing or not self.is_new(message.id):
            return
        async with self.serving(), self.answered.holding(to.id):
            person = message.author.id
            refusal = self.refuse(person, message.guild.id if message.guild else None)
            if refusal is None:
                reply: Reply = await make_response(_on_the_loop(handler), "answering a message")
            elif self._limits.is_to_be_told(person):
                reply = Reply(card=Card([_refusal_text(refusal)], make_row(make_button("Remove", "remove", person))))
            else:
                return
            if reply.thread:
                self._carry_over(to)
            if reply.text or reply.card is not None:
                sent = await delivery.reply(to, reply)
                if sent is not None:
                    self.answered.remember(to.id, Sent(sent.channel.id, sent.id), reply.asked, time.monotonic())
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
        if days and self.earlier.remember_in_vain(event, asked.person, same, time.monotonic()):
            try:
                await self.records.add_unanswered(asked.question)
            except RecordsError as error:
                self.earlier.take_back(event)
                self.tell_fault(error)

    async def take_back(self, question: int) -> None:
        """Count a question that is no longer asked no longer as in vain; ``question`` is its message's id.

        One that was not in vain, or not lately, is passed over.
        """
        same = self.earlier.take_back(question)
        if self.records is not None and same:
            try:
                await self.records.take_back_unanswered(same)
            except RecordsError as error:
                self.tell_fault(error)

    def refuse(self, person: int, server: int | None) -> Refusal | None:
        """Let a question in (None), or say that it came too soon."""
        return self._limits.take(time.monotonic(), person, server)

    def refuse_press(self, person: int, server: int | None) -> Refusal | None:
        """Let a press or an edit through (None), or say that there were too many."""
        return self._press_limits.take(time.monotonic(), person, server)

    def refuse_human(self, person: int, server: int) -> Refusal | None:
        """Let a question to a human through (None), or say that others were too lately."""
        return self._human_limits.take(time.monotonic(), person, server)

    def give_back_human(self, person: int, server: int) -> None:
        """Let a question that reached no human count for nothing."""
        self._human_limits.give_back(person, server)

    def tell_fault(self, error: RecordsError) -> None:
        """Log that records can't be written now."""
        _log.warning("records: %s", error)


async def make_response(handler: Callable[[], Given | Awaitable[Given]], doing: str) -> Given | Reply:
    """Let a handler make its response; where it fails, that is a sentence with the number of an incident."""

    def attempt() -> Given | Awaitable[Given] | Exception:
        try:
            return handler()
        except Exception as error:  # noqa: BLE001 (whatever goes wrong, the member is told and the log knows)
            return error

    # In a thread: whatever a handler does, the event loop goes on. What only begins a coroutine needs none; and at the
    # end of the program, a thread may give back a coroutine for which nobody waits any more.
    made = attempt() if inspect.iscoroutinefunction(handler) else await asyncio.to_thread(attempt)
    try:
        made = await made if inspect.isawaitable(made) else made
    except Exception as error:  # noqa: BLE001 (likewise)
        made = error
    return Reply(failures.record(made, doing), is_private=True) if isinstance(made, Exception) else made


def _on_the_loop(handler: MessageHandler) -> MessageHandler:
    """Make a coroutine function of what gives an awaitable."""

    async def make() -> Reply:
        return await handler()

    return make


def _refusal_text(refusal: Refusal) -> str:
    what = "So much is asked of me on this server just now" if refusal.is_crowd else "That was a lot at once"
    return f"{what}. Try again <t:{int(time.time() + refusal.wait_s) + 1}:R>."
