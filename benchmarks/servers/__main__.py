"""The articles of many servers: how much memory they take, and how long a question waits for them.

In: how many servers, with how many passages each. Out: a table.

    python -m benchmarks.servers --servers 1000 --passages 30

Each server has a folder of its own, beside a common one. All are asked once, one after the other,
and then again. The first question of a server has its articles read and indexed. Memory is what the
process holds in the end (RSS), all servers in memory.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.answers.model import Policy
from bot.knowledge_base import KnowledgeBase
from bot.knowledge_bases import KnowledgeBases, Reader
from bot.settings import Settings

# The id of the first server.
_FIRST = 700_000_000_000_000_000
_ARTICLES = 3
_QUESTION = "Which one does the {word} need?"
_WORDS = tuple(
    "harbour ferry lantern granary orchard chapel bridge market mill tower river garden library "
    "keeper baker miller sailor warden council ticket season winter summer morning evening price "
    "key gate bell boat barrel apple barley candle letter ledger map rope sail stone wall window "
    "opens closes keeps sells needs carries mends counts begins ends holds moves stands waits "
    "early late often never always nine twelve forty two small great old new red blue green "
    "before behind beside under above near through along because although until whenever".split()
)
# Its small words tell the language, as those of most articles do.
_SENTENCE = "The {} of the {} is with the {} and it {} the {} that was in the {}."


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.servers")
    parser.add_argument("--servers", type=int, default=1_000)
    parser.add_argument("--passages", type=int, default=30)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "articles"
        write_all(place, options.servers, options.passages)
        measure(place, options.servers)


def write_all(place: Path, servers: int, passages: int) -> None:
    """Write common articles, and those of each server."""
    chance = random.Random(19)
    _write(place, "common", passages, chance)
    for number in range(servers):
        _write(place / "servers" / str(_FIRST + number), "own", passages, chance)


def _write(folder: Path, name: str, passages: int, chance: random.Random) -> None:
    """Write articles with sections of one passage each."""
    folder.mkdir(parents=True)
    for number in range(_ARTICLES):
        words = chance.sample(_WORDS, 2)
        lines = [f"# Of the {words[0]} and the {words[1]}"]
        for _ in range(passages // _ARTICLES):
            heading = " ".join(chance.sample(_WORDS, 3)).capitalize()
            sentences = [_SENTENCE.format(*chance.choices(_WORDS, k=6)) for _ in range(4)]
            lines.append(f"## {heading}\n\n{' '.join(sentences)}")
        text = "\n\n".join(lines) + "\n"
        (folder / f"{name}-{number}.md").write_text(text, encoding="utf-8")


def measure(place: Path, servers: int) -> None:
    """Ask all servers once, and once more; print what that took."""
    settings = Settings(place, index=None, versions=None, knowledge_bases_kept=servers)
    bases = KnowledgeBases(KnowledgeBase(place, Policy()), settings)
    bases.common.answer(_QUESTION.format(word=_WORDS[0]))
    before = read_memory_mb()
    first = [_ask(bases, _FIRST + number) for number in range(servers)]
    again = [_ask(bases, _FIRST + number) for number in range(servers)]
    passages = bases.view(Reader(_FIRST)).library.count_passages()
    print(f"{servers:,} servers, {passages:,} passages each, the common ones among them")
    print(f"resident memory: {read_memory_mb():.0f} MB, {before:.0f} MB before the first question")
    for name, times_ms in (("first question", first), ("next question", again)):
        for unit, of_all in zip(
            ("", " of the processor"), zip(*times_ms, strict=True), strict=True
        ):
            ranked = sorted(of_all)
            median, late, last = (ranked[int(share * (servers - 1))] for share in (0.5, 0.99, 1.0))
            print(f"{name}: median {median:.1f}, 99 % {late:.1f}, longest {last:.1f} ms{unit}")


def _ask(bases: KnowledgeBases, guild_id: int) -> tuple[float, float]:
    """Ask something in a server; give how many milliseconds passed, and were computed."""
    word = _WORDS[guild_id % len(_WORDS)]
    begin_s, begin_computing_s = time.perf_counter(), time.thread_time()
    bases.view(Reader(guild_id)).answer(_QUESTION.format(word=word))
    took_s, computed_s = time.perf_counter() - begin_s, time.thread_time() - begin_computing_s
    return took_s * 1_000, computed_s * 1_000


def read_memory_mb() -> float:
    """Read how much memory the process holds, in megabytes; 0 where that is not told."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    (line,) = [one for one in status.splitlines() if one.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
