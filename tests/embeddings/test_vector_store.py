"""Vectors of texts are kept in few bytes, once a text, and come back as they were."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from word_encoder import DIMENSIONS, WordEncoder

from bot.array_file import DamagedError
from bot.embeddings.vector_store import VectorStore

TEXTS = [f"the {name} left harbour {number}" for name in ("ferry", "pilot") for number in range(9)]


def fill(texts: list[str]) -> tuple[VectorStore, WordEncoder]:
    """Embed all texts that are missing."""
    encoder = WordEncoder()
    store = VectorStore(DIMENSIONS)
    for text in store.find_missing(texts):
        store.add(text, encoder)
    return store, encoder


@given(st.lists(st.text(max_size=20), max_size=20))
def test_each_text_has_its_vector(texts: list[str]) -> None:
    """Within a hundredth of what the encoder gives, and each text is encoded once."""
    store, encoder = fill([*texts, *texts])
    assert sorted(encoder.encoded) == sorted(set(texts))
    vectors = store.freeze()
    unpacked = vectors.unpack(store.find_rows(texts))
    for text, vector in zip(texts, unpacked, strict=True):
        exact = encoder.encode_question(text)
        assert vector @ exact == pytest.approx(exact @ exact, abs=0.01)
    assert not store.find_missing(texts)
    assert len(store) == len(set(texts))


def test_many_texts_fill_several_blocks() -> None:
    """Whatever the number of rows, and in whichever order they come."""
    texts = [f"text {number}" for number in range(9_000)]
    store, encoder = fill(texts)
    rows = store.find_rows(texts[::-1])
    last = store.freeze().unpack(rows[-1:])[0]
    assert last @ encoder.encode_question(texts[0]) > 0.99
    assert len(set(rows.tolist())) == len(texts)


def test_what_is_packed_comes_back() -> None:
    """The same rows for the same texts, to the last bit, before anything is added and after."""
    store, encoder = fill(TEXTS)
    again = VectorStore.unpack(store.pack(), DIMENSIONS)
    assert not again.find_missing(TEXTS)
    again.add("another", encoder)
    rows, old_rows = again.find_rows(TEXTS), store.find_rows(TEXTS)
    assert np.array_equal(again.freeze().unpack(rows), store.freeze().unpack(old_rows))


def test_what_is_not_wanted_is_forgotten() -> None:
    """The others keep their vectors."""
    store, encoder = fill(TEXTS)
    store.keep_only(TEXTS)
    assert len(store) == len(TEXTS)
    store.keep_only(TEXTS[:5])
    assert len(store) == 5
    assert store.find_missing(TEXTS) == TEXTS[5:]
    vector = store.freeze().unpack(store.find_rows(TEXTS[2:3]))[0]
    assert vector @ encoder.encode_question(TEXTS[2]) > 0.99


Arrays = dict[str, NDArray[Any]]


@pytest.mark.parametrize(
    "forge",
    [
        lambda arrays: {"texts": arrays["texts"]},
        lambda arrays: {**arrays, "texts": arrays["texts"][::-1]},
        lambda arrays: {**arrays, "texts": arrays["texts"][[0] * len(arrays["texts"])]},
        lambda arrays: {**arrays, "texts": arrays["texts"][1:]},
        lambda arrays: {**arrays, "texts": arrays["texts"].astype(np.int64)},
        lambda arrays: {**arrays, "codes": arrays["codes"][:, 1:]},
        lambda arrays: {**arrays, "codes": arrays["codes"].astype(np.float32)},
        lambda arrays: {**arrays, "codes": arrays["codes"].reshape(-1)},
    ],
)
def test_arrays_that_it_can_not_have_made_are_refused(forge: Callable[[Arrays], Arrays]) -> None:
    """A text twice or out of place, other dimensions, other types."""
    store, _ = fill(TEXTS)
    with pytest.raises(DamagedError):
        VectorStore.unpack(forge(store.pack()), DIMENSIONS)
