"""With a model, articles of all languages are found by what they mean, and by words as before."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from word_encoder import DIMENSIONS, WordEncoder

from bot.answers.answerer import Answerer
from bot.articles.library import build
from bot.embeddings.vector_store import VectorStore

FERRIES = """# The ferries

The ferry left the harbour at dawn. Forty skippers sang on the quay until it rained.

## Weather

Fog stops the boats on thirty days of a year.
"""
MILLS = """---
language: de
---
# Die Mühlen

Die Mühle von Lisk wurde im Jahr 1801 gebaut. Ihr Rad ist aus Eichenholz, und es steht seit langem.
"""


@pytest.fixture
def words_alone(tmp_path: Path) -> Answerer:
    """Serve articles of two languages."""
    (tmp_path / "ferries.md").write_text(FERRIES, encoding="utf-8")
    (tmp_path / "mills.md").write_text(MILLS, encoding="utf-8")
    return Answerer(build(tmp_path)[0])


@pytest.fixture
def by_meaning(words_alone: Answerer) -> Answerer:
    """Add vectors of a model to which mist is fog."""
    encoder = WordEncoder(("mist", "fog"))
    return words_alone.with_meaning(encoder, 0.0, embed(words_alone, encoder))


def embed(answerer: Answerer, encoder: WordEncoder) -> VectorStore:
    """Make the vectors of all texts."""
    store = VectorStore(DIMENSIONS)
    for text in store.find_missing(answerer.list_embedded_texts()):
        store.add(text, encoder)
    return store


def test_what_is_meant_is_found(by_meaning: Answerer) -> None:
    """A passage that has no word of the question may be the nearest."""
    assert by_meaning.has_meaning
    answer = by_meaning.answer("on how many days is there mist")
    assert answer.quotes[0].key.plain.startswith("Fog stops")


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("how many skippers sang", "Forty skippers sang"),
        ("wann wurde die Mühle gebaut", "Die Mühle von Lisk"),
    ],
)
def test_words_are_found_with_a_model_and_without(
    words_alone: Answerer, by_meaning: Answerer, question: str, key: str
) -> None:
    """The answerer without a model stays as it was."""
    assert not words_alone.has_meaning
    for answerer in (words_alone, by_meaning):
        assert answerer.answer(question).quotes[0].key.plain.startswith(key)


class _WrongEncoder(WordEncoder):
    """A model that gives what is no number."""

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """Give no direction."""
        return np.full_like(super().encode_question(text), np.nan)


def test_what_a_wrong_model_makes_is_not_sound(words_alone: Answerer, by_meaning: Answerer) -> None:
    """It is noticed before anything is answered from it."""
    store = embed(words_alone, WordEncoder())
    assert by_meaning.is_sound()
    assert not words_alone.with_meaning(_WrongEncoder(), 0.0, store).is_sound()


def test_passages_of_small_words_are_sound(tmp_path: Path) -> None:
    """Nothing of them can be looked up."""
    (tmp_path / "a.md").write_text("# T\n\n## A\n\nIt is what it is.\n", encoding="utf-8")
    assert Answerer(build(tmp_path)[0]).is_sound()
