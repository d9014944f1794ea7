"""A folder of articles of any size, made of chance words.

It has as many files, sections and passages as are wanted.

The words are those of the frequency list that comes with symspellpy, the frequent ones more often,
as in a language. The same numbers give the same words. What they say makes no sense; it takes as
long to read as what does.
"""

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from bot.search.analysis.word_frequencies import frequencies_of

PASSAGES = 50
_SECTION_PASSAGES, _SENTENCES, _WORDS = 5, 8, 10


class Writer:
    """Writes articles into a folder."""

    def __init__(self, folder: Path) -> None:
        """Read the words."""
        self._folder = folder
        self._words = sorted(
            word for word in frequencies_of("en").words if word.isalpha() and len(word) > 1
        )
        random.Random(0).shuffle(self._words)
        self._shares = [*accumulate(1 / rank for rank in range(10, len(self._words) + 10))]

    def draw(self, seed: str, count: int) -> list[str]:
        """Draw words, the frequent ones more often."""
        return random.Random(seed).choices(self._words, cum_weights=self._shares, k=count)

    def write(self, number: int, version: str, passages: int = PASSAGES) -> None:
        """Write an article of passages of 80 words.

        Each of its sentences ends with its ``version``, a word.
        """
        words = iter(self.draw(f"{number} {version}", passages * _SENTENCES * _WORDS))
        text = f"# {next(words)} {number}\n"
        for passage in range(passages):
            if passage % _SECTION_PASSAGES == 0:
                text += f"\n## {next(words)} {passage}\n"
            text += (
                "\n" + " ".join(self._sentence(words, version) for _ in range(_SENTENCES)) + "\n"
            )
        (self._folder / f"{number:05}.md").write_text(text, encoding="utf-8")

    @staticmethod
    def _sentence(words: Iterator[str], version: str) -> str:
        return (
            " ".join([next(words, "so") for _ in range(_WORDS - 1)]).capitalize() + f" {version}."
        )
