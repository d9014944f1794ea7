"""Rows of values as JSON in an array of bytes, and back.

In: lists of texts and numbers. Out: an array. On the way back each value has to be of exactly the
type that its column has: JSON that was written by somebody else is refused.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.array_file import DamagedError, check

# Half of a character beyond the basic plane: JSON can spell it, no file can hold it.
_SURROGATE = re.compile("[\ud800-\udfff]")
# Of JSON's items and of its keys, without blanks.
_COMPACT = (",", ":")


def pack_json(value: object) -> NDArray[np.uint8]:
    """Turn a value into its JSON, uint8, (bytes,)."""
    text = json.dumps(value, ensure_ascii=False, separators=_COMPACT)
    encoded = text.encode("utf-8", "surrogatepass")
    return np.frombuffer(encoded, np.uint8)


def unpack_rows(name: str, arrays: Mapping[str, NDArray[Any]]) -> list[Any]:
    """Give the list that an array holds as JSON; raises DamagedError for anything else."""
    encoded = arrays[name].data
    try:
        rows = json.loads(str(encoded, "utf-8"))
    except (ValueError, RecursionError):
        raise DamagedError(f"{name}: can't be read") from None
    if not isinstance(rows, list):
        raise DamagedError(f"{name}: no list")
    return rows


def take_values(row: object, *types: type | None) -> list[Any]:
    """Give a row of values of exactly these types; None stands for any.

    Raises DamagedError for a row of another length or with other values.
    """
    if not isinstance(row, list) or len(row) != len(types):
        raise DamagedError("a row of another length")
    for value, expected in zip(row, types, strict=True):
        is_expected = expected is None or type(value) is expected
        check(is_expected, "a row of other values")
        has_surrogate = expected is str and _SURROGATE.search(value)
        check(not has_surrogate, "a row with half a character")
    return row
