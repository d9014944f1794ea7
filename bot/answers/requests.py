"""Requests: whether a text asks for a summary, or about the articles themselves.

In: a text. Out: what it asks for, by its form alone, in any of the languages that have forms; None
for a question. Polite words, excuses ("im on my phone") and misspelt words of the forms do not
count. Whether the articles have something that the same words name is decided in
``request_server.py``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property

from bot.answers.request_model import Aspect, Request, RequestWords
from bot.answers.request_templates import (
    EdgeIndex,
    Ends,
    FoldedText,
    Template,
    TemplateReader,
    read_groups,
    split_words,
)
from bot.answers.request_words import LANGUAGES, WITHOUT_BLANKS, read_request_words
from bot.articles.languages import find_question_language
from bot.search.analysis.tokens import TokenizedText, fold

# A request is short, and so are the excuses beside it.
_MAX_CHARACTERS = 200
_MAX_CLAUSES = 4
# Shorter words have too many neighbours to be mended; longer ones may have two faults.
_MIN_MENDED = 5
_MIN_MENDED_TWICE = 9
_MAX_MENDED = 3
_ENGLISH = "en"
# "TL;DR" in all its spellings.
_TLDR = re.compile(r"\b(?:t\W?l\W{0,2}d\W?r|t[ld]rl|tdlr|tlrd)\b", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[,;.!?…\n()–—:，。！？；、：]+|\s-+\s")
# The order in which forms are tried: a summary may be of anything, so that it comes last.
_ASPECTS: Sequence[Aspect] = (
    "mentions",
    "author",
    "date",
    "source",
    "length",
    "articles",
    "sections",
    "language",
    "summary",
)


def find_request(question: TokenizedText, is_known: Callable[[str], bool]) -> Request | None:
    """Tell what a text asks for; None where it is a question for the articles' text.

    ``is_known(word)`` says whether a folded word is right as it is, so that it is not taken for a
    misspelt word of a request.
    """
    if len(question.text) > _MAX_CHARACTERS:
        return None
    text = _TLDR.sub("tldr", unicodedata.normalize("NFC", question.text))
    clauses = [clause for clause in _CLAUSE_ENDS.split(text) if clause.strip()]
    if not 0 < len(clauses) <= _MAX_CLAUSES:
        return None
    spaced = [_fold_clause(clause, question) for clause in clauses]
    words = {word for clause in spaced for word in clause.folded_words}
    unknown = {word for word in words if len(word) >= _MIN_MENDED and not is_known(word)}
    for forms, is_likely in _choose_forms(text):
        request = forms.find(clauses, spaced, unknown if is_likely else frozenset())
        if request is not None:
            return request
    return None


def asks_for_article(text: str) -> bool:
    """Say whether a text asks for a summary or for an article itself, by its form alone."""
    request = find_request(TokenizedText.tokenize(text), _is_any_word)
    return request is not None and request.aspect != "mentions"


def _fold_clause(clause: str, question: TokenizedText) -> FoldedText:
    """Fold a clause of a question, whose own words are folded already."""
    words = tuple(split_words(clause))
    folded_words = question.folded
    if words != question.tokens:
        folded_words = tuple(map(fold, words))
    return FoldedText.join(folded_words, words)


def _is_any_word(_: str) -> bool:
    return True


def _choose_forms(text: str) -> "Iterator[tuple[_RequestForms, bool]]":
    """Give the forms of the languages that a text may be in, and whether it likely is.

    English comes first, which is typed everywhere, and then the text's own language.
    """
    own = find_question_language(text)
    likely = [language for language in dict.fromkeys((_ENGLISH, own)) if language in LANGUAGES]
    for language in likely:
        yield _read_forms(language), language == own or not own
    if text.isascii() and own == _ENGLISH:
        return
    for language in LANGUAGES:
        may_fit = language not in WITHOUT_BLANKS or not text.isascii()
        if language not in likely and may_fit:
            yield _read_forms(language), False


@cache
def _read_forms(language: str) -> "_RequestForms":
    return _RequestForms(read_request_words(language))


class _RequestForms:
    """The forms of requests of one language; what they are made of is compiled when needed."""

    def __init__(self, words: RequestWords) -> None:
        self._words = words
        self.has_blanks = words.has_blanks
        self._reader = TemplateReader(words.macros, has_blanks=words.has_blanks)
        asker = words.asker.split()
        self._asker = frozenset(map(fold, asker))

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """All words of the forms, folded."""
        words = self._words
        around = (words.polite_first, words.polite_last, words.giving_first)
        blocks = [*words.templates.values(), *around]
        lists = map(self._reader.list_words, blocks)
        return frozenset[str]().union(*lists)

    @cached_property
    def _long_words(self) -> list[str]:
        """The words that misspelt ones are compared with."""
        return sorted(word for word in self._vocabulary if len(word) >= _MIN_MENDED)

    @cached_property
    def _templates(self) -> list[tuple[Aspect, Template]]:
        """All templates with what they ask for, in the order in which they are tried."""
        templates = []
        for aspect in _ASPECTS:
            lines = self._words.templates.get(aspect, "")
            templates += [(aspect, template) for template in self._reader.read(lines)]
        return templates

    @cached_property
    def _signals(self) -> frozenset[str]:
        """The words without one of which nothing is a request."""
        return frozenset((*self._positions[False], *self._positions[True]))

    @cached_property
    def _positions(self) -> dict[bool, dict[str, list[int]]]:
        """For a word, the positions of the templates that it may tell, apart for mentions."""
        positions: dict[bool, dict[str, list[int]]] = {False: {}, True: {}}
        for position, (aspect, template) in enumerate(self._templates):
            told = positions[aspect == "mentions"]
            for word in template.telling_words:
                told.setdefault(word, []).append(position)
        return positions

    @cached_property
    def _edges(self) -> Mapping[bool, EdgeIndex]:
        """The templates by the words that they begin and end with, apart for mentions."""
        of_mentions: dict[int, Template] = {}
        others: dict[int, Template] = {}
        for position, (aspect, template) in enumerate(self._templates):
            told = of_mentions if aspect == "mentions" else others
            told[position] = template
        return {True: EdgeIndex(of_mentions), False: EdgeIndex(others)}

    @cached_property
    def _polite_ends(self) -> Ends:
        words = self._words
        return self._reader.compile_ends(words.polite_first, words.polite_last)

    @cached_property
    def _giving_ends(self) -> Ends:
        words = self._words
        first = f"{words.polite_first}\n{words.giving_first}"
        return self._reader.compile_ends(first, words.polite_last)

    def find(
        self, clauses: Sequence[str], spaced: Sequence[FoldedText], unknown: Set[str]
    ) -> Request | None:
        """Find a request in a text, or in one of its clauses beside excuses.

        ``spaced`` are the clauses folded by words, ``unknown`` those of them that may be misspelt.
        """
        if self.has_blanks:
            folded = self._mend(spaced, unknown)
        else:
            folded = [FoldedText.fold(clause, has_blanks=False) for clause in clauses]
        if not any(map(self._may_ask, folded)):
            return None
        if len(folded) == 1:
            return self._read(folded[0])
        whole = _join(folded)
        return self._read(whole) or self._find_clause(folded)

    def _find_clause(self, folded: Sequence[FoldedText]) -> Request | None:
        """Find the clause that is a request, if all others are excuses."""
        if len(folded) - sum(map(self._is_excuse, folded)) > 1:
            return None
        for position, clause in enumerate(folded):
            request = self._read(clause)
            if request is None:
                continue
            before, behind = folded[:position], folded[position + 1 :]
            if request.has_pronoun and any(map(self._says_something, before)):
                return None
            return request if all(map(self._is_excuse, (*before, *behind))) else None
        return None

    def _mend(self, texts: Sequence[FoldedText], unknown: Set[str]) -> list[FoldedText]:
        """Mend misspelt words; where there are many, the text is of another language."""
        misspelt = unknown - self._vocabulary if unknown else unknown
        if not 0 < len(misspelt) <= _MAX_MENDED:
            return list(texts)
        meant = {word: self._find_meant(word) for word in misspelt}
        mended = []
        for text in texts:
            words = [meant.get(word, word) for word in text.folded_words]
            folded = FoldedText.join(tuple(words), text.words)
            mended.append(folded)
        return mended

    def _find_meant(self, word: str) -> str:
        """Give the word of the forms that is spelt alike; the word itself where there is none."""
        # Most questions have no misspelt word.
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        most = 2 if len(word) >= _MIN_MENDED_TWICE else 1
        found = process.extractOne(word, self._long_words, scorer=OSA.distance, score_cutoff=most)
        return found[0] if found else word

    def _may_ask(self, text: FoldedText) -> bool:
        if self.has_blanks:
            return not self._signals.isdisjoint(text.folded_words)
        return any(signal in text.folded for signal in self._signals)

    def _read(self, text: FoldedText) -> Request | None:
        """Read a text that is a request as a whole, but for what is polite."""
        polite = self._polite_ends.strip(text)
        given = self._giving_ends.strip(polite)
        # "Tell me anything about" is a question for the text, and "anything about" is a request.
        request = self._match(polite, is_mention=True) or self._match(given, is_mention=False)
        if request is None and given.folded != polite.folded:
            request = self._match(polite, is_mention=False)
        return request

    def _match(self, text: FoldedText, *, is_mention: bool) -> Request | None:
        positions = self._find_positions(text, is_mention=is_mention) if text.folded else []
        if not positions:
            return None
        words = frozenset(text.folded_words)
        for position in positions:
            aspect, template = self._templates[position]
            match = template.match(text, words)
            if match is not None:
                return self._make_request(aspect, read_groups(match, text))
        return None

    def _find_positions(self, text: FoldedText, *, is_mention: bool) -> list[int]:
        """Find the templates that a text may fit, in order."""
        if self.has_blanks:
            return self._edges[is_mention].find(text)
        positions = self._positions[is_mention]
        told = {word for word in positions if word in text.folded}
        return sorted({position for word in told for position in positions[word]})

    def _make_request(self, aspect: Aspect, groups: dict[str, str]) -> Request:
        rest = groups.get("rest", "")
        if self._speaks_of_asker(rest):
            rest = ""
        noun = groups.get("weak") or groups.get("noun", "")
        return Request(
            aspect,
            topic=groups.get("topic", ""),
            name=groups.get("name", ""),
            subject=groups.get("subject", ""),
            rest=rest,
            noun="" if "this" in groups else noun,
            is_weak="weak" in groups,
            is_part="part" in groups,
            has_pronoun="pronoun" in groups,
            is_loose="loose" in groups,
            sentences=self._read_number(groups.get("count", "")),
        )

    def _speaks_of_asker(self, text: str) -> bool:
        folded = FoldedText.fold(text, has_blanks=True).folded_words
        return not self._asker.isdisjoint(folded)

    def _read_number(self, typed: str) -> int:
        folded = fold(typed)
        if folded.isdecimal():
            return int(folded)
        numbers = list(map(fold, self._words.numbers.split()))
        if folded not in numbers:
            return 0
        return numbers.index(folded) + 1

    def _says_something(self, text: FoldedText) -> bool:
        """Say whether a clause has more than polite words."""
        return bool(self._giving_ends.strip(text).folded)

    def _is_excuse(self, text: FoldedText) -> bool:
        """Say whether a clause beside a request asks nothing: it is polite, or about the asker."""
        if not self._says_something(text):
            return True
        return not self._asker.isdisjoint(text.folded_words)


def _join(texts: Sequence[FoldedText]) -> FoldedText:
    return FoldedText(
        folded="".join(text.folded for text in texts),
        folded_words=tuple(word for text in texts for word in text.folded_words),
        words=tuple(word for text in texts for word in text.words),
    )
