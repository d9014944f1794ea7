"""Units: sentences that belong together and are kept, ranked and quoted together.

In: the sentences of one section. Out: ranges of their positions. A unit is a list, a table, a block
of code or an admonition, with the sentence that announces it; or a question that somebody asks in a
conversation, with the turn that answers it. All other sentences are prose and in no unit. So are
bullets that are whole sentences, if nothing announces them or they are long: each says enough.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.articles.model import Sentence

# Ends of sentences that announce what follows.
_ANNOUNCEMENT_ENDS = (":", "：")
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？")
# Bullets with so many words a sentence are read one by one.
_PROSE_WORDS = 8
_QUESTION_ENDS = ("?", "？", "؟")
# A longer sentence before a list or code is a paragraph of its own.
_ANNOUNCEMENT_WORDS = 60


def find_units(sentences: Sequence[Sentence]) -> list[range]:
    """Give the positions of the sentences of each unit, ascending; no two overlap."""
    units: list[range] = []
    end_of_last = 0
    for group in _find_groups(sentences):
        start = _find_announcement(sentences, group, end_of_last)
        end_of_last = group.stop
        is_announced = start < group.start
        if not _is_prose(sentences[group.start : group.stop], is_announced=is_announced):
            units.append(range(start, group.stop))
    return units


def _is_prose(group: Sequence[Sentence], *, is_announced: bool) -> bool:
    """Say whether a group is bullets of whole sentences, each of which stands for itself."""
    words = sum(len(sentence.plain.split()) for sentence in group)
    if is_announced and words < _PROSE_WORDS * len(group):
        return False
    for sentence in group:
        is_step = sentence.form.mark.lstrip()[:1].isdigit()
        if sentence.form.kind != "item" or is_step:
            return False
    return all(sentence.plain.endswith(_SENTENCE_ENDS) for sentence in group)


def _find_groups(sentences: Sequence[Sentence]) -> Iterator[range]:
    """Give the runs of sentences of one group, and of a spoken question with its answer."""
    position = 0
    runs = [list(run) for _, run in groupby(sentences, _run_of)]
    remaining = iter(runs)
    for run in remaining:
        length = len(run)
        if run[0].form.kind == "turn":
            if not _is_question(run):
                position += length
                continue
            answer = next(remaining, [])
            length += len(answer)
        elif not run[0].form.group:
            position += length
            continue
        yield range(position, position + length)
        position += length


def _run_of(sentence: Sentence) -> int:
    """Give what neighbours of one run have in common: their group, or their turn."""
    form = sentence.form
    return id(form) if form.kind == "turn" else form.group


def _is_question(turn: Sequence[Sentence]) -> bool:
    return turn[-1].plain.rstrip("\"'”’»").endswith(_QUESTION_ENDS)


def _begins_code(group: Sequence[Sentence]) -> bool:
    """Say whether a group is code, perhaps with a title above it."""
    kinds = [sentence.form.kind for sentence in group[:2]]
    return kinds[0] == "code" or kinds == ["title", "code"]


def _find_announcement(sentences: Sequence[Sentence], group: range, end_of_last: int) -> int:
    """Give where the unit of a group begins: with the sentence that announces it, if one does.

    Before a list or a table that is a sentence with a colon at its end. Before code it is any
    sentence: it says what the code does.
    """
    start = group.start
    before = start - 1
    if before < end_of_last or sentences[before].form.kind != "paragraph":
        return start
    announcement = sentences[before].plain
    is_code = _begins_code(sentences[group.start : group.stop])
    is_announced = is_code or announcement.endswith(_ANNOUNCEMENT_ENDS)
    is_short = len(announcement.split()) <= _ANNOUNCEMENT_WORDS
    return before if is_announced and is_short else start
