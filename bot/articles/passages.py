"""A section's sentences into passages: the stretches that are ranked.

In: sentences by paragraph. Out: passages of whole sentences, in order, every sentence in exactly
one. A unit (``units``) stays whole while it fits on a card. Among all ways to cut a section, the
one is taken that leaves its passages fullest and evenest. A cut inside a paragraph costs extra.
The method is the dynamic programme that typesetters break lines with (Knuth and Plass, "Breaking
paragraphs into lines", 1981).
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from bot.articles.model import Passage, Sentence
from bot.articles.units import find_units

# A quotation may have as many words.
PASSAGE_WORDS = 80
# A list, a block of code or an admonition is read on one card up to this length.
UNIT_WORDS = 240
UNIT_LINES = 30
# A passage has no more: sentences of one or two words are no prose.
_PASSAGE_SENTENCES = 16
# As much as a passage with 30 unused words: it is worth that much to end with a paragraph.
_CUT_IN_PARAGRAPH = 30**2


def split_passages(paragraphs: Sequence[Sequence[Sentence]]) -> tuple[Passage, ...]:
    """Make passages of at most PASSAGE_WORDS words; a single longer sentence is one by itself.

    A unit is never cut while it has at most UNIT_WORDS words in at most UNIT_LINES sentences. The
    parts of a longer one keep what announces it as their context.
    """
    sentences: list[Sentence] = []
    paragraph_ends: set[int] = set()  # numbers of sentences up to the end of a paragraph
    for paragraph in paragraphs:
        sentences += paragraph
        paragraph_ends.add(len(sentences))
    units = find_units(sentences)
    # An atom is a sentence, or a unit that is not cut. These are where atoms begin and end.
    borders = [*_find_atom_starts(sentences, units), len(sentences)]
    word_counts = []
    last_atoms: set[int] = set()  # numbers of atoms up to the end of a paragraph
    for number, (begin, end) in enumerate(pairwise(borders), 1):
        word_counts.append(_count_words(sentences[begin:end]))
        if end in paragraph_ends:
            last_atoms.add(number)
    cuts = [borders[cut] for cut in _find_best_cuts(word_counts, last_atoms)]
    contexts = _find_contexts(sentences, units)
    passages = []
    for begin, end in pairwise(cuts):
        context = contexts.get(begin, "")
        passages.append(_make_passage(sentences[begin:end], context))
    return tuple(passages)


def fits_whole(unit: Sequence[Sentence]) -> bool:
    """Say whether a unit is short enough to be ranked and quoted whole."""
    return len(unit) <= UNIT_LINES and _count_words(unit) <= UNIT_WORDS


def _find_atom_starts(sentences: Sequence[Sentence], units: Sequence[range]) -> list[int]:
    """Give where what may not be cut begins: a sentence, or a unit that fits whole.

    Rows of a table may always be parted: each of them names its columns.
    """
    inside: set[int] = set()
    for unit in units:
        is_table = sentences[unit[-1]].form.kind == "row"
        if not is_table and fits_whole(sentences[unit.start : unit.stop]):
            inside.update(unit[1:])
    return [position for position in range(len(sentences)) if position not in inside]


def _find_contexts(sentences: Sequence[Sentence], units: Sequence[range]) -> dict[int, str]:
    """Give what announces a unit, by the positions of its further sentences."""
    contexts = {}
    for unit in units:
        first = sentences[unit.start]
        is_announced = first.form.kind in ("paragraph", "title")
        if is_announced:
            contexts.update(dict.fromkeys(unit[1:], first.plain))
    return contexts


def _count_words(sentences: Sequence[Sentence]) -> int:
    return sum(len(sentence.plain.split()) for sentence in sentences)


def _find_best_cuts(word_counts: Sequence[int], paragraph_ends: set[int]) -> list[int]:
    """Give the places to cut at, as numbers of atoms before them, 0 and all among them."""
    words_before = [0, *accumulate(word_counts)]
    lowest_costs = [0]  # of the best cuts up to each place
    cuts_before = [0]  # the last cut before each place, of these
    first_begin = 0  # of the longest passage that ends at the place
    for end in range(1, len(word_counts) + 1):
        least_words_before = words_before[end] - PASSAGE_WORDS
        while words_before[first_begin] < least_words_before and first_begin < end - 1:
            first_begin += 1
        first_begin = max(first_begin, end - _PASSAGE_SENTENCES)
        lowest_cost, best_begin = _find_best_begin(words_before, lowest_costs, first_begin, end)
        if end not in paragraph_ends:
            lowest_cost += _CUT_IN_PARAGRAPH
        lowest_costs.append(lowest_cost)
        cuts_before.append(best_begin)
    return _trace_cuts(cuts_before)


def _find_best_begin(
    words_before: Sequence[int], lowest_costs: Sequence[int], first_begin: int, end: int
) -> tuple[int, int]:
    """Give the lowest cost of passages up to ``end``, and where the last of them begins.

    A passage costs the square of its unused words. Of equal costs the longest passage is taken.
    """
    longest = words_before[end] - words_before[first_begin]
    # A single sentence may be longer than a passage; then no words are unused.
    room = max(PASSAGE_WORDS, longest)
    # A passage without unused words would begin after so many words.
    words_before_full = words_before[end] - room
    begins = range(first_begin, end)
    costs = [
        lowest_costs[begin] + (words_before[begin] - words_before_full) ** 2 for begin in begins
    ]
    lowest_cost = min(costs)
    return lowest_cost, first_begin + costs.index(lowest_cost)


def _trace_cuts(cuts_before: Sequence[int]) -> list[int]:
    """Follow the best cuts from the last place back to 0; give them in ascending order."""
    cuts = [len(cuts_before) - 1]
    while cuts[-1]:
        cuts.append(cuts_before[cuts[-1]])
    cuts.reverse()
    return cuts


def _make_passage(sentences: Sequence[Sentence], context: str) -> Passage:
    return Passage(tuple(sentences), context)
