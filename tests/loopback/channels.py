"""REST: channels, their messages, typing, direct conversations, guilds and users.

Source: https://docs.discord.com/developers/resources/channel and …/message. Who may do what is
judged here; what a body may hold, in `message_rules`.
"""

from collections.abc import Iterator
from typing import Any

from loopback.core import Core, Request
from loopback.errors import Complaints, Refusal
from loopback.lookup import Lookup
from loopback.payloads import (
    channel_json,
    guild_json,
    member_json,
    message_json,
    role_json,
    user_json,
)
from loopback.permissions import Permission
from loopback.routing import Answer, Route
from loopback.state import DM, FORUM, THREAD_STARTER, Channel, Guild, Message
from loopback.threads import Threads
from loopback.writing import Writer

NONCE_S = 300.0


class ChannelRoutes:
    """What a bot can ask of channels, guilds and users."""

    def __init__(self, core: Core, writer: Writer, lookup: Lookup, threads: Threads) -> None:
        self.core = core
        self.world = core.world
        self.writer = writer
        self.lookup = lookup
        self.threads = threads
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
        yield Route("POST", r"/channels/(\d+)/typing", self.type_in)
        yield Route("POST", r"/users/@me/channels", self.open_dm)
        yield Route("GET", r"/users/@me", self.get_me)
        yield Route("GET", r"/users/@me/guilds", self.get_own_guilds)
        yield Route("GET", r"/users/(\d+)", self.get_user)
        yield Route("GET", r"/guilds/(\d+)", self.get_guild)
        yield Route("GET", r"/guilds/(\d+)/channels", self.get_guild_channels)
        yield Route("GET", r"/guilds/(\d+)/roles", self.get_roles)
        yield Route("GET", r"/guilds/(\d+)/members/(\d+)", self.get_member)

    def _json(self, message: Message) -> dict[str, Any]:
        return message_json(self.world, message, readable=self.world.reads_content())

    async def get_channel(self, _: Request, number: str) -> Answer:
        """GET /channels/{id}."""
        return 200, channel_json(self.lookup.channel(number))

    async def create_message(self, request: Request, number: str) -> Answer:
        """POST /channels/{id}/messages."""
        channel, body = self._channel_to_write(number, request), request.body
        message = self._first_with_nonce(channel, body)
        if message is None:
            reply_to = self._reference(channel, body)
            message = self.writer.create(request, channel, body, reply_to=reply_to)
            self.threads.wake(channel)
            if body.get("nonce") is not None:
                self._nonces[str(body["nonce"])] = (self.core.clock.now(), message)
        return 200, self._json(message)

    def _channel_to_write(self, number: str, request: Request) -> Channel:
        """Find a channel to which this message may be sent; an archived thread takes it, a locked
        one does not.
        """
        channel = self.lookup.channel(number)
        needed = [
            channel.sending,
            *([Permission.EMBED_LINKS] if request.body.get("embeds") else ()),
        ]
        self.lookup.channel(number, *needed, *([Permission.ATTACH_FILES] if request.files else ()))
        if channel.kind == FORUM:
            raise Refusal(400, 50008, "Cannot send messages in a non-text channel")
        self.lookup.judge_open(channel, wakes=True)
        if channel.is_direct and not all(person.accepts_dms for person in channel.people):
            raise Refusal(403, 50007, "Cannot send messages to this user", breach=False)
        return channel

    def _first_with_nonce(self, channel: Channel, body: dict[str, Any]) -> Message | None:
        """Find the message that an enforced nonce has already made in the past minutes.

        As Discord does (discord-api-docs#6647), one that is gone is unknown and not made anew. A
        nonce is its author's, not the channel's: for a second channel it would lose a message,
        which is written down.
        """
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        when, message = self._nonces.get(str(body["nonce"]), (0.0, None))
        if message is None or self.core.clock.now() - when >= NONCE_S:
            return None
        if message.channel is not channel:
            self.core.offences.append(
                f"the nonce {body['nonce']} is enforced in two channels: the second gets nothing"
            )
        if message.deleted:
            raise Refusal(404, 10008, "Unknown Message", breach=False)
        return message

    def _reference(self, channel: Channel, body: dict[str, Any]) -> Message | None:
        reference = body.get("message_reference")
        if reference is None:
            return None
        complaints = Complaints()
        number = str(complaints.record("message_reference", reference).get("message_id"))
        if not number.isdecimal():
            complaints.add(
                "message_reference.message_id", "NUMBER_TYPE_COERCE", "Value is not snowflake."
            )
        complaints.raise_if_any()
        message = self.world.messages.get(int(number))
        if message is not None and message.channel is not channel:
            complaints.add(
                "message_reference", "REPLIES_CANNOT_CROSS_CHANNELS", "Cannot reply across channels"
            )
            complaints.raise_if_any()
        if message is not None and message.is_system:
            complaints.add(
                "message_reference",
                "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE",
                "Cannot reply to a system message",
            )
            complaints.raise_if_any()
        if message is None or not message.is_for_all:
            if not reference.get("fail_if_not_exists", True):
                return None
            complaints.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            errors = complaints.errors
            raise Refusal(
                400,
                50035,
                "Invalid Form Body",
                errors=errors,
                breach=message is None or message.ephemeral,
            )
        if not channel.permissions_of(self.world.bot) & Permission.READ_MESSAGE_HISTORY:
            raise Refusal(403, 160002, "Cannot reply without permission to read message history")
        return message

    async def get_history(self, request: Request, number: str) -> Answer:
        """GET /channels/{id}/messages, newest first; empty without Read Message History."""
        channel, query, complaints = self.lookup.channel(number), request.query, Complaints()
        for key in ("limit", "before", "after"):
            if not query.get(key, "0").isdecimal():
                complaints.add(key, "NUMBER_TYPE_COERCE", "Value is not a number.")
        complaints.raise_if_any()
        limit = int(query.get("limit", "50"))
        complaints.number("limit", limit, 1, 100)
        if len({"before", "after", "around"} & set(query)) > 1:
            complaints.add(
                "before", "MUTUALLY_EXCLUSIVE", "before, after and around exclude each other."
            )
        complaints.raise_if_any()
        if not channel.permissions_of(self.world.bot) & Permission.READ_MESSAGE_HISTORY:
            return 200, []
        messages = [message for message in channel.messages if message.is_for_all]
        if "after" in query:
            messages = [message for message in messages if message.id > int(query["after"])][:limit]
        elif "before" in query:
            messages = [message for message in messages if message.id < int(query["before"])][
                -limit:
            ]
        else:
            messages = messages[-limit:]
        return 200, [self._json(message) for message in reversed(messages)]

    async def get_message(self, _: Request, number: str, message: str) -> Answer:
        """GET /channels/{id}/messages/{id}."""
        channel = self.lookup.channel(number)
        if not channel.permissions_of(self.world.bot) & Permission.READ_MESSAGE_HISTORY:
            raise Refusal(403, 50001, "Missing Access")
        return 200, self._json(self.lookup.message(channel, message))

    async def edit_message(self, request: Request, number: str, message: str) -> Answer:
        """PATCH /channels/{id}/messages/{id}."""
        channel = self.lookup.channel(number)
        found = self.lookup.message(channel, message)
        if found.author is not self.world.bot:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        if found.is_system:
            raise Refusal(403, 50021, "Cannot execute action on a system message")
        self.lookup.judge_open(channel, wakes=False)
        return 200, self._json(self.writer.edit(request, found, request.body))

    async def delete_message(self, _: Request, number: str, message: str) -> Answer:
        """DELETE /channels/{id}/messages/{id}; in an archived thread too, unless it is locked."""
        channel = self.lookup.channel(number)
        found = self.lookup.message(channel, message)
        may_moderate = channel.permissions_of(self.world.bot) & Permission.MANAGE_MESSAGES
        if found.author is not self.world.bot and not may_moderate:
            raise Refusal(403, 50013, "Missing Permissions")
        if found.kind == THREAD_STARTER:
            raise Refusal(403, 50021, "Cannot execute action on a system message")
        if channel.archived:
            self.lookup.judge_open(channel, wakes=True)
        self.writer.delete(found)
        return 204, None

    async def react(self, _: Request, number: str, message: str, emoji: str) -> Answer:
        """PUT /channels/{id}/messages/{id}/reactions/{emoji}/@me."""
        channel = self.lookup.open_channel(
            number, Permission.READ_MESSAGE_HISTORY, Permission.ADD_REACTIONS
        )
        self.lookup.message(channel, message).reactions.append(emoji)
        self.core.changed()
        return 204, None

    async def type_in(self, _: Request, number: str) -> Answer:
        """POST /channels/{id}/typing."""
        self.lookup.channel(number, self.lookup.channel(number).sending).typing.append(
            self.core.clock.now()
        )
        self.core.changed()
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
        self.world.add_channel(channel)
        return channel

    async def get_me(self, _: Request) -> Answer:
        """GET /users/@me."""
        return 200, {
            **user_json(self.world.bot),
            "verified": True,
            "mfa_enabled": False,
            "flags": 0,
            "locale": "en-US",
        }

    async def get_own_guilds(self, request: Request) -> Answer:
        """GET /users/@me/guilds: those that the bot itself is in, by their ids."""
        after = int(request.query.get("after", "0"))
        own = [guild for guild in self.world.guilds.values() if guild.bot_role is not None]
        later = sorted((guild for guild in own if guild.id > after), key=lambda one: one.id)
        guilds = later[: int(request.query.get("limit", "200"))]
        return 200, [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "owner": False,
                "permissions": str(int(guild.permissions_of(self.world.bot))),
                "features": [],
            }
            for guild in guilds
        ]

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
        return 200, {
            key: value
            for key, value in whole.items()
            if key not in {"channels", "threads", "members"}
        }

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
