"""Answering a parsed query: its hits are quoted, or the articles do not answer.

In: a parsed query and its hits, best first. Out: an ``Answer``. What is known of the first hit
decides between up to three quotations and a refusal. What a question means is decided elsewhere.
"""

from collections.abc import Mapping, Sequence, Set
from copy import copy
from dataclasses import replace

from bot.answers.confidence import estimate, find_assurance
from bot.answers.confidence_features import ConfidenceFeatures, find_features
from bot.answers.conversation import NOTHING_STALE, Stale
from bot.answers.existence import ExistenceRanker, asks_existence
from bot.answers.model import Answer, Assurance, Policy, Quote
from bot.answers.newer_first import put_newer_first
from bot.answers.passage_table import PassageTable
from bot.answers.quoting import Quoter
from bot.answers.refusal import make_refusal
from bot.answers.suggestions import find_closest_sections, find_other_passages
from bot.search.contradictions import asks_for_sign, lacks_sign
from bot.search.index import Hit, PassageIndex, Portrayal
from bot.search.query import ParsedQuery
from bot.search.terms_in_text import stands_as_term
from bot.texts.answers import NO_ARTICLES, NO_MORE

# Hits that are retrieved: enough for the quotations, the further passages and the closest sections.
_MAX_HITS = 20
# A second or third quotation has at least this share of the best score, ...
MIN_SCORE_RATIO = 0.3
# ... and more by this times the confidence: the surer the first answers, the fewer follow it.
_SCORE_RATIO_PER_CONFIDENCE = 0.4
# What has the amount that is asked for comes before what lacks it if it is one of so many hits, and
# has at least this share of the best score.
_MAX_PUT_FIRST = 3
_MIN_TELLING_RATIO = 0.5
_ENGLISH = "en"
# The key sentence of each passage is the one that answers best.
_NO_KEYS: Mapping[int, int] = {}


class QueryAnswerer:
    """Answers parsed queries from one index. It never changes once it is built."""

    def __init__(self, index: PassageIndex, table: PassageTable, policy: Policy) -> None:
        """Take an index, and the passages under the same numbers."""
        self.index = index
        self.table = table
        self.quoter = Quoter(index, table, policy.quotes)
        self._policy = policy
        self._existence = ExistenceRanker(index, table)

    @property
    def threshold(self) -> float:
        """The lowest coverage at which a question is answered, 0 to 1."""
        return self._policy.threshold

    def with_threshold_share(self, share: float) -> "QueryAnswerer":
        """Give the same with a share, 0 to 1, of the threshold."""
        other = copy(self)
        other._policy = replace(self._policy, threshold=share * self.threshold)  # noqa: SLF001
        return other

    def retrieve(self, query: ParsedQuery, article: str = "") -> list[Hit]:
        """Give the best hits, best first, in the article of an id or, where it is empty, in all.

        Of those that say the same thing, the newer comes first.
        """
        within = self.table.find_range(article) if article else None
        hits = self.index.retrieve(query, _MAX_HITS, within)
        return put_newer_first(self.table, hits)

    def answer(
        self,
        question: str,
        query: ParsedQuery,
        hits: Sequence[Hit],
        keys: Mapping[int, int] = _NO_KEYS,
        stale: Stale = NOTHING_STALE,
    ) -> Answer:
        """Quote the best hits if the first is likely enough to answer; else refuse.

        ``keys`` are the positions of key sentences that were chosen already, by passage number.
        ``stale`` is what may not come first again.
        """
        if not keys:
            hits, keys = self.rank_existence(question, query, hits)
        keys = self.quoter.choose_keys(query, hits, keys)
        found = hits
        passed = self._pass_over(query, found, keys, stale)
        hits = self._put_telling_first(question, query, passed, keys, stale)
        features = self.find_features(query, hits, keys)
        confidence, coverage = estimate(features)
        quotes: tuple[Quote, ...] = ()
        message = ""
        if features is not None and coverage >= self._policy.threshold:
            min_score_ratio = MIN_SCORE_RATIO + _SCORE_RATIO_PER_CONFIDENCE * confidence
            good_hits = keep_good_hits(hits, min_score_ratio)
            quotes = self.quoter.quote(query, good_hits, keys=keys, stale=stale)
            features = features.judge_key_sentence(question, quotes[0].key.plain)
        elif passed is not found and self._is_covered(query, found):
            message = NO_MORE()
        else:
            message = make_refusal(self.index, query) if self.table.passages else NO_ARTICLES()
        is_doubtful = features is not None and features.is_doubtful
        return Answer(
            question,
            "answer" if quotes else "none",
            confidence,
            quotes=quotes,
            others=find_other_passages(self.table, hits, quotes),
            closest=find_closest_sections(self.table, hits),
            missing=query.unknown_words,
            corrections=tuple(query.corrections.items()),
            message=message,
            assurance=find_assurance(confidence, is_doubtful=is_doubtful),
            features=features,
            coverage=coverage,
        )

    def answer_from(self, question: str, query: ParsedQuery, ranges: Sequence[range]) -> Answer:
        """Answer with the best passage of each of some ranges, whatever else there is.

        Who names them answers for it, so that the answer is sure.
        """
        answer = Answer(question, "answer", 1.0, assurance=Assurance.SURE, coverage=1.0)
        first = [self._find_best(query, numbers) for numbers in ranges]
        closest = find_closest_sections(self.table, first)
        quotes = self.quoter.quote(query, first)
        hits = self.retrieve(query)
        others = find_other_passages(self.table, hits, quotes)
        corrections = tuple(query.corrections.items())
        answer = replace(answer, closest=closest, corrections=corrections)
        return replace(answer, quotes=quotes, others=others)

    def _find_best(self, query: ParsedQuery, numbers: range) -> Hit:
        hits = self.index.retrieve(query, 1, numbers)
        return hits[0] if hits else make_unscored_hit(numbers.start)

    def _pass_over(
        self,
        query: ParsedQuery,
        hits: Sequence[Hit],
        keys: Mapping[int, int],
        stale: Stale,
    ) -> Sequence[Hit]:
        """Give the hits from the first one whose key sentence is not stale."""
        if not stale.keys or not hits:
            return hits
        for place, hit in enumerate(hits):
            if self.quoter.find_key(query, hit, keys).plain not in stale.keys:
                return hits[place:] if place else hits
        return []

    def _put_telling_first(
        self,
        question: str,
        query: ParsedQuery,
        hits: Sequence[Hit],
        keys: Mapping[int, int],
        stale: Stale,
    ) -> Sequence[Hit]:
        """Put the best hit first that has what is asked for, if the first one plainly lacks it.

        Only what would be quoted beside the first is looked at, and what may come first. What was
        asked before, which a query may hold too, asks for nothing now.
        """
        if not hits or not asks_for_sign(question):
            return hits
        least = _MIN_TELLING_RATIO * hits[0].score
        # In a conversation a hit may stand before one with a higher score.
        for place, hit in enumerate(hits[:_MAX_PUT_FIRST]):
            if hit.score < least:
                continue
            key = self.quoter.find_key(query, hit, keys).plain
            if key not in stale.keys and not lacks_sign(question, key):
                return [hit, *hits[:place], *hits[place + 1 :]] if place else hits
        return hits

    def was_quoted(self, query: ParsedQuery, hits: Sequence[Hit], stale: Stale) -> bool:
        """Say whether the best of all hits would answer, but may not come first again."""
        is_stale = self._pass_over(query, hits, _NO_KEYS, stale) is not hits
        return is_stale and self._is_covered(query, hits)

    def _is_covered(self, query: ParsedQuery, hits: Sequence[Hit]) -> bool:
        """Say whether the first hit makes it likely enough that the articles answer."""
        _, coverage = estimate(self.find_features(query, hits))
        return coverage >= self._policy.threshold

    def rank_existence(
        self, question: str, query: ParsedQuery, hits: Sequence[Hit]
    ) -> tuple[Sequence[Hit], Mapping[int, int]]:
        """Rank the hits of a question whether there is something; leave those of others.

        Gives the positions of key sentences that say so, too, by passage number.
        """
        is_english = self.index.analyzer.language == _ENGLISH
        if hits and is_english and asks_existence(question):
            return self._existence.rank(query, hits)
        return hits, _NO_KEYS

    def find_features(
        self, query: ParsedQuery, hits: Sequence[Hit], keys: Mapping[int, int] = _NO_KEYS
    ) -> ConfidenceFeatures | None:
        """Give what the confidence in the first hit depends on; None without one.

        ``keys`` are the positions of key sentences, as in ``Quoter.quote``.
        """
        if not hits:
            return None
        best = hits[0].passage
        topics = self.index.find_article_topics(best, query)
        _, _, passage = self.table.passages[best]
        sentences = [sentence.plain for sentence in passage.sentences]
        features = find_features(hits, query, topics, sentences, passages=len(self.index))
        portrayal = self._find_portrayal(query, hits[0], keys)
        return features.judge_portrayal(portrayal)

    def _find_portrayal(self, query: ParsedQuery, hit: Hit, keys: Mapping[int, int]) -> Portrayal:
        """Say what the key sentence of a hit tells of what a query asks the meaning of.

        What stands under a heading that is the term, or asks for it, is about it.
        """
        number = hit.passage
        _, section, passage = self.table.passages[number]
        asked = query
        term = query.possible_term
        if term and stands_as_term(term, (sentence.plain for sentence in passage.sentences)):
            asked = self.index.parse_term(term.words)
        if not asked.asks_definition:
            return Portrayal.UNASKED
        position = self.quoter.find_key_position(query, hit, keys)
        portrayal = self.index.find_portrayal(number, position, asked)
        if portrayal is not Portrayal.MENTIONED:
            return portrayal
        heading = self.index.parse(section.heading)
        is_headed = _list_terms(heading) == _list_terms(asked)
        return Portrayal.SUBJECT if is_headed else Portrayal.MENTIONED


def _list_terms(query: ParsedQuery) -> Set[str]:
    """Give the terms of what a query asks for."""
    return {concept.term for concept in query.concepts if concept.is_asked}


def keep_good_hits(hits: Sequence[Hit], min_score_ratio: float) -> list[Hit]:
    """Give the hits, best first, that have at least this share of the best score."""
    return [hit for hit in hits if hit.score >= min_score_ratio * hits[0].score]


def make_unscored_hit(number: int) -> Hit:
    """Give a hit for a passage that is quoted whatever its score."""
    return Hit(
        passage=number,
        score=0.0,
        matched_concepts=0,
        missing_name_share=0.0,
        has_answer_type=True,
    )
