"""The ways to choose sentences that are compared.

In: a section of an article. Out: places of its sentences, in order.

All are given the same sentences and, but for the first ones, the same terms. sumy's are the
library's own; it is handed sentences and words, so that none of NLTK's data is needed.
"""

from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from bot.answers.summary import summarise
from bot.articles.model import Article, Section
from bot.search.analysis.analyzer import get_analyzer

Method = Callable[[Article, Section, int], list[int]]


def take_first(_: Article, section: Section, most: int) -> list[int]:
    """Choose the first ones (lead-3), which is hard to beat in news."""
    return list(range(min(most, len(section.sentences))))


def choose_ours(article: Article, section: Section, most: int) -> list[int]:
    """Choose as the bot does."""
    chosen = {id(sentence) for sentence in summarise(article, section, most).sentences}
    return [at for at, sentence in enumerate(section.sentences) if id(sentence) in chosen]


def choose_by_sum_basic(article: Article, section: Section, most: int) -> list[int]:
    """Choose by the mean probability of a sentence's terms, squared once used.

    The method is that of Nenkova and Vanderwende (2005).
    """
    found = _split(article, section)
    counts = Counter(term for terms in found for term in terms)
    weights = {term: count / counts.total() for term, count in counts.items()}
    chosen: list[int] = []
    while len(chosen) < min(most, len(found)):
        left = [at for at in range(len(found)) if at not in chosen]
        best = max(
            left, key=lambda at: sum(weights[term] for term in found[at]) / max(1, len(found[at]))
        )
        chosen.append(best)
        weights |= {term: weights[term] ** 2 for term in found[best]}
    return sorted(chosen)


def choose_by_lex_rank(article: Article, section: Section, most: int) -> list[int]:
    """Choose by sumy's LexRank."""
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return _choose_by_sumy(LexRankSummarizer(), article, section, most)


def choose_by_text_rank(article: Article, section: Section, most: int) -> list[int]:
    """Choose by sumy's TextRank."""
    from sumy.summarizers.text_rank import TextRankSummarizer

    return _choose_by_sumy(TextRankSummarizer(), article, section, most)


def _choose_by_sumy(summarizer: Any, article: Article, section: Section, most: int) -> list[int]:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    found = _split(article, section)

    class Words:
        """Stands for a tokenizer: a sentence's text is its place."""

        def to_words(self, text: str) -> list[str]:
            return found[int(text)]

    sentences = [Sentence(str(at), Words()) for at in range(len(found))]
    chosen = summarizer(ObjectDocumentModel([Paragraph(sentences)]), most)
    return [at for at, sentence in enumerate(sentences) if sentence in chosen]


def _split(article: Article, section: Section) -> list[list[str]]:
    terms = get_analyzer(article.language)
    return [terms.analyze(sentence.plain) for sentence in section.sentences]


def find_methods() -> dict[str, Method]:
    """Give the methods that can run here by the names they are shown under."""
    methods: dict[str, Method] = {
        "articlebot": choose_ours,
        "the first sentences": take_first,
        "SumBasic": choose_by_sum_basic,
    }
    if find_spec("sumy") is not None:
        methods[f"LexRank, sumy {version('sumy')}"] = choose_by_lex_rank
        methods[f"TextRank, sumy {version('sumy')}"] = choose_by_text_rank
    return methods
