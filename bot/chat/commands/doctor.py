"""/kb doctor: what keeps the bot from working as it should, for those who may manage.

In: the dispatcher, and the token with which discord.py is logged in. Out: a card.
"""

import asyncio
import time

import discord
from discord.http import Route

from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Reply
from bot.chat.ui.doctor_card import make_doctor_card
from bot.doctor.model import Check
from bot.settings import Secret
from bot.texts import doctor as texts


async def show_doctor(interaction: discord.Interaction, dispatcher: Dispatcher) -> Reply:
    """Look at everything, and show what is not as it should be before what is."""
    # Most runs of the bot end without a visit of the doctor.
    from bot.doctor.discord_checks import check_discord  # noqa: PLC0415
    from bot.doctor.local_checks import check_here, check_program  # noqa: PLC0415
    from bot.doctor.rest import Rest  # noqa: PLC0415

    settings = dispatcher.settings
    checks = [check_program()]
    checks += await asyncio.to_thread(check_here, settings, dispatcher.common)
    token = Secret(interaction.client.http.token or "")
    try:
        async with Rest(token, Route.BASE, [dispatcher.gate.make_trace()]) as rest:
            checks += await check_discord(rest, settings, time.time)
    except discord.RateLimited as error:
        wait = texts.RATE_LIMITED(seconds=error.retry_after)
        checks.append(Check("discord", "skipped", wait))
    card = await asyncio.to_thread(make_doctor_card, checks)
    return Reply(card=card, is_private=True)
