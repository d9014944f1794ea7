"""The client of discord.py: which events are wanted, which commands there are, and how it starts and stops.

No privileged intent: the content of a message arrives where the bot is mentioned, replied to with a ping, or
written to directly, which is all that it answers.
"""

import logging
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.chat import delivery, failures
from bot.chat.ask import HOW_TO_ASK, add_ask, answer_message, show_passages
from bot.chat.browse import add_browse
from bot.chat.cards import MorePassages
from bot.chat.counter import Counter, Reply
from bot.chat.curate import add_curate

_log = logging.getLogger(__name__)

PRIVACY = (
    "I keep nothing of you: no question, no name, no id is stored or sent anywhere. In memory alone, I remember for "
    "some seconds when you asked last, so that nobody asks too often, and for a quarter of an hour what you asked, "
    "so that you can follow up. What I quote comes from the articles of whoever runs me; answers are messages in "
    "Discord, which its own privacy policy covers."
)
_PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)
# Of a command as Discord gives it back, what we set; the rest are ids, versions and translations.
_COMPARED = (
    "name description type required autocomplete min_length max_length min_value max_value "
    "default_member_permissions nsfw contexts integration_types"
).split()


class ArticleClient(discord.Client):
    """Passes events to the handlers; knows no articles itself."""

    def __init__(self, counter: Counter) -> None:
        """Prepare the commands; nothing is sent before ``start``."""
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            heartbeat_timeout=50.0,
            guild_ready_timeout=0.5,
            max_messages=None,
            max_ratelimit_timeout=30.0,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            status=discord.Status.online,
        )
        self.counter = counter
        self.tree: app_commands.CommandTree[ArticleClient] = app_commands.CommandTree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )
        add_ask(self.tree, counter)
        add_browse(self.tree, counter)
        add_curate(self.tree, counter)
        self._add_texts()
        self.tree.error(self._on_command_error)
        self.add_dynamic_items(MorePassages)

    def _add_texts(self) -> None:
        @self.tree.command(name="help", description="How to ask, and what there is")
        async def help_(interaction: discord.Interaction) -> None:
            await self.counter.serve_interaction(interaction, lambda: Reply(self._help(), is_private=True))

        @self.tree.command(name="privacy", description="What is kept of you: nothing")
        async def privacy(interaction: discord.Interaction) -> None:
            await self.counter.serve_interaction(interaction, lambda: Reply(PRIVACY, is_private=True))

    def _help(self) -> str:
        lines = [HOW_TO_ASK, ""]
        lines += [
            f"`/{command.name}` – {command.description}"
            for command in sorted(self.tree.get_commands(), key=lambda one: one.name)
            if isinstance(command, app_commands.Command)
        ]
        return "\n".join(lines)

    async def _on_command_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Say a sentence where discord.py itself could not carry out a command, such as one that it does not know."""
        sentence = failures.record(error, "carrying out a command")
        if interaction.type is not discord.InteractionType.autocomplete:
            await delivery.respond(interaction, sentence, None, is_private=True)

    async def setup_hook(self) -> None:
        """Tell the invite address, and register the commands if Discord has others."""
        invite = discord.utils.oauth_url(
            self.application_id or 0, permissions=_PERMISSIONS, scopes=("bot", "applications.commands")
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

    async def on_ready(self) -> None:
        """Tell that questions are answered now."""
        _log.info("ready as %s in %d servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is meant for the bot."""
        if self.user is not None:
            await answer_message(self.counter, self.user, message)

    async def on_passages_wanted(self, interaction: discord.Interaction, passages: tuple[str, ...]) -> None:
        """Show the further passages of a card."""
        await show_passages(self.counter, interaction, passages)


def _essence(commands: Any, *, is_sorted: bool = False) -> Any:  # noqa: ANN401 (JSON)
    """Reduce commands, ours or Discord's, to what makes two of them the same."""
    reduced = []
    for command in commands:
        kept = {key: command[key] for key in _COMPARED if command.get(key) not in (None, False, "", [])}
        kept["type"] = command.get("type", 1)
        kept["default_member_permissions"] = str(command.get("default_member_permissions") or "")
        for key in ("contexts", "integration_types"):
            kept[key] = sorted(command.get(key) or ())
        kept["choices"] = [(choice["name"], choice["value"]) for choice in command.get("choices") or ()]
        # The order of options is ours to choose; that of commands is not kept.
        kept["options"] = _essence(command.get("options") or ())
        reduced.append(kept)
    return sorted(reduced, key=lambda one: one["name"]) if is_sorted else reduced
