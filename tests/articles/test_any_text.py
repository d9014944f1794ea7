"""Whatever a file holds, understanding it ends with an article or an error, and never with an
exception.

Here nothing is contained: what is called is what the containment calls, so that no fault hides
behind it.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.articles.addresses import split_address
from bot.articles.files import SourceFile
from bot.articles.parser import read_article
from bot.articles.problems import keep_gravest
from bot.search.analysis.synonyms import read_groups

# Each of these was refused by a parser of addresses, or is near one that was.
ADDRESSES = [
    "http://[host:port]/", "http://[", "http://]", "http://[::1", "http://[::1]:x/",
    "http://a:99999/", "http://a:٣/", "//[v1.x]", "http://[v.]", "http://[::1%25eth0]/",
    "http://a℀b/", "http://ａ．ｂ/", "http://@", "http://:", "http://%", "javascript:x", "mailto:",
    "?", "#", "http://a..b", "\\\\[", "ftp://[x]y/", "http://xn--/", "http://\u2100.example/",
    "data:image/png;base64,[", "http://user:pass@[::1]]/", "https://" + "a" * 300 + ".example",
    "http://a b/",
]  # fmt: skip
SPANS = [
    "word", "A sentence. Another!", "a.example", "www.a.example", "https://a.example/x", "*",
    "**", "_", "`", "``", "~", "[", "]", "(", ")", "![", "<", ">", "\\", "&nbsp;", "&#0;",
    "&#x110000;", "|", "\\|", "[^1]", "[^1]: note", "'", '"', "<b>", "</b>", "<!--", "-->",
    "<![CDATA[", "<?", "<a href='http://[x]'>", "\t", "\u00a0", "\u3000", "\x0c", "\x1c",
    "\u2028", "\x85", "\ufeff", "\u200b", "\u202e", "\U000e0041", "&#xD800;", "e\u0301", "ﬁ",
    "²", "٣", "𝟛", "👩‍🚒", "2026-02-30", "٢٠٢٦-٠١-٠١", "31 Feb 2026", "By Ada", "5 min read",
    "Monday", "at 5:30 pm", "From: a@b.example", "Title: x", "Date: 2026-13-01", "…", "“", "”",
    "“Said.”", "1.", "2)", "IV.", "a" * 300,
]  # fmt: skip
BEGINS = [
    "", "", "# ", "## ", "###### ", "####### ", "#", "- ", "* ", "+ ", "1. ", "01) ",
    "999999999. ", "10000000000. ", "> ", ">> ", "    ", "  ", "\t", "```", "````", "~~~", "| ",
    "|-|-|", "|:-:|", "---", "===", "***", "<div>", "<pre>", "[a]: ", "[^1]: ", "• ", "– ",
    "\\", "+++", "...", "- [ ] ",
]  # fmt: skip
KEYS = ["title", "author", "date", "source", "language", "mood", "<<", "", "? a", "- a", "title"]
VALUES = [
    "x", "no", "010", "12:30", "2026-11-22", "2026-02-30", "２０２６-01-01", "0000-01-01",
    "9999-12-31T25:00", "en", "xx", "EN", "[a, b]", "[a, [b]]", "{a: b}", "[", "]", "{", '"',
    "'", '"\\ud800"', '"\\x"', '"\\U00110000"', "*a", "&a b", "!!int 3", "|", ">", "|9", "%",
    "@", "`", "\t", "", "~", "\u2028", "\x85", "\x07", "- - -", "? ?",
]  # fmt: skip

addresses = st.sampled_from(ADDRESSES) | st.text(max_size=12).map(lambda text: f"http://{text}/")
links = st.builds("[{}]({})".format, st.sampled_from(SPANS), addresses) | st.builds(
    "{}{}{}".format,
    st.sampled_from(["<", "![x](", "[a]: ", "[www.a.example](<", '[a.example]("']),
    addresses,
    st.just(">)"),
)
spans = st.sampled_from(SPANS) | links | addresses | st.text(max_size=6)
lines = st.builds(
    lambda begins, parts, between: "".join(begins) + between.join(parts),
    st.lists(st.sampled_from(BEGINS), max_size=4),
    st.lists(spans, max_size=6),
    st.sampled_from(["", " ", " | ", "  ", ". "]),
)
rows = st.lists(
    st.lists(spans, max_size=4).map(lambda cells: f"|{'|'.join(cells)}|"), min_size=1, max_size=3
)
tables = rows.map(lambda found: "\n".join([found[0], "|" + "-|" * found[0].count("|"), *found[1:]]))
newlines = st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r", "\n\n\n", "\u2028"])
bodies = st.lists(st.tuples(lines | tables, newlines).map("".join), max_size=12).map("".join)
entries = st.builds(
    "{}{}{}".format,
    st.sampled_from(KEYS),
    st.sampled_from([": ", ":", " : ", ""]),
    st.sampled_from(VALUES) | addresses,
)
headers = st.builds(
    "{0}{1}\n{2}\n{3}\n".format,
    st.sampled_from(["", "", "\ufeff"]),
    st.sampled_from(["---", "---", "--- ", "+++"]),
    st.lists(entries, max_size=5).map("\n".join),
    st.sampled_from(["---", "---", "...", "+++", ""]),
)
texts = st.builds("{}{}".format, st.just("") | headers, bodies)


@settings(deadline=None)
@given(st.sampled_from(["a.md", "a.txt", "a.html", "a.vtt"]), texts)
@example("a.md", "# Setup\n\nSee [the page](http://[host:port]/).\n")
@example("a.md", "See [a.example](http://[).\n")
@example("a.md", "---\ntitle: T\nsource: http://[x]/\n---\nText.\n")
def test_no_text_raises(name: str, text: str) -> None:
    """Links, headers, tables, lists, code, HTML and pieces of all of these, in any format of
    texts.
    """
    article, problems = read_article(SourceFile(name, text, ""))
    errors = [
        problem.kind
        for problem in problems
        if problem.severity == "error" or problem.kind == "no-text"
    ]
    assert article is not None or len(errors) == 1
    assert len(keep_gravest(problems)) <= 101
    for sentence in (
        sentence
        for section in (article.sections if article else ())
        for sentence in section.sentences
    ):
        assert sentence.text == text[sentence.start : sentence.end]


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            "{}{}{}".format,
            st.sampled_from(
                [
                    "same: |\n",
                    "close:\n",
                    "kinds: ",
                    "forms: |2\n",
                    "  ",
                    "  - ",
                    "x: ",
                    "  # ",
                    "",
                    "? ",
                ]
            ),
            st.lists(spans, max_size=4).map(", ".join),
            newlines,
        ),
        max_size=8,
    ).map("".join)
)
def test_no_thesaurus_raises(text: str) -> None:
    """What is no group is a fault, with a line and a hint."""
    groups, faults = read_groups(text)
    assert all(len(group.words) > 1 for group in groups)
    assert all(fault.line >= 1 and fault.what for fault in faults)


@given(addresses | st.text())
@example("http://[host:port]/")
@example("http://a:x/")
def test_no_address_raises(address: str) -> None:
    """An address that can't be taken apart is none; what is given can be asked for each of its
    parts.
    """
    parts = split_address(address)
    if parts is not None:
        assert parts.geturl() is not None
        assert parts.port is None or 0 <= parts.port < 65_536


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "link",
    ["[the page]({})", "[a.example]({})", "[a.example](<{}>)", "<{}>", "![x]({})", "[x]: {}"],
)
def test_a_link_to_anywhere_leaves_its_text(link: str, address: str) -> None:
    """Wherever a link leads, what stands around it is read."""
    article, _ = read_article(
        SourceFile("a.md", f"# T\n\nBefore it. {link.format(address)} After it.\n", "")
    )
    assert article is not None
    plain = " ".join(
        sentence.plain for section in article.sections for sentence in section.sentences
    )
    assert plain.startswith("Before it.")
