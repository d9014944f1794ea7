"""The command ``evaluate`` as people start it: its arguments, its output and its exit code."""

import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from program import run_program

from bot.answers.model import Answer, Policy
from bot.evaluation.model import Question
from bot.knowledge_base import KnowledgeBase
from bot.report import ask_all
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "bot" / "schemas" / "evaluation.json"

# The trains of the fixtures: right, the key sentence beside the right one, wrong, refused, not
# refused.
QUESTIONS = """\
about: What passengers ask.
questions:
- question: When did the last train leave Quillan?
  sentence: 12 December 2020
  kind: dates
- question: how many signatures did Beds on Rails collect?
  sentence: 48,000
- question: What noise was measured in the tests?
  section: 1
- question: how do I bake sourdough bread
  section: 2
  kind: elsewhere
- question: what does a pod cost
  not_answered: true
"""


def bot(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command ``evaluate`` on the trains of the fixtures."""
    return run_program(
        ("evaluate", "--knowledge", "tests/fixtures", *arguments), {"COLUMNS": "80", **environment}
    )


def evaluation_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Read the one object that was printed, checked against its schema."""
    assert done.stdout.isascii()
    (line,) = done.stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(found)
    return found


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Give a question set of which two are answered as expected."""
    path = tmp_path / "trains.yaml"
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


def test_the_report_tells_figures_and_every_failure(questions: Path) -> None:
    """Figures with counts, by kind, the calibration, and each failure with its place and why, in 80
    columns.
    """
    done = bot(str(questions))
    assert (done.returncode, done.stderr) == (0, "")
    assert "What passengers ask.\n" in done.stdout
    assert re.search(r"^hit@1 +0\.500 +2 of 4  the first", done.stdout, re.MULTILINE)
    assert re.search(r"^refused +0\.000 +0 of 1  of what", done.stdout, re.MULTILINE)
    assert re.search(r"^elsewhere +0/1 +0/1 +0\.00 +– +0/1 +0/1 +–$", done.stdout, re.MULTILINE)
    assert "expected calibration error" in done.stdout
    assert "Not as expected: 3 of 5\n" in done.stdout
    assert (
        f"{questions}:8  What noise was measured in the tests?\n    answered from “" in done.stdout
    )
    assert (
        f"{questions}:10  how do I bake sourdough bread\n    refused with confidence 0."
        in done.stdout
    )
    assert re.search("nowhere in the articles: .*“sourdough”", done.stdout)
    assert (
        f"{questions}:13  what does a pod cost\n    answered though it should not be" in done.stdout
    )
    assert "matched words: “" in done.stdout
    assert all(len(line) <= 80 or str(questions) in line for line in done.stdout.splitlines())
    assert all(line == line.rstrip() for line in done.stdout.splitlines())


@pytest.mark.parametrize(("most", "more"), [("0", 3), ("2", 1), ("3", 0)])
def test_the_failures_can_be_cut_short(questions: Path, most: str, more: int) -> None:
    """--failures prints at most so many, and says how many there are besides."""
    done = bot(str(questions), "--failures", most)
    assert done.stdout.count(f"\n{questions}:") == int(most)
    assert (f"… and {more} more" in done.stdout) == bool(more)
    assert "Not as expected: 3 of 5" in done.stdout


def test_one_object_as_json(questions: Path) -> None:
    """The object holds the figures with their counts and each question with its outcome, quotations
    among them.
    """
    found = evaluation_of(bot(str(questions), "--json"))
    assert found["figures"]["hit1"] == {"value": 0.5, "total": 2, "count": 4}
    assert list(found["kinds"]) == ["dates", "", "elsewhere"]
    assert [result["outcome"] for result in found["results"]] == [
        "right",
        "right",
        "wrong",
        "refused",
        "not_refused",
    ]
    assert sum(one["count"] for one in found["calibration"]["bins"]) == 4
    assert "12 December 2020" in found["results"][0]["quotes"][0]["text"]
    assert (found["threshold"], found["about"], found["changes"]) == (
        Settings().threshold,
        ["What passengers ask."],
        None,
    )


def test_a_baseline_against_itself_has_no_differences(questions: Path, tmp_path: Path) -> None:
    """The same questions of the same articles give the same evaluation."""
    before = bot(str(questions), "--json").stdout
    baseline = tmp_path / "before.json"
    baseline.write_text(before, encoding="utf-8")
    changes = evaluation_of(bot(str(questions), "--json", "--baseline", str(baseline)))["changes"]
    assert all(one["before"] == one["now"] for one in changes["figures"].values())
    assert set(changes["figures"]) == {
        "hit1",
        "hit3",
        "mrr",
        "key",
        "section",
        "answered",
        "refused",
        "ece",
    }
    names = ("better", "worse", "otherwise", "only_before", "only_now")
    assert [changes[name] for name in names] == [[], [], [], [], []]
    done = bot(str(questions), "--baseline", str(baseline))
    assert "No question is answered better or worse." in done.stdout


def test_a_baseline_tells_what_got_better_and_worse(questions: Path, tmp_path: Path) -> None:
    """A threshold that refuses everything: what was right is worse, what should be refused is
    better.
    """
    baseline = tmp_path / "before.json"
    baseline.write_text(bot(str(questions), "--json").stdout, encoding="utf-8")
    config = tmp_path / "strict.yaml"
    config.write_text("threshold: 1\n", encoding="utf-8")
    questions.write_text(
        QUESTIONS.replace("how do I bake sourdough bread", "how do I fry fish"), encoding="utf-8"
    )
    done = bot(str(questions), "--config", str(config), "--baseline", str(baseline))
    assert re.search(r"^hit@1 +0\.500 +0\.000 +-0\.500$", done.stdout, re.MULTILINE)
    assert re.search(r"^dates: hit@1 +1\.000 +0\.000 +-1\.000$", done.stdout, re.MULTILINE)
    assert "Better: 1\n  what does a pod cost  (answered → refused)\n" in done.stdout
    assert (
        "\nWorse: 2\n  When did the last train leave Quillan?  (right → refused)\n" in done.stdout
    )
    assert "\nNot in the baseline: 1\n  how do I fry fish\n" in done.stdout
    assert "\nOnly in the baseline: 1\n  how do I bake sourdough bread\n" in done.stdout
    assert "No question was answered" in done.stdout


def test_something_else_that_is_expected_is_no_change(questions: Path, tmp_path: Path) -> None:
    """A question whose expectation was mended is named apart."""
    baseline = tmp_path / "before.json"
    baseline.write_text(bot(str(questions), "--json").stdout, encoding="utf-8")
    questions.write_text(
        QUESTIONS.replace("not_answered: true", "sentence: 92 crowns"), encoding="utf-8"
    )
    changes = evaluation_of(bot(str(questions), "--json", "--baseline", str(baseline)))["changes"]
    assert (changes["better"], changes["otherwise"]) == ([], ["what does a pod cost"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        "null",
        "[" * 100_000,
        '{"figures": 1, "kinds": {}, "calibration": {"error": null}, "results": []}',
        '{"results": [{"question": 1}]}',
    ],
)
def test_a_baseline_that_is_none_is_told(questions: Path, tmp_path: Path, text: str) -> None:
    """Anything but an evaluation is wrong use."""
    baseline = tmp_path / "before.json"
    baseline.write_text(text, encoding="utf-8")
    done = bot(str(questions), "--baseline", str(baseline))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{baseline}: is not what evaluate --json prints (")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "change", [("0.5", '"0.5"'), ('"rank": 1', '"rank": 4'), ("true", "7"), ("0.5", "NaN")]
)
def test_a_baseline_with_a_wrong_value_is_told(
    questions: Path, tmp_path: Path, change: tuple[str, str]
) -> None:
    """Each value that is compared is looked at before."""
    before = bot(str(questions), "--json").stdout
    assert change[0] in before
    baseline = tmp_path / "before.json"
    baseline.write_text(before.replace(*change, 1), encoding="utf-8")
    assert bot(str(questions), "--baseline", str(baseline)).returncode == 2


def test_a_figure_that_is_too_low_exits_with_1(questions: Path) -> None:
    """Each limit that is missed is told with by how much; what is reached is not mentioned."""
    limits = ["--min-hit1", "0.75", "--min-hit3", "0.5", "--min-refused", "1", "--min-mrr", "0.5"]
    done = bot(str(questions), "--json", *limits)
    assert done.returncode == 1
    assert done.stderr == (
        "hit@1 is 0.5000: 0.2500 below the 0.75 that was asked for\n"
        "refused is 0.0000: 1.0000 below the 1 that was asked for\n"
    )
    evaluation_of(done)


def test_limits_that_are_reached_exit_with_0(questions: Path) -> None:
    """Every limit has its option."""
    limits = [
        f"--min-{name}=0"
        for name in ("hit1", "hit3", "mrr", "section", "key", "answered", "refused")
    ]
    done = bot(str(questions), *limits, "--max-ece=1")
    assert (done.returncode, done.stderr) == (0, "")
    done = bot(str(questions), "--max-ece", "0")
    assert done.returncode == 1
    assert re.fullmatch(r"ECE is (0\.\d{4}): \1 above the 0 that was asked for\n", done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--min-hit1", "1.1"],
        ["--min-hit1", "nan"],
        ["--max-ece", "-0.1"],
        ["--failures", "-1"],
        ["--failures", "many"],
        ["--baseline"],
    ],
)
def test_wrong_use_exits_with_2(questions: Path, arguments: list[str]) -> None:
    """A call that makes no sense is told why, on standard error."""
    done = bot(*arguments, *([str(questions)] if arguments else []))
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: articlebot evaluate" in done.stderr


def test_every_fault_of_a_question_set_exits_with_2(tmp_path: Path) -> None:
    """Faults of all files, with line and column, and without a control character of the articles or
    the file.
    """
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(
        'questions: [{question: "\\e[31mA\\u202e", section: nowhere, colour: red}]',
        encoding="utf-8",
    )
    other.write_text('questions:\n- question: B\n  sentence: "41 decibel\\a"\n', encoding="utf-8")
    done = bot(str(one), str(other), "missing.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    first, second, third, fourth = done.stderr.splitlines()
    assert first.startswith(f"{one}:1:50: there is no section “nowhere” (nearest to it: “")
    assert second.startswith(f'{one}:1:59: "colour" is not a key here (there are ')
    assert third.startswith(
        f"{other}:3:13: “41 decibel” does not stand in the articles (nearest to it: “"
    )
    assert fourth == "missing.yaml: can't be read: No such file or directory"
    assert not [
        character for character in done.stderr if character != "\n" and not character.isprintable()
    ]


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    """Neither those of the questions nor those of the articles."""
    evil = "\x1b[31m\x07\u202e"
    (tmp_path / "evil.md").write_text(
        f"# Title\n\n## Head{evil}ing\n\nThe castle{evil} burned.\n", encoding="utf-8"
    )
    path = tmp_path / "set.yaml"
    text = json.dumps(f"Who{evil} burned the castle?")
    path.write_text(
        f"about: {text}\nquestions: [{{question: {text}, not_answered: true, kind: {text}}}]",
        encoding="utf-8",
    )
    done = bot(str(path), "--knowledge", str(tmp_path))
    assert "answered though it should not be" in done.stdout
    assert not [
        character for character in done.stdout if character != "\n" and not character.isprintable()
    ]


def test_a_narrow_terminal_is_no_error(questions: Path) -> None:
    """Two columns are too few to read in, but not to run in."""
    assert bot(str(questions), COLUMNS="2").returncode == 0


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


def shown_while_asking(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, questions: int, each_s: float
) -> str:
    """Give what is written to standard error while so many questions are answered, each in so many
    seconds.
    """
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    knowledge_base = KnowledgeBase(ROOT / "tests" / "fixtures", Policy())
    now_s = 0.0

    def answer(question: str) -> Answer:
        nonlocal now_s
        now_s += each_s
        return knowledge_base.answer(question)

    asked = [
        Question(f"what does pod {number} cost", "pods.yaml", number) for number in range(questions)
    ]
    assert len(ask_all(asked, answer, lambda: now_s)) == questions
    return stream.getvalue()


@pytest.mark.parametrize(
    ("questions", "each_s", "is_shown"),
    [
        (1, 0.4, False),
        (5, 0.1, False),
        (100, 0.001, False),
        (6, 0.1, True),
        (2, 0.3, True),
        (100, 60.0, True),
    ],
)
def test_a_bar_is_shown_only_when_there_is_something_to_wait_for(
    monkeypatch: pytest.MonkeyPatch,
    questions: int,
    each_s: float,
    is_shown: bool,  # noqa: FBT001
) -> None:
    """In the first half second nothing is shown, however many questions there are; then a bar is,
    and is taken away.
    """
    shown = shown_while_asking(monkeypatch, Terminal(), questions, each_s)
    assert ("asking" in shown) == is_shown
    assert "asking" not in shown[shown.rfind("\x1b[2K") :]
    assert f"{questions}/{questions}" in shown or not is_shown


def test_no_bar_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe or a file sees nothing of it, however long it takes."""
    assert shown_while_asking(monkeypatch, io.StringIO(), 3, 60.0) == ""


def test_at_a_terminal_nothing_is_left_of_the_bar(questions: Path, tmp_path: Path) -> None:
    """The command at a pseudo-terminal: whether it took a while or not, in the end the line there
    is empty.
    """
    master, slave = pty.openpty()
    report = tmp_path / "report"
    with (
        report.open("wb") as output,
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bot",
                "evaluate",
                str(questions),
                "--knowledge",
                "tests/fixtures",
            ],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"},
        ) as process,
    ):
        os.close(slave)
        shown = b""
        try:
            while read := os.read(master, 65_536):
                shown += read
        except OSError:
            pass  # what Linux says when the other end is closed
        os.close(master)
        assert process.wait() == 0
    assert "Not as expected: 3 of 5\n" in report.read_text(encoding="utf-8")
    assert b"asking" not in shown[max(shown.rfind(b"\x1b[2K"), 0) :]
    assert b"Not as expected" not in shown
