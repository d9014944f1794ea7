"""A section or an article by a name typed from memory."""

from pathlib import Path

import pytest

from bot.answers.lookup import choose_sections, find_articles, find_sections, name_place
from bot.articles.library import Library, build
from bot.texts import answers, cards, common


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two articles that share a heading."""
    sections = (
        "Lead text.\n\n## The road ahead\n\nText one.\n\n## Money & power\n\nText two.\n\n"
        "## Conclusion\n\nEnd.\n"
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
        ("Intro", [""]),
        (answers.LEAD(), [""]),
        (cards.OPENING(), [""]),
        (common.LEAD(), [""]),
    ],
)
def test_a_section_is_found_by_what_people_type(
    library: Library, name: str, headings: list[str]
) -> None:
    """Number, exact name, part of a name, misspelt name; several where several are meant."""
    assert [section.heading for _, section in find_sections(library.articles, name)] == headings


@pytest.mark.parametrize(
    "text",
    [
        "Text.\n\n## Opening hours\n\nNine.\n",
        "## Opening\n\nA play.\n\n## Opening hours\n\nNine.\n",
    ],
)
def test_the_untitled_beginning_has_the_name_that_lists_give_it(text: str, tmp_path: Path) -> None:
    """A heading of that very name comes first, one that only begins with it does not."""
    (tmp_path / "a.md").write_text(f"# Title\n\n{text}", encoding="utf-8")
    articles = build(tmp_path)[0].articles
    found = [section.heading for _, section in find_sections(articles, "opening")]
    assert found == (["Opening"] if "## Opening\n" in text else [""])
    assert [section.heading for _, section in find_sections(articles, "opening hours")] == [
        "Opening hours"
    ]


def test_without_a_beginning_its_name_is_any_other(library: Library) -> None:
    """It finds what it is a word of."""
    assert find_sections(library.articles[:1], "Opening") == []


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


def test_a_reference_finds_exactly_its_section(library: Library) -> None:
    """Also where its heading is that of another."""
    for article, section in library.sections():
        assert find_sections(library.articles, name_place(article, section)) == [(article, section)]


@pytest.mark.parametrize(
    ("article", "section", "question"),
    [
        ("of", "", "Which article is “of”? There are: “Of Hills”; “Of Rivers”."),
        ("sea", "", "Which article is “sea”? There are: “Of Hills”; “Of Rivers”."),
        (
            "",
            "conclusion",
            (
                "Which section is “conclusion”? There are: “Conclusion” (hills); “Conclusion” "
                "(rivers). Name its article too."
            ),
        ),
        ("hills", "zzz", "Which section is “zzz”? There are: “Conclusion”; “Café culture”."),
        ("hills", "{x}", "Which section is “{x}”? There are: “Conclusion”; “Café culture”."),
    ],
)
def test_an_unclear_name_is_asked_back(
    library: Library, article: str, section: str, question: str
) -> None:
    """The question lists the names that there are, or those that fit."""
    assert choose_sections(library, article, section) == ([], question)


def test_a_clear_name_is_not_asked_back(library: Library) -> None:
    """One section, all of an article, or all there are."""
    places = list(library.sections())
    hills = [place for place in places if place[0].id == "hills"]
    assert choose_sections(library, "", "road") == (
        [place for place in places if "road" in place[1].heading],
        "",
    )
    assert choose_sections(library, "hills", "") == (hills, "")
    assert choose_sections(library, "", "") == (places, "")


def test_a_name_that_asks_is_told_from_the_question_back(tmp_path: Path) -> None:
    """It stands in quotation marks; of one article it is said that there is no other."""
    text = "# What now?\n\n## And in a storm?\n\nText.\n\n## Wait…\n\nText.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    library = build(tmp_path)[0]
    assert choose_sections(library, "zzz", "")[1] == (
        "Which article is “zzz”? There is only “What now?”."
    )
    assert choose_sections(library, "", "zzz")[1] == (
        "Which section is “zzz”? There are: “And in a storm?”; “Wait…”."
    )


def test_a_question_back_lists_twelve_names_at_most(tmp_path: Path) -> None:
    """And says that there are others."""
    for number in range(10, 23):
        (tmp_path / f"{number}.md").write_text(f"# Title {number}\n\nText.\n", encoding="utf-8")
    library = build(tmp_path)[0]
    _, question = choose_sections(library, "zzz", "")
    assert question.endswith("; “Title 20”; “Title 21”; and 1 more.")
    assert "Title 22" not in question


def test_where_there_is_nothing_the_question_back_says_so(tmp_path: Path) -> None:
    """No article, or none with a heading."""
    assert choose_sections(Library(), "a", "") == ([], "There is no article “a”.")
    (tmp_path / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
    assert choose_sections(build(tmp_path)[0], "", "zzz") == ([], "There is no section “zzz”.")
