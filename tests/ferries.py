"""Two small articles that share a heading, to ask question sets about."""

from pathlib import Path

from bot.articles.library import Library, build

FERRIES = """\
# The ferries

Two ferries serve the island.

## Times

The **ferry** leaves at\nsix. It returns at nine. Nobody is taken after midnight.

## The harbour

The harbour belongs to the fishermen. Its wall was built in 1802.
"""
TRAINS = """\
# The trains

## Times

The train to Lisk departs at noon.
"""


def build_ferries(folder: Path) -> Library:
    """Write the two articles into a new folder and read it."""
    folder.mkdir()
    (folder / "ferries.md").write_text(FERRIES, encoding="utf-8")
    (folder / "trains.md").write_text(TRAINS, encoding="utf-8")
    return build(folder)[0]
