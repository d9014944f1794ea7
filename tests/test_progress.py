"""What is shown while a large folder is read."""

import io
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot import progress
from bot.cli import main
from bot.progress import LoggedProgress, TerminalProgress


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


class Clock:
    """A clock that goes on by so many seconds whenever it is looked at."""

    def __init__(self, step_s: float) -> None:
        """Begin at noon."""
        self._now_s, self._step_s = 43_200.0, step_s

    def __call__(self) -> float:
        """Give the time in seconds."""
        self._now_s += self._step_s
        return self._now_s


def shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, step_s: float, files: int) -> str:
    """Give what is written to standard error while so many files are read, ``step_s`` seconds
    each.
    """
    monkeypatch.setattr(sys, "stderr", stream)
    with TerminalProgress(Clock(step_s)) as report:
        for done in range(1, files + 1):
            report(done, files)
    return stream.getvalue()


def test_a_terminal_shows_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text takes the place of the one before, and in the end there is none."""
    texts = shown(Terminal(), monkeypatch, 0.3, 1_234).split("\r\x1b[K")
    assert "Reading 1,000 of 1,234 files …" in texts
    assert texts[-2:] == ["Making the index …", ""]
    assert not any("\n" in text for text in texts)


def test_what_is_soon_read_is_not_mentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first half second nothing is shown."""
    assert shown(Terminal(), monkeypatch, 0.1, 4) == ""


def test_what_is_no_terminal_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe or a file sees nothing of it, however long it takes."""
    assert shown(io.StringIO(), monkeypatch, 60.0, 3) == ""


def test_a_terminal_is_written_to_ten_times_a_second_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of thousands of files that are read in a second, a few are shown."""
    assert shown(Terminal(), monkeypatch, 0.001, 2_000).count("Reading") <= 20


def test_a_log_gets_a_line_at_once_and_one_every_ten_seconds() -> None:
    """Who looks into the log sees that something is going on."""
    lines: list[str] = []
    report = LoggedProgress(lines.append, Clock(1.0))
    for done in range(1, 20_001):
        report(done, 20_000)
        if len(lines) == 3:
            break
    assert lines[0] == "reading 20,000 files …"
    assert all(line.endswith(" of 20,000 files are read") for line in lines[1:])


def told_of_the_index(
    progress_: TerminalProgress | LoggedProgress, texts: Callable[[], Sequence[str]]
) -> None:
    """Wait until it has been told three times that the index is being made, by nobody but the
    progress itself.

    The thread that told it has ended then. The time limit of a test ends what never comes.
    """
    others = set(threading.enumerate())
    with progress_:
        progress_(1, 1)
        while sum("aking the index, " in text for text in texts()) < 3:
            time.sleep(0.005)
        assert set(threading.enumerate()) - others
    assert not set(threading.enumerate()) - others


def test_a_terminal_shows_that_the_index_is_still_being_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After the last file the seconds go on in the same line, which is gone in the end."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_SECOND_S", 0.01)
    told_of_the_index(TerminalProgress(Clock(0.4)), lambda: terminal.getvalue().split("\r\x1b[K"))
    texts = terminal.getvalue().split("\r\x1b[K")
    assert "Making the index, 1 s …" in texts
    assert texts[-1] == ""
    assert "\n" not in terminal.getvalue()


def test_a_log_tells_that_the_index_is_still_being_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last file a line comes again and again until the index is made, and none after
    that.
    """
    monkeypatch.setattr(progress, "_LOGGED_S", 0.01)
    lines: list[str] = []
    told_of_the_index(LoggedProgress(lines.append, Clock(4.0)), lines.copy)
    assert lines[:3] == [
        "reading 1 file …",
        "making the index, for 4 s so far",
        "making the index, for 8 s so far",
    ]


@pytest.mark.parametrize("command", [("check",), ("sections",), ("ask", "Where did they meet?")])
def test_each_command_shows_how_far_it_has_come(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files of the folder are counted, and the line is gone before anything is printed."""
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text("They met in Paris.\n", encoding="utf-8")
    terminal = Terminal()
    monkeypatch.setattr(terminal, "reconfigure", lambda **_: None, raising=False)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(progress, "_STEP_S", 0.0)
    main([*command, "--knowledge", str(tmp_path)])
    assert "\r\x1b[KReading 7 of 12 files …" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_run_logs_what_it_reads(tmp_path: Path) -> None:
    """The log tells that articles are being read before the bot has connected to anything."""
    (tmp_path / "ferries.txt").write_text("They met in Paris.\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--knowledge", str(tmp_path)],
        cwd=Path(__file__).parent.parent,
        env={
            **os.environ,
            "DISCORD_TOKEN": "a.b.c",
            "DISCORD_API_URL": "http://127.0.0.1:9/api/v10",
        },
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            first = process.stderr.readline()
        finally:
            process.kill()
    assert json.loads(first)["message"] == "reading 1 file …"
