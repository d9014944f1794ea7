"""YAML without surprises: text stays text, and whatever is ambiguous is refused with its place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.strict_yaml import Mapping, Node, Scalar, Sequence, YamlError, read_yaml

_PIECES = [
    "a", "b: ", "- ", "? ", ": ", "\n", "  ", "\t", "[", "]", "{", "}", ", ", "'", '"', "|\n",
    ">-\n", "# c\n", "&a ", "*a", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x\n",
    "\\", "\\x", "\\ud800", "\\UFFFFFFFF", "\r", "\r\n", "\x85", "\u2028", "\ufeff", "\0", "\x01",
    "\ud800", "\ufffe", "é", "🚂", "@", "`", "~", "0", "=", "!",
]  # fmt: skip
_SCALARS = [
    "no", "yes", "on", "true", "~", "null", "010", "0x1F", "0o7", "1_000", "1e3", ".inf", ".nan",
    "12:30", "2031-04-03", "2031-99-99", "=", "9" * 5_000, "-1",
]  # fmt: skip
_LARGE = [
    "a" * 60_000, "'" * 60_000, "# c\n" * 15_000, "[" + "b, " * 20_000 + "]", "? " * 30_000,
    "\n" * 60_000, "".join(f"k{number}: v\n" for number in range(5_000)), "{" * 60_000,
    '"' + "\\n" * 30_000 + '"', "|\n" + " a\n" * 20_000,
]  # fmt: skip
_any_text = st.text(st.characters(codec=None, exclude_categories=[])) | st.lists(
    st.sampled_from(_PIECES), max_size=30
).map("".join)


def _plain(node: Node) -> object:
    """Give a tree without its places."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {key: _plain(value) for key, (_, value) in node.entries.items()}


def _read(text: str, *, first_line: int = 1) -> Node | YamlError:
    try:
        return read_yaml(text, first_line=first_line)
    except YamlError as error:
        return error


def _fault(
    text: str, *, first_line: int = 1, max_bytes: int = 65_536, max_depth: int = 4
) -> YamlError:
    with pytest.raises(YamlError) as caught:
        read_yaml(text, first_line=first_line, max_bytes=max_bytes, max_depth=max_depth)
    assert caught.value.hint
    assert str(caught.value) == f"{caught.value.line}:{caught.value.column}: {caught.value.what}"
    return caught.value


@given(_any_text, st.integers(1, 50))
@example("\ud800", 1)
@example("a: \0", 1)
@example("a: '\x85'\n\x01", 1)
@example('"\\ud800"', 1)
@example('"\\UFFFFFFFF"', 1)
@example("[" * 5_000, 1)
@example("%YAML 9" + "9" * 5_000 + ".1\n---\na", 1)
@example("2031-99-99: 9" + "9" * 5_000, 1)
def test_any_text_is_read_or_refused_with_a_place(text: str, first_line: int) -> None:
    """Nothing but YamlError is ever raised, its place lies in the text, and what is read is Unicode
    text.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = _read(text, first_line=first_line)
    if isinstance(found, YamlError):
        assert first_line <= found.line < first_line + len(lines)
        assert 1 <= found.column <= len(lines[found.line - first_line]) + 1
        assert found.what
        assert found.hint
    else:
        str(_plain(found)).encode()


@pytest.mark.parametrize("value", _SCALARS)
def test_a_scalar_stays_what_was_typed(value: str) -> None:
    """No value becomes a truth, a number, a date or nothing."""
    assert _plain(read_yaml(f"a: {value}\nb: [{value}]")) == {"a": value, "b": [value]}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", {}),
        ("# nothing\n", {}),
        ("---\n", {}),
        ("\ufeffa: b", {"a": "b"}),
        ("a:", {"a": ""}),
        ("a: b # c", {"a": "b"}),
        ("a: 'b: c'", {"a": "b: c"}),
        ('a: "\\u00e9\\n"', {"a": "é\n"}),
        ("a: |\n  b\n  c\n", {"a": "b\nc\n"}),
        ("a: >-\n  b\n  c\n", {"a": "b c"}),
        ("- a\n- b: c\n  d: [e, {f: g}]", ["a", {"b": "c", "d": ["e", {"f": "g"}]}]),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("a: b\rc: d\r", {"a": "b", "c": "d"}),
        ("just text", "just text"),
        ("'<': a", {"<": "a"}),
    ],
)
def test_plain_yaml_is_read(text: str, tree: object) -> None:
    """Mappings, lists, quotes, block texts and comments mean what YAML says."""
    assert _plain(read_yaml(text)) == tree


def test_a_node_knows_its_line_and_column() -> None:
    """Places are 1-based and count on from the line that the text begins in."""
    tree = read_yaml("a: b\r\nlist:\r\n  - é\r\n  - {c: d}\r\n", first_line=10)
    assert isinstance(tree, Mapping)
    assert (tree.line, tree.column) == (10, 1)
    key, items = tree.entries["list"]
    assert (key.line, key.column) == (11, 1)
    assert isinstance(items, Sequence)
    assert [(item.line, item.column) for item in items.items] == [(12, 5), (13, 5)]


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("a: b\na: c", 21, 1, 'duplicate key "a"'),
        ("x:\n  a: b\n  'a': c", 22, 3, 'duplicate key "a"'),
        ("a: *b", 20, 4, "anchors and aliases"),
        ("a: &b c", 20, 4, "anchors and aliases"),
        ("&a a: b", 20, 1, "anchors and aliases"),
        ("- &a [b]\n- *a", 20, 3, "anchors and aliases"),
        ("a: !!str b", 20, 4, "tags"),
        ("a: ! b", 20, 4, "tags"),
        ("!!python/object:os.system {}", 20, 1, "tags"),
        ("a: b\n<<: {c: d}", 21, 1, "merge keys"),
        ("a: b\n---\nc: d", 21, 1, "a second document"),
        ("a\n...\n---\nb", 22, 1, "a second document"),
        ("a:\n\tb: c", 21, 1, "'\\t'"),
        ("a: b: c", 20, 5, "mapping values are not allowed"),
        ("a: 'b", 20, 6, "unexpected end of stream"),
        ("[a, b", 20, 6, "expected ',' or ']'"),
        ("? [a]\n: b", 20, 3, "a key must be a word"),
        ('a: b\nc: "\\ud800"', 21, 4, "an escape that is no character"),
        ("a: b\rc: \x01d", 21, 4, "U+0001 is not allowed"),
        ("a: b\n\ud800: c", 21, 1, "U+D800 is not allowed"),
        ("a: b\x85\u2028c: *d", 20, 10, "anchors and aliases"),
        ("a: [[[[b]]]]", 20, 7, "nested deeper than 4 levels"),
        ("[" * 5_000, 20, 5, "nested deeper than 4 levels"),
        ("{a: " * 5_000, 20, 17, "nested deeper than 4 levels"),
        ("- " * 5_000, 20, 9, "nested deeper than 4 levels"),
    ],
)
def test_what_is_ambiguous_is_refused_with_its_place(
    text: str, line: int, column: int, what: str
) -> None:
    """The error names line, column, fault and remedy, the line counted on from that of the text's
    file.
    """
    fault = _fault(text, first_line=20)
    assert what in fault.what
    assert (fault.line, fault.column) == (line, column)


def test_a_tab_is_named_in_the_hint() -> None:
    """The commonest faults have a remedy of their own."""
    assert _fault("a:\n\tb: c").hint == "indent with spaces, not tabs"
    assert "needs quotes" in _fault("a: b: c").hint


def test_size_and_depth_have_limits() -> None:
    """A text of exactly the limit is read; what is larger, in bytes, or deeper is refused."""
    assert _plain(read_yaml("éé", max_bytes=4)) == "éé"
    assert _fault("éé", max_bytes=3, first_line=7).line == 7
    assert _plain(read_yaml("[[a]]", max_depth=2)) == [["a"]]
    assert "deeper than 2" in _fault("[[[a]]]", max_depth=2).what


@pytest.mark.parametrize("text", _LARGE, ids=lambda text: repr(text[:8]))
def test_a_large_text_ends(text: str) -> None:
    """Sixty thousand characters of one kind are read or refused like any other text."""
    assert _read(text).line >= 1
