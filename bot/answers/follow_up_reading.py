"""Reading a follow-up: what it means after the question before it.

In: a question of a certain form, and the conversation before it. Out: the words that it asks for
itself, those that it takes over from the question before, and the type of its answer.

- "And turkey?" is the question before with a part replaced (``substitution``).
- "And the other side?" is the question before about the counterpart (``counterpart``).
- "Why?" asks for a reason of what was quoted.
- "Did they agree?" is put together with what was asked before.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answers.context_ranking import Context
from bot.answers.conversation import Meaning
from bot.answers.counterpart import (
    Side,
    find_counterpart,
    find_in_headings,
    find_parallel,
    writes_as_name,
)
from bot.answers.follow_up_forms import (
    FollowUp,
    asks_for_other_party,
    find_own_words,
    find_wanted_type,
    is_clause,
    leave_out_anaphoric,
)
from bot.answers.follow_up_words import ENGLISH
from bot.answers.passage_table import PassageTable
from bot.answers.sought import Sought, find_sought
from bot.answers.substitution import Part, WordKinds, find_numerals, keep_words, remove_replaced
from bot.articles.model import Sentence
from bot.search.analysis.tokens import TokenizedText
from bot.search.answer_type import AnswerType
from bot.search.index import PassageIndex
from bot.search.query import ParsedQuery
from bot.search.question_reader import NO_SUBJECT

# In these a word that asks for an outcome or a place names nothing.
_OPEN_FORMS = (FollowUp.BARE, FollowUp.ANAPHORIC)
# A counterpart is looked for in so many passages about a side.
_MOST_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before a follow-up.

    ``subject`` are the words of what it was about, ``asked`` is the last question as it was
    understood, and ``context`` is what was quoted.
    """

    subject: TokenizedText
    asked: str
    context: Context


@dataclass(frozen=True, slots=True)
class Reading:
    """A follow-up as it is understood in its conversation.

    ``asked`` are the words that are looked for, and ``own`` those of them that say where the answer
    is: none of a bare question. ``subject`` are those that it takes over. ``wanted`` is the type of
    its answer. ``meaning`` is what the conversation is about with it, None where it adds to that.
    ``points_back`` says whether it stands for something without naming it. ``sought`` is what
    tells an answer beside its words and its type. ``other_party`` is the party that it asks for
    without a name, empty where none was found, and None where it asks for none. ``is_full`` says
    that ``asked`` is the question before, asked in full about somebody else.
    """

    asked: TokenizedText
    own: TokenizedText
    subject: TokenizedText
    wanted: AnswerType
    meaning: Meaning | None = None
    points_back: bool = False
    sought: Sought = Sought.NONE
    other_party: str | None = None
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class _NamedSide(Side):
    """A side with the query that finds what is said about it, and where a subject names it."""

    query: ParsedQuery
    positions: range


class FollowUpReader:
    """Reads follow-ups to questions about one index. It never changes once it is built."""

    def __init__(self, index: PassageIndex, table: PassageTable) -> None:
        """Take an index, and the passages under the same numbers."""
        self._index = index
        self._table = table
        self._analyzer = index.analyzer
        self._language = index.analyzer.language
        self._kinds = WordKinds(index.is_name, index.analyzer.term, self._language)

    def read(self, question: TokenizedText, form: FollowUp, before: Conversation) -> Reading:
        """Understand a question of a certain form in its conversation."""
        question = self._leave_out_fillers(question)
        sought, begin, end = find_sought(question.text)
        if sought is Sought.NONE or form not in _OPEN_FORMS or self._language != ENGLISH:
            return self._read_words(question, form, before)
        rest = TokenizedText.tokenize(f"{question.text[:begin]} {question.text[end:]}")
        own = leave_out_anaphoric(rest, self._language)
        if not any(map(self._analyzer.term, own.tokens)):
            form = FollowUp.BARE
        reading = self._read_words(rest, form, before)
        return replace(reading, sought=sought)

    def _leave_out_fillers(self, question: TokenizedText) -> TokenizedText:
        """Leave out words that only frame a question and stand nowhere: "lol", "tho"."""
        unknown = self._index.parse_tokenized(question).unknown_words
        framing = self._analyzer.frame_terms
        fillers = [word for word in unknown if self._analyzer.term(word) in framing]
        if not fillers:
            return question
        numbered = enumerate(question.tokens)
        kept = [place for place, word in numbered if word not in fillers]
        return keep_words(question, kept)

    def _read_words(self, question: TokenizedText, form: FollowUp, before: Conversation) -> Reading:
        """Understand a question by its words alone."""
        wanted = find_wanted_type(question.text, self._language)
        if form is FollowUp.NONE:
            # It has all its words; where they are meant is told by the conversation.
            return Reading(question, question, NO_SUBJECT, wanted, points_back=True)
        if asks_for_other_party(question, self._language):
            return self._read_other_party(question, before)
        subject = leave_out_anaphoric(before.subject, self._language)
        if form is FollowUp.BARE:
            return self._read_bare(question, subject, before)
        own = leave_out_anaphoric(find_own_words(question, self._language), self._language)
        is_anaphoric = form is FollowUp.ANAPHORIC
        if not is_anaphoric and not is_clause(own, self._language):
            return self._read_replacement(own, subject, before)
        return Reading(own, own, subject, wanted, points_back=is_anaphoric)

    def find_own_terms(self, question: TokenizedText) -> frozenset[str]:
        """Give the terms of a question that neither refer to another nor only frame it.

        Where all of them only frame it ("what is it about"), give these.
        """
        words = leave_out_anaphoric(question, self._language).tokens
        terms = frozenset(self._analyzer.analyze_words(words))
        return terms - self._analyzer.frame_terms or terms

    def _read_bare(
        self, question: TokenizedText, subject: TokenizedText, before: Conversation
    ) -> Reading:
        """Understand "why?" and "what did they say?": what is asked for is near what was quoted."""
        asked = leave_out_anaphoric(question, self._language)
        wanted = find_wanted_type(question.text, self._language)
        meaning = None
        if not any(map(self._analyzer.term, asked.tokens)):
            meaning = Meaning(before.asked, before.subject.text)
        return Reading(asked, NO_SUBJECT, subject, wanted, meaning, points_back=True)

    def _read_replacement(
        self, own: TokenizedText, subject: TokenizedText, before: Conversation
    ) -> Reading:
        """Understand "and turkey?": what it replaces in the question before goes."""
        kept = remove_replaced(subject, own, self._kinds)
        new = put_numerals(own, self._index)
        wanted = find_wanted_type(before.asked, self._language)
        asked = self._put_name(own, subject, kept, before.asked)
        whole = TokenizedText.tokenize(asked)
        if self._index.parse_tokenized(whole).encoded.stance_shares is not None:
            # Asked in full it is heard as a question for the stance of whom it names now.
            meaning = Meaning(asked, f"{kept.text} {new.text}")
            return Reading(whole, whole, NO_SUBJECT, wanted, meaning, is_full=True)
        meaning = Meaning(before.asked, f"{kept.text} {new.text}")
        return Reading(self._add_frame_words(new, kept), new, kept, wanted, meaning)

    def _put_name(
        self, own: TokenizedText, subject: TokenizedText, kept: TokenizedText, asked: str
    ) -> str:
        """Give a question with a name in the place of another; empty where that cannot be."""
        replaced = list(subject.tokens)
        for token in kept.tokens:
            replaced.remove(token)
        if not replaced or not all(map(self._index.is_name, own.tokens)):
            return ""
        named = r"\s".join(map(re.escape, replaced))
        written = re.sub(rf"\b{named}\b", lambda _: own.text, asked)
        return "" if written == asked else written

    def _read_other_party(self, question: TokenizedText, before: Conversation) -> Reading:
        """Understand "and the other side?": the counterpart takes the place of the side before."""
        rest = find_own_words(question, self._language)
        side, other = self._find_sides(before)
        positions = range(len(before.subject.tokens))
        subject = keep_words(before.subject, [at for at in positions if at not in side])
        if other and not is_clause(rest):
            name = before.subject.tokens[side.start : side.stop]
            named = r"\s".join(map(re.escape, name))
            asked = re.sub(rf"\b{named}\b", lambda _: other, before.asked)
            if asked != before.asked:
                # Asked in full it is heard as a question about the other side.
                whole = TokenizedText.tokenize(asked)
                wanted = find_wanted_type(asked, self._language)
                meaning = Meaning(asked, f"{subject.text} {other}")
                return Reading(
                    whole, whole, NO_SUBJECT, wanted, meaning, other_party=other, is_full=True
                )
        own = TokenizedText.tokenize(f"{' '.join(rest.tokens)} {other}".strip())
        asked = question.text if is_clause(rest) else before.asked
        wanted = find_wanted_type(asked, self._language)
        meaning = Meaning(f"{asked} {other}".strip(), f"{subject.text} {own.text}")
        asked_words = self._add_frame_words(own, subject)
        return Reading(asked_words, own, subject, wanted, meaning, other_party=other)

    def _add_frame_words(self, own: TokenizedText, subject: TokenizedText) -> TokenizedText:
        """Add to some words what frames the question that they are put into ("want")."""
        frame_terms = self._analyzer.frame_terms
        different = dict.fromkeys(subject.tokens)
        framing = [word for word in different if self._analyzer.term(word) in frame_terms]
        if not framing or not own.tokens:
            return own
        return TokenizedText.tokenize(" ".join([*own.tokens, *framing]))

    def _find_sides(self, before: Conversation) -> tuple[range, str]:
        """Find where a subject names its side, and the counterpart; nothing where there is none."""
        by_headings = find_in_headings(
            before.subject, self._list_headings(before.context), self._analyzer.term
        )
        if by_headings is not None:
            return by_headings
        side = self._find_side(before.subject)
        if side is None:
            return range(0), ""
        return side.positions, self._find_counterpart(side, before.context)

    def _list_headings(self, context: Context) -> list[str]:
        """Give the headings of the article that was quoted last."""
        if context.focus is None:
            return []
        article, _, _ = self._table.passages[context.focus]
        return [section.heading for section in article.sections]

    def _find_side(self, subject: TokenizedText) -> _NamedSide | None:
        """Find the side that a conversation was about: a whole name, else another word."""
        parts = list(map(self._kinds.find_kind, subject.tokens, subject.folded))
        terms = list(map(self._analyzer.term, subject.tokens))
        for kind in (Part.NAME, Part.OTHER):
            for first, part in enumerate(parts):
                if part is kind and terms[first] not in self._analyzer.frame_terms:
                    positions = range(first, self._find_name_end(subject, parts, first))
                    query = self._index.parse_tokenized(keep_words(subject, positions))
                    own = query.term_weights.keys() | {terms[at] for at in positions}
                    return _NamedSide(own, kind, query, positions)
        return None

    def _find_name_end(self, subject: TokenizedText, parts: Sequence[Part], first: int) -> int:
        """Give the position behind a name of one or more words that articles write as one."""
        end = first + 1
        while parts[first:][: end + 1 - first] == [Part.NAME] * (end + 1 - first):
            pair = keep_words(subject, [end - 1, end])
            hits = self._index.retrieve(self._index.parse_tokenized(pair), 1)
            passages = (self._table.passages[hit.passage][2] for hit in hits)
            lines = (line for passage in passages for line in _list_lines(passage.sentences))
            if not any(writes_as_name(line, *pair.tokens) for line in lines):
                break
            end += 1
        return end

    def _find_counterpart(self, side: _NamedSide, context: Context) -> str:
        """Find the counterpart of a side in the article that was quoted last; else ""."""
        if context.focus is None:
            return ""
        article, section, _ = self._table.passages[context.focus]
        parallel = self._find_parallel(side, section.sentences, context.start)
        if parallel:
            return parallel
        hits = self._index.retrieve(side.query, _MOST_PASSAGES)
        lines: list[str] = []
        for number in sorted(hit.passage for hit in hits):
            other_article, _, passage = self._table.passages[number]
            if other_article is article:
                lines += _list_lines(passage.sentences)
        titles = [article.title, *section.parents, section.heading]
        return find_counterpart(side, lines, titles, self._kinds)

    def _find_parallel(self, side: Side, sentences: Sequence[Sentence], start: int) -> str:
        """Find the counterpart beside the sentence that begins at ``start``; else ""."""
        starts = [sentence.start for sentence in sentences]
        quoted = bisect_left(starts, start)
        before = _list_lines(sentences[max(quoted - 1, 0) : quoted])
        lines = _list_lines(sentences[quoted : quoted + 2])
        if not lines:
            return ""
        return find_parallel(side, lines[0], [*lines[1:], *before], self._kinds)


def put_numerals(own: TokenizedText, index: PassageIndex) -> TokenizedText:
    """Put Roman numerals in the place of ordinals that the articles do not hold."""
    words = list(own.tokens)
    for position, numeral in find_numerals(own).items():
        if not index.parse_tokenized(keep_words(own, [position])).concepts:
            words[position] = numeral
    if words == list(own.tokens):
        return own
    return TokenizedText.tokenize(" ".join(words))


def _list_lines(sentences: Iterable[Sentence]) -> list[str]:
    return [sentence.plain for sentence in sentences]
