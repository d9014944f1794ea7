"""The card on which an editor says whether an answer, or a refusal, was right.

In: a question, its quotation and the other passages. Out: a card with a button and a menu.
"""

from collections.abc import Iterator, Sequence

from bot.answers.model import Quote
from bot.chat.ui.card_reader import question_texts
from bot.chat.ui.components import make_button, make_menu, make_row
from bot.chat.ui.layout import Card, fit
from bot.chat.ui.passages import show_location
from bot.texts import common
from bot.texts import editing as texts

# The value of the menu's last option.
NOT_ANSWERED = "none"
_SENTENCE = 400


def make_judging_card(question: str, quote: Quote, others: Sequence[Quote]) -> Card:
    """Ask whether a quotation is the right answer, and if not, which passage is."""
    place = show_location(quote.article, quote.section)
    sentence = fit(quote.key.plain, _SENTENCE)
    blocks = [texts.JUDGE_HEAD(), *question_texts(question, "")]
    blocks.append(texts.ANSWER_NOW(place=place, sentence=sentence))
    good = make_button(texts.GOOD_ANSWER(), "good", quote.id)
    none = (texts.NOT_ANSWERED(), texts.NOT_ANSWERED_DESCRIPTION(), NOT_ANSWERED)
    menu = make_menu(texts.WRONG_ANSWER(), "right", [*_list_options(others), none])
    return Card(blocks, [*make_row(good), menu])


def make_refusal_judging_card(question: str, nearest: Sequence[Quote]) -> Card:
    """Ask whether it was right to refuse a question, and if not, which passage answers it."""
    blocks = [texts.JUDGE_HEAD(), *question_texts(question, ""), texts.REFUSED_NOW()]
    rows = make_row(make_button(texts.RIGHT_TO_REFUSE(), "good", NOT_ANSWERED))
    if nearest:
        rows.append(make_menu(texts.WRONG_TO_REFUSE(), "right", list(_list_options(nearest))))
    return Card(blocks, rows)


def _list_options(quotes: Sequence[Quote]) -> Iterator[tuple[str, str, str]]:
    for quote in quotes:
        heading = quote.section.heading or common.LEAD()
        yield f"{heading} · {quote.article.title}", quote.key.plain, quote.id
