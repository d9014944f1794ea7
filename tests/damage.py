"""Files that were saved, with anything else in them than what was saved: behind wrong checksums, or
right ones.

As a program it takes the folder of articles, a folder of their saved files, a seed and a count: it
makes so many damages, one after the other, and ends with 0 if each was refused or answers as if
there were none.
"""

import json
import random
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.answers.answerer import Answerer
from bot.answers.model import Answer
from bot.array_file import DamagedError, read_arrays, save
from bot.articles import packing
from bot.articles.library import Library, build
from bot.search.topics import TOPICS

Arrays = dict[str, NDArray[Any]]

QUESTIONS = (
    "which harbour did ferry 1234 leave?",
    "how many crates of salted herring?",
    "who wrote the number of every crat?",
    "When was nobody allowed to read the book?",
    "which zither did Orrin play?",
    "evening",
)
# Of the index, what can't be told to be wrong: which words there are, of what kind, how sentences
# share them, and what they are about. Of the readings nothing but the texts can be.
BELIEVED = {
    *("unit_tokens", "told", "kinds", "word_counts"),
    *TOPICS,
    *(
        f"{name}.{part}"
        for name in ("terms", "words", "bare", "written")
        for part in ("text", "ends")
    ),
}
_DTYPES = [
    np.bool_,
    np.int8,
    np.uint8,
    np.int16,
    np.uint16,
    np.int32,
    np.int64,
    np.uint64,
    np.float32,
    np.float64,
]


def open_as_saved(path: Path) -> tuple[str, Arrays]:
    """Give the fingerprint that a file was saved under, and its arrays."""
    content = path.read_bytes()
    fingerprint = json.loads(content[32 : 32 + struct.unpack_from("<8sQ16s", content)[1]])[
        "fingerprint"
    ]
    return fingerprint, dict(read_arrays(path, fingerprint) or {})


def damage(content: bytes, chance: random.Random) -> bytes:
    """Flip, cut off, cut out, double or put in some bytes."""
    start = chance.choice([chance.randrange(len(content)), chance.randrange(64)])
    end = min(len(content), start + chance.choice([1, 8, 64, 4096]))
    other = bytearray(content[start:end])
    other[chance.randrange(len(other))] ^= 1 << chance.randrange(8)
    return chance.choice(
        [
            content[:start] + other + content[end:],
            content[:start],
            content[:start] + content[end:],
            content[:end] + content[start:],
            content[:start] + bytes(end - start) + content[end:],
            content + other,
        ]
    )


def mutate(arrays: Mapping[str, NDArray[Any]], chance: random.Random) -> Arrays:
    """Change arrays as nobody would have saved them: values, types, shapes, sizes, which
    there are.
    """
    mutated = dict(arrays)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        name = chance.choice([*mutated])
        way = chance.randrange(10)
        if way == 0:
            del mutated[name]
        elif way == 1:
            mutated[chance.choice([f"{name}2", ""])] = mutated[name]
        elif way == 2:
            mutated[name] = mutated[chance.choice([*mutated])]
        elif name in ("files", "forms") and way % 2:
            mutated[name] = _mutate_rows(mutated[name], chance)
        else:
            mutated[name] = _mutate_array(mutated[name], way, chance).copy()
    return mutated


def _mutate_rows(array: NDArray[Any], chance: random.Random) -> NDArray[Any]:
    """Put something else in one place of lists in JSON, or change their lengths."""
    try:
        rows = json.loads(array.tobytes())
    except ValueError:
        return array
    inside: Any = [rows]
    at = 0
    while isinstance(inside[at], list) and inside[at] and chance.random() < 0.9:
        inside = inside[at]
        at = chance.randrange(len(inside))
    near = inside[at] + chance.choice([-1, 1]) if isinstance(inside[at], int) else f"{inside[at]}x"
    others: list[Any] = [
        None,
        True,
        -1,
        0,
        10**30,
        1.5,
        float("nan"),
        "",
        "\ud83d",
        "note",
        "en",
        [],
        [[]],
        {},
        near,
    ]
    if chance.random() < 0.2:
        inside.insert(at, chance.choice([inside[at], *others]))
    elif chance.random() < 0.2:
        del inside[at]
    else:
        inside[at] = chance.choice(others)
    return np.frombuffer(json.dumps(rows).encode(), np.uint8)


def _mutate_array(array: NDArray[Any], way: int, chance: random.Random) -> NDArray[Any]:
    if way == 3:
        dtype = chance.choice(_DTYPES)
        with np.errstate(invalid="ignore"):
            return (
                array.astype(dtype)
                if chance.random() < 0.5 or array.nbytes % 8
                else array.reshape(-1).view(dtype)
            )
    if way == 4:
        shape = chance.choice(
            [(-1, 1), (1, -1), (1, 1, -1), (2, -1) if array.size % 2 == 0 else (-1,)]
        )
        return array.reshape(shape) if array.size else np.zeros((0, 3), array.dtype)
    row = array.reshape(-1)
    if not row.size:
        return np.ones(chance.choice([1, 3]), array.dtype)
    at = chance.randrange(row.size)
    if way == 5:
        return chance.choice(
            [row[:at], row[at:], np.concatenate([row[: at + 1], row[at:]]), row[:0], row[::-1]]
        )
    changed = row.copy()
    if way == 6:
        other = chance.randrange(row.size)
        changed[[at, other]] = changed[[other, at]]
    elif array.dtype.kind not in "iu":
        changed[at] = chance.choice([np.nan, np.inf, -1.0, 0.0])
    else:
        bounds = np.iinfo(array.dtype)
        near = chance.choice([-1, 1, 0, 7, 1 << 16])
        values = [
            bounds.min,
            bounds.max,
            0,
            1,
            int(row[at]) + near,
            row.size + near,
            chance.randrange(1 << 63),
        ]
        changed[at] = min(max(chance.choice(values), bounds.min), bounds.max)
    return changed.reshape(array.shape)


def is_changed(
    name: str, arrays: Mapping[str, NDArray[Any]], mutated: Mapping[str, NDArray[Any]]
) -> bool:
    """Say whether an array has other values than it had."""
    return not np.array_equal(arrays[name], mutated[name])


def ask_all(answerer: Answerer) -> list[Answer]:
    """Ask what can be answered, what can't be, what is misspelt; every quotation is its file's own
    characters.
    """
    answers = [answerer.answer(question) for question in QUESTIONS]
    for answer in answers:
        for quote in answer.quotes:
            assert quote.text == quote.article.text[quote.start : quote.end]
            assert all(sentence.text in quote.text for sentence in quote.sentences)
    return answers


class Saved:
    """What was saved of a folder of articles, and what it answers."""

    def __init__(self, articles: Path, saved: Path) -> None:
        """Read both; the library is made anew."""
        self.library, _ = build(articles)
        (self.readings_path,), (self.index_path,) = saved.glob("*.readings"), saved.glob("*.index")
        self.readings = open_as_saved(self.readings_path)[1]
        self.index = open_as_saved(self.index_path)[1]
        self.answers = ask_all(Answerer(self.library))

    def check_index(self, mutated: Arrays) -> bool:
        """Say whether an index is refused; if it is not, it answers as a new one does, but for what
        is believed.
        """
        try:
            answerer = Answerer(self.library, None, (), mutated)
        except DamagedError:
            return True
        changed = {name for name in self.index if is_changed(name, self.index, mutated)}
        answers = ask_all(answerer)
        assert changed <= BELIEVED, changed
        assert changed or answers == self.answers
        return False

    def check_readings(self, mutated: Arrays) -> bool:
        """Say whether readings are refused; if they are not, each article has its text, and can be
        answered from.
        """
        try:
            readings = packing.unpack(mutated)
        except DamagedError:
            return True
        library = Library(
            tuple(reading.article for reading in readings.values() if reading.article), readings
        )
        texts = {article.sha256: article.text for article in self.library.articles}
        assert all(texts[article.sha256] == article.text for article in library.articles)
        ask_all(Answerer(library))
        if not any(is_changed(name, self.readings, mutated) for name in self.readings):
            assert library.articles == self.library.articles
        return False

    def check_bytes(self, path: Path, content: bytes) -> bool:
        """Say whether a file is refused that differs in any way."""
        fingerprint, _ = open_as_saved(path)
        before = path.read_bytes()
        path.write_bytes(content)
        try:
            return read_arrays(path, fingerprint) is None
        except DamagedError:
            return True
        finally:
            path.write_bytes(before)


def forge(path: Path, arrays: Arrays) -> None:
    """Save other arrays in a file's place, with right checksums, under the same fingerprint."""
    save(path, open_as_saved(path)[0], arrays)


def main(folder: str, saved: str, seed: str, count: str) -> None:
    """Make so many damages, a quarter of them of each kind in each file; say how many were
    refused.
    """
    what = Saved(Path(folder), Path(saved))
    refused = 0
    for number in range(int(count)):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 (no secret)
        if number % 2:
            path = what.readings_path if number % 4 == 1 else what.index_path
            content = path.read_bytes()
            damaged = damage(content, chance)
            is_refused = what.check_bytes(path, damaged)
            assert is_refused or damaged == content
        elif number % 4:
            is_refused = what.check_index(mutate(what.index, chance))
        else:
            is_refused = what.check_readings(mutate(what.readings, chance))
        refused += is_refused
    print(refused)  # noqa: T201 (for the one who started it)


if __name__ == "__main__":
    main(*sys.argv[1:])
