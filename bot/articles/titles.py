"""The title of an article: stated in the front matter or the body, a heading, or the file's name.

In: what was parsed. Out: the title, and the blocks without the heading that only states it. A title
is the heading of level 1 that stands first; a heading further below is one of a section.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from bot.articles.blocks import Block, Draft

_WORD = re.compile(r"\w+")
# Names of the page that stands for its whole folder.
_FOLDER_PAGES = ("index", "_index", "readme")
# A day or a number before a name orders files and is no part of it: "2026-11-22-moving-house",
# "01-moving-house". After a single digit a name may well go on: "2-factor-login". In a name of
# words the day is what the note is about: "2026-11-22 Moving house".
_ORDER = re.compile(r"^(?:\d{4}-\d\d-\d\d[-_]+|(?:\d{1,3}\.|0\d{1,2})[-_. ]+)(?=\S)")
# What Notion puts behind the names of the pages that it exports.
_NOTION_ID = re.compile(r" [0-9a-f]{32}$")
_BETWEEN_WORDS = re.compile(r"[-_]+")


class Title(NamedTuple):
    """A title, and the blocks that remain as text."""

    text: str
    blocks: Sequence[Block]


def choose_title(file: str, stated: str, draft: Draft) -> Title:
    """Choose the title; ``stated`` is that of the front matter, "" where it has none."""
    stated = stated or draft.title
    blocks = draft.blocks
    name = title_from_name(file)
    first = blocks[0] if blocks and blocks[0].level else None
    if first is None:
        return Title(stated or name, blocks)
    heading = " ".join(first.plain.split())
    if not stated and first.level == 1 and _is_title(file, name, blocks):
        stated = heading
    if not stated:
        return Title(name, blocks)
    if _fold(heading) == _fold(stated) or _stands_above_all(first, blocks):
        return Title(stated, blocks[1:])
    return Title(stated, blocks)


def title_from_name(file: str) -> str:
    """Make a title of a file's name.

    Words stay as they are: "Refund rules.md". Hyphens and underlines between words become blanks,
    and the first letter a capital: "getting-started.md". An index has its folder's name.
    """
    path = PurePosixPath(file)
    name = path.stem
    if name.lower() in _FOLDER_PAGES and path.parent.name:
        name = path.parent.name
    name = _NOTION_ID.sub("", name)
    name = _ORDER.sub("", name, count=1)
    if " " in name:
        return name
    words = _BETWEEN_WORDS.sub(" ", name).strip()
    return words[:1].upper() + words[1:] if words else name


def _is_title(file: str, name: str, blocks: Sequence[Block]) -> bool:
    """Say whether the heading of level 1 that stands first is the title.

    It is where it is the only one. Where each section has such a heading, it is the title if the
    next heading follows at once, or if it has words of the file's name, or the name says nothing.
    """
    others = [block for block in blocks[1:] if block.level == 1]
    if not others:
        return True
    if blocks[1].level == 1:
        return True
    shared = set(_fold(name).split()) & set(_fold(blocks[0].plain).split())
    is_named_for_all = PurePosixPath(file).stem.lower() in _FOLDER_PAGES
    return bool(shared) or is_named_for_all


def _stands_above_all(heading: Block, blocks: Sequence[Block]) -> bool:
    """Say whether a heading of level 1 stands above all other headings as titles do."""
    if heading.level > 1:
        return False
    return all(block.level != 1 for block in blocks[1:])


def _fold(text: str) -> str:
    """Give the words of a text without case and punctuation."""
    words = _WORD.findall(text.casefold())
    return " ".join(words)
