"""The front matter rule by rule: every name, every limit, the line in which the body begins, and
where each problem is.
"""

import pytest

from bot.articles.front_matter import FrontMatter, read_front_matter
from bot.articles.lines import Lines

Place = tuple[str, int, int]
PROSE: Place = ("warning", 1, 1)


def read(text: str) -> tuple[FrontMatter, list[Place]]:
    """Read a file; give its problems as severities, lines and columns."""
    front_matter, problems = read_front_matter("a.md", Lines(text))
    return front_matter, [(one.severity, one.line, one.column) for one in problems]


@pytest.mark.parametrize(
    ("name", "keys", "value"),
    [
        ("title", "title", "One"),
        ("author", "author authors by", "Ada"),
        (
            "date",
            "date lastmod updated last_updated modified created pubdate publishdate",
            "2031-04-03",
        ),
        ("source", "source", "http://a.example/b"),
        ("language", "language lang locale", "de"),
    ],
)
def test_every_name_of_a_value_is_known(name: str, keys: str, value: str) -> None:
    """In small letters and in large ones; the first that has a value counts."""
    for key in keys.split():
        for written in (key, key.upper()):
            front_matter, problems = read(f"---\nx: y\n{written}: {value}\n---\n")
            assert front_matter == FrontMatter(5, {name: value}, {name: 3})
            assert problems == []
    first, *others = keys.split()
    for key in others:
        front_matter, _ = read(f"---\n{key}: {value}\n{first}:\n---\n")
        assert front_matter.lines == {name: 2}
        front_matter, _ = read(f"---\n{key}: {value}\n{first}: {value}\n---\n")
        assert front_matter.lines == {name: 3}


def test_every_name_of_a_word_is_known() -> None:
    """Aliases, and what becomes keywords: cut at commas, but for what is a text."""
    for key in ("aliases", "alias"):
        front_matter, _ = read(f"---\n{key}: One, Two; '#Three'\n---\n")
        assert front_matter == FrontMatter(4, aliases=("One", "Two", "Three"))
    for key in ("tags", "tag", "keywords", "categories"):
        front_matter, _ = read(f"---\n{key}: One, Two; '#Three', One,, \n---\n")
        assert front_matter == FrontMatter(4, keywords=("One", "Two", "Three"))
    for key in ("description", "summary"):
        front_matter, _ = read(f"---\n{key}: One, and two; three\n---\n")
        assert front_matter == FrontMatter(4, keywords=("One, and two; three",))


@pytest.mark.parametrize("key", ["name", "title", "label", "email"])
def test_a_mapping_is_called_by_its_name(key: str) -> None:
    """Under one of four keys, in this order; what has none of them says nothing."""
    front_matter, _ = read(f"---\nauthor: {{x: y, {key}: Ada}}\n---\n")
    assert front_matter.values == {"author": "Ada"}
    if key != "email":
        front_matter, _ = read(f"---\nauthor: {{email: Bo, {key}: Ada}}\n---\n")
        assert front_matter.values == {"author": "Ada"}
    assert read("---\nauthor: {x: y}\n---\n")[0].values == {}
    assert read(f"---\nauthor: {{{key}: [Ada]}}\n---\n")[0].values == {}


@pytest.mark.parametrize("table", ["taxonomies", "extra", "params"])
def test_keys_of_users_are_read_in_their_tables(table: str) -> None:
    """What stands outside counts first; a table that is none is passed over."""
    front_matter, problems = read(f"+++\nx = 1\n[{table}]\nAuthor = 'Ada'\nlang = 'x1'\n+++\n")
    assert front_matter == FrontMatter(7, {"author": "Ada"}, {"author": 2})
    assert problems == [("warning", 2, 1)]
    front_matter, _ = read(f"+++\nauthor = 'Bo'\n[{table}]\nauthor = 'Ada'\n+++\n")
    assert front_matter.values == {"author": "Bo"}
    front_matter, _ = read(f"+++\n{table} = 'x'\nauthor = 'Bo'\n+++\n")
    assert front_matter.values == {"author": "Bo"}


@pytest.mark.parametrize("word", ["true", "True", "yes", "on", "1", "false", "no", "2", "''"])
def test_a_draft_says_so(word: str) -> None:
    """With a word for yes."""
    front_matter, _ = read(f"---\ndraft: {word}\n---\n")
    assert front_matter.is_draft is (word.lower() in {"true", "yes", "on", "1"})


TITLE = {"title": "One"}
_OPENED = '{"a":'


@pytest.mark.parametrize(
    ("text", "body_line", "values", "title_line", "problems"),
    [
        ("A text.", 1, {}, 0, []),
        ("--- a\ntitle: One\n---\n", 1, {}, 0, []),
        ("\ufeff---  \ntitle: One\n---  \nA\n", 4, TITLE, 2, []),
        ("---\n\ntitle: One\n...\n", 5, TITLE, 3, []),
        ('---\n"title": One\n---\nA', 4, TITLE, 2, []),
        ("---\ntitle: [a\n b]\n---\n", 5, {"title": "a b"}, 2, []),
        ("---\nauthor: [[Ada], Bo,  C   D]\n---\n", 4, {"author": "Bo, C D"}, 0, []),
        ("---\nlanguage: EN\n---\n", 4, {"language": "en"}, 0, []),
        # Nothing closes it.
        ("---\nA text.\n", 1, {}, 0, []),
        ("---\ntitle: One", 3, TITLE, 2, [PROSE]),
        ("---\ntitle: One\n# Head\nA\n", 3, TITLE, 2, [PROSE]),
        ("---\ntitle: One\n#Head\n\nA\n", 4, TITLE, 2, [PROSE]),
        ("---\n\ntitle: One\n", 1, {}, 0, []),
        ("---\ntitle: One\n\nA", 3, TITLE, 2, [PROSE]),
        ("---\ntitle: One\n# Head", 3, TITLE, 2, [PROSE]),
        # Two rules at once.
        ("---\n---\ntitle: One\n---\n", 1, {}, 0, []),
        ("+++\n+++\ntitle = 'One'\n+++\n", 1, {}, 0, []),
        ("+++\ntitle = 'One'\n+++", 4, TITLE, 2, []),
        # Keys that are odd, and values that are too deep.
        (
            "---\ntitle: a\nTitle: b\nauthor: c\n---\n",
            6,
            {"title": "a", "author": "c"},
            2,
            [("warning", 3, 1)],
        ),
        ("---\ntitle : One\n---\n", 4, TITLE, 2, []),
        ('---\n"title: x"\nauthor: Ada\n---\n', 5, {"author": "Ada"}, 0, []),
        (f"---\nauthor: {7 * '['}Ada{7 * ']'}\n---\n", 4, {}, 0, []),
        (
            f"---\nauthor: {8 * '['}Ada{8 * ']'}\n---\n",
            4,
            {"author": "[[[[[[[[Ada]]]]]]]]"},
            0,
            [("note", 2, 16)],
        ),
        (f"---\n{{title: One, x: {7 * '['}{7 * ']'}}}\n---\n", 4, TITLE, 2, []),
        (f"---\n{{title: One, x: {8 * '['}{8 * ']'}}}\n---\n", 4, {}, 0, [("warning", 2, 1)]),
        # Prose, or not.
        ("---\n\n---\nA\n", 1, {}, 0, []),
        ("---\nWords.\n---\nA\n", 1, {}, 0, [PROSE]),
        ("---\n# only\n# comments\n---\nA\n", 5, {}, 0, []),
        ("---\nmood: good\nand more\n---\nA\n", 5, {}, 0, []),
        ("---\nmood: good\nand more\nand on\n---\nA\n", 1, {}, 0, [PROSE]),
        ("---\nmood: good\nand: on\na\nb\nc\n---\nA\n", 1, {}, 0, [PROSE]),
        ("---\nmood:\n- a\n- b\n- c\n---\nA\n", 7, {}, 0, []),
        ("---\nmood: [\n  a,\n  b\n]\n---\nA\n", 7, {}, 0, []),
        ("---\nNote: one two three four five.\n---\nA\n", 4, {}, 0, []),
        ("---\nNote: one two three four five six\n---\nA\n", 4, {}, 0, []),
        ("---\nNote: one two three four five six.\n---\nA\n", 1, {}, 0, [PROSE]),
        ("---\nNote: one two three four five six!\n---\nA\n", 1, {}, 0, [PROSE]),
        ("---\nNote: one two three four five six?\n---\nA\n", 1, {}, 0, [PROSE]),
        ("---\ntitle: One\nNote: one two three four five six.\n---\n", 5, TITLE, 2, []),
        # What is odd.
        ("---\ntitle: One\nx: 1\nTitle: Two\n---\nA", 6, TITLE, 2, [("warning", 4, 1)]),
        ("---\ntitle: One\ndate: x\n---\n", 5, TITLE, 2, [("warning", 3, 7)]),
        ("---\ntitle: One\nlang: English\n---\n", 5, TITLE, 2, [("warning", 3, 7)]),
        ("---\ntitle: One\nsource: ftp://a.example\n---\n", 5, TITLE, 2, [("warning", 3, 9)]),
        ("---\ntitle: One\nsource: https:///b\n---\n", 5, TITLE, 2, [("warning", 3, 9)]),
        ("---\ntitle: @home # x\n---\n", 4, {"title": "@home"}, 2, [("note", 2, 8)]),
        ("---\ntitle: &t *u\n---\n", 4, {"title": "*u"}, 2, [("note", 2, 8)]),
        ("---\ntitle: *t\n---\nA", 4, {}, 0, [("warning", 2, 8)]),
        ("---\ntitle:\n---\nA", 4, {}, 0, []),
        # On one line.
        ("---\n{title: One,\n date: x}\n---\nA", 5, TITLE, 2, [("warning", 3, 8)]),
        ("---\n{title: One,\n x: {\n---\nA", 5, {}, 0, [("warning", 3, 1)]),
        # TOML.
        ("+++\ntitle = 'One'\nA\n", 1, {}, 0, []),
        ("+++\nwords\n+++\nA", 1, {}, 0, []),
        ("+++\nx = 1\ntitle = 5\ndate = 2031-04-03\n+++\n", 6, {"title": "5"}, 3, []),
        ("+++\nx = [\ntitle = 'One'\n+++\nA", 5, TITLE, 3, [PROSE]),
        ("+++\nx = " + 3_000 * "[" + "\ntitle = 'One'\n+++\nA", 5, TITLE, 3, [PROSE]),
        ("+++\nx = [\ndate = 'soon'\n+++\n", 5, {}, 0, [PROSE, ("warning", 3, 1)]),
        ("+++\ndate = 'soon'\n+++\n", 4, {}, 0, [("warning", 2, 1)]),
        # JSON.
        (f'{{"x": {600 * "["}{600 * "]"}, "title": "One"}}\n', 2, TITLE, 1, []),
        (f'{{"x": {600 * _OPENED}1{600 * "}"}, "title": "One"}}\n', 2, TITLE, 1, []),
        ('{"date": "soon"}\n', 2, {}, 0, [PROSE]),
        ('{"title": }\nA', 1, {}, 0, []),
        ('{"title": "One"} more\nA', 1, {}, 0, []),
        ('{"title":\n"One"}\nA', 3, TITLE, 1, []),
        ('{"Title": 5, "author": null}', 2, {"title": "5"}, 1, []),
        (';;;\n{"title": "One"}\n;;;\nA', 4, TITLE, 2, []),
        (';;;\n{"title": "One"}\n\n;;;\nA', 5, TITLE, 2, []),
        (';;;\n{"title": "One"}\nA', 3, TITLE, 2, []),
        (";;;\nno\nA", 1, {}, 0, []),
        ('A text.\n{"title": "One"}\nA', 1, {}, 0, []),
        ('{"x": ' + 200_000 * "[", 1, {}, 0, []),
    ],
)
def test_where_the_body_begins_and_what_is_told(
    text: str, body_line: int, values: dict[str, str], title_line: int, problems: list[Place]
) -> None:
    """Of each syntax, closed or not, and of what is none."""
    front_matter, told = read(text)
    assert front_matter.body_line == body_line
    assert {**front_matter.values, **values} == front_matter.values
    assert front_matter.values.get("title") == values.get("title")
    assert front_matter.lines.get("title", 0) == title_line
    assert told == problems


@pytest.mark.parametrize("mark", ["|", ">", "|-", ">-"])
def test_a_block_that_yaml_refuses_is_read_as_a_list(mark: str) -> None:
    """Its mark is no value; each item is one."""
    front_matter, problems = read(f"---\ntags: {mark}\n - a, b\n- '@c'\n---\n")
    assert front_matter.keywords == ("a, b", "@c")
    assert problems == [("note", 4, 1)]
    front_matter, problems = read("---\ntags: @a\n- b, c\n- 'd'\n---\n")
    assert front_matter.keywords == ("@a", "b, c", "d")
    assert problems == [("note", 2, 7)]


def test_what_it_is_read_as_is_told() -> None:
    """With the key, the value and the reason; of a key that stands twice, where it stood first."""
    _, (note,) = read_front_matter("a.md", Lines("---\ntags: @a\n- b\n---\n"))
    assert 'tags is read as "@a, b"' in note.what
    _, (warning,) = read_front_matter("a.md", Lines("---\ntitle: *t\n---\n"))
    assert "title can't be read" in warning.what
    _, (warning,) = read_front_matter("a.md", Lines("---\nx: y\ntitle: a\nTitle: b\n---\n"))
    assert '"Title" stands in line 3' in warning.what
    _, (warning,) = read_front_matter("a.md", Lines("---\ndate: soon\n---\n"))
    assert '"soon" is not a date' in warning.what
    _, (warning,) = read_front_matter("a.md", Lines("+++\nx = [\n+++\n"))
    assert "Invalid" in warning.what


def test_values_of_json_become_texts() -> None:
    """Numbers and truths as they are written, halves of characters as question marks."""
    front_matter, _ = read('{"tags": ["\\ud800a", 1.5, false, null, {"name": "b"}]}')
    assert front_matter.keywords == ("?a", "1.5", "false", "b")


def test_a_header_may_be_so_long() -> None:
    """Two thousand lines, and 65,536 characters; what closes further below is a rule."""
    for lines in (1_998, 1_999):
        front_matter, problems = read("---\ntitle: One\n" + lines * "#\n" + "---\nA\n")
        assert front_matter.values == TITLE
        assert front_matter.body_line == 2_002
        assert problems == ([] if lines == 1_998 else [PROSE])
    for characters in (65_536, 65_537):
        before = "+++\ntitle = 'One'\n#"
        text = before + (characters - len(before) - 1) * "x" + "\n+++\nA\n"
        assert read(text)[0].body_line == (5 if characters == 65_536 else 1)
        text = '{"title": "One", "x": "' + (characters - 25) * "x" + '"}'
        assert len(text) == characters
        assert bool(read(text)[0].values) is (characters == 65_536)
