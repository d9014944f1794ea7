"""Layout for reading: the sentences of a section in pages, or of a quotation on one.

In: sentences of one section. Out: pages of pieces, in order, none left out: a page of a card
each. A page holds whole paragraphs where they fit, else whole sentences. Only a sentence that is
longer than a page is cut, between two words. Nothing is escaped or marked up here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from bot.answers.model import Quote
from bot.articles.model import Article, Link, Section, Sentence

# A line that ends in one of these is whole; another is a line of its own, such as a heading's.
_SENTENCE_ENDS = tuple(".!?…\"”’')]»。！？")
# Characters of a page that a piece of text leaves free for the gap before it and its mark.
_FOR_GAP_AND_MARK = 20
# What stands between the cells of a row, as it reads and as it is shown.
CELL_SEPARATOR = " · "
# Lines of code have at most one empty line between them.
_MAX_CODE_NEWLINES = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of one that is longer than a page.

    ``gap`` is what stands between it and the piece before: a blank, one or two newlines, or
    nothing. ``mark`` is the mark of a list item, with its indentation. ``text`` is how it reads.
    ``number`` is the sentence's position in its section. ``code`` names the block of code that it
    is a line of; else 0. ``links`` are those of ``text``; code has none.
    """

    gap: str
    mark: str
    text: str
    number: int
    code: int = 0
    links: tuple[Link, ...] = ()


Page = tuple[Piece, ...]


def lay_out_quotation(quote: Quote) -> Page:
    """Give the page of a quotation, a piece for each of its sentences.

    Where all items are indented, they are moved to the edge. A single item has no bullet, as a
    single sentence of a paragraph has none; its number it keeps.
    """
    sentences = quote.section.sentences
    start = sentences.index(quote.sentences[0])
    end = start + len(quote.sentences)
    pieces = _lay_out(quote.article.text, sentences[:end])[start:]
    if len(pieces) == 1:
        return (_without_bullet(pieces[0]),)
    indentation = _find_common_indentation(pieces)
    first, *others = (replace(piece, mark=piece.mark[indentation:]) for piece in pieces)
    first = replace(first, gap="")
    return (first, *others)


def read_quotation(quote: Quote) -> str:
    """Give a quotation as people read it: without markup, its items and rows on lines."""
    pieces = lay_out_quotation(quote)
    return "".join(piece.gap + piece.mark + piece.text for piece in pieces)


def _without_bullet(piece: Piece) -> Piece:
    mark = piece.mark.lstrip()
    is_number = mark[:1].isdigit()
    return replace(piece, gap="", mark=mark if is_number else "")


def _find_common_indentation(pieces: Sequence[Piece]) -> int:
    """Give the number of blanks that all marks begin with."""
    marks = [piece.mark for piece in pieces if piece.mark]
    return min((len(mark) - len(mark.lstrip()) for mark in marks), default=0)


def find_omissions(quote: Quote) -> tuple[bool, bool]:
    """Say whether the quoted list, table or code begins before the quotation, and goes on behind.

    Neither is so for a single sentence, which is quoted for itself.
    """
    if len(quote.sentences) == 1:
        return False, False
    sentences = quote.section.sentences
    first, last = quote.sentences[0], quote.sentences[-1]
    start = sentences.index(first)
    end = start + len(quote.sentences)
    begins_before = start > 0 and _is_one_group(sentences[start - 1], first)
    goes_on = end < len(sentences) and _is_one_group(last, sentences[end])
    return begins_before, goes_on


def _is_one_group(sentence: Sentence, following: Sentence) -> bool:
    """Say whether two neighbours are of one list, table or block of code."""
    return 0 != sentence.form.group == following.form.group


def split_pages(article: Article, section: Section, most: int) -> list[Page]:
    """Split a section into pages of at most ``most`` characters; none where it has no text."""
    pages = _Pages(most)
    pieces = _lay_out(article.text, section.sentences)
    for paragraph in _split_paragraphs(pieces, most):
        pages.add_paragraph(paragraph)
    return [tuple(page) for page in pages.pages]


def find_page(pages: Sequence[Page], sentence: int) -> int:
    """Give the number, from 0, of the page on which a sentence begins.

    ``sentence`` is its position in the section. Where it is on no page, the number is 0.
    """
    for number, page in enumerate(pages):
        if any(piece.number == sentence for piece in page):
            return number
    return 0


class _Pages:
    """The pages of a section while they are filled."""

    def __init__(self, most: int) -> None:
        """Begin without a page; ``most`` is the number of characters that fit one."""
        self.pages: list[list[Piece]] = []
        self._most = most
        self._room = 0

    def add_paragraph(self, paragraph: Sequence[Piece]) -> None:
        """Add a paragraph, on a new page if it fits one whole and this one is half full."""
        length = sum(map(_count_characters, paragraph))
        fits_new_page = self._room < length <= self._most
        is_half_full = self._room < self._most / 2
        if fits_new_page and is_half_full:
            self._begin_page()
        for piece in paragraph:
            self._add(piece)

    def _add(self, piece: Piece) -> None:
        length = _count_characters(piece)
        is_full = length > self._room
        if not self.pages or (self.pages[-1] and is_full):
            self._begin_page()
        page = self.pages[-1]
        if not page:
            piece = replace(piece, gap="")
        page.append(piece)
        self._room -= length

    def _begin_page(self) -> None:
        self.pages.append([])
        self._room = self._most


def _lay_out(text: str, sentences: Sequence[Sentence]) -> list[Piece]:
    """Give each sentence as one piece; ``text`` is the article's."""
    pieces: list[Piece] = []
    previous: Sentence | None = None
    for number, sentence in enumerate(sentences):
        form = sentence.form
        gap = ""
        mark = form.mark
        if previous is not None:
            gap = _find_gap(text, previous, sentence)
            # A mark stands before the first sentence of an item only.
            mark = "" if previous.form is form else form.mark
        code = form.group if form.kind == "code" else 0
        plain = form.shown or sentence.plain
        links = _find_shown_links(sentence) if sentence.links and not code else ()
        pieces.append(Piece(gap, mark, plain, number, code, links))
        previous = sentence
    return pieces


def _find_shown_links(sentence: Sentence) -> tuple[Link, ...]:
    """Give the links of a sentence where they stand in the text that is shown."""
    if not sentence.form.shown:
        return sentence.links
    return tuple(_move_into_cells(sentence))


def _move_into_cells(sentence: Sentence) -> list[Link]:
    """Give the links of a row where its cells stand behind the names of their columns.

    The first row reads behind the header, whose cells are not shown as cells: their links go.
    """
    plain_end = len(sentence.plain)
    shown_end = len(sentence.form.shown)
    cells = sentence.plain.split(CELL_SEPARATOR)
    named_cells = sentence.form.shown.split(CELL_SEPARATOR)
    moved: list[Link] = []
    for cell, named_cell in zip(reversed(cells), reversed(named_cells), strict=False):
        plain_start = plain_end - len(cell)
        shift = shown_end - plain_end
        if named_cell.endswith(cell):
            inside = _links_within(sentence.links, plain_start, plain_end)
            moved += [Link(link.start + shift, link.end + shift, link.address) for link in inside]
        plain_end = plain_start - len(CELL_SEPARATOR)
        shown_end -= len(named_cell) + len(CELL_SEPARATOR)
    return sorted(moved, key=attrgetter("start"))


def _links_within(links: Sequence[Link], start: int, end: int) -> list[Link]:
    """Give the links that lie in a stretch of a text whole."""
    first = bisect_left(links, start, key=attrgetter("start"))
    last = bisect_right(links, end, key=attrgetter("end"))
    return list(links[first:last])


def _find_gap(text: str, sentence: Sentence, following: Sentence) -> str:
    """Give what stands between two neighbours: a blank, or one or two newlines."""
    if following.form.kind == "paragraph":
        return _find_gap_before_paragraph(text, sentence, following)
    is_code = following.form.kind == "code"
    if is_code and sentence.form.kind == "code" and _is_one_group(sentence, following):
        lines = following.line - sentence.line
        return "\n" * min(lines, _MAX_CODE_NEWLINES)
    is_same_item = sentence.form is following.form
    return " " if is_same_item else "\n"


def _find_gap_before_paragraph(text: str, sentence: Sentence, following: Sentence) -> str:
    gap = text[sentence.end : following.start]
    newlines = gap.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    if newlines > 1:
        return "\n\n"
    if newlines == 0:
        return " "
    # Within a paragraph a line may end anywhere; a line that is no sentence stands by itself.
    is_in_paragraph = sentence.form.kind == "paragraph"
    is_whole = sentence.plain.endswith(_SENTENCE_ENDS)
    return " " if is_in_paragraph and is_whole else "\n"


def _split_paragraphs(pieces: Sequence[Piece], most: int) -> Iterator[list[Piece]]:
    """Give the pieces paragraph by paragraph, those cut that are longer than a page."""
    paragraph: list[Piece] = []
    for piece in pieces:
        if paragraph and piece.gap == "\n\n":
            yield paragraph
            paragraph = []
        paragraph += _cut_piece(piece, most)
    if paragraph:
        yield paragraph


def _cut_piece(piece: Piece, most: int) -> Iterator[Piece]:
    """Cut a piece that does not fit a page; a link that is cut in two is one no more."""
    gap, mark = piece.gap, piece.mark
    for start, end in _cut(piece.text, most):
        inside = _links_within(piece.links, start, end)
        links = [Link(link.start - start, link.end - start, link.address) for link in inside]
        text = piece.text[start:end]
        yield replace(piece, gap=gap, mark=mark, text=text, links=tuple(links))
        gap, mark = " ", ""


def _cut(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Cut a text that does not fit a page between words, or anywhere where there are none.

    Give where each part begins and ends; there is at least one.
    """
    room = most - _FOR_GAP_AND_MARK
    start = 0
    while len(text) - start > room:
        end_of_room = start + room
        blank = text.rfind(" ", start + 1, end_of_room)
        end = blank if blank > 0 else end_of_room
        yield start, start + len(text[start:end].rstrip())
        start = end
        while text[start : start + 1].isspace():
            start += 1
    yield start, len(text)


def _count_characters(piece: Piece) -> int:
    return len(piece.gap) + len(piece.mark) + len(piece.text)
