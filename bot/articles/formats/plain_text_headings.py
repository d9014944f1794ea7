"""Headings of plain text: marked ones, and short lines on their own.

In: a paragraph and the one below it. Out: whether it is a heading, of which level, and whether its
shape alone would convince a reader.
"""

import re

from bot.articles.formats.plain_text_dates import find_date, holds_only_date
from bot.articles.formats.plain_text_paragraphs import (
    ITEM,
    MARKED,
    SENTENCE_END,
    SHORTEST_WRAPPED,
    UNDERLINE,
    Paragraph,
)
from bot.articles.lines import Lines

# Longer ones are sentences without a full stop.
_HEADING_CHARACTERS = 100
_HEADING_WORDS = 15
# A line that ends with a colon or an exclamation mark is a heading up to this many words.
_CALL_WORDS = 5
# Title case: this share of the words longer than three letters begins with a capital.
_TITLE_CASE = 0.7
_SHORT_WORD = 3
# 1 The Start, II. The Start, Chapter 3: The End.
NUMBERED = re.compile(
    r"(?:(?:chapter|part|section)\s+)?(?:\d{1,2}|[IVX]{1,5})(?:\.\d{1,2})*[.):]?\s+\S",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_ENDS_OF_TEXT = tuple(".,;…")
_STARTS_OF_TEXT = tuple("“\"'‘-*•–—(")


def parse_marked_heading(paragraph: Paragraph) -> tuple[int, str]:
    """Give level (1 to 6) and text of a heading that is marked as one.

    Marks are those of Markdown: ``#`` before it, or a line of ``=``, ``-`` or ``~`` below it. Where
    there are none the level is 0 and the text the paragraph's.
    """
    text = paragraph.text
    marked = MARKED.match(text) if paragraph.is_line else None
    if marked is not None:
        heading = text[marked.end() :].rstrip("# \t")
        return (len(marked[1]), heading) if heading else (0, text)
    is_underlined = False
    if paragraph.last_line == paragraph.first_line + 1:
        lines = Lines(text)
        heading = lines.line(1).rstrip()
        underline = lines.line(2).strip()
        is_underlined = UNDERLINE.fullmatch(underline) is not None
    if not is_underlined:
        return 0, text
    level = 1 if text.endswith("=") else 2
    return level, heading


def looks_like_heading(paragraph: Paragraph, below: Paragraph | None) -> bool:
    """Say whether a paragraph without marks is a heading of what stands ``below`` it."""
    if paragraph.is_text or not paragraph.is_line or below is None:
        return False
    text = paragraph.text
    if not _has_heading_length(text) or not _has_heading_characters(text):
        return False
    if holds_only_date(text) or _is_sentence_before_list(text, below):
        return False
    item = ITEM.match(text)
    if item is not None:
        first_letter = text[item.end()]
        if not NUMBERED.match(text) or first_letter.islower():
            return False
    if MARKED.match(below.text):
        return True
    is_longer_below = len(below.text) > len(text)
    return is_longer_below and (paragraph.follows_blank or _is_prose(below))


def is_certain_heading(paragraph: Paragraph, below: Paragraph) -> bool:
    """Say whether the shape of a heading convinces: title case, capitals or a number."""
    text = paragraph.text
    if not paragraph.follows_blank or not _is_prose(below):
        return False
    has_single_word = len(text.split()) < 2
    if has_single_word or find_date(text):
        return False
    return _is_title_case(text) or text.isupper() or NUMBERED.match(text) is not None


def _has_heading_length(text: str) -> bool:
    return len(text) <= _HEADING_CHARACTERS and len(text.split()) <= _HEADING_WORDS


def _has_heading_characters(text: str) -> bool:
    """Say whether a text begins and ends as headings do."""
    first_letter = next(filter(str.isalnum, text), "")
    if not first_letter or first_letter.islower():
        return False
    if not any(map(str.isalpha, text)):  # a number alone, such as that of a page or a caption
        return False
    if text.startswith(_STARTS_OF_TEXT) or text.endswith(_ENDS_OF_TEXT):
        return False
    return " | " not in text


def _is_sentence_before_list(text: str, below: Paragraph) -> bool:
    """Say whether a text with a colon or an exclamation mark is long, or introduces a list."""
    if not text.endswith((":", "!")):
        return False
    is_long = len(text.split()) > _CALL_WORDS
    return is_long or ITEM.match(below.text) is not None


def _is_prose(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(text) >= SHORTEST_WRAPPED:
        return True
    return bool(SENTENCE_END.search(text) or ITEM.match(text))


def _is_title_case(text: str) -> bool:
    words = _WORD.findall(text)
    long_words = [word for word in words if len(word) > _SHORT_WORD]
    if not long_words or text.endswith((":", "!")):
        return False
    initials = [word[0] for word in long_words]
    capitals = sum(map(str.isupper, initials))
    return capitals >= _TITLE_CASE * len(long_words)
