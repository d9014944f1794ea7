"""What an editor should know about an article that can be served.

In: the parts of an article. Out: warnings and notes. Nothing here changes an article or refuses
one.
"""

import re
from collections.abc import Iterator, Sequence

from bot.articles.lines import Lines
from bot.articles.model import Problem, Section
from bot.articles.passages import PASSAGE_WORDS
from bot.articles.problems import make_note, make_warning
from bot.texts import problems as texts

# What has sentences that end with a full stop.
_PROSE = ("paragraph", "turn")
_INVISIBLE = re.compile(
    "["
    "\x01-\x08\x0b\x0e-\x1f\x7f-\x9f"  # controls other than tab, newlines and form feed
    "\u200e\u200f\u202a-\u202e\u2060-\u2069"  # bidirectional controls, invisible operators
    "\u200b\U000e0000-\U000e007f"  # the blank without width, tags
    "]"
)


def has_invisible(text: str) -> bool:
    """Say whether a text holds a character that can't be seen and may deceive."""
    return _INVISIBLE.search(text) is not None


def find_invisible(file: str, lines: Lines) -> Iterator[Problem]:
    """Give a warning of the first character of a file that can't be seen, if there is one."""
    found = _INVISIBLE.search(lines.text)
    if found is None:
        return
    offset = found.start()
    line = lines.number(offset)
    column = lines.column(offset)
    code_point = ord(found[0])
    yield make_warning(texts.CHARACTER_INVISIBLE, file, line, column, code_point=code_point)


def find_repeated_headings(sections: Sequence[Section]) -> Iterator[Problem]:
    """Give a warning for each section whose heading stands under the same headings already."""
    first_lines: dict[tuple[str, ...], int] = {}
    for section in sections:
        heading = section.heading
        path = (*section.parents, heading)
        first_line = first_lines.get(path)
        if first_line is None:
            first_lines[path] = section.line
        else:
            values = {"heading": heading, "first_line": first_line}
            yield make_warning(texts.HEADING_REPEATED, section.file, section.line, 1, **values)


def find_long_sentences(sections: Sequence[Section]) -> Iterator[Problem]:
    """Give a note for each sentence of prose that is longer than a passage."""
    for section in sections:
        for sentence in section.sentences:
            if sentence.form.kind not in _PROSE:
                continue
            word_count = len(sentence.plain.split())
            if word_count > PASSAGE_WORDS:
                yield make_note(
                    texts.SENTENCE_LONG, section.file, sentence.line, limit=PASSAGE_WORDS
                )
