"""The header: what it says is read, what is odd in it is told, what is unsound in it keeps the file
out.
"""

import pytest

from bot.articles.files import SourceFile
from bot.articles.model import Article, Problem
from bot.articles.parser import read_article


def _read(text: str) -> tuple[Article | None, list[Problem]]:
    return read_article(SourceFile("a.md", text, ""))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_header_is_read(newline: str, mark: str) -> None:
    """All five keys are taken as they were typed, with any newline and a byte order mark."""
    header = (
        "---\ntitle: 'One: Two'\nauthor: >\n  Ada\n  Brook\ndate: 2031-04-03 # its day\n"
        "source: https://a.example/b\nlanguage: de\n---\nA text.\n"
    )
    article, problems = _read(mark + header.replace("\n", newline))
    assert article is not None
    assert (article.title, article.author, article.date) == ("One: Two", "Ada Brook", "2031-04-03")
    assert (article.source, article.language) == ("https://a.example/b", "de")
    assert [(section.line, section.sentences[0].plain) for section in article.sections] == [
        (10, "A text.")
    ]
    assert problems == []


@pytest.mark.parametrize(
    "title", ["no", "010", "12:30", "1_000", "null", "~", "2031-04-03", "0x10", "yes"]
)
def test_a_title_is_text(title: str) -> None:
    """What YAML takes for a truth, a number, a time or nothing is a title like any other."""
    article, problems = _read(f"---\ntitle: {title}\n---\nA text.\n")
    assert article is not None
    assert (article.title, problems) == (title, [])


@pytest.mark.parametrize(
    "date",
    [
        "2031",
        "2031-04",
        "2031-04-03",
        "2031-04-03T10:00",
        "2031-04-03 10:00:00+02:00",
        "2031-04-03T10:00Z",
    ],
)
def test_a_date_may_be_short_or_exact(date: str) -> None:
    """A year, a month, a day or a moment is a date."""
    article, problems = _read(f"---\ntitle: T\ndate: {date}\n---\nA text.\n")
    assert article is not None
    assert (article.date, problems) == (date, [])


@pytest.mark.parametrize(
    ("header", "line", "column", "what"),
    [
        ("title: T\ntags: [a, b]", 3, 1, 'the header\'s key "tags" is not known'),
        ("title: T\nDate: 2031", 3, 1, 'the header\'s key "Date" is not known'),
        ("title: T\ndate: 3 April 2031", 3, 7, '"3 April 2031" is not a date'),
        ("title: T\ndate: 2031-02-30", 3, 7, '"2031-02-30" is not a date'),
        ("title: T\ndate: ２０３１", 3, 7, '"２０３１" is not a date'),
        ("title: T\nlanguage: English", 3, 11, '"English" is not a language'),
        ("title: T\nsource: a.example/b", 3, 9, '"a.example/b" is not a web address'),
        (
            "title: T\nsource: javascript:alert(1)",
            3,
            9,
            '"javascript:alert(1)" is not a web address',
        ),
        ("title: T\nsource: http://[a", 3, 9, '"http://[a" is not a web address'),
        (
            "title: T\nsource: 'https://a.example/b c'",
            3,
            9,
            '"https://a.example/b c" is not a web address',
        ),
    ],
)
def test_what_is_odd_is_left_out_and_told(header: str, line: int, column: int, what: str) -> None:
    """An unknown key or a value that is none is one warning with its place; the text is served."""
    article, problems = _read(f"---\n{header}\n---\nA text.\n")
    assert article is not None
    assert (article.title, article.date, article.source, article.language) == ("T", "", "", "en")
    (problem,) = problems
    assert (problem.line, problem.column, problem.severity) == (line, column, "warning")
    assert what in problem.what
    assert problem.hint


@pytest.mark.parametrize(
    ("header", "line", "column", "what"),
    [
        ("title: One: Two", 2, 11, "mapping values are not allowed here"),
        ("title: 'One", 2, 12, "found unexpected end of stream"),
        ("title: T\n\tdate: 2031", 3, 1, "cannot start any token"),
        ("title: T\nauthor: A\ntitle: U", 4, 1, 'duplicate key "title"'),
        ("title: T\nauthor: *ada", 3, 9, "anchors and aliases"),
        ("title: &t T", 2, 8, "anchors and aliases"),
        ("title: T\n<<: {author: A}", 3, 1, "merge keys"),
        ("title: !!python/object/apply:os.system [ls]", 2, 8, "tags"),
        ("title: !t T", 2, 8, "tags"),
        ("title: T\n--- a\ndate: 2031", 3, 1, "second document"),
        ("title: [T]", 2, 8, "title is not a text"),
        ("title: T\nsource:\n- A\n- B", 4, 1, "source is not a text"),
        ("title: T\nauthor:\n- [A]\n- B", 4, 1, "author is not a text"),
        ("title: T\nauthor: []", 3, 9, "author is not a text"),
        ("title: {a: {b: {c: d}}}", 2, 16, "nested deeper than 3 levels"),
        ("- title: T", 2, 1, "is a list"),
        ("[title: T]", 2, 1, "is a list"),
        ("title: T\n[a]: b", 3, 1, "a key must be a word"),
        ('title: "\\ud800"', 2, 8, "an escape that is no character"),
        ('title: "\\UFFFFFFFF"', 2, 1, "an escape that is no character"),
        ("title: T\nauthor: A\x01", 3, 10, "U+0001 is not allowed"),
        (f"title: {'T' * 8_192}", 2, 1, "larger than 8,192 bytes"),
        ("title: T\x85date: 2031\x85\x85author: *a\nlanguage: *b", 2, 30, "anchors and aliases"),
    ],
)
def test_an_unsound_header_keeps_the_file_out(
    header: str, line: int, column: int, what: str
) -> None:
    """What is no plain YAML is one error with its line and column in the file, and how to
    mend it.
    """
    for text in (f"---\n{header}\n---\nA text.\n", f"\ufeff---\r\n{header}\r\n---\r\nA text.\r\n"):
        article, problems = _read(text)
        assert article is None
        (problem,) = problems
        assert (problem.line, problem.column, problem.severity) == (line, column, "error")
        assert what in problem.what
        assert problem.hint


@pytest.mark.parametrize("header", ["author: [A, B]", "author:\n- A\n- B"])
def test_a_list_of_authors_is_one_text(header: str) -> None:
    """Several names are joined, with a warning."""
    article, problems = _read(f"---\ntitle: T\n{header}\n---\nA text.\n")
    assert article is not None
    assert article.author == "A, B"
    assert [(problem.severity, problem.what) for problem in problems] == [
        ("warning", 'header: author is a list; it is read as "A, B"')
    ]


def test_a_header_between_plus_signs_is_left_out() -> None:
    """TOML is no text, and a warning says that it is not read; plus signs around prose are a line
    of text.
    """
    article, problems = _read("+++\ntitle = 'U'\n+++\n# T\n\nA text.\n")
    assert article is not None
    assert (article.title, [sentence.plain for sentence in article.sections[0].sentences]) == (
        "T",
        ["A text."],
    )
    assert "between +++ lines is left out" in problems[0].what
    article, _ = _read("+++\nIt was late.\n+++\n")
    assert article is not None
    assert "It was late." in article.sections[0].passages[0].plain


@pytest.mark.parametrize("rest", ["", "A text.\n", "author: A\n" * 70 + "---\nA text.\n"])
def test_a_header_must_be_closed(rest: str) -> None:
    """A header without an end, or with one after 64 lines only, is an error in line 1."""
    article, problems = _read(f"---\ntitle: T\n{rest}")
    assert article is None
    assert [(problem.line, problem.column, problem.severity) for problem in problems] == [
        (1, 1, "error")
    ]


@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_a_header_ends_with_dashes_or_dots(end: str) -> None:
    """Both ends of a YAML document close a header."""
    article, _ = _read(f"---\ntitle: T\n{end}\nA text.\n")
    assert article is not None
    assert article.title == "T"


@pytest.mark.parametrize(
    "prose", ["It was late.", "*It was* late.", "“It was late.”\n\nVery late."]
)
def test_prose_between_two_rules_is_text(prose: str) -> None:
    """Two rules at the top with a sentence between them are no header; a warning says so."""
    article, problems = _read(f"---\n\n{prose}\n\n---\nA text.\n")
    assert article is not None
    assert "It was late" in article.sections[0].passages[0].plain
    assert (1, "warning") in [(problem.line, problem.severity) for problem in problems]


def test_a_rule_at_the_top_is_a_rule() -> None:
    """A single rule before the text begins no header."""
    article, _ = _read("---\n\nIt was late.\n")
    assert article is not None
    assert [section.sentences[0].plain for section in article.sections] == ["It was late."]


def test_a_header_may_be_empty() -> None:
    """Nothing, or only a comment, between the rules is a header that says nothing."""
    for header in ("", "\n", "# later\n"):
        article, _ = _read(f"---\n{header}---\n# T\n\nIt was late.\n")
        assert article is not None
        assert article.title == "T"
