"""What a question asks for: things with their weights, each under the terms by which a passage may hold it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.search.answer_kinds import AnswerKind
from bot.search.bm25 import Floats, Integers


class Asked(NamedTuple):
    """The terms of what is asked for: their numbers, and what each adds to a passage's BM25 score.

    ``shares`` say what the terms count for, (1 + terms, concepts), row 0 for no term; ``concepts`` are the weights.
    """

    numbers: Integers
    weights: Floats
    shares: Floats
    concepts: Floats


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is asked for.

    ``variants`` are the terms that the collection holds it under, each with the share (0 to 1) that it counts
    for: 1 for the word itself. ``weight`` is a BM25 weight, in nats.
    """

    word: str
    term: str
    weight: float
    is_name: bool
    variants: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as an index understands it.

    ``missing`` are the words that stand nowhere; ``corrections`` what words were taken for; ``attainable`` is
    the score of a passage, itself one sentence, that repeats everything without end; ``weight`` that of all
    that is asked for, ``missing_names`` that of the names among the missing words; ``counted`` are the terms
    of what "how many" asks the number of; ``asked`` is what of the concepts the index compares.
    """

    concepts: tuple[Concept, ...]
    missing: tuple[str, ...]
    corrections: Mapping[str, str]
    kind: AnswerKind
    attainable: float
    weight: float
    missing_names: float
    counted: frozenset[str]
    asked: Asked = field(compare=False, repr=False)

    @property
    def weights(self) -> dict[str, float]:
        """Give every term that is looked for, with the share that it counts for."""
        weights: dict[str, float] = {}
        for concept in self.concepts:
            for term, share in concept.variants.items():
                weights[term] = max(share, weights.get(term, 0.0))
        return weights
