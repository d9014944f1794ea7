"""Names that outlive a restart are the same each time, and keep nothing alive."""

import hashlib
from pathlib import Path

from bot.answers.ids import section_ids, sentence_id
from bot.articles.library import build
from bot.articles.model import Article

TEXT = "# T\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## A\n\nThree.\n"


def read(folder: Path, name: str, text: str = TEXT) -> Article:
    """Read one article out of a folder of its own."""
    (folder / name).mkdir()
    (folder / name / f"{name}.md").write_text(text, encoding="utf-8")
    (article,) = build(folder / name)[0].articles
    return article


def test_a_section_is_named_by_its_article_its_headings_and_their_number(tmp_path: Path) -> None:
    """The names are hashes of just that, so buttons of an earlier version find their sections."""
    article = read(tmp_path, "a")
    parts = [("a", "0", "A"), ("a", "0", "A", "B"), ("a", "1", "A")]
    assert [section.heading for section in article.sections] == ["A", "B", "A"]
    expected = [
        hashlib.blake2b("\0".join(part).encode(), digest_size=6).hexdigest() for part in parts
    ]
    assert section_ids(article) == expected


def test_articles_of_the_same_headings_have_different_names(tmp_path: Path) -> None:
    """What is remembered of one article is not given out for another, nor for a changed one."""
    one, other = read(tmp_path, "a"), read(tmp_path, "b")
    assert not set(section_ids(one)) & set(section_ids(other))
    (tmp_path / "later").mkdir()
    changed = read(tmp_path / "later", "a", TEXT.replace("### B", "### C"))
    assert section_ids(changed)[::2] == section_ids(one)[::2]
    assert section_ids(changed)[1] != section_ids(one)[1]


def test_names_that_were_given_out_are_no_ones_to_change(tmp_path: Path) -> None:
    """Who alters the list alters no later answer."""
    article = read(tmp_path, "a")
    names = section_ids(article)
    section_ids(article).clear()
    assert section_ids(article) == names


def test_a_sentence_is_named_by_its_words() -> None:
    """The same in every file; such names stand on cards that may be old."""
    assert (
        sentence_id("Snow feeds it.")
        == hashlib.blake2b(b"Snow feeds it.", digest_size=6).hexdigest()
    )
    assert sentence_id("Snow feeds it.") != sentence_id("Snow feeds it")
