"""Passages: every sentence once, at most 80 words, cut at the best places."""

from itertools import accumulate, chain, combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.model import Sentence
from bot.articles.passages import split_passages


def _paragraphs(sizes: list[list[int]]) -> list[list[Sentence]]:
    """Make paragraphs of sentences of so many words."""
    return [
        [Sentence("a.md", 1, 0, 1, "w", " ".join(["w"] * size)) for size in paragraph]
        for paragraph in sizes
    ]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 120), min_size=1, max_size=12), max_size=8))
def test_every_sentence_is_in_one_passage_of_80_words(sizes: list[list[int]]) -> None:
    """Passages hold all sentences in order, and more than 80 words only where one sentence does."""
    paragraphs = _paragraphs(sizes)
    passages = split_passages(paragraphs)
    kept = list(chain.from_iterable(passage.sentences for passage in passages))
    assert all(
        one is other for one, other in zip(kept, chain.from_iterable(paragraphs), strict=True)
    )
    assert all(
        len(passage.plain.split()) <= 80 or len(passage.sentences) == 1 for passage in passages
    )


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 90), min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_other_cut_is_better(sizes: list[list[int]]) -> None:
    """Of all ways to cut a section none has a lower cost: unused words squared, 900 for a cut in a
    paragraph.
    """
    flat = list(chain.from_iterable(sizes))
    paragraph_ends = set(accumulate(len(paragraph) for paragraph in sizes))

    def cost(cuts: tuple[int, ...]) -> int:
        total = 0
        for begin, end in pairwise((0, *cuts, len(flat))):
            words = sum(flat[begin:end])
            if words > 80 and end - begin > 1:
                return 10**9
            total += max(0, 80 - words) ** 2 + (0 if end in paragraph_ends else 900)
        return total

    inner = range(1, len(flat))
    best = min(cost(cuts) for count in range(len(flat)) for cuts in combinations(inner, count))
    ends = list(
        accumulate(len(passage.sentences) for passage in split_passages(_paragraphs(sizes)))
    )
    assert cost(tuple(ends[:-1])) == best


def test_a_paragraph_is_kept_together_where_it_fits() -> None:
    """Two paragraphs of 50 words are two passages, not one and a half."""
    assert [
        len(passage.sentences) for passage in split_passages(_paragraphs([[25, 25], [25, 25]]))
    ] == [2, 2]


def test_a_section_of_a_hundred_thousand_paragraphs_is_cut() -> None:
    """The work grows with the section, not with its square."""
    assert len(split_passages(_paragraphs([[40]] * 100_000))) == 50_000
