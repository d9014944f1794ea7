"""Templates: sentences with alternatives and gaps, made into regular expressions.

In: lines of a small language. Out: patterns for texts of folded words. A line is words with blanks
between them:

- ``wrote|made``: one of these; ``sum_up`` is two words;
- ``the?``: may be missing; ``the*``: any number of them;
- ``DOC``: a macro, which is a list of such lines, or a gap, which is any words.

What stands in a gap, and in some macros, is given by its name.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count

from bot.search.analysis.tokens import fold

# A gap of a language with blanks, or without: as few words or characters as the rest leaves.
_SPACED_GAP = r"(?:\S+ ){1,12}?"
_UNSPACED_GAP = r".{1,24}?"
# What stands for any words, and the name under which it is given.
_GAPS = {"X": "topic", "NAME": "name", "SUBJECT": "subject", "REST": "rest"}
# Macros whose words are given too, and the name.
_KEPT_MACROS = {
    "IT": "pronoun",
    # "By whom?" leaves the pronoun out.
    "WITHOUT_IT": "pronoun",
    "MAYBE_IT": "loose",
    "WEAK": "weak",
    "NOUN": "noun",
    "THIS": "this",
    "COUNT": "count",
    "PART": "part",
}
_MARKS = "?*"
_DIGITS = "DIGITS"
# Among the words that a line may begin or end with: all words. No folded word is written large.
_ANY = "ANY"
# Options that hold any words or numbers, so that no list of words tells whether they are there.
_OPEN = (_DIGITS, "COUNT", "MANNER", "CHILD", "TITLED")
# Words of so many letters stand in most sentences.
_MAX_SHORT = 4
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE_S = re.compile(r"['’‘ʼ`´′＇]s\b", re.IGNORECASE)
_NUMBERED = re.compile(r"_[0-9]+$")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text as patterns see it: ``folded`` words, each with a blank behind it, or none at all.

    ``folded_words`` are the same words, and ``words`` as they were typed; empty without blanks.
    """

    folded: str
    folded_words: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def fold(cls, text: str, *, has_blanks: bool) -> "FoldedText":
        """Fold a text; an apostrophe parts words ("l'auteur"), but for a possessive ending."""
        if not has_blanks:
            return cls(fold_unspaced(text), (), ())
        words = tuple(split_words(text))
        return cls.join(tuple(map(fold, words)), words)

    @classmethod
    def join(cls, folded_words: tuple[str, ...], words: tuple[str, ...]) -> "FoldedText":
        """Take words of a language with blanks, folded and as typed."""
        return cls(" ".join((*folded_words, "")), folded_words, words)

    @property
    def edges(self) -> tuple[str, str]:
        """The first and the last word, folded; of a text without blanks both are the text."""
        words = self.folded_words or (self.folded,)
        first, last = words[0], words[-1]
        return first, last

    def find_typed(self, start: int, end: int) -> str:
        """Give what was typed for a stretch of ``folded``."""
        if not self.words:
            return self.folded[start:end].strip()
        first = self.folded.count(" ", 0, start)
        behind = self.folded.count(" ", 0, end)
        return " ".join(self.words[first:behind])


def split_words(text: str) -> Iterator[str]:
    """Give the words of a text as typed."""
    may_be_possessive = not text.isascii() or "'" in text or "`" in text
    yield from _WORD.findall(_APOSTROPHE_S.sub(" ", text) if may_be_possessive else text)


def fold_unspaced(text: str) -> str:
    """Fold a text of a language whose words are not parted: no blanks, no marks."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_WORD.findall(normal))


class Template:
    """One line, compiled when a text may fit it."""

    def __init__(self, line: str, reader: "TemplateReader") -> None:
        """Find what the line needs; nothing is compiled yet."""
        self._line = line
        self._reader = reader
        # For each word of the line that may not be missing: the words that may stand for it.
        self._needed = reader.list_needed_words(line)

    @property
    def telling_words(self) -> frozenset[str]:
        """Few words, and rare ones, of which any text that fits has one."""
        every_word = self._reader.list_words(self._line)
        return min(self._needed, key=_rank_telling, default=every_word)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return self._reader.compile(self._line)

    @property
    def first_words(self) -> frozenset[str]:
        """The folded words that a text may begin with that fits, as of ``list_first_words``."""
        return self._reader.list_first_words(self._line.split())

    @property
    def last_words(self) -> frozenset[str]:
        """The folded words that a text may end with that fits, as of ``list_last_words``."""
        return self._reader.list_last_words(self._line.split())

    def match(self, text: FoldedText, words: Set[str]) -> re.Match[str] | None:
        """Match a whole text, whose folded words are ``words``; of one without blanks, none.

        The words of the line are looked for first: to compile it takes far longer.
        """
        if words and any(map(words.isdisjoint, self._needed)):
            return None
        return self._pattern.fullmatch(text.folded)


class EdgeIndex:
    """The positions of templates by the words that a text which fits them begins and ends with."""

    def __init__(self, templates: Mapping[int, Template]) -> None:
        """Take templates by their positions."""
        first_words = {position: one.first_words for position, one in templates.items()}
        last_words = {position: one.last_words for position, one in templates.items()}
        self._by_first = _index(first_words)
        self._by_last = _index(last_words)

    def find(self, text: FoldedText) -> list[int]:
        """Give the positions of the templates that a text may fit, in order."""
        first, last = text.edges
        by_first = _look_up(first, self._by_first)
        by_last = _look_up(last, self._by_last)
        return sorted(by_first & by_last)


def _index(words_of_positions: Mapping[int, Set[str]]) -> Mapping[str, Set[int]]:
    """Give the positions of each word; those of any words are among them."""
    positions: defaultdict[str, set[int]] = defaultdict(set)
    for position, words in words_of_positions.items():
        for word in words:
            positions[word].add(position)
    of_any = positions[_ANY]
    positions[_DIGITS] |= of_any
    return {word: found | of_any for word, found in positions.items()}


def _look_up(word: str, positions: Mapping[str, Set[int]]) -> Set[int]:
    """Give the positions that a word has, by itself or as one of any words or numbers."""
    found = positions.get(word, positions[_ANY])
    return found | positions[_DIGITS] if word.isdigit() else found


class Ends:
    """What may stand before and behind a request, repeated, and counts for nothing."""

    def __init__(
        self, patterns: tuple[re.Pattern[str], re.Pattern[str]], words: tuple[Set[str], Set[str]]
    ) -> None:
        """Take the patterns of what stands before and behind.

        ``words`` are those that the one may begin and the other may end with.
        """
        self._first, self._last = patterns
        self._first_words, self._last_words = words

    def strip(self, text: FoldedText) -> FoldedText:
        """Take what counts for nothing off both ends."""
        first, last = text.edges
        start, end = 0, len(text.folded)
        # Most texts begin and end with something else.
        if _is_among(first, self._first_words):
            begun = self._first.match(text.folded)
            start = begun.end() if begun else 0
        if _is_among(last, self._last_words):
            ended = self._last.search(text.folded, start)
            end = ended.start() if ended else end
        if not start and end == len(text.folded):
            return text
        skipped = text.folded.count(" ", 0, start)
        kept = text.folded.count(" ", start, end)
        place = slice(skipped, skipped + kept)
        return FoldedText(text.folded[start:end], text.folded_words[place], text.words[place])


def _is_among(word: str, words: Set[str]) -> bool:
    """Say whether a word is one of some, of which ``_ANY`` and ``_DIGITS`` stand for others."""
    return word in words or _ANY in words or (word.isdigit() and _DIGITS in words)


@cache
def _rank_telling(words: frozenset[str]) -> tuple[bool, int]:
    """Rank words by how much they tell: long ones are rare."""
    has_short = any(len(word) <= _MAX_SHORT for word in words)
    return has_short, len(words)


class TemplateReader:
    """The macros of one language, by which its templates are read."""

    def __init__(self, macros: Mapping[str, str], *, has_blanks: bool) -> None:
        """Take macros as name and lines; ``has_blanks`` says whether words have blanks between."""
        self._macros = macros
        self._has_blanks = has_blanks
        # What was told of tokens, and of tokens and the edge of a line that they stand at.
        self._words_of_tokens: dict[str, frozenset[str]] = {}
        self._edge_words: dict[tuple[str, int], frozenset[str]] = {}

    def read(self, lines: str) -> list[Template]:
        """Read templates, one a line."""
        return [Template(line, self) for line in lines.splitlines() if line.strip()]

    def compile(self, lines: str) -> re.Pattern[str]:
        """Make one pattern of all lines; it matches folded words with a blank behind each."""
        return re.compile(self._read_lines(lines, count()))

    def compile_ends(self, first: str, last: str) -> Ends:
        """Take the lines of what may stand before and behind a request, repeated."""
        numbers = count()
        begin = f"(?:{self._read_lines(first, numbers)})*"
        boundary = r"(?:^|(?<= ))" if self._has_blanks else ""
        end = f"(?:{boundary}{self._read_lines(last, numbers)})*$"
        patterns = re.compile(begin), re.compile(end)
        # Without blanks it is not known where words begin.
        first_words = last_words = frozenset((_ANY,))
        if self._has_blanks:
            lines = list(map(str.split, first.splitlines()))
            first_words = frozenset[str]().union(*map(self.list_first_words, filter(None, lines)))
            lines = list(map(str.split, last.splitlines()))
            last_words = frozenset[str]().union(*map(self.list_last_words, filter(None, lines)))
        return Ends(patterns, (first_words, last_words))

    def list_words(self, lines: str) -> frozenset[str]:
        """Give all folded words that stand in lines and in the macros that they use."""
        return frozenset[str]().union(*map(self._list_words_of_token, lines.split()))

    def list_needed_words(self, line: str) -> list[frozenset[str]]:
        """Give for each word of a line that may not be missing the words that stand for it."""
        needed = []
        for token in line.split():
            options = set(token.split("|"))
            is_open = token[-1] in _MARKS or not options.isdisjoint((*_GAPS, *_OPEN))
            if not is_open:
                needed.append(self._list_words_of_token(token))
        return needed

    def _list_words_of_token(self, token: str) -> frozenset[str]:
        known = self._words_of_tokens.get(token)
        if known is not None:
            return known
        words: set[str] = set()
        for option in token.rstrip(_MARKS).split("|"):
            if option in self._macros:
                words |= self.list_words(self._macros[option])
            elif option not in _GAPS:
                words.update(self._fold(option).split())
        listed = frozenset(words)
        self._words_of_tokens[token] = listed
        return listed

    def list_first_words(self, tokens: Sequence[str]) -> frozenset[str]:
        """Give the folded words that a text may begin with that fits a line, given by its tokens.

        ``_ANY`` stands for all words, and ``_DIGITS`` for numbers.
        """
        return self._list_edge_words(tokens, 0)

    def list_last_words(self, tokens: Sequence[str]) -> frozenset[str]:
        """Give what ``list_first_words`` gives, for the end of a text."""
        return self._list_edge_words(tokens, -1)

    def _list_edge_words(self, tokens: Sequence[str], edge: int) -> frozenset[str]:
        words: set[str] = set()
        for token in tokens if edge == 0 else reversed(tokens):
            words |= self._list_edge_words_of_token(token.rstrip(_MARKS), edge)
            if token[-1] not in _MARKS:
                return frozenset(words)
        # Nothing of the line need be there.
        return frozenset((_ANY,))

    def _list_edge_words_of_token(self, token: str, edge: int) -> frozenset[str]:
        known = self._edge_words.get((token, edge))
        if known is not None:
            return known
        words: set[str] = set()
        for option in token.split("|"):
            if option in self._macros:
                lines = self._macros[option].splitlines()
                edges = [self._list_edge_words(line.split(), edge) for line in lines if line]
                words = words.union(*edges)
            elif option == _DIGITS:
                words.add(_DIGITS)
            else:
                folded = "" if option in _GAPS else self._fold(option)
                words.add(folded.split()[edge] if folded else _ANY)
        listed = frozenset(words)
        self._edge_words[token, edge] = listed
        return listed

    def _fold(self, option: str) -> str:
        text = option.replace("_", " ")
        words = text.split()
        if self._has_blanks and all(map(_is_folded, words)):
            return "".join(f"{word} " for word in words)
        return FoldedText.fold(text, has_blanks=self._has_blanks).folded

    def _read_lines(self, lines: str, numbers: Iterator[int]) -> str:
        options = [self._read_line(line, numbers) for line in lines.splitlines() if line.strip()]
        return f"(?:{'|'.join(options)})"

    def _read_line(self, line: str, numbers: Iterator[int]) -> str:
        return "".join(self._read_token(token, numbers) for token in line.split())

    def _read_token(self, token: str, numbers: Iterator[int]) -> str:
        body = token.rstrip(_MARKS)
        mark = token[len(body) :]
        options = [self._read_option(option, numbers) for option in body.split("|")]
        return f"(?:{'|'.join(options)}){mark}"

    def _read_option(self, option: str, numbers: Iterator[int]) -> str:
        if option in _GAPS:
            gap = _SPACED_GAP if self._has_blanks else _UNSPACED_GAP
            return f"(?P<{_GAPS[option]}_{next(numbers)}>{gap})"
        if option in self._macros:
            inside = self._read_lines(self._macros[option], numbers)
            kept = _KEPT_MACROS.get(option)
            return f"(?P<{kept}_{next(numbers)}>{inside})" if kept else inside
        if option == _DIGITS:
            return r"[0-9]{1,3} " if self._has_blanks else r"[0-9]{1,3}"
        return re.escape(self._fold(option))


def _is_folded(word: str) -> bool:
    """Say whether a word is folded as it is written, by the letters that most words have."""
    return word.isascii() and word.isalpha() and word.islower()


def read_groups(match: re.Match[str], text: FoldedText) -> dict[str, str]:
    """Give what was typed in the gaps and kept macros of a match, by their names."""
    found = {}
    for numbered, words in match.groupdict().items():
        if words is not None:
            start, end = match.span(numbered)
            found[_NUMBERED.sub("", numbered)] = text.find_typed(start, end)
    return found
