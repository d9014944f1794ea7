"""Show what a change of the articles would do, and make it when somebody says so.

In: what some files shall be. Out: replies that the editor alone sees; what was changed is told in
the log channel as well.
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial

import discord

from bot.chat.change_log import tell_changes
from bot.chat.commands.desks import Desk
from bot.chat.commands.reloads import describe_running
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Reply
from bot.chat.state.prepared_changes import PreparedChange
from bot.chat.ui.proposal_cards import (
    make_difference_card,
    make_done_card,
    make_history_card,
    make_proposal_card,
)
from bot.editing.desk import ChangeError, Proposal
from bot.reloading import Reload, ReloadRunningError
from bot.texts import editing as texts
from bot.texts import files
from bot.texts.retelling import retell
from bot.versions.history import Action, Revision


async def show_proposal(  # noqa: PLR0913 (the last two have defaults that say it)
    desk: Desk,
    user_id: int,
    propose: Callable[[], Proposal],
    action: Action,
    *,
    note: str = "",
    question: str = "",
) -> Reply:
    """Show what a change would do, with buttons that make it or give it up.

    A ``note`` says what the articles themselves do not tell. Where it is made for a ``question``,
    the card tells whether that would be answered.
    """
    why_closed = await find_why_closed(desk)
    if why_closed:
        return refuse(why_closed)
    try:
        proposal = await run_in_thread(propose)
    except ChangeError as error:
        return refuse(str(error))
    except ReloadRunningError as error:
        return Reply(describe_running(error), is_private=True)
    prepared = PreparedChange(proposal.change, action, user_id, desk.guild_id)
    key = desk.dispatcher.prepared_changes.add(prepared, time.monotonic())
    answerer = proposal.draft.answerer
    if question and desk.guild_id:
        # There, the common articles answer, too.
        preview = partial(desk.dispatcher.bases.preview, desk.scope.reader, proposal.draft)
        answerer = await run_in_thread(preview)
    make_card = partial(make_proposal_card, note=note, asked=(question, answerer))
    card = await asyncio.to_thread(make_card, proposal, action, key)
    return Reply(card=card, is_private=True)


async def find_why_closed(desk: Desk) -> str:
    """Say why nothing can be changed now; "" where it can."""
    return await asyncio.to_thread(desk.editing.find_why_closed)


async def make_prepared(key: str, interaction: discord.Interaction, desk: Desk) -> Reply:
    """Make the change of a key, for the one who was shown what it would do."""
    user_id = interaction.user.id
    prepared_changes = desk.dispatcher.prepared_changes
    prepared = prepared_changes.find(key, user_id, time.monotonic())
    if prepared is None or prepared.guild_id != desk.guild_id:
        return Reply(texts.PREVIEW_GONE(), is_private=True)
    # The button says what is confirmed.
    make = partial(desk.editing.make, prepared.change, prepared.action, user_id, is_confirmed=True)
    made = await _make(interaction, desk, make)
    if isinstance(made, Reply):
        return made
    prepared_changes.remove(key)
    card = await asyncio.to_thread(make_done_card, *made)
    return Reply(card=card, is_private=True)


async def edit_at_once(
    interaction: discord.Interaction, desk: Desk, propose: Callable[[], Proposal]
) -> Revision | Reply:
    """Make an edit without showing it first; give its revision, or the reply that says why not.

    One that would need a confirmation is not made.
    """

    def make() -> Reload:
        proposal = propose()
        return desk.editing.make(proposal.change, "edit", interaction.user.id)

    made = await _make(interaction, desk, make)
    return made if isinstance(made, Reply) else made[1]


async def _make(
    interaction: discord.Interaction, desk: Desk, make: Callable[[], Reload]
) -> tuple[Reload, Revision] | Reply:
    """Make a change, and tell it in the log channel; the reply that says why it was not made."""
    number = desk.editing.history.last_number
    had_restricted = desk.base.has_restricted
    try:
        reload = await run_in_thread(make)
    except ChangeError as error:
        return refuse(str(error))
    except ReloadRunningError as error:
        return Reply(describe_running(error), is_private=True)
    revisions = desk.editing.history.revisions
    if not reload.is_served or not revisions:
        return refuse(texts.NOT_SERVED())
    await tell_changes(interaction, desk, number, had_restricted=had_restricted)
    return reload, revisions[0]


async def show_history(desk: Desk, page: int) -> Reply:
    """List the last revisions."""
    card = await asyncio.to_thread(make_history_card, desk.editing.history, page)
    return Reply(card=card, is_private=True)


async def show_difference(desk: Desk, earlier: int, later: int) -> Reply:
    """Show how two revisions differ: by sections on a card, line by line in a file."""
    first, last = sorted((earlier, later))
    try:
        difference = await run_in_thread(partial(desk.editing.compare, first, last))
    except ChangeError as error:
        return Reply(texts.CANNOT_COMPARE(why=retell(str(error))), is_private=True)
    name = files.DIFFERENCE_FILE(earlier=first, later=last)
    content = difference.lines.encode("utf-8", "surrogatepass")
    card = await asyncio.to_thread(make_difference_card, difference, first, last, name)
    return Reply(card=card, is_private=True, files=[(name, content)])


def refuse(why: str) -> Reply:
    """Say that nothing was changed, and why."""
    return Reply(texts.CANNOT_CHANGE(why=retell(why)), is_private=True)
