"""Quotations: which sentences of a passage's section are quoted.

In: the hits of a query, best first. Out: ``Quote`` values. For each hit the key sentence is the
sentence of the passage that answers best. A list, a small table, code or an admonition is quoted
whole, with what announces it, while it fits on a card (``bot.articles.units``). Else neighbours are
added as long as the quotation has at most three sentences and 80 words and stays in one paragraph
or list, in this order:

1. The sentence that announces the key sentence's list, table or code ("The crew had three
   members:").
2. If the first sentence is anaphoric ("He agreed."), the sentence before it, else the one after the
   last.
3. The neighbour on the other side.

No sentence is quoted twice. What was quoted in the turns before does not come first again. It does
not decide whether a passage answers (``confidence.py``).
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import chain
from typing import NamedTuple

from bot.answers.anaphora import find_antecedent
from bot.answers.conversation import NOTHING_STALE, Stale
from bot.answers.model import Quote
from bot.answers.passage_table import PassageTable
from bot.articles.model import Sentence
from bot.articles.passages import fits_whole
from bot.articles.units import find_units
from bot.search.analysis.tokens import tokenize
from bot.search.index import Hit, PassageIndex
from bot.search.memo import memoize
from bot.search.query import ParsedQuery

# A quotation is read at a glance; the section around it can be opened.
MAX_SENTENCES = 3
# As long as the longest passage, so that a passage can be quoted whole.
MAX_WORDS = 80
# Each row of a table stands for itself; so many are read at a glance.
_MAX_ROWS = 10
# An item of a list that ends in one of these is a sentence by itself.
_SENTENCE_ENDS = (".", "!", "?")
# Results that each memoized method remembers; a bound for the memory of large folders.
_MAX_REMEMBERED = 16_384
# Stretches that are remembered; each has some thirty words that are looked for, which take 3 KB.
_MAX_STRETCHES = 2_048
# No key sentence is chosen beforehand.
_NO_KEYS: Mapping[int, int] = {}


class Quoter:
    """Makes quotations from the passages of one index. It never changes once it is built."""

    def __init__(self, index: PassageIndex, table: PassageTable, max_quotes: int) -> None:
        """Quote at most ``max_quotes`` passages a query.

        ``table`` holds the passages of ``index`` under the same numbers.
        """
        self._index = index
        self._table = table
        self._max_quotes = max_quotes
        self._is_anaphoric = memoize(Quoter._look_for_antecedent, self, _MAX_REMEMBERED)
        self._units_of = memoize(Quoter._find_units, self, _MAX_REMEMBERED)
        self._stretch_of = memoize(Quoter._choose_stretch, self, _MAX_STRETCHES)

    def quote(
        self,
        query: ParsedQuery,
        hits: Sequence[Hit],
        quoted: Set[int] = frozenset(),
        keys: Mapping[int, int] = _NO_KEYS,
        stale: Stale = NOTHING_STALE,
    ) -> tuple[Quote, ...]:
        """Quote the first of ``hits``, best first, as many as the policy allows.

        A hit whose key sentence is quoted already is passed over. ``quoted`` are the identities
        (``id``) of sentences that may not be quoted again. ``keys`` are the positions of key
        sentences in their passages, by passage number, where they were chosen beforehand.
        ``stale`` is what may not come first again, and what may not stand beside what does.
        """
        query_terms = frozenset(query.encoded.term_ids.tolist())
        quoted = set(quoted)
        quotes: list[Quote] = []
        for hit, position in self._find_key_positions(query, hits, keys):
            is_first = not quotes
            key = self._find_sentence(hit, position)
            if id(key) in quoted:
                continue
            if is_first and key.plain in stale.keys:
                continue
            if is_first:
                quote = self._quote_first(hit, position, query_terms, quoted, stale)
            else:
                quote = self._quote_around(hit, position, query_terms, quoted)
            quoted.update(map(id, quote.sentences))
            quotes.append(quote)
            if len(quotes) == self._max_quotes:
                break
        return tuple(quotes)

    def choose_keys(
        self, query: ParsedQuery, hits: Sequence[Hit], keys: Mapping[int, int] = _NO_KEYS
    ) -> Mapping[int, int]:
        """Choose the key sentences of as many hits as may be quoted, at once.

        Gives their positions, and those of ``keys``, as ``quote`` takes them. ``hits`` are those of
        this very query.
        """
        first = hits[: self._max_quotes]
        known = {hit.passage: hit.key_sentence for hit in first if hit.key_sentence is not None}
        known = {**known, **keys}
        for hit, position in self._find_key_positions(query, first, known):
            known[hit.passage] = position
        return known

    def find_key(
        self, query: ParsedQuery, hit: Hit, keys: Mapping[int, int] = _NO_KEYS
    ) -> Sentence:
        """Give the key sentence of a hit; ``keys`` as in ``quote``."""
        return self._find_sentence(hit, self.find_key_position(query, hit, keys))

    def find_key_position(
        self, query: ParsedQuery, hit: Hit, keys: Mapping[int, int] = _NO_KEYS
    ) -> int:
        """Give the position of the key sentence in its passage; ``keys`` as in ``quote``."""
        ((_, position),) = self._find_key_positions(query, [hit], keys)
        return position

    def _find_sentence(self, hit: Hit, position: int) -> Sentence:
        _, _, passage = self._table.passages[hit.passage]
        return passage.sentences[position]

    def _find_key_positions(
        self, query: ParsedQuery, hits: Sequence[Hit], keys: Mapping[int, int]
    ) -> Iterator[tuple[Hit, int]]:
        """Give each hit with the position of its key sentence.

        As many are scored at once as may be quoted.
        """
        for begin in range(0, len(hits), self._max_quotes):
            end = begin + self._max_quotes
            batch = hits[begin:end]
            unknown = [hit.passage for hit in batch if hit.passage not in keys]
            best: dict[int, int] = {}
            if unknown:
                # A float64 array for each passage, (its sentences,).
                scores_of_passages = self._index.score_sentences(unknown, query)
                for number, scores in zip(unknown, scores_of_passages, strict=True):
                    best[number] = int(scores.argmax())
            for hit in batch:
                position = keys.get(hit.passage)
                yield hit, best[hit.passage] if position is None else position

    def _quote_first(
        self, hit: Hit, key: int, query_terms: Set[int], quoted: Set[int], stale: Stale
    ) -> Quote:
        """Quote a key sentence without what may not stand beside it, nor all of a text again."""
        left_out = self._find_equal(hit, stale.left_out)
        quote = self._quote_around(hit, key, query_terms, quoted | left_out)
        if not stale.texts or _read(quote.sentences) not in stale.texts:
            return quote
        left_out = self._find_equal(hit, stale.keys)
        return self._quote_around(hit, key, query_terms, quoted | left_out)

    def _find_equal(self, hit: Hit, texts: Set[str]) -> Set[int]:
        """Give the identities of the sentences of a section that read like one of some texts."""
        if not texts:
            return frozenset()
        _, section, _ = self._table.passages[hit.passage]
        return {id(sentence) for sentence in section.sentences if sentence.plain in texts}

    def _quote_around(self, hit: Hit, key: int, query_terms: Set[int], quoted: Set[int]) -> Quote:
        number = hit.passage
        stretch = self._stretch_of(number, key)
        # Without a quoted sentence it is what would be chosen beside those, too.
        if not quoted.isdisjoint(map(id, stretch.sentences)):
            stretch = self._choose_stretch(number, key, quoted)
        matched = stretch.find_words(query_terms)
        passage_id = self._table.ids[number]
        article, section, passage = self._table.passages[number]
        return Quote(
            passage_id,
            article,
            section,
            stretch.sentences,
            passage.sentences[key],
            hit.score,
            matched,
        )

    def _choose_stretch(self, number: int, key: int, quoted: Set[int] = frozenset()) -> "_Stretch":
        """Choose what is quoted with the key sentence at a position of a passage."""
        article, section, passage = self._table.passages[number]
        surroundings = Surroundings(article.text, section.sentences, self._units_of(number))
        is_anaphoric = partial(self._is_anaphoric, number)
        sentence = passage.sentences[key]
        sentences = choose_sentences(
            surroundings, sentence, is_anaphoric=is_anaphoric, quoted=quoted
        )
        words = dict.fromkeys(chain.from_iterable(tokenize(one.plain) for one in sentences))
        return _Stretch(sentences, tuple(words), array("q", map(self._index.find_term_id, words)))

    def _look_for_antecedent(self, number: int, position: int) -> bool:
        """Say whether a sentence of a passage's section needs an earlier one to be understood."""
        _, section, _ = self._table.passages[number]
        texts = [sentence.plain for sentence in section.sentences]
        known_terms: frozenset[str] = frozenset()
        antecedent = find_antecedent(position, texts, known_terms, self._index.analyzer)
        return antecedent is not None

    def _find_units(self, number: int) -> list[range]:
        """Give the units of a passage's section."""
        _, section, _ = self._table.passages[number]
        return find_units(section.sentences)


class _Stretch(NamedTuple):
    """Sentences that are quoted together, their different words, and the ids of the terms of these.

    A word that the index does not hold, such as a stop word, has -1.
    """

    sentences: tuple[Sentence, ...]
    words: tuple[str, ...]
    term_ids: "array[int]"

    def find_words(self, term_ids: Set[int]) -> tuple[str, ...]:
        """Give the words that have one of some terms, as written, each once, in their order."""
        return tuple(
            [
                self.words[place]
                for place, term_id in enumerate(self.term_ids)
                if term_id in term_ids
            ]
        )


class Surroundings(NamedTuple):
    """Where a key sentence stands: its article's text, its section's sentences and their units."""

    text: str
    sentences: Sequence[Sentence]
    units: Sequence[range]


def choose_sentences(
    surroundings: Surroundings,
    key: Sentence,
    *,
    is_anaphoric: Callable[[int], bool],
    quoted: Set[int] = frozenset(),
) -> tuple[Sentence, ...]:
    """Choose the successive sentences that are quoted with the key sentence, itself included.

    ``key`` is one of the sentences of its ``surroundings``.
    ``is_anaphoric(position)`` says whether a sentence needs the one before it. ``quoted`` are the
    identities (``id``) of sentences that may not be quoted again. A key sentence of more than 80
    words is quoted alone, unless its unit fits on a card.
    """
    extent = _Extent(surroundings, key, quoted)
    extent.take_unit(surroundings.units)
    while len(extent) < MAX_SENTENCES:
        before = extent.first - 1
        after = extent.last + 1
        possible = list(filter(extent.can_take, (after, before)))
        if not possible:
            break
        position = possible[0]
        if len(possible) > 1 and is_anaphoric(extent.first):
            position = before
        extent.take(position)
    end = extent.last + 1
    return tuple(surroundings.sentences[extent.first : end])


class _Extent:
    """The sentences from ``first`` to ``last`` of a section, while a quotation grows."""

    def __init__(self, surroundings: Surroundings, key: Sentence, quoted: Set[int]) -> None:
        """Begin with the key sentence and what announces it."""
        self._text, self._sentences, _ = surroundings
        sentences = self._sentences
        self._quoted = quoted
        self.last = _find_position(sentences, key)
        self.first = _find_announcement(sentences, self.last, quoted)
        words = sum(_count_words(sentence) for sentence in sentences[self.first : self.last + 1])
        self._words_left = MAX_WORDS - words

    def __len__(self) -> int:
        return self.last - self.first + 1

    def can_take(self, position: int) -> bool:
        """Say whether the neighbour at ``position`` exists, fits, and belongs to the quotation."""
        if not 0 <= position < len(self._sentences):
            return False
        sentence = self._sentences[position]
        if id(sentence) in self._quoted:
            return False
        if _count_words(sentence) > self._words_left:
            return False
        if position > self.last:
            last = self._sentences[self.last]
            return _belong_together(self._text, last, sentence)
        first = self._sentences[self.first]
        return _belong_together(self._text, sentence, first)

    def take_unit(self, units: Sequence[range]) -> None:
        """Take the whole unit of the key sentence if it fits on a card and none of it is quoted."""
        unit = next((unit for unit in units if self.last in unit), None)
        if unit is None:
            return
        whole = self._sentences[unit.start : unit.stop]
        is_table = whole[-1].form.kind == "row"
        if not fits_whole(whole) or (is_table and len(whole) > _MAX_ROWS):
            return
        if not self._quoted.isdisjoint(map(id, whole)):
            return
        self.first, self.last = unit[0], unit[-1]
        self._words_left = MAX_WORDS - sum(map(_count_words, whole))

    def take(self, position: int) -> None:
        """Add the neighbour at ``position``."""
        sentence = self._sentences[position]
        self._words_left -= _count_words(sentence)
        self.first = min(self.first, position)
        self.last = max(self.last, position)


def _find_position(sentences: Sequence[Sentence], sentence: Sentence) -> int:
    """Give the position of this very sentence; another one may read the same."""
    return next(position for position, other in enumerate(sentences) if other is sentence)


def _find_announcement(sentences: Sequence[Sentence], key: int, quoted: Set[int]) -> int:
    """Give the position of the sentence that announces the key sentence's list, table or code.

    It ends in a colon. Where there is none near enough, it is the key sentence's own position.
    """
    group = sentences[key].form.group
    if not group:
        return key
    words_left = MAX_WORDS - _count_words(sentences[key])
    nearest, furthest = key - 1, max(key - MAX_SENTENCES + 1, 0)
    for position in range(nearest, furthest - 1, -1):
        sentence = sentences[position]
        words_left -= _count_words(sentence)
        if words_left < 0 or id(sentence) in quoted:
            break
        if sentence.plain.endswith(":"):
            return position
        if sentence.form.group != group:
            break
    return key


def _belong_together(text: str, sentence: Sentence, following: Sentence) -> bool:
    """Say whether two neighbours may stand in one quotation.

    They may within a paragraph, and between items of a list that are no sentences by themselves. A
    sentence that ends in a colon belongs to what it announces.
    """
    if sentence.plain.endswith(":"):
        return True
    gap = text[sentence.end : following.start]
    gap = gap.replace("\r\n", "\n").replace("\r", "\n")
    if gap.count("\n") > 1:
        return False
    is_new_item = "\n" in gap and not gap.isspace()
    is_whole = sentence.plain.endswith(_SENTENCE_ENDS)
    return not (is_new_item and is_whole)


def _read(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Give sentences as a reader sees them."""
    return tuple(sentence.plain for sentence in sentences)


def _count_words(sentence: Sentence) -> int:
    return len(sentence.plain.split())
