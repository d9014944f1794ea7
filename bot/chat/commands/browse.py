"""Looking around: /summary, /articles, /sections, /read and /quote."""

from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.answers.lookup import choose_sections, find_articles
from bot.answers.summary import summarise_places
from bot.chat.commands.completions import Name, complete_article, complete_section
from bot.chat.commands.localisation import localise
from bot.chat.commands.questions import audience_of, can_share
from bot.chat.dispatcher import Dispatcher
from bot.chat.interaction_server import Choices
from bot.chat.readers import Readers
from bot.chat.reply import Reply
from bot.chat.ui.audience import Audience
from bot.chat.ui.layout import PLAIN, fit
from bot.chat.ui.library_cards import (
    MOST_SUMMARIES,
    make_articles_card,
    make_reading_card,
    make_sections_card,
    make_summary_card,
)
from bot.chat.ui.quotation_cards import make_quotation_card
from bot.chat.ui.source import section_id
from bot.texts import common, replies

# A longer text is no quotation; Discord would take 6,000.
_MAX_CLAIM_LENGTH = 3_000


def add_browse(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /summary, /articles, /sections, /read and /quote to the commands."""
    _add_summary(tree, dispatcher)
    _add_lists(tree, dispatcher)
    _add_read(tree, dispatcher)
    _add_quote(tree, dispatcher)


def _add_summary(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    @tree.command(name="summary", description=localise(replies.SUMMARY_COMMAND))
    @app_commands.describe(
        section=localise(replies.SUMMARY_SECTION_OPTION),
        article=localise(replies.OF_WHICH_ARTICLE_OPTION),
        private=localise(replies.SUMMARY_PRIVATE_OPTION),
    )
    async def summary(
        interaction: discord.Interaction,
        section: Name = "",
        article: Name = "",
        private: bool = False,  # noqa: FBT001, FBT002 (an option of a command)
    ) -> None:
        audience = audience_of(dispatcher, interaction, is_private=private)
        work = partial(_summarise, dispatcher, article, section, audience)
        await dispatcher.serve_reader(interaction, work, is_question=True, is_private=private)

    _add_completions(summary, dispatcher)


def _add_lists(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    @tree.command(name="articles", description=localise(replies.ARTICLES_COMMAND))
    async def list_articles(interaction: discord.Interaction) -> None:
        await dispatcher.serve_reader(interaction, partial(_list_articles, dispatcher))

    @tree.command(name="sections", description=localise(replies.SECTIONS_COMMAND))
    @app_commands.describe(article=localise(replies.SECTIONS_ARTICLE_OPTION))
    async def list_sections(interaction: discord.Interaction, article: Name = "") -> None:
        await dispatcher.serve_reader(interaction, partial(_list_sections, dispatcher, article))

    _add_completions(list_sections, dispatcher)


def _add_read(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    @tree.command(name="read", description=localise(replies.READ_COMMAND))
    @app_commands.describe(
        section=localise(replies.READ_SECTION_OPTION),
        article=localise(replies.OF_WHICH_ARTICLE_OPTION),
    )
    async def read(interaction: discord.Interaction, section: Name, article: Name = "") -> None:
        work = partial(_read_section, dispatcher, article, section)
        await dispatcher.serve_reader(interaction, work)

    _add_completions(read, dispatcher)


def _add_quote(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    @tree.command(name="quote", description=localise(replies.QUOTE_COMMAND))
    @app_commands.describe(text=localise(replies.QUOTE_TEXT_OPTION))
    async def quote(
        interaction: discord.Interaction, text: app_commands.Range[str, 1, _MAX_CLAIM_LENGTH]
    ) -> None:
        work = partial(_check_quotation, dispatcher, interaction, text)
        await dispatcher.serve_reader(interaction, work, is_question=True)


def _add_completions(command: app_commands.Command[Any, Any, Any], dispatcher: Dispatcher) -> None:
    """Let a command offer articles, and sections where it has such an option."""

    @command.autocomplete("article")
    async def articles(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_article(dispatcher, interaction, typed)

    if command.get_parameter("section") is None:
        return

    @command.autocomplete("section")
    async def sections(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_section(dispatcher, interaction, typed)


def _summarise(
    dispatcher: Dispatcher, article: str, section: str, audience: Audience, readers: Readers
) -> Reply:
    """Summarise the sections of a name; ask back where it is not clear which.

    What not everybody here may read is summarised for the one who asks alone.
    """
    own = dispatcher.view(readers.own)
    places, question = choose_sections(own.library, article, section)
    if question or not places:
        return _ask_back(question)
    for_all = dispatcher.view(readers.everybody)
    if not for_all.has([found for found, _ in places]):
        audience = replace(audience, is_private=True, can_share=False)
    summaries = summarise_places(places[:MOST_SUMMARIES])
    card = make_summary_card(summaries, len(places), audience)
    return Reply(card=card, is_private=audience.is_private)


def _list_articles(dispatcher: Dispatcher, readers: Readers) -> Reply:
    card = make_articles_card(dispatcher.view(readers.own).library.articles, 0)
    return Reply(card=card, is_private=True)


def _list_sections(dispatcher: Dispatcher, article: str, readers: Readers) -> Reply:
    found = find_articles(dispatcher.view(readers.own).library, article)
    if not found:
        text = replies.NO_SUCH_ARTICLE() if article else common.NO_ARTICLES()
        return Reply(text, is_private=True)
    return Reply(card=make_sections_card(found, 0), is_private=True)


def _read_section(dispatcher: Dispatcher, article: str, section: str, readers: Readers) -> Reply:
    """Open a section at its beginning; ask back where it is not clear which."""
    library = dispatcher.view(readers.own).library
    places, question = choose_sections(library, article, section)
    if question or not places:
        return _ask_back(question)
    card = make_reading_card(*places[0], 0, None, has_links=dispatcher.settings.links)
    return Reply(card=card, is_private=True, counted=(("read", section_id(*places[0])),))


def _ask_back(question: str) -> Reply:
    text = fit(question or common.NO_ARTICLES(), PLAIN)
    return Reply(text, is_private=True)


def _check_quotation(
    dispatcher: Dispatcher, interaction: discord.Interaction, text: str, readers: Readers
) -> Reply:
    """Say whether a text stands in the articles; what is nearest to it where it does not."""
    own = dispatcher.view(readers.own)
    check = own.check_quotation(text)
    nearest = own.answer(text).closest if check.kind == "not found" else ()
    shown = [*(span.article for span in check.spans), *(article for article, _ in nearest)]
    may_share = can_share(interaction) and dispatcher.view(readers.everybody).has(shown)
    card = make_quotation_card(check, nearest, can_share=may_share)
    return Reply(card=card, is_private=True)
