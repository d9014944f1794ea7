"""What was read of a large folder is there at the next start: as it was, or made anew where anything is another."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.answer import Librarian, Policy
from bot.desk import Desk

PARAGRAPH = (
    "The ferry {number} left harbour {number} in the morning with {number} crates of salted herring below its deck. "
    "Its captain wrote the number of every crate into a small green book, which nobody was allowed to read. "
    "In the evening the crates stood on the quay, and the book was one page longer than it had been before.\n\n"
)
QUESTION = "which harbour did ferry 1234 leave?"
SOME_YEARS_AGO_S = (1_600_000_000, 1_600_000_000)


@pytest.fixture(scope="module", autouse=True)
def _sixty_passages_are_many() -> Iterator[None]:
    """Let so small a folder be worth saving that the tests are quick."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.shelf._FEW", 60)
        yield


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of 30 articles with 210 passages, written long ago."""
    folder = tmp_path_factory.mktemp("large")
    for file in range(30):
        numbers = range(100 * file + 30, 100 * file + 37)
        text = "".join(f"## Ferry {number}\n\n{PARAGRAPH.format(number=number)}" for number in numbers)
        path = folder / f"ferries-{file:02}.md"
        path.write_text(f"# Ferries {file}\n\n{text}", encoding="utf-8")
        os.utime(path, SOME_YEARS_AGO_S)
    return folder


@pytest.fixture(scope="module")
def first(large: Path) -> Desk:
    """Give what is served of it, with nothing saved."""
    return Desk(large, Policy())


def parsed(folder: Path, saved: Path | None) -> tuple[Desk, int]:
    """Open a folder; give the desk, and how many articles were read anew."""
    anew = []

    def count(frame: object, event: str, _: object) -> None:
        if event == "call" and getattr(frame, "f_code").co_name == "read_article":  # noqa: B009 (frames are not typed here)
            anew.append(frame)

    sys.setprofile(count)
    try:
        desk = Desk(folder, Policy(), None, saved)
    finally:
        sys.setprofile(None)
    return desk, len(anew)


def test_the_second_start_reads_nothing_and_answers_alike(large: Path, first: Desk, tmp_path: Path) -> None:
    """The same articles, problems, answers and checks, from what was saved alone."""
    saved = tmp_path / "index"
    assert parsed(large, saved)[1] == 30
    assert len(list(saved.iterdir())) == 2
    again, anew = parsed(large, saved)
    assert anew == 0
    assert again.library.articles == first.library.articles
    assert again.problems == first.problems
    assert again.answer(QUESTION) == first.answer(QUESTION)
    assert again.answer("how many crats of hering?") == first.answer("how many crats of hering?")
    claim = "Its captain wrote the number of every crate"
    assert again.check_quotation(claim) == first.check_quotation(claim)


def test_what_was_changed_is_read_anew(large: Path, tmp_path: Path) -> None:
    """One file is read, the others are not, and the index is that of the folder as it is."""
    saved = tmp_path / "index"
    parsed(large, saved)
    path = large / "ferries-03.md"
    before = path.read_bytes()
    try:
        path.write_bytes(before + b"\n## Zither\n\nA zither was found on the quay.\n")
        desk, anew = parsed(large, saved)
        assert anew == 1
        assert desk.answer("what was found on the quay? a zither?").quotes[0].section.heading == "Zither"
    finally:
        path.write_bytes(before)
        os.utime(path, SOME_YEARS_AGO_S)


def test_a_flipped_byte_is_noticed_and_all_is_made_anew(large: Path, first: Desk, tmp_path: Path) -> None:
    """In either file, wherever it lies; and then both are sound again."""
    saved = tmp_path / "index"
    parsed(large, saved)
    for path in saved.iterdir():
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    desk, anew = parsed(large, saved)
    assert anew == 30
    assert desk.answer(QUESTION) == first.answer(QUESTION)
    assert parsed(large, saved)[1] == 0


def test_an_editors_synonyms_are_part_of_what_was_saved(large: Path, tmp_path: Path) -> None:
    """With other synonyms the index is made anew, and knows them."""
    saved = tmp_path / "index"
    parsed(large, saved)
    synonyms = large / "synonyms.yaml"
    synonyms.write_text("same: |\n  ferry, gurdy\n", encoding="utf-8")
    try:
        desk, anew = parsed(large, saved)
        assert anew == 0
        assert desk.answer("which harbour did gurdy 1234 leave?").kind == "answer"
        assert "gurdy" not in desk.answer("which harbour did gurdy 1234 leave?").missing
    finally:
        synonyms.unlink()


def test_a_reload_saves_what_it_made(large: Path, tmp_path: Path) -> None:
    """The next start has it at once."""
    saved = tmp_path / "index"
    desk, _ = parsed(large, saved)
    more = large / "more.md"
    more.write_text("# More\n\nA zither lay on the quay.\n", encoding="utf-8")
    os.utime(more, SOME_YEARS_AGO_S)
    try:
        assert desk.reload().is_served
        again, anew = parsed(large, saved)
        assert anew == 0
        assert len(again.library.articles) == 31
    finally:
        more.unlink()


def test_where_nothing_can_be_saved_all_is_served_and_said(large: Path, first: Desk, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "index").write_text("", encoding="utf-8")
    desk, _ = parsed(large, tmp_path / "index")
    assert "index" in desk.why_unsaved
    assert desk.answer(QUESTION) == first.answer(QUESTION)


def test_a_small_folder_is_not_saved(tmp_path: Path) -> None:
    """It is read as quickly."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("# A\n\nOil fell.\n", encoding="utf-8")
    parsed(tmp_path / "articles", tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_a_library_and_its_index_belong_together(first: Desk) -> None:
    """An index of the same library, packed, is used as it is."""
    packed = first.librarian.index.pack()
    again = Librarian(first.library, Policy(), (), packed)
    assert again.answer(QUESTION) == first.answer(QUESTION)
