"""What all parts of the server share: what there is, what was asked, what was wrong, and telling
the bot of it.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loopback.clock import Clock
from loopback.errors import Refusal
from loopback.faults import Faults
from loopback.gateway import INTENTS, Gateway, Session
from loopback.mentions import find_pings
from loopback.message_rules import MAX_ATTACHMENT_BYTES, Upload
from loopback.payloads import message_event
from loopback.permissions import Permission
from loopback.state import Attachment, Channel, Message, Pings, World

if TYPE_CHECKING:
    from loopback.interactions import Interaction


@dataclass(eq=False)
class Request:
    """A request of the bot as it came; `status` is what it got, None when it was cut off."""

    method: str
    path: str
    query: dict[str, str]
    json: Any
    files: list[Upload]
    time: float
    authorization: str | None = None
    status: int | None = None
    pings: Pings = field(default_factory=Pings)

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object of the body; refuse anything else."""
        if isinstance(self.json, dict):
            return self.json
        raise Refusal(400, 50109, "The request body contains invalid JSON.")


class Core:
    """The state of one loopback Discord and the events that follow from changing it."""

    def __init__(
        self, *, privileged: frozenset[str], heartbeat_s: float, is_timed: bool = False
    ) -> None:
        self.clock = Clock(is_timed=is_timed)
        self.world = World(self.clock, privileged)
        self.token = f"loopback.{self.clock.new_id():x}"
        self.offences: list[str] = []
        self.refusals: list[Refusal] = []
        self.requests: list[Request] = []
        self.invalid_requests = 0
        # The ends of the bot's processes: when, in seconds since 1970, of which shard, and whether
        # in good order.
        self.ends: list[tuple[float, tuple[int, int], bool]] = []
        self.faults = Faults()
        self.gateway = Gateway(
            self.world, self.token, self.offences.append, heartbeat_s=heartbeat_s
        )
        self.interactions: dict[int, Interaction] = {}
        self.by_token: dict[str, Interaction] = {}
        self.base_url = ""
        self.global_per_s: int | None = None
        self.messages_per_window: int | None = 5
        # How large an attached file may be: more in a server that has been boosted.
        self.most_file_bytes = MAX_ATTACHMENT_BYTES
        self._change = asyncio.Event()

    def changed(self) -> None:
        """Wake those who wait for something to be said."""
        self._change.set()
        self._change = asyncio.Event()

    async def until(self, find: Callable[[], Any], within_s: float) -> Any:
        """Wait until there is something to be found, and give it; None when the time is over."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within_s
        while (found := find()) is None and (left_s := end - loop.time()) > 0:
            change = self._change
            try:
                await asyncio.wait_for(change.wait(), left_s)
            except TimeoutError:
                continue
        return found

    def store_files(self, files: list[Upload], described: object) -> list[Attachment]:
        """Keep uploaded files, so that they can be fetched again."""
        listed: Iterable[object] = described or ()  # type: ignore[assignment]
        notes = {str(one.get("id")): one for one in listed if isinstance(one, dict)}
        kept = []
        for file in files:
            note = notes.get(file.number, {})
            kept.append(
                self.store_file(
                    file.filename, file.content, file.content_type, note.get("description")
                )
            )
        return kept

    def store_file(
        self, filename: str, content: bytes, content_type: str, description: str | None = None
    ) -> Attachment:
        """Keep a file under a URL of this server."""
        number = self.clock.new_id()
        url = f"{self.base_url}/attachments/{number}/{filename}"
        attachment = Attachment(number, filename, content, content_type, url, description)
        self.world.attachments[number] = attachment
        return attachment

    def publish(self, message: Message) -> Message:
        """Put a message into its channel and tell everybody."""
        self.world.add(message)
        self.tell("MESSAGE_CREATE", message)
        self.changed()
        return message

    def tell(self, kind: str, message: Message) -> None:
        """Send the event of a message that came or changed to the bot, if it may see it at all."""
        if message.ephemeral:
            return

        def make(session: Session) -> dict[str, Any]:
            readable = bool(session.intents & INTENTS["message_content"])
            return message_event(self.world, message, readable=readable)

        self.dispatch_in(kind, message.channel, make, "messages")

    def tell_deleted(self, message: Message) -> None:
        """Send the event of a message that is gone."""
        if not message.ephemeral:
            self._tell_gone("MESSAGE_DELETE", message.channel, {"id": str(message.id)})
        self.changed()

    def tell_deleted_together(self, channel: Channel, messages: list[Message]) -> None:
        """Send the one event of several messages that are gone."""
        self._tell_gone(
            "MESSAGE_DELETE_BULK", channel, {"ids": [str(message.id) for message in messages]}
        )
        self.changed()

    def _tell_gone(self, kind: str, channel: Channel, what: dict[str, Any]) -> None:
        data = {**what, "channel_id": str(channel.id)} | (
            {"guild_id": str(channel.guild.id)} if channel.guild else {}
        )
        self.dispatch_in(kind, channel, lambda _: data, "messages")

    def dispatch_in(
        self, kind: str, channel: Channel, make: Callable[[Session], dict[str, Any]], intent: str
    ) -> None:
        """Send an event of a channel to the bot if it may look into the channel."""
        if channel.permissions_of(self.world.bot) & Permission.VIEW_CHANNEL:
            full = f"{'dm' if channel.is_direct else 'guild'}_{intent}"
            self.gateway.dispatch(kind, make, guild=channel.guild, intent=full)

    def tell_thread(self, kind: str, thread: Channel, data: dict[str, Any]) -> None:
        """Send an event about a thread itself to the bot if it sees the thread."""
        if thread.permissions_of(self.world.bot) & Permission.VIEW_CHANNEL:
            self.gateway.dispatch(kind, lambda _: data, guild=thread.guild, intent="guilds")
        self.changed()

    def pings_of(
        self, channel: Channel, body: dict[str, Any], reply_to: Message | None, *, interaction: bool
    ) -> Pings:
        """Find whom a body of the bot notifies."""
        return find_pings(self.world, channel, body, reply_to, interaction=interaction)
