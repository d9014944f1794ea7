"""*Keep as an answer*: a member's reply becomes an answer, once who wrote it has agreed.

In: a message that an editor points to. Out: a window with its question; a message that asks its
author; and, when that one presses, a section of the articles, which the author may take back.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.chat import delivery
from bot.chat.change_log import tell_changes
from bot.chat.commands.article_changes import find_why_closed, refuse
from bot.chat.commands.desks import Desk
from bot.chat.commands.editing import refuse_window
from bot.chat.commands.localisation import localise
from bot.chat.commands.questions import strip_codes
from bot.chat.commands.reloads import describe_running, reload_articles
from bot.chat.dispatcher import Dispatcher
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Field, Reply, Response, TextModal
from bot.chat.ui.card_reader import QUESTION, read_question, read_texts
from bot.chat.ui.components import join_id
from bot.chat.ui.escape import unescape
from bot.chat.ui.kept_cards import can_show, make_consent_card
from bot.editing.desk import ChangeError, NothingToChangeError, Proposal
from bot.editing.kept_answers import ANSWERS, add_answer, remove_answer
from bot.reloading import Reload, ReloadRunningError
from bot.texts import editing as editing_texts
from bot.texts import kept_answers as texts
from bot.versions.history import Action

# What can be shown to its author on a card, whatever its marks.
_MOST_CHARACTERS = 1_500


def add_keep(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add *Keep as an answer* to the message menu."""

    @tree.context_menu(name=localise(texts.KEEP_MENU))
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def keep(interaction: discord.Interaction, message: discord.Message) -> None:
        handler = partial(_open_window, interaction, dispatcher, message)
        await dispatcher.serve_interaction(interaction, handler)


async def _open_window(
    interaction: discord.Interaction, dispatcher: Dispatcher, message: discord.Message
) -> Response:
    """Open the window with the question of a message and what it says, for those who may."""
    refusal = await refuse_window(interaction, dispatcher)
    if refusal is not None:
        return refusal
    answer = message.content.strip()
    if message.author.bot or message.webhook_id is not None or not answer:
        return Reply(texts.NOT_A_REPLY(), is_private=True)
    if len(answer) > _MOST_CHARACTERS:
        return Reply(texts.TOO_LONG(most=_MOST_CHARACTERS), is_private=True)
    question = await _find_question(message)
    fields = [
        Field(
            "question", texts.QUESTION_LABEL(), value=question[:QUESTION], most=QUESTION,
            is_required=True,
        ),
        Field(
            "answer", texts.ANSWER_LABEL(), texts.ANSWER_HINT(), value=answer,
            most=_MOST_CHARACTERS, is_required=True, is_paragraph=True,
        ),
    ]  # fmt: skip
    custom_id = join_id("keep", message.id, message.author.id)
    return TextModal(texts.KEEP_MENU(), custom_id, fields)


async def _find_question(message: discord.Message) -> str:
    """Find the question that a message replies to; "" where it is not known."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return ""
    replied_to = reference.resolved
    if not isinstance(replied_to, discord.Message):
        try:
            replied_to = await message.channel.fetch_message(reference.message_id)
        except (discord.DiscordException, OSError):
            return ""
    if replied_to.components:
        return read_question(replied_to) or _read_passed_on(replied_to)
    return strip_codes(replied_to.content)


def _read_passed_on(card: discord.Message) -> str:
    """Read the question from a card that passes it on to humans, where it stands in bold."""
    for text in read_texts(card):
        if text.startswith("**") and text.endswith("**"):
            return unescape(text.strip("*"))
    return ""


async def ask_author(
    message_id: int,
    author_id: int,
    typed: tuple[str, str],
    interaction: discord.Interaction,
    _: Desk,
) -> Reply:
    """Ask the author of a message, where it stands, whether it may be kept."""
    question, answer = (one.strip() for one in typed)
    channel = interaction.channel
    if not can_show(answer):
        return Reply(texts.TOO_LONG(most=_MOST_CHARACTERS), is_private=True)
    if not isinstance(channel, discord.abc.Messageable) or interaction.guild is None:
        return Reply(texts.NOT_ASKED(), is_private=True)
    make_card = partial(make_consent_card, question, answer, message_id, author_id)
    card = await asyncio.to_thread(make_card)
    reference = discord.MessageReference(
        message_id=message_id, channel_id=interaction.channel_id or 0,
        guild_id=interaction.guild.id, fail_if_not_exists=False,
    )  # fmt: skip
    sent = await delivery.announce(
        channel, Reply(card=card, pings_user=author_id), str(interaction.id), reference
    )
    if sent is None:
        return Reply(texts.NOT_ASKED(), is_private=True)
    return Reply(texts.ASKED_AUTHOR(), is_private=True)


async def keep_answer(
    interaction: discord.Interaction, desk: Desk, kept: tuple[str, str], link: str
) -> Reply:
    """Put an answer into the articles, as its author has agreed; a text says what went wrong."""
    question, answer = kept
    add = partial(add_answer, question=question, answer=answer, link=link)
    propose = partial(desk.editing.propose_addition, ANSWERS, add)
    return await _make(interaction, desk, propose, "answer")


async def take_answer_back(interaction: discord.Interaction, desk: Desk, link: str) -> Reply:
    """Take an answer out of the articles, as its author wishes; a text says what went wrong."""
    propose = partial(desk.editing.propose_addition, ANSWERS, partial(remove_answer, link=link))
    return await _make(interaction, desk, propose, "answer_back")


async def _make(
    interaction: discord.Interaction, desk: Desk, propose: Callable[[], Proposal],
    action: Action,
) -> Reply:  # fmt: skip
    """Make a change at once; nothing is said where it succeeded.

    Whoever takes an answer back need not be confirmed by an editor.
    """
    editing = desk.editing

    def change() -> Reload:
        proposal = propose()
        if action == "answer" and proposal.change.needs_confirmation:
            raise ChangeError(texts.NEEDS_EDITOR())
        user_id = interaction.user.id
        return editing.make(proposal.change, action, user_id, is_confirmed=True)

    why_closed = await find_why_closed(desk)
    if why_closed:
        return refuse(why_closed)
    number = editing.history.last_number
    had_restricted = desk.base.has_restricted
    try:
        reload = await run_in_thread(change)
    except NothingToChangeError:
        # Somebody has put it in, or taken it out, in the folder itself.
        await reload_articles(interaction, desk)
        return Reply()
    except ChangeError as error:
        return refuse(str(error))
    except ReloadRunningError as error:
        return Reply(describe_running(error), is_private=True)
    if not reload.is_served:
        return refuse(editing_texts.NOT_SERVED())
    await tell_changes(interaction, desk, number, had_restricted=had_restricted)
    return Reply()
