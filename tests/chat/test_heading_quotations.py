"""A quotation from a heading is found there, and so says its card; and every other check of a claim
has a card too.
"""

from pathlib import Path

import discord
import pytest
from card_judge import buttons_of, judge, texts_of
from conftest import World

from bot.answers.answerer import Answerer
from bot.articles.files import SourceFile
from bot.articles.library import Library
from bot.articles.model import Article
from bot.articles.parser import read_article
from bot.chat.ui.quotation_cards import make_quotation_card
from bot.quotations.checker import QuotationChecker
from bot.quotations.claim import MIN_WORDS
from bot.quotations.model import QuotationCheck

ROOT = Path(__file__).parent.parent.parent
FILES = [
    *sorted((ROOT / "knowledge").iterdir()),
    *sorted((ROOT / "tests" / "golden" / "articles").iterdir()),
]
MARKED = """# Of kilns and cones

## How a kiln is swept every spring

### What the glaze needs *before* it melts

Melt the glaze slowly, and let it cool for a day.

- Sweep the floor of the kiln.
- Brush the bricks on all four sides.

| Cone | Temperature | Used for which glaze |
|---|---|---|
| 06 | 999 degrees | low fire earthenware glaze |

```sh
kiln --start --cone 06 --slow
```

## The end of the firing day
"""


def article_of(text: str, name: str = "kilns.md") -> Article:
    """Read an article."""
    article, _ = read_article(SourceFile(name, text, "0" * 64))
    assert article is not None
    return article


def shipped() -> Library:
    """Read the articles of the folders that come with the program."""
    return Library(tuple(article_of(path.read_text(encoding="utf-8"), path.name) for path in FILES))


def card_of(check: QuotationCheck) -> discord.ui.LayoutView:
    """Make the card of a check, and check it against Discord's limits."""
    card = make_quotation_card(check, [(one.article, one.section) for one in check.spans])
    judge(card, {"strike"})
    return card


@pytest.mark.parametrize(
    "claim",
    [
        "How a kiln is swept every spring",
        "“how a kiln is swept, every spring”",
        "What the glaze needs before it melts",
        "The end of the firing day",
        "end of the firing",
    ],
)
def test_a_heading_is_found_and_said_to_be_one(claim: str) -> None:
    """With text below it or without, as a whole or in part, its markup left out."""
    check = QuotationChecker(Library((article_of(MARKED),))).check(claim)
    assert check.kind == "found"
    card = card_of(check)
    (place,) = [text for text in texts_of(card) if "kilns.md" in text]
    heading = check.spans[0].section.heading
    assert (
        place
        == f"-# In the heading: **{heading}** · Of kilns and cones · kilns.md:{check.spans[0].line}"
    )
    read = buttons_of(card)[-1]
    assert read.label == "Read the section"
    assert (read.custom_id or "").endswith(":0:")


def test_what_goes_on_from_a_heading_opens_at_its_first_sentence() -> None:
    """The claim holds the heading and the text below it."""
    check = QuotationChecker(Library((article_of(MARKED),))).check(
        "before it melts. Melt the glaze slowly"
    )
    card = card_of(check)
    assert any(
        text.startswith("-# From the heading on: **What the glaze needs") for text in texts_of(card)
    )
    assert (buttons_of(card)[-1].custom_id or "").endswith("::0")


def test_every_check_of_the_shipped_articles_has_a_card() -> None:
    """Each heading, each sentence, both together, two sentences, what is altered and what is not
    there.
    """
    library = Library((*shipped().articles, article_of(MARKED)))
    checker = QuotationChecker(library)
    kinds: set[str] = set()
    for _, section in library.sections():
        plain = [sentence.plain for sentence in section.sentences]
        words = section.heading.split()
        claims = [
            section.heading,
            *plain,
            " ".join([section.heading, *plain[:2]]),
            " ".join(plain[-2:]),
        ]
        claims += ["entirely other " + one for one in claims[:3]]
        claims += [f"{one[: len(one) // 3]} [...] {one[len(one) // 2 :]}" for one in claims[1:3]]
        for claim in claims:
            check = checker.check(claim)
            kinds.add(check.kind)
            card_of(check)
        if len(words) >= MIN_WORDS:
            assert checker.check(section.heading).kind == "found"
    assert kinds == {"found", "with omissions", "altered", "not found", "too short"}


def test_what_stands_in_headings_of_several_articles_opens_each() -> None:
    """A button for each, named by its heading."""
    several = Library(tuple(article_of(MARKED, f"kilns-{number}.md") for number in range(7)))
    card = card_of(QuotationChecker(several).check("The end of the firing day"))
    assert sum("In the heading" in text for text in texts_of(card)) == 5
    assert [button.label for button in buttons_of(card)[1:]] == ["The end of the firing day"] * 3


def test_the_title_of_an_article_has_a_card() -> None:
    """A title stands in no section: it is not found, and the nearest sections are offered."""
    library = Library((article_of(MARKED),))
    check = QuotationChecker(library).check("Of kilns and cones")
    judge(make_quotation_card(check, Answerer(library).answer("Of kilns and cones").closest))


async def test_a_heading_is_quoted_in_discord(world: World) -> None:
    """/quote says where it is from, and *Read the section* opens it."""
    (world.folder / "kilns.md").write_text(MARKED, encoding="utf-8")
    await world.start()
    for claim in ("How a kiln is swept every spring", "What the glaze needs before it melts"):
        found = await world.use("quote", text=claim)
        assert "In the heading" in found.text
        assert claim in (await world.press(found, "Read the section")).text
