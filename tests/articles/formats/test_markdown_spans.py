"""Inline marks of Obsidian, of site generators and of Discord."""

import pytest
from markdown_blocks import draft_of, plains


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "See [[Refunds]], [[a/b|the *rules*]], [[Fees#Late]] and [[#Below]].",
            "See Refunds, the *rules*, Fees > Late and Below.",
        ),
        ("See [[Fees#^a1b2c3]] and [[Fees#One#Two]].", "See Fees and Fees > One > Two."),
        ("A ![[pic.png|300]] b.", "A  b."),
        ("A %%not *read*%% b.", "A  b."),
        ("100 %% sure.", "100 %% sure."),
        ("It is ==very *late*== now, 1 == 2.", "It is very late now, 1 == 2."),
        ("It is ~~gone~~ here ~ there.", "It is gone here ~ there."),
        ("A sentence. ^a1b2c3", "A sentence."),
        ("It grows as x ^2", "It grows as x ^2"),
        ("Ask in #general, #1.", "Ask in #general, #1."),
        ("Pay $a_1 * b_2$ or $5 and _not_ $10.", "Pay $a_1 * b_2$ or $5 and not $10."),
        ("$$\na_1 + b_1\n$$", "$$ a_1 + b_1 $$"),
        (
            "Well done :tada: :white_check_mark:, at 10:30:45 a:b:c.",
            "Well done  , at 10:30:45 a:b:c.",
        ),
        ("Well <:done:123456789012345678> <a:it:123456789012345678>.", "Well  ."),
        ("Go to <#764802555427029012>, <@12>.", "Go to <#764802555427029012>, <@12>."),
        ("Free<br>in<br/>every<BR />inn.", "Free in every inn."),
        ("Free<br clear=all>in<br\n/>every</br >inn <brave>.", "Free in every inn ."),
        ('A {{< ref "x" >}}b{{< /ref >}} {% c %} {{% d %}} {{ e.f }} <% g %>.', "A b    ."),
        ("A `= this.due` and `= 2`.", "A  and = 2."),
        ("# Fees {#fees}", "Fees"),
        ("Fees{.red} and [a](b){target=_blank} {: .x}", "Fees and a"),
        ("Use {user} and {1}.", "Use {user} and {1}."),
        ("Kept {/* not\nthis */} here.", "Kept  here."),
        ("- [ ] Buy milk", "Buy milk"),
        ("1. [x] Buy [x] milk", "Buy [x] milk"),
        ("| a |\n|---|\n| b<br>c [[d\\|e]] ==f== |", "a · b c e f"),
        ("`[[a]] ==b== :c: {{ d }}`", "[[a]] ==b== :c: {{ d }}"),
    ],
)
def test_a_mark_is_not_read(text: str, plain: str) -> None:
    """What people see is read, and the marks around it are not."""
    assert plains(text) == [plain]


@pytest.mark.parametrize(
    ("text", "plain", "keywords"),
    [
        ("#one #two/three\n\nText.", ["Text."], ["one", "two/three"]),
        ("#one\n\nText.", ["Text."], ["one"]),
        ("Text.\n\n#one", ["Text."], ["one"]),
        ("Tags: #one, #two\n\nText.", ["Text."], ["one", "two"]),
        ("A.\n\n#general\n\nB.", ["A.", "#general", "B."], []),
        ("Text #one #two.", ["Text #one #two."], []),
    ],
)
def test_a_paragraph_of_tags_is_keywords(text: str, plain: list[str], keywords: list[str]) -> None:
    """A single one only at the top or at the end: elsewhere it may be the name of a channel."""
    draft = draft_of(text)
    assert ([block.plain for block in draft.blocks], draft.keywords) == (plain, keywords)


def test_what_is_left_out_is_told_once_a_kind() -> None:
    """With how many there are, and where the first one stands."""
    problems = draft_of("A.\n\n![[b]] ![[c]]\n\n![[d]] {{ e }}\n\n```dataview\nf\n```\n").problems
    assert [(problem.line, problem.severity) for problem in problems] == [(3, "note"), (5, "note")]
    assert ["(3 in this file)" in problems[0].what, "(2 in this file)" in problems[1].what] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[the *guide*](https://a.example/b) left.", [("the guide", "https://a.example/b")]),
        (
            "[a](<https://a.example/ä b> 'c') [d](/e) [f](#g) [h](mailto:i@j.k)",
            [("a", "https://a.example/ä b")],
        ),
        (
            "[a][r] [r] [R][]\n\n[r]: http://a.example",
            [("a", "http://a.example"), ("r", "http://a.example"), ("R", "http://a.example")],
        ),
        ("<https://a.example/%20b>", [("https://a.example/%20b", "https://a.example/%20b")]),
        ("See https://a.example/b.", [("https://a.example/b", "https://a.example/b")]),
        ("[![pic](p.png)](https://a.example)", [("pic", "https://a.example")]),
        ("Go to <#764802555427029012>.", [("<#764802555427029012>", "<#764802555427029012>")]),
        (
            "| [a](https://b.c) | d |\n|---|---|\n| e | [f](https://g.h) |",
            [("a", "https://b.c"), ("f", "https://g.h")],
        ),
        (
            "<a class=b href='https://a.example'>the *guide*</a>, <A HREF=http://b.c>d</A>",
            [("the guide", "https://a.example"), ("d", "http://b.c")],
        ),
        ("<a href='/b'>a</a> <a href='javascript:b'>c</a> <a name=d></a> <a>e</a>", []),
        (
            "<a href='https://a.example'>see [b](https://c.d) and</a>",
            [("b", "https://c.d")],
        ),
        ("`https://a.example` [x](javascript:alert)", [("https://a.example", "https://a.example")]),
    ],
)
def test_links_are_kept(text: str, links: list[tuple[str, str]]) -> None:
    """Web addresses and mentions of channels, as the article has them; others lead nowhere
    outside of it.
    """
    (block,) = draft_of(text).blocks
    assert [(block.plain[link.start : link.end], link.address) for link in block.links] == links


@pytest.mark.parametrize(
    "address",
    ['{{< ref "restore" >}}', "/docs/{{< ver >}}/a", '{{% relref "a.md" %}}', "{% url 'a' %}"],
)
def test_the_words_of_a_link_stay_whose_address_a_template_computes(address: str) -> None:
    """The link is as dead as its address; its words are text."""
    assert plains(f"See [the *other* page]({address}), please.") == [
        "See the *other* page, please."
    ]
