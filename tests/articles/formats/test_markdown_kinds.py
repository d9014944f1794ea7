"""What files of Markdown of many kinds hold: a table of texts and what is read of them."""

import pytest
from parsed import parse, plains_of

SEE = "https://e.org"
# A file's name, a text below its title, and what its sections hold, one sentence a line.
TEXTS = [
    ("a.md", ":::{.tip}\nOwls.\n:::\n", "Owls."),
    ("a.md", "/// tip ! x\n\nOwls.\n", "/// tip ! x\nOwls."),
    ("a.md", "{{< highlight go >}}\nOwls hunt.\n", "Owls hunt."),
    ("a.md", '{{< note title="a\nb" >}}\nOwls.\n{{< /note >}}\n', "Owls."),
    ("a.md", "Owls.\n\n/// tip\n    open: True\n", "Owls."),
    ("a.md", "!!! note\n\nOwls.\n", "Owls."),
    ("a.md", "%% owls\n", "%% owls"),
    ("a.md", "%% mice\n\nand %% owls\n", "%% mice\nand %% owls"),
    ("a.md", "> Owl\n\n: a bird\n", "Owl\n: a bird"),
    ("a.md", "===Owls=== and ==voles== ====\n", "===Owls=== and voles ===="),
    ("a.md", "[a==b](x) [$x$](y)\n", "a==b $x$"),
    ("a.md", "Owls {{< a and voles.\n", "Owls {{< a and voles."),
    ("a.mdx", "{{ x }}\n\nOwls {{x}} {'hunt'} {c} voles.\n", "Owls hunt voles."),
    (
        "a.mdx",
        "export const a = {\n  b: 1\n\n\nOwls.\n\nexport const c = [\n\nVoles.\n",
        "Owls.\nVoles.",
    ),
    ("a.md", "Owl\n\n\n: far below\n", "Owl\n: far below"),
    ("a.md", "It costs $$5 and no more.\n", "It costs $$5 and no more."),
    ("a.md", "/// note\n\n::: tip\n\nOwls.\n\n///\n\nVoles.\n", "Owls.\nVoles."),
    ("a.md", f"Owls [ ]({SEE}) hunt. [Voles. Mice.]({SEE})\n", "Owls hunt.\nVoles.\nMice."),
    ("a.mdx", "{`\nOwls\n`} + ((\n\nVoles.\n", "Voles."),
    (
        "a.mdx",
        "<A /> <B />\n\n{/* c */}\n\n{a ? 1 : <b>Owls hunt.</b>}\n: by night\n",
        "Owls hunt.\n: by night",
    ),
    ("a.mdx", "Owls { hunt.\n", "Owls { hunt."),
    ("a.md", "{{< a >}} {{< b >}}\nOwls.\n", "Owls."),
    ("a.md", "Owls\n%% mice %%\nhunt.\n", "Owls\nhunt."),
    ("a.md", "Owls ^a1 hunt. ^a2\nVoles^a3 eat.\n", "Owls ^a1 hunt.\nVoles^a3 eat."),
    ("a.md", "Owls **eat [[mice** and]] voles.\n", "Owls **eat mice** and voles."),
    ("a.md", "Q: Who is A: Bob?\nA: It is Bob.\n", "It is Bob."),
    (
        "a.md",
        "Ann: Do owls hunt?\nBob: Yes.\nAnn: By night?\n\nRain fell.\nBob: Yes.\n\nAnn:\nBob: No.\n",
        "Do owls hunt?\nYes.\nBy night?\nRain fell.\nYes.\nNo.",
    ),
]


@pytest.mark.parametrize(("name", "text", "read"), TEXTS)
def test_what_is_read_of_a_text(name: str, text: str, read: str) -> None:
    """Markup goes, and nothing that is no markup."""
    article, _ = parse(f"# T\n\n{text}", name)
    (plains,) = plains_of(article)
    assert "\n".join(plains) == read


def test_a_definition_below_a_heading_is_text() -> None:
    """A heading is no term."""
    article, _ = parse("# T\n\n## Owls\n: a bird\n", "a.md")
    assert plains_of(article) == [[": a bird"]]


def test_empty_lines_are_no_burden() -> None:
    """However many there are."""
    article, problems = parse("# T\n" + "\n" * 20_001 + "Owls *hunt*.\n", "a.md")
    assert plains_of(article) == [["Owls hunt."]]
    assert not problems


def test_markup_without_end_is_read_as_it_stands() -> None:
    """What is too much in one paragraph, which is told."""
    article, problems = parse("# T\n\n" + "a_b [x](y) " * 30_000 + "\n", "a.md")
    assert "too-much-markup" in {one.kind for one in problems}
    assert article.sections[0].sentences[0].plain.startswith("a_b x a_b x")


def test_a_definition_of_nothing_is_text() -> None:
    """There is no term above it."""
    article, _ = parse("%% owls %%\n: hunt by night\n", "a.md")
    assert plains_of(article) == [[": hunt by night"]]


def test_of_a_file_without_end_the_rest_is_running_text() -> None:
    """From which line on is told."""
    many = "\n" * 10_000 + "a\n" * 20_000 + "Owls *hunt*.\n\n" + "Voles do not. " * 600
    article, problems = parse(f"# T\n\n{many}", "a.md")
    assert [one.line for one in problems if one.kind == "too-much-markdown"] == [30_002]
    (plains,) = plains_of(article)
    assert "Owls *hunt*." in " ".join(plains)
    assert plains[-1] == "Voles do not."
