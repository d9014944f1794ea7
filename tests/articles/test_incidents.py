"""A fault of the program while it reads a file costs that file, and nothing else."""

import inspect
import logging
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.answers.model import Policy
from bot.articles.incidents import Incident, contain
from bot.articles.library import Library, build
from bot.articles.model import Problem
from bot.editor_synonyms import SYNONYMS
from bot.knowledge_base import KnowledgeBase
from bot.reloading import Reload

Value = TypeVar("Value")

NESTED = "".join(f"{'> ' * depth}- Item {depth}.\n" for depth in range(1, 16))


def try_recursion_limits(attempt: Callable[[], Value], is_wanted: Callable[[Value], bool]) -> Value:
    """Give what ``attempt`` returns with the first limit of recursion with which it is what is
    wanted.
    """
    limit, depth = sys.getrecursionlimit(), len(inspect.stack(0))
    for allowed in range(10, 500):
        sys.setrecursionlimit(depth + allowed)
        try:
            value = attempt()
        except RecursionError:
            continue
        finally:
            sys.setrecursionlimit(limit)
        if is_wanted(value):
            return value
    pytest.fail("with no limit of recursion one file failed and the others were read")


@pytest.mark.parametrize(
    "error", [ValueError("secret"), RecursionError(), MemoryError(), KeyError("x"), OSError(5, "x")]
)
def test_an_exception_becomes_an_incident(error: Exception) -> None:
    """With its kind and place, and without its message, which may hold a text of the file."""

    def fail() -> None:
        raise error.with_traceback(None)

    incident = contain("a.md", fail)
    assert isinstance(incident, Incident)
    assert (incident.file, incident.kind) == ("a.md", type(error).__name__)
    assert incident.raised_at[-1].startswith("test_incidents.py:")
    assert incident.raised_at[-1].endswith(" in fail")
    assert "secret" not in str(incident)
    assert incident.id in str(incident)
    assert incident.id in incident.problem.what
    assert incident.problem.severity == "error"
    assert contain("a.md", fail) == incident
    other = contain("b.md", fail)
    assert isinstance(other, Incident)
    assert other.id != incident.id


def test_the_end_of_the_program_is_not_contained() -> None:
    """Who interrupts the program means all of it."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        contain("a.md", interrupt)


def test_a_file_that_fails_costs_that_file_alone(tmp_path: Path) -> None:
    """The others are served in their order; as soon as the file can be read it is, though nobody
    touched it.
    """
    for name in ("a", "c", "e"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nText of {name}.\n", encoding="utf-8")
    others = build(tmp_path)
    (tmp_path / "b.md").write_text(f"# b\n\n{NESTED}\n", encoding="utf-8")
    (tmp_path / "d.md").write_bytes(b"\xff")
    reported: list[Incident] = []

    def read_all() -> tuple[Library, list[Problem]]:
        reported.clear()
        return build(tmp_path, report=reported.append)

    # What is loaded late is loaded now: that takes more of the stack than any file.
    read_all()
    library, problems = try_recursion_limits(
        read_all, lambda _: [one.file for one in reported] == ["b.md"]
    )
    (incident,) = reported
    assert incident.kind == "RecursionError"
    assert library == others[0]
    errors = [(problem.file, problem.line) for problem in problems if problem.severity == "error"]
    assert errors == [("b.md", 1), ("d.md", 1)]
    assert incident.problem in problems
    library, problems = build(tmp_path)
    assert [article.id for article in library.articles] == ["a", "b", "c", "e"]
    assert [article for article in library.articles if article.id != "b"] == list(
        others[0].articles
    )
    assert [problem for problem in problems if problem.file not in ("b.md", "d.md")] == others[1]


def test_a_file_that_failed_is_read_again_by_a_reload(tmp_path: Path) -> None:
    """What failed is not kept, so that a reload serves it as soon as it can be read."""
    (tmp_path / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"# B\n\n{NESTED}\n", encoding="utf-8")
    before, problems = try_recursion_limits(
        lambda: build(tmp_path), lambda found: len(found[0].articles) == 1
    )
    assert [
        (problem.file, problem.severity) for problem in problems if "incident" in problem.what
    ] == [("b.md", "error")]
    assert list(before.parsed_files) == ["a.md"]
    assert [article.id for article in build(tmp_path, before=before)[0].articles] == ["a", "b"]


@pytest.fixture
def knowledge_base(tmp_path: Path) -> KnowledgeBase:
    """Serve one article that no reload reads again."""
    path = tmp_path / "a.md"
    path.write_text("# A\n\nThe Orrin rises in Marn.\n", encoding="utf-8")
    os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
    return KnowledgeBase(tmp_path, Policy())


def has_incident(done: Reload) -> bool:
    """Say whether a reload met a fault of the program."""
    return any("incident" in problem.what for problem in done.problems)


def test_the_log_knows_more_of_an_incident(
    knowledge_base: KnowledgeBase, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Under the number that the editor is told: which exception, and where it was raised."""
    (tmp_path / "b.md").write_text(f"# B\n\n{NESTED}\n", encoding="utf-8")
    done = try_recursion_limits(knowledge_base.reload, has_incident)
    assert done.is_served
    assert knowledge_base.problems == done.problems
    (problem,) = [problem for problem in done.problems if problem.severity == "error"]
    assert problem.file == "b.md"
    logged = [
        record.getMessage()
        for record in caplog.records
        if "while reading b.md" in record.getMessage()
    ]
    assert re.search(r"incident ([0-9a-f]{6})", problem.what)[1] in logged[-1]  # type: ignore[index]
    assert "RecursionError at " in logged[-1]
    assert knowledge_base.reload().changes.articles_added == ("b",)


def test_synonyms_that_fail_keep_nothing_from_being_served(
    knowledge_base: KnowledgeBase, tmp_path: Path
) -> None:
    """The next reload reads them again, though nobody touched them."""
    (tmp_path / SYNONYMS).write_text("same: |\n  Orrin, Old Lady\n", encoding="utf-8")
    # What a log does with a line may need a deeper recursion than what is read here.
    logging.disable()
    try:
        done = try_recursion_limits(knowledge_base.reload, has_incident)
    finally:
        logging.disable(logging.NOTSET)
    assert done.is_served
    assert [problem.file for problem in done.problems if problem.severity == "error"] == [SYNONYMS]
    assert knowledge_base.answer("where does the Orrin rise").quotes
    assert knowledge_base.reload().synonym_count == 1
