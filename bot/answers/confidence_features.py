"""What the confidence of an answer depends on.

In: the hits of a query, and what is known of the best of them. Out: named features. ``confidence``
makes probabilities of them.

To add one is to add a field here, a line to ``TERMS``, and a coefficient of the same name to
both tables of ``confidence_numbers``, which ``python -m benchmarks.fit confidence --write`` then
finds.
"""

import math
from collections.abc import Iterable, Sequence, Set
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from bot.search.analysis.tokens import fold
from bot.search.answer_form import AnswerForm, has_form
from bot.search.answer_type import AnswerType
from bot.search.contradictions import (
    denies_alone,
    names_no_other,
    names_years,
    tells_no_amount,
    tells_no_material,
    tells_nobody_how,
    tells_of_habit,
    tells_of_other_years,
)
from bot.search.index import Hit, Portrayal
from bot.search.query import CORRECTED_SHARE, ParsedQuery

# A longer sentence is no sentence but a list or a box that was read as one.
_MAX_SENTENCE_WORDS = 60
# Where a query weighs nothing and no score is possible, nothing is divided by 0.
_LEAST_WEIGHT = 1e-9
_NOTHING: Set[str] = frozenset()


class ConfidenceFeatures(NamedTuple):
    """What the confidence depends on. Shares are from 0 to 1.

    Of the score:

    - ``score_ratio`` is the score of the best passage as a share of the highest score that a
      passage can reach for the query. It is 0 for one that was found by its meaning alone, and
      what is said of words and forms then tells nothing.
    - ``runner_up_ratio`` is the score of the second hit as a share of the first one's, 0 without
      one.

    Of the query:

    - ``passages`` counts the passages of the index, and ``content_words`` the concepts that the
      query asks for, known and unknown, without those that only stand around the question.
      ``unknown_words`` counts those of them that no article has.
    - ``asks_for_topic``: it asks for nothing but what the whole article is about.

    Of what was found:

    - ``matched_concepts`` counts the query concepts that the passage matches, and
      ``concepts_in_sentence`` those in the sentence that matches best.
    - ``lacking_concepts`` counts those that this passage lacks, and another hit holds.
    - ``matched_surprisal`` is how much it tells in general that a text has what the passage
      matches, in nats: "ceasefire" tells more than "work", however rare both are in the articles.
      ``surprisal_share`` is the part that this is of what the whole query tells.
    - ``matched_weight`` is the weight of what the passage matches, in nats. ``missing_name_share``
      is the share of the query's weight that is names which the passage does not have.
    - ``adjacency`` is the share of the query's weight that stands side by side.

    Of the form of the answer:

    - ``is_number_missing`` and ``is_date_missing``: the question asks for one, the passage has
      none.
    - ``is_form_there``: the question asks for a place, a duration, an amount and so on, and the
      best sentence has one; ``is_form_missing``: it has none.
    - ``is_person_missing``: the question asks who, and the passage names nobody else.
    - ``is_sentence_long``: the best sentence is longer than sentences are.

    Of whom the question is about:

    - ``missing_subject_share`` is the share that the best sentence is not about.
      ``is_about_other``: it is about another party.

    Of what makes an answer doubtful, and counts for nothing else:

    - ``is_plainly_missing``: the form that is missing has plain signs, as a length or a price has.
    - ``is_denial_missing``: the question asks what is not so, and the best sentence denies nothing.
    - ``is_of_other_years``: the question names a year, and the passage only others.
    - ``is_other_missing``: the question asks for another than it names ("before Orr"), and the best
      sentence tells of none.
    - ``is_amount_missing``: the question asks how much or how many, and the key sentence has
      neither a number nor a word for one. ``is_material_missing``: it asks what something is made
      of, and the key sentence does not tell. ``is_habit``: it asks when something happened, and the
      key sentence tells what is always so. ``is_nobody_told``: it asks how to do something, and
      the passage tells nobody to do anything.
    - ``is_only_mentioned``: the question asks who or what something is, and the key sentence
      neither defines it nor has it as its subject.

    Of meaning, where passages are found by it: ``cosine`` is that of the hit, else it is None.
    Scores are those by words.
    """

    score_ratio: float
    runner_up_ratio: float
    passages: int
    content_words: int
    asks_for_topic: bool
    matched_concepts: int
    concepts_in_sentence: int
    matched_weight: float
    missing_name_share: float
    adjacency: float
    is_number_missing: bool
    is_date_missing: bool
    is_form_there: bool
    is_form_missing: bool
    is_person_missing: bool
    is_sentence_long: bool
    unknown_words: int = 0
    lacking_concepts: int = 0
    matched_surprisal: float = 0.0
    surprisal_share: float = 0.0
    missing_subject_share: float = 0.0
    is_about_other: bool = False
    is_plainly_missing: bool = False
    is_denial_missing: bool = False
    is_of_other_years: bool = False
    is_other_missing: bool = False
    is_amount_missing: bool = False
    is_material_missing: bool = False
    is_habit: bool = False
    is_nobody_told: bool = False
    is_only_mentioned: bool = False
    cosine: float | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether people are never told that the answer is sure.

        What contradicts the question has nearly all of its words, so the score says little. Of the
        sure answers to SQuAD's questions that have none, 103 lack the denial that is asked for, and
        9 are of other years; of its right answers, one each. Where a form with plain signs is
        missing, there are few sure answers to count. Of ten answers of all sets without the amount
        that is asked for, none was right; of eleven that tell nobody what to do, five were.
        """
        contradicts = self.is_denial_missing or self.is_of_other_years or self.is_other_missing
        lacks_answer = (
            self.is_amount_missing
            or self.is_material_missing
            or self.is_habit
            or self.is_nobody_told
            or self.is_only_mentioned
        )
        return self.is_about_other or self.is_plainly_missing or contradicts or lacks_answer

    def judge_portrayal(self, portrayal: Portrayal) -> "ConfidenceFeatures":
        """Give the features with what the key sentence tells of what is to be defined.

        What defines it is about it, whoever else is its subject ("he led the Vaal Bloc, a party"),
        and answers also where the whole article is about it.
        """
        if portrayal is Portrayal.MENTIONED:
            return self._replace(is_only_mentioned=True)
        if portrayal is not Portrayal.DEFINED:
            return self
        return self._replace(asks_for_topic=False, is_about_other=False, missing_subject_share=0.0)

    def judge_key_sentence(self, question: str, key: str) -> "ConfidenceFeatures":
        """Give the features with what the key sentence, which people are shown, lacks."""
        is_amount_missing = tells_no_amount(question, key)
        is_material_missing = tells_no_material(question, key)
        is_habit = tells_of_habit(question, key)
        if not (is_amount_missing or is_material_missing or is_habit):
            # So it is nearly always.
            return self
        return self._replace(
            is_amount_missing=is_amount_missing,
            is_material_missing=is_material_missing,
            is_habit=is_habit,
        )


def find_features(
    hits: Sequence[Hit],
    query: ParsedQuery,
    topics: Iterable[bool],
    sentences: Sequence[str],
    passages: int,
) -> ConfidenceFeatures:
    """Give the features of the first of ``hits`` for ``query``.

    ``topics`` say of each concept whether the whole article is about it. ``sentences`` are those of
    the first passage. There are so many ``passages`` in the index.
    """
    first, *others = [hit.without_meaning() for hit in hits[:2]]
    missing_type = AnswerType.NONE if first.has_answer_type else query.answer_type
    asked = sum(concept.is_asked for concept in query.concepts)
    matched = _count_matched(first, query)
    form = _read_form(query, sentences, first.best_sentence)
    best_sentence = sentences[first.best_sentence] if sentences else ""
    surprisal = _sum_surprisal(first, query)
    return ConfidenceFeatures(
        score_ratio=first.score / max(query.max_score, _LEAST_WEIGHT),
        runner_up_ratio=_find_runner_up_ratio(first, others),
        passages=passages,
        content_words=asked + len(query.unknown_words),
        asks_for_topic=_asks_for_topic(query, topics),
        matched_concepts=matched,
        concepts_in_sentence=min(first.concepts_in_sentence, matched),
        unknown_words=len(query.unknown_words),
        lacking_concepts=_count_lacking(hits, query),
        matched_surprisal=surprisal,
        surprisal_share=surprisal / max(query.asked_surprisal, _LEAST_WEIGHT),
        matched_weight=_weigh_match(first, query),
        missing_name_share=first.missing_name_share,
        adjacency=_find_adjacency(first, query),
        is_number_missing=missing_type == AnswerType.NUMBER,
        is_date_missing=missing_type == AnswerType.DATE,
        is_form_there=form.is_there,
        is_form_missing=form.is_missing,
        is_person_missing=form.is_person_missing,
        is_sentence_long=form.is_sentence_long,
        missing_subject_share=1 - first.subject_share,
        is_about_other=first.is_about_other,
        is_plainly_missing=form.is_missing and bool(query.answer_form & AnswerForm.CERTAIN),
        is_denial_missing=denies_alone(query.text, best_sentence),
        is_of_other_years=_is_of_other_years(first, query, sentences),
        is_other_missing=names_no_other(query.text, best_sentence),
        is_nobody_told=tells_nobody_how(query.text, sentences),
        cosine=hits[0].cosine,
    )


def _find_runner_up_ratio(first: Hit, others: Sequence[Hit]) -> float:
    """Give the second score as a share of the first one, at most 1; 0 without a second hit.

    After a follow-up, or by meaning, a passage may stand before one with a higher score by words.
    """
    if not others:
        return 0.0
    second = others[0]
    if second.score >= first.score:
        return 1.0
    return second.score / first.score


def _count_matched(hit: Hit, query: ParsedQuery) -> int:
    """Count the concepts of the question itself that a hit matches.

    Those that it may hold under the same other word count once: "wheat" is one word, though it
    stands for "bake" and for "bread".
    """
    matched = 0
    other_words: set[str] = set()
    for concept, strength in zip(query.concepts, hit.strengths, strict=False):
        if not concept.is_asked or not strength:
            continue
        is_own = strength >= CORRECTED_SHARE
        if is_own or other_words.isdisjoint(concept.variants):
            matched += 1
        if not is_own:
            other_words.update(concept.variants)
    return matched


def _count_lacking(hits: Sequence[Hit], query: ParsedQuery) -> int:
    """Count the concepts of the question itself that another hit holds and the first does not."""
    first, *others = hits
    count = 0
    for place, concept in enumerate(query.concepts):
        if not concept.is_asked or _holds(first, place):
            continue
        count += any(_holds(other, place) for other in others)
    return count


def _holds(hit: Hit, place: int) -> bool:
    """Say whether a hit holds the concept at a place; one without strengths holds none."""
    return place < len(hit.strengths) and bool(hit.strengths[place] > 0)


def _sum_surprisal(hit: Hit, query: ParsedQuery) -> float:
    """Add up the surprisal of the concepts of the question itself that a hit matches, in nats."""
    return sum(
        concept.surprisal * strength
        for concept, strength in zip(query.concepts, hit.strengths, strict=False)
        if concept.is_asked
    )


def _weigh_match(hit: Hit, query: ParsedQuery) -> float:
    """Weigh the concepts that a hit matches, in nats."""
    weight = 0.0
    # A passage that was not retrieved but stands near to one that was has no strengths.
    for concept, strength in zip(query.concepts, hit.strengths, strict=False):
        weight += concept.weight * strength
    return weight


def _find_adjacency(hit: Hit, query: ParsedQuery) -> float:
    """Give the share of a query's weight that stands side by side in a hit."""
    total = max(query.total_weight, _LEAST_WEIGHT)
    share = hit.adjacent_weight / total
    return min(share, 1.0)


def _asks_for_topic(query: ParsedQuery, topics: Iterable[bool]) -> bool:
    """Say whether a query asks for nothing but topics of the article; unknown words are none."""
    is_known = query.total_weight > 0 and not query.unknown_words
    return is_known and all(topics)


def _is_of_other_years(hit: Hit, query: ParsedQuery, sentences: Sequence[str]) -> bool:
    """Say whether a passage tells of other years; its headings may tell of the same."""
    if not names_years(query.text):
        return False
    matched = [
        concept.word
        for concept, strength in zip(query.concepts, hit.strengths, strict=False)
        if strength > 0
    ]
    return tells_of_other_years(query.text, " ".join((*matched, *sentences)))


class _Form(NamedTuple):
    """What the form of the best sentence tells (``ConfidenceFeatures``)."""

    is_there: bool
    is_missing: bool
    is_person_missing: bool
    is_sentence_long: bool


def _read_form(query: ParsedQuery, sentences: Sequence[str], best: int) -> _Form:
    """Compare the form of the best sentence with the form that is asked for."""
    sentence = sentences[best] if sentences else ""
    words = len(sentence.split())
    # Most questions ask for no form.
    asked = frozenset(map(fold, query.tokens)) if query.answer_form else _NOTHING
    form = _leave_out_person(query.answer_form)
    is_there = bool(form) and has_form(sentence, form, asked)
    return _Form(
        is_there=is_there,
        is_missing=bool(form) and not is_there,
        is_person_missing=_is_person_missing(query, sentences, asked),
        is_sentence_long=words > _MAX_SENTENCE_WORDS,
    )


@cache
def _leave_out_person(forms: AnswerForm) -> AnswerForm:
    """Give forms without that of a person; to work on flags takes long."""
    return forms & ~AnswerForm.PERSON


def _is_person_missing(query: ParsedQuery, sentences: Sequence[str], asked: Set[str]) -> bool:
    """Say whether the question asks who, and no sentence names anybody else."""
    if AnswerForm.PERSON not in query.answer_form:
        return False
    return not any(has_form(sentence, AnswerForm.PERSON, asked) for sentence in sentences)


# The terms that are features as they are, ...
_PLAIN = (
    "runner_up_ratio",
    "asks_for_topic",
    "missing_name_share",
    "adjacency",
    "is_number_missing",
    "is_date_missing",
    "is_form_there",
    "is_form_missing",
    "is_person_missing",
    "missing_subject_share",
    "is_about_other",
    "is_sentence_long",
    "surprisal_share",
)
# ... and the counts and weights of which the logarithm counts, one added.
_COUNTS = (
    "passages",
    "content_words",
    "concepts_in_sentence",
    "matched_weight",
    "unknown_words",
    "lacking_concepts",
    "matched_surprisal",
)
_LOGARITHMS = [f"log_{name}" for name in _COUNTS]
_get_plain = attrgetter(*_PLAIN)
_get_counts = attrgetter(*_COUNTS)


# The names of all terms, in the order of ``compute_terms``.
TERMS = ("intercept", *_PLAIN, *_LOGARITHMS, "log_score_ratio", "matched_share")


def compute_terms(features: ConfidenceFeatures) -> Sequence[float]:
    """Give what each coefficient is multiplied by, in the order of ``TERMS``.

    There must be a score by words.
    """
    return (
        1.0,
        *map(float, _get_plain(features)),
        *map(math.log1p, _get_counts(features)),
        math.log(features.score_ratio),
        features.matched_concepts / max(features.content_words, 1),
    )
