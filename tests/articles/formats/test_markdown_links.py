"""Links of Markdown lead where they say."""

import pytest
from parsed import parse_markdown


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("[a.example](https://b.example/x)", True),
        ("[https://a.example/x](https://b.example/x)", True),
        ("[**a.example**](https://b.example/x)", True),
        ("[a.example][r]\n\n[r]: https://b.example", True),
        ("| [a.example](https://b.example) | b |\n|-|-|", True),
        ("[a.example](https://www.a.example/x)", False),
        ("[www.a.example](https://A.example)", False),
        ("[a.example](/x)", False),
        ("[The report](https://b.example)", False),
        ("[Node.js](https://b.example)", False),
        ("[setup.py](https://b.example)", False),
        ("[1.82](https://b.example)", False),
        ("<https://b.example>", False),
        ("[a.example](http://[x)", True),
    ],
)
def test_a_link_that_names_another_host_is_told(text: str, *, is_told: bool) -> None:
    """A link that reads like one address and leads to another is a warning with its line."""
    _, problems = parse_markdown(f"---\ntitle: T\n---\nYes.\n\n{text}\n")
    assert [(problem.severity, problem.line) for problem in problems] == [("warning", 6)] * is_told
