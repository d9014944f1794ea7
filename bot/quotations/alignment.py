"""Two texts word by word: their words with the marks around them, and where the one departs from the other.

A word is a run of letters and digits, with the apostrophes and the points of a figure in it; a sign that changes a
figure (%, €, a minus) is one too, and each character of a script without blanks. Words are compared by their key: case,
shapes of apostrophes, Unicode's ways to write a letter and the commas of thousands do not count; accents do.

An alignment is the cheapest way to read the one text as a stretch of the other (Sellers 1980, with Gotoh's gaps): what
stands before and behind the stretch costs nothing, and many words left out in one go cost little more than one.
Nothing is known here of articles.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Kind = Literal["same", "added", "left out", "changed"]

_UNSPACED = "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_APOSTROPHE = "'’‘‛ʼʻ`´′＇"
_MARKS = "".join(
    mark for mark in map(chr, range(0x300, 0x3100)) if unicodedata.category(mark).startswith("M")
)
_INVISIBLE = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_SYMBOL = "&%‰°±×÷≤≥≠$¢£¤¥\u20a0-\u20cf"
_LETTER = f"[^\\W_{_UNSPACED}ʼʻ]"
# A minus, which is not the dash of a range: it stands before a digit, and not behind a letter, a digit or "1914 ".
_MINUS = r"(?:(?<![^\s(\[{\"'“‘])(?<!\d\s)[-−–](?=\d))?+"
_WORD = re.compile(
    rf"[{_UNSPACED}]|[{_SYMBOL}]"
    rf"|{_MINUS}{_LETTER}(?:{_LETTER}|[{_MARKS}{_INVISIBLE}]|(?:_++|[{_APOSTROPHE}])(?={_LETTER})|(?<=\d)[.,](?=\d))*+"
)
_UNREAD = re.compile(f"[_{_INVISIBLE}]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SHAPES = str.maketrans(dict.fromkeys(_APOSTROPHE, "'") | dict.fromkeys("−–", "-"))
_BLANK = re.compile(r"\s")
_WITHOUT_BLANKS = re.compile(f"[{_UNSPACED}]")
_SENTENCE_END = re.compile(r"[.!?…:;。！？]")

# What an alignment costs: a word changed, one added, the first that is left out, each that is left out with it.
_CHANGED, _ADDED, _LEFT_OUT, _MORE_LEFT_OUT = 20, 20, 18, 2
# A sentence at the end of a stretch is let go if fewer than one in so many of the words claimed for it stand in it.
_HARDLY, _FEW = 3, 2


class Word(NamedTuple):
    """A word of a text, ``text[start:end]``, and what it is compared by."""

    key: str
    start: int
    end: int


def fold_character(word: str) -> str:
    """Give the key of a word."""
    if not word.isascii():
        word = unicodedata.normalize("NFC", _UNREAD.sub("", word).translate(_SHAPES))
        return _THOUSANDS.sub("", unicodedata.normalize("NFC", word.casefold()))
    return _THOUSANDS.sub("", word.replace("_", "").replace("`", "'").lower())


def find_keys(text: str) -> list[str]:
    """Give the keys of the words of a text, in order."""
    return list(map(fold_character, _WORD.findall(text)))


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A text and its words. Between two words stands a gap: blanks and punctuation; gap 0 stands before the first."""

    text: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, text: str) -> "NormalizedText":
        """Find the words of a text."""
        return cls(
            text,
            tuple(Word(fold_character(found[0]), *found.span()) for found in _WORD.finditer(text)),
        )

    def gap(self, number: int) -> tuple[int, int]:
        """Give where the gap before a word begins and ends; that behind the last word has the number behind it."""
        end = self.words[number].start if number < len(self.words) else len(self.text)
        return (self.words[number - 1].end if number else 0), end

    def marks(self, number: int) -> str:
        """Give what stands in a gap."""
        return self.text[slice(*self.gap(number))]

    def cut(self, number: int) -> int:
        """Say where a gap is cut: what stands before its first blank clings to the word before, the rest behind."""
        begin, end = self.gap(number)
        if number in (0, len(self.words)):
            return end if number else begin
        blank = _BLANK.search(self.text, begin, end)
        return blank.start() if blank else end

    def is_joined(self, number: int) -> bool:
        """Say whether a word is written in one with the one before it, as in "face-to-face"."""
        begin, end = self.gap(number)
        if number in (0, len(self.words)) or _BLANK.search(self.text, begin, end):
            return False
        return not any(map(_WITHOUT_BLANKS.match, (self.text[begin - 1], self.text[end])))


class Step(NamedTuple):
    """A word of the claim, one of the article, or one of each side by side, by their numbers.

    ``is_open``: the claim itself says that something is left out here.
    """

    claimed: int | None
    article: int | None
    is_same: bool = False
    is_open: bool = False


def align(
    claimed: Sequence[int], article: Sequence[int], openings: Set[int] = frozenset()
) -> list[Step]:
    """Read a claim as a stretch of an article, both given as numbers that stand for words.

    Before the claimed words whose places are in ``openings`` any number of words may be left out. Takes time and
    4 bytes of memory for each pair of words. Of stretches that cost the same the first is taken, and where a word may
    be read as changed or as added it is changed.
    """
    costs = _costs(np.array(claimed, dtype=np.int64), np.array(article, dtype=np.int64), openings)
    row, column = len(claimed), int(costs[-1].argmin())
    while column < len(article) and costs[row, column + 1] == costs[row, column]:
        column += 1
    steps: list[Step] = []
    while row:
        cost = costs[row, column]
        is_same = column > 0 and claimed[row - 1] == article[column - 1]
        if column and cost == costs[row - 1, column - 1] + (0 if is_same else _CHANGED):
            row, column = row - 1, column - 1
            steps.append(Step(row, column, is_same))
        elif cost == costs[row - 1, column] + _ADDED:
            row -= 1
            steps.append(Step(row, None))
        else:
            is_open = row in openings
            gap = 0 if is_open else _LEFT_OUT + _MORE_LEFT_OUT * np.arange(column - 1, -1, -1)
            begin = int(np.flatnonzero(costs[row, :column] + gap == cost)[0 if is_open else -1])
            while (
                is_open
                and begin + 1 < column
                and costs[row - 1, begin] + _CHANGED == costs[row, begin + 1] == cost
            ):
                begin += 1
            steps += [
                Step(None, number, is_open=is_open) for number in range(column - 1, begin - 1, -1)
            ]
            column = begin
    return steps[::-1]


def _costs(
    claimed: NDArray[np.int64], article: NDArray[np.int64], openings: Set[int]
) -> NDArray[np.int32]:
    """Give what it costs at least to read so many claimed words as a stretch that ends behind so many of the article.

    int32, (claimed words + 1, words of the article + 1).
    """
    costs = np.zeros((len(claimed) + 1, len(article) + 1), dtype=np.int32)
    longer = _MORE_LEFT_OUT * np.arange(len(article) + 1, dtype=np.int32)
    for row, word in enumerate(claimed, 1):
        before, here = costs[row - 1], costs[row]
        here[:] = before + _ADDED
        here[1:] = np.minimum(here[1:], before[:-1] + np.where(article == word, 0, _CHANGED))
        if row in openings:
            here[:] = np.minimum.accumulate(here)
        else:
            gap = (
                np.minimum.accumulate(here - longer)[:-1]
                + longer[1:]
                + (_LEFT_OUT - _MORE_LEFT_OUT)
            )
            here[1:] = np.minimum(here[1:], gap)
    return costs


def let_go(steps: Sequence[Step], claim: NormalizedText, begins: Sequence[int]) -> list[Step]:
    """Part claimed words at both ends from sentences that they only came to stand beside: these are added.

    ``begins`` are the numbers of the article's words that begin a sentence, ascending.
    """
    parts = _cut_sentences(steps, begins)
    before: list[int] = []
    behind: list[int] = []
    while len(parts) > 1 and _is_apart(parts[0], claim, is_first=True):
        before += _claimed(parts.pop(0))
    while len(parts) > 1 and _is_apart(parts[-1], claim, is_first=False):
        behind = _claimed(parts.pop()) + behind
    kept = [step for part in parts for step in part]
    return [
        *(Step(number, None) for number in before),
        *kept,
        *(Step(number, None) for number in behind),
    ]


def _cut_sentences(steps: Sequence[Step], begins: Sequence[int]) -> list[list[Step]]:
    """Cut steps where a sentence of the article begins; what is added goes with what stands before it."""
    parts: list[list[Step]] = [[]]
    number: int | None = None
    for step in steps:
        if step.article is not None and (sentence := bisect_right(begins, step.article)) != number:
            if number is not None:
                parts.append([])
            number = sentence
        parts[-1].append(step)
    return parts


def _is_apart(part: Sequence[Step], claim: NormalizedText, *, is_first: bool) -> bool:
    """Say whether what is claimed beside a sentence hardly has a word of it.

    A word or two that differ stay beside it where the claim has the end of a sentence there too.
    """
    claimed = _claimed(part)
    same = sum(step.is_same for step in part)
    if same or len(claimed) > _FEW:
        return _HARDLY * same < len(claimed)
    return not claimed or not _SENTENCE_END.search(
        claim.marks(claimed[-1] + 1 if is_first else claimed[0])
    )


def _claimed(steps: Sequence[Step]) -> list[int]:
    return [step.claimed for step in steps if step.claimed is not None]


class Difference(NamedTuple):
    """What a claim and the articles have in one place: as it reads, with its punctuation; empty where nothing stands.

    "left out" with a claimed text ("…", "[...]") is what the claim itself says is left out.
    """

    kind: Kind
    claimed: str
    article: str


def find_differences(
    steps: Sequence[Step],
    claim: NormalizedText,
    article: NormalizedText,
    openings: Mapping[int, tuple[int, int]],
) -> tuple[Difference, ...]:
    """Put steps together to what is the same and what is not.

    ``openings`` tells for claimed words where, before them, the claim says that something is left out. What is written
    in one with what differs differs with it. But for blanks the texts of a side make up that side.
    """
    differences: list[Difference] = []
    at = said = 0
    groups = groupby(
        zip(_kinds(steps, claim, article), steps, strict=True), key=lambda pair: pair[0]
    )
    grouped = [(kind, [step for _, step in group]) for kind, group in groups]
    for (kind, group), (following, _) in zip(grouped, [*grouped[1:], ("", [])], strict=True):
        claimed = sum(step.claimed is not None for step in group)
        places = [step.article for step in group if step.article is not None]
        found = (
            article.text[article.cut(places[0]) : article.cut(places[-1] + 1)].strip()
            if places
            else ""
        )
        said += claimed
        begin = at
        if kind == "open":
            begin, at = openings[said]
        elif claimed:
            at = openings[said][0] if following == "open" else claim.cut(said)
        differences.append(
            Difference(_name(kind, claimed, len(places)), claim.text[begin:at].strip(), found)
        )
    return tuple(differences)


def _name(kind: str, claimed: int, found: int) -> Kind:
    if kind == "same":
        return "same"
    if kind == "open" or not claimed:
        return "left out"
    return "changed" if found else "added"


def _kinds(steps: Sequence[Step], claim: NormalizedText, article: NormalizedText) -> list[str]:
    """Say of each step whether it is the "same", "other", or "open"; what is joined to what is other is other."""
    kinds = ["open" if step.is_open else "same" if step.is_same else "other" for step in steps]
    joints = [
        *_find_joints(claim, [step.claimed for step in steps]),
        *_find_joints(article, [step.article for step in steps]),
    ]
    for begin, end in (*sorted(joints), *sorted(joints, reverse=True)):
        if "other" in kinds[begin:end] and "open" not in kinds[begin:end]:
            kinds[begin:end] = ["other"] * (end - begin)
    return kinds


def _find_joints(text: NormalizedText, numbers: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Give from which step to which, of those with the ``numbers`` of a text's words, two words are written in one."""
    placed = [at for at, number in enumerate(numbers) if number is not None]
    for before, at in pairwise(placed):
        if text.is_joined(numbers[at] or 0):
            yield before, at + 1
