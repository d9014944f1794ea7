"""Passages are found by what they mean, beside their words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from word_encoder import DIMENSIONS, WordEncoder

from bot.embeddings.encoder import ModelError
from bot.embeddings.vector_store import VectorStore
from bot.search.index import PassageIndex
from bot.search.meaning import TextRows

SAME = ("truce", "ceasefire", "stillness")
WORDS = (
    "who why what the a signed ferry harbour truce ceasefire stillness Minsk 1999 and not".split()
)
PASSAGES = [
    ["The ceasefire was signed in Minsk.", "It did not hold."],
    ["The ferry left the harbour at noon."],
    ["Two envoys met on the ferry.", "Nobody signed."],
]
TITLES = ["Minsk\nThe agreement", "Ferries", "Ferries"]


def with_meaning(
    passages: list[list[str]], titles: list[str], encoder: WordEncoder | None = None
) -> PassageIndex:
    """Index passages by words and by meaning."""
    encoder = encoder or WordEncoder(SAME)
    store = VectorStore(DIMENSIONS)
    whole = [" ".join(passage) for passage in passages]
    units: list[str] = []
    for passage, title in zip(passages, titles, strict=True):
        units += [*passage, *title.split("\n")]
    for text in store.find_missing([*whole, *units]):
        store.add(text, encoder)
    rows = TextRows(store.freeze(), store.find_rows(whole), store.find_rows(units))
    return PassageIndex(passages, titles).with_meaning(encoder, 0.0, rows)


def test_what_shares_no_word_is_found() -> None:
    """A question without any word that stands there leads to the passage that means the same."""
    by_words = PassageIndex(PASSAGES, TITLES)
    assert by_words.retrieve(by_words.parse("stillness")) == []
    index = with_meaning(PASSAGES, TITLES)
    hits = index.retrieve(index.parse("stillness"))
    assert hits[0].passage == 0
    assert hits[0].matched_concepts == 0
    assert hits[0].cosine is not None
    assert hits[0].score == pytest.approx(hits[0].meaning_score)


def test_without_vectors_nothing_is_said_of_meaning() -> None:
    """Hits by words alone have no cosine, and an index stays as it is where vectors come."""
    index = PassageIndex(PASSAGES, TITLES)
    query = index.parse("who signed?")
    before = index.retrieve(query)
    assert [hit.cosine for hit in before] == [None] * len(before)
    with_meaning(PASSAGES, TITLES)
    assert index.retrieve(query) == before
    assert not index.has_meaning


def test_words_count_as_before() -> None:
    """What meaning does not add to a score is the score by words."""
    index = with_meaning(PASSAGES, TITLES)
    by_words = PassageIndex(PASSAGES, TITLES)
    query = index.parse("Who signed the ceasefire in Minsk?")
    words = {hit.passage: hit for hit in by_words.retrieve(by_words.parse(query.text))}
    for hit in index.retrieve(query):
        by_word = words.get(hit.passage)
        expected = by_word.score if by_word else 0.0
        assert hit.score - hit.meaning_score == pytest.approx(expected)
        if by_word:
            assert hit[2:5] == by_word[2:5]


def test_the_question_is_embedded_with_its_words_mended() -> None:
    """What is compared is what was meant, behind what the conversation was about."""
    index = with_meaning(PASSAGES, TITLES)
    query = index.parse("when did the fery leave the harbuor")
    assert query.text == "when did the ferry leave the harbour"
    assert index.parse("and why?", "the ceasefire").text == "the ceasefire and why?"


def test_the_key_sentence_may_share_no_word() -> None:
    """Of a passage's sentences that is best which means what is asked for."""
    index = with_meaning(PASSAGES, TITLES)
    scores = index.sentence_scores(0, index.parse("stillness"))
    assert scores.argmax() == 0
    assert scores[0] > scores[1]


def test_only_passages_of_the_article_are_found() -> None:
    """Where one article is asked, what is nearer elsewhere is left out."""
    index = with_meaning(PASSAGES, TITLES)
    hits = index.retrieve(index.parse("stillness"), within=range(1, 3))
    assert 0 not in [hit.passage for hit in hits]


def test_what_has_nothing_to_do_with_a_question_is_no_candidate() -> None:
    """A cosine by chance alone finds nothing."""
    index = with_meaning(PASSAGES, TITLES)
    assert index.retrieve(index.parse("zebra crossings")) == []


def test_candidates_are_those_by_words_and_those_by_meaning() -> None:
    """Each way finds at most 25, and both are reranked together."""
    passages = [[f"The truce of {number}."] for number in range(40)]
    passages += [[f"A stillness in {number}."] for number in range(40)]
    index = with_meaning(passages, [""] * 80)
    hits = index.retrieve(index.parse("truce"), 80)
    by_words = [hit for hit in hits if hit.matched_concepts]
    assert 25 <= len(hits) <= 50
    assert len(by_words) >= 25
    assert len({hit.passage for hit in hits}) == len(hits)


class _FailingEncoder(WordEncoder):
    """A model that fails at one question."""

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """Fail at what asks for Minsk."""
        if "minsk" in text.lower() and text.endswith("?"):
            raise ModelError("it fails")
        return super().encode_question(text)


@pytest.mark.parametrize("question", ["Who signed in Minsk?", ""])
def test_what_cannot_be_encoded_is_found_by_words(question: str) -> None:
    """A question at which the model fails, and none at all."""
    index = with_meaning(PASSAGES, TITLES, _FailingEncoder(SAME))
    by_words = PassageIndex(PASSAGES, TITLES)
    query = index.parse(question)
    expected = by_words.retrieve(by_words.parse(question))
    found = index.retrieve(query)
    assert [hit.passage for hit in found] == [hit.passage for hit in expected]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected])
    assert [hit.without_meaning().cosine for hit in found] == [None] * len(found)
    assert all(hit.score <= index.find_max_score(query) for hit in found)
    scores = index.sentence_scores(0, query)
    assert scores.argmax() == by_words.sentence_scores(0, query).argmax()


def test_a_passage_of_nothing_is_as_near_as_nothing() -> None:
    """An empty one has no direction; the others are compared."""
    index = with_meaning([*PASSAGES, [""]], [*TITLES, ""])
    assert [hit.passage for hit in index.retrieve(index.parse("stillness"))] == [0]


SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@settings(deadline=None)
@given(
    passages=st.lists(st.lists(SENTENCES, min_size=1, max_size=3), min_size=1, max_size=8),
    title=st.sampled_from(["", "Minsk", "The truce\n1999"]),
    question=st.lists(st.sampled_from([*WORDS, "zebra", "how many", "trucee"]), max_size=6),
)
def test_no_score_exceeds_the_highest_one(
    passages: list[list[str]], title: str, question: list[str]
) -> None:
    """Whatever is asked of whatever passages; cosines and their part stay within their bounds."""
    index = with_meaning(passages, [title] * len(passages))
    query = index.parse(" ".join(question))
    hits = index.retrieve(query, 100)
    for hit in hits:
        assert 0 <= hit.score <= index.find_max_score(query) * (1 + 1e-9)
        assert hit.cosine is not None
        assert 0 <= hit.cosine <= 1
        assert 0 <= hit.meaning_score <= hit.score + 1e-9
        assert 0 <= hit.missing_name_share <= 1 + 1e-9
    assert [-hit.score for hit in hits] == sorted(-hit.score for hit in hits)
    numbers = range(len(passages))
    together = index.score_sentences(numbers, query)
    alone = [index.sentence_scores(number, query) for number in numbers]
    for one, other in zip(together, alone, strict=True):
        assert np.allclose(one, other, atol=1e-6)
