"""A collection on disk, as all processes read it.

It has passages, one a line, and the questions about them.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.quality.progress import Progress
from benchmarks.speed.passages import draw_passages, make_question

_SHOWN = 10_000


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder that ``write_collection`` has written."""

    folder: Path
    passages: int

    @property
    def size_bytes(self) -> int:
        """The size of all passages."""
        return (self.folder / "passages").stat().st_size - self.passages

    def texts(self) -> Iterator[str]:
        """Give the passages in order, one at a time."""
        with (self.folder / "passages").open(encoding="utf-8") as lines:
            for line in lines:
                yield line.rstrip("\n")

    def questions(self, name: str) -> list[tuple[int, str]]:
        """Give ``questions`` or those to ``warm_up``.

        Each has the number of the passage that it was made of, and its words.
        """
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return [(int(number), words) for number, words in (line.split("\t") for line in lines)]


@contextmanager
def write_collection(passages: int, questions: int, progress: Progress) -> Iterator[Collection]:
    """Write passages and questions into a folder that is removed afterwards.

    There are a third as many questions more to warm up.

    The same numbers write the same.
    """
    with tempfile.TemporaryDirectory(prefix="passages-") as name:
        chance = np.random.default_rng([passages, questions])
        of_passage = {
            "questions": chance.integers(passages, size=questions).tolist(),
            "warm_up": chance.integers(passages, size=-(-questions // 3)).tolist(),
        }
        asked = {number: "" for numbers in of_passage.values() for number in numbers}
        with Path(name, "passages").open("w", encoding="utf-8", newline="\n") as file:
            for number, text in enumerate(draw_passages(passages)):
                file.write(f"{text}\n")
                if number in asked:
                    asked[number] = text
                if number % _SHOWN == 0:
                    progress.say(f"writing {number:,}/{passages:,} passages")
        for what, numbers in of_passage.items():
            lines = [f"{number}\t{make_question(asked[number], chance)}\n" for number in numbers]
            Path(name, what).write_text("".join(lines), encoding="utf-8")
        yield Collection(Path(name), passages)
