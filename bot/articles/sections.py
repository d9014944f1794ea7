"""Blocks into sections, and their text into sentences and passages.

In: the blocks of a file, in order. Out: sections, each with its headings, its place and its
passages. A section begins with a heading; what stands above the first heading is the lead.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from bot.articles.blocks import Block
from bot.articles.lines import Lines
from bot.articles.model import Link, Passage, Section, Sentence, read_as_written
from bot.articles.passages import split_passages
from bot.articles.sentences import split_sentences

_start_of = attrgetter("start")
_end_of = attrgetter("end")


def make_sections(
    file: str, lines: Lines, blocks: Sequence[Block], language: str
) -> tuple[Section, ...]:
    """Make the sections of a file; ``language`` (ISO 639-1) decides where sentences end."""
    sections: list[Section] = []
    # Level and text of the headings that the next section may stand under. Sections share the text,
    # which may be long.
    open_headings: list[tuple[int, str]] = []
    # Without a lead, which has number 0, numbers begin with 1.
    first_number = 1 if blocks and blocks[0].level else 0
    for group in _split_at_headings(blocks):
        first = group[0]
        heading = ""
        if first.level:
            open_headings = [opened for opened in open_headings if opened[0] < first.level]
            heading = " ".join(first.plain.split())
        number = first_number + len(sections)
        line = lines.number(first.start)
        end = group[-1].end
        parents = tuple(text for _, text in open_headings)
        passages = _make_passages(file, lines, group, language)
        section = Section(file, line, first.start, end, number, heading, parents, passages)
        sections.append(section)
        if first.level:
            open_headings.append((first.level, heading))
    return tuple(sections)


def _split_at_headings(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Cut the blocks before each heading."""
    group: list[Block] = []
    for block in blocks:
        if block.level and group:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _make_passages(
    file: str, lines: Lines, group: Sequence[Block], language: str
) -> tuple[Passage, ...]:
    """Make the passages of the blocks that are no headings."""
    paragraphs = []
    for block in group:
        sentences = [] if block.level else _make_sentences(file, lines, block, language)
        if sentences:
            paragraphs.append(sentences)
    return split_passages(paragraphs)


def _make_sentences(file: str, lines: Lines, block: Block, language: str) -> list[Sentence]:
    """Cut a block into sentences; a block without text has none."""
    text = block.plain
    if block.is_whole:
        spans = [(0, len(text))]
    elif block.has_text:
        spans = split_sentences(text, language)
    else:
        spans = []
    sentences = []
    for first, last in spans:
        start, end = block.source_span(first, last)
        raw = lines.text[start:end]
        stripped = raw.strip()
        start += len(raw) - len(raw.lstrip())
        plain = " ".join(text[first:last].split())
        sentence = Sentence(
            file=file,
            line=lines.number(start),
            start=start,
            end=start + len(stripped),
            document=lines.text,
            reading=None if plain == read_as_written(stripped) else plain,
            form=block.form,
            links=_cut_links(block, first, last) if block.links else (),
        )
        sentences.append(sentence)
    return sentences


def _cut_links(block: Block, first: int, last: int) -> tuple[Link, ...]:
    """Give the links inside ``plain[first:last]``, placed in what that reads without extra blanks.

    A link that reaches beyond the sentence is cut.
    """
    begin = bisect_right(block.links, first, key=_end_of)
    end = bisect_left(block.links, last, key=_start_of)
    if begin >= end:
        return ()
    # How many characters of the sentence stand before each place, extra blanks left out.
    counts = _count_kept(block.plain[first:last])
    links = []
    for link in block.links[begin:end]:
        start = max(link.start, first)
        label = block.plain[start : min(link.end, last)]
        words = label.strip()
        if not words:
            continue
        start += len(label) - len(label.lstrip())
        place = counts[start - first]
        link_end = counts[start - first + len(words)]
        links.append(Link(place, link_end, link.address))
    return tuple(links)


def _count_kept(text: str) -> list[int]:
    """Count the characters before each place of a text whose runs of blanks are single ones."""
    counts = [0]
    is_after_blank = True
    for character in text:
        is_blank = character.isspace()
        is_kept = not (is_blank and is_after_blank)
        counts.append(counts[-1] + is_kept)
        is_after_blank = is_blank
    return counts
