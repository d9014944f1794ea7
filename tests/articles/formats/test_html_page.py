"""Pages of HTML into blocks: what a browser shows of the article is read, once, and it is known
where it stands.
"""

import re
from collections import Counter
from itertools import count

import pytest
from growth import MOST_GROWTH, growth
from html_oracle import shown_text
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.articles.blocks import Block, Draft
from bot.articles.files import SourceFile
from bot.articles.formats.html_page import parse_html
from bot.articles.lines import Lines
from bot.articles.parser import read_article

SIZE = 1 << 14


def parse(page: str, name: str = "a.html") -> Draft:
    """Parse a page."""
    return parse_html(name, Lines(page), 1)


def plains(page: str) -> list[str]:
    """Give the texts of the blocks."""
    return [block.plain for block in parse(page).blocks]


def shown(page: str) -> list[tuple[str, str, str]]:
    """Give kind, mark and what is shown of each block."""
    blocks = parse(page).blocks
    return [(block.form.kind, block.form.mark, block.form.shown or block.plain) for block in blocks]


def told(page: str) -> list[str]:
    """Give what is told of a page."""
    return [problem.what for problem in parse(page).problems]


# --- where it stands

TAGS = (
    "p b i a div span ul ol li table tr td th tbody h1 h3 dl dt dd pre blockquote details summary section em script"
    " style textarea title svg font center br hr img figure nobr thead code small".split()
)
tags = st.builds(
    "<{}{}{}>".format,
    st.sampled_from(["", "", "/"]),
    st.sampled_from(TAGS),
    st.sampled_from(["", " a='b>c'", "/"]),
)
oddities = st.sampled_from(
    [
        "<!-- c -->",
        "<!-->",
        " &amp; ",
        " &notit; ",
        "<",
        "< ",
        "</",
        "<!x>",
        "<?y>",
        " &#65; ",
        "&",
        "-->",
        "&nbsp;",
        "\r\n",
    ]
)
marks = st.just("WORD")
soups = st.lists(marks | marks | tags | oddities, max_size=20).map("".join)


def number_words(soup: str) -> str:
    """Make each WORD one of its own."""
    numbers = count()
    first, *others = soup.split("WORD")
    return first + "".join(f" w{next(numbers)} {other}" for other in others)


@settings(deadline=None)
@given(soups.map(number_words))
@example("<svg> w1 <svg><table> w2 </table> w3")
@example("<p/ > w1 <math><style> w2 <pre> w3")
@example("<table/> w1 <td> w2 <select><tr><table/> w3")
def test_words_are_read_once_as_a_browser_shows_them(page: str) -> None:
    """Each word that html5lib gives, and no other, whatever the tags around it; a heading that is
    the title is read as that.
    """
    expected = Counter(re.findall(r"w\d+", shown_text(f"<main>{page}")))
    read = Counter(re.findall(r"w\d+", " ".join(plains(f"<main>{page}"))))
    title = Counter(re.findall(r"w\d+", parse(f"<main>{page}").title))
    assert not read - expected
    assert not expected - read - title


@settings(deadline=None)
@given(soups.map(number_words) | st.text())
@example("<table><tr><th>a<th>b<tr><td>c &amp; d<td>e</table>")
def test_each_character_stands_at_its_place(page: str) -> None:
    """What is read as it is written stands there; what a reference says, where the reference
    stands.
    """
    for block in parse(page).blocks:
        places = block.places or [
            (block.start + index, block.start + index + 1) for index in range(len(block.plain))
        ]
        assert len(places) == len(block.plain)
        assert block.start <= places[0][0]
        assert places[-1][1] <= block.end
        assert places == sorted(places)
        for character, (start, end) in zip(block.plain, places, strict=True):
            written = page[start:end]
            is_reference = written.startswith("&")
            is_between = character in " ·"
            assert character == written or is_reference or is_between


@settings(deadline=None)
@given(st.sampled_from(["a.html", "a.xhtml", "a.htm"]), soups | st.text())
def test_no_page_raises(name: str, page: str) -> None:
    """It gives an article, or holds no text; a quotation is what stands in the file."""
    article, problems = read_article(SourceFile(name, page, ""))
    assert article is not None or "no-text-on-page" in [problem.kind for problem in problems]
    for section in article.sections if article else ():
        for sentence in section.sentences:
            assert sentence.text == page[sentence.start : sentence.end]


@pytest.mark.parametrize(
    "piece",
    ["<a>", "<b></i>", "<div>", "<h1><a href=#>", "<table><td>", "<ul><li>x", "<article>x", "<header>x", "<dl><dt>x",
     "<div role=button aria-controls=a>x?", "<details><summary>x", "<p hidden>x", "<div class=note>x", "<br>", "&amp;",
     "<sup><a href=#>1", "<font><p>x", "<tr><td rowspan=65534 colspan=1000>x", "<pre>x\n", "<title>x - y</title>"],
)  # fmt: skip
def test_time_grows_with_the_length(piece: str) -> None:
    """However deep elements lie in each other, and however often none of them ends."""

    def work(size: int) -> Draft:
        return parse("<table>" * piece.startswith("<tr>") + piece * (size // len(piece)))

    assert growth(work, SIZE) < MOST_GROWTH


# --- what a page says of itself


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Refunds – Oakvale Help</title><h1>Refunds</h1>", "Refunds"),
        ("<title>Refunds – Oakvale Help</title><h1>Oakvale Help</h1><h2>Refunds</h2>", "Refunds"),
        ("<title>Oakvale | Tides</title><meta property='og:site_name' content=Oakvale>", "Tides"),
        ("<title>Ferries · Fares · Oakvale</title>", "Ferries · Fares"),
        ("<title>A</title><meta property=og:title content='Owls at night'>", "Owls at night"),
        (
            "<title>Index</title><main><h1>How <i>owls</i> hunt <a href='#x'>¶</a></h1></main>",
            "How owls hunt",
        ),
        ("<title>Salt &amp; pepper</title>", "Salt & pepper"),
        ("<title>Self-service</title>", "Self-service"),
        ("<title>ZOO : Owls</title><h1>Owls</h1>", "Owls"),
        ("<title>Owls : ZOO</title><h1><a href='/'>ZOO</a></h1>", "Owls"),
        ("<title>Oakvale Zoo - Text of owls</title>", "Text of owls"),
        ("<title>Seeds</title><center><h2>The Seed Library</h2></center>", "The Seed Library"),
        ("<svg><title>Logo</title></svg><title>Owls</title>", "Owls"),
        ("<p>Text.", ""),
    ],
)
def test_the_title_is_what_the_page_is_about(page: str, title: str) -> None:
    """Its own heading, or what it is called without the name of the site."""
    assert parse(f"{page}<p>Text.").title == title


def test_the_heading_that_is_the_title_is_no_section() -> None:
    """Other headings are, with their levels."""
    page = "<title>Owls | Zoo</title><h1>Owls</h1><p>They hunt.<h2>Food</h2><p>Mice.<h4>More</h4>Voles."
    assert [(block.level, block.plain) for block in parse(page).blocks] == [
        (0, "They hunt."), (2, "Food"), (0, "Mice."), (4, "More"), (0, "Voles."),
    ]  # fmt: skip


def test_a_page_states_author_date_language_and_address() -> None:
    """In its metas and links; addresses of profiles are no authors, and only https is kept."""
    page = (
        "<html lang=fr-CA><meta name=author content='Ada Byron'><meta name=description content='On  owls'>"
        "<meta property=article:published_time content=2031-03-14T10:00Z><meta name=keywords content='owls, mice'>"
        "<link rel='Canonical' href='https://zoo.example/owls'><p>Text."
    )
    draft = parse(page)
    assert (draft.author, draft.date, draft.language) == ("Ada Byron", "2031-03-14", "fr")
    assert draft.source == "https://zoo.example/owls"
    assert draft.keywords == ["owls, mice", "On owls"]
    unsafe = "<link rel=canonical href='javascript:x'><meta property=og:url content='http://zoo.example'>"
    assert (
        parse(
            f"{unsafe}<meta property='article:author' content='https://x.example/me'><p>Text."
        ).source
        == ""
    )


# --- blocks


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<P>One<P>Two", ["One", "Two"]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("one<br>two<br><br>three", ["one two", "three"]),
        ("<center><font size=4>Big</font> small</center>", ["Big small"]),
        ("<b>bo</b>ld &mdash; caf&eacute;&nbsp;1&#8239;&euro;", ["bold — café 1 €"]),
        ("Donau&shy;dampf wo<wbr>rd", ["Donaudampf word"]),
        ("<blockquote>Said.<footer>Ada</footer></blockquote><hr>Then.", ["Said.", "Ada", "Then."]),
        ("<figure><img alt=x src=y><figcaption>An owl.</figcaption></figure>", ["An owl."]),
        ("<address>Hall<br>Oakvale</address>", ["Hall Oakvale"]),
        ("H<sub>2</sub>O x<sup>2</sup> said<sup><a href='#n1'>[1]</a></sup>.", ["H2O x2 said."]),
        ("<![if !supportLists]>shown<![endif]><!--[if mso]>not<![endif]-->", ["shown"]),
        ("<span lang=EN-US>Ev</span><span>ery</span><o:p></o:p> word", ["Every word"]),
    ],
)
def test_a_block_is_what_is_shown_in_one_piece(page: str, texts: list[str]) -> None:
    """Paragraphs end where a browser ends them; a line break is a blank, two of them end one."""
    assert plains(page) == texts


def test_lists_have_the_marks_that_they_are_shown_with() -> None:
    """Nested, numbered from where they begin, and closed or not."""
    page = "<ol start=3><li>c<li value=7>g<ul><li>in<p>more</ul><li>h</ol>"
    page += "<ol type=a><li>x</ol>"
    page += "<ol reversed start=2><li>y<li>z</ol>"
    assert shown(page) == [
        ("item", "3. ", "c"), ("item", "7. ", "g"), ("item", "  • ", "in"), ("item", "    ", "more"),
        ("item", "8. ", "h"),
        ("item", "a. ", "x"), ("item", "2. ", "y"), ("item", "1. ", "z"),
    ]  # fmt: skip


def test_units_in_one_line_stay_apart() -> None:
    """A page that was squeezed into one line has as many groups as lists."""
    page = "<ul><li>a<li>b</ul><ul><li>c</ul><dl><dt>d<dd>e<dt>f<dd>g</dl><details><summary>h</summary>i</details>"
    groups = [block.form.group for block in parse(page).blocks]
    assert [groups.count(group) for group in dict.fromkeys(groups)] == [2, 1, 2, 2, 2]


def test_items_of_word_processors_are_items() -> None:
    """Their marks are not text."""
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level{0}'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>"
        "{1}<span>&nbsp;&nbsp; </span></span><![endif]>{2}</p>"
    )
    page = item.format(1, "1.", "First") + item.format(2, "·", "Inner") + "<p>After"
    assert shown(page) == [
        ("item", "1. ", "First"),
        ("item", "  • ", "Inner"),
        ("paragraph", "", "After"),
    ]


TABLE = "<table><caption>Prices</caption><tr><th>Item<th>Cost{}</table>"


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (TABLE.format("<tr><td>Plate<td>15"), ["Prices", "Item: Plate · Cost: 15"]),
        (
            TABLE.format("<tr><td rowspan=2>Mail<td>7<tr><td>8"),
            ["Prices", "Item: Mail · Cost: 7", "Item: Mail · Cost: 8"],
        ),
        (
            TABLE.format("<tr><td colspan=2>Soon<tr><td>a<td>b"),
            ["Prices", "Soon", "Item: a · Cost: b"],
        ),
        (
            "<table><tr><th>Open<td>9 to 5<tr><th>Closed<td>Sunday</table>",
            ["Open: 9 to 5", "Closed: Sunday"],
        ),
        ("<table><tr><td><b>A</b><td><b>B</b><tr><td>1<td>2</table>", ["A: 1 · B: 2"]),
        (
            "<table><thead><tr><td>A<td>B<tbody><tr><td><p>1</p><p>x</p><td>2</table>",
            ["A: 1 x · B: 2"],
        ),
        (
            "<table><tr><th rowspan=2>Who<th colspan=2>Cost<tr><th>Day<th>Week<tr><td>Ada<td>1<td>5</table>",
            ["Who: Ada · Cost Day: 1 · Cost Week: 5"],
        ),
    ],
)
def test_a_row_is_shown_under_its_columns(table: str, rows: list[str]) -> None:
    """A cell over several rows is shown in each of them."""
    assert [text for _, _, text in shown(table)] == rows


def test_a_cell_over_several_rows_is_read_once() -> None:
    """And the header once, with the first row."""
    assert plains(TABLE.format("<tr><td rowspan=2>Mail<td>7<tr><td>8")) == [
        "Prices",
        "Item · Cost · Mail · 7",
        "8",
    ]


def test_a_table_that_arranges_a_page_is_no_table() -> None:
    """What lies in it is read as if it were not there."""
    page = "<table><tr><td><h2>Owls</h2><p>Hunt.<td><table><tr><th>A<th>B<tr><td>1<td>2</table></table>"
    assert [(block.level, block.form.shown or block.plain) for block in parse(page).blocks] == [
        (2, "Owls"), (0, "Hunt."), (0, "A: 1 · B: 2"),
    ]  # fmt: skip


def test_code_is_read_line_by_line() -> None:
    """With its indentation where it is shown, whatever colours it."""
    page = "<pre><code><span>if</span> a &lt; b:\n\n    <i>go</i>()<br>end</code></pre>"
    assert shown(page) == [("code", "", "if a < b:"), ("code", "", "    go()"), ("code", "", "end")]


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        (
            "<details><summary>How?</summary><p>So.</details><p>x",
            ["title", "paragraph", "paragraph"],
        ),
        ("<dl><dt>How?<dd>So.</dl>", ["title", "paragraph"]),
        ("<button aria-controls=a>How?</button><div id=a hidden>So.</div>", ["title", "paragraph"]),
        (
            "<main><aside class=note><p class=note-title>How</p>So.</aside></main>",
            ["title", "paragraph"],
        ),
        (
            "<div class='admonition tip'><p class=admonition-title>How</p><ul><li>So.</ul></div>",
            ["title", "item"],
        ),
    ],
)
def test_titles_belong_to_what_follows(page: str, kinds: list[str]) -> None:
    """Of collapsed parts, terms and notes; a button is one if it asks."""
    assert [block.form.kind for block in parse(page).blocks] == kinds


def test_links_are_kept_where_they_lead_anywhere() -> None:
    """By http and https, in full; also over a tag that is nested wrongly."""
    page = (
        "<p>See <a href='https://a.example/x?y=1&amp;z=2'>the <b>law</b></a> or <a href=/b>b</a>."
    )
    page += " <a href='javascript:c'>c</a>."
    block: Block = parse(page).blocks[0]
    assert [(block.plain[link.start : link.end], link.address) for link in block.links] == [
        ("the law", "https://a.example/x?y=1&z=2")
    ]


# --- what is left out


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("<nav><a href=/>Home page</a></nav>", "navigation: 1 part, 2 words left out"),
        (
            "<ul class='main-menu'><li><a href=/>Home</a><li><a href=/b>Buy</a></ul>",
            "navigation: 1 part, 2 words left out",
        ),
        ("<div role=navigation>Home</div><nav>Buy</nav>", "navigation: 2 parts, 2 words left out"),
        ("<header>Zoo</header>", "the page's header: 1 part, 1 word left out"),
        ("<footer>© Zoo</footer>", "the page's footer: 1 part, 2 words left out"),
        ("<aside>Read this too</aside>", "beside the article: 1 part, 3 words left out"),
        (
            "<select><option>Monday</select><button>Send</button>",
            "forms and buttons: 2 parts, 2 words left out",
        ),
        (
            "<div id=cookieConsent>We bake. <button>Fine</button></div>",
            "notices and dialogs: 1 part, 3 words left out",
        ),
        (
            "<div class=social-share>Share: <a href=x>By post</a></div>",
            "links to share the page: 1 part, 3 words left out",
        ),
        ("<p hidden>No</p><p style='display: none'>no</p>", "hidden: 2 parts, 2 words left out"),
        (
            "<span aria-hidden=true>no</span><b class=sr-only>no</b>",
            "hidden: 2 parts, 2 words left out",
        ),
        (
            "<script>a b</script><style>c</style><template>d</template>",
            "scripts and styles: 3 parts, 4 words left out",
        ),
        (
            "<form>Was it of use? <button>Yes</button></form>",
            "forms and buttons: 1 part, 5 words left out",
        ),
        ("<noscript>Turn it on</noscript>", "scripts and styles: 1 part, 3 words left out"),
        ("<svg><text>12</text></svg>", "drawings and media: 1 part, 1 word left out"),
    ],
)
def test_what_is_no_article_is_left_out_and_told(part: str, what: str) -> None:
    """One note a kind, with a count."""
    page = f"<p>Before.</p>{part}<p>After.</p>"
    assert plains(page) == ["Before.", "After."]
    assert told(page) == [what]


@pytest.mark.parametrize(
    "page",
    [
        "<p>no</p><main><p>Yes.</main><p>no",
        "<p>no</p><article><p>Yes.</article>",
        "<div role=main>Yes.</div>no",
        "<main></main><article>Yes.</article>no",
        "<div class='nav-wrapper'><main>Yes.</main></div>no",
    ],
)
def test_the_article_alone_is_read(page: str) -> None:
    """Where a page says which part it is; the rest is told."""
    assert plains(page) == ["Yes."]
    assert any(what.startswith("around the article: ") for what in told(page)) or page.startswith(
        "<p>no</p><article>"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<section id=cookies><h2>x</h2>Cookies are baked for ten minutes.</section>",
        "<div class=menu>Soup costs two coins today.</div>",
        "<section id=navigation>Steer by the stars.</section>",
        "<article><header>Soon.</header><footer>Late.</footer></article>",
        "<form><p>All of this page lies in a form.</p></form>",
        "<h2 class=share>Share</h2>",
        "<p hidden=until-found>Found.</p>",
    ],
)
def test_words_of_a_class_alone_leave_nothing_out(page: str) -> None:
    """An article about cookies, menus or sharing is one."""
    assert " ".join(plains(page)).split() == shown_text(page).split()


def test_a_page_of_scripts_says_so() -> None:
    """And how to save what it shows."""
    article, problems = read_article(
        SourceFile("a.html", "<title>App</title><div id=app></div><script>run()</script>", "")
    )
    assert article is None
    error = problems[-1]
    assert (error.what, error.hint) == (
        "holds no text",
        "scripts are not run: save the page as the browser shows it",
    )


def test_xml_ends_elements_by_a_slash() -> None:
    """In HTML it does not."""
    page = "<script src='a.js'/><p>Text &amp; <![CDATA[<b>]]></p>"
    assert [block.plain for block in parse(page, "a.xhtml").blocks] == ["Text & <b>"]
    assert parse(page, "a.html").blocks == []
