"""The titles of passages, line by line: a heading that says what is asked speaks for its whole section."""

from collections.abc import Mapping, Sequence

import numpy as np

from bot.search.bm25 import BM25Index, Floats
from bot.search.terms import Terms


class Titles:
    """The lines of the titles (the article's, the headings above a passage), each kept once."""

    def __init__(self, titles: Sequence[str], terms: Terms) -> None:
        """Take one title a passage; a title may have several lines."""
        distinct = {title: number for number, title in enumerate(dict.fromkeys(titles))}
        of_title = [title.split("\n") for title in distinct]
        lines = {
            line: number for number, line in enumerate(dict.fromkeys(line for found in of_title for line in found))
        }
        self._lines = BM25Index(terms.split(line) for line in lines)
        self._numbers = np.array([lines[line] for found in of_title for line in found], dtype=np.int64)
        self._begins = np.concatenate([[0], np.cumsum([len(found) for found in of_title], dtype=np.int64)])[:-1]
        self._of_passage = np.array([distinct[title] for title in titles], dtype=np.int64)

    def best(self, weights: Mapping[str, float]) -> Floats:
        """Give each passage the BM25 score of its best title line: float64, (passages,)."""
        scores = self._lines.get_weighted_scores(weights)
        return np.asarray(np.maximum.reduceat(scores[self._numbers], self._begins)[self._of_passage], dtype=np.float64)

    def weight(self, term: str) -> float:
        """Give a term's weight among the lines; 0 where it stands in none."""
        return float(self._lines.idf.get(term, 0.0))
