"""How near a model puts texts that have nothing to do with each other."""

import numpy as np
import pytest
from numpy.typing import NDArray
from word_encoder import DIMENSIONS, WordEncoder

from bot.embeddings.baseline import find_baseline
from bot.embeddings.encoder import ModelError


class Leaning(WordEncoder):
    """All texts lean into one direction, as with models whose cosines are never low."""

    def __init__(self, share: float) -> None:
        """Take the share of a vector that is the same for all texts."""
        super().__init__()
        self._share = share

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """Turn the text's direction towards that of all."""
        common = np.full(DIMENSIONS, DIMENSIONS**-0.5)
        vector = self._share * common + (1 - self._share) * super().encode_question(text)
        unit: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
        return unit


def test_it_is_the_mean_cosine_of_what_is_unrelated() -> None:
    """Near 0 where only shared words make texts alike, and high where all lean into one direction."""
    assert -0.1 < find_baseline(WordEncoder()) < 0.3
    assert 0.7 < find_baseline(Leaning(0.7)) < 0.97


def test_a_model_to_which_everything_is_alike_is_refused() -> None:
    """Nothing could be told apart by its cosines."""
    with pytest.raises(ModelError, match="all texts mean the same"):
        find_baseline(Leaning(0.97))
