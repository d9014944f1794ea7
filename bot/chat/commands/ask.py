"""/ask, and *Find the passage* in the menu of a message."""

import time
from typing import Any

import discord
from discord import app_commands

from bot.chat.commands.completions import Name, complete_article, complete_question
from bot.chat.commands.localisation import localise
from bot.chat.commands.questions import (
    MAX_QUESTION_LENGTH,
    QuestionRequest,
    answer_question,
    audience_of,
    conversation_key,
    strip_codes,
)
from bot.chat.dispatcher import Dispatcher
from bot.chat.interaction_server import Choices
from bot.chat.reply import Reply
from bot.texts import replies


def add_ask(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /ask and the message menu to the commands."""

    async def articles(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_article(dispatcher, interaction, typed)

    async def questions(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_question(dispatcher, interaction, typed)

    @tree.command(name="ask", description=localise(replies.ASK_COMMAND))
    @app_commands.describe(
        question=localise(replies.ASK_QUESTION_OPTION),
        article=localise(replies.ASK_ARTICLE_OPTION),
        private=localise(replies.ASK_PRIVATE_OPTION),
    )
    @app_commands.autocomplete(question=questions, article=articles)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, MAX_QUESTION_LENGTH],
        article: Name = "",
        private: bool = False,  # noqa: FBT001, FBT002 (an option of a command)
    ) -> None:
        await _ask(dispatcher, interaction, question, article, is_private=private)

    @tree.context_menu(name=localise(replies.FIND_PASSAGE_MENU))
    async def find_passage(interaction: discord.Interaction, message: discord.Message) -> None:
        await _find_passage(dispatcher, interaction, message)


async def _ask(
    dispatcher: Dispatcher,
    interaction: discord.Interaction,
    question: str,
    article: str,
    *,
    is_private: bool,
) -> None:
    """Answer the question of a command where it was used."""
    is_private = is_private or dispatcher.is_silent_for(interaction)

    async def handler() -> Reply:
        key = conversation_key(interaction, is_private=is_private)
        before = dispatcher.conversations.recall(key, time.monotonic())
        audience = audience_of(dispatcher, interaction, is_private=is_private)
        readers = await dispatcher.find_readers(interaction)
        request = QuestionRequest(question, key, audience, readers, article, before)
        return await answer_question(dispatcher, request)

    await dispatcher.serve_interaction(
        interaction, handler, is_question=True, is_private=is_private
    )


async def _find_passage(
    dispatcher: Dispatcher, interaction: discord.Interaction, message: discord.Message
) -> None:
    """Answer a message for the one who used its menu; it is not what that one is talking about."""
    question = strip_codes(message.content)

    async def handler() -> Reply:
        if not question:
            return Reply(replies.MESSAGE_WITHOUT_TEXT(), is_private=True)
        key = conversation_key(interaction, is_private=True)
        audience = audience_of(dispatcher, interaction, is_private=True)
        readers = await dispatcher.find_readers(interaction)
        request = QuestionRequest(question, key, audience, readers, is_own=False)
        return await answer_question(dispatcher, request)

    await dispatcher.serve_interaction(interaction, handler, is_question=bool(question))
