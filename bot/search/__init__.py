"""Finding: texts and a question in, the numbers of the texts that may answer it out, best first."""

from bot.search.bm25 import BM25Index
from bot.search.index import PassageIndex

__all__ = ["BM25Index", "PassageIndex"]
