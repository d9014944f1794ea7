"""REST: channels, their messages, threads, typing, direct conversations.

Source: https://docs.discord.com/developers/resources/channel and …/message. Who may do what is judged here; what a
body may hold, in `message_rules`.
"""

from collections.abc import Iterator
from typing import Any

from loopback.core import Core, Request
from loopback.errors import Complaints, Refusal
from loopback.payloads import channel_json, guild_json, member_json, message_json, role_json, user_json
from loopback.permissions import Permission
from loopback.routing import Answer, Route
from loopback.state import DM, TEXT, THREAD, Channel, Guild, Message
from loopback.writing import Writer

NONCE_S = 300.0
ARCHIVE_MINUTES = {60, 1440, 4320, 10080}


class ChannelRoutes:
    """What a bot can ask of channels, guilds and users."""

    def __init__(self, core: Core, writer: Writer) -> None:
        self.core = core
        self.world = core.world
        self.writer = writer
        self._nonces: dict[str, tuple[float, Message]] = {}

    def routes(self) -> Iterator[Route]:
        """Give what is served here."""
        one = r"/channels/(\d+)/messages/(\d+)"
        yield Route("GET", r"/channels/(\d+)", self.get_channel)
        yield Route("GET", r"/channels/(\d+)/messages", self.get_history)
        yield Route("POST", r"/channels/(\d+)/messages", self.create_message)
        yield Route("GET", one, self.get_message)
        yield Route("PATCH", one, self.edit_message)
        yield Route("DELETE", one, self.delete_message)
        yield Route("PUT", one + r"/reactions/([^/]+)/@me", self.react)
        yield Route("POST", one + r"/threads", self.start_thread)
        yield Route("POST", r"/channels/(\d+)/threads", self.start_thread)
        yield Route("PUT", r"/channels/(\d+)/thread-members/@me", self.join_thread)
        yield Route("POST", r"/channels/(\d+)/typing", self.type_in)
        yield Route("POST", r"/users/@me/channels", self.open_dm)
        yield Route("GET", r"/users/@me", self.get_me)
        yield Route("GET", r"/users/(\d+)", self.get_user)
        yield Route("GET", r"/guilds/(\d+)", self.get_guild)
        yield Route("GET", r"/guilds/(\d+)/channels", self.get_guild_channels)
        yield Route("GET", r"/guilds/(\d+)/roles", self.get_roles)
        yield Route("GET", r"/guilds/(\d+)/members/(\d+)", self.get_member)

    def _channel(self, number: str, *needed: Permission) -> Channel:
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

    def _message(self, channel: Channel, number: str) -> Message:
        message = self.world.messages.get(int(number))
        if message is None or message.channel is not channel or message.deleted or message.ephemeral:
            raise Refusal(404, 10008, "Unknown Message", breach=message is None)
        return message

    def _json(self, message: Message) -> dict[str, Any]:
        return message_json(self.world, message, readable=self.world.reads_content())

    async def get_channel(self, _: Request, number: str) -> Answer:
        """GET /channels/{id}."""
        return 200, channel_json(self._channel(number))

    async def create_message(self, request: Request, number: str) -> Answer:
        """POST /channels/{id}/messages."""
        channel, body = self._channel_to_write(number, request), request.body
        message = self._first_with_nonce(body)
        if message is None:
            reply_to = self._reference(channel, body)
            message = self.writer.create(request, channel, body, reply_to=reply_to)
            if body.get("nonce") is not None:
                self._nonces[str(body["nonce"])] = (self.core.clock.now(), message)
        return 200, self._json(message)

    def _channel_to_write(self, number: str, request: Request) -> Channel:
        channel = self.world.channels.get(int(number))
        in_thread = channel is not None and channel.kind == THREAD
        sending = Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
        needed = [sending, *([Permission.EMBED_LINKS] if request.body.get("embeds") else ())]
        channel = self._channel(number, *needed, *([Permission.ATTACH_FILES] if request.files else ()))
        if channel.is_direct and not all(person.accepts_dms for person in channel.people):
            raise Refusal(403, 50007, "Cannot send messages to this user", breach=False)
        return channel

    def _first_with_nonce(self, body: dict[str, Any]) -> Message | None:
        """Find the message that an enforced nonce has already made in the past minutes."""
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        when, message = self._nonces.get(str(body["nonce"]), (0.0, None))
        return message if self.core.clock.now() - when < NONCE_S else None

    def _reference(self, channel: Channel, body: dict[str, Any]) -> Message | None:
        reference = body.get("message_reference")
        if reference is None:
            return None
        complaints = Complaints()
        number = str(complaints.record("message_reference", reference).get("message_id"))
        if not number.isdecimal():
            complaints.add("message_reference.message_id", "NUMBER_TYPE_COERCE", "Value is not snowflake.")
        complaints.raise_if_any()
        message = self.world.messages.get(int(number))
        if message is not None and message.channel is not channel:
            complaints.add("message_reference", "REPLIES_CANNOT_CROSS_CHANNELS", "Cannot reply across channels")
            complaints.raise_if_any()
        if message is None or message.deleted or message.ephemeral:
            if not reference.get("fail_if_not_exists", True):
                return None
            complaints.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            errors = complaints.errors
            raise Refusal(400, 50035, "Invalid Form Body", errors=errors, breach=message is None or message.ephemeral)
        if not channel.permissions_of(self.world.bot) & Permission.READ_MESSAGE_HISTORY:
            raise Refusal(403, 160002, "Cannot reply without permission to read message history")
        return message

    async def get_history(self, request: Request, number: str) -> Answer:
        """GET /channels/{id}/messages, newest first; empty without Read Message History."""
        channel, query, complaints = self._channel(number), request.query, Complaints()
        limit = int(query["limit"]) if query.get("limit", "50").isdecimal() and "limit" in query else 50
        complaints.number("limit", limit, 1, 100)
        if len({"before", "after", "around"} & set(query)) > 1:
            complaints.add("before", "MUTUALLY_EXCLUSIVE", "before, after and around exclude each other.")
        complaints.raise_if_any()
        if not channel.permissions_of(self.world.bot) & Permission.READ_MESSAGE_HISTORY:
            return 200, []
        messages = [message for message in channel.messages if not message.deleted and not message.ephemeral]
        if "after" in query:
            messages = [message for message in messages if message.id > int(query["after"])][:limit]
        elif "before" in query:
            messages = [message for message in messages if message.id < int(query["before"])][-limit:]
        else:
            messages = messages[-limit:]
        return 200, [self._json(message) for message in reversed(messages)]

    async def get_message(self, _: Request, number: str, message: str) -> Answer:
        """GET /channels/{id}/messages/{id}."""
        channel = self._channel(number)
        if not channel.permissions_of(self.world.bot) & Permission.READ_MESSAGE_HISTORY:
            raise Refusal(403, 50001, "Missing Access")
        return 200, self._json(self._message(channel, message))

    async def edit_message(self, request: Request, number: str, message: str) -> Answer:
        """PATCH /channels/{id}/messages/{id}."""
        found = self._message(self._channel(number), message)
        if found.author is not self.world.bot:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        return 200, self._json(self.writer.edit(request, found, request.body))

    async def delete_message(self, _: Request, number: str, message: str) -> Answer:
        """DELETE /channels/{id}/messages/{id}."""
        channel = self._channel(number)
        found = self._message(channel, message)
        own = found.author is self.world.bot
        if not own and not channel.permissions_of(self.world.bot) & Permission.MANAGE_MESSAGES:
            raise Refusal(403, 50013, "Missing Permissions")
        self.writer.delete(found)
        return 204, None

    async def react(self, _: Request, number: str, message: str, emoji: str) -> Answer:
        """PUT /channels/{id}/messages/{id}/reactions/{emoji}/@me."""
        channel = self._channel(number, Permission.READ_MESSAGE_HISTORY, Permission.ADD_REACTIONS)
        self._message(channel, message).reactions.append(emoji)
        self.core.changed()
        return 204, None

    async def type_in(self, _: Request, number: str) -> Answer:
        """POST /channels/{id}/typing."""
        self._channel(number, Permission.SEND_MESSAGES).typing.append(self.core.clock.now())
        self.core.changed()
        return 204, None

    async def start_thread(self, request: Request, number: str, message: str | None = None) -> Answer:
        """POST /channels/{id}/messages/{id}/threads and /channels/{id}/threads."""
        channel, complaints = self._channel(number, Permission.CREATE_PUBLIC_THREADS), Complaints()
        if channel.kind != TEXT:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        complaints.text("name", request.body.get("name"), 1, 100)
        minutes = request.body.get("auto_archive_duration")
        if minutes is not None and minutes not in ARCHIVE_MINUTES:
            complaints.add("auto_archive_duration", "BASE_TYPE_CHOICES", f"Must be one of {sorted(ARCHIVE_MINUTES)}.")
        complaints.raise_if_any()
        start = self._message(channel, message) if message else None
        if start is not None and start.thread is not None:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        thread = self.open_thread(channel, request.body["name"], start)
        thread.people.insert(0, self.world.bot)
        self.core.dispatch_guild("THREAD_CREATE", thread, {**channel_json(thread), "newly_created": True})
        return 201, channel_json(thread)

    def open_thread(self, channel: Channel, name: str, start: Message | None = None) -> Channel:
        """Make a thread in a channel, or from a message."""
        number = start.id if start else self.core.clock.new_id()
        thread = Channel(number, name, THREAD, channel.guild, channel)
        self.world.channels[number] = thread
        if start is not None:
            start.thread = thread
        return thread

    async def join_thread(self, _: Request, number: str) -> Answer:
        """PUT /channels/{id}/thread-members/@me."""
        self._channel(number)
        return 204, None

    async def open_dm(self, request: Request) -> Answer:
        """POST /users/@me/channels."""
        user = self.world.users.get(int(request.body.get("recipient_id") or 0))
        if user is None:
            raise Refusal(404, 10013, "Unknown User")
        return 200, channel_json(self.dm_with(self.world.bot.id, user.id))

    def dm_with(self, *people: int) -> Channel:
        """Find or make the direct conversation of two users."""
        users = [self.world.users[one] for one in people]
        for channel in self.world.channels.values():
            if channel.kind == DM and set(channel.people) == set(users):
                return channel
        channel = Channel(self.core.clock.new_id(), "", DM, people=users)
        self.world.channels[channel.id] = channel
        return channel

    async def get_me(self, _: Request) -> Answer:
        """GET /users/@me."""
        return 200, {**user_json(self.world.bot), "verified": True, "mfa_enabled": False, "flags": 0, "locale": "en-US"}

    async def get_user(self, _: Request, number: str) -> Answer:
        """GET /users/{id}."""
        user = self.world.users.get(int(number))
        if user is None:
            raise Refusal(404, 10013, "Unknown User")
        return 200, user_json(user)

    def _guild(self, number: str) -> Guild:
        guild = self.world.guilds.get(int(number))
        if guild is None:
            raise Refusal(404, 10004, "Unknown Guild")
        if guild.bot_role is None:
            raise Refusal(403, 50001, "Missing Access")
        return guild

    async def get_guild(self, _: Request, number: str) -> Answer:
        """GET /guilds/{id}."""
        whole = guild_json(self.world, self._guild(number))
        return 200, {key: value for key, value in whole.items() if key not in {"channels", "threads", "members"}}

    async def get_guild_channels(self, _: Request, number: str) -> Answer:
        """GET /guilds/{id}/channels."""
        return 200, guild_json(self.world, self._guild(number))["channels"]

    async def get_roles(self, _: Request, number: str) -> Answer:
        """GET /guilds/{id}/roles."""
        return 200, [role_json(role, place) for place, role in enumerate(self._guild(number).roles)]

    async def get_member(self, _: Request, number: str, user: str) -> Answer:
        """GET /guilds/{id}/members/{id}."""
        member = self._guild(number).members.get(int(user))
        if member is None:
            raise Refusal(404, 10007, "Unknown Member", breach=False)
        return 200, member_json(member)
