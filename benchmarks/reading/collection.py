"""A collection of articles with what people see in it, and the questions that they ask.

A folder holds ``articles``, ``questions.yaml`` (questions with the sentences that answer),
``titles.yaml`` (the title that a person would give, by the path without its ending) and ``visible``
(a text for each article, with all that a reader sees).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Expected:
    """A sentence that answers, as readers see it, and the article where it stands."""

    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks. Each expected sentence alone answers; none does where there are none."""

    text: str
    kind: str
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles in ``folder``. ``titles`` and ``visible`` are by the article's path."""

    name: str
    folder: Path
    questions: tuple[Question, ...]
    titles: Mapping[str, str]
    visible: Mapping[str, str]


def find_collections() -> list[Path]:
    """Give the folders of the repository's own collections, by name."""
    return sorted(path.parent for path in _ROOT.glob("tests/collections/*/questions.yaml"))


def read_collection(folder: Path) -> Collection:
    """Read a collection; raises OSError or ValueError for a folder that is none."""
    listed = yaml.safe_load((folder / "questions.yaml").read_text(encoding="utf-8"))
    titles = yaml.safe_load((folder / "titles.yaml").read_text(encoding="utf-8"))
    visible_folder = folder / "visible"
    visible = {}
    for path in sorted(visible_folder.rglob("*.txt")):
        name = path.relative_to(visible_folder).as_posix().removesuffix(".txt")
        visible[name] = path.read_text(encoding="utf-8")
    questions = tuple(map(_make_question, listed["questions"]))
    return Collection(folder.name, folder / "articles", questions, titles, visible)


def _make_question(entry: Mapping[str, Any]) -> Question:
    expected = tuple(_list_expected(entry))
    return Question(entry["question"], entry["kind"], expected)


def _list_expected(entry: Mapping[str, Any]) -> Iterator[Expected]:
    """Give the expected sentences of a question, and those that other articles have as well."""
    for place in (entry, *entry.get("also", ())):
        sentences = place.get("sentence", ())
        if isinstance(sentences, str):
            sentences = [sentences]
        for sentence in sentences:
            yield Expected(place["article"], sentence)
