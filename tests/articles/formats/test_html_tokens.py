"""HTML into tokens: they cover the text, and a browser would cut it in the same places."""

import pytest
from growth import MOST_GROWTH, growth
from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles.formats.html_references import decode_attribute, read_reference
from bot.articles.formats.html_tokens import HtmlToken, tokenize

SIZE = 1 << 16
PIECES = [
    "<", ">", "</", "/>", "<p", "<p>", "</p>", "<!--", "-->", "--!>", "<!", "<?", "&", "&amp;", "&#", "&#x", ";", '"',
    "'", "=", " ", "\n", "a", "<a href=", "<script>", "</script", "</script>", "<svg>", "</svg>", "<title>", "<br/>",
    "<![CDATA[", "]]>", "<textarea>", "\ufeff", "<plaintext>", "é", "<math><mi>",
]  # fmt: skip
markup = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20).map("".join)


def cut(source: str) -> list[tuple[str, str]]:
    """Give kind and text of each token; of a tag its name."""
    return [
        (token.kind, token.name or source[token.start : token.end]) for token in tokenize(source)
    ]


@given(source=markup, is_xml=st.booleans())
@example(source="<", is_xml=False)
@example(source="</", is_xml=False)
@example(source="<p", is_xml=False)
@example(source="<svg/><![CDATA[", is_xml=True)
def test_tokens_cover_the_text(*, source: str, is_xml: bool) -> None:
    """Whatever it holds: each begins where the one before ends, but for end tags that nobody
    wrote.
    """
    position = 0
    for token in tokenize(source, is_xml=is_xml):
        assert token.start == position
        assert token.end >= token.start
        position = token.end
    assert position == len(source)


@pytest.mark.parametrize(
    ("source", "tokens"),
    [
        ("a < b <3 </ c", [("text", "a < b <3 "), ("comment", "</ c")]),
        ("</", [("text", "</")]),
        ("<P>x</P >", [("start", "p"), ("text", "x"), ("end", "p")]),
        ("<!-->x", [("comment", "<!-->"), ("text", "x")]),
        ("<!--->x", [("comment", "<!--->"), ("text", "x")]),
        ("<!--a--!>x", [("comment", "<!--a--!>"), ("text", "x")]),
        ("<!--!>x-->y", [("comment", "<!--!>x-->"), ("text", "y")]),
        (
            "<![if !x]>y<![endif]>",
            [("comment", "<![if !x]>"), ("text", "y"), ("comment", "<![endif]>")],
        ),
        ("<!DOCTYPE html>x", [("comment", "<!DOCTYPE html>"), ("text", "x")]),
        (
            "x<p title='never closed>y</p>",
            [("text", "x"), ("comment", "<p title='never closed>y</p>")],
        ),
        ("<title><b>x</title>", [("start", "title"), ("text", "<b>x"), ("end", "title")]),
        (
            "<script>a</scripty></SCRIPT>",
            [("start", "script"), ("text", "a</scripty>"), ("end", "script")],
        ),
        (
            "<script><!--<script></script>--></script>x",
            [
                ("start", "script"),
                ("text", "<!--<script></script>-->"),
                ("end", "script"),
                ("text", "x"),
            ],
        ),
        ("<svg><title><p>", [("start", "svg"), ("start", "title"), ("start", "p")]),
        ("<svg><g><p>", [("start", "svg"), ("start", "g"), ("end", "svg"), ("start", "p")]),
        (
            "<svg><![CDATA[<x>]]>",
            [("start", "svg"), ("comment", "<![CDATA["), ("text", "<x>"), ("comment", "]]>")],
        ),
        ("<plaintext></plaintext>", [("start", "plaintext"), ("text", "</plaintext>")]),
    ],
)
def test_a_text_is_cut_as_in_a_browser(source: str, tokens: list[tuple[str, str]]) -> None:
    """What is no tag there is none here; what is not shown there is a comment."""
    assert cut(source) == tokens


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("<a b=c d='e f' G=\"h\">", {"b": "c", "d": "e f", "g": "h"}),
        ("<a b = c/d>", {"b": "c/d"}),
        ("<a b=1 B=2>", {"b": "1"}),
        ("<a =b>", {"=b": ""}),
        ("<a b='>'>", {"b": ">"}),
        ("<a/b/c=>", {"b": "", "c": ""}),
        ("<a b='&lt;&quot;'>", {"b": '<"'}),
        ("<a b='?x=1&copy=2&copy;&copy'>", {"b": "?x=1&copy=2©©"}),
    ],
)
def test_attributes_are_read(tag: str, attributes: dict[str, str]) -> None:
    """With or without quotation marks; the first of a name counts."""
    token, *_ = tokenize(tag)
    assert (token.kind, token.end, dict(token.attributes)) == ("start", len(tag), attributes)


@pytest.mark.parametrize(
    ("written", "text", "length"),
    [
        ("&amp;", "&", 5), ("&ampx", "&", 4), ("&notit;", "¬", 4), ("&notin;", "∉", 7), ("&#65;", "A", 5),
        ("&#x41", "A", 5), ("&#x80;", "€", 6), ("&#0;", "\ufffd", 4), ("&#xD800;", "\ufffd", 8),
        ("&#" + "9" * 5000 + ";", "\ufffd", 5003), ("&#" + "0" * 5000 + "65;", "A", 5005), ("&fjlig;", "fj", 7),
    ],
)  # fmt: skip
def test_references_are_decoded(written: str, text: str, length: int) -> None:
    """Named and numeric ones; of a name the longest beginning that is one."""
    reference = read_reference(written, 0, len(written))
    assert reference is not None
    assert (reference.text, reference.end) == (text, length)


@pytest.mark.parametrize("written", ["&", "& amp;", "&x;", "&#;", "&#x;", "&#xg;", "&;"])
def test_what_is_no_reference_is_none(written: str) -> None:
    """An ampersand is text."""
    assert read_reference(written, 0, len(written)) is None
    assert decode_attribute(written) == written


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<!-- -", "&", "&#1", "&amp", '<a b="', "<a b='c' ", "<a ", "a=", "</", "<script>", "<script><!--",
     "<title>", "<svg>", "<svg></svg>", "<![CDATA[", "<?", " ", "<p>", "</p"],
)  # fmt: skip
def test_time_grows_with_the_length(piece: str) -> None:
    """Whatever is repeated, also inside a tag."""

    def work(size: int) -> list[HtmlToken]:
        return list(tokenize("<x " + piece * (size // len(piece))))

    def work_in_text(size: int) -> list[HtmlToken]:
        return list(tokenize(piece * (size // len(piece))))

    assert growth(work, SIZE) < MOST_GROWTH
    assert growth(work_in_text, SIZE) < MOST_GROWTH
