"""Passages with the words of real English, and questions about them; what they say makes no sense.

A word is drawn by how often it stands in books (the list of 82,765 words with counts that comes
with symspellpy) or, one in five, from the sixty words of its passage's topic: so the same words
stand together, as they do in articles. The passages are the same each time; a smaller number of
them is the beginning of a larger one.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_LIST = "frequency_dictionary_en_82_765.txt"
_BLOCK = 2_000
# Words in a passage: mean, deviation, least, most; words in a sentence.
_MEAN, _DEVIATION, _LEAST, _MOST, _SENTENCE = 83, 25, 8, 160, 17
# Of the words of a passage this share is from its topic; a topic's words are rarer ones, the first
# of them prevail.
_TOPICS, _TOPIC_WORDS, _OF_TOPIC, _FLATTENED, _SLOPE = 2_000, 60, 0.22, 0.6, 0.8
# So many of the most frequent words belong to no topic, and nobody asks for them.
_COMMON = 120
_FEWEST_ASKED, _MOST_ASKED = 2, 7
_FRAMES = [
    "what did the {} do about the {}?", "when was the {} of {}?", "how many {} are in the {}?",
    "who was {} by the {}?", "why is {} in {}?", "where does the {} come from, and {}?",
]  # fmt: skip


@cache
def read_words() -> tuple[list[str], NDArray[np.float64]]:
    """Give the words, the most frequent first, and the share of running text that each makes up."""
    spec = find_spec("symspellpy")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "the package symspellpy is not installed: install what requirements.txt lists"
        )
    fields = Path(spec.origin).with_name(_LIST).read_text(encoding="utf-8-sig").split()
    counts = np.array(fields[1::2], dtype=np.float64)
    return fields[::2], counts / counts.sum()


def draw_passages(number: int) -> Iterator[str]:
    """Draw passages of about 83 words in sentences of 17, one at a time."""
    blocks = (_draw_block(block) for block in range(-(-number // _BLOCK)))
    return islice((passage for block in blocks for passage in block), number)


def _draw_block(block: int) -> Iterator[str]:
    words, shares = read_words()
    chance = np.random.default_rng(block)
    lengths = chance.normal(_MEAN, _DEVIATION, _BLOCK).clip(_LEAST, _MOST).astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    drawn = _draw(chance, shares, ends[-1])
    topic_of = np.repeat(chance.integers(_TOPICS, size=_BLOCK), lengths)
    places = np.flatnonzero(chance.random(ends[-1]) < _OF_TOPIC)
    prevailing = np.arange(1, _TOPIC_WORDS + 1) ** -_SLOPE
    drawn[places] = _draw_topics()[
        topic_of[places], _draw(chance, prevailing / prevailing.sum(), len(places))
    ]
    text = [words[number] for number in drawn.tolist()]
    for start, end in pairwise(ends.tolist()):
        sentences = (text[at : min(at + _SENTENCE, end)] for at in range(start, end, _SENTENCE))
        yield " ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences)


@cache
def _draw_topics() -> NDArray[np.int64]:
    """Give the numbers of the words of each topic: (topics, words)."""
    shares = read_words()[1] ** _FLATTENED
    shares[:_COMMON] = 0
    drawn = _draw(np.random.default_rng(0), shares / shares.sum(), _TOPICS * _TOPIC_WORDS)
    return drawn.reshape(_TOPICS, _TOPIC_WORDS)


def _draw(chance: np.random.Generator, shares: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    """Draw numbers by their shares, with repetition."""
    return (
        np.cumsum(shares).searchsorted(chance.random(size), side="right").clip(max=len(shares) - 1)
    )


def make_question(passage: str, chance: np.random.Generator) -> str:
    """Ask with two to seven of a passage's less common words, if it has so many.

    They stand between ordinary question words.
    """
    words = list(dict.fromkeys(passage.lower().replace(".", "").split()))
    asked = [word for word in words if word not in _common_words()]
    chance.shuffle(asked)
    asked = asked[: int(chance.integers(_FEWEST_ASKED, _MOST_ASKED + 1))]
    half = (len(asked) + 1) // 2
    frame = _FRAMES[int(chance.integers(len(_FRAMES)))]
    return frame.format(" ".join(asked[:half]), " ".join(asked[half:]))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(read_words()[0][:_COMMON])
