"""Whether somebody's answer may be kept: the card that asks its author, and what it becomes.

In: a question and its answer. Out: cards. Both stand on the card, from where they are read back:
what is kept is what its author has seen.
"""

import discord

from bot.chat.ui.card_reader import question_texts, read_question, read_texts
from bot.chat.ui.components import make_button, make_row
from bot.chat.ui.escape import escape, unescape
from bot.chat.ui.layout import GREEN, GREY, NEUTRAL, Card, weigh
from bot.texts import kept_answers as texts

# An answer takes no more than this of a card.
_ANSWER = 3_000


def can_show(answer: str) -> bool:
    """Say whether a card has room for an answer."""
    return weigh(escape(answer)) <= _ANSWER


def make_consent_card(question: str, answer: str, message_id: int, author_id: int) -> Card:
    """Ask the author of a message whether it may be kept as the answer to a question."""
    ids = message_id, author_id
    agree = make_button(texts.AGREE(), "keep_yes", *ids, style=discord.ButtonStyle.success)
    row = make_row(agree, make_button(texts.DECLINE(), "keep_no", *ids))
    head = texts.CONSENT(author=author_id)
    return Card([head, *question_texts(question, ""), escape(answer)], row, NEUTRAL)


def read_kept(message: discord.Message | None) -> tuple[str, str]:
    """Read the question and the answer back from a card; both "" from another one."""
    shown = read_texts(message)
    question = read_question(message)
    return (question, unescape(shown[2])) if question and len(shown) > 2 else ("", "")


def make_kept_card(message: discord.Message, message_id: int, author_id: int) -> Card:
    """Tell that an answer is kept; its author may take it back at any time."""
    back = make_button(texts.TAKE_BACK(), "keep_back", message_id, author_id)
    blocks = [texts.KEPT(author=author_id), *read_texts(message)[1:]]
    return Card(blocks, make_row(back), GREEN)


def make_closed_card(text: str) -> Card:
    """Tell that an answer is not kept, or no more; nothing of it stays on the card."""
    return Card([text], (), GREY)
