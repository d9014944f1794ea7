"""Who wrote an article, and when, beside where a quotation stands."""

from dataclasses import replace

import pytest
from card_judge import texts_of

from bot.answers.answerer import Answerer
from bot.articles.files import SourceFile
from bot.articles.library import Library
from bot.articles.parser import read_article
from bot.chat.ui.answer_cards import make_answer_card
from bot.chat.ui.audience import Audience
from bot.chat.ui.layout import weigh
from bot.chat.ui.library_cards import make_reading_card
from bot.chat.ui.passage_cards import make_others_card
from bot.chat.ui.passages import show_origin


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("author: Ada Brook\ndate: 2031-04-03", " · by Ada Brook, 2031-04-03"),
        ("author: Ada Brook", " · by Ada Brook"),
        ("date: 2031-04-03", " · 2031-04-03"),
        ("language: en", ""),
        ("author: '@everyone **A**'", " · by \\@everyone \\*\\*A\\*\\*"),
    ],
)
def test_author_and_date_stand_where_the_article_has_them(header: str, shown: str) -> None:
    """Behind section and article, before its address; on answers, other passages and pages."""
    address = "https://example.org/dam"
    text = f"---\n{header}\nsource: {address}\n---\n# Dam\n\n## Age\n\nThe dam is nine years old.\n"
    article, _ = read_article(SourceFile("dam.md", text, "0" * 64))
    assert article is not None
    answer = Answerer(Library((article,))).answer("How old is the dam?")
    place = f"**Age** · Dam{shown} · <{address}>"
    assert texts_of(make_answer_card(answer, Audience(1)))[-1] == f"-# {place}"
    quote = answer.quotes[0]
    assert f"-# {place}" in texts_of(make_others_card("", "", [quote], [quote.id], 0))
    head = texts_of(make_reading_card(article, article.sections[0], 0, None))[0]
    assert head == place.replace(" · Dam · ", " · Dam\n-# ")


def test_a_fact_of_several_lines_stays_in_its_own() -> None:
    """What follows a line break would be no small print any more."""
    article, _ = read_article(SourceFile("dam.md", "# Dam\n\nIt is old.\n", "0" * 64))
    assert article is not None
    assert show_origin(replace(article, author="Ada\n# Brook", date="\n3\nApril")) == (
        "by Ada # Brook, 3 April"
    )


def test_a_long_author_leaves_the_quotation_its_room() -> None:
    """What stands behind the title is cut."""
    text = f"---\nauthor: {'Ada ' * 50}\n---\n# Dam\n\n## Age\n\nThe dam is nine years old.\n"
    article, _ = read_article(SourceFile("dam.md", text, "0" * 64))
    assert article is not None
    answer = Answerer(Library((article,))).answer("How old is the dam?")
    place = texts_of(make_answer_card(answer, Audience(1)))[-1]
    assert place.endswith("…")
    assert weigh(place) < 120
