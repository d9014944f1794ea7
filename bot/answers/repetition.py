"""Repetition: what came first in the last two turns comes first again only if it is asked for.

In: a question, and what came first before it. Out: what of that may not come first again.

A quotation is asked for again by

- a question for it, or doubt of it ("say that again", "where does it say so?", "really?"), which is
  told by its form;
- the same question: the same words are looked up, for the same type of answer; word for word, if it
  only refers to what it is about ("did they agree?");
- a word that the conversation did not have then and that its key sentence holds ("and the
  nationalists?", where it tells of the unionists and of them).

A whole question asks for it, too,

- in fewer of the same words, or of the same words for another type of answer, which its key
  sentence holds ("when did the bridge open", "who opened the bridge");
- by another word for the same ("who built the bridge", "who constructed the bridge").

Nothing else asks for it: neither "why?" nor "and the other side?", nor a question of which it holds
nothing new. Where nothing else answers these, that is said.
"""

from bot.answers.conversation import FirstQuote, Past, Turn
from bot.answers.follow_up_forms import (
    FollowUp,
    find_own_words,
    find_wanted_type,
    leave_out_anaphoric,
)
from bot.answers.passage_table import PassageTable
from bot.search.analysis.tokens import TokenizedText
from bot.search.answer_type import AnswerType
from bot.search.index import PassageIndex
from bot.search.query import ParsedQuery, QueryConcept
from bot.search.query_parser import read_question

# A variant that counts for so much of its concept stands for it.
_LEAST_SHARE = 0.5


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
        own = self._parse_own(question)
        asked_keys = set()
        for first in turn.recent:
            if self._asks_same(question, own, form, first) or self._holds_new_word(
                own, subject, form, first
            ):
                asked_keys.add(first.key)
        stale = [first for first in turn.recent if first.key not in asked_keys]
        return Past(turn, subject, tuple(stale))

    def _parse_own(self, question: TokenizedText) -> ParsedQuery:
        """Parse a question without its opening and without the words that stand for others."""
        own = find_own_words(question, self._language)
        return self._index.parse_tokenized(leave_out_anaphoric(own, self._language))

    def _asks_same(
        self, question: TokenizedText, own: ParsedQuery, form: FollowUp, first: FirstQuote
    ) -> bool:
        """Say whether a question with its ``own`` words asks for the same as one before."""
        before = read_question(first.question)
        if form is FollowUp.ANAPHORIC:
            return question.folded == before.folded
        own_terms = _list_terms(own)
        terms_before = _list_terms(self._parse_own(before))
        is_whole = form is FollowUp.NONE
        has_same = own_terms <= terms_before if is_whole else own_terms == terms_before
        if not own.concepts or not has_same:
            return False
        wanted = find_wanted_type(question.text, self._language)
        if wanted == find_wanted_type(before.text, self._language):
            return True
        return is_whole and self._holds_type(first, own)

    def _holds_new_word(
        self, own: ParsedQuery, subject: TokenizedText, form: FollowUp, first: FirstQuote
    ) -> bool:
        """Say whether a key sentence holds a word that the conversation did not have before."""
        is_whole = form is FollowUp.NONE
        question_before = read_question(first.question)
        known = self._find_typed(subject) | self._find_typed(question_before)
        if not is_whole:
            known |= self._find_looked_up(subject, question_before)
        words = self._analyzer.analyze(first.key)
        held = frozenset(words) - self._analyzer.frame_terms
        for concept in own.concepts:
            names = (concept.term,) if is_whole else concept.variants
            if known.isdisjoint(names) and not held.isdisjoint(_list_equal_terms(concept)):
                return True
        return False

    def _find_typed(self, text: TokenizedText) -> frozenset[str]:
        """Give the terms of the words of a text."""
        return frozenset(self._analyzer.analyze_words(text.tokens))

    def _find_looked_up(self, subject: TokenizedText, question: TokenizedText) -> frozenset[str]:
        """Give the terms that were looked up for a subject and a question."""
        of_subject = self._index.parse_tokenized(subject)
        of_question = self._index.parse_tokenized(question)
        return frozenset((*of_subject.term_weights, *of_question.term_weights))

    def _holds_type(self, first: FirstQuote, query: ParsedQuery) -> bool:
        """Say whether a key sentence holds something of the type that a query asks for."""
        number = self._table.find_number(first.passage)
        if number is None or query.answer_type is AnswerType.NONE:
            return False
        (has_type,) = self._index.find_answer_types([number], query)
        _, _, passage = self._table.passages[number]
        texts = [sentence.plain for sentence in passage.sentences]
        if first.key not in texts:
            return False
        position = texts.index(first.key)
        return bool(has_type[position])


def _list_terms(query: ParsedQuery) -> frozenset[str]:
    """Give the terms of all that a query asks for, known or not."""
    return frozenset(concept.term for concept in query.concepts) | frozenset(query.unknown_words)


def _list_equal_terms(concept: QueryConcept) -> list[str]:
    """Give the terms that stand for a concept."""
    return [term for term, share in concept.variants.items() if share >= _LEAST_SHARE]
