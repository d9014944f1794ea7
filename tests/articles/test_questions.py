"""Questions that an article answers become the headings of their answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.files import SourceFile
from bot.articles.model import Article
from bot.articles.parser import read_article


def article_of(text: str, name: str = "a.md") -> Article:
    """Read an article."""
    article, _ = read_article(SourceFile(name, text, ""))
    assert article is not None
    return article


def sections_of(text: str, name: str = "a.md") -> dict[str, str]:
    """Give the text of each section by its heading."""
    sections = article_of(text, name).sections
    return {
        section.heading: " ".join(sentence.plain for sentence in section.sentences)
        for section in sections
    }


@pytest.mark.parametrize(
    ("name", "text", "heading", "answer"),
    [
        (
            "a.md",
            "# A\n\n**Q: Where do I park?**\n\nA: Behind the mill.\n",
            "Where do I park?",
            "Behind the mill.",
        ),
        (
            "a.md",
            "# A\n\nQ: Where do I park\nA: Behind the mill.\n",
            "Where do I park",
            "Behind the mill.",
        ),
        (
            "a.md",
            "# A\n\n*Where do I park?*\n\n- Behind the mill.\n",
            "Where do I park?",
            "Behind the mill.",
        ),
        (
            "a.md",
            "# A\n\nQ1. Where do I park?\n\nBehind.\n\nThere.\n",
            "Where do I park?",
            "Behind. There.",
        ),
        (
            "a.md",
            "# A\n\nMy car is new. Where do I park it?\n\nHere.\n",
            "My car is new. Where do I park it?",
            "Here.",
        ),
        (
            "a.txt",
            "A title\n\nWhere do I park?\n\nBehind the mill.\n",
            "Where do I park?",
            "Behind the mill.",
        ),
        (
            "a.txt",
            "A title\n\nQ: Where do I park?\nA: Behind it.\n",
            "Where do I park?",
            "Behind it.",
        ),
        (
            "a.md",
            "# A\n\nFrage: Wo parke ich?\n\nAntwort: Hinter der Mühle.\n",
            "Wo parke ich?",
            "Hinter der Mühle.",
        ),
        (
            "a.md",
            "# A\n\n**Where do I park?**\nBehind the mill. **Really?** Yes.\n",
            "Where do I park?",
            "Behind the mill. Really? Yes.",
        ),
        (
            "a.md",
            "# A\n\nFor drivers:\n__Where *do* I park?__\\\nBehind.\n**And at night?**\nHome.\n",
            "Where do I park?",
            "Behind.",
        ),
        (
            "a.html",
            "<h1>A</h1><p><strong class=q>Where do I park?</strong><br>Behind the mill.</p>",
            "Where do I park?",
            "Behind the mill.",
        ),
        (
            "a.html",
            "<h1>A</h1><p>For drivers:<br/><b>Where do I park?</b><br/>Behind the mill.</p>",
            "Where do I park?",
            "Behind the mill.",
        ),
        ("a.md", "# A\n\nГде стоянка?\n\nЗа мельницей.\n", "Где стоянка?", "За мельницей."),
    ],
)
def test_a_question_is_the_heading_of_its_answer(
    name: str, text: str, heading: str, answer: str
) -> None:
    """With or without a label, in any markup, on lines of their own or in paragraphs."""
    assert sections_of(text, name)[heading] == answer


def test_a_heading_stands_under_the_one_above_it() -> None:
    """Questions are siblings, and the next heading ends the last answer."""
    text = "# A\n\n## Cars\n\nWhere?\n\nHere.\n\nWhen?\n\nNow.\n\n## Boats\n\nNone.\n"
    parents = {section.heading: section.parents for section in article_of(text).sections}
    assert parents["Where?"] == parents["When?"] == ("Cars",)
    assert parents["Boats"] == ()


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\nIt is far. But who would walk? Nobody.\n",
        "# A\n\nWho came?\n",
        "# A\n\nWho came?\n\n\x08\n",
        "# A\n\nWho came?\n\n\N{ZERO WIDTH SPACE}\n",
        "# A\n\nWho came?\n\n!!\n",
        "# A\n\nWho came?\n\nWho went?\n\nWho stayed?\n",
        "# A\n\n“Is it late?”\n\n“It is.”\n",
        "# A\n\n— Is it late?\n\n— It is.\n",
        "# A\n\n- Who came?\n- Who went?\n\nAll of them.\n",
        "# A\n\nA: The first letter.\n",
        "# A\n\n**Who came?** Nobody.\n",
        "# A\n\nAnd **who came?**\nNobody.\n",
        "# A\n\n**Who** came, and **why?**\nNobody knows.\n",
        "# A\n\n- **Who came?**\n  Nobody.\n",
        "A title\n\nWho came?\nNobody.\n",
        "# A\n\n" + "Word " * 31 + "came?\n\nNobody.\n",
    ],
)
def test_what_is_no_question_of_its_own_stays_text(text: str) -> None:
    """A question in prose, one without an answer, what somebody says, items, and what is too
    long.
    """
    assert len(article_of(text).sections) == 1
    assert sections_of(text).keys() == {""}


PIECES = [
    "Where do I park?",
    "Q: Who came?",
    "A: Nobody.",
    "Here.",
    "**Why?**",
    "- One",
    "## H",
    "A: b\nQ: c\nA: d",
    "Well.\n**Why?**\nSo.\n**When?**\\\nNow.",
]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=20), min_size=1),
    st.sampled_from([".md", ".txt"]),
)
def test_whatever_becomes_a_heading_stands_in_the_file(pieces: list[str], ending: str) -> None:
    """No word is lost or doubled, and each sentence is where it says."""
    text = "# A title\n\nText.\n\n" + "\n\n".join(pieces)
    article, _ = read_article(SourceFile(f"a{ending}", text, ""))
    assert article is not None
    end = 0
    for section in article.sections:
        for sentence in section.sentences:
            assert article.text[sentence.start : sentence.end] == sentence.text
            assert sentence.start >= end
            end = sentence.end


def test_a_question_that_can_be_folded_out_stands_above_its_own_part_alone() -> None:
    """Where text follows its part it is no heading, which would stand above that too."""
    part = "<details>\n<summary>How do I fly?</summary>\n\nBuy wings.\n\n</details>\n\n"
    assert sections_of(f"# A\n\n{part}## More\n\nText.\n")["How do I fly?"] == "Buy wings."
    assert sections_of(f"# A\n\n{part}{part.replace('fly', 'swim')}").keys() == {
        "How do I fly?",
        "How do I swim?",
    }
    assert sections_of(f"# A\n\n{part}Pets are here.\n").keys() == {""}


@pytest.mark.parametrize("heading", ["Where is it?", "Q: Where is it?", "D. Where is it?"])
def test_the_answer_below_a_heading_that_asks_has_no_label(heading: str) -> None:
    """The heading is as it is written; below one that asks nothing, "A:" may be a vitamin."""
    text = f"# A\n\n## {heading}\n\nA: Here.\n\nThere.\n\n## Vitamins\n\nA: Carrots.\n"
    assert sections_of(text) == {heading: "Here. There.", "Vitamins": "A: Carrots."}
