"""What holds for the repository as a whole: its tools are content, and what its texts promise is
so.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.articles.folder import FolderLimits
from bot.articles.formats.pdf import PDF
from bot.articles.formats.word import WORD
from bot.search.query_parser import MAX_TERMS

ROOT = Path(__file__).parent.parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the environment in the repository."""
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=590, check=False
    )


def fenced_blocks(name: str) -> list[str]:
    """Give the fenced blocks of a Markdown file, without their fences."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [
        block.strip()
        for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    ]


@pytest.mark.parametrize(
    "tool",
    [
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("importlinter.cli",),
    ],
    ids=["format", "lint", "types", "imports"],
)
@pytest.mark.timeout(600)
def test_the_tools_are_content(tool: tuple[str, ...]) -> None:
    """Formatting, lint rules, strict types and the directions between the rooms hold everywhere."""
    arguments = ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    command = arguments if tool[0] == "importlinter.cli" else ["-m", *tool]
    done = run(sys.executable, *command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """What the README tells people to type is, to the letter, what CI runs."""
    chat, tests = fenced_blocks("README.md")[:2]
    assert chat.endswith("articlebot chat")
    assert tests.endswith("pytest")
    assert "\n" not in chat
    assert tests in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_readme_is_short() -> None:
    """A newcomer reads the README in one go: at most 150 lines."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_the_readme_shows_a_real_answer() -> None:
    """The answer printed in the README is what the program says to that question today."""
    shown = next(
        block for block in fenced_blocks("README.md") if block.startswith("$ articlebot ask")
    )
    command, _, output = shown.partition("\n")
    question = re.search(r'"(.*)"', command)
    assert question is not None
    done = run(sys.executable, "-m", "bot", "ask", question[1])
    assert done.stdout.strip() == output.strip()


def test_the_map_names_every_module_outside_the_rooms() -> None:
    """And every module of the room of Discord, which is the largest; none that is not there."""
    rooms = (ROOT / "bot").glob("*.py"), (ROOT / "bot" / "chat").glob("*.py")
    there = {file.name for files in rooms for file in files if not file.name.startswith("__")}
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = {name.rpartition("/")[2] for name in re.findall(r"`([\w/]+\.py)`", page)}
    assert there - named == set()
    folders = [ROOT / name for name in ("bot", "benchmarks", "docs", "scripts", "tests")]
    anywhere = {file.name for folder in folders for file in folder.rglob("*.py")}
    assert named - anywhere == set()


def test_the_page_of_weaknesses_names_the_limits_as_they_are() -> None:
    """Of files, and of questions."""
    files = FolderLimits()
    names = [
        f"{files.file_bytes >> 20} MiB of text each ({WORD.size_factor} MiB of PDF or Word)",
        f"{files.folder_bytes >> 20} MiB and {files.files:,} files together",
        f"{files.depth} folders deep",
        f"{MAX_TERMS} terms",
    ]
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert [name for name in names if name not in page] == []
    assert PDF.size_factor == WORD.size_factor


def test_the_schemas_are_schemas() -> None:
    """Every schema that is shipped is a valid JSON Schema."""
    schemas = sorted((ROOT / "bot" / "schemas").glob("*.json"))
    assert [schema.stem for schema in schemas] == [
        "answer",
        "check",
        "evaluation",
        "problem",
        "section",
        "summary",
    ]
    for schema in schemas:
        Draft202012Validator.check_schema(json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "name",
    [f"requirements{part}.txt" for part in ("", "-dev", "-semantic", "-model", "-charts")],
)
def test_what_is_installed_is_pinned_with_hashes_and_names_no_address(name: str) -> None:
    """Each requirement has a version and hashes; no index, no link."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    pinned = re.findall(r"^([a-z][\w.,\[\]-]*)(==\S+)?.*\\\n    --hash=sha256:", text, re.MULTILINE)
    named = re.findall(r"^[a-z][\w.,\[\]-]*", text, re.MULTILINE)
    assert [package for package, version in pinned if version] == named


def test_the_example_settings_are_the_defaults() -> None:
    """A copy of the example changes nothing, and the example explains every setting."""
    from bot.settings import Settings, read_settings  # noqa: PLC0415 (only this test needs it)

    there = Settings(
        knowledge=ROOT / "knowledge",
        records=ROOT / "records",
        index=ROOT / "index",
        versions=ROOT / "versions",
    )
    assert read_settings(ROOT / "config.example.yaml") == there


def test_what_is_shipped_is_served_without_a_problem() -> None:
    """The shipped articles are read without an error, a warning or a note."""
    done = run(sys.executable, "-m", "bot", "check", "--json")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_law_that_fails_on_a_long_example_says_what_failed() -> None:
    """Hypothesis warns of the length of what it prints; as an error that would hide the fault."""

    @settings(database=None, max_examples=1, phases=[Phase.generate])
    @given(st.just("a" * 100_000), st.data())
    def fail(text: str, data: st.DataObject) -> None:
        data.draw(st.booleans())
        raise LookupError(text[:1])

    with pytest.raises(LookupError):
        fail()
