"""Admonitions, tabs and the like: the mark goes, the title is a block of its own, and all of it is
one unit.
"""

import pytest
from markdown_blocks import outline, plains

TITLED = [
    ":::caution[Mind *it*]\n\nBody.\n\n- One\n\n:::\n",
    "::: caution Mind *it*\nBody.\n\n- One\n:::\n",
    ":::{caution} Mind *it*\nBody.\n- One\n:::\n",
    '::: {.callout-note title="Mind *it*"}\nBody.\n- One\n:::\n',
    ':::note{title="Mind *it*"}\nBody.\n- One\n:::\n',
    '!!! caution "Mind *it*"\n\n    Body.\n\n    - One\n',
    '!!! caution inline end "Mind *it*"\n    Body.\n\n    - One\n',
    "??? caution 'Mind *it*'\n    Body.\n\n    - One\n",
    '???+ caution "Mind *it*"\n\n    Body.\n    - One\n',
    '=== "Mind *it*"\n\n    Body.\n\n    - One\n',
    "/// caution | Mind *it*\n    open: True\n\nBody.\n\n- One\n///\n",
    "> [!caution] Mind *it*\n> Body.\n> - One\n",
    "> [!CAUTION]- Mind *it*\n>\n> Body.\n>\n> - One\n",
    ">[!caution|wide]+ Mind *it*\n>Body.\n>\n>- One\n",
    '{% hint style="warning" title="Mind *it*" %}\nBody.\n\n- One\n{% endhint %}\n',
    '{{< details "Mind *it*" >}}\nBody.\n\n- One\n{{< /details >}}\n',
    '{{% expand title="Mind *it*" %}}\nBody.\n\n- One\n{{% /expand %}}\n',
    '{% tabs %}\n{% tab title="Mind *it*" %}\nBody.\n\n- One\n{% endtab %}\n{% endtabs %}\n',
    "Mind *it*\n:   Body.\n\n    - One\n",
]


@pytest.mark.parametrize("text", TITLED)
@pytest.mark.parametrize("prefix", ["", "> ", "1. "])
def test_an_admonition_is_one_unit(text: str, prefix: str) -> None:
    """Its title comes first; title, body and lists in it have one group. So it is in a
    quotation and in a list.
    """
    indentation = prefix if prefix == "> " else " " * len(prefix)
    lines = text.splitlines(keepends=True)
    nested = "".join(f"{indentation if at else prefix}{line}" for at, line in enumerate(lines))
    found = outline(f"Above.\n\n{nested}\nBelow.\n")
    assert [plain for _, _, plain in found] == ["Above.", "Mind it", "Body.", "One", "Below."]
    assert [kind for kind, _, _ in found[1:4]] == [
        "title",
        "item" if prefix == "1. " else "paragraph",
        "item",
    ]
    (group,) = {group for _, group, _ in found[1:4]}
    assert group in (3, 4)
    assert {found[0][1], found[4][1]} == {0}


@pytest.mark.parametrize(
    "text",
    [
        ":::tip\nBody.\n:::",
        "!!! tip\n    Body.",
        '!!! tip ""\n    Body.',
        "!!! tip\n\tBody.",
        "> [!TIP]\n> Body.",
        "{% hint %}\nBody.\n{% endhint %}",
        "/// tip\nBody.\n///",
        "{{< notice tip >}}\nBody.\n{{< /notice >}}",
    ],
)
def test_a_type_is_no_title(text: str) -> None:
    """The word of the type, which sites draw in colour, is not the article's."""
    assert outline(text) == [("paragraph", 1, "Body.")]


def test_a_nested_admonition_belongs_to_the_outer_one() -> None:
    """However they are nested."""
    assert outline("::::note[A]\nB.\n:::tip[C]\nD.\n:::\nE.\n::::\nF.") == [
        ("title", 1, "A"),
        ("paragraph", 1, "B."),
        ("title", 1, "C"),
        ("paragraph", 1, "D."),
        ("paragraph", 1, "E."),
        ("paragraph", 0, "F."),
    ]
    nested = outline('!!! note "A"\n    B.\n\n    ??? tip "C"\n        D.\n\n    E.\n\nF.')
    assert [(group, plain) for _, group, plain in nested] == [
        (1, "A"),
        (1, "B."),
        (1, "C"),
        (1, "D."),
        (1, "E."),
        (0, "F."),
    ]
    assert plains("> [!a] A\n> B.\n> > [!b]- C\n> > D.\n\nE.") == ["A", "B.", "C", "D.", "E."]


def test_the_body_of_a_tab_is_read_like_any_text() -> None:
    """Lists, code and tables in it are what they are, and their offsets hold."""
    text = (
        '=== "npm"\n\n    Run it:\n\n    1. One\n        - Two\n\n    ```sh\n    npm i\n      -g\n    ```\n\n'
        "    | a | b |\n    |---|---|\n    | 1 | 2 |\n"
    )
    assert outline(text) == [
        ("title", 1, "npm"),
        ("paragraph", 1, "Run it:"),
        ("item", 1, "One"),
        ("item", 1, "Two"),
        ("code", 1, "npm i"),
        ("code", 1, "-g"),
        ("row", 1, "a · b · 1 · 2"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        ":::note[A]\nB.\n\nC.",
        "{% hint %}\nA.\n\nB.",
        ":::\nA.\n:::\nB.",
        "{% endhint %}\nA.\n{% hint %}",
    ],
)
def test_what_nothing_closes_is_no_unit(text: str) -> None:
    """The rest of a file does not belong to an admonition whose end somebody forgot."""
    found = outline(text)
    assert {group for kind, group, _ in found if kind == "paragraph"} == {0}
    assert not any(":" in plain or "%" in plain for _, _, plain in found)


@pytest.mark.parametrize(
    "text",
    [
        "a\n===\n\nb",
        "!!!\n\na",
        "What???\n\n??? why so?",
        "::: \n",
        "It is 5 // 2.",
        "a: b",
        "http://a.b ::: c",
        ": a",
    ],
)
def test_what_only_looks_like_a_mark_is_text(text: str) -> None:
    """Without the shape of a mark, signs are signs."""
    words = {word for plain in plains(text) for word in plain.split()}
    assert words >= {word for word in text.split() if word.isalnum()}


def test_code_between_shortcodes_is_code() -> None:
    """What is highlighted is read line by line; a comment in it is no heading."""
    text = "{% highlight sh %}\n# not a heading\nls\n{% endhighlight %}\n\n"
    text += "{{< highlight py >}}\nx = *y\n{{< /highlight >}}\n"
    assert outline(text) == [
        ("code", 2, "# not a heading"),
        ("code", 2, "ls"),
        ("code", 7, "x = *y"),
    ]


def test_several_definitions_of_a_term() -> None:
    """A term is the title of its definitions."""
    text = "Lark\n:   A bird.\n:   A joke.\n\nHeron\nEgret\n\n: Birds.\n  Long legs.\n\n  White.\n\nEnd."
    assert outline(text) == [
        ("title", 1, "Lark"),
        ("paragraph", 1, "A bird."),
        ("paragraph", 1, "A joke."),
        ("title", 5, "Heron Egret"),
        ("paragraph", 5, "Birds. Long legs."),
        ("paragraph", 5, "White."),
        ("paragraph", 0, "End."),
    ]


@pytest.mark.parametrize(
    "info",
    ['yaml title="compose.yaml"', "yaml {filename='compose.yaml'}", 'file="compose.yaml" {1,3}'],
)
def test_the_title_of_code_stands_above_it(info: str) -> None:
    """As sites show it, and it belongs to the code."""
    assert outline(f"Write this.\n\n```{info}\na: b\n```\n") == [
        ("paragraph", 0, "Write this."),
        ("title", 3, "compose.yaml"),
        ("code", 3, "a: b"),
    ]


@pytest.mark.parametrize("info", ["yaml", 'yaml title=""', "yaml linenos=table", "sh # title=x"])
def test_code_without_a_title_has_none(info: str) -> None:
    """Other settings of a fence are no text."""
    assert outline(f"```{info}\na: b\n```\n") == [("code", 1, "a: b")]
