"""``kinds.yaml`` says for each kind of thing that articles hold which tests read it."""

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).parent.parent
KINDS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("kinds.yaml").read_text(encoding="utf-8")
)
FEWEST_INPUTS = 3


@cache
def functions_of(module: str) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give the functions of a module of tests, by name."""
    tree = ast.parse((TESTS / module).read_text(encoding="utf-8"))
    return {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def decorators_of(test: str) -> list[str]:
    """Give the decorators of a test, "module::name"."""
    module, _, name = test.partition("::")
    return [ast.unparse(decorator) for decorator in functions_of(module)[name].decorator_list]


def count_inputs(test: str) -> int:
    """Count what a test is given, at least: one, or two where it has parameters."""
    return 2 if any(".parametrize(" in decorator for decorator in decorators_of(test)) else 1


@pytest.mark.parametrize("entry", KINDS, ids=lambda entry: entry["kind"])
def test_each_kind_has_a_law_and_inputs_of_its_own(entry: dict[str, Any]) -> None:
    """The tests are there, the law is a property test, and with it there are three inputs."""
    assert any(decorator.startswith("given(") for decorator in decorators_of(entry["law"]))
    inputs = sum(map(count_inputs, set(entry["examples"])))
    assert inputs + 1 >= FEWEST_INPUTS


def test_a_law_is_of_one_kind() -> None:
    """No two kinds share one."""
    laws = [entry["law"] for entry in KINDS]
    assert len(set(laws)) == len(laws)
