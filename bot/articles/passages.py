"""A section's sentences into passages: the stretches that are ranked.

A passage is whole sentences of one section, in order, every sentence in exactly one passage. Among all
ways to cut a section the one is taken that leaves its passages fullest and evenest, where a cut inside a
paragraph costs extra (the dynamic programme that typesetters break lines with, Knuth and Plass 1981).
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.articles.model import Passage, Sentence

PASSAGE_WORDS = 80
_CUT_IN_PARAGRAPH = 30**2


def split_passages(paragraphs: Sequence[Sequence[Sentence]]) -> tuple[Passage, ...]:
    """Make passages of at most PASSAGE_WORDS words; a single longer sentence is one by itself."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    paragraph_ends: set[int] = set()
    for paragraph in paragraphs:
        paragraph_ends.add(len(paragraph) + max(paragraph_ends, default=0))
    sizes = [len(sentence.plain.split()) for sentence in sentences]
    cuts = _best_cuts(sizes, paragraph_ends)
    return tuple(_passage(sentences[begin:end]) for begin, end in pairwise(cuts))


def _best_cuts(sizes: Sequence[int], paragraph_ends: set[int]) -> list[int]:
    """Give the places to cut at, the beginning and the end among them."""
    costs = [0.0]
    cut_before = [0]
    for end in range(1, len(sizes) + 1):
        extra = 0 if end in paragraph_ends else _CUT_IN_PARAGRAPH
        words = 0
        choices = []
        for begin in range(end - 1, -1, -1):
            words += sizes[begin]
            if words > PASSAGE_WORDS and begin < end - 1:
                break
            slack = max(0, PASSAGE_WORDS - words)
            choices.append((costs[begin] + slack**2 + extra, begin))
        cost, begin = min(choices)
        costs.append(cost)
        cut_before.append(begin)
    cuts = [len(sizes)]
    while cuts[-1]:
        cuts.append(cut_before[cuts[-1]])
    return cuts[::-1]


def _passage(sentences: Sequence[Sentence]) -> Passage:
    first, last = sentences[0], sentences[-1]
    return Passage(first.file, first.line, first.start, last.end, tuple(sentences))
