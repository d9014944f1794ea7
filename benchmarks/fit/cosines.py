"""The weights of meaning in the reranker's score, by a conditional logit.

Each candidate of a question has four features: its score by words as a share of what the question
could have, and its three cosines. A weight of meaning is the coefficient of a cosine divided by
that of the score by words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.cases import SPLIT, list_sets, weigh_sources
from benchmarks.fit.conditional_logit import Choices, find_covariance, fit_choices
from benchmarks.fit.logistic import Floats, Integers, find_mean_error
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, MissingDataError, Trial
from benchmarks.quality.asked_sets import AskedSet
from benchmarks.quality.asking import Prepare
from benchmarks.quality.embedder import Embedder
from bot.answers.answerer import Answerer
from bot.answers.model import Quote
from bot.search.question_reader import read_question
from bot.search.signals import SIGNALS, Level, find_word_scale

SIGNALS_OF_MEANING = tuple(signal for signal in SIGNALS if signal.level is Level.MEANING)
# The weights in the code, that of the score by words first.
CODE = np.array([1.0, *(signal.weight for signal in SIGNALS_OF_MEANING)])
# All candidates: 25 by BM25 and the 25 nearest.
_MOST_HITS = 50
# A right candidate has this place where there is none.
_NOWHERE = _MOST_HITS
_METHOD = (
    "conditional logit over all candidates of a question: the likelihood is the share of those "
    "whose quotation answers in the sum of exp(score) (McFadden 1974); all divided by the "
    "coefficient of the score by words; standard errors robust to clusters, which are questions, "
    "and by the delta method for the division; each source counts by its share. The first and "
    "the first three are candidates as the reranker orders them, nothing refused; the loss is of "
    "questions that a candidate answers, each weights at their best scale on the fitting half"
)


@dataclass(frozen=True, slots=True)
class RankedCase:
    """A question that something answers, asked of a library, with its candidates.

    ``question`` is its key. ``features`` are float64, (candidates, 4): the score by words as a
    share, 0 to 1, and the cosines in the order of ``SIGNALS_OF_MEANING``. ``is_right`` says whose
    quotation answers: (candidates,).
    """

    source: str
    question: str
    features: Floats
    is_right: NDArray[np.bool_]

    def find_place(self, weights: Floats) -> int:
        """Give the place, from 0, of the first candidate that answers, or ``_NOWHERE``."""
        order = np.argsort(-(self.features @ weights), kind="stable")
        places = np.flatnonzero(self.is_right[order])
        return int(places[0]) if len(places) else _NOWHERE


def fit(options: FitOptions) -> Fit:
    """Fit the three weights together. Raises MissingDataError without a model."""
    if options.model is None:
        raise MissingDataError("it needs a model of sentence embeddings: --model PATH")
    prepare = Embedder.load(options.model).prepare
    fitting, trial = (
        list(rank_sets(list_sets(options, is_fitting=is_fitting), prepare))
        for is_fitting in (True, False)
    )
    return fit_cases(fitting, trial)


def fit_cases(fitting: Sequence[RankedCase], trial: Sequence[RankedCase]) -> Fit:
    """Fit the weights on some cases, and try them on others."""
    choices = make_choices(fitting)
    coefficients = fit_choices(choices)
    weights, errors = find_weights(choices, coefficients)
    found = zip(SIGNALS_OF_MEANING, weights, errors, _find_notes(fitting), strict=True)
    numbers = [
        FittedNumber(f"signals: weight of {signal.name}", signal.weight, weight, error, note)
        for signal, weight, error, note in found
    ]
    (scale,) = fit_choices(choices.score_by(CODE))
    return Fit(
        title="Weights of meaning of bot/search/signals.py",
        data=f"fitting: {_describe(fitting)}. Trial: {_describe(trial)}",
        split=f"{SPLIT}; of their article alone and of all in one folder",
        method=_METHOD,
        numbers=tuple(numbers),
        trials=tuple(_try(trial, scale * CODE, coefficients)),
        origin="the code's were found on SQuAD articles 1–4 and the seen golden sets alone",
    )


def rank_sets(sets: Iterable[AskedSet], prepare: Prepare) -> Iterator[RankedCase]:
    """Ask the questions of sets that have an answer there; each answerer is prepared first.

    Raises ValueError where it finds nothing by meaning then.
    """
    for one in sets:
        if one.is_taken_out:
            continue
        answerer = prepare(Answerer(one.library))
        for question in one.questions:
            if question.answers is not None:
                features, quotes = _find_candidates(answerer, question.text)
                is_right = [quote is not None and question.answers(quote) for quote in quotes]
                yield RankedCase(one.source, question.key, features, np.array(is_right, np.bool_))


def _find_candidates(answerer: Answerer, question: str) -> tuple[Floats, list[Quote | None]]:
    """Give the features of the candidates as in ``RankedCase``, and the quotation of each.

    What is fitted is inside the answerer of the question's language.
    """
    asked = read_question(question)
    first, *_ = answerer._order_answerers(asked, "", None)  # noqa: SLF001
    index, table = first.index, first._table  # noqa: SLF001
    meaning = index._meaning  # noqa: SLF001
    if meaning is None:
        raise ValueError("the answerer finds nothing by meaning")
    query = index.parse_tokenized(asked)
    hits = index.retrieve(query, _MOST_HITS)
    numbers = np.array([hit.passage for hit in hits], dtype=np.int64)
    word_scores = np.array([hit.without_meaning().score for hit in hits])
    columns = [word_scores / find_word_scale(query), *meaning.compare(query.text, numbers)]
    return np.column_stack(columns), [first.quote(question, table.ids[one]) for one in numbers]


def make_choices(cases: Sequence[RankedCase]) -> Choices:
    """Give the candidates of the cases that some of them answer; the others tell nothing."""
    found = [case for case in cases if case.is_right.any()]
    return Choices(
        features=np.vstack([case.features for case in found]),
        question_of=np.repeat(np.arange(len(found)), [len(case.features) for case in found]),
        is_right=np.concatenate([case.is_right for case in found]),
        weights=weigh_sources([case.source for case in found]),
        clusters=_number_questions(found),
    )


def _number_questions(cases: Sequence[RankedCase]) -> Integers:
    _, numbers = np.unique([case.question for case in cases], return_inverse=True)
    return numbers.astype(np.int64)


def find_weights(choices: Choices, coefficients: Floats) -> tuple[list[float], list[float]]:
    """Give the weights of meaning by fitted coefficients, and their standard errors."""
    weights = coefficients[1:] / coefficients[0]
    errors = find_ratio_errors(coefficients, find_covariance(choices, coefficients))
    return weights.tolist(), errors.tolist()


def find_ratio_errors(coefficients: Floats, covariance: Floats) -> Floats:
    """Give the standard errors of all coefficients but the first, divided by that.

    This is the delta method. ``covariance`` is that of the coefficients, float64,
    (coefficients, coefficients).
    """
    unit = coefficients[0]
    others = len(coefficients) - 1
    derivative = np.column_stack([-coefficients[1:] / unit**2, np.eye(others) / unit])
    errors: Floats = np.sqrt(np.diag(derivative @ covariance @ derivative.T))
    return errors


def _find_notes(cases: Sequence[RankedCase]) -> list[str]:
    """Say for each weight what each source finds by itself."""
    parts: list[list[str]] = [[] for _ in SIGNALS_OF_MEANING]
    for source in _find_sources(cases):
        choices = make_choices([case for case in cases if case.source == source])
        found = find_weights(choices, fit_choices(choices))
        for part, weight, error in zip(parts, *found, strict=True):
            part.append(f"{source} {weight:.2f} ± {error:.2f}")
    return [f"alone: {', '.join(part)}" for part in parts]


def _describe(cases: Sequence[RankedCase]) -> str:
    parts = []
    for source in _find_sources(cases):
        mine = [case for case in cases if case.source == source]
        found = sum(bool(case.is_right.any()) for case in mine)
        parts.append(f"{source}: {len(mine):,} cases, {found:,} with a right candidate")
    return "; ".join(parts)


def _find_sources(cases: Sequence[RankedCase]) -> list[str]:
    return list(dict.fromkeys(case.source for case in cases))


def _try(trial: Sequence[RankedCase], code: Floats, found: Floats) -> Iterator[Trial]:
    """Give the figures of merit of each source, and the loss of all by their shares.

    ``code`` and ``found`` are coefficients: weights times their scale.
    """
    for source in _find_sources(trial):
        mine = [case for case in trial if case.source == source]
        shares, clusters = np.full(len(mine), 1 / len(mine)), _number_questions(mine)
        places = [np.array([case.find_place(one) for case in mine]) for one in (code, found)]
        for name, count in (("first right", 1), ("right in three", 3)):
            at_code, at_found = ((one < count).astype(np.float64) for one in places)
            yield _compare(f"{source}: {name}", at_code, at_found, shares, clusters)
        yield _compare_losses(f"{source}: loss", mine, code, found)
    yield _compare_losses("all: loss", trial, code, found)


def _compare_losses(name: str, cases: Sequence[RankedCase], code: Floats, found: Floats) -> Trial:
    choices = make_choices(cases)
    at_code, at_found = choices.find_losses(code), choices.find_losses(found)
    shares = choices.weights / choices.weights.sum()
    return _compare(name, at_code, at_found, shares, choices.clusters)


def _compare(
    name: str, at_code: Floats, at_found: Floats, shares: Floats, clusters: Integers
) -> Trial:
    error = find_mean_error(at_found - at_code, shares, clusters)
    note = f"s.e. of the difference {error:.4f}"
    return Trial(name, float(shares @ at_code), float(shares @ at_found), note)
