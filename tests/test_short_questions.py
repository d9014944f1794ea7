"""The short questions are labelled with sentences that their articles have."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.articles.library import build

ROOT = Path(__file__).parents[1]
SHORT = sorted((ROOT / "tests" / "short_questions").glob("*.yaml"))
OTHER_WORDS = sorted((ROOT / "tests" / "other_words").glob("*.yaml"))
FOLDERS = ("knowledge", "tests/golden/articles", "tests/fixtures", "tests/other_words/articles")
ARTICLES = {
    article.id: article for folder in FOLDERS for article in build(ROOT / folder)[0].articles
}
TEXTS = {
    name: " ".join(sentence.plain for section in article.sections for sentence in section.sentences)
    for name, article in ARTICLES.items()
}
# "0" is the untitled beginning.
HEADINGS = {
    name: {"0"} | {section.heading for section in article.sections}
    for name, article in ARTICLES.items()
}
LABELS = ("kind", "section", "sentence", "not_answered")
ANSWERS = ("sentence", "not_answered", "expects")


def entries_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the questions or dialogues of a set, each with its article."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for entry in content.get("questions", content.get("dialogues")):
        yield entry.get("article", path.stem), entry


def listed(entry: dict[str, Any], key: str) -> list[str]:
    """Give what an entry has under a key, a single one as a list of one."""
    given = entry.get(key, [])
    return [given] if isinstance(given, str) else given


@pytest.mark.parametrize(
    "path", SHORT + OTHER_WORDS, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_each_question_has_an_answer_of_its_article(path: Path) -> None:
    """A sentence that stands there, or that there is none, or what is expected instead; the
    sections named are the article's.
    """
    for article, entry in entries_of(path):
        assert any(key in entry for key in ANSWERS), entry
        for sentence in listed(entry, "sentence"):
            assert sentence in TEXTS[article], (article, sentence)
        for section in listed(entry, "section"):
            assert section in HEADINGS[article], (article, section)


def test_there_are_sets() -> None:
    """Six articles and the dialogues about them; three more, with long questions, too."""
    assert len(SHORT) == 7
    assert len(OTHER_WORDS) == 5


def test_a_long_question_has_the_label_of_the_short_one() -> None:
    """What means the same is answered by the same sentences."""
    folder = ROOT / "tests" / "other_words"
    for article, entry in entries_of(folder / "long.yaml"):
        asked = {short["question"]: short for _, short in entries_of(folder / f"{article}.yaml")}
        short = asked[entry["short"]]
        assert [entry.get(key) for key in LABELS] == [short.get(key) for key in LABELS], entry
