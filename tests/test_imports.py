"""What each command imports: nothing that only another one needs, so that none waits for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What takes long to import or holds much memory, and is needed by some commands only.
LATE = {
    "bot.evaluation.metrics",
    "bot.evaluation.question_set",
    "bot.quotations.checker",
    "bot.answers.summary",
    "bot.chat",
    "bot.embedding_worker",
    "bot.json_lines",
    "bot.records",
    "bot.report",
    "bot.terminal",
    "aiohttp",
    "aiosqlite",
    "alembic",
    "asyncio",
    "discord",
    "onnxruntime",
    "prometheus_client",
    "prompt_toolkit",
    "py3langid",
    "rapidfuzz",
    "rich",
    "sqlalchemy",
    "sqlite3",
    "symspellpy",
    "tokenizers",
}
ON_A_CONSOLE = {"bot.terminal", "rich"}
AS_JSON = {"bot.json_lines"}
QUESTION = "Where did the two presidents meet?"

# What stands in one line on standard error when the command has ended: the names of all modules.
DRIVER = """
import sys
from bot.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""


def modules_of(*arguments: str, given: str = "") -> set[str]:
    """Run a command on the articles that are shipped, in a process of its own; give the modules
    that it imported.
    """
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=given,
        capture_output=True,
        check=True,
        text=True,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "given", "needed"),
    [
        (("--help",), "", set()),
        (("evaluate", "--help"), "", {"bot.evaluation.metrics"}),
        (("ask", QUESTION), "", ON_A_CONSOLE),
        pytest.param(("ask", "--json", QUESTION), "", AS_JSON, marks=pytest.mark.slow),
        (("ask", "--json", "Where did the two presidnets meet?"), "", AS_JSON | {"rapidfuzz"}),
        pytest.param(("ask", "--json"), f"{QUESTION}\n", AS_JSON, marks=pytest.mark.slow),
        (("check",), "", ON_A_CONSOLE),
        pytest.param(("check", "--json"), "", AS_JSON, marks=pytest.mark.slow),
        pytest.param(("sections",), "", ON_A_CONSOLE, marks=pytest.mark.slow),
        pytest.param(("sections", "--json"), "", AS_JSON, marks=pytest.mark.slow),
        (("summary",), "", ON_A_CONSOLE | {"bot.answers.summary"}),
        (("summary", "--json"), "", AS_JSON | {"bot.answers.summary"}),
        (("chat",), f"{QUESTION}\n", ON_A_CONSOLE),
        (("health",), "", set()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_command_imports_only_what_it_needs(
    arguments: tuple[str, ...], given: str, needed: set[str]
) -> None:
    """Of what some commands need, it has what it needs itself; what it does not need is missing."""
    assert modules_of(*arguments, given=given) & LATE == needed


def test_help_reads_neither_articles_nor_settings() -> None:
    """Who only wants to know what there is waits for no NumPy."""
    assert modules_of("--help").isdisjoint({"numpy", "yaml", "bot.knowledge_base", "bot.settings"})


def test_reading_imports_neither_arrays_nor_what_few_formats_need(tmp_path: Path) -> None:
    """Who reads Markdown and plain text pays for no NumPy, no package versions, no archives."""
    (tmp_path / "a.md").write_text("# Trains\n\nNight trains run late.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Ferries\n\nThe ferry leaves at six.\n", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from bot.articles.library import build\n"
        "library, _ = build(Path(sys.argv[1])); print(len(library.articles), *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    count, *modules = done.stdout.split()
    assert count == "2"
    unneeded = {"asyncio", "email", "importlib.metadata", "numpy", "py3langid", "socket", "zipfile"}
    assert unneeded.isdisjoint(modules)
