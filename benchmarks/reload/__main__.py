"""The command: a folder of chance words in, a Markdown table out.

The table says how long the event loop and the questions wait.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.reload.folder import PASSAGES, Writer
from bot.answers.model import Policy
from bot.knowledge_base import KnowledgeBase
from bot.memory import without_long_collections

_BEAT_S, _PAUSE_S, _CONTROL_S, _AFTER_S, _SWITCH_S = 0.005, 0.05, 10.0, 1.0, 0.001
_HEAD = """\
| reload | took s | beats | 50 % | 99 % | 99.9 % | longest | questions | longest | memory MB |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
_LEGEND = """\
How much later than after 5 ms a task of the event loop went on: shares of the times, and the
longest, in ms; how many questions were answered meanwhile, and the longest time that one took, in
ms; the most memory so far, where the system tells it. Two ask all the time, each a twentieth of a
second after its last answer. What else the machine does shows."""


@dataclass(slots=True)
class _Waits:
    lags_ms: list[float] = field(default_factory=list)
    answers_ms: list[float] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = _parser().parse_args(arguments)
    articles = max(1, options.passages // PASSAGES)
    sys.setswitchinterval(options.switch_ms / 1000)
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(Path(folder))
        for number in range(articles):
            writer.write(number, "first")
        began_s = time.perf_counter()
        with without_long_collections():
            knowledge_base = KnowledgeBase(Path(folder), Policy())
        print(
            f"{articles * PASSAGES:,} passages in {articles:,} files, read in "
            f"{time.perf_counter() - began_s:.1f} s\n"
        )
        print(_HEAD, flush=True)
        measure_all = _measure_embedding if options.model else _measure_reloads
        asyncio.run(measure_all(knowledge_base, writer, options))
    print(f"\n{_LEGEND}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.reload", description=__doc__)
    parser.add_argument(
        "--passages", type=int, default=100_000, metavar="N", help="how many (default: 100000)"
    )
    about = "how long Python lets a thread compute, as in the bot (default: 1; Python's own: 5)"
    parser.add_argument(
        "--switch-ms", type=float, default=_SWITCH_S * 1000, metavar="MS", help=about
    )
    about = "the folder of a model: measure how the texts are embedded instead of reloads"
    parser.add_argument("--model", type=Path, metavar="PATH", help=about)
    return parser


async def _measure_embedding(
    knowledge_base: KnowledgeBase, writer: Writer, options: argparse.Namespace
) -> None:
    """Measure while all texts are embedded, and while questions are answered by meaning."""

    async def embed() -> None:
        worker = knowledge_base.embed_with(options.model)
        await asyncio.to_thread(worker.wait)
        if worker.status.reason:
            print(f"benchmarks.reload: {worker.status.reason}", file=sys.stderr)

    await _measure("none, by words", _wait, knowledge_base, writer)
    await _measure("none, texts embedded", embed, knowledge_base, writer)
    await _measure("none, by meaning", _wait, knowledge_base, writer)


async def _wait() -> None:
    await asyncio.sleep(_CONTROL_S)


async def _measure_reloads(
    knowledge_base: KnowledgeBase, writer: Writer, options: argparse.Namespace
) -> None:
    articles = max(1, options.passages // PASSAGES)

    async def reload() -> None:
        await asyncio.to_thread(knowledge_base.reload)

    await _measure("none", _wait, knowledge_base, writer)
    # What was written just now is read again, whatever it looks like.
    await asyncio.sleep(2.1)
    await reload()
    await _measure("nothing changed", reload, knowledge_base, writer)
    writer.write(articles // 2, "second")
    await _measure("one file changed", reload, knowledge_base, writer)
    for number in range(articles):
        writer.write(number, "third")
    await _measure("all files changed", reload, knowledge_base, writer)


async def _measure(
    name: str,
    work: Callable[[], Coroutine[None, None, None]],
    knowledge_base: KnowledgeBase,
    writer: Writer,
) -> None:
    """Do something while the heart beats and questions are asked, and print a row."""
    waits = _Waits()
    tasks = [
        asyncio.create_task(_beat(waits)),
        *(asyncio.create_task(_ask(waits, knowledge_base, writer, n)) for n in (1, 2)),
    ]
    began_s = time.perf_counter()
    await work()
    took_s = time.perf_counter() - began_s
    # What comes after it counts too.
    await asyncio.sleep(_AFTER_S)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    lags = " | ".join(f"{lag:.1f}" for lag in np.percentile(waits.lags_ms, [50, 99, 99.9, 100]))
    asked = f"{len(waits.answers_ms)} | {max(waits.answers_ms, default=0):.0f}"
    print(
        f"| {name} | {took_s:.1f} | {len(waits.lags_ms)} | {lags} | {asked} | {_peak_mb()} |",
        flush=True,
    )


async def _beat(waits: _Waits) -> None:
    while True:
        began_s = time.perf_counter()
        await asyncio.sleep(_BEAT_S)
        waits.lags_ms.append((time.perf_counter() - began_s - _BEAT_S) * 1000)


async def _ask(waits: _Waits, knowledge_base: KnowledgeBase, writer: Writer, seed: int) -> None:
    words, chance = writer.draw(f"question {seed}", 3_000), random.Random(seed)
    while True:
        question = f"What is {' '.join(chance.sample(words, 4))}?"
        began_s = time.perf_counter()
        await asyncio.to_thread(knowledge_base.answer, question)
        waits.answers_ms.append((time.perf_counter() - began_s) * 1000)
        await asyncio.sleep(_PAUSE_S)


def _peak_mb() -> str:
    try:
        import resource
    except ImportError:  # Windows
        return ""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{size / (1_000_000 if sys.platform == 'darwin' else 1_000):.0f}"


if __name__ == "__main__":
    sys.exit(main())
