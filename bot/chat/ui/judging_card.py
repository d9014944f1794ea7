"""The card on which an editor says whether an answer was right.

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
    menu = make_menu(texts.WRONG_ANSWER(), "right", list(_list_options(others)))
    return Card(blocks, [*make_row(good), menu])


def _list_options(others: Sequence[Quote]) -> Iterator[tuple[str, str, str]]:
    for quote in others:
        heading = quote.section.heading or common.LEAD()
        yield f"{heading} · {quote.article.title}", quote.key.plain, quote.id
    yield texts.NOT_ANSWERED(), texts.NOT_ANSWERED_DESCRIPTION(), NOT_ANSWERED
