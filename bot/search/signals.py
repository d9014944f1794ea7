"""What speaks for a passage: each signal, its weight, and the most that all of them can give.

In: ``Candidates``. Out: the values of all signals, which ``reranker`` adds up; and for each concept
of a query, the highest score.

To add a signal is to add one entry to ``SIGNALS``: how it is computed, its weight, and its bound.
``find_max_score`` is made of the same entries, so no score exceeds it (but for rounding).

The weights were found together by a pairwise logistic regression on four articles of a SQuAD
sample, tried on four others, and rounded. ``python -m benchmarks.fit ranking`` finds them again.
``docs/quality.md`` has what each brings elsewhere. Those of ``held``, ``title_and_text`` and
``typed`` came later, from questions as people type them: ``python -m benchmarks.fit ranking-mixed``
and ``docs/decisions/ranking-mixture.md``.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

import numpy as np

from bot.search.arrays import BoolArray, FloatArray, Int64Array
from bot.search.candidates import MAX_SATURATION, Candidates
from bot.search.query import CORRECTED_SHARE, NO_SHARE, ConceptShare, EncodedQuery, ParsedQuery
from bot.search.units import Matches

# Concepts are side by side if at most so many tokens lead from one to the next.
_PAIR_DISTANCE = 2
# Pairs count for at most so many times the weight of all concepts.
_MAX_PAIRS = 2.0
# In a question of more concepts, counted by their coverages, what is held under any word counts for
# less: of many words some stand anywhere.
_FEW_CONCEPTS = 2.0


class Level(Enum):
    """Where a signal counts, which is also the order in which signals are added up."""

    CONCEPT_IN_UNIT = auto()
    """For each concept in a unit, times the share by which the unit holds it: (units, concepts)."""
    UNIT = auto()
    """For each unit: (units,)."""
    UNIT_FACTOR = auto()
    """For each unit: what the signals of the unit are multiplied by, beyond 1: (units,)."""
    CONCEPT_IN_PASSAGE = auto()
    """For each concept in a passage: (passages, concepts)."""
    PASSAGE = auto()
    """For each passage: (passages,)."""
    MEANING = auto()
    """For each passage, where meanings are compared: (passages,)."""


class Scale(Enum):
    """What the bound of a signal is a multiple of, for each concept of a query."""

    ONE = auto()
    COVERAGE = auto()
    """The coverage of a concept, which ``compute`` includes."""
    CONCEPT_WEIGHT = auto()
    COVERED_WEIGHT = auto()
    """The weight of a concept times its coverage; ``compute`` includes the latter."""
    NAME_WEIGHT = auto()
    """The weight of a concept that is a name times its coverage; 0 for others."""
    SUBJECT = auto()
    """The share of a concept in the question, where the question is about it; 0 for others."""
    STANCE = auto()
    """The same where the question asks for the stance of it."""
    DEFINED = auto()
    """The share of a concept in what the question asks the meaning of."""
    WORD_SCORE = auto()
    """The highest score by words: of the whole query, and not of a concept."""


# The values of a signal that a question does not ask for.
ABSENT = 0.0
# The values of a signal, in the shape of its level or in one that broadcasts to it.
Values = FloatArray | BoolArray | float
# The values of all signals, by their names.
Features = Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of relevance.

    ``weight`` is the fitted number that the signal counts for. ``bound`` is the most that one
    concept can add to the signal, in units of ``scale``; it is 0 of what speaks against a passage.
    ``compute`` gives the values without the weight.

    At the two levels of concepts, values are multiplied by what ``scale`` names afterwards; for
    concepts in passages that is always their weight, and for meaning ``WORD_SCORE``. At the other
    levels ``compute`` includes it. A factor has the scale ``ONE``.
    """

    name: str
    level: Level
    weight: float
    bound: float
    scale: Scale
    compute: Callable[[Candidates], Values]


def _compute_sentence_bm25(candidates: Candidates) -> FloatArray:
    return candidates.unit_saturations


def _compute_coverage(candidates: Candidates) -> FloatArray:
    return candidates.query.encoded.coverages


def _compute_adjacency(candidates: Candidates) -> FloatArray:
    query = candidates.query.encoded
    if not len(candidates.first_matches):
        # Without concepts there is no heaviest one.
        return np.zeros(0)
    pairs = _weigh_pairs(candidates.matches, candidates.first_matches, query)
    return np.minimum(pairs, _MAX_PAIRS * query.weight)


def _compute_answer_type(candidates: Candidates) -> BoolArray | float:
    has_type = candidates.unit_has_answer_type
    return ABSENT if has_type is None else has_type


def _compute_typed(candidates: Candidates) -> FloatArray | float:
    has_type = candidates.unit_has_answer_type
    if has_type is None:
        return ABSENT
    return np.where(has_type, candidates.query.encoded.covered_weight, 0.0)


def _compute_subject(candidates: Candidates) -> FloatArray | float:
    shares = candidates.subject_shares
    return ABSENT if shares is None else shares


def _compute_stance(candidates: Candidates) -> FloatArray | float:
    shares = candidates.stance_shares
    return ABSENT if shares is None else shares


def _compute_other_party(candidates: Candidates) -> FloatArray | float:
    if not candidates.query.asks_wish:
        # "When was the treaty signed?" is answered by who signed it.
        return ABSENT
    of_stance = candidates.query.encoded.stance_shares
    if of_stance is None:
        return ABSENT
    against: FloatArray = -of_stance.sum() * candidates.is_about_other
    return against


def _compute_definition(candidates: Candidates) -> FloatArray | float:
    shares = candidates.definition_shares
    return ABSENT if shares is None else shares


def _compute_portrait(candidates: Candidates) -> FloatArray | float:
    shares = candidates.head_shares
    return ABSENT if shares is None else candidates.average_sentences(shares)


def _compute_passage_bm25(candidates: Candidates) -> FloatArray:
    return candidates.passage_strengths * candidates.passage_saturations


def _compute_own_words(candidates: Candidates) -> FloatArray:
    is_own = candidates.passage_strengths >= CORRECTED_SHARE  # bool, (passages, concepts)
    own_words: FloatArray = is_own * candidates.query.encoded.coverages
    return own_words


def _compute_held(candidates: Candidates) -> FloatArray:
    query = candidates.query.encoded
    share = _FEW_CONCEPTS / max(query.coverage, _FEW_CONCEPTS)
    return candidates.is_held * query.coverages * (share * candidates.length_shares)[:, np.newaxis]


def _compute_title_and_text(candidates: Candidates) -> FloatArray:
    return candidates.find_strengths_in_both() * candidates.query.encoded.coverages


def _compute_names(candidates: Candidates) -> FloatArray | float:
    if candidates.name_weights is None:
        return ABSENT
    weights = candidates.name_weights * candidates.query.encoded.coverages
    strengths: FloatArray = candidates.passage_strengths @ weights
    return strengths


def _compute_passage_cosine(candidates: Candidates) -> FloatArray | float:
    return candidates.cosines.passages if candidates.cosines else ABSENT


def _compute_sentence_cosine(candidates: Candidates) -> FloatArray | float:
    return candidates.cosines.sentences if candidates.cosines else ABSENT


def _compute_title_cosine(candidates: Candidates) -> FloatArray | float:
    return candidates.cosines.titles if candidates.cosines else ABSENT


# All signals. Within a level they are added up in this order.
SIGNALS = (
    # How often the concepts stand in the unit, saturated and by its length, as in BM25.
    Signal(
        name="sentence_bm25",
        level=Level.CONCEPT_IN_UNIT,
        weight=0.6,
        bound=MAX_SATURATION,
        scale=Scale.CONCEPT_WEIGHT,
        compute=_compute_sentence_bm25,
    ),
    # How many of the concepts stand in the unit together, whatever they weigh.
    Signal(
        name="coverage",
        level=Level.CONCEPT_IN_UNIT,
        weight=1.2,
        bound=1.0,
        scale=Scale.COVERAGE,
        compute=_compute_coverage,
    ),
    # Which different concepts stand side by side in the unit.
    Signal(
        name="adjacency",
        level=Level.UNIT,
        weight=0.3,
        bound=_MAX_PAIRS,
        scale=Scale.CONCEPT_WEIGHT,
        compute=_compute_adjacency,
    ),
    # By which share the unit is about whom the question is about.
    Signal(
        name="subject",
        level=Level.UNIT,
        weight=1.0,
        bound=1.0,
        scale=Scale.SUBJECT,
        compute=_compute_subject,
    ),
    # By which share the unit says what whom the question is about says or wants.
    Signal(
        name="stance",
        level=Level.UNIT,
        weight=8.0,
        bound=1.0,
        scale=Scale.STANCE,
        compute=_compute_stance,
    ),
    # Whether the unit is about others alone, where it is asked what somebody wants.
    Signal(
        name="other_party",
        level=Level.UNIT,
        weight=2.0,
        bound=0.0,
        scale=Scale.STANCE,
        compute=_compute_other_party,
    ),
    # By which share the unit defines what the question asks the meaning of.
    Signal(
        name="definition",
        level=Level.UNIT,
        weight=2.0,
        bound=1.0,
        scale=Scale.DEFINED,
        compute=_compute_definition,
    ),
    # Whether something of the answer's type stands in the unit: for what the unit holds, ...
    Signal(
        name="answer_type",
        level=Level.UNIT_FACTOR,
        weight=0.2,
        bound=1.0,
        scale=Scale.ONE,
        compute=_compute_answer_type,
    ),
    # ... and by itself: what answers a question may have few of its words.
    Signal(
        name="typed",
        level=Level.UNIT,
        weight=0.3,
        bound=1.0,
        scale=Scale.COVERED_WEIGHT,
        compute=_compute_typed,
    ),
    # The passage's BM25 score; its weight is the unit of all others.
    Signal(
        name="passage_bm25",
        level=Level.CONCEPT_IN_PASSAGE,
        weight=1.0,
        bound=MAX_SATURATION,
        scale=Scale.CONCEPT_WEIGHT,
        compute=_compute_passage_bm25,
    ),
    # Which concepts the passage holds under their own word rather than under another one.
    Signal(
        name="own_words",
        level=Level.CONCEPT_IN_PASSAGE,
        weight=0.5,
        bound=1.0,
        scale=Scale.COVERED_WEIGHT,
        compute=_compute_own_words,
    ),
    # Which concepts the passage holds under any word, by its length. Where little is asked, a word
    # that means about the same is worth as much.
    Signal(
        name="held",
        level=Level.CONCEPT_IN_PASSAGE,
        weight=0.8,
        bound=1.0,
        scale=Scale.COVERED_WEIGHT,
        compute=_compute_held,
    ),
    # Which concepts stand both in the title's lines and in the text: it is about them.
    Signal(
        name="title_and_text",
        level=Level.CONCEPT_IN_PASSAGE,
        weight=0.8,
        bound=1.0,
        scale=Scale.COVERED_WEIGHT,
        compute=_compute_title_and_text,
    ),
    # The weight of the names that the passage holds.
    Signal(
        name="names",
        level=Level.PASSAGE,
        weight=1.6,
        bound=1.0,
        scale=Scale.NAME_WEIGHT,
        compute=_compute_names,
    ),
    # How much of the passage is about what the question asks the meaning of.
    Signal(
        name="portrait",
        level=Level.PASSAGE,
        weight=2.0,
        bound=1.0,
        scale=Scale.DEFINED,
        compute=_compute_portrait,
    ),
    # The weights of the cosines were found on the same articles and the seen golden sets. What
    # ``benchmarks.fit cosines`` finds does no better on other questions: docs/decisions/meaning.md.
    # How near the passage is to the question in meaning, as a whole.
    Signal(
        name="passage_cosine",
        level=Level.MEANING,
        weight=0.46,
        bound=1.0,
        scale=Scale.WORD_SCORE,
        compute=_compute_passage_cosine,
    ),
    # How near the nearest of its sentences is.
    Signal(
        name="sentence_cosine",
        level=Level.MEANING,
        weight=0.39,
        bound=1.0,
        scale=Scale.WORD_SCORE,
        compute=_compute_sentence_cosine,
    ),
    # How near the nearest line of its title is.
    Signal(
        name="title_cosine",
        level=Level.MEANING,
        weight=0.23,
        bound=1.0,
        scale=Scale.WORD_SCORE,
        compute=_compute_title_cosine,
    ),
)

BY_LEVEL = {level: tuple(signal for signal in SIGNALS if signal.level is level) for level in Level}


def compute_features(candidates: Candidates) -> Features:
    """Compute all signals; their shapes are those of their levels."""
    return {signal.name: signal.compute(candidates) for signal in SIGNALS}


class _Bound(NamedTuple):
    """The most that a concept can add to some levels, in units of each scale."""

    of_any: float
    of_weight: float
    of_covered_weight: float
    of_name: float
    of_coverage: float
    of_subject: float
    of_stance: float
    of_defined: float

    def of_concept(
        self, weight: float, coverage: float, share: ConceptShare, *, is_name: bool
    ) -> float:
        """Give the most that a concept can add."""
        of_covered_weight = self.of_covered_weight
        if is_name:
            of_covered_weight += self.of_name
        score = self.of_any + self.of_weight * weight + self.of_coverage * coverage
        score += of_covered_weight * coverage * weight
        if share is not NO_SHARE:
            score += self.of_subject * share.subject
            score += self.of_stance * share.stance
            score += self.of_defined * share.definition
        return score


def _sum_bounds(*levels: Level, factor: float = 1.0) -> _Bound:
    """Add up the bounds of all signals of some levels, and multiply them."""
    sums = dict.fromkeys(Scale, 0.0)
    for level in levels:
        for signal in BY_LEVEL[level]:
            sums[signal.scale] += factor * signal.weight * signal.bound
    return _Bound(
        of_any=sums[Scale.ONE],
        of_weight=sums[Scale.CONCEPT_WEIGHT],
        of_covered_weight=sums[Scale.COVERED_WEIGHT],
        of_name=sums[Scale.NAME_WEIGHT],
        of_coverage=sums[Scale.COVERAGE],
        of_subject=sums[Scale.SUBJECT],
        of_stance=sums[Scale.STANCE],
        of_defined=sums[Scale.DEFINED],
    )


_MAX_UNIT_FACTOR = math.prod(
    1 + signal.weight * signal.bound for signal in BY_LEVEL[Level.UNIT_FACTOR]
)
_UNIT_BOUND = _sum_bounds(Level.CONCEPT_IN_UNIT, Level.UNIT, factor=_MAX_UNIT_FACTOR)
_PASSAGE_BOUND = _sum_bounds(Level.CONCEPT_IN_PASSAGE, Level.PASSAGE)
_WHOLE_BOUND = _Bound(*map(sum, zip(_UNIT_BOUND, _PASSAGE_BOUND, strict=True)))


def find_max_score(
    weight: float,
    *,
    is_name: bool = False,
    coverage: float = 1.0,
    share: ConceptShare = NO_SHARE,
    unit_share: float = 1.0,
) -> float:
    """Give the most that a concept of a weight and a coverage can add to the score of a passage.

    A passage comes near to it that is a single unit and repeats the concept without end. ``share``
    is what part the concept has in what the question is about, and ``unit_share`` what the best
    unit of a passage counts for.
    """
    if unit_share == 1:
        return _WHOLE_BOUND.of_concept(weight, coverage, share, is_name=is_name)
    of_unit = _UNIT_BOUND.of_concept(weight, coverage, share, is_name=is_name)
    of_passage = _PASSAGE_BOUND.of_concept(weight, coverage, share, is_name=is_name)
    return unit_share * of_unit + of_passage


# The most that meaning adds to a score, in units of ``find_word_scale``.
MEANING_BOUND = sum(signal.weight * signal.bound for signal in BY_LEVEL[Level.MEANING])
# A question that has no word to look for ("who was it?") can be answered by meaning still.
_LEAST_WORD_SCALE = 1.0


def find_word_scale(query: ParsedQuery) -> float:
    """Give what the signals of meaning are multiplied by, to weigh as much as those of words."""
    return max(query.max_score, _LEAST_WORD_SCALE)


def find_max_score_with_meaning(query: ParsedQuery) -> float:
    """Give an upper bound of the scores of passages where meanings are compared too."""
    return query.max_score + MEANING_BOUND * find_word_scale(query)


def _weigh_pairs(matches: Matches, first_matches: Int64Array, query: EncodedQuery) -> FloatArray:
    """Weigh the different concepts that stand side by side in each unit: float64, (units,).

    ``first_matches`` are the first matches of the units. A pair weighs as much as the lighter one
    of its concepts.
    """
    concept = query.row_concepts[matches.matched_rows]  # int64, (matches,)
    weight = query.row_weights[matches.matched_rows]  # float64, (matches,)
    # Units are moved apart, so that no pair is found across the end of one.
    gap = _PAIR_DISTANCE + 1
    places = matches.positions + gap * matches.unit_of
    first_of_pairs = []
    weight_of_pairs = []
    for step in range(1, _PAIR_DISTANCE + 1):
        distance = places[step:] - places[:-step]
        is_pair = distance <= _PAIR_DISTANCE
        is_pair &= concept[step:] != concept[:-step]
        first = is_pair.nonzero()[0]
        second = first + step
        first_of_pairs.append(first)
        weight_of_pairs.append(np.minimum(weight[first], weight[second]))
    pairs = np.concatenate(first_of_pairs)
    unit_of = first_matches.searchsorted(pairs, side="right") - 1
    sums = np.bincount(unit_of, np.concatenate(weight_of_pairs), len(first_matches))
    # Without any pair these would be integers.
    return sums.astype(np.float64, copy=False)
