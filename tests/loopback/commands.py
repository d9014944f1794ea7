"""REST: the commands that the application registers, and which of them a person is offered.

Source: https://docs.discord.com/developers/interactions/application-commands. Their bodies are
judged in `command_rules`.
"""

import json
from collections.abc import Iterator
from typing import Any

from loopback.command_rules import CHAT_INPUT, judge_command, judge_commands
from loopback.core import Core, Request
from loopback.errors import NotOfferedError, Refusal
from loopback.permissions import Permission
from loopback.routing import Answer, Route
from loopback.state import Channel, User

IN_GUILD, IN_BOT_DM, ELSEWHERE = 0, 1, 2
CREATES_A_DAY = 200
KEPT = (
    ("name_localizations", None),
    ("description", ""),
    ("description_localizations", None),
    ("contexts", None),
    ("integration_types", None),
    ("nsfw", False),
)


class CommandRoutes:
    """The registered commands: those for everywhere under None, those of a guild under its id."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.registered: dict[int | None, dict[int, dict[str, Any]]] = {None: {}}
        self.syncs = 0
        self._created: dict[int | None, int] = {}

    def routes(self) -> Iterator[Route]:
        """Give what is served here."""
        for place in (
            r"/applications/(\d+)/commands",
            r"/applications/(\d+)/guilds/(\d+)/commands",
        ):
            yield Route("GET", place, self.list_commands)
            yield Route("PUT", place, self.put_commands)
            yield Route("POST", place, self.post_command)
        yield Route("GET", r"/applications/(\d+)/commands/(\d+)", self.get_command)
        yield Route("PATCH", r"/applications/(\d+)/commands/(\d+)", self.patch_command)
        yield Route("DELETE", r"/applications/(\d+)/commands/(\d+)", self.delete_command)

    def _place(self, application: str, guild: str | None = None) -> int | None:
        """Find whose commands are meant."""
        if int(application) != self.core.world.application.id:
            raise Refusal(
                403, 20012, "You are not authorized to perform this action on this application"
            )
        if guild is None:
            return None
        found = self.core.world.guilds.get(int(guild))
        if found is None or not found.installed:
            raise Refusal(403, 50001, "Missing Access")
        self.registered.setdefault(found.id, {})
        return found.id

    async def list_commands(
        self, request: Request, application: str, guild: str | None = None
    ) -> Answer:
        """GET …/commands: with translations where they are asked for."""
        listed = list(self.registered[self._place(application, guild)].values())
        if request.query.get("with_localizations") == "true":
            return 200, listed
        return 200, [_without_localizations(command) for command in listed]

    async def put_commands(
        self, request: Request, application: str, guild: str | None = None
    ) -> Answer:
        """PUT …/commands: these and no others."""
        place = self._place(application, guild)
        wanted, old = judge_commands(request.json), self.registered[place]
        self.syncs += 1
        new = [self._complete(place, command, self._named(old, command)) for command in wanted]
        self._count_created(place, sum(1 for command in new if int(command["id"]) not in old))
        self.registered[place] = {int(command["id"]): command for command in new}
        self.core.changed()
        return 200, new

    async def post_command(
        self, request: Request, application: str, guild: str | None = None
    ) -> Answer:
        """POST …/commands: one more, or another one of the same name."""
        place = self._place(application, guild)
        known = self.registered[place]
        old = self._named(known, judge_command(request.body))
        judge_commands([*(one for one in known.values() if one is not old), request.body])
        command = self._complete(place, request.body, old)
        self._count_created(place, 0 if old else 1)
        known[int(command["id"])] = command
        self.core.changed()
        return (200 if old else 201), command

    def _command(self, application: str, number: str) -> dict[str, Any]:
        command = self.registered[self._place(application)].get(int(number))
        if command is None:
            raise Refusal(404, 10063, "Unknown application command")
        return command

    async def get_command(self, _: Request, application: str, number: str) -> Answer:
        """GET …/commands/{id}."""
        return 200, self._command(application, number)

    async def patch_command(self, request: Request, application: str, number: str) -> Answer:
        """PATCH …/commands/{id}."""
        old = self._command(application, number)
        command = self._complete(None, judge_command({**old, **request.body}), old)
        self.registered[None][int(number)] = command
        return 200, command

    async def delete_command(self, _: Request, application: str, number: str) -> Answer:
        """DELETE …/commands/{id}."""
        del self.registered[None][int(self._command(application, number)["id"])]
        return 204, None

    def _count_created(self, place: int | None, count: int) -> None:
        self._created[place] = self._created.get(place, 0) + count
        if self._created[place] > CREATES_A_DAY:
            message = (
                f"Max number of daily application command creates has been reached "
                f"({CREATES_A_DAY})"
            )
            raise Refusal(400, 30034, message)

    def _named(
        self, known: dict[int, dict[str, Any]], command: dict[str, Any]
    ) -> dict[str, Any] | None:
        key = (command.get("type") or CHAT_INPUT, command["name"])
        return next((one for one in known.values() if (one["type"], one["name"]) == key), None)

    def _complete(
        self, place: int | None, command: dict[str, Any], old: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Give a command as Discord stores it, with its old id and, when nothing changed, its old
        version.
        """
        needed = command.get("default_member_permissions")
        number = old["id"] if old else str(self.core.clock.new_id())
        stored = {
            "id": number,
            "application_id": str(self.core.world.application.id),
            "type": command.get("type") or CHAT_INPUT,
            "name": command["name"],
            "default_member_permissions": None if needed is None else str(needed),
            "dm_permission": command.get("dm_permission", True),
            **{key: command.get(key, default) for key, default in KEPT},
        }
        if command.get("options"):
            stored["options"] = json.loads(json.dumps(command["options"]))
        if place is not None:
            stored["guild_id"] = str(place)
        if stored["integration_types"] is None:
            stored["integration_types"] = [0]
        same = (
            old is not None
            and {key: value for key, value in old.items() if key != "version"} == stored
        )
        return {
            **stored,
            "version": old["version"] if old and same else str(self.core.clock.new_id()),
        }

    def offered(
        self, user: User, channel: Channel, name: str, kind: int, *, force: bool
    ) -> "Offer":
        """Find a command that this person is offered here, or say why there is none."""
        guild = channel.guild
        places = [guild.id, None] if guild else [None]
        found = [
            command
            for place in places
            for command in self.registered.get(place, {}).values()
            if (command["type"], command["name"]) == (kind, name)
        ]
        if not found:
            known = sorted(
                one["name"] for place in self.registered.values() for one in place.values()
            )
            raise NotOfferedError(f"there is no command {name!r}; there are {known}")
        reasons = [self._why_not(user, channel, command) for command in found]
        for command, reason in zip(found, reasons, strict=True):
            if reason is None or force:
                return Offer(command, self._owners(user, channel, command))
        raise NotOfferedError(f"{name!r} is not offered to {user.name} here: {reasons[0]}")

    def _why_not(self, user: User, channel: Channel, command: dict[str, Any]) -> str | None:
        """Tell why a person is not offered a command in a channel; None when they are."""
        if not self._owners(user, channel, command):
            return (
                "the application is installed neither here nor by this user in a way that the "
                "command allows"
            )
        contexts = self._contexts(command)
        context = context_of(channel, self.core.world.bot)
        if "guild_id" not in command and context not in contexts:
            return f"the command's contexts {contexts} do not include {context}"
        if channel.guild is None:
            return None
        has = channel.permissions_of(user)
        if (
            not has & Permission.VIEW_CHANNEL
            or not has & Permission.USE_APPLICATION_COMMANDS
            or channel.archived
        ):
            return "the user may not use application commands in this channel"
        needed = command["default_member_permissions"]
        if needed is not None and not has & Permission.ADMINISTRATOR:
            missing = int(needed) & ~int(has)
            if missing or int(needed) == 0:
                return f"the user lacks the default permissions {needed}"
        return None

    def _contexts(self, command: dict[str, Any]) -> list[int]:
        if command["contexts"] is not None:
            return list(command["contexts"])
        return (
            [IN_GUILD, IN_BOT_DM, ELSEWHERE]
            if command["dm_permission"] is not False
            else [IN_GUILD]
        )

    def _owners(self, user: User, channel: Channel, command: dict[str, Any]) -> dict[str, str]:
        """Tell through which installations the command is there: the guild's, the user's, or
        none.
        """
        owners = {}
        guild, types = channel.guild, command["integration_types"]
        if 0 in types and guild is not None and guild.installed:
            owners["0"] = str(guild.id)
        if (
            0 in types
            and context_of(channel, self.core.world.bot) == IN_BOT_DM
            and self._share_a_guild(user)
        ):
            owners["0"] = "0"
        if 1 in types and user.installed and "guild_id" not in command:
            owners["1"] = str(user.id)
        return owners

    def _share_a_guild(self, user: User) -> bool:
        return any(
            guild.installed and user.id in guild.members
            for guild in self.core.world.guilds.values()
        )


class Offer:
    """A command that somebody is offered, and through which installations."""

    def __init__(self, command: dict[str, Any], owners: dict[str, str]) -> None:
        self.command = command
        self.owners = owners


def context_of(channel: Channel, bot: User) -> int:
    """Tell in which context a channel is: a guild, the direct conversation with the bot, or
    elsewhere.
    """
    if channel.guild is not None:
        return IN_GUILD
    return IN_BOT_DM if bot in channel.people else ELSEWHERE


def _without_localizations(part: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in part.items() if not key.endswith("_localizations")}
    if "options" in kept:
        kept["options"] = [_without_localizations(option) for option in part["options"]]
    return kept
