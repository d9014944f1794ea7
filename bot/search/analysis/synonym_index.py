"""Which terms may stand for which, by the groups of a thesaurus.

In: the groups as text, and who can tell the terms of words. Out: of a term, the others of its groups with what each
counts for. Little of the text is ever read: where its words begin is found in the array of its bytes, and only words
that begin as a term does are looked at, when it is asked for. Nothing is known here of stems or of phrases.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from string import ascii_lowercase, digits

import numpy as np

from bot.search.analysis.synonyms import Thesaurus

# The terms of words and phrases, empty for none.
_TermsOf = Callable[[Sequence[str]], Sequence[str]]

_COMMA, _NEWLINE = b",\n"
_LETTERS = frozenset(ascii_lowercase + digits)
# What begins with no letter or digit of ASCII may be a word of any term; of what has no variants none is asked for.
_ANY, _NONE = 0, 0xFFFF


class SynonymIndex:
    """The groups of a thesaurus by the terms that stand in them."""

    def __init__(
        self, thesaurus: Thesaurus, weights: Mapping[str, float], *, keeps_beginnings: bool
    ) -> None:
        """Take groups, and what each section counts for; no other is kept. Of ``kinds`` only the first has variants.

        ``keeps_beginnings`` says that a word of ASCII and its stem begin with the same two letters.
        """
        self._text = "".join(text for _, text in thesaurus.sections)
        # One byte for each character.
        bytes_ = np.frombuffer(self._text.encode("ascii", "replace"), np.uint8)
        self._ends = np.flatnonzero((bytes_ == _COMMA) | (bytes_ == _NEWLINE)).astype(np.int32)
        self._begins = np.append(np.int32(0), self._ends + 1)[:-1]
        is_last = bytes_[self._ends] == _NEWLINE
        self._groups = (is_last.cumsum() - is_last).astype(np.int32)
        self._firsts = np.append(0, np.flatnonzero(is_last) + 1)
        sizes = np.array([text.count("\n") for _, text in thesaurus.sections], dtype=np.int64)
        self._weights = np.array([weights.get(name, 0.0) for name, _ in thesaurus.sections]).repeat(
            sizes
        )
        is_one_way = np.array(
            [name == "kinds" for name, _ in thesaurus.sections], dtype=np.bool_
        ).repeat(sizes)
        has_variants = (self._weights > 0)[self._groups] & ~is_one_way[self._groups]
        has_variants[self._firsts[:-1][self._weights > 0]] = True
        small = bytes_ | ord(" ")
        is_letter = small - ord("a") < 26
        is_odd = np.diff((~is_letter).cumsum()[self._ends], prepend=0) > 1
        self._odd = np.flatnonzero(is_odd).tolist()
        small[~is_letter & (small - ord("0") >= 10)] = _ANY
        codes = small[self._begins].astype(np.uint16) << 8
        codes[codes > 0] |= small[self._begins + 1][codes > 0]
        self._codes = np.where(has_variants, codes * keeps_beginnings, _NONE).astype(np.uint16)
        self._read: dict[int, dict[str, list[int]]] = {}

    def odd_words(self) -> list[str]:
        """Give the words that consist not of letters of ASCII alone, phrases among them; some several times."""
        return self._words(self._odd)

    def _words(self, places: Sequence[int]) -> list[str]:
        text = self._text
        begins, ends = self._begins[places].tolist(), self._ends[places].tolist()
        return [text[begin:end] for begin, end in zip(begins, ends, strict=True)]

    def find(
        self, term: str, beginnings: Iterable[str], get_analyzer: _TermsOf
    ) -> dict[str, float]:
        """Give the terms that may stand for a term, each with the most (0 to 1) that it counts for; none for no term.

        ``beginnings`` are the two letters that a word or phrase of this term may begin with, where they are letters.
        """
        if not term:
            return {}
        codes = {_ANY}.union(*map(_codes_of, beginnings))
        places = sorted(
            place for code in codes for place in self._read_words(code, get_analyzer).get(term, ())
        )
        if not places:
            return {}
        groups = np.array(list(dict.fromkeys(self._groups[places].tolist())), dtype=np.int64)
        begins, ends = self._firsts[groups].tolist(), self._firsts[groups + 1].tolist()
        members = list(chain.from_iterable(map(range, begins, ends)))
        weights = self._weights[self._groups[members]].tolist()
        found: dict[str, float] = {}
        for other, weight in zip(get_analyzer(self._words(members)), weights, strict=True):
            if other and found.get(other, 0.0) < weight:
                found[other] = weight
        found.pop(term, None)
        return found

    def _read_words(self, code: int, get_analyzer: _TermsOf) -> Mapping[str, Sequence[int]]:
        """Give the places of the words that begin so, by their terms; two threads may do the same twice."""
        if code not in self._read:
            places = np.flatnonzero(self._codes == code).tolist()
            read: defaultdict[str, list[int]] = defaultdict(list)
            for term, place in zip(get_analyzer(self._words(places)), places, strict=True):
                read[term].append(place)
            self._read[code] = dict(read)
        return self._read[code]


def _codes_of(beginning: str) -> set[int]:
    """Say by which codes words that begin so may be found; a second letter may follow behind a full stop or accent."""
    first, second = [ord(letter) if letter in _LETTERS else 0 for letter in f"{beginning}  "[:2]]
    return {first << 8, first << 8 | second} if first else {_ANY}
