"""Sentences as they stand on their page, for reading: a quotation, or a section in pages; in order, none left out.

A page holds whole paragraphs where they fit, else whole sentences; only a sentence that is longer than a page is
cut, between two words. Nothing is escaped or marked here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers.model import Quote
from bot.articles.model import Article, Section, Sentence

_NO_BLANK = re.compile(r"\S")
_ENDS = tuple(".!?…\"”’')]»。！？")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of one that is too long: the gap to what is before it, a list's mark, and how it reads.

    ``number`` is the sentence's place in its section, ``code`` names the block of code that it is a line of, or is 0.
    """

    gap: str
    mark: str
    text: str
    number: int
    code: int = 0


Page = tuple[Piece, ...]


def lay_out_quotation(quote: Quote) -> Page:
    """Set a quotation, a piece for each of its sentences; what is deep in a list is not if all of it is.

    A single item stands without a bullet, as a single sentence of a paragraph does.
    """
    sentences = quote.section.sentences
    first = sentences.index(quote.sentences[0])
    pieces = _lay_out(quote.article.text, sentences[: first + len(quote.sentences)])[first:]
    if len(pieces) == 1:
        return (
            replace(
                pieces[0],
                gap="",
                mark=mark if (mark := pieces[0].mark.lstrip())[:1].isdigit() else "",
            ),
        )
    edge = min(
        (len(piece.mark) - len(piece.mark.lstrip()) for piece in pieces if piece.mark), default=0
    )
    return tuple(
        replace(piece, gap=piece.gap if at else "", mark=piece.mark[edge:])
        for at, piece in enumerate(pieces)
    )


def find_omissions(quote: Quote) -> tuple[bool, bool]:
    """Say whether the list, table or code of which lines are quoted begins before them, and goes on behind.

    A single sentence is quoted for itself.
    """
    if len(quote.sentences) == 1:
        return False, False
    sentences = quote.section.sentences
    first = sentences.index(quote.sentences[0])
    before, behind = sentences[:first][-1:], sentences[first + len(quote.sentences) :][:1]
    return (
        any(_is_one_group(one, quote.sentences[0]) for one in before),
        any(_is_one_group(quote.sentences[-1], one) for one in behind),
    )


def _is_one_group(sentence: Sentence, following: Sentence) -> bool:
    return 0 != sentence.form.group == following.form.group


def split_pages(article: Article, section: Section, most: int) -> list[Page]:
    """Divide a section into pages of at most ``most`` characters; none where it has no text."""
    pages: list[list[Piece]] = [[]]
    room = most
    for paragraph in _paragraphs(_lay_out(article.text, section.sentences), most):
        length = sum(map(_length, paragraph))
        if pages[-1] and room < length <= most and room < most / 2:
            pages.append([])
            room = most
        for piece in paragraph:
            if pages[-1] and _length(piece) > room:
                pages.append([])
                room = most
            pages[-1].append(piece if pages[-1] else replace(piece, gap=""))
            room -= _length(piece)
    return [tuple(page) for page in pages if page]


def find_page(pages: Sequence[Page], sentence: int) -> int:
    """Give the page on which a sentence begins, by its place in the section; the first where it is on none."""
    return next(
        (at for at, page in enumerate(pages) if any(piece.number == sentence for piece in page)), 0
    )


def _lay_out(text: str, sentences: Sequence[Sentence]) -> list[Piece]:
    pieces: list[Piece] = []
    for number, sentence in enumerate(sentences):
        form = sentence.form
        recent_questions = sentences[number - 1] if number else None
        gap = _gap(text, recent_questions, sentence) if recent_questions else ""
        mark = "" if recent_questions and recent_questions.form is form else form.mark
        pieces.append(
            Piece(
                gap,
                mark,
                form.shown or sentence.plain,
                number,
                form.group if form.kind == "code" else 0,
            )
        )
    return pieces


def _gap(text: str, recent_questions: Sentence, sentence: Sentence) -> str:
    """Give what stands between two neighbours: a blank, or one or two newlines."""
    kinds = recent_questions.form.kind, sentence.form.kind
    if kinds == ("code", "code") and _is_one_group(recent_questions, sentence):
        return "\n" * min(sentence.line - recent_questions.line, 2)
    if sentence.form.kind != "paragraph":
        return " " if recent_questions.form is sentence.form else "\n"
    gap = text[recent_questions.end : sentence.start].replace("\r\n", "\n").replace("\r", "\n")
    if gap.count("\n") > 1:
        return "\n\n"
    return (
        "\n"
        if "\n" in gap and (kinds[0] != "paragraph" or not recent_questions.plain.endswith(_ENDS))
        else " "
    )


def _paragraphs(pieces: Sequence[Piece], most: int) -> Iterator[list[Piece]]:
    paragraph: list[Piece] = []
    for piece in pieces:
        if paragraph and piece.gap == "\n\n":
            yield paragraph
            paragraph = []
        first, *others = _parts(piece.text, most)
        paragraph.append(replace(piece, text=first))
        paragraph += [replace(piece, gap=" ", mark="", text=part) for part in others]
    if paragraph:
        yield paragraph


def _parts(text: str, most: int) -> Iterator[str]:
    """Cut a text that does not fit a page between words, or anywhere where there are none; at least one part."""
    at, room = 0, most - 20
    while len(text) - at > room:
        cut = text.rfind(" ", at + 1, at + room)
        cut = cut if cut > 0 else at + room
        yield text[at:cut].rstrip()
        following = _NO_BLANK.search(text, cut)
        at = following.start() if following else len(text)
    if at < len(text) or not at:
        yield text[at:]


def _length(piece: Piece) -> int:
    return len(piece.gap) + len(piece.mark) + len(piece.text)
