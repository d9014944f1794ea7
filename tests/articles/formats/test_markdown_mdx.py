"""MDX: JavaScript and tags are markup, what stands between is Markdown."""

import pytest
from markdown_blocks import outline, plains


@pytest.mark.parametrize(
    "script",
    [
        "import Tabs from '@theme/Tabs';",
        'import {\n  Card,\n  Tabs,\n} from "a"',
        "import './style.css'",
        "import type { A } from 'a'\nimport B from 'b'",
        "export const level = 3;",
        "export const list = [\n  { a: 1 },\n\n  { b: (2) },\n];",
        "export default function Page({ children }) {\n  return <main>{children}</main>;\n}",
        "export { a } from 'b'",
        "{/* not\n\nthis */}",
        "{list.map((one) => (\n  <li key={one}>{one}</li>\n))}",
        "<Spacer />",
        "<Image\n  src={pic}\n  style={{ width: '3' }}\n  alt='>'\n/>",
        "<Tabs.Root {...rest}></Tabs.Root>",
        "<>\n</>",
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_javascript_is_no_text(script: str, between: str) -> None:
    """What it stands before and behind is read."""
    assert plains(f"Above.\n\n{script}{between}Below *it*.\n", "a.mdx") == ["Above.", "Below it."]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Pay <Price amount={3} /> at <Place>the *desk*</Place>.", "Pay  at the desk."),
        ("It is {level} {'high'} {`today`}.", "It is  high today."),
        ("A <i style={{ b: 1 }}>text</i>.", "A text."),
        ("A {/* b */} c.", "A  c."),
        ("Export the list to a file.", "Export the list to a file."),
        ("export the list to a file.", "export the list to a file."),
        ("import the list from a file.", "import the list from a file."),
    ],
)
def test_inline_markup_of_mdx_is_not_read(text: str, plain: str) -> None:
    """Tags and expressions go; of an expression that is a text the text is read."""
    assert plains(text, "a.mdx") == [plain]


def test_markdown_in_components_is_read() -> None:
    """Indented or not; visible attributes are titles, and a part with a title is one unit."""
    text = (
        '<Tabs>\n  <TabItem value="n" label="npm">\n    Run *it*:\n\n    - One\n      - Two\n\n'
        "    ```sh\n    npm i\n    ```\n"
        '  </TabItem>\n</Tabs>\n\n<Card\n  href="Fees"\n  title="Fees"\n>\nPay here.\n</Card>\n\n'
        '<LinkCard title={"More"} description="All of it" />\n\n<Aside>\nMind it.\n</Aside>\n\nEnd.\n'
    )
    assert outline(text, "a.mdx") == [
        ("title", 2, "npm"),
        ("paragraph", 2, "Run it:"),
        ("item", 2, "One"),
        ("item", 2, "Two"),
        ("code", 2, "npm i"),
        ("title", 14, "Fees"),
        ("paragraph", 14, "Pay here."),
        ("title", 21, "More"),
        ("paragraph", 21, "All of it"),
        ("paragraph", 23, "Mind it."),
        ("paragraph", 0, "End."),
    ]


@pytest.mark.parametrize(
    "sign", ["import A from 'a'\n\n", "export const a = 1;\n\n", "<Note>\n\nIn it.\n\n</Note>\n\n"]
)
def test_a_file_is_mdx_by_what_it_holds(sign: str) -> None:
    """Many sites name such files .md."""
    assert plains(f"{sign}Text <B>here</B>.\n")[-1] == "Text here."


@pytest.mark.parametrize("text", ["Text {user} here.", "Text.\n\n    code\n", "Export it."])
def test_other_markdown_is_not_taken_for_mdx(text: str) -> None:
    """Braces are text, and what is indented is code."""
    assert " ".join(plains(text)).split() == text.split()


def test_a_template_in_a_component_is_code() -> None:
    """It is shown line by line, unless a value is put into it."""
    text = "<Code title='a.py'>\n{`import a\n\n  b(a)`}\n</Code>\n\n{`\none\n`}\n\n{`x ${y}\nz`}\n"
    assert outline(text, "a.mdx") == [
        ("title", 1, "a.py"),
        ("code", 1, "import a"),
        ("code", 1, "b(a)"),
        ("code", 7, "one"),
    ]


def test_text_that_an_expression_shows_on_a_condition_is_read() -> None:
    """Of what is made of values nothing is known."""
    text = "{open && <p>Come in.</p>}\n\n{names.map((name) => <li>{name}</li>)}\n\nThe end."
    assert plains(text, "a.mdx") == ["Come in.", "The end."]
