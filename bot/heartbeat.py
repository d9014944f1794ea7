"""The heartbeat file: what the running bot says of itself, for who can't ask it over HTTP.

In: how the bot is. Out: a small file, replaced as a whole every few seconds; and what a reader
makes of it. A file that is no longer replaced says that the bot has stopped, or its event loop.
"""

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

# It is written so often.
EVERY_S = 5.0
# After so long without a new one the bot is taken to be stuck.
STALE_S = 30.0
# A file that the bot has written is far smaller.
_MAX_BYTES = 4_096

Gateway = Literal["connecting", "connected", "silent"]


class HeartbeatError(Exception):
    """The file is not there, can't be read, or is none of the bot's; the message says which."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is.

    ``is_ready``: the gateway is alive, and something is served. ``gateway``: "silent" where nothing
    has come for longer than it can be silent. ``silence_s``: for how many seconds nothing has come.
    ``articles``: how many are served. ``shards``: how many the process has; ``shards_alive``: of
    how many the gateway is alive, where ``gateway`` is the state of the worst.
    """

    is_ready: bool
    gateway: Gateway
    silence_s: float
    articles: int
    shards: int = 1
    shards_alive: int = 0


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a heartbeat file said, and how many seconds ago it was written."""

    health: Health
    age_s: float

    @property
    def is_alive(self) -> bool:
        """Whether it is recent; a clock that was set back makes it look as if from the future."""
        return abs(self.age_s) <= STALE_S


def write_heartbeat(path: Path, health: Health) -> None:
    """Replace the file. Raises OSError where that can't be done."""
    content = json.dumps({"time": time.time(), **asdict(health)})
    # Beside it, so that it can be renamed; one process writes one file.
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_text(f"{content}\n", encoding="utf-8")
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def remove_heartbeat(path: Path) -> None:
    """Remove the file, so that nobody takes the bot for running; it may be gone already."""
    with contextlib.suppress(OSError):
        path.unlink()


def read_heartbeat(path: Path) -> Heartbeat:
    """Read the file. Raises HeartbeatError."""
    try:
        with path.open("rb") as file:
            content = json.loads(file.read(_MAX_BYTES))
        health = Health(
            is_ready=content["is_ready"] is True,
            gateway=content["gateway"],
            silence_s=float(content["silence_s"]),
            articles=int(content["articles"]),
            shards=int(content["shards"]),
            shards_alive=int(content["shards_alive"]),
        )
        age_s = time.time() - float(content["time"])
    except OSError as error:
        raise HeartbeatError(str(error.strerror)) from None
    except (ValueError, TypeError, KeyError):
        raise HeartbeatError("it is no heartbeat") from None
    return Heartbeat(health, age_s)
