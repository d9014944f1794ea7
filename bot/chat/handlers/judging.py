"""*Good or wrong?*: an editor's word on an answer of any kind goes into the editor's own set.

In: presses of editors, which is checked on every press. Out: a question more in `questions.yaml`,
as a version of the articles. Who asked is not noted.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import cast, get_args

import discord

from bot.answers.ids import article_id
from bot.answers.model import Answer, Quote
from bot.answers.request_model import Aspect
from bot.articles.model import Article, Section
from bot.chat.commands.article_changes import edit_at_once, refuse
from bot.chat.commands.desks import Desk, if_desk_is_ones_own
from bot.chat.handlers.actions import ID, ActionContext, ActionTable, private
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.card_reader import read_before, read_others, read_question
from bot.chat.ui.judging_card import (
    ABOUT,
    NOT_ANSWERED,
    SECTION,
    WHOLE,
    make_judging_card,
    make_refusal_judging_card,
    make_request_judging_card,
)
from bot.chat.ui.layout import GREEN, Card
from bot.editing.question_writer import ExpectedAnswer
from bot.texts import cards, replies, servers
from bot.texts import editing as texts

ACTIONS = ActionTable()
# So many passages are offered that may be right in place of a summary.
_MOST_PASSAGES = 4
# What is right, as ``judging_card`` names it.
_FACT = "|".join(get_args(Aspect))
_RIGHT = rf"{ID}|{NOT_ANSWERED}|(?:{SECTION}|{WHOLE})\.{ID}|{ABOUT}\.(?:{_FACT})\.(?:{ID})?"


@ACTIONS.action("judge", passage=ID)
async def judge(context: ActionContext) -> Response:
    """Ask an editor whether an answer was right."""
    return await _ask(context, _ask_of_answer)


@ACTIONS.action("judge_refusal")
@ACTIONS.action("judge_request")
async def judge_anew(context: ActionContext) -> Response:
    """Ask an editor whether a refusal, a summary or a fact about articles was right."""
    return await _ask(context, _ask_of_now)


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


def _ask_of_now(context: ActionContext, desk: Desk, question: str) -> Reply:
    """Ask whether what a question is answered with now is right, be that a refusal.

    It may have been asked of one article alone, or of others than the editor may read.
    """
    answer = context.view.answer(question)
    if answer.is_answered and not answer.quotes:
        return _ask_of_request(context, desk, answer)
    if answer.choices:
        return refuse(texts.QUESTION_FOLLOWS_UP())
    if answer.quotes:
        first, *more = answer.passages
        return _ask_of_quote(context, desk, question, first, more)
    nearest = _find_quotes(context, desk, question, answer.others)
    return Reply(card=make_refusal_judging_card(question, nearest), is_private=True)


def _ask_of_request(context: ActionContext, desk: Desk, answer: Answer) -> Reply:
    """Ask whether a summary, or a fact about articles, is right, if it asks for it by itself."""
    view = context.view
    if len(view.library.articles) > 1 and not view.answerer.stands_alone(answer):
        return refuse(texts.QUESTION_FOLLOWS_UP())
    told = [summary.article for summary in answer.summaries]
    if answer.about is not None and answer.about.asked != "articles":
        told += answer.about.articles
    if not desk.base.view.has(told):
        return refuse(servers.NOT_OF_THIS_SERVER())
    by_text = view.answerer.answer_from_text(answer.question)
    others = _find_quotes(context, desk, answer.question, by_text.passages[:_MOST_PASSAGES])
    return Reply(card=make_request_judging_card(answer, others), is_private=True)


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


@ACTIONS.action("good", right=_RIGHT)
async def note_good(context: ActionContext) -> Response:
    """Note that the answer was right, or that it was right to refuse."""
    return await _note(context, context.arguments["right"])


@ACTIONS.action("right", is_menu=True)
async def note_right(context: ActionContext) -> Response:
    """Note which passage or summary would have been right, or that nothing is."""
    return await _note(context, context.chosen)


async def _note(context: ActionContext, right: str) -> Response:
    """Add the question of the card with what is right."""
    question = read_question(context.message)

    async def note(interaction: discord.Interaction, desk: Desk) -> Reply:
        find = partial(_find_expected, context, desk, question, right)
        expected = await desk.dispatcher.admission.work.run(find)
        if expected is None:
            return private(replies.NO_LONGER_THERE())
        propose = partial(desk.editing.propose_question, expected)
        revision = await edit_at_once(interaction, desk, propose)
        if isinstance(revision, Reply):
            return revision
        card = Card([texts.QUESTION_ADDED(number=revision.number)], colour=GREEN)
        return Reply(card=card, is_private=True)

    reply = await if_desk_is_ones_own(context.interaction, context.dispatcher, note)
    return reply if reply.card is None else Update(reply.card)


def _find_expected(
    context: ActionContext, desk: Desk, question: str, right: str
) -> ExpectedAnswer | None:
    """Find what is right by its name; None where it is not among the articles of a desk."""
    if right == NOT_ANSWERED:
        return ExpectedAnswer(question)
    kind, _, name = right.partition(".")
    if kind == ABOUT:
        return _find_fact(context, desk, question, name)
    if kind == WHOLE:
        article = _find_article(context, desk, name)
        if article is None:
            return None
        return ExpectedAnswer(question, article.id, request="summary")
    if kind == SECTION:
        return _find_summary(context, desk, question, name)
    quote = _find_quote(context, question, right)
    if quote is None or not desk.base.view.has([quote.article]):
        return None
    return ExpectedAnswer(question, quote.article.id, quote.key.plain)


def _find_fact(
    context: ActionContext, desk: Desk, question: str, name: str
) -> ExpectedAnswer | None:
    fact, _, article_name = name.partition(".")
    aspect = cast("Aspect", fact)
    if not article_name:
        return ExpectedAnswer(question, request=aspect)
    article = _find_article(context, desk, article_name)
    return None if article is None else ExpectedAnswer(question, article.id, request=aspect)


def _find_summary(
    context: ActionContext, desk: Desk, question: str, name: str
) -> ExpectedAnswer | None:
    place = context.view.answerer.find_section(name)
    if place is None or not desk.base.view.has(place[:1]):
        return None
    article, section = place
    named = _name_in_article(article, section)
    return ExpectedAnswer(question, article.id, section=named, request="summary")


def _name_in_article(article: Article, section: Section) -> str:
    """Name a section by its heading, or by its number where that is no name of it alone."""
    headings = [one.heading for one in article.sections]
    is_name = section.heading and not section.heading.isdecimal()
    is_only = headings.count(section.heading) == 1
    return section.heading if is_name and is_only else str(section.number)


def _find_article(context: ActionContext, desk: Desk, name: str) -> Article | None:
    for article in context.view.library.articles:
        if article_id(article) == name and desk.base.view.has([article]):
            return article
    return None


def _find_quote(context: ActionContext, question: str, passage: str) -> Quote | None:
    return context.view.answerer.quote(question, passage, "")


def _find_quotes(
    context: ActionContext, desk: Desk, question: str, passages: Iterable[str]
) -> list[Quote]:
    """Quote those passages that are still there, of the articles of a desk."""
    found = [_find_quote(context, question, one) for one in dict.fromkeys(passages)]
    return [one for one in found if one is not None and desk.base.view.has([one.article])]
