"""The bot in Discord with a model: answers by words until it is there, and says how far it is."""

from pathlib import Path

import pytest
from conftest import World
from tiny_model import write_model

WORDS = ("rivers", "towns", "bridges", "delta", "nine", "arms", "how", "many", "its", "has")


async def test_a_model_that_is_not_there_costs_nothing_else(world: World) -> None:
    """The log and the status say so, and questions are answered."""
    world.settings += "model: nowhere\n"
    await world.start()
    told = "Found by words alone: the model nowhere can't be used"
    assert told in (await world.use("kb status", world.manager)).text
    assert "nine arms" in (await world.ask("How many arms has the delta?")).text
    assert len([line for line in world.log if told in line]) == 1


async def test_a_model_is_used_in_the_background(world: World, tmp_path: Path) -> None:
    """The status says how many passages are embedded, also after a reload."""
    for package in ("onnxruntime", "tokenizers"):
        pytest.importorskip(package, reason="requirements-semantic.txt is not installed")
    model = write_model(tmp_path / "model", WORDS, pooling="mean_tokens")
    world.settings += f"model: {model}\n"
    await world.start()
    for _ in range(2):
        status = await world.use("kb status", world.manager)
        while "soon by meaning" in status.text:
            status = await world.use("kb status", world.manager)
        assert "Found by words and by meaning (model): " in status.text
        assert (await world.ask("How many arms has the delta?")).text
        await world.use("kb reload", world.manager)
