"""What ``doctor`` prints: each check on a line, and below it what mends it.

In: checks. Out: text for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from bot.terminal import print_indented, styled
from bot.texts import doctor as texts
from bot.visible import keep_visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from bot.doctor.model import Check

_STYLES = {"ok": "green", "warning": "yellow", "error": "bold red", "skipped": "dim"}
_STATE_WIDTH = 8
_NAME_WIDTH = 21


def print_checks(console: Console, checks: Sequence[Check]) -> None:
    """Print all checks, in their order."""
    for check in checks:
        line = Text()
        line.append(texts.STATES[check.state].ljust(_STATE_WIDTH), _STYLES[check.state])
        line.append(styled(texts.NAMES[check.name]().ljust(_NAME_WIDTH)))
        line.append(styled(keep_visible(check.what)))
        console.print(line, soft_wrap=True)
        if check.cure:
            print_indented(console, styled(texts.CURE(cure=check.cure)), _STATE_WIDTH)
