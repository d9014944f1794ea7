"""Words in all their forms, found in texts.

In: words in a small notation, and a text. Out: which of them stand there. To look each word of a
text up takes far less time than a pattern of a hundred alternatives.
"""

import re
from collections.abc import Iterator

_WORD = re.compile(r"\w+")


class WordForms:
    """Words without regard to case."""

    def __init__(self, forms: str) -> None:
        """Take words in small letters with blanks between them.

        A star stands for any ending ("chair*"), and a question mark behind a letter says that it
        may be missing ("owners?").
        """
        words: set[str] = set()
        stems: list[str] = []
        for form in forms.split():
            if form.endswith("*"):
                stems.append(form[:-1])
            elif form.endswith("?"):
                words |= {form[:-1], form[:-2]}
            else:
                words.add(form)
        self._words = frozenset(words)
        self._stems = tuple(stems)

    def is_in(self, text: str) -> bool:
        """Say whether one of the words stands in a text."""
        return next(self.find(text), None) is not None

    def find(self, text: str) -> Iterator[str]:
        """Give each of the words that stands in a text, in small letters, in order."""
        for word in _WORD.findall(text.lower()):
            if word in self._words or word.startswith(self._stems):
                yield word
