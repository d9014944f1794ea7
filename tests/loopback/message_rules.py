"""What Discord takes as a message.

Source: https://docs.discord.com/developers/resources/message. Takes the JSON of a body and the
names of its uploaded files; complains about everything at once. Where the message goes and who may
send it is judged in `messages`.
"""

from dataclasses import dataclass
from typing import Any

from loopback.component_rules import ComponentRules
from loopback.errors import Complaints, Refusal
from loopback.mentions import judge_allowed_mentions
from loopback.state import COMPONENTS_V2, EPHEMERAL

SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12
EMBED_TEXTS = {"title": 256, "description": 4096}
MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    filename: str
    content_type: str
    content: bytes

    @property
    def number(self) -> str:
        """What stands between the brackets of its field `files[…]`."""
        return self.name.removeprefix("files[").removesuffix("]")


def normalise(content: str) -> str:
    """Give a content as Discord stores it: one kind of line end, nothing around it."""
    return content.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True)
class Draft:
    """A message body together with what Discord already knows of the message when it is edited."""

    body: dict[str, Any]
    files: list[Upload]
    interaction: bool
    editing: bool = False
    was_v2: bool = False
    kept_files: tuple[str, ...] = ()

    @property
    def v2(self) -> bool:
        """Whether the message is made of components of the second version."""
        return self.was_v2 or bool(int(self.body.get("flags") or 0) & COMPONENTS_V2)


def judge_message(draft: Draft) -> None:
    """Refuse a body that Discord would refuse."""
    complaints, body = Complaints(), draft.body
    _judge_flags(complaints, draft)
    content = body.get("content")
    if content is not None and not isinstance(content, str):
        complaints.add("content", "BASE_TYPE_STRING", "Could not interpret as string.")
    elif content is not None and len(normalise(content)) > 2000:
        complaints.add("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    judge_allowed_mentions(complaints, body.get("allowed_mentions"))
    _judge_embeds(complaints, body.get("embeds") or [])
    _judge_nonce(complaints, body)
    _judge_files(complaints, draft)
    if draft.v2:
        _judge_v2(complaints, body)
    names = {file.filename for file in draft.files} | set(draft.kept_files)
    ComponentRules(complaints, names).message(body.get("components") or [], v2=draft.v2)
    complaints.raise_if_any()
    if not draft.editing and is_empty(body, draft.files):
        raise Refusal(400, 50006, "Cannot send an empty message")


def is_empty(body: dict[str, Any], files: list[Upload]) -> bool:
    """Tell whether a body shows nothing. Buttons alone are something."""
    kinds = ("embeds", "components", "sticker_ids", "poll")
    return (
        not normalise(body.get("content") or "")
        and not files
        and not any(body.get(kind) for kind in kinds)
    )


def _judge_flags(complaints: Complaints, draft: Draft) -> None:
    flags = draft.body.get("flags")
    if flags is None:
        return
    if not complaints.number("flags", flags, 0, 2**31):
        raise Refusal(400, 50035, "Invalid Form Body", errors=complaints.errors)
    allowed = COMPONENTS_V2 | SUPPRESS_EMBEDS
    if not draft.editing:
        allowed |= SUPPRESS_NOTIFICATIONS | (EPHEMERAL if draft.interaction else 0)
    elif draft.interaction:
        allowed |= EPHEMERAL  # changes nothing
    if flags & ~allowed:
        complaints.add(
            "flags", "BITFIELD_TYPE_INVALID", f"These flags cannot be set here: {flags & ~allowed}."
        )


def _judge_v2(complaints: Complaints, body: dict[str, Any]) -> None:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(key):
            message = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            complaints.add(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)


def _judge_nonce(complaints: Complaints, body: dict[str, Any]) -> None:
    nonce = body.get("nonce")
    if nonce is not None and not isinstance(nonce, int | str):
        complaints.add("nonce", "UNION_TYPE_CHOICES", "Could not interpret as string or integer.")
    elif nonce is not None and len(str(nonce)) > 25:
        complaints.add("nonce", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")


def _judge_files(complaints: Complaints, draft: Draft) -> None:
    described = draft.body.get("attachments")
    listed = complaints.items("attachments", described or [], 0, 10)
    numbers = {file.number for file in draft.files}
    for number, attachment in enumerate(listed):
        fields = complaints.record(f"attachments.{number}", attachment)
        complaints.optional_text(
            f"attachments.{number}.description", fields.get("description"), 1024
        )
        if str(fields.get("id")) not in numbers and not draft.editing:
            message = f"There is no file files[{fields.get('id')}] in this request."
            complaints.add(f"attachments.{number}.id", "ATTACHMENT_NOT_FOUND", message)
    if len(draft.files) > 10:
        raise Refusal(400, 30015, "Maximum number of attachments in a message reached (10)")
    if any(len(file.content) > MAX_ATTACHMENT_BYTES for file in draft.files):
        raise Refusal(413, 40005, "Request entity too large")


def _judge_embeds(complaints: Complaints, embeds: object) -> None:
    total = 0
    for number, embed in enumerate(complaints.items("embeds", embeds, 0, 10)):
        path = f"embeds.{number}"
        total += _judge_embed(complaints, path, complaints.record(path, embed))
    if total > 6000:
        complaints.add(
            "embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000"
        )


def _judge_embed(complaints: Complaints, path: str, embed: dict[str, Any]) -> int:
    """Judge one embed; give how many characters it counts."""
    texts = [(key, embed.get(key), most) for key, most in EMBED_TEXTS.items()]
    texts.append(("footer.text", (embed.get("footer") or {}).get("text"), 2048))
    texts.append(("author.name", (embed.get("author") or {}).get("name"), 256))
    fields = complaints.items(f"{path}.fields", embed.get("fields") or [], 0, 25)
    for number, field in enumerate(fields):
        parts = complaints.record(f"{path}.fields.{number}", field)
        for key, most in (("name", 256), ("value", 1024)):
            texts.append((f"fields.{number}.{key}", parts.get(key), most))
            complaints.text(f"{path}.fields.{number}.{key}", parts.get(key), 1, most)
    for key, text, most in texts:
        if not key.startswith("fields"):
            complaints.optional_text(f"{path}.{key}", text, most)
    if embed.get("color") is not None:
        complaints.number(f"{path}.color", embed["color"], 0, 0xFFFFFF)
    if not any(
        embed.get(key)
        for key in ("title", "description", "fields", "author", "footer", "image", "thumbnail")
    ):
        complaints.add(path, "BASE_TYPE_REQUIRED", "This embed is empty.")
    return sum(len(text.strip()) for _, text, _ in texts if isinstance(text, str))
