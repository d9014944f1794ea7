"""The judge is judged: what Discord shows, construct by construct, live and escaped."""

import re
import string

import pytest
from discord_markdown import Node, invisible, live, plain, read
from growth import MOST_GROWTH, growth
from hypothesis import given
from hypothesis import strategies as st

SHOWN = [
    # source, what is live, what a person reads
    ("nothing of note, (a) 3 - 2 = 1; 50% & a/b", [], None),
    ("**a** b", ["bold: a"], "a b"),
    ("*a* b", ["italic: a"], "a b"),
    ("_a_ b", ["italic: a"], "a b"),
    ("__a__ b", ["underline: a"], "a b"),
    ("~~a~~ b", ["strike: a"], "a b"),
    ("||a|| b", ["spoiler: a"], "a b"),
    ("***a***", ["italic: a", "bold: a"], "a"),
    ("__**a** b__", ["underline: a b", "bold: a"], "a b"),
    ("**foo***", ["bold: foo*"], "foo*"),
    ("****", ["italic: **"], "**"),
    ("foo * a * bar", [], None),
    ("foo ** a ** bar", ["bold:  a "], "foo  a  bar"),
    ("a **b c", [], None),
    ("**a\nb**", ["bold: a\nb"], "a\nb"),
    ("snake_case_name", [], None),
    ("snake_case_ name", ["italic: case"], "snakecase name"),
    ("||a\\||", ["spoiler: a\\"], "a\\"),
    ("`a *b*`", ["code: a *b*"], "a *b*"),
    ("`` a`b ``", ["code:  a`b "], " a`b "),
    ("``a`", ["code: `a"], "`a"),
    ("`a", [], None),
    ("```py\na\nb\n```\nc", ["code block: a\nb"], "a\nb\nc"),
    ("```a``` c", ["code block: a"], "a\n c"),
    ("> a\n> b\nc", ["quote: a\nb"], "a\nb\nc"),
    ("a\n  > b", ["quote: b"], "a\nb"),
    (">>> a\n\nb", ["quote: a\n\nb"], "a\n\nb"),
    (">a\na > b", [], None),
    ("> > a", ["quote: > a"], "> a"),
    ("> **a\n> b**", ["quote: a\nb", "bold: a\nb"], "a\nb"),
    ("# a\nb", ["heading: a"], "a\nb"),
    ("## a", ["heading: a"], "a"),
    ("  ### a", ["heading: a"], "a"),
    ("#### a\n#a\n# # a\nb # a", [], None),
    ("-# a\nb", ["subtext: a"], "a\nb"),
    ("-#a", [], None),
    ("- a\n- b", ["list item: a", "list item: b"], "• a\n• b"),
    ("* a", ["list item: a"], "• a"),
    ("+ a", ["list item: a"], "• a"),
    ("3. a", ["list item: a"], "3. a"),
    ("a\n    - b", ["list item: b"], "a\n• b"),
    ("- a\n  - b\n    c", ["list item: a\nb\nc", "list item: b\nc"], "• a\n• b\nc"),
    ("-a\n1.a\na - b\n1) a", [], None),
    ("- # a", ["list item: a", "heading: a"], "• a"),
    ("**a** - b", ["bold: a"], "a - b"),
    ("[a](https://b.c)", ["masked link: a -> https://b.c"], "a"),
    ("[a](<https://b.c>)", ["masked link: a -> https://b.c"], "a"),
    ('[a]( https://b.c/(d) "title" )', ["masked link: a -> https://b.c/(d)"], "a"),
    (
        "[a](https://b.c), [d](https://e.f)",
        ["masked link: a -> https://b.c", "masked link: d -> https://e.f"],
        "a, d",
    ),
    ("[[a]](https://b.c)", ["masked link: [a] -> https://b.c"], "[a]"),
    ("[]a](https://b.c)", ["masked link: ]a -> https://b.c"], "]a"),
    ("[a\\](https://b.c)", ["masked link: a\\ -> https://b.c"], "a\\"),
    ("[a](discord://-/home)", ["masked link: a -> discord://-/home"], "a"),
    ("[a](b) [a] (c) [a][b]", [], None),
    ("see https://b.c/d_e_f.", ["link: https://b.c/d_e_f"], None),
    ("(https://b.c/(d))", ["link: https://b.c/(d)"], None),
    ("xhttp://b.c", ["link: http://b.c"], None),
    ("steam://run/1", ["link: steam://run/1"], None),
    ("\\https://b.c", ["link: https://b.c"], None),
    ("<https://b.c>", ["link: https://b.c"], "https://b.c"),
    (
        "<mailto:a@b.c> <a@b.cd> <+49 30 1234>",
        ["link: mailto:a@b.c", "link: a@b.cd", "link: +49 30 1234"],
        "mailto:a@b.c a@b.cd +49 30 1234",
    ),
    ("b.c www.b.c :// a:b//c", [], None),
    ("<@12>", ["user: <@12>"], "@12"),
    ("<@!12>", ["user: <@!12>"], "@12"),
    ("<@&12>", ["role: <@&12>"], "@12"),
    ("<#12>", ["channel: <#12>"], "#12"),
    ("<t:1618953630>", ["timestamp: <t:1618953630>"], "2021-04-20 21:20 UTC"),
    ("<t:-1:R>", ["timestamp: <t:-1:R>"], "1969-12-31 23:59 UTC"),
    ("</ask:12>", ["command: </ask:12>"], "/ask"),
    ("</kb set up:12>", ["command: </kb set up:12>"], "/kb set up"),
    ("<:name:12>", ["emoji: <:name:12>"], ":name:"),
    ("<a:name:12>", ["emoji: <a:name:12>"], ":name:"),
    ("<id:customize>", ["navigation: <id:customize>"], "#customize"),
    ("<id:linked-roles:12>", ["navigation: <id:linked-roles:12>"], "#linked-roles:12"),
    ("<sound:1:2>", ["sound: <sound:1:2>"], None),
    ("<a> <12> <@a> 1 < 2 > 1 <t:x>", [], None),
    ("@everyone", ["everyone: @everyone"], None),
    ("a@here!", ["everyone: @here"], None),
    ("@someone", [], None),
    (
        ":smile: :+1::skin-tone-2: :100:",
        ["shortcode: :smile:", "shortcode: :+1::skin-tone-2:", "shortcode: :100:"],
        None,
    ),
    ("12:30:45 a: b: c", [], None),
    ("discord.gg/abc", ["invite: discord.gg/abc"], None),
    ("www.Discord.com/invite/abc-d!", ["invite: Discord.com/invite/abc-d"], None),
    (
        "https://discord.gg/abc",
        ["link: https://discord.gg/abc", "invite: https://discord.gg/abc"],
        None,
    ),
    ("¯\\_(ツ)_/¯", [], None),
    ("\\a \\ b \\", [], None),
]


@pytest.mark.parametrize(
    ("source", "alive", "read_as"), SHOWN, ids=[source for source, _, _ in SHOWN]
)
def test_each_construct_is_seen(source: str, alive: list[str], read_as: str | None) -> None:
    """What is live is named in order, and what is read is the text without its markers (None: as it
    was written).
    """
    assert live(source) == alive
    assert plain(source) == (source if read_as is None else read_as)


@pytest.mark.parametrize(
    "escaped",
    [
        "\\*\\*a\\*\\*",
        "\\*a\\*",
        "\\_a\\_",
        "\\_\\_a\\_\\_",
        "\\~\\~a\\~\\~",
        "\\|\\|a\\|\\|",
        "\\`a\\`",
        "\\`\\`\\`a\\`\\`\\`",
        "\\> a",
        "\\>\\>\\> a",
        "\\# a\n  \\### a",
        "\\-# a",
        "\\- a\n    \\* b\n\\+ c",
        "1\\. a",
        "\\[a\\](b)",
        "\\[a](b)",
        "https\\://b.c",
        "http:\\/\\/b.c",
        "\\<@12> \\<#12> \\<t:1> \\</ask:12>",
        "\\<\\:name:12>",
        "\\@everyone \\@here",
        "\\:smile\\:",
        "discord\\.gg/abc",
        "\\\\",
    ],
)
def test_what_is_escaped_is_dead_and_reads_as_meant(escaped: str) -> None:
    """A backslash takes the meaning of the sign behind it and is not seen itself."""
    assert live(escaped) == []
    assert plain(escaped) == re.sub(r"\\(.)", r"\1", escaped)


def test_a_masked_link_survives_when_only_its_end_is_escaped() -> None:
    """The client looks for `](` without heeding backslashes, so the opening bracket must be
    escaped.
    """
    assert live("[a\\](https://b.c)") != []
    assert live("\\[a](https\\://b.c)") == []


MARKERS = st.text(alphabet="*_~|`<>[]()\\#-+1. \n:@/ahtps&!\"'", max_size=60)


@given(MARKERS)
def test_with_a_backslash_before_every_sign_nothing_is_live(text: str) -> None:
    """The strongest escaping there is leaves exactly the text."""
    escaped = "".join(
        f"\\{character}" if character in string.punctuation else character for character in text
    )
    assert live(escaped) == []
    assert plain(escaped) == text


@given(MARKERS)
def test_reading_never_fails_and_invents_nothing(text: str) -> None:
    """Whatever the text, it is read, and a person reads no letter more than were written."""
    assert plain(text).count("h") <= text.count("h")
    assert bool(live(text)) == any(node.kind != "text" for node in read(text))


def test_nodes_say_what_they_are() -> None:
    """The tree is small and plain: kind, text, children, target."""
    words = [
        Node("text", "see "),
        Node("masked link", children=[Node("bold", children=[Node("text", "a")])]),
    ]
    words[1].target = "https://b.c"
    item = Node("item", children=words, target="2.")
    assert read("## a\n2. see [**a**](https://b.c)\n```py\nx```") == [
        Node("heading", children=[Node("text", "a")], target="2"),
        Node("list", children=[item], target="2"),
        Node("code block", "x", target="py"),
    ]


def test_a_list_has_at_most_eleven_levels() -> None:
    """The client shows the twelfth bullet as text."""
    assert plain("- " * 12 + "a") == "• " * 11 + "- a"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a\tb\nc é ü 你好 — “x” …", []),
        ("a\x00b\x1bc\r", ["U+0000 CONTROL at 1", "U+001B CONTROL at 3", "U+000D CONTROL at 5"]),
        (
            "a\u202eb\u2066",
            ["U+202E RIGHT-TO-LEFT OVERRIDE at 1", "U+2066 LEFT-TO-RIGHT ISOLATE at 3"],
        ),
        (
            "a\u200bb\ufeff\u00ad",
            ["U+200B ZERO WIDTH SPACE at 1", "U+FEFF ZERO WIDTH NO-BREAK SPACE at 3"],
        ),
        ("a\U000e0041", ["U+E0041 TAG LATIN CAPITAL LETTER A at 1"]),
        ("a\u200db\ufe0f", ["U+200D ZERO WIDTH JOINER at 1", "U+FE0F VARIATION SELECTOR-16 at 3"]),
        (
            (
                "\U0001f469\u200d\U0001f4bb \u2764\ufe0f 1\ufe0f\u20e3 "
                "\U0001f3f3\ufe0f\u200d\U0001f308"
            ),
            [],
        ),
        ("e\u0301\u0302\u0303", []),
        (
            "e\u0301\u0302\u0303\u0304\u0305",
            ["more than three marks on one letter: U+0304 COMBINING MACRON at 4"],
        ),
    ],
)
def test_characters_nobody_sees_are_named(text: str, named: list[str]) -> None:
    """Controls, direction marks, zero widths, tags and heaps of marks are found; emoji are left
    alone.
    """
    assert invisible(text)[: len(named)] == named
    assert bool(invisible(text)) == bool(named)


PATHOLOGICAL = [
    *(
        "[a](",
        "*",
        "_",
        "|",
        "~",
        "`",
        "<",
        ">",
        "[",
        "]",
        "\\",
        "@",
        ":",
        "- ",
        "# ",
        "> ",
        "\n",
        "**a ",
        "*_~~||",
    ),
    *(
        "[a](https://",
        "[a](https://a()",
        '[a](https://b "',
        "<https://",
        "https://",
        "`a``",
        "```",
        "  - a\n",
        "[[]",
    ),
]


@pytest.mark.parametrize("unit", [*PATHOLOGICAL, "nested"])
def test_reading_takes_linear_time(unit: str) -> None:
    """Of what makes regular expressions run for minutes, eight times as much takes some eight times
    as long.
    """

    def read_so_much(characters: int) -> None:
        nested = "[" * (characters // 5) + "a" + "](https://b.c)" * (characters // 20)
        read(nested if unit == "nested" else (unit * characters)[:characters])

    assert growth(read_so_much, 40_000) < MOST_GROWTH
