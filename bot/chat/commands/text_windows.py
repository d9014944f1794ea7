"""The windows in which an editor changes what an article says of itself, or the text of a section.

In: an article and a section. Out: a window with what stands there now; and, when that is sent off,
the preview of the change. The window names the version that it shows, so that nobody overwrites
what another one has written meanwhile.
"""

from collections.abc import Sequence
from functools import partial

import discord

from bot.answers.ids import article_id, section_ids
from bot.articles.model import Article, Section
from bot.chat.commands.article_changes import refuse, show_proposal
from bot.chat.commands.desks import Desk
from bot.chat.reply import Field, Reply, Response, TextModal
from bot.chat.ui.components import join_id, shorten
from bot.editing.text_edit import (
    FIELDS,
    EditError,
    edit_body,
    edit_fields,
    encode_as_before,
    read_body,
    read_fields,
)
from bot.texts import editing as texts

# Discord's limits of a field and of a title.
_MOST_CHARACTERS = 4_000
_TITLE = 45
# A field of the header is a line.
_LINE = 300
# So many digits of a file's hash tell its version.
_SHA_DIGITS = 8


def make_fields_window(article: Article) -> TextModal:
    """Make the window of what an article says of itself."""
    values = read_fields(article)
    fields = [
        Field(
            name,
            texts.FIELD_LABELS[name](),
            description=texts.FIELD_HINTS[name](),
            value=values[name][:_LINE],
            most=_LINE,
        )
        for name in FIELDS
    ]
    custom_id = join_id("edit_fields", article_id(article), article.sha256[:_SHA_DIGITS])
    return TextModal(shorten(article.title, _TITLE), custom_id, fields)


def make_body_window(article: Article, section: Section) -> Response:
    """Make the window of the text of a section; a reply with the text where it is too long."""
    try:
        body = read_body(article, section)
    except EditError as error:
        return refuse(str(error))
    if len(body) > _MOST_CHARACTERS:
        content = article.text.encode("utf-8", "surrogatepass")
        file = article.file.rpartition("/")[2], content
        return Reply(texts.SECTION_TOO_LONG(most=_MOST_CHARACTERS), is_private=True, files=[file])
    heading = section.heading or article.title
    field = Field("text", texts.TEXT_LABEL(), value=body, most=_MOST_CHARACTERS, is_paragraph=True)
    number = article.sections.index(section)
    custom_id = join_id("edit_body", section_ids(article)[number], article.sha256[:_SHA_DIGITS])
    return TextModal(shorten(heading, _TITLE), custom_id, [field])


def find_article(desk: Desk, id_: str) -> Article | None:
    """Find an article by the id that stands in its window's; None where it is gone."""
    articles = desk.base.library.articles
    return next((one for one in articles if article_id(one) == id_), None)


async def propose_fields(
    id_: str, version: str, typed: Sequence[str], interaction: discord.Interaction,
    desk: Desk,
) -> Reply:  # fmt: skip
    """Show what another header of an article would change."""
    article = find_article(desk, id_)
    if article is None or article.sha256[:_SHA_DIGITS] != version:
        return refuse(texts.WINDOW_OUTDATED())
    old = {name: value[:_LINE] for name, value in read_fields(article).items()}
    new = dict(zip(FIELDS, (" ".join(value.split()) for value in typed), strict=True))
    changed = {name: new[name] for name in FIELDS if new[name] != old[name]}
    if not changed:
        return refuse(texts.NOTHING_TO_CHANGE())
    try:
        edited = edit_fields(article, changed)
    except EditError as error:
        return refuse(str(error))
    return await _propose(interaction, desk, article, edited)


async def propose_body(
    id_: str, version: str, typed: Sequence[str], interaction: discord.Interaction,
    desk: Desk,
) -> Reply:  # fmt: skip
    """Show what another text of a section would change."""
    place = desk.base.answerer.find_section(id_)
    if place is None or place[0].sha256[:_SHA_DIGITS] != version:
        return refuse(texts.WINDOW_OUTDATED())
    article, section = place
    try:
        edited = edit_body(article, section, typed[0])
    except EditError as error:
        return refuse(str(error))
    return await _propose(interaction, desk, article, edited)


async def _propose(
    interaction: discord.Interaction, desk: Desk, article: Article, text: str
) -> Reply:
    files = {article.file: encode_as_before(article, text)}
    propose = partial(desk.editing.propose, files)
    return await show_proposal(desk, interaction.user.id, propose, "edit")
