"""Files that somebody hands in: by a window, or by a message that has files or a long text.

In: an interaction, or a message. Out: names as the client gives them, with contents. Nothing of it
is trusted: how large a file may be is checked before it is fetched, and again when it is here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.articles.files import find_most_bytes
from bot.articles.folder import FolderLimits
from bot.articles.model import Problem
from bot.articles.problems import make_error
from bot.editing.names import make_name
from bot.texts import editing as texts
from bot.texts import problems

# A shorter text of a message is no article.
LEAST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by the name that its client gives it: its size in bytes, and where it is.

    One without an address has its ``content`` already.
    """

    name: str
    size_bytes: int
    url: str = ""
    content: bytes = b""


def read_uploads(interaction: discord.Interaction) -> Sequence[Upload]:
    """Give the files that were put into a window."""
    data: Any = interaction.data or {}
    attachments = data.get("resolved", {}).get("attachments", {})
    return [_read_attachment(attachment) for attachment in attachments.values()]


def _read_attachment(attachment: Mapping[str, Any]) -> Upload:
    return Upload(
        name=str(attachment["filename"]),
        size_bytes=int(attachment["size"]),
        url=str(attachment["url"]),
    )


def read_message_files(message: discord.Message) -> Sequence[Upload]:
    """Give the files of a message; without any, its text as one, if it is long enough."""
    if message.attachments:
        return [Upload(one.filename, one.size, one.url) for one in message.attachments]
    text = message.content.strip()
    if len(text) < LEAST_TEXT:
        return []
    content = text.encode("utf-8", "replace")
    return [Upload(make_name(text), len(content), content=content)]


async def fetch(client: discord.Client, upload: Upload, limits: FolderLimits) -> bytes | Problem:
    """Fetch a file from Discord; give its content, or why it is not taken."""
    most_bytes = find_most_bytes(upload.name, limits)
    content = upload.content
    if upload.url and upload.size_bytes <= most_bytes:
        try:
            content = await client.http.get_from_cdn(upload.url)
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            return refuse_file(upload.name, texts.CANNOT_FETCH, texts.TRY_AGAIN)
    if max(upload.size_bytes, len(content)) > most_bytes:
        return make_error(problems.FILE_TOO_LARGE, upload.name, limit=most_bytes)
    return content


def refuse_file(name: str, what: str, hint: str) -> Problem:
    """Say why a file is not taken, as it is said of a file in the folder."""
    return make_error(problems.UPLOAD_REFUSED, name, fault=what, remedy=hint)
