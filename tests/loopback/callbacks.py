"""REST: what the bot answers to interactions: the first response, follow-ups, changes of both.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding. Nothing here asks
for the bot's token: the interaction's own token is the key.
"""

from collections.abc import Iterator
from typing import Any

from loopback.command_rules import STRING, judge_choices
from loopback.component_rules import ComponentRules
from loopback.core import Core, Request
from loopback.errors import Complaints, Refusal
from loopback.interactions import (
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFER,
    DEFER_UPDATE,
    MODAL,
    REPLY,
    UPDATE,
    Interaction,
    Modal,
)
from loopback.payloads import message_json
from loopback.routing import Answer, Route
from loopback.state import EPHEMERAL, LOADING, Message
from loopback.writing import Writer

USER_INSTALL_FOLLOWUPS = 5
ANSWER_TO_SLASH, ANSWER_TO_MENU = 20, 23


class CallbackRoutes:
    """The endpoints of interactions."""

    def __init__(self, core: Core, writer: Writer) -> None:
        self.core = core
        self.writer = writer

    def routes(self) -> Iterator[Route]:
        """Give what is served here."""
        hook = r"/webhooks/(\d+)/([^/]+)"
        one = hook + r"/messages/(@original|\d+)"
        yield Route("POST", r"/interactions/(\d+)/([^/]+)/callback", self.respond, open_to_all=True)
        yield Route("POST", hook, self.follow_up, open_to_all=True)
        yield Route("GET", one, self.get_message, open_to_all=True)
        yield Route("PATCH", one, self.edit_message, open_to_all=True)
        yield Route("DELETE", one, self.delete_message, open_to_all=True)

    async def respond(self, request: Request, number: str, token: str) -> Answer:
        """POST /interactions/{id}/{token}/callback."""
        interaction = self.core.interactions.get(int(number))
        if interaction is None or interaction.token != token:
            raise Refusal(404, 10062, "Unknown interaction")
        kind = interaction.judge_response(request.body)
        data = request.body.get("data") or {}
        if not isinstance(data, dict):
            raise Refusal(400, 50035, "Invalid Form Body")
        self._take(request, interaction, kind, data)
        interaction.changed()
        self.core.changed()
        return self._callback_json(request, interaction, kind)

    def _take(
        self, request: Request, interaction: Interaction, kind: int, data: dict[str, Any]
    ) -> None:
        """Judge a first response and do what it says. Only what is in order acknowledges the
        interaction.
        """
        if kind == MODAL:
            complaints = Complaints()
            ComponentRules(complaints, set()).modal(data)
            complaints.raise_if_any()
            interaction.shown_modal = Modal(data["title"], data["custom_id"], data["components"])
        elif kind == CHOICES:
            complaints = Complaints()
            judge_choices(
                complaints, "data.choices", data.get("choices"), _focused_kind(interaction.data)
            )
            complaints.raise_if_any()
            interaction.shown_choices = data["choices"]
        if kind in {REPLY, UPDATE, DEFER}:
            interaction.original = self._say_first(request, interaction, kind, data)
        elif kind == DEFER_UPDATE:
            interaction.original = interaction.message
        interaction.response = kind

    def _say_first(
        self, request: Request, asked: Interaction, kind: int, data: dict[str, Any]
    ) -> Message:
        if kind == UPDATE and asked.message is not None:
            if asked.message.deleted:
                raise Refusal(404, 10008, "Unknown Message", breach=False)
            return self.writer.edit(request, asked.message, data, interaction=True)
        reply_to, shape = asked.message if asked.kind == COMPONENT else None, None
        if asked.kind == COMMAND:
            shape = ANSWER_TO_SLASH if asked.data["type"] == 1 else ANSWER_TO_MENU
        if kind == REPLY:
            return self.writer.create(
                request, asked.channel, data, interaction=asked, reply_to=reply_to, kind=shape
            )
        message = self._think(asked, data)
        message.kind = shape or 0
        return self.core.publish(message)

    def _think(self, asked: Interaction, data: dict[str, Any]) -> Message:
        """Make the message that says that the bot is thinking."""
        flags = data.get("flags") or 0
        if flags & ~EPHEMERAL:
            complaints = Complaints()
            complaints.add(
                "data.flags", "BITFIELD_TYPE_INVALID", "Only the ephemeral flag can be set here."
            )
            complaints.raise_if_any()
        message = Message(
            self.core.clock.new_id(),
            asked.channel,
            self.core.world.bot,
            flags=flags | LOADING,
            body=dict(data),
        )
        self.writer.mark(message, asked)
        return message

    def _callback_json(self, request: Request, asked: Interaction, kind: int) -> Answer:
        if request.query.get("with_response") not in {"1", "true", "True"}:
            return 204, None
        body: dict[str, Any] = {
            "interaction": {"id": str(asked.id), "type": asked.kind},
            "resource": {"type": kind},
        }
        if asked.original is not None and kind in {REPLY, DEFER, UPDATE}:
            body["interaction"] |= {
                "response_message_id": str(asked.original.id),
                "response_message_loading": asked.original.loading,
                "response_message_ephemeral": asked.original.ephemeral,
            }
            if kind != DEFER:
                body["resource"]["message"] = self._json(asked.original)
        return 200, body

    def _json(self, message: Message) -> dict[str, Any]:
        return message_json(self.core.world, message, readable=True)

    def _interaction(self, application: str, token: str) -> Interaction:
        interaction = self.core.by_token.get(token)
        if interaction is None or int(application) != self.core.world.application.id:
            raise Refusal(404, 10015, "Unknown Webhook")
        interaction.judge_token()
        return interaction

    def _message(self, interaction: Interaction, number: str) -> Message:
        own = [interaction.original, *interaction.followups]
        for message in own:
            if (
                message is not None
                and not message.deleted
                and number in {"@original", str(message.id)}
            ):
                return message
            if number == "@original":
                break
        raise Refusal(
            404, 10008, "Unknown Message", breach=not any(one and one.deleted for one in own)
        )

    async def follow_up(self, request: Request, application: str, token: str) -> Answer:
        """POST /webhooks/{application}/{token}; after a bare deferral it fills in the message that
        was promised.
        """
        asked = self._interaction(application, token)
        original = asked.original
        if (
            asked.response == DEFER
            and original is not None
            and original.loading
            and not original.deleted
        ):
            body = {**request.body, "flags": (request.body.get("flags") or 0) & ~EPHEMERAL}
            message = self.writer.edit(request, original, body, interaction=True)
        else:
            if asked.only_user_install and len(asked.followups) >= USER_INSTALL_FOLLOWUPS:
                raise Refusal(
                    400,
                    40094,
                    "This interaction has reached the maximum number of follow up messages",
                )
            reply_to = original if original is not None and not original.deleted else None
            asked.followups.append(
                self.writer.create(
                    request, asked.channel, request.body, reply_to=reply_to, interaction=asked
                )
            )
            message = asked.followups[-1]
        asked.changed()
        self.core.changed()
        return 200, self._json(message)

    async def get_message(self, _: Request, application: str, token: str, number: str) -> Answer:
        """GET /webhooks/{application}/{token}/messages/{id}."""
        return 200, self._json(self._message(self._interaction(application, token), number))

    async def edit_message(
        self, request: Request, application: str, token: str, number: str
    ) -> Answer:
        """PATCH /webhooks/{application}/{token}/messages/{id}."""
        asked = self._interaction(application, token)
        message = self.writer.edit(
            request, self._message(asked, number), request.body, interaction=True
        )
        asked.updated = asked.updated or message is asked.original
        asked.changed()
        return 200, self._json(message)

    async def delete_message(self, _: Request, application: str, token: str, number: str) -> Answer:
        """DELETE /webhooks/{application}/{token}/messages/{id}."""
        asked = self._interaction(application, token)
        message = self._message(asked, number)
        self.writer.delete(message)
        asked.updated = asked.updated or message is asked.original
        asked.changed()
        return 204, None


def _focused_kind(data: dict[str, Any]) -> int:
    """Find the type of the option that somebody is typing into."""
    for option in data.get("options") or ():
        if option.get("focused"):
            return int(option["type"])
        if option.get("options"):
            return _focused_kind(option)
    return STRING
