"""What came of a scenario, in counts; and how the counts are taken from what the bot sent.

``lost``: questions without an answer and without a line that says why. ``doubled``: with more than
one. ``live``: pings of others than the asker, and mentions, links and invitations that can be
pressed in something the bot said, beyond those that its articles have as their source. ``leaked``:
tokens, words of a question, or a traceback, in the log or in something the bot said.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from discord_markdown import live
from loopback import LoopbackDiscord
from loopback.core import Request
from loopback.mutations import MARKER
from loopback.reading import read_texts

from benchmarks.proofs.processes import Kind

# What somebody who writes an article or a question must not be able to make live.
LIVE_KINDS = {"user", "role", "everyone", "channel", "link", "masked link", "invite", "command"}


@dataclass(slots=True)
class Outcome:
    """Counts of one run of a scenario, with whatever else was measured.

    ``broken`` holds the claims of the scenario that did not hold, in words.
    """

    scenario: str
    kind: Kind
    seed: int
    scale: str = ""
    asked: int = 0
    lost: int = 0
    doubled: int = 0
    live: int = 0
    leaked: int = 0
    figures: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def holds(self) -> bool:
        """Whether everything is 0 that must be, and every claim held."""
        counts = self.lost + self.doubled + self.live + self.leaked
        return counts == 0 and not self.broken and not self.error


def count_live(discord: LoopbackDiscord, addresses: Collection[str] = ()) -> int:
    """Count what is live in all that the bot said, but for links to these addresses."""
    pings = sum(_pings_others(discord, request) for request in discord.requests)
    texts = [text for body in discord.bodies for text in _texts_of(body)]
    return pings + sum(_is_dangerous(one, addresses) for text in texts for one in live(text))


def _pings_others(discord: LoopbackDiscord, request: Request) -> bool:
    """Say whether a request notifies anybody but the one whom it replies to."""
    body = request.json if isinstance(request.json, dict) else {}
    reference = (body.get("message_reference") or {}).get("message_id", 0)
    question = discord.core.world.messages.get(int(reference))
    asker = {question.author.id} if question is not None else set()
    pings = request.pings
    return pings.everyone or bool(pings.roles) or not pings.users <= asker


def _texts_of(body: dict[str, Any]) -> list[str]:
    embeds, components = body.get("embeds") or [], body.get("components") or []
    return read_texts(body.get("content") or "", embeds, components)


def _is_dangerous(described: str, addresses: Collection[str]) -> bool:
    """Say whether a description of something live is of a kind that must not be."""
    kind, _, what = described.partition(": ")
    return kind in LIVE_KINDS and not any(address in what for address in addresses)


def count_leaks(discord: LoopbackDiscord, log: Iterable[str]) -> int:
    """Count tokens, words of questions and tracebacks where they must not be."""
    tokens = [discord.token, *discord.core.by_token]
    logged = "".join(log)
    said = "\n".join(text for body in discord.bodies for text in _texts_of(body))
    in_both = sum(logged.count(token) + said.count(token) for token in tokens)
    return in_both + logged.count(MARKER) + said.count("Traceback")
