"""The short questions are labelled with sentences that their articles have."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.articles.library import build

ROOT = Path(__file__).parents[1]
SETS = sorted((ROOT / "tests" / "short_questions").glob("*.yaml"))
FOLDERS = ("knowledge", "tests/golden/articles", "tests/fixtures")
TEXTS = {
    article.id: " ".join(
        sentence.plain for section in article.sections for sentence in section.sentences
    )
    for folder in FOLDERS
    for article in build(ROOT / folder)[0].articles
}
ANSWERS = ("sentence", "not_answered", "expects")


def entries_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the questions or dialogues of a set, each with its article."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    for entry in listed.get("questions", listed.get("dialogues")):
        yield entry.get("article", path.stem), entry


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_each_question_has_an_answer_of_its_article(path: Path) -> None:
    """A sentence that stands there, or that there is none, or what is expected instead."""
    for article, entry in entries_of(path):
        assert any(key in entry for key in ANSWERS), entry
        sentences = entry.get("sentence", [])
        for sentence in [sentences] if isinstance(sentences, str) else sentences:
            assert sentence in TEXTS[article], (article, sentence)


def test_there_are_sets() -> None:
    """Six articles and the dialogues about them."""
    assert len(SETS) == 7
