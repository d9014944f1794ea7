"""Apologise where Discord let the bot write nothing for longer than an answer is worth waiting for.

In: a question in such a channel, and for how long Discord takes nothing there. Out: a mark on the
question at once, where the bot may react, and one line for all that was asked there meanwhile, as
soon as there can be one.
"""

import asyncio
import logging
import math
import time

import discord

from bot.chat import delivery
from bot.chat.barred_channels import may_react
from bot.chat.reply import Reply
from bot.chat.retry import Undelivered
from bot.chat.ui.components import make_line_card
from bot.texts import notices

_log = logging.getLogger(__name__)

# What a question is marked with that has to wait for the line: an hourglass.
HOURGLASS = "\N{HOURGLASS WITH FLOWING SAND}"
# An apology that would come later is not made.
_LONGEST_S = 3600.0
# It is sent so long after the time that Discord named.
_MARGIN_S = 0.5


class Apologies:
    """The channels in which Discord takes nothing now. Lives on the event loop."""

    def __init__(self) -> None:
        """Begin with no such channel."""
        # By channel: what waits until the line can be sent.
        self._waiting: dict[int, asyncio.Task[None]] = {}

    def is_held(self, channel_id: int) -> bool:
        """Say whether nothing can be written in a channel, and a line will say so."""
        return channel_id in self._waiting

    async def plan(self, message: discord.Message, wait_s: float = 0.0) -> None:
        """Let one line tell that a question, and all after it, could not be answered.

        ``wait_s``: for how long Discord takes nothing in the channel; only the first call counts.
        """
        channel_id = message.channel.id
        if not self.is_held(channel_id):
            _log.warning("Discord takes no message for %.0f s, channel_id=%d", wait_s, channel_id)
            task = asyncio.create_task(self._apologise(message, wait_s))
            self._waiting[channel_id] = task
        if may_react(message.channel):
            await delivery.react(message, HOURGLASS)

    async def close(self) -> None:
        """Make no more apologies."""
        tasks = list(self._waiting.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _apologise(self, message: discord.Message, wait_s: float) -> None:
        since_s = time.monotonic()
        try:
            while 0 < wait_s <= _LONGEST_S:
                await asyncio.sleep(wait_s + _MARGIN_S)
                minutes = math.ceil((time.monotonic() - since_s) / 60)
                line = make_line_card(notices.HELD_UP(minutes), message.author.id)
                reply = Reply(card=line)
                sent = await delivery.reply(message, reply, [str(message.id)])
                wait_s = sent.wait_s if isinstance(sent, Undelivered) else 0.0
        finally:
            self._waiting.pop(message.channel.id, None)
