"""The coefficients of the confidence of what is found by meaning, with a model of embeddings.

The questions are those of the other confidence, and the odd ones of the short questions. Each set
counts the same: SQuAD has forty times the cases of the others, in its passages' own words.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.fit.cases import (
    Case,
    MeaningFeatures,
    ask_all,
    ask_as_named,
    describe_cases,
    find_sources,
)
from benchmarks.fit.data import SPLIT, read_fitting_sets, read_trial_sets
from benchmarks.fit.logistic import (
    Floats,
    Integers,
    find_probabilities,
    find_standard_errors,
    fit_logistic,
)
from benchmarks.fit.model import Fit, FitOptions, FittedNumber, MissingDataError, Trial
from benchmarks.quality.metrics import find_auroc
from benchmarks.quality.sets import Question, QuestionSet, Text
from bot.answers import confidence_with_meaning
from bot.answers.passage_table import list_title_lines
from bot.articles.library import build
from bot.articles.model import Article
from bot.embeddings.baseline import find_baseline
from bot.embeddings.encoder import Encoder
from bot.embeddings.onnx_encoder import load_encoder
from bot.embeddings.vector_store import VectorStore
from bot.search import PassageIndex
from bot.search.meaning import TextRows

COEFFICIENTS = ("_INTERCEPT", "_WORD_LOG_ODDS", "_COSINE")
_CODE = np.array([getattr(confidence_with_meaning, name) for name in COEFFICIENTS])
_ROOT = Path(__file__).parents[2]
_SHORT = _ROOT / "tests" / "short_questions"
_FOLDERS = ("knowledge", "tests/golden/articles", "tests/fixtures")
_BINS = 10
_METHOD = (
    "logistic regression of whether the first hit answers, each set with the same weight; standard "
    "errors clustered by question"
)


def fit(options: FitOptions) -> Fit:
    """Fit all coefficients together. Raises MissingDataError without a model."""
    if options.model is None:
        raise MissingDataError("it needs a model of sentence embeddings: --model PATH")
    embedder = Embedder(load_encoder(options.model))
    build_index = embedder.build_index
    fitting = ask_all(read_fitting_sets(options), options.seed, build_index)
    fitting += ask_as_named([*read_short_sets(), *read_alone(options, 0)], fitting, build_index)
    trial = ask_all(read_trial_sets(options), options.seed, build_index)
    trial += ask_as_named(read_alone(options, 1), trial, build_index)
    features, outcomes, questions, weights = to_arrays(fitting)
    found = fit_logistic(features, outcomes, weights)
    errors = find_standard_errors(features, outcomes, found, questions, weights)
    numbers = [
        FittedNumber(f"confidence_with_meaning: {name}", in_code, value, error)
        for name, in_code, value, error in zip(
            COEFFICIENTS, _CODE.tolist(), found.tolist(), errors.tolist(), strict=True
        )
    ]
    trials = [one for source in find_sources(trial) for one in _try(source, trial, found)]
    return Fit(
        title="Coefficients of bot/answers/confidence_with_meaning.py",
        data=f"fitting: {describe_cases(fitting)}. Trial: {describe_cases(trial)}",
        split=f"{SPLIT}; the odd short questions are fitted on too",
        method=_METHOD,
        numbers=tuple(numbers),
        trials=tuple(trials),
    )


class Embedder:
    """Makes indexes with meaning; each text is embedded once for all of them."""

    def __init__(self, encoder: Encoder) -> None:
        """Take the encoder of all texts."""
        self._encoder = encoder
        self._baseline = find_baseline(encoder)
        self._store = VectorStore(encoder.dimensions)

    def build_index(self, texts: Sequence[Text]) -> PassageIndex:
        """Index texts under their titles, by words and by meaning."""
        bodies: list[str] = []
        units: list[str] = []
        for text in texts:
            sentences = [text.body[start:end] for start, end in text.sentences]
            bodies.append(" ".join(sentences))
            units += [*sentences, *text.title.split("\n")]
        for missing in self._store.find_missing([*bodies, *units]):
            self._store.add(missing, self._encoder)
        rows = TextRows(
            self._store.freeze(), self._store.find_rows(bodies), self._store.find_rows(units)
        )
        by_words = PassageIndex.build([text.body for text in texts], [text.title for text in texts])
        return by_words.with_meaning(self._encoder, self._baseline, rows)


def read_short_sets() -> list[QuestionSet]:
    """Read the odd short questions, each article's as a set of its own."""
    articles = {
        article.id: article for folder in _FOLDERS for article in build(_ROOT / folder)[0].articles
    }
    sets = []
    for path in sorted(_SHORT.glob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8")).get("questions")
        if entries is not None:
            asked = [
                (entry["question"], _list(entry.get("sentence")))
                for entry in entries[::2]
                if "expects" not in entry
            ]
            sets.append(_make_set("short questions, odd", articles[path.stem], asked))
    return sets


def read_alone(options: FitOptions, first: int) -> list[QuestionSet]:
    """Read every other question of ClapNQ from ``first`` (0 or 1) on, each with its article alone.

    What an article leaves open is harder to tell there than in a folder of many articles.
    """
    if options.clapnq is None:
        return []
    rows: list[dict[str, Any]] = json.loads(options.clapnq.read_text(encoding="utf-8"))[first::2]
    with tempfile.TemporaryDirectory() as temporary:
        for number, row in enumerate(rows):
            path = Path(temporary) / f"{number:04}.md"
            path.write_text(f"# {row['title']}\n\n{' '.join(row['sentences'])}", encoding="utf-8")
        library, _ = build(Path(temporary))
    name = f"ClapNQ, each alone, {('even', 'odd')[first]}"
    sets = []
    for article in library.articles:
        row = rows[int(Path(article.file).stem)]
        gold = [row["sentences"][place] for place in row["gold"]]
        sets.append(_make_set(name, article, [(row["q"], gold)]))
    return sets


def _make_set(
    name: str, article: Article, asked: Sequence[tuple[str, Sequence[str]]]
) -> QuestionSet:
    """Ask questions of the passages of an article; each comes with the sentences that answer."""
    places = [
        (passage, "\n".join(list_title_lines(article, section, passage)))
        for section in article.sections
        for passage in section.passages
    ]
    texts = [Text(passage.plain, title, article.id) for passage, title in places]
    questions = []
    uncovered = []
    for words, sentences in asked:
        gains = {
            number: 1.0
            for number, (passage, _) in enumerate(places)
            if any(sentence in passage.plain for sentence in sentences)
        }
        if gains:
            questions.append(Question(words, gains))
        else:
            uncovered.append(words)
    return QuestionSet(name, texts, questions, uncovered)


def _list(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def to_arrays(cases: Sequence[Case]) -> tuple[Floats, Floats, Integers, Floats]:
    """Give features, outcomes, questions' numbers and weights of the cases with a hit.

    The features are in the order of ``COEFFICIENTS``. The weights of a set sum up to the same.
    """
    found = list(_find_rows(cases))
    features = np.array([(1.0, *row) for _, row in found])
    outcomes = np.array([float(case.is_right) for case, _ in found])
    _, questions = np.unique([case.question for case, _ in found], return_inverse=True)
    counts = Counter(case.source for case, _ in found)
    share = len(found) / len(counts)
    weights = np.array([share / counts[case.source] for case, _ in found])
    return features, outcomes, questions.astype(np.int64), weights


def _find_rows(cases: Sequence[Case]) -> Iterator[tuple[Case, MeaningFeatures]]:
    for case in cases:
        if case.meaning is not None:
            yield case, case.meaning


def _try(source: str, trial: Sequence[Case], found: Floats) -> Iterator[Trial]:
    """Give the figures of merit on one set at both sets of coefficients."""
    mine = [case for case in trial if case.source == source]
    features, outcomes, _, _ = to_arrays(mine)
    both = [find_probabilities(features @ coefficients) for coefficients in (_CODE, found)]
    at_code, at_found = (_find_calibration_error(one, outcomes) for one in both)
    name = f"{source}: calibration error, {_BINS} bins"
    yield Trial(name, at_code, at_found, f"{len(outcomes):,} cases")
    at_code, at_found = (_find_area(one, outcomes) for one in both)
    yield Trial(f"{source}: AUROC", at_code, at_found)


def _find_area(probabilities: Floats, outcomes: Floats) -> float:
    """Give the AUROC of probabilities."""
    right = probabilities[outcomes == 1].tolist()
    wrong = probabilities[outcomes == 0].tolist()
    return find_auroc(right, wrong)


def _find_calibration_error(probabilities: Floats, outcomes: Floats) -> float:
    """Give the mean distance of confidence and share right in bins of equal width."""
    bins = np.minimum((probabilities * _BINS).astype(np.int64), _BINS - 1)
    distances = np.abs(np.bincount(bins, probabilities - outcomes, _BINS))
    return float(distances.sum() / len(outcomes))
