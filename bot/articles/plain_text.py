"""Plain text as people have it into blocks.

That is a title line, perhaps a byline, paragraphs, and headings that are just short lines on their own.

A paragraph is one line, or several that were wrapped by hand. A heading is recognised by its shape and by
what follows it; where the shape alone would not convince a reader, a note says how the line was read.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.articles.blocks import Block, Draft
from bot.articles.lines import Lines
from bot.articles.model import Problem

_LONGEST_WRAPPED = 120
_BROKEN_EARLY = 0.7
_HEADING_CHARACTERS = 100
_HEADING_WORDS = 15
_TITLE_CHARACTERS = 200

_BLANK = re.compile(r"[\s\ufeff]*")
_ITEM = re.compile(r"\s*(?:[-*•‣–]|(\d{1,3})[.)])\s+(?=\S)")
_MARKED = re.compile(r"(#{1,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"(=|-|~){3,}")
_RULE = re.compile(r"[\W_]+")
_NUMBERED = re.compile(
    r"(?:(?:chapter|part|section)\s+)?(?:\d{1,2}|[IVX]{1,5})(?:\.\d{1,2})*[.):]?\s+\S", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:(?:written|posted|published|reported)\s+)?by:?\s+(?P<name>[^\d|·•,;:/()–—]+)(?P<rest>.*)", re.IGNORECASE
)
_VIEWS = re.compile(
    r"\b\d[\d.,]*\s*[km]?\s+(?:views?|reads?|shares?|comments?|min(?:ute)?s?(?:\s+read)?)\b", re.IGNORECASE
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day>\d{1,2})\.?\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})"
    r"|(?P<month2>[A-Za-z]{3,9})\.?\s+(?P<day2>\d{1,2}),?\s+(?P<year2>\d{4}))\b"
)
_DATE_WORDS = re.compile(r"\b(?:published|updated|posted|last|on|date|at|modified)\b:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    first: int
    last: int
    start: int
    end: int
    text: str
    follows_blank: bool

    @property
    def is_line(self) -> bool:
        return self.first == self.last


def read_plain_text(file: str, lines: Lines, body_line: int) -> Draft:
    """Read the body that begins in ``body_line`` into title, byline and blocks, and say what was guessed."""
    paragraphs = [paragraph for paragraph in _paragraphs(lines, body_line) if not _RULE.fullmatch(paragraph.text)]
    draft = Draft()
    rest = _read_top(file, paragraphs, draft)
    for position, paragraph in enumerate(rest):
        following = rest[position + 1] if position + 1 < len(rest) else None
        draft.blocks.append(_block(file, paragraph, following, draft.problems))
    return draft


def _paragraphs(lines: Lines, body_line: int) -> Iterator[_Paragraph]:
    numbers = [number for number in range(body_line, len(lines) + 1) if not _BLANK.fullmatch(lines.line(number))]
    width = _wrap_width([len(_visible(lines, number)) for number in numbers])
    first = 0
    for position, number in enumerate(numbers):
        following = numbers[position + 1] if position + 1 < len(numbers) else 0
        if following == number + 1 and _goes_on(lines, numbers[first], number, width):
            continue
        yield _paragraph(lines, numbers[first], number, numbers[first - 1] if first else 0)
        first = position + 1


def _wrap_width(lengths: list[int]) -> int:
    """Give the width that lines were wrapped to by hand; 0 where each line is a paragraph."""
    if not lengths or max(lengths) > 2 * _LONGEST_WRAPPED:
        return 0
    width = sorted(lengths)[len(lengths) * 9 // 10]
    return width if width <= _LONGEST_WRAPPED else 0


def _goes_on(lines: Lines, first: int, number: int, width: int) -> bool:
    """Tell whether the paragraph that begins in line ``first`` goes on after line ``number``."""
    line, after = _visible(lines, number), _visible(lines, number + 1)
    if _UNDERLINE.fullmatch(after):
        return number == first and len(line) <= _TITLE_CHARACTERS and not line.endswith(".")
    # As in CommonMark, only a 1 begins a list within a paragraph: any other number may be the end of a sentence.
    if (item := _ITEM.match(after)) and (item[1] in (None, "1") or _ITEM.match(_visible(lines, first))):
        return False
    if _MARKED.match(line) or _MARKED.match(after) or _UNDERLINE.fullmatch(line):
        return False
    return width > 0 and len(line) >= _BROKEN_EARLY * width


def _visible(lines: Lines, number: int) -> str:
    return lines.line(number).lstrip("\ufeff").strip()


def _paragraph(lines: Lines, first: int, last: int, previous: int) -> _Paragraph:
    begin, end = lines.span(first)[0], lines.span(last)[1]
    raw = lines.text[begin:end]
    blank = _BLANK.match(raw)
    start = begin + (blank.end() if blank else 0)
    end -= len(raw) - len(raw.rstrip())
    return _Paragraph(first, last, start, end, lines.text[start:end], first != previous + 1)


def _read_top(file: str, paragraphs: list[_Paragraph], draft: Draft) -> list[_Paragraph]:
    """Take title and byline off the top; give what remains."""
    if len(paragraphs) < 2 or not _is_title(paragraphs[0]):
        return paragraphs
    draft.title = " ".join(_heading_text(paragraphs[0])[1].split())
    rest = paragraphs[1:]
    for position in range(min(3, len(rest) - 1)):
        if _read_byline(rest[position], draft):
            if position == 1:
                what = f'"{rest[0].text[:60]}", between title and byline, is read as text'
                draft.problems.append(Problem(file, rest[0].first, 1, "note", what))
            del rest[position]
            while len(rest) > 1 and (not draft.author or _is_date_line(rest[position])):
                if not _read_byline(rest[position], draft):
                    break
                del rest[position]
            return rest
        if position >= 1 or not _is_short_line(rest[position]):
            break
    return rest


def _is_title(paragraph: _Paragraph) -> bool:
    level, text = _heading_text(paragraph)
    if level:
        return True
    return (
        paragraph.is_line
        and len(text) <= _TITLE_CHARACTERS
        and not text.endswith((".", ",", ";", ":"))
        and not _ITEM.match(text)
    )


def _is_short_line(paragraph: _Paragraph) -> bool:
    return paragraph.is_line and len(paragraph.text) <= _TITLE_CHARACTERS


def _read_byline(paragraph: _Paragraph, draft: Draft) -> bool:
    text = paragraph.text
    if not _is_short_line(paragraph) or len(text) > _LONGEST_WRAPPED:
        return False
    if _is_date_line(paragraph):
        draft.date = draft.date or _find_date(text)
        return True
    found = _BYLINE.fullmatch(text)
    if found is None or (text.endswith(".") and not found["rest"]):
        return False
    name = " ".join(found["name"].split())
    if len(name.split()) > 8 or name == name.lower() != name.upper():
        return False
    draft.author = _without_date_words(name)
    draft.date = _find_date(text) or draft.date
    return True


def _without_date_words(name: str) -> str:
    words = name.split()
    while len(words) > 1 and (words[-1][:3].lower() in _MONTHS or _DATE_WORDS.fullmatch(words[-1])):
        words.pop()
    return " ".join(words)


def _is_date_line(paragraph: _Paragraph) -> bool:
    if not paragraph.is_line or len(paragraph.text) > _LONGEST_WRAPPED:
        return False
    left = _DATE_WORDS.sub("", _VIEWS.sub("", _DATE.sub("", paragraph.text)))
    return left != paragraph.text and not any(map(str.isalpha, left))


def _find_date(text: str) -> str:
    found = _DATE.search(text)
    if found is None:
        return ""
    try:
        if found["iso"]:
            return dt.date.fromisoformat(found["iso"]).isoformat()
        month = _MONTHS.index((found["month"] or found["month2"])[:3].lower()) + 1
        return dt.date(int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"])).isoformat()
    except ValueError:
        return ""


def _heading_text(paragraph: _Paragraph) -> tuple[int, str]:
    """Give level and text of a heading that is marked as one; level 0 where it is not."""
    text = paragraph.text
    if paragraph.is_line and (marked := _MARKED.match(text)) is not None:
        heading = text[marked.end() :].rstrip("# \t")
        return (len(marked[1]) if heading else 0), heading or text
    if paragraph.last == paragraph.first + 1 and _UNDERLINE.fullmatch((lines := Lines(text)).line(2).strip()):
        return (1 if text.endswith("=") else 2), lines.line(1).rstrip()
    return 0, text


def _block(file: str, paragraph: _Paragraph, following: _Paragraph | None, problems: list[Problem]) -> Block:
    level, text = _heading_text(paragraph)
    if level:
        start = paragraph.start + paragraph.text.index(text)
        return Block(start, start + len(text), text, level)
    if _looks_like_heading(paragraph, following):
        if not _is_certain_heading(paragraph):
            what = f'"{text}" is read as a heading'
            problems.append(Problem(file, paragraph.first, 1, "note", what, "end it with a full stop if it is text"))
        return Block(paragraph.start, paragraph.end, text, 2)
    item = _ITEM.match(text)
    start = paragraph.start + (item.end() if item and not item[0].strip()[0].isdigit() else 0)
    plain = paragraph.text[start - paragraph.start :]
    return Block(start, paragraph.end, re.sub(r"\s", " ", plain))


def _looks_like_heading(paragraph: _Paragraph, following: _Paragraph | None) -> bool:
    text = paragraph.text
    if (
        not paragraph.is_line
        or following is None
        or len(text) > _HEADING_CHARACTERS
        or len(text.split()) > _HEADING_WORDS
    ):
        return False
    first = next((character for character in text if character.isalnum()), "")
    if not first or first.islower() or text[-1] in ".,;…" or text[0] in "“\"'‘-*•–—(" or _is_date_line(paragraph):
        return False
    if text[-1] in ":!" and (len(text.split()) > 5 or _ITEM.match(following.text)):
        return False
    item = _ITEM.match(text)
    if item and (not _NUMBERED.match(text) or text[item.end()].islower()):
        return False
    return len(following.text) > len(text) or _MARKED.match(following.text) is not None


def _is_certain_heading(paragraph: _Paragraph) -> bool:
    text = paragraph.text
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    is_titled = bool(words) and capitals >= 0.7 * len(words) and text[-1] not in ":!"
    return paragraph.follows_blank and (is_titled or text.isupper() or _NUMBERED.match(text) is not None)
