"""What every handler shares: the desk, who may ask, what is under way, and how a reply goes out.

A handler makes a Reply; the counter sees that each event is served once, that nobody asks too often, that
an error becomes a short sentence, and that what was begun is finished before the program ends.
"""

import asyncio
import inspect
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord

from bot.chat import delivery, failures
from bot.chat.conversations import Conversations
from bot.chat.limits import Limit, Limits, Refusal
from bot.desk import Desk
from bot.settings import Settings

_REMEMBERED_EVENTS = 10_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said: a text or a card.

    ``is_private``: to the asker alone, where Discord can do that. ``is_late``: "thinking…" was shown already.
    """

    text: str = ""
    card: discord.ui.LayoutView | None = None
    is_private: bool = False
    is_late: bool = False


Handler = Callable[[], Reply | Awaitable[Reply]]


class Counter:
    """Serves what members send, one event once."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        """Serve from ``desk`` within the limits of ``settings``."""
        self.desk = desk
        self.settings = settings
        self.started_s = time.monotonic()
        self._limits = Limits(
            Limit(settings.questions_per_person, settings.questions_window_s),
            Limit(settings.questions_per_server, settings.questions_window_s),
        )
        self.conversations = Conversations()
        self._seen: OrderedDict[int, None] = OrderedDict()
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

    @asynccontextmanager
    async def _serving(self) -> AsyncIterator[None]:
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
        async with self._serving():
            if is_question and (refusal := self._refuse(interaction.user.id, interaction.guild_id)) is not None:
                reply = Reply(_refusal_text(refusal), is_private=True)
            else:
                reply = await make_reply(handler, "serving an interaction")
            if reply.is_late:
                await delivery.respond_late(interaction, reply.text, reply.card)
            else:
                await delivery.respond(interaction, reply.text, reply.card, is_private=reply.is_private)

    async def serve_message(self, message: discord.Message, handler: Handler) -> None:
        """Answer a message; a refusal is said once, then silence until a question is let in again."""
        if self.is_closing or not self.is_new(message.id):
            return
        async with self._serving():
            guild = message.guild.id if message.guild else None
            if (refusal := self._refuse(message.author.id, guild)) is not None:
                if not refusal.is_told:
                    return
                reply = Reply(_refusal_text(refusal))
            else:
                reply = await make_reply(handler, "answering a message")
            await delivery.reply(message, reply.text, reply.card)

    def _refuse(self, person: int, server: int | None) -> Refusal | None:
        return self._limits.take(time.monotonic(), person, server)


async def make_reply(handler: Handler, doing: str) -> Reply:
    """Let a handler make its reply; where it fails, the reply is a sentence with the number of an incident."""

    def attempt() -> Reply | Awaitable[Reply] | Exception:
        try:
            return handler()
        except Exception as error:  # noqa: BLE001 (whatever goes wrong, the member is told and the log knows)
            return error

    # In a thread: whatever a handler does, the event loop goes on.
    made = await asyncio.to_thread(attempt)
    try:
        made = await made if inspect.isawaitable(made) else made
    except Exception as error:  # noqa: BLE001 (likewise)
        made = error
    return Reply(failures.record(made, doing), is_private=True) if isinstance(made, Exception) else made


def _refusal_text(refusal: Refusal) -> str:
    return f"That was a lot of questions. Ask again <t:{int(time.time() + refusal.wait_s) + 1}:R>."
