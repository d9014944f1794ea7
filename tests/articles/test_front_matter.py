"""The header: what it says is read, in any syntax; what is odd in it is told; nothing in it keeps
the file out.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import grows_too_fast

from bot.articles.files import SourceFile
from bot.articles.front_matter import read_front_matter
from bot.articles.lines import Lines
from bot.articles.model import Article, Problem
from bot.articles.parser import read_article


def _read(text: str) -> tuple[Article, list[Problem]]:
    article, problems = read_article(SourceFile("a.md", text, ""))
    assert article is not None, problems
    return article, problems


def _read_header(header: str) -> tuple[Article, list[Problem]]:
    return _read(f"---\n{header}\n---\nA text.\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_header_is_read(newline: str, mark: str) -> None:
    """All five keys are taken as they were typed, with any newline and a byte order mark."""
    header = (
        "---\ntitle: 'One: Two'\nauthor: >\n  Ada\n  Brook\ndate: 2031-04-03 # its day\n"
        "source: https://a.example/b\nlanguage: de\n---\nA text.\n"
    )
    article, problems = _read(mark + header.replace("\n", newline))
    assert (article.title, article.author, article.date) == ("One: Two", "Ada Brook", "2031-04-03")
    assert (article.source, article.language) == ("https://a.example/b", "de")
    assert [(section.line, section.sentences[0].plain) for section in article.sections] == [
        (10, "A text.")
    ]
    assert problems == []


@pytest.mark.parametrize(
    "title",
    ["no", "010", "12:30", "1_000", "null", "~", "2031-04-03", "0x10", "yes", "[Half open]"],
)
def test_a_title_is_text(title: str) -> None:
    """What YAML takes for a truth, a number, a time, a list or nothing is a title like any
    other.
    """
    article, problems = _read_header(f"title: {title}")
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
    article, problems = _read_header(f"title: T\ndate: {date}")
    assert (article.date, problems) == (date, [])


@pytest.mark.parametrize(
    ("header", "author", "date", "language"),
    [
        ("authors: [Ada, Bo]", "Ada, Bo", "", "en"),
        ("author:\n- name: Ada Brook\n  url: x\n- Bo", "Ada Brook, Bo", "", "en"),
        ("authors:\n- name: Ada\n- name: Bo", "Ada, Bo", "", "en"),
        ("by: Ada", "Ada", "", "en"),
        ("Lastmod: 2031-04-03", "", "2031-04-03", "en"),
        ("updated: 2032\ndate: 2031", "", "2031", "en"),
        ("date:\nupdated: 2032", "", "2032", "en"),
        ("lang: en-GB", "", "", "en"),
        ("language: pt_BR", "", "", "pt"),
        ("locale: zh-Hans-CN", "", "", "zh"),
    ],
)
def test_other_programs_names_are_known(header: str, author: str, date: str, language: str) -> None:
    """Author, date and language are read under the names and in the shapes that site generators
    have.
    """
    article, problems = _read_header(header)
    assert (article.author, article.date, article.language) == (author, date, language)
    assert problems == []


@pytest.mark.parametrize(
    ("header", "aliases", "keywords"),
    [
        ("aliases: [Money back, Returns]", ("Money back", "Returns"), ()),
        ("alias: Money back", ("Money back",), ()),
        ("aliases:\n- /old/path/\n- https://a.example/b\n- Returns", ("Returns",), ()),
        ("tags: money, '#paying', money", (), ("money", "paying")),
        ("tags:\n- a\n- b: c\n- name: d\nkeywords: e; f", (), ("a", "d", "e", "f")),
        (
            "description: How to pay, and when.\nsummary: Pay.",
            (),
            ("How to pay, and when.", "Pay."),
        ),
    ],
)
def test_what_helps_to_find_an_article_is_kept(
    header: str, aliases: tuple[str, ...], keywords: tuple[str, ...]
) -> None:
    """Further names, tags and descriptions are kept, one or several; addresses are no names."""
    article, _ = _read_header(header)
    assert (article.aliases, article.keywords) == (aliases, keywords)


@pytest.mark.parametrize(
    "unknown",
    [
        "menu:\n  main:\n    params:\n      icon: {name: [a, {b: c}]}",
        "nav: &n [x, *n]",
        "x: !!python/object/apply:os.system [ls]",
        "x: {",
        "x: [a\ny: 'b",
        "\tx: y",
        "? a\n: b",
        "2031: y",
        "dc:title: y",
        "<<: {z: 1}",
        "mood: good\nmood: bad",
        "x: " + "[" * 3_000,
        "x: " + "y" * 20_000,
        "\n".join(f"redirect_{number}: /a/{number}" for number in range(500)),
        "# a comment",
    ],
)
@pytest.mark.parametrize("order", ["{0}\n{1}", "{1}\n{0}"])
def test_unknown_keys_are_passed_over(unknown: str, order: str) -> None:
    """Whatever an unknown key holds, the known ones are read, and nothing is told of it."""
    known = "title: One\nauthor: Ada"
    article, problems = _read_header(order.format(known, unknown))
    assert (article.title, article.author) == ("One", "Ada")
    assert {problem.severity for problem in problems} <= {"note"}


@pytest.mark.parametrize(
    ("header", "title", "severity"),
    [
        ("title: Zelensky: what next", "Zelensky: what next", "note"),
        ("title: 'Half", "Half", "note"),
        ("title: &t Half", "Half", "note"),
        ("title: @home", "@home", "note"),
        ("title: 100% safe: `yes`", "100% safe: `yes`", "note"),
        ("title: *t", "A", "warning"),
        ("title: One\ntitle: Two", "One", "warning"),
        ("title: One\ndate: 3 April 2031", "One", "warning"),
        ("title: One\ndate: 2031-02-30", "One", "warning"),
        ("title: One\ndate: ２０３１", "One", "warning"),
        ("title: One\nlanguage: English", "One", "warning"),
        ("title: One\nsource: a.example/b", "One", "warning"),
        ("title: One\nsource: javascript:alert(1)", "One", "warning"),
        ("title: One\nsource: http://[a", "One", "warning"),
        ("title: One\nsource: 'https://a.example/b c'", "One", "warning"),
        ("{title: One, x: {", "A", "warning"),
    ],
)
def test_what_is_odd_is_told(header: str, title: str, severity: str) -> None:
    """A value that YAML refuses is read as it stands, with a note; one that is none is left
    out, with a warning.
    """
    article, problems = _read_header(header)
    assert article.title == title
    assert (article.date, article.source, article.language) == ("", "", "en")
    (problem,) = problems
    assert problem.severity == severity
    assert problem.line in (2, 3)
    assert problem.hint


@pytest.mark.parametrize(
    "text",
    [
        (
            "+++\ntitle = 'One'\ndate = 2031-04-03T10:00:00Z\nauthors = ['Ada', 'Bo']\n"
            "[taxonomies]\ntags = ['a', 'b']\n[extra]\nlang = 'de'\n+++\nA text.\n"
        ),
        (
            "+++\nTitle = \"One\"\ndate = 2031-04-03 10:00:00Z\nauthor = 'Ada, Bo'\n"
            "tags = ['a', 'b']\nlanguage = 'de'\n+++\n\nA text.\n"
        ),
        (
            '{"title": "One", "date": "2031-04-03T10:00:00+00:00", "author": ["Ada", "Bo"],\n'
            '"tags": ["a", "b"], "lang": "de"}\n\nA text.\n'
        ),
        (
            ';;;\n{\n"title": "One", "date": "2031-04-03", "authors": [{"name": "Ada"}, {"name": "Bo"}],\n'
            '"keywords": "a, b", "params": {"lang": "de-AT"}}\n;;;\nA text.\n'
        ),
        "---\n{title: One, date: 2031-04-03 10:00:00, author: [Ada, Bo], tags: [a, b], lang: de}\n---\nA text.\n",
    ],
)
def test_other_syntaxes_are_read(text: str) -> None:
    """TOML, JSON and YAML on one line say the same as lines of YAML do."""
    article, problems = _read(text)
    assert (article.title, article.author, article.language) == ("One", "Ada, Bo", "de")
    assert article.keywords == ("a", "b")
    assert article.date.startswith("2031-04-03")
    assert [sentence.plain for section in article.sections for sentence in section.sentences] == [
        "A text."
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("+++\nIt was late.\n+++\n", "It was late."),
        ("{/* a comment */}\n\nA text.\n", "A text."),
        ("{user} is a name.\n", "is a name."),
        ("---\nA text.\n", "A text."),
        ("---\n\n---\nA text.\n", "A text."),
        ("---\nNote: the shop is closed on every Monday.\n\n---\nA text.\n", "the shop is closed"),
        ("---\n- One\n- Two\n---\nA text.\n", "One"),
    ],
)
def test_what_is_no_header_is_text(text: str, words: str) -> None:
    """Rules and braces around prose are no header."""
    article, _ = _read(text)
    assert words in " ".join(
        passage.plain for section in article.sections for passage in section.passages
    )


@pytest.mark.parametrize(
    "prose", ["It was late.", "*It was* late.", "“It was late.”\n\nVery late."]
)
def test_prose_between_two_rules_is_text(prose: str) -> None:
    """Two rules at the top with a sentence between them are no header; a warning says so."""
    article, problems = _read(f"---\n\n{prose}\n\n---\nA text.\n")
    assert "It was late" in article.sections[0].passages[0].plain.replace("*", "")
    assert [problem.severity for problem in problems] == ["warning"]


def test_a_header_that_nothing_closes_ends_at_a_blank_line() -> None:
    """What it says up to there is read, what follows is text, and a warning says so."""
    article, problems = _read("---\ntitle: One\nauthor: Ada\n\nA text.\n")
    assert (article.title, article.author) == ("One", "Ada")
    assert article.sections[0].passages[0].plain == "A text."
    assert [(problem.line, problem.severity) for problem in problems] == [(1, "warning")]


@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_a_header_ends_with_dashes_or_dots(end: str) -> None:
    """Both ends of a YAML document close a header."""
    article, _ = _read(f"---\ntitle: T\n{end}\nA text.\n")
    assert article.title == "T"


def test_unreadable_toml_is_read_line_by_line() -> None:
    """One broken line costs a warning; the others are read."""
    article, problems = _read("+++\ntitle = 'One'\nx = [\nauthor = \"Ada\"\n+++\nA text.\n")
    assert (article.title, article.author) == ("One", "Ada")
    assert [problem.severity for problem in problems] == ["warning"]


@pytest.mark.parametrize(
    "header",
    ["---\ndraft: true\n---", "+++\ndraft = true\n+++", '{"draft": true}', "---\nDraft: yes\n---"],
)
def test_a_draft_is_not_served(header: str) -> None:
    """It is told with a note, which is no fault."""
    article, problems = read_article(SourceFile("a.md", f"{header}\nA text.\n", ""))
    assert article is None
    assert [(problem.severity, problem.line) for problem in problems] == [("note", 1)]
    assert _read("---\ndraft: false\n---\nA text.\n")[0].sections


@given(
    st.lists(
        st.sampled_from(
            [
                "x",
                " ",
                "\n",
                ":",
                ": ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                "'",
                '"',
                "#",
                "&a",
                "*a",
                "title: ",
                "=",
                "\t",
                ",",
                "|",
                "\\",
            ]
        ),
        max_size=24,
    ).map("".join),
    st.sampled_from(["---", "+++", ";;;"]),
)
def test_a_known_key_is_read_beside_anything(noise: str, rule: str) -> None:
    """Whatever stands below them, no header raises; and in YAML the first title is read."""
    sign = " = " if rule == "+++" else ": "
    front_matter, _ = read_front_matter(
        "a.md", Lines(f"{rule}\nauthor{sign}'Ada'\nz{sign}1\n{noise}\n{rule}\nA text.\n")
    )
    if rule == "---":
        assert front_matter.values["author"] == "Ada"


@pytest.mark.parametrize(
    "piece",
    ["a: [", "title: {a: ", "title: &a [*a,", "tags:\n  - a\n", "x: y\n", "[", " ", "title:\n "],
)
@pytest.mark.parametrize("rule", ["---", "+++"])
def test_a_hostile_header_takes_no_longer_than_it_is(piece: str, rule: str) -> None:
    """Deep nesting, references to references and long lists cost in proportion to their length."""
    headers = [
        f"{rule}\nx = 1\nauthor: Ada\n{(piece * size)[:size]}\n{rule}\nA text.\n"
        for size in (10_000, 20_000, 40_000)
    ]
    assert not grows_too_fast(lambda text: read_front_matter("a.md", Lines(text)), headers)
