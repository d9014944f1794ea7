"""Plain text as people have it into blocks.

That is a title line, perhaps a byline, paragraphs, and headings that are just short lines on their own.

A paragraph is one line, or several that were wrapped by hand. A heading is recognised by its shape and by
what follows it; where the shape alone would not convince a reader, a note says how the line was read.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.articles.blocks import Block, Draft
from bot.articles.formats.format import Format
from bot.articles.lines import Lines
from bot.articles.model import BlockForm, Problem

_SHORTEST_WRAPPED = 45
_LONGEST_WRAPPED = 120
_BROKEN_EARLY = 0.7
_HEADING_CHARACTERS = 100
_HEADING_WORDS = 15
_TITLE_CHARACTERS = 200
_DEEPEST = 6
_BULLETS = str.maketrans("-*", "••")

_BLANK = re.compile(r"[\s\ufeff]*")
_ITEM = re.compile(r"\s*(?:[-*•‣–]|(\d{1,3})[.)])\s+(?=\S)")
_MARKED = re.compile(r"(#{1,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"(=|-|~){3,}")
_RULE = re.compile(r"[\W_]+")
_NUMBERED = re.compile(
    r"(?:(?:chapter|part|section)\s+)?(?:\d{1,2}|[IVX]{1,5})(?:\.\d{1,2})*[.):]?\s+\S",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:(?:written|posted|published|reported)\s+)?by:?|authors?:)\s+(?P<name>[^\d|·•,;:/()–—]+)(?P<rest>.*)",
    re.IGNORECASE,
)
_VIEWS = re.compile(
    r"\b\d[\d.,]*\s*[km]?\s+(?:views?|reads?|shares?|comments?|min(?:ute)?s?(?:\s+read)?)\b",
    re.IGNORECASE,
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})(?:T\d[\d:.]*Z?)?|(?P<day>\d{1,2})\.?\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})"
    r"|(?P<month2>[A-Za-z]{3,9})\.?\s+(?P<day2>\d{1,2}),?\s+(?P<year2>\d{4}))\b"
)
_TIME = re.compile(
    r"\b(?:\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)"
    r"(?:\s*\(?(?:UTC|GMT|[A-Z]{1,4}T|Z)\b\)?)?(?:\s*[+-]\d{2}:?\d{2}\b)?",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:\d+|an?)\s+(?:second|minute|min|hour|day|week|month|year)s?\s+ago\b", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE
)
_DATE_WORDS = re.compile(
    r"\b(?:published|updated|posted|last|on|date|at|modified)\b:?", re.IGNORECASE
)
_LABELLED = re.compile(r"([A-Za-z][\w-]{1,19}):\s+(\S.*)")
_LABELS = {
    **dict.fromkeys(("title", "headline", "subject"), "title"),
    **dict.fromkeys(("author", "authors", "by", "byline", "from"), "author"),
    **dict.fromkeys(("date", "published", "sent", "updated"), "date"),
    **dict.fromkeys(("to", "cc", "bcc", "reply-to"), ""),
}
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    first: int
    last: int
    start: int
    end: int
    text: str
    follows_blank: bool
    is_head: bool = False
    is_text: bool = False

    @property
    def is_line(self) -> bool:
        return self.first == self.last


def parse_plain_text(file: str, lines: Lines, body_line: int) -> Draft:
    """Read the body that begins in ``body_line`` into title, byline and blocks, and say what was guessed."""
    paragraphs = [
        paragraph
        for paragraph in _paragraphs(lines, body_line)
        if not _RULE.fullmatch(paragraph.text)
    ]
    draft = Draft()
    rest = _read_top(file, paragraphs, draft)
    for position, paragraph in enumerate(rest):
        following = rest[position + 1] if position + 1 < len(rest) else None
        block = _block(file, paragraph, following, draft.problems)
        item = None if block.level else _ITEM.match(paragraph.text)
        if item is not None:
            list_ = draft.blocks[-1].form.group if draft.blocks else 0
            indent = " " * min(lines.column(paragraph.start) - 1, _DEEPEST)
            # An item's number is part of its text.
            bullet = "" if item[1] else item[0].strip().translate(_BULLETS) + " "
            block = replace(
                block, form=BlockForm("item", list_ or paragraph.first, indent + bullet)
            )
        draft.blocks.append(block)
    return draft


def _paragraphs(lines: Lines, body_line: int) -> Iterator[_Paragraph]:
    numbers = [
        number
        for number in range(body_line, len(lines) + 1)
        if not _BLANK.fullmatch(lines.line(number))
    ]
    width = _wrap_width([len(_visible(lines, number)) for number in numbers])
    head = _count_head_lines(lines, numbers)
    first = 0
    for position, number in enumerate(numbers):
        following = numbers[position + 1 : position + 3]
        is_head = position < head
        if is_head and position + 1 < head and lines.line(following[0]).startswith((" ", "\t")):
            continue
        if not is_head and following and following[0] == number + 1:
            then = _visible(lines, following[1]) if len(following) > 1 else ""
            if _goes_on(lines, numbers[first], number, width, then):
                continue
        yield _paragraph(
            lines, numbers[first], number, numbers[first - 1] if first else 0, is_head=is_head
        )
        first = position + 1


def _count_head_lines(lines: Lines, numbers: list[int]) -> int:
    """Count the lines at the top such as ``Title: ...`` or an e-mail's; 0 where they are neither."""
    labels = set()
    count = 0
    for number in numbers:
        line = _visible(lines, number)
        found = _LABELLED.fullmatch(line) if len(line) <= _TITLE_CHARACTERS else None
        label = found[1].lower() if found else ""
        is_next = count > 0 and number == numbers[count - 1] + 1
        is_folded = lines.line(number).startswith((" ", "\t"))
        if label not in _LABELS and not (is_next and (label or is_folded)):
            break
        labels.add(label)
        count += 1
    is_letter = "from" in labels and not labels.isdisjoint(("to", "date", "sent"))
    return count if is_letter or any(_LABELS.get(label) == "title" for label in labels) else 0


def _wrap_width(lengths: list[int]) -> int:
    """Give the width that lines were wrapped to by hand; 0 where each line is a paragraph."""
    if not lengths or max(lengths) > 2 * _LONGEST_WRAPPED:
        return 0
    width = sorted(lengths)[len(lengths) * 9 // 10]
    return width if _SHORTEST_WRAPPED <= width <= _LONGEST_WRAPPED else 0


def _goes_on(lines: Lines, first: int, number: int, width: int, then: str) -> bool:
    """Tell whether the paragraph that begins in line ``first`` goes on after line ``number``.

    ``then`` is the line of text after the next.
    """
    line, after = _visible(lines, number), _visible(lines, number + 1)
    if _UNDERLINE.fullmatch(after):
        return number == first and len(line) <= _TITLE_CHARACTERS and not line.endswith(".")
    # As in CommonMark, only a 1 begins a list within a paragraph: any other number may be the end of a sentence.
    if (item := _ITEM.match(after)) and (
        item[1] in (None, "1") or _ITEM.match(_visible(lines, first))
    ):
        return False
    if _MARKED.match(line) or _MARKED.match(after) or _UNDERLINE.fullmatch(line):
        return False
    if len(line) < _BROKEN_EARLY * width or width == 0:
        return False
    # A short line without a full stop, after one that ends a sentence and before a longer one, is a heading.
    is_short = len(after) < min(_BROKEN_EARLY * width, len(then))
    is_heading = is_short and after[-1].isalnum() and (after[0].isupper() or after[0].isdigit())
    return not (is_heading and _SENTENCE_END.search(line))


def _visible(lines: Lines, number: int) -> str:
    return lines.line(number).lstrip("\ufeff").strip()


def _paragraph(lines: Lines, first: int, last: int, previous: int, *, is_head: bool) -> _Paragraph:
    begin, end = lines.span(first)[0], lines.span(last)[1]
    raw = lines.text[begin:end]
    blank = _BLANK.match(raw)
    start = begin + (blank.end() if blank else 0)
    end -= len(raw) - len(raw.rstrip())
    return _Paragraph(
        first, last, start, end, lines.text[start:end], first != previous + 1, is_head
    )


def _read_top(file: str, paragraphs: list[_Paragraph], draft: Draft) -> list[_Paragraph]:
    """Take title and byline off the top; give what remains."""
    head = [paragraph for paragraph in paragraphs if paragraph.is_head]
    if len(head) == len(paragraphs):
        return paragraphs
    kept = _read_head(file, head, draft) if head else []
    paragraphs = paragraphs[len(head) :]
    if not head:
        paragraphs = _read_above_title(file, paragraphs, draft)
    if not draft.title:
        if len(paragraphs) < 2 or head or not _is_title(paragraphs[0]):
            return kept + paragraphs
        first, *paragraphs = paragraphs
        level, title = _heading_text(first)
        draft.title = " ".join(title.split())
        is_noted = any(problem.line == first.first for problem in draft.problems)
        if not (
            level or is_noted or paragraphs[0].follows_blank or _read_byline(paragraphs[0], Draft())
        ):
            _note(file, first, "is read as the title", draft, "put a blank line below it")
    return kept + _read_below_title(file, paragraphs, draft)


def _note(file: str, paragraph: _Paragraph, how: str, draft: Draft, hint: str = "") -> None:
    what = f'"{paragraph.text[:60]}" {how}'
    draft.problems.append(Problem(file, paragraph.first, 1, "note", what, hint))


def _read_head(file: str, head: list[_Paragraph], draft: Draft) -> list[_Paragraph]:
    """Read labelled lines; give those whose label says nothing here."""
    kept = []
    for paragraph in head:
        found = _LABELLED.fullmatch(" ".join(paragraph.text.split()))
        kind = _LABELS.get(found[1].lower()) if found else None
        if found is None or kind is None:
            kept.append(replace(paragraph, is_text=True))
        elif kind == "title":
            draft.title = draft.title or found[2]
        elif kind == "author":
            name = re.sub(r"[<(]?[^\s<>()]*@[^\s<>()]*[>)]?", "", found[2]).strip(" \"'")
            draft.author = draft.author or name
        elif kind == "date":
            draft.date = draft.date or _find_date(found[2])
    what = f"what stands up to line {head[-1].last} is read as title, author, date and the like, not as text"
    draft.problems.append(Problem(file, head[0].first, 1, "note", what))
    return kept


def _read_above_title(file: str, paragraphs: list[_Paragraph], draft: Draft) -> list[_Paragraph]:
    """Take off a byline, a date and a word such as NEWS where a title follows."""
    above = Draft()
    count = 0
    while count < len(paragraphs) and not above.author and _read_byline(paragraphs[count], above):
        count += 1
    if count and above.author and count < len(paragraphs) and _is_date_line(paragraphs[count]):
        count += 1
    if 0 < count < len(paragraphs) - 1 and _may_be_title(paragraphs[count]):
        for paragraph in paragraphs[:count]:
            _read_byline(paragraph, draft)
            _note(file, paragraph, "is read as a byline or a date above the title", draft)
        return paragraphs[count:]
    if len(paragraphs) > 2 and _is_kicker(paragraphs[0], paragraphs[1]):
        if len(paragraphs) > 3 and _read_byline(paragraphs[2], Draft()):
            _note(file, paragraphs[0], "stands above the title and is left out", draft)
            return paragraphs[1:]
        _note(
            file,
            paragraphs[0],
            "is read as the title",
            draft,
            "take it out if the next line is the title",
        )
    return paragraphs


def _may_be_title(paragraph: _Paragraph) -> bool:
    return _is_title(paragraph) and not _read_byline(paragraph, Draft())


def _is_kicker(first: _Paragraph, title: _Paragraph) -> bool:
    """Tell whether a word or two in capitals stand above what may be a longer title."""
    is_short = first.is_line and first.text.isupper() and len(first.text.split()) <= 2
    is_above = len(title.text) > len(first.text) and _may_be_title(title)
    return is_short and is_above and not _NUMBERED.match(title.text)


def _read_below_title(file: str, rest: list[_Paragraph], draft: Draft) -> list[_Paragraph]:
    """Take byline and date off; give what remains, the lines among them as text."""
    kept: list[_Paragraph] = []
    at = 0
    while (
        at < min(len(rest) - 1, 6) and _is_short_line(rest[at]) and not _heading_text(rest[at])[0]
    ):
        line = rest[at]
        is_sentence = _SENTENCE_END.search(line.text)
        if (not draft.author or _is_date_line(line)) and _read_byline(line, draft):
            pass
        elif (
            not is_sentence
            and len(line.text) <= _LONGEST_WRAPPED
            and (" | " in line.text or _find_date(line.text))
        ):
            draft.date = draft.date or _find_date(line.text)
            _note(file, line, "is read as text", draft)
            kept.append(replace(line, is_text=True))
        elif at == 0 and len(rest) > 2 and _read_byline(rest[1], Draft()):
            _note(file, line, "between title and byline is read as text", draft)
            kept.append(replace(line, is_text=True))
        else:
            break
        at += 1
    return kept + rest[at:]


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
    text = _WEEKDAY.sub("", paragraph.text)
    left = text
    for pattern in (_DATE, _AGO, _TIME, _VIEWS, _DATE_WORDS):
        left = pattern.sub("", left)
    return left != text and not any(map(str.isalpha, left))


def _find_date(text: str) -> str:
    found = _DATE.search(text)
    if found is None:
        return ""
    try:
        if found["iso"]:
            return dt.date.fromisoformat(found["iso"]).isoformat()
        month = _MONTHS.index((found["month"] or found["month2"])[:3].lower()) + 1
        return dt.date(
            int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"])
        ).isoformat()
    except ValueError:
        return ""


def _heading_text(paragraph: _Paragraph) -> tuple[int, str]:
    """Give level and text of a heading that is marked as one; level 0 where it is not."""
    text = paragraph.text
    if paragraph.is_line and (marked := _MARKED.match(text)) is not None:
        heading = text[marked.end() :].rstrip("# \t")
        return (len(marked[1]) if heading else 0), heading or text
    if paragraph.last == paragraph.first + 1 and _UNDERLINE.fullmatch(
        (lines := Lines(text)).line(2).strip()
    ):
        return (1 if text.endswith("=") else 2), lines.line(1).rstrip()
    return 0, text


def _block(
    file: str, paragraph: _Paragraph, following: _Paragraph | None, problems: list[Problem]
) -> Block:
    level, text = _heading_text(paragraph)
    if level:
        start = paragraph.start + paragraph.text.index(text)
        return Block(start, start + len(text), text, level)
    if _looks_like_heading(paragraph, following):
        if following is None or not _is_certain_heading(paragraph, following):
            what = f'"{text}" is read as a heading'
            problems.append(
                Problem(
                    file, paragraph.first, 1, "note", what, "end it with a full stop if it is text"
                )
            )
        return Block(paragraph.start, paragraph.end, text, 2)
    item = _ITEM.match(text)
    start = paragraph.start + (item.end() if item and not item[0].strip()[0].isdigit() else 0)
    plain = paragraph.text[start - paragraph.start :]
    return Block(start, paragraph.end, re.sub(r"\s", " ", plain))


def _looks_like_heading(paragraph: _Paragraph, following: _Paragraph | None) -> bool:
    text = paragraph.text
    if (
        paragraph.is_text
        or not paragraph.is_line
        or following is None
        or len(text) > _HEADING_CHARACTERS
        or len(text.split()) > _HEADING_WORDS
    ):
        return False
    first = next((character for character in text if character.isalnum()), "")
    if (
        not first
        or first.islower()
        or text[-1] in ".,;…"
        or text[0] in "“\"'‘-*•–—("
        or " | " in text
        or _is_date_line(paragraph)
    ):
        return False
    if text[-1] in ":!" and (len(text.split()) > 5 or _ITEM.match(following.text)):
        return False
    item = _ITEM.match(text)
    if item and (not _NUMBERED.match(text) or text[item.end()].islower()):
        return False
    if _MARKED.match(following.text):
        return True
    return len(following.text) > len(text) and (paragraph.follows_blank or _is_prose(following))


def _is_prose(paragraph: _Paragraph) -> bool:
    text = paragraph.text
    return len(text) >= _SHORTEST_WRAPPED or bool(_SENTENCE_END.search(text) or _ITEM.match(text))


def _is_certain_heading(paragraph: _Paragraph, following: _Paragraph) -> bool:
    text = paragraph.text
    if (
        not paragraph.follows_blank
        or not _is_prose(following)
        or len(text.split()) < 2
        or _find_date(text)
    ):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    is_titled = bool(words) and capitals >= 0.7 * len(words) and text[-1] not in ":!"
    return is_titled or text.isupper() or _NUMBERED.match(text) is not None


PLAIN_TEXT = Format(name="plain text", suffixes=(".txt",), parse=parse_plain_text)
