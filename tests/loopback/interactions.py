"""One interaction: somebody used a command, pressed a button, typed into a field; and what the bot
made of it.

The test awaits `answer`, `modal` or `choices`. The rules about time are judged here: the first
response within three seconds, the token for fifteen minutes
(https://docs.discord.com/developers/interactions/receiving-and-responding).
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from loopback.clock import PATIENCE_S, Clock
from loopback.errors import NoAnswerError, Refusal
from loopback.reading import TEXT_INPUT, walk
from loopback.state import Channel, Message, User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
FIRST_RESPONSE_S, TOKEN_S = 3.0, 900.0
TAKES = {
    COMMAND: {REPLY, DEFER, MODAL},
    COMPONENT: {REPLY, DEFER, DEFER_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {REPLY, DEFER},
}


@dataclass(frozen=True)
class Modal:
    """A window with fields, as the bot described it."""

    title: str
    custom_id: str
    components: list[dict[str, Any]]

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The fields that can be filled in, each with its `label`."""
        found = []
        for part in walk(self.components):
            if part["type"] == 18:
                found.append({**part["component"], "label": part["label"]})
            elif part["type"] == 1:
                found += [field for field in part["components"] if field["type"] == TEXT_INPUT]
        return found


@dataclass(eq=False)
class Interaction:
    """What somebody asked of the bot, and what came back."""

    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    name: str
    data: dict[str, Any]
    clock: Clock
    message: Message | None = None
    target: Message | None = None
    forced_ephemeral: bool = False
    only_user_install: bool = False
    owners: dict[str, str] = field(default_factory=dict)
    response: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    shown_modal: Modal | None = None
    shown_choices: list[dict[str, Any]] | None = None
    updated: bool = False
    asked: float = 0.0
    counted_from: float = 0.0
    withheld_from: float = 0.0
    first_body: Any = None
    acknowledged_after_s: float | None = None
    # After how long the bot tried to acknowledge it for the first time, and how much of that the
    # machine had withheld.
    tried_after_s: float | None = None
    withheld_s: float = 0.0
    _change: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def error(self) -> str | None:
        """What the person is told when the bot was too late, and nothing otherwise."""
        if self.response is None and self._counted_s() > FIRST_RESPONSE_S:
            return "The application did not respond"
        return None

    @property
    def answers(self) -> list[Message]:
        """What the bot has said or changed so far, without a message that still says that it is
        thinking.
        """
        changed = self.response != DEFER_UPDATE or self.updated
        own = [self.original] if self.original is not None and changed else []
        return [
            message
            for message in own + self.followups
            if not message.loading and not message.deleted
        ]

    def begin(self) -> None:
        """Let the time count from now on."""
        self.asked, self.counted_from = self.clock.now(), self.clock.counted()
        self.withheld_from = self.clock.withheld_s

    def note_try(self) -> None:
        """Note that the bot tries to acknowledge it."""
        if self.tried_after_s is None:
            self.tried_after_s = self._counted_s()
            self.withheld_s = self.clock.withheld_s - self.withheld_from

    @property
    def is_late_by_machine(self) -> bool:
        """Whether the bot's first response would have been in time, had the machine withheld
        nothing.
        """
        if self.response is not None or self.tried_after_s is None:
            return False
        is_late = self.tried_after_s > FIRST_RESPONSE_S
        return is_late and self.tried_after_s - self.withheld_s <= FIRST_RESPONSE_S

    def _counted_s(self) -> float:
        return self.clock.counted() - self.counted_from

    def changed(self) -> None:
        """Wake those who wait for an answer."""
        self._change.set()
        self._change = asyncio.Event()

    def judge_response(self, body: dict[str, Any]) -> int:
        """Refuse a first response that is late, a second one or of a kind that does not fit; give
        its kind.

        To send the first one once more is no breach: a bot whose request was cut off cannot know
        whether it arrived.
        """
        kind = body.get("type")
        after_s = self._counted_s()
        if self.response is not None:
            is_new = body != self.first_body
            already = "Interaction has already been acknowledged."
            raise Refusal(400, 40060, already, breach=is_new)
        if after_s > FIRST_RESPONSE_S:
            raise Refusal(404, 10062, "Unknown interaction")
        allowed = TAKES[self.kind] | (
            {DEFER_UPDATE, UPDATE} if self.kind == MODAL_SUBMIT and self.message else set()
        )
        if kind not in allowed or not isinstance(kind, int):
            said = {
                "code": "INTERACTION_CALLBACK_TYPE_INVALID",
                "message": f"Value must be one of {sorted(allowed)}.",
            }
            raise Refusal(400, 50035, "Invalid Form Body", errors={"type": {"_errors": [said]}})
        self.acknowledged_after_s = after_s
        self.first_body = body
        return kind

    def judge_token(self) -> None:
        """Refuse what comes before the first response or after the token has run out."""
        if self._counted_s() > TOKEN_S:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        if self.response is None or self.kind == AUTOCOMPLETE:
            # Whose first response was cut off cannot know whether it arrived.
            is_tried = self.tried_after_s is not None and self.kind != AUTOCOMPLETE
            raise Refusal(404, 10015, "Unknown Webhook", breach=not is_tried)

    async def wait_until_acknowledged(self, within_s: float = PATIENCE_S) -> int:
        """Wait for the first response of whatever kind; give its kind."""
        await self._until(lambda: self.response is not None, within_s, "did not respond at all")
        return self.response or 0

    async def answer(self, within_s: float = PATIENCE_S) -> Message:
        """Wait for what the bot says or for the message that it changed or, after a deferral,
        removed; give it.
        """
        await self._until(lambda: self._said() is not None, within_s, "gave no answer")
        said = self._said()
        if said is None:
            raise NoAnswerError(f"{self.name}: there is no answer")
        return said

    async def followup(self, number: int = 0, within_s: float = PATIENCE_S) -> Message:
        """Wait for a further message, counted from 0, and give it."""
        await self._until(
            lambda: len(self.followups) > number, within_s, f"sent no follow-up {number}"
        )
        return self.followups[number]

    async def modal(self, within_s: float = PATIENCE_S) -> Modal:
        """Wait for the window that the bot opens, and give it."""
        await self._until(lambda: self.shown_modal is not None, within_s, "opened no window")
        if self.shown_modal is None:
            raise NoAnswerError(f"{self.name}: there is no window")
        return self.shown_modal

    async def choices(self, within_s: float = PATIENCE_S) -> list[dict[str, Any]]:
        """Wait for the suggestions of an autocompletion, and give them."""
        await self._until(lambda: self.shown_choices is not None, within_s, "suggested nothing")
        return self.shown_choices or []

    def _said(self) -> Message | None:
        if self.response in {REPLY, UPDATE}:
            return self.original
        if self.response == DEFER_UPDATE and self.updated:
            return self.original
        return next(iter(self.answers), None)

    async def _until(self, happened: Any, within_s: float, what: str) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + within_s
        while not happened():
            if self.shown_modal is not None and what == "gave no answer":
                raise NoAnswerError(
                    f"{self.name}: the bot opened the window {self.shown_modal.title!r} instead"
                )
            if self.response == REPLY and self.original is not None and what == "opened no window":
                raise NoAnswerError(f"{self.name}: the bot said {self.original.text!r} instead")
            left_s = end - loop.time()
            if left_s <= 0:
                told = f"; the user reads: {self.error}" if self.error else ""
                raise NoAnswerError(f"{self.name}: within {within_s} s the bot {what}{told}")
            change = self._change
            try:
                await asyncio.wait_for(change.wait(), left_s)
            except TimeoutError:
                continue
