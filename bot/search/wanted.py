"""What a question asks for: things with their weights, each under the terms by which a passage may hold it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.search.answer_kinds import AnswerKind


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
    of what "how many" asks the number of.
    """

    concepts: tuple[Concept, ...]
    missing: tuple[str, ...]
    corrections: Mapping[str, str]
    kind: AnswerKind
    attainable: float
    weight: float
    missing_names: float
    counted: frozenset[str] = frozenset()

    @property
    def weights(self) -> dict[str, float]:
        """Give every term that is looked for, with the share that it counts for."""
        weights: dict[str, float] = {}
        for concept in self.concepts:
            for term, share in concept.variants.items():
                weights[term] = max(share, weights.get(term, 0.0))
        return weights
