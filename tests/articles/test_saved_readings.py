"""What came of a folder comes back from arrays as it was: to the last problem, and to the item that sentences share."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.articles.files import Signature, SourceFile
from bot.articles.formats import read_article
from bot.articles.library import Library, Reading, build
from bot.articles.model import PARAGRAPH, Article, Sentence
from bot.articles.saved_readings import pack, unpack
from bot.saved import open_saved, save

ROOT = Path(__file__).parents[2]

LINES = [
    "# Rivers", "## The Orrin", "### Its *source*", "Marn & co", "====", "", "", "It rises in Marn. It is *long*.",
    "It bends\nthree times. Nobody knows why!", "- One. And more.", "  - Deep **item**.\n    It goes on. And on.",
    "- One. And more.", "1. First. Then.", "| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 |", "```\ncode = 1\n\n  more\n```",
    "> Said. So.", "🚂 goes. [A link](https://example.org) too.", "![](x.png)", "\u200bhidden", "\r\nOld newline.\r",
    "---", "---\ntitle: a\nauthor: b\ndate: 2026-11-22\nlanguage: de\n---", 'title: "\\ud83d\\ude00"', "* * *",
]  # fmt: skip


def read(name: str, text: str, signature: Signature | None = None) -> Reading:
    """Read one file as it would be read in its folder."""
    source = SourceFile(name, text, hashlib.sha256(text.encode()).hexdigest(), signature)
    article, problems = read_article(source)
    return Reading(source.signature, source.sha256, len(source.text), article, tuple(problems))


def sentences_of(readings: Mapping[str, Reading]) -> list[Sentence]:
    """Give all sentences, in order."""
    articles = [reading.article for reading in readings.values() if reading.article]
    return [sentence for article in articles for section in article.sections for sentence in section.sentences]


def assert_comes_back(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Pack and unpack; which sentences share the very form of their item stays as it was."""
    again = unpack(pack(readings))
    assert list(again.items()) == list(readings.items())
    pairs = zip(combinations(sentences_of(readings)[:99], 2), combinations(sentences_of(again)[:99], 2), strict=True)
    for (one, other), (one_again, other_again) in pairs:
        assert (one_again.form is other_again.form) == (one.form is other.form)
    for sentence, sentence_again in zip(sentences_of(readings), sentences_of(again), strict=True):
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
@example({})
def test_whatever_is_read_comes_back(texts: dict[str, str]) -> None:
    """Headings, lists, tables, code, markup, emoji, and files of which nothing but a problem came."""
    assert_comes_back({name: read(name, text) for name, text in texts.items()})


@pytest.mark.parametrize("folder", ["knowledge", "tests/golden/articles", "tests/fixtures", "docs"])
def test_a_folder_comes_back_from_its_file(tmp_path: Path, folder: str) -> None:
    """Saved and opened, articles and problems are what reading the files gives."""
    library, _ = build(ROOT / folder)
    assert library.articles
    save(tmp_path / "readings", "of now", pack(library.readings))
    arrays = open_saved(tmp_path / "readings", "of now")
    assert arrays is not None
    assert unpack(arrays) == dict(library.readings)
    assert_comes_back(library.readings)


def test_two_items_alike_stay_two_items() -> None:
    """Each has its mark before its first sentence alone."""
    again = assert_comes_back({"a.md": read("a.md", "# A\n\n- One. More.\n- One. More.\n")})
    first, second, third, fourth = (sentence.form for sentence in sentences_of(again))
    assert first is second
    assert third is fourth
    assert first == third
    assert first is not third


@pytest.mark.parametrize(
    "signature", [None, Signature(0, -1, 2**64, 2**127, is_settled=False), Signature(1, 2, 3, 4, is_settled=True)]
)
def test_what_the_file_system_said_comes_back(signature: Signature | None) -> None:
    """Numbers of any size, or nothing."""
    assert_comes_back({"a.md": read("a.md", "# A\n\nText.\n", signature)})


def test_an_article_keeps_its_text_once() -> None:
    """A sentence that reads as it is written takes a few numbers, and reads as what is written."""
    plain = {"a.txt": read("a.txt", "A title\n\n" + "The Orrin rises in Marn, far in the north. " * 500)}
    arrays = pack(plain)
    assert arrays["plain.text"].size == 0
    assert sum(array.nbytes for name, array in arrays.items() if name != "text.text") < 500 * 24
    assert all(sentence.plain is sentence.text for sentence in sentences_of(unpack(arrays)))


def test_after_a_restart_only_what_changed_is_read_anew(tmp_path: Path) -> None:
    """All other articles are those that were saved, the very objects; the library is as if all had been read."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    for path in folder.iterdir():
        os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
    before = unpack(pack(build(folder)[0].readings))
    changed = next(name for name, reading in before.items() if reading.article)
    (folder / changed).write_text("# Another\n\nNow it says something else.\n", encoding="utf-8")
    library, problems = build(folder, before=Library(readings=before))
    assert (library, problems) == build(folder)
    own = {article.file: article for article in library.articles}
    others = {name for name, reading in before.items() if reading.article is own[name]}
    assert others == own.keys() - {changed}
    assert len(others) >= 2


def test_nothing_but_numbers_is_saved() -> None:
    """Not one array of objects, which would have to be pickled."""
    arrays = pack({"a.md": read("a.md", "\n".join(LINES))})
    assert {array.dtype.kind for array in arrays.values()} <= {"i", "u"}
    assert isinstance(unpack(arrays)["a.md"].article, Article)
