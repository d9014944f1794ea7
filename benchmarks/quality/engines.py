"""The engines that are compared, behind one interface.

Each has the best analyser that it has for English.

An engine takes texts and gives numbers of texts with scores. All but ours are given a text with its
title before it; ours takes the title as such. A package that is not installed is named, not missed:
engines import theirs when they are built.
"""

import sqlite3
from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import Stemmer
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from benchmarks.packaged import Packaged, PackagedFTS5
from benchmarks.quality.sets import Text
from benchmarks.quality.words import STOP_WORDS, split_words
from bot.search import PassageIndex

Hits = list[tuple[int, float]]


class Engine(Packaged):
    """Texts that can be searched. What cannot tell texts apart leaves them in their order."""

    def __init__(self, texts: Sequence[Text]) -> None:
        """Keep the texts and index each with its title before it."""
        self.texts = texts
        self._index([f"{text.title} {text.body}".replace("\n", " ").strip() for text in texts])

    @abstractmethod
    def _index(self, texts: Sequence[str]) -> None: ...

    @abstractmethod
    def search(self, question: str, k: int) -> Hits:
        """Give (number of the text, score) of at most ``k`` texts, best first."""

    def find_signal(self, question: str) -> float:
        """Say how sure it is that some text answers: the highest raw score."""
        hits = self.search(question, 1)
        return hits[0][1] if hits else 0.0

    def choose_sentence(self, number: int, question: str) -> int:
        """Give the place of a text's best sentence.

        That is the first of them among all texts' sentences.
        """
        first, behind = self._begins[number], self._begins[number + 1]
        hits = self._sentences.search(question, self._begins[-1])
        return next((at for at, _ in hits if first <= at < behind), first) - first

    @cached_property
    def _begins(self) -> list[int]:
        return [0, *accumulate(len(text.sentences) for text in self.texts)]

    @cached_property
    def _sentences(self) -> "Engine":
        return type(self)(
            [Text(text.body[start:end]) for text in self.texts for start, end in text.sentences]
        )


class Ours(Engine):
    """This program: the passage index of ``bot.search``."""

    label = "articlebot"

    def __init__(self, texts: Sequence[Text]) -> None:
        """Index texts under their titles, if there are any."""
        self.texts = texts
        titles = [text.title for text in texts]
        self._titles = titles if any(titles) else None
        self._index([text.body for text in texts])

    def _index(self, texts: Sequence[str]) -> None:
        self._passages = PassageIndex.build(texts, self._titles)

    def search(self, question: str, k: int) -> Hits:
        """Search as the bot does."""
        return self._passages.search(question, k)

    def find_signal(self, question: str) -> float:
        """Give the share of the attainable score that the best text reaches."""
        wanted = self._passages.parse(question)
        hits = self._passages.retrieve(wanted, 1)
        return hits[0][1] / wanted.max_score if hits else 0.0

    def choose_sentence(self, number: int, question: str) -> int:
        """Choose as the bot chooses the key sentence."""
        scores = self._passages.sentence_scores(number, self._passages.parse(question))
        return int(np.argmax(scores)) if len(scores) else 0


class RankBM25(Engine):
    """rank_bm25's BM25Okapi as its README shows it: words are what stands between blanks."""

    label = "rank-bm25, as in its README"
    package = "rank_bm25"

    def _index(self, texts: Sequence[str]) -> None:
        self._bm25 = BM25Okapi([self._split(text) for text in texts])

    def _split(self, text: str) -> list[str]:
        return text.split(" ")

    def search(self, question: str, k: int) -> Hits:
        """Search by ``get_scores``; every text is found."""
        return _best(self._bm25.get_scores(self._split(question)), k)


class StemmedRankBM25(RankBM25):
    """rank_bm25's BM25Okapi with words, stop words and Snowball's stems."""

    label = "rank-bm25, stemmed"
    _stem = Stemmer.Stemmer("english").stemWords

    def _split(self, text: str) -> list[str]:
        stems: list[str] = self._stem(split_words(text))
        return stems


class BM25S(Engine):
    """bm25s with its defaults (Lucene's BM25), its longer stop list and Snowball's stems."""

    label = "bm25s"
    package = "bm25s"

    def _index(self, texts: Sequence[str]) -> None:
        import bm25s

        self._stemmer = Stemmer.Stemmer("english")
        self._bm25 = bm25s.BM25()
        self._bm25.index(self._split(texts), show_progress=False)

    def _split(self, texts: Sequence[str]) -> Any:
        import bm25s

        return bm25s.tokenize(
            list(texts),
            stopwords=list(STOP_WORDS),
            stemmer=self._stemmer,
            return_ids=False,
            show_progress=False,
        )

    def search(self, question: str, k: int) -> Hits:
        """Search by ``get_scores``; a question without a known word finds nothing."""
        known = [word for word in self._split([question])[0] if word in self._bm25.vocab_dict]
        return _best(self._bm25.get_scores(known), k) if known else []


class Tantivy(Engine):
    """tantivy; any word may match.

    Words are in lower case, accents folded, stop words left out, the others Snowball's stems.
    """

    label = "tantivy"
    package = "tantivy"

    def _index(self, texts: Sequence[str]) -> None:
        import tantivy

        kept = tantivy.Filter.custom_stopword(sorted(STOP_WORDS))
        filters = [
            tantivy.Filter.lowercase(),
            tantivy.Filter.ascii_fold(),
            kept,
            tantivy.Filter.stemmer("english"),
        ]
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for one in filters:
            analyzer = analyzer.filter(one)
        self._analyzer = analyzer.build()
        fields = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="english")
        self._schema = fields.add_unsigned_field("number", stored=True).build()
        index = tantivy.Index(self._schema)
        index.register_tokenizer("english", self._analyzer)
        self._write(index, texts)
        index.reload()
        self._searcher = index.searcher()
        found = self._searcher.search(tantivy.Query.all_query(), max(1, len(texts))).hits
        self._numbers = {_key(place): self._searcher.doc(place)["number"][0] for _, place in found}

    def _write(self, index: Any, texts: Sequence[str]) -> None:
        import tantivy

        writer = index.writer(num_threads=1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()

    def search(self, question: str, k: int) -> Hits:
        """Search for any of the terms."""
        import tantivy

        terms = self._analyzer.analyze(question)
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", term))
            for term in terms
        ]
        found = self._searcher.search(tantivy.Query.boolean_query(wanted), k).hits
        return [(self._numbers[_key(place)], float(score)) for score, place in found]


class SQLite(PackagedFTS5, Engine):
    """SQLite's FTS5 with its Porter stemmer.

    Stop words are dropped from the question, any other word may match.
    """

    def _index(self, texts: Sequence[str]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'porter unicode61')"
        )
        self._database.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", enumerate(texts))

    def search(self, question: str, k: int) -> Hits:
        """Search for any of the words; bm25() is the better the lower."""
        wanted = " OR ".join(f'"{word}"' for word in split_words(question))
        if not wanted:
            return []
        found = self._database.execute(
            (
                "SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH ? ORDER BY "
                "bm25(texts), rowid LIMIT ?"
            ),
            (wanted, k),
        )
        return [(int(number), float(score)) for number, score in found]


def _key(place: Any) -> tuple[int, int]:
    return place.segment_ord, place.doc


def _best(scores: NDArray[np.float64], k: int) -> Hits:
    return [
        (int(number), float(scores[number])) for number in np.argsort(-scores, kind="stable")[:k]
    ]


ENGINES: dict[str, type[Engine]] = {
    "articlebot": Ours,
    "rank-bm25": RankBM25,
    "rank-bm25-stemmed": StemmedRankBM25,
    "bm25s": BM25S,
    "tantivy": Tantivy,
    "sqlite": SQLite,
}
