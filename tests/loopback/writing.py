"""A judged body becomes a message, or changes one, as Discord would store it.

Used for messages in channels and for answers to interactions alike. Component ids are filled in,
`attachment://` is resolved.
"""

import copy
from typing import Any

from loopback.core import Core, Request
from loopback.errors import Complaints, Refusal
from loopback.filenames import attached_name
from loopback.interactions import COMPONENT, Interaction
from loopback.message_rules import Draft, Upload, judge_message, normalise
from loopback.reading import walk
from loopback.state import COMPONENTS_V2, EPHEMERAL, LOADING, Attachment, Channel, Message, Pings

FILE_KEYS = ("file", "media")
ANSWER = 19


def settle(components: list[dict[str, Any]], attachments: list[Attachment]) -> list[dict[str, Any]]:
    """Give components as Discord stores them: each with an id, files with their real address."""
    settled = copy.deepcopy(components)
    files = {attachment.filename: attachment for attachment in attachments}
    parts = list(walk(settled))
    taken = {part["id"] for part in parts if part.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)
    for part in parts:
        part["id"] = part.get("id") or next(free)
        for holder in (part, *(part.get("items") or ())):
            for key in FILE_KEYS:
                if isinstance(holder.get(key), dict):
                    _settle_media(holder[key], files)
    return settled


def _settle_media(media: dict[str, Any], files: dict[str, Attachment]) -> None:
    attachment = files.get(attached_name(media["url"]) or "")
    if attachment is not None:
        media |= {
            "url": attachment.url,
            "content_type": attachment.content_type,
            "attachment_id": str(attachment.id),
        }
    media |= {"proxy_url": media["url"], "width": None, "height": None, "loading_state": 2}


class Writer:
    """Write messages of the bot."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def create(
        self,
        request: Request,
        channel: Channel,
        body: dict[str, Any],
        *,
        reply_to: Message | None = None,
        interaction: Interaction | None = None,
        kind: int | None = None,
    ) -> Message:
        """Judge a body and make a message of it."""
        judge_message(Draft(body, request.files, interaction is not None))
        request.pings = self.core.pings_of(
            channel, body, reply_to, interaction=interaction is not None
        )
        attachments = self.core.store_files(request.files, body.get("attachments"))
        message = Message(
            self.core.clock.new_id(),
            channel,
            self.core.world.bot,
            content=normalise(body.get("content") or ""),
            kind=kind or (ANSWER if reply_to is not None else 0),
            embeds=body.get("embeds") or [],
            components=settle(body.get("components") or [], attachments),
            attachments=attachments,
            flags=body.get("flags") or 0,
            nonce=body.get("nonce"),
            reply_to=reply_to,
            body=body,
        )
        self._notify(message, request.pings)
        if interaction is not None:
            self.mark(message, interaction)
        return self.core.publish(message)

    def mark(self, message: Message, interaction: Interaction) -> None:
        """Write into an answer to an interaction what it answers."""
        if interaction.forced_ephemeral:
            message.flags |= EPHEMERAL
        message.only_for = interaction.user if message.ephemeral else None
        message.webhook_id = self.core.world.application.id
        message.cause = {
            "id": str(interaction.id),
            "type": interaction.kind,
            "user": {
                "id": str(interaction.user.id),
                "username": interaction.user.name,
                "discriminator": "0",
            }
            | {"avatar": None, "global_name": None},
            "authorizing_integration_owners": interaction.owners,
            "name": interaction.name,
        }
        if interaction.kind == COMPONENT and interaction.message is not None:
            message.cause["interacted_message_id"] = str(interaction.message.id)

    def _notify(self, message: Message, pings: Pings) -> None:
        world = self.core.world
        message.pings = pings
        message.mentioned = [world.users[one] for one in pings.users if one in world.users]
        # Of thousands of guilds there are many roles, and hardly ever is one mentioned.
        roles = world.roles() if pings.roles else {}
        message.mentioned_roles = [roles[one] for one in pings.roles]
        message.mentions_everyone = pings.everyone

    def edit(
        self, request: Request, message: Message, body: dict[str, Any], *, interaction: bool = False
    ) -> Message:
        """Judge a body and change a message with it."""
        kept = self._kept(message, body, request.files)
        names = tuple(attachment.filename for attachment in kept)
        draft = Draft(
            body, request.files, interaction, editing=True, was_v2=message.is_v2, kept_files=names
        )
        judge_message(draft)
        self._judge_change(message, draft)
        first_text = message.loading
        if first_text:
            request.pings = self.core.pings_of(message.channel, body, None, interaction=interaction)
        else:
            message.revisions.append(message.text)
        message.attachments = kept + self.core.store_files(request.files, body.get("attachments"))
        if "content" in body:
            message.content = normalise(body["content"] or "")
        if "embeds" in body:
            message.embeds = body["embeds"] or []
        if "components" in body:
            message.components = settle(body["components"] or [], message.attachments)
        message.flags = (message.flags & ~LOADING) | (int(body.get("flags") or 0) & COMPONENTS_V2)
        message.body = {**message.body, **body}
        message.edited = self.core.clock.stamp()
        if first_text:
            self._notify(message, request.pings)
        self.core.tell("MESSAGE_UPDATE", message)
        self.core.changed()
        return message

    def _kept(
        self, message: Message, body: dict[str, Any], files: list[Upload]
    ) -> list[Attachment]:
        if body.get("attachments") is None:
            return list(message.attachments)
        wanted = {str(one.get("id")) for one in body["attachments"] if isinstance(one, dict)}
        kept = [attachment for attachment in message.attachments if str(attachment.id) in wanted]
        unknown = (
            wanted - {file.number for file in files} - {str(attachment.id) for attachment in kept}
        )
        if unknown:
            complaints = Complaints()
            complaints.add(
                "attachments", "ATTACHMENT_NOT_FOUND", f"There is no attachment {sorted(unknown)}."
            )
            complaints.raise_if_any()
        return kept

    def _judge_change(self, message: Message, draft: Draft) -> None:
        """Refuse an edit that leaves nothing, or that leaves old content in a message of the second
        version.
        """
        old = {
            "content": message.content,
            "embeds": message.embeds,
            "components": message.components,
        }
        after = {key: draft.body.get(key, value) for key, value in old.items()}
        if draft.v2:
            complaints = Complaints()
            for key in ("content", "embeds"):
                if after[key]:
                    text = (
                        f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                    )
                    complaints.add(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text)
            complaints.raise_if_any()
        if not any(after.values()) and not draft.files and not draft.kept_files:
            raise Refusal(400, 50006, "Cannot send an empty message")

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        self.core.tell_deleted(message)
