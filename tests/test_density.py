"""No room is written more densely than people read: held by numbers, whatever the formatter makes
of the lines.

Counted are the nodes of Python's syntax tree a statement, in functions of three statements or more.
A statement counts its own expressions, not the statements inside it; docstrings, the marks of
loading and storing, and ``pass`` count for nothing.
"""

import ast
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
ROOMS = sorted(
    folder.name for folder in BOT.iterdir() if folder.is_dir() and any(folder.rglob("*.py"))
)

MEDIAN_NODES = 7.5
NINETIETH_NODES = 11.0
NINETIETH_STATEMENTS = 20
FEWEST_STATEMENTS = 3
LONGEST_LINE = 100


def statements_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.stmt]:
    """Give the statements of a function, also those inside others, but not those of functions and
    classes in it.
    """
    waiting: list[ast.stmt] = list(function.body)
    if ast.get_docstring(function) is not None:
        del waiting[0]
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Pass):
            continue
        yield statement
        for name in ("body", "orelse", "finalbody"):
            waiting += getattr(statement, name, [])
        for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
            waiting += part.body


def count_nodes(statement: ast.stmt) -> int:
    """Count a statement and its own expressions."""
    count = 1
    waiting = list(ast.iter_child_nodes(statement))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt | ast.expr_context):
            continue
        count += 1
        waiting += ast.iter_child_nodes(node)
    return count


def ninetieth(values: Sequence[float]) -> float:
    """Give the 90th percentile of values; 0 for none."""
    return sorted(values)[int(0.9 * (len(values) - 1))] if values else 0


def measure(files: Sequence[Path]) -> tuple[float, float, float]:
    """Give nodes a statement (median and 90th percentile of the functions) and statements a
    function (90th).
    """
    densities: list[float] = []
    sizes: list[float] = []
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            statements = list(statements_of(node))
            sizes.append(len(statements))
            if len(statements) >= FEWEST_STATEMENTS:
                densities.append(sum(map(count_nodes, statements)) / len(statements))
    return statistics.median(densities or [0]), ninetieth(densities), ninetieth(sizes)


@pytest.mark.parametrize("room", ["", *ROOMS])
def test_a_room_is_not_dense(room: str) -> None:
    """Each room keeps within the bounds; so do the modules that lie in no room."""
    files = sorted(BOT.glob("*.py") if not room else (BOT / room).rglob("*.py"))
    median, nodes, statements = measure(files)
    assert median <= MEDIAN_NODES
    assert nodes <= NINETIETH_NODES
    assert statements <= NINETIETH_STATEMENTS


def test_a_dense_function_is_seen(tmp_path: Path) -> None:
    """What is dense is measured as dense, and what has air as having it."""
    dense = "x = [a + b * c for a, b in zip(p, q) if a and not b or c[a]][0] if p else q[-1]"
    (tmp_path / "dense.py").write_text(
        f"def f(p, q, c):\n    {dense}\n    {dense}\n    return x\n", encoding="utf-8"
    )
    (tmp_path / "light.py").write_text(
        "def f(p):\n    a = p + 1\n    b = a * 2\n    return b\n", encoding="utf-8"
    )
    assert measure([tmp_path / "dense.py"])[0] > NINETIETH_NODES
    assert measure([tmp_path / "light.py"])[0] < MEDIAN_NODES


def test_lines_are_short() -> None:
    """No line of the product is longer than a hundred characters."""
    long_lines = [
        f"{file.relative_to(BOT)}:{number}"
        for file in sorted(BOT.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert not long_lines
