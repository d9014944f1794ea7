"""A section to a summary made of its own most telling sentences, in the section's order.

A sentence tells much when its words are the words that the section keeps coming back to, and those that
few other sentences share with the rest are left out. Sentences are taken one by one; the words of one
that was taken count for less in the next (SumBasic: Nenkova and Vanderwende 2005). Questions, and
sentences that lean on what was said before them, stand back.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.articles.model import Article, Section, Sentence
from bot.search.terms import Terms, find_words, fold, terms_of

_LEANS = frozenset(
    "he she it they this that these those his her its their such however but and so also then there yet still "
    "furthermore moreover conversely therefore thus instead for".split()
)
_STANDS_BACK = 0.5
_FIRST_BONUS = 1.25
_FULL_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences of one section, in its order."""

    article: Article
    section: Section
    sentences: tuple[Sentence, ...]


def summarise(article: Article, section: Section, sentences: int = 3) -> Summary:
    """Choose at most ``sentences`` sentences of a section; fewer where it has fewer."""
    chosen = _choose(section.sentences, terms_of(article.language), sentences)
    return Summary(article, section, tuple(section.sentences[at] for at in sorted(chosen)))


def _choose(sentences: Sequence[Sentence], terms: Terms, most: int) -> list[int]:
    of_sentence = [frozenset(terms.split(sentence.plain)) for sentence in sentences]
    counts = Counter(term for found in of_sentence for term in found)
    weights = {term: float(count) for term, count in counts.items()}
    left = list(range(len(sentences)))
    chosen: list[int] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda at: (_worth(sentences[at], at, of_sentence[at], weights), -at))
        chosen.append(best)
        left.remove(best)
        for term in of_sentence[best]:
            weights[term] /= 3
    return chosen


def _worth(sentence: Sentence, at: int, found: frozenset[str], weights: dict[str, float]) -> float:
    """Give the mean weight of a sentence's words; a very short sentence is taken to have more of them."""
    worth = sum(weights[term] for term in found) / max(len(found), _FULL_LENGTH)
    first = next(iter(find_words(sentence.plain)), "")
    if sentence.plain.endswith("?") or fold(first).split("'")[0] in _LEANS:
        worth *= _STANDS_BACK
    return worth * (_FIRST_BONUS if at == 0 else 1.0)
