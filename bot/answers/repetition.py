"""Repetition: what was quoted in the last two turns comes first again only if it is asked for.

In: a question, and the last two turns that showed quotations. Out: what of these may not come first
again. It is about every key sentence that was marked, in every quotation that was shown. None of
them is marked first again, and none stands beside the sentence that is, except one with something
of the type that is asked for (a date for "when"). Nor does the text of a quotation come first again
with another sentence marked.

A quotation is asked for again by

- a question for it, or doubt of it ("say that again", "where does it say so?", "really?"), which is
  told by its form;
- the same question: the same words are looked up, for the same type of answer; word for word, if it
  only refers to what it is about ("did they agree?");
- a word that its key sentence holds and that is new: for what came first, new to the conversation
  ("and the nationalists?", where it tells of the unionists and of them); for what came second or
  third, new since the last question, as who reads on may turn to it.

A whole question asks for it, too,

- in fewer of the same words, or of the same words for another type of answer, which its key
  sentence holds ("when did the bridge open", "who opened the bridge");
- by another word for the same ("who built the bridge", "who constructed the bridge").

What came first last is asked for, too, by "when was that?", "why?" and "how many?" without another
word, where it holds such a date, reason or number and nothing new that is found does: then it is
what they ask about. "When was that?" asks about its date even so, unless the sentence behind it
goes on with one ("It was made in 1844").

Nothing else asks for it: neither "and the other side?" nor a question of which it holds nothing
new. Where nothing else answers these, that is said.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.answers.conversation import Past, ShownQuote, ShownTurn, Stale, Turn
from bot.answers.follow_up_forms import (
    FollowUp,
    find_own_words,
    find_wanted_type,
    leave_out_anaphoric,
)
from bot.answers.follow_up_reading import put_numerals
from bot.answers.passage_table import PassageTable
from bot.search.analysis.tokens import TokenizedText
from bot.search.answer_type import AnswerType
from bot.search.index import PassageIndex
from bot.search.query import ParsedQuery, QueryConcept
from bot.search.question_reader import read_question

# A variant that counts for so much of its concept stands for it.
_LEAST_SHARE = 0.5
# The types of a detail that a question may ask about; most sentences hold a name.
_DETAILS = AnswerType.NUMBER | AnswerType.DATE | AnswerType.REASON


class _Asked(NamedTuple):
    """A question of a certain form, and the query that its own words make."""

    question: TokenizedText
    form: FollowUp
    own: ParsedQuery

    @property
    def is_whole(self) -> bool:
        """Say whether it says by itself what it asks for."""
        return self.form is FollowUp.NONE

    @property
    def is_for_detail(self) -> bool:
        """Say whether it asks for a date, a reason or a number by no other word."""
        has_words = self.own.concepts or self.own.unknown_words
        return not has_words and bool(self.own.answer_type & _DETAILS)


class PastReader:
    """Reads what comes before a question. It never changes once it is built."""

    def __init__(self, index: PassageIndex, table: PassageTable) -> None:
        """Take an index, and the passages under the same numbers."""
        self._index = index
        self._table = table
        self._analyzer = index.analyzer
        self._language = index.analyzer.language

    def read(self, question: TokenizedText, form: FollowUp, turn: Turn) -> Past:
        """Read the turn before a question of a certain form."""
        subject = read_question(turn.subject)
        if not turn.recent or form is FollowUp.AGAIN:
            return Past(turn, subject)
        wanted = find_wanted_type(question.text, self._language)
        own = replace(self._parse_own(question), answer_type=wanted)
        asked = _Asked(question, form, own)
        asked_keys = self._find_asked_keys(asked, subject, turn.recent)
        shown = [quote for one in turn.recent for quote in one.quotes]
        stale = [quote for quote in shown if quote.key not in asked_keys]
        last = turn.recent[-1].quotes[0]
        detail = None
        if asked.is_for_detail and self._holds_type(last, own):
            others = [quote for quote in stale if quote.key != last.key]
            detail = self._make_stale(others, own)
        return Past(turn, subject, self._make_stale(stale, own), detail)

    def _make_stale(self, quotes: Sequence[ShownQuote], own: ParsedQuery) -> Stale:
        """Give what may not come first again of some quotations."""
        return Stale(
            keys={quote.key for quote in quotes},
            left_out={quote.key for quote in quotes if not self._holds_type(quote, own)},
            texts={quote.sentences for quote in quotes},
        )

    def _find_asked_keys(
        self, asked: _Asked, subject: TokenizedText, recent: Sequence[ShownTurn]
    ) -> set[str]:
        """Give the key sentences of some turns that a question asks for again."""
        questions = [read_question(turn.question) for turn in recent]
        known_of_questions = [self._find_known(question, asked) for question in questions]
        known_of_subject = self._find_known(subject, asked)
        asked_keys = set()
        for turn, question, known in zip(recent, questions, known_of_questions, strict=True):
            is_same = self._has_same_words(asked, question)
            is_of_type = is_same and self._has_same_type(asked, question)
            for place, quote in enumerate(turn.quotes):
                before = known_of_questions[-1] if place else known | known_of_subject
                is_asked = is_of_type or self._holds_new_word(asked, quote, before)
                if not is_asked and is_same and asked.is_whole:
                    is_asked = self._holds_type(quote, asked.own)
                if is_asked:
                    asked_keys.add(quote.key)
        return asked_keys

    def _parse_own(self, question: TokenizedText) -> ParsedQuery:
        """Parse a question without its opening and without the words that stand for others."""
        own = leave_out_anaphoric(find_own_words(question, self._language), self._language)
        return self._index.parse_tokenized(put_numerals(own, self._index))

    def _has_same_words(self, asked: _Asked, before: TokenizedText) -> bool:
        """Say whether a question has the words of one before; a whole one may have fewer."""
        if asked.form is FollowUp.ANAPHORIC:
            return asked.question.folded == before.folded
        own_terms = _list_terms(asked.own)
        terms_before = _list_terms(self._parse_own(before))
        has_same = own_terms <= terms_before if asked.is_whole else own_terms == terms_before
        return has_same and bool(asked.own.concepts)

    def _has_same_type(self, asked: _Asked, before: TokenizedText) -> bool:
        """Say whether a question asks for the same type of answer as one before."""
        return asked.own.answer_type == find_wanted_type(before.text, self._language)

    def _holds_new_word(self, asked: _Asked, quote: ShownQuote, known: frozenset[str]) -> bool:
        """Say whether a key sentence holds a word of a question that is not known yet."""
        words = self._analyzer.analyze(quote.key)
        held = frozenset(words) - self._analyzer.frame_terms
        for concept in asked.own.concepts:
            names = (concept.term,) if asked.is_whole else concept.variants
            if known.isdisjoint(names) and not held.isdisjoint(_list_equal_terms(concept)):
                return True
        return False

    def _find_known(self, text: TokenizedText, asked: _Asked) -> frozenset[str]:
        """Give the terms of a text's words; for a follow-up, of all that was looked up for it."""
        typed = frozenset(self._analyzer.analyze_words(text.tokens))
        if asked.is_whole:
            return typed
        return typed.union(self._index.parse_tokenized(text).term_weights)

    def _holds_type(self, quote: ShownQuote, query: ParsedQuery) -> bool:
        """Say whether a key sentence holds something of the type that a query asks for."""
        number = self._table.find_number(quote.passage)
        if number is None or query.answer_type is AnswerType.NONE:
            return False
        (has_type,) = self._index.find_answer_types([number], query)
        _, _, passage = self._table.passages[number]
        texts = [sentence.plain for sentence in passage.sentences]
        if quote.key not in texts:
            return False
        position = texts.index(quote.key)
        return bool(has_type[position])


def _list_terms(query: ParsedQuery) -> frozenset[str]:
    """Give the terms of all that a query asks for, known or not."""
    return frozenset(concept.term for concept in query.concepts) | frozenset(query.unknown_words)


def _list_equal_terms(concept: QueryConcept) -> list[str]:
    """Give the terms that stand for a concept."""
    return [term for term, share in concept.variants.items() if share >= _LEAST_SHARE]
