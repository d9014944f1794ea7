"""Patterns that are looked for only where a text has one of the literals that each of them needs.

In: a pattern and its literals. Out: whether it occurs in a text. To look for literals takes far
less time than to try a pattern at every place, and most texts have none of them. Regular expression
engines call this a prefilter; that of Python has none for alternatives, nor where case is ignored.
"""

import re


class PrefilteredPattern:
    """A ``pattern`` without regard to case, with literals of which a text that fits it has one."""

    def __init__(self, pattern: str, literals: str) -> None:
        """Take a pattern, and its literals in small letters with blanks between them.

        Python takes a dotless i for an i where it ignores case, so that no literal has one.
        """
        self.pattern = pattern
        self._compiled = re.compile(pattern, re.IGNORECASE)
        self._literals = literals.split()

    def is_in(self, text: str) -> bool:
        """Say whether the pattern occurs in a text."""
        folded = text.casefold()
        for literal in self._literals:
            if literal in folded:
                return self._compiled.search(text) is not None
        return False
