"""Transcripts: paragraphs that begin with who speaks become the turns of their speakers.

In: the blocks of a file of any format. Out: the same blocks; where the file is a transcript, what
each speaker says is a block of its own, and the name before it is its mark. A file is one where
several speakers take turns again and again in most of its paragraphs. None of them is called "Q" or
"Question": those are a page of questions.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from bot.articles.blocks import Block
from bot.articles.model import BlockForm
from bot.articles.questions import is_answer_label, is_question_label

# "ADA:", "Dr. Lee (host):", "Speaker 2 [00:12]:"; a name has few words.
SPEAKER = re.compile(
    r"(?<!\w)(?P<name>[^\W_a-z][\w.'’&-]{0,29}(?: [^\W_a-z(][\w.'’&-]{0,29}){0,3})"
    r"(?: [(\[][^()\[\]:]{0,40}(?::\d\d)*[)\]])?\s?:(?=\s)"
)
# The same wherever it begins: of "Yes. Bob:", where "Bob:" begins a line, too.
_SPEAKERS = re.compile(rf"(?={SPEAKER.pattern}(?P<behind>))")
_FEWEST_SPEAKERS = 2
_FEWEST_TURNS = 2
# The rest are an introduction, a list of who takes part, what happens besides.
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Label:
    """Where a name stands in a block's text, and where what is said begins."""

    name: str
    start: int
    end: int


def read_turns(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Make turns of the paragraphs of a transcript; ``text`` is the decoded file."""
    labels = [_find_labels(text, block) for block in blocks]
    counts = Counter(label.name for found in labels for label in found)
    speakers = {name for name, count in counts.items() if count >= _FEWEST_TURNS}
    paragraphs = sum(map(_is_paragraph, blocks))
    spoken = sum(any(label.name in speakers for label in found) for found in labels)
    if not _take_turns(speakers) or spoken < paragraphs * _LEAST_SHARE:
        return list(blocks)
    turns: list[Block] = []
    for block, found in zip(blocks, labels, strict=True):
        turns += _split(block, [label for label in found if label.name in counts])
    return turns


def find_speakers(paragraphs: Sequence[str]) -> frozenset[str]:
    """Give who speaks where paragraphs are a transcript, each a turn or more; else nobody.

    Here a name stands at the beginning of its paragraph.
    """
    labels = [SPEAKER.match(paragraph) for paragraph in paragraphs]
    counts = Counter(label["name"] for label in labels if label is not None)
    speakers = frozenset(name for name, count in counts.items() if count >= _FEWEST_TURNS)
    spoken = sum(counts[name] for name in speakers)
    is_transcript = _take_turns(speakers) and spoken >= len(paragraphs) * _LEAST_SHARE
    return speakers if is_transcript else frozenset()


def begins_turn(paragraph: str, speakers: Set[str]) -> bool:
    """Say whether a paragraph begins with the name of one of the speakers and a colon."""
    label = SPEAKER.match(paragraph) if speakers else None
    return label is not None and label["name"] in speakers


def _take_turns(speakers: Set[str]) -> bool:
    """Say whether names are those of several speakers, and no labels of questions and answers.

    Somebody may be called "A" if somebody else is "B".
    """
    if len(speakers) < _FEWEST_SPEAKERS or all(map(is_answer_label, speakers)):
        return False
    return not any(map(is_question_label, speakers))


def _find_labels(text: str, block: Block) -> list[_Label]:
    """Find the names at the beginnings of the lines of a paragraph."""
    if not _is_paragraph(block) or ":" not in block.plain:
        return []
    found = []
    for name in _SPEAKERS.finditer(block.plain):
        start = name.start()
        if start == 0 or _begins_line(text, block, start):
            found.append(_Label(name["name"], start, name.start("behind") + 1))
    return [label for label in found if label.end < len(block.plain)]


def _begins_line(text: str, block: Block, start: int) -> bool:
    """Say whether the file has a newline before ``plain[start]``."""
    if block.plain[start - 1] != " ":
        return False
    blank_start, blank_end = block.source_span(start - 1, start)
    return any(newline in text[blank_start:blank_end] for newline in "\r\n")


def _is_paragraph(block: Block) -> bool:
    return block.form.kind == "paragraph" and not block.level and not block.is_whole


def _split(block: Block, labels: Sequence[_Label]) -> Iterator[Block]:
    """Cut a paragraph before each name, and the names off."""
    if not labels:
        yield block
        return
    if labels[0].start:
        yield block.cut(0, labels[0].start - 1)
    ends = [label.start - 1 for label in labels[1:]]
    for label, end in zip(labels, [*ends, len(block.plain)], strict=True):
        if label.end < end:
            said = block.cut(label.end, end)
            yield replace(said, form=BlockForm("turn", mark=f"{label.name}: "))
