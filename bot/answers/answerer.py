"""Answering: a question in, an ``Answer`` out.

A question becomes a query, the index gives the passages that match it best, and the confidence in
the first of them decides: either up to three of them are quoted, or the articles do not answer. A
question that follows up another is read in two ways, by itself and together with what was asked
before; the better reading answers. Small talk is answered with a line.

A folder may mix languages: each has an index of its own, with its own stop words and stems. A
question is asked in its own language first, and in the others where that refuses.

About its subject an answer holds nothing but quotations: whole sentences as the file has them,
never across two sections, never the same sentence twice. How the sentences are chosen is in
``quoting.py``, how the confidence is estimated in ``confidence.py``.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from copy import copy
from dataclasses import replace
from functools import partial
from typing import Any
from weakref import proxy

import numpy as np
from numpy.typing import NDArray

from bot.answers.conversation import NOTHING_STALE, Stale, Turn
from bot.answers.embedding import find_rows, list_passage_texts, list_unit_texts
from bot.answers.explanation import Explanation, explain
from bot.answers.follow_up_forms import (
    FollowUp,
    WordWeights,
    find_follow_up,
    find_other_words,
    points_back,
)
from bot.answers.follow_ups import FollowUpAnswerer
from bot.answers.intents import Smalltalk, classify_smalltalk, is_command
from bot.answers.language_groups import choose_arrays, group_by_language, name_arrays
from bot.answers.links import Link, LinkIndex, weigh_terms
from bot.answers.model import Answer, Assurance, LocatedPassage, Place, Policy, Quote
from bot.answers.passage_table import PassageTable, list_title_lines
from bot.answers.query_answers import QueryAnswerer, make_unscored_hit
from bot.answers.repetition import PastReader
from bot.answers.request_server import RequestServer
from bot.answers.section_search import Searched
from bot.answers.smalltalk import make_reply
from bot.answers.topic_answers import TopicAnswerer
from bot.array_file import check
from bot.articles.languages import find_question_language
from bot.articles.library import Library
from bot.embeddings.encoder import Encoder
from bot.embeddings.vector_store import VectorStore
from bot.search.analysis.synonyms import SynonymGroup, read_builtin_groups
from bot.search.analysis.tokens import TokenizedText
from bot.search.index import PassageIndex
from bot.search.query import ParsedQuery
from bot.search.question_reader import read_question

# Small talk is short, and no more of a text is looked at for it.
_MAX_SMALLTALK_CHARACTERS = 200
# Small talk whatever it is about: thanks for an answer are no question for its words.
_NEVER_QUESTIONS: Set[Smalltalk | None] = frozenset(("thanks", "greeting", "reaction"))
# Small talk unless a section has the very name ("Help", "Yes").
_UNLESS_NAMED: Set[Smalltalk | None] = frozenset(
    ("help", "goodbye", "acknowledgement", "opinion", "bot")
)
# What follows up nothing that was said before.
_NO_FOLLOW_UPS = _NEVER_QUESTIONS | {"goodbye", "acknowledgement", "opinion", "bot"}
# The forms of questions that say by themselves what they ask for.
_STANDING_ALONE = frozenset((FollowUp.NONE, FollowUp.FRAGMENT))
# What asks for more, or for the same again, is told by these words alone.
_ASKING_BACK = frozenset((FollowUp.MORE, FollowUp.AGAIN))
# Passages that the check of an index looks at: enough to notice the index of another library.
_CHECKED_PASSAGES = 50


class Answerer:
    """Answers questions from one library. It never changes once it is built."""

    def __init__(
        self,
        library: Library,
        policy: Policy | None = None,
        synonyms: Sequence[SynonymGroup] = (),
        packed: Mapping[str, NDArray[Any]] | None = None,
        *,
        links: Sequence[Link] = (),
    ) -> None:
        """Index every passage of ``library`` under its section's headings and its article's title.

        ``synonyms`` are the editor's own groups, beside those of the program. ``packed`` is the
        packed index of exactly this library and these groups, if there is one. Raises
        DamagedError where it is another. ``links`` are the editor's own links of questions.
        """
        (language, own), *others = group_by_language(library)
        self.library = library
        self.policy = policy or Policy()
        self._table = PassageTable(own)
        groups = (*read_builtin_groups(language), *synonyms) if synonyms else None
        if packed is None:
            self.index = self._build_index(language, groups)
        else:
            self.index = self._unpack_index(choose_arrays(packed, ""), language, groups)
        self._query_answerer = QueryAnswerer(self.index, self._table, self.policy)
        self._follow_ups = FollowUpAnswerer(self._query_answerer)
        self._topic_answers = TopicAnswerer(self._query_answerer)
        self._links = LinkIndex(self.index, self._table, links)
        self._past_reader = PastReader(self.index, self._table)
        # Those of the other languages, each with one language alone.
        self._others: list[Answerer] = []
        for other_language, part in others:
            packed_part = None if packed is None else choose_arrays(packed, other_language)
            other = Answerer(part, policy, synonyms, packed_part, links=links)
            # Small talk tells what there is in all languages.
            other.library = library
            self._others.append(other)
        self._requests = self._make_request_server()

    @property
    def indexes(self) -> list[PassageIndex]:
        """The indexes of all languages, that of the main one first."""
        return [answerer.index for answerer in self._answerers]

    @property
    def _answerers(self) -> "list[Answerer]":
        """The answerer of each language, that of the main one first."""
        return [self, *self._others]

    @property
    def has_meaning(self) -> bool:
        """Whether passages are found by their meaning too."""
        return self.index.has_meaning

    def list_embedded_texts(self) -> Iterator[str]:
        """Give all texts whose vectors ``with_meaning`` needs, some of them several times."""
        for answerer in self._answerers:
            yield from list_passage_texts(answerer._table)  # noqa: SLF001
            yield from list_unit_texts(answerer._table)  # noqa: SLF001

    def with_meaning(self, encoder: Encoder, baseline: float, store: VectorStore) -> "Answerer":
        """Give an answerer of the same library that finds passages by their meaning too.

        ``store`` has the vectors of ``list_embedded_texts`` by ``encoder``, and ``baseline`` is
        that of its cosines. This answerer stays as it is.
        """
        rows = find_rows(self._table, store, store.freeze())
        index = self.index.with_meaning(encoder, baseline, rows)
        query_answerer = QueryAnswerer(index, self._table, self.policy)
        answerer = copy(self)
        answerer.index = index
        answerer._query_answerer = query_answerer  # noqa: SLF001
        answerer._follow_ups = FollowUpAnswerer(query_answerer)  # noqa: SLF001
        answerer._topic_answers = TopicAnswerer(query_answerer)  # noqa: SLF001
        answerer._past_reader = PastReader(index, self._table)  # noqa: SLF001
        others = [other.with_meaning(encoder, baseline, store) for other in self._others]
        answerer._others = others  # noqa: SLF001
        answerer._requests = answerer._make_request_server()  # noqa: SLF001
        return answerer

    def with_links(self, links: Sequence[Link]) -> "Answerer":
        """Give an answerer of the same library with other links; this one stays as it is."""
        answerer = copy(self)
        answerer._links = LinkIndex(self.index, self._table, links)  # noqa: SLF001
        answerer._others = [other.with_links(links) for other in self._others]  # noqa: SLF001
        answerer._requests = answerer._make_request_server()  # noqa: SLF001
        return answerer

    def pack(self) -> dict[str, NDArray[Any]]:
        """Give the indexes as arrays, to be given as ``packed``."""
        packed = self.index.pack()
        for other in self._others:
            packed |= name_arrays(other.index.pack(), other.index.analyzer.language)
        return packed

    def _build_index(self, language: str, groups: Sequence[SynonymGroup] | None) -> PassageIndex:
        texts = []
        titles = []
        for article, section, passage in self._table.passages:
            texts.append([sentence.indexed for sentence in passage.sentences])
            titles.append("\n".join(list_title_lines(article, section, passage)))
        places = self._table.list_places()
        return PassageIndex(texts, titles, language, groups, places)

    def _unpack_index(
        self,
        packed: Mapping[str, NDArray[Any]],
        language: str,
        groups: Sequence[SynonymGroup] | None,
    ) -> PassageIndex:
        index = PassageIndex.unpack(packed, language, groups)
        sentence_counts = [len(passage.sentences) for _, _, passage in self._table.passages]
        is_same = np.array_equal(index.count_sentences(), sentence_counts)
        check(is_same, "passages of other sentences")
        return index

    def is_sound(self) -> bool:
        """Check that passages are found by their own words.

        It looks at fifty to a hundred of each language, evenly spread, or at all where they are
        fewer.
        """
        return all(answerer._is_index_sound() for answerer in self._answerers)  # noqa: SLF001

    def _is_index_sound(self) -> bool:
        passages = self._table.passages
        step = max(1, len(passages) // _CHECKED_PASSAGES)
        for _, _, passage in passages[::step]:
            query = self.index.parse(passage.plain)
            if not query.term_weights:
                continue
            hits = self.index.retrieve(query, 1)
            if not hits or not 0 < hits[0].score <= self.index.find_max_score(query):
                return False
        return True

    def answer(self, question: str, article: str = "", before: Turn | None = None) -> Answer:
        """Answer a question of any length; never raises.

        ``article`` is the id of the only article to answer from; empty for all of them.
        ``before`` is the conversation so far. A question that follows it up is answered from
        there if that is the better answer. It is not where its own words are the heading of a
        section or the title of an article that only they lead to. What asks for a summary, or
        about the articles themselves, is answered as such.
        """
        asked = read_question(question)
        answer = self._requests.answer(asked, article, before)
        if answer is None:
            answer = self._answer_from_text(asked, article, before)
        recent = () if before is None else before.recent
        if answer.question is question and not recent:
            return answer
        return replace(answer, question=question, recent=recent)

    def answer_from_text(self, question: str) -> Answer:
        """Answer from the articles' text alone, also what asks for a summary or about articles."""
        return self._answer_from_text(read_question(question), "", None)

    def stands_alone(self, answer: Answer) -> bool:
        """Say whether the question of an answer makes sense without what was asked before it."""
        if answer.kind == "smalltalk" or answer.before is not None:
            return False
        question = read_question(answer.question)
        if answer.kind in ("summary", "about"):
            return not self._requests.refers_back(question)
        answerer, *_ = self._order_answerers(question, "", None)
        return answerer._find_form(question) in _STANDING_ALONE  # noqa: SLF001

    def _make_request_server(self) -> RequestServer:
        """Make what answers requests; it does not hold this answerer, which would hold itself."""
        searched = [Searched(one.index, one._table) for one in self._answerers]  # noqa: SLF001
        ask = partial(Answerer._answer_from_text, proxy(self))
        return RequestServer(self.library, searched, ask)

    def _answer_from_text(self, asked: TokenizedText, article: str, before: Turn | None) -> Answer:
        """Answer a question from the articles' text alone, whatever its form."""
        first, *others = self._order_answerers(asked, article, before)
        answer = first._answer_turn(asked, article, before)  # noqa: SLF001
        for other in others:
            if answer.kind == "answer":
                break
            other_answer = other._answer_turn(asked, article, before)  # noqa: SLF001
            if other_answer.kind == "answer":
                answer = other_answer
        return answer

    def quote(self, question: str, passage: str, subject: str = "") -> Quote | None:
        """Quote the passage of an id for a question; None where the library does not hold it.

        ``subject`` is what the conversation was about before the question.
        """
        owner = self._find_owner(passage)
        if owner is not self:
            return owner.quote(question, passage, subject)
        number = self._table.find_number(passage)
        if number is None:
            return None
        return self._quote_passage(question, subject, number)

    def explain(
        self, question: str, passage: str, subject: str = ""
    ) -> tuple[Quote, Explanation] | None:
        """Quote the passage of an id for a question, and explain why it was chosen.

        None where the library does not hold the passage. ``subject`` is what the conversation was
        about before the question.
        """
        owner = self._find_owner(passage)
        if owner is not self:
            return owner.explain(question, passage, subject)
        number = self._table.find_number(passage)
        if number is None:
            return None
        query = self.index.parse(question, subject)
        quote = self._quote_passage(question, subject, number)
        hits = self._query_answerer.retrieve(query)
        explanation = explain(self.index, self._table.passages, number, query, hits)
        for linked in self._links.find(query):
            if number in linked.passages:
                explanation = replace(explanation, linked=linked.link.question)
        return quote, explanation

    def _quote_passage(self, question: str, subject: str, number: int) -> Quote:
        """Quote a passage as it was quoted for a question after its ``subject``."""
        query = self.index.parse(question, subject)
        hit = make_unscored_hit(number)
        _, keys = self._query_answerer.rank_existence(question, query, [hit])
        if not keys and not subject:
            keys = self._topic_answers.find_keys(read_question(question), number)
        (quote,) = self._query_answerer.quoter.quote(query, [hit], keys=keys)
        return quote

    def find_passage(self, passage: str) -> LocatedPassage | None:
        """Give the passage of an id; None where the library does not hold it."""
        return self._find_owner(passage)._table.find_passage(passage)  # noqa: SLF001

    def find_section(self, section: str) -> Place | None:
        """Give the section of an id; None where the library does not hold it."""
        for answerer in self._answerers:
            place = answerer._table.find_section(section)  # noqa: SLF001
            if place is not None:
                return place
        return None

    def _find_owner(self, passage: str) -> "Answerer":
        """Give the answerer of the language that holds the passage of an id; else this one."""
        for other in self._others:
            if other._table.find_number(passage) is not None:  # noqa: SLF001
                return other
        return self

    def _find_owner_of_article(self, article: str) -> "Answerer":
        """Give the answerer of the language of the article of an id; else this one."""
        for other in self._others:
            if other._table.find_range(article):  # noqa: SLF001
                return other
        return self

    def _order_answerers(
        self, question: TokenizedText, article: str, before: Turn | None
    ) -> "list[Answerer]":
        """Give the answerers of all languages, that of the question's own language first.

        A question that is linked is asked first where it is. What follows up is asked first in the
        language of what was quoted. A question is in the language of its script and small words, or
        else in the one that knows most of its words.
        """
        if not self._others:
            return [self]
        if article:
            return [self._find_owner_of_article(article)]
        quoted = self._find_owner(before.passages[0]) if before and before.passages else None
        language = find_question_language(question.text)

        def rank(answerer: Answerer) -> tuple[bool, bool, bool, float]:
            is_linked = answerer._is_linked(question)
            is_quoted = answerer is quoted
            is_of_language = answerer.index.analyzer.language == language
            share = answerer._find_known_share(question)
            return not is_linked, not is_quoted, not is_of_language, -share

        return sorted(self._answerers, key=rank)

    def _is_linked(self, question: TokenizedText) -> bool:
        """Say whether the editor has linked a question to a section of this language."""
        return bool(self._links.find(self.index.parse_tokenized(question)))

    def weigh_terms(self, question: str) -> dict[str, float]:
        """Give the terms that a question asks for, each with its weight in nats."""
        asked = read_question(question)
        first, *_ = self._order_answerers(asked, "", None)
        index = first.index
        query = index.parse_tokenized(asked)
        return weigh_terms(index, query)

    def _find_known_share(self, question: TokenizedText) -> float:
        """Give the share of a question's weight that stands in this language's articles, 0 to 1."""
        query = self.index.parse_tokenized(question)
        unknown = sum(map(self.index.unknown_word_weight, query.unknown_words))
        return 1 - unknown / query.total_weight if query.total_weight else 0.0

    def _answer_turn(self, question: TokenizedText, article: str, before: Turn | None) -> Answer:
        """Answer a question that may follow up another."""
        query = self.index.parse_tokenized(question)
        linked = self._answer_linked(question, query, article)
        if linked is not None:
            return linked
        beginning = _cut_smalltalk(question)
        smalltalk = self._classify_smalltalk(question, beginning)
        about = article or self._find_only_article()
        # Without a conversation or an article that it is about, the form does not matter.
        is_form_asked = before is not None or bool(about)
        form = self._find_form(question) if is_form_asked else FollowUp.NONE
        past = None if before is None else self._past_reader.read(question, form, before)
        stale = NOTHING_STALE if past is None else past.stale
        alone = self._answer_alone(question, query, article, smalltalk, stale)
        is_polite = smalltalk in _NO_FOLLOW_UPS and alone.kind == "smalltalk"
        is_no_question = is_polite or _is_command_of_its_own(beginning)
        if is_no_question and (past is None or form is not FollowUp.AGAIN):
            return alone
        if past is None or not self._can_follow(question, form, past.turn):
            return self._topic_answers.answer(question, about, form, alone, stale=stale)
        stands_alone = alone.assurance is Assurance.SURE or alone.kind == "smalltalk"
        if form is FollowUp.NONE and stands_alone:
            return alone
        answer = self._follow_ups.answer(question, article, past, form, alone)
        return self._topic_answers.answer_follow_up(question, past, form, answer)

    def _can_follow(self, question: TokenizedText, form: FollowUp, before: Turn) -> bool:
        """Say whether a question of a certain form can follow up a turn.

        A request quotes nothing, so that only what refers to something follows it up, or what asks
        for more of a summary.
        """
        if not before.is_of_article or form in _ASKING_BACK:
            return True
        if form is FollowUp.BARE and before.passages:
            return True
        return points_back(question, self.index.analyzer.language)

    def _answer_linked(
        self, question: TokenizedText, query: ParsedQuery, article: str
    ) -> Answer | None:
        """Answer from where the editor says that a question is answered; None where nothing is."""
        linked = self._links.find(query, article)
        if not linked:
            return None
        ranges = [one.passages for one in linked]
        return self._query_answerer.answer_from(question.text, query, ranges)

    def _find_form(self, question: TokenizedText) -> FollowUp:
        """Tell the form in which a question would follow up another."""
        analyzer = self.index.analyzer
        words = WordWeights(analyzer.term, analyzer.frame_terms)
        return find_follow_up(question, words, analyzer.language)

    def _classify_smalltalk(
        self, question: TokenizedText, beginning: TokenizedText
    ) -> Smalltalk | None:
        """Tell which kind of small talk a question is, by its ``beginning``; None for none."""
        smalltalk = classify_smalltalk(beginning, has_term=self._has_term)
        if smalltalk == "noise" and any(map(self.index.is_known, question.folded)):
            # "property" and "qwerty" have neighbouring keys, too.
            return None
        return smalltalk

    def _answer_alone(
        self,
        question: TokenizedText,
        query: ParsedQuery,
        article: str,
        smalltalk: Smalltalk | None,
        stale: Stale,
    ) -> Answer:
        """Answer a question by itself, or reply to small talk."""
        is_question = bool(query.concepts) and smalltalk not in _NEVER_QUESTIONS
        if smalltalk is not None and not is_question:
            return self._reply(question.text, smalltalk)
        hits = self._query_answerer.retrieve(query, article)
        answer = self._query_answerer.answer(question.text, query, hits, stale=stale)
        if smalltalk is None or smalltalk not in _UNLESS_NAMED:
            return answer
        is_named = self._follow_ups.is_named(question, answer)
        return answer if is_named else self._reply(question.text, smalltalk)

    def _find_only_article(self) -> str:
        """Give the id of the only article; empty where there is none, or several."""
        articles = self.library.articles
        return articles[0].id if len(articles) == 1 else ""

    def _has_term(self, word: str) -> bool:
        """Say whether a word is looked up; stop words are not."""
        return bool(self.index.analyzer.term(word))

    def _reply(self, question: str, smalltalk: Smalltalk) -> Answer:
        return Answer(question, "smalltalk", message=make_reply(smalltalk, self.library))


def _cut_smalltalk(question: TokenizedText) -> TokenizedText:
    """Give what is looked at of a question to tell whether it is small talk."""
    if len(question.text) <= _MAX_SMALLTALK_CHARACTERS:
        return question
    return TokenizedText.tokenize(question.text[:_MAX_SMALLTALK_CHARACTERS])


def _is_command_of_its_own(question: TokenizedText) -> bool:
    """Say whether a text is a command ("list articles") and refers to nothing said before."""
    refers_back = len(find_other_words(question)) < len(question.tokens)
    return is_command(question) and not refers_back
