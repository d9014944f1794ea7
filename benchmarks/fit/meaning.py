"""The coefficients of the confidence of what is found by meaning, with a model of embeddings.

The questions are those of the confidence by words. What is learnt about words counts without being
fitted twice: the regressions are on the log-odds by words and the cosine.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.fit.cases import SPLIT, ask_both, weigh_cases
from benchmarks.fit.logistic import (
    Floats,
    Integers,
    Scheme,
    find_probabilities,
    find_standard_errors,
    fit_logistic,
)
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, MissingDataError, Trial
from benchmarks.fit.write import write_numbers
from benchmarks.quality.asking import Case, describe_cases, find_sources
from benchmarks.quality.metrics import find_auroc, find_calibration_error
from bot.answers.answerer import Answerer
from bot.answers.confidence import find_word_log_odds
from bot.answers.confidence_numbers import (
    CONFIDENCE,
    CONFIDENCE_WITH_MEANING,
    COVERAGE,
    COVERAGE_WITH_MEANING,
    THRESHOLD,
)
from bot.embeddings.baseline import find_baseline
from bot.embeddings.encoder import Encoder
from bot.embeddings.onnx_encoder import load_encoder
from bot.embeddings.vector_store import VectorStore

NAMES = tuple(CONFIDENCE_WITH_MEANING)
_METHOD = (
    "logistic regressions of whether the first quotation answers (CONFIDENCE_WITH_MEANING) and of "
    "whether the articles answer at all (COVERAGE_WITH_MEANING) on the log-odds by words and the "
    "cosine; standard errors clustered by question; each source counts by its share"
)


def fit(options: FitOptions) -> Fit:
    """Fit all coefficients together. Raises MissingDataError without a model."""
    if options.model is None:
        raise MissingDataError("it needs a model of sentence embeddings: --model PATH")
    embedder = Embedder(load_encoder(options.model))
    fitting, trial = ask_both(options, prepare=embedder.prepare)
    weights, questions = _weigh(fitting)
    scheme = Scheme(weights)
    numbers: list[FittedNumber] = []
    found: dict[str, Floats] = {}
    for name, by_words, in_code in _TABLES:
        features, outcomes = to_arrays(fitting, by_words)
        found[name] = fit_logistic(features, outcomes, scheme)
        errors = find_standard_errors(features, outcomes, found[name], questions, scheme)
        numbers += _list_numbers(name, in_code, found[name], errors)
    if options.write:
        write_numbers(
            {name: dict(zip(NAMES, values.tolist(), strict=True)) for name, values in found.items()}
        )
    return Fit(
        title="Coefficients with meaning of bot/answers/confidence_numbers.py",
        data=f"fitting: {describe_cases(fitting)}. Trial: {describe_cases(trial)}",
        split=SPLIT,
        method=_METHOD,
        numbers=tuple(numbers),
        trials=tuple(one for source in find_sources(trial) for one in _try(source, trial, found)),
    )


# The tables that are found: their names, those by words, and what is in the code.
_TABLES: Sequence[tuple[str, Mapping[str, float], Mapping[str, float]]] = (
    ("CONFIDENCE_WITH_MEANING", CONFIDENCE, CONFIDENCE_WITH_MEANING),
    ("COVERAGE_WITH_MEANING", COVERAGE, COVERAGE_WITH_MEANING),
)


class Embedder:
    """Gives answerers meaning; each text is embedded once for all of them."""

    def __init__(self, encoder: Encoder) -> None:
        """Take the encoder of all texts."""
        self._encoder = encoder
        self._baseline = find_baseline(encoder)
        self._store = VectorStore(encoder.dimensions)

    def prepare(self, answerer: Answerer) -> Answerer:
        """Give an answerer that finds passages by words and by meaning."""
        for missing in self._store.find_missing(list(answerer.list_embedded_texts())):
            self._store.add(missing, self._encoder)
        return answerer.with_meaning(self._encoder, self._baseline, self._store)


def to_arrays(cases: Sequence[Case], by_words: Mapping[str, float]) -> tuple[Floats, Floats]:
    """Give features in the order of ``NAMES``, and outcomes, of the cases with a hit.

    The outcome is whether the first quotation answers, by the table ``COVERAGE`` whether the
    articles do.
    """
    rows, outcomes = [], []
    for case in cases:
        features = case.features
        if features is not None and features.cosine is not None:
            rows.append((1.0, find_word_log_odds(by_words, features), features.cosine))
            is_so = case.is_covered if by_words is COVERAGE else case.is_right
            outcomes.append(float(is_so))
    return np.array(rows), np.array(outcomes)


def _weigh(cases: Sequence[Case]) -> tuple[Floats, Integers]:
    """Give weights and numbers of questions of the cases with a hit."""
    found = [case for case in cases if case.features and case.features.cosine is not None]
    _, questions = np.unique([case.question for case in found], return_inverse=True)
    return weigh_cases(found), questions.astype(np.int64)


def _list_numbers(
    table: str, in_code: Mapping[str, float], found: Floats, errors: Floats
) -> list[FittedNumber]:
    values = zip(NAMES, found.tolist(), errors.tolist(), strict=True)
    return [FittedNumber(f"{table}: {name}", in_code[name], *both) for name, *both in values]


def _try(source: str, trial: Sequence[Case], found: Mapping[str, Floats]) -> list[Trial]:
    """Give the figures of merit on one set at both sets of coefficients."""
    mine = [case for case in trial if case.source == source]
    code = {name: np.array([in_code[one] for one in NAMES]) for name, _, in_code in _TABLES}
    at_code, at_found = (_measure(mine, tables) for tables in (code, found))
    return [Trial(f"{source}: {name}", at_code[name], at_found[name]) for name in at_code]


def _measure(cases: Sequence[Case], tables: Mapping[str, Floats]) -> dict[str, float]:
    (confidences, is_right), (coverages, is_covered) = (
        _estimate(cases, by_words, tables[name]) for name, by_words, _ in _TABLES
    )
    is_answered = np.maximum(coverages, confidences) >= THRESHOLD
    right, wrong = confidences[is_right == 1], confidences[is_right == 0]
    return {
        "calibration error of the answered": find_calibration_error(
            confidences[is_answered], is_right[is_answered]
        ),
        "AUROC": find_auroc(right.tolist(), wrong.tolist()),
        "answered of those with an answer": float(is_answered[is_covered == 1].mean()),
        "refused of those without": float((~is_answered)[is_covered == 0].mean()),
    }


def _estimate(
    cases: Sequence[Case], by_words: Mapping[str, float], table: Floats
) -> tuple[Floats, Floats]:
    features, outcomes = to_arrays(cases, by_words)
    return find_probabilities(features @ table), outcomes
