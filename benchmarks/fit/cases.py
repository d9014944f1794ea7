"""Questions asked of collections that answer them and of others: what confidences are fitted on.

Where a set names questions that its texts do not answer, they are asked of all texts as the others
are. Of other sets the texts are dealt into collections of growing size. Each question is asked of
the one with the text that answers, and of one from which its article was taken. The largest are
filled up with the sentences of other sets.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from benchmarks.fit.data import build_index, read_fitting_sets, read_trial_sets
from benchmarks.fit.model import FitOptions
from benchmarks.quality.sets import Question, QuestionSet, Text
from bot.answers.confidence import ConfidenceFeatures, estimate_confidence, find_features
from bot.answers.confidence_with_meaning import find_log_odds
from bot.search import PassageIndex

# Makes an index of texts.
IndexBuilder = Callable[[Sequence[Text]], PassageIndex]
# The log-odds by words, and the cosine.
MeaningFeatures = tuple[float, float]

SIZES = (1, 10, 40, 160, 640)
# The first hit, and those that may be quoted beside it.
_HITS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A question asked of a collection.

    ``source`` is the question's set and ``question`` its number over all sets. ``features`` is None
    where nothing was found. ``is_right``: the first hit answers. ``others`` are the second and
    third hit: the share of the first one's score that each has, and whether it answers.
    """

    source: str
    question: int
    features: ConfidenceFeatures | None
    is_covered: bool
    is_right: bool
    others: tuple[tuple[float, bool], ...]
    meaning: MeaningFeatures | None = None

    @property
    def confidence(self) -> float:
        """The product's confidence; 0 where nothing was found, as in the product."""
        return 0.0 if self.features is None else estimate_confidence(self.features)


@lru_cache(maxsize=1)
def read_cases(options: FitOptions) -> tuple[list[Case], list[Case]]:
    """Ask all questions: give the cases for fitting and those for the trial."""
    fitting = ask_all(read_fitting_sets(options), options.seed)
    return fitting, ask_all(read_trial_sets(options), options.seed)


def describe_cases(cases: Sequence[Case]) -> str:
    """Count cases, questions, and answers, by set."""
    parts = []
    for source in find_sources(cases):
        mine = [case for case in cases if case.source == source]
        questions = len({case.question for case in mine})
        right = sum(case.is_right for case in mine)
        parts.append(f"{source}: {questions:,} questions, {len(mine):,} cases, {right:,} right")
    return "; ".join(parts)


def find_sources(cases: Sequence[Case]) -> list[str]:
    """Give the names of the sets that cases come from, in order."""
    return list(dict.fromkeys(case.source for case in cases))


def ask_all(
    sets: Sequence[QuestionSet], seed: int, build: IndexBuilder = build_index
) -> list[Case]:
    """Ask the questions of all sets, of indexes that ``build`` makes."""
    named = [text for one in sets if one.uncovered for text in one.texts]
    filler = [Text(text.body[start:end]) for text in named for start, end in text.sentences]
    cases: list[Case] = []
    begin = 0
    for one in sets:
        asker = _Asker(one, begin, filler, np.random.default_rng(seed), build)
        cases += asker.ask_as_named() if one.uncovered else asker.ask_in_sizes()
        begin += len(asker.questions)
    return cases


def ask_as_named(
    sets: Sequence[QuestionSet], cases: Sequence[Case], build: IndexBuilder
) -> list[Case]:
    """Ask all questions of each set of all its texts, beside ``cases`` that were asked before."""
    begin = 1 + max((case.question for case in cases), default=-1)
    asked: list[Case] = []
    for one in sets:
        asker = _Asker(one, begin, (), np.random.default_rng(), build)
        asked += asker.ask_as_named()
        begin += len(asker.questions)
    return asked


class _Asker:
    """Asks the questions of one set, which are numbered from ``begin`` on."""

    def __init__(
        self,
        one: QuestionSet,
        begin: int,
        filler: Sequence[Text],
        chance: np.random.Generator,
        build: IndexBuilder,
    ) -> None:
        self.questions = [*one.questions, *(Question(words, {}) for words in one.uncovered)]
        self._name, self._texts, self._begin = one.name, one.texts, begin
        self._filler, self._chance = filler, chance
        self._build = build

    def ask_as_named(self) -> Iterator[Case]:
        """Ask all questions of all texts."""
        index = self._build(self._texts)
        for number, question in enumerate(self.questions):
            yield self._ask(index, number, set(question.gains), is_covered=bool(question.gains))

    def ask_in_sizes(self) -> Iterator[Case]:
        """Ask all questions of collections of each size, with and without their article."""
        everything = list(range(len(self._texts)))
        articles = dict.fromkeys(text.article for text in self._texts)
        for size in SIZES:
            if size > len(self._texts) + len(self._filler):
                break
            yield from self._ask_dealt(everything, size, left_out="")
            for article in articles:
                others = [number for number in everything if self._texts[number].article != article]
                yield from self._ask_dealt(others, size, left_out=article)

    def _ask_dealt(self, numbers: list[int], size: int, left_out: str) -> Iterator[Case]:
        """Deal texts into collections; ask about all texts, or the article left out."""
        shuffled: list[int] = self._chance.permutation(numbers).tolist()
        collections = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
        for dealt, asked in zip(collections, self._assign(collections, left_out), strict=True):
            if not asked:
                continue
            texts = [self._texts[number] for number in dealt]
            index = self._build([*texts, *self._filler[: max(0, size - len(texts))]])
            for number in asked:
                gains = self.questions[number].gains
                right = {place for place, text in enumerate(dealt) if text in gains}
                yield self._ask(index, number, right, is_covered=not left_out)

    def _assign(self, collections: list[list[int]], left_out: str) -> list[list[int]]:
        """Say which questions each collection is asked.

        That are those that it answers, or some of those of ``left_out``.
        """
        place_of = {number: place for place, dealt in enumerate(collections) for number in dealt}
        asked: list[list[int]] = [[] for _ in collections]
        for number, question in enumerate(self.questions):
            answering = next(iter(question.gains))
            if not left_out:
                asked[place_of[answering]].append(number)
            elif self._texts[answering].article == left_out:
                asked[number % len(collections)].append(number)
        return asked

    def _ask(self, index: PassageIndex, number: int, right: set[int], *, is_covered: bool) -> Case:
        query = index.parse(self.questions[number].words)
        hits = index.retrieve(query, _HITS)
        case = Case(self._name, self._begin + number, None, is_covered, is_right=False, others=())
        if not hits:
            return case
        others = tuple((hit.score / hits[0].score, hit.passage in right) for hit in hits[1:])
        first = hits[0].without_meaning()
        features = None
        if first.score > 0:
            features = find_features(first, query, len(index))
        case = replace(case, features=features)
        if hits[0].cosine is not None:
            meaning = (find_log_odds(case.confidence), hits[0].cosine)
            case = replace(case, meaning=meaning)
        return replace(case, is_right=hits[0].passage in right, others=others)
