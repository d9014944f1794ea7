"""What an operator may set: ``config.yaml`` into frozen Settings. Every fault of the file is named at once.

A path in the file is relative to the file's own folder. What the command line says wins over the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.strict_yaml import Mapping, Node, Scalar, YamlError, read_yaml

_MAX_BYTES = 65_536


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
    threshold: float = 0.2
    quotes: int = 3


def read_settings(path: Path | None) -> Settings:
    """Read a configuration file; None means ``config.yaml`` here, if there is one.

    Raises SettingsError naming every wrong key and value with its line, or the file that can't be read.
    """
    if path is None:
        path = Path("config.yaml")
        if not path.exists():
            return Settings()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise SettingsError([f"{path}: can't be read: {what}"]) from None
    try:
        node = read_yaml(text, max_bytes=_MAX_BYTES)
    except YamlError as error:
        raise SettingsError([_fault(path, error.line, error.column, error.what, error.hint)]) from None
    return _check(path, node)


def _check(path: Path, node: Node) -> Settings:
    if not isinstance(node, Mapping):
        raise SettingsError(
            [_fault(path, node.line, node.column, "not `key: value` lines", "for example knowledge: articles")]
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
    if faults:
        raise SettingsError(faults)
    return Settings(**values)


def _fault(path: Path, line: int, column: int, what: str, hint: str = "") -> str:
    return f"{path}:{line}:{column}: {what}" + (f" ({hint})" if hint else "")


def _text(value: Node) -> str:
    if not isinstance(value, Scalar) or not value.text:
        raise ValueError("a single value is wanted")
    return value.text


def _read_folder(value: Node, path: Path) -> Path:
    return path.parent / Path(_text(value)).expanduser()


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


_READERS: dict[str, Callable[[Node, Path], object]] = {
    "knowledge": _read_folder,
    "threshold": _read_threshold,
    "quotes": _read_quotes,
}
