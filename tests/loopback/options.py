"""Fill in the options of a slash command as a Discord app does, from the registered definition.

Raises NotOfferedError for what the app would not let a person type.
"""

from typing import Any

from loopback.command_rules import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    STRING,
    SUB_COMMAND,
    USER_OPTION,
)
from loopback.errors import NotOfferedError
from loopback.payloads import attachment_json, channel_json, member_json, role_json, user_json
from loopback.state import Attachment, Channel, Role, User, World

TAKES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    USER_OPTION: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    NUMBER: (int, float),
    ATTACHMENT: (Attachment,),
}


class Values:
    """What somebody types into the options of a command; `resolved` gathers the objects that they
    name.
    """

    def __init__(
        self, world: World, channel: Channel, given: dict[str, Any], *, focused: str | None = None
    ) -> None:
        self.world = world
        self.channel = channel
        self.given = given
        self.focused = focused
        self.resolved: dict[str, Any] = {}


def fill_options(command: dict[str, Any], path: list[str], values: Values) -> list[dict[str, Any]]:
    """Give the options of an interaction, nested along the path of sub-commands."""
    options = command.get("options") or []
    if path:
        part = next(
            (
                one
                for one in options
                if one["name"] == path[0] and one["type"] in {SUB_COMMAND, GROUP}
            ),
            None,
        )
        if part is None:
            raise NotOfferedError(
                f"{command['name']} has no sub-command {path[0]!r}; {[o['name'] for o in options]}"
            )
        return [
            {"name": path[0], "type": part["type"], "options": fill_options(part, path[1:], values)}
        ]
    if any(option["type"] in {SUB_COMMAND, GROUP} for option in options):
        raise NotOfferedError(
            f"{command['name']} needs a sub-command: {[option['name'] for option in options]}"
        )
    unknown = set(values.given) - {option["name"] for option in options}
    if unknown:
        raise NotOfferedError(f"{command['name']} has no option {sorted(unknown)}")
    missing = [
        option["name"]
        for option in options
        if option.get("required") and option["name"] not in values.given
    ]
    if missing and values.focused is None:
        raise NotOfferedError(f"{command['name']} needs {missing}")
    return [
        _fill(option, values.given[option["name"]], values)
        for option in options
        if option["name"] in values.given
    ]


def _fill(option: dict[str, Any], value: Any, values: Values) -> dict[str, Any]:
    name, kind = option["name"], option["type"]
    body: dict[str, Any] = {"name": name, "type": kind}
    if name == values.focused:
        if not option.get("autocomplete"):
            raise NotOfferedError(f"the option {name!r} suggests nothing")
        return {**body, "value": str(value), "focused": True}
    if not isinstance(value, TAKES[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise NotOfferedError(f"the option {name!r} takes no {type(value).__name__}")
    if isinstance(value, User | Role | Channel | Attachment):
        resolve(values.resolved, values.channel, value)
        return {**body, "value": str(value.id)}
    if option.get("choices"):
        return {**body, "value": _choose(option, value)}
    if values.focused is None:
        _judge_bounds(option, value)
    return {**body, "value": value}


def _choose(option: dict[str, Any], value: Any) -> Any:
    for choice in option["choices"]:
        if value in {choice["name"], choice["value"]}:
            return choice["value"]
    offered = [choice["name"] for choice in option["choices"]]
    raise NotOfferedError(
        f"the option {option['name']!r} has no choice {value!r}; there are {offered}"
    )


def _judge_bounds(option: dict[str, Any], value: Any) -> None:
    size, unit = (len(value), "length") if isinstance(value, str) else (value, "value")
    least, most = option.get(f"min_{unit}"), option.get(f"max_{unit}")
    most = 6000 if most is None and isinstance(value, str) else most
    if isinstance(value, str) and not value and option.get("required"):
        raise NotOfferedError(f"the option {option['name']!r} cannot be empty")
    if (least is not None and size < least) or (most is not None and size > most):
        raise NotOfferedError(f"the option {option['name']!r} takes {least} to {most}, not {size}")


def resolve(
    resolved: dict[str, Any], channel: Channel, what: User | Role | Channel | Attachment
) -> None:
    """Put an object that an interaction names among the resolved ones."""
    key = str(what.id)
    if isinstance(what, User):
        resolved.setdefault("users", {})[key] = user_json(what)
        member = channel.guild.members.get(what.id) if channel.guild else None
        if member is not None:
            shown = member_json(member, with_user=False, permissions=channel.permissions_of(what))
            resolved.setdefault("members", {})[key] = shown
    elif isinstance(what, Role):
        resolved.setdefault("roles", {})[key] = role_json(what)
    elif isinstance(what, Channel):
        resolved.setdefault("channels", {})[key] = channel_json(
            what, permissions=channel.permissions_of(what_user(what))
        )
    else:
        resolved.setdefault("attachments", {})[key] = attachment_json(what)


def what_user(channel: Channel) -> User:
    """Find somebody through whose eyes a named channel is shown: the owner of its guild."""
    return channel.guild.owner if channel.guild else channel.people[0]
