"""Fitted numbers into the product: the values change in their lines, and nothing else."""

import re
from collections.abc import Mapping
from pathlib import Path

from benchmarks.fit.limits import Limits

_ROOT = Path(__file__).parents[2]
_NUMBERS = _ROOT / "bot" / "answers" / "confidence_numbers.py"
# The settings show the default.
_SETTINGS = _ROOT / "config.example.yaml"
# More digits would be noise.
_DIGITS = 2


def write_numbers(
    tables: Mapping[str, Mapping[str, float]],
    limits: Limits | None = None,
    numbers: Path = _NUMBERS,
    settings: Path = _SETTINGS,
) -> None:
    """Write tables of coefficients by the names of both, and limits if there are any.

    Raises ValueError for a name that the file does not have.
    """
    text = numbers.read_text(encoding="utf-8")
    for table, coefficients in tables.items():
        before, head, rest = text.partition(f"\n{table}: ")
        body, end, behind = rest.partition("\n}\n")
        for name, value in coefficients.items():
            body = _replace(body, rf'(?m)^(    "{name}": )[-\d.]+(,)$', value)
        text = before + head + body + end + behind
    if limits is not None:
        text = _write_limits(text, limits, settings)
    numbers.write_text(text, encoding="utf-8")


def _write_limits(text: str, limits: Limits, settings: Path) -> str:
    """Write limits into a text and the settings."""
    for name in ("threshold", "sure"):
        text = _replace(text, rf"(?m)^({name.upper()} = )[-\d.]+()$", getattr(limits, name))
    shown = settings.read_text(encoding="utf-8")
    shown = _replace(shown, r"(?m)^(threshold: )[\d.]+()", limits.threshold)
    settings.write_text(shown, encoding="utf-8")
    return text


def _replace(text: str, pattern: str, value: float) -> str:
    # Without the sign of a zero.
    shown = f"{round(value, _DIGITS) + 0.0:g}"
    if "." not in shown:
        shown += ".0"
    found, count = re.subn(pattern, rf"\g<1>{shown}\g<2>", text)
    if count != 1:
        raise ValueError(f"{count} lines match {pattern}")
    return found
