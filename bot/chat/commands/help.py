"""/help: how to ask, with examples from what is served, and the commands that one may use."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

import discord
from discord import app_commands

from bot.answers.model import Answer
from bot.articles.library import Library
from bot.articles.model import Article
from bot.chat.commands.localisation import localise
from bot.chat.commands.permissions import find_seeming_uses
from bot.chat.dispatcher import Dispatcher
from bot.chat.readers import Readers
from bot.chat.reply import Reply
from bot.chat.ui.help_card import DirectMessages, HelpLine, make_help_card
from bot.search.analysis.tokens import tokenize
from bot.texts import Text, notices
from bot.texts.catalogues import find_text
from bot.texts.languages import current_language
from bot.view import View

# So many examples of a kind are tried: one that is not answered would mislead.
_TRIES = 4
# A longer name makes no example.
_LONGEST_NAME = 60
# A shorter word of a title rarely says what an article is about.
_SHORTEST_WORD = 4
# Each kind of example, and the kind of answer that it must get.
_KINDS: tuple[tuple[Text, str], ...] = (
    (notices.EXAMPLE_QUESTION, "answer"),
    (notices.EXAMPLE_SUMMARY, "summary"),
    (notices.EXAMPLE_AUTHOR, "about"),
    (notices.EXAMPLE_MENTION, "about"),
)


def add_help(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /help to the commands."""

    @tree.command(name="help", description=localise(notices.HELP_COMMAND))
    async def help_(interaction: discord.Interaction) -> None:
        work = partial(_describe, tree, dispatcher, interaction)
        await dispatcher.serve_reader(interaction, work)


def _describe(
    tree: app_commands.CommandTree[Any],
    dispatcher: Dispatcher,
    interaction: discord.Interaction,
    readers: Readers,
) -> Reply:
    commands = list(tree.get_commands())
    open_to_all = [one for one in commands if isinstance(one, app_commands.Command)]
    uses = find_seeming_uses(interaction, dispatcher)
    groups = [one for one in commands if isinstance(one, app_commands.Group)]
    managing = [one for group in groups for one in group.walk_commands()]
    curating = [_describe_command(one) for one in managing if uses.include(one.name)]
    examples = list(find_examples(dispatcher.view(readers.own)))
    direct = _find_direct_messages(dispatcher, interaction, readers)
    card = make_help_card(examples, list(map(_describe_command, open_to_all)), curating, direct)
    return Reply(card=card, is_private=True)


def _find_direct_messages(
    dispatcher: Dispatcher, interaction: discord.Interaction, readers: Readers
) -> DirectMessages:
    """Say whether a member can open direct messages for the server, or which they are about."""
    guild_id = readers.own.guild_id
    if interaction.guild_id is not None:
        return DirectMessages(can_open=dispatcher.bases.has_more_for(guild_id))
    guild = interaction.client.get_guild(guild_id)
    return DirectMessages(about="" if guild is None else guild.name)


def _describe_command(
    command: app_commands.Command[Any, Any, Any] | app_commands.Group,
) -> HelpLine:
    return command.qualified_name, find_text(command.description)


def find_examples(view: View) -> Iterator[str]:
    """Give a question and requests, each of which the articles really answer."""
    library = view.library
    for template, kind in _KINDS:
        for name in islice(_list_names(library, template), _TRIES):
            example = template(name=name)
            answer = view.answer(example)
            if answer.kind == kind and _has_something(answer):
                yield example
                break


def _has_something(answer: Answer) -> bool:
    """Say whether an answer shows what is there: an author who is known, a mention."""
    about = answer.about
    if answer.kind == "summary":
        return any(summary.sentences for summary in answer.summaries)
    if about is None:
        return answer.is_answered
    if about.asked == "mentions":
        return bool(about.places)
    return about.asked == "author" and any(article.author for article in about.articles)


def _list_names(library: Library, template: Text) -> Iterator[str]:
    """Give what an example may name: headings, titles, or the words of titles."""
    names: Iterator[str]
    articles = sorted(library.articles, key=_is_foreign)
    if template is notices.EXAMPLE_AUTHOR:
        names = (article.title for article in articles if article.author)
    elif template is notices.EXAMPLE_MENTION:
        names = (word for article in articles for word in _list_words(article.title))
    else:
        places = list(library.sections())
        if template is notices.EXAMPLE_SUMMARY:
            # It names another section than the example of a question, if there is one.
            places.reverse()
        places.sort(key=lambda place: _is_foreign(place[0]))
        names = (section.heading for _, section in places if section.heading)
    return (name for name in names if len(name) <= _LONGEST_NAME)


def _is_foreign(article: Article) -> bool:
    """Say whether an article is in another language than its reader's."""
    return article.language != current_language()


def _list_words(title: str) -> list[str]:
    """Give the longer words of a title, the longest first."""
    words = [word for word in tokenize(title) if len(word) >= _SHORTEST_WORD]
    return sorted(words, key=len, reverse=True)
