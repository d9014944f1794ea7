"""A program that votes, adds and removes questions until it is killed, and prints each that has
been written.
"""

import asyncio
import itertools
import sys
from pathlib import Path

from bot.records.model import Vote
from bot.records.postgres_address import parse_address
from bot.records.store import Records


async def write_on_and_on(place: str, begin: int) -> None:
    """Write votes and questions numbered from ``begin``."""
    if place.startswith("postgresql"):
        records = await Records.connect(parse_address(place), 30, patience_s=30)
    else:
        records = await Records.open(Path(place), 30, patience_s=30)
    for number in itertools.count(begin):
        await records.vote(Vote(number, number, 1, "", "0123456789ab", is_helpful=True))
        print("voted", number, flush=True)  # noqa: T201 (for the test)
        await records.add_unanswered(f"who is needle{number:05}x")
        print("added", number, flush=True)  # noqa: T201 (for the test)
        if number % 3:
            await records.remove_unanswered(f"who is needle{number:05}x")
            print("removed", number, flush=True)  # noqa: T201 (for the test)


if __name__ == "__main__":
    asyncio.run(write_on_and_on(sys.argv[1], int(sys.argv[2])))
