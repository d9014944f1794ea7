"""/kb export: the files of what is served, as zips, for editors."""

from functools import partial

import discord
from discord import app_commands

from bot.chat.commands.desks import Desk, if_desk_is_ones_own
from bot.chat.commands.localisation import localise
from bot.chat.dispatcher import Dispatcher
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Reply
from bot.texts import editing as texts


def add_export(group: app_commands.Group, dispatcher: Dispatcher) -> None:
    """Add /kb export."""

    @group.command(name="export", description=localise(texts.EXPORT_COMMAND))
    async def export_files(interaction: discord.Interaction) -> None:
        handler = partial(if_desk_is_ones_own, interaction, dispatcher, _export)
        await dispatcher.serve_interaction(interaction, handler)


async def _export(interaction: discord.Interaction, desk: Desk) -> Reply:
    """Pack the files; Discord says how large each that is attached may be."""
    most_bytes = interaction.filesize_limit
    return await run_in_thread(partial(_make_reply, desk, most_bytes))


def _make_reply(desk: Desk, most_bytes: int) -> Reply:
    # Few runs of the bot export anything.
    from bot.chat.ui.export_card import make_export_card  # noqa: PLC0415
    from bot.editing.export import export  # noqa: PLC0415

    packed = export(desk.base, most_bytes)
    if not packed.parts and not packed.left_out:
        return Reply(texts.NOTHING_TO_EXPORT(), is_private=True)
    return Reply(card=make_export_card(packed), is_private=True, files=packed.parts)
