"""Whenever the program is killed, the records are whole, and hold what they said they had
written.
"""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from opened_records import on_disk, opened, query

WRITER = Path(__file__).with_name("records_writer.py")


def write_and_be_killed(folder: Path, begin: int, chance: random.Random) -> list[list[str]]:
    """Let a program write a while and kill it; give what it said of each thing written."""
    with subprocess.Popen(
        [sys.executable, str(WRITER), str(folder), str(begin)], stdout=subprocess.PIPE
    ) as writer:
        try:
            assert writer.stdout is not None
            said = [writer.stdout.readline() for _ in range(chance.randrange(1, 60))]
            time.sleep(chance.random() * 0.02)
        finally:
            writer.kill()
        said.extend(writer.stdout)
    return [line.decode().split() for line in said]


@pytest.mark.parametrize(("seed", "times"), [(1, 1), pytest.param(2, 15, marks=pytest.mark.slow)])
async def test_a_kill_loses_at_most_what_was_being_written(
    tmp_path: Path, seed: int, times: int
) -> None:
    """After each kill the database is sound; of what was reported nothing is missing, of the rest
    at most one is there.

    What was reported removed is in no byte on the disk.
    """
    chance = random.Random(seed)  # noqa: S311 (it keeps no secret)
    begin = 0
    for _ in range(times):
        before = query(tmp_path, "SELECT count(*) FROM votes") if begin else [(0,)]
        said = write_and_be_killed(tmp_path, begin, chance)
        done = {
            what: {int(number) for verb, number in said if verb == what}
            for what in ("voted", "added", "removed")
        }
        assert query(tmp_path, "PRAGMA integrity_check") == [("ok",)]
        async with opened(tmp_path) as records:
            (votes,) = await records.votes()
            there = {int(row.question[-6:-1]) for row in await records.unanswered(5_000)} - set(
                range(begin)
            )
        assert 0 <= votes.helpful - before[0][0] - len(done["voted"]) <= 1
        assert there ^ (done["added"] - done["removed"]) <= {max(done["voted"])}
        left = on_disk(tmp_path)
        assert [
            number for number in done["removed"] if f"needle{number:05}x".encode() in left
        ] == []
        begin = max(done["voted"]) + 2
