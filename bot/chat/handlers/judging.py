"""*Good or wrong?*: an editor's word on an answer, or a refusal, goes into the editor's own set.

In: presses of editors, which is checked on every press. Out: a question more in `questions.yaml`,
as a version of the articles. Who asked is not noted.
"""

from collections.abc import Callable, Iterable
from functools import partial

import discord

from bot.answers.model import Quote
from bot.chat.commands.article_changes import make_at_once, refuse
from bot.chat.commands.desks import Desk, if_desk_is_ones_own
from bot.chat.handlers.actions import ID, ActionContext, ActionTable, private
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.card_reader import read_before, read_others, read_question
from bot.chat.ui.judging_card import (
    NOT_ANSWERED,
    make_judging_card,
    make_refusal_judging_card,
)
from bot.chat.ui.layout import GREEN, Card
from bot.editing.question_writer import ExpectedAnswer
from bot.texts import cards, replies, servers
from bot.texts import editing as texts

ACTIONS = ActionTable()


@ACTIONS.action("judge", passage=ID)
async def judge(context: ActionContext) -> Response:
    """Ask an editor whether an answer was right."""
    return await _ask(context, _ask_of_answer)


@ACTIONS.action("judge_refusal")
async def judge_refusal(context: ActionContext) -> Response:
    """Ask an editor whether it was right to refuse a question."""
    return await _ask(context, _ask_of_refusal)


async def _ask(context: ActionContext, make: Callable[[ActionContext, Desk, str], Reply]) -> Reply:
    """Ask an editor about the question of a card, if it stands whole there, and alone."""

    async def ask(_: discord.Interaction, desk: Desk) -> Reply:
        question = read_question(context.message)
        if read_before(context.message):
            return refuse(texts.QUESTION_FOLLOWS_UP())
        if not question or question.endswith(cards.ELLIPSIS()):
            return refuse(texts.QUESTION_CUT())
        return await desk.dispatcher.admission.work.run(partial(make, context, desk, question))

    return await if_desk_is_ones_own(context.interaction, context.dispatcher, ask)


def _ask_of_answer(context: ActionContext, desk: Desk, question: str) -> Reply:
    return _ask_of_quote(
        context, desk, question, context.arguments["passage"], read_others(context.message)
    )


def _ask_of_refusal(context: ActionContext, desk: Desk, question: str) -> Reply:
    """Ask whether a refusal was right; of a question that is answered now, whether its answer is.

    It may have been asked of one article alone, or of others than the editor may read.
    """
    answer = context.view.answer(question)
    if answer.quotes:
        first, *more = [quote.id for quote in answer.quotes]
        return _ask_of_quote(context, desk, question, first, [*more, *answer.others])
    nearest = _find_quotes(context, desk, question, answer.others)
    return Reply(card=make_refusal_judging_card(question, nearest), is_private=True)


def _ask_of_quote(
    context: ActionContext, desk: Desk, question: str, passage: str, other_ids: Iterable[str]
) -> Reply:
    quote = _find_quote(context, question, passage)
    if quote is None:
        return private(replies.NO_LONGER_THERE())
    if not desk.base.view.has([quote.article]):
        return refuse(servers.NOT_OF_THIS_SERVER())
    others = _find_quotes(context, desk, question, other_ids)
    return Reply(card=make_judging_card(question, quote, others), is_private=True)


@ACTIONS.action("good", passage=f"{ID}|{NOT_ANSWERED}")
async def note_good(context: ActionContext) -> Response:
    """Note that the quotation was right, or that it was right to refuse."""
    return await _note(context, context.arguments["passage"])


@ACTIONS.action("right", is_menu=True)
async def note_right(context: ActionContext) -> Response:
    """Note which passage would have been right, or that none is."""
    return await _note(context, context.chosen)


async def _note(context: ActionContext, passage: str) -> Response:
    """Add the question of the card with the passage that is right."""
    question = read_question(context.message)

    async def note(interaction: discord.Interaction, desk: Desk) -> Reply:
        expected = ExpectedAnswer(question)
        if passage != NOT_ANSWERED:
            find = partial(_find_quote, context, question, passage)
            quote = await desk.dispatcher.admission.work.run(find)
            if quote is None or not desk.base.view.has([quote.article]):
                return private(replies.NO_LONGER_THERE())
            expected = ExpectedAnswer(question, quote.article.id, quote.key.plain)
        propose = partial(desk.editing.propose_question, expected)
        revision = await make_at_once(interaction, desk, propose, "edit")
        if isinstance(revision, Reply):
            return revision
        card = Card([texts.QUESTION_ADDED(number=revision.number)], colour=GREEN)
        return Reply(card=card, is_private=True)

    reply = await if_desk_is_ones_own(context.interaction, context.dispatcher, note)
    return reply if reply.card is None else Update(reply.card)


def _find_quote(context: ActionContext, question: str, passage: str) -> Quote | None:
    return context.view.answerer.quote(question, passage, "")


def _find_quotes(
    context: ActionContext, desk: Desk, question: str, passages: Iterable[str]
) -> list[Quote]:
    """Quote those passages that are still there, of the articles of a desk."""
    found = [_find_quote(context, question, one) for one in dict.fromkeys(passages)]
    return [one for one in found if one is not None and desk.base.view.has([one.article])]
