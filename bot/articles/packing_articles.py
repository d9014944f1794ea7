"""The sections, passages and sentences of articles as columns, and back.

In: articles. Out: one array for each attribute of all sections, passages or sentences, and for each
whole the number of its parts. On the way back the parts are made in one go and cut into groups.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from bot.array_file import (
    Layout,
    check,
    pack_strings,
    strings_layout,
    unpack_sizes,
    unpack_strings,
)
from bot.articles.model import (
    PARAGRAPH,
    Article,
    BlockForm,
    FormKind,
    Link,
    Passage,
    Section,
    Sentence,
    Span,
)
from bot.articles.packing_files import PackedFile, Stated
from bot.articles.packing_rows import pack_json, take_values, unpack_rows

Value = TypeVar("Value")
Arrays = Mapping[str, NDArray[Any]]

# The rows of places are lines, starts and ends. ``forms`` is a list in JSON.
ARTICLES_LAYOUT: Layout = {
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
    **strings_layout("reading", "others"),
    "links": ("uint8", ("bytes of links",)),  # JSON: sentence, start, end, address
    "contexts": ("uint8", ("bytes of contexts",)),  # JSON: passage, context
}

_form_row = attrgetter("kind", "group", "mark", "shown")
_FORM_TYPES = (str, int, str, str)
_LINK_TYPES = (int, int, int, str)
_CONTEXT_TYPES = (int, str)


def pack_articles(articles: Sequence[Article]) -> dict[str, NDArray[Any]]:
    """Turn articles into arrays of ARTICLES_LAYOUT."""
    sections = [section for article in articles for section in article.sections]
    passages = [passage for section in sections for passage in section.passages]
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    texts = [article.text for article in articles]
    section_counts = _column(len(article.sections) for article in articles)
    sentence_counts = _column(len(passage.sentences) for passage in passages)
    return {
        **pack_strings("text", texts),
        "article_sections": section_counts,
        **_pack_sections(sections),
        "passage_sentences": sentence_counts,
        "contexts": _pack_contexts(passages),
        **_pack_sentences(sentences),
    }


def _pack_sections(sections: Sequence[Section]) -> dict[str, NDArray[Any]]:
    places = _pack_places(sections)
    numbers = _column(section.number for section in sections)
    headings = [section.heading for section in sections]
    parents = [parent for section in sections for parent in section.parents]
    parent_counts = _column(len(section.parents) for section in sections)
    passage_counts = _column(len(section.passages) for section in sections)
    return {
        "section_places": places,
        "section_numbers": numbers,
        **pack_strings("heading", headings),
        "section_parents": parent_counts,
        **pack_strings("parent", parents),
        "section_passages": passage_counts,
    }


def _pack_contexts(passages: Sequence[Passage]) -> NDArray[np.uint8]:
    """Give the contexts of the passages that have one, with their numbers."""
    contexts = [passage.context for passage in passages]
    rows = [[number, context] for number, context in enumerate(contexts) if context]
    return pack_json(rows)


def _pack_links(sentences: Sequence[Sentence]) -> NDArray[np.uint8]:
    """Give the links of all sentences, each with the number of its sentence."""
    rows = []
    for number, sentence in enumerate(sentences):
        rows += [[number, link.start, link.end, link.address] for link in sentence.links]
    return pack_json(rows)


def _pack_sentences(sentences: Sequence[Sentence]) -> dict[str, NDArray[Any]]:
    # The sentences of one item share its form, and only they. So forms are told apart as objects:
    # two items with equal forms stay two.
    form_numbers = {id(PARAGRAPH): 0}
    forms = [PARAGRAPH]
    read_otherwise = []
    readings = []
    for index, sentence in enumerate(sentences):
        form = sentence.form
        if id(form) not in form_numbers:
            form_numbers[id(form)] = len(forms)
            forms.append(form)
        if sentence.style.reading is not None:
            read_otherwise.append(index)
            readings.append(sentence.style.reading)
    form_rows = [_form_row(form) for form in forms]
    return {
        "sentence_places": _pack_places(sentences),
        "sentence_forms": _column(form_numbers[id(sentence.form)] for sentence in sentences),
        "forms": pack_json(form_rows),
        "read_otherwise": _column(read_otherwise),
        **pack_strings("reading", readings),
        "links": _pack_links(sentences),
    }


def _pack_places(spans: Sequence[Span] | Sequence[Sentence]) -> NDArray[np.int32]:
    """Give lines, starts and ends, int32, (3, spans)."""
    lines = [span.line for span in spans]
    starts = [span.start for span in spans]
    ends = [span.end for span in spans]
    rows = [lines, starts, ends]
    return np.array(rows, np.int32)


def _column(numbers: Iterable[int]) -> NDArray[np.int32]:
    return np.fromiter(numbers, np.int32)


class _Boundaries(NamedTuple):
    """Where the parts of each whole begin, and where the last ones end: int64, (wholes + 1,)."""

    sections_of_articles: NDArray[np.int64]
    passages_of_sections: NDArray[np.int64]
    sentences_of_articles: NDArray[np.int64]


def unpack_articles(arrays: Arrays, files: Sequence[PackedFile]) -> list[Article]:
    """Give the articles of ``files``, in their order; each of them has one.

    ``arrays`` are in ARTICLES_LAYOUT. Raises DamagedError where they can't be of these files.
    """
    names = [file.name for file in files]
    texts = _unpack_texts(arrays, files)
    boundaries = _unpack_boundaries(arrays)
    lengths = np.array([len(text) for text in texts], np.int64)  # (articles,)

    section_lengths = lengths.repeat(np.diff(boundaries.sections_of_articles))
    section_places = _unpack_places("section_places", arrays, section_lengths)
    sentence_lengths = lengths.repeat(np.diff(boundaries.sentences_of_articles))
    sentence_places = _unpack_places("sentence_places", arrays, sentence_lengths)
    _check_sentence_order(sentence_places, boundaries)

    sentence_names = _repeat_each(names, boundaries.sentences_of_articles)
    sentence_texts = _repeat_each(texts, boundaries.sentences_of_articles)
    sentences = _make_sentences(arrays, sentence_places, sentence_names, sentence_texts)
    passages = _make_passages(arrays, sentences)
    section_names = _repeat_each(names, boundaries.sections_of_articles)
    sections = _make_sections(arrays, section_places, section_names, passages)
    sections_of_each = _group(sections, arrays["article_sections"])
    stated = [file.stated for file in files if file.stated]
    return list(map(_make_article, files, stated, sections_of_each, texts))


def _unpack_texts(arrays: Arrays, files: Sequence[PackedFile]) -> list[str]:
    texts = unpack_strings("text", arrays)
    check(len(texts) == len(files), "as many texts as articles")
    for text, file in zip(texts, files, strict=True):
        parsed_file = file.parsed_file
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        is_same_length = len(text) == parsed_file.characters
        check(is_same_length and sha256 == file.text_sha256, "text: not that of a file")
    return texts


def _unpack_boundaries(arrays: Arrays) -> _Boundaries:
    section_count = len(arrays["section_numbers"])
    passage_count = len(arrays["passage_sentences"])
    sentence_count = len(arrays["sentence_forms"])
    parent_count = len(arrays["parent.ends"])
    sections_of_articles = unpack_sizes("article_sections", arrays, section_count)
    passages_of_sections = unpack_sizes("section_passages", arrays, passage_count)
    sentences_of_passages = unpack_sizes("passage_sentences", arrays, sentence_count, least=1)
    unpack_sizes("section_parents", arrays, parent_count)
    passages_of_articles = passages_of_sections[sections_of_articles]
    has_passages = np.diff(passages_of_articles) > 0  # bool, (articles,)
    check(has_passages.all(), "article_sections: an article without passages")
    is_numbered = _are_numbered(arrays["section_numbers"], sections_of_articles)
    check(is_numbered, "section_numbers: out of order")
    return _Boundaries(
        sections_of_articles=sections_of_articles,
        passages_of_sections=passages_of_sections,
        sentences_of_articles=sentences_of_passages[passages_of_articles],
    )


def _are_numbered(numbers: NDArray[np.int32], boundaries: NDArray[np.int64]) -> bool:
    """Say whether the sections of each article are numbered in order, from 0 or 1."""
    begins = boundaries[:-1]  # int64, (articles,)
    first_numbers = numbers[begins]
    shifts = first_numbers - begins
    expected = np.arange(len(numbers)) + shifts.repeat(np.diff(boundaries))
    is_first = np.isin(first_numbers, (0, 1))
    is_expected = numbers == expected
    return bool(is_first.all() and is_expected.all())


def _unpack_places(name: str, arrays: Arrays, lengths: NDArray[np.int64]) -> NDArray[np.int32]:
    """Give lines, starts and ends, int32, (3, spans); each span lies in a text of its length."""
    places = arrays[name]
    lines, starts, ends = places
    is_after_begin = (lines >= 1) & (starts >= 0)
    is_before_end = (starts <= ends) & (ends <= lengths)
    check(is_after_begin.all(), f"{name}: before the text")
    check(is_before_end.all(), f"{name}: behind the text")
    return places


def _check_sentence_order(places: NDArray[np.int32], boundaries: _Boundaries) -> None:
    """Check that the sentences of an article follow each other.

    If they overlapped, together they could be longer than any memory.
    """
    _, starts, ends = places
    follows = starts[1:] >= ends[:-1]  # bool, (sentences - 1,)
    first_sentences = boundaries.sentences_of_articles[1:-1]  # but for the first article
    follows[first_sentences - 1] = True
    is_not_empty = starts < ends
    check(follows.all() and is_not_empty.all(), "sentence_places: out of order")


def _make_sentences(
    arrays: Arrays,
    places: NDArray[np.int32],
    names: Iterable[str],
    texts: Iterable[str],
) -> Iterator[Sentence]:
    """Make the sentences; ``names`` and ``texts`` are those of each one's article."""
    lines, starts, ends = places.tolist()
    readings = _unpack_readings(arrays, len(lines))
    forms = _unpack_forms(arrays)
    form_numbers = arrays["sentence_forms"]
    is_form = (form_numbers >= 0) & (form_numbers < len(forms))
    check(is_form.all(), "sentence_forms: no such form")
    sentence_forms = map(forms.__getitem__, form_numbers.tolist())
    lengths = [
        end - start if reading is None else len(reading)
        for start, end, reading in zip(starts, ends, readings, strict=True)
    ]
    links = _unpack_links(arrays, lengths)
    return map(Sentence, names, lines, starts, ends, texts, readings, sentence_forms, links)


def _unpack_links(arrays: Arrays, lengths: Sequence[int]) -> list[tuple[Link, ...]]:
    """Give the links of each sentence of ``lengths`` as it reads.

    Each link lies in its sentence, behind the one before.
    """
    links: list[tuple[Link, ...]] = [()] * len(lengths)
    for row in unpack_rows("links", arrays):
        number, start, end, address = take_values(row, *_LINK_TYPES)
        check(0 <= number < len(lengths), "links: no such sentence")
        before = links[number][-1].end if links[number] else 0
        check(before <= start < end <= lengths[number], "links: outside of the sentence")
        links[number] += (Link(start, end, address),)
    return links


def _unpack_readings(arrays: Arrays, count: int) -> list[str | None]:
    """Give how each of ``count`` sentences reads: None where that is as it is written."""
    indices = arrays["read_otherwise"]
    is_ascending = indices[1:] > indices[:-1]
    is_sentence = (indices >= 0) & (indices < count)
    check(is_ascending.all(), "read_otherwise: one stands there twice")
    check(is_sentence.all(), "read_otherwise: no such sentence")
    readings: list[str | None] = [None] * count
    others = unpack_strings("reading", arrays)
    for index, reading in zip(indices.tolist(), others, strict=True):
        readings[index] = reading
    return readings


def _unpack_forms(arrays: Arrays) -> list[BlockForm]:
    forms = []
    for row in unpack_rows("forms", arrays):
        values = take_values(row, *_FORM_TYPES)
        form = BlockForm(*values)
        check(form.kind in get_args(FormKind), "forms: no such form")
        forms.append(form)
    check(forms[:1] == [PARAGRAPH], "forms: no such form")
    # All paragraphs share one form, the very object.
    forms[0] = PARAGRAPH
    return forms


def _make_passages(arrays: Arrays, sentences: Iterator[Sentence]) -> Iterator[Passage]:
    """Make the passages of their sentences."""
    sentences_of_each = _group(sentences, arrays["passage_sentences"])
    contexts = [""] * len(arrays["passage_sentences"])
    for row in unpack_rows("contexts", arrays):
        number, context = take_values(row, *_CONTEXT_TYPES)
        check(0 <= number < len(contexts), "contexts: no such passage")
        contexts[number] = context
    return map(Passage, sentences_of_each, contexts)


def _make_sections(
    arrays: Arrays,
    places: NDArray[np.int32],
    names: Iterable[str],
    passages: Iterator[Passage],
) -> Iterator[Section]:
    lines, starts, ends = places.tolist()
    numbers = arrays["section_numbers"].tolist()
    headings = unpack_strings("heading", arrays)
    parents = iter(unpack_strings("parent", arrays))
    parents_of_each = _group(parents, arrays["section_parents"])
    passages_of_each = _group(passages, arrays["section_passages"])
    return map(
        Section, names, lines, starts, ends, numbers, headings, parents_of_each, passages_of_each
    )


def _make_article(
    file: PackedFile, stated: Stated, sections: tuple[Section, ...], text: str
) -> Article:
    return Article(
        file=file.name,
        line=1,
        start=0,
        end=len(text),
        sections=sections,
        text=text,
        sha256=file.parsed_file.sha256,
        decoding=file.decoding,
        **stated._asdict(),
    )


def _repeat_each(values: Iterable[Value], boundaries: NDArray[np.int64]) -> Iterator[Value]:
    """Give each whole's value as often as the whole has parts."""
    counts = np.diff(boundaries).tolist()
    return chain.from_iterable(map(repeat, values, counts))


def _group(parts: Iterator[Value], counts: NDArray[np.int32]) -> Iterator[tuple[Value, ...]]:
    """Cut parts, one after the other, into tuples of so many each."""
    return (tuple(islice(parts, count)) for count in counts.tolist())
