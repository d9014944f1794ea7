"""Which texts of a library are embedded, and the vectors of its passages as an index takes them.

In: the passages of a library, a store of vectors. Out: texts; rows. A passage is embedded as a
whole, and so is each of its sentences and each line of its title. Texts that occur often, such as
an article's title, are embedded once.
"""

from collections.abc import Iterator

import numpy as np

from bot.answers.passage_table import PassageTable, list_title_lines
from bot.embeddings.vector_store import Vectors, VectorStore
from bot.search.meaning import TextRows


def list_passage_texts(table: PassageTable) -> list[str]:
    """Give the text of each passage, as indexed."""
    texts = []
    for _, _, passage in table.passages:
        texts.append(" ".join(sentence.indexed for sentence in passage.sentences))
    return texts


def list_unit_texts(table: PassageTable) -> Iterator[str]:
    """Give the sentences of each passage, and behind them the lines of its title, as indexed."""
    for article, section, passage in table.passages:
        for sentence in passage.sentences:
            yield sentence.indexed
        title = "\n".join(list_title_lines(article, section, passage))
        # Whatever a line holds, the index has a unit for each part of it.
        yield from title.split("\n")


def find_rows(table: PassageTable, store: VectorStore, vectors: Vectors) -> TextRows:
    """Find the rows of all texts of passages, which all have a vector in ``store``.

    ``vectors`` are what the store has frozen.
    """
    passages = store.find_rows(list_passage_texts(table))
    units = store.find_rows(list(list_unit_texts(table)))
    return TextRows(vectors, passages.astype(np.int32), units.astype(np.int32))
