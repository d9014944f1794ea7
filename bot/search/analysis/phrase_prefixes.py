"""The pairs of stem keys that phrases begin with, as numbers that can be looked for in arrays.

In: the pairs. Out: ids for their keys, a code for each pair, and what each key can be. They depend
on the thesaurus alone, so each analyzer makes them once.
"""

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.analysis.phrases import StemKeys
from bot.search.analysis.stop_words import is_stop

Int64Array = NDArray[np.int64]
UInt8Array = NDArray[np.uint8]

# Bits that tell what a stem key can be: the first word of a phrase, the second, a stop word.
IS_FIRST = 1
IS_SECOND = 2
IS_STOP = 4
# Two key ids make one number of 64 bits: the first in the upper half.
_UPPER_HALF = 32


class PhrasePrefixes(NamedTuple):
    """All prefixes of phrases.

    Attributes:
        key_ids: The id of each key in a prefix, from 0 in the order of the ids.
        prefixes: The prefixes in the order of their codes, which is that of the rows.
        codes: int64, (prefixes + 1,): their codes, ascending; the last one is that of no pair.
        roles: uint8, (keys,): the bits of each key.

    """

    key_ids: dict[str, int]
    prefixes: list[StemKeys]
    codes: Int64Array
    roles: UInt8Array


def make_phrase_prefixes(pairs: Iterable[StemKeys]) -> PhrasePrefixes:
    """Give numbers to the keys of prefixes, and sort the prefixes by their codes."""
    prefixes = list(pairs)
    keys = list(chain.from_iterable(prefixes))
    id_of = {key: key_id for key_id, key in enumerate(dict.fromkeys(keys))}
    key_ids = np.array([id_of[key] for key in keys], dtype=np.int64)
    firsts = key_ids[0::2]  # int64, (prefixes,)
    seconds = key_ids[1::2]
    codes = make_codes(firsts, seconds)
    order = codes.argsort()
    # Behind the last code stands one that no pair has, so that a search never ends behind the
    # array.
    no_pair = np.iinfo(np.int64).max
    roles = np.array([role_of(key) for key in id_of], dtype=np.uint8)
    roles[firsts] |= IS_FIRST
    roles[seconds] |= IS_SECOND
    in_order = [prefixes[row] for row in order.tolist()]
    return PhrasePrefixes(id_of, in_order, np.append(codes[order], no_pair), roles)


def make_codes(firsts: Int64Array, seconds: NDArray[np.integer]) -> Int64Array:
    """Give the codes of pairs of key ids, int64, (pairs,)."""
    return firsts << _UPPER_HALF | seconds


def role_of(key: str) -> int:
    """Give the bits of a key that is in no prefix."""
    return IS_STOP if is_stop(key) else 0
