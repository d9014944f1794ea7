"""The figures of summaries are what their legend says."""

from pathlib import Path

import pytest

from benchmarks.summaries import methods
from benchmarks.summaries.__main__ import main
from benchmarks.summaries.marks import OWN_FOLDERS, OWN_MARKS, MarksError, read_marks
from benchmarks.summaries.measure import Figures, measure
from benchmarks.summaries.methods import choose_by_sum_basic, choose_ours, take_first

TEXT = "The dam is old. It rusts. Who cares? The dam of Orrin holds the water of the dam."


def write(folder: Path, marks: str) -> Path:
    """Write an article of one section and its marks."""
    (folder / "articles").mkdir()
    (folder / "articles" / "dam.md").write_text(
        f"---\ntitle: Dam\n---\n\n{TEXT}\n", encoding="utf-8"
    )
    path = folder / "marks.yaml"
    path.write_text(f"seen:\n  dam:\n    0: {marks}\n", encoding="utf-8")
    return path


def test_the_figures_are_counted_as_the_legend_says(tmp_path: Path) -> None:
    """Marks of the chosen, against the best that as many could have, and what dangles or is filler
    as nothing.
    """
    marked = read_marks(write(tmp_path, "1 2<1 0f 2"), [tmp_path / "articles"])
    assert measure(take_first, marked, 3) == Figures(1 / 3, 1.0, 3 / 5, 0.0, 1 / 3, 1.0)
    assert measure(lambda *_: [1], marked, 1) == Figures(1.0, 2.0, 1.0, 1.0, 0.0, 0.0)


@pytest.mark.parametrize("marks", ["1 2 0", "1 2 0 3", "1 2 0 1<9", "1 2 0 x"])
def test_marks_that_do_not_fit_are_refused(
    tmp_path: Path, marks: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mark too few, an unknown mark, a place that there is not."""
    path = write(tmp_path, marks)
    with pytest.raises(MarksError, match=r"marks\.yaml:3"):
        read_marks(path, [tmp_path / "articles"])
    assert main(["--only", "--marks", str(path)]) == 2
    assert "marks.yaml:3" in capsys.readouterr().err


def test_the_table_has_a_row_for_each_method(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command prints Markdown."""
    assert main(["--only", "--marks", str(write(tmp_path, "2 1<1 0f 2")), "--sentences", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "### seen: 1 articles, 1 sections, 4 sentences; 2 a section"
    assert "| articlebot | 1.00 | 2.00 | 1.00 | 0.00 | 0.00 | 2.00 |" in lines


def test_summaries_are_better_than_the_first_sentences_on_the_repositorys_articles() -> None:
    """What the bot chooses has higher marks than lead-3 and SumBasic, and hardly ever dangles or is
    filler.
    """
    marked = read_marks(OWN_MARKS, OWN_FOLDERS)
    ours, first, basic = (
        measure(method, marked, 3) for method in (choose_ours, take_first, choose_by_sum_basic)
    )
    assert ours.sound > max(first.sound, basic.sound)
    assert ours.dangling < 0.05
    assert ours.filler < 0.05


@pytest.mark.parametrize("name", ["choose_by_lex_rank", "choose_by_text_rank"])
def test_the_library_chooses_of_our_sentences(name: str) -> None:
    """The library is given our sentences and words, and needs no data of NLTK's."""
    pytest.importorskip("sumy")
    one = read_marks(OWN_MARKS, OWN_FOLDERS)[0]
    chosen = getattr(methods, name)(one.article, one.section, 3)
    assert len(chosen) == 3
    assert chosen == sorted(chosen)
