"""What an operator may set: ``config.yaml`` and the environment into frozen values.

Every fault of the file is named at once, with its line. A path in the file is relative to the file's own
folder. What the command line says wins over the file. The token comes from the environment alone, and
hides itself wherever it would be printed.
"""

import os
import re
from collections.abc import Callable
from collections.abc import Mapping as Environment
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.strict_yaml import Mapping, Node, Scalar, Sequence, YamlError, read_yaml
from bot.visible import keep_visible

_MAX_BYTES = 65_536
# Whoever has mended so many looks again anyway.
_MAX_FAULTS = 100


class SettingsError(Exception):
    """All that is wrong with a configuration file; ``faults`` are lines such as ``config.yaml:3:1: what (hint)``."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults; the message is one a line."""
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; what each means is explained in ``config.example.yaml``."""

    knowledge: Path = Path("knowledge")
    threshold: float = 0.12
    quotes: int = 3
    admin_users: tuple[int, ...] = ()
    admin_roles: tuple[int, ...] = ()
    home_server: int = 0
    questions_per_person: int = 5
    questions_per_server: int = 30
    questions_window_s: int = 20
    human_roles: tuple[int, ...] = ()
    thread_channels: tuple[int, ...] = ()
    forum_channels: tuple[int, ...] = ()
    message_content: bool = False
    records: Path | None = Path("records")
    unanswered_days: int = 30
    index: Path | None = Path("index")


class Secret:
    """A text that shows itself only when it is asked to."""

    def __init__(self, value: str) -> None:
        """Keep ``value``."""
        self._value = value

    def reveal(self) -> str:
        """Give the text itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('…')"


@dataclass(frozen=True, slots=True)
class Connection:
    """How Discord is reached; empty addresses mean Discord's own."""

    token: Secret | None = None
    api_url: str = ""
    gateway_url: str = ""


def read_settings(path: Path | None) -> Settings:
    """Read a configuration file; None means ``config.yaml`` here, if there is one.

    Raises SettingsError naming every wrong key and value with its line, or the file that can't be read.
    """
    if path is None:
        path = Path("config.yaml")
        if not os.path.lexists(path):
            return Settings()
    try:
        if not path.is_file():
            raise SettingsError([f"{path}: can't be read: it is no file"])
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise SettingsError([f"{path}: can't be read: {what}"]) from None
    try:
        node = read_yaml(text, max_bytes=_MAX_BYTES)
    except YamlError as error:
        raise SettingsError(
            [_fault(path, error.line, error.column, error.what, error.hint)]
        ) from None
    return _check(path, node)


def _check(path: Path, node: Node) -> Settings:
    if not isinstance(node, Mapping):
        raise SettingsError(
            [
                _fault(
                    path,
                    node.line,
                    node.column,
                    "not `key: value` lines",
                    "for example knowledge: articles",
                )
            ]
        )
    values: dict[str, Any] = {}
    faults = []
    for name, (key, value) in node.entries.items():
        if name not in _READERS:
            what, hint = f'"{name}" is not a setting', f"there are {', '.join(_READERS)}"
            faults.append(_fault(path, key.line, key.column, what, hint))
            continue
        try:
            values[name] = _READERS[name](value, path)
        except ValueError as error:
            faults.append(_fault(path, value.line, value.column, f"{name}: {error}"))
    if values.get("forum_channels") and not values.get("message_content"):
        key, _ = node.entries["forum_channels"]
        what, hint = (
            "forum_channels needs message_content: true",
            "a post mentions nobody, so it can't be read without",
        )
        faults.append(_fault(path, key.line, key.column, what, hint))
    if len(faults) > _MAX_FAULTS:
        faults[_MAX_FAULTS:] = [f"{path}: {len(faults) - _MAX_FAULTS:,} faults more are not listed"]
    if faults:
        raise SettingsError(faults)
    return Settings(**values)


def _fault(path: Path, line: int, column: int, what: str, hint: str = "") -> str:
    return f"{path}:{line}:{column}: {keep_visible(what)}" + (
        f" ({keep_visible(hint)})" if hint else ""
    )


def _text(value: Node) -> str:
    if not isinstance(value, Scalar) or not value.text or "\0" in value.text:
        raise ValueError("a single value is wanted")
    return value.text


def _read_folder(value: Node, path: Path) -> Path:
    text = _text(value)
    try:
        return path.parent / Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f'"{text}" names a home folder that there is not') from None


def _read_threshold(value: Node, _: Path) -> float:
    text = _text(value)
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ValueError(f'"{text}" is not a number from 0 to 1')
    return number


def _read_quotes(value: Node, _: Path) -> int:
    text = _text(value)
    if text not in ("1", "2", "3"):
        raise ValueError(f'"{text}" is not 1, 2 or 3')
    return int(text)


def _read_ids(value: Node, path: Path) -> tuple[int, ...]:
    items = value.items if isinstance(value, Sequence) else (value,)
    return tuple(_read_id(item, path) for item in items)


def _read_id(value: Node, _: Path) -> int:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{15,20}", text):
        raise ValueError(f'"{text}" is not an id of Discord, a number of 17 to 20 digits')
    return int(text)


def _read_count(value: Node, _: Path) -> int:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= 3600:
        raise ValueError(f'"{text}" is not a number from 1 to 3600')
    return int(text)


def _read_switch(value: Node, _: Path) -> bool:
    text = _text(value)
    if text not in ("true", "false"):
        raise ValueError(f'"{text}" is not true or false')
    return text == "true"


def _read_days(value: Node, _: Path) -> int:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > 365:
        raise ValueError(f'"{text}" is not a number from 0 to 365')
    return int(text)


def _read_folder_or_off(value: Node, path: Path) -> Path | None:
    return None if _text(value) == "off" else _read_folder(value, path)


_READERS: dict[str, Callable[[Node, Path], object]] = {
    "knowledge": _read_folder,
    "threshold": _read_threshold,
    "quotes": _read_quotes,
    "admin_users": _read_ids,
    "admin_roles": _read_ids,
    "home_server": _read_id,
    "questions_per_person": _read_count,
    "questions_per_server": _read_count,
    "questions_window_s": _read_count,
    "human_roles": _read_ids,
    "thread_channels": _read_ids,
    "forum_channels": _read_ids,
    "message_content": _read_switch,
    "records": _read_folder_or_off,
    "unanswered_days": _read_days,
    "index": _read_folder_or_off,
}


def read_connection(environment: Environment[str, str]) -> Connection:
    """Read how Discord is reached from DISCORD_TOKEN or DISCORD_TOKEN_FILE, DISCORD_API_URL, DISCORD_GATEWAY_URL.

    Raises SettingsError where the token's file can't be read or an address is none.
    """
    faults = []
    token = environment.get("DISCORD_TOKEN", "").strip()
    if not token and (name := environment.get("DISCORD_TOKEN_FILE", "")):
        try:
            token = Path(name).read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            what = error.strerror if isinstance(error, OSError) else "not UTF-8"
            faults.append(f"DISCORD_TOKEN_FILE: {name} can't be read: {what}")
    if token and not re.fullmatch(r"[!-~]+", token):
        faults.append(
            "the token holds a blank or a character that no token has: give the token alone"
        )
    addresses = {}
    for variable, scheme in (("DISCORD_API_URL", "https?"), ("DISCORD_GATEWAY_URL", "wss?")):
        addresses[variable] = environment.get(variable, "").strip()
        if addresses[variable] and not re.fullmatch(
            rf"{scheme}://[^\s/]+(/\S*)?", addresses[variable]
        ):
            shown = scheme.removesuffix("s?")
            faults.append(
                f"{variable}: {addresses[variable]} is not an address (it begins with {shown}:// or {shown}s://)"
            )
    if faults:
        raise SettingsError(faults)
    api_url, gateway_url = (
        addresses["DISCORD_API_URL"].rstrip("/"),
        addresses["DISCORD_GATEWAY_URL"],
    )
    return Connection(Secret(token) if token else None, api_url, gateway_url)
