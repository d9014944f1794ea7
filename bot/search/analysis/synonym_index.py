"""The synonyms of a term, by the groups of a thesaurus that are read only where they are needed.

In: a thesaurus as text, and a function that gives the terms of its entries. Out: of a term, the
other terms of its groups, each with what it counts for. An entry is a word or phrase of the
thesaurus. The text stays text: where entries begin and end is found in the array of its characters,
and only entries that begin with the letters that a term can begin with are analyzed, when that term
is looked up. Nothing here knows stems or phrases.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_lowercase, digits

import numpy as np
from numpy.typing import NDArray

from bot.search.analysis.synonyms import Thesaurus

# Gives the terms of entries, in their order; empty for an entry without a term.
_TermsOf = Callable[[Sequence[str]], Sequence[str]]

_COMMA = ord(",")
_NEWLINE = ord("\n")
# Of a letter of ASCII, this bit says that it is a small one; digits have it too.
_SMALL = np.uint8(0x20)
_CHARACTERS = frozenset(ascii_lowercase + digits)
# The code of an entry is its first two characters, small, each one byte.
_UPPER_BYTE = np.uint16(8)
# An entry that begins with anything but a letter or digit of ASCII can be a word of any term.
_ANY = 0
# An entry that has no synonyms is never looked up.
_NONE = 0xFFFF


class SynonymIndex:
    """The groups of a thesaurus by the terms of their entries.

    A group's entries may stand for one another. In a group of ``kinds`` only the first has
    synonyms.
    """

    def __init__(
        self, thesaurus: Thesaurus, weights: Mapping[str, float], *, keeps_prefixes: bool
    ) -> None:
        """Index a thesaurus; ``weights`` is what a synonym counts for (0 to 1), by section.

        Other sections give no synonyms. ``keeps_prefixes`` says that a word of ASCII and its stem
        begin with the same two characters.
        """
        self._text = "".join(text for _, text in thesaurus.sections)
        # One byte for each character, so that a position here is one in the text.
        encoded = self._text.encode("ascii", "replace")
        characters = np.frombuffer(encoded, np.uint8)  # uint8, (characters,)
        self._set_entries(characters)
        has_synonyms = self._set_weights(thesaurus, weights)
        small = characters | _SMALL
        is_letter = _is_between(small, "a", "z")
        is_digit = _is_between(small, "0", "9")
        self._irregular = self._find_irregular(is_letter)
        is_other = ~(is_letter | is_digit)
        small[is_other] = _ANY
        codes = self._encode_prefixes(small)
        if not keeps_prefixes:
            codes[:] = _ANY
        codes[~has_synonyms] = _NONE
        self._codes = codes  # uint16, (entries,)
        # By code: the entries of each term.
        self._entries_of_term: dict[int, dict[str, list[int]]] = {}

    def _set_entries(self, characters: NDArray[np.uint8]) -> None:
        """Keep where entries begin and end in the text, and to which group each belongs."""
        is_comma = characters == _COMMA
        is_newline = characters == _NEWLINE
        ends = np.flatnonzero(is_comma | is_newline)
        self._ends = ends.astype(np.int32)  # int32, (entries,)
        self._starts = np.zeros_like(self._ends)  # int32, (entries,)
        self._starts[1:] = self._ends[:-1] + 1
        is_last = is_newline[ends]
        groups_before = is_last.cumsum() - is_last
        self._group_of_entry = groups_before.astype(np.int32)  # int32, (entries,)
        # The first entry of each group, and how many entries there are. int64, (groups + 1,)
        group_ends = np.flatnonzero(is_last) + 1
        self._group_starts = np.append(0, group_ends)

    def _set_weights(self, thesaurus: Thesaurus, weights: Mapping[str, float]) -> NDArray[np.bool_]:
        """Keep what each group counts for; give which entries have synonyms, (entries,)."""
        group_weights: list[float] = []
        is_one_way: list[bool] = []
        for name, text in thesaurus.sections:
            group_count = text.count("\n")
            group_weights += [weights.get(name, 0.0)] * group_count
            is_one_way += [name == "kinds"] * group_count
        self._group_weights = np.array(group_weights, dtype=np.float64)  # float64, (groups,)
        is_weighted = self._group_weights > 0
        is_mutual = is_weighted & ~np.array(is_one_way, dtype=np.bool_)
        has_synonyms: NDArray[np.bool_] = is_mutual[self._group_of_entry]
        # The first entry of a group has synonyms in any case.
        first_entries = self._group_starts[:-1]
        has_synonyms[first_entries[is_weighted]] = True
        return has_synonyms

    def _find_irregular(self, is_letter: NDArray[np.bool_]) -> list[int]:
        """Give the entries with any character that is no letter of ASCII."""
        others_before = (~is_letter).cumsum()
        # The comma or newline behind an entry is counted too.
        others = np.diff(others_before[self._ends], prepend=0)
        irregular: list[int] = np.flatnonzero(others > 1).tolist()
        return irregular

    def _encode_prefixes(self, small: NDArray[np.uint8]) -> NDArray[np.uint16]:
        """Give the codes of all entries by their first two characters, uint16, (entries,)."""
        firsts = small[self._starts].astype(np.uint16)
        seconds = small[self._starts + 1]
        codes = firsts << _UPPER_BYTE
        is_known = codes != _ANY
        codes[is_known] |= seconds[is_known]
        return codes

    def irregular_entries(self) -> list[str]:
        """Give the entries that are not made of letters of ASCII alone, among them all phrases.

        They come in the order of the thesaurus, and as often as they stand there.
        """
        return self._read(self._irregular)

    def _read(self, entries: Sequence[int]) -> list[str]:
        starts = self._starts[entries].tolist()
        ends = self._ends[entries].tolist()
        slices = map(slice, starts, ends)
        return list(map(self._text.__getitem__, slices))

    def find(self, term: str, prefixes: Iterable[str], terms_of: _TermsOf) -> dict[str, float]:
        """Give the terms that may stand for ``term``, each with what it counts for (0 to 1).

        ``prefixes`` are the first two letters that a word of this term can have. The empty term has
        no synonyms. The order is that of the thesaurus.
        """
        if not term:
            return {}
        entries = self._find_entries(term, prefixes, terms_of)
        if not entries:
            return {}
        groups = self._group_of_entry[entries].tolist()
        members = self._members_of(list(dict.fromkeys(groups)))
        member_groups = self._group_of_entry[members]
        weights = self._group_weights[member_groups].tolist()
        terms = terms_of(self._read(members))
        synonyms: dict[str, float] = {}
        for other, weight in zip(terms, weights, strict=True):
            if other and synonyms.get(other, 0.0) < weight:
                synonyms[other] = weight
        synonyms.pop(term, None)
        return synonyms

    def _find_entries(self, term: str, prefixes: Iterable[str], terms_of: _TermsOf) -> list[int]:
        """Give the entries that have a term, ascending."""
        codes = {_ANY}.union(*map(_codes_of, prefixes))
        entries: list[int] = []
        for code in codes:
            entries_of_term = self._group_by_term(code, terms_of)
            entries += entries_of_term.get(term, ())
        return sorted(entries)

    def _members_of(self, groups: Sequence[int]) -> list[int]:
        """Give the entries of groups."""
        members: list[int] = []
        for group in groups:
            start = self._group_starts.item(group)
            end = self._group_starts.item(group + 1)
            members += range(start, end)
        return members

    def _group_by_term(self, code: int, terms_of: _TermsOf) -> Mapping[str, Sequence[int]]:
        """Give the entries with a code by their terms. Two threads may do the same work twice."""
        if code not in self._entries_of_term:
            has_code = self._codes == code
            entries = np.flatnonzero(has_code).tolist()
            terms = terms_of(self._read(entries))
            grouped: defaultdict[str, list[int]] = defaultdict(list)
            for term, entry in zip(terms, entries, strict=True):
                grouped[term].append(entry)
            self._entries_of_term[code] = dict(grouped)
        return self._entries_of_term[code]


def _is_between(characters: NDArray[np.uint8], first: str, last: str) -> NDArray[np.bool_]:
    return (characters >= ord(first)) & (characters <= ord(last))


def _codes_of(prefix: str) -> set[int]:
    """Give the codes that an entry whose stem begins with ``prefix`` can have.

    The second letter of the stem may stand further behind in the entry: after a full stop or an
    accent.
    """
    padded = f"{prefix}  "
    first = _code_of_character(padded[0])
    second = _code_of_character(padded[1])
    if first == _ANY:
        return {_ANY}
    return {first << 8, first << 8 | second}


def _code_of_character(character: str) -> int:
    return ord(character) if character in _CHARACTERS else _ANY
