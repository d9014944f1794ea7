"""Laws of Markdown: whatever a file holds, places hold, no word vanishes, and the time is in
proportion.
"""

import re
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_blocks import draft_of
from processor_time import grows_too_fast

from bot.articles.formats.markdown import parse_markdown
from bot.articles.lines import Lines

PIECES = [
    "word",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "# ",
    "|",
    "|-|-|\n",
    "```\n",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "==",
    "[",
    "]",
    "](",
    "![",
    "[[",
    "]]",
    "![[",
    "|",
    "^",
    "^a1",
    "%%",
    ":::note[",
    ":::",
    "!!! a\n",
    '=== "a"\n',
    '??? b "',
    "/// c | ",
    "///\n",
    "> [!d]- ",
    "{% hint %}\n",
    "{% endhint %}\n",
    '{{< e "f" >}}',
    "{{ g }}",
    "<%",
    "%>",
    "{#h}",
    "{: .i}",
    '<Card title="',
    '">',
    "</Card>",
    "<B>",
    "{/*",
    "*/}",
    "{j}",
    "import K from 'l'\n",
    "export const m = {\n",
    "[^n]: ",
    "[^n]",
    ": ",
    ":tada:",
    "$",
    "<br>",
    "<#123456789012345678>",
    "https://a.example",
    "&amp;",
    "\\",
    "\ufeff",
    "\u2028",
    "é",
    "- [ ] ",
    "---\n",
    "===\n",
]
# Marks that take no word away, with a place for a text.
WRAPPERS = [
    "{}",
    "*{}*",
    "**{}**",
    "~~{}~~",
    "=={}==",
    "`{}`",
    "[{}](https://a.example)",
    "[[page|{}]]",
    "[[{}]]",
    "<B>{}</B>",
    "{{{{< a >}}}}{}",
    "{} {{.class}}",
    "{} ^block1",
    "{} :tada:",
    "a<br>{}",
    "{}[^1]",
    "%%hidden%% {}",
    "{{'{}'}}",
    "${}$",
]
BLOCKS = [
    "{}\n\n",
    "## {}\n\n",
    "## {} {{#id}}\n\n",
    "{}\n---\n\n",
    "> {}\n\n",
    "- {}\n\n",
    "- [x] {}\n\n",
    "1. {}\n   - b\n\n",
    "[^1]: {}\n\n",
    "| {} | b |\n|---|---|\n| c | d |\n\n",
    "a | b\n--|--\nc | {}\n\n",
    "```\n{}\n```\n\n",
    "Term\n: {}\n\n",
    ":::note[{}]\nb\n:::\n\n",
    "::: tip\n{}\n:::\n\n",
    '!!! note "{}"\n\n    b\n\n',
    "??? tip\n    - {}\n\n",
    '=== "Tab"\n\n    {}\n\n',
    "> [!tip]- {}\n> b\n\n",
    "> [!tip]\n> {}\n\n",
    "{{% hint %}}\n{}\n{{% endhint %}}\n\n",
    "<Tabs>\n  <Tab>\n    {}\n  </Tab>\n</Tabs>\n\n",
    "%%\nhidden\n%%\n{}\n\n",
    "import A from 'a'\n{}\n\n",
    "/// note\n{}\n///\n\n",
]
# Blocks whose text is no inline markup.
VERBATIM = ("```\n{}\n```\n\n",)


@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(["a.md", "a.mdx"])
)
def test_every_place_holds(text: str, name: str) -> None:
    """Places lie in the file, ascending, and what is read stands there."""
    draft_of(text, name)


@given(
    st.lists(st.tuples(st.sampled_from(BLOCKS), st.sampled_from(WRAPPERS)), min_size=1, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
)
def test_no_word_vanishes(parts: list[tuple[str, str]], newline: str) -> None:
    """Each word of a document that is made of marks around known words is read, in its order."""
    numbers = count(1)
    words, text = [], ""
    for block, wrapper in parts:
        word = f"word{next(numbers)}"
        words.append(word)
        inner = word if block in VERBATIM or "|" in block or '"' in block else wrapper.format(word)
        text += block.format(inner)
    read = " ".join(block.plain for block in draft_of(text.replace("\n", newline), "a.mdx").blocks)
    assert re.findall(r"word\d+", read) == words
    assert "hidden" not in read


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "*a ",
        "{/*",
        "==a ",
        "- a\n",
        "a\n\n",
        ":::a\n",
        "{% a %}\n",
        "[^1]: a\n",
        "<A>\n\n</B>\n\n",
        *(
            pytest.param(piece, marks=pytest.mark.slow)
            for piece in (
                "![",
                "[[a|",
                "`",
                "<A b={",
                "{{",
                "$a ",
                "> ",
                "- ",
                "# a\n",
                "| a | b |\n",
                ": a\n",
                "a\n: b\n\n",
                "!!! a\n",
                "> [!a] b\n",
                "{{< a\n",
                "%% a\n\n",
                "export const a = (\n\n",
                "import a\n\n",
                "/// a\n    b: c\n",
            )
        ),
    ],
)
def test_time_is_in_proportion(piece: str) -> None:
    """Twice as much of anything takes no more than twice as long."""
    texts = [f"# A\n\n{(piece * size)[:size]}\n" for size in (4_000, 8_000, 16_000)]
    assert not grows_too_fast(lambda text: parse_markdown("a.mdx", Lines(text), 1), texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["- a\n", "# a\nb\n", "| a | b |\n|---|---|\n", "[a](b) ", "**a *b ", "[[a]"]
)
def test_a_mebibyte_of_markup_costs_no_more_than_a_quarter(piece: str) -> None:
    """What is too much for one article is read as plain text, and that is told; no word is lost."""
    text = f"# A\n\n{piece * (1_000_000 // len(piece))}\nend"
    draft = parse_markdown("a.md", Lines(text), 1)
    assert draft.blocks[-1].plain.endswith("end")
    assert [problem.severity for problem in draft.problems if "split" in problem.hint] == ["note"]


def test_what_lies_too_deep_is_read() -> None:
    """Of quotations and lists in each other as many as anybody writes are known, and the text
    of all is read.
    """
    for mark in ("> ", "- ", "1. "):
        text = mark * 200 + "The end.\n"
        assert draft_of(text).blocks[-1].plain.endswith("The end.")
    nested = "".join("  " * depth + f"- word{depth}\n" for depth in range(25))
    assert [block.plain for block in draft_of(nested).blocks] == [
        f"word{depth}" for depth in range(25)
    ]


def test_a_long_paragraph_is_read_piece_by_piece() -> None:
    """What stands in each piece is read as it would be alone, and places hold."""
    sentence = "This is *one* of [many](https://a.example) sentences with `code` in it. "
    (block,) = draft_of(sentence * 500).blocks
    assert block.plain == " ".join(["This is one of many sentences with code in it."] * 500)
    assert len(block.links) == 500
