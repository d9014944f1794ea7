"""Plain text as people have it into blocks.

In: the lines of a file. Out: a title, perhaps an author and a date, and blocks: headings,
paragraphs and items of lists. A heading is recognised by its shape and by what follows it; where
the shape alone would not convince a reader, a note says how the line was read.
"""

import re
from dataclasses import replace

from bot.articles.blocks import Block, Draft
from bot.articles.formats.format import Format
from bot.articles.formats.plain_text_head import take_head
from bot.articles.formats.plain_text_headings import (
    is_certain_heading,
    looks_like_heading,
    parse_marked_heading,
)
from bot.articles.formats.plain_text_paragraphs import (
    ITEM,
    Paragraph,
    find_running_line,
    split_paragraphs,
)
from bot.articles.lines import Lines
from bot.articles.model import BlockForm, Problem
from bot.articles.problems import make_note
from bot.articles.turns import begins_turn, find_speakers
from bot.texts import problems as texts

# Headings without a mark stand below the title, whose level is 1.
_HEADING_LEVEL = 2
# An item that is indented further is shown as deep as this, in characters.
_DEEPEST = 6
_BULLETS = str.maketrans("-*", "••")
# A line such as ``* * *``.
_RULE = re.compile(r"[\W_]+")
_WHITESPACE = re.compile(r"\s")


def parse_plain_text(file: str, lines: Lines, body_line: int) -> Draft:
    """Parse the body that begins in ``body_line``; problems say what was guessed."""
    draft = Draft()
    found = split_paragraphs(lines, body_line)
    without_rules = [paragraph for paragraph in found if not _RULE.fullmatch(paragraph.text)]
    speakers = find_speakers([paragraph.text for paragraph in without_rules])
    begins_with_turn = bool(without_rules) and begins_turn(without_rules[0].text, speakers)
    paragraphs = without_rules if begins_with_turn else take_head(file, without_rules, draft)
    # Nothing stands below the last one.
    below_each = [*paragraphs[1:], None]
    list_line = 0  # in which the list begins that stands above, 0 where none does
    for paragraph, below in zip(paragraphs, below_each, strict=False):
        if begins_turn(paragraph.text, speakers):
            block = _make_text(paragraph)
        else:
            block = _parse_block(file, paragraph, below, draft.problems)
        item = None if block.level else ITEM.match(paragraph.text)
        if item is None:
            list_line = 0
        else:
            list_line = list_line or paragraph.first_line
            mark = _make_item_mark(lines, paragraph, item)
            block = replace(block, form=BlockForm("item", list_line, mark))
        draft.blocks.append(block)
    running_line = find_running_line(lines, body_line)
    if running_line:
        draft.problems.append(make_note(texts.TOO_MANY_LINES, file, running_line))
    return draft


def _parse_block(
    file: str, paragraph: Paragraph, below: Paragraph | None, problems: list[Problem]
) -> Block:
    """Give a heading or a block of text."""
    text = paragraph.text
    level, heading = parse_marked_heading(paragraph)
    if level:
        start = paragraph.start + text.index(heading)
        end = start + len(heading)
        return Block(start, end, heading, level)
    if looks_like_heading(paragraph, below):
        if below is None or not is_certain_heading(paragraph, below):
            note = make_note(texts.READ_AS_HEADING, file, paragraph.first_line, 1, beginning=text)
            problems.append(note)
        return Block(paragraph.start, paragraph.end, text, _HEADING_LEVEL)
    return _make_text(paragraph)


def _make_text(paragraph: Paragraph) -> Block:
    """Give a block of text without the bullet before it."""
    text = paragraph.text
    start = 0
    item = ITEM.match(text)
    # An item's number is part of its text, its bullet is not.
    if item is not None and item[1] is None:
        start = item.end()
    plain = _WHITESPACE.sub(" ", text[start:])
    return Block(paragraph.start + start, paragraph.end, plain)


def _make_item_mark(lines: Lines, paragraph: Paragraph, item: re.Match[str]) -> str:
    """Give what stands before an item on its page: blanks, as deep as it lies, and its bullet."""
    depth = lines.column(paragraph.start) - 1
    indentation = " " * min(depth, _DEEPEST)
    has_number = item[1] is not None
    if has_number:
        return indentation
    bullet = item[0].strip().translate(_BULLETS)
    return f"{indentation}{bullet} "


PLAIN_TEXT = Format(
    name="plain text",
    suffixes=(".txt", ".text"),
    parse=parse_plain_text,
)
