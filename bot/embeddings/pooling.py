"""From a vector for each token to one vector for a text.

In: the last hidden states of one text without padding. Out: one vector. The ways are those of
sentence-transformers (``1_Pooling/config.json``, modules of the type ``Pooling``). A model may have
several; their vectors are then joined in the order of ``POOLINGS``.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bot.embeddings.encoder import Float32Array


def _take_first(states: Float32Array) -> Float32Array:
    """Take the vector of the first token, which is CLS in models of the kind of BERT."""
    first: Float32Array = states[0]
    return first


def _take_last(states: Float32Array) -> Float32Array:
    last: Float32Array = states[-1]
    return last


def _find_maximum(states: Float32Array) -> Float32Array:
    maximum: Float32Array = states.max(axis=0)
    return maximum


def _find_mean(states: Float32Array) -> Float32Array:
    mean: Float32Array = states.mean(axis=0)
    return mean


def _divide_by_root(states: Float32Array) -> Float32Array:
    """Divide the sum by the square root of the number of tokens."""
    scaled: Float32Array = states.sum(axis=0) / np.sqrt(np.float32(len(states)))
    return scaled


# By the names that sentence-transformers gives them, in its order.
POOLINGS: Mapping[str, Callable[[Float32Array], Float32Array]] = {
    "cls": _take_first,
    "max": _find_maximum,
    "mean": _find_mean,
    "mean_sqrt_len_tokens": _divide_by_root,
    "lasttoken": _take_last,
}


def pool(states: Float32Array, poolings: Sequence[str]) -> Float32Array:
    """Make one vector of states: float32, (tokens, width) to (width times poolings,).

    There is at least one token, and at least one name of ``POOLINGS``.
    """
    vectors = [POOLINGS[name](states) for name in poolings]
    return np.concatenate(vectors)
