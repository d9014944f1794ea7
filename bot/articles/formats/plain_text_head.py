"""The top of a plain text: its title, who wrote it and when.

In: the paragraphs of a file. Out: what they say of the article, put into a Draft, and the
paragraphs that are text. Three shapes are known: labelled lines (``Title: ...``), a byline or a
word in capitals above the title, and a byline below it. What is guessed is said in a note.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.articles.blocks import Draft
from bot.articles.formats.plain_text_dates import find_date, holds_only_date, strip_date_words
from bot.articles.formats.plain_text_headings import (
    NUMBERED,
    parse_marked_heading,
)
from bot.articles.formats.plain_text_labels import parse_label, strip_email_address
from bot.articles.formats.plain_text_paragraphs import (
    ITEM,
    LONGEST_WRAPPED,
    SENTENCE_END,
    TITLE_CHARACTERS,
    Paragraph,
)
from bot.articles.problems import make_note
from bot.texts import problems as texts
from bot.texts.problems import ProblemText

_BYLINE = re.compile(
    r"(?:(?:(?:written|posted|published|reported)\s+)?by:?|authors?:)\s+"
    r"(?P<name>[^\d|·•,;:/()–—]+)(?P<rest>.*)",
    re.IGNORECASE,
)
# A name with more words is a sentence that begins with "By".
_NAME_WORDS = 8
# Bylines are among the first lines below a title; what comes later is text.
_LINES_BELOW_TITLE = 6
# A kicker, such as WORLD NEWS, has at most this many words.
_KICKER_WORDS = 2
# What is quoted of a line in a note.
_QUOTED_CHARACTERS = 60


class Byline(NamedTuple):
    """Who wrote an article, and when; ``author`` is None in a line with a date alone."""

    author: str | None
    date: str


def take_head(file: str, paragraphs: list[Paragraph], draft: Draft) -> list[Paragraph]:
    """Read title, author and date into ``draft``; give the paragraphs that are text."""
    return _HeadReader(file, draft).read(paragraphs)


def parse_byline(paragraph: Paragraph) -> Byline | None:
    """Give what a byline or a line with a date says; None for any other paragraph."""
    text = paragraph.text
    if not paragraph.is_line or len(text) > LONGEST_WRAPPED:
        return None
    if holds_only_date(text):
        return Byline(None, find_date(text))
    found = _BYLINE.fullmatch(text)
    if found is None:
        return None
    is_sentence = text.endswith(".") and not found["rest"]
    name = " ".join(found["name"].split())
    is_lower_case = name == name.lower() != name.upper()
    is_long = len(name.split()) > _NAME_WORDS
    if is_sentence or is_lower_case or is_long:
        return None
    return Byline(strip_date_words(name), find_date(text))


class _HeadReader:
    def __init__(self, file: str, draft: Draft) -> None:
        self._file = file
        self._draft = draft

    def read(self, paragraphs: list[Paragraph]) -> list[Paragraph]:
        labelled = [paragraph for paragraph in paragraphs if paragraph.is_labelled]
        rest = paragraphs[len(labelled) :]
        if not rest:
            return paragraphs
        if labelled:
            kept = self._read_labels(labelled)
            return kept + (self._read_below_title(rest) if self._draft.title else rest)
        rest = self._read_above_title(rest)
        if len(rest) < 2 or not _is_title(rest[0]):
            return rest
        title, *below = rest
        self._read_title(title, below[0])
        return self._read_below_title(below)

    def _read_labels(self, labelled: Sequence[Paragraph]) -> list[Paragraph]:
        """Read labelled lines; give those whose label says nothing here."""
        kept = []
        for paragraph in labelled:
            line = " ".join(paragraph.text.split())
            label = parse_label(line)
            if label is None:
                kept.append(replace(paragraph, is_text=True))
            elif label.kind == "title":
                self._draft.title = self._draft.title or label.value
            elif label.kind == "author":
                author = strip_email_address(label.value)
                self._draft.author = self._draft.author or author
            elif label.kind == "date":
                self._draft.date = self._draft.date or find_date(label.value)
        first_line = labelled[0].first_line
        last_line = labelled[-1].last_line
        note = make_note(texts.LABELLED_LINES, self._file, first_line, 1, last_line=last_line)
        self._draft.problems.append(note)
        return kept

    def _read_above_title(self, paragraphs: list[Paragraph]) -> list[Paragraph]:
        """Take off a byline, a date and a word such as NEWS where a title follows."""
        count = _count_bylines(paragraphs)
        has_text_below = count < len(paragraphs) - 1
        if count and has_text_below and _may_be_title(paragraphs[count]):
            for paragraph in paragraphs[:count]:
                self._read_byline(paragraph)
                self._note(texts.BYLINE_ABOVE_TITLE, paragraph)
            return paragraphs[count:]
        if len(paragraphs) <= 2 or not _is_kicker(paragraphs[0], paragraphs[1]):
            return paragraphs
        has_byline = len(paragraphs) > 3 and parse_byline(paragraphs[2]) is not None
        if has_byline:
            self._note(texts.LEFT_OUT_ABOVE_TITLE, paragraphs[0])
            return paragraphs[1:]
        self._note(texts.READ_AS_TITLE_ABOVE_ANOTHER, paragraphs[0])
        return paragraphs

    def _read_title(self, title: Paragraph, below: Paragraph) -> None:
        level, text = parse_marked_heading(title)
        self._draft.title = " ".join(text.split())
        if level or below.follows_blank:
            return
        has_byline = parse_byline(below) is not None
        noted_lines = [problem.line for problem in self._draft.problems]
        if not has_byline and title.first_line not in noted_lines:
            self._note(texts.READ_AS_TITLE, title)

    def _read_below_title(self, rest: list[Paragraph]) -> list[Paragraph]:
        """Take byline and date off; give what remains, the lines among them as text."""
        kept: list[Paragraph] = []
        count = 0
        for line in rest[: min(len(rest) - 1, _LINES_BELOW_TITLE)]:
            level, _ = parse_marked_heading(line)
            if level or not _is_short_line(line):
                break
            is_first = count == 0 and len(rest) > 2
            is_byline = self._may_read_byline(line) and self._read_byline(line)
            if not is_byline:
                if _is_dated(line):
                    self._draft.date = self._draft.date or find_date(line.text)
                    self._note(texts.READ_AS_TEXT, line)
                elif is_first and parse_byline(rest[1]) is not None:
                    self._note(texts.READ_AS_TEXT_BELOW_TITLE, line)
                else:
                    break
                kept.append(replace(line, is_text=True))
            count += 1
        return kept + rest[count:]

    def _may_read_byline(self, line: Paragraph) -> bool:
        """Say whether an author is still missing; a date may always be read."""
        return not self._draft.author or holds_only_date(line.text)

    def _read_byline(self, paragraph: Paragraph) -> bool:
        """Read a byline or a date into the draft, if it is one."""
        byline = parse_byline(paragraph)
        if byline is None:
            return False
        if byline.author is None:
            self._draft.date = self._draft.date or byline.date
        else:
            self._draft.author = byline.author
            self._draft.date = byline.date or self._draft.date
        return True

    def _note(self, text: ProblemText, paragraph: Paragraph) -> None:
        line = paragraph.first_line
        beginning = paragraph.text[:_QUOTED_CHARACTERS]
        note = make_note(text, self._file, line, 1, beginning=beginning)
        self._draft.problems.append(note)


def _count_bylines(paragraphs: Sequence[Paragraph]) -> int:
    """Count dates at the top, a byline below them, and a date below that."""
    count = 0
    author = ""
    for paragraph in paragraphs:
        byline = parse_byline(paragraph)
        is_last = author != ""
        if byline is None or (is_last and byline.author is not None):
            break
        author = byline.author or ""
        count += 1
        if is_last:
            break
    return count


def _is_kicker(first: Paragraph, title: Paragraph) -> bool:
    """Say whether a word or two in capitals stand above what may be a longer title."""
    if not first.is_line or not first.text.isupper():
        return False
    words = first.text.split()
    is_longer_below = len(title.text) > len(first.text)
    if len(words) > _KICKER_WORDS or not is_longer_below:
        return False
    is_numbered = NUMBERED.match(title.text) is not None
    return _may_be_title(title) and not is_numbered


def _may_be_title(paragraph: Paragraph) -> bool:
    return _is_title(paragraph) and parse_byline(paragraph) is None


def _is_title(paragraph: Paragraph) -> bool:
    level, text = parse_marked_heading(paragraph)
    if level:
        return True
    if not paragraph.is_line or len(text) > TITLE_CHARACTERS:
        return False
    ends_like_text = text.endswith((".", ",", ";", ":"))
    return not ends_like_text and not ITEM.match(text)


def _is_short_line(paragraph: Paragraph) -> bool:
    return paragraph.is_line and len(paragraph.text) <= TITLE_CHARACTERS


def _is_dated(line: Paragraph) -> bool:
    """Say whether a line has a date or bars between its parts, and is no sentence."""
    text = line.text
    if SENTENCE_END.search(text) or len(text) > LONGEST_WRAPPED:
        return False
    return " | " in text or find_date(text) != ""
