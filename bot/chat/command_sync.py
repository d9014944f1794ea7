"""Register the commands with Discord, if it has others.

Discord allows few registrations a day, so the commands are first compared with those it has.
"""

import logging
from collections.abc import Iterable
from typing import Any

import aiohttp
import discord
from discord import app_commands

# Discord's code for "too many registrations of commands today".
_TOO_MANY_REGISTRATIONS = 30034
_TOO_MANY_REQUESTS = 429
# What is compared of a command and of its options. Discord adds ids and versions.
_COMPARED = (
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "type",
    "required",
    "autocomplete",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "default_member_permissions",
    "nsfw",
    "contexts",
    "integration_types",
)
# Discord leaves out what has its default value, or gives it as one of these.
_EMPTY: tuple[object, ...] = (None, False, "", [], {})
# The type of a command that does not say it: a slash command.
_SLASH_COMMAND = 1

# A command or an option as JSON.
_Json = dict[str, Any]
_Command = app_commands.Command[Any, Any, Any] | app_commands.Group | app_commands.ContextMenu

_log = logging.getLogger(__name__)


async def register_commands(client: discord.Client, tree: app_commands.CommandTree[Any]) -> None:
    """Register the commands of a tree, unless Discord has them.

    Raises discord.HTTPException where Discord refuses them. A fault that passes is logged: the
    commands are registered at the next start.
    """
    try:
        registered = await _fetch_commands(client)
        ours = [await _make_payload(command, tree) for command in tree.get_commands()]
        if _reduce_commands(registered) == _reduce_commands(ours):
            _log.info("the commands are as Discord has them")
            return
        await tree.sync()
        _log.info("the commands were registered anew")
    except discord.HTTPException as error:
        if not _is_passing(error):
            raise
        _log.warning("the commands could not be registered now: status %d", error.status)
    except (discord.RateLimited, aiohttp.ClientError, TimeoutError) as error:
        _log.warning("the commands could not be registered now: %s", type(error).__name__)


async def _fetch_commands(client: discord.Client) -> list[_Json]:
    """Fetch the commands that Discord has, with their translations, which discord.py leaves out."""
    path = "/applications/{application_id}/commands"
    route = discord.http.Route("GET", path, application_id=client.application_id or 0)
    fetched: list[_Json] = await client.http.request(route, params={"with_localizations": "true"})
    return fetched


async def _make_payload(command: _Command, tree: app_commands.CommandTree[Any]) -> _Json:
    """Give a command as ``tree.sync`` sends it."""
    if tree.translator is None:
        return command.to_dict(tree)
    return await command.get_translated_payload(tree, tree.translator)


def _is_passing(error: discord.HTTPException) -> bool:
    is_limited = error.status == _TOO_MANY_REQUESTS or error.code == _TOO_MANY_REGISTRATIONS
    return is_limited or error.status >= 500


def _reduce_commands(commands: Iterable[Any]) -> list[_Json]:
    """Reduce commands to what is compared, by name: Discord does not keep their order."""
    reduced = [_reduce(command) for command in commands]
    return sorted(reduced, key=lambda command: str(command["name"]))


def _reduce(command: _Json) -> _Json:
    """Reduce a command, or an option of one, to what is compared."""
    reduced: _Json = {}
    for key in _COMPARED:
        if command.get(key) not in _EMPTY:
            reduced[key] = command[key]
    reduced["type"] = command.get("type", _SLASH_COMMAND)
    reduced["default_member_permissions"] = str(command.get("default_member_permissions") or "")
    for key in ("contexts", "integration_types"):
        reduced[key] = sorted(command.get(key) or ())
    choices = command.get("choices") or ()
    reduced["choices"] = [(choice["name"], choice["value"]) for choice in choices]
    # Discord keeps the order of options.
    options = command.get("options") or ()
    reduced["options"] = [_reduce(option) for option in options]
    return reduced
