"""An encoder that encodes some passages, and gives their vectors to all others.

How long passages take to compare does not depend on what their vectors say, and to encode those of
a large collection takes an hour. Questions are encoded each for itself.
"""

from itertools import cycle

from bot.embeddings.encoder import Encoder, Float32Array

_SAMPLED = 2_000


class SampledEncoder:
    """Encodes the first 2,000 passages; behind them the same vectors come again and again."""

    def __init__(self, encoder: Encoder) -> None:
        """Take what encodes."""
        self._encoder = encoder
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions
        self._vectors: list[Float32Array] = []
        self._again = cycle(self._vectors)

    def encode_question(self, text: str) -> Float32Array:
        """Encode a question. Raises ModelError where that fails."""
        return self._encoder.encode_question(text)

    def encode_passage(self, text: str) -> Float32Array:
        """Encode a passage, or give the vector of another. Raises ModelError where that fails."""
        if len(self._vectors) == _SAMPLED:
            return next(self._again)
        vector = self._encoder.encode_passage(text)
        self._vectors.append(vector)
        return vector
