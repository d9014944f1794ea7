"""A folder of articles as one snapshot."""

from pathlib import Path

from bot.articles.library import Library, build


def test_an_empty_folder_is_one_error(tmp_path: Path) -> None:
    """A folder without articles gives an empty library and says so."""
    library, problems = build(tmp_path)
    assert library == Library()
    assert [(problem.file, problem.severity, problem.what) for problem in problems] == [
        (tmp_path.name, "error", "the folder holds no articles")
    ]


def test_a_missing_folder_is_one_error(tmp_path: Path) -> None:
    """A folder that is not there, or is a file, gives an empty library and says so."""
    (tmp_path / "file").write_text("A text.", encoding="utf-8")
    for name in ("missing", "file"):
        library, problems = build(tmp_path / name)
        assert library == Library()
        assert [(problem.file, problem.severity, bool(problem.hint)) for problem in problems] == [
            (name, "error", True)
        ]
        assert "can't be read" in problems[0].what


def test_one_sentence_is_a_library(tmp_path: Path) -> None:
    """A single article of a single sentence is served with one section, passage and sentence."""
    (tmp_path / "a.md").write_text("It left.", encoding="utf-8")
    library, _ = build(tmp_path)
    ((article, section, passage),) = library.passages()
    assert (article.id, section.number, passage.plain) == ("a", 0, "It left.")


def test_articles_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    """Sub-folders are read too, and the order does not depend on the disk."""
    (tmp_path / "b").mkdir()
    for name in ("c.md", "b/z.txt", "a.markdown", "B.TXT", "é.md", "b.md"):
        (tmp_path / name).write_text(
            f"---\ntitle: {name}\n---\nThis is {name}.\n", encoding="utf-8"
        )
    library, problems = build(tmp_path)
    assert [article.title for article in library.articles] == [
        "B.TXT",
        "a.markdown",
        "b.md",
        "b/z.txt",
        "c.md",
        "é.md",
    ]
    assert [article.id for article, _ in library.sections()] == ["B", "a", "b", "b/z", "c", "é"]
    assert problems == []


def test_a_folder_reads_the_same_twice(tmp_path: Path) -> None:
    """A library is a value: the same files give an equal one."""
    (tmp_path / "a.md").write_text("# T\n\nIt left. It came.\n", encoding="utf-8")
    assert build(tmp_path) == build(tmp_path)


def test_two_thousand_articles_are_read(tmp_path: Path) -> None:
    """A large folder of small articles is served whole."""
    for number in range(2_000):
        (tmp_path / f"{number:04}.txt").write_text(
            f"Train {number}\n\nIt left at {number}.\n", encoding="utf-8"
        )
    library, problems = build(tmp_path)
    assert problems == []
    assert [passage.plain for _, _, passage in library.passages()] == [
        f"It left at {n}." for n in range(2_000)
    ]
