"""BM25Index against the library that it replaces: rank_bm25 itself says what every score must
be.
"""

import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.articles.library import build
from bot.search import BM25Index
from bot.search.analysis.analyzer import Analyzer

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"

Texts = list[list[str]]

# Few different terms, so that they meet; the questions know two more that stand in no text.
texts_of_any_size: st.SearchStrategy[Texts] = st.lists(
    st.lists(st.sampled_from("abcdefgh"), max_size=12), max_size=12
)
texts_with_a_term = texts_of_any_size.filter(any)
questions = st.lists(st.sampled_from("abcdefghyz"), max_size=10)


class OracleOkapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 is not typed
    """The library's own scoring with the one intended difference, the weight of a term."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Weigh as Lucene does: positive for every collection."""
        self.idf = {
            term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()
        }


def oracle_ranking(oracle: OracleOkapi, query: Sequence[str], k: int) -> list[int]:
    """Sort all texts that score at all by (-score, number)."""
    scores = oracle.get_scores(query).tolist()
    found = [number for number, score in enumerate(scores) if score > 0]
    return sorted(found, key=lambda number: (-round(scores[number], 9), number))[:k]


def agrees_with_the_oracle(
    index: BM25Index, oracle: OracleOkapi, query: Sequence[str], k: int
) -> bool:
    """Compare the numbers that ``search`` gives with the oracle's order, and the scores with its
    scores.

    Sums that differ in the last bit only may change places.
    """
    found = index.search(query, k)
    scores = oracle.get_scores(query)
    expected = oracle_ranking(oracle, query, k)
    return (
        np.allclose([score for _, score in found], scores[expected], rtol=0, atol=1e-9)
        and np.allclose(
            [score for _, score in found],
            scores[[number for number, _ in found]],
            rtol=0,
            atol=1e-9,
        )
        and len({number for number, _ in found}) == len(expected)
    )


@pytest.fixture(scope="module")
def real() -> tuple[Texts, Texts]:
    """Give the passages of the shipped articles, and all their sentences, as terms."""
    terms = Analyzer()
    library, _ = build(KNOWLEDGE)
    passages = [passage for _, _, passage in library.passages()]
    sentences = [sentence.plain for passage in passages for sentence in passage.sentences]
    return [terms.analyze(passage.plain) for passage in passages], [
        terms.analyze(sentence) for sentence in sentences
    ]


def test_it_is_a_bm25okapi() -> None:
    """Whoever expects rank_bm25's class is served."""
    index = BM25Index([["a", "b"], ["b"]])
    assert isinstance(index, BM25Okapi)
    assert (index.k1, index.b, index.corpus_size, index.avgdl) == (1.5, 0.75, 2, 1.5)
    assert list(index.doc_len) == [2, 1]


@given(
    texts_with_a_term,
    questions,
    st.floats(min_value=0.01, max_value=5),
    st.floats(min_value=0, max_value=0.99),
)
@example([["a"]], ["a"], 1.5, 0.75)
@example([["a"], ["b"]], ["a"], 1.5, 0.75)
@example([["a"], [], ["a", "a", "b"], []], ["a", "z", "a"], 1.5, 0.75)
@settings(deadline=None)
def test_scores_are_those_of_the_library(
    texts: Texts, query: list[str], k1: float, b: float
) -> None:
    """Every score is the library's, whatever the texts, the question, k1 and b."""
    index, oracle = BM25Index(texts, k1=k1, b=b), OracleOkapi(texts, k1=k1, b=b)
    np.testing.assert_allclose(index.get_scores(query), oracle.get_scores(query), rtol=0, atol=1e-9)


@given(texts_with_a_term)
@settings(deadline=None)
def test_term_weights_are_lucenes(texts: Texts) -> None:
    """The weights stand in ``idf`` under the same terms as in the library."""
    assert BM25Index(texts).idf == pytest.approx(OracleOkapi(texts).idf, abs=1e-12)


@given(texts_with_a_term, questions, st.data())
@settings(deadline=None)
def test_batch_scores_are_those_of_the_library(
    texts: Texts, query: list[str], data: st.DataObject
) -> None:
    """The scores of chosen texts come in the order asked for, as in the library."""
    numbers = data.draw(st.lists(st.integers(min_value=0, max_value=len(texts) - 1), max_size=20))
    expected = OracleOkapi(texts).get_batch_scores(query, numbers) if numbers else []
    scores = BM25Index(texts).get_batch_scores(query, numbers)
    assert scores == pytest.approx(expected, abs=1e-9)
    assert all(type(score) is float for score in scores)


@given(texts_with_a_term, questions, st.integers(min_value=0, max_value=15))
@settings(deadline=None)
def test_search_gives_the_best_by_the_librarys_scores(
    texts: Texts, query: list[str], k: int
) -> None:
    """What is found is what sorting the library's scores gives, without the zeros."""
    assert agrees_with_the_oracle(BM25Index(texts), OracleOkapi(texts), query, k)


def test_the_real_collection_scores_as_in_the_library(real: tuple[Texts, Texts]) -> None:
    """On the shipped articles every sentence of theirs, as a question, scores every passage as the
    library does.
    """
    texts, sentences = real
    index, oracle = BM25Index(texts), OracleOkapi(texts)
    assert len(sentences) > 100
    for sentence in sentences:
        scores = oracle.get_scores(sentence)
        np.testing.assert_allclose(index.get_scores(sentence), scores, rtol=0, atol=1e-9)
        numbers = list(range(len(texts) - 1, -1, -3))
        np.testing.assert_allclose(
            index.get_batch_scores(sentence, numbers), scores[numbers], rtol=0, atol=1e-9
        )


def test_the_real_collection_is_ranked_as_by_the_library(real: tuple[Texts, Texts]) -> None:
    """On the shipped articles the library's scores and ``search`` lead to the same texts in the
    same order, but for sums that differ in the last bit only.
    """
    texts, sentences = real
    index, oracle = BM25Index(texts), OracleOkapi(texts)
    names = [f"text {number}" for number in range(len(texts))]
    for sentence in sentences:
        assert agrees_with_the_oracle(index, oracle, sentence, 10)
        found = [number for number, _ in index.search(sentence, 10)]
        assert index.get_top_n(sentence, names, 10) == [names[number] for number in found]


@pytest.mark.parametrize("query", [["a"], ["b"], ["a", "b"], ["b", "c", "a"]])
def test_texts_of_equal_score_stand_in_their_order(query: list[str]) -> None:
    """Equal texts are found in the order in which they were given, however many are wanted."""
    index = BM25Index([["a", "b"], ["c"], ["b", "a"], ["a", "b"], [], ["b", "a"]])
    alike = [number for number, _ in index.search(query) if number != 1]
    assert alike == [0, 2, 3, 5]
    for k in range(8):
        assert index.search(query, k) == index.search(query, 100)[:k]


def test_many_ties_are_cut_off_by_number() -> None:
    """Of a hundred equal texts the first ones are found."""
    index = BM25Index([["a", "b"]] * 100 + [["a"]])
    assert [number for number, _ in index.search(["a"], 4)] == [100, 0, 1, 2]


@pytest.mark.parametrize(("k", "count"), [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 2), (1_000_000, 2)])
def test_never_more_than_k_are_found(k: int, count: int) -> None:
    """No more than ``k`` texts are found, and none that holds no term of the question."""
    index = BM25Index([["a"], ["b"], ["a", "b"]])
    assert len(index.search(["a"], k)) == count
    assert len(index.get_top_n(["a"], ["x", "y", "z"], k)) == count


def test_ten_are_found_and_five_given_unless_told_otherwise() -> None:
    """The defaults are ten hits, and the library's five for ``get_top_n``."""
    index = BM25Index([["a"]] * 12)
    assert len(index.search(["a"])) == 10
    assert index.get_top_n(["a"], list("qrstuvwxyzab")) == list("qrstu")


def test_what_does_not_match_is_not_found() -> None:
    """A question without a known term finds nothing, where the library gives its last texts."""
    index = BM25Index([["a"], ["b"]])
    assert index.search([]) == []
    assert index.search(["unknown"]) == []
    assert index.get_top_n(["unknown"], ["x", "y"]) == []


def test_documents_must_be_those_of_the_index() -> None:
    """A list of another length than the collection's is refused."""
    with pytest.raises(ValueError, match="3 documents were given, 2 are indexed"):
        BM25Index([["a"], ["b"]]).get_top_n(["a"], ["x", "y", "z"])


@pytest.mark.parametrize("texts", [[], [[]], [[], [], []]])
def test_an_empty_collection_can_be_asked(texts: Texts) -> None:
    """Where there is nothing, nothing is found, and nothing fails."""
    index = BM25Index(texts)
    assert index.get_scores(["a"]).tolist() == [0.0] * len(texts)
    assert index.get_scores([]).tolist() == [0.0] * len(texts)
    assert index.get_batch_scores(["a"], []) == []
    assert index.search(["a"]) == []
    assert index.get_top_n(["a"], [""] * len(texts)) == []


@pytest.mark.parametrize(
    ("texts", "best"),
    [
        ([["a"]], 0),
        ([["a"], ["b"]], 0),
        ([["b"], ["a"]], 1),
        ([["a"], ["a"]], 0),
        ([["a"], ["b"], ["c"], ["a"]], 0),
    ],
    ids=["one text", "one of two", "the other of two", "both of two", "half of four"],
)
def test_a_word_counts_in_the_smallest_collections(texts: Texts, best: int) -> None:
    """A text is found by its own word where the library scores it zero or less."""
    assert BM25Okapi(texts).get_scores(["a"])[best] <= 0
    assert BM25Index(texts).search(["a"])[0][0] == best


def test_texts_may_be_split_by_a_function_of_the_callers() -> None:
    """A ``tokenizer`` is called in this process, once a text; one that cannot be sent to another
    will do.
    """
    seen: list[str] = []

    def split(text: str) -> list[str]:
        seen.append(text)
        return text.split()

    index = BM25Index(["a b", "", "b c"], split)
    assert seen == ["a b", "", "b c"]
    assert (
        index.get_scores(["b"]).tolist()
        == BM25Index([["a", "b"], [], ["b", "c"]]).get_scores(["b"]).tolist()
    )


def test_no_other_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's pool of processes is never opened."""

    def refuse(*_: object) -> None:
        raise AssertionError("a pool of processes was opened")

    monkeypatch.setattr("rank_bm25.Pool", refuse)
    assert [number for number, _ in BM25Index(["a b", "b c"], str.split).search(["c"])] == [1]


def test_the_librarys_scoring_is_never_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """No question is scored text by text, nor any dictionary kept for a text."""

    def refuse(*_: object) -> None:
        raise AssertionError("the library's own scoring was called")

    for name in (
        "get_scores",
        "get_batch_scores",
        "get_top_n",
        "_initialize",
        "_calc_idf",
        "_tokenize_corpus",
    ):
        monkeypatch.setattr(BM25Okapi, name, refuse)
    index = BM25Index(["a b", "b c"], str.split)
    assert index.doc_freqs == []
    assert [number for number, _ in index.search(["c", "b"])] == [1, 0]
    assert index.get_top_n(["a"], ["x", "y"]) == ["x"]
    assert index.get_batch_scores(["c"], [0]) == [0.0]


def test_texts_and_questions_may_be_streams() -> None:
    """Both are read once, so that a generator will do."""

    def stream() -> Iterable[list[str]]:
        yield ["a", "b"]
        yield ["b"]

    assert BM25Index(stream()).search(term for term in ["a", "b"]) == BM25Index(
        [["a", "b"], ["b"]]
    ).search(["a", "b"])


@given(
    texts_of_any_size,
    questions,
    st.floats(min_value=0, max_value=5),
    st.floats(min_value=0, max_value=1),
)
@settings(deadline=None)
def test_scores_are_finite_and_never_negative(
    texts: Texts, query: list[str], k1: float, b: float
) -> None:
    """Law: one score a text, float64, finite, zero or more, at the ends of the ranges of k1 and b
    as well.
    """
    scores = BM25Index(texts, k1=k1, b=b).get_scores(query)
    assert scores.dtype == np.float64
    assert scores.shape == (len(texts),)
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()


@given(texts_of_any_size, questions)
@settings(deadline=None)
def test_a_text_that_matches_stands_before_one_that_does_not(
    texts: Texts, query: list[str]
) -> None:
    """Law: exactly the texts that share a term with the question are found."""
    found = {number for number, _ in BM25Index(texts).search(query, len(texts))}
    assert found == {number for number, text in enumerate(texts) if set(text) & set(query)}


@given(
    texts_of_any_size, questions, st.lists(st.sampled_from("mnop"), max_size=12), st.integers(0, 12)
)
@settings(deadline=None)
def test_an_unrelated_text_takes_nothing_away(
    texts: Texts, query: list[str], unrelated: list[str], place: int
) -> None:
    """Law: what was found is found still when a text of other words comes in, wherever it
    stands.
    """
    more = [*texts[:place], unrelated, *texts[place:]]
    before = [texts[number] for number, _ in BM25Index(texts).search(query, len(texts))]
    after = [more[number] for number, _ in BM25Index(more).search(query, len(more))]
    assert sorted(after) == sorted(before)


@given(texts_of_any_size, questions)
@settings(deadline=None)
def test_the_order_is_the_same_in_every_build(texts: Texts, query: list[str]) -> None:
    """Law: two builds of the same texts give the same numbers and the same scores, to the bit."""
    assert BM25Index(texts).search(query) == BM25Index(texts).search(query)


@given(texts_with_a_term, questions, st.integers(min_value=2, max_value=4))
@settings(deadline=None)
def test_a_repeated_term_counts_as_often(texts: Texts, query: list[str], times: int) -> None:
    """Law: a question that is repeated scores as many times as high."""
    index = BM25Index(texts)
    np.testing.assert_allclose(
        index.get_scores(query * times), index.get_scores(query) * times, atol=1e-9
    )


@given(texts_of_any_size)
@settings(deadline=None)
def test_a_rarer_term_weighs_more(texts: Texts) -> None:
    """Law: weights fall with the number of texts that hold the term; that of an unknown one is the
    highest.
    """
    index = BM25Index(texts)
    holders = {term: sum(term in text for text in texts) for text in texts for term in text}
    by_weight = sorted(holders, key=index.term_idf, reverse=True)
    assert [holders[term] for term in by_weight] == sorted(holders.values())
    assert all(0 < index.term_idf(term) < index.term_idf("unknown") for term in holders)


def test_an_unknown_term_weighs_more_than_any_known_one() -> None:
    """One that stands in a single text is the next."""
    index = BM25Index([["mill", "wheel"], ["mill"]])
    assert index.term_idf("unknown") > index.term_idf("wheel") > index.term_idf("mill")
    assert index.document_frequency("unknown") == 0
    assert index.idf == {term: index.term_idf(term) for term in ("mill", "wheel")}


def test_a_large_collection_is_scored_as_by_the_library() -> None:
    """A thousand texts with words of natural frequency score as in the library (seeded)."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    texts = [
        [str(int(chance.paretovariate(0.7))) for _ in range(chance.randrange(60))]
        for _ in range(1_000)
    ]
    index, oracle = BM25Index(texts), OracleOkapi(texts)
    for query in texts[:25]:
        np.testing.assert_allclose(
            index.get_scores(query), oracle.get_scores(query), rtol=0, atol=1e-9
        )
        assert agrees_with_the_oracle(index, oracle, query, 20)
