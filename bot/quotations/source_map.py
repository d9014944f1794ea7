"""From a sentence as it reads back to the characters of its file.

In: text as it is written, in whatever format, and the same text as it reads. Out: for each
character as it reads, where it begins and ends in the file. The characters are followed in order
through the written text; markup that the formats do not read is passed over, entities (``&amp;``)
count as what they stand for. No parser runs here, because the format has decided already how the
text reads.
"""

import html
import re
from typing import NamedTuple

from bot.articles.formats import UNREAD_PATTERNS
from bot.articles.model import Sentence

# What some format does not read.
_UNREAD_MARKUP = re.compile("|".join(UNREAD_PATTERNS), re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# Put in the place of what is not read: no text has this character.
_HIDDEN = "\0"


class SourceMap(NamedTuple):
    """Where each character of a text as it reads begins and ends in the text as it is written."""

    starts: list[int]
    ends: list[int]


def locate_in_file(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Give where ``plain[start:end]`` of a sentence begins and ends in its file.

    At an end of the sentence the markup around it is included.
    """
    text_start, text_end = start, end
    if sentence.text != sentence.plain:
        source_map = map_to_source(sentence.text, sentence.plain)
        text_start = source_map.starts[start]
        text_end = source_map.ends[end - 1]
    file_start, file_end = sentence.start, sentence.end
    if start > 0:
        file_start = sentence.start + text_start
    if end < len(sentence.plain):
        file_end = sentence.start + text_end
    return file_start, file_end


def map_to_source(written: str, plain: str) -> SourceMap:
    """Find each character of ``plain`` in ``written``.

    What looks like unread markup may be text. So where a letter or a digit is not found without it,
    all of ``written`` is read. A character that is not found begins and ends with its neighbours.
    """
    visible, entity_ends = _decode_entities(_UNREAD_MARKUP.sub(_hide, written))
    offsets = _follow(visible, plain)
    if _lacks_a_letter(offsets, plain):
        visible, entity_ends = _decode_entities(written)
        offsets = _follow(visible, plain)
    starts: list[int] = []
    previous_end = 0
    for offset in offsets:
        starts.append(previous_end if offset is None else offset)
        if offset is not None:
            previous_end = entity_ends.get(offset, offset + 1)
    ends: list[int] = []
    next_start = len(written)
    for offset in reversed(offsets):
        ends.append(next_start if offset is None else entity_ends.get(offset, offset + 1))
        if offset is not None:
            next_start = offset
    ends.reverse()
    return SourceMap(starts, ends)


def _hide(found: re.Match[str]) -> str:
    return _HIDDEN * len(found[0])


def _lacks_a_letter(offsets: list[int | None], plain: str) -> bool:
    for offset, character in zip(offsets, plain, strict=True):
        if offset is None and character.isalnum():
            return True
    return False


def _decode_entities(text: str) -> tuple[str, dict[int, int]]:
    """Replace each entity by what it stands for, in a text of the same length.

    Also give, for each place inside of an entity, where the entity ends.
    """
    characters = list(text)
    ends: dict[int, int] = {}
    for found in _ENTITY.finditer(text):
        start, end = found.span()
        decoded = html.unescape(found[0])
        if decoded == found[0]:
            continue
        characters[start:end] = decoded.ljust(end - start, _HIDDEN)
        decoded_places = range(start, start + len(decoded))
        ends.update(dict.fromkeys(decoded_places, end))
    return "".join(characters), ends


def _follow(text: str, plain: str) -> list[int | None]:
    """Give where each character of ``plain`` stands in ``text``, in order; None where it does not.

    Letters and digits are found wherever they come next. Other characters are found only before the
    next letter or digit.
    """
    offsets: list[int | None] = []
    follower = _Follower(text)
    for character in plain:
        offset = follower.find_next(character)
        offsets.append(None if offset < 0 else offset)
    return offsets


class _Follower:
    """Goes through a text from one character to a later one.

    No part of the text is looked through twice in vain: what is not in the rest is known by its
    last place, and what is not before the next letter or digit is remembered until that is passed.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._last_places = {character: place for place, character in enumerate(text)}
        self._begin = 0
        # Where the next letter or digit is, and which marks are not before it.
        self._run_end = -1
        self._missing_marks: set[str] = set()

    def find_next(self, character: str) -> int:
        """Find a character and go behind it; -1 if it is not there, or is a blank."""
        if self._last_places.get(character, -1) < self._begin or character == " ":
            return -1
        if character.isalnum():
            offset = self._text.find(character, self._begin)
        else:
            offset = self._find_mark(character)
        if offset >= 0:
            self._begin = offset + 1
        return offset

    def _find_mark(self, mark: str) -> int:
        """Find a mark before the next letter or digit; -1 if it is not there."""
        if self._run_end < self._begin:
            self._run_end = self._find_run_end()
            self._missing_marks.clear()
        if mark in self._missing_marks:
            return -1
        offset = self._text.find(mark, self._begin, self._run_end)
        if offset < 0:
            self._missing_marks.add(mark)
        return offset

    def _find_run_end(self) -> int:
        end = self._begin
        while end < len(self._text) and not self._text[end].isalnum():
            end += 1
        return end
