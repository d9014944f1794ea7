"""What is left out of a large collection changes nothing: the best texts are those of scoring
everything.
"""

import random
import threading
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search import BM25Index

Hits = list[tuple[int, float]]


class PrunedIndex(BM25Index):
    """An index that leaves out what it can in collections of any size, by every means that it
    has.
    """

    exhaustive_limit: ClassVar[int] = 0
    bound_rank: ClassVar[int] = 3
    short_list: ClassVar[int] = 2
    trial_size: ClassVar[int] = 4


def score_everything(index: BM25Index, weights: Mapping[str, float], k: int) -> Hits:
    """Sort all texts that score at all by (-score, number)."""
    scores = index.get_weighted_scores(weights).tolist()
    found = sorted((-score, number) for number, score in enumerate(scores) if score > 0)
    return [(number, -score) for score, number in found[:k]]


def find(index: BM25Index, weights: Mapping[str, float], k: int) -> Hits:
    """Find the best texts."""
    numbers, scores = index.top_k(weights, k)
    return list(zip(numbers.tolist(), scores.tolist(), strict=True))


def natural_texts(chance: random.Random, count: int) -> list[list[str]]:
    """Make texts of words with natural frequencies, some of them twice."""
    texts = [
        [str(int(chance.paretovariate(0.6))) for _ in range(chance.randrange(40))]
        for _ in range(count)
    ]
    return [
        chance.choice(texts[:at] or texts) if chance.random() < 0.2 else text
        for at, text in enumerate(texts)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_best_are_those_of_scoring_everything(seed: int) -> None:
    """The same texts, the same scores, ties by number, whatever is asked for and however many are
    wanted.
    """
    chance = random.Random(seed)  # noqa: S311 (no secret)
    texts = natural_texts(chance, 400)
    index = PrunedIndex(texts)
    words = sorted({word for text in texts for word in text})
    for _ in range(150):
        common = [str(chance.randrange(1, 30)) for _ in range(chance.randrange(6))]
        question = [*common, *chance.sample(words, chance.randrange(1, 6)), "unknown"]
        weights = {word: chance.choice([1, 1, 2, 0.35, 7.5]) for word in question}
        for k in (1, 3, 10, 25, 1_000):
            assert find(index, weights, k) == score_everything(index, weights, k)
    assert index.search(["1", "1", "7"], 5) == score_everything(index, {"1": 2, "7": 1}, 5)


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), max_size=30),
    st.dictionaries(st.sampled_from("abcdefghyz"), st.floats(0.01, 100), max_size=10),
    st.integers(-1, 12),
)
@settings(deadline=None)
def test_the_smallest_and_strangest_collections_too(
    texts: Sequence[Sequence[str]], weights: Mapping[str, float], k: int
) -> None:
    """Empty ones, ties everywhere, nothing asked for, nothing wanted."""
    index = PrunedIndex(texts)
    assert find(index, weights, k) == score_everything(index, weights, max(k, 0))


def test_scores_are_those_of_a_small_collection() -> None:
    """How much is left out, and how scores are kept, is not seen in them."""
    texts = natural_texts(random.Random(1), 300)  # noqa: S311 (no secret)
    pruned, whole = PrunedIndex(texts), BM25Index(texts)
    for text in texts[:100]:
        assert pruned.search(text) == whole.search(text)
        assert pruned.get_scores(text).tolist() == whole.get_scores(text).tolist()
        for term in text[:3]:
            for ours, theirs in zip(pruned.postings(term), whole.postings(term), strict=True):
                np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(("k1", "b"), [(0.0, 0.75), (1.5, 1.0), (1.5, 0.0), (5.0, 1.0)])
def test_at_the_ends_of_the_ranges_of_k1_and_b(k1: float, b: float) -> None:
    """Where counts or lengths do not matter, too."""
    texts = natural_texts(random.Random(4), 200)  # noqa: S311 (no secret)
    index = PrunedIndex(texts, k1=k1, b=b)
    for text in texts[:50]:
        weights = dict.fromkeys(text, 1.0)
        assert find(index, weights, 10) == score_everything(index, weights, 10)


def test_a_term_too_many_is_no_matter() -> None:
    """A question of thousands of terms is scored as a whole."""
    index = PrunedIndex([[str(number), str(number // 2)] for number in range(3_000)])
    question = dict.fromkeys(map(str, range(2_500)), 1.0)
    assert find(index, question, 10) == score_everything(index, question, 10)


def test_what_is_nearly_best_is_among_the_best() -> None:
    """By numbers of terms; ascending; not more than are wanted."""
    texts = natural_texts(random.Random(2), 500)  # noqa: S311 (no secret)
    for index in (PrunedIndex(texts), BM25Index(texts)):
        for text in filter(None, texts[:100]):
            weights = dict.fromkeys(text, 0.7)
            numbers = np.array([index.vocabulary[term] for term in weights])
            found = index.approximate_top_k(numbers, np.full(len(numbers), 0.7), 8).tolist()
            assert found == sorted(found)
            best = score_everything(index, weights, 500)
            assert len(found) == min(8, len(best))
            least = best[len(found) - 1][1]
            scores = dict(best)
            assert all(scores[number] > least * 0.999 for number in found)


def test_several_threads_may_ask_at_once() -> None:
    """What one question leaves behind is not in the way of another."""
    texts = natural_texts(random.Random(3), 2_000)  # noqa: S311 (no secret)
    index = PrunedIndex(texts)
    questions = [dict.fromkeys(text, 1.0) for text in texts[:60] if text]
    expected = [score_everything(index, question, 10) for question in questions]
    wrong: list[int] = []

    def ask() -> None:
        for _ in range(5):
            for at, question in enumerate(questions):
                if find(index, question, 10) != expected[at]:
                    wrong.append(at)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
