"""What is known of the passages that are scored: what they hold, where, and what it is about.

In: a parsed query, some twenty passages and their units. Out: arrays of what they hold. What that
is worth is decided in ``signals``.
"""

import numpy as np
from numpy.typing import NDArray

from bot.search.answer_type import AnswerType
from bot.search.arrays import (
    BoolArray,
    FloatArray,
    Int64Array,
    Scalar,
    concatenate_ranges,
    find_run_starts,
)
from bot.search.meaning import Cosines
from bot.search.query import ParsedQuery
from bot.search.sentences import Sentences
from bot.search.units import K1, PassageUnits

# The saturated frequency of a concept comes near to this, however often it is repeated.
MAX_SATURATION = K1 + 1


class Candidates:
    """What is known of the passages that are scored; signals are computed from it.

    Only units with a match count.

    - ``concept_weights`` and ``name_weights`` are in nats, float64, (concepts,). The latter are 0
      for concepts that are no names, and None where none is one.
    - ``unit_strengths`` say by which share, 0 to 1, a unit holds each concept at best, and
      ``unit_saturations`` are BM25's saturated frequencies: float64, (units, concepts).
    - ``passage_strengths`` and ``passage_saturations`` are the same of passages: float64,
      (passages, concepts); ``is_held`` says which concepts a passage holds: bool.
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
        length_norms: FloatArray,
        cosines: Cosines | None = None,
    ) -> None:
        """Read passages, ascending.

        ``length_norms`` are what BM25 adds to frequencies for their lengths, float64, (passages,).
        """
        self.cosines = cosines
        self.query = query
        self.concept_weights = query.encoded.concept_weights
        is_name = query.encoded.is_name
        self.name_weights = None if is_name is None else self.concept_weights * is_name
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
        self._unit_places = self._find_unit_places()
        self.length_shares = units.length_shares[passages]
        self._find_topics(units)
        self._find_strengths(units, length_norms)
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

    def spread(self, values: NDArray[Scalar]) -> NDArray[Scalar]:
        """Give values of the passages with a match, and 0 for the others: (passages,)."""
        if self._are_all_matched:
            return values
        spread = np.zeros(len(self._is_matched), dtype=values.dtype)
        spread[self._is_matched] = values
        return spread

    def find_best_units(self, unit_scores: FloatArray, best_scores: FloatArray) -> Int64Array:
        """Give the best unit of each passage with a match, of equal ones the first: int64.

        ``best_scores`` are the highest of the scores of the units of each passage.
        """
        passage_of, _, _ = self._unit_places
        best_units = (unit_scores == best_scores[passage_of]).nonzero()[0]
        first: Int64Array = best_units[best_units.searchsorted(self.unit_begins)]
        return first

    def _find_strengths(self, units: PassageUnits, length_norms: FloatArray) -> None:
        """Count the concepts in units and passages, and find how strongly each is held there."""
        shares = self.matches.shares
        counts = np.add.reduceat(np.sign(shares), self.first_matches)  # float64, (units, concepts)
        self.unit_strengths: FloatArray = np.maximum.reduceat(shares, self.first_matches)
        # What is about somebody holds them, under whatever name.
        if self._held_subjects is not None:
            np.maximum(self.unit_strengths, self._held_subjects, out=self.unit_strengths)
        unit_lengths = self.matches.unit_lengths[self._matched_units]
        self.unit_saturations = _saturate(counts, units.norm_of_length[unit_lengths])
        counts = self.reduce_units(np.add, counts)  # float64, (passages, concepts)
        self.passage_strengths = self.reduce_units(np.maximum, self.unit_strengths)
        self.is_held = self.passage_strengths > 0
        self.passage_saturations = _saturate(counts, length_norms)

    def _find_unit_places(self) -> tuple[Int64Array, Int64Array, BoolArray]:
        """Give of each unit its passage, its place there, and whether it is a sentence."""
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
            self._has_word_type: BoolArray | None = None
            self.has_answer_type = np.ones(len(self._first_units), dtype=np.bool_)
            return
        counted = self._find_counted_matches()
        has_type = units.find_answer_type(answer_type, self.matches, counted)  # bool, (all units,)
        is_of_words = answer_type in AnswerType.IN_WORDS and not len(counted)
        if is_of_words:
            self._has_word_type = has_type
        else:
            self._has_word_type = units.find_word_type(answer_type, self.matches)
        self.unit_has_answer_type = has_type[self._matched_units]
        self.has_answer_type = np.logical_or.reduceat(has_type, self._first_units)

    def read_sentences(self, passages: Int64Array) -> Sentences:
        """Give the sentences of some of the passages, which are given by their places."""
        lengths = self._sentence_counts[passages]
        begins = self._first_units[passages]
        places = concatenate_ranges(begins, begins + lengths)
        strengths = np.zeros((len(self.matches.units), len(self.query.concepts)))
        strengths[self._matched_units] = self.unit_strengths
        has_type = None if self._has_word_type is None else self._has_word_type[places]
        topics = self._topics.take(places)
        return Sentences.read(lengths, strengths.take(places, axis=0), topics, has_type)

    def _find_topics(self, units: PassageUnits) -> None:
        """Find what the units are about, of what the question is about."""
        self._topics = units.match_topics(self.matches.units, self.query)
        topics = self._topics.take(self._matched_units)
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
        # By which share each of them holds each concept: float64, (best units, concepts).
        held = self.unit_strengths.take(best_units, axis=0)
        concepts = np.add.reduce(held > 0, axis=1)
        sentences = places[best_units]
        return self.spread(sentences * is_found), self.spread(concepts * is_found)


def _saturate(counts: FloatArray, length_norms: FloatArray) -> FloatArray:
    """Give BM25's saturated frequencies: float64, (texts, concepts), each below ``K1 + 1``.

    ``counts`` are how often concepts stand in texts, (texts, concepts). ``length_norms`` are what
    is added to them for the length of each text, (texts,).
    """
    saturations: FloatArray = counts * (K1 + 1)
    saturations /= counts + length_norms[:, np.newaxis]
    return saturations
