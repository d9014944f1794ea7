"""What came of a folder's files as arrays that can be saved, and back.

In: readings by file name. Out: columns of numbers and strings, from which come readings equal to these. What an
article's text tells is not kept twice: a sentence is where it stands, and how it reads only where that is something
else. Whether arrays are still what this code makes of the files is for those to know who kept them; nothing here asks.
But no value is believed that can be told to be wrong: each place lies in its text, and each text has its SHA-256.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from bot.array_file import (
    DamagedError,
    Layout,
    check,
    check_layout,
    pack_strings,
    strings_layout,
    unpack_sizes,
    unpack_strings,
)
from bot.articles.files import Signature
from bot.articles.library import ParsedFile
from bot.articles.model import (
    PARAGRAPH,
    Article,
    BlockForm,
    FormKind,
    Passage,
    Problem,
    Section,
    Sentence,
    Severity,
    Span,
)

Value = TypeVar("Value")

_SIGNATURE = attrgetter("size_bytes", "modified_ns", "changed_ns", "inode", "is_settled")
_PROBLEM = attrgetter("file", "line", "column", "severity", "what", "hint")
_ARTICLE = attrgetter("id", "title", "author", "date", "source", "language")
_FORM = attrgetter("kind", "group", "mark", "shown")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HALF = re.compile("[\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2}")

# What is packed. ``files`` and ``forms`` are lists in JSON; places are a line, a start and an end.
_LAYOUT: Layout = {
    "files": ("uint8", ("bytes of files",)),
    **strings_layout("text", "articles"),
    "article_sections": ("int32", ("articles",)),
    "section_places": ("int32", (3, "sections")),
    "section_numbers": ("int32", ("sections",)),
    **strings_layout("heading", "sections"),
    "section_parents": ("int32", ("sections",)),
    **strings_layout("parent", "parents"),
    "section_passages": ("int32", ("sections",)),
    "passage_sentences": ("int32", ("passages",)),
    "sentence_places": ("int32", (3, "sentences")),
    "sentence_forms": ("int32", ("sentences",)),
    "forms": ("uint8", ("bytes of forms",)),
    "read_otherwise": ("int32", ("others",)),
    **strings_layout("plain", "others"),
}


def pack(parsed_files: Mapping[str, ParsedFile]) -> dict[str, NDArray[Any]]:
    """Turn readings, by the names of their files, into arrays."""
    articles = [parsed_file.article for parsed_file in parsed_files.values() if parsed_file.article]
    sections = [section for article in articles for section in article.sections]
    passages = [passage for section in sections for passage in section.passages]
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    # The sentences of one item share its form, and only they: what counts is the very object, not what is in it.
    forms = {id(form): form for form in (PARAGRAPH, *(sentence.form for sentence in sentences))}
    numbers = dict(zip(forms, range(len(forms)), strict=True))
    read_otherwise = [
        at for at, sentence in enumerate(sentences) if sentence.plain != sentence.text
    ]
    return {
        "files": _pack_json(
            [_pack_reading(name, parsed_file) for name, parsed_file in parsed_files.items()]
        ),
        **pack_strings("text", [article.text for article in articles]),
        "article_sections": _column(len(article.sections) for article in articles),
        "section_places": _pack_places(sections),
        "section_numbers": _column(section.number for section in sections),
        **pack_strings("heading", [section.heading for section in sections]),
        "section_parents": _column(len(section.parents) for section in sections),
        **pack_strings("parent", [parent for section in sections for parent in section.parents]),
        "section_passages": _column(len(section.passages) for section in sections),
        "passage_sentences": _column(len(passage.sentences) for passage in passages),
        "sentence_places": _pack_places(sentences),
        "sentence_forms": _column(numbers[id(sentence.form)] for sentence in sentences),
        "forms": _pack_json([_FORM(form) for form in forms.values()]),
        "read_otherwise": _column(read_otherwise),
        **pack_strings("plain", [sentences[at].plain for at in read_otherwise]),
    }


def unpack(arrays: Mapping[str, NDArray[Any]]) -> dict[str, ParsedFile]:
    """Give the readings that were packed, in their order; raises DamagedError where ``pack`` can't have given these."""
    check_layout(arrays, _LAYOUT)
    files = _unpack_files(arrays)
    parsed_files = {file.name: file.parsed_file for file in files}
    check(len(parsed_files) == len(files), "files: one is named twice")
    articles = _unpack_articles(arrays, [file for file in files if file.about])
    return parsed_files | {
        article.file: replace(parsed_files[article.file], article=article) for article in articles
    }


class _File(NamedTuple):
    """A file, what came of it but for the article, and what is said of that besides its text, if there is one."""

    name: str
    parsed_file: ParsedFile
    about: Sequence[str]


def _unpack_files(arrays: Mapping[str, NDArray[Any]]) -> list[_File]:
    files = []
    for row in _unpack_rows("files", arrays):
        name, signature, sha256, characters, problems, about = _take(
            row, str, None, str, int, list, list
        )
        check(_SHA256.fullmatch(sha256) and characters >= 0, "files: no such reading")
        signed = (
            Signature(*_take(signature, int, int, int, int, bool))
            if signature is not None
            else None
        )
        # Of an article the text tells it. Too many characters would keep other files from being read.
        check(about or signed is None or characters <= signed.size_bytes, "files: no such reading")
        told = tuple(Problem(*_take(problem, str, int, int, str, str, str)) for problem in problems)
        is_problem = all(
            problem.file == name and problem.severity in get_args(Severity) for problem in told
        )
        check(is_problem, "files: no such problem")
        if about:
            article, *_, language = _take(about, *[str] * 6)
            check(
                article == name.rpartition(".")[0] and _LANGUAGE.fullmatch(language),
                "files: no such article",
            )
        files.append(_File(name, ParsedFile(signed, sha256, characters, None, told), about))
    return files


def _unpack_articles(arrays: Mapping[str, NDArray[Any]], files: Sequence[_File]) -> list[Article]:
    names = [file.name for file in files]
    texts = unpack_strings("text", arrays)
    check(len(texts) == len(files), "as many texts as articles")
    for text, file in zip(texts, files, strict=True):
        is_read = len(text) == file.parsed_file.characters
        check(
            is_read and hashlib.sha256(text.encode()).hexdigest() == file.parsed_file.sha256,
            "text: not that of a file",
        )
    # How many there are before each, and in all.
    sections_upto = unpack_sizes("article_sections", arrays, len(arrays["section_numbers"]))
    passages_upto = unpack_sizes("section_passages", arrays, len(arrays["passage_sentences"]))
    sentences_upto = unpack_sizes(
        "passage_sentences", arrays, len(arrays["sentence_forms"]), least=1
    )
    unpack_sizes("section_parents", arrays, len(arrays["parent.ends"]))
    # How many there are before each article, and in all.
    passages_of = passages_upto[sections_upto]
    sentences_of = sentences_upto[passages_of]
    check((np.diff(passages_of) > 0).all(), "article_sections: an article without passages")
    check(_are_numbered(arrays["section_numbers"], sections_upto), "section_numbers: out of order")
    lengths = np.array([len(text) for text in texts], np.int64)
    places = _unpack_places("section_places", arrays, lengths.repeat(np.diff(sections_upto)))
    of_sentences = _unpack_places("sentence_places", arrays, lengths.repeat(np.diff(sentences_of)))
    lines, starts, ends = of_sentences
    # Were they to overlap, together they could be longer than any memory.
    follows = starts[1:] >= ends[:-1]
    follows[sentences_of[1:-1] - 1] = True
    check(follows.all() and (starts < ends).all(), "sentence_places: out of order")
    sentences = _unpack_sentences(
        arrays, of_sentences, _each(names, sentences_of), _each(texts, sentences_of)
    )
    first, last = sentences_upto[:-1], sentences_upto[1:] - 1
    passages = map(
        Passage,
        _each(names, passages_of),
        lines[first].tolist(),
        starts[first].tolist(),
        ends[last].tolist(),
        _grouped(sentences, arrays["passage_sentences"]),
    )
    sections = map(
        Section,
        _each(names, sections_upto),
        *places.tolist(),
        arrays["section_numbers"].tolist(),
        unpack_strings("heading", arrays),
        _grouped(iter(unpack_strings("parent", arrays)), arrays["section_parents"]),
        _grouped(passages, arrays["section_passages"]),
    )
    own = _grouped(sections, arrays["article_sections"])
    return list(map(_make_article, files, own, texts))


def _make_article(file: _File, sections: tuple[Section, ...], text: str) -> Article:
    name, title, author, date, source, language = file.about
    sha256 = file.parsed_file.sha256
    return Article(
        file.name,
        1,
        0,
        len(text),
        name,
        title,
        author,
        date,
        source,
        language,
        sections,
        text,
        sha256,
    )


def _are_numbered(numbers: NDArray[np.int32], upto: NDArray[np.int64]) -> bool:
    """Say whether the sections of each article are numbered in order, from 0 or 1."""
    firsts = numbers[upto[:-1]]
    expected = np.arange(len(numbers)) + (firsts - upto[:-1]).repeat(np.diff(upto))
    return bool(np.isin(firsts, (0, 1)).all() and (numbers == expected).all())


def _unpack_places(
    name: str, arrays: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Give lines, starts and ends, each of which lies in a text of the given length."""
    places = arrays[name]
    lines, starts, ends = places
    check((lines >= 1).all() and (starts >= 0).all(), f"{name}: before the text")
    check((starts <= ends).all() and (ends <= lengths).all(), f"{name}: behind the text")
    return places


def _unpack_sentences(
    arrays: Mapping[str, NDArray[Any]],
    places: NDArray[np.int32],
    names: Iterable[str],
    texts: Iterable[str],
) -> Iterator[Sentence]:
    """Make the sentences; ``names`` and ``texts`` are those of each one's article."""
    lines, starts, ends = places.tolist()
    written = [text[start:end] for text, start, end in zip(texts, starts, ends, strict=True)]
    plain = written.copy()
    others = arrays["read_otherwise"]
    check((others[1:] > others[:-1]).all(), "read_otherwise: one stands there twice")
    check(((others >= 0) & (others < len(plain))).all(), "read_otherwise: no such sentence")
    for at, other in zip(others.tolist(), unpack_strings("plain", arrays), strict=True):
        plain[at] = other
    forms = _unpack_forms(arrays)
    numbers = arrays["sentence_forms"]
    check(((numbers >= 0) & (numbers < len(forms))).all(), "sentence_forms: no such form")
    return map(
        Sentence,
        names,
        lines,
        starts,
        ends,
        written,
        plain,
        map(forms.__getitem__, numbers.tolist()),
    )


def _unpack_forms(arrays: Mapping[str, NDArray[Any]]) -> list[BlockForm]:
    forms = [BlockForm(*_take(row, str, int, str, str)) for row in _unpack_rows("forms", arrays)]
    check(
        forms[:1] == [PARAGRAPH] and all(form.kind in get_args(FormKind) for form in forms),
        "forms: no such form",
    )
    return [PARAGRAPH, *forms[1:]]


def _pack_reading(name: str, parsed_file: ParsedFile) -> list[object]:
    return [
        name,
        _SIGNATURE(parsed_file.signature) if parsed_file.signature else None,
        parsed_file.sha256,
        parsed_file.characters,
        [_PROBLEM(problem) for problem in parsed_file.problems],
        _ARTICLE(parsed_file.article) if parsed_file.article else [],
    ]


def _pack_json(value: object) -> NDArray[np.uint8]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _unpack_rows(name: str, arrays: Mapping[str, NDArray[Any]]) -> list[Any]:
    try:
        rows = json.loads(str(arrays[name].data, "utf-8"))
    except (ValueError, RecursionError):
        raise DamagedError(f"{name}: can't be read") from None
    if not isinstance(rows, list):
        raise DamagedError(f"{name}: no list")
    return rows


def _take(row: object, *types: type | None) -> list[Any]:
    """Give a row of values of exactly these types; None stands for any."""
    if not isinstance(row, list) or len(row) != len(types):
        raise DamagedError("a row of another length")
    for value, expected in zip(row, types, strict=True):
        check(expected is None or type(value) is expected, "a row of other values")
        # What JSON calls a string may hold half a character, which no file does.
        check(expected is not str or _HALF.search(value) is None, "a row with half a character")
    return row


def _pack_places(spans: Sequence[Span]) -> NDArray[np.int32]:
    """Give lines, starts and ends, (3, spans)."""
    return np.array(
        [[getattr(span, name) for span in spans] for name in ("line", "start", "end")], np.int32
    )


def _column(numbers: Iterable[int]) -> NDArray[np.int32]:
    return np.fromiter(numbers, np.int32)


def _each(values: Iterable[Value], upto: NDArray[np.int64]) -> Iterator[Value]:
    """Give each value as often as there are parts of it."""
    return chain.from_iterable(map(repeat, values, np.diff(upto).tolist()))


def _grouped(values: Iterator[Value], counts: NDArray[np.int32]) -> Iterator[tuple[Value, ...]]:
    """Cut what comes into tuples of so many."""
    return (tuple(islice(values, count)) for count in counts.tolist())
