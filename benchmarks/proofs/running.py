"""Run scenarios: each with a bot of one kind, in a process of its own or in this one."""

import asyncio
import sys
import tempfile
from pathlib import Path

from loopback.errors import NoAnswerError

from benchmarks.proofs.outcomes import Outcome
from benchmarks.proofs.processes import Kind
from benchmarks.proofs.scenario import ScaleName, Size
from benchmarks.proofs.scenarios import SCENARIOS
from benchmarks.proofs.stage import set_stage


async def play(name: str, kind: Kind, size: Size, seed: int, folder: Path) -> Outcome:
    """Play a scenario in a folder; what does not come at all stands in the outcome's error."""
    scenario = SCENARIOS[name]
    outcome = Outcome(name, kind, seed)
    try:
        async with set_stage(
            outcome, folder, people=scenario.people, is_timed=size.is_timed
        ) as stage:
            stage.bot.is_watched = scenario.is_watched
            await scenario.play(stage, size)
    except (NoAnswerError, TimeoutError, OSError) as error:
        outcome.error = f"{type(error).__name__}: {error}"
    return outcome


def run(name: str, kind: Kind, scale: ScaleName, seed: int) -> Outcome:
    """Play a scenario in a new folder and a new event loop.

    It is told when that begins, for it may take twenty minutes.
    """
    print(f"begun: {name} · {kind} · {scale} · seed {seed}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(play(name, kind, SCENARIOS[name].size(scale), seed, Path(folder)))
    outcome.scale = scale
    return outcome
