"""What pages of many kinds hold: a table of pages, their titles and what is read of them."""

import pytest
from parsed import parse

from bot.articles.formats.html_page import parse_html
from bot.articles.lines import Lines

SEE = "https://e.org/a"
LONG = "Long words " * 60
NAMED = "<tr><th>Name</th><th>Age</th><th>Town</th></tr>"
# A page, and the texts of its blocks below a heading.
BODIES = [
    # Blanks behind the end of a line.
    ("<p>One<br> <b>two</b>.<br> \n<br> Four</p>", ["One two.", "Four"]),
    # An ampersand that begins no reference, one that is a blank, ends of elements that never began.
    ("<p>Mice &amp; owls & voles</p></p>", ["Mice & owls & voles"]),
    ("<p>Mice&nbsp;and&Tab;owls</p></br>Voles</i>.", ["Mice and owls", "Voles."]),
    # Terms one below the other.
    ("<dl><dt>Owl<dt>Barn owl<dd>A bird.<dt>Vole<dd>Food.</dl>", "Owl/Barn owl/A bird./Vole/Food."),
    ("<dl><dt></dt><dd>Food.</dd></dl><details><summary></summary>Owls.</details>", "Food./Owls."),
    # A button without a text asks nothing.
    ('<button aria-controls="p"></button><div id="p" hidden>Hidden.</div><p>Owls.</p>', "Owls."),
    # What is beside the article, and what is not shown.
    ('<p>Owls.</p><div class="related"><a href="/a">Another page</a></div>', "Owls."),
    ("<p>Owls.</p><dialog>Hidden.</dialog><dialog open>Shown.</dialog>", "Owls./Shown."),
    # Tables: for layout, with empty rows, of headings alone, with cells that reach down.
    ('<table role="presentation"><tr><td>a</td><td>b</td></tr></table>', "a/b"),
    (f"<table>{NAMED}<tr><td></td></tr><tr><td>Ann<td>3</table>", "Name: Ann · Age: 3"),
    (f"<table>{NAMED}</table>", "Name · Age · Town"),
    (
        f"<table>{NAMED}<tr><td>Ann<td>3<td rowspan=3>Ostby<tr><td>Bo<td>4<tr><td>Cy<td>5</table>",
        [
            "Name: Ann · Age: 3 · Town: Ostby",
            "Name: Bo · Age: 4 · Town: Ostby",
            "Name: Cy · Age: 5 · Town: Ostby",
        ],
    ),
    (
        f"<table>{NAMED}<tr><td rowspan=2 colspan=2>Ann<td>Ostby<tr><td>Marn</table>",
        "Name: Ann · Town: Ostby/Name: Ann · Town: Marn",
    ),
    # Marks that are more than marks, parts within parts, tags that never end, headings in headings.
    (f'<h2>Owls<a href="#x">{"<i>a</i>" * 20}</a></h2><p>Hunt.</p>', f"Owls{'a' * 20}/Hunt."),
    (f'<p>Owls<sup><a href="#1">{"<i>1</i>" * 20}</a></sup></p>', f"Owls {'1' * 20}"),
    ("<main><article><main><p>Owls.</p></main></article></main>", "Owls."),
    ("<p>Owls</p", "Owls"),
    ("<h2>Owls<h3>Barn owls</h3><p>Hunt.</p>", "Owls/Barn owls/Hunt."),
    # A drawing within a drawing.
    ("<svg><svg></svg><text>x</text></svg><p>Owls.</p>", "Owls."),
]
# A page, its title, and the texts of its blocks.
PAGES = [
    (
        '<title>Owls – Owls</title><meta property="og:site_name" content="Owls"><p>Text.</p>',
        "Owls – Owls",
        "Text.",
    ),
    (f"<title>Owls – Site</title><article><h1>{LONG}</h1><p>Text.</p></article>", "Owls", "Text."),
    ("<h1>Owls<br>and voles</h1><p>Text.</p>", "Owls and voles", "Text."),
    ("<div><h1>Owls</h1></div><article><p>Text.</p></article>", "Owls", "Text."),
]


@pytest.mark.parametrize(("body", "read"), BODIES)
def test_what_is_read_of_a_body(body: str, read: str | list[str]) -> None:
    """What a reader of the page would call its text."""
    blocks = parse_html("a.html", Lines(f"<h1>T</h1>{body}"), 1).blocks
    texts = [block.form.shown or block.plain for block in blocks]
    assert texts == (read.split("/") if isinstance(read, str) else read)


@pytest.mark.parametrize(("page", "title", "read"), PAGES)
def test_the_title_of_a_page(page: str, title: str, read: str) -> None:
    """A heading of the article, else what the page calls itself, without the site."""
    article, _ = parse(page, "a.html")
    assert article.title == title
    assert article.sections[0].sentences[0].plain == read


def test_a_link_ends_where_it_is_ended_within_a_block() -> None:
    """The block goes on without it."""
    page = f'<h1>T</h1><div><a href="{SEE}">owls<div>eat</a> mice</a> and</div> voles.</div>'
    article, _ = parse(page, "a.html")
    linked = [
        sentence.plain[link.start : link.end]
        for sentence in article.sections[0].sentences
        for link in sentence.links
    ]
    assert linked == ["owls", "eat"]


def test_of_a_page_without_end_the_beginning_is_read() -> None:
    """Where it is cut is told."""
    page = "<h1>T</h1><p>Owls hunt.</p>" + "<b></b>" * 40_000 + "<p>Voles.</p>"
    draft = parse_html("a.html", Lines(page), 1)
    assert [block.plain for block in draft.blocks] == ["Owls hunt."]
    assert [problem.kind for problem in draft.problems] == ["page-too-large"]
