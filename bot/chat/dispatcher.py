"""What all handlers share: the knowledge base, the records, the state, and how events are served.

A handler makes a response and sends nothing. The dispatcher sees that each event is served once,
that nobody asks too often, that an error becomes a short sentence, and that what was begun is
finished before the program ends. Each of these is a module of its own; here they are put together.
"""

import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import discord

from bot.chat import failures
from bot.chat.admission import Admission
from bot.chat.day_counter import DayCounter
from bot.chat.direct_readers import DirectReaders
from bot.chat.identify_budget import IdentifyBudget
from bot.chat.in_flight import InFlight
from bot.chat.interaction_server import Choices, Handler, InteractionServer
from bot.chat.kept_settings import KeptSettings
from bot.chat.loading import Loading
from bot.chat.message_server import AskingMessage, MessageHandler, MessageServer
from bot.chat.readers import (
    Readers,
    find_readers_of_message,
    find_readers_of_press,
)
from bot.chat.reply import Reply
from bot.chat.request_gate import RequestGate
from bot.chat.service_manager import ServiceManager
from bot.chat.state.answer_links import AnswerLinks
from bot.chat.state.conversations import Conversations
from bot.chat.state.direct_servers import DirectServers
from bot.chat.state.gateway_state import GatewayStates
from bot.chat.state.last_heard import HeardByShard
from bot.chat.state.once_a_day import OnceADay
from bot.chat.state.prepared_changes import (
    PreparedChange,
    PreparedChanges,
    PreparedSettings,
)
from bot.chat.state.recent_questions import RecentQuestions
from bot.chat.state.shared_cards import SharedCards
from bot.chat.state.typed_texts import TypedTexts
from bot.chat.unanswered_log import UnansweredLog
from bot.chat.word_pair_log import WordPairLog
from bot.editing.desk import EditingDesk
from bot.knowledge_base import KnowledgeBase
from bot.knowledge_bases import KnowledgeBases, Reader
from bot.records.announcements import Announcements
from bot.records.store import Records
from bot.settings import Settings
from bot.sharding import Sharding, make_sharding
from bot.texts.service import STILL_UNDER_WAY
from bot.view import View

# To end the connection may take so long at the end of the program.
LEAVING_S = 1.0
# What has not begun by then is told so, and what has begun goes on for so long.
_TURNS_S = 1.0
# So long is kept for telling who has no answer then.
_LAST_WORDS_S = 1.0


class Dispatcher:
    """Serves what members send, each event once."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        settings: Settings,
        records: Records | None = None,
        why_none: str = "",
        service_manager: ServiceManager | None = None,
    ) -> None:
        """Serve from ``knowledge_base``; ``why_none`` says why there are no records.

        ``service_manager`` is told of reloads; None where there is none.
        """
        # The common articles, for those who look after them; others are shown a view.
        self.common = knowledge_base
        self.bases = KnowledgeBases(knowledge_base, settings)
        self.loading = Loading(self.bases)
        announcements = records.announcements if records is not None else Announcements()
        self.direct_servers = DirectServers()
        self.direct_readers = DirectReaders(self.direct_servers, announcements)
        self.editing = EditingDesk(knowledge_base)
        # What was found changed at the start, or not told before, until the log channel is told.
        self.untold_revisions = knowledge_base.versions.list_untold()
        self.prepared_changes = PreparedChanges[PreparedChange]()
        self.prepared_settings = PreparedChanges[PreparedSettings]()
        self.typed_texts = TypedTexts()
        self.settings = settings
        self.records = records
        self.why_none = why_none
        self.service_manager = service_manager or ServiceManager({})
        self.started_at = discord.utils.utcnow()
        # The same moment, by a clock that nobody sets.
        self.started_s = time.monotonic()
        self.gate = RequestGate()
        self.conversations = Conversations()
        self.recent_questions = RecentQuestions()
        self.answer_links = AnswerLinks()
        self.sharding = make_sharding(settings.shard_count, settings.shard_ids)
        self.last_heard = HeardByShard(self.sharding)
        self.admission = Admission(settings, records.limits if records else None)
        self.channel_settings = KeptSettings(records, settings)
        # Who was told where that somebody is not answered there.
        self.pointed_elsewhere = OnceADay()
        self.shared_cards = SharedCards(self.admission.seen)
        self.in_flight = InFlight()
        self.gateway = GatewayStates(self.sharding.ids)
        self.state_folder = _find_state_folder(settings, self.sharding)
        self.identify_budget = IdentifyBudget(_find_budget_file(self.state_folder))
        self.unanswered = UnansweredLog(records, settings.unanswered_days, self.recent_questions)
        self.word_pairs = WordPairLog(records)
        self.day_counter = DayCounter(records)
        self.interactions = InteractionServer(
            self.admission,
            self.in_flight,
            self.unanswered,
            self.day_counter,
            direct_servers=self.direct_servers,
        )
        self.messages = MessageServer(
            self.admission,
            self.in_flight,
            self.unanswered,
            self.answer_links,
            self.conversations,
            last_heard=self.last_heard,
            day_counter=self.day_counter,
            direct_servers=self.direct_servers,
        )

    def reshard(self, sharding: Sharding) -> None:
        """Go on with other shards; the next client has these."""
        self.sharding = sharding
        self.last_heard.reshard(sharding)
        self.gateway = GatewayStates(sharding.ids)

    async def serve_interaction(
        self,
        interaction: discord.Interaction,
        handler: Handler,
        *,
        is_question: bool = False,
        is_private: bool = True,
    ) -> None:
        """Respond to a command, a press or a modal; see ``InteractionServer.serve``.

        Where nothing is said in public, nobody else sees that the bot is thinking.
        """
        is_private = is_private or self.is_silent_for(interaction)
        await self.interactions.serve(
            interaction, handler, is_question=is_question, is_private=is_private
        )

    async def serve_reader(
        self,
        interaction: discord.Interaction,
        work: Callable[[Readers], Reply],
        *,
        is_question: bool = False,
        is_private: bool = True,
    ) -> None:
        """Respond with what those may read who read the reply; ``work`` runs in a thread."""

        async def handler() -> Reply:
            readers = await self.find_readers(interaction)
            return await self.admission.work.run(partial(work, readers))

        await self.serve_interaction(
            interaction, handler, is_question=is_question, is_private=is_private
        )

    async def find_readers(self, interaction: discord.Interaction) -> Readers:
        """Find who reads the reply to an interaction; the articles are there then."""
        readers = await self.find_readers_of_all(interaction)
        return self._narrow(readers, interaction.channel)

    def _narrow(self, readers: Readers, channel: object) -> Readers:
        """Show to readers only the articles that were chosen for a channel, if any were."""
        chosen = self.channel_settings.find(channel).values.articles
        gone = self.bases.find_gone(readers.own.guild_id, chosen) if chosen else []
        if gone:
            self.messages.barred_channels.note_gone(channel, gone)
        return readers.within(chosen)

    async def find_readers_of_all(self, interaction: discord.Interaction) -> Readers:
        """Find the same where the articles are looked after: whatever was chosen for a channel."""
        if interaction.guild_id is None and interaction.context.dm_channel:
            readers = await self.direct_readers.find(interaction.user.id)
        else:
            readers = find_readers_of_press(interaction)
        await self.loading.wait(readers.own.guild_id)
        return readers

    async def find_readers_of(self, message: discord.Message) -> Readers:
        """Find who reads the reply to a message; the articles are there then."""
        if isinstance(message.channel, discord.DMChannel):
            readers = await self.direct_readers.find(message.author.id)
        else:
            readers = find_readers_of_message(message)
        await self.loading.wait(readers.own.guild_id)
        return self._narrow(readers, message.channel)

    def view(self, reader: Reader) -> View:
        """Give what a reader may read; it may have to be made, so not on the event loop."""
        return self.bases.view(reader)

    async def find_view(self, interaction: discord.Interaction) -> View:
        """Give what the one may read who uses a command that looks after the articles."""
        readers = await self.find_readers_of_all(interaction)
        return await self.admission.work.run(partial(self.view, readers.own))

    def is_silent_for(self, interaction: discord.Interaction) -> bool:
        """Say whether nothing is said in public where an interaction comes from."""
        return self.channel_settings.find(interaction.channel).values.is_silent

    async def serve_message(self, asking: AskingMessage, handler: MessageHandler) -> None:
        """Answer a message; see ``MessageServer.serve``."""
        await self.messages.serve(asking, handler)

    async def autocomplete(
        self,
        interaction: discord.Interaction,
        find: Callable[[View], Choices],
        *,
        is_editing: bool = False,
    ) -> Choices:
        """Offer choices to a user who types; see ``InteractionServer.autocomplete``.

        ``find`` is given what the user may read. Where all will see the command's answer, what is
        chosen is shown with it: then only what all may read is offered. Who ``is_editing`` is
        offered articles that were not chosen for the channel, too.
        """
        find_readers = self.find_readers_of_all if is_editing else self.find_readers
        async with self.in_flight.serving():
            if self.in_flight.is_closing:
                return await self.interactions.autocomplete(interaction, list)
            readers = await find_readers(interaction)
            reader = readers.everybody if _is_public(interaction) else readers.own
            work = partial(self._find_choices, find, reader)
            return await self.interactions.autocomplete(interaction, work)

    def _find_choices(self, find: Callable[[View], Choices], reader: Reader) -> Choices:
        return find(self.view(reader))

    async def close(
        self, patience_s: float, leave: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Let no message in, and wait at most ``patience_s`` seconds for what is in flight.

        Messages are answered after the next start. Interactions, which nobody can catch up on, are
        let in until ``leave`` has ended the connection. What still waits for its turn near the end
        is told so, and so are questions that are not answered shortly before it.
        """
        end_s = time.monotonic() + patience_s
        in_flight = self.in_flight
        in_flight.is_closing = True
        await self.messages.apologies.close()
        await in_flight.wait_until_idle(patience_s - LEAVING_S - _TURNS_S - _LAST_WORDS_S)
        if leave is not None:
            await leave()
        left_s = end_s - time.monotonic()
        if await in_flight.wait_until_idle(left_s - _TURNS_S - _LAST_WORDS_S):
            return
        self.admission.work.end()
        if await in_flight.wait_until_idle(_TURNS_S):
            return
        in_flight.end()
        if not await in_flight.wait_until_idle(_LAST_WORDS_S):
            error = TimeoutError(STILL_UNDER_WAY(in_flight.count))
            failures.record(error, "ending")


def _is_public(interaction: discord.Interaction) -> bool:
    """Say whether a command that is being typed will be answered for all to see."""
    command = interaction.command
    if not isinstance(command, discord.app_commands.Command):
        return False
    return command.get_parameter("private") is not None and not interaction.namespace.private


def _find_state_folder(settings: Settings, sharding: Sharding) -> Path | None:
    """Find the folder of what this process alone keeps: beside the records, if there are any.

    Processes that share the records have a folder each, named after their shards.
    """
    if settings.records is None or not sharding.is_partial:
        return settings.records
    return settings.records / f"shards-{sharding.name_ids()}-of-{sharding.count}"


def _find_budget_file(folder: Path | None) -> Path | None:
    """Find the file that says when sessions were begun."""
    return folder / "sessions.json" if folder is not None else None
