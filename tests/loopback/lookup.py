"""Find the channel or message that a path of the REST side names, as far as the bot may see it.

Source: https://docs.discord.com/developers/topics/permissions and …/topics/threads. Refuses as
Discord does what is not there, what may not be seen, and what cannot be done in an archived or
locked thread.
"""

from loopback.core import Core
from loopback.errors import Refusal
from loopback.permissions import Permission
from loopback.state import Channel, Message


class Lookup:
    """What the bot can reach by its ids."""

    def __init__(self, core: Core) -> None:
        self.world = core.world

    def channel(self, number: str, *needed: Permission) -> Channel:
        """Find a channel in which the bot has these permissions besides seeing it."""
        channel = self.world.channels.get(int(number))
        if channel is None or channel.deleted:
            raise Refusal(404, 10003, "Unknown Channel", breach=channel is None)
        has = channel.permissions_of(self.world.bot)
        if not has & Permission.VIEW_CHANNEL:
            raise Refusal(403, 50001, "Missing Access")
        if any(not has & one for one in needed):
            raise Refusal(403, 50013, "Missing Permissions")
        return channel

    def open_channel(self, number: str, *needed: Permission) -> Channel:
        """Find a channel as `channel` does that is no archived or locked thread."""
        channel = self.channel(number, *needed)
        self.judge_open(channel, wakes=False)
        return channel

    def judge_open(self, channel: Channel, *, wakes: bool) -> None:
        """Refuse what cannot be done in an archived or locked thread; `wakes`: what would unarchive
        it may be done.
        """
        closed = (
            channel.locked
            and not channel.permissions_of(self.world.bot) & Permission.MANAGE_THREADS
        )
        if channel.archived and (closed or not wakes):
            raise Refusal(400, 50083, "Thread is archived")
        if closed:
            raise Refusal(403, 160005, "Thread is locked")

    def message(self, channel: Channel, number: str) -> Message:
        """Find a message of a channel. An ephemeral one is not found: only its interaction's token
        leads to it.
        """
        message = self.world.messages.get(int(number))
        if message is None or message.channel is not channel or not message.is_for_all:
            raise Refusal(
                404, 10008, "Unknown Message", breach=message is None or not message.deleted
            )
        return message
