"""A parsed query: the concepts that a question asks for, each with its weight and its variants.

These are values. ``query_parser`` makes them; ``candidates``, ``signals`` and ``sentence_scorer``
use them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from bot.search.answer_form import AnswerForm
from bot.search.answer_type import AnswerType
from bot.search.arrays import BoolArray, FloatArray, Int64Array
from bot.search.definition_question import PossibleTerm

# What a corrected word counts for. It is high enough to count as the question's own word still.
CORRECTED_SHARE = 0.95


class EncodedQuery(NamedTuple):
    """A query as arrays of term ids and weights.

    ``term_ids`` are the terms of all concepts, int64, (terms,). ``term_weights`` say how often each
    term counts in BM25, float64, (terms,). ``shares`` say how much each term counts for each
    concept, 0 to 1, float64, (1 + terms, concepts); row 0 is for a token that is none of the terms,
    row i + 1 for ``term_ids[i]``. ``row_concepts`` are the concepts that the rows count most for,
    int64, and ``row_weights`` what they count for these, in nats, float64, both (1 + terms,).
    ``concept_weights`` are in nats and ``coverages`` those of the concepts, each float64,
    (concepts,). ``weight`` is the sum of the former, ``coverage`` that of the latter, and
    ``covered_weight`` that of their products. ``is_name`` says which concepts are names, bool,
    (concepts,), or is None where none is.
    ``subject_shares``, ``stance_shares`` and ``definition_shares`` are the parts of their
    ``ConceptShare``, float64, (concepts,), or None where no concept has one.
    """

    term_ids: Int64Array
    term_weights: FloatArray
    shares: FloatArray
    row_concepts: Int64Array
    row_weights: FloatArray
    concept_weights: FloatArray
    coverages: FloatArray
    weight: float
    coverage: float
    covered_weight: float
    is_name: BoolArray | None
    subject_shares: FloatArray | None
    stance_shares: FloatArray | None
    definition_shares: FloatArray | None


class Variants(dict[str, float]):
    """The terms by which a collection holds a concept, each with its share, 0 to 1.

    As arrays, in the same order: ``term_ids`` are their ids, int64, ``shares`` their shares,
    float64, and ``is_party`` says which are names, or say or want something, bool, each (terms,).
    ``has_party`` says whether one is.
    """

    __slots__ = ("has_party", "is_party", "shares", "term_ids")

    def __init__(
        self, share_of_term: Mapping[str, float], term_ids: Int64Array, is_party: BoolArray
    ) -> None:
        """Take terms with their shares, and what is known of each."""
        super().__init__(share_of_term)
        self.term_ids = term_ids
        self.shares: FloatArray = np.array(list(share_of_term.values()), dtype=np.float64)
        self.is_party = is_party
        self.has_party = bool(is_party.any())

    def reweigh(self, shares: Mapping[str, float]) -> "Variants":
        """Give some of the terms, in the same order, with other shares."""
        if len(shares) == len(self):
            return Variants(shares, self.term_ids, self.is_party)
        is_kept = [term in shares for term in self]
        return Variants(shares, self.term_ids[is_kept], self.is_party[is_kept])


class ConceptShare(NamedTuple):
    """What part a concept has in what the question is about, each 0 to 1.

    ``subject`` is its share of the question's concepts if the question is about it, ``stance`` the
    same if the question asks what it says or wants, ``definition`` its share of what the question
    asks the meaning of. The less else a question says, the more it matters who is spoken of.
    """

    subject: float = 0.0
    stance: float = 0.0
    definition: float = 0.0


NO_SHARE = ConceptShare()


class QueryConcept(NamedTuple):
    """One concept that a question asks for: a word or a phrase.

    ``word`` is the concept as it was typed, ``term`` what it was analysed to. ``weight`` is a BM25
    weight in nats. ``variants`` are the terms by which the collection holds the concept, each with
    the share, 0 to 1, that it counts for: 1 for the term itself. ``coverage``, 0 to 1, is what it
    counts for in the signals that are made for short questions: less than 1 in a long question,
    and for what only stands around one. ``share`` is the part that it has in what the question is
    about. ``is_asked`` is false for what only stands around the question. ``surprisal`` is how much
    the term tells in general, in nats (``WordFrequencies.surprisal``), for what it counts in the
    question.
    """

    word: str
    term: str
    weight: float
    is_name: bool
    variants: Variants
    coverage: float = 1.0
    share: ConceptShare = NO_SHARE
    is_asked: bool = True
    surprisal: float = 0.0


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question as an index understands it.

    ``text`` is what asks in the question, behind its subject, with misspelt words mended.
    ``tokens`` are the words of what asks in the question, as typed, in order. ``concepts``
    are the concepts that the collection holds, the weightiest first. ``unknown_words`` are the
    words of those that it does not hold. ``corrections`` map misspelt words to what was meant.
    ``answer_type`` counts in ranking; ``answer_form`` is more exact, and speaks for or against what
    was found. ``max_score`` is an upper bound of the score of any passage. ``total_weight`` is the
    weight of all concepts, known and unknown, and ``missing_name_weight`` that of unknown names.
    ``asked_surprisal`` is how much those of the question itself tell in general, in nats.
    ``counted_terms`` are the terms behind "how many". ``asks_wish`` says that the question asks
    what somebody wants. ``possible_term`` is what it asks the meaning of if the articles have that
    as a term, where nothing else tells.
    ``unit_share``, 0 to 1, is what the best unit of a passage counts for: less than 1 where the
    question holds more than a sentence does. ``encoded`` is the same query as arrays.
    """

    text: str
    tokens: tuple[str, ...]
    concepts: tuple[QueryConcept, ...]
    unknown_words: tuple[str, ...]
    corrections: Mapping[str, str]
    answer_type: AnswerType
    answer_form: AnswerForm
    max_score: float
    total_weight: float
    missing_name_weight: float
    asked_surprisal: float
    counted_terms: frozenset[str]
    encoded: EncodedQuery = field(compare=False, repr=False)
    asks_wish: bool = False
    possible_term: PossibleTerm | None = None
    unit_share: float = 1.0

    @property
    def asks_definition(self) -> bool:
        """Whether the question asks the meaning of something, or who somebody is."""
        return self.encoded.definition_shares is not None

    @property
    def term_weights(self) -> dict[str, float]:
        """Give every term that is looked for, with the highest share that it counts for."""
        weights: dict[str, float] = {}
        for concept in self.concepts:
            for term, share in concept.variants.items():
                weights[term] = max(share, weights.get(term, 0.0))
        return weights
