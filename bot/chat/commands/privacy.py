"""/privacy and /forget-me: what is kept of a person, and how it goes away."""

from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.chat import failures
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.records.model import RecordsError
from bot.texts import replies

_MEMORY = (
    "**In memory only**, gone with a restart: when you asked or pressed last (some seconds), what you asked (a quarter "
    "of an hour, so that you can follow up), your own last 25 questions (a day, offered to you alone while you type), "
    "what you asked in vain (a day, so that it counts once), and which message of mine answers "
    "which of yours, so that I can follow edits (two minutes) and deletions."
)
_DISK = (
    "**On disk**: votes on answers, under hashes that only I can match to you and to the question; for two days, which "
    "of your presses voted; {unanswered}No name and no id is stored, and nothing is sent anywhere but into the answer."
)
_UNANSWERED = (
    "questions that the articles do not answer, without who asked and with addresses and numbers left out, for {days} "
    "days. "
)
_NOTHING = "**On disk**: nothing. Nothing is sent anywhere but into the answer."
_REST = (
    "`/forget-me` deletes your votes, your presses and what I remember of you. Answers are messages in Discord, which "
    "its own privacy policy covers; for the rest, whoever runs me is responsible."
)


def add_privacy(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /privacy and /forget-me to the commands."""

    @tree.command(name="privacy", description="What is kept of you, and for how long")
    async def privacy(interaction: discord.Interaction) -> None:
        await dispatcher.serve_interaction(
            interaction, lambda: Reply(_describe(dispatcher), is_private=True)
        )

    @tree.command(name="forget-me", description="Delete your votes and what is remembered of you")
    async def forget_me(interaction: discord.Interaction) -> None:
        await dispatcher.serve_interaction(
            interaction, partial(_forget, dispatcher, interaction.user.id)
        )


def _describe(dispatcher: Dispatcher) -> str:
    days = dispatcher.settings.unanswered_days
    disk = _NOTHING
    if dispatcher.records is not None:
        disk = _DISK.format(unanswered=_UNANSWERED.format(days=days) if days else "")
    return f"{_MEMORY}\n{disk}\n{_REST}"


async def _forget(dispatcher: Dispatcher, user_id: int) -> Reply:
    dispatcher.conversations.forget(user_id)
    dispatcher.recent_questions.forget(user_id)
    dispatcher.answer_links.forget(user_id)
    try:
        votes = await dispatcher.records.forget(user_id) if dispatcher.records is not None else 0
    except RecordsError as error:
        failures.record_records_error(error)
        return Reply(
            "Your votes could not be deleted now. Try again, or tell an admin.", is_private=True
        )
    gone = replies.VOTES_DELETED(votes) if votes else ""
    return Reply(f"Done: what I remembered of your questions is forgotten.{gone}", is_private=True)
