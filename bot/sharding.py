"""Which shards of the gateway there are, and which of them this process has.

Discord sends the events of a server through one shard, by the server's id, and those of direct
conversations through shard 0. A process has all shards, or some of them; then other processes have
the others.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

# The shard of direct conversations. Of several processes, the one that has it does what is to be
# done once.
FIRST_SHARD = 0
# More than 40 million servers need.
MOST_SHARDS = 16_384
# An id of Discord begins with the milliseconds since 2015; the bits behind those number what was
# made within one.
_TIME_SHIFT = 22

_RANGE = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Sharding:
    """How many shards there are in all processes, and which of them this one has, ascending.

    ``is_fixed``: whether the settings say so. If not, there are as many as Discord recommends.
    """

    count: int = 1
    ids: tuple[int, ...] = (0,)
    is_fixed: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether other processes have shards, too."""
        return len(self.ids) < self.count

    @property
    def processes(self) -> int:
        """How many processes there are, if each has as many shards as this one."""
        return math.ceil(self.count / len(self.ids))

    def name_ids(self) -> str:
        """Name the shards of this process as SHARD_IDS does."""
        runs: list[list[int]] = []
        for one in self.ids:
            if runs and one == runs[-1][-1] + 1:
                runs[-1].append(one)
            else:
                runs.append([one])
        return ",".join(_name_run(run) for run in runs)

    def find_shard(self, guild_id: int | None) -> int:
        """Return the shard of a server; None: that of direct conversations."""
        return FIRST_SHARD if guild_id is None else (guild_id >> _TIME_SHIFT) % self.count


def _name_run(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"


def make_sharding(count: int, ids: tuple[int, ...]) -> Sharding:
    """Make what settings say: 0 leaves the count to Discord, no ids are all of them."""
    if not count:
        return Sharding()
    return Sharding(count, ids or tuple(range(count)), is_fixed=True)


def parse_shard_ids(text: str) -> tuple[int, ...]:
    """Parse ids and ranges of ids such as ``0-3,7``; return them once each, ascending.

    Raises ValueError where the text is something else.
    """
    found: set[int] = set()
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise ValueError(text)
        first = int(match[1])
        last = int(match[2] or first)
        if not first <= last < MOST_SHARDS:
            raise ValueError(text)
        found.update(range(first, last + 1))
    return tuple(sorted(found))
