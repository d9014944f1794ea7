"""A question to an Answer: up to three quotations with their key sentences, or an honest "not in the articles".

Whether an answer is given depends on the confidence alone: how much of the score that the question could
reach was reached, turned into the probability that the first quotation answers. What is quoted are whole
sentences as the file has them, never across two sections, never the same sentence twice.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.answers.anaphora import find_antecedent_at
from bot.answers.conversation import (
    MAX_FOLLOW_UP_CONFIDENCE,
    SURE,
    FollowUp,
    Turn,
    find_follow_up,
    own_words,
    without_the_other,
)
from bot.answers.explanation import Explanation, explain
from bot.answers.ids import passage_id, section_ids
from bot.answers.intents import Smalltalk, classify_smalltalk
from bot.answers.model import Answer, Policy, Quote
from bot.array_file import check
from bot.articles.library import Library
from bot.articles.model import Article, Passage, Section, Sentence
from bot.search.analysis.analyzer import tokenize
from bot.search.analysis.synonyms import SynonymGroup, read_builtin_groups
from bot.search.answer_type import AnswerType
from bot.search.index import Hit, PassageIndex, shorten
from bot.search.memo import memoize
from bot.search.query import ParsedQuery

# The confidence is a logistic regression on the logarithms of the share of the attainable score that was reached, of
# the number of things found and of the number of passages, on the share of what is asked for that are names which do
# not stand there, and on the kind of thing that is missing.
_BASE, _SHARE, _FOUND, _PASSAGES, _UNNAMED = 1.95, 2.51, 2.31, -0.32, -5.69
_UNFIT = {AnswerType.NUMBER: -4.38, AnswerType.DATE: -3.29}

MAX_SENTENCES = 3
MAX_WORDS = 80
_LOOKED_AT = 20
# What else is quoted has at least this share of the best one's score; the surer that one is, the more.
_WORTH_QUOTING, _WHEN_SURE = 0.3, 0.4
_NO_ARTICLES = "There are no articles to answer from yet."
_REFUSAL = "The articles do not answer that."
_TOLD = 5
_CLOSEST = 3
_OTHERS = 6
# What is offered beside the quotations has at least this share of the best one's score.
_WORTH_OFFERING = 0.2
_CACHED = 16_384


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

        ``synonyms`` are the editor's own groups, beside those of the program; ``packed`` is the index, packed, of
        exactly this library and these groups, if there is one. Raises DamagedError where it is another.
        """
        self.library = library
        self.policy = policy or Policy()
        self._places = list(library.passages())
        language = _language(library)
        groups = (*read_builtin_groups(language), *synonyms) if synonyms else None
        if packed is None:
            self.index = self._make_index(language, groups)
        else:
            self.index = PassageIndex.unpack(packed, language, groups)
            sentences = [len(passage.sentences) for _, _, passage in self._places]
            check(
                np.array_equal(self.index.count_sentences(), sentences),
                "passages of other sentences",
            )
        self._leans = memoize(Answerer._find_leaning, self, _CACHED)
        self._terms = memoize(Answerer._find_terms, self, _CACHED)
        self._names = [passage_id(article, passage) for article, _, passage in self._places]
        self._ids = dict(zip(self._names, range(len(self._names)), strict=True))
        self._sections = {
            name: (article, section)
            for article in library.articles
            for name, section in zip(section_ids(article), article.sections, strict=True)
        }

    def _make_index(self, language: str, groups: Sequence[SynonymGroup] | None) -> PassageIndex:
        return PassageIndex(
            [[sentence.plain for sentence in passage.sentences] for _, _, passage in self._places],
            [
                "\n".join((article.title, *section.parents, section.heading))
                for article, section, _ in self._places
            ],
            language,
            groups,
        )

    def answer(self, question: str, article: str = "", before: Turn | None = None) -> Answer:
        """Answer a question of any length, from the article of the given id alone if one is given; never raises.

        A question that leans on what was asked ``before`` is answered from there if that is the better answer; not
        where its own words are the heading of a section or the title of an article that only they lead to.
        """
        answer = self._converse(shorten(question), article, before)
        return answer if answer.question is question else replace(answer, question=question)

    def _converse(self, question: str, article: str, before: Turn | None) -> Answer:
        follow_up = find_follow_up(question) if before else FollowUp.NONE
        if before is None or follow_up is FollowUp.NONE:
            return self._answer(question, article)
        if follow_up is FollowUp.MORE:
            return self._more(question, before)
        alone = self._answer(question, article)
        leaning = self._follow(question, article, before, follow_up)
        if not _is_same(leaning, alone):
            if self._is_named(question, alone) or (
                follow_up is FollowUp.ANAPHORIC and self._is_enough(alone, question)
            ):
                return alone
            leaning = replace(leaning, confidence=min(leaning.confidence, MAX_FOLLOW_UP_CONFIDENCE))
        if follow_up is FollowUp.ANAPHORIC and alone.kind == "answer":
            return leaning if leaning.confidence > alone.confidence else alone
        return leaning if leaning.kind == "answer" else alone

    def _is_enough(self, alone: Answer, question: str) -> bool:
        """Say whether a question is surely answered by itself, by more than a word ("did they agree?" is not)."""
        return alone.confidence >= SURE and len(self._own_terms(question)) > 1

    def _is_named(self, question: str, alone: Answer) -> bool:
        """Say whether the words of a question are, all of them, the heading or the title of what is quoted first."""
        own = self._own_terms(question)
        return bool(own) and any(
            own == frozenset(self.index.analyzer.analyze(name))
            for quote in alone.quotes[:1]
            for name in (quote.section.heading, quote.article.title)
        )

    def _own_terms(self, question: str) -> frozenset[str]:
        """Give the terms of a question without those that only frame it, if it has others."""
        terms = frozenset(self.index.analyzer.analyze(own_words(question)))
        return terms - self.index.analyzer.frame_terms or terms

    def _follow(self, question: str, article: str, before: Turn, follow_up: FollowUp) -> Answer:
        """Answer a question together with what was asked before; a bare "why?" with what was not quoted yet."""
        short = without_the_other(question)
        subject = before.subject if short is None else self._other_subject(before)
        query = self.index.parse(question if short is None else short, subject)
        hits = self.index.retrieve(query, _LOOKED_AT, self._range_of(article))
        if follow_up is FollowUp.BARE:
            hits = [hit for hit in hits if hit.passage not in self._numbers(before)]
        return replace(self._judge(question, query, hits), before=before)

    def _answer(self, question: str, article: str) -> Answer:
        query = self.index.parse(question)
        smalltalk = classify_smalltalk(
            question[:200], lambda word: bool(self.index.analyzer.term(word))
        )
        if smalltalk in ("thanks", "greeting", "reaction") or (smalltalk and not query.concepts):
            return Answer(question, "smalltalk", message=self._invite(smalltalk))
        answer = self._judge(
            question, query, self.index.retrieve(query, _LOOKED_AT, self._range_of(article))
        )
        if smalltalk == "help" and not self._is_named(question, answer):
            return Answer(question, "smalltalk", message=self._invite(smalltalk))
        return answer

    def _judge(self, question: str, query: ParsedQuery, hits: Sequence[Hit]) -> Answer:
        """Quote what was found, if it is likely enough to answer."""
        confidence = _confidence(hits[0], query, len(self.index)) if hits else 0.0
        corrections = tuple(query.corrections.items())
        closest = self._closest(hits)
        if not hits or confidence < self.policy.threshold:
            message = self._refuse(query) if self._places else _NO_ARTICLES
            others = self._others(hits, ())
            return Answer(
                question,
                "none",
                confidence,
                message,
                (),
                others,
                closest,
                query.unknown_words,
                corrections,
            )
        worth = (_WORTH_QUOTING + _WHEN_SURE * confidence) * hits[0].score
        quotes = self._quotes(query, [hit for hit in hits if hit.score >= worth])
        others = self._others(hits, quotes)
        return Answer(
            question,
            "answer",
            confidence,
            "",
            quotes,
            others,
            closest,
            query.unknown_words,
            corrections,
        )

    def _refuse(self, query: ParsedQuery) -> str:
        """Say that the articles do not answer, which words stand nowhere in them, and what those might have been."""
        words = []
        for word in query.unknown_words[:_TOLD]:
            meant = " or ".join(f"“{other}”" for other in self.index.suggest_spellings(word))
            words.append(f"“{word}” (perhaps {meant})" if meant else f"“{word}”")
        return _REFUSAL + (f" Nowhere in them: {', '.join(words)}." if words else "")

    def _others(self, hits: Sequence[Hit], quotes: Sequence[Quote]) -> tuple[str, ...]:
        """Give what else was found, but nothing of which a sentence is quoted first."""
        shown = {id(sentence) for quote in quotes[:1] for sentence in quote.sentences}
        numbers = [hit.passage for hit in hits if hit.score >= _WORTH_OFFERING * hits[0].score]
        others = (
            self._names[number]
            for number in numbers
            if shown.isdisjoint(map(id, self._places[number][2].sentences))
        )
        return tuple(islice(others, _OTHERS))

    def _more(self, question: str, before: Turn) -> Answer:
        """Quote what else there is: further passages of the question before, then what follows those quoted."""
        query = self.index.parse(before.subject)
        quoted = self._numbers(before)
        used = {id(sentence) for number in quoted for sentence in self._places[number][2].sentences}
        hits = [hit for hit in self.index.retrieve(query, _LOOKED_AT) if hit.passage not in quoted]
        hits = [hit for hit in hits if hit.score >= _WORTH_QUOTING * hits[0].score]
        quotes = self._quotes(query, [*hits, *self._following(quoted)], used)
        message = "" if quotes else "The articles say no more about that."
        return Answer(
            question,
            "answer" if quotes else "none",
            1.0 if quotes else 0.0,
            message,
            quotes,
            before=before,
        )

    def _following(self, quoted: Sequence[int]) -> list[Hit]:
        """Give the passages that stand behind those quoted, in the same sections."""
        behind = [
            number + 1
            for number in quoted
            if number + 1 not in quoted and number + 1 < len(self._places)
        ]
        return [
            Hit(number, 0.0, 0, missing_name_share=0.0, has_answer_type=True)
            for number in behind
            if self._places[number][1] is self._places[number - 1][1]
        ]

    def _numbers(self, before: Turn) -> list[int]:
        """Give the passages that were quoted and are still there."""
        return [
            number for passage in before.passages if (number := self._ids.get(passage)) is not None
        ]

    def _other_subject(self, before: Turn) -> str:
        """Say what was being asked, but of the other names in the title of the article that answered."""
        titles = [self._places[number][0].title for number in self._numbers(before)[:1]]
        asked = self.index.parse(before.subject).term_weights
        kept = [word for word in tokenize(shorten(before.subject)) if not self.index.is_name(word)]
        others = [
            word
            for title in titles
            for word in tokenize(title)
            if self.index.is_name(word) and self.index.analyzer.term(word) not in asked
        ]
        return " ".join([*kept, *others])

    def _quotes(
        self, query: ParsedQuery, hits: Sequence[Hit], used: set[int] | None = None
    ) -> tuple[Quote, ...]:
        """Quote the best of what was found; nothing that was ``used`` (ids of sentences) already."""
        quotes: list[Quote] = []
        used = set() if used is None else used
        asked = frozenset[str]().union(*(concept.variants for concept in query.concepts))
        for hit, at in zip(hits, self._find_keys(query, hits), strict=True):
            article, section, passage = self._places[hit.passage]
            key = passage.sentences[at]
            if id(key) not in used:
                leans = partial(self._leans, hit.passage)
                sentences = _stretch(article.text, section.sentences, leans, key, used)
                used.update(map(id, sentences))
                matched = self._matched(sentences, asked)
                name = self._names[hit.passage]
                quotes.append(Quote(name, article, section, sentences, key, hit.score, matched))
                if len(quotes) == self.policy.quotes:
                    break
        return tuple(quotes)

    def _find_keys(self, query: ParsedQuery, hits: Sequence[Hit]) -> Iterator[int]:
        """Say which sentence of each passage answers best; as many are looked at together as may be quoted."""
        for begin in range(0, len(hits), self.policy.quotes):
            numbers = [hit.passage for hit in hits[begin : begin + self.policy.quotes]]
            for scores in self.index.score_sentences(numbers, query):
                yield int(scores.argmax())

    def _find_leaning(self, number: int, at: int) -> bool:
        """Say whether a sentence of a passage's section is not understood without an earlier one."""
        texts = [sentence.plain for sentence in self._places[number][1].sentences]
        return find_antecedent_at(at, texts, frozenset(), self.index.analyzer) is not None

    def is_sound(self) -> bool:
        """Say whether passages are found by their own words; looks at fifty of them, evenly spread."""
        for _, _, passage in self._places[:: max(1, len(self._places) // 50)]:
            query = self.index.parse(passage.plain)
            hits = self.index.retrieve(query, 1)
            if query.term_weights and not (hits and 0 < hits[0].score <= query.max_score):
                return False
        return True

    def quote(self, question: str, passage: str, subject: str = "") -> Quote | None:
        """Quote the passage of the given id for a question on a subject; None where the library does not hold it."""
        number = self._ids.get(passage)
        if number is None:
            return None
        return self._quotes(
            self.index.parse(question, subject),
            [Hit(number, 0.0, 0, missing_name_share=0.0, has_answer_type=True)],
        )[0]

    def explain(
        self, question: str, passage: str, subject: str = ""
    ) -> tuple[Quote, Explanation] | None:
        """Say why a passage is quoted for a question on a subject; None where the library does not hold it."""
        number = self._ids.get(passage)
        quote = self.quote(question, passage, subject)
        if number is None or quote is None:
            return None
        query = self.index.parse(question, subject)
        return quote, explain(
            self.index, self._places, number, query, self.index.retrieve(query, _LOOKED_AT)
        )

    def find_passage(self, passage: str) -> tuple[Article, Section, Passage] | None:
        """Give the passage of an id with its section and article; None where the library does not hold it."""
        number = self._ids.get(passage)
        return None if number is None else self._places[number]

    def find_section(self, section: str) -> tuple[Article, Section] | None:
        """Give the section of an id; None where the library does not hold it."""
        return self._sections.get(section)

    def _range_of(self, article: str) -> range | None:
        if not article:
            return None
        numbers = [at for at, (one, _, _) in enumerate(self._places) if one.id == article]
        return range(numbers[0], numbers[-1] + 1) if numbers else range(0)

    def _matched(self, sentences: Sequence[Sentence], asked: Set[str]) -> tuple[str, ...]:
        """Give the words of the quotation whose terms were asked for, as they stand there, each once."""
        pieces = chain.from_iterable(sentence.plain.split() for sentence in sentences)
        words = chain.from_iterable(map(self._terms, pieces))
        return tuple(dict.fromkeys(word for word, term in words if term in asked))

    def _find_terms(self, piece: str) -> list[tuple[str, str]]:
        """Give the words of what stands between two blanks, none of which holds one, with their terms."""
        return [
            (word, term) for word in tokenize(piece) if (term := self.index.analyzer.term(word))
        ]

    def _closest(self, hits: Sequence[Hit]) -> tuple[tuple[Article, Section], ...]:
        sections: dict[int, tuple[Article, Section]] = {}
        for hit in hits:
            article, section, _ = self._places[hit.passage]
            sections[id(section)] = article, section
            if len(sections) == _CLOSEST:
                break
        return tuple(sections.values())

    def _invite(self, smalltalk: Smalltalk) -> str:
        opening = {
            "greeting": "Hello!",
            "thanks": "You are welcome.",
            "reaction": "I am here if you have a question.",
            "noise": "I could not make a question out of that.",
            "empty": "Ask me a question.",
            "help": "I answer with quotations from the articles, word for word.",
        }[smalltalk]
        titles = [article.title for article in self.library.articles]
        if not titles:
            return f"{opening} {_NO_ARTICLES}"
        if smalltalk in ("greeting", "thanks", "reaction"):
            return (
                f"{opening} Ask me what the articles say." if smalltalk == "greeting" else opening
            )
        more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
        subjects = "; ".join(f"“{title}”" for title in titles[:3])
        heading = next(
            (section.heading for _, section in self.library.sections() if section.heading), ""
        )
        example = f" Try: What do they say about “{heading}”?" if heading else ""
        return f"{opening} You can ask about {subjects}{more}.{example}"


def _is_same(leaning: Answer, alone: Answer) -> bool:
    """Say whether both quote the same passage first."""
    return [quote.id for quote in leaning.quotes[:1]] == [quote.id for quote in alone.quotes[:1]]


def _confidence(hit: Hit, query: ParsedQuery, passages: int) -> float:
    """Give the probability that the answer is right, for the best of so many ``passages``."""
    logit = (
        _BASE + _SHARE * math.log(hit.score / query.max_score) + _UNNAMED * hit.missing_name_share
    )
    logit += _FOUND * math.log1p(hit.matched_concepts) + _PASSAGES * math.log1p(passages)
    logit += 0.0 if hit.has_answer_type else _UNFIT.get(query.answer_type, 0.0)
    return 1 / (1 + math.exp(-logit))


def _language(library: Library) -> str:
    languages = [article.language for article in library.articles]
    return max(sorted(set(languages)), key=languages.count, default="en")


def _stretch(
    text: str,
    sentences: Sequence[Sentence],
    leans: Callable[[int], bool],
    key: Sentence,
    used: set[int],
) -> tuple[Sentence, ...]:
    """Put the sentences around the key sentence that fit: at most three with it, at most 80 words, one paragraph.

    What announces a list, a table or code comes with it if it can. Where the first leans on the one before
    ("He agreed."), that comes with it if it can; else what follows does.
    """
    last = next(at for at, sentence in enumerate(sentences) if sentence is key)
    first = _announced(sentences, last, used)
    room = MAX_WORDS - sum(map(_words, sentences[first : last + 1]))

    def fits(at: int) -> bool:
        if (
            not 0 <= at < len(sentences)
            or id(sentences[at]) in used
            or _words(sentences[at]) > room
        ):
            return False
        recent_questions, later = (last, at) if at > last else (at, first)
        return _belong_together(text, sentences[recent_questions], sentences[later])

    while last - first + 1 < MAX_SENTENCES:
        ways = (first - 1, last + 1) if leans(first) else (last + 1, first - 1)
        at = next(filter(fits, ways), None)
        if at is None:
            break
        first, last = min(first, at), max(last, at)
        room -= _words(sentences[at])
    return tuple(sentences[first : last + 1])


def _announced(sentences: Sequence[Sentence], key: int, used: set[int]) -> int:
    """Give the sentence in a colon that announces the key sentence's list, table or code; itself where none fits."""
    group = sentences[key].form.group
    room = MAX_WORDS - _words(sentences[key])
    for first in range(key - 1, max(key - MAX_SENTENCES, -1), -1) if group else ():
        room -= _words(sentences[first])
        if room < 0 or id(sentences[first]) in used:
            break
        if sentences[first].plain.endswith(":"):
            return first
        if sentences[first].form.group != group:
            break
    return key


def _belong_together(text: str, sentence: Sentence, following: Sentence) -> bool:
    """Say whether two neighbours stand in one paragraph, or in a list whose items are no sentences by themselves.

    What announces something, ending in a colon, belongs to what it announces.
    """
    if sentence.plain.endswith(":"):
        return True
    gap = text[sentence.end : following.start].replace("\r\n", "\n").replace("\r", "\n")
    is_new_item = "\n" in gap and not gap.isspace()
    return gap.count("\n") < 2 and not (is_new_item and sentence.plain.endswith((".", "!", "?")))


def _words(sentence: Sentence) -> int:
    return len(sentence.plain.split())
