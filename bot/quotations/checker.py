"""What somebody claims to be from the articles: whether it stands there word for word, and where.

In: a library, once; then claims. Out: a Check, with the places in the files and, word by word, what is different.
A claim is read as people read it: case, the kinds of quotation marks and dashes, blanks, Markdown and quotation marks
around the whole do not count. A word more or less, another figure, two names exchanged do: then it is altered.
Headings can be claimed too. Whether two wordings mean the same is not looked at.
"""

import html
import math
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice, pairwise
from typing import Literal

import numpy as np
from rapidfuzz.distance import LCSseq

from bot.articles.library import Library
from bot.articles.lines import Lines
from bot.articles.model import Article, Section, Sentence, Span
from bot.quotations.alignment import (
    Difference,
    NormalizedText,
    Step,
    align,
    find_differences,
    find_keys,
    let_go,
)
from bot.search.bm25 import top_k
from bot.search.memo import memoize

Kind = Literal["found", "with omissions", "altered", "not found", "too short"]

MAX_CHARACTERS = 4_000
MAX_PLACES = 5
MIN_WORDS = 3
# So many of a claim's words must stand in the articles in the same order: three in five, and six or all but one, and
# three; and three in five of the words that stand there must be claimed. Hardly a sentence about something else, or
# about the same matter in other words, comes near that in 270,000 words.
_NEAR, _ENOUGH, _FEWEST = 0.6, 6, 3
_LOOKED_AT = 200
_WINDOWS, _ALIGNED = 32, 3
_MOST_SLACK, _MOST_SKIPPED, _MOST_CELLS = 200, 3_000, 1_000_000
# Each word is a character, so that claims are found as strings are; what stands between sections, what is no word here.
_BREAK, _UNKNOWN = 0, 0x10FFFF

_LINE_MARK = re.compile(r"^[ \t]*+(?:>[> \t]*+)?(?:-?#{1,6}[ \t]++|[-*+•][ \t]++)?", re.MULTILINE)
_LINE_NUMBER = re.compile(r"^(\d{1,3})[.)][ \t]", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]*+)\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"\*+|~~|\|\||(?<![^\W_])[_`]+|[_`]+(?![^\W_])")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_DOTS = r"(?:…|\.{3,}|\. \. \.)"
_OMISSION = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}")

_MARKS = str.maketrans(
    dict.fromkeys("\"'“”„‟‘’‚‛«»‹›″′「」『』`´＂＇", "'") | dict.fromkeys("‐‑‒–—―−－", "-") | {"…": "..."}
    | dict.fromkeys("*_\\") | {chr(code): None for code in _INVISIBLE}
)  # fmt: skip
_REPEATED = re.compile(r"(['-])\1+")
_MOST_MARKS, _MOST_MARKUP = 40, 200

# What is written in Markdown but not read: where a link leads, HTML (no address in < >), the mark of a footnote.
_UNREAD = re.compile(
    r"\](?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\([^()]*+\))*+\))*+\)|\[[^\[\]]*+\])"
    r"|<(?![a-zA-Z][\w+.-]*:|[^<>\s]*@)[/!?a-zA-Z][^<>]*+>|\[\^[^\[\]\s]++\]",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Stretch(Span):
    """A stretch of one section: ``article.text[start:end]``, which begins in ``line`` of its file.

    ``plain`` is how it reads, ``sentences`` are those of the section's text that it is from: none where it stands in
    the heading alone. ``is_exact``: the claim has its punctuation too.
    """

    article: Article
    section: Section
    sentences: tuple[Sentence, ...]
    plain: str
    is_exact: bool = False

    @property
    def text(self) -> str:
        """The file's own characters."""
        return self.article.text[self.start : self.end]

    @property
    def is_from_heading(self) -> bool:
        """Whether it begins in the section's heading."""
        return not self.sentences or self.start < self.sentences[0].start


@dataclass(frozen=True, slots=True)
class Check:
    """What is to be said of a claim.

    "found": ``stretches`` are the places where it stands, at most five, those that are exact first, else in order.
    "with omissions": ``stretches`` are its pieces in order; the claim says itself that something is left out between.
    "altered": ``stretches`` is what is nearest to it, in pieces where the claim leaves something out, and
    ``differences`` go through the claim and all of that from beginning to end.
    "not found": nothing is near to it. "too short": it has fewer than three words.
    """

    claim: str
    kind: Kind
    stretches: tuple[Stretch, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the claim stands in the articles with all of its punctuation."""
        is_exact = [stretch.is_exact for stretch in self.stretches]
        return (
            any(is_exact)
            if self.kind == "found"
            else self.kind == "with omissions" and all(is_exact)
        )

    @property
    def alterations(self) -> tuple[Difference, ...]:
        """What is altered: the differences but for what is the same and what the claim says is left out."""
        return tuple(
            one
            for one in self.differences
            if one.kind != "same" and not (one.kind == "left out" and one.claimed)
        )


class QuotationChecker:
    """Checks claims against one library. It never changes once it is built."""

    def __init__(self, library: Library) -> None:
        """Go through the words of all sections once; keeps 8 bytes a word and each different word."""
        self._places = list(library.sections())
        self._section_begins, self._sentence_begins = array("q"), array("q")
        self._sentences: list[Sentence] = []
        self._code_of: dict[str, int] = {}
        codes, words = array("i"), []
        for article, section in self._places:
            self._section_begins.append(len(codes))
            heading = [_read_heading(article, section)] if section.heading else []
            for sentence in (*heading, *section.sentences):
                self._sentences.append(sentence)
                self._sentence_begins.append(len(codes))
                codes.extend(map(self._learn, find_keys(sentence.plain)))
            codes.append(_BREAK)
            # All at once, no other thread could do anything for a second.
            words.append("".join(map(chr, codes[self._section_begins[-1] :])))
        self._words = "".join(words)
        self._codes = np.array(codes, dtype=np.int32)
        self._counts = np.bincount(self._codes, minlength=1)
        self._join = memoize(QuotationChecker._join_sentences, self, 8)

    def _learn(self, key: str) -> int:
        """Give the code of a word. A library of a million different words has no codes for more: they are not found."""
        if len(self._code_of) < _UNKNOWN - 2:
            return self._code_of.setdefault(key, len(self._code_of) + 1)
        return self._code_of.get(key, _UNKNOWN - 1)

    def _encode(self, claim: NormalizedText) -> str:
        return "".join(chr(self._code_of.get(word.key, _UNKNOWN)) for word in claim.words)

    def check(self, claim: str) -> Check:
        """Check a claim of any length, whatever it is: its first 4,000 characters, whole words only; never raises."""
        if len(claim) > MAX_CHARACTERS:
            whole, _, rest = claim[: MAX_CHARACTERS + 1].rpartition(" ")
            claim = (whole or rest)[:MAX_CHARACTERS]
        readings = [
            reading for reading in map(NormalizedText.of, _read_claim(claim)) if _is_enough(reading)
        ]
        if not readings:
            return Check(claim, "too short")
        if found := [stretches for reading in readings if (stretches := self._find(reading))]:
            exact = (stretches for stretches in found if stretches[0].is_exact)
            return Check(claim, "found", next(exact, found[0]))
        reading = readings[0]
        openings = _find_openings(reading)
        if openings and (stretches := self._find_pieces(_cut_pieces(reading, openings))):
            return Check(claim, "with omissions", stretches)
        return self._compare(claim, reading, openings)

    def _find(self, claim: NormalizedText) -> tuple[Stretch, ...]:
        """Find where a claim stands as a whole."""
        wanted = self._encode(claim)
        found: list[Stretch] = []
        at = self._words.find(wanted)
        while (
            at >= 0
            and len(found) < _LOOKED_AT
            and sum(stretch.is_exact for stretch in found) < MAX_PLACES
        ):
            found.append(self._stretch(at, claim))
            at = self._words.find(wanted, at + len(wanted))
        return tuple(sorted(found, key=lambda stretch: not stretch.is_exact)[:MAX_PLACES])

    def _find_pieces(self, pieces: Sequence[NormalizedText]) -> tuple[Stretch, ...]:
        """Find pieces of a claim in their order in one section, where they stand closest together."""
        chains = islice(self._find_chains([self._encode(piece) for piece in pieces]), _LOOKED_AT)
        best = min(chains, key=lambda chain: chain[-1] - chain[0], default=None)
        return tuple(map(self._stretch, best, pieces)) if best else ()

    def _find_chains(self, wanted: Sequence[str]) -> Iterator[list[int]]:
        """Give where pieces stand one after the other in one section, each as close to the next as it can."""
        at = self._words.find(wanted[0])
        while at >= 0:
            _, end = self._section_span(at)
            chain = [at]
            for before, piece in pairwise(wanted):
                chain.append(self._words.find(piece, chain[-1] + len(before), end))
                if chain[-1] < 0:
                    break
            if chain[-1] < 0:
                at = self._words.find(wanted[0], end)
                continue
            for number in range(len(chain) - 2, -1, -1):
                chain[number] = self._words.rfind(wanted[number], at, chain[number + 1])
            yield chain
            at = self._words.find(wanted[0], chain[0] + 1)

    def _stretch(self, at: int, claim: NormalizedText) -> Stretch:
        """Give where a claim stands whose first word is the word ``at``."""
        excerpt = self._excerpt(at, at + len(claim.words))
        return excerpt.quote(at - excerpt.first, claim)

    def _excerpt(self, low: int, high: int) -> "_Excerpt":
        """Give the sentences of one section that hold the words from ``low`` to before ``high``."""
        return self._join(
            bisect_right(self._sentence_begins, low) - 1,
            bisect_right(self._sentence_begins, high - 1),
        )

    def _join_sentences(self, first: int, last: int) -> "_Excerpt":
        sentences = tuple(self._sentences[first:last])
        begin = self._sentence_begins[first]
        article, section = self._places[self._section_number(begin)]
        begins = tuple(one - begin for one in self._sentence_begins[first:last])
        return _Excerpt(
            article,
            section,
            sentences,
            NormalizedText.of(" ".join(one.plain for one in sentences)),
            begin,
            begins,
        )

    def _section_number(self, at: int) -> int:
        return bisect_right(self._section_begins, at) - 1

    def _section_span(self, at: int) -> tuple[int, int]:
        """Give where the words of the section begin and end that holds the word ``at``."""
        number = self._section_number(at)
        following = self._section_begins[number + 1 : number + 2]
        return self._section_begins[number], (following[0] if following else len(self._words)) - 1

    def _compare(
        self, text: str, claim: NormalizedText, openings: Mapping[int, tuple[int, int]]
    ) -> Check:
        """Say where a claim that does not stand in the articles departs from what is nearest to it."""
        wanted = self._encode(claim)
        parts = self._find_parts(wanted)
        enough = max(math.ceil(_NEAR * len(wanted)), min(len(wanted) - 1, _ENOUGH), _FEWEST)
        fewest = math.inf
        check = Check(text, "not found")
        for low, high in self._find_likest(wanted, parts):
            begin, end = self._section_span(low)
            reach = max(
                _slack(wanted), min(_MOST_SKIPPED, _MOST_CELLS // len(wanted)) if openings else 0
            )
            within = range(max(begin, low - reach), min(end, high + reach))
            if LCSseq.similarity(wanted, self._words[within.start : within.stop]) < enough:
                continue
            excerpt = self._excerpt(within.start, within.stop)
            steps = excerpt.align(claim, openings, within)
            same = sum(step.is_same for step in steps)
            other = sum(not (step.is_same or step.is_open) for step in steps)
            passed = sum(step.article is not None and not step.is_open for step in steps)
            if same >= enough and same >= _NEAR * passed and other < fewest:
                fewest, check = other, excerpt.compare(text, claim, steps, openings)
        return check

    def _find_parts(self, wanted: str) -> list[tuple[int, int]]:
        """Give the stretches, each of one section, that hold most of the weight of a claim's words, in any order."""
        weights = np.zeros(len(self._counts))
        known = np.array(sorted({ord(word) for word in wanted} - {_UNKNOWN}), dtype=np.int64)
        weights[known] = np.log1p(len(self._codes) / self._counts[known])
        sums = np.concatenate([[0.0], np.cumsum(weights[self._codes])])
        size = len(wanted) + _slack(wanted)
        begins = np.arange(0, len(self._codes), max(1, size // 4))
        ends = np.minimum(begins + size, len(self._codes))
        best = top_k(sums[ends] - sums[begins], _WINDOWS).tolist()
        return sorted(
            {
                part
                for number in best
                for part in self._parts(int(begins[number]), int(ends[number]))
            }
        )

    def _find_likest(self, wanted: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give the few of some stretches that have most of a claim's words in order, none of them overlapping."""
        likest: list[tuple[int, int]] = []
        for low, high in sorted(
            parts, key=lambda part: -LCSseq.similarity(wanted, self._words[slice(*part)])
        ):
            if len(likest) < _ALIGNED and all(high <= begin or end <= low for begin, end in likest):
                likest.append((low, high))
        return likest

    def _parts(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Cut a stretch where a section ends."""
        while low < high:
            _, end = self._section_span(low)
            yield low, min(end, high)
            low = end + 1


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """Whole sentences of one section as they read, with a blank between two.

    ``first`` is the library's number of their first word; ``begins`` are the places of the words that begin a sentence.
    """

    article: Article
    section: Section
    sentences: tuple[Sentence, ...]
    reading: NormalizedText
    first: int
    begins: tuple[int, ...]

    def quote(self, at: int, claim: NormalizedText) -> Stretch:
        """Give where a claim stands here word for word, beginning with the word ``at``."""
        end = at + len(claim.words)
        inside = all(
            _fold(claim.marks(number)) == _fold(self.reading.marks(at + number))
            for number in range(1, len(claim.words))
        )
        before = _agree(_OMISSION.sub("", claim.marks(0))[::-1], self.reading.marks(at)[::-1])
        behind = _agree(_OMISSION.sub("", claim.marks(len(claim.words))), self.reading.marks(end))
        begin = self.reading.words[at].start - (before or 0)
        stop = self.reading.words[end - 1].end + (behind or 0)
        return self._stretch(
            begin, stop, is_exact=inside and before is not None and behind is not None
        )

    def align(
        self, claim: NormalizedText, openings: Mapping[int, tuple[int, int]], within: range
    ) -> list[Step]:
        """Read a claim as a stretch of what stands here ``within`` some words of the library."""
        words = self.reading.words[within.start - self.first : within.stop - self.first]
        number_of: dict[str, int] = {}
        claimed = [number_of.setdefault(word.key, len(number_of)) for word in claim.words]
        article = [number_of.get(word.key, -1) for word in words]
        steps = align(claimed, article, openings.keys())
        placed = [
            step
            if step.article is None
            else step._replace(article=step.article + within.start - self.first)
            for step in steps
        ]
        return let_go(placed, claim, self.begins)

    def compare(
        self,
        text: str,
        claim: NormalizedText,
        steps: Sequence[Step],
        openings: Mapping[int, tuple[int, int]],
    ) -> Check:
        """Give the pieces of the stretch that a claim is read as, and what is different."""
        pieces = [
            [step.article for step in group if step.article is not None]
            for is_open, group in groupby(steps, key=lambda step: step.is_open)
            if not is_open
        ]
        stretches = tuple(self._show(piece[0], piece[-1] + 1) for piece in pieces if piece)
        check = Check(
            text, "altered", stretches, find_differences(steps, claim, self.reading, openings)
        )
        return (
            check
            if check.alterations
            else Check(text, "with omissions" if openings else "found", stretches)
        )

    def _show(self, first: int, end: int) -> Stretch:
        begin, stop = self.reading.cut(first), self.reading.cut(end)
        shown = self.reading.text[begin:stop]
        return self._stretch(
            begin + len(shown) - len(shown.lstrip()), stop - len(shown) + len(shown.rstrip())
        )

    def _stretch(self, begin: int, end: int, *, is_exact: bool = False) -> Stretch:
        """Carry a stretch of the text as it reads back to the file."""
        begins = list(
            accumulate((len(sentence.plain) + 1 for sentence in self.sentences[:-1]), initial=0)
        )
        first, last = bisect_right(begins, begin) - 1, bisect_right(begins, end - 1) - 1
        start = _locate(self.sentences[first], begin - begins[first], begin - begins[first] + 1)[0]
        line = (
            self.sentences[first].line
            + len(Lines(self.article.text[self.sentences[first].start : start]))
            - 1
        )
        stop = _locate(self.sentences[last], end - 1 - begins[last], end - begins[last])[1]
        sentences = self.sentences[first : last + 1]
        if self.section.heading and sentences[0].start == self.section.start:
            sentences = sentences[1:]
        return Stretch(
            self.article.file, line, start, stop,
            self.article, self.section, sentences, self.reading.text[begin:end], is_exact,
        )  # fmt: skip


def _read_heading(article: Article, section: Section) -> Sentence:
    """Give a section's heading as if it were a sentence."""
    end = min(section.end, section.start + 2 * len(section.heading) + _MOST_MARKUP)
    _, stops = _find_places(article.text[section.start : end], section.heading)
    end = section.start + stops[-1]
    return Sentence(
        section.file,
        section.line,
        section.start,
        end,
        article.text[section.start : end],
        section.heading,
    )


def _slack(wanted: str) -> int:
    return min(len(wanted) // 2, _MOST_SLACK) + 8


def _read_claim(claim: str) -> list[str]:
    """Give what a claim may say, the likeliest first: without Markdown, as it stands, without the numbers of a list."""
    as_typed = unicodedata.normalize("NFC", claim).translate(_INVISIBLE)
    lines = _LINE_MARK.sub("", as_typed)
    texts = _strip(lines), as_typed, _strip(_drop_numbers(lines))
    return list(dict.fromkeys(" ".join(text.split()) for text in texts))


def _strip(text: str) -> str:
    """Take links, backslashes and emphasis out of a text."""
    return _EMPHASIS.sub("", _ESCAPE.sub("", _LINK.sub(r"\1", text)))


def _drop_numbers(text: str) -> str:
    """Take the numbers of a list off its lines; a single one may be a date, and counts."""
    numbers = list(map(int, _LINE_NUMBER.findall(text)))
    is_list = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return _LINE_NUMBER.sub("", text) if is_list else text


def _is_enough(claim: NormalizedText) -> bool:
    return sum(any(map(str.isalnum, word.key)) for word in claim.words) >= MIN_WORDS


def _find_openings(claim: NormalizedText) -> dict[int, tuple[int, int]]:
    """Give the words before which a claim says that something is left out, each with where it says so.

    Only between pieces of three words or more: anything could be read into what is left out between single words.
    """
    marks = (
        (number, _OMISSION.search(claim.text, *claim.gap(number)))
        for number in range(1, len(claim.words))
    )
    spans = {number: mark.span() for number, mark in marks if mark}
    lengths = [end - begin for begin, end in pairwise((0, *spans, len(claim.words)))]
    return {
        number: span
        for (number, span), around in zip(spans.items(), pairwise(lengths), strict=True)
        if min(around) >= MIN_WORDS
    }


def _cut_pieces(
    claim: NormalizedText, openings: Mapping[int, tuple[int, int]]
) -> list[NormalizedText]:
    cuts = [0, *(place for span in openings.values() for place in span), len(claim.text)]
    return [
        NormalizedText.of(claim.text[begin:end].lstrip(" .,;:"))
        for begin, end in zip(cuts[::2], cuts[1::2], strict=True)
    ]


def _fold(marks: str) -> str:
    """Give what counts of the marks between two words: not blanks, not Markdown, not the shape of a mark."""
    return _REPEATED.sub(r"\1", "".join(marks.split()).translate(_MARKS))


def _agree(claimed: str, found: str) -> int | None:
    """Say how many of the marks found at an end of a claim are the claim's too; None where it has others.

    Quotation marks are taken along where both have them, and else do not count.
    """
    lengths = range(min(len(found), _MOST_MARKS) + 1)
    folded = [_fold(found[:length]) for length in lengths]
    wanted = _fold(claimed)
    if wanted in folded:
        return folded.index(wanted)
    bare = wanted.replace("'", "")
    return next((length for length in lengths if folded[length].replace("'", "") == bare), None)


def _locate(sentence: Sentence, begin: int, end: int) -> tuple[int, int]:
    """Give where ``plain[begin:end]`` of a sentence stands in its file; with the markup at its ends if it is whole."""
    start, stop = begin, end
    if sentence.text != sentence.plain:
        starts, stops = _find_places(sentence.text, sentence.plain)
        start, stop = starts[begin], stops[end - 1]
    return (
        sentence.start + start if begin else sentence.start,
        sentence.start + stop if end < len(sentence.plain) else sentence.end,
    )


def _find_places(text: str, plain: str) -> tuple[list[int], list[int]]:
    """Give for each character of a text as it reads where it begins and ends in the text as it is written.

    What looks like a reference may be none: then it is read. A character that is not there begins and ends with its
    neighbours.
    """
    for written in (_UNREAD.sub(lambda found: "\0" * len(found[0]), text), text):
        read, ends = _put_entities(written)
        places = _follow(read, plain)
        if not any(
            place is None and character.isalnum()
            for place, character in zip(places, plain, strict=True)
        ):
            break
    starts, stops = [], []
    before, behind = 0, len(text)
    for place in places:
        starts.append(before if place is None else place)
        before = before if place is None else ends.get(place, place + 1)
    for place in reversed(places):
        stops.append(behind if place is None else ends.get(place, place + 1))
        behind = behind if place is None else place
    return starts, stops[::-1]


def _put_entities(text: str) -> tuple[str, dict[int, int]]:
    """Put what an entity stands for where it begins, in a text of the same length; give where each ends, too."""
    read = list(text)
    ends: dict[int, int] = {}
    for found in _ENTITY.finditer(text):
        begin, end = found.span()
        meant = html.unescape(found[0])
        if meant != found[0]:
            read[begin:end] = meant.ljust(end - begin, "\0")
            ends |= dict.fromkeys(range(begin, begin + len(meant)), end)
    return "".join(read), ends


def _follow(text: str, plain: str) -> list[int | None]:
    """Find the characters of ``plain`` in ``text``, in order; what is no letter or digit, before the next of those."""
    places: list[int | None] = []
    at = 0
    for character in plain:
        place = text.find(character, at) if character.isalnum() else _find_mark(text, character, at)
        places.append(place if place >= 0 else None)
        at = place + 1 if place >= 0 else at
    return places


def _find_mark(text: str, mark: str, at: int) -> int:
    while mark != " " and at < len(text) and not text[at].isalnum():
        if text[at] == mark:
            return at
        at += 1
    return -1
