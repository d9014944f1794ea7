"""Change a module in one place at a time, and see whether its tests notice.

    python scripts/mutate.py MODULE TESTS... [--sample N] [--seed N] [--processes N] [-k WORDS]

``python scripts/mutate.py bot/chat/ui/escape.py tests/chat/ui/test_escape.py`` prints a line for
each change (a mutant) with which all the tests still pass, and how many were noticed. Such a
survivor is a hole in the tests, or it changes nothing that anybody could notice.

What is changed: comparisons, and/or, not, arithmetic, conditions, constants, what is returned,
arguments, statements, break and continue, what an except clause takes. Left alone: docstrings,
annotations, decorators, names of types and loggers, and what the log says.

Nothing is written into the folder. A mutant runs in a process of its own, which imports the changed
module in place of the real one; what a test starts as a process of its own is not changed. A mutant
that takes many times the processor time of the real module is noticed.

Exit codes: 0 done, 2 the tests fail already without a change.
"""

import argparse
import ast
import contextlib
import importlib
import importlib.util
import os
import random
import resource
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).parent.parent
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
# Those whose change is already the negation.
NEGATED = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
# A mutant may take so many times the processor time of the real module, and so many seconds more.
MOST_TIMES, MORE_S = 3, 3
# What waits for something that never comes takes no processor time.
LONGEST_S = 60
MOST_BYTES = 8 << 30
SHOWN = 70
FAILED = 99


@dataclass(frozen=True)
class Mutant:
    """One change: in the field of a node (at an index, if it is a list) another value stands."""

    line: int
    before: str
    after: str
    node: ast.AST
    field: str
    index: int | None
    value: object

    def apply(self) -> None:
        """Change the tree."""
        if self.index is None:
            setattr(self.node, self.field, self.value)
            return
        items = list(getattr(self.node, self.field))
        items[self.index : self.index + 1] = [] if self.value is None else [self.value]
        setattr(self.node, self.field, items)

    def __str__(self) -> str:
        return f"{self.line}: {self.before}  ->  {self.after}"


def find_mutants(tree: ast.Module) -> list[Mutant]:
    """Find all changes, from the top of a module to its end."""
    return list(_find_below(tree))


def _find_below(node: ast.AST) -> Iterator[Mutant]:
    for field, index, child in _children(node):
        for text, value in _changes_of(node, field, child):
            before = _show(child)
            yield Mutant(getattr(child, "lineno", 0), before, text, node, field, index, value)
        if not _is_log_call(child):
            yield from _find_below(child)


def _children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    """Give what is looked into: a field, an index in it, and the node that stands there."""
    is_named_type = isinstance(node, ast.AnnAssign) and _show(node.annotation) == "TypeAlias"
    is_literal = isinstance(node, ast.Subscript) and _show(node.value) == "Literal"
    is_name = isinstance(node, ast.Call) and _show(node.func) in {"TypeVar", "logging.getLogger"}
    if is_named_type or is_literal or is_name:
        return
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "format_spec"}:
            continue
        if isinstance(value, ast.AST):
            yield field, None, value
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield field, index, item


def _changes_of(parent: ast.AST, field: str, node: ast.AST) -> Iterator[tuple[str, object]]:
    """Give what may stand in a node's place, as a text and as a node; None leaves it out."""
    if isinstance(node, ast.expr):
        for changed in _changed_expressions(node):
            yield _show(changed), changed
    if isinstance(node, ast.expr) and _is_condition(parent, field) and not _negates_itself(node):
        negation = ast.UnaryOp(ast.Not(), node)
        yield _show(negation), negation
    if isinstance(node, ast.keyword):
        yield "(no such argument)", None
    if isinstance(parent, ast.Call) and field == "args" and node is parent.args[-1]:
        yield "(no such argument)", None
    if field == "elts" and getattr(parent, "is_caught", False):
        yield "(not caught)", None
    if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple):
        node.type.is_caught = True  # type: ignore[attr-defined]
    if isinstance(node, ast.stmt):
        for statement in _changed_statements(node):
            yield _show(statement), statement


def _changed_expressions(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            operators = [*node.ops]
            operators[index] = COMPARISONS[type(operator)]()
            yield ast.Compare(node.left, operators, node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield from node.values
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(node, ast.Constant):
        yield from _changed_constants(node.value)


def _changed_constants(value: object) -> Iterator[ast.Constant]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, float):
        yield ast.Constant(value * 2 or 1.0)
    elif isinstance(value, str):
        yield ast.Constant("" if value else "changed")


def _changed_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif _does_something(node):
        yield ast.Pass()
    elif isinstance(node, ast.AugAssign):
        yield ast.Pass()
        yield ast.Assign([node.target], node.value)


def _does_something(node: ast.stmt) -> bool:
    """Say whether a statement is one that can be left out: a call, raise or del."""
    is_call = isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
    return is_call or isinstance(node, ast.Raise | ast.Delete)


def _is_condition(parent: ast.AST, field: str) -> bool:
    is_test = field == "test" and isinstance(parent, ast.If | ast.While | ast.IfExp)
    return is_test or (field == "ifs" and isinstance(parent, ast.comprehension))


def _negates_itself(node: ast.expr) -> bool:
    """Say whether another change of an expression is its negation."""
    if isinstance(node, ast.UnaryOp | ast.Constant):
        return True
    return isinstance(node, ast.Compare) and isinstance(node.ops[0], NEGATED)


def _is_log_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _show(node.func).startswith("_log.")


def _drop_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body
            if ast.get_docstring(node) is not None:
                body[0] = ast.copy_location(ast.Pass(), body[0])


def _show(node: ast.AST) -> str:
    text = ast.unparse(ast.fix_missing_locations(node))
    line = text.partition("\n")[0]
    return line if len(line) <= SHOWN else f"{line[:SHOWN]} …"


class _Changed(SourceFileLoader):
    """Loads a changed module from its tree."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self.tree = tree

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 (the loader's interface)
        return compile(ast.fix_missing_locations(self.tree), self.path, "exec")


class _Finder(MetaPathFinder):
    """Finds the changed module before the real one."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name = name
        self.path = path
        self.tree = tree

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname != self.name:
            return None
        loader = _Changed(self.name, str(self.path), self.tree)
        return importlib.util.spec_from_file_location(fullname, self.path, loader=loader)


def _import_packages(names: Sequence[str]) -> None:
    """Import once for all mutants what others wrote; what cannot be is left to the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def _find_packages() -> list[str]:
    """Give the modules that were imported and were installed, not written here."""
    modules = list(sys.modules.items())
    return [
        name
        for name, module in modules
        if "site-packages" in str(getattr(module, "__file__", "")) and not name.startswith("bot")
    ]


def run_tests(finder: _Finder, tests: Sequence[str], *, shown: bool, most_s: int) -> int:
    """Run the tests in this process, which ends with it; give pytest's exit code."""
    # Packages of the tests are imported here, so that all processes share what the first found.
    import hypothesis  # noqa: PLC0415
    import pytest  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_CPU, (most_s, most_s))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    sys.meta_path.insert(0, finder)
    # A failure is enough; the smallest example of it is not looked for.
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutate", phases=phases, database=None, deadline=None)
    hypothesis.settings.load_profile("mutate")
    if not shown:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    options = ["-x", "-q", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=short"]
    options += ["--hypothesis-seed=0", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        return pytest.main([*options, f"--basetemp={folder}/tests", *tests])


@dataclass(slots=True)
class _Running:
    mutant: Mutant
    start_s: float


def _fork(work: Callable[[], int]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    number = os.fork()
    if number:
        return number
    code = FAILED
    try:
        code = int(work())
    except BaseException:  # noqa: BLE001 (whatever a mutant does, its process ends here)
        traceback.print_exc()
    os._exit(code)


def find_survivors(
    path: Path, tests: Sequence[str], mutants: Sequence[Mutant], tree: ast.Module, processes: int
) -> Iterator[Mutant]:
    """Run the tests with each mutant, some at a time; give those that they do not notice.

    Raises ValueError where they fail with the real module.
    """
    name = ".".join(path.with_suffix("").relative_to(ROOT).parts)
    finder = _Finder(name, path, tree)
    with tempfile.NamedTemporaryFile("w+") as told:

        def try_unchanged() -> int:
            code = run_tests(finder, tests, shown=True, most_s=600)
            Path(told.name).write_text("\n".join(_find_packages()), "utf-8")
            return code

        if os.waitpid(_fork(try_unchanged), 0)[1] != 0:
            raise ValueError("the tests fail without a change")
        _import_packages(told.read().split())
    # As each mutant is run: what fails here would look like a mutant that was noticed.
    before_s = _children_s()
    again = _fork(lambda: run_tests(finder, tests, shown=False, most_s=600))
    if os.waitpid(again, 0)[1] != 0:
        raise ValueError("the tests fail when they are run again without a change")
    most_s = round((_children_s() - before_s) * MOST_TIMES + MORE_S)

    def try_mutant(mutant: Mutant) -> int:
        mutant.apply()
        return run_tests(finder, tests, shown=False, most_s=most_s)

    waiting = list(reversed(mutants))
    running: dict[int, _Running] = {}
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            number = _fork(lambda mutant=mutant: try_mutant(mutant))  # type: ignore[misc]
            running[number] = _Running(mutant, time.monotonic())
        for number, one in list(running.items()):
            done, status = os.waitpid(number, os.WNOHANG)
            if done:
                del running[number]
                if status == 0:
                    yield one.mutant
            elif time.monotonic() - one.start_s > LONGEST_S:
                os.kill(number, 9)
        time.sleep(0.02)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print the survivors and their number."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("module", type=Path, help="a file below the folder of this program")
    parser.add_argument("tests", nargs="+", help="files of tests, or single tests")
    parser.add_argument("--sample", type=int, help="try so many mutants, not all")
    parser.add_argument("--seed", type=int, default=0, help="which ones these are")
    parser.add_argument("--processes", type=int, default=2, help="so many at a time")
    parser.add_argument("-k", dest="words", default="", help="only such tests, as for pytest")
    chosen = parser.parse_args()
    tests = [*chosen.tests, *(["-k", chosen.words] if chosen.words else [])]
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    path = chosen.module.resolve()
    tree = ast.parse(path.read_text("utf-8"))
    _drop_docstrings(tree)
    mutants = find_mutants(tree)
    found = len(mutants)
    if chosen.sample is not None and chosen.sample < found:
        dice = random.Random(chosen.seed)  # noqa: S311 (the same mutants every time)
        picked = sorted(dice.sample(range(found), chosen.sample))
        mutants = [mutants[index] for index in picked]
    survivors = 0
    try:
        for mutant in find_survivors(path, tests, mutants, tree, chosen.processes):
            survivors += 1
            print(f"survives {chosen.module}:{mutant}", flush=True)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    killed = len(mutants) - survivors
    print(f"{chosen.module}: {len(mutants)} of {found} mutants, {killed} noticed", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
