"""A section to pages that can be read one after the other: its own sentences, in order, none left out.

A page holds whole paragraphs where they fit, else whole sentences; only a sentence that is longer than a page is
cut, between two words. Nothing is escaped or marked here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.articles.model import Article, Section, Sentence

_ITEM = re.compile(r"[ \t>]*(?:(?P<bullet>[-*+•])|(?P<number>[0-9]{1,9})[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of one that is too long: what stands before it (blanks, a bullet), and how it reads.

    ``number`` is the sentence's place in its section.
    """

    before: str
    text: str
    number: int


Page = tuple[Piece, ...]


def split_pages(article: Article, section: Section, most: int) -> list[Page]:
    """Divide a section into pages of at most ``most`` characters; none where it has no text."""
    pages: list[list[Piece]] = [[]]
    room = most
    for paragraph in _paragraphs(article.text, section.sentences, most):
        length = sum(map(_length, paragraph))
        if pages[-1] and room < length <= most and room < most / 2:
            pages.append([])
            room = most
        for piece in paragraph:
            if pages[-1] and _length(piece) > room:
                pages.append([])
                room = most
            shown = piece if pages[-1] else replace(piece, before=piece.before.lstrip())
            pages[-1].append(shown)
            room -= _length(piece)
    return [tuple(page) for page in pages if page]


def find_page(pages: Sequence[Page], sentence: int) -> int:
    """Give the page on which a sentence begins, by its place in the section; the first where it is on none."""
    return next((at for at, page in enumerate(pages) if any(piece.number == sentence for piece in page)), 0)


def _paragraphs(text: str, sentences: Sequence[Sentence], most: int) -> Iterator[list[Piece]]:
    paragraph: list[Piece] = []
    end = 0
    for number, sentence in enumerate(sentences):
        gap = text[end : sentence.start].replace("\r\n", "\n").replace("\r", "\n")
        line = gap.rpartition("\n")[2] if number else re.split(r"[\r\n]", text[: sentence.start])[-1]
        item = _ITEM.fullmatch(line)
        marker = (item["number"] + ". " if item["number"] else "• ") if item else ""
        if paragraph and gap.count("\n") > 1 and not marker:
            yield paragraph
            paragraph = []
        break_ = "\n" if marker or (paragraph and "\n" in gap and not gap.isspace()) else " "
        before = (break_ if paragraph else "\n\n") + marker
        for part in _parts(sentence.plain, most):
            paragraph.append(Piece(before, part, number))
            before = " "
        end = sentence.end
    if paragraph:
        yield paragraph


def _parts(text: str, most: int) -> Iterator[str]:
    """Cut a text that does not fit a page between words, or anywhere where there are none."""
    while len(text) > most - 20:
        cut = text.rfind(" ", 1, most - 20)
        cut = cut if cut > 0 else most - 20
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _length(piece: Piece) -> int:
    return len(piece.before) + len(piece.text)
