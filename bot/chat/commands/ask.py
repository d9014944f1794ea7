"""Questions: /ask, the message menu, a mention, a reply that pings, a direct message, a post in a forum."""

import re
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.answers.conversation import SURE, Turn
from bot.answers.intents import asks_for_help, points_elsewhere
from bot.answers.lookup import find_articles
from bot.chat.commands.browse import Name, can_share, complete_article, complete_question
from bot.chat.dispatcher import Dispatcher
from bot.chat.interactions import Choices
from bot.chat.reply import Reply
from bot.chat.state.answer_links import AskedQuestion
from bot.chat.state.conversations import ConversationKey
from bot.chat.ui.answer_cards import Audience, make_answer_card, make_refusal_card
from bot.chat.ui.card_reader import read_before, read_question, read_source
from bot.chat.ui.components import shorten
from bot.chat.ui.layout import PLAIN, fit

HOW_TO_ASK = (
    "Ask me a question: mention me with it in one message, use `/ask`, or write to me directly. "
    "I answer with quotations from my articles; `/sections` lists what they hold."
)
_HOW_TO_POINT = (
    "I can't read the message that you reply to. Open its menu (on a phone: hold it), then *Apps* › *{}*; "
    "or repeat the question behind my name."
)
MENU = "Find the passage"
MOST_CHARACTERS = 1_500
_THREAD = 100
_MENTION = re.compile(r"<(?:@[!&]?|#)[0-9]+>|<a?:\w+:[0-9]+>")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with what belongs to it: where and by whom, from which article, and after what.

    ``is_own``: it is the asker's own, and no message of somebody else. Where nobody asked the bot in particular,
    nothing is said with a confidence below ``least``.
    """

    question: str
    place: ConversationKey
    audience: Audience
    article: str = ""
    before: Turn | None = None
    is_own: bool = True
    least: float = 0.0


def add_ask(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /ask and the message menu to the commands."""

    async def articles(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_article(dispatcher, interaction, typed)

    async def questions(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_question(dispatcher, interaction, typed)

    @tree.command(
        name="ask", description="Ask a question; the answer is a quotation from the articles"
    )
    @app_commands.describe(
        question="What you want to know, in your own words",
        article="Only from this article",
        private="Show the answer to you alone",
    )
    @app_commands.autocomplete(question=questions, article=articles)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, MOST_CHARACTERS],
        article: Name = "",
        private: bool = False,  # noqa: FBT001, FBT002 (an option of a command)
    ) -> None:
        await ask_here(dispatcher, interaction, question, article, is_private=private)

    @tree.context_menu(name=MENU)
    async def find_passage(interaction: discord.Interaction, message: discord.Message) -> None:
        question = _readable(message.content)
        if question:
            await dispatcher.serve_interaction(
                interaction,
                partial(_find_passage, dispatcher, interaction, question),
                is_question=True,
            )
        else:
            text = "That message has no text that I could look for."
            await dispatcher.serve_interaction(interaction, lambda: Reply(text, is_private=True))


async def ask_here(
    dispatcher: Dispatcher,
    interaction: discord.Interaction,
    question: str,
    article: str = "",
    *,
    is_private: bool,
) -> None:
    """Answer the question of a command where it was used."""

    async def handler() -> Reply:
        place = place_of(interaction, is_private=is_private)
        before = dispatcher.conversations.recall(place, time.monotonic())
        audience = audience_of(dispatcher, interaction, is_private=is_private)
        return await answer(dispatcher, Asking(question, place, audience, article, before))

    await dispatcher.serve_interaction(
        interaction, handler, is_question=True, is_private=is_private
    )


async def _find_passage(
    dispatcher: Dispatcher, interaction: discord.Interaction, question: str
) -> Reply:
    """Answer a message for the one who used its menu; it is not what that one is talking about."""
    audience = audience_of(dispatcher, interaction, is_private=True)
    return await answer(
        dispatcher, Asking(question, place_of(interaction, is_private=True), audience, is_own=False)
    )


def place_of(interaction: discord.Interaction, *, is_private: bool) -> ConversationKey:
    """Say where the conversation of an interaction takes place."""
    return interaction.channel_id or 0, interaction.user.id, is_private


def audience_of(
    dispatcher: Dispatcher, interaction: discord.Interaction, *, is_private: bool
) -> Audience:
    """Say who sees the answer to an interaction, and what can be done with it there."""
    return Audience(
        interaction.user.id,
        is_private=is_private,
        has_votes=dispatcher.records is not None,
        can_share=can_share(interaction),
        has_humans=find_humans(dispatcher, interaction.guild) is not None,
    )


def find_humans(dispatcher: Dispatcher, guild_id: discord.Guild | None) -> discord.Role | None:
    """Give the role of a server that is asked where the articles do not answer; None where there is none."""
    roles = map(guild_id.get_role, dispatcher.settings.human_roles) if guild_id else iter(())
    return next((role for role in roles if role is not None), None)


async def answer(dispatcher: Dispatcher, asking: Asking) -> Reply:
    """Answer a question with a card, or with a line where nothing could be looked for."""
    return await dispatcher.admission.work.run(partial(_answer, dispatcher, asking))


def _answer(dispatcher: Dispatcher, asking: Asking) -> Reply:
    found = (
        find_articles(dispatcher.knowledge_base.library, asking.article) if asking.article else []
    )
    if asking.article and len(found) != 1:
        text = "More than one article has that name" if found else "No article has that name"
        return Reply(f"{text}: choose one of those that are offered.", is_private=True)
    said = dispatcher.knowledge_base.answer(
        asking.question, found[0].id if found else "", asking.before
    )
    now_s = time.monotonic()
    if said.turn is not None and asking.is_own:
        dispatcher.conversations.remember(asking.place, said.turn, now_s)
        dispatcher.recent_questions.remember(asking.place[1], asking.question, now_s)
    if asking.least and (said.kind != "answer" or said.confidence < asking.least):
        return Reply(asked=AskedQuestion(asking.question, asking.place[1], asking.before))
    is_talk = said.kind == "smalltalk"
    talk = HOW_TO_ASK if is_talk and asks_for_help(asking.question) else fit(said.message, PLAIN)
    make_card = make_answer_card if said.kind == "answer" else make_refusal_card
    return Reply(
        talk if is_talk else "",
        None if is_talk else make_card(said, asking.audience),
        is_private=asking.audience.is_private or is_talk,
        asked=AskedQuestion(asking.question, asking.place[1], asking.before),
        is_unanswered=said.kind == "none"
        and said.before is None
        and asking.is_own
        and bool(dispatcher.knowledge_base.library.articles),
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message asks of the bot, and the message that is answered.

    ``is_blank``: it points to a message that can't be read. ``is_post``: it begins a post in a forum.
    """

    question: str
    to: discord.Message
    is_blank: bool = False
    is_post: bool = False


def hear(
    dispatcher: Dispatcher, bot_user: discord.ClientUser, message: discord.Message
) -> Heard | None:
    """Say what a message asks of the bot; None for what is not meant for it.

    Never meant: what the bot itself, other bots and webhooks write, and what Discord says by itself ("… has joined").
    """
    if message.author.bot or message.webhook_id is not None or message.is_system():
        return None
    channel = message.channel
    own_role = message.guild.self_role if message.guild else None
    is_mentioned = any(user.id == bot_user.id for user in message.mentions) or (
        own_role is not None and any(role.id == own_role.id for role in message.role_mentions)
    )
    if (
        not is_mentioned
        and isinstance(channel, discord.Thread)
        and message.id == channel.id
        and channel.parent_id in dispatcher.settings.forum_channels
    ):
        return Heard(f"{channel.name}\n{_readable(message.content)}", message, is_post=True)
    if not isinstance(channel, discord.DMChannel) and not is_mentioned:
        return None
    question = re.sub(rf"<@!?{bot_user.id}>", " ", message.content).strip()
    if own_role is not None:
        question = question.replace(own_role.mention, " ").strip()
    replied = message.reference.resolved if message.reference else None
    if (
        isinstance(replied, discord.Message)
        and not replied.author.bot
        and points_elsewhere(question)
    ):
        # What can't be read can't be answered; who points there is told another way.
        return (
            Heard(_readable(replied.content), replied)
            if replied.content
            else Heard("", message, is_blank=True)
        )
    return Heard(_readable(question), message)


def _readable(content: str) -> str:
    """Give what a message says to people: without the codes of mentions and of emoji."""
    return _MENTION.sub(" ", content).strip()


async def answer_message(
    dispatcher: Dispatcher, bot_user: discord.ClientUser, message: discord.Message
) -> None:
    """Answer a message that is meant for the bot; whatever is not is passed over."""
    heard = hear(dispatcher, bot_user, message)
    if heard is not None:
        await dispatcher.serve_message(
            message, lambda: answer_heard(dispatcher, bot_user, message, heard), heard.to
        )


async def answer_heard(
    dispatcher: Dispatcher,
    bot_user: discord.ClientUser,
    message: discord.Message,
    heard: Heard,
    edited: AskedQuestion | None = None,
) -> Reply:
    """Answer what was heard: after what is remembered, or, where a question was ``edited``, after what was then."""
    to = heard.to
    if heard.is_blank:
        return Reply(_HOW_TO_POINT.format(MENU))
    if not heard.question:
        return Reply(HOW_TO_ASK)
    place = (to.channel.id, to.author.id, False)
    if edited is not None:
        before = edited.before
    else:
        before = dispatcher.conversations.recall(place, time.monotonic()) or _find_before(
            message, bot_user
        )
    audience = Audience(
        to.author.id,
        is_reply=True,
        has_votes=dispatcher.records is not None,
        has_humans=find_humans(dispatcher, message.guild) is not None,
    )
    least = SURE if heard.is_post else 0.0
    reply = await answer(
        dispatcher, Asking(heard.question, place, audience, before=before, least=least)
    )
    has_thread = (
        reply.card is not None
        and to.channel.id in dispatcher.settings.thread_channels
        and _may_thread(to)
    )
    return replace(reply, thread=shorten(heard.question, _THREAD) if has_thread else "")


def _may_thread(message: discord.Message) -> bool:
    """Say whether a thread can be begun at a message, and written in."""
    if not isinstance(message.channel, discord.TextChannel):
        return False
    may = message.channel.permissions_for(message.channel.guild.me)
    return may.create_public_threads and may.send_messages_in_threads


def _find_before(message: discord.Message, bot_user: discord.ClientUser) -> Turn | None:
    """Go on from the card that a message replies to."""
    answer_links = message.reference.resolved if message.reference else None
    if not isinstance(answer_links, discord.Message) or answer_links.author.id != bot_user.id:
        return None
    return turn_of(answer_links)


def turn_of(card: discord.Message | None) -> Turn | None:
    """Read back from an answer's card what the conversation had come to; None where it is no such card."""
    asked, before, rows = read_question(card), read_before(card), read_source(card)
    passages = (rows[0].passage,) if rows else ()
    return Turn(before or asked, f"{before} {asked}".strip(), passages) if asked else None
