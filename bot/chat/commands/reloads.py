"""Read the folder of articles again, and tell what came of it."""

import asyncio
import math
from functools import partial

import discord

from bot.chat.change_log import tell_reload
from bot.chat.commands.desks import Desk
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import make_reload_report
from bot.reloading import NothingChangedError, ReloadRunningError
from bot.texts import replies


async def reload_articles(
    interaction: discord.Interaction,
    desk: Desk,
    confirmation: str = "",
    *,
    is_for_all: bool = False,
) -> Reply:
    """Reload, and report it; ``confirmation`` as in ``KnowledgeBase.reload``.

    What it changed is told in the log channel. Where others read the report, too (``is_for_all``),
    it is without names if not all articles of the server are for everybody, or were not before.
    """
    work = partial(desk.base.reload, confirmation)
    had_restricted = desk.base.has_restricted
    try:
        with desk.dispatcher.service_manager.reloading():
            done = await run_in_thread(work)
    except ReloadRunningError as error:
        return Reply(describe_running(error), is_private=True)
    except NothingChangedError as error:
        text = replies.NOTHING_CHANGED_SINCE(math.ceil(error.wait_s))
        return Reply(text, is_private=True)
    await tell_reload(interaction, desk, done, had_restricted=had_restricted)
    is_restricted = desk.guild_id and (had_restricted or desk.base.has_restricted)
    names_files = not (is_for_all and is_restricted)
    make_report = partial(make_reload_report, done, names_files=names_files)
    card = await asyncio.to_thread(make_report)
    return Reply(card=card, is_private=True)


def describe_running(error: ReloadRunningError) -> str:
    """Say that another reload runs, and since when."""
    seconds = round(error.since_s)
    return replies.RELOAD_RUNNING(seconds) if seconds else replies.RELOAD_BEGAN_NOW()
