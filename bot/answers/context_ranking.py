"""Ranking in a conversation: which passage, and which of its sentences, answers a follow-up.

In: a follow-up as a query, its hits, and what was quoted before. Out: the hits in another order,
with a key sentence for each. Every sentence is scored by its words, by those that are asked for now
alone, by the type of the answer, and by how near it is to what was quoted last: what follows a
quoted sentence answers "why?" more often than what is far from it.

A key sentence of the last two turns comes first again only where it is asked for (``repetition``).

The weights are near those of a conditional logit (McFadden 1974) over the sentences that were
looked at, on the odd dialogues of ``tests/short_questions`` and on those of ``tests/dialogues``,
divided so that ``_SENTENCE`` is 0.5. ``python -m benchmarks.fit answering`` sweeps each.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from bot.answers.conversation import NOTHING_STALE, QuotedKey, Stale
from bot.answers.passage_table import PassageTable
from bot.answers.query_answers import make_unscored_hit
from bot.answers.sought import Sought, grade_sought
from bot.search.analysis.tokens import fold
from bot.search.answer_type import AnswerType
from bot.search.arrays import BoolArray, FloatArray
from bot.search.english_forms import NEUTRAL_PRONOUNS, PERSONAL_PRONOUNS
from bot.search.index import Hit, PassageIndex
from bot.search.query import ParsedQuery

# What a sentence counts for, each time a share of the best one's, 0 to 1: the score of its passage
# and its own by all words, the same by the words that are asked for now, and something of the type
# of the answer, or what is sought, which tells an answer better.
_PASSAGE = 0.25
_SENTENCE = 0.5
_OWN_PASSAGE = 0.1
_OWN_SENTENCE = 0.5
_ANSWER_TYPE = 0.65
_SOUGHT = 0.95
# How near the quoted sentence itself is, which may be asked for again, ...
_QUOTED = 0.3
# ... the ones behind it in the section, and all further ones; ...
_BEHIND = (1.1, 0.7, 0.1)
# ... the one before it, and all before that; ...
_BEFORE = (0.2, 0.0)
# ... and what stands elsewhere in the article, or in another one.
_SAME_ARTICLE = 0.0
_OTHER_ARTICLE = -0.7
# What nearness counts for where a question has words of its own that tell where its answer is.
_NEARNESS_BESIDE_WORDS = 0.6
# What the score of a passage counts for where somebody else's stance is asked for, in full.
_PASSAGE_OF_STANCE = 1.5
# So many of the best hits are read again.
_MOST_HITS = 12
# So many passages before and behind the quoted one are looked at, whether they are hits or not.
_AROUND = 2
# What a passage scores that is no hit: this share of the best hit's score.
_NEAR_SHARE = 0.4
_NEVER = -np.inf
# With one of these a sentence goes on with the one before it.
_POINTING_WORDS = (
    PERSONAL_PRONOUNS | NEUTRAL_PRONOUNS | frozenset("the this that these those".split())
)


@dataclass(frozen=True, slots=True)
class Context:
    """What was quoted before a follow-up.

    ``focus`` is the number of the passage that came first last, and ``key`` its key sentence; both
    are None where that is not known. ``stale`` is what may not come first again. ``detail`` is the
    same without what tells a detail that is asked for, None for no such.
    """

    focus: int | None
    key: QuotedKey | None
    stale: Stale = NOTHING_STALE
    detail: Stale | None = None

    @property
    def start(self) -> int:
        """The offset of the key sentence in the decoded file; 0 where it is not known."""
        return 0 if self.key is None else self.key.start


@dataclass(frozen=True, slots=True)
class FollowUpQuery:
    """A follow-up as two queries, with their hits, best first.

    ``whole`` is the question together with what was asked before, and ``own`` by itself.
    ``points_back`` says whether it stands for something without naming it, and ``sought`` what
    tells an answer beside words and type. ``has_words`` says whether the articles hold any word
    that it adds to what was asked before. ``is_full`` says that ``whole`` is the question before,
    asked in full about somebody else.
    """

    whole: ParsedQuery
    hits: Sequence[Hit]
    own: ParsedQuery
    own_hits: Sequence[Hit]
    points_back: bool
    sought: Sought = Sought.NONE
    has_words: bool = False
    is_full: bool = False

    @property
    def is_bare(self) -> bool:
        """Say whether it has no words of its own that the articles hold."""
        return not self.own.concepts


@dataclass(frozen=True, slots=True)
class Ranked:
    """Hits in the order in which they are quoted, and their key sentences.

    ``keys`` are the positions of key sentences in their passages, by passage number. ``goes_on``
    says whether the first one goes on with what was quoted last.
    """

    hits: list[Hit]
    keys: Mapping[int, int]
    goes_on: bool = False

    @property
    def has_answer_type(self) -> bool:
        """Say whether the first key sentence holds something of the answer's type."""
        return bool(self.hits) and self.hits[0].has_answer_type


class ContextRanker:
    """Ranks the hits of follow-ups in one index. It never changes once it is built."""

    def __init__(self, index: PassageIndex, table: PassageTable) -> None:
        """Take an index, and the passages under the same numbers."""
        self._index = index
        self._table = table

    def rank(self, query: FollowUpQuery, context: Context) -> Ranked:
        """Rank the hits of a follow-up, and the passages around what was quoted last."""
        if not query.hits:
            return Ranked([], {})
        candidates = self._add_surroundings(query.hits[:_MOST_HITS], context.focus)
        scores = self.score_sentences(query, candidates, context)
        best = np.array([one.max(initial=_NEVER) for one in scores])  # float64, (candidates,)
        keys: dict[int, int] = {}
        ranked = []
        for place in (-best).argsort(kind="stable").tolist():
            if best[place] == _NEVER:
                # All that it says was marked already.
                continue
            hit = candidates[place]
            keys[hit.passage] = int(scores[place].argmax())
            ranked.append(hit)
        if ranked:
            first = self._lift(ranked[0], query, context) if query.is_bare else ranked[0]
            ranked[0] = first._replace(
                has_answer_type=self._has_type(first, query, keys),
                best_sentence=keys[first.passage],
            )
        return Ranked(ranked, keys, self._goes_on(ranked, keys, context))

    def _goes_on(self, ranked: Sequence[Hit], keys: Mapping[int, int], context: Context) -> bool:
        """Say whether the first key sentence goes on with the quoted one.

        It stands directly behind, and begins with a word that points back: "It was made in 1844".
        """
        if not ranked:
            return False
        number = ranked[0].passage
        key = keys[number]
        _, _, passage = self._table.passages[number]
        first_word, _, _ = passage.sentences[key].plain.partition(" ")
        is_behind = self._find_nearness(number, context)[key] == _BEHIND[0]
        return bool(is_behind) and fold(first_word) in _POINTING_WORDS

    def _has_type(self, hit: Hit, query: FollowUpQuery, keys: Mapping[int, int]) -> bool:
        """Say whether the key sentence of a hit holds something of the answer's type."""
        if not query.whole.answer_type and query.sought is Sought.NONE:
            return True
        (grades,) = self._grade_types([hit.passage], query)
        return bool(grades[keys[hit.passage]])

    def _grade_types(self, numbers: Sequence[int], query: FollowUpQuery) -> list[FloatArray]:
        """Say how surely sentences hold what is sought, or the answer's type, 0 to 1."""
        if query.sought is Sought.NONE:
            types = self._find_types(numbers, query.whole)
            return [has_type.astype(np.float64) for has_type in types]
        grades_of_passages: list[FloatArray] = []
        for number in numbers:
            _, _, passage = self._table.passages[number]
            grades = [grade_sought(one.plain, query.sought) for one in passage.sentences]
            grades_of_passages.append(np.array(grades))
        return grades_of_passages

    def _find_types(self, numbers: Sequence[int], query: ParsedQuery) -> list[BoolArray]:
        """Say which sentences of passages hold something of the answer's type: (sentences,)."""
        if query.answer_type:
            return self._index.find_answer_types(numbers, query)
        passages = [self._table.passages[number][2] for number in numbers]
        return [np.zeros(len(passage.sentences), dtype=np.bool_) for passage in passages]

    def _lift(self, hit: Hit, query: FollowUpQuery, context: Context) -> Hit:
        """Let a passage near to what was quoted count as a fair match of what was asked before.

        A bare question has no words that it could match by itself.
        """
        if not self._is_near(hit.passage, context.focus):
            return hit
        best = query.hits[0]
        if hit.score < _NEAR_SHARE * best.score:
            hit = hit.score_like(best, _NEAR_SHARE)
        return hit._replace(
            matched_concepts=best.matched_concepts,
            missing_name_share=best.missing_name_share,
            strengths=best.strengths,
            concepts_in_sentence=best.concepts_in_sentence,
            adjacent_weight=best.adjacent_weight,
        )

    def _is_near(self, number: int, focus: int | None) -> bool:
        """Say whether a passage is in the section of the quoted one."""
        if focus is None:
            return False
        return self._table.passages[number][1] is self._table.passages[focus][1]

    def _add_surroundings(self, hits: Sequence[Hit], focus: int | None) -> list[Hit]:
        """Add the passages around the quoted one, in its section, to some hits."""
        candidates = list(hits)
        if focus is None:
            return candidates
        found = {hit.passage for hit in hits}
        best = hits[0]
        first = max(focus - _AROUND, 0)
        end = min(focus + _AROUND + 1, len(self._table.passages))
        for number in range(first, end):
            if number not in found and self._is_near(number, focus):
                near = make_unscored_hit(number)
                candidates.append(near.score_like(best, _NEAR_SHARE))
        return candidates

    def score_sentences(
        self, query: FollowUpQuery, hits: Sequence[Hit], context: Context
    ) -> list[FloatArray]:
        """Score the sentences of some passages: for each a float64 array, (sentences,)."""
        numbers = [hit.passage for hit in hits]
        by_whole = self._score_by_words(numbers, query.whole)
        by_own = self._score_by_words(numbers, query.own)
        has_type = self._grade_types(numbers, query)
        shares = _find_shares(hits)
        own_shares = _find_shares(query.own_hits)
        is_plain = query.sought is Sought.NONE and query.whole.answer_type != AnswerType.REASON
        type_weight = _ANSWER_TYPE if is_plain else _SOUGHT
        nearness_weight = _NEARNESS_BESIDE_WORDS if query.has_words else 1.0
        passage_weight = _PASSAGE
        if query.is_full and query.whole.encoded.stance_shares is not None:
            # Whose stance a passage tells is known by its score.
            passage_weight = _PASSAGE_OF_STANCE
        scores = []
        for place, number in enumerate(numbers):
            is_stale = self._find_quoted(number, context.stale.keys)
            # What a passage scores by a sentence that cannot come again counts for nothing.
            fresh = by_whole[place].max(initial=0.0, where=~is_stale)
            fresh /= by_whole[place].max(initial=0.0) or 1.0
            total = _SENTENCE * by_whole[place] + _OWN_SENTENCE * by_own[place]
            total += passage_weight * fresh * shares[number]
            total += _OWN_PASSAGE * own_shares.get(number, 0.0)
            total += type_weight * has_type[place]
            total += nearness_weight * self._find_nearness(number, context)
            total[is_stale] = _NEVER
            scores.append(total)
        return scores

    def _score_by_words(self, numbers: Sequence[int], query: ParsedQuery) -> list[FloatArray]:
        """Score the sentences of passages by their words alone, as shares of the best one's."""
        if not query.concepts:
            passages = [self._table.passages[number][2] for number in numbers]
            return [np.zeros(len(passage.sentences)) for passage in passages]
        words_alone = replace(query, answer_type=AnswerType.NONE)
        scores = self._index.score_sentences(numbers, words_alone)
        most = max(one.max(initial=0.0) for one in scores) or 1.0
        return [one / most for one in scores]

    def _find_quoted(self, number: int, keys: Set[str]) -> BoolArray:
        """Say which sentences of a passage read like some key sentences: bool, (sentences,)."""
        _, _, passage = self._table.passages[number]
        quoted = [sentence.plain in keys for sentence in passage.sentences]
        return np.array(quoted, dtype=np.bool_)

    def _find_nearness(self, number: int, context: Context) -> FloatArray:
        """Say how near the sentences of a passage are to what was quoted last: (sentences,)."""
        article, section, passage = self._table.passages[number]
        nearness: FloatArray = np.zeros(len(passage.sentences))
        if context.focus is None:
            return nearness
        if not self._is_near(number, context.focus):
            quoted_article, _, _ = self._table.passages[context.focus]
            is_same = article is quoted_article
            return nearness + (_SAME_ARTICLE if is_same else _OTHER_ARTICLE)
        starts = np.array([sentence.start for sentence in section.sentences])  # (section's,)
        places = starts.searchsorted([sentence.start for sentence in passage.sentences])
        steps = places - starts.searchsorted(context.start)
        return np.array([_find_nearness_of_step(step) for step in steps.tolist()])


def _find_nearness_of_step(step: int) -> float:
    """Say how near a sentence is that stands so many behind the quoted one, or before it."""
    if step == 0:
        return _QUOTED
    nearness = _BEHIND if step > 0 else _BEFORE
    place = min(abs(step), len(nearness)) - 1
    return nearness[place]


def _find_shares(hits: Sequence[Hit]) -> dict[int, float]:
    """Give the scores of hits as shares of the best one's, by passage number."""
    most = max((hit.score for hit in hits), default=0.0) or 1.0
    return {hit.passage: hit.score / most for hit in hits}
