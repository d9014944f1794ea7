"""The title of an article: stated in the front matter or the body, a heading, or the file's name.

In: what was parsed. Out: the title, the blocks without the heading that only states it, and a
warning where the title was guessed.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from bot.articles.blocks import Block, Draft
from bot.articles.lines import Lines
from bot.articles.model import Problem
from bot.articles.problems import make_warning
from bot.texts import problems as texts

_WORD = re.compile(r"\w+")


class Title(NamedTuple):
    """A title, the blocks that remain as text, and a warning where it was not stated."""

    text: str
    blocks: Sequence[Block]
    warning: Problem | None


def choose_title(file: str, lines: Lines, stated: str, draft: Draft) -> Title:
    """Choose the title; ``stated`` is that of the front matter, "" where it has none."""
    stated = stated or draft.title
    blocks = draft.blocks
    heading = _find_candidate(blocks, stated)
    if heading is not None and _only_states_title(heading, blocks, stated):
        blocks = [block for block in blocks if block is not heading]
    if stated:
        return Title(stated, blocks, None)
    if heading is not None:
        text = " ".join(heading.plain.split())
        line = lines.number(heading.start)
        warning = make_warning(texts.TITLE_FROM_HEADING, file, line, 1, title=text)
        return Title(text, blocks, warning)
    text = PurePosixPath(file).stem
    warning = make_warning(texts.TITLE_FROM_NAME, file, 1, 1, title=text)
    return Title(text, blocks, warning)


def _find_candidate(blocks: Sequence[Block], stated: str) -> Block | None:
    """Give the first heading; where a title is stated, only if nothing stands above it."""
    first_heading = next((block for block in blocks if block.level), None)
    if stated and first_heading is not None and first_heading is not blocks[0]:
        return None
    return first_heading


def _only_states_title(heading: Block, blocks: Sequence[Block], stated: str) -> bool:
    """Say whether a heading repeats the title, or stands above all other headings as titles do."""
    if _fold(heading.plain) == _fold(stated):
        return True
    if stated and heading.level > 1:
        return False
    other_levels = [block.level for block in blocks if block.level and block is not heading]
    return all(level > heading.level for level in other_levels)


def _fold(text: str) -> str:
    """Give the words of a text without case and punctuation."""
    words = _WORD.findall(text.casefold())
    return " ".join(words)
