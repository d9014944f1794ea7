"""Plain text into paragraphs: lines that belong together, with their place.

In: the lines of a file. Out: its paragraphs in order. A paragraph is one line, or several that were
wrapped by hand. The width of wrapping is the 90th percentile of the lengths of the text's lines.
What a paragraph means (a title, a heading, an item) is not decided here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.articles.formats.plain_text_labels import count_labelled_lines, is_folded
from bot.articles.lines import Lines

# Nobody wraps narrower: such lines are verses, items or headings.
SHORTEST_WRAPPED = 45
# Nobody wraps wider: such lines are whole paragraphs.
LONGEST_WRAPPED = 120
# A title may be a whole sentence, yet no paragraph.
TITLE_CHARACTERS = 200

BLANK = re.compile(r"[\s\ufeff]*")
# An item of a list: a bullet, or a number, which is group 1.
ITEM = re.compile(r"\s*(?:[-*•‣–]|(\d{1,3})[.)])\s+(?=\S)")
# A heading as Markdown marks it; group 1 is as long as its level.
MARKED = re.compile(r"(#{1,6})\s+(?=\S)")
UNDERLINE = re.compile(r"(=|-|~){3,}")
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")

# Lines that are not empty: a paragraph takes some twenty microseconds. A mebibyte that people wrote
# has fewer; what comes after them is running text, so many lines a paragraph.
MOST_LINES = 40_000
_RUNNING_LINES = 200
# A line that is shorter than this share of the width ends its paragraph.
_FULL_LINE = 0.7


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together.

    ``text`` is ``decoded[start:end]``, without blanks at its ends. ``follows_blank``: a blank
    line, or nothing, stands above. ``is_labelled``: it is one of the labelled lines at the top.
    ``is_text``: it was found to be text, whatever it looks like.
    """

    first_line: int
    last_line: int
    start: int
    end: int
    text: str
    follows_blank: bool
    is_labelled: bool
    is_text: bool = False

    @property
    def is_line(self) -> bool:
        """Whether it is a single line."""
        return self.first_line == self.last_line


def split_paragraphs(lines: Lines, body_line: int) -> Iterator[Paragraph]:
    """Give the paragraphs of the body that begins in ``body_line``, in order."""
    return _Splitter(lines, body_line).split()


def find_running_line(lines: Lines, body_line: int) -> int:
    """Give the number of the line from which on lines are running text; 0 where there is none."""
    remaining = MOST_LINES
    for number in range(body_line, len(lines) + 1):
        if BLANK.fullmatch(lines.line(number)):
            continue
        if remaining == 0:
            return number
        remaining -= 1
    return 0


def estimate_wrap_width(lengths: Sequence[int]) -> int:
    """Give the width that lines were wrapped to by hand; 0 where each line is a paragraph."""
    if not lengths or max(lengths) > 2 * LONGEST_WRAPPED:
        return 0
    ascending = sorted(lengths)
    rank = len(lengths) * 9 // 10
    width = ascending[rank]
    is_wrapped = SHORTEST_WRAPPED <= width <= LONGEST_WRAPPED
    return width if is_wrapped else 0


class _Splitter:
    """The lines that hold text; an index counts these lines, a number all lines of the file."""

    def __init__(self, lines: Lines, body_line: int) -> None:
        self._lines = lines
        self._numbers: list[int] = []
        self._texts: list[str] = []  # without blanks at the ends
        raw_lines: list[str] = []
        for number in range(body_line, len(lines) + 1):
            raw_line = lines.line(number)
            if BLANK.fullmatch(raw_line):
                continue
            self._numbers.append(number)
            raw_lines.append(raw_line)
            self._texts.append(raw_line.lstrip("\ufeff").strip())
        self._width = estimate_wrap_width([len(text) for text in self._texts])
        labelled_count = count_labelled_lines(raw_lines, self._numbers)
        self._labelled = raw_lines[:labelled_count]

    def split(self) -> Iterator[Paragraph]:
        first = 0
        parsed = self._numbers[:MOST_LINES]
        for last in range(len(parsed)):
            is_labelled = last < len(self._labelled)
            goes_on = self._is_folded_below(last) if is_labelled else self._goes_on(first, last)
            if goes_on:
                continue
            yield self._make_paragraph(first, last)
            first = last + 1
        for begin in range(first, len(self._numbers), _RUNNING_LINES):
            end = min(begin + _RUNNING_LINES, len(self._numbers))
            yield self._make_paragraph(begin, end - 1)

    def _is_full(self, line: str) -> bool:
        """Say whether a line is so long that it may have been wrapped."""
        return len(line) >= _FULL_LINE * self._width

    def _is_folded_below(self, index: int) -> bool:
        """Say whether the labelled line at ``index`` goes on in the next one."""
        below = self._labelled[index + 1 : index + 2]
        return any(map(is_folded, below))

    def _goes_on(self, first: int, index: int) -> bool:
        """Say whether the paragraph from ``first`` to ``index`` goes on in the line below."""
        below = index + 1
        if below == len(self._numbers) or self._numbers[below] != self._numbers[index] + 1:
            return False
        line = self._texts[index]
        next_line = self._texts[below]
        if UNDERLINE.fullmatch(next_line):
            is_title = len(line) <= TITLE_CHARACTERS and not line.endswith(".")
            return index == first and is_title
        if self._begins_item(first, next_line):
            return False
        if MARKED.match(line) or MARKED.match(next_line) or UNDERLINE.fullmatch(line):
            return False
        if self._width == 0 or not self._is_full(line):
            return False
        is_new_section = SENTENCE_END.search(line) and self._is_heading_at(below)
        return not is_new_section

    def _begins_item(self, first: int, line: str) -> bool:
        """Say whether ``line`` begins an item below the paragraph that begins at ``first``.

        As in CommonMark, only a 1 begins a list within a paragraph. Any other number may be the end
        of a sentence.
        """
        item = ITEM.match(line)
        if item is None:
            return False
        begins_list = item[1] in (None, "1")
        return begins_list or ITEM.match(self._texts[first]) is not None

    def _is_heading_at(self, index: int) -> bool:
        """Say whether a line is a heading between wrapped lines.

        Such a line is short, has no full stop, and stands before a longer one.
        """
        if index + 1 == len(self._texts):
            return False
        line = self._texts[index]
        line_below = self._texts[index + 1]
        if len(line) >= len(line_below) or self._is_full(line):
            return False
        first, last = line[0], line[-1]
        return last.isalnum() and (first.isupper() or first.isdigit())

    def _make_paragraph(self, first: int, last: int) -> Paragraph:
        first_line = self._numbers[first]
        last_line = self._numbers[last]
        line_above = self._numbers[first - 1] if first else 0
        raw_start, _ = self._lines.span(first_line)
        _, raw_end = self._lines.span(last_line)
        raw = self._lines.text[raw_start:raw_end]
        without_leading_blanks = BLANK.sub("", raw, count=1)
        text = without_leading_blanks.rstrip()
        start = raw_end - len(without_leading_blanks)
        end = start + len(text)
        follows_blank = first_line != line_above + 1
        is_labelled = first < len(self._labelled)
        return Paragraph(first_line, last_line, start, end, text, follows_blank, is_labelled)
