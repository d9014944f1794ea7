"""An encoder without a model: a text is the sum of its words, each of which has a direction.

Words of a group have the same direction, as words of one meaning have with a real model.
"""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 64


class WordEncoder:
    """An ``Encoder`` that knows words alone."""

    name = "words"
    dimensions = DIMENSIONS

    def __init__(self, *groups: Iterable[str]) -> None:
        """Take groups of words that mean the same."""
        self._meant = {word: min(group) for group in map(tuple, groups) for word in group}
        self.fingerprint = f"words {sorted(self._meant.items())}"
        self.encoded: list[str] = []

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """Add up the directions of the words."""
        vector = np.zeros(DIMENSIONS)
        for word in re.findall(r"\w+", text.lower()):
            vector += direction_of(self._meant.get(word, word))
        length = np.linalg.norm(vector)
        return (vector / length if length else vector).astype(np.float32)

    def encode_passage(self, text: str) -> NDArray[np.float32]:
        """Do the same, and remember that it was asked for."""
        self.encoded.append(text)
        return self.encode_question(text)


def direction_of(word: str) -> NDArray[np.float64]:
    """Give a word's own direction, the same in each process."""
    chance = np.random.default_rng(list(word.encode()))
    return chance.normal(size=DIMENSIONS)
