"""The title of an article: stated, the heading that stands first, or the file's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsed import headings_of, parse_markdown

from bot.articles.titles import title_from_name


@pytest.mark.parametrize(
    ("text", "title", "headings"),
    [
        pytest.param("---\ntitle: A\n---\nx.", "A", [""], id="header"),
        pytest.param(
            "---\ntitle: A\n---\n# A!\n\nx.\n## B\ny.", "A", ["", "B"], id="header and heading"
        ),
        pytest.param(
            "---\ntitle: A\n---\n## A\n\nx.", "A", [""], id="header, repeated by a section"
        ),
        pytest.param(
            "---\ntitle: A\n---\n# C\n\nx.\n## B\ny.",
            "A",
            ["", "B"],
            id="header and another heading",
        ),
        pytest.param(
            "---\ntitle: A\n---\nx.\n# A\ny.", "A", ["", "A"], id="header, repeated further down"
        ),
        pytest.param(
            "---\ntitle: A\n---\n## B\nx.\n## C\ny.", "A", ["B", "C"], id="header and two headings"
        ),
        pytest.param("# A\n\nx.\n## B\ny.", "A", ["", "B"], id="first heading"),
        pytest.param("A\n===\nx.", "A", [""], id="underlined heading"),
        pytest.param(
            "\n\n## *A*  b\n\nx.",
            "Trains",
            ["A b"],
            id="a first heading of a lower level is a section",
        ),
        pytest.param("x.\n## A\ny.", "Trains", ["", "A"], id="a later section"),
        pytest.param("x.\n# A\ny.", "Trains", ["", "A"], id="a later heading of level 1"),
        pytest.param(
            "# A\nx.\n# B\ny.", "Trains", ["A", "B"], id="several of level 1 are sections"
        ),
        pytest.param(
            "# A\n# B\nx.\n# C\ny.", "A", ["B", "C"], id="several, the first stands alone"
        ),
        pytest.param(
            "# All trains\nx.\n# B\ny.",
            "All trains",
            ["", "B"],
            id="several, the first has the file's name",
        ),
        pytest.param(
            "[![a](b)](c) ![d](e)\n\n![f](g)\n\n# A\n\nx.",
            "A",
            [""],
            id="below badges and a picture",
        ),
        pytest.param(
            "import A from 'a'\n\n{/* b */}\n\n# A\n\nx.",
            "A",
            [""],
            id="below imports and comments",
        ),
        pytest.param(
            "%%\nnot\n\nyet\n%%\n\n# A\n\nx.", "A", [""], id="below a comment of several lines"
        ),
        pytest.param("x.", "Trains", [""], id="file name"),
        pytest.param(
            "---\ntitle: ''\n---\nx.", "Trains", [""], id="file name, header's title empty"
        ),
    ],
)
def test_a_title_is_found(text: str, title: str, headings: list[str]) -> None:
    """The header names the title, else the heading of level 1 at the top does, else the file;
    none is a warning.
    """
    article, problems = parse_markdown(text)
    assert article.title == title
    assert headings_of(article)[-len(headings) :] == headings
    assert problems == []


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("Refund rules.md", "Refund rules"),
        ("a/Über uns - Team.md", "Über uns - Team"),
        ("getting-started.md", "Getting started"),
        ("how_to_pay.txt", "How to pay"),
        ("FAQ.md", "FAQ"),
        ("shop/index.md", "Shop"),
        ("house-rules/README.md", "House rules"),
        ("README.md", "README"),
        ("2031-04-03-moving-house.md", "Moving house"),
        ("2031-04-03 Moving house.md", "2031-04-03 Moving house"),
        ("01-moving-house.md", "Moving house"),
        ("03. Moving house.md", "Moving house"),
        ("2-factor-login.md", "2 factor login"),
        ("Moving 0123456789abcdef0123456789abcdef.md", "Moving"),
        ("2031.md", "2031"),
        ("---.md", "---"),
    ],
)
def test_a_name_is_a_title(file: str, title: str) -> None:
    """Words stay as they are, hyphens become blanks, an index has its folder's name, an order
    number goes.
    """
    assert title_from_name(file) == title


@given(
    st.text(
        st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12
    )
)
def test_no_name_is_without_a_title(stem: str) -> None:
    """Any file has one."""
    assert title_from_name(f"a/{stem}.md")
