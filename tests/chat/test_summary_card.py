"""A card with the summaries of several articles says which section is from which."""

from card_judge import texts_of

from bot.answers.summary import summarise_places
from bot.articles.files import SourceFile
from bot.articles.parser import read_article
from bot.chat.ui.audience import Audience
from bot.chat.ui.library_cards import make_summary_card


def test_sections_of_several_articles_stand_under_their_titles() -> None:
    """A title is said once: by the lead, or above the first section."""
    places = []
    for name, lead in (("Dam", "It holds water.\n\n"), ("Gate", "")):
        text = f"# {name}\n\n{lead}## Age\n\nThe {name} is old.\n\n## Use\n\nThe {name} is used.\n"
        article, _ = read_article(SourceFile(f"{name}.md", text, ""))
        assert article is not None
        places += [(article, section) for section in article.sections]
    card = make_summary_card(summarise_places(places), len(places), Audience(0))
    assert texts_of(card) == [
        "**Dam**\n- It holds water.",
        "**Age**\n- The Dam is old.",
        "**Use**\n- The Dam is used.",
        "-# Gate\n**Age**\n- The Gate is old.",
        "**Use**\n- The Gate is used.",
    ]


def test_author_and_date_stand_below() -> None:
    """Once for an article, small; of several articles they are not told apart, so not said."""
    header = "---\nauthor: Ada Brook\ndate: 2031-04-03\n---\n"
    text = f"{header}# Dam\n\n## Age\n\nIt is old.\n\n## Use\n\nIt is used.\n"
    article, _ = read_article(SourceFile("dam.md", text, ""))
    other, _ = read_article(SourceFile("gate.md", text, ""))
    assert article is not None
    assert other is not None
    age, use = ((article, section) for section in article.sections)
    for places, last in (
        ([age], "-# Dam · by Ada Brook, 2031-04-03"),
        ([age, use], "-# by Ada Brook, 2031-04-03"),
        ([age, (other, other.sections[0])], "-# Dam\n**Age**\n- It is old."),
    ):
        assert (
            texts_of(make_summary_card(summarise_places(places), len(places), Audience(0)))[-1]
            == last
        )
