"""A section or an article by a name typed from memory."""

from pathlib import Path

import pytest

from bot.answers.lookup import find_articles, find_sections
from bot.articles.library import Library, build


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two articles that share a heading."""
    sections = (
        "Lead text.\n\n## The road ahead\n\nText one.\n\n## Money & power\n\nText two.\n\n## Conclusion\n\nEnd.\n"
    )
    (tmp_path / "rivers.md").write_text(f"# Of Rivers\n\n{sections}", encoding="utf-8")
    (tmp_path / "hills.md").write_text(
        "# Of Hills\n\n## Conclusion\n\nEnd.\n\n## Café culture\n\nText.\n", encoding="utf-8"
    )
    return build(tmp_path)[0]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("The road ahead", ["The road ahead"]),
        ("the ROAD ahead!", ["The road ahead"]),
        ("road", ["The road ahead"]),
        ("the rode ahed", ["The road ahead"]),
        ("cafe culture", ["Café culture"]),
        ("money and power", ["Money & power"]),
        ("conclusion", ["Conclusion", "Conclusion"]),
        ("1", ["Conclusion", "The road ahead"]),
        ("quantum chromodynamics", []),
        ("???", []),
        ("lead", [""]),
    ],
)
def test_a_section_is_found_by_what_people_type(library: Library, name: str, headings: list[str]) -> None:
    """Number, exact name, part of a name, misspelt name; several where several are meant."""
    assert [section.heading for _, section in find_sections(library.articles, name)] == headings


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("rivers", ["rivers"]),
        ("Of Hills", ["hills"]),
        ("of", ["hills", "rivers"]),
        ("", ["hills", "rivers"]),
        ("sea", []),
    ],
)
def test_an_article_is_found_by_id_or_title(library: Library, name: str, ids: list[str]) -> None:
    """An empty name means all articles."""
    assert [article.id for article in find_articles(library, name)] == ids
