"""Which terms may stand for which, by the groups of a thesaurus.

In: the groups in a row, and the term of each of their words. Out: of a term, the others of its groups with what each
counts for. Thousands of groups are kept in a few arrays, and what they say of a term is put together when it is asked
for. Nothing is known here of stems or of phrases.
"""

from collections.abc import Mapping

import numpy as np

from bot.search.synonyms import Thesaurus


class Variants:
    """The groups of a thesaurus by the terms that stand in them."""

    def __init__(self, thesaurus: Thesaurus, term_of: Mapping[str, str], weights: Mapping[str, float]) -> None:
        """Take groups, the term of each word (empty for none), and what each section counts for; no other is kept.

        Of ``kinds`` only the first term has variants.
        """
        self._numbers = {term: number for number, term in enumerate(dict.fromkeys(term_of.values()))}
        self._terms = list(self._numbers)
        number_of = {word: self._numbers[term] for word, term in term_of.items()}
        terms = np.fromiter(map(number_of.__getitem__, thesaurus.words), np.int32, len(thesaurus.words))
        groups = np.repeat(np.arange(len(thesaurus.lengths), dtype=np.int32), thesaurus.lengths)
        self._weights = np.array([weights.get(section, 0.0) for section in thesaurus.sections])
        is_kept = (terms != self._numbers.get("", -1)) & (self._weights[groups] > 0)
        terms, groups = terms[is_kept], groups[is_kept]
        self._members = terms
        self._begins = groups.searchsorted(np.arange(len(thesaurus.lengths) + 1)).astype(np.int32)
        one_way = np.array([section == "kinds" for section in thesaurus.sections], dtype=np.bool_)
        has_variants = ~one_way[groups]
        has_variants[np.unique(groups, return_index=True)[1]] = True
        terms, groups = terms[has_variants], groups[has_variants]
        self._groups = groups[terms.argsort(kind="stable")]
        self._ends = np.bincount(terms, minlength=len(self._terms)).cumsum().astype(np.int32)

    def find(self, term: str) -> dict[str, float]:
        """Give the terms that may stand for a term, each with the most (0 to 1) that it counts for."""
        number = self._numbers.get(term)
        if number is None:
            return {}
        found: dict[str, float] = {}
        for group in self._groups[self._ends[number - 1] if number else 0 : self._ends[number]]:
            weight = float(self._weights[group])
            for member in self._members[self._begins[group] : self._begins[group + 1]]:
                other = self._terms[member]
                if found.get(other, 0.0) < weight:
                    found[other] = weight
        found.pop(term, None)
        return found
