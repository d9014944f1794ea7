"""Whatever lies in the folder, a bad file is told once and its neighbours are served."""

import os
import socket
from pathlib import Path

import pytest

from bot.articles.files import SourceFile, read_file
from bot.articles.folder import Folder, FolderLimits
from bot.articles.library import Library, build
from bot.articles.model import Problem

NEIGHBOUR = "---\ntitle: Good\n---\nThe neighbour is served.\n"


def _build(
    folder: Path, limits: FolderLimits | None = None
) -> tuple[list[str], list[Problem], Library]:
    """Give the names of the files that are served besides the neighbour, and all problems."""
    (folder / "zz-good.md").write_text(NEIGHBOUR, encoding="utf-8")
    library, problems = build(folder, limits)
    names = [article.file for article in library.articles]
    assert names[-1] == "zz-good.md"
    return names[:-1], problems, library


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        pytest.param(b"", (1, 0), "holds no text", id="empty"),
        pytest.param(b"\xef\xbb\xbf", (1, 0), "holds no text", id="byte order mark only"),
        pytest.param(b" \r\n\t\xe3\x80\x80\n", (1, 0), "holds no text", id="blanks only"),
        pytest.param(b"# Night Trains\n\n## Beds\n", (1, 0), "holds no text", id="headings only"),
        pytest.param(b"---\ntitle: T\n---\n", (1, 0), "holds no text", id="header only"),
        pytest.param(
            b"---\ntitle: T\n---", (1, 0), "holds no text", id="header only, unfinished line"
        ),
        pytest.param(b"T\n\ncaf\xe9.\n", (3, 4), "not UTF-8: the byte 0xe9", id="Latin-1"),
        pytest.param(
            "T\r\n\r\né \udc80.".encode("utf-8", "surrogateescape"),
            (3, 3),
            "not UTF-8",
            id="bad byte, CRLF",
        ),
        pytest.param(
            "é\r\ud800.".encode("utf-8", "surrogatepass"), (2, 1), "not UTF-8", id="surrogate"
        ),
        pytest.param("A text.".encode("utf-16"), (1, 1), "is UTF-16, not UTF-8", id="UTF-16"),
        pytest.param(b"T\n\nA te\0xt.", (3, 5), "holds a NUL character", id="NUL"),
        pytest.param(
            b'---\ntitle: "\\ud800"\n---\nA.\n',
            (2, 8),
            "an escape that is no character",
            id="lone surrogate",
        ),
        pytest.param(
            b"---\ntitle: T\nA text.\n",
            (1, 1),
            "the header is not closed",
            id="unterminated header",
        ),
        pytest.param(
            b"---\n- title\n---\nA text.\n",
            (2, 1),
            "the header is a list",
            id="header not a mapping",
        ),
        pytest.param(
            b"---\ntitle: T\ntitle: U\n---\nA.\n",
            (3, 1),
            'duplicate key "title"',
            id="duplicate key",
        ),
        pytest.param(
            b"---\ntitle: [T]\n---\nA.\n", (2, 8), "title is not a text", id="title is a list"
        ),
        pytest.param(b"---\ntitle: *t\n---\nA.\n", (2, 8), "anchors and aliases", id="alias"),
        pytest.param(b"---\ntitle: &t T\n---\nA.\n", (2, 8), "anchors and aliases", id="anchor"),
        pytest.param(b"---\n<<: {title: T}\n---\nA.\n", (2, 1), "merge keys", id="merge key"),
        pytest.param(b"---\ntitle: !!python/name:os.system\n---\nA.\n", (2, 8), "tags", id="tag"),
        pytest.param(
            b"---\ntitle: T\n--- U\n---\nA.\n", (3, 1), "a second document", id="two documents"
        ),
        pytest.param(
            b"---\ntitle: T\n\tdate: 2031\n---\nA.\n",
            (3, 1),
            "cannot start any token",
            id="tab indent",
        ),
        pytest.param(
            b"---\nx: {a: {b: {c: d}}}\n---\nA.\n", (2, 12), "nested deeper", id="too deep"
        ),
        pytest.param(
            b"---\ntitle: " + b"T" * 8_192 + b"\n---\nA.\n",
            (2, 1),
            "larger than 8,192 bytes",
            id="large header",
        ),
        pytest.param(
            "---\ntitle: T\u202ex\n---\nA.\n".encode(),
            (2, 0),
            "the title holds a character",
            id="bidi in title",
        ),
        pytest.param(
            "# T\u200bx\n\nA.\n".encode(),
            (1, 0),
            "the title holds a character",
            id="hidden in heading",
        ),
        pytest.param(
            b"A text. " * 131_073, (1, 0), "larger than 1,048,576 bytes", id="more than 1 MiB"
        ),
    ],
)
@pytest.mark.parametrize("name", ["bad.md", "bad.markdown", "BAD.TXT"])
def test_a_bad_file_is_one_error(
    tmp_path: Path, name: str, content: bytes, place: tuple[int, int], what: str
) -> None:
    """A file that can't be served is one error with its place, what is wrong and what to do."""
    (tmp_path / name).write_bytes(content)
    served, problems, _ = _build(tmp_path)
    assert served == []
    (error,) = [problem for problem in problems if problem.severity == "error"]
    assert (error.file, error.line, error.column) == (name, *place)
    assert what in error.what
    assert error.hint
    assert str(error).startswith(f"{name}:{place[0]}:")


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        pytest.param(
            "---\ntitle: T\nmood: good\n---\nA text.\n",
            3,
            'key "mood" is not known',
            id="unknown key",
        ),
        pytest.param(
            "---\ntitle: T\ndate: soon\n---\nA text.\n", 3, '"soon" is not a date', id="bad date"
        ),
        pytest.param("A text.\n", 1, "no title found", id="missing title"),
        pytest.param("# T\n\nA text.\n", 1, "no title in the header", id="title from a heading"),
        pytest.param(
            "---\ntitle: T\n---\n## A\nx.\n\n## A\ny.\n",
            7,
            'heading "A" stands in line 4 already',
            id="same headings",
        ),
        pytest.param("---\ntitle: T\n---\nA.\n```\nb\n", 5, "never closed", id="unclosed fence"),
        pytest.param(
            "---\ntitle: T\n---\nA \u202etext.\n", 4, "can't be seen, U+202E", id="bidi in text"
        ),
        pytest.param(
            "---\ntitle: T\n---\nA\x07 text.\n", 4, "can't be seen, U+0007", id="control in text"
        ),
        pytest.param(
            "---\ntitle: T\n---\n[a.example](http://b.example)\n",
            4,
            "leads to b.example",
            id="masked link",
        ),
        pytest.param(
            "---\ntitle: T\n---\n[a.example](http://[b:c]/)\n",
            4,
            "to an address that can",
            id="no address",
        ),
        pytest.param(
            "---\ntitle: T\nsource: http://[b]/\n---\nA.\n",
            3,
            "not a web address",
            id="source, brackets",
        ),
        pytest.param(
            "---\ntitle: T\nsource: http://b:x/\n---\nA.\n",
            3,
            "not a web address",
            id="source, port",
        ),
    ],
)
def test_an_odd_file_is_served_with_a_warning(
    tmp_path: Path, content: str, line: int, what: str
) -> None:
    """What leaves the text readable keeps nobody from reading it."""
    (tmp_path / "odd.md").write_text(content, encoding="utf-8")
    served, problems, _ = _build(tmp_path)
    assert served == ["odd.md"]
    (problem,) = problems
    assert (problem.file, problem.line, problem.severity) == ("odd.md", line, "warning")
    assert what in problem.what
    assert problem.hint


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("\ufeff---\ntitle: T\n---\nA text.\n", id="byte order mark"),
        pytest.param("---\r\ntitle: T\r\n---\r\nA text.\r\n", id="CRLF"),
        pytest.param("---\rtitle: T\r---\rA text.\r", id="CR"),
        pytest.param("---\r\ntitle: T\n---\rA text.\n\r", id="mixed newlines"),
        pytest.param("---\ntitle: no\n---\nA text.\n", id="title no"),
        pytest.param("---\ntitle: 010\n---\nA text.\n", id="title 010"),
        pytest.param("---\ntitle: 12:30\n---\nA text.\n", id="title 12:30"),
        pytest.param("---\ntitle: T\n---\n" + "A text. " * 10_000, id="line of more than 64 KiB"),
        pytest.param("---\ntitle: T\n---\nA te\u200cxt 👨\u200d👩\u200d👧.", id="joiners"),
    ],
)
def test_an_unusual_file_is_served(tmp_path: Path, content: str) -> None:
    """Newlines, byte order marks, odd titles and long lines are nobody's fault."""
    (tmp_path / "fine.md").write_bytes(content.encode())
    served, problems, library = _build(tmp_path)
    assert (served, problems) == (["fine.md"], [])
    assert library.articles[0].text == content


def test_a_pipe_a_socket_and_a_folder_are_no_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no regular file is refused at once and never waited for."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.md")
    (tmp_path / "folder.md").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
        served, problems, _ = _build(tmp_path)
    assert served == []
    assert [(problem.file, problem.severity, bool(problem.hint)) for problem in problems] == [
        ("folder.md", "error", True),
        ("pipe.md", "error", True),
        ("socket.md", "error", True),
    ]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link out of the folder, to a neighbour, to itself, to a device or to nothing is refused."""
    (tmp_path / "secret.txt").write_text("The secret is out.", encoding="utf-8")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "out.md").symlink_to(tmp_path / "secret.txt")
    (folder / "near.md").symlink_to("zz-good.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "endless.md").symlink_to("/dev/zero")
    (folder / "gone.md").symlink_to("nowhere")
    served, problems, _ = _build(folder)
    assert served == []
    assert [(problem.file, problem.severity) for problem in problems] == [
        (name, "error") for name in ("endless.md", "gone.md", "loop.md", "near.md", "out.md")
    ]
    assert {problem.hint for problem in problems} == {
        "links are not followed; put the file itself here"
    }


def test_linked_folders_are_passed_over(tmp_path: Path) -> None:
    """A linked folder is a warning, a link that leads nowhere or to itself is nothing; none is
    walked into.
    """
    (tmp_path / "here").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "one").symlink_to("other")
    (tmp_path / "other").symlink_to("one")
    served, problems, _ = _build(tmp_path)
    assert served == []
    assert [(problem.file, problem.severity) for problem in problems] == [("here", "warning")]


def test_a_file_that_vanished_is_a_problem(tmp_path: Path) -> None:
    """A file that is gone between listing and reading is an error with a hint."""
    problem = read_file(Folder(tmp_path), "gone.md", FolderLimits())
    assert isinstance(problem, Problem)
    assert (problem.file, problem.severity, bool(problem.hint)) == ("gone.md", "error", True)
    assert "No such file" in problem.what


def test_a_file_that_says_it_is_empty_and_is_not_is_a_problem() -> None:
    """A file of the kernel's, whose size does not fit what it holds, is an error with a hint."""
    problem = read_file(Folder(Path("/proc/self")), "status", FolderLimits())
    assert isinstance(problem, Problem)
    assert (problem.file, problem.severity, bool(problem.hint)) == ("status", "error", True)


def test_a_sparse_file_is_not_read_whole(tmp_path: Path) -> None:
    """A file that claims a terabyte is refused like any other large one."""
    with (tmp_path / "sparse.md").open("wb") as file:
        file.truncate(2**40)
    served, problems, _ = _build(tmp_path)
    assert served == []
    assert [(problem.file, problem.what) for problem in problems] == [
        ("sparse.md", "larger than 1,048,576 bytes")
    ]


@pytest.mark.parametrize(
    "name",
    [b"a\nb.md", "a\u202eb.md".encode(), b"a\x1b[2Jb.md", b"a\xffb.md", "a\u2028b.txt".encode()],
)
def test_a_file_name_that_can_t_be_shown_is_an_error(tmp_path: Path, name: bytes) -> None:
    """A name with a newline, a control, a hidden or an undecodable character is told with the
    character spelt out.
    """
    (tmp_path / os.fsdecode(name)).write_text(NEIGHBOUR, encoding="utf-8")
    served, problems, _ = _build(tmp_path)
    assert served == []
    (problem,) = problems
    assert (problem.severity, problem.hint) == ("error", "rename it")
    assert problem.file.isprintable()
    assert "\\" in problem.file


def test_the_same_name_twice_is_an_error(tmp_path: Path) -> None:
    """Two files that differ only in their ending would share an id: the first is served."""
    (tmp_path / "a.md").write_text("---\ntitle: First\n---\nA text.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("---\ntitle: Second\n---\nA text.\n", encoding="utf-8")
    served, problems, _ = _build(tmp_path)
    assert served == ["a.md"]
    assert [(problem.file, problem.severity, problem.what) for problem in problems] == [
        ("a.txt", "error", "has the same name as a.md")
    ]


def test_a_name_is_free_again_when_its_file_is_bad(tmp_path: Path) -> None:
    """A refused file does not keep its namesake out."""
    (tmp_path / "a.md").write_bytes(b"\xff")
    (tmp_path / "a.txt").write_text(NEIGHBOUR, encoding="utf-8")
    assert _build(tmp_path)[0] == ["a.txt"]


def test_what_editors_leave_behind_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, backups, swap files and locks are neither read nor told."""
    for name in (".a.md", ".#a.md", "a.md~", "#a.md#", ".a.md.swp", "a.md.bak", "a.png", "a"):
        (tmp_path / name).write_bytes(b"\xff")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "b.md").write_bytes(b"\xff")
    assert _build(tmp_path)[:2] == ([], [])


def test_other_documents_are_noted(tmp_path: Path) -> None:
    """A document of a kind that is not read gets a note, for somebody may wait for it."""
    (tmp_path / "report.PDF").write_bytes(b"%PDF")
    served, problems, _ = _build(tmp_path)
    assert served == []
    assert [(problem.file, problem.severity) for problem in problems] == [("report.PDF", "note")]


def test_too_many_files_are_cut_off(tmp_path: Path) -> None:
    """Past the limit the first files by name are served, and one error says where the rest
    begins.
    """
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(
            f"---\ntitle: T\n---\nText {number}.\n", encoding="utf-8"
        )
    library, problems = build(tmp_path, FolderLimits(files=3))
    assert [article.file for article in library.articles] == ["0.md", "1.md", "2.md"]
    assert [(problem.file, problem.severity, problem.what) for problem in problems] == [
        ("3.md", "error", "holds more than 3 articles")
    ]


def test_too_deep_a_folder_is_left_out(tmp_path: Path) -> None:
    """Folders are read down to the limit, and one error names the first that lies deeper."""
    folder = tmp_path
    for name in "abcde":
        folder /= name
        folder.mkdir()
        (folder / f"{name}.md").write_text(f"---\ntitle: T\n---\nText {name}.\n", encoding="utf-8")
    served, problems, _ = _build(tmp_path)
    assert served == ["a/a.md", "a/b/b.md", "a/b/c/c.md"]
    assert [(problem.file, problem.severity, bool(problem.hint)) for problem in problems] == [
        ("a/b/c/d", "error", True)
    ]
    assert _build(tmp_path, FolderLimits(depth=1))[0] == []


def test_too_large_a_folder_is_cut_off(tmp_path: Path) -> None:
    """Past the limit for all files together the rest is left out, with one error."""
    for number in range(4):
        (tmp_path / f"{number}.md").write_text(
            "---\ntitle: T\n---\nText is here.\n", encoding="utf-8"
        )
    library, problems = build(tmp_path, FolderLimits(folder_bytes=100))
    assert [article.file for article in library.articles] == ["0.md", "1.md", "2.md"]
    assert [(problem.file, problem.severity) for problem in problems] == [("3.md", "error")]


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    """The limit itself is allowed, one byte more is not."""
    (tmp_path / "a.md").write_bytes(b"12345678")
    assert isinstance(read_file(Folder(tmp_path), "a.md", FolderLimits(file_bytes=8)), SourceFile)
    assert isinstance(read_file(Folder(tmp_path), "a.md", FolderLimits(file_bytes=7)), Problem)


def test_every_fault_at_once_leaves_the_neighbour(tmp_path: Path) -> None:
    """Many bad files side by side are one error each, sorted by name."""
    for number in range(20):
        (tmp_path / f"{number:02}.md").write_bytes(b"ok.\n" * number + b"\xff")
    served, problems, _ = _build(tmp_path)
    assert served == []
    assert [(problem.file, problem.line) for problem in problems] == [
        (f"{n:02}.md", n + 1) for n in range(20)
    ]
