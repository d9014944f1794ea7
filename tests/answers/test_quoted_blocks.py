"""Lists, tables and code are quoted as they stand in their article."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.model import Quote
from bot.answers.pages import find_omissions, lay_out_quotation, split_pages
from bot.articles.files import SourceFile
from bot.articles.library import Library, build
from bot.articles.model import Article
from bot.articles.parser import read_article

STEPS = """# Kiln

## Loading

Choose a dry day. The steps are:

1. Sweep the floor of the chamber.
2. Brush two coats of wash on every shelf.
3. Set the tallest pots on the bottom shelf.
   They are the heaviest.
4. Put a cone pack in front of the spyhole.

Go home.
"""
ALL_STEPS = (
    "The steps are:\n"
    "1. Sweep the floor of the chamber.\n"
    "2. Brush two coats of wash on every shelf.\n"
    "3. Set the tallest pots on the bottom shelf. They are the heaviest.\n"
    "4. Put a cone pack in front of the spyhole."
)
NESTED = (
    "# K\n\n## H\n\n- glazes\n  - tin white\n  - celadon\n    1) pale\n\n  matt ones\n- clays\n"
)
TABLE = """# K

## H

| Cone | Heat | |
|---|---|---|
| 06 | 999 °C | bisque |
| 6 | | *stoneware* |
"""
CODE = "# K\n\n## H\n\nType this:\n\n```sh\nfor zone in a b\n\n\n\tdo reset\n```\n\n    hold 30\n"


def article_of(text: str, name: str = "a.md") -> Article:
    """Read an article."""
    article, _ = read_article(SourceFile(name, text, ""))
    assert article is not None
    return article


def answer(text: str, question: str, name: str = "a.md") -> Quote:
    """Give the first quotation that answers a question from an article."""
    return Answerer(Library((article_of(text, name),))).answer(question).quotes[0]


def quote_of(article: Article, first: int, last: int) -> Quote:
    """Quote the sentences of the first section from the place ``first`` to ``last``."""
    section = article.sections[0]
    sentences = section.sentences[first : last + 1]
    return Quote("0" * 12, article, section, sentences, sentences[0], 1.0, ())


def shown(quote: Quote) -> str:
    """Give a quotation as it is laid out."""
    return "".join(piece.gap + piece.mark + piece.text for piece in lay_out_quotation(quote))


def lines_of(text: str, name: str = "a.md") -> Sequence[str]:
    """Give the lines of an article's first section as they are read."""
    article = article_of(text, name)
    (page,) = split_pages(article, article.sections[0], 1_000)
    return "".join(piece.gap + piece.mark + piece.text for piece in page).split("\n")


@pytest.mark.parametrize(
    ("question", "expected", "key"),
    [
        ("who must sweep the floor of the chamber", ALL_STEPS, "Sweep the floor of the chamber."),
        (
            "how many coats of wash on every shelf",
            ALL_STEPS,
            "Brush two coats of wash on every shelf.",
        ),
        (
            "what goes in front of the spyhole",
            ALL_STEPS,
            "Put a cone pack in front of the spyhole.",
        ),
        ("when do I go home", "Go home.", "Go home."),
    ],
)
def test_steps_are_quoted_whole_with_what_announces_them(
    question: str, expected: str, key: str
) -> None:
    """One step is of no use without the others; the one that answers is marked."""
    quote = answer(STEPS, question)
    assert shown(quote) == expected
    assert quote.key.plain == key
    assert find_omissions(quote) == (False, False)
    assert quote.text == quote.article.text[quote.start : quote.end]
    assert quote.text in STEPS


def test_what_announces_a_list_is_left_out_where_it_does_not_fit() -> None:
    """Of a list that no card holds only the item that answers is quoted."""
    long = "word " * 130
    quote = answer(
        f"# K\n\n## H\n\nThe steps are:\n\n- {long}one.\n- {long}zither.\n", "which zither"
    )
    assert [sentence.line for sentence in quote.sentences] == [8]


def test_a_paragraph_in_front_of_a_list_does_not_come_with_it_unless_it_announces_it() -> None:
    """Items of whole sentences stand for themselves, and one alone without a bullet."""
    text = "# K\n\n## H\n\nThe barn is old.\n\n- Sweep the floor.\n- Brush the zither.\n"
    assert shown(answer(text, "who should brush the zither")) == "Brush the zither."


def test_what_announces_another_list_does_not_come_with_it() -> None:
    """A table right below a list is not what the list's announcement means."""
    text = (
        "# K\n\n## H\n\nBring this:\n\n- a lamp.\n\n| Cone | Heat |\n|---|---|\n| 06 | zither |\n"
    )
    assert shown(answer(text, "which zither")) == "Cone: 06 · Heat: zither"


def test_a_part_is_not_taken_for_the_whole_table_or_block() -> None:
    """Of several lines that are quoted it is known what is left out; another table or block is not
    meant.
    """
    table, code = article_of(TABLE), article_of(CODE)
    assert find_omissions(quote_of(table, 0, 1)) == (False, False)
    assert find_omissions(quote_of(code, 0, 1)) == (False, True)
    assert find_omissions(quote_of(code, 2, 3)) == (True, False)
    assert find_omissions(quote_of(table, 0, 0)) == (False, False)


def test_a_sentence_within_an_item_has_no_mark() -> None:
    """A mark stands where its item begins, and that an item was begun before is known."""
    quote = quote_of(article_of(STEPS), 5, 5)
    assert shown(quote) == "They are the heaviest."
    assert find_omissions(quote_of(article_of(STEPS), 5, 6)) == (True, False)
    assert shown(quote_of(article_of(STEPS), 4, 5)) == (
        "3. Set the tallest pots on the bottom shelf. They are the heaviest."
    )


def test_a_list_in_a_list_is_indented() -> None:
    """As deep as it lies there; but not where all that is quoted is."""
    nested = ["• glazes", "  • tin white", "  • celadon", "    1) pale", "  matt ones", "• clays"]
    assert lines_of(NESTED) == nested
    assert shown(quote_of(article_of(NESTED), 1, 3)) == "• tin white\n• celadon\n  1) pale"
    assert shown(quote_of(article_of(NESTED), 3, 5)) == "    1) pale\n  matt ones\n• clays"


def test_each_cell_stands_behind_its_columns_heading() -> None:
    """In the first row too; an empty cell is left out, and so is a heading that there is not."""
    assert lines_of(TABLE) == ["Cone: 06 · Heat: 999 °C · bisque", "Cone: 6 · stoneware"]
    assert lines_of("# K\n\n## H\n\n| Cone | Heat |\n|---|---|\n\nEnd.\n") == [
        "Cone · Heat",
        "",
        "End.",
    ]


def test_code_keeps_its_indentation_and_its_empty_lines() -> None:
    """Several empty lines become one; what reads plainly is quoted, not what is shown."""
    assert lines_of(CODE) == ["Type this:", "for zone in a b", "", "    do reset", "hold 30"]
    pieces = lay_out_quotation(quote_of(article_of(CODE), 0, 3))
    assert [piece.code for piece in pieces] == [0, 7, 7, 14]
    assert quote_of(article_of(CODE), 2, 2).text == "do reset"


def test_lists_of_plain_text_are_shown_as_lists() -> None:
    """Each item on its line, behind the bullet that the file has; a number is part of what is
    quoted.
    """
    text = (
        "Kiln work\n\nThe steps are:\n1. Sweep the floor. Twice.\n2. Brush it.\n  – on top\n"
        "* Close the lid.\n\nDone.\n"
    )
    lines = [
        "The steps are:",
        "1. Sweep the floor. Twice.",
        "2. Brush it.",
        "  – on top",
        "• Close the lid.",
        "",
        "Done.",
    ]
    assert lines_of(text, "a.txt") == lines
    quote = answer(text, "who closes the lid", "a.txt")
    assert shown(quote).split("\n") == lines[:5]
    assert quote.key.plain == "Close the lid."


def test_an_amount_in_a_row_comes_before_what_only_names_what_it_is_of(tmp_path: Path) -> None:
    """In a row the number stands far behind what it is about."""
    text = (
        "# Harbour\n\n## Fees\n\nThe fees are set each autumn.\n\n"
        "| Berth | Standing charge for each day | Charge for power |\n| --- | --- | --- |\n"
        "| North | 12.50 crowns | 3 crowns |\n| Pilot | 31 crowns | 9 crowns |\n\n"
        "The Pilot berth is for visitors who hold a letter of the guild.\n"
    )
    (tmp_path / "harbour.md").write_text(text, encoding="utf-8")
    answer = Answerer(build(tmp_path)[0]).answer("how much is the pilot berth")
    assert "31 crowns" in answer.quotes[0].key.plain
