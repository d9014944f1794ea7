"""What the bot takes of memory: little at rest, and no more for having been asked a lot."""

import asyncio
import gc
import os
import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from loopback import LoopbackDiscord

from benchmarks.reading.memory import measure_memory
from bot.memory import without_long_collections

ROOT = Path(__file__).parent.parent
MOST_AT_REST_BYTES = 120_000_000
# After so many questions whatever is remembered is as much as ever will be; then as many again.
QUESTIONS = 14_000
# Half a Python object a question. What was kept of each, were it fifty bytes, would be one at least.
MOST_MORE_OBJECTS = QUESTIONS // 2
# Memory comes and goes in pieces; arrays and long texts, which are no such objects, are more.
MOST_GROWTH_BYTES = 4_000_000
# Of text that is read, above an empty interpreter, all imports among it.
MOST_OF_TEXT = 6

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="only Linux tells what is resident"
)

# Asks the articles that are shipped: about what stands there and what does not, words that nobody
# has asked for before, misspelt ones, such that lean on the question before. Prints how many small
# objects there are after so many questions and twice as many, and what is resident.
ASK = r"""
import gc, random, re, sys
from pathlib import Path
from bot.answers.model import Policy
from bot.knowledge_base import KnowledgeBase
from bot.memory import without_long_collections

with without_long_collections():
    knowledge_base = KnowledgeBase(Path("knowledge"), Policy())
chance = random.Random(5)
sections = [section for _, section in knowledge_base.library.sections()]
sentences = [sentence.plain for section in sections for sentence in section.sentences]
known = sorted({word for sentence in sentences for word in re.findall(r"[A-Za-z]{4,}", sentence)})
letters = "abcdefghijklmnopqrstuvwxyz"


def make_question(number):
    kind = number % 10
    if kind < 2:
        return chance.choice(["And then?", "Tell me more", "Why did he?", "What about it?"])
    words = chance.sample(known, 2)
    if kind == 2:
        at = chance.randrange(1, len(words[0]) - 1)
        words[0] = words[0][:at] + chance.choice(letters) + words[0][at + 1 :]
    elif kind == 3:
        words.append("".join(chance.choices(letters, k=7)))
    elif kind == 4:
        words = chance.choice(sentences).split()[:8]
    else:
        words += [f"x{3 * number}", f"Y{3 * number + 1}", f"z-{3 * number + 2}"]
    return chance.choice(["Who ", "When did ", "How many ", ""]) + " ".join(words) + "?"


before = None
for number in range(1, 2 * int(sys.argv[1]) + 1):
    answer = knowledge_base.answer(make_question(number), before=before)
    before = answer.turn or before
    if number % int(sys.argv[1]) == 0:
        gc.collect()
        resident = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]
        print(sys.getallocatedblocks(), resident)
"""


def resident_bytes(pid: int) -> int:
    """Say how much memory of a process is resident."""
    found = re.search(
        r"^VmRSS:\s+(\d+) kB$",
        Path(f"/proc/{pid}/status").read_text(encoding="ascii"),
        re.MULTILINE,
    )
    assert found
    return int(found[1]) * 1024


def test_what_is_read_at_once_leaves_the_garbage_collector_as_it_was() -> None:
    """Two servers' folders may be read at the same time, and either may be the first to be done."""
    before = gc.get_threshold()
    first, second = ExitStack(), ExitStack()
    for one in (first, second):
        one.enter_context(without_long_collections())
    first.close()
    assert gc.get_threshold() != before
    second.close()
    assert gc.get_threshold() == before


async def test_at_rest_the_bot_takes_less_than_120_megabytes(tmp_path: Path) -> None:
    """That holds with the articles that are shipped, once it is connected and waits for
    questions.
    """
    config = tmp_path / "config.yaml"
    config.write_text(
        f"knowledge: {ROOT / 'knowledge'}\nrecords: records\nindex: index\n", encoding="utf-8"
    )
    async with LoopbackDiscord() as discord:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(config),
            cwd=ROOT, stderr=asyncio.subprocess.DEVNULL, env={**os.environ, **discord.environment},
        )  # fmt: skip
        try:
            await discord.ready()
            assert resident_bytes(process.pid) < MOST_AT_REST_BYTES
        finally:
            process.kill()
            await process.wait()


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_questions_make_nobody_grow() -> None:
    """Once all that is remembered is as much as ever will be, others take no more."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(QUESTIONS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    objects, resident, more_objects, more_resident = map(int, done.stdout.split())
    assert more_objects - objects < MOST_MORE_OBJECTS, done.stdout
    assert (more_resident - resident) * 1024 < MOST_GROWTH_BYTES, done.stdout


@pytest.mark.slow
def test_reading_takes_less_than_six_times_the_text() -> None:
    """Ten megabytes of prose, half of it wrapped; all sentences share the text of their files."""
    assert measure_memory(10_000_000).factor < MOST_OF_TEXT
