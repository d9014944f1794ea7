"""A section's sentences into passages: the stretches that are ranked.

A passage is whole sentences of one section, in order, every sentence in exactly one passage. Among all
ways to cut a section the one is taken that leaves its passages fullest and evenest, where a cut inside a
paragraph costs extra (the dynamic programme that typesetters break lines with, Knuth and Plass 1981).
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from bot.articles.model import Passage, Sentence

PASSAGE_WORDS = 80
_CUT_IN_PARAGRAPH = 30**2


def split_passages(paragraphs: Sequence[Sequence[Sentence]]) -> tuple[Passage, ...]:
    """Make passages of at most PASSAGE_WORDS words; a single longer sentence is one by itself."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    paragraph_ends = set(accumulate(len(paragraph) for paragraph in paragraphs))
    sizes = [len(sentence.plain.split()) for sentence in sentences]
    cuts = _best_cuts(sizes, paragraph_ends)
    return tuple(_passage(sentences[begin:end]) for begin, end in pairwise(cuts))


def _best_cuts(sizes: Sequence[int], paragraph_ends: set[int]) -> list[int]:
    """Give the places to cut at, the beginning and the end among them."""
    words = [0, *accumulate(sizes)]
    costs = [0]
    cut_before = [0]
    lowest = 0
    for end in range(1, len(sizes) + 1):
        while words[end] - words[lowest] > PASSAGE_WORDS and lowest < end - 1:
            lowest += 1
        room = max(0, PASSAGE_WORDS - words[end] + words[lowest])
        cost, begin = min(
            (costs[begin] + (room + words[begin] - words[lowest]) ** 2, begin)
            for begin in range(lowest, end)
        )
        costs.append(cost if end in paragraph_ends else cost + _CUT_IN_PARAGRAPH)
        cut_before.append(begin)
    cuts = [len(sizes)]
    while cuts[-1]:
        cuts.append(cut_before[cuts[-1]])
    return cuts[::-1]


def _passage(sentences: Sequence[Sentence]) -> Passage:
    first, last = sentences[0], sentences[-1]
    return Passage(first.file, first.line, first.start, last.end, tuple(sentences))
