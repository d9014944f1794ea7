"""What Discord takes as application commands.

Source: https://docs.discord.com/developers/interactions/application-commands. Takes the JSON of one
command or of the whole list; complains about everything at once.
"""

import re
import unicodedata
from collections import Counter
from typing import Any

from loopback.errors import Complaints, Refusal

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUB_COMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER_OPTION = 1, 2, 3, 4, 5, 6
CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 7, 8, 9, 10, 11
LIMITS = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
LOCALES = set(
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs "
    "el bg ru uk hi th zh-CN "
    "ja zh-TW ko".split()
)
PERMISSIONS = re.compile(r"[0-9]{1,20}")


def judge_commands(commands: object) -> list[dict[str, Any]]:
    """Refuse a list of commands that Discord would refuse; give it otherwise."""
    if not isinstance(commands, list):
        raise Refusal(
            400,
            50035,
            "Invalid Form Body",
            errors={"_errors": [_said("LIST_TYPE_CONVERT", "not a list")]},
        )
    complaints = Complaints()
    for number, command in enumerate(commands):
        _judge_command(complaints, f"{number}", complaints.record(f"{number}", command))
    complaints.raise_if_any()
    _judge_together(commands)
    return commands


def judge_command(command: object) -> dict[str, Any]:
    """Refuse one command that Discord would refuse; give it otherwise."""
    return judge_commands([command])[0]


def _said(code: str, message: str) -> dict[str, str]:
    return {"code": code, "message": message}


def _judge_together(commands: list[dict[str, Any]]) -> None:
    kinds = Counter(command.get("type") or CHAT_INPUT for command in commands)
    for kind, count in kinds.items():
        if count > LIMITS[kind]:
            raise Refusal(
                400, 30032, f"Maximum number of application commands reached ({LIMITS[kind]})"
            )
    names = Counter((command.get("type") or CHAT_INPUT, command["name"]) for command in commands)
    twice = [name for (_, name), count in names.items() if count > 1]
    if twice:
        message = f"Application command names must be unique: {', '.join(twice)}"
        raise Refusal(
            400,
            50035,
            "Invalid Form Body",
            errors={"_errors": [_said("APPLICATION_COMMANDS_DUPLICATE_NAME", message)]},
        )


def _judge_command(complaints: Complaints, path: str, command: dict[str, Any]) -> None:
    kind = command.get("type") or CHAT_INPUT
    if kind not in LIMITS:
        complaints.add(f"{path}.type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}.")
        return
    if kind == CHAT_INPUT:
        _judge_name(complaints, path, command)
        _judge_description(complaints, path, command)
        _judge_options(complaints, path, command.get("options") or [], depth=0)
        if _size(command) > 8000:
            message = "Command exceeds maximum size (8000)"
            complaints.add(path, "APPLICATION_COMMAND_TOO_LARGE", message)
    else:
        complaints.text(f"{path}.name", command.get("name"), 1, 32)
        for key in ("description", "options"):
            if command.get(key):
                message = f"Context menu commands cannot have {key}"
                complaints.add(f"{path}.{key}", "APPLICATION_COMMAND_CONTEXT_MENU", message)
    _judge_where(complaints, path, command)


def _judge_where(complaints: Complaints, path: str, command: dict[str, Any]) -> None:
    for key, highest in (("contexts", 2), ("integration_types", 1)):
        value = command.get(key)
        if value is None:
            continue
        places = complaints.items(f"{path}.{key}", value, 1, highest + 1)
        if any(place not in range(highest + 1) for place in places) or len(set(places)) != len(
            places
        ):
            complaints.add(
                f"{path}.{key}",
                "BASE_TYPE_CHOICES",
                f"Values must be different, from 0 to {highest}.",
            )
    needed = command.get("default_member_permissions")
    if needed is not None and not PERMISSIONS.fullmatch(str(needed)):
        complaints.add(
            f"{path}.default_member_permissions", "NUMBER_TYPE_COERCE", "Value is not a bit set."
        )
    for key in ("nsfw", "dm_permission"):
        if not isinstance(command.get(key), bool | None):
            complaints.add(f"{path}.{key}", "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


def is_name(name: str) -> bool:
    """Tell whether this can name a slash command or an option: 1 to 32 letters, digits, `-_'`, in
    lower case.
    """
    letters = all(
        sign in "-_'" or unicodedata.category(sign)[0] in "LN" or _is_indic(sign) for sign in name
    )
    return 1 <= len(name) <= 32 and letters and name == name.lower()


def _is_indic(sign: str) -> bool:
    return "\u0900" <= sign <= "\u097f" or "\u0e00" <= sign <= "\u0e7f"


def _judge_name(complaints: Complaints, path: str, named: dict[str, Any]) -> None:
    names = {"name": named.get("name"), **_localised(complaints, path, named, "name")}
    for key, name in names.items():
        if not isinstance(name, str) or not is_name(name):
            message = r"String value did not match validation regex."
            complaints.add(f"{path}.{key}", "APPLICATION_COMMAND_INVALID_NAME", message)


def _judge_description(complaints: Complaints, path: str, described: dict[str, Any]) -> None:
    texts = {
        "description": described.get("description"),
        **_localised(complaints, path, described, "description"),
    }
    for key, text in texts.items():
        complaints.text(f"{path}.{key}", text, 1, 100)


def _localised(
    complaints: Complaints, path: str, owner: dict[str, Any], key: str
) -> dict[str, Any]:
    translations = owner.get(f"{key}_localizations") or {}
    for locale in complaints.record(f"{path}.{key}_localizations", translations):
        if locale not in LOCALES:
            complaints.add(
                f"{path}.{key}_localizations", "DICT_TYPE_KEY", f"{locale} is not a locale."
            )
    return {f"{key}_localizations.{locale}": text for locale, text in translations.items()}


def _judge_options(complaints: Complaints, path: str, options: object, *, depth: int) -> None:
    listed = complaints.items(f"{path}.options", options, 0, 25)
    names: Counter[str] = Counter()
    optional_seen = False
    for number, option in enumerate(listed):
        here = f"{path}.options.{number}"
        fields = complaints.record(here, option)
        names[str(fields.get("name"))] += 1
        _judge_option(complaints, here, fields, depth)
        if fields.get("required") and optional_seen:
            message = "Required options must be placed before non-required options"
            complaints.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_seen = optional_seen or not fields.get("required")
    kinds = {
        isinstance(option, dict) and option.get("type") in {SUB_COMMAND, GROUP} for option in listed
    }
    if len(kinds) > 1:
        message = (
            "Sub-command and sub-command group option types are mutually exclusive to all "
            "other types"
        )
        complaints.add(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
    for name in (name for name, count in names.items() if count > 1):
        message = f"Option names must be unique: {name}"
        complaints.add(
            f"{path}.options", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message
        )


def _judge_option(complaints: Complaints, path: str, option: dict[str, Any], depth: int) -> None:
    kind = option.get("type")
    _judge_name(complaints, path, option)
    _judge_description(complaints, path, option)
    if kind not in range(1, 12) or (kind == GROUP and depth) or (kind == SUB_COMMAND and depth > 1):
        complaints.add(f"{path}.type", "BASE_TYPE_CHOICES", "This type is not allowed here.")
    elif kind in {SUB_COMMAND, GROUP}:
        parts = option.get("options") or []
        if kind == GROUP and any(
            not isinstance(part, dict) or part.get("type") != SUB_COMMAND for part in parts
        ):
            complaints.add(
                f"{path}.options", "BASE_TYPE_CHOICES", "A group holds sub-commands only."
            )
        _judge_options(complaints, path, parts, depth=depth + 1 if kind == GROUP else 2)
    else:
        _judge_value(complaints, path, option)


def _judge_value(complaints: Complaints, path: str, option: dict[str, Any]) -> None:
    kind = option["type"]
    bounds = {"min_length": {STRING}, "max_length": {STRING}, "channel_types": {CHANNEL}}
    bounds |= {key: {INTEGER, NUMBER} for key in ("min_value", "max_value")}
    bounds |= {key: {STRING, INTEGER, NUMBER} for key in ("choices", "autocomplete")}
    for key, kinds in bounds.items():
        if option.get(key) and kind not in kinds:
            complaints.add(
                f"{path}.{key}", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", f"Not for type {kind}."
            )
    for key, least in (("min_length", 0), ("max_length", 1)):
        if option.get(key) is not None:
            complaints.number(f"{path}.{key}", option[key], least, 6000)
    if option.get("choices") and option.get("autocomplete"):
        message = "Autocomplete cannot be used together with choices"
        complaints.add(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", message)
    if option.get("choices"):
        judge_choices(complaints, f"{path}.choices", option["choices"], kind)


def judge_choices(complaints: Complaints, path: str, choices: object, kind: int) -> None:
    """Complain about choices, of a definition or of an autocompletion, that Discord would not
    take.
    """
    wanted: dict[int, type | tuple[type, ...]] = {STRING: str, INTEGER: int, NUMBER: (int, float)}
    for number, choice in enumerate(complaints.items(path, choices, 0, 25)):
        fields = complaints.record(f"{path}.{number}", choice)
        complaints.text(f"{path}.{number}.name", fields.get("name"), 1, 100)
        value = fields.get("value")
        if not isinstance(value, wanted[kind]) or isinstance(value, bool):
            complaints.add(
                f"{path}.{number}.value", "BASE_TYPE_WRONG", f"Value is not of option type {kind}."
            )
        elif isinstance(value, str):
            complaints.text(f"{path}.{number}.value", value, 1, 100)


def _size(part: dict[str, Any]) -> int:
    """Count the characters of names, descriptions and values; of translations only the longest
    counts.
    """
    total = 0
    for key in ("name", "description"):
        texts = [part.get(key) or "", *(part.get(f"{key}_localizations") or {}).values()]
        total += max(len(str(text)) for text in texts)
    total += len(part["value"]) if isinstance(part.get("value"), str) else 0
    inside = [*(part.get("options") or ()), *(part.get("choices") or ())]
    return total + sum(_size(one) for one in inside if isinstance(one, dict))
