"""Make the response to an event: what a handler returns, or a sentence that says why not."""

import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.chat import failures
from bot.chat.metrics import Refused
from bot.chat.reply import Reply, Response
from bot.chat.state.discord_time import DISCORD_TIME
from bot.chat.state.rate_limits import Cause, Refusal
from bot.chat.work_queue import BusyError, EndingError
from bot.texts import Text, notices

T = TypeVar("T")

_REFUSALS: dict[Cause, Text] = {
    "user": notices.TOO_MANY_OF_USER,
    "channel": notices.TOO_MANY_IN_CHANNEL,
    "guild": notices.TOO_MANY_IN_GUILD,
    "busy": notices.BUSY,
    "cooldown": notices.COOLDOWN,
    "channel_cooldown": notices.CHANNEL_COOLDOWN,
}

# Who is told that the bot is busy may try again after so many seconds.
_BUSY_WAIT_S = 15.0
BUSY = Refusal(_BUSY_WAIT_S, "busy")


async def make_response(handle: Callable[[], Awaitable[T]], doing: str) -> T | Reply:
    """Return what a handler returns; where it fails, a private reply that says so.

    ``doing`` says in the log what was being done when an error came up.
    """
    try:
        return await handle()
    except BusyError:
        return Reply(describe_refusal(BUSY), is_private=True, refused="busy")
    except EndingError:
        return make_last_line()
    except Exception as error:  # noqa: BLE001 (whatever fails, the member and the log are told)
        sentence = failures.record_kind(error, doing)
        return Reply(sentence, is_private=True, refused="fault")


def make_last_line() -> Reply:
    """Make the reply to what the program does not come to before it ends."""
    return Reply(notices.ENDING(), is_private=True, refused="ending")


def make_meanwhile_line() -> Reply:
    """Make the reply to a change that is under way while the program ends: it may be done."""
    return Reply(notices.ENDING_MEANWHILE(), is_private=True, refused="ending")


def find_reason(refusal: Refusal) -> Refused:
    """Name a refusal as it is counted."""
    return "busy" if refusal.cause == "busy" else "too_many"


def find_refused(response: Response, *, is_delivered: bool) -> Refused:
    """Find why a response is no answer to a question; empty where it is one."""
    if not is_delivered:
        return "undelivered"
    return response.refused if isinstance(response, Reply) else ""


def describe_refusal(refusal: Refusal, again_at: int = 0) -> str:
    """Say why an event was refused, and when it may be tried again.

    ``again_at`` is that second, since 1970, where it is known already.
    """
    again_at = again_at or DISCORD_TIME.second_after(refusal.wait_s)
    return _REFUSALS[refusal.cause](time=again_at)


def read_wait(text: str) -> tuple[float, Cause] | None:
    """Read back until when a text says to wait, in seconds since 1970, and why; None for others.

    The text is one in the language of this moment.
    """
    for cause, template in _REFUSALS.items():
        parts = map(re.escape, template.template.split("{time}"))
        found = re.search("([0-9]+)".join(parts), text)
        if found is not None:
            return float(found[1]), cause
    return None
