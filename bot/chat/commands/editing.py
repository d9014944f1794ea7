"""/kb upload, remove, rename, history and rollback, and *Add to the articles*: for editors.

Who may use them is checked on every call. The replies are ephemeral. Nothing changes before a
button of the preview is pressed.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any

import discord
from discord import app_commands

from bot.answers.ids import article_id
from bot.answers.lookup import choose_sections, find_articles
from bot.articles.ignoring import IgnoredNames
from bot.articles.listing import fold_name
from bot.articles.model import Article, Problem
from bot.chat.commands.article_changes import (
    find_why_closed,
    refuse,
    show_difference,
    show_history,
    show_proposal,
)
from bot.chat.commands.completions import Name, complete_article, complete_section
from bot.chat.commands.desks import Desk, DeskCommand, if_desk_is_ones_own, if_desk_is_open
from bot.chat.commands.figures import count_answers_from
from bot.chat.commands.localisation import localise
from bot.chat.commands.text_windows import find_article, make_body_window, make_fields_window
from bot.chat.commands.uploads import (
    LEAST_TEXT,
    Upload,
    fetch,
    read_message_files,
    read_uploads,
    refuse_file,
)
from bot.chat.dispatcher import Dispatcher
from bot.chat.interaction_server import Choices
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Reply, Response, UploadModal
from bot.chat.ui.figure_cards import describe_answers_lost
from bot.chat.ui.layout import PLAIN, fit
from bot.chat.ui.proposal_cards import make_refused_files_card
from bot.editing.names import NameFaultError, choose_name, find_place
from bot.texts import editing as texts
from bot.texts import replies

# What Discord takes in one modal.
MOST_FILES = 10
# What is shown of a folder that is not taken.
_FOLDER = 60


def add_editing(
    group: app_commands.Group, tree: app_commands.CommandTree[Any], dispatcher: Dispatcher
) -> None:
    """Add what changes the articles to /kb, and *Add to the articles* to the message menu."""

    async def articles(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_article(dispatcher, interaction, typed, is_editing=True)

    async def sections(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_section(dispatcher, interaction, typed, is_editing=True)

    @group.command(name="upload", description=localise(texts.UPLOAD_COMMAND))
    async def upload(interaction: discord.Interaction) -> None:
        handler = partial(open_upload, interaction, dispatcher)
        await dispatcher.serve_interaction(interaction, handler)

    @group.command(name="edit", description=localise(texts.EDIT_COMMAND))
    @app_commands.describe(
        article=localise(texts.REMOVE_ARTICLE_OPTION), section=localise(texts.EDIT_SECTION_OPTION)
    )
    @app_commands.autocomplete(article=articles, section=sections)
    async def edit(interaction: discord.Interaction, article: Name, section: Name = "") -> None:
        handler = partial(_open_edit, interaction, dispatcher, article, section)
        await dispatcher.serve_interaction(interaction, handler)

    @group.command(name="remove", description=localise(texts.REMOVE_COMMAND))
    @app_commands.describe(article=localise(texts.REMOVE_ARTICLE_OPTION))
    @app_commands.autocomplete(article=articles)
    async def remove(interaction: discord.Interaction, article: Name) -> None:
        await _serve_editor(interaction, dispatcher, partial(_remove, article))

    @group.command(name="rename", description=localise(texts.RENAME_COMMAND))
    @app_commands.describe(
        article=localise(texts.REMOVE_ARTICLE_OPTION), name=localise(texts.RENAME_NAME_OPTION)
    )
    @app_commands.autocomplete(article=articles)
    async def rename(interaction: discord.Interaction, article: Name, name: Name) -> None:
        await _serve_editor(interaction, dispatcher, partial(_rename, article, name))

    @group.command(name="history", description=localise(texts.HISTORY_COMMAND))
    @app_commands.describe(
        version=localise(texts.COMPARE_OPTION), since=localise(texts.COMPARE_SINCE_OPTION)
    )
    async def history(
        interaction: discord.Interaction,
        version: app_commands.Range[int, 0] | None = None,
        since: app_commands.Range[int, 0] | None = None,
    ) -> None:
        show = partial(_show_history, version, since)
        handler = partial(if_desk_is_open, interaction, dispatcher, show)
        await dispatcher.serve_interaction(interaction, handler)

    @group.command(name="rollback", description=localise(texts.ROLLBACK_COMMAND))
    @app_commands.describe(version=localise(texts.ROLLBACK_NUMBER_OPTION))
    async def rollback(
        interaction: discord.Interaction, version: app_commands.Range[int, 0]
    ) -> None:
        await _serve_editor(interaction, dispatcher, partial(propose_rollback, version))

    @tree.context_menu(name=localise(texts.ADD_MENU))
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def add_message(interaction: discord.Interaction, message: discord.Message) -> None:
        await _serve_editor(interaction, dispatcher, partial(_add_message, message))


async def _serve_editor(
    interaction: discord.Interaction, dispatcher: Dispatcher, command: DeskCommand
) -> None:
    handler = partial(if_desk_is_ones_own, interaction, dispatcher, command)
    await dispatcher.serve_interaction(interaction, handler)


async def open_upload(interaction: discord.Interaction, dispatcher: Dispatcher) -> Response:
    """Open the window that takes files, for those who may."""
    refusal = await refuse_window(interaction, dispatcher)
    if refusal is not None:
        return refusal
    label = texts.UPLOAD_LABEL(), texts.UPLOAD_DESCRIPTION()
    return UploadModal(texts.UPLOAD_TITLE(), "upload", label, MOST_FILES)


async def _open_edit(
    interaction: discord.Interaction, dispatcher: Dispatcher, article: str, section: str
) -> Response:
    """Open the window of an article's header, or of the text of a section, for those who may."""
    desks: list[Desk] = []
    refusal = await refuse_window(interaction, dispatcher, desks.append)
    if refusal is not None:
        return refusal
    library = desks[0].base.library
    places, question = choose_sections(library, article, section)
    if article.strip() and not section.strip() and places:
        return make_fields_window(places[0][0])
    if len(places) != 1:
        return Reply(fit(question or replies.NO_ARTICLE(), PLAIN), is_private=True)
    return make_body_window(*places[0])


async def open_fields(
    id_: str, interaction: discord.Interaction, dispatcher: Dispatcher
) -> Response:
    """Open the window of the header of an article, by its id, for those who may."""
    desks: list[Desk] = []
    refusal = await refuse_window(interaction, dispatcher, desks.append)
    if refusal is not None:
        return refusal
    article = find_article(desks[0], id_)
    return refuse(texts.WINDOW_OUTDATED()) if article is None else make_fields_window(article)


async def open_body(id_: str, interaction: discord.Interaction, dispatcher: Dispatcher) -> Response:
    """Open the window of the text of a section, by its id, for those who may."""
    desks: list[Desk] = []
    refusal = await refuse_window(interaction, dispatcher, desks.append)
    if refusal is not None:
        return refusal
    place = desks[0].base.answerer.find_section(id_)
    return refuse(texts.WINDOW_OUTDATED()) if place is None else make_body_window(*place)


async def refuse_window(
    interaction: discord.Interaction,
    dispatcher: Dispatcher,
    take: Callable[[Desk], None] = lambda _: None,
) -> Reply | None:
    """Say why no window is opened; None where it is, and then ``take`` is given its desk."""

    async def allow(_: discord.Interaction, desk: Desk) -> Reply:
        take(desk)
        return await refuse_if_closed(desk)

    refusal = await if_desk_is_ones_own(interaction, dispatcher, allow)
    return refusal if refusal.text else None


async def refuse_if_closed(desk: Desk) -> Reply:
    """Say why nothing can be changed now; nothing where it can."""
    why_closed = await find_why_closed(desk)
    return refuse(why_closed) if why_closed else Reply()


async def propose_upload(interaction: discord.Interaction, desk: Desk) -> Reply:
    """Show what the files of a window would change."""
    return await _propose_files(interaction, desk, read_uploads(interaction))


async def propose_rollback(version: int, interaction: discord.Interaction, desk: Desk) -> Reply:
    """Show what going back to a version would change."""
    propose = partial(desk.editing.propose_rollback, version)
    return await show_proposal(desk, interaction.user.id, propose, "rollback")


async def _add_message(
    message: discord.Message, interaction: discord.Interaction, desk: Desk
) -> Reply:
    files = read_message_files(message)
    if not files:
        return Reply(texts.NOTHING_TO_ADD(least=LEAST_TEXT), is_private=True)
    return await _propose_files(interaction, desk, files)


async def _propose_files(
    interaction: discord.Interaction, desk: Desk, uploads: Sequence[Upload]
) -> Reply:
    """Show what some files would change; or, of each that is not taken, why."""
    limits = desk.base.limits
    files: dict[str, bytes | None] = {}
    refused: list[Problem] = []
    known = await run_in_thread(desk.editing.list_files)
    for upload in uploads:
        name = _name_file(desk, upload, known, files)
        if isinstance(name, Problem):
            refused.append(name)
            continue
        content = await fetch(interaction.client, upload, limits)
        if isinstance(content, Problem):
            refused.append(content)
        else:
            files[name] = content
    if refused:
        card = await asyncio.to_thread(make_refused_files_card, refused)
        return Reply(card=card, is_private=True)
    propose = partial(desk.editing.propose, files)
    return await show_proposal(desk, interaction.user.id, propose, "upload")


def _name_file(
    desk: Desk, upload: Upload, known: Collection[str], others: Collection[str]
) -> str | Problem:
    """Give the name under which a file is put into the folder, or why it has none.

    One that is called like a single file of the folder takes its place. ``others`` are handed in
    with it.
    """
    try:
        name = choose_name(upload.name, IgnoredNames(desk.base.limits.ignore))
    except NameFaultError as error:
        return refuse_file(upload.name, error.what, error.hint)
    name = find_place(name, known)
    if fold_name(name) in map(fold_name, others):
        return refuse_file(upload.name, texts.SAME_NAME_TWICE, texts.GIVE_ANOTHER_NAME)
    return name


async def _remove(name: str, interaction: discord.Interaction, desk: Desk) -> Reply:
    article = _find_article(desk, name)
    if isinstance(article, Reply):
        return article
    propose = partial(desk.editing.propose, {article.file: None})
    note = describe_answers_lost(await count_answers_from(desk, article_id(article)))
    return await show_proposal(desk, interaction.user.id, propose, "remove", note=note)


async def _rename(name: str, new_name: str, interaction: discord.Interaction, desk: Desk) -> Reply:
    article = _find_article(desk, name)
    if isinstance(article, Reply):
        return article
    typed_folder, _, typed_name = new_name.replace("\\", "/").rpartition("/")
    try:
        ending = "" if "." in typed_name else PurePath(article.file).suffix
        ignored = IgnoredNames(desk.base.limits.ignore)
        chosen = choose_name(typed_name + ending, ignored)
    except NameFaultError as error:
        return refuse(str(error))
    folder, separator, _ = article.file.rpartition("/")
    new_file = f"{folder}{separator}{chosen}"
    note = ""
    if typed_folder and typed_folder != folder:
        note = texts.FOLDER_STAYS(folder=fit(typed_folder, _FOLDER))
    propose = partial(desk.editing.propose_rename, article.file, new_file)
    return await show_proposal(desk, interaction.user.id, propose, "rename", note=note)


def _find_article(desk: Desk, name: str) -> Article | Reply:
    """Find the article that is named; the reply where none or several are."""
    articles = find_articles(desk.base.library, name)
    if len(articles) == 1:
        return articles[0]
    return Reply(replies.MANY_ARTICLES() if articles else replies.NO_ARTICLE(), is_private=True)


async def _show_history(
    version: int | None, since: int | None, interaction: discord.Interaction, desk: Desk
) -> Reply:
    """List the versions, or show what one changed, or all that was changed since one.

    Where articles are for some members only, what stands in them is shown to their editors alone.
    """
    if version is None and since is None:
        return await show_history(desk, 0)
    if version is None:
        version = desk.editing.history.last_number
    earlier = max(version - 1, 0) if since is None else since

    async def show(_: discord.Interaction, desk: Desk) -> Reply:
        return await show_difference(desk, earlier, version)

    if desk.base.has_restricted:
        return await if_desk_is_ones_own(interaction, desk.dispatcher, show)
    return await show(interaction, desk)
