"""What a collection's figures count."""

from pathlib import Path

import pytest

from benchmarks.reading.__main__ import main
from benchmarks.reading.collection import read_collection
from benchmarks.reading.measure import measure_answering, measure_reading
from benchmarks.reading.memory import main as tell_memory
from benchmarks.reading.memory import write_prose

ARTICLE = (
    "# Ferry\n\nThe ferry leaves at nine. It holds {{ number }} cars.\n\n<aside>Not seen.</aside>\n"
)
VISIBLE = "Ferry\nThe ferry leaves at nine.\nIt holds many cars.\n"
QUESTIONS = """about: a ferry
questions:
- question: when does the ferry leave
  kind: plain
  article: ferry
  sentence: The ferry leaves at nine.
- question: where is the moon
  kind: elsewhere
  not_answered: true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a collection of one article."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "visible").mkdir()
    (tmp_path / "articles" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "visible" / "ferry.txt").write_text(VISIBLE, encoding="utf-8")
    (tmp_path / "titles.yaml").write_text("ferry: The ferry\n", encoding="utf-8")
    (tmp_path / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return tmp_path


def test_what_is_read_is_compared_with_what_people_see(folder: Path) -> None:
    """A word that they see is missing, and the title is not as they would give it."""
    reading = measure_reading(read_collection(folder))
    assert reading.visible_words == 10
    assert reading.read_words == 9
    assert reading.missing == (("ferry", "many"),)
    assert reading.wrong_titles == (("ferry", "'Ferry' for 'The ferry'"),)


def test_a_question_is_right_if_its_sentence_is_quoted(folder: Path) -> None:
    """One that no article answers is right if it is refused."""
    answering = measure_answering(read_collection(folder))
    assert (answering.questions, answering.first, answering.three) == (1, 1.0, 1.0)
    assert (answering.unanswerable, answering.refused) == (1, 1.0)


def test_the_command_prints_a_row_for_each_collection(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With details it names what is missing."""
    assert main([str(folder), "--details"]) == 0
    printed = capsys.readouterr().out
    assert "| 0.9000 of 10 |" in printed
    assert "not read: ferry: many" in printed


def test_a_folder_that_is_no_collection_is_told(tmp_path: Path) -> None:
    """It ends with 2, as wrong arguments do."""
    assert main([str(tmp_path)]) == 2


def test_the_memory_of_reading_is_measured_on_prose_of_a_size(tmp_path: Path) -> None:
    """Half of the files are Markdown, half wrapped plain text; together they are about as large as
    asked for.
    """
    written_bytes = write_prose(tmp_path, 150_000)
    assert 150_000 <= written_bytes < 155_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.md", "1.txt"]
    assert written_bytes == sum(path.stat().st_size for path in tmp_path.iterdir())
    wrapped = (tmp_path / "1.txt").read_text(encoding="utf-8").split("\n")
    assert max(map(len, wrapped)) <= 80


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells it")
def test_the_memory_of_reading_is_told_beside_that_of_an_empty_interpreter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each row has the text, what is there before, and what comes on top of it."""
    assert tell_memory(["1"]) == 0
    row = capsys.readouterr().out.splitlines()[-1]
    text, empty, imports, reading, above, factor = map(float, row.strip("| ").split(" | "))
    assert text == pytest.approx(1.0, abs=0.1)
    assert min(empty, imports, reading) > 0
    assert above == pytest.approx(imports + reading, abs=0.2)
    assert factor == pytest.approx(above / text, rel=0.06)
