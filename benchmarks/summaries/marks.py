"""Articles whose sentences a reader has marked.

The marks say how much each is needed, which are filler, which are anaphoric.

``marks.yaml`` holds the repository's own and says what the marks mean. It names articles by their
ids and holds a line a section, a mark for each of its sentences. Marks that do not fit an article,
as it was changed, are an error.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.articles.library import build
from bot.articles.model import Article, Section
from bot.strict_yaml import Mapping, Node, Scalar, YamlError, read_yaml

_ROOT = Path(__file__).parents[2]
OWN_MARKS = Path(__file__).parent / "marks.yaml"
OWN_FOLDERS = (_ROOT / "knowledge", _ROOT / "tests" / "fixtures")
_MARK = re.compile(r"([012])(f?)(?:<([0-9]{1,3}))?")


class MarksError(Exception):
    """What keeps marks from being used; the message names the file."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader said of one sentence.

    ``needs`` is the place, from 0, of the sentence that it refers back to.
    """

    value: int
    is_filler: bool
    needs: int | None


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section with a mark for each of its sentences. ``half`` is "seen" or "held_out"."""

    half: str
    article: Article
    section: Section
    marks: tuple[Mark, ...]


def read_marks(path: Path, folders: Sequence[Path]) -> list[MarkedSection]:
    """Read a file of marks with the articles of ``folders``.

    Raises MarksError with what does not fit.
    """
    articles = {article.id: article for folder in folders for article in build(folder)[0].articles}
    try:
        tree = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YamlError) as error:
        raise MarksError(f"{path}: {error}") from error
    return list(_sections(path, tree, articles))


def _sections(path: Path, tree: Node, articles: dict[str, Article]) -> Iterator[MarkedSection]:
    for half, of_half in _entries(path, tree):
        for name, of_article in _entries(path, of_half):
            article = articles.get(name)
            if article is None:
                raise MarksError(f"{path}: there is no article {name}")
            for number, line in _entries(path, of_article):
                section = next((one for one in article.sections if str(one.number) == number), None)
                marks = _marks(line.text) if isinstance(line, Scalar) else None
                if section is None or marks is None or len(marks) != len(section.sentences):
                    raise MarksError(
                        f"{path}:{line.line}: these are no marks of {name}, section {number}"
                    )
                yield MarkedSection(half, article, section, marks)


def _entries(path: Path, node: Node) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, Mapping):
        raise MarksError(f"{path}:{node.line}: keys and values are expected here")
    for name, (_, value) in node.entries.items():
        yield name, value


def _marks(line: str) -> tuple[Mark, ...] | None:
    found = [_MARK.fullmatch(word) for word in line.split()]
    marks = tuple(
        Mark(int(one[1]), bool(one[2]), int(one[3]) - 1 if one[3] else None) for one in found if one
    )
    return (
        marks
        if len(marks) == len(found) and all((one.needs or 0) < len(found) for one in marks)
        else None
    )
