"""Answers as cards: the quotation with its buttons, the honest refusal, a human who is asked.

In: answers and quotations. Out: cards. What a button needs is in its custom id; the question stands
in the first line, from where ``card_reader`` reads it back. How sure an answer is shows in the
colour and in words, never as a number.
"""

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.answers.model import Answer, Assurance, Quote
from bot.articles.model import Article, Section
from bot.chat.ui.asked import find_asked
from bot.chat.ui.audience import Audience, make_remove_button, make_share_button
from bot.chat.ui.card_reader import QUESTION, question_texts
from bot.chat.ui.components import MAX_ID, join_id, make_button, make_row
from bot.chat.ui.layout import (
    AMBER,
    CARD,
    GREEN,
    GREY,
    ORANGE,
    PLAIN,
    Block,
    Button,
    Card,
    Row,
    fit,
    weigh,
)
from bot.chat.ui.passages import QUOTE, bold, quote_texts
from bot.chat.ui.source import Source, section_id
from bot.texts import cards, editing, servers

# Room for the line that says where a quotation stands.
_LOCATION = 740
# A word of the question takes no more than this.
_WORD = 60
# So many words of the question are named that were corrected, or that no article has.
_MOST_WORDS = 5
# A custom id of 100 characters holds the ids of so many passages.
_MOST_OTHERS = 6
# So many sections are offered beside a refusal; one fewer where a human can be asked.
_MOST_NEAREST = 3
# Each of the passages that are passed on to humans takes no more than this.
_QUOTE_FOR_HUMANS = QUOTE // 3
# A button that stands out.
_BLUE = discord.ButtonStyle.primary


def make_answer_card(answer: Answer, audience: Audience) -> Card:
    """Show the question as it was understood, how sure the answer is, and the first quotation."""
    texts = _question_texts_of(answer)
    texts += _understanding_texts(answer)
    colour, caution = _show_assurance(answer.assurance)
    if caution:
        texts.append(caution)
    room = CARD - _LOCATION - sum(map(weigh, texts))
    first = answer.quotes[0]
    texts += quote_texts(first, min(QUOTE, room), has_links=audience.has_links)
    source = Source.of(first, audience.asker_id, answer.recent)
    rows = make_answer_rows(source, _other_passages(answer), audience)
    return Card(texts, rows, colour)


def _question_texts_of(answer: Answer) -> list[str]:
    before = answer.before.question if answer.before else ""
    return question_texts(answer.question, before)


def _understanding_texts(answer: Answer) -> list[str]:
    """Say which words were corrected, and which are in no article."""
    texts = []
    corrections = []
    for word, meant in answer.corrections[:_MOST_WORDS]:
        shown = cards.CORRECTION(word=fit(word, _WORD), meant=fit(meant, _WORD))
        corrections.append(shown)
    if corrections:
        texts.append(cards.CORRECTIONS(corrections=", ".join(corrections)))
    words = [cards.QUOTED_WORD(word=fit(word, _WORD)) for word in answer.missing[:_MOST_WORDS]]
    if words:
        texts.append(cards.MISSING_WORDS(words=", ".join(words)))
    return texts


def _show_assurance(assurance: Assurance) -> tuple[discord.Colour, str]:
    """Give the colour of an answer, and what warns of it where it is not sure."""
    if assurance is Assurance.FAINT:
        return ORANGE, cards.FAINT_MATCH()
    if assurance is Assurance.LIKELY:
        return AMBER, cards.LIKELY_MATCH()
    return GREEN, ""


def _other_passages(answer: Answer) -> list[str]:
    """Give the ids of the other passages, the nearest first, each once."""
    quoted = [quote.id for quote in answer.quotes[1:]]
    passage_ids = [*quoted, *answer.others]
    different = dict.fromkeys(passage_ids)
    return list(different)[:_MOST_OTHERS]


def make_answer_rows(
    source: Source, others: Sequence[str], audience: Audience, *, is_open: bool = False
) -> list[Row]:
    """Make the row of buttons that is seen at first, and the second one where it ``is_open``."""
    more = _make_more_button(source, is_open=is_open)
    other = _make_others_button(others) if others else None
    follow = make_button(cards.FOLLOW_UP(), "follow", source.passage)
    read, why, verify = _make_deeper_buttons(source)
    share = make_share_button(audience)
    remove = make_button(cards.REMOVE(), "remove", source.asker_id)
    votes = _make_vote_buttons(source) if audience.has_votes else []
    first: list[Button | None]
    second: list[Button | None]
    if audience.is_private:
        first = [share, follow, other, read, more]
        second = [*votes, why, verify]
    elif audience.is_reply:
        first = [other, read, *votes, more]
        second = [why, verify, remove]
    elif votes:
        first = [follow, other, *votes, more]
        second = [read, why, verify, remove]
    else:
        first = [follow, other, read, more]
        second = [why, verify, remove]
    if audience.is_editor:
        second.append(make_judge_button(source.passage))
    return make_row(*first) + (make_row(*second) if is_open else [])


def _make_more_button(source: Source, *, is_open: bool) -> Button:
    label = cards.LESS() if is_open else cards.MORE()
    # What the button does: 1 opens the second row, 0 closes it.
    opens = int(not is_open)
    if len(join_id("more", opens, *source.arguments)) > MAX_ID:
        source = replace(source, earlier="")
    return make_button(label, "more", opens, *source.arguments)


def _make_others_button(others: Sequence[str]) -> Button:
    ids = ".".join(others)
    return make_button(cards.OTHER_PASSAGES(), "others", 0, ids)


def _make_deeper_buttons(source: Source) -> tuple[Button, Button, Button]:
    passage = source.passage
    return (
        make_button(cards.READ_SECTION(), "read", source.section, "", source.sentence),
        make_button(cards.WHY(), "why", passage),
        make_button(cards.VERIFY(), "verify", passage, source.start, source.end, source.sha),
    )


def _make_vote_buttons(source: Source) -> list[Button]:
    return [
        make_button(cards.HELPFUL(), "vote", source.passage, "up"),
        make_button(cards.NOT_HELPFUL(), "vote", source.passage, "down"),
    ]


def make_deeper_card(
    question: str, before: str, source: Source, others: Sequence[str], *, is_editor: bool = False
) -> Card:
    """Give somebody who did not ask the buttons of the second row.

    The card of the answer stays as it is for all others.
    """
    texts = [cards.MORE_ON_THIS_ANSWER(), *question_texts(question, before)]
    rows = make_row(*_make_deeper_buttons(source))
    if is_editor:
        other = _make_others_button(others) if others else None
        rows += make_row(other, make_judge_button(source.passage))
    return Card(texts, rows)


def make_judge_button(passage: str) -> Button:
    """Make the button by which an editor says whether a passage was the right answer."""
    return make_button(editing.FOR_EDITORS(), "judge", passage)


def make_refusal_card(answer: Answer, audience: Audience) -> Card:
    """Say that the articles do not answer it; the nearest sections and a human are a press away."""
    most = _MOST_NEAREST - 1 if audience.has_humans else _MOST_NEAREST
    nearest = [_make_nearest_button(*place) for place in answer.closest[:most]]
    texts = [*_question_texts_of(answer), fit(answer.message, PLAIN // 2)]
    if nearest:
        texts.append(cards.NEAREST())
    human = _make_human_button(audience) if audience.has_humans else None
    remove = make_remove_button(audience)
    more = make_button(cards.MORE(), "refused", ".".join(answer.others[:_MOST_OTHERS]))
    return Card(texts, make_row(*nearest, human, remove, more), GREY)


def _make_nearest_button(article: Article, section: Section) -> Button:
    label = section.heading or article.title
    return make_button(label, "read", section_id(article, section), 0, "")


def _make_human_button(audience: Audience) -> Button:
    label = cards.ASK_HUMAN_IN_PUBLIC() if audience.is_private else cards.ASK_HUMAN()
    return make_button(label, "human", audience.asker_id, style=_BLUE)


def make_private_answer_card(question: str, before: str, audience: Audience) -> Card:
    """Say that not everybody here may read the answer; whoever may is shown it by a button."""
    texts = [*question_texts(question, before), servers.NOT_FOR_ALL()]
    mine = make_button(servers.SHOW_ME(), "mine", style=_BLUE)
    return Card(texts, make_row(mine, make_remove_button(audience)), GREY)


def make_human_card(  # noqa: PLR0913 (each is shown, or says how)
    role_id: int,
    user_id: int,
    question: str,
    before: str,
    quotes: Sequence[Quote],
    *,
    has_links: bool = False,
) -> Card:
    """Pass a user's question on to the members of a role, with the nearest passages.

    With ``has_links``, the articles' links are live.
    """
    asked = fit(find_asked(question, QUESTION), QUESTION)
    blocks: list[Block] = [cards.HUMAN_ASKED(role_id=role_id, user_id=user_id), bold(asked)]
    blocks += question_texts("", before)
    if quotes:
        blocks.append(cards.NEAREST_IN_ARTICLES())
    for quote in quotes:
        blocks += quote_texts(quote, _QUOTE_FOR_HUMANS, has_links=has_links)
    remove = make_button(cards.REMOVE(), "remove", user_id)
    return Card(blocks, make_row(remove), GREY)
