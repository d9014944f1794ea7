"""Answering: a question in, an ``Answer`` out.

A question becomes a query, the index gives the passages that match it best, and what is known of
the first of them decides: either up to three of them are quoted, or the articles do not answer. A
question that follows up another is read in two ways, by itself and together with what was asked
before; the better reading answers. Small talk is answered with a line.

A folder may mix languages: each has an index of its own, with its own stop words and stems. A
question is asked in its own language first, and in the others where that refuses.

About its subject an answer holds nothing but quotations: whole sentences as the file has them,
never across two sections, never the same sentence twice. How the sentences are chosen is in
``quoting.py``, how the confidence is estimated in ``confidence.py``.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.answers.confidence import estimate_confidence, estimate_coverage, find_assurance
from bot.answers.confidence_features import ConfidenceFeatures, find_features
from bot.answers.conversation import (
    FollowUp,
    Turn,
    find_follow_up,
    remove_anaphoric_words,
    remove_other_party,
)
from bot.answers.explanation import Explanation, explain
from bot.answers.intents import Smalltalk, classify_smalltalk
from bot.answers.language_groups import choose_arrays, group_by_language, name_arrays
from bot.answers.model import Answer, Assurance, LocatedPassage, Place, Policy, Quote
from bot.answers.passage_table import PassageTable, list_title_lines
from bot.answers.quoting import Quoter
from bot.answers.refusal import make_refusal
from bot.answers.smalltalk import make_reply
from bot.answers.suggestions import find_closest_sections, find_other_passages
from bot.array_file import check
from bot.articles.languages import find_question_language
from bot.articles.library import Library
from bot.search.analysis.synonyms import SynonymGroup, read_builtin_groups
from bot.search.analysis.tokens import TokenizedText, tokenize
from bot.search.index import Hit, PassageIndex
from bot.search.query import ParsedQuery
from bot.search.query_parser import read_question
from bot.texts.answers import NO_ARTICLES, NO_MORE

# Hits that are retrieved: enough for the quotations, the further passages and the closest sections.
_MAX_HITS = 20
# A second or third quotation has at least this share of the best score, ...
_MIN_SCORE_RATIO = 0.3
# ... and more by this times the confidence: the surer the first answers, the fewer follow it.
_SCORE_RATIO_PER_CONFIDENCE = 0.4
# Small talk is short, and no more of a text is looked at for it.
_MAX_SMALLTALK_CHARACTERS = 200
# Small talk whatever it is about: thanks for an answer are no question for its words.
_NEVER_QUESTIONS: Set[Smalltalk | None] = frozenset(("thanks", "greeting", "reaction"))
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
    ) -> None:
        """Index every passage of ``library`` under its section's headings and its article's title.

        ``synonyms`` are the editor's own groups, beside those of the program. ``packed`` is the
        packed index of exactly this library and these groups, if there is one. Raises
        DamagedError where it is another.
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
        self._quoter = Quoter(self.index, self._table, self.policy.quotes)
        # Those of the other languages, each with one language alone.
        self._others: list[Answerer] = []
        for other_language, part in others:
            packed_part = None if packed is None else choose_arrays(packed, other_language)
            other = Answerer(part, policy, synonyms, packed_part)
            # Small talk tells what there is in all languages.
            other.library = library
            self._others.append(other)

    @property
    def indexes(self) -> list[PassageIndex]:
        """The indexes of all languages, that of the main one first."""
        return [answerer.index for answerer in self._answerers]

    @property
    def _answerers(self) -> "list[Answerer]":
        """The answerer of each language, that of the main one first."""
        return [self, *self._others]

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
        return PassageIndex(texts, titles, language, groups)

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
            if not hits or not 0 < hits[0].score <= query.max_score:
                return False
        return True

    def answer(self, question: str, article: str = "", before: Turn | None = None) -> Answer:
        """Answer a question of any length; never raises.

        ``article`` is the id of the only article to answer from; empty for all of them.
        ``before`` is the conversation so far. A question that follows it up is answered from
        there if that is the better answer. It is not where its own words are the heading of a
        section or the title of an article that only they lead to.
        """
        asked = read_question(question)
        first, *others = self._order_answerers(asked, article, before)
        answer = first._answer_turn(asked, article, before)  # noqa: SLF001
        for other in others:
            if answer.kind == "answer":
                break
            other_answer = other._answer_turn(asked, article, before)  # noqa: SLF001
            if other_answer.kind == "answer":
                answer = other_answer
        if answer.question is question:
            return answer
        return replace(answer, question=question)

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
        return self._quote_passage(self.index.parse(question, subject), number)

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
        quote = self._quote_passage(query, number)
        hits = self._retrieve(query)
        explanation = explain(self.index, self._table.passages, number, query, hits)
        return quote, explanation

    def _quote_passage(self, query: ParsedQuery, number: int) -> Quote:
        (quote,) = self._quoter.quote(query, [_make_unscored_hit(number)])
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

        What follows up is asked first in the language of what was quoted. A question is in the
        language of its script and small words, or else in the one that knows most of its words.
        """
        if not self._others:
            return [self]
        if article:
            return [self._find_owner_of_article(article)]
        quoted = self._find_owner(before.passages[0]) if before and before.passages else None
        language = find_question_language(question.text)

        def rank(answerer: Answerer) -> tuple[bool, bool, float]:
            is_quoted = answerer is quoted
            is_of_language = answerer.index.analyzer.language == language
            return not is_quoted, not is_of_language, -answerer._find_known_share(question)

        return sorted(self._answerers, key=rank)

    def _find_known_share(self, question: TokenizedText) -> float:
        """Give the share of a question's weight that stands in this language's articles, 0 to 1."""
        query = self.index.parse_tokenized(question)
        unknown = sum(map(self.index.unknown_word_weight, query.unknown_words))
        return 1 - unknown / query.total_weight if query.total_weight else 0.0

    def _answer_turn(self, question: TokenizedText, article: str, before: Turn | None) -> Answer:
        """Answer a question that may follow up another."""
        if before is None:
            return self._answer_alone(question, article)
        follow_up = find_follow_up(question)
        if follow_up is FollowUp.NONE:
            return self._answer_alone(question, article)
        if follow_up is FollowUp.MORE:
            return self._quote_more(question.text, before)
        alone = self._answer_alone(question, article)
        in_context = self._answer_in_context(question, article, before, follow_up)
        return self._choose_reading(question, follow_up, alone, in_context)

    def _answer_alone(self, question: TokenizedText, article: str) -> Answer:
        """Answer a question by itself, or reply to small talk."""
        query = self.index.parse_tokenized(question)
        smalltalk = classify_smalltalk(_cut_smalltalk(question), has_term=self._has_term)
        if smalltalk == "noise" and any(map(self.index.is_known, question.folded)):
            # "property" and "qwerty" have neighbouring keys, too.
            smalltalk = None
        is_question = bool(query.concepts) and smalltalk not in _NEVER_QUESTIONS
        if smalltalk is not None and not is_question:
            return self._reply(question.text, smalltalk)
        hits = self._retrieve(query, article)
        answer = self._answer_from_hits(question.text, query, hits)
        # A section may have the very name of a command ("Help").
        if smalltalk == "help" and not self._is_named(question, answer):
            return self._reply(question.text, smalltalk)
        return answer

    def _answer_in_context(
        self, question: TokenizedText, article: str, before: Turn, follow_up: FollowUp
    ) -> Answer:
        """Answer a question together with the conversation; a bare "why?" with what is new."""
        subject = read_question(before.subject)
        without_other_party = remove_other_party(question.text)
        if without_other_party is None:
            query = self.index.parse_tokenized(question, subject)
        else:
            other_subject = self._find_other_subject(subject, before.passages)
            query = self.index.parse(without_other_party, other_subject)
        hits = self._retrieve(query, article)
        if follow_up is FollowUp.BARE:
            quoted = self._table.find_numbers(before.passages)
            hits = [hit for hit in hits if hit.passage not in quoted]
        answer = self._answer_from_hits(question.text, query, hits)
        return replace(answer, before=before)

    def _choose_reading(
        self, question: TokenizedText, follow_up: FollowUp, alone: Answer, in_context: Answer
    ) -> Answer:
        """Choose between the answers to a follow-up by itself and in its conversation."""
        is_anaphoric = follow_up is FollowUp.ANAPHORIC
        if not _quote_the_same(in_context, alone):
            if self._is_named(question, alone):
                return alone
            if is_anaphoric and self._is_surely_answered(question, alone):
                return alone
            assurance = find_assurance(in_context.confidence, is_dependent=True)
            in_context = replace(in_context, assurance=assurance)
        if is_anaphoric and alone.kind == "answer":
            is_better = in_context.confidence > alone.confidence
            # What is sure in context alone gives way to what is sure by itself.
            is_outdone = alone.assurance is Assurance.SURE is not in_context.assurance
            return in_context if is_better and not is_outdone else alone
        return in_context if in_context.kind == "answer" else alone

    def _is_surely_answered(self, question: TokenizedText, answer: Answer) -> bool:
        """Say whether an answer is sure by more than one word ("did they agree?" has but one)."""
        is_sure = answer.assurance is Assurance.SURE
        return is_sure and len(self._find_own_terms(question)) > 1

    def _is_named(self, question: TokenizedText, answer: Answer) -> bool:
        """Say whether the question is the heading or the title of what is quoted first."""
        own_terms = self._find_own_terms(question)
        if not own_terms or not answer.quotes:
            return False
        first = answer.quotes[0]
        names = (first.section.heading, first.article.title)
        analyze = self.index.analyzer.analyze
        return any(own_terms == frozenset(analyze(name)) for name in names)

    def _has_term(self, word: str) -> bool:
        """Say whether a word is looked up; stop words are not."""
        return bool(self.index.analyzer.term(word))

    def _find_own_terms(self, question: TokenizedText) -> frozenset[str]:
        """Give the terms of a question that neither refer to another nor only frame it.

        Where all of them only frame it ("what is it about"), give these.
        """
        analyzer = self.index.analyzer
        terms = frozenset(analyzer.analyze_words(remove_anaphoric_words(question)))
        return terms - analyzer.frame_terms or terms

    def _find_other_subject(self, subject: TokenizedText, quoted_passages: Sequence[str]) -> str:
        """Give the subject of a conversation with the other names of the article's title.

        The article is that of the first of the quoted passages. Names in the subject give way to
        those names in the title that the subject does not have.
        """
        subject_terms = self.index.parse_tokenized(subject).term_weights
        kept = [word for word in subject.tokens if not self.index.is_name(word)]
        quoted = self._table.find_numbers(quoted_passages)
        if not quoted:
            return " ".join(kept)
        article, _, _ = self._table.passages[quoted[0]]
        names = filter(self.index.is_name, tokenize(article.title))
        term_of = self.index.analyzer.term
        other_names = [name for name in names if term_of(name) not in subject_terms]
        return " ".join(kept + other_names)

    def _quote_more(self, question: str, before: Turn) -> Answer:
        """Quote what is new: further passages for the subject, then what follows those quoted."""
        query = self.index.parse(before.subject)
        quoted = self._table.find_numbers(before.passages)
        hits = self._retrieve(query)
        new_hits = [hit for hit in hits if hit.passage not in quoted]
        good_hits = _keep_good_hits(new_hits, _MIN_SCORE_RATIO)
        following = [_make_unscored_hit(number) for number in self._find_following(quoted)]
        quoted_sentences: set[int] = set()
        for number in quoted:
            quoted_sentences |= self._table.find_sentence_ids(number)
        quotes = self._quoter.quote(query, good_hits + following, quoted_sentences)
        if not quotes:
            return Answer(question, "none", message=NO_MORE(), before=before)
        features = self._find_features(query, good_hits)
        confidence = _estimate_confidence(features)
        # Who asks for more gets what there is: likely is all that can be told of it.
        return Answer(
            question,
            "answer",
            confidence=confidence,
            quotes=quotes,
            before=before,
            assurance=Assurance.LIKELY,
            features=features,
        )

    def _find_following(self, quoted: Sequence[int]) -> list[int]:
        """Give the passages that directly follow quoted ones in the same section, if not quoted."""
        passages = self._table.passages
        following = []
        for number in quoted:
            behind = number + 1
            if behind in quoted or behind == len(passages):
                continue
            _, section, _ = passages[number]
            _, section_behind, _ = passages[behind]
            if section_behind is section:
                following.append(behind)
        return following

    def _answer_from_hits(self, question: str, query: ParsedQuery, hits: Sequence[Hit]) -> Answer:
        """Quote the best hits if the first is likely enough to answer; else refuse."""
        features = self._find_features(query, hits)
        confidence = _estimate_confidence(features)
        answer = Answer(
            question,
            "none",
            confidence,
            closest=find_closest_sections(self._table, hits),
            missing=query.unknown_words,
            corrections=tuple(query.corrections.items()),
            assurance=find_assurance(confidence),
            features=features,
            coverage=estimate_coverage(features) if features else 0.0,
        )
        if not hits or answer.coverage < self.policy.threshold:
            return self._refuse(answer, query, hits)
        return self._quote_best(answer, query, hits)

    def _find_features(self, query: ParsedQuery, hits: Sequence[Hit]) -> ConfidenceFeatures | None:
        """Give the features of the first hit; None without one."""
        if not hits:
            return None
        best = hits[0].passage
        topics = self.index.find_topics(best, query)
        _, _, passage = self._table.passages[best]
        sentences = [sentence.plain for sentence in passage.sentences]
        return find_features(hits, query, topics, sentences, passages=len(self.index))

    def _refuse(self, answer: Answer, query: ParsedQuery, hits: Sequence[Hit]) -> Answer:
        """Make an answer a refusal, which offers the nearest passages."""
        has_articles = bool(self._table.passages)
        message = make_refusal(self.index, query) if has_articles else NO_ARTICLES()
        others = find_other_passages(self._table, hits, quotes=())
        return replace(answer, message=message, others=others)

    def _quote_best(self, answer: Answer, query: ParsedQuery, hits: Sequence[Hit]) -> Answer:
        """Add quotations to an answer: of the first hit, and of those with a score near it."""
        min_score_ratio = _MIN_SCORE_RATIO + _SCORE_RATIO_PER_CONFIDENCE * answer.confidence
        good_hits = _keep_good_hits(hits, min_score_ratio)
        quotes = self._quoter.quote(query, good_hits)
        others = find_other_passages(self._table, hits, quotes)
        return replace(answer, kind="answer", quotes=quotes, others=others)

    def _retrieve(self, query: ParsedQuery, article: str = "") -> list[Hit]:
        """Give the best hits, best first, in the article of an id or, where it is empty, in all."""
        within = self._table.find_range(article) if article else None
        return self.index.retrieve(query, _MAX_HITS, within)

    def _reply(self, question: str, smalltalk: Smalltalk) -> Answer:
        return Answer(question, "smalltalk", message=make_reply(smalltalk, self.library))


def _estimate_confidence(features: ConfidenceFeatures | None) -> float:
    """Give the probability that a first hit of these features answers; 0 without one."""
    return 0.0 if features is None else estimate_confidence(features)


def _cut_smalltalk(question: TokenizedText) -> TokenizedText:
    """Give what is looked at of a question to tell whether it is small talk."""
    if len(question.text) <= _MAX_SMALLTALK_CHARACTERS:
        return question
    return TokenizedText.tokenize(question.text[:_MAX_SMALLTALK_CHARACTERS])


def _quote_the_same(answer: Answer, other: Answer) -> bool:
    """Say whether two answers quote the same passage first, or both none."""
    first = [quote.id for quote in answer.quotes[:1]]
    return first == [quote.id for quote in other.quotes[:1]]


def _keep_good_hits(hits: Sequence[Hit], min_score_ratio: float) -> list[Hit]:
    """Give the hits, best first, that have at least this share of the best score."""
    return [hit for hit in hits if hit.score >= min_score_ratio * hits[0].score]


def _make_unscored_hit(number: int) -> Hit:
    """Give a hit for a passage that is quoted whatever its score."""
    return Hit(
        passage=number,
        score=0.0,
        matched_concepts=0,
        missing_name_share=0.0,
        has_answer_type=True,
    )
