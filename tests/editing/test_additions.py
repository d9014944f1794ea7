"""What is added to a file leaves all else as it was, to the byte, and says what it should."""

from pathlib import Path

import pytest

from bot.articles.library import build
from bot.articles.model import Article, Section
from bot.editing.additions import add_link, add_section, add_synonyms, write_article
from bot.editing.text_edit import EditError
from bot.editor_links import parse_links
from bot.search.analysis.synonyms import read_groups

TEA = "# Of Tea\n\n## Green: 1\n\nGreen tea of Lisk.\n\n## 2\n\nA cup.\n\n## 2\n\nA pot.\n"


@pytest.fixture
def article(tmp_path: Path) -> Article:
    """Give an article whose headings are hard to name."""
    (tmp_path / "tea.md").write_text(TEA, encoding="utf-8")
    library, _ = build(tmp_path)
    return library.articles[0]


def find(article: Article, heading: str) -> Section:
    """Give the last section of a heading."""
    return [one for one in article.sections if one.heading == heading][-1]


LINKS = (
    "",
    "# mine\n",
    "links:\n- question: a\n  section: b\n",
    "links:\r\n    # why\r\n    - section: b\r\n      question: [a, c]\r\n# end",
    "links:\n  - question: a\n    section: b\n  - nonsense\n",
    "\ufefflinks:\n  - question: a\n    section: b",
)


def test_a_link_is_added_behind_the_others(article: Article) -> None:
    """In their form, whatever they look like; one that can't be written is refused."""
    for before in LINKS:
        added = add_link(before, ["how: “green”?", "# x"], article, find(article, "Green: 1"))
        assert added.startswith(before)
        entries, problems = parse_links(added)
        old, problems_before = parse_links(before)
        assert len(problems) <= len(problems_before)
        assert len(entries) == len(old) + 1
        assert [one.text for one in entries[-1].questions] == ["how: “green”?", "# x"]
        assert entries[-1].section.text == "Green: 1"
        assert ("\r\n" in added) == ("\r\n" in before)
        assert added.count("\r\n") in (0, added.count("\n"))
    again = add_link(added, ["pot?"], article, find(article, "2"))
    assert parse_links(again)[0][-1].section.text == "3"
    for closed in ("links: []\n", "links: [{question: a, section: b}]\n", "- a\n"):
        with pytest.raises(EditError):
            add_link(closed, ["a"], article, article.sections[1])


THESAURI = (
    "",
    "# mine\nclose: |\n  a, b",
    "same: |\n  a, b\n",
    "same: |\r\n    # why\r\n    a, b\r\n\r\nclose: |\r\n  c, d\r\n",
    "same:\n  - a, b # why\n# below\nkinds:\n  a: b\n",
    "same:\n- a, b\n",
)


def test_synonyms_are_added_to_what_means_the_same() -> None:
    """With a comment, each line of before still there; where that can't be, nothing."""
    for before in THESAURI:
        added = add_synonyms(before, ["old  lady", "Bank"], "from a gap")
        groups, faults = read_groups(added)
        assert not faults
        assert ("same", ("old lady", "Bank")) in groups
        assert len(groups) == len(read_groups(before)[0]) + 1
        assert "# from a gap" in added
        lines = iter(added.splitlines())
        assert all(line in lines for line in before.splitlines()), added
        assert added.count("\r\n") in (0, added.count("\n"))
    for text, words in (
        ("same: a, b\n", ["x", "y"]),
        ("same: |\n  a, b\n", ["x, z", "y"]),
        ("", ["x: z", "y"]),
        ("", ["same", "same"]),
        ("same: [", ["x", "y"]),
    ):
        with pytest.raises(EditError):
            add_synonyms(text, words, "from a gap")


def test_a_section_comes_last(article: Article, tmp_path: Path) -> None:
    """Behind what was there; files without known headings are refused; a title is one line."""
    added = add_section(article, "# White\n tea", "  Dried in\r\nthe sun.\n")
    assert added == f"{TEA}\n## White tea\n\nDried in\nthe sun.\n"
    assert write_article("White\ntea", " Dried. ") == "# White tea\n\nDried.\n"
    (tmp_path / "tea.md").rename(tmp_path / "tea.txt")
    library, _ = build(tmp_path)
    with pytest.raises(EditError):
        add_section(library.articles[0], "White", "Dried.")


@pytest.mark.parametrize("unclosed", ["<!-- to do", "```", "~~~\n\nA code."])
def test_a_section_that_would_be_a_part_of_something_is_not_added(
    tmp_path: Path, unclosed: str
) -> None:
    """Behind a comment or code that nobody closed, it would be no section."""
    (tmp_path / "a.md").write_text(f"# Tea\n\nTea is hot.\n\n{unclosed}\n", encoding="utf-8")
    library, _ = build(tmp_path)
    with pytest.raises(EditError, match=r"a\.md"):
        add_section(library.articles[0], "White", "Dried.")
