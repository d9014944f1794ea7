"""Whether there is something: which sentences say that there is, or that there is none.

In: a question ("is there a lift", "do they have boats", "any trains?"), its hits and their
passages. Out: the hits in another order, with a key sentence for each. "No lift was built" and "A
lift goes to all floors" answer; a sentence that only mentions a lift does so less. English only.
"""

from collections.abc import Sequence
from operator import itemgetter

from bot.answers.passage_table import PassageTable
from bot.answers.patterns import any_of
from bot.articles.model import Sentence
from bot.search.analysis.tokens import TokenizedText
from bot.search.arrays import FloatArray
from bot.search.index import Hit, PassageIndex
from bot.search.prefilter import PrefilteredPattern
from bot.search.query import ParsedQuery

_OPENING = r"^\W*(?:(?:so|but|and|ok|okay|hey|hi)\W+)*"
_BE = any_of("is", "are", "was", "were", "isn['’]?t", "aren['’]?t", "wasn['’]?t", "weren['’]?t")
_MODAL = any_of("will", "would", "could", "can", "might", "has", "have", "had")
_ANY = r"(?:(?:a|an|any|some|no|even|ever|also|still|actually) )*"
_HOLDER = any_of("they", "it", "you", "u", "he", "she", "we")
_HAVE = any_of("have", "offer", "provide", "sell", "include", "own", "use")
_FORMS = any_of(
    rf"{_BE} there",
    rf"{_MODAL} there (?:ever )?(?:be|been)",
    rf"(?:do|does|did|don['’]?t) {_HOLDER} (?:\w+ )?{_HAVE}(?! to\b)",
    "any",
)
# What is asked about stands behind the form; "is there a way to park" asks how.
_QUESTION = PrefilteredPattern(
    rf"{_OPENING}{_FORMS} (?!{_ANY}(?:way|reason)\b){_ANY}\w",
    "there any have offer prov sell nclude own use",
)
# A longer text asks for more.
_MAX_CHARACTERS = 200
# Before the word for what is asked about, within so many words.
_NEAR = 3
_DENYING = frozenset("no not never without neither nor none n't isn't wasn't aren't".split())
_STATING = frozenset(
    """
    there has have had offer offers offered provide provides provided include includes included
    contain contains contained sell sells sold
    """.split()
)
_SAYING = _DENYING | _STATING
_INDEFINITE = frozenset(("a", "an"))
# What a sentence counts for that says whether there is something, as a share of the best score.
_STATEMENT = 0.6
# So many of the best hits are read.
_MOST_HITS = 8
# No score is divided by less.
_LEAST = 1e-9


def asks_existence(question: str) -> bool:
    """Say whether an English question asks if there is something."""
    return len(question) <= _MAX_CHARACTERS and _QUESTION.is_in(question)


class ExistenceRanker:
    """Ranks the hits of questions for the existence of something. It never changes."""

    def __init__(self, index: PassageIndex, table: PassageTable) -> None:
        """Take an index, and the passages under the same numbers."""
        self._index = index
        self._table = table

    def rank(self, query: ParsedQuery, hits: Sequence[Hit]) -> tuple[list[Hit], dict[int, int]]:
        """Put first what says whether there is something, and give the positions of key sentences.

        ``query`` is a question for existence, and ``hits`` are its, best first. The order stays
        where none of the best says so.
        """
        read = list(hits[:_MOST_HITS])
        most = max((hit.score for hit in read), default=0.0) or _LEAST
        of_passages = self._index.score_sentences([hit.passage for hit in read], query)
        scored: list[tuple[float, Hit]] = []
        keys: dict[int, int] = {}
        for hit, scores in zip(read, of_passages, strict=True):
            total = hit.score / most
            position = self._find_statement(hit.passage, scores, query)
            if position is not None:
                keys[hit.passage] = position
                total += _STATEMENT
            scored.append((total, hit))
        scored.sort(key=itemgetter(0), reverse=True)
        ranked = [
            hit._replace(best_sentence=keys.get(hit.passage, hit.best_sentence))
            for _, hit in scored
        ]
        return [*ranked, *hits[_MOST_HITS:]], keys

    def _find_statement(self, number: int, scores: FloatArray, query: ParsedQuery) -> int | None:
        """Give the position of the best sentence of a passage that says whether there is it."""
        _, _, passage = self._table.passages[number]
        best_first = (-scores).argsort(kind="stable").tolist()
        for position in best_first:
            sentence = passage.sentences[position]
            if self._states(sentence, query):
                return int(position)
        return None

    def _states(self, sentence: Sentence, query: ParsedQuery) -> bool:
        """Say whether a sentence says that there is, or is not, what a query names."""
        text = TokenizedText.tokenize(sentence.plain)
        terms = [self._index.analyzer.term(token) for token in text.tokens]
        for concept in query.concepts:
            if concept.variants.keys().isdisjoint(terms):
                return False
        named = query.term_weights
        for position, term in enumerate(terms):
            if term in named and _is_stated(text.folded, position):
                return True
        return False


def _is_stated(folded: Sequence[str], position: int) -> bool:
    """Say whether the words before a noun say that there is, or is not, what it names."""
    begin = max(position - _NEAR, 0)
    before = folded[begin:position]
    if not _SAYING.isdisjoint(before):
        return True
    if begin > 0:
        return False
    # "A lift goes to all floors."
    return folded[0] in _INDEFINITE
