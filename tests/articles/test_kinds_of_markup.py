"""Laws of what people's articles are written in, one or two for each kind of markup (``kinds.yaml``).

Articles are put together from parts whose words are known; what is read is compared with them.
"""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.files import SourceFile
from bot.articles.model import Article, Section, Sentence
from bot.articles.parser import read_article

NOUNS = "ferry harbour lantern rope orchard beehive library windmill kettle".split()
# Where a word goes in a template.
PLACE = "§"
nouns = st.sampled_from(NOUNS)
sentences = st.builds("The {} stands beside the {}.".format, nouns, nouns)
labels = st.lists(nouns, min_size=1, max_size=4).map(" ".join)
newlines = st.sampled_from(["\n", "\r\n"])


def article_of(text: str, name: str = "page.md") -> Article:
    """Read an article."""
    article, _ = read_article(SourceFile(name, text, ""))
    assert article is not None
    return article


def sentences_of(article: Article) -> list[Sentence]:
    """Give the sentences of an article."""
    return [sentence for section in article.sections for sentence in section.sentences]


def words_of(text: str) -> list[str]:
    """Give the words of a text."""
    return re.findall(r"\w+", text)


def read_words(article: Article) -> list[str]:
    """Give all words that are read below the title, headings among them."""
    words: list[str] = []
    for section in article.sections:
        words += words_of(section.heading)
        for sentence in section.sentences:
            words += words_of(sentence.plain)
    return words


def fill(templates: list[str]) -> tuple[str, list[str]]:
    """Put numbered words into the places of templates; give the text, and the words."""
    text, *others = "".join(templates).split(PLACE)
    words = [f"word{at}" for at in range(len(others))]
    for word, other in zip(words, others, strict=True):
        text += word + other
    return text, words


# What a page shows of HTML, and what it does not; each with places for words.
HTML = [
    "<details>\n<summary>§</summary>\n\n§\n\n</details>\n\n",
    "<details><summary>§</summary><p>§</p></details>\n\n",
    "<p>§ <b>§</b></p>\n\n",
    "<table><tr><th>§</th></tr><tr><td>§</td></tr></table>\n\n",
    "<ul>\n<li>§</li>\n<li>§</li>\n</ul>\n\n",
    "<div align='center'>\n\n§<br>§\n\n</div>\n\n",
    "<p>§ <!-- hidden --> §</p>\n\n",
    "<script>let hidden = 1;</script>\n\n<p>§</p>\n\n",
    "<style>\n.hidden { color: red }\n</style>\n\n<p>§</p>\n\n",
    "<dl><dt>§</dt><dd>§</dd></dl>\n\n",
    "<p>§&nbsp;§ &amp; §</p>\n\n",
]
# A web page's own aside is beside its article; in Markdown it was put there by its author.
IN_MARKDOWN = ["<aside>\n§\n</aside>\n\n", "§ <kbd>§</kbd> §\n\n", "> <p>§\n> §</p>\n\n"]


@given(st.lists(st.sampled_from([*HTML, *IN_MARKDOWN]), min_size=1, max_size=6), newlines)
def test_html_in_markdown_is_read_as_it_is_shown(templates: list[str], newline: str) -> None:
    """Every word that a page shows is read, once and in its order; no script, style or comment."""
    text, words = fill(templates)
    article = article_of(f"# Title\n\n{text}".replace("\n", newline))
    assert read_words(article) == words


@given(st.lists(st.sampled_from(HTML), min_size=1, max_size=6), newlines)
def test_a_web_page_is_read_as_it_is_shown(templates: list[str], newline: str) -> None:
    """As in Markdown."""
    text, words = fill(templates)
    page = f"<!doctype html>\n<title>Title</title>\n<main><h1>Title</h1>\n{text}</main>\n"
    article = article_of(page.replace("\n", newline), "page.html")
    assert read_words(article) == words


# Marks around words that are read.
MARKED = [
    "§", "**§**", "*§*", "==§==", "~~§~~", "[[§]]", "[[page|§]]", "[[page#part|§]]",
    "[§](https://a.example)", "[§][1]", "§[^1]", "<mark>§</mark>", "![[hidden.png]] §",
    "%%hidden%% §", "{{< hidden >}} §", "{% hidden %} §", "{{ hidden.name }} §",
    "§ :tada:", "§{.hidden}", "`§`", "<Badge>§</Badge>", "{/* hidden */} §",
]  # fmt: skip
BLOCKS = [
    "§\n\n", "> §\n\n", "- §\n\n", "- [ ] §\n\n", "- [x] §\n\n", "1. §\n\n", "§ ^block1\n\n",
    "## § {#hidden}\n\nText.\n\n", "§\n{: .hidden}\n\n", "import Hidden from 'hidden'\n\n§\n\n",
    "export const hidden = 1\n\n§\n\n", "<Hidden />\n\n§\n\n",
]  # fmt: skip
MARKS = re.compile(
    r"\[\[|\]\]|\]\(|\]\[|\*\*|==|~~|%%|\{\{|\}\}|\{%|%\}|\{[#.:]|\^|</?[a-z]|:tada:|^- |\[[ x]\]"
    r"|^>|^#|^import|^export",
    re.MULTILINE | re.IGNORECASE,
)


@given(
    st.lists(
        st.tuples(st.sampled_from(BLOCKS), st.lists(st.sampled_from(MARKED), min_size=1)),
        min_size=1,
        max_size=6,
    ),
    newlines,
)
def test_no_mark_is_read_with_the_words(parts: list[tuple[str, list[str]]], newline: str) -> None:
    """Whatever words are marked with, they alone are read; nothing that no reader sees."""
    templates = [block.replace(PLACE, " ".join(inner)) for block, inner in parts]
    text, words = fill(templates)
    text = f"# Title\n\n{text}\n[1]: https://a.example\n\n[^1]: Text.\n"
    article = article_of(text.replace("\n", newline), "page.mdx")
    read = [word for word in read_words(article) if word != "Text"]
    assert read == words
    shown = "\n".join(sentence.plain for sentence in sentences_of(article))
    assert MARKS.search(shown) is None


ADMONITIONS = [
    ":::caution[{title}]\n{body}\n:::\n",
    "::: caution {title}\n\n{body}\n\n:::\n",
    '!!! caution "{title}"\n\n    {body}\n',
    '??? caution "{title}"\n    {body}\n',
    "> [!CAUTION] {title}\n> {body}\n",
    "> [!caution]- {title}\n>\n> {body}\n",
    '{{% hint style="caution" title="{title}" %}}\n{body}\n{{% endhint %}}\n',
    '<Aside title="{title}">\n{body}\n</Aside>\n',
]


@given(st.sampled_from(ADMONITIONS), labels, st.lists(sentences, min_size=1, max_size=3), newlines)
def test_an_admonitions_title_is_quoted_with_its_body(
    template: str, title: str, said: list[str], newline: str
) -> None:
    """They are one passage; the mark and the type's word are nowhere."""
    text = f"# Page\n\nAbove.\n\n{template.format(title=title, body=' '.join(said))}\nBelow.\n"
    article = article_of(text.replace("\n", newline), "page.mdx")
    read = [sentence.plain for sentence in sentences_of(article)]
    assert read == ["Above.", title, *said, "Below."]
    inside = {
        number
        for number, passage in enumerate(article.sections[0].passages)
        for sentence in passage.sentences
        if sentence.plain in (title, *said)
    }
    assert len(inside) == 1


def number(items: list[str]) -> list[str]:
    """Write items as steps."""
    return [f"{at}. {item}" for at, item in enumerate(items, 1)]


@given(
    st.lists(labels, min_size=2, max_size=29),
    st.sampled_from(["bullets", "steps", "boxes", "code"]),
    st.sampled_from(["md", "txt"]),
    newlines,
)
def test_what_belongs_together_is_one_passage(
    items: list[str], kind: str, ending: str, newline: str
) -> None:
    """A list, steps, boxes to tick or code with the sentence that announces them, while they fit
    on a card.
    """
    lines = {
        "bullets": [f"- {item}" for item in items],
        "steps": number(items),
        "boxes": [f"- [ ] {item}" for item in items] if ending == "md" else number(items),
        "code": ["```", *items, "```"] if ending == "md" else [f"* {item}" for item in items],
    }[kind]
    body = "\n".join(lines)
    text = f"# Page\n\nLong ago it was built.\n\nBring these:\n\n{body}\n\nThen go home.\n"
    article = article_of(text.replace("\n", newline), f"page.{ending}")
    (passage,) = [
        passage
        for section in article.sections
        for passage in section.passages
        if "Bring these:" in passage.plain
    ]
    read = [re.sub(r"^\d+\. ", "", sentence.plain) for sentence in passage.sentences]
    begin = read.index("Bring these:") + 1
    assert read[begin : begin + len(items)] == items


@given(
    st.lists(nouns, min_size=2, max_size=4, unique=True),
    st.data(),
    st.sampled_from(["bars", "outer bars", "html"]),
)
def test_each_row_names_the_columns_of_its_cells(
    heads: list[str], data: st.DataObject, form: str
) -> None:
    """The first row as all others; it is found by these names, and the head is no row."""
    cells = st.lists(labels, min_size=len(heads), max_size=len(heads))
    rows = data.draw(st.lists(cells, min_size=1, max_size=5))
    if form == "html":
        table = "".join(f"<th>{head}</th>" for head in heads)
        table = f"<table>\n<tr>{table}</tr>\n"
        table += "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows
        )
        table += "</table>\n"
    else:
        edge = "| " if form == "outer bars" else ""
        written = [heads, ["---"] * len(heads), *rows]
        table = "".join(f"{edge}{' | '.join(row)} {edge.strip()}\n" for row in written)
    article = article_of(f"# Page\n\nText.\n\n{table}\n")
    found = [one.indexed for one in sentences_of(article) if one.form.kind == "row"]
    assert found == [
        " · ".join(f"{head}: {cell}" for head, cell in zip(heads, row, strict=True)) for row in rows
    ]


QUESTIONS = [
    "{}", "**{}**", "Q: {}", "**Q: {}**", "Q. {}", "*{}*", "Question: {}", "### {}", "Q1: {}",
    "__{}__", "<p>{}</p>",
]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(QUESTIONS), nouns, st.sampled_from(["", "A: ", "Answer: "])),
        min_size=1,
        max_size=5,
        unique_by=lambda part: part[1],
    ),
    newlines,
)
def test_a_question_stands_above_its_answer(
    parts: list[tuple[str, str, str]], newline: str
) -> None:
    """However it is marked, it is the heading of what answers it; no label is read."""
    text = "# Page\n\nText.\n\n"
    for mark, noun, label in parts:
        text += f"{mark.format(f'Where is the {noun}?')}\n\n{label}Behind the {noun}.\n\n"
    article = article_of(text.replace("\n", newline))
    found = {section.heading: read_section(section) for section in article.sections[1:]}
    assert found == {f"Where is the {noun}?": [f"Behind the {noun}."] for _, noun, _ in parts}


def read_section(section: Section) -> list[str]:
    """Give how the sentences of a section read."""
    return [sentence.plain for sentence in section.sentences]


BREAKS = [
    "<br>",
    "<br/>",
    "<br />",
    "<BR>",
    "<br\n/>",
    "<br class='x'>",
    "<br clear=all />",
    "</br>",
]


@given(
    st.lists(nouns, min_size=2, max_size=6),
    st.data(),
    st.sampled_from(["{}\n", "- {}\n", "> {}\n", "| a |\n|---|\n| {} |\n", "## {}\n\nText.\n"]),
)
def test_a_line_break_parts_words(words: list[str], data: st.DataObject, block: str) -> None:
    """In a paragraph, a list, a quotation, a cell and a heading, however it is spelt."""
    spellings = BREAKS if block == "{}\n" else [one for one in BREAKS if "\n" not in one]
    text = words[0]
    for word in words[1:]:
        text += data.draw(st.sampled_from(spellings)) + word
    read = read_words(article_of(f"# Page\n\n{block.format(text)}"))
    assert [word for word in read if word not in ("a", "Text")] == words


LINKED = [
    ("[{}](https://a.example/x)", "https://a.example/x"),
    ("[{}](<https://a.example/x y>)", "https://a.example/x y"),
    ('[{}](https://a.example/x "a title")', "https://a.example/x"),
    ("[**{}**](https://a.example/x)", "https://a.example/x"),
    ("[{}][1]", "https://b.example"),
    ("<a href='https://a.example/x'>{}</a>", "https://a.example/x"),
]
DEAD = [
    "[{}](other.md)",
    "[{}](#part)",
    "[{}](mailto:a@b.example)",
    "[[{}]]",
    "{} <@12>",
    "{} <@&3>",
]


@given(
    st.lists(
        st.tuples(st.sampled_from([*LINKED, *((mark, "") for mark in DEAD)]), labels),
        min_size=1,
        max_size=6,
    )
)
def test_links_keep_their_words_and_their_addresses(
    parts: list[tuple[tuple[str, str], str]],
) -> None:
    """Those that lead into the web, in order; other pages, mail, users and roles are no links."""
    paragraphs = [f"See {mark.format(words)} now." for (mark, _), words in parts]
    text = "# Page\n\n" + "\n\n".join(paragraphs) + "\n\n[1]: https://b.example\n"
    found = [
        (sentence.plain[link.start : link.end], link.address)
        for sentence in sentences_of(article_of(text))
        for link in sentence.links
    ]
    assert found == [(words, address) for (_, address), words in parts if address]
