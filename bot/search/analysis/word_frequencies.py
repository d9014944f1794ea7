"""How common words are in general: the share of running English text that each term makes up.

A small collection can't tell a rare word from a common one; this list can. In: the frequency list that comes
with symspellpy (82,765 words of SCOWL's dictionaries, counted in Google Books), its more frequent half. Out:
shares of terms, and whether something is a word of ordinary English. Other languages have no list.

A stem begins as its words do, so these are stemmed when the first term that begins so is asked for.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bot.search.analysis.analyzer import beginnings_of, get_analyzer
from bot.search.memo import memoize

_LIST = "frequency_dictionary_en_82_765.txt"
_WORDS = 40_000
# There are some four hundred that words begin with; in questions anything may stand.
_CACHED = 1_024


class WordFrequencies:
    """The words of a language and the shares of its terms; of a language without a list, nothing."""

    def __init__(self, language: str) -> None:
        """Read the list of ``language``: lines of a word and its count, sorted by frequency."""
        text = "\n" + _path().read_text(encoding="utf-8-sig") if language == "en" else ""
        self._list = text.removesuffix("".join(text.split("\n", _WORDS + 1)[_WORDS + 1 :]))
        fields = self._list.split()
        self.words = frozenset(fields[::2])
        self._total = sum(map(int, fields[1::2])) or 1
        self._terms = get_analyzer(language)
        self._counts = memoize(WordFrequencies._find_counts, self, _CACHED)

    def share(self, term: str) -> float:
        """Give the share of running words that are forms of a term, 0 to 1; 0 for one that is not listed."""
        return sum(map(self._count, self._terms.stems_of_term(term))) / self._total

    def _count(self, stem: str) -> int:
        """Count the running words of a stem; a phrase is none."""
        if not stem or " " in stem:
            return 0
        return sum(self._counts(beginning).get(stem, 0) for beginning in beginnings_of(stem))

    def _find_counts(self, beginning: str) -> Mapping[str, int]:
        """Count the running words that begin so by their stems."""
        lines = [
            line.partition("\n")[0].split(" ") for line in self._list.split(f"\n{beginning}")[1:]
        ]
        counts: defaultdict[str, int] = defaultdict(int)
        for stem, (_, count) in zip(
            self._terms.stem_words([beginning + rest for rest, _ in lines]), lines, strict=True
        ):
            counts[stem] += int(count)
        return dict(counts)


def _path() -> Path:
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
