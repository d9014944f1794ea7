"""The second pass: the best passages by BM25 are read again, and scored by more signals.

In: a parsed query and some twenty passages. Out: the same passages with scores, best first. A
passage's score is a weighted sum over ``SIGNALS``: of the passage, and of its best unit (a sentence
or a line of its title). Which passages are candidates, and whether a score is enough for an answer,
is decided elsewhere.

To add a signal is to add one entry to ``SIGNALS``: how it is computed, its weight, and its bound.
``find_max_score`` is made of the same entries, so no score exceeds it (but for rounding).

The weights were found together by a pairwise logistic regression on four articles of a SQuAD
sample, tried on four others, and rounded. ``python -m benchmarks.fit ranking`` finds them again.
``docs/quality.md`` has what each brings elsewhere. Those of ``held``, ``title_and_text`` and
``typed`` came later, from questions as people type them: ``python -m benchmarks.fit ranking-mixed``
and ``docs/decisions/ranking-mixture.md``.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.arrays import (
    BoolArray,
    FloatArray,
    Int64Array,
    concatenate_ranges,
    find_run_starts,
)
from bot.search.bm25 import BM25Index
from bot.search.meaning import Cosines
from bot.search.query import CORRECTED_SHARE, NO_SHARE, ConceptShare, EncodedQuery, ParsedQuery
from bot.search.units import Matches, PassageUnits

# BM25's usual parameters: how soon a repeated term counts no more, and how much length counts.
K1 = 1.5
B = 0.75
# The saturated frequency of a concept comes near to this, however often it is repeated.
_MAX_SATURATION = K1 + 1
# Concepts are side by side if at most so many tokens lead from one to the next.
_PAIR_DISTANCE = 2
# Pairs count for at most so many times the weight of all concepts.
_MAX_PAIRS = 2.0
# A text is long enough to say something with so many terms, about thirty words; a caption or the
# name of a link is shorter.
_ENOUGH_TERMS = 16
# In a text of more terms something like any word stands somewhere. A passage of 80 words has about
# as many; only what may not be cut is longer.
_MANY_TERMS = 40
# In a question of more concepts, counted by their coverages, what is held under any word counts for
# less: of many words some stand anywhere.
_FEW_CONCEPTS = 2.0
# A unit defines what is asked for if it defines this share of it, by weight.
_DEFINED_SHARE = 0.6
# The least total weight that is divided by: a query may consist of unknown frame words.
_LEAST_WEIGHT = 1e-9


class Hit(NamedTuple):
    """A passage that was found: its number and score, and what speaks for and against it.

    ``matched_concepts`` counts the concepts that it holds. ``missing_name_share`` is the share, 0
    to 1, of the query's weight that are names which it does not hold. ``has_answer_type`` says
    whether something of the answer's type stands in it, as far as that can be told; it is true
    where the question does not say a type. The best unit of the passage is meant by the next
    three: ``subject_share`` is the share, 0 to 1, of whom the question is about that the unit is
    about, or whose stance it tells, where that is asked for; ``is_about_other`` says that it is
    about another party alone; ``has_definition`` says whether the unit defines what the question
    asks the meaning of. Where the question asks nothing of the kind, they are 1, false and true.

    ``strengths`` say by which share, 0 to 1, it holds each concept. ``best_sentence`` is the
    sentence, from 0, that holds the most of the query's weight, and ``concepts_in_sentence`` counts
    the concepts in it. ``adjacent_weight`` is the weight of the concepts side by side in one unit,
    in nats.

    ``cosine``, 0 to 1, says how near the passage is to the question in meaning: the mean of its
    three cosines by their weights. It is None where passages are found by words alone.
    ``meaning_score`` is the part of ``score`` that comes of it.
    """

    passage: int
    score: float
    matched_concepts: int
    missing_name_share: float
    has_answer_type: bool
    subject_share: float = 1.0
    is_about_other: bool = False
    has_definition: bool = True
    strengths: Sequence[float] = ()
    best_sentence: int = 0
    concepts_in_sentence: int = 0
    adjacent_weight: float = 0.0
    cosine: float | None = None
    meaning_score: float = 0.0

    def without_meaning(self) -> "Hit":
        """Give a hit as it is by words alone; its score is 0 if it has none of them."""
        if self.cosine is None:
            return self
        word_score = self.score - self.meaning_score if self.matched_concepts else 0.0
        return self._replace(score=word_score, cosine=None, meaning_score=0.0)

    def score_like(self, other: "Hit", share: float) -> "Hit":
        """Give the hit with a share of another one's score."""
        cosine = None if other.cosine is None else share * other.cosine
        meaning_score = share * other.meaning_score
        return self._replace(score=share * other.score, cosine=cosine, meaning_score=meaning_score)


class Candidates:
    """What is known of the passages that are scored; ``SIGNALS`` are computed from it.

    Only units with a match count.

    - ``concept_weights`` and ``name_weights`` are in nats, float64, (concepts,). The latter are 0
      for concepts that are no names.
    - ``unit_strengths`` say by which share, 0 to 1, a unit holds each concept at best, and
      ``unit_saturations`` are BM25's saturated frequencies: float64, (units, concepts).
    - ``passage_strengths`` and ``passage_saturations`` are the same of passages: float64,
      (passages, concepts).
    - ``unit_has_answer_type`` says whether something of the answer's type is in a unit: bool,
      (units,), or None where the question says no type.
    - ``has_answer_type`` says the same of passages: bool, (passages,), all true where the question
      says no type.
    - ``length_shares`` say how much it counts, by the length of its text, that a passage holds a
      concept under any word: float64, (passages,), 0 to 1.
    - ``cosines`` say how near passages are to the question in meaning, or are None where they are
      compared by words alone.
    """

    def __init__(
        self,
        query: ParsedQuery,
        passages: Int64Array,
        units: PassageUnits,
        relative_lengths: FloatArray,
        cosines: Cosines | None = None,
    ) -> None:
        """Read passages, ascending.

        ``relative_lengths`` are their lengths in tokens as multiples of the mean.
        """
        self.cosines = cosines
        self.query = query
        self.concept_weights = query.encoded.concept_weights
        is_name = [concept.is_name for concept in query.concepts]
        self.name_weights = self.concept_weights * is_name
        begins = units.passage_begins[passages]
        ends = units.passage_begins[passages + 1]
        self.matches = matches = units.match(begins, ends, query.encoded)
        unit_counts = ends - begins
        self._first_units = unit_counts.cumsum() - unit_counts  # int64, (passages,)
        # The first match of each unit that has one, and which unit that is: int64, (units,).
        self.first_matches = find_run_starts(matches.unit_of)
        self._matched_units = matches.unit_of[self.first_matches]
        self._find_matched_passages(unit_counts)
        sentence_ends = units.sentence_ends[passages]
        self._sentence_counts = sentence_ends - begins  # int64, (passages,)
        terms = units.unit_begins[sentence_ends] - units.unit_begins[begins]
        self.length_shares = _find_length_shares(terms)
        numbers = concatenate_ranges(begins, ends)  # int64, (all units,)
        self._find_topics(units, numbers[self._matched_units])
        self._find_strengths(units, relative_lengths)
        self._find_answer_types(units)

    def _find_matched_passages(self, unit_counts: Int64Array) -> None:
        """Find which passages hold a match, and where their units begin among those that do.

        Passages that were found by their meaning alone may hold none.
        """
        unit_begins = self._matched_units.searchsorted(self._first_units)
        unit_ends = self._matched_units.searchsorted(self._first_units + unit_counts)
        self._is_matched = unit_begins < unit_ends  # bool, (passages,)
        self._are_all_matched = bool(self._is_matched.all())
        self.unit_begins = unit_begins[self._is_matched]  # int64, (passages with a match,)

    def reduce_units(self, reduction: np.ufunc, values: FloatArray) -> FloatArray:
        """Reduce values of units, (units, …), to those of passages, (passages, …).

        A passage without a match has 0.
        """
        if self._are_all_matched:
            all_reduced: FloatArray = reduction.reduceat(values, self.unit_begins)
            return all_reduced
        reduced = np.zeros((len(self._is_matched), *values.shape[1:]))
        if len(self.unit_begins):
            reduced[self._is_matched] = reduction.reduceat(values, self.unit_begins)
        return reduced

    def spread(self, values: NDArray[Any]) -> FloatArray:
        """Give values of the passages with a match, and 0 for the others: (passages,)."""
        spread = np.zeros(len(self._is_matched))
        spread[self._is_matched] = values
        return spread

    def find_best_units(self, unit_scores: FloatArray) -> Int64Array:
        """Give the best unit of each passage with a match, of equal ones the first: int64."""
        passage_of = np.zeros(len(unit_scores), dtype=np.int64)  # int64, (units,)
        passage_of[self.unit_begins[1:]] = 1
        order = np.lexsort((-unit_scores, passage_of.cumsum()))
        best: Int64Array = order[self.unit_begins]
        return best

    def _find_strengths(self, units: PassageUnits, relative_lengths: FloatArray) -> None:
        """Count the concepts in units and passages, and find how strongly each is held there."""
        shares = self.matches.shares
        counts = np.add.reduceat(np.sign(shares), self.first_matches)  # float64, (units, concepts)
        self.unit_strengths: FloatArray = np.maximum.reduceat(shares, self.first_matches)
        # What is about somebody holds them, under whatever name.
        if self._held_subjects is not None:
            np.maximum(self.unit_strengths, self._held_subjects, out=self.unit_strengths)
        unit_lengths = self.matches.unit_lengths[self._matched_units]
        relative_unit_lengths = unit_lengths / units.mean_sentence_length  # float64, (units,)
        self.unit_saturations = _saturate(counts, relative_unit_lengths)
        counts = self.reduce_units(np.add, counts)  # float64, (passages, concepts)
        self.passage_strengths = self.reduce_units(np.maximum, self.unit_strengths)
        self.passage_saturations = _saturate(counts, relative_lengths)

    @cached_property
    def _unit_places(self) -> tuple[Int64Array, Int64Array, BoolArray]:
        """The passage of each unit, its place in that, and whether it is a sentence: (units,)."""
        passage_of = self._first_units.searchsorted(self._matched_units, side="right") - 1
        places = self._matched_units - self._first_units[passage_of]
        is_sentence = places < self._sentence_counts[passage_of]
        return passage_of, places, is_sentence

    def find_strengths_in_both(self) -> FloatArray:
        """Give by which share both text and title hold each concept: float64, as of passages."""
        _, _, is_sentence = self._unit_places
        in_text = self.unit_strengths * is_sentence[:, np.newaxis]
        in_title = self.unit_strengths - in_text
        text_strengths = self.reduce_units(np.maximum, in_text)
        title_strengths = self.reduce_units(np.maximum, in_title)
        return np.minimum(text_strengths, title_strengths)

    def average_sentences(self, values: FloatArray) -> FloatArray:
        """Give the mean of values of units over the sentences of each passage: (passages,).

        The first sentence counts twice: it says what the passage is about. One more counts with 0,
        so that a short passage has less than a long one.
        """
        _, places, is_sentence = self._unit_places
        counted = values * is_sentence * np.where(places == 0, 2, 1)  # float64, (units,)
        return self.reduce_units(np.add, counted) / (self._sentence_counts + 2)

    def _find_answer_types(self, units: PassageUnits) -> None:
        """Find which units and passages hold something of the answer's type."""
        answer_type = self.query.answer_type
        if not answer_type:
            self.unit_has_answer_type: BoolArray | None = None
            self.has_answer_type = np.ones(len(self._first_units), dtype=np.bool_)
            return
        counted = self._find_counted_matches()
        has_type = units.find_answer_type(answer_type, self.matches, counted)  # bool, (all units,)
        self.unit_has_answer_type = has_type[self._matched_units]
        self.has_answer_type = np.logical_or.reduceat(has_type, self._first_units)

    def _find_topics(self, units: PassageUnits, numbers: Int64Array) -> None:
        """Find what the units with these numbers are about, of what the question is about."""
        topics = units.match_topics(numbers, self.query)
        self.subject_shares = topics.subject_shares
        self.stance_shares = topics.stance_shares
        self.definition_shares = topics.definition_shares
        self.head_shares = topics.head_shares
        self.is_about_other = topics.is_about_other
        self._held_subjects = topics.held

    def _find_counted_matches(self) -> Int64Array:
        """Give the indices of the matches of what "how many" counts."""
        counted_terms = self.query.counted_terms
        if not counted_terms:
            return self.matches.positions[:0]
        is_counted = [concept.term in counted_terms for concept in self.query.concepts]
        counted_shares = self.matches.shares[:, is_counted]  # float64, (matches, counted concepts)
        has_counted = counted_shares.any(axis=1)
        return np.flatnonzero(has_counted)

    def find_best_sentences(self) -> tuple[Int64Array, Int64Array]:
        """Give the sentence of each passage, from 0, with the most of the query's weight.

        Gives also how many concepts are in it: both int64, (passages,); 0 and 0 where only the
        title has any.
        """
        passage_of, places, is_sentence = self._unit_places
        weights = (self.unit_strengths @ self.concept_weights) * is_sentence  # float64, (units,)
        most = self.reduce_units(np.maximum, weights)  # float64, (passages,)
        best_units = (weights == most[passage_of]).nonzero()[0]
        # The first of each passage that has any: int64, (passages with a match,).
        best_units = best_units[best_units.searchsorted(self.unit_begins)]
        is_found = is_sentence[best_units]
        concepts = (self.unit_strengths[best_units] > 0).sum(axis=1)
        sentences = np.zeros(len(most), dtype=np.int64)
        counts = np.zeros(len(most), dtype=np.int64)
        sentences[self._is_matched] = places[best_units] * is_found
        counts[self._is_matched] = concepts * is_found
        return sentences, counts

    @cached_property
    def name_strengths(self) -> FloatArray:
        """The weight of the names that each passage holds: float64, (passages,)."""
        strengths: FloatArray = self.passage_strengths @ self.name_weights
        return strengths


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
    most = _MAX_PAIRS * float(candidates.concept_weights.sum())
    return np.minimum(pairs, most)


def _compute_answer_type(candidates: Candidates) -> BoolArray | float:
    has_type = candidates.unit_has_answer_type
    return 0.0 if has_type is None else has_type


def _compute_typed(candidates: Candidates) -> FloatArray | float:
    has_type = candidates.unit_has_answer_type
    if has_type is None:
        return 0.0
    covered_weights = candidates.concept_weights * candidates.query.encoded.coverages
    most: float = covered_weights.sum()
    return np.where(has_type, most, 0.0)


def _compute_subject(candidates: Candidates) -> FloatArray | float:
    shares = candidates.subject_shares
    return 0.0 if shares is None else shares


def _compute_stance(candidates: Candidates) -> FloatArray | float:
    shares = candidates.stance_shares
    return 0.0 if shares is None else shares


def _compute_other_party(candidates: Candidates) -> FloatArray | float:
    if not candidates.query.asks_wish:
        # "When was the treaty signed?" is answered by who signed it.
        return 0.0
    _, of_stance, _ = candidates.query.encoded.concept_shares
    against: FloatArray = -of_stance.sum() * candidates.is_about_other
    return against


def _compute_definition(candidates: Candidates) -> FloatArray | float:
    shares = candidates.definition_shares
    return 0.0 if shares is None else shares


def _compute_portrait(candidates: Candidates) -> FloatArray | float:
    shares = candidates.head_shares
    return 0.0 if shares is None else candidates.average_sentences(shares)


def _compute_passage_bm25(candidates: Candidates) -> FloatArray:
    return candidates.passage_strengths * candidates.passage_saturations


def _compute_own_words(candidates: Candidates) -> FloatArray:
    is_own = candidates.passage_strengths >= CORRECTED_SHARE  # bool, (passages, concepts)
    own_words: FloatArray = is_own * candidates.query.encoded.coverages
    return own_words


def _compute_held(candidates: Candidates) -> FloatArray:
    is_held = candidates.passage_strengths > 0  # bool, (passages, concepts)
    coverages = candidates.query.encoded.coverages
    share = _FEW_CONCEPTS / max(float(coverages.sum()), _FEW_CONCEPTS)
    return is_held * coverages * (share * candidates.length_shares)[:, np.newaxis]


def _compute_title_and_text(candidates: Candidates) -> FloatArray:
    return candidates.find_strengths_in_both() * candidates.query.encoded.coverages


def _compute_names(candidates: Candidates) -> FloatArray:
    weights = candidates.name_weights * candidates.query.encoded.coverages
    strengths: FloatArray = candidates.passage_strengths @ weights
    return strengths


def _compute_passage_cosine(candidates: Candidates) -> FloatArray | float:
    return candidates.cosines.passages if candidates.cosines else 0.0


def _compute_sentence_cosine(candidates: Candidates) -> FloatArray | float:
    return candidates.cosines.sentences if candidates.cosines else 0.0


def _compute_title_cosine(candidates: Candidates) -> FloatArray | float:
    return candidates.cosines.titles if candidates.cosines else 0.0


# All signals. Within a level they are added up in this order.
SIGNALS = (
    # How often the concepts stand in the unit, saturated and by its length, as in BM25.
    Signal(
        name="sentence_bm25",
        level=Level.CONCEPT_IN_UNIT,
        weight=0.6,
        bound=_MAX_SATURATION,
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
        bound=_MAX_SATURATION,
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

_BY_LEVEL = {level: tuple(signal for signal in SIGNALS if signal.level is level) for level in Level}


def compute_features(candidates: Candidates) -> Features:
    """Compute all signals; their shapes are those of their levels."""
    return {signal.name: signal.compute(candidates) for signal in SIGNALS}


def _score_passages(
    unit_scores: FloatArray, features: Features, candidates: Candidates
) -> FloatArray:
    """Score passages by the scores of their units, and by their own signals of words.

    The score of a passage is the sum of its own signals and of those of its best unit. The latter
    count for the ``unit_share`` of the query.
    """
    best_units = candidates.reduce_units(np.maximum, unit_scores)  # float64, (passages,)
    by_concept = np.zeros(())  # float64, (passages, concepts) after the first signal
    for signal in _BY_LEVEL[Level.CONCEPT_IN_PASSAGE]:
        by_concept = by_concept + signal.weight * features[signal.name]
    scores: FloatArray = by_concept @ candidates.concept_weights
    for signal in _BY_LEVEL[Level.PASSAGE]:
        scores += signal.weight * features[signal.name]
    scores += candidates.query.unit_share * best_units
    return scores


def _combine_meaning(features: Features, candidates: Candidates) -> FloatArray:
    """Score passages by the signals of their meaning: float64, (passages,), or 0 for all."""
    scores: FloatArray = np.zeros(len(candidates.passage_strengths))
    if candidates.cosines is None:
        return scores
    for signal in _BY_LEVEL[Level.MEANING]:
        scores += signal.weight * features[signal.name]
    scores *= find_word_scale(candidates.query)
    return scores


def score_units(features: Features, candidates: Candidates) -> FloatArray:
    """Score the units that hold a match: float64, (units,).

    A signal of a concept in a unit that has another scale than CONCEPT_WEIGHT has it already.
    """
    by_concept = np.zeros(())  # float64, (units, concepts) after the first signal
    for signal in _BY_LEVEL[Level.CONCEPT_IN_UNIT]:
        values = signal.weight * features[signal.name]
        if signal.scale is Scale.CONCEPT_WEIGHT:
            values = values * candidates.concept_weights
        by_concept = by_concept + values
    scores: FloatArray = (candidates.unit_strengths * by_concept).sum(axis=1)
    for signal in _BY_LEVEL[Level.UNIT]:
        scores += signal.weight * features[signal.name]
    for signal in _BY_LEVEL[Level.UNIT_FACTOR]:
        scores *= 1 + signal.weight * features[signal.name]
    return scores


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
        for signal in _BY_LEVEL[level]:
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
    1 + signal.weight * signal.bound for signal in _BY_LEVEL[Level.UNIT_FACTOR]
)
_UNIT_BOUND = _sum_bounds(Level.CONCEPT_IN_UNIT, Level.UNIT, factor=_MAX_UNIT_FACTOR)
_PASSAGE_BOUND = _sum_bounds(Level.CONCEPT_IN_PASSAGE, Level.PASSAGE)


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
    of_unit = _UNIT_BOUND.of_concept(weight, coverage, share, is_name=is_name)
    of_passage = _PASSAGE_BOUND.of_concept(weight, coverage, share, is_name=is_name)
    return unit_share * of_unit + of_passage


# The most that meaning adds to a score, in units of ``find_word_scale``.
_MEANING_BOUND = sum(signal.weight * signal.bound for signal in _BY_LEVEL[Level.MEANING])
# A question that has no word to look for ("who was it?") can be answered by meaning still.
_LEAST_WORD_SCALE = 1.0


def find_word_scale(query: ParsedQuery) -> float:
    """Give what the signals of meaning are multiplied by, to weigh as much as those of words."""
    return max(query.max_score, _LEAST_WORD_SCALE)


def find_max_score_with_meaning(query: ParsedQuery) -> float:
    """Give an upper bound of the scores of passages where meanings are compared too."""
    return query.max_score + _MEANING_BOUND * find_word_scale(query)


class Reranker:
    """Scores passages that BM25 has found, or that are near in meaning, by all signals."""

    def __init__(self, units: PassageUnits, index: BM25Index) -> None:
        """Take the units of all passages, and the BM25 index of the same passages."""
        self._units = units
        self._index = index

    def rerank(
        self,
        query: ParsedQuery,
        passages: Int64Array,
        k: int,
        cosines: Cosines | None = None,
    ) -> list[Hit]:
        """Score passages, and give the ``k`` best of them, best first, ties by number.

        ``passages`` are ascending numbers, int64, at least one. ``cosines`` are theirs, or None
        where they are compared by words alone.
        """
        # All passages may be empty.
        mean_length = self._index.avgdl or 1.0
        relative_lengths = self._index.doc_len[passages] / mean_length  # float64, (passages,)
        candidates = Candidates(query, passages, self._units, relative_lengths, cosines)
        features = compute_features(candidates)
        unit_scores = score_units(features, candidates)
        scores_by_meaning = _combine_meaning(features, candidates)
        scores = _score_passages(unit_scores, features, candidates) + scores_by_meaning
        adjacency = np.asarray(features["adjacency"])  # float64, (units,)
        fields = [passages, scores, *_describe(candidates, unit_scores, adjacency)]
        if cosines is not None:
            mean_cosines = scores_by_meaning / (_MEANING_BOUND * find_word_scale(query))
            fields += [mean_cosines, scores_by_meaning]
        order = (-scores).argsort(kind="stable")
        best = order[:k]
        columns = [values[best].tolist() for values in fields]
        return [Hit(*values) for values in zip(*columns, strict=True)]


def _describe(
    candidates: Candidates, unit_scores: FloatArray, adjacency: FloatArray
) -> tuple[NDArray[Any], ...]:
    """Give what a hit says of a passage behind its score, each an array: (passages,).

    A passage without a match tells nothing of what is asked for.
    """
    is_matched = candidates.passage_strengths > 0  # bool, (passages, concepts)
    best_units = candidates.find_best_units(unit_scores)
    asked = candidates.subject_shares
    if candidates.stance_shares is not None:
        asked = candidates.stance_shares
    subject_shares = np.ones(len(is_matched))  # float64, (passages,)
    if asked is not None:
        most = candidates.query.encoded.concept_shares[0].sum()
        subject_shares = candidates.spread(asked[best_units] / most)
    has_definition = np.ones(len(is_matched), dtype=np.bool_)  # bool, (passages,)
    if candidates.definition_shares is not None:
        shares = candidates.spread(candidates.definition_shares[best_units])
        has_definition = shares >= _DEFINED_SHARE
    return (
        is_matched.sum(axis=1),
        _find_missing_names(candidates),
        candidates.has_answer_type,
        subject_shares,
        candidates.spread(candidates.is_about_other[best_units]) > 0,
        has_definition,
        candidates.passage_strengths,
        *candidates.find_best_sentences(),
        candidates.reduce_units(np.maximum, adjacency),
    )


def _find_missing_names(candidates: Candidates) -> FloatArray:
    """Give the share of the query's weight that are names which passages lack: (passages,)."""
    query = candidates.query
    missing = candidates.name_weights.sum() - candidates.name_strengths  # float64, (passages,)
    missing += query.missing_name_weight
    shares: FloatArray = missing / max(query.total_weight, _LEAST_WEIGHT)
    return shares


def _find_length_shares(terms: Int64Array) -> FloatArray:
    """Give what it counts that texts of so many terms hold something: float64, (texts,), 0 to 1."""
    is_enough = np.minimum(terms / _ENOUGH_TERMS, 1.0)
    shares: FloatArray = is_enough * _MANY_TERMS / np.maximum(terms, _MANY_TERMS)
    return shares


def _saturate(counts: FloatArray, relative_lengths: FloatArray) -> FloatArray:
    """Give BM25's saturated frequencies: float64, (texts, concepts), each below ``K1 + 1``.

    ``counts`` are how often concepts stand in texts, (texts, concepts). ``relative_lengths`` are
    the lengths of these as multiples of the mean, (texts,).
    """
    norms = K1 * (1 - B + B * relative_lengths)  # float64, (texts,)
    norm_of_text = norms[:, np.newaxis]
    saturations: FloatArray = counts * (K1 + 1)
    saturations /= counts + norm_of_text
    return saturations


def _weigh_pairs(matches: Matches, first_matches: Int64Array, query: EncodedQuery) -> FloatArray:
    """Weigh the different concepts that stand side by side in each unit: float64, (units,).

    ``first_matches`` are the first matches of the units. A pair weighs as much as the lighter one
    of its concepts.
    """
    weights = query.shares * query.concept_weights  # float64, (1 + terms, concepts)
    rows = matches.rows[matches.positions]
    heaviest = weights.argmax(axis=1)  # int64, (1 + terms,)
    concept = heaviest[rows]  # int64, (matches,)
    weight = weights.max(axis=1)[rows]  # float64, (matches,)
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
