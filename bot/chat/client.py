"""The client of discord.py: its intents, its commands, and where its events go.

No privileged intent is asked for unless the settings say so. Without one, the content of a message
arrives where the bot is mentioned, replied to with a ping, or written to directly; only these
messages are answered.
"""

import asyncio
import logging
import sys
from functools import partial

import discord
from discord import app_commands

from bot.chat import delivery, failures, metrics
from bot.chat.catch_up import CatchUp
from bot.chat.change_log import tell_start
from bot.chat.command_sync import register_commands
from bot.chat.commands.admin import add_admin
from bot.chat.commands.ask import add_ask
from bot.chat.commands.browse import add_browse
from bot.chat.commands.help import add_help
from bot.chat.commands.kept_answers import add_keep
from bot.chat.commands.localisation import CommandTranslator
from bot.chat.commands.privacy import add_privacy
from bot.chat.digest import Digest
from bot.chat.dispatcher import Dispatcher
from bot.chat.folder_watch import FolderWatch, watch_files
from bot.chat.gateway import SteadyWebSocket
from bot.chat.handlers.components import serve_press
from bot.chat.handlers.deletions import follow_deletion
from bot.chat.handlers.edits import follow_edit
from bot.chat.handlers.message_questions import answer_message
from bot.chat.handlers.sharing import notice_shared_card
from bot.chat.left_servers import LeftServers
from bot.chat.reader_language import language_of_interaction
from bot.chat.reply import Reply
from bot.chat.request_gate import LONGEST_WAIT_S
from bot.doctor.permissions import make_invite
from bot.memory import give_back
from bot.settings import Settings
from bot.sharding import FIRST_SHARD
from bot.texts.catalogues import forget_translations
from bot.texts.languages import speaking
from bot.texts.service import READY

# discord.py's own watch over a silent gateway. It waits for the other side to agree to the end, for
# half a minute, so ``monitoring/silence_watch.py`` comes before it.
_HEARTBEAT_TIMEOUT_S = 60.0
# Commands and messages need no complete list of guilds, so hardly any time is spent waiting for it.
_GUILD_READY_TIMEOUT_S = 0.5

_log = logging.getLogger(__name__)


class ArticleClient(discord.Client):
    """Passes events to the handlers; knows no articles itself."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """Prepare the commands; nothing is sent before ``start``."""
        super().__init__(
            intents=_make_intents(dispatcher.settings),
            allowed_mentions=discord.AllowedMentions.none(),
            heartbeat_timeout=_HEARTBEAT_TIMEOUT_S,
            guild_ready_timeout=_GUILD_READY_TIMEOUT_S,
            max_messages=None,
            # A request that would have to wait longer fails, and is sent again by ``retry``.
            max_ratelimit_timeout=LONGEST_WAIT_S,
            http_trace=dispatcher.gate.make_trace(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            status=discord.Status.online,
        )
        self.dispatcher = dispatcher
        dispatcher.direct_readers.find_guild = self.get_guild
        if dispatcher.sharding.is_partial:
            fetch_guild = partial(self.fetch_guild, with_counts=False)
            dispatcher.direct_readers.fetch_guild = fetch_guild
        self._catch_up = CatchUp(dispatcher, self)
        self._digest = Digest(dispatcher, self)
        self._left_servers = LeftServers(dispatcher, self)
        self._watching: asyncio.Task[None] | None = None
        self.tree = _make_tree(self)
        add_ask(self.tree, dispatcher)
        add_browse(self.tree, dispatcher)
        add_admin(self.tree, dispatcher)
        add_keep(self.tree, dispatcher)
        add_privacy(self.tree, dispatcher)
        add_help(self.tree, dispatcher)
        self.tree.error(self._on_command_error)

    async def _on_command_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        """Say a sentence where discord.py could not carry out a command, such as an unknown one."""
        cause: Exception = error
        if isinstance(error, app_commands.CommandInvokeError):
            cause = error.original
        with speaking(language_of_interaction(interaction)):
            sentence = failures.record_kind(cause, "carrying out a command")
        if interaction.type is not discord.InteractionType.autocomplete:
            async with self.dispatcher.in_flight.serving():
                await delivery.respond(interaction, Reply(sentence, is_private=True))

    async def setup_hook(self) -> None:
        """Log the invite address, and register the commands if Discord has others.

        Of several processes, the one with the first shard does.
        """
        invite = make_invite(str(self.application_id), self.dispatcher.settings)
        _log.info("invite the bot with %s", invite)
        await self.tree.set_translator(CommandTranslator())
        if FIRST_SHARD in self.dispatcher.sharding.ids:
            await register_commands(self, self.tree)
            # That needed all languages; each is read again when somebody speaks it.
            forget_translations()
            give_back()

    def list_connections(self) -> list[tuple[int, SteadyWebSocket]]:
        """List the connections to the gateway, each with the number of its shard."""
        return [(FIRST_SHARD, self.ws)] if isinstance(self.ws, SteadyWebSocket) else []

    def count_identify(self) -> None:
        """Count a session before it is begun. Raises BudgetSpentError where it may not be."""
        self.dispatcher.identify_budget.spend()
        metrics.IDENTIFIES.inc()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Count a session before it is begun. Raises BudgetSpentError where it may not be."""
        self.count_identify()
        await super().before_identify_hook(shard_id, initial=initial)

    async def on_connect(self) -> None:
        """Note that a session was begun."""
        self.begin_session(FIRST_SHARD)

    def begin_session(self, shard_id: int) -> None:
        """Note that a session was begun, before any event of it is served."""
        self.dispatcher.gateway.by_shard[shard_id].is_connected = True
        self._catch_up.begin_session(shard_id)

    async def on_resumed(self) -> None:
        """Note that the session goes on."""
        self.resume_session(FIRST_SHARD)

    def resume_session(self, shard_id: int) -> None:
        """Note that a session goes on."""
        self.dispatcher.gateway.by_shard[shard_id].is_connected = True
        metrics.RESUMES.inc()

    async def on_disconnect(self) -> None:
        """Note that the connection has ended."""
        self.end_connection(FIRST_SHARD)

    def end_connection(self, shard_id: int) -> None:
        """Note that a connection has ended."""
        self.dispatcher.gateway.by_shard[shard_id].is_connected = False

    async def on_ready(self) -> None:
        """Log that questions are answered now, and answer what was asked meanwhile."""
        self.begin_work(FIRST_SHARD)
        await self.begin_telling()

    def begin_work(self, shard_id: int) -> None:
        """Log that questions in the guilds of a shard are answered now.

        What was asked there meanwhile is answered, and the folder is watched from now on.
        """
        guilds = sum(guild.shard_id == shard_id for guild in self.guilds)
        shard = {"shard": shard_id} if self.dispatcher.sharding.count > 1 else {}
        _log.info("%s", READY(guilds, name=self.user), extra={"fields": shard})
        self._catch_up.look_everywhere(shard_id)
        self._left_servers.compare(shard_id)
        self._watch_folder()

    async def begin_telling(self) -> None:
        """Tell in the log channel what has changed meanwhile, and the weekly digest from now on."""
        self._digest.begin()
        await tell_start(self, self.dispatcher)

    def _watch_folder(self) -> None:
        """Serve changes of the folder from now on, if the settings say so."""
        mode = self.dispatcher.settings.watch
        if mode == "off" or self._watching is not None:
            return
        watch = FolderWatch(self.dispatcher, self, partial(watch_files, polls=mode == "poll"))
        self._watching = asyncio.create_task(watch.run())

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Answer what was asked in a guild that comes late."""
        self._catch_up.look_into(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Answer what was asked in a guild that comes late, or is new."""
        self._catch_up.look_into(guild)
        self._left_servers.note_join(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget what is kept of a guild that the bot has left; an outage is no leaving."""
        self._left_servers.note_leave(guild.id)

    async def leave(self) -> None:
        """End the connections in good order, when nothing else reads from them any more.

        What was sent before they end is served; the client itself can still send.
        """
        connections = [connection for _, connection in self.list_connections()]
        ends = await asyncio.gather(*(one.leave() for one in connections), return_exceptions=True)
        for error in ends:
            if isinstance(error, Exception):
                failures.record_kind(error, "ending a connection")
        # The tasks that serve what came begin before this one goes on.
        await asyncio.sleep(0)

    async def close(self) -> None:
        """Close the connection."""
        self.end_catch_up()
        if self._watching is not None:
            # It ends in a second, which the connection need not wait for.
            self._watching.cancel()
        await super().close()

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        """Serve an event; what discord.py still tells of after the end is served by nobody.

        It has no event loop by then, and its wait for the last servers goes on.
        """
        if self.loop is not discord.utils.MISSING:
            super().dispatch(event, *args, **kwargs)

    def end_catch_up(self) -> None:
        """Leave what was missed, the digest, and servers that were left to the next client."""
        self._catch_up.end()
        self._digest.end()
        self._left_servers.end()

    async def on_error(self, event_method: str, /, *_: object, **__: object) -> None:
        """Log where an event could not be served, and not what it held."""
        error = sys.exception()
        if error is not None:
            failures.record_kind(error, f"serving {event_method}")

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot; notice a card that is shared."""
        self._hear(message)
        if self.user is not None:
            notice_shared_card(self.dispatcher, self.user, message)
            await answer_message(self.dispatcher, self, message)

    def _hear(self, message: discord.Message) -> None:
        """Take note that a message arrived, whomever it is meant for."""
        channel = message.channel
        guild_id = message.guild.id if message.guild else None
        is_of_user = isinstance(channel, discord.DMChannel) and not message.author.bot
        direct_with = message.author.id if is_of_user else 0
        heard = self.dispatcher.last_heard.of_guild(guild_id)
        heard.hear(channel.id, message.id, direct_with=direct_with)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Serve the use of a component, or a modal that was sent off."""
        heard = self.dispatcher.last_heard.of_guild(interaction.guild_id)
        heard.hear_event(interaction.id)
        await serve_press(self.dispatcher, interaction)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Let an answer follow its edited question."""
        await follow_edit(self.dispatcher, self, event.message)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer to a deleted question; a shared card may be shared again."""
        self.dispatcher.shared_cards.remove(event.message_id)
        self._catch_up.note_deletion([event.message_id])
        await follow_deletion(self.dispatcher, self, event.channel_id, [event.message_id])

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers to deleted questions; shared cards may be shared again."""
        for message_id in event.message_ids:
            self.dispatcher.shared_cards.remove(message_id)
        self._catch_up.note_deletion(event.message_ids)
        await follow_deletion(self.dispatcher, self, event.channel_id, event.message_ids)


def _make_intents(settings: Settings) -> discord.Intents:
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        dm_messages=True,
        message_content=settings.message_content,
    )


def _make_tree(client: ArticleClient) -> "app_commands.CommandTree[ArticleClient]":
    """Make a tree of commands that may be used everywhere, installed in a guild or by a user."""
    contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
    installs = app_commands.AppInstallationType(guild=True, user=True)
    return app_commands.CommandTree(client, allowed_contexts=contexts, allowed_installs=installs)
