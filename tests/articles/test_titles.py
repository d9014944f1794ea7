"""The title of an article: stated, or guessed with a warning."""

import pytest
from parsed import headings_of, parse_markdown


@pytest.mark.parametrize(
    ("text", "title", "headings", "warnings"),
    [
        pytest.param("---\ntitle: A\n---\nx.", "A", [""], [], id="header"),
        pytest.param(
            "---\ntitle: A\n---\n# A!\n\nx.\n## B\ny.", "A", ["", "B"], [], id="header and heading"
        ),
        pytest.param(
            "---\ntitle: A\n---\nx.\n# A\ny.",
            "A",
            ["", "A"],
            [],
            id="header, repeated further down",
        ),
        pytest.param(
            "---\ntitle: A\n---\n## B\nx.\n## C\ny.",
            "A",
            ["B", "C"],
            [],
            id="header and two headings",
        ),
        pytest.param("# A\n\nx.\n## B\ny.", "A", ["", "B"], [1], id="first heading"),
        pytest.param("\n\n## *A*  b\n\nx.", "A b", [""], [3], id="first heading of a lower level"),
        pytest.param(
            "# A\nx.\n# B\ny.", "A", ["A", "B"], [1], id="first of several equal headings"
        ),
        pytest.param("A\n===\nx.", "A", [""], [1], id="underlined heading"),
        pytest.param("x.", "trains", [""], [1], id="file name"),
        pytest.param(
            "---\ntitle: ''\n---\nx.", "trains", [""], [1], id="file name, header's title empty"
        ),
    ],
)
def test_a_title_is_found(text: str, title: str, headings: list[str], warnings: list[int]) -> None:
    """The header names the title, else the first heading does, else the file's name; the last two
    with a warning.
    """
    article, problems = parse_markdown(text)
    assert article.title == title
    assert headings_of(article) == headings
    assert [(problem.severity, problem.line) for problem in problems] == [
        ("warning", line) for line in warnings
    ]
