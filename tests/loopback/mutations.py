"""Mutations of JSON: what comes in when a field is dropped, or its value is of another kind.

In: an event's data and dice with a seed. Out: a changed copy; the same dice give the same.
"""

import copy
import random
from typing import Any

# A word that stands nowhere else: where it turns up, something has repeated what an event held.
MARKER = "zwiebelfisch"
SWAPS: tuple[Any, ...] = (
    None, "", "x", MARKER, 0, -1, 1.5, True, [], {}, [None], {"id": None}, "9" * 30,
)  # fmt: skip
DROPPED = 0.4
MOST_CHANGES = 3


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the paths of all that lies in a JSON value."""
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    found = []
    for key, one in inside:
        deeper = (*path, key)
        found += [deeper, *places(one, deeper)]
    return found


def mutate(data: Any, dice: random.Random) -> Any:
    """Drop a field, or swap its value for one of another kind, once to three times."""
    data = copy.deepcopy(data)
    for _ in range(dice.randint(1, MOST_CHANGES)):
        found = places(data)
        if not found:
            break
        *path, last = dice.choice(found)
        inside = data
        for key in path:
            inside = inside[key]
        if dice.random() < DROPPED:
            del inside[last]
        else:
            inside[last] = copy.deepcopy(dice.choice(SWAPS))
    return data
