"""Summaries and facts about the articles that somebody asked for in their own words, as cards.

In: answers of the kinds "summary" and "about". Out: cards with the question in the first line, from
where ``card_reader`` reads it back, and buttons to read what they tell of.

Behind *More* everybody is told how they are made, and editors say whether they were right.
"""

from bot.answers.ids import article_id
from bot.answers.model import About, Answer, Place
from bot.chat.ui.audience import Audience, make_remove_button, make_share_button
from bot.chat.ui.card_reader import question_texts
from bot.chat.ui.components import make_button, make_row
from bot.chat.ui.layout import PLAIN, Button, Card, Row, fit
from bot.chat.ui.library_cards import (
    MOST_SUMMARIES,
    make_article_menu,
    make_section_menu,
    make_summary_card,
)
from bot.chat.ui.source import section_id
from bot.texts import cards, editing

# So many sections are a press away, beside the button that removes the card.
_MOST_PLACES = 3


def make_request_card(answer: Answer, audience: Audience) -> Card:
    """Show a summary, the question of which article, or facts."""
    asked = question_texts(answer.question, "")
    if answer.summaries:
        return make_summary_card(
            answer.summaries[:MOST_SUMMARIES],
            len(answer.summaries),
            audience,
            asked,
            make_button(cards.MORE(), "told", "summary"),
        )
    texts = [*asked, fit(answer.message, PLAIN)]
    if answer.choices:
        return Card(texts, _make_choice_rows(answer, audience))
    return Card(texts, _make_about_rows(answer, audience))


def _make_choice_rows(answer: Answer, audience: Audience) -> list[Row]:
    """Make a button that sums up each of the articles that may be meant."""
    buttons = [
        make_button(article.title, "summary", article_id(article)) for article in answer.choices
    ]
    return make_row(*buttons) + make_row(make_remove_button(audience))


def _make_about_rows(answer: Answer, audience: Audience) -> list[Row]:
    share = make_share_button(audience)
    remove = make_remove_button(audience)
    reading = [_make_read_button(place) for place in answer.closest[:_MOST_PLACES]]
    menu = _make_menu(answer.about) if answer.about else []
    more = make_button(cards.MORE(), "told", "about")
    return menu + make_row(share, *reading, remove, more)


def make_told_card(question: str, kind: str, *, is_editor: bool = False) -> Card:
    """Tell how an answer of a kind is made: "summary" or "about"; an editor may judge it."""
    how = cards.HOW_SUMMARISED() if kind == "summary" else cards.HOW_TOLD()
    judge = make_button(editing.FOR_EDITORS(), "judge_request") if is_editor else None
    return Card([*question_texts(question, ""), how], make_row(judge))


def _make_menu(about: About) -> list[Row]:
    """Make the menu of the sections or the articles that were asked for."""
    if about.asked == "articles":
        return [make_article_menu(about.articles)] if about.articles else []
    if about.asked != "sections" or len(about.articles) != 1:
        return []
    menu = make_section_menu(about.articles[0])
    return [] if menu is None else [menu]


def _make_read_button(place: Place) -> Button:
    article, section = place
    label = section.heading or article.title
    return make_button(label, "read", section_id(article, section), 0, "")
