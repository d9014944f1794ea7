"""What came of a folder's files as arrays that can be saved, and back.

In: readings by file name. Out: columns of numbers and strings, from which come readings equal to these. What an
article's text tells is not kept twice: a sentence is where it stands, and how it reads only where that is something
else. Whether arrays are still what this code makes of the files is for those to know who kept them; nothing here asks.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.articles.files import Signature
from bot.articles.library import Reading
from bot.articles.model import PARAGRAPH, Article, Form, Passage, Problem, Section, Sentence, Span
from bot.saved import pack_strings, unpack_strings

Value = TypeVar("Value")

_SIGNATURE = attrgetter("size_bytes", "modified_ns", "changed_ns", "inode", "is_settled")
_PROBLEM = attrgetter("file", "line", "column", "severity", "what", "hint")
_ARTICLE = attrgetter("file", "line", "start", "end", "id", "title", "author", "date", "source", "language")
_FORM = attrgetter("kind", "group", "mark", "shown")


def pack(readings: Mapping[str, Reading]) -> dict[str, NDArray[Any]]:
    """Turn readings, by the names of their files, into arrays."""
    articles = [reading.article for reading in readings.values() if reading.article]
    sections = [section for article in articles for section in article.sections]
    passages = [passage for section in sections for passage in section.passages]
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    # The sentences of one item share its form, and only they: what counts is the very object, not what is in it.
    forms = {id(form): form for form in (PARAGRAPH, *(sentence.form for sentence in sentences))}
    numbers = dict(zip(forms, range(len(forms)), strict=True))
    read_otherwise = [at for at, sentence in enumerate(sentences) if sentence.plain != sentence.text]
    return {
        "files": _pack_json([_pack_reading(name, reading) for name, reading in readings.items()]),
        **_pack_strings("text", [article.text for article in articles]),
        "article_sections": _column(len(article.sections) for article in articles),
        "section_places": _pack_places(sections),
        "section_numbers": _column(section.number for section in sections),
        **_pack_strings("heading", [section.heading for section in sections]),
        "section_parents": _column(len(section.parents) for section in sections),
        **_pack_strings("parent", [parent for section in sections for parent in section.parents]),
        "section_passages": _column(len(section.passages) for section in sections),
        "passage_places": _pack_places(passages),
        "passage_sentences": _column(len(passage.sentences) for passage in passages),
        "sentence_places": _pack_places(sentences),
        "sentence_forms": _column(numbers[id(sentence.form)] for sentence in sentences),
        "forms": _pack_json([_FORM(form) for form in forms.values()]),
        "read_otherwise": _column(read_otherwise),
        **_pack_strings("plain", [sentences[at].plain for at in read_otherwise]),
    }


def unpack(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Reading]:
    """Give the readings that were packed, in their order."""
    files = _unpack_json(arrays["files"])
    articles = iter(_unpack_articles(arrays, [about for *_, about in files if about]))
    return {
        name: Reading(
            Signature(*signature) if signature else None,
            sha256,
            characters,
            next(articles) if about else None,
            tuple(Problem(*problem) for problem in problems),
        )
        for name, signature, sha256, characters, problems, about in files
    }


def _unpack_articles(arrays: Mapping[str, NDArray[Any]], about: Sequence[Sequence[Any]]) -> list[Article]:
    names = [file for file, *_ in about]
    texts = _unpack_strings("text", arrays)
    section_counts, passage_counts, sentence_counts = (
        arrays[name] for name in ("article_sections", "section_passages", "passage_sentences")
    )
    # How many there are before each article, and in all.
    sections_of = _upto(section_counts)
    passages_of = _upto(passage_counts)[sections_of]
    sentences_of = _upto(sentence_counts)[passages_of]
    sentences = _unpack_sentences(arrays, _each(names, sentences_of), _each(texts, sentences_of))
    passages = map(
        Passage,
        _each(names, passages_of),
        *arrays["passage_places"].tolist(),
        _grouped(sentences, sentence_counts),
    )
    sections = map(
        Section,
        _each(names, sections_of),
        *arrays["section_places"].tolist(),
        arrays["section_numbers"].tolist(),
        _unpack_strings("heading", arrays),
        _grouped(iter(_unpack_strings("parent", arrays)), arrays["section_parents"]),
        _grouped(passages, passage_counts),
    )
    return [
        Article(*[*fields, own, text, sha256])
        for (*fields, sha256), own, text in zip(about, _grouped(sections, section_counts), texts, strict=True)
    ]


def _unpack_sentences(
    arrays: Mapping[str, NDArray[Any]], names: Iterable[str], texts: Iterable[str]
) -> Iterator[Sentence]:
    """Make the sentences; ``names`` and ``texts`` are those of each one's article."""
    lines, starts, ends = arrays["sentence_places"].tolist()
    written = [text[start:end] for text, start, end in zip(texts, starts, ends, strict=True)]
    plain = written.copy()
    for at, other in zip(arrays["read_otherwise"].tolist(), _unpack_strings("plain", arrays), strict=True):
        plain[at] = other
    forms = [PARAGRAPH, *(Form(*form) for form in _unpack_json(arrays["forms"])[1:])]
    return map(
        Sentence, names, lines, starts, ends, written, plain, map(forms.__getitem__, arrays["sentence_forms"].tolist())
    )


def _pack_reading(name: str, reading: Reading) -> list[object]:
    return [
        name,
        _SIGNATURE(reading.signature) if reading.signature else None,
        reading.sha256,
        reading.characters,
        [_PROBLEM(problem) for problem in reading.problems],
        [*_ARTICLE(reading.article), reading.article.sha256] if reading.article else None,
    ]


def _pack_json(value: object) -> NDArray[np.uint8]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _unpack_json(content: NDArray[np.uint8]) -> Any:  # noqa: ANN401 (it is JSON)
    return json.loads(str(content.data, "utf-8", "surrogatepass"))


def _pack_strings(name: str, strings: Sequence[str]) -> dict[str, NDArray[Any]]:
    content, ends = pack_strings(strings)
    return {f"{name}_strings": content, f"{name}_ends": ends}


def _unpack_strings(name: str, arrays: Mapping[str, NDArray[Any]]) -> list[str]:
    return unpack_strings(arrays[f"{name}_strings"], arrays[f"{name}_ends"])


def _pack_places(spans: Sequence[Span]) -> NDArray[np.int32]:
    """Give lines, starts and ends, (3, spans)."""
    return np.array([[getattr(span, name) for span in spans] for name in ("line", "start", "end")], np.int32)


def _column(numbers: Iterable[int]) -> NDArray[np.int32]:
    return np.fromiter(numbers, np.int32)


def _upto(counts: NDArray[np.int32]) -> NDArray[np.int64]:
    """Give how many there are before each, and in all."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def _each(values: Iterable[Value], upto: NDArray[np.int64]) -> Iterator[Value]:
    """Give each value as often as there are parts of it."""
    return chain.from_iterable(map(repeat, values, np.diff(upto).tolist()))


def _grouped(values: Iterator[Value], counts: NDArray[np.int32]) -> Iterator[tuple[Value, ...]]:
    """Cut what comes into tuples of so many."""
    return (tuple(islice(values, count)) for count in counts.tolist())
