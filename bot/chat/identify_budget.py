"""How often a session may be begun: at most 40 times an hour and 500 times a day.

Discord resets the token of a bot that begins more than 1,000 sessions a day; then it is off until
somebody comes. To resume a session counts for nothing. What is spent is kept in a file, so that a
bot that is started again and again does not forget it.

Each shard has a session. A process may begin its share of half of what Discord allows a day, and
each of its shards eight an hour.
"""

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path

from bot.sharding import Sharding

_HOUR_S = 3_600.0
_DAY_S = 86_400.0
_MOST_AN_HOUR = 40
_MOST_A_DAY = 500
_MOST_AN_HOUR_A_SHARD = 8
# As many times as the file can hold.
_MOST_KEPT = 5_000
# A file that this program has written is far smaller.
_MAX_BYTES = 65_536


class BudgetSpentError(Exception):
    """No session may be begun now.

    Attributes:
        wait_s: In how many seconds one may be.

    """

    def __init__(self, wait_s: float) -> None:
        """Keep how long to wait."""
        super().__init__(f"sessions were begun too often: the next one in {wait_s:.0f} s")
        self.wait_s = wait_s


class IdentifyBudget:
    """When sessions were begun, in seconds since 1970, oldest first."""

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.time) -> None:
        """Go on from what the file at ``path`` says; without one, memory has to do."""
        self._path = path
        self._clock = clock
        self._begun_s = _read(path) if path is not None else []
        self._most_an_hour = _MOST_AN_HOUR
        self._most_a_day = _MOST_A_DAY

    def share(self, total: int, sharding: Sharding) -> None:
        """Share what Discord allows a day, ``total``, out to the shards; count for this process."""
        own = len(sharding.ids)
        most_a_day = total // 2 * own // sharding.count
        self._most_a_day = min(max(most_a_day, own), _MOST_KEPT)
        self._most_an_hour = max(_MOST_AN_HOUR, _MOST_AN_HOUR_A_SHARD * own)

    def find_wait_s(self) -> float:
        """Find in how many seconds a session may be begun; 0: now."""
        now_s = self._clock()
        begun_s = self._find_recent(now_s)
        return max(
            _find_wait(begun_s, now_s, self._most_an_hour, _HOUR_S),
            _find_wait(begun_s, now_s, self._most_a_day, _DAY_S),
        )

    def spend(self) -> None:
        """Count a session that is begun now. Raises BudgetSpentError where that is too many."""
        wait_s = self.find_wait_s()
        if wait_s > 0:
            raise BudgetSpentError(wait_s)
        now_s = self._clock()
        self._begun_s = [*self._find_recent(now_s), now_s]
        self._save()

    def _find_recent(self, now_s: float) -> list[float]:
        """Find those of the last day."""
        # After the clock was set back, what lies ahead counts as now.
        return [min(one, now_s) for one in self._begun_s if one > now_s - _DAY_S]

    def _save(self) -> None:
        """Replace the file. A disk that is full must not keep the bot from starting."""
        if self._path is None:
            return
        fresh = self._path.with_name(f".{self._path.name}")
        content = json.dumps([round(one) for one in self._begun_s])
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh.write_text(content, encoding="utf-8")
            fresh.replace(self._path)


def _find_wait(begun_s: list[float], now_s: float, most: int, window_s: float) -> float:
    """Find how many seconds to wait, so that fewer than ``most`` lie in the window."""
    recent_s = [one for one in begun_s if one > now_s - window_s]
    if len(recent_s) < most:
        return 0.0
    return recent_s[-most] + window_s - now_s


def _read(path: Path) -> list[float]:
    """Read what was spent; nothing where there is no such file, or it holds something else."""
    try:
        with path.open("rb") as file:
            content = json.loads(file.read(_MAX_BYTES))
        return sorted(float(one) for one in content)
    except (OSError, ValueError, TypeError, RecursionError):
        return []
