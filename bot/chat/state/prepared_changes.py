"""Changes of articles or settings that were shown, and wait for somebody to say that they be made.

By a key that stands in the buttons of the card. In memory only, the last thirty, each for an hour:
what was shown longer ago is shown anew. Lives on the event loop.
"""

import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.chat.channel_settings import SettingChange, Value
from bot.editing.desk import Change
from bot.versions.history import Action

# A change has at most ten files of a mebibyte.
_MOST_CHANGES = 30
# As long as somebody may think about it, and longer than Discord lets its card be edited.
_MEMORY_S = 3600.0
_KEY_BYTES = 6


@dataclass(frozen=True, slots=True)
class PreparedChange:
    """A change, what makes it, and who was shown what it would do.

    ``guild_id`` is the server whose own articles it changes; 0 for the common ones.
    """

    change: Change
    action: Action
    user_id: int
    guild_id: int = 0


@dataclass(frozen=True, slots=True)
class PreparedSettings:
    """What is to be set otherwise on a server, what was set before, and who was shown that."""

    changes: Sequence[SettingChange]
    before: Mapping[int, Mapping[str, Value]]
    user_id: int
    guild_id: int


Prepared = TypeVar("Prepared", PreparedChange, PreparedSettings)


class PreparedChanges(Generic[Prepared]):
    """Changes by their key."""

    def __init__(self) -> None:
        """Begin with none."""
        self._changes: OrderedDict[str, tuple[float, Prepared]] = OrderedDict()

    def add(self, prepared: Prepared, now_s: float) -> str:
        """Keep a change, and give its key; ``now_s`` is by a clock that nobody sets."""
        key = secrets.token_hex(_KEY_BYTES)
        self._changes[key] = now_s + _MEMORY_S, prepared
        if len(self._changes) > _MOST_CHANGES:
            self._changes.popitem(last=False)
        return key

    def find(self, key: str, user_id: int, now_s: float) -> Prepared | None:
        """Give the change of a key; None where it is gone, or was shown to somebody else."""
        end_s, prepared = self._changes.get(key, (0.0, None))
        if prepared is None or now_s >= end_s or prepared.user_id != user_id:
            return None
        return prepared

    def remove(self, key: str) -> None:
        """Forget a change that was made or given up."""
        self._changes.pop(key, None)
