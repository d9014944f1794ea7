"""A program: end a copy of itself at each step of a start and a reload; check what is left each time.

It prints how many copies it ended. Nothing else runs in it, so that a copy is whole.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from failing_disk import Disk
from test_failing_disk import GREEN, NEW, OLD, change, make_desk, texts_of
from test_last_good import Desk

# Of all steps, so many are left out between two in the short run.
_STRIDE = 25


class _LaterDisk(Disk):
    """A disk whose last operation is still done."""

    def count(self) -> None:
        """Count; the end comes with the operation after the last one."""
        self.operations += 1
        if self.operations == self.failing + 1:
            os._exit(9)


def end() -> BaseException:
    """End the process at once, as a kill does."""
    os._exit(9)


def run_copy(desk: Desk, disk: Disk) -> bool:
    """Let a copy of this process serve the desk; say whether it was ended in the middle."""
    copy = os.fork()
    if copy == 0:
        code = 1
        try:
            with disk.in_force():
                knowledge_base = desk.open()
                change(desk)
                knowledge_base.reload()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(copy, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), code
    return code == 9


def check(desk: Desk) -> None:
    """Check that versions are sound, that a start serves them, and that it sweeps."""
    assert desk.versions is not None
    for path in desk.versions.rglob("*"):
        is_version = path.is_file() and len(path.name) == 64
        assert not is_version or hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    served = desk.open()
    assert texts_of(served) in ([OLD, GREEN], [NEW, GREEN]), texts_of(served)
    assert not served.why_unkept
    # What is served, what the one revision needs, and two documents.
    history = desk.keepers[-1].history
    digests = {article.sha256 for article in served.library.articles} | history.digests()
    files = [path.name for path in desk.versions.rglob("*") if path.is_file()]
    documents = ["manifest.json"] + ["history.json"] * bool(history.revisions)
    assert sorted(files) == sorted([*digests, *documents])
    assert len(history.revisions) <= 1


def main(folder: Path, steps: str) -> int:
    """Give how many copies were ended."""
    killed = 0
    for kind in (Disk, _LaterDisk):
        step = 1
        while True:
            desk = make_desk(folder / "desk")
            # Something is served and kept before.
            desk.open()
            is_killed = run_copy(desk, kind(step, fault=end))
            check(desk)
            shutil.rmtree(folder / "desk")
            if not is_killed:
                break
            killed += 1
            step += 1 if steps == "all" else _STRIDE
    return killed


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), sys.argv[2]))  # noqa: T201 (for the one who started it)
