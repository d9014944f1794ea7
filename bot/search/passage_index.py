"""The index that answers use: a question in, the passages that may answer it out, best first.

First BM25 finds the passages that hold most of what is asked. Then each of the best 25 is read again:
how much of the question it holds, whether its names are among that, how many of its things are said in one
breath (a sentence, or a line of the title), which of them stand side by side, and whether the kind of thing
that is asked for (a number, a date, a name) stands with them. The shares were found by a pairwise logistic
regression on four SQuAD articles, tried on four others.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.articles.sentences import split_sentences
from bot.search.answer_kinds import AnswerKind, find_counted, find_told_kinds, find_wanted_kind, kind_of_word
from bot.search.bm25 import BM25Index, Floats, Integers, find_best
from bot.search.spelling import Spelling
from bot.search.synonyms import Group
from bot.search.terms import Terms, find_words, fold, terms_of
from bot.search.wanted import Concept, Wanted
from bot.search.word_frequencies import frequencies_of

Marks = NDArray[np.bool_]

MAX_TERMS = 32
_MAX_CHARACTERS = 4_000
_READ_AGAIN = 25
_CACHED = 16_384
_K1, _B = 1.5, 0.75
# What is added to the BM25 score of a passage: of its best sentence, the BM25 score, the pairs, each thing found;
# of the passage, the weight of the names found, and of what is found under its own word.
_SENTENCE, _PAIR, _THING = 0.6, 0.3, 1.2
_NAME, _OWN_WORD = 1.6, 0.5
_FITS = 0.2
_MOST_PAIRS = 2
_NEAR = 2
_NUMBER_NEAR = 3
# What a word counts for: one that was mended, one that only frames a question, one of a phrase that stands alone, one
# of the question before.
_CORRECTED, _FRAME, _PART, _SUBJECT = 0.95, 0.5, 0.5, 0.5
# What general English says of a word counts as if so many passages of so many words of it were in the collection.
_GENERAL_PASSAGES, _GENERAL_LENGTH = 300, 80
_MOSTLY = 0.8
_SUGGESTED = 2
_LONGEST_ABBREVIATION = 5
# In the key sentence: what a name counts for less, and what a thing of the right kind adds of all that is asked for.
_NAME_KNOWN, _KIND_TELLS = 0.5, 0.5


class _Text(NamedTuple):
    """Units in a row: their tokens, what each is of what is asked for, its unit; the units' lengths and kinds."""

    tokens: NDArray[np.int32]
    rows: Integers
    unit_of: Integers
    lengths: Integers
    told: NDArray[np.uint8]


class Hit(NamedTuple):
    """A passage that was found: its number and score, and what speaks for and against it.

    ``found`` counts the things asked for that it holds; ``unnamed`` is the share (0 to 1) of what is asked for that
    are names which it does not hold; ``fits`` says whether a thing of the kind that is asked for stands in it, so
    far as that can be told.
    """

    number: int
    score: float
    found: int
    unnamed: float
    fits: bool


class PassageIndex:
    """Passages, their sentences and their words, ready to be asked. It never changes once it is built."""

    def __init__(
        self,
        passages: Sequence[Sequence[str]],
        titles: Sequence[str] | None = None,
        language: str = "en",
        groups: Iterable[Group] | None = None,
    ) -> None:
        """Index passages given as lists of sentences; ``titles``, one a passage, count as part of its text.

        ``groups`` is the thesaurus; by default the program's own.
        """
        self._variants = lru_cache(maxsize=_CACHED)(self._find_variants)
        self.terms = terms_of(language) if groups is None else Terms(language, groups)
        titles = titles or [""] * len(passages)
        words: Counter[str] = Counter()
        first: Counter[str] = Counter()
        units: list[list[str]] = []
        told: list[int] = []
        for sentence in (sentence for passage in passages for sentence in passage):
            found = find_words(sentence)
            words.update(found)
            first.update(found[:1])
            units.append(self.terms.split(sentence))
            told.append(find_told_kinds(sentence))
        self._begins = _ends([len(passage) for passage in passages])
        self._of_sentences = len(units)
        of_title = {title: number for number, title in enumerate(dict.fromkeys(titles))}
        lines = [[self.terms.split(line) for line in title.split("\n")] for title in of_title]
        units += [line for found in lines for line in found]
        self._title_begins = self._of_sentences + _ends([len(found) for found in lines])
        self._title_of = np.array([of_title[title] for title in titles], dtype=np.int64)
        self._passages = BM25Index(_join(units, self._begins, lines, self._title_of))
        numbers = self._passages.numbers
        self._unit_begins = _ends([len(unit) for unit in units])
        self._tokens = np.array([numbers[term] for unit in units for term in unit], dtype=np.int32)
        self._mean_length = max(1.0, float(self._unit_begins[self._of_sentences]) / max(1, self._of_sentences))
        self._told = np.array(told + [0] * (len(units) - len(told)), dtype=np.uint8)
        self._frequencies = frequencies_of(language)
        self._kinds = self._learn_kinds(words, first)
        self._spelling, self._written = self._learn_words(words, first, list(of_title))
        self._correct = lru_cache(maxsize=_CACHED)(self._spelling.correct)

    @classmethod
    def build(cls, texts: Sequence[str], titles: Sequence[str] | None = None, language: str = "en") -> "PassageIndex":
        """Index texts; a text's number is its place in ``texts``. Raises ValueError unless titles match."""
        if titles is not None and len(titles) != len(texts):
            raise ValueError(f"{len(titles)} titles for {len(texts)} texts")
        passages = [[text[start:end] for start, end in split_sentences(text, language)] for text in texts]
        return cls(passages, titles, language)

    def _learn_words(
        self, words: Counter[str], first: Counter[str], titles: Sequence[str]
    ) -> tuple[Spelling, dict[str, str]]:
        """Learn the folded words, and how those are written that differ: as most often inside sentences, if there."""
        inside = words - first
        for title in titles:
            words.update(find_words(title))
        folded: Counter[str] = Counter()
        forms: dict[str, tuple[int, int, str]] = {}
        for word, count in words.items():
            if self.terms.term(word):
                bare = fold(word)
                folded[bare] += count
                form = word[:-2] if fold(word[:-2]) == bare else word
                forms[bare] = max((inside[word], count, form), forms.get(bare, (0, 0, "")))
        written = {bare: form for bare, (*_, form) in forms.items() if form != bare}
        return Spelling(folded, self.terms.language), written

    def _learn_kinds(self, words: Counter[str], first: Counter[str]) -> NDArray[np.uint8]:
        """Say of each term of the collection what it is.

        A name is written large inside sentences, or is never written small and no word of ordinary language.
        """
        kinds = np.zeros(len(self._passages.numbers), dtype=np.uint8)
        large: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        strange: set[str] = set()
        for word, count in words.items():
            if term := self.terms.term(word):
                kinds[self._passages.numbers[term]] |= kind_of_word(word)
                inside[term] += count - first[word]
                large[term] += (count - first[word]) * word[:1].isupper()
                if word[:1].isupper() and self._frequencies.words and fold(word) not in self._frequencies.words:
                    strange.add(term)
        for term, count in inside.items():
            number = self._passages.numbers[term]
            is_name = large[term] >= _MOSTLY * count if count else term in strange
            if is_name and not kinds[number]:
                kinds[number] = AnswerKind.NAME
        return kinds

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._begins) - 1

    def weight(self, term: str) -> float:
        """Weigh a term: its BM25 weight here, or among as many passages of general English, whichever is less."""
        here = self._passages.weight(term)
        if not self._frequencies.words:
            return here
        general = _GENERAL_PASSAGES * (1 - math.exp(-_GENERAL_LENGTH * self._frequencies.share(term)))
        holders = self._passages.found_in(term) + general
        return min(here, math.log1p((len(self) + _GENERAL_PASSAGES - holders + 0.5) / (holders + 0.5)))

    def read(self, question: str, subject: str = "") -> Wanted:
        """Understand a question of any length: its first and last 2,000 characters, its 32 weightiest things.

        What the ``subject`` holds beyond the question, so far as the collection knows it, counts for half.

        Of the words that stand nowhere, the first 32 are compared with ours. What only frames a question
        ("explain", "happened") counts for half, and is not missed where it stands nowhere.
        """
        shown = _shortened(question)
        words = find_words(shown)
        corrections = self._mend(words)
        things = self._things([corrections.get(word, word) for word in words])
        as_typed = {self.terms.term(word) for word in words}
        typed = {self.terms.term(meant): word for word, meant in corrections.items()}
        frame = self.terms.frame_terms if things.keys() - self.terms.frame_terms else frozenset[str]()
        concepts: list[Concept] = []
        missing: list[Concept] = []
        doubt = 0.0
        for term, (word, parts) in things.items():
            variants = self._variants(term, parts)
            weight = self._weight_of(term, parts, variants) * (_FRAME if term in frame else 1.0)
            if term in typed and term not in as_typed and (variants or term not in frame):
                word = typed[term]  # noqa: PLW2901 (what is shown is what was typed)
                doubt += _attainable_by(max(0.0, self.weight(self.terms.term(word)) - weight) / 2)
                variants = {other: share * _CORRECTED for other, share in variants.items()}
            is_name = self._is_name(corrections.get(word, word), term, shown)
            # What is asked for itself does not stand for something else that is asked for.
            variants = {other: share for other, share in variants.items() if other == term or other not in things}
            concept = Concept(word, term, weight, is_name, variants)
            if variants:
                concepts.append(concept)
            elif term not in frame:
                missing.append(concept)
        for term, (word, parts) in self._things(find_words(_shortened(subject))).items():
            if term not in things and term not in self.terms.frame_terms and (variants := self._variants(term, parts)):
                weight = _SUBJECT * self._weight_of(term, parts, variants)
                concepts.append(Concept(word, term, weight, self._is_name(word, term, subject), variants))
        concepts = sorted(concepts, key=lambda concept: -concept.weight)[:MAX_TERMS]
        everything = [*concepts, *missing]
        return Wanted(
            tuple(concepts),
            tuple(concept.word for concept in missing),
            corrections,
            find_wanted_kind(shown),
            sum(_attainable_by(concept.weight, is_name=concept.is_name) for concept in everything) + doubt,
            sum(concept.weight for concept in everything),
            sum(concept.weight for concept in missing if concept.is_name),
            frozenset(
                term for word in find_counted(shown) for part in find_words(word) if (term := self.terms.term(part))
            ),
        )

    def suggest(self, word: str) -> list[str]:
        """Give up to two words, as they are written here, that a missing one might have been.

        One that is found, under whatever name, or corrected might have been nothing else.
        """
        term = self.terms.term(word)
        if not term or self._variants(term, ()) or self._mend([word]):
            return []
        likely: dict[str, str] = {}
        for other in self._spelling.suggest(fold(word), 2 * _SUGGESTED):
            likely.setdefault(self.terms.term(other), self._written.get(other, other))
        return list(likely.values())[:_SUGGESTED]

    def _mend(self, words: Sequence[str]) -> dict[str, str]:
        """Give for words that stand nowhere, not even by another name, those that were meant and are understood."""
        unknown = {
            word: None
            for word in words
            if (term := self.terms.term(word)) and term not in self.terms.frame_terms and not self._variants(term, ())
        }
        corrections: dict[str, str] = {}
        for word in list(unknown)[:MAX_TERMS]:
            meant = self._correct(fold(word))
            if meant is not None and self._is_understood(self.terms.term(meant)):
                corrections[word] = meant
        return corrections

    def _is_understood(self, term: str) -> bool:
        """Say whether a term is found, under whatever name, or only frames a question."""
        return term in self.terms.frame_terms or bool(self._variants(term, ()))

    def _things(self, words: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Give what is asked for: terms, each with the word as typed and, of a phrase, the terms of its parts."""
        things: dict[str, tuple[str, tuple[str, ...]]] = {}
        at = 0
        for begin, end, phrase in [*self.terms.find_phrases(words), (len(words), len(words), "")]:
            for word in words[at:begin]:
                if term := self.terms.term(word):
                    things.setdefault(term, (word, ()))
            if phrase:
                parts = tuple(term for word in words[begin:end] if (term := self.terms.term(word)))
                if len(parts) == end - begin or self._variants(phrase, ()):
                    things.setdefault(phrase, (" ".join(words[begin:end]), parts if len(parts) > 1 else ("",)))
                else:
                    things |= {
                        part: (word, ()) for word in words[begin:end] if (part := self.terms.term(word))
                    } | things
            at = end
        return things

    def _weight_of(self, term: str, parts: tuple[str, ...], variants: Mapping[str, float]) -> float:
        """Weigh a word; of a phrase, give the mean of its words and variants, or the sum where all are missing."""
        known = [self.weight(other) for other in [*filter(None, parts), *variants]] if parts else []
        return sum(known) / (len(known) if variants else 1) if known else self.weight(term)

    def weight_of_missing(self, word: str) -> float:
        """Weigh a word or phrase of a question that stands nowhere, as ``read`` does."""
        things = self._things(find_words(word))
        return sum(self._weight_of(term, parts, self._variants(term, parts)) for term, (_, parts) in things.items())

    def _find_variants(self, term: str, parts: tuple[str, ...]) -> Mapping[str, float]:
        """Give the terms of the collection that a thing is found under, and how much each counts."""
        variants = {part: _PART for part in parts if part} | self.terms.variants(term) | {term: 1.0}
        return {other: share for other, share in variants.items() if other in self._passages.numbers}

    def is_name(self, word: str) -> bool:
        """Say whether a word stands in the collection as a name."""
        number = self._passages.numbers.get(self.terms.term(word))
        return number is not None and bool(self._kinds[number] & AnswerKind.NAME)

    def _is_name(self, word: str, term: str, question: str) -> bool:
        """Say whether a word is a name or a figure: written so here or by who asks, or no word of the language."""
        if kind_of_word(word) or self.is_name(word):
            return True
        is_shouted = word.isupper() and len(word) > _LONGEST_ABBREVIATION
        if word[:1].isupper() and not is_shouted and not question.lstrip().startswith(word):
            return True
        words = self._frequencies.words
        return (
            term not in self._passages.numbers and bool(words) and not any(fold(part) in words for part in word.split())
        )

    def search(self, question: str, k: int = 10) -> list[tuple[int, float]]:
        """Give (number of the text, score) of the ``k`` best texts, best first, ties by number.

        A text that shares no term with the question is never given.
        """
        return [(hit.number, hit.score) for hit in self.find(self.read(question), k)]

    def find(self, wanted: Wanted, k: int = 10, within: range | None = None) -> list[Hit]:
        """Give what ``search`` gives, for a question that has been read already; only numbers ``within``, if given.

        At most twenty-five are found.
        """
        weights: defaultdict[str, float] = defaultdict(float)
        for concept in wanted.concepts:
            for term, share in concept.variants.items():
                weights[term] += share * concept.weight / self._passages.idf[term]
        scores = self._passages.get_weighted_scores(weights)
        if within is not None:
            scores[: within.start] = 0
            scores[within.stop :] = 0
        numbers = np.sort(find_best(scores, _READ_AGAIN))
        hits = self._read_again(wanted, numbers) if len(numbers) else []
        return sorted(hits, key=lambda hit: (-hit.score, hit.number))[: max(k, 0)]

    def _read_again(self, wanted: Wanted, numbers: Integers) -> list[Hit]:
        """Score passages by what stands in them, in their best sentence or title line, and side by side."""
        units, passage_of = self._units_of(numbers)
        row_of_token, shares = self._rows(wanted)
        text = self._text_of(units, row_of_token)
        hits = np.flatnonzero(text.rows)
        unit_of_hit, found = text.unit_of[hits], shares[text.rows[hits]]
        weights = np.array([concept.weight for concept in wanted.concepts])
        names = np.array([concept.is_name for concept in wanted.concepts]) * weights
        counts, most = _group(unit_of_hit, (found > 0).astype(np.float64), found, len(units))
        of_unit = _SENTENCE * ((most * _saturate(counts, text.lengths / self._mean_length)) @ weights)
        of_unit += _THING * most.sum(axis=1) + _PAIR * np.minimum(
            _pairs(hits, unit_of_hit, found * weights, len(units)), _MOST_PAIRS * weights.sum()
        )
        counted = [concept.term in wanted.counted for concept in wanted.concepts]
        fits = self._fits(wanted.kind, text, np.asarray((shares[:, counted] > 0).any(axis=1)))
        of_unit *= 1 + _FITS * fits
        best = _largest(passage_of, of_unit, len(numbers))
        counts, most = _group(passage_of, counts, most, len(numbers))
        lengths = self._passages.doc_len[numbers] / (self._passages.avgdl or 1.0)
        scores = (most * _saturate(counts, lengths)) @ weights + best + _NAME * (most @ names)
        scores += _OWN_WORD * ((most >= _CORRECTED) @ weights)
        fitting = (_largest(passage_of, fits, len(numbers)) > 0) | (not wanted.kind)
        unnamed = ((1 - most) @ names + wanted.missing_names) / max(wanted.weight, 1e-9)
        things = (most > 0).sum(axis=1)
        columns = (numbers, scores, things, unnamed, fitting)
        return [Hit(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]

    def _units_of(self, numbers: Integers) -> tuple[Integers, Integers]:
        """Give the sentences and title lines of passages, and the position of the passage of each."""
        sentences, of_sentence = _spread(self._begins[numbers], self._begins[numbers + 1])
        titles = self._title_of[numbers]
        lines, of_line = _spread(self._title_begins[titles], self._title_begins[titles + 1])
        of = np.concatenate([of_sentence, of_line])
        order = np.argsort(of, kind="stable")
        return np.concatenate([sentences, lines])[order], of[order]

    def _rows(self, wanted: Wanted) -> tuple[Integers, Floats]:
        """Give each term of the collection a row of shares, (rows, concepts); row 0 is for what was not asked."""
        rows: dict[int, int] = {}
        cells = [
            (rows.setdefault(self._passages.numbers[term], len(rows) + 1), column, share)
            for column, concept in enumerate(wanted.concepts)
            for term, share in concept.variants.items()
        ]
        shares = np.zeros((len(rows) + 1, len(wanted.concepts)))
        for row, column, share in cells:
            shares[row, column] = share
        row_of_token = np.zeros(len(self._passages.numbers), dtype=np.int64)
        row_of_token[list(rows)] = list(rows.values())
        return row_of_token, shares

    def _fits(self, kind: AnswerKind, text: "_Text", counted: Marks) -> Floats:
        """Say (1 or 0) in which units something of a kind stands that the question did not name itself.

        A number counts only near to what is counted (``counted`` marks the rows), or else to anything asked for.
        """
        fits = np.zeros(len(text.lengths))
        places = np.flatnonzero((self._kinds[text.tokens] & int(kind) > 0) & (text.rows == 0))
        hits = np.flatnonzero(counted[text.rows] if counted[text.rows].any() else text.rows)
        if kind == AnswerKind.NUMBER and len(hits):
            after = np.minimum(np.searchsorted(hits, places), len(hits) - 1)
            near = [
                (np.abs(hits[at] - places) <= _NUMBER_NEAR) & (text.unit_of[hits[at]] == text.unit_of[places])
                for at in (after, np.maximum(after - 1, 0))
            ]
            places = places[near[0] | near[1]]
        fits[text.unit_of[places]] = 1
        fits[(text.told & int(kind)) > 0] = 1
        return fits

    def _text_of(self, units: Integers, row_of_token: Integers) -> "_Text":
        places, unit_of = _spread(self._unit_begins[units], self._unit_begins[units + 1])
        tokens = self._tokens[places]
        lengths = self._unit_begins[units + 1] - self._unit_begins[units]
        return _Text(tokens, row_of_token[tokens], unit_of, lengths, self._told[units])

    def sentence_scores(self, number: int, wanted: Wanted) -> Floats:
        """Say how much each sentence of a passage answers: float64, (sentences,).

        The weight of what is matched times its weight among the passage's own sentences (what every sentence
        repeats does not tell them apart), names counting for less, and more where the kind that is asked for stands.
        """
        units = np.arange(self._begins[number], self._begins[number + 1])
        row_of_token, shares = self._rows(wanted)
        text = self._text_of(units, row_of_token)
        found = shares[text.rows]
        weights = np.array([concept.weight for concept in wanted.concepts])
        _, most = _group(text.unit_of, found, found, len(units))
        holders = np.maximum((most > 0).sum(axis=0), 1)
        names = np.array([concept.is_name for concept in wanted.concepts])
        telling = most @ (weights * (np.log1p(len(units) / holders) - _NAME_KNOWN * names))
        fits = self._fits(wanted.kind & AnswerKind.IN_WORDS, text, np.zeros(len(shares), dtype=np.bool_))
        return np.asarray(telling + _KIND_TELLS * weights.sum() * fits, dtype=np.float64)


def _attainable_by(weight: float, *, is_name: bool = False) -> float:
    """Give the most that a thing of a weight can add to a score."""
    of_sentence = (_SENTENCE * (_K1 + 1) + _MOST_PAIRS * _PAIR) * weight + _THING
    return of_sentence * (1 + _FITS) + (_K1 + 1 + _NAME * is_name + _OWN_WORD) * weight


def _ends(lengths: Sequence[int]) -> Integers:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def _join(
    units: Sequence[list[str]], begins: Integers, lines: Sequence[list[list[str]]], title_of: Integers
) -> Iterator[list[str]]:
    for number, title in enumerate(title_of.tolist()):
        own = units[begins[number] : begins[number + 1]]
        yield [term for unit in [*own, *lines[title]] for term in unit]


def _spread(begins: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Give the numbers of several ranges in a row, and for each the range that it is from."""
    lengths = ends - begins
    of = np.repeat(np.arange(len(lengths)), lengths)
    return np.arange(len(of)) + (begins - np.cumsum(lengths) + lengths)[of], of


def _group(group_of: Integers, counts: Floats, shares: Floats, groups: int) -> tuple[Floats, Floats]:
    """Sum counts, and take the largest share, of the rows of each group: (groups, concepts) both.

    The rows of a group stand together, and the groups in order.
    """
    sums = np.zeros((groups, counts.shape[1]))
    most = np.zeros((groups, counts.shape[1]))
    if len(group_of):
        starts = _starts(group_of)
        sums[group_of[starts]] = np.add.reduceat(counts, starts)
        most[group_of[starts]] = np.maximum.reduceat(shares, starts)
    return sums, most


def _starts(group_of: Integers) -> Integers:
    """Give where each group begins."""
    is_start = np.ones(len(group_of), dtype=np.bool_)
    np.not_equal(group_of[1:], group_of[:-1], out=is_start[1:])
    return np.flatnonzero(is_start)


def _largest(group_of: Integers, values: Floats, groups: int) -> Floats:
    largest = np.zeros(groups)
    if len(group_of):
        starts = _starts(group_of)
        largest[group_of[starts]] = np.maximum.reduceat(values, starts)
    return largest


def _saturate(counts: Floats, lengths: Floats) -> Floats:
    """Give BM25's share of a weight for how often something stands in texts of these lengths (mean 1)."""
    return counts * (_K1 + 1) / np.maximum(counts + _K1 * (1 - _B + _B * lengths)[:, None], 1e-9)


def _pairs(hits: Integers, unit_of: Integers, found: Floats, units: int) -> Floats:
    """Give each unit the weight of the different things asked for that stand side by side in it."""
    weights = np.zeros(units)
    if not len(hits):
        return weights
    thing, weight = found.argmax(axis=1), found.max(axis=1)
    for step in range(1, _NEAR + 1):
        one, other = slice(None, -step), slice(step, None)
        near = (hits[other] - hits[one] <= _NEAR) & (unit_of[other] == unit_of[one]) & (thing[other] != thing[one])
        np.add.at(weights, unit_of[one][near], np.minimum(weight[one], weight[other])[near])
    return weights


def _shortened(question: str) -> str:
    if len(question) <= _MAX_CHARACTERS:
        return question
    half = _MAX_CHARACTERS // 2
    return f"{question[:half]} {question[-half:]}"
