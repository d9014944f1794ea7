"""The engines that are compared: a question in, the ten best passages out.

The time of that is measured.

What takes terms is given ours (``bot.search.analysis.analyzer``), so the same passages hold what is
asked for. An engine whose package is not installed is named and left out: engines import theirs
when they are built.
"""

import sqlite3
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from benchmarks.packaged import Packaged, PackagedFTS5
from benchmarks.quality.embedder import Embedder
from benchmarks.quality.words import STOP_WORDS
from benchmarks.speed.articles import build_library, find_number
from benchmarks.speed.sampled_encoder import SampledEncoder
from bot.answers.answerer import Answerer
from bot.embeddings.onnx_encoder import load_encoder
from bot.search import BM25Index, PassageIndex
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.encoder import encode_texts

_MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"
Hits = list[tuple[int, float]]
_BEST = 10


class Engine(Packaged):
    """Passages that can be asked."""

    most: ClassVar[int | None] = None
    """The number of passages beyond which it takes too long."""

    @abstractmethod
    def __init__(self, texts: Iterable[str]) -> None:
        """Index passages, each given once; the texts are kept only where the engine needs them."""

    @abstractmethod
    def search(self, question: str, k: int = _BEST) -> Hits:
        """Give (number of the passage, score) of the ``k`` best, best first."""


def _split_all(texts: Iterable[str]) -> Iterator[list[str]]:
    """Split passages as fast as we can, for engines that take lists of terms."""
    numbers, stream, lengths = encode_texts(texts, get_analyzer("en"))
    names = list(numbers)
    end = 0
    for length in lengths.tolist():
        begin, end = end, end + length
        yield [names[number] for number in stream[begin:end].tolist()]


class Ours(Engine):
    """This program's BM25."""

    label = "BM25Index"

    def __init__(self, texts: Iterable[str]) -> None:
        """Split, number and index."""
        self._split = get_analyzer("en").analyze
        self._index = BM25Index.from_term_ids(*encode_texts(texts, get_analyzer("en")))

    def search(self, question: str, k: int = _BEST) -> Hits:
        """Search by ``search``."""
        return self._index.search(self._split(question), k)


class Passages(Engine):
    """This program's index as its answers use it.

    It knows spelling, synonyms, sentences and types of answers as well.
    """

    label = "PassageIndex"

    def __init__(self, texts: Iterable[str]) -> None:
        """Build."""
        self._index = PassageIndex.build(list(texts))

    def search(self, question: str, k: int = _BEST) -> Hits:
        """Search by ``search``."""
        return self._index.search(question, k)


class Answers(Engine):
    """This program's whole answers.

    They are refused or not, quotations cut, with all that is told beside them.
    """

    label = "whole answers"
    most = 100_000

    def __init__(self, texts: Iterable[str]) -> None:
        """Make articles of the passages, and index these under their headings."""
        self._answerer = Answerer(build_library(texts))

    def search(self, question: str, k: int = _BEST) -> Hits:
        """Give what is quoted, then the further passages that are named, which tell no score."""
        answer = self._answerer.answer(question)
        found = {find_number(quote.key): quote.score for quote in answer.quotes}
        for _, _, passage in filter(None, map(self._answerer.find_passage, answer.others)):
            found.setdefault(find_number(passage), 0.0)
        return list(found.items())[:k]


class AnswersWithMeaning(Answers):
    """This program's whole answers where passages are found by their meaning, too.

    They take the model that ``scripts/get_model.py`` makes.
    """

    label = "whole answers with meaning"
    package = "onnxruntime"

    @classmethod
    def find_missing(cls) -> str:
        """Say whether the packages or the model are missing."""
        missing = super().find_missing()
        return missing or ("" if _MODEL.is_dir() else f"there is no model in {_MODEL}")

    @classmethod
    def full_label(cls) -> str:
        """Give the label alone."""
        return cls.label

    def __init__(self, texts: Iterable[str]) -> None:
        """Make articles of the passages, and embed a sample of what they hold."""
        super().__init__(texts)
        embedder = Embedder(SampledEncoder(load_encoder(_MODEL)))
        self._answerer = embedder.prepare(self._answerer)


class RankBM25(Engine):
    """rank_bm25's BM25Okapi."""

    label = "rank_bm25"
    package = "rank_bm25"
    most = 100_000

    def __init__(self, texts: Iterable[str]) -> None:
        """Index lists of terms."""
        from rank_bm25 import BM25Okapi

        self._split = get_analyzer("en").analyze
        self._index = BM25Okapi(list(_split_all(texts)))

    def search(self, question: str, k: int = _BEST) -> Hits:
        """Take the best of ``get_scores``."""
        scores = self._index.get_scores(self._split(question))
        best = np.argpartition(-scores, min(k, len(scores)) - 1)[:k]
        return [(int(number), float(scores[number])) for number in best[np.argsort(-scores[best])]]


class BM25S(Engine):
    """bm25s on NumPy, in this thread."""

    label = "bm25s, NumPy"
    package = "bm25s"

    def __init__(self, texts: Iterable[str]) -> None:
        """Index lists of terms."""
        import bm25s

        self._split: Callable[[str], list[str]] = get_analyzer("en").analyze
        self._index = bm25s.BM25(backend="numpy")
        self._index.index(list(_split_all(texts)), show_progress=False)

    def search(self, question: str, k: int = _BEST) -> Hits:
        """Search by ``retrieve``, which fails for terms that are all unknown."""
        known = [term for term in self._split(question) if term in self._index.vocab_dict]
        if not known:
            return []
        k = min(k, self._index.scores["num_docs"])
        found = self._index.retrieve([known], k=k, show_progress=False, backend_selection="numpy")
        return list(zip(found.documents[0].tolist(), found.scores[0].tolist(), strict=True))


class BM25SOwn(BM25S):
    """bm25s with its own tokenizer and stop words, and Snowball's stems."""

    label = "bm25s, own terms"
    most = 100_000

    def __init__(self, texts: Iterable[str]) -> None:
        """Index what it makes of the texts."""
        import bm25s
        from Stemmer import Stemmer

        make = partial(
            bm25s.tokenize, stopwords="en", stemmer=Stemmer("english"), show_progress=False
        )
        self._split = lambda question: make(question, return_ids=False)[0]
        self._index = bm25s.BM25(backend="numpy")
        self._index.index(make(list(texts)), show_progress=False)


class Tantivy(Engine):
    """tantivy in memory: words between blanks, which are our terms."""

    label = "tantivy"
    package = "tantivy"
    # Enough for few segments, which is what makes it fast.
    _heap_bytes = 500_000_000

    def __init__(self, texts: Iterable[str]) -> None:
        """Write by one thread."""
        import tantivy

        self._term_query, self._any = tantivy.Query.term_query, tantivy.Query.boolean_query
        self._may = tantivy.Occur.Should
        self._analyzer = self._make_analyzer()
        fields = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="own")
        self._schema = fields.add_integer_field("number", fast=True).build()
        index = tantivy.Index(self._schema)
        index.register_tokenizer("own", self._analyzer)
        writer = index.writer(self._heap_bytes, num_threads=1)
        for number, text in enumerate(self._prepare(texts)):
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def _make_analyzer(self) -> Any:
        import tantivy

        return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()

    def _prepare(self, texts: Iterable[str]) -> Iterator[str]:
        return (" ".join(_without_blanks(terms)) for terms in _split_all(texts))

    def _split(self, question: str) -> list[str]:
        return _without_blanks(get_analyzer("en").analyze(question))

    def search(self, question: str, k: int = _BEST) -> Hits:
        """Search for any of the terms.

        Matches beyond the best are not counted, which lets it leave out most.
        """
        wanted = [
            (self._may, self._term_query(self._schema, "text", term))
            for term in self._split(question)
        ]
        found = self._searcher.search(self._any(wanted), k, count=False).hits
        numbers = self._searcher.fast_field_values("number", [place for _, place in found])
        return [(number, score) for number, (score, _) in zip(numbers, found, strict=True)]


class TantivyOwn(Tantivy):
    """tantivy with an analyser of its own, all in Rust.

    Words are in lower case, accents folded, stop words left out, the others Snowball's stems.
    """

    label = "tantivy, own terms"

    def _make_analyzer(self) -> Any:
        import tantivy

        stop_words = tantivy.Filter.custom_stopword(sorted(STOP_WORDS))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        filters = [
            tantivy.Filter.lowercase(),
            tantivy.Filter.ascii_fold(),
            stop_words,
            tantivy.Filter.stemmer("english"),
        ]
        for one in filters:
            analyzer = analyzer.filter(one)
        return analyzer.build()

    def _prepare(self, texts: Iterable[str]) -> Iterator[str]:
        return iter(texts)

    def _split(self, question: str) -> list[str]:
        terms: list[str] = self._analyzer.analyze(question)
        return terms


class SQLite(PackagedFTS5, Engine):
    """SQLite's FTS5 in memory, of our terms, the texts themselves not stored."""

    _table = (
        "CREATE VIRTUAL TABLE passages USING fts5(text, content = '', tokenize = \"unicode61 "
        "tokenchars '_.'\")"
    )

    def __init__(self, texts: Iterable[str]) -> None:
        """Index in one transaction."""
        self._split = get_analyzer("en").analyze
        self._database = sqlite3.connect(":memory:")
        self._database.execute(self._table)
        prepared = (" ".join(_without_blanks(terms)) for terms in _split_all(texts))
        with self._database:
            self._database.executemany(
                "INSERT INTO passages(rowid, text) VALUES (?, ?)", enumerate(prepared)
            )

    def search(self, question: str, k: int = _BEST) -> Hits:
        """Search for any of the terms; its rank is the better the lower."""
        wanted = " OR ".join(f'"{term}"' for term in _without_blanks(self._split(question)))
        if not wanted:
            return []
        query = "SELECT rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
        return [(number, -rank) for number, rank in self._database.execute(query, (wanted, k))]


def _without_blanks(terms: Sequence[str]) -> list[str]:
    """Join the words of a phrase's term: these engines know words only. No term holds the line."""
    return [term.replace(" ", "_") for term in terms]


ENGINES: dict[str, type[Engine]] = {
    "ours": Ours,
    "passages": Passages,
    "answers": Answers,
    "meaning": AnswersWithMeaning,
    "rank_bm25": RankBM25,
    "bm25s": BM25S,
    "bm25s-own": BM25SOwn,
    "tantivy": Tantivy,
    "tantivy-own": TantivyOwn,
    "sqlite": SQLite,
}
