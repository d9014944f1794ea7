"""Cards are made in threads: whatever an article or a problem holds, the event loop goes on."""

import ast
import asyncio
from functools import cache
from pathlib import Path

import pytest
from conftest import World

CHAT = Path(__file__).parent.parent.parent / "bot" / "chat"
CELL = "| a | b |\n|---|---|\n| zebra bridge | x{} |\n".format("&nbsp;" * 60_000)


@cache
def makers() -> set[str]:
    """Give the names of all functions that make cards."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in CHAT.rglob("*_cards.py"))
    return {
        node.name
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("make_")
        and _returns_card(node)
    }


def _returns_card(node: ast.FunctionDef) -> bool:
    return node.returns is not None and "Card" in ast.unparse(node.returns)


def find_calls(tree: ast.AST, names: set[str]) -> list[str]:
    """Give the calls of functions of these names, by line, that coroutine functions make
    themselves.
    """
    found: list[str] = []

    def look(node: ast.AST, *, is_coroutine: bool) -> None:
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            is_coroutine = False
        if isinstance(node, ast.AsyncFunctionDef):
            is_coroutine = True
        if (
            is_coroutine
            and isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in names
        ):
            found.append(f"line {node.lineno}: {node.func.id}")
        for child in ast.iter_child_nodes(node):
            look(child, is_coroutine=is_coroutine)

    look(tree, is_coroutine=False)
    return found


def test_the_makers_of_cards_are_known() -> None:
    """Admin cards, lists and answers are among them."""
    assert {
        "make_status",
        "make_reload_report",
        "make_votes_card",
        "make_answer_card",
        "make_reading_card",
    } <= makers()


def test_a_call_on_the_event_loop_is_noticed() -> None:
    """In a coroutine function, and not in what that hands to a thread."""
    bad = "async def serve():\n    return Reply(card=make_status(served))\n"
    good = (
        "async def serve():\n    return await to_thread(make_status, served)\n"
        "def show():\n    return make_status(served)\n"
    )
    assert find_calls(ast.parse(bad), {"make_status"}) == ["line 2: make_status"]
    assert find_calls(ast.parse(good), {"make_status"}) == []


@pytest.mark.parametrize(
    "path", sorted(CHAT.rglob("*.py")), ids=lambda path: str(path.relative_to(CHAT))
)
def test_no_coroutine_makes_a_card(path: Path) -> None:
    """A coroutine runs on the event loop; what makes a card is called in a thread."""
    assert find_calls(ast.parse(path.read_text(encoding="utf-8")), makers()) == []


@pytest.mark.slow
async def test_others_are_answered_while_hostile_cards_are_made(world: World) -> None:
    """A cell of sixty thousand blanks, and problems of megabytes: all are answered in Discord's
    time.
    """
    (world.folder / "cells.md").write_text(f"# Of cells\n\n## Cells\n\n{CELL}", encoding="utf-8")
    for number in range(6):
        (world.folder / f"ticks-{number}.md").write_text(
            "A text.\n\n" + "`" * 1_000_000 + "\n", encoding="utf-8"
        )
    await world.start()
    hostile = asyncio.gather(
        world.ask("zebra bridge", world.manager),
        world.use("quote", world.manager, text="zebra bridge x"),
        world.use("kb status", world.manager),
        world.use("summary", world.manager, section="Cells"),
    )
    ordinary = [await world.ask("Where does the Orrin rise?") for _ in range(3)]
    answer, quoted, status, summary = await hostile
    assert all("rises near Marn" in one.text.replace("*", "") for one in ordinary)
    assert "zebra bridge" in answer.text
    assert "word for word" in quoted.text
    assert "Serving" in status.text
    assert "Cells" in summary.text
