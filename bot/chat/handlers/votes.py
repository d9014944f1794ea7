"""The buttons *Helpful* and *Not helpful*."""

import discord

from bot.chat import failures
from bot.chat.handlers.actions import ID, ActionContext, ActionTable, private
from bot.chat.reply import Response
from bot.chat.ui.card_reader import read_before, read_question, read_source
from bot.records.model import RecordsError, Vote, VoteOutcome
from bot.texts import replies

ACTIONS = ActionTable()

_OUTCOMES = {
    VoteOutcome.COUNTED: replies.VOTE_COUNTED,
    VoteOutcome.CHANGED: replies.VOTE_CHANGED,
    VoteOutcome.WITHDRAWN: replies.VOTE_WITHDRAWN,
}


@ACTIONS.action("vote", passage=ID, verdict="up|down")
async def vote(context: ActionContext) -> Response:
    """Record a vote on a passage as an answer to the question; the same vote again withdraws it."""
    dispatcher = context.dispatcher
    message = context.message
    passage_id = context.arguments["passage"]
    view = await dispatcher.admission.work.run(lambda: context.view)
    if view.answerer.find_passage(passage_id) is None:
        return private(replies.NO_LONGER_THERE())
    if dispatcher.records is None or message is None:
        return private(replies.NO_VOTES_NOW())
    given = _make_vote(context, message)
    try:
        outcome = await dispatcher.records.vote(given)
    except RecordsError as error:
        incident = failures.record_records_error(error)
        return private(replies.VOTE_FAILED(incident=incident))
    is_new_help = given.is_helpful and outcome is VoteOutcome.COUNTED
    if is_new_help and not read_before(message):
        question, analyzer = read_question(message), view.answerer.index.analyzer
        await dispatcher.word_pairs.note_help(
            context.interaction, question, analyzer, given.guild_id
        )
    text = _OUTCOMES[outcome]()
    is_unhelpful = not given.is_helpful and outcome is not VoteOutcome.WITHDRAWN
    if is_unhelpful and _has_others(message):
        return private(text + replies.TRY_OTHER_PASSAGES())
    return private(text)


def _make_vote(context: ActionContext, message: discord.Message) -> Vote:
    # What a question follows up is a part of it: "why?" is another question after another one.
    question = f"{read_before(message)} {read_question(message)}"
    return Vote(
        context.interaction.id,
        context.user_id,
        message.id,
        question,
        context.arguments["passage"],
        is_helpful=context.arguments["verdict"] == "up",
        guild_id=context.readers.own.guild_id,
    )


def _has_others(message: discord.Message) -> bool:
    found = read_source(message)
    return found is not None and bool(found[1])
