"""Questions: /ask, a mention, a reply that pings, a direct message, and the button for further passages."""

import re
import time
from typing import Any

import discord
from discord import app_commands

from bot.answers.browse import find_articles
from bot.answers.conversation import Turn
from bot.chat.browse import Choices, Name, complete_article
from bot.chat.cards import make_answer_card, make_passages_card, make_refusal, read_question
from bot.chat.conversations import Place
from bot.chat.counter import Counter, Reply

HOW_TO_ASK = (
    "Ask me a question: mention me with it in one message, use `/ask`, or write to me directly. "
    "I answer with quotations from my articles; `/sections` lists what they hold."
)
_MOST_CHARACTERS = 1_500


def add_ask(tree: app_commands.CommandTree[Any], counter: Counter) -> None:
    """Add /ask to the commands."""

    async def articles(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_article(counter, interaction, typed)

    @tree.command(name="ask", description="Ask a question; the answer is a quotation from the articles")
    @app_commands.describe(
        question="What you want to know, in your own words",
        article="Only from this article",
        private="Show the answer to you alone",
    )
    @app_commands.autocomplete(article=articles)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, _MOST_CHARACTERS],
        article: Name = "",
        private: bool = False,  # noqa: FBT001, FBT002 (an option of a command)
    ) -> None:
        def handler() -> Reply:
            place = (interaction.channel_id or 0, interaction.user.id)
            return answer(counter, question, place, article, is_private=private)

        await counter.serve_interaction(interaction, handler, is_question=True)


def answer(counter: Counter, question: str, place: Place, article: str = "", *, is_private: bool = False) -> Reply:
    """Answer a question with a card, or with a line where nothing is quoted.

    What the member asked before at this ``place`` is known for a while.
    """
    found = find_articles(counter.desk.library, article) if article else []
    if article and len(found) != 1:
        return Reply("I do not have exactly one article of that name. `/sections` lists them.", is_private=True)
    before = counter.conversations.recall(place, time.monotonic())
    said = counter.desk.answer(question, found[0].id if found else "", before)
    if said.turn is not None:
        counter.conversations.remember(place, said.turn, time.monotonic())
    if said.quotes:
        return Reply(card=make_answer_card(said), is_private=is_private)
    return Reply(make_refusal(said), is_private=is_private)


async def answer_message(counter: Counter, bot_user: discord.ClientUser, message: discord.Message) -> None:
    """Answer a message that is meant for the bot; whatever is not is passed over.

    Never answered: the bot itself, other bots, webhooks, what Discord says by itself ("… has joined").
    """
    if message.author.bot or message.webhook_id is not None or message.is_system():
        return
    is_mentioned = any(user.id == bot_user.id for user in message.mentions)
    own_role = message.guild.self_role if message.guild else None
    is_role_mentioned = own_role is not None and any(role.id == own_role.id for role in message.role_mentions)
    if not isinstance(message.channel, discord.DMChannel) and not is_mentioned and not is_role_mentioned:
        return
    question = re.sub(rf"<@!?{bot_user.id}>", " ", message.content).strip()
    if own_role is not None:
        question = question.replace(own_role.mention, " ").strip()
    place = (message.channel.id, message.author.id)

    def handler() -> Reply:
        _take_up(counter, place, message, bot_user)
        return answer(counter, question, place) if question else Reply(HOW_TO_ASK)

    await counter.serve_message(message, handler)


def _take_up(counter: Counter, place: Place, message: discord.Message, bot_user: discord.ClientUser) -> None:
    """Go on from the card that a message replies to, where nothing later is known of the conversation."""
    answered = message.reference.resolved if message.reference else None
    if not isinstance(answered, discord.Message) or answered.author.id != bot_user.id:
        return
    now_s = time.monotonic()
    if (asked := read_question(answered)) and counter.conversations.recall(place, now_s) is None:
        counter.conversations.remember(place, Turn(asked, asked, ()), now_s)


async def show_passages(counter: Counter, interaction: discord.Interaction, passages: tuple[str, ...]) -> None:
    """Show the further passages of an answer to the one who pressed its button."""

    def handler() -> Reply:
        question = read_question(interaction.message)
        quotes = [quote for passage in passages if (quote := counter.desk.quote(question, passage)) is not None]
        return Reply(card=make_passages_card(quotes, len(passages) - len(quotes)), is_private=True)

    await counter.serve_interaction(interaction, handler)
