"""Buttons that lead deeper into an answer: other passages, reasons, verification, more buttons."""

from dataclasses import replace

import discord

from bot.chat.commands.permissions import seems_editor
from bot.chat.commands.questions import audience_of
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.access import may_change
from bot.chat.handlers.actions import (
    ASKED,
    ID,
    IDS,
    NUMBER,
    OPTIONAL_IDS,
    SHA,
    ActionContext,
    ActionTable,
    private,
)
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.answer_cards import make_answer_rows, make_deeper_card
from bot.chat.ui.audience import Audience
from bot.chat.ui.card_reader import (
    read_before,
    read_language,
    read_question,
    read_source,
    read_texts,
    remake_card,
)
from bot.chat.ui.layout import Card, clamp_page, count_pages
from bot.chat.ui.passage_cards import (
    OTHERS_ON_A_PAGE,
    make_others_card,
    make_refused_card,
    make_verify_card,
    make_why_card,
)
from bot.chat.ui.request_cards import make_told_card
from bot.texts import replies
from bot.texts.languages import speaking
from bot.view import View

ACTIONS = ActionTable()


@ACTIONS.action("others", page=NUMBER, passages=IDS)
def show_others(context: ActionContext) -> Response:
    """Show the other passages of an answer."""
    return Reply(card=_make_others(context, context.view), is_private=True)


@ACTIONS.action("leaf", page=NUMBER, passages=IDS)
def turn_others(context: ActionContext) -> Response:
    """Turn to another page of the other passages."""
    return Update(_make_others(context, context.view_of_card))


def _make_others(context: ActionContext, view: View) -> Card:
    ids = context.arguments["passages"].split(".")
    pages = count_pages(len(ids), OTHERS_ON_A_PAGE)
    page = clamp_page(int(context.arguments["page"]), pages)
    question = read_question(context.message)
    before = read_before(context.message)
    answerer = view.answerer
    quotes = []
    for passage_id in ids[page * OTHERS_ON_A_PAGE :][:OTHERS_ON_A_PAGE]:
        quote = answerer.quote(question, passage_id, before)
        if quote is not None:
            quotes.append(quote)
    has_links = context.dispatcher.settings.links
    return make_others_card(question, before, quotes, ids, page, has_links=has_links)


@ACTIONS.action("why", passage=ID)
def explain(context: ActionContext) -> Response:
    """Tell why a passage was chosen."""
    question = read_question(context.message)
    before = read_before(context.message)
    explained = context.view.answerer.explain(question, context.arguments["passage"], before)
    if explained is None:
        return private(replies.NO_LONGER_THERE())
    quote, explanation = explained
    has_links = context.dispatcher.settings.links
    card = make_why_card(question, before, quote, explanation, has_links=has_links)
    return Reply(card=card, is_private=True)


@ACTIONS.action("refused", passages=OPTIONAL_IDS)
def explain_refusal(context: ActionContext) -> Response:
    """Tell why a question was refused, by the nearest passage that is still there."""
    question = read_question(context.message)
    before = read_before(context.message)
    ids = [one for one in context.arguments["passages"].split(".") if one]
    answerer = context.view.answerer
    found = (answerer.explain(question, passage_id, before) for passage_id in ids)
    nearest = next(filter(None, found), None)
    if ids and nearest is None:
        return private(replies.NO_LONGER_THERE())
    card = make_refused_card(
        question,
        before,
        nearest,
        ids,
        has_links=context.dispatcher.settings.links,
        is_editor=seems_editor(context.interaction, context.dispatcher),
    )
    return Reply(card=card, is_private=True)


@ACTIONS.action("told", kind="summary|about")
def explain_request(context: ActionContext) -> Response:
    """Tell how a summary, or a fact about articles, is made."""
    is_editor = seems_editor(context.interaction, context.dispatcher)
    question = read_question(context.message)
    card = make_told_card(question, context.arguments["kind"], is_editor=is_editor)
    return Reply(card=card, is_private=True)


@ACTIONS.action("verify", passage=ID, start=NUMBER, end=NUMBER, sha=SHA)
def verify(context: ActionContext) -> Response:
    """Show the characters of the file itself, and what anybody needs to compare them."""
    question = read_question(context.message)
    before = read_before(context.message)
    arguments = context.arguments
    view = context.view
    quote = view.answerer.quote(question, arguments["passage"], before)
    if quote is None:
        return private(replies.NO_LONGER_THERE())
    start = int(arguments["start"])
    end = int(arguments["end"])
    kept = view.library.kept.get(quote.article.file)
    card, file = make_verify_card(quote, start, end, arguments["sha"], kept)
    return Reply(card=card, is_private=True, files=[file] if file else ())


@ACTIONS.action(
    "more",
    is_open="[01]",
    passage=ID,
    section=ID,
    sentence=NUMBER,
    start=NUMBER,
    end=NUMBER,
    sha=SHA,
    asked=ASKED,
)
def show_more(context: ActionContext) -> Response:
    """Show the second row of an answer's buttons, or hide it; for others on a card of their own."""
    message = context.message
    found = read_source(message)
    if found is None or message is None:
        return private(replies.OLD_BUTTON())
    source, others = found
    is_open = context.arguments["is_open"] == "1"
    is_editor = seems_editor(context.interaction, context.dispatcher)
    if may_change(context.interaction, source.asker_id):
        audience = _audience_of_card(context.dispatcher, context.interaction, message)
        audience = replace(audience, is_editor=is_editor)
        with speaking(read_language(message)):
            rows = make_answer_rows(source, others, audience, is_open=is_open)
            return Update(remake_card(message, read_texts(message), rows))
    if not is_open and not is_editor:
        return private(replies.ONLY_ASKER_CAN_FOLD())
    question, before = read_question(message), read_before(message)
    card = make_deeper_card(question, before, source, others, is_editor=is_editor)
    return Reply(card=card, is_private=True)


def _audience_of_card(
    dispatcher: Dispatcher, interaction: discord.Interaction, message: discord.Message
) -> Audience:
    is_private = message.flags.ephemeral
    audience = audience_of(dispatcher, interaction, is_private=is_private)
    # It stays where it is, though nothing may be said in public there by now.
    is_reply = message.interaction_metadata is None
    return replace(audience, is_private=is_private, is_reply=is_reply)
