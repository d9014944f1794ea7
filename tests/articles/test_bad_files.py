"""Whatever lies in the folder, a bad file is told once and its neighbours are served."""

import os
import socket
from pathlib import Path

import pytest

from bot.answers.lookup import find_articles, name_article
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
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff", b"%PDF-1.7\n\xe2\xe3", b"\xff" + b"\x01\x02" * 9],
)
def test_what_is_no_text_is_not_to_be_saved_as_one(tmp_path: Path, content: bytes) -> None:
    """A picture that is named as a text is told apart from a text in a wrong encoding."""
    (tmp_path / "bad.md").write_bytes(content)
    problem = next(one for one in build(tmp_path)[1] if one.file == "bad.md")
    assert problem.kind == "binary-file"
    assert "UTF-8" not in problem.hint


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        pytest.param(
            "T\r\n\r\né \udc80.".encode("utf-8", "surrogateescape"),
            (3, 3),
            "not UTF-8",
            id="bad byte, CRLF",
        ),
        pytest.param(
            "é\r\ud800.".encode("utf-8", "surrogatepass"), (2, 1), "not UTF-8", id="surrogate"
        ),
        pytest.param(
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff",
            (1, 0),
            "is no text file",
            id="a picture",
        ),
        pytest.param(b"PK\x03\x04\x14\0\x06\0word", (1, 0), "is no text file", id="an archive"),
        pytest.param(b"a.txt" + b"\0" * 95 + b"644\0", (1, 0), "is no text file", id="a tar"),
        pytest.param(b"\x1f\x8b\x08\x01abc\xff", (1, 0), "is no text file", id="gzip"),
        pytest.param(
            "é \udcfftext".encode("utf-16-le", "surrogatepass") + b"\xd8",
            (1, 1),
            "is no text in an encoding",
            id="broken UTF-16",
        ),
        pytest.param(b"T\n\nA te\0xt.", (3, 5), "holds a NUL character", id="NUL"),
        pytest.param(
            "---\ntitle: T\u202ex\n---\nA.\n".encode(),
            (2, 0),
            "the title holds a character",
            id="bidi in title",
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
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xef\xbb\xbf", id="byte order mark only"),
        pytest.param(b" \r\n\t\xe3\x80\x80\n", id="blanks only"),
        pytest.param(b"# Night Trains\n\n## Beds\n", id="headings only"),
        pytest.param(b"---\ntitle: T\n---\n", id="header only"),
        pytest.param(b"---\ntitle: T\n---", id="header only, unfinished line"),
    ],
)
@pytest.mark.parametrize("name", ["stub.md", "stub.markdown", "STUB.TXT", "stub.Text"])
def test_a_file_without_text_is_not_served_and_noted(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """Nobody has written it yet: that is no fault."""
    (tmp_path / name).write_bytes(content)
    served, problems, _ = _build(tmp_path)
    assert served == []
    (problem,) = problems
    assert (problem.file, problem.line, problem.severity, problem.kind) == (
        name,
        1,
        "note",
        "no-text",
    )
    assert problem.hint


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        pytest.param(
            "---\ntitle: T\ntitle: U\n---\nA.\n",
            3,
            'key "title" stands in line 2',
            id="duplicate key",
        ),
        pytest.param(
            "---\ntitle: T\n\nA text.\n", 1, "the header is not closed", id="unterminated header"
        ),
        pytest.param("---\ntitle: *t\n---\nA.\n", 2, "title can't be read", id="alias"),
        pytest.param("+++\ntitle = 'T\n+++\nA.\n", 1, "can't be read as a whole", id="broken TOML"),
        pytest.param(
            "---\ntitle: T\ndate: soon\n---\nA text.\n", 3, '"soon" is not a date', id="bad date"
        ),
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


def test_files_whose_names_differ_in_their_ending_are_all_served(tmp_path: Path) -> None:
    """The first has the name without its ending as its id, each other its whole name."""
    for name in (
        "a.md",
        "a.txt",
        "a.txt.md",
        "a.markdown",
        "b/a.TXT",
        "b/a.txt",
        "v1.2.md",
        "v1.3.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"---\ntitle: Of {name}\n---\nA text.\n", encoding="utf-8")
    _, problems, library = _build(tmp_path)
    assert [(one.file, one.kind) for one in problems] == [("b/a.txt", "name-alike")]
    assert {article.file: article.id for article in library.articles} == {
        "a.markdown": "a",
        "a.md": "a.md",
        "a.txt": "a.txt",
        "a.txt.md": "a.txt.md",
        "b/a.TXT": "b/a",
        "b/a.txt": "b/a.txt",
        "v1.2.md": "v1.2",
        "v1.3.md": "v1.3",
        "zz-good.md": "zz-good",
    }


def test_an_id_is_free_again_when_its_file_is_gone(tmp_path: Path) -> None:
    """The ids of a folder that is read again are those of a folder that is read anew."""
    (tmp_path / "a.md").write_text("---\ntitle: One\n---\nA text.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("---\ntitle: Two\n---\nA text.\n", encoding="utf-8")
    both, _ = build(tmp_path)
    again, _ = build(tmp_path, before=both)
    assert all(one is other for one, other in zip(both.articles, again.articles, strict=True))
    (tmp_path / "a.md").unlink()
    (article,) = build(tmp_path, before=both)[0].articles
    assert (article.id, article.title) == ("a", "Two")


def test_names_that_look_alike_are_names_of_their_own(tmp_path: Path) -> None:
    """Composed and decomposed letters, capitals, blanks and very long names: each has an id and
    is found by it. What some systems take for one file is noted.
    """
    names = [
        "Über uns.md",
        "U\u0308ber uns.md",
        "ÜBER UNS.md",
        "a  b.md",
        "a b.md",
        "x" * 250 + ".md",
        "x" * 251 + ".md",
    ]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(f"# Same\n\nText number {number}.\n", encoding="utf-8")
    library, problems = build(tmp_path)
    assert len({article.id for article in library.articles}) == len(names)
    for article in library.articles:
        assert find_articles(library, name_article(article)) == [article]
    alike = [one for one in problems if one.kind == "name-alike"]
    assert [(one.file, one.severity) for one in alike] == [
        ("ÜBER UNS.md", "note"),
        ("Über uns.md", "note"),
    ]
    assert all("U\u0308ber uns.md" in one.what for one in alike)


def test_a_copy_is_served_once(tmp_path: Path) -> None:
    """Of files that are the same byte for byte the first is served; the others are told."""
    text = "---\ntitle: Same\n---\nA text.\n"
    for name in ("a.md", "b/a.md", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    served, problems, library = _build(tmp_path)
    assert served == ["a.md"]
    assert [(problem.file, problem.severity, problem.what) for problem in problems] == [
        ("b/a.md", "warning", "is a copy of a.md and is not served twice"),
        ("c.txt", "warning", "is a copy of a.md and is not served twice"),
    ]
    (tmp_path / "a.md").unlink()
    assert [article.file for article in build(tmp_path, before=library)[0].articles] == [
        "b/a.md",
        "zz-good.md",
    ]


def test_a_name_is_free_again_when_its_file_is_bad(tmp_path: Path) -> None:
    """A refused file does not keep its namesake out."""
    (tmp_path / "a.md").write_bytes(b"\xff\x01")
    (tmp_path / "a.txt").write_text("---\ntitle: A\n---\nA text.\n", encoding="utf-8")
    _, _, library = _build(tmp_path)
    assert [article.id for article in library.articles] == ["a", "zz-good"]


def test_what_editors_leave_behind_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, backups, swap files and locks are neither read nor told."""
    for name in (
        ".a.md",
        ".#a.md",
        "a.md~",
        "#a.md#",
        "~$a.txt",
        ".a.md.swp",
        "a.md.bak",
        "a.png",
        "a",
    ):
        (tmp_path / name).write_bytes(b"\xff")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "b.md").write_bytes(b"\xff")
    assert _build(tmp_path)[:2] == ([], [])


def test_other_documents_are_noted(tmp_path: Path) -> None:
    """Documents of a kind that is not read get one note with their count, for somebody may wait
    for them.
    """
    (tmp_path / "deep").mkdir()
    for name in ("report.ODT", "deep/report.odt", "deep/more.odt", "book.epub"):
        (tmp_path / name).write_bytes(b"PK")
    served, problems, _ = _build(tmp_path)
    assert served == []
    assert [(problem.file, problem.severity, problem.what) for problem in problems] == [
        ("book.epub", "note", "documents that end in .epub are not read (1 here)"),
        ("deep/more.odt", "note", "documents that end in .odt are not read (3 here)"),
    ]


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
    """Folders are read down to the sixteenth, and one error names the first that lies deeper."""
    names = [f"{number:02}" for number in range(1, 18)]
    for depth in range(1, len(names)):
        folder = tmp_path.joinpath(*names[:depth])
        folder.mkdir()
        (folder / "a.md").write_text(f"---\ntitle: T\n---\nText {depth}.\n", encoding="utf-8")
    served, problems, _ = _build(tmp_path)
    assert served == sorted("/".join([*names[:depth], "a.md"]) for depth in range(1, 16))
    (problem,) = problems
    assert (problem.file, problem.severity, bool(problem.hint)) == (
        "/".join(names[:16]),
        "error",
        True,
    )
    assert _build(tmp_path, FolderLimits(depth=1))[0] == []


def test_a_folder_that_may_be_missing_is_empty(tmp_path: Path) -> None:
    """That of a server, before anything was put in; a sub-folder may not vanish unsaid."""
    gone = tmp_path / "gone"
    assert [problem.kind for problem in build(gone)[1]] != ["folder-empty"]
    (problem,) = build(gone, FolderLimits(may_be_missing=True))[1]
    assert problem.kind == "folder-empty"


def test_too_large_a_folder_is_cut_off(tmp_path: Path) -> None:
    """Past the limit for all files together the rest is left out, with one error."""
    for number in range(4):
        (tmp_path / f"{number}.md").write_text(
            f"---\ntitle: {number}\n---\nText is here.\n", encoding="utf-8"
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
        (tmp_path / f"{number:02}.md").write_bytes(b"ok.\n" * number + b"\xff\x01")
    served, problems, _ = _build(tmp_path)
    assert served == []
    assert [(problem.file, problem.line) for problem in problems] == [
        (f"{n:02}.md", n + 1) for n in range(20)
    ]


def test_an_ignored_folder_may_be_a_link(tmp_path: Path) -> None:
    """Of what would not be read anyway, no link is told."""
    (tmp_path / "node_modules").symlink_to(tmp_path)
    (tmp_path / "old").symlink_to(tmp_path)
    assert _build(tmp_path, FolderLimits(ignore=("/old/",)))[:2] == ([], [])
