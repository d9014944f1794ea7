"""Questions of several kinds with their candidates: what the ranking is fitted on as a mixture.

In: the repository's questions, and files of CLAP NQ and SQuAD as far as they are given. Out: the
signals of all candidates, and of which source each question is. A candidate is right if the
quotation that people would be shown of it holds a sentence that answers. SQuAD is there twice: its
questions are asked of passages, as of any article, and of whole paragraphs as texts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import yaml

from benchmarks.fit.candidates import (
    CandidateSignals,
    QuestionRow,
    find_candidates,
    make_row,
    stack_rows,
)
from benchmarks.fit.data import build_index, pick_articles, read_squad_articles
from benchmarks.fit.logistic import Floats
from benchmarks.fit.model import FitOptions
from benchmarks.quality.asked_sets import (
    ALONE,
    ROOT,
    TOGETHER,
    AskedQuestion,
    AskedSet,
    is_even,
    is_odd,
    read_clapnq,
    read_collection_questions,
    read_golden_questions,
    read_short_questions,
    read_squad_questions,
)
from benchmarks.quality.sets import QuestionSet
from bot.answers.answerer import Answerer
from bot.answers.model import Quote
from bot.articles.library import Library, build

_OTHER_WORDS = ROOT / "tests" / "other_words"
_DIALOGUES = "dialogues"
# How often a source counts that is not named: once.
_SHARES = {"SQuAD, passages": 0.5, "SQuAD, paragraphs": 0.5}


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of each source is read: to fit on, or to try.

    ``is_odd`` says that it is the odd questions, counted from 1. ``golden`` is the half of the
    golden sets, ``articles`` are those of the SQuAD file, from 1.
    """

    is_odd: bool
    golden: str
    articles: tuple[int, ...]


FITTING = Part(is_odd=True, golden="seen", articles=(1, 2, 3, 4))
TRIAL = Part(is_odd=False, golden="held-out", articles=(5, 6, 7, 8))


@dataclass(frozen=True, slots=True)
class Mixture:
    """The questions of several sources with their candidates.

    ``signals`` are of the questions that some candidates answer and others do not; ``source_of``
    and ``shares`` say of which source each of them is, and what it counts: (questions,). The shares
    add up to 1. ``asked`` says how many questions a source has, and ``always_right`` for how many
    of them every candidate answers.
    """

    signals: CandidateSignals
    source_of: Sequence[str]
    shares: Floats
    asked: Mapping[str, int]
    always_right: Mapping[str, int]


def read_mixture(options: FitOptions, part: Part) -> Mixture:
    """Read a part of all sources that are given; the repository's own always are."""
    collector = _Collector()
    for source, asked in _list_asked_sets(options, part):
        collector.add_asked(source, asked)
    if options.squad is not None:
        squad = read_squad_articles(options)
        collector.add_texts("SQuAD, paragraphs", pick_articles(squad, *part.articles))
    return collector.make_mixture()


def _list_asked_sets(options: FitOptions, part: Part) -> Iterator[tuple[str, AskedSet]]:
    half = is_odd if part.is_odd else is_even
    for asked in read_short_questions(half, "short questions"):
        if asked.setting == ALONE:
            yield asked.source, asked
    for asked in _read_other_words(part):
        yield asked.source, asked
    for asked in read_collection_questions(half, "collections"):
        yield asked.source, asked
    for asked in read_golden_questions(part.golden, "golden sets"):
        yield asked.source, asked
    if options.clapnq is not None:
        for asked in read_clapnq(options.clapnq, half, "ClapNQ"):
            if not asked.is_taken_out:
                yield f"{asked.source}, {asked.setting}", asked
    if options.squad is not None:
        for asked in read_squad_questions(options.squad, part.articles, "SQuAD, passages"):
            if asked.setting == TOGETHER:
                yield asked.source, asked


def _read_other_words(part: Part) -> Iterator[AskedSet]:
    """Read the questions in other words, each asked of its article alone."""
    library, _ = build(_OTHER_WORDS / "articles")
    articles = {article.id: article for article in library.articles}
    for path in sorted(_OTHER_WORDS.glob("*.yaml")):
        if path.stem == _DIALOGUES:
            continue
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
        kept = listed[0::2] if part.is_odd else listed[1::2]
        for name, article in articles.items():
            mine = [entry for entry in kept if entry.get("article", path.stem) == name]
            questions = [_make_question(entry, name) for entry in mine if "expects" not in entry]
            if questions:
                yield AskedSet("other words", ALONE, Library((article,)), questions)


def _make_question(entry: Mapping[str, Any], article: str) -> AskedQuestion:
    listed = entry.get("sentence", [])
    sentences = frozenset([listed] if isinstance(listed, str) else listed)
    judge = partial(_quotes_any, sentences) if sentences else None
    return AskedQuestion(f"{article}: {entry['question']}", entry["question"], entry["kind"], judge)


def _quotes_any(sentences: frozenset[str], quote: Quote) -> bool:
    return any(sentence.plain in sentences for sentence in quote.sentences)


class _Collector:
    """Collects questions with their candidates."""

    def __init__(self) -> None:
        self._rows: list[QuestionRow] = []
        self._sources: list[str] = []
        self._cluster_of: list[int] = []
        self._clusters: dict[tuple[str, str], int] = {}
        self._asked: dict[str, int] = {}
        self._always_right: dict[str, int] = {}

    def add_asked(self, source: str, asked: AskedSet) -> None:
        """Add the questions of a set that something answers; clusters are articles."""
        answerer = Answerer(asked.library)
        index, table = answerer.index, answerer._table  # noqa: SLF001 (its passages are numbered alike)
        for question in asked.questions:
            if question.answers is None:
                continue
            query = index.parse(question.text)
            if not len(query.encoded.term_ids):
                self._count(source)
                continue
            numbers, candidates = find_candidates(index, query)
            quotes = [answerer.quote(question.text, table.ids[number]) for number in numbers]
            is_right = np.array([one is not None and question.answers(one) for one in quotes])
            answering = [table.passages[number][0].id for number in numbers[is_right]]
            self._add(source, make_row(candidates, is_right), min(answering, default=""))

    def add_texts(self, source: str, texts: QuestionSet) -> None:
        """Add the questions of a set of texts; clusters are texts."""
        index = build_index(texts.texts)
        for question in texts.questions:
            query = index.parse(question.words)
            if not len(query.encoded.term_ids):
                self._count(source)
                continue
            numbers, candidates = find_candidates(index, query)
            is_right = np.isin(numbers, list(question.gains))
            self._add(source, make_row(candidates, is_right), str(min(question.gains)))

    def _count(self, source: str) -> None:
        self._asked[source] = self._asked.get(source, 0) + 1

    def _add(self, source: str, row: QuestionRow, cluster: str) -> None:
        self._count(source)
        if row.is_right.all():
            self._always_right[source] = self._always_right.get(source, 0) + 1
        elif row.is_right.any():
            self._rows.append(row)
            self._sources.append(source)
            number = self._clusters.setdefault((source, cluster), len(self._clusters))
            self._cluster_of.append(number)

    def make_mixture(self) -> Mixture:
        """Put all questions together; each source counts alike, but for those of SQuAD."""
        shares = np.array([_SHARES.get(one, 1.0) / self._asked[one] for one in self._sources])
        return Mixture(
            stack_rows(self._rows, self._cluster_of),
            self._sources,
            shares / shares.sum(),
            self._asked,
            self._always_right,
        )
