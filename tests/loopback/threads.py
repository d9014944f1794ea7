"""Threads: from a message, on their own, as posts in a forum; started by people or through REST.

Source: https://docs.discord.com/developers/topics/threads and …/resources/channel. A thread from a
message and a post have the id of the message that they begin with. Nobody can be invited: there are
no private threads.
"""

from collections.abc import Iterator

from loopback.core import Core, Request
from loopback.errors import Complaints, Refusal, TooManyError
from loopback.lookup import Lookup
from loopback.payloads import active_threads, channel_json
from loopback.permissions import Permission
from loopback.routing import Answer, Route
from loopback.state import (
    RENAMED,
    TEXT,
    THREAD,
    THREAD_CREATED,
    THREAD_STARTER,
    Channel,
    Message,
    User,
)

ARCHIVE_MINUTES = {60, 1440, 4320, 10080}
PUBLIC = 11
RENAMES, RENAMES_S = 2, 600.0
OF_ITS_OWNER = {"name", "archived", "auto_archive_duration"}


class Threads:
    """All that starts, archives and wakes threads."""

    def __init__(self, core: Core, lookup: Lookup) -> None:
        self.core = core
        self.lookup = lookup

    def routes(self) -> Iterator[Route]:
        """Give what is served here."""
        yield Route("POST", r"/channels/(\d+)/messages/(\d+)/threads", self.start_from_message)
        yield Route("POST", r"/channels/(\d+)/threads", self.start_alone)
        yield Route("PATCH", r"/channels/(\d+)", self.change)
        yield Route("DELETE", r"/channels/(\d+)", self.delete)
        yield Route("PUT", r"/channels/(\d+)/thread-members/@me", self.join)
        yield Route("GET", r"/guilds/(\d+)/threads/active", self.get_active)

    async def start_from_message(self, request: Request, number: str, message: str) -> Answer:
        """POST /channels/{id}/messages/{id}/threads."""
        channel = self._channel_for(request, number)
        start = self.lookup.message(channel, message)
        if start.thread is not None:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        return 201, channel_json(
            self.open(channel, request.body["name"], self.core.world.bot, start)
        )

    async def start_alone(self, request: Request, number: str) -> Answer:
        """POST /channels/{id}/threads, for public threads only."""
        if request.body.get("type") != PUBLIC:
            raise Refusal(403, 50013, "Missing Permissions")
        return 201, channel_json(
            self.open(self._channel_for(request, number), request.body["name"], self.core.world.bot)
        )

    def _channel_for(self, request: Request, number: str) -> Channel:
        channel, complaints = (
            self.lookup.channel(number, Permission.CREATE_PUBLIC_THREADS),
            Complaints(),
        )
        if channel.kind != TEXT:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        complaints.text("name", request.body.get("name"), 1, 100)
        minutes = request.body.get("auto_archive_duration")
        if minutes is not None and minutes not in ARCHIVE_MINUTES:
            complaints.add(
                "auto_archive_duration",
                "BASE_TYPE_CHOICES",
                f"Must be one of {sorted(ARCHIVE_MINUTES)}.",
            )
        complaints.raise_if_any()
        return channel

    async def join(self, _: Request, number: str) -> Answer:
        """PUT /channels/{id}/thread-members/@me."""
        thread = self.lookup.open_channel(number)
        if self.core.world.bot not in thread.people:
            thread.people.append(self.core.world.bot)
        return 204, None

    async def change(self, request: Request, number: str) -> Answer:
        """PATCH /channels/{id} of a thread: its owner may name, archive and wake it, moderators do
        more.

        While it is archived nothing changes but by the request that wakes it; two names in ten
        minutes.
        """
        thread, body, complaints = self._thread(number), request.body, Complaints()
        is_owner = thread.people[0] is self.core.world.bot
        may_manage = thread.permissions_of(self.core.world.bot) & Permission.MANAGE_THREADS
        if not may_manage and (not is_owner or thread.locked or set(body) - OF_ITS_OWNER):
            raise Refusal(403, 50013, "Missing Permissions")
        if thread.archived and body.get("archived") is not False:
            raise Refusal(400, 50083, "Thread is archived")
        if "name" in body:
            complaints.text("name", body["name"], 1, 100)
            complaints.raise_if_any()
            self._rename(thread, body["name"])
        thread.archived = body.get("archived", thread.archived)
        self.core.tell_thread("THREAD_UPDATE", thread, channel_json(thread))
        return 200, channel_json(thread)

    def _rename(self, thread: Channel, name: str) -> None:
        now = self.core.clock.now()
        thread.renamed = [when for when in thread.renamed if now - when < RENAMES_S]
        if len(thread.renamed) >= RENAMES:
            raise TooManyError(thread.renamed[0] + RENAMES_S - now)
        if name != thread.name:
            thread.renamed.append(now)
            thread.name = name
            self.core.publish(
                Message(self.core.clock.new_id(), thread, self.core.world.bot, name, RENAMED)
            )

    def _thread(self, number: str) -> Channel:
        channel = self.lookup.channel(number)
        if channel.kind != THREAD:
            raise Refusal(403, 50013, "Missing Permissions")
        return channel

    async def delete(self, _: Request, number: str) -> Answer:
        """DELETE /channels/{id} of a thread, which its owner may not either without Manage
        Threads.
        """
        thread = self._thread(number)
        if not thread.permissions_of(self.core.world.bot) & Permission.MANAGE_THREADS:
            raise Refusal(403, 50013, "Missing Permissions")
        gone = channel_json(thread)
        self.take_away(thread)
        return 200, gone

    def take_away(self, thread: Channel) -> None:
        """Delete a thread, and tell everybody."""
        thread.deleted = True
        gone = channel_json(thread)
        self.core.tell_thread(
            "THREAD_DELETE",
            thread,
            {key: gone[key] for key in ("id", "guild_id", "parent_id", "type")},
        )

    async def get_active(self, _: Request, number: str) -> Answer:
        """GET /guilds/{id}/threads/active."""
        guild = self.core.world.guilds.get(int(number))
        if guild is None or guild.bot_role is None:
            raise Refusal(403, 50001, "Missing Access")
        return 200, {"threads": active_threads(self.core.world, guild), "members": []}

    def open(
        self, channel: Channel, name: str, owner: User, start: Message | None = None
    ) -> Channel:
        """Make a thread in a channel or a forum, from a message or on its own, and tell
        everybody.
        """
        number = start.id if start else self.core.clock.new_id()
        thread = Channel(number, name, THREAD, channel.guild, channel, [owner])
        self.core.world.add_channel(thread)
        channel.threads.append(thread)
        self.core.tell_thread(
            "THREAD_CREATE", thread, {**channel_json(thread), "newly_created": True}
        )
        if start is not None:
            self._announce(start, thread)
        return thread

    def _announce(self, start: Message, thread: Channel) -> None:
        """Mark the message that a thread is from, and write what Discord itself writes then."""
        channel, owner = start.channel, thread.people[0]
        start.thread = thread
        self.core.tell("MESSAGE_UPDATE", start)
        first = Message(
            self.core.clock.new_id(), thread, owner, kind=THREAD_STARTER, reply_to=start
        )
        self.core.publish(first)
        if channel.messages[-1] is not start:
            note = Message(
                self.core.clock.new_id(), channel, owner, thread.name, THREAD_CREATED, thread=thread
            )
            self.core.publish(note)

    def archive(self, thread: Channel, *, locked: bool) -> None:
        """Archive a thread; a locked one only moderators can wake."""
        thread.archived, thread.locked = True, locked
        self.core.tell_thread("THREAD_UPDATE", thread, channel_json(thread))

    def wake(self, thread: Channel) -> None:
        """Unarchive a thread in which somebody writes."""
        if thread.archived:
            thread.archived = False
            self.core.tell_thread("THREAD_UPDATE", thread, channel_json(thread))
