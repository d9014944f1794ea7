"""What came of a folder comes back from arrays as it was: to the last problem, and to the item that
sentences share.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from parsed import with_links

from bot.array_file import DamagedError, read_arrays, save
from bot.articles.files import Signature, SourceFile
from bot.articles.library import Library, ParsedFile, build
from bot.articles.model import PARAGRAPH, Article, Decoding, Link, Sentence
from bot.articles.packing import pack, unpack
from bot.articles.parser import read_article

ROOT = Path(__file__).parents[2]

HEADER = (
    "---\ntitle: a\nauthor: b\ndate: 2026-11-22\nlanguage: de\naudience: 123456789012345678\n---"
)
LINES = [
    "# Rivers", "## The Orrin", "### Its *source*", "Marn & co", "====", "", "", (
        "It rises in Marn. It is "
        "*long*."
    ),
    "It bends\nthree times. Nobody knows why!", "- One. And more.", (
        "  - Deep **item**.\n    It goes on. And "
        "on."
    ),
    "- One. And more.", "1. First. Then.", (
        "| a | b |\n|---|---|\n| 1 | 2 |\n"
        "| 1 | 2 |"
    ), "```\ncode = 1\n\n  more\n```",
    "> Said. So.", (
        "🚂 goes. [A link](https://example.org) "
        "too."
    ), "![](x.png)", "\u200bhidden", "\r\nOld newline.\r",
    "---", HEADER, 'title: "\\ud83d\\ude00"', "* * *",
]  # fmt: skip


def read(name: str, text: str, signature: Signature | None = None) -> ParsedFile:
    """Read one file as it would be read in its folder."""
    source = SourceFile(name, text, hashlib.sha256(text.encode()).hexdigest(), signature)
    article, problems = read_article(source)
    return ParsedFile(source.signature, source.sha256, len(source.text), article, tuple(problems))


def sentences_of(parsed_files: Mapping[str, ParsedFile]) -> list[Sentence]:
    """Give all sentences, in order."""
    articles = [parsed_file.article for parsed_file in parsed_files.values() if parsed_file.article]
    return [
        sentence
        for article in articles
        for section in article.sections
        for sentence in section.sentences
    ]


def assert_comes_back(parsed_files: Mapping[str, ParsedFile]) -> dict[str, ParsedFile]:
    """Pack and unpack; which sentences share the very form of their item stays as it was."""
    again = unpack(pack(parsed_files))
    assert list(again.items()) == list(parsed_files.items())
    pairs = zip(
        combinations(sentences_of(parsed_files)[:99], 2),
        combinations(sentences_of(again)[:99], 2),
        strict=True,
    )
    for (one, other), (one_again, other_again) in pairs:
        assert (one_again.form is other_again.form) == (one.form is other.form)
    for sentence, sentence_again in zip(
        sentences_of(parsed_files), sentences_of(again), strict=True
    ):
        assert (sentence_again.form is PARAGRAPH) == (sentence.form is PARAGRAPH)
    return again


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["a.md", "b.md", "deep/c.md", "d.txt", "e.txt"]),
        st.lists(st.sampled_from(LINES)).map("\n".join)
        | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    )
)
@example({"a.md": "\n".join(LINES), "b.txt": "\n".join(LINES), "c.md": ""})
@example({"a.md": f"{HEADER}\n\n# Rivers\n\nThe Orrin rises in Marn."})
@example({})
def test_whatever_is_read_comes_back(texts: dict[str, str]) -> None:
    """Headings, lists, tables, code, markup, emoji, and files of which nothing but a problem
    came.
    """
    assert_comes_back({name: read(name, text) for name, text in texts.items()})


@pytest.mark.parametrize("folder", ["knowledge", "tests/golden/articles", "tests/fixtures", "docs"])
def test_a_folder_comes_back_from_its_file(tmp_path: Path, folder: str) -> None:
    """Saved and opened, articles and problems are what reading the files gives."""
    library, _ = build(ROOT / folder)
    assert library.articles
    save(tmp_path / "readings", "of now", pack(library.parsed_files))
    arrays = read_arrays(tmp_path / "readings", "of now")
    assert arrays is not None
    assert unpack(arrays) == dict(library.parsed_files)
    assert_comes_back(library.parsed_files)


def test_ids_of_files_that_differ_in_their_ending_come_back(tmp_path: Path) -> None:
    """Each keeps the id that it got beside the others, and each problem its kind."""
    for name in ("a.md", "a.txt", "a.text"):
        (tmp_path / name).write_text(
            f"A {name}\n\n## Twice\n\nText.\n\n## Twice\n\nMore.\n", encoding="utf-8"
        )
    library, problems = build(tmp_path)
    assert {article.id for article in library.articles} == {"a", "a.text", "a.txt"}
    again = assert_comes_back(library.parsed_files)
    assert build(tmp_path, before=Library(parsed_files=again)) == (library, problems)


def test_two_items_alike_stay_two_items() -> None:
    """Each has its mark before its first sentence alone."""
    again = assert_comes_back({"a.md": read("a.md", "# A\n\n- One. More.\n- One. More.\n")})
    first, second, third, fourth = (sentence.form for sentence in sentences_of(again))
    assert first is second
    assert third is fourth
    assert first == third
    assert first is not third


@pytest.mark.parametrize(
    "signature",
    [
        None,
        Signature(0, -1, 2**64, 2**127, is_settled=False),
        Signature(1, 2, 3, 4, is_settled=True),
    ],
)
def test_what_the_file_system_said_comes_back(signature: Signature | None) -> None:
    """Numbers of any size, or nothing."""
    assert_comes_back({"a.md": read("a.md", "# A\n\nText.\n", signature)})


def test_what_only_some_articles_have_comes_back() -> None:
    """Links, contexts, names and keywords, and the pages of a text that was taken out of its
    file.
    """
    text = "Go to the guide.\n\nThese are open:\n\nThe gate.\n"
    parsed_file = read("a.pdf.txt", text)
    article = parsed_file.article
    assert article is not None
    (section,) = article.sections
    (passage,) = section.passages
    first, *others = passage.sentences
    linked = with_links(first, Link(0, 2, "https://example.org"), Link(6, 15, "<#123>"))
    passage = replace(passage, sentences=(linked, *others), context="These are open:")
    article = replace(
        article,
        sections=(replace(section, passages=(passage,)),),
        aliases=("The way",),
        keywords=("ways", "doors"),
        decoding=Decoding("", "pypdf 7.1.0", "page", (0, 18)),
        sha256="0" * 64,
    )
    again = assert_comes_back({"a.pdf.txt": replace(parsed_file, sha256="0" * 64, article=article)})
    found = again["a.pdf.txt"].article
    assert found is not None
    assert [found.place_number(sentence) for sentence in passage.sentences] == [1, 2, 2]


def test_an_article_keeps_its_text_once() -> None:
    """A sentence that reads as it is written takes a few numbers, and reads as what is written."""
    plain = {
        "a.txt": read("a.txt", "A title\n\n" + "The Orrin rises in Marn, far in the north. " * 500)
    }
    arrays = pack(plain)
    assert arrays["reading.text"].size == 0
    assert sum(array.nbytes for name, array in arrays.items() if name != "text.text") < 500 * 24
    assert all(sentence.style.reading is None for sentence in sentences_of(unpack(arrays)))


def test_after_a_restart_only_what_changed_is_read_anew(tmp_path: Path) -> None:
    """All other articles are those that were saved, the very objects; the library is as if all had
    been read.
    """
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    for path in folder.iterdir():
        os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
    before = unpack(pack(build(folder)[0].parsed_files))
    changed = next(name for name, parsed_file in before.items() if parsed_file.article)
    (folder / changed).write_text("# Another\n\nNow it says something else.\n", encoding="utf-8")
    library, problems = build(folder, before=Library(parsed_files=before))
    assert (library, problems) == build(folder)
    own = {article.file: article for article in library.articles}
    others = {name for name, parsed_file in before.items() if parsed_file.article is own[name]}
    assert others == own.keys() - {changed}
    assert len(others) >= 2


def test_nothing_but_numbers_is_saved() -> None:
    """Not one array of objects, which would have to be pickled."""
    arrays = pack({"a.md": read("a.md", "\n".join(LINES))})
    assert {array.dtype.kind for array in arrays.values()} <= {"i", "u"}
    assert isinstance(unpack(arrays)["a.md"].article, Article)


TEXT = "# A\n\nOne is **here**. Two.\n\n## B\n\n- Three. Four.\n"
SETTLED = Signature(len(TEXT), 1, 2, 3, is_settled=True)
PACKED = pack(
    {
        "a.md": read("a.md", TEXT, SETTLED),
        "bad.md": read("bad.md", "", Signature(0, 1, 2, 4, is_settled=True)),
        "c.md": read("c.md", TEXT),
    }
)
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


def refuse(arrays: Mapping[str, NDArray[Any]]) -> str:
    """Give the reason why other arrays are refused."""
    with pytest.raises(DamagedError) as refused:
        unpack({**PACKED, **arrays})
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "at", "value", "what"),
    [
        ("article_sections", 0, -1, "article_sections: wrong sizes"),
        ("article_sections", 0, 2**31 - 1, "article_sections: wrong sizes"),
        ("section_passages", 0, -1, "section_passages: wrong sizes"),
        ("section_passages", 0, 2, "section_passages: wrong sizes"),
        ("passage_sentences", 0, 0, "passage_sentences: wrong sizes"),
        ("passage_sentences", 0, 3, "passage_sentences: wrong sizes"),
        ("section_parents", 1, -1, "section_parents: wrong sizes"),
        ("section_parents", 1, 1, "section_parents: wrong sizes"),
        ("section_places", (0, 0), 0, "section_places: before the text"),
        ("section_places", (1, 0), -1, "section_places: before the text"),
        ("section_places", (2, 0), len(TEXT) + 1, "section_places: behind the text"),
        ("section_places", (1, 0), 2**31 - 1, "section_places: behind the text"),
        ("section_numbers", 0, -1, "section_numbers: out of order"),
        ("section_numbers", 0, 2, "section_numbers: out of order"),
        ("section_numbers", 1, 0, "section_numbers: out of order"),
        ("section_numbers", 3, 2**31 - 1, "section_numbers: out of order"),
        ("sentence_places", (0, 0), -5, "sentence_places: before the text"),
        ("sentence_places", (1, 0), -5, "sentence_places: before the text"),
        ("sentence_places", (2, 3), len(TEXT) + 1, "sentence_places: behind the text"),
        ("sentence_places", (1, 1), 0, "sentence_places: out of order"),
        ("sentence_places", (2, 0), 5, "sentence_places: out of order"),
        ("sentence_places", (2, 1), 40, "sentence_places: out of order"),
        ("sentence_forms", 0, -1, "sentence_forms: no such form"),
        ("sentence_forms", 0, 3, "sentence_forms: no such form"),
        ("read_otherwise", 0, -1, "read_otherwise: no such sentence"),
        ("read_otherwise", 1, 8, "read_otherwise: no such sentence"),
        ("read_otherwise", 1, 0, "read_otherwise: one stands there twice"),
        ("text.text", 0, ord("="), "text: not that of a file"),
        ("heading.text", 1, 0xFF, "heading: not UTF-8"),
        ("reading.ends", 0, -1, "reading: strings out of place"),
    ],
)
def test_values_that_cannot_be_are_refused(
    name: str, at: int | tuple[int, int], value: int, what: str
) -> None:
    """Each would be used as a place or a size, or tells what the text does not."""
    changed = PACKED[name].copy()
    assert changed[at] != value
    changed[at] = value
    assert refuse({name: changed}) == what


def test_articles_without_passages_are_refused() -> None:
    """An article that is served has something to quote."""
    changed = {
        "article_sections": np.array([4, 0], np.int32),
        "section_numbers": np.array([0, 1, 2, 3], np.int32),
    }
    assert refuse(changed) == "article_sections: an article without passages"


STATED: list[object] = ["a", "A", "", "", "", "en", [], [], None]
ARTICLE = [STATED, ["utf-8", "", "line", []], SHA256]
FILE = ["a.md", [1, 2, 3, 4, True], SHA256, len(TEXT), [], ARTICLE]
PROBLEM = ["a.md", 1, 0, "note", "What.", "How."]


def with_(row: list[Any], at: int, value: object) -> list[Any]:
    """Give a row with another value."""
    return [*row[:at], value, *row[at + 1 :]]


def pack_json(value: object) -> NDArray[np.uint8]:
    """Pack a value as JSON."""
    return np.frombuffer(json.dumps(value).encode(), np.uint8)


@pytest.mark.parametrize(
    "file",
    [
        None,
        {},
        "a.md",
        FILE[:5],
        [*FILE, 0],
        with_(FILE, 0, 1),
        with_(FILE, 0, "\ud83d.md"),
        with_(FILE, 0, "b.md"),
        with_(FILE, 0, "c.md"),
        with_(FILE, 1, []),
        with_(FILE, 1, [1, 2, 3, 4, 1]),
        with_(FILE, 1, [1, 2, 3, 4.0, True]),
        with_(FILE, 1, [True, 2, 3, 4, True]),
        with_(FILE, 2, None),
        with_(FILE, 2, SHA256.upper()),
        with_(FILE, 2, f"{SHA256}\n"),
        with_(FILE, 2, "0" * 64),
        with_(FILE, 3, -1),
        with_(FILE, 3, len(TEXT) + 1),
        with_(FILE, 3, value=True),
        with_(FILE, 3, float("nan")),
        with_(FILE, 3, 10**30),
        with_(FILE, 4, None),
        with_(FILE, 4, [[]]),
        with_(FILE, 4, [with_(PROBLEM, 0, "b.md")]),
        with_(FILE, 4, [with_(PROBLEM, 1, "1")]),
        with_(FILE, 4, [with_(PROBLEM, 3, "fatal")]),
        with_(FILE, 4, [with_(PROBLEM, 5, None)]),
        with_(FILE, 5, None),
        with_(FILE, 5, []),
        with_(FILE, 5, ["a"]),
        with_(FILE, 5, STATED),
        with_(FILE, 5, with_(ARTICLE, 0, with_(STATED, 0, "b"))),
        with_(FILE, 5, with_(ARTICLE, 0, with_(STATED, 1, "\udfff"))),
        with_(FILE, 5, with_(ARTICLE, 0, with_(STATED, 5, "english"))),
        with_(FILE, 5, with_(ARTICLE, 0, with_(STATED, 5, 5))),
        with_(FILE, 5, with_(ARTICLE, 0, with_(STATED, 6, [5]))),
        with_(FILE, 5, with_(ARTICLE, 0, with_(STATED, 7, ["\ud83d"]))),
        with_(FILE, 5, with_(ARTICLE, 0, with_(STATED, 8, 5))),
        with_(FILE, 5, with_(ARTICLE, 0, with_(STATED, 8, ["5"]))),
        with_(FILE, 5, with_(ARTICLE, 1, ["utf-8", "", "line"])),
        with_(FILE, 5, with_(ARTICLE, 1, ["utf-8", "", "chapter", []])),
        with_(FILE, 5, with_(ARTICLE, 1, ["utf-8", "", "page", [2, 1]])),
        with_(FILE, 5, with_(ARTICLE, 1, ["utf-8", "", "page", ["1"]])),
        with_(FILE, 5, with_(ARTICLE, 2, "0" * 64)),
    ],
    ids=repr,
)
def test_a_list_of_other_files_is_refused(file: object) -> None:
    """Values of other types, rows of other lengths, names twice, what no file can have come to."""
    last = json.loads(PACKED["files"].tobytes())[-1]
    assert [*unpack({**PACKED, "files": pack_json([FILE, last])})] == ["a.md", "c.md"]
    assert refuse({"files": pack_json([file, last])})


def test_too_many_characters_of_a_file_without_an_article_are_refused() -> None:
    """They would count as what the folder holds, and keep the files after it from being read."""
    files = json.loads(PACKED["files"].tobytes())
    files[1][3] = 10**12
    assert refuse({"files": pack_json(files)}) == "files: no such reading"


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("links", [99, 0, 1, "https://example.org"]),
        ("links", [0, 1, 1, "https://example.org"]),
        ("links", [0, 0, 999, "https://example.org"]),
        ("links", [0, 0, 1]),
        ("links", [0, 0, 1, None]),
        ("contexts", [99, "These are open:"]),
        ("contexts", [-1, "These are open:"]),
        ("contexts", [0, 1]),
    ],
)
def test_links_and_contexts_of_nothing_are_refused(name: str, row: list[object]) -> None:
    """A link lies in its sentence, a context belongs to a passage."""
    assert refuse({name: pack_json([row])})


def test_links_that_overlap_are_refused() -> None:
    """What is shown of one would hide the other."""
    rows = [[0, 0, 2, "https://example.org"], [0, 1, 3, "https://example.org"]]
    assert refuse({"links": pack_json(rows)}) == "links: outside of the sentence"


@pytest.mark.parametrize("name", ["files", "forms", "links", "contexts"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"null",
        b"5",
        b'"a"',
        b"[",
        b"[null]",
        b"[[]]",
        b"[" * 500_000,
        b"[" + b"9" * 9_999 + b"]",
        b"\xff",
    ],
    ids=lambda content: repr(content[:9]),
)
def test_json_of_another_shape_is_refused(name: str, content: bytes) -> None:
    """Neither too deep nor too large a number ends the start."""
    assert refuse({name: np.frombuffer(content, np.uint8)})


@pytest.mark.parametrize(
    "forms",
    [
        [],
        [["item", 7, "- ", ""], ["paragraph", 0, "", ""]],
        [["paragraph", 0, "", ""], ["list", 7, "- ", ""]],
        [["paragraph", 0, "", ""], ["item", "7", "- ", ""]],
        [["paragraph", 0, "", ""], ["item", 7, "- "]],
        [["paragraph", 0, "", ""], ["item", 7, None, ""]],
    ],
)
def test_other_forms_are_refused(forms: object) -> None:
    """The first is that of a paragraph; each is of a known kind."""
    assert refuse({"forms": pack_json(forms)})


def test_sentences_that_overlap_take_no_memory() -> None:
    """A million sentences that are the whole article would be longer than any memory."""
    text = "# A\n\n" + "The Orrin rises in Marn. " * 40_000
    arrays = pack({"a.md": read("a.md", text)})
    places = arrays["sentence_places"].copy()
    places[1], places[2] = 0, len(text)
    with pytest.raises(DamagedError, match="sentence_places: out of order"):
        unpack({**arrays, "sentence_places": places})
