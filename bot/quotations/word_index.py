"""The words of a library in one row, so that word sequences are found as substrings are.

In: a library, once. Out: an index that gives each different word a code and holds all words as one
string, a character a word. Python's substring search then finds a sequence of words at once,
whatever their case and markup. A heading stands before its section's sentences as if it were one.
The position of a word is its number in the row. Nothing here knows claims.
"""

from array import array
from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from bot.articles.library import Library
from bot.articles.model import Article, Section, Sentence
from bot.quotations.normalization import NormalizedText, word_keys
from bot.quotations.source_map import map_to_source

# Stands behind each section, so that no sequence of words reaches from one into the next.
_SECTION_BREAK = 0
# The highest code point. Words of a claim that stand nowhere in the library get it.
_UNKNOWN_WORD = 0x10FFFF
# A heading's source is looked for in so many characters more than twice its length: its markup.
_MAX_HEADING_MARKUP = 200


class WordIndex:
    """All words of a library. It never changes once it is built.

    Keeps 8 bytes for each word, and each different word.

    ``text``: a character for each word, and one behind each section.
    ``codes``: the same as int32, (words + sections,).
    ``frequencies``: how often each code stands there, int64, (different words + 1,).
    ``sentences``: all sentences in order, headings among them.
    """

    def __init__(self, library: Library) -> None:
        """Go through all words of the library once."""
        self._sections = list(library.sections())
        self._section_starts = array("q")
        self._sentence_starts = array("q")
        self._code_of_key: dict[str, int] = {}
        self.sentences: list[Sentence] = []
        codes = array("i")
        section_texts: list[str] = []
        for article, section in self._sections:
            section_start = len(codes)
            self._section_starts.append(section_start)
            if section.heading:
                self._append_sentence(_heading_as_sentence(article, section), codes)
            for sentence in section.sentences:
                self._append_sentence(sentence, codes)
            codes.append(_SECTION_BREAK)
            # Section by section: done for all at once, it would stop other threads for a second.
            section_texts.append("".join(map(chr, codes[section_start:])))
        self.text = "".join(section_texts)
        self.codes = np.array(codes, dtype=np.int32)
        self.frequencies = np.bincount(self.codes, minlength=1)

    def _append_sentence(self, sentence: Sentence, codes: "array[int]") -> None:
        self.sentences.append(sentence)
        self._sentence_starts.append(len(codes))
        keys = word_keys(sentence.plain)
        codes.extend(map(self._add_key, keys))

    def _add_key(self, key: str) -> int:
        """Give the code of a word, a new one if there is none yet.

        Beyond a million different words there are no codes left: such words are never found.
        """
        known = len(self._code_of_key)
        if known < _UNKNOWN_WORD - 2:
            return self._code_of_key.setdefault(key, known + 1)
        return self._code_of_key.get(key, _UNKNOWN_WORD - 1)

    def encode(self, text: NormalizedText) -> str:
        """Give the words of a text as a string that can be found in ``text``."""
        codes = [self._code_of_key.get(word.key, _UNKNOWN_WORD) for word in text.words]
        return "".join(map(chr, codes))

    def known_codes(self, encoded: str) -> NDArray[np.int64]:
        """Give the different codes of an encoded text that stand in the library, ascending."""
        codes = set(map(ord, encoded))
        codes.discard(_UNKNOWN_WORD)
        ascending = sorted(codes)
        return np.array(ascending, dtype=np.int64)  # (different words,)

    def section_at(self, position: int) -> tuple[Article, Section]:
        """Give the section that holds a word, and its article."""
        return self._sections[self._section_number(position)]

    def section_bounds(self, position: int) -> tuple[int, int]:
        """Give the positions of the first word of the section that holds a word, and of its end."""
        number = self._section_number(position)
        start = self._section_starts[number]
        next_start = len(self.text)
        if number + 1 < len(self._section_starts):
            next_start = self._section_starts[number + 1]
        return start, next_start - 1

    def _section_number(self, position: int) -> int:
        return bisect_right(self._section_starts, position) - 1

    def sentence_range(self, start: int, end: int) -> tuple[int, int]:
        """Give the numbers of the first sentence that holds words of a range, and behind the last.

        The range of words is not empty and lies in one section.
        """
        first = bisect_right(self._sentence_starts, start) - 1
        return first, bisect_right(self._sentence_starts, end - 1)

    def sentence_starts(self, first: int, last: int) -> tuple[int, ...]:
        """Give the positions at which the sentences from ``first`` to before ``last`` begin."""
        return tuple(self._sentence_starts[first:last])


def _heading_as_sentence(article: Article, section: Section) -> Sentence:
    """Give a section's heading as if it were a sentence."""
    longest = 2 * len(section.heading) + _MAX_HEADING_MARKUP
    limit = min(section.end, section.start + longest)
    written = article.text[section.start : limit]
    length = map_to_source(written, section.heading).ends[-1]
    return Sentence(
        section.file,
        section.line,
        section.start,
        section.start + length,
        article.text,
        section.heading,
    )
