"""The N-th operation of the disk fails, once and for ever: what served well serves on, and nothing
that was kept is lost.
"""

import contextlib
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from failing_disk import Disk
from test_last_good import Desk, spoil

from bot.knowledge_base import KnowledgeBase

ROOT = Path(__file__).parent.parent
FAULTS: dict[str, Callable[[], BaseException]] = {
    "EIO": lambda: OSError(errno.EIO, "Input/output error"),
    "ENOSPC": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "EMFILE": lambda: OSError(errno.EMFILE, "Too many open files"),
    "EACCES": lambda: PermissionError(errno.EACCES, "Permission denied"),
    "MemoryError": MemoryError,
}
OLD, NEW = "Black tea is withered.", "Black tea is rolled."
GREEN = "Green tea is steamed."
SERVED = {"black.md": OLD, "green.md": GREEN}


def make_desk(folder: Path) -> Desk:
    """Two articles, of which one will be spoilt, and the other one changed."""
    desk = Desk(folder / "articles", folder / "versions")
    for name, text in SERVED.items():
        desk.write(name, f"# Of {name[:-3]} tea\n\n{text}\n")
    return desk


def texts_of(knowledge_base: KnowledgeBase) -> list[str]:
    """Give the first sentence of each article that is served."""
    return [article.sections[0].sentences[0].text for article in knowledge_base.library.articles]


def change(desk: Desk) -> None:
    """Spoil one file, and change the other."""
    spoil(desk.folder / "green.md", "no text")
    desk.write("black.md", f"# Of black tea\n\n{NEW}\n")


def try_reload(knowledge_base: KnowledgeBase) -> bool:
    """Reload; False where that raised, as where memory is short."""
    try:
        knowledge_base.reload()
    except (OSError, MemoryError):
        return False
    return True


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("for_ever", [False, True])
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_fails_in_a_reload_the_last_good_serves(
    tmp_path: Path, fault: str, *, for_ever: bool
) -> None:
    """At each operation: every article is served, old or new; and when the disk is well again a
    restart serves them all, and a reload what is in the folder.
    """
    failing = 0
    while True:
        failing += 1
        folder = tmp_path / str(failing)
        desk = make_desk(folder)
        knowledge_base = desk.open()
        change(desk)
        disk = Disk(failing, for_ever, FAULTS[fault])
        with disk.in_force():
            is_done = try_reload(knowledge_base)
        assert texts_of(knowledge_base) in ([OLD, GREEN], [NEW, GREEN]), failing
        if not is_done:
            assert knowledge_base.failed_reload is not None
            assert knowledge_base.failed_reload.refusal == "fault"
        assert texts_of(desk.open()) == [NEW, GREEN], failing
        desk.seconds += 60
        knowledge_base.reload()
        assert texts_of(knowledge_base) == [NEW, GREEN], failing
        shutil.rmtree(folder)
        if not disk.has_failed:
            break
    assert failing > 30


@pytest.mark.parametrize(
    ("fault", "for_ever"),
    [
        ("EIO", False),
        pytest.param("ENOSPC", True, marks=pytest.mark.slow),
        pytest.param("MemoryError", False, marks=pytest.mark.slow),
    ],
)
def test_whatever_fails_at_a_start_nothing_kept_is_lost(
    tmp_path: Path, fault: str, *, for_ever: bool
) -> None:
    """At each operation of a start with a spoilt file: the next one serves its last good version
    again. What could not be served or kept is told.
    """
    desk = make_desk(tmp_path)
    desk.open()
    assert desk.versions is not None
    shutil.copytree(desk.versions, tmp_path / "copy", copy_function=shutil.copy2)
    change(desk)
    failing = 0
    is_reached = True
    while is_reached:
        failing += 1
        disk = Disk(failing, for_ever, FAULTS[fault])
        with disk.in_force(), contextlib.suppress(MemoryError):
            served = desk.open()
            is_all = texts_of(served) == [NEW, GREEN] and not served.why_unkept
            assert is_all or served.why_unkept or is_told(served), failing
        assert texts_of(desk.open()) == [NEW, GREEN], failing
        shutil.rmtree(desk.versions)
        shutil.copytree(tmp_path / "copy", desk.versions, copy_function=shutil.copy2)
        is_reached = disk.has_failed
    assert failing > 20


def test_a_full_disk_is_said_and_harmless(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """All is served, now and after a restart, but for what is spoilt later; with room, it is kept
    again. The log warns of it.
    """
    desk = make_desk(tmp_path)
    desk.open()
    desk.write("black.md", f"# Of black tea\n\n{NEW}\n")
    full = Disk(fault=FAULTS["ENOSPC"])
    with full.in_force(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", raise_full)
        knowledge_base = desk.open()
    assert "No space left on device (make room on the disk)" in knowledge_base.why_unkept
    (warned,) = [one for one in caplog.records if one.levelname == "WARNING"]
    assert knowledge_base.why_unkept in warned.getMessage()
    spoil(desk.folder / "black.md", "no text")
    done = knowledge_base.reload()
    assert texts_of(knowledge_base) == [NEW, GREEN]
    # The version that could not be kept is in memory alone, and the one before it on the disk.
    assert texts_of(desk.open()) == [OLD, GREEN]
    assert done.is_served
    desk.write("black.md", f"# Of black tea\n\n{NEW}\n")
    knowledge_base.reload()
    assert knowledge_base.why_unkept == ""
    spoil(desk.folder / "black.md", "no text")
    assert texts_of(desk.open()) == [NEW, GREEN]


def is_told(served: KnowledgeBase) -> bool:
    """Say whether the problems tell that something is served otherwise than in the folder."""
    kinds = {problem.kind for problem in served.problems if problem.file != "green.md"}
    return bool(kinds) or "last-version-unfound" in {one.kind for one in served.problems}


def raise_full(*_: object, **__: object) -> None:
    """Make no file."""
    raise FAULTS["ENOSPC"]()  # noqa: RSE102 (it makes one)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied at each step")
@pytest.mark.parametrize("steps", ["some", pytest.param("all", marks=pytest.mark.slow)])
@pytest.mark.timeout(1_800)
def test_a_kill_at_any_step_leaves_what_served(tmp_path: Path, steps: str) -> None:
    """A process that ends at an operation, before it or after it, in a start or in a reload: the
    store is sound, a start serves the old or the new version of each file, and nothing is left.
    """
    done = subprocess.run(
        [sys.executable, "tests/kill_steps.py", str(tmp_path), steps],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1_700,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    killed = int(done.stdout)
    assert killed >= (4 if steps == "some" else 100)
