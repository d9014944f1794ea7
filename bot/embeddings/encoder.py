"""What turns texts into vectors, whatever it is made of.

In: a text. Out: a vector. ``OnnxEncoder`` is the encoder that the program has; tests have others.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.texts import embeddings as texts

Float32Array = NDArray[np.float32]


class ModelError(Exception):
    """A model can't be used.

    Attributes:
        reason: What is wrong with it, in words for who set it up.

    """

    def __init__(self, reason: str) -> None:
        """Keep the reason, which is the message too."""
        super().__init__(reason)
        self.reason = reason


class Encoder(Protocol):
    """Turns texts into vectors of length 1, so that their inner product is their cosine.

    A text in which the model finds nothing, such as an empty one, may have a vector of zeros.
    The same text gives the same vector, to the last bit, whatever was encoded before. Several
    threads may encode at once.
    """

    @property
    def name(self) -> str:
        """The name of the model, for people."""

    @property
    def fingerprint(self) -> str:
        """A text that is another one as soon as vectors may be other ones."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def encode_question(self, text: str) -> Float32Array:
        """Encode a question: float32, (dimensions,). Raises ModelError where that fails."""

    def encode_passage(self, text: str) -> Float32Array:
        """Encode a text that questions are compared with: float32, (dimensions,).

        Raises ModelError where that fails.
        """


def normalize(vector: Float32Array) -> Float32Array:
    """Give a vector the length 1: float32, of the same shape.

    Raises ModelError for one that has no direction, or holds what is no number.
    """
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0:
        raise ModelError(texts.NO_DIRECTION)
    unit: Float32Array = (vector / length).astype(np.float32)
    return unit
