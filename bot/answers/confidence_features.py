"""What the confidence of an answer depends on.

In: the hits of a query, and what is known of the best of them. Out: named features. ``confidence``
makes a probability of them.

To add one is to add a field here, a line to ``list_terms``, and a coefficient of the same name to
``confidence.COEFFICIENTS``, which ``python -m benchmarks.fit confidence --write`` then finds.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.search.analysis.tokens import fold
from bot.search.answer_form import AnswerForm, has_form
from bot.search.answer_type import AnswerType, classify_sentence
from bot.search.index import Hit
from bot.search.query import ParsedQuery

# A question of so few words is a name or a noun that somebody looks up.
_MAX_KEYWORDS = 2
# A longer sentence is no sentence but a list or a box that was read as one.
_MAX_SENTENCE_WORDS = 60
# Where a query weighs nothing, nothing is divided by 0.
_LEAST_WEIGHT = 1e-9
# A share of a weight that is nothing but rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class ConfidenceFeatures:
    """What the confidence depends on. Shares are from 0 to 1.

    Of the score:

    - ``score_ratio`` is the score of the best passage as a share of the highest score that a
      passage can reach for the query, above 0.
    - ``runner_up_ratio`` is the score of the second hit as a share of the first one's, 0 without
      one.

    Of the query:

    - ``passages`` counts the passages of the index, ``words`` the words of the question, and
      ``content_words`` the concepts that it asks for, known and unknown.
    - ``asks_for_topic``: it asks for nothing but what the whole article is about.

    Of what was found:

    - ``matched_concepts`` counts the query concepts that the passage matches, and
      ``concepts_in_sentence`` those in the sentence that matches best.
    - ``matched_weight`` is the weight of what the passage matches, in nats. ``matched_name_share``
      is the share of the query's weight that is names among it, ``missing_name_share`` that is
      names which the passage does not have, ``corrected_share`` that was misspelt.
    - ``adjacency`` is the share of the query's weight that stands side by side.

    Of the form of the answer:

    - ``is_number_missing`` and ``is_date_missing``: the question asks for one, the passage has
      none.
    - ``is_form_there``: the question asks for a place, a duration, an amount and so on, and the
      best sentence has one; ``is_form_missing``: it has none.
    - ``is_person_missing``: the question asks who, and the passage names nobody else.
    - ``is_definition_missing``: the question asks what something is, and the best sentence is no
      definition by its form.
    - ``is_sentence_long``: the best sentence is longer than sentences are.
    """

    score_ratio: float
    runner_up_ratio: float
    passages: int
    words: int
    content_words: int
    asks_for_topic: bool
    matched_concepts: int
    concepts_in_sentence: int
    matched_weight: float
    matched_name_share: float
    missing_name_share: float
    corrected_share: float
    adjacency: float
    is_number_missing: bool
    is_date_missing: bool
    is_form_there: bool
    is_form_missing: bool
    is_person_missing: bool
    is_definition_missing: bool
    is_sentence_long: bool


def find_features(
    hits: Sequence[Hit],
    query: ParsedQuery,
    topics: Sequence[bool],
    sentences: Sequence[str],
    passages: int,
) -> ConfidenceFeatures:
    """Give the features of the first of ``hits`` for ``query``.

    ``topics`` say of each concept whether the whole article is about it. ``sentences`` are those of
    the first passage. There are so many ``passages`` in the index.
    """
    first, *others = hits
    missing_type = AnswerType.NONE if first.has_answer_type else query.answer_type
    best_sentence = sentences[first.best_sentence] if sentences else ""
    matched = _weigh_matches(first, query, topics)
    asked = frozenset(map(fold, query.tokens))
    form = query.answer_form & ~AnswerForm.PERSON
    is_form_there = bool(form) and has_form(best_sentence, form, asked)
    return ConfidenceFeatures(
        score_ratio=first.score / query.max_score,
        runner_up_ratio=others[0].score / first.score if others else 0.0,
        passages=passages,
        words=len(query.tokens),
        content_words=len(query.concepts) + len(query.unknown_words),
        asks_for_topic=matched.asks_for_topic,
        matched_concepts=first.matched_concepts,
        concepts_in_sentence=first.concepts_in_sentence,
        matched_weight=matched.weight,
        matched_name_share=matched.name_share,
        missing_name_share=first.missing_name_share,
        corrected_share=matched.corrected_share,
        adjacency=min(first.adjacent_weight / max(query.total_weight, _LEAST_WEIGHT), 1.0),
        is_number_missing=missing_type == AnswerType.NUMBER,
        is_date_missing=missing_type == AnswerType.DATE,
        is_form_there=is_form_there,
        is_form_missing=bool(form) and not is_form_there,
        is_person_missing=_is_person_missing(query, sentences, asked),
        is_definition_missing=_is_definition_missing(query, best_sentence),
        is_sentence_long=len(best_sentence.split()) > _MAX_SENTENCE_WORDS,
    )


class _Matched(NamedTuple):
    """What a hit matches: a weight in nats, shares from 0 to 1 (``ConfidenceFeatures``)."""

    weight: float
    name_share: float
    corrected_share: float
    asks_for_topic: bool


def _weigh_matches(hit: Hit, query: ParsedQuery, topics: Sequence[bool]) -> _Matched:
    """Weigh what a hit matches of a query, all of it and parts of it."""
    total = max(query.total_weight, _LEAST_WEIGHT)
    weight = of_names = corrected = of_topics = 0.0
    for concept, strength, is_topic in zip(query.concepts, hit.strengths, topics, strict=True):
        matched = concept.weight * strength
        weight += matched
        of_names += matched * concept.is_name
        corrected += concept.weight * (concept.word in query.corrections)
        of_topics += concept.weight * is_topic
    return _Matched(
        weight=weight,
        name_share=of_names / total,
        corrected_share=corrected / total,
        asks_for_topic=of_topics >= (1 - _ROUNDING) * total,
    )


def _is_person_missing(
    query: ParsedQuery, sentences: Sequence[str], asked: frozenset[str]
) -> bool:
    """Say whether the question asks who, and no sentence names anybody else."""
    if AnswerForm.PERSON not in query.answer_form:
        return False
    return not any(has_form(sentence, AnswerForm.PERSON, asked) for sentence in sentences)


def _is_definition_missing(query: ParsedQuery, best_sentence: str) -> bool:
    """Say whether the question asks what something is, and the best sentence does not tell."""
    asks_for_definition = query.answer_type == AnswerType.DEFINITION
    return asks_for_definition and AnswerType.DEFINITION not in classify_sentence(best_sentence)


def list_terms(features: ConfidenceFeatures) -> Mapping[str, float]:
    """Give what each coefficient is multiplied by: the features, counts by their logarithm."""
    return {
        "intercept": 1.0,
        "log_score_ratio": math.log(features.score_ratio),
        "runner_up_ratio": features.runner_up_ratio,
        "log_passages": math.log1p(features.passages),
        "log_words": math.log1p(features.words),
        "has_few_words": float(features.words <= _MAX_KEYWORDS),
        "log_content_words": math.log1p(features.content_words),
        "asks_for_topic": float(features.asks_for_topic),
        "log_matched_concepts": math.log1p(features.matched_concepts),
        "log_concepts_in_sentence": math.log1p(features.concepts_in_sentence),
        "log_matched_weight": math.log1p(features.matched_weight),
        "matched_name_share": features.matched_name_share,
        "missing_name_share": features.missing_name_share,
        "corrected_share": features.corrected_share,
        "adjacency": features.adjacency,
        "is_number_missing": float(features.is_number_missing),
        "is_date_missing": float(features.is_date_missing),
        "is_form_there": float(features.is_form_there),
        "is_form_missing": float(features.is_form_missing),
        "is_person_missing": float(features.is_person_missing),
        "is_definition_missing": float(features.is_definition_missing),
        "is_sentence_long": float(features.is_sentence_long),
    }
