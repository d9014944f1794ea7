"""The client of discord.py: which events are wanted, which commands there are, and how it starts and stops.

No privileged intent unless the settings say so: the content of a message arrives where the bot is mentioned, replied
to with a ping, or written to directly, which is all that it answers.
"""

import logging
import sys
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.chat import delivery, failures
from bot.chat.commands.admin import add_curate
from bot.chat.commands.ask import HOW_TO_ASK, MENU, add_ask, answer_message
from bot.chat.commands.browse import add_browse
from bot.chat.commands.privacy import add_privacy
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.components import serve_press
from bot.chat.handlers.edits import follow_deletion, follow_edit
from bot.chat.reply import Reply

_log = logging.getLogger(__name__)

# Of a command as Discord gives it back, what we set; the rest are ids, versions and translations.
_COMPARED = (
    "name description type required autocomplete min_length max_length min_value max_value "
    "default_member_permissions nsfw contexts integration_types"
).split()


class ArticleClient(discord.Client):
    """Passes events to the handlers; knows no articles itself."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """Prepare the commands; nothing is sent before ``start``."""
        super().__init__(
            intents=discord.Intents(
                guilds=True,
                guild_messages=True,
                dm_messages=True,
                message_content=dispatcher.settings.message_content,
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            heartbeat_timeout=50.0,
            guild_ready_timeout=0.5,
            max_messages=None,
            max_ratelimit_timeout=30.0,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            status=discord.Status.online,
        )
        self.dispatcher = dispatcher
        self.tree: app_commands.CommandTree[ArticleClient] = app_commands.CommandTree(
            self,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        add_ask(self.tree, dispatcher)
        add_browse(self.tree, dispatcher)
        add_curate(self.tree, dispatcher)
        add_privacy(self.tree, dispatcher)
        self._add_help()
        self.tree.error(self._on_command_error)

    def _add_help(self) -> None:
        @self.tree.command(name="help", description="How to ask, and what there is")
        async def help_(interaction: discord.Interaction) -> None:
            await self.dispatcher.serve_interaction(
                interaction, lambda: Reply(self._help(), is_private=True)
            )

    def _help(self) -> str:
        lines = [HOW_TO_ASK, ""]
        lines += [
            f"`/{command.name}` – {command.description}"
            for command in self.tree.get_commands()
            if isinstance(command, app_commands.Command)
        ]
        lines += ["", f"In the menu of any message, under *Apps*: *{MENU}*."]
        return "\n".join(lines)

    async def _on_command_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        """Say a sentence where discord.py itself could not carry out a command, such as one that it does not know."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        sentence = failures.record_kind(cause, "carrying out a command")
        if interaction.type is not discord.InteractionType.autocomplete:
            await delivery.respond(interaction, Reply(sentence, is_private=True))

    async def setup_hook(self) -> None:
        """Tell the invite address, and register the commands if Discord has others."""
        invite = discord.utils.oauth_url(
            self.application_id or 0,
            permissions=self._permissions(),
            scopes=("bot", "applications.commands"),
        )
        _log.info("invite the bot with %s", invite)
        try:
            known = await self.http.get_global_commands(self.application_id or 0)
            ours = [command.to_dict(self.tree) for command in self.tree.get_commands()]
            if _essence(known, is_sorted=True) == _essence(ours, is_sorted=True):
                _log.info("the commands are as Discord has them")
                return
            await self.tree.sync()
            _log.info("the commands were registered anew")
        except discord.HTTPException as error:
            if error.status < 500 and error.status != 429 and error.code != 30034:
                raise
            _log.warning("the commands could not be registered now: status %d", error.status)
        except (discord.RateLimited, aiohttp.ClientError, TimeoutError) as error:
            _log.warning("the commands could not be registered now: %s", type(error).__name__)

    def _permissions(self) -> discord.Permissions:
        """Say what the bot needs, which depends on the settings."""
        return discord.Permissions(
            view_channel=True,
            send_messages=True,
            send_messages_in_threads=True,
            read_message_history=True,
            attach_files=True,
            create_public_threads=bool(self.dispatcher.settings.thread_channels),
        )

    async def on_ready(self) -> None:
        """Tell that questions are answered now."""
        _log.info("ready as %s in %d servers", self.user, len(self.guilds))

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:  # noqa: ANN401 (as discord.py has it)
        """Log where an event could not be served, and not what it held."""
        error = sys.exception()
        if error is not None:
            failures.record_kind(error, f"serving {event_method}")

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is meant for the bot."""
        if self.user is not None:
            await answer_message(self.dispatcher, self.user, message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Do what was pressed, chosen or sent off."""
        await serve_press(self.dispatcher, interaction)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Let an answer follow its edited question."""
        await follow_edit(self.dispatcher, self, event.message)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Let an answer go with its question."""
        await follow_deletion(self.dispatcher, self, event.channel_id, [event.message_id])

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Let answers go with their questions."""
        await follow_deletion(self.dispatcher, self, event.channel_id, event.message_ids)


def _essence(commands: Any, *, is_sorted: bool = False) -> Any:  # noqa: ANN401 (JSON)
    """Reduce commands, ours or Discord's, to what makes two of them the same."""
    reduced = []
    for command in commands:
        kept = {
            key: command[key] for key in _COMPARED if command.get(key) not in (None, False, "", [])
        }
        kept["type"] = command.get("type", 1)
        kept["default_member_permissions"] = str(command.get("default_member_permissions") or "")
        for key in ("contexts", "integration_types"):
            kept[key] = sorted(command.get(key) or ())
        kept["choices"] = [
            (choice["name"], choice["value"]) for choice in command.get("choices") or ()
        ]
        # The order of options is ours to choose; that of commands is not kept.
        kept["options"] = _essence(command.get("options") or ())
        reduced.append(kept)
    return sorted(reduced, key=lambda one: one["name"]) if is_sorted else reduced
