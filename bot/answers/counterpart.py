"""Counterparts: of two that an article speaks of together, the other one.

In: the one that a conversation was about, and lines about it. Out: the words that the article
treats as its counterpart:

1. those of which a heading says the same ("What Kyiv wants", "What Moscow wants");
2. else the one beside the quoted sentence that does the same ("Kyiv said that … Moscow said …");
3. else the one that is found most often together with it. What is joined by "and" or "or" counts
   most ("Russia and Ukraine", "hot or cold"), so does what stands in the same title or begins a
   line near to one that the side begins, and less what is named in the same line.

A part of the side's own name is no counterpart ("Anna" of "Keller", where "Anna Keller" is found).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from bot.answers.substitution import Part, WordKinds
from bot.search.analysis.tokens import TokenizedText, fold, tokenize

# What two words count for where they are joined, ...
_JOINED = 3
# ... for standing in the same title or heading, ...
_IN_TITLE = 3
# ... for beginning lines near to each other, ...
_PARALLEL = 3
# ... and for standing in the same line, if they are names.
_SAME_LINE = 1
# Lines are near with at most so many steps between them.
_NEAR_LINES = 2
# So many words may stand between two that are joined ("Russia and the Ukraine").
_MOST_BETWEEN = 2
# The name of a side in a heading has at most so many words, small ones included.
_MOST_NAME_WORDS = 5
# So many pairs of headings are compared at most: that takes a fifth of a second.
_MOST_PAIRS = 50_000
# What joins two, in the languages that are known.
_JOINING_WORDS = (
    "and or with versus vs but und oder et ou y o e i oraz lub і й та або и или ve veya"
)
_JOINING = frozenset(map(fold, _JOINING_WORDS.split()))


@dataclass(frozen=True, slots=True)
class Side:
    """The one of two that a conversation was about: the terms it goes by, and what it is."""

    terms: Set[str]
    kind: Part


class _Line:
    """A line as words, with their terms."""

    def __init__(self, text: str, kinds: WordKinds) -> None:
        self._text = text
        self.words = tokenize(text)
        self.terms = list(map(kinds.term_of, self.words))
        self._kinds = kinds

    @property
    def first_term(self) -> str:
        """The term of the first word; empty where it has none."""
        return self.terms[0] if self.terms else ""

    def find_kind(self, position: int) -> Part:
        """Give the kind of the word at a position."""
        word = self.words[position]
        return self._kinds.find_kind(word, fold(word))

    def find_others(self, side: Side) -> list[int]:
        """Give the positions of the words of a side's kind, other than it, in a line about it."""
        if side.terms.isdisjoint(self.terms):
            return []
        return [at for at in range(len(self.terms)) if self.is_other(at, side)]

    def is_other(self, position: int, side: Side) -> bool:
        """Say whether the word at a position may be the counterpart of a side."""
        term = self.terms[position]
        return bool(term) and term not in side.terms and self.find_kind(position) is side.kind

    def find_name_parts(self, side: Side) -> list[str]:
        """Give the terms that make one name with a side: a blank alone stands between them."""
        found: list[str] = []
        for position in self.find_others(side):
            around = self.words[max(position - 1, 0) : position + 2]
            terms = self.terms[max(position - 1, 0) : position + 2]
            pairs = zip(around, around[1:], terms, terms[1:], strict=False)
            for first, second, *both in pairs:
                if not side.terms.isdisjoint(both) and writes_as_name(self._text, first, second):
                    found.append(self.terms[position])
        return found

    def is_joined(self, position: int, side: Side) -> bool:
        """Say whether "and" or the like stands between the word at a position and a side."""
        for step in (-1, 1):
            between: list[str] = []
            end = position + step * (_MOST_BETWEEN + 2)
            for other in range(position + step, end, step):
                if not 0 <= other < len(self.words):
                    break
                if self.terms[other] in side.terms:
                    return not _JOINING.isdisjoint(between)
                between.append(fold(self.words[other]))
        return False


def writes_as_name(text: str, first: str, second: str) -> bool:
    """Say whether two words stand side by side in a text, with nothing but a blank between."""
    name = rf"\b{re.escape(first)}\s{re.escape(second)}\b"
    return re.search(name, text, re.IGNORECASE) is not None


class _Heading:
    """A heading as words, with what is compared of each: its term, or the small word itself."""

    def __init__(self, text: str, term_of: Callable[[str], str]) -> None:
        self.words = tokenize(text)
        self.terms = list(map(term_of, self.words))
        self.keys = [term or fold(word) for word, term in zip(self.words, self.terms, strict=True)]
        self.keys_from_end = self.keys[::-1]

    def has_term_of(self, keys: Set[str]) -> bool:
        """Say whether a word that says something is one of some."""
        return not keys.isdisjoint(filter(None, self.terms))

    def find_name(self, other: "_Heading") -> range:
        """Give the positions of the words that this heading has in the place of others' words.

        There are none unless both have such words, and share others that say something.
        """
        shorter = min(len(self.keys), len(other.keys))
        before = _count_equal(self.keys, other.keys)
        behind = _count_equal(self.keys_from_end, other.keys_from_end)
        shared = [*self.terms[:before], *self.terms[len(self.terms) - behind :]]
        if before + behind >= shorter or not any(shared):
            return range(0)
        return self._strip(range(before, len(self.keys) - behind))

    def _strip(self, positions: range) -> range:
        """Leave out small words at both ends; too long a name is none."""
        telling = [position for position in positions if self.terms[position]]
        if not telling or len(positions) > _MOST_NAME_WORDS:
            return range(0)
        return range(telling[0], telling[-1] + 1)


def _count_equal(one: Sequence[str], other: Sequence[str]) -> int:
    """Count how many items two sequences have in common from their beginning."""
    pairs = zip(one, other, strict=False)
    different = (place for place, (mine, its) in enumerate(pairs) if mine != its)
    return next(different, min(len(one), len(other)))


def find_in_headings(
    question: TokenizedText, headings: Sequence[str], term_of: Callable[[str], str]
) -> tuple[range, str] | None:
    """Find the side that a question names in a heading, of whose counterpart another says the same.

    Gives the positions of its name in the question, and the counterpart as the heading writes it;
    None without one, with several, or where too many headings might name it.
    """
    asked = [term_of(word) or folded for word, folded in _pair_folded(question)]
    read = [_Heading(text, term_of) for text in dict.fromkeys(headings)]
    asked_keys = frozenset(asked)
    naming = [heading for heading in read if heading.has_term_of(asked_keys)]
    if len(naming) * len(read) > _MOST_PAIRS:
        return None
    for heading in naming:
        names = [heading.find_name(other) for other in read]
        place_of = {
            name: _find_within(asked, heading.keys[name.start : name.stop]) for name in set(names)
        }
        found: dict[str, range] = {}
        for name, other in zip(names, read, strict=True):
            other_name = other.find_name(heading) if place_of[name] else range(0)
            if other_name:
                words = other.words[other_name.start : other_name.stop]
                found[" ".join(words)] = place_of[name]
        if len(found) == 1:
            ((counterpart, positions),) = found.items()
            return positions, counterpart
    return None


def _pair_folded(text: TokenizedText) -> Iterable[tuple[str, str]]:
    """Give the words of a text, each with its folded form."""
    return zip(text.tokens, text.folded, strict=True)


def _find_within(keys: Sequence[str], part: Sequence[str]) -> range:
    """Give where a part stands in a sequence; nothing stands nowhere."""
    length = len(part)
    for start in range(len(keys) - length + 1) if length else ():
        if keys[start : start + length] == part:
            return range(start, start + length)
    return range(0)


def find_parallel(side: Side, quoted: str, beside: Iterable[str], kinds: WordKinds) -> str:
    """Give the first word of a sentence beside the quoted one that goes on like it; else "".

    Both have the same second word. There is none where the quoted one does not begin with the side.
    """
    line = _Line(quoted, kinds)
    if line.first_term not in side.terms or len(line.words) == 1:
        return ""
    for text in beside:
        other = _Line(text, kinds)
        is_new = other.first_term and other.first_term not in side.terms
        if is_new and len(other.words) > 1 and other.words[1] == line.words[1]:
            return other.words[0]
    return ""


def find_counterpart(
    side: Side, lines: Iterable[str], titles: Sequence[str], kinds: WordKinds
) -> str:
    """Give the word, as written, that is most often found together with a side; else "".

    ``lines`` are the sentences of an article, in order, ``titles`` its title and headings. A name
    has a name as its counterpart. Any other word has one that it is joined with.
    """
    title_lines = [_Line(title, kinds) for title in titles]
    body = [_Line(text, kinds) for text in lines]
    scores = _score_joined([*title_lines, *body], side)
    if side.kind is Part.NAME:
        for line in title_lines:
            for position in line.find_others(side):
                scores[line.terms[position]] += _IN_TITLE
        _add_parallels(scores, body, side)
        _leave_out_name_parts(scores, [*title_lines, *body], side)
    best = max(scores, key=scores.__getitem__, default="")
    holders = (line for line in (*title_lines, *body) if best and best in line.terms)
    holder = next(holders, None)
    return "" if holder is None else holder.words[holder.terms.index(best)]


def _score_joined(lines: Iterable[_Line], side: Side) -> Counter[str]:
    """Score the terms that stand in the same lines as a side, or are joined with it."""
    scores: Counter[str] = Counter()
    for line in lines:
        for position in line.find_others(side):
            if line.is_joined(position, side):
                scores[line.terms[position]] += _JOINED
            elif side.kind is Part.NAME:
                scores[line.terms[position]] += _SAME_LINE
    return scores


def _leave_out_name_parts(scores: Counter[str], lines: Iterable[_Line], side: Side) -> None:
    """Leave out the terms that are parts of a side's own name."""
    for line in lines:
        for term in line.find_name_parts(side):
            del scores[term]


def _add_parallels(scores: Counter[str], lines: Sequence[_Line], side: Side) -> None:
    """Score the names that begin lines near to those that a side begins, too."""
    for place, line in enumerate(lines):
        if line.first_term not in side.terms:
            continue
        near = lines[max(place - _NEAR_LINES, 0) : place + _NEAR_LINES + 1]
        for other in near:
            if other.terms and other.is_other(0, side):
                scores[other.first_term] += _PARALLEL
