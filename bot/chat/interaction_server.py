"""Serve interactions: slash commands, presses of buttons, modals, and autocompletion.

In: an interaction and its handler. Out: exactly one response. Discord waits three seconds for it,
so what takes longer is deferred first. Which handler belongs to an interaction is not decided here.
"""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from functools import partial

import discord
from discord import app_commands

from bot.chat import delivery, failures, metrics
from bot.chat.admission import Admission
from bot.chat.day_counter import DayCounter
from bot.chat.in_flight import InFlight
from bot.chat.reader_language import language_of_interaction
from bot.chat.readers import find_server_of_press
from bot.chat.reply import Reply, Response
from bot.chat.responses import (
    describe_refusal,
    find_reason,
    find_refused,
    make_last_line,
    make_meanwhile_line,
    make_response,
)
from bot.chat.state.direct_servers import DirectServers
from bot.chat.unanswered_log import UnansweredLog
from bot.chat.work_queue import NewestFirst
from bot.texts import notices
from bot.texts.languages import speaking

# What is older is deferred: Discord gives up after three seconds, and sending takes time, too.
_DEFER_AFTER_S = 1.0
# What was long on its way is waited for a moment all the same: most is done by then.
_LEAST_PATIENCE_S = 0.2
# With so many waiting, the next is deferred at once: to defer hundreds takes seconds.
_FEW_WAITING = 20
# So many are deferred at once. Each needs a connection of its own, and to open one costs time.
_DEFERRED_AT_ONCE = 64
# An autocompletion that has waited so long is dropped: its choices would come too late.
_COMPLETION_S = 2.0

# A plain function computes: it runs in a thread when its turn comes. A coroutine function does not
# wait for a turn; it runs on the event loop.
Handler = Callable[[], Response | Awaitable[Response]]
Choices = list[app_commands.Choice[str]]


class InteractionServer:
    """Serves each interaction once."""

    def __init__(
        self,
        admission: Admission,
        in_flight: InFlight,
        unanswered: UnansweredLog,
        day_counter: DayCounter,
        *,
        direct_servers: DirectServers,
    ) -> None:
        """Serve what ``admission`` lets in."""
        self.completions = NewestFirst(_COMPLETION_S)
        self._admission = admission
        self._in_flight = in_flight
        self._unanswered = unanswered
        self._day_counter = day_counter
        self._direct_servers = direct_servers
        self._deferring = asyncio.Semaphore(_DEFERRED_AT_ONCE)
        # By the id of an interaction that is being served and was deferred.
        self._deferrals: dict[int, asyncio.Task[delivery.Deferral]] = {}

    async def serve(
        self,
        interaction: discord.Interaction,
        handler: Handler,
        *,
        is_question: bool,
        is_private: bool,
    ) -> None:
        """Respond to a command, a press or a modal, also while the program ends.

        A reply is private if its handler says so; an error always is. ``is_private`` says whether
        the user alone sees that the bot is thinking, where that takes long.
        """
        if not self._admission.seen.add(interaction.id):
            return
        with speaking(language_of_interaction(interaction)):
            await self._serve(interaction, handler, is_question=is_question, is_private=is_private)

    async def _serve(
        self,
        interaction: discord.Interaction,
        handler: Handler,
        *,
        is_question: bool,
        is_private: bool,
    ) -> None:
        begin_s = time.monotonic()
        if is_question:
            metrics.count_question("interaction")
        async with self._in_flight.serving():
            refusal = await self._refuse(interaction, is_question=is_question)
            if refusal is not None:
                response: Response = refusal
            else:
                task = asyncio.create_task(self._make_response(handler))
                await self._defer_if_slow(interaction, task, is_private=is_private)
                response = await self._wait_for(task, is_question=is_question)
            deferring = self._deferrals.pop(interaction.id, None)
            deferral = await deferring if deferring is not None else None
            is_answered = await self._respond_once(interaction, response, deferral)
            guild_id = find_server_of_press(interaction, self._direct_servers)
            if is_question:
                refused = find_refused(response, is_delivered=is_answered)
                took_s = time.monotonic() - begin_s
                metrics.count_outcome(refused, took_s)
                self._day_counter.count_outcome(refused, took_s, guild_id)
            if is_answered:
                self._day_counter.count_reply(response, guild_id)
            await self._unanswered.add(response, interaction.id, guild_id)

    async def defer(
        self, interaction: discord.Interaction, *, is_private: bool
    ) -> delivery.Deferral:
        """Defer an interaction that is being served; once, however often this is called."""
        deferring = self._deferrals.get(interaction.id)
        if deferring is None:
            deferring = asyncio.create_task(self._defer(interaction, is_private=is_private))
            self._deferrals[interaction.id] = deferring
        return await asyncio.shield(deferring)

    async def _defer(
        self, interaction: discord.Interaction, *, is_private: bool
    ) -> delivery.Deferral:
        async with self._deferring:
            return await delivery.defer(interaction, is_private=is_private)

    async def autocomplete(
        self, interaction: discord.Interaction, find: Callable[[], Choices]
    ) -> Choices:
        """Offer the choices that ``find`` finds to a user who types.

        Nothing is offered late, or to somebody who types too much.

        Raises CancelledError where nothing was offered: discord.py would offer it again, and log
        who typed where.
        """
        choices: Choices | None = None
        try:
            if self._admission.refuse_offer(interaction.user.id, interaction.guild_id) is None:
                with speaking(language_of_interaction(interaction)):
                    choices = await self.completions.run(find)
            if choices is not None:
                await delivery.offer(interaction, choices)
        except Exception as error:  # noqa: BLE001 (whatever fails, only the log is told)
            failures.record_kind(error, "offering what might be typed")
        if not interaction.response.is_done():
            raise asyncio.CancelledError
        return choices or []

    async def _refuse(self, interaction: discord.Interaction, *, is_question: bool) -> Reply | None:
        if self._in_flight.is_over:
            return make_last_line()
        who = interaction.user.id, interaction.guild_id
        if is_question:
            refusal = await self._admission.refuse_question(*who)
        else:
            refusal = self._admission.refuse_press(*who)
        if refusal is None:
            return None
        reason = find_reason(refusal)
        return Reply(describe_refusal(refusal), is_private=True, refused=reason)

    async def _wait_for(self, task: "asyncio.Task[Response]", *, is_question: bool) -> Response:
        """Wait for a response; where there is none when the program ends, that is told.

        What is no question goes on as long as the program runs: it may still be done.
        """
        if await self._in_flight.is_done_in_time(task):
            return await task
        if is_question:
            task.cancel()
            return make_last_line()
        self._in_flight.start(asyncio.wait([task]))
        return make_meanwhile_line()

    async def _make_response(self, handler: Handler) -> Response:
        return await make_response(partial(self._run, handler), "serving an interaction")

    async def _run(self, handler: Handler) -> Response:
        """Run a coroutine function on the event loop, any other handler in a thread."""
        result: Response | Awaitable[Response]
        if inspect.iscoroutinefunction(handler):
            result = handler()
        else:
            result = await self._admission.work.run(handler)
        return await result if inspect.isawaitable(result) else result

    async def _defer_if_slow(
        self,
        interaction: discord.Interaction,
        task: "asyncio.Task[Response]",
        *,
        is_private: bool,
    ) -> None:
        """Wait a moment for a response; defer the interaction if there is none yet."""
        # What is made without waiting, such as a modal, is done even after no time at all.
        is_quiet = len(self._admission.work) < _FEW_WAITING
        left_s = _DEFER_AFTER_S - delivery.find_age_s(interaction)
        patience_s = max(_LEAST_PATIENCE_S, left_s) if is_quiet else 0.0
        done, _ = await asyncio.wait([task], timeout=patience_s)
        if not done:
            await self.defer(interaction, is_private=is_private)

    async def _respond_once(
        self,
        interaction: discord.Interaction,
        response: Response,
        deferral: delivery.Deferral | None,
    ) -> bool:
        """Send a response; one that names an id in ``once`` is sent once for that id.

        Says whether it was delivered. Where Discord takes nothing like it, that is told.
        """
        once = response.once if isinstance(response, Reply) else 0
        if once and not self._admission.seen.add(once):
            response = Reply(notices.DONE_ALREADY(), is_private=True)
            once = 0
        why = await delivery.try_to_respond(interaction, response, deferral)
        if why is not None and once:
            self._admission.seen.discard(once)
        if why is not None and why.is_unacceptable:
            sentence = failures.record_unacceptable(why)
            await delivery.respond(interaction, Reply(sentence, is_private=True), deferral)
        return why is None
