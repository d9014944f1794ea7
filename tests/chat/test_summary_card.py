"""A card with the summaries of several articles says which section is from which."""

import discord

from bot.answers.summary import summarise_places
from bot.articles.files import SourceFile
from bot.articles.parser import read_article
from bot.chat.ui.library_cards import make_summary_card


def test_sections_of_several_articles_stand_under_their_titles() -> None:
    """A title is said once: by the lead, or above the first section."""
    places = []
    for name, lead in (("Dam", "It holds water.\n\n"), ("Gate", "")):
        text = f"# {name}\n\n{lead}## Age\n\nThe {name} is old.\n\n## Use\n\nThe {name} is used.\n"
        article, _ = read_article(SourceFile(f"{name}.md", text, ""))
        assert article is not None
        places += [(article, section) for section in article.sections]
    card = make_summary_card(summarise_places(places), len(places))
    texts = [
        item.content for item in card.walk_children() if isinstance(item, discord.ui.TextDisplay)
    ]
    assert texts == [
        "**Dam**\n- It holds water.",
        "**Age**\n- The Dam is old.",
        "**Use**\n- The Dam is used.",
        "-# Gate\n**Age**\n- The Gate is old.",
        "**Use**\n- The Gate is used.",
    ]
