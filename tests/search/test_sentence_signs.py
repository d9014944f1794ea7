"""Which types texts may have, told by their pieces."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.encoder import BATCH_SIZE
from bot.search.answer_type import SENTENCE_FORMS, AnswerType, classify_sentence
from bot.search.words import encode_and_count

ENGLISH = get_analyzer("en")
SIGNS = [sign for _, signs, _ in SENTENCE_FORMS for sign in signs]
FORMS = ["It sank on 3 May.", "because", "a lateen IS THE sail", "flour, eggs and milk", "than"]
WORDS = st.sampled_from([*SIGNS, *FORMS, "This", "mill", "Reasons", "Σ", "\n", "İs a", "at  six"])
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=5)


def find_possible(texts: list[str]) -> list[int]:
    """Give the types that texts may have by their form."""
    is_sentence = np.ones(len(texts), dtype=np.bool_)
    possible: list[int] = encode_and_count(texts, is_sentence, ENGLISH).possible_types.tolist()
    return possible


@given(TEXTS)
def test_no_type_of_a_text_is_ruled_out(texts: list[str]) -> None:
    """What may be there holds all that is there, wherever the blanks are."""
    for text, possible in zip(texts, find_possible(texts), strict=True):
        assert classify_sentence(text, possible) == classify_sentence(text)


def test_most_texts_may_have_no_type() -> None:
    """They need not be looked at, and of the others only for some types."""
    plain, compared, empty = find_possible(["Herons nest there.", "They are larger than tugs.", ""])
    assert (plain, empty) == (AnswerType.NONE, AnswerType.NONE)
    assert compared & AnswerType.COMPARISON
    assert not compared & AnswerType.DATE


def test_pieces_that_were_met_before_are_signs_too() -> None:
    """More texts than are taken at once: the last one has no new piece."""
    texts = ["They are larger than tugs."] * (BATCH_SIZE + 1)
    first, *_, last = find_possible(texts)
    assert first == last != AnswerType.NONE
