"""Claims made from articles by chance, altered in known ways."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.articles.library import Library
from bot.articles.model import Section, Sentence
from bot.quotations.claim import MIN_WORDS
from bot.quotations.normalization import normalize, word_keys

# A claim of so many words may be altered twice.
_LONG = 8
_MOST_LEFT_OUT = 6
# Sentences that are put side by side have at least so many words.
SENTENCE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a section of an article.

    ``names`` are the places of surnames: the last of capitalised words in a row, none at a
    sentence's beginning.
    """

    article: str
    words: Sequence[str]
    names: frozenset[int]


@dataclass(frozen=True, slots=True)
class ClaimedWord:
    """A claimed word, and the place of the article's word that it stands for.

    An added word stands for None.
    """

    word: str
    place: int | None


Claim = list[ClaimedWord]


class ClaimMaker:
    """Makes claims from the articles of a library, by chance."""

    def __init__(self, library: Library, chance: random.Random) -> None:
        """Put the words of each section in a row."""
        self.chance = chance
        self.rows = [_read_row(article.id, section) for article, section in library.sections()]
        self._vocabulary = [word for row in self.rows for word in row.words]
        self._pairs = [
            (article.id, first, second)
            for article, section in library.sections()
            for first, second in pairwise(map(_read_sentence, section.sentences))
            if min(len(first), len(second)) >= SENTENCE_WORDS
        ]

    def draw(self, lengths: tuple[int, int], rows: Sequence[Row]) -> tuple[Row, Claim]:
        """Draw a stretch of so many words."""
        length = self.chance.randint(*lengths)
        row = self.chance.choice([row for row in rows if len(row.words) >= length])
        start = self.chance.randint(0, len(row.words) - length)
        return row, [ClaimedWord(row.words[place], place) for place in range(start, start + length)]

    def draw_sentences(self) -> tuple[Claim, Claim, Claim]:
        """Draw two sentences, the second behind the first, and one of another article."""
        article, first, second = self.chance.choice(self._pairs)
        other = article
        while other == article:
            other, unrelated, _ = self.chance.choice(self._pairs)
        return first, second, unrelated

    def alter(self, claim: Claim, row: Row) -> Claim:
        """Alter a claim of three words or more once, or a longer one also twice.

        Its first and last word stay.
        """
        alterations = (
            self._substitute_few,
            self._substitute_fifth,
            self._leave_out,
            self._put_in,
            self._put_in_not,
            self._exchange_names,
        )
        altered = claim
        for _ in range(1 if len(claim) < _LONG else self.chance.randint(1, 2)):
            before = altered
            while altered == before:
                altered = self.chance.choice(alterations)(before, row)
        return altered

    def substitute(self, claim: Claim, number: int) -> Claim:
        """Substitute so many of the words inside a claim, or all."""
        inner = range(1, len(claim) - 1)
        chosen = self.chance.sample(inner, min(number, len(inner)))
        return [
            replace(one, word=self._another(one.word)) if at in chosen else one
            for at, one in enumerate(claim)
        ]

    def _another(self, word: str) -> str:
        while (other := self.chance.choice(self._vocabulary)) == word:
            pass
        return other

    def _substitute_few(self, claim: Claim, _: Row) -> Claim:
        return self.substitute(claim, self.chance.randint(1, 2))

    def _substitute_fifth(self, claim: Claim, _: Row) -> Claim:
        return self.substitute(claim, round(len(claim) / 5))

    def _leave_out(self, claim: Claim, _: Row) -> Claim:
        """Leave out up to six words in one go, so that three stay; of three words none."""
        if len(claim) == MIN_WORDS:
            return claim
        number = self.chance.randint(1, min(_MOST_LEFT_OUT, len(claim) - MIN_WORDS))
        start = self.chance.randint(1, len(claim) - 1 - number)
        return claim[:start] + claim[start + number :]

    def _put_in(self, claim: Claim, _: Row) -> Claim:
        words = self.chance.choices(self._vocabulary, k=self.chance.randint(1, 2))
        return self._insert(claim, words)

    def _put_in_not(self, claim: Claim, _: Row) -> Claim:
        return self._insert(claim, ["not"])

    def _insert(self, claim: Claim, words: Sequence[str]) -> Claim:
        at = self.chance.randint(1, len(claim) - 1)
        return claim[:at] + [ClaimedWord(word, None) for word in words] + claim[at:]

    def _exchange_names(self, claim: Claim, row: Row) -> Claim:
        """Exchange two different names inside a claim; without two it stays as it is."""
        names = [
            at for at, one in enumerate(claim) if one.place in row.names and 0 < at < len(claim) - 1
        ]
        pairs = [
            (one, other) for one, other in pairwise(names) if claim[one].word != claim[other].word
        ]
        exchanged = list(claim)
        if pairs:
            one, other = self.chance.choice(pairs)
            exchanged[one] = replace(claim[one], word=claim[other].word)
            exchanged[other] = replace(claim[other], word=claim[one].word)
        return exchanged


def _read_row(article: str, section: Section) -> Row:
    words: list[str] = []
    names: set[int] = set()
    for sentence in section.sentences:
        text = normalize(sentence.plain)
        is_name = [at > 0 and text.text[word.start].isupper() for at, word in enumerate(text.words)]
        last_of_name = (
            at
            for at, (one, following) in enumerate(pairwise([*is_name, False]))
            if one and not following
        )
        names.update(len(words) + at for at in last_of_name)
        words += [word.key for word in text.words]
    return Row(article, words, frozenset(names))


def _read_sentence(sentence: Sentence) -> Claim:
    return [ClaimedWord(word, place) for place, word in enumerate(word_keys(sentence.plain))]


def as_text(claim: Claim) -> str:
    """Give the words with a blank between them."""
    return " ".join(one.word for one in claim)
