"""The text of an article with another header, or another text of one section.

In: an article, and what an editor typed. Out: the text of its file, of which all else stays as it
was, to the byte. What a header says afterwards is read again: where that is not what was wanted,
nothing comes out.
"""

import json
import re
from collections.abc import Mapping

from bot.articles.checks import has_invisible
from bot.articles.front_matter import FrontMatter, read_front_matter
from bot.articles.lines import Lines
from bot.articles.model import Article, Section, add_hint
from bot.texts import editing as texts
from bot.visible import keep_visible

# The keys of a header that can be edited.
FIELDS = ("title", "date", "source", "aliases", "language")
# Files whose sections can be edited where they stand; of others the marks are not known.
_SUFFIXES_OF_SECTIONS = (".md", ".markdown", ".mdx", ".txt")
_RULE = "---"
_ENDS = ("---", "...")
# A key at the beginning of a line; what it holds may go on in lines that do not begin so.
_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")
# Addresses and marks make a heading as it is written so many times as long, at most.
_MOST_OF_HEADING = 20
# What opens a block on a line of its own.
_FENCE = re.compile(r"\ufeff?\s*(?:```|~~~|:::|\$\$)")
_NEWLINE = re.compile(r"\r\n|\r|\n")


class EditError(ValueError):
    """A text can't be edited so; the message says why, and what helps."""


def read_fields(article: Article) -> dict[str, str]:
    """Give what an article's fields say now; names are joined by commas."""
    return {
        "title": article.title,
        "date": article.date,
        "source": article.source,
        "aliases": ", ".join(article.aliases),
        "language": article.language,
    }


def edit_fields(article: Article, values: Mapping[str, str]) -> str:
    """Give the text of an article whose header says other things, by the names of FIELDS.

    "" takes a key out. Raises EditError where there is no header in which that can be said.
    """
    if article.decoding.extractor:
        raise EditError(texts.NO_TEXT_TO_EDIT())
    for name, value in values.items():
        if has_invisible(value):
            label = texts.FIELD_LABELS[name]
            raise EditError(texts.FIELD_NOT_TAKEN(field=label, value=keep_visible(value)))
    lines = Lines(article.text)
    before, _ = read_front_matter(article.file, lines)
    newline = _find_newline(article.text)
    first = lines.line(1).removeprefix("\ufeff").rstrip()
    if before.body_line == 1:
        mark = "\ufeff" if article.text.startswith("\ufeff") else ""
        body = article.text.removeprefix("\ufeff")
        header = [_RULE, *_render(values), _RULE, "", ""]
        edited = mark + newline.join(header) + body
    elif first == _RULE and lines.line(before.body_line - 1).rstrip() in _ENDS:
        edited = _replace_keys(lines, before, values, newline)
    else:
        raise EditError(texts.OTHER_HEADER())
    _check(article.file, edited, values)
    return edited


def _replace_keys(
    lines: Lines, before: FrontMatter, values: Mapping[str, str], newline: str
) -> str:
    """Take the old keys out of a header, and put the new ones where they stood, or at its end."""
    closing = before.body_line - 1
    kept: list[str] = []
    spellings = {name: _find_spelling(lines, before, name) for name in values}
    rendered = dict(zip(values, _render_all(values, spellings), strict=True))
    is_dropping = False
    for number in range(2, closing):
        line = lines.line(number)
        key = _KEY.match(line)
        if key is not None:
            name = next((one for one, known in spellings.items() if known == key[1]), "")
            is_dropping = bool(name)
            if name:
                kept += rendered.pop(name)
        if not is_dropping:
            kept.append(line)
    added = [line for of_key in rendered.values() for line in of_key]
    start, _ = lines.span(2)
    end, _ = lines.span(closing)
    header = "".join(f"{line}{newline}" for line in (*kept, *added))
    return lines.text[:start] + header + lines.text[end:]


def _find_spelling(lines: Lines, before: FrontMatter, name: str) -> str:
    """Give the key that says something now ("lastmod" of a date), or the name itself."""
    number = before.lines.get(name)
    key = _KEY.match(lines.line(number)) if number else None
    return key[1] if key else name


def _render(values: Mapping[str, str]) -> list[str]:
    rendered = _render_all(values, {name: name for name in values})
    return [line for of_key in rendered for line in of_key]


def _render_all(values: Mapping[str, str], spellings: Mapping[str, str]) -> list[list[str]]:
    """Give the lines of each key: none where its value is empty."""
    return [_render_key(spellings[name], name, value) for name, value in values.items()]


def _render_key(key: str, name: str, value: str) -> list[str]:
    """Write a value so that YAML reads it as it is: what JSON quotes, YAML understands."""
    if not value:
        return []
    if name == "aliases":
        names = [one.strip() for one in value.split(",")]
        quoted = [_quote(one) for one in names if one]
        listed = ", ".join(quoted)
        return [f"{key}: [{listed}]"]
    return [f"{key}: {_quote(value)}"]


def _quote(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _check(file: str, edited: str, values: Mapping[str, str]) -> None:
    """Raise EditError unless a header says what was wanted."""
    after, problems = read_front_matter(file, Lines(edited))
    for name, value in values.items():
        said = after.values.get(name, "")
        if name == "aliases":
            said = ", ".join(after.aliases)
        if said == value:
            continue
        fault = texts.FIELD_NOT_TAKEN(field=texts.FIELD_LABELS[name], value=value)
        hints = [one.hint for one in problems if value in one.what]
        raise EditError(add_hint(fault, "".join(hints[:1])))


def read_body(article: Article, section: Section) -> str:
    """Give the text below the heading of a section, as it stands in the file.

    Raises EditError where it can't be edited by itself.
    """
    start, end = _find_body(article, section)
    return _NEWLINE.sub("\n", article.text[start:end])


def edit_body(article: Article, section: Section, body: str) -> str:
    """Give the text of an article with another text below one heading.

    Raises EditError where it can't be edited by itself.
    """
    start, end = _find_body(article, section)
    text = article.text
    newline = _find_newline(text)
    typed = body.strip("\n")
    if typed == _NEWLINE.sub("\n", text[start:end]):
        return text
    written = newline.join(typed.split("\n"))
    return _put_between(text[:start], written, text[end:], newline)


def _put_between(before: str, written: str, after: str, newline: str) -> str:
    """Put the text of a section between what is before and behind it.

    Where the section was empty, the heading behind it stands at once behind its own: a blank line
    keeps it a heading.
    """
    if before.strip("\ufeff") and not before.endswith(("\n", "\r")):
        before += newline * 2
    following = after.lstrip()
    blank = after[: len(after) - len(following)]
    missing = 2 - len(_NEWLINE.findall(blank))
    if following and missing > 0:
        after = newline * missing + after
    return before + written + after


def _find_body(article: Article, section: Section) -> tuple[int, int]:
    """Give the offsets of a section's text: from behind its heading up to the next one."""
    if not article.file.lower().endswith(_SUFFIXES_OF_SECTIONS):
        raise EditError(texts.NO_SECTION_TO_EDIT())
    text = article.text
    lines = Lines(text)
    number = _find_first_line(section, lines)
    start = lines.span(number)[0] if number <= len(lines) else len(text)
    # A byte order mark is no part of the text.
    start += text.startswith("\ufeff", start)
    end = _find_next(article, section, lines)
    body = text[start:end]
    start += len(body) - len(body.lstrip("\r\n"))
    end = max(start, end - len(body) + len(body.rstrip()))
    if section.passages:
        first = section.passages[0].start
        if not start <= first < end:
            raise EditError(texts.NO_SECTION_TO_EDIT())
    return start, end


def _find_first_line(section: Section, lines: Lines) -> int:
    """Find the first line of a section's text, with the marks that stand before it there."""
    if not section.heading:
        number = lines.number(section.start)
        is_in_block = number > 1 and _FENCE.match(lines.line(number - 1))
        return number - 1 if is_in_block else number
    number = _find_last_of_heading(section, lines) + 1
    has_underline = number <= len(lines) and _UNDERLINE.fullmatch(lines.line(number))
    return number + 1 if has_underline else number


def _find_last_of_heading(section: Section, lines: Lines) -> int:
    """Find the last line of a heading, which may go on over several: there its words are over."""
    words = _keep_letters(section.heading)
    seen = ""
    for number in range(section.line, len(lines) + 1):
        line = lines.line(number)
        seen += _keep_letters(line)
        if words in seen:
            return number
        if not line.strip() or len(seen) > _MOST_OF_HEADING * len(words):
            break
    return section.line


def _keep_letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _find_next(article: Article, section: Section, lines: Lines) -> int:
    """Find the offset of the line on which the next section begins, or the end of the file."""
    later = [one.start for one in article.sections if one.start > section.start]
    if not later:
        return len(article.text)
    # The marks of a heading stand before it on its line.
    number = lines.number(min(later))
    start, _ = lines.span(number)
    return start


def encode_as_before(article: Article, text: str) -> bytes:
    """Encode a text as the article's file is, or as UTF-8 where that can't hold it."""
    try:
        return text.encode(article.decoding.encoding)
    except UnicodeEncodeError:
        return text.encode()


def _find_newline(text: str) -> str:
    found = _NEWLINE.search(text)
    return found[0] if found else "\n"
