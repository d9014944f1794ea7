"""Answerers that find passages by meaning, too, with a model of sentence embeddings."""

from pathlib import Path

from bot.answers.answerer import Answerer
from bot.embeddings.baseline import find_baseline
from bot.embeddings.encoder import Encoder
from bot.embeddings.onnx_encoder import load_encoder
from bot.embeddings.vector_store import VectorStore


class Embedder:
    """Gives answerers meaning; each text is embedded once for all of them."""

    def __init__(self, encoder: Encoder) -> None:
        """Take the encoder of all texts."""
        self._encoder = encoder
        self._baseline = find_baseline(encoder)
        self._store = VectorStore(encoder.dimensions)

    @classmethod
    def load(cls, model: Path) -> "Embedder":
        """Load the model of a folder. Raises ModelError where that cannot be."""
        return cls(load_encoder(model))

    def prepare(self, answerer: Answerer) -> Answerer:
        """Give an answerer that finds passages by words and by meaning."""
        for missing in self._store.find_missing(list(answerer.list_embedded_texts())):
            self._store.add(missing, self._encoder)
        return answerer.with_meaning(self._encoder, self._baseline, self._store)
