"""Postings against plain counting: who holds which term, how often."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.array_file import DamagedError
from bot.search import postings as postings_module
from bot.search.postings import Postings

VOCABULARY = 6
documents = st.lists(st.lists(st.integers(0, VOCABULARY - 1), max_size=9), max_size=12).map(
    # Every term has to stand somewhere, as in a vocabulary that was made of the documents.
    lambda some: [*some, list(range(VOCABULARY))]
)


def build(texts: list[list[int]]) -> Postings:
    """Build postings of documents given as term ids."""
    return Postings.build(*rows(texts), VOCABULARY)


def rows(
    texts: list[list[int]],
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int32]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Give the term ids of all documents in a row, and how many each has."""
    stream = np.array([term for text in texts for term in text], dtype=np.int32)
    return stream, np.array([len(text) for text in texts], dtype=np.int64)


@pytest.mark.parametrize("block_tokens", [1, 3, 1 << 20])
@given(texts=documents)
def test_each_list_holds_its_documents(block_tokens: int, texts: list[list[int]]) -> None:
    """Law: ascending, with frequencies, a sentinel behind; whatever blocks they are made in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings_module, "BLOCK_TOKENS", block_tokens)
        postings = build(texts)
        for term in range(VOCABULARY):
            place = postings.find_list(term)
            counts = [(at, Counter(text)[term]) for at, text in enumerate(texts) if term in text]
            found = zip(
                postings.doc_ids[place].tolist(), postings.term_freqs[place].tolist(), strict=True
            )
            assert list(found) == counts
            assert (
                postings.document_frequency(term)
                == postings.document_frequencies()[term]
                == len(counts)
            )
            sentinel = postings.find_list_with_sentinel(term).stop - 1
            assert (postings.doc_ids[sentinel], postings.term_freqs[sentinel]) == (len(texts), 0)
        assert postings.is_in_order()
        assert postings.is_made_of(*rows(texts))


@given(documents, st.data())
def test_lists_of_other_documents_are_refused(texts: list[list[int]], data: st.DataObject) -> None:
    """Law: one term more, less, or in another document's place."""
    changed = [list(text) for text in texts]
    at = data.draw(st.integers(0, len(texts) - 1))
    changed[at] = data.draw(st.lists(st.integers(0, VOCABULARY - 1), max_size=9))
    packed = build(texts).pack()
    if all(Counter(one) == Counter(other) for one, other in zip(texts, changed, strict=True)):
        assert Postings.unpack(packed, *rows(changed)).is_in_order()
    else:
        with pytest.raises(DamagedError):
            Postings.unpack(packed, *rows(changed))
