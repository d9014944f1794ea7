"""Captions of recordings (WebVTT and SubRip) into what was said.

In: the lines of a file. Out: paragraphs, or turns where it is known who speaks. Times, numbers,
settings, notes and styles are no text. A sentence runs on from cue to cue, and captions that roll,
in which each line is shown twice or more, are read once.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.articles.blocks import Block, Draft
from bot.articles.formats.format import Format
from bot.articles.formats.html_text import Place, TextBuffer
from bot.articles.lines import Lines
from bot.articles.model import PARAGRAPH, BlockForm
from bot.articles.turns import SPEAKER

_TIMES = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d")
# A tag, such as <i>, <c.loud>, <00:01.000>, {\an8}, and <v Ada>, which names who speaks.
_TAG = re.compile(
    r"<(?:v(?:\.[^\s>]*)?[ \t]+(?P<voice>[^>\r\n]{1,200})|/?[a-z0-9][^<>\r\n]*)>|\{\\[^}\r\n]*\}"
)
# A line of times with the number above it, and tags.
_UNREAD_PATTERN = (
    r"(?:^|[\r\n])(?:\d+[\r\n]+)?[\d:.,]{9,}\s*-->[^\r\n]*"
    r"|</?(?:[bciuv]|font|lang|rt|ruby)\b[^<>\r\n]*>|<[\d:.]+>|\{\\[^}\r\n]*\}"
)
# What stands before a name where the speaker changes.
_DASH = re.compile(r"\s*(?:[-–—]\s*|>>\s*)?")
# A silence is the end of a paragraph where nobody is named, after so many words and a full stop.
_WORDS_IN_PARAGRAPH = 120
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’)]?$")


@dataclass(slots=True)
class _Said:
    """What one speaker says: the text and its places."""

    speaker: str
    pieces: list[str]
    places: list[Place]
    words: int = 0


def parse_captions(file: str, lines: Lines, body_line: int) -> Draft:  # noqa: ARG001 (as Parse)
    """Parse the captions that begin in ``body_line``; offsets are those of the words shown."""
    cues = list(_find_cues(lines, body_line))
    names = [_find_name(lines.line(number)) for cue in cues for number in cue]
    reader = _CaptionReader(lines, Counter(name["name"] for name in names if name))
    for cue in cues:
        reader.add(cue)
    return Draft(blocks=list(reader.make_blocks()))


def _find_cues(lines: Lines, body_line: int) -> Iterator[Sequence[int]]:
    """Give the numbers of the lines of text of each cue."""
    cue: list[int] = []
    is_cue = False
    for number in range(body_line, len(lines) + 1):
        line = lines.line(number)
        if _TIMES.match(line):
            if cue and _is_cue_id(lines, cue, number):
                cue.pop()
            if is_cue and cue:
                yield cue
            cue = []
            is_cue = True
        elif not line.strip():
            if is_cue and cue:
                yield cue
            cue = []
            is_cue = False
        else:
            cue.append(number)
    if is_cue and cue:
        yield cue


def _is_cue_id(lines: Lines, cue: Sequence[int], number: int) -> bool:
    """Say whether the line before a time is the number of the cue, with no blank line above."""
    return cue[-1] == number - 1 and lines.line(cue[-1]).strip().isdigit()


def _find_name(line: str) -> re.Match[str] | None:
    """Find the name that a line begins with."""
    dash = _DASH.match(line)
    return SPEAKER.match(line, dash.end() if dash else 0)


class _CaptionReader:
    def __init__(self, lines: Lines, names: Counter[str]) -> None:
        self._lines = lines
        self._names = names
        self._said: list[_Said] = []
        self._shown_before: list[str] = []

    def add(self, cue: Sequence[int]) -> None:
        """Add the lines of a cue that the one before did not show already."""
        shown = [self._read_line(number) for number in cue]
        texts = [text for text, _, _ in shown]
        repeated = self._count_repeated(texts)
        for text, places, voice in shown[repeated:]:
            self._add_line(text, places, voice)
        self._shown_before = texts

    def make_blocks(self) -> Iterator[Block]:
        for said in self._said:
            plain = "".join(said.pieces).rstrip()
            if not plain:
                continue
            places = said.places[: len(plain)]
            start, end = places[0][0], places[-1][1]
            form = PARAGRAPH
            if said.speaker:
                form = BlockForm("turn", mark=f"{said.speaker}: ")
            yield Block(start, end, plain, places=places, form=form)

    def _count_repeated(self, texts: Sequence[str]) -> int:
        """Count the lines at the beginning of a cue that were the end of the one before."""
        before = self._shown_before
        for length in range(min(len(before), len(texts)), 0, -1):
            if before[-length:] == list(texts[:length]):
                return length
        return 0

    def _read_line(self, number: int) -> tuple[str, Sequence[Place], str]:
        """Give how a line reads, the places of its characters, and the voice that a tag names."""
        start, end = self._lines.span(number)
        buffer = TextBuffer(self._lines.text)
        voice = ""
        position = start
        for tag in _TAG.finditer(self._lines.text, start, end):
            buffer.add(position, tag.start())
            position = tag.end()
            voice = tag["voice"] or voice
        buffer.add(position, end)
        run = buffer.take()
        return (run.plain, run.places, voice.strip()) if run else ("", [], voice.strip())

    def _is_speaker(self, name: str) -> bool:
        """Say whether a name is one: it comes again, or is in capitals."""
        return self._names[name] > 1 or name.isupper()

    def _add_line(self, text: str, places: Sequence[Place], voice: str) -> None:
        speaker = voice
        named = None if voice else _find_name(text)
        if named is not None and self._is_speaker(named["name"]):
            speaker = named["name"]
            skipped = len(text) - len(text[named.end() :].lstrip())
            text, places = text[skipped:], places[skipped:]
        if not text and not speaker:
            return
        said = self._find_said(speaker)
        if said.places and text:
            said.pieces.append(" ")
            said.places.append((said.places[-1][1], places[0][0]))
        said.pieces.append(text)
        said.places += places
        said.words += len(text.split())

    def _find_said(self, speaker: str) -> _Said:
        """Give the turn that a line goes on, or a new one."""
        last = self._said[-1] if self._said else None
        is_long = last is not None and last.words >= _WORDS_IN_PARAGRAPH
        if last is not None and (not speaker or speaker == last.speaker):
            is_over = is_long and _SENTENCE_END.search(last.pieces[-1]) is not None
            if not is_over:
                return last
            speaker = last.speaker
        said = _Said(speaker, [], [])
        self._said.append(said)
        return said


CAPTIONS = Format(
    name="captions",
    suffixes=(".vtt", ".srt"),
    parse=parse_captions,
    unread_markup=("times, numbers and settings", "notes and styles", "tags of captions"),
    unread_pattern=_UNREAD_PATTERN,
)
