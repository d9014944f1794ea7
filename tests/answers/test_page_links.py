"""Links stay where they stand when a section is read, and a quotation reads without markup."""

import pytest
from parsed import parse, parse_markdown

from bot.answers.answerer import Answerer
from bot.answers.pages import read_quotation, split_pages
from bot.articles.library import Library

SEE = "https://example.org/see"
SPANNED = "<table><tr><th>Name<th>Age<th>Town<tr><td>Ann<td>3<td rowspan=2>Ostby"
TABLE = f"""| [Cone]({SEE}) | Heat |
| --- | --- |
| 06 | 999 °C |
| 6 | see [the *oven*]({SEE}) |
"""


@pytest.mark.parametrize(
    ("text", "most", "linked"),
    [
        (f"Ask [the guild]({SEE}) first.\n\nThen go.", 500, ["the guild"]),
        # A link that is cut in two is one no more.
        (f"{'Stone. ' * 3}[{'Wood and iron ' * 9}]({SEE}) was there.", 60, []),
        # The names of columns are no cells of the first row.
        (TABLE, 500, ["the oven"]),
        (f"```\nsee [the guild]({SEE})\n```\n", 500, []),
        (f"- ask [the guild]({SEE})\n- go\n", 500, ["the guild"]),
    ],
)
def test_a_link_stands_at_its_words(text: str, most: int, linked: list[str]) -> None:
    """Whatever its sentence is: running text, a row that names its columns, code, an item."""
    article, _ = parse_markdown(f"# T\n\n## H\n\n{text}\n")
    pages = split_pages(article, article.sections[0], most)
    found = [
        piece.text[link.start : link.end]
        for page in pages
        for piece in page
        for link in piece.links
    ]
    assert found == linked


def test_a_text_is_cut_between_words() -> None:
    """Blanks at the cut are left out, and none of the words."""
    words = [f"stone{number}" for number in range(30)]
    article, _ = parse_markdown("# T\n\n## H\n\n```\n" + "   ".join(words) + "\n```\n")
    pages = split_pages(article, article.sections[0], 80)
    assert len(pages) > 1
    assert [word for page in pages for piece in page for word in piece.text.split()] == words


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        (f'<pre>see <a href="{SEE}">the guild</a></pre>', []),
        # What a cell above reaches down to is no cell of this row.
        (f'{SPANNED}<tr><td><a href="{SEE}">Bo</a><td>4</table>', []),
        (f'<table><tr><td>Ann<td>3<tr><td><a href="{SEE}">Bo</a><td>4</table>', ["Bo"]),
    ],
)
def test_a_link_of_a_page_stands_at_its_words(body: str, linked: list[str]) -> None:
    """Or nowhere, where they are shown elsewhere."""
    article, _ = parse(f"<h1>T</h1>{body}", "a.html")
    (page,) = split_pages(article, article.sections[0], 500)
    assert [piece.text[one.start : one.end] for piece in page for one in piece.links] == linked


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "The *mill* of Ostby\nwas built in 1801.\nIts wheel is of oak.",
            "The mill of Ostby was built in 1801. Its wheel is of oak.",
        ),
        (
            "The mill of Ostby has:\n\n- a wheel\n- a [roof](roof.md)\n",
            "The mill of Ostby has:\n• a wheel\n• a roof",
        ),
    ],
)
def test_a_quotation_reads_as_people_read_it(text: str, plain: str) -> None:
    """Without markup, its items on lines."""
    article, _ = parse_markdown(f"# Mills\n\n{text}\n")
    quote = Answerer(Library((article,))).answer("what of the mill of Ostby").quotes[0]
    assert read_quotation(quote) == plain
