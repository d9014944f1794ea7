"""Small collections of passages, and strategies for texts and questions, that tests of search
share.
"""

from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from bot.articles.sentences import split_sentences
from bot.search import PassageIndex
from bot.search.analysis.synonyms import SynonymGroup
from bot.search.reranker import Hit

ROOT = Path(__file__).parents[1]
KNOWLEDGE = ROOT / "knowledge"
TEXTS = [
    "The ceasefire began at midnight. Heavy weapons were pulled back from the line of contact.",
    "Negotiations were held in Istanbul. The delegations exchanged prisoners.",
    "Grain left the port of Odesa. Ships followed a corridor through the sea.",
    "Sanctions hit the banks. The price of oil fell.",
]
# Words of one meaning each, none of them near another, so that nothing is corrected by accident.
words = st.sampled_from(
    ["ceasefire", "grain", "Istanbul", "prisoners", "oil", "the", "corridor", "sanctions"]
)
sentences = st.lists(words, max_size=8).map(" ".join)
collections = st.lists(st.lists(sentences, max_size=3).map(". ".join), max_size=8)
# An article is decoded UTF-8; a question may hold lone surrogates and whatever else.
any_text = st.text(st.characters(codec="utf-8"), max_size=200)
any_question = st.text(st.characters(codec=None, exclude_categories=[]), max_size=200)


def plain(
    texts: list[str], titles: list[str] | None = None, groups: Iterable[SynonymGroup] = ()
) -> PassageIndex:
    """Index texts with no thesaurus but ``groups``."""
    return PassageIndex(
        [[text[a:b] for a, b in split_sentences(text, "en")] for text in texts],
        titles,
        "en",
        groups,
    )


def hits_of(index: PassageIndex, question: str) -> dict[int, Hit]:
    """Give what is found, by number."""
    return {hit.passage: hit for hit in index.retrieve(index.parse(question))}


def numbers(index: PassageIndex, question: str, k: int = 10) -> list[int]:
    """Give only the numbers of the texts that are found."""
    return [number for number, _ in index.search(question, k)]
