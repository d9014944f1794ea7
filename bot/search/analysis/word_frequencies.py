"""How common terms are in general: the share of running English text that each makes up.

A small collection cannot tell a rare word from a common one; a list of word frequencies can. In:
the list that comes with symspellpy (82,765 words of SCOWL's dictionaries, counted in Google Books),
its more frequent half. Out: shares of terms, how much each tells, and the set of ordinary words.
Other languages have no list.

A stem begins as its words do, so words are stemmed when the first term that begins as they do is
looked up.
"""

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.stemming import prefixes_of
from bot.search.memo import memoize

T = TypeVar("T")

_LIST = "frequency_dictionary_en_82_765.txt"
# The more frequent half of the list. A word of the rarer half is likelier a misspelt other one.
_WORDS = 40_000
# In nats: that of a word which is not listed, about that of the rarest that is; and the mean of the
# words that the questions of tests/short_questions and tests/collections ask for.
_MOST_SURPRISAL = 17.0
_MEAN_SURPRISAL = 9.0
# So much of the list is taken apart at once.
_BLOCK_CHARACTERS = 16_384
# How many prefixes are remembered: words begin with some four hundred, and questions with anything.
_CACHED = 1_024


class WordSet(Set[str]):
    """The words of a list of lines, each with its count behind it. It never changes.

    It holds the hashes of the words alone, sorted, which takes a tenth of what a set takes. That
    another word has the hash of one of 40,000 happens once in 10**14 words.
    """

    def __init__(self, lines: str) -> None:
        """Take the words of lines."""
        self._lines = lines
        self._hashes = array("q", sorted(map(hash, self)))

    def __contains__(self, word: object) -> bool:
        """Say whether a word is listed."""
        place = bisect_left(self._hashes, hash(word))
        return place < len(self._hashes) and self._hashes[place] == hash(word)

    def __iter__(self) -> Iterator[str]:
        """Give the words in the order of the list."""
        for block in _cut(self._lines):
            yield from block.split()[0::2]

    def __len__(self) -> int:
        """Count the words."""
        return len(self._hashes)

    @classmethod
    def _from_iterable(cls, words: Iterable[T]) -> Set[T]:
        """Give what a set and this have in common, or together, as a plain set."""
        return frozenset(words)


class WordFrequencies:
    """The ordinary words of a language and the shares of its terms; without a list, nothing.

    Attributes:
        words: The ordinary words, folded.

    """

    def __init__(self, language: str) -> None:
        """Read the list of a language (ISO 639-1)."""
        # A line is a newline, a word, a blank and its count; so a prefix is found behind a newline.
        self._lines = _read_lines() if language == "en" else ""
        self.words: Set[str] = WordSet(self._lines)
        total = sum(sum(map(int, block.split()[1::2])) for block in _cut(self._lines))
        # Without a list, no share is divided by zero.
        self._total = total or 1
        self._analyzer = get_analyzer(language)
        self._count_stems_with = memoize(WordFrequencies._find_counts, self, _CACHED)

    def share(self, term: str) -> float:
        """Give the share of running words with a term, 0 to 1; 0 for a term that is not listed."""
        stems = self._analyzer.stems_of_term(term)
        return sum(map(self._count, stems)) / self._total

    def surprisal(self, term: str) -> float:
        """Give how much it tells that a text has a term: ``-log(share)``, in nats, at most 17.

        A phrase tells as much as the rarest of its words. A number, and a word of a language
        without a list, count like a content word on average.
        """
        return max(map(self._find_surprisal, term.split()), default=_MEAN_SURPRISAL)

    def _find_surprisal(self, word: str) -> float:
        has_letters = any(map(str.isalpha, word))
        if not self._lines or not has_letters:
            return _MEAN_SURPRISAL
        share = self.share(word)
        return min(-math.log(share), _MOST_SURPRISAL) if share else _MOST_SURPRISAL

    def _count(self, stem: str) -> int:
        """Count the running words of a stem; a phrase has none."""
        if not stem or " " in stem:
            return 0
        count = 0
        for prefix in prefixes_of(stem):
            count += self._count_stems_with(prefix).get(stem, 0)
        return count

    def _find_counts(self, prefix: str) -> Mapping[str, int]:
        """Count the running words with a prefix by their stems."""
        words = []
        counts = []
        for following in self._lines.split(f"\n{prefix}")[1:]:
            line = following.partition("\n")[0]
            ending, count = line.split(" ")
            words.append(prefix + ending)
            counts.append(int(count))
        stems = self._analyzer.stem_words(words)
        count_of_stem: defaultdict[str, int] = defaultdict(int)
        for stem, count_of_word in zip(stems, counts, strict=True):
            count_of_stem[stem] += count_of_word
        return dict(count_of_stem)


def _cut(lines: str) -> Iterator[str]:
    """Cut a text between two lines into blocks: all fields at once would leave holes in memory."""
    begin = 0
    while begin < len(lines):
        end = lines.find("\n", begin + _BLOCK_CHARACTERS)
        if end < 0:
            end = len(lines)
        yield lines[begin:end]
        begin = end


def _read_lines() -> str:
    """Give the most frequent lines of the list, with a newline before each and at the end."""
    path = _find_list()
    # The list is sorted by frequency.
    text = path.read_text(encoding="utf-8-sig")
    lines = text.split("\n", _WORDS)[:_WORDS]
    return "\n".join(["", *lines, ""])


def _find_list() -> Path:
    """Find the list without importing the package."""
    spec = find_spec("symspellpy")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "the package symspellpy is not installed: install what requirements.txt lists"
        )
    return Path(spec.origin).with_name(_LIST)


@cache
def frequencies_of(language: str) -> WordFrequencies:
    """Give the word frequencies of a language, read once and shared."""
    return WordFrequencies(language)
