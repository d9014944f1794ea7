"""Markdown: what it reads like, and where that stands."""

import pytest

from bot.articles.files import SourceFile
from bot.articles.model import Article, Problem
from bot.articles.parser import read_article


def _read(text: str, name: str = "trains.md") -> tuple[Article, list[Problem]]:
    article, problems = read_article(SourceFile(name, text, ""))
    assert article is not None, problems
    return article, problems


def _sentences(text: str) -> list[tuple[str, str]]:
    """Give each sentence as it stands in the file and as it reads."""
    article, _ = _read("# T\n\n" + text)
    return [(sentence.text, sentence.plain) for section in article.sections for sentence in section.sentences]


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
        ("[Heron][h] and [Lark][] and [Owl] left.\n\n[h]: /h\n[lark]: /l\n[owl]: /o", "Heron and Lark and Owl left."),
        ("[Heron] and [lark][no] left.", "[Heron] and [lark][no] left."),
        ("[a\\]b](/c) left.", "a]b left."),
        ("![A goat](g.png) left.", "A goat left."),
        ("[![A goat](g.png)](/g) left.", "A goat left."),
        ("See <http://a.b/%20c> now.", "See http://a.b/%20c now."),
        ("Fish &amp; chips &lt;3 &nope; &#233;.", "Fish & chips <3 &nope; é."),
        ("\\*One\\* \\\\ two\\!", "*One* \\ two!"),
        ("One<br>two <b>three</b><!-- four -->.", "Onetwo three."),
        ("One  \ntwo\\\nthree\nfour.", "One two three four."),
        ("One* _two [three ](four `five.", "One* _two [three ](four `five."),
    ],
)
def test_markup_is_taken_out_of_what_is_read(text: str, plain: str) -> None:
    """Emphasis, links, code, entities, escapes and HTML read as a reader sees them; the quote is the file's own."""
    ((quote, read),) = _sentences(text)
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
    """The markup around a sentence belongs to it; a quote's or a list's marks at the start of a line do not."""
    assert [quote for quote, _ in _sentences(text)] == quotes


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("```python\na = 1\n\nb. c = 2\n```", [("a = 1", "a = 1"), ("b. c = 2", "b. c = 2")]),
        ("~~~\na\n~~~", [("a", "a")]),
        ("    a = 1\n    b = 2", [("a = 1", "a = 1"), ("b = 2", "b = 2")]),
        ("> ```\n> a = 1\n> ```", [("a = 1", "a = 1")]),
        ("- x\n  ```\n  a\n  ```\n- y", [("x", "x"), ("a", "a"), ("y", "y")]),
        ("```\n```", []),
    ],
)
def test_code_is_read_line_by_line(text: str, sentences: list[tuple[str, str]]) -> None:
    """A line of code is a sentence, without the fence and without what it is nested in."""
    assert _sentences(text + "\n\nEnd.") == [*sentences, ("End.", "End.")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("| a | b |\n|---|---|\n| c | d. e |", [("a | b |\n|---|---|\n| c | d. e", "a · b · c · d. e")]),
        ("a|b\n-|-\nc|d\ne|f", [("a|b\n-|-\nc|d", "a · b · c · d"), ("e|f", "e · f")]),
        ("|a|b|\n|-|-|\n|| d|\n||", [("a|b|\n|-|-|\n|| d", "a · b · d")]),
        ("|a|b|\n|-|-|", [("a|b", "a · b")]),
        ("|||\n|-|-|\n|c|d|", [("c|d", "c · d")]),
        (
            "|a|b|\n|-|-|\n| *a* | [b](/c) |\n| c\\|d | `e` |",
            [
                ("a|b|\n|-|-|\n| *a* | [b](/c)", "a · b · a · b"),
                ("c\\|d | `e`", "c|d · e"),
            ],
        ),
        ("> | a | b |\n> |---|---|\n> | c | d |", [("a | b |\n> |---|---|\n> | c | d", "a · b · c · d")]),
        ("- | a | b |\n  |---|---|\n  | c | d |", [("a | b |\n  |---|---|\n  | c | d", "a · b · c · d")]),
    ],
)
def test_a_table_is_read_row_by_row(text: str, sentences: list[tuple[str, str]]) -> None:
    """A row is a sentence, the header together with the first one; cells are read like any other text."""
    assert _sentences(text) == sentences


@pytest.mark.parametrize(
    "definition",
    [
        "",
        "\n\n[^1]: Ibid.",
        "\n\n[^1]: Smith 2020, p. 3. The tank\nwas new.\n\n    It burst.\n[^b]: Ibid.",
        "\n[^1]: Directly below.\n# H",
        "\n\n> [^1]: In a quote.",
    ],
)
def test_a_footnote_is_no_text(definition: str) -> None:
    """A footnote's mark belongs to the sentence before it and is not read; its definition is no text."""
    sentences = _sentences("A *tank* burst.[^1] A wave came[^b]." + definition)
    assert sentences == [("A *tank* burst.[^1]", "A tank burst."), ("A wave came[^b].", "A wave came.")]


@pytest.mark.parametrize(
    ("text", "plains"),
    [
        ("Use `[^1]` here.\n\n    [^1]: code", ["Use [^1] here.", "[^1]: code"]),
        ("- One.[^1]\n\n  [^1]: No.\n- Two.\n\n[^1]: No.\n\nThree.", ["One.", "Two.", "Three."]),
    ],
)
def test_what_stands_around_a_footnote_is_text(text: str, plains: list[str]) -> None:
    """Code that looks like a footnote is code; a definition ends with its paragraph."""
    assert [plain for _, plain in _sentences(text)] == plains


@pytest.mark.parametrize("mark", ["\\\t<b>", "\\\t", "🚂", "… —"])
def test_what_holds_no_letter_is_no_sentence(mark: str) -> None:
    """A block without a letter or digit is not quoted."""
    assert _sentences(f"Foo one.\n\n{mark}\n\nFoo two.") == [("Foo one.", "Foo one."), ("Foo two.", "Foo two.")]


def test_html_and_definitions_are_no_text() -> None:
    """A block of HTML, a comment and the address of a reference are not quoted."""
    assert _sentences("<div>\nNo.\n</div>\n\n<!-- No. -->\n\n[r]: http://no.where\n\nYes.") == [("Yes.", "Yes.")]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## A\n\nx.\n\n## B ##\n\ny.", [("A", ()), ("B", ())]),
        ("A *b*\n---\n\nx.", [("A b", ())]),
        ("A\nb\n---\n\nx.", [("A b", ())]),
        ("## A\n### B\nx.\n#### C\ny.\n### D\nz.", [("A", ()), ("B", ("A",)), ("C", ("A", "B")), ("D", ("A",))]),
        ("#### A\nx.\n## B\ny.", [("A", ()), ("B", ())]),
        ("## [A](/b) &amp; `c`\nx.", [("A & c", ())]),
        ("> ## A\n> x.", [("A", ())]),
    ],
)
def test_headings_are_found_with_those_above(text: str, headings: list[tuple[str, tuple[str, ...]]]) -> None:
    """A section names its heading as it reads and the headings that it stands under."""
    article, _ = _read("---\ntitle: T\n---\n" + text)
    assert [(section.heading, section.parents) for section in article.sections] == headings


@pytest.mark.parametrize(
    ("text", "title", "headings", "warnings"),
    [
        pytest.param("---\ntitle: A\n---\nx.", "A", [""], [], id="header"),
        pytest.param("---\ntitle: A\n---\n# A!\n\nx.\n## B\ny.", "A", ["", "B"], [], id="header and heading"),
        pytest.param("---\ntitle: A\n---\nx.\n# A\ny.", "A", ["", "A"], [], id="header, repeated further down"),
        pytest.param("---\ntitle: A\n---\n## B\nx.\n## C\ny.", "A", ["B", "C"], [], id="header and two headings"),
        pytest.param("# A\n\nx.\n## B\ny.", "A", ["", "B"], [1], id="first heading"),
        pytest.param("\n\n## *A*  b\n\nx.", "A b", [""], [3], id="first heading of a lower level"),
        pytest.param("# A\nx.\n# B\ny.", "A", ["A", "B"], [1], id="first of several equal headings"),
        pytest.param("A\n===\nx.", "A", [""], [1], id="underlined heading"),
        pytest.param("x.", "trains", [""], [1], id="file name"),
        pytest.param("---\ntitle: ''\n---\nx.", "trains", [""], [1], id="file name, header's title empty"),
    ],
)
def test_a_title_is_found(text: str, title: str, headings: list[str], warnings: list[int]) -> None:
    """The header names the title, else the first heading does, else the file's name; the last two with a warning."""
    article, problems = _read(text)
    assert article.title == title
    assert [section.heading for section in article.sections] == headings
    assert [(problem.severity, problem.line) for problem in problems] == [("warning", line) for line in warnings]


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
        ("<https://b.example>", False),
        ("[a.example](http://[x)", True),
    ],
)
def test_a_link_that_names_another_host_is_told(text: str, *, is_told: bool) -> None:
    """A link that reads like one address and leads to another is a warning with its line."""
    _, problems = _read(f"---\ntitle: T\n---\nYes.\n\n{text}\n")
    assert [(problem.severity, problem.line) for problem in problems] == [("warning", 6)] * is_told
