"""Inline Markdown: what it reads like, and where that stands."""

import pytest
from parsed import markdown_sentences


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("*One* **two** ***three***.", "One two three."),
        ("_One_ snake_case 2*3*4.", "One snake_case 234."),
        ("Run `a  *b*` now.", "Run a *b* now."),
        ("Run `` a`b `` now.", "Run a`b now."),
        ("Run ` a\nb` now.", "Run a b now."),
        ("[The *Heron*](http://a.b/c) left.", "The Heron left."),
        ('[Heron](<a b> "ti \\" t") left.', "Heron left."),
        ("[Heron](/a(b(c))d 'e f') left.", "Heron left."),
        ("[Heron]( /a\n (t) ) left.", "Heron left."),
        (
            "[Heron][h] and [Lark][] and [Owl] left.\n\n[h]: /h\n[lark]: /l\n[owl]: /o",
            "Heron and Lark and Owl left.",
        ),
        ("[Heron] and [lark][no] left.", "[Heron] and [lark][no] left."),
        ("[a\\]b](/c) left.", "a]b left."),
        ("![A goat](g.png) left.", "A goat left."),
        ("[![A goat](g.png)](/g) left.", "A goat left."),
        ("See <http://a.b/%20c> now.", "See http://a.b/%20c now."),
        ("Fish &amp; chips &lt;3 &nope; &#233;.", "Fish & chips <3 &nope; é."),
        ("\\*One\\* \\\\ two\\!", "*One* \\ two!"),
        ("One<br>two <b>three</b><!-- four -->.", "One two three."),
        ("One  \ntwo\\\nthree\nfour.", "One two three four."),
        ("One* _two [three ](four `five.", "One* _two [three ](four `five."),
    ],
)
def test_markup_is_taken_out_of_what_is_read(text: str, plain: str) -> None:
    """Emphasis, links, code, entities, escapes and HTML read as a reader sees them; the quote is
    the file's own.
    """
    ((quote, read),) = markdown_sentences(text)
    assert read == plain
    assert text.startswith(quote)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("One *is*. **Two is.**", ["One *is*.", "**Two is.**"]),
        ("One is.&nbsp;Two is.", ["One is.", "Two is."]),
        ("One is. <b>Two</b> is.", ["One is.", "<b>Two</b> is."]),
        ("&quot;好。&quot;他走了。", ["&quot;好。&quot;", "他走了。"]),
        ("One is.\r\nTwo is.", ["One is.", "Two is."]),
        ("One is.  \n  Two is.", ["One is.", "Two is."]),
        ("> One is.\n> Two is.", ["One is.", "Two is."]),
        ("> > One\n> > is. Two\nis.", ["One\n> > is.", "Two\nis."]),
        ("- One is.\n  Two is.\n- Three is.", ["One is.", "Two is.", "Three is."]),
        ("1. One is.\n\n   Two is.\n   - Three is.", ["One is.", "Two is.", "Three is."]),
        ("一句。\n\u3000二句。", ["一句。", "二句。"]),
        ("\f\nOne is. Two is.", ["One is.", "Two is."]),
        ("-\tOne is.\n\tTwo is.", ["One is.", "Two is."]),
    ],
)
def test_a_quote_is_cut_where_the_sentence_is(text: str, quotes: list[str]) -> None:
    """The markup around a sentence belongs to it; a quote's or a list's marks at the start of a
    line do not.
    """
    assert [quote for quote, _ in markdown_sentences(text)] == quotes
