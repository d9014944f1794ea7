"""The program that changes a module to see whether its tests notice."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mutate import find_mutants

ROOT = Path(__file__).parent.parent


def changes(source: str) -> set[str]:
    """Give what becomes of a module by each change, as its lines without indentation."""
    made = set()
    for index in range(len(find_mutants(ast.parse(source)))):
        tree = ast.parse(source)
        find_mutants(tree)[index].apply()
        made.add(ast.unparse(ast.fix_missing_locations(tree)))
    assert ast.unparse(ast.parse(source)) not in made
    return made


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("a < b", {"a <= b", "pass"}),
        ("x = a == b", {"x = a != b"}),
        ("x = a and b", {"x = a or b", "x = a", "x = b"}),
        ("x = not a", {"x = a"}),
        ("x = a + b", {"x = a - b"}),
        ("x += b", {"pass", "x = b"}),
        ("x = 0.0", {"x = 1.0"}),
        ("x = 2.5", {"x = 5.0"}),
        ("x = 3", {"x = 4"}),
        ("x = True", {"x = False"}),
        ("x = 'a'", {"x = ''"}),
        ("x = f(a, b=c)", {"x = f(b=c)", "x = f(a)"}),
        ("raise a", {"pass"}),
        ("if a:\n    b = c", {"if not a:\n    b = c"}),
        ("x: Literal['a'] = b", set()),
        ("x: TypeAlias = 'a | b'", set()),
        ("x = TypeVar('x')", set()),
        ("_log.info('a')", {"pass"}),
        ("def f(a: 'b') -> 'c':\n    return a", {"def f(a: 'b') -> 'c':\n    return None"}),
        (
            "try:\n    x = a\nexcept (b, c):\n    y = a",
            {
                "try:\n    x = a\nexcept (b,):\n    y = a",
                "try:\n    x = a\nexcept (c,):\n    y = a",
            },
        ),
    ],
)
def test_each_change_is_one_that_a_test_could_notice(source: str, made: set[str]) -> None:
    """One at a time; what only readers, type checkers and logs see is left alone."""
    assert changes(source) == made


@pytest.mark.slow
def test_what_no_test_sees_survives() -> None:
    """With few tests most changes survive, with all of them hardly any; nothing is written."""
    module = "bot/chat/state/told_waits.py"
    before = (ROOT / module).read_bytes()
    tests = "tests/chat/state/test_told_waits.py"
    survivors = []
    for chosen in (f"{tests}::test_the_waits_are_bounded", tests):
        told = subprocess.run(
            [sys.executable, "scripts/mutate.py", module, chosen],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found = re.search(r"(\d+) of \1 mutants, (\d+) noticed", told.stdout)
        assert found, told.stdout
        survivors.append(int(found[1]) - int(found[2]))
        assert told.stdout.count("survives ") == survivors[-1]
    assert survivors[0] > survivors[1]
    assert (ROOT / module).read_bytes() == before
