"""Where log lines go: standard error, one event a line, without tokens, ids and control characters.

In: the records of all loggers. Out: lines with a time, a level and a logger's name. Whatever a
library or a member's message puts into a record, no token and no id of Discord's is logged, and no
line looks like another.
"""

import logging
import re
import sys

_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# ISO 8601, in the machine's own time zone.
_TIME = "%Y-%m-%dT%H:%M:%S%z"

# A bot's token; an interaction's, as it stands in an address; a webhook's.
_BOT_TOKEN = r"[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}"  # noqa: S105 (it is a pattern)
_INTERACTION_TOKEN = r"(?<=/interactions/)\d+/[\w.-]{20,}"  # noqa: S105 (likewise)
_WEBHOOK_TOKEN = r"(?<=/webhooks/)\d+/[\w.-]{20,}"  # noqa: S105 (likewise)
_TOKENS = re.compile(f"{_BOT_TOKEN}|{_INTERACTION_TOKEN}|{_WEBHOOK_TOKEN}")
# Ids of servers, channels, messages and people. The application's is part of the invitation; a
# channel's is told where somebody has to mend it.
_IDS = re.compile(r"(?<!\d)(?<!client_id=)(?<!channel_id=)\d{17,20}(?!\d)")
# Controls but tab and newline, separators of lines, and marks that reverse what follows.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class _Formatter(logging.Formatter):
    """Formats a record without the secret, tokens, ids and control characters."""

    def __init__(self, secret: str) -> None:
        super().__init__(_LINE, _TIME)
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if self._secret:
            text = text.replace(self._secret, "[token]")
        text = _TOKENS.sub("[token]", text)
        text = _IDS.sub("[id]", text)
        text = _CONTROLS.sub("?", text)
        # Further lines, such as those of a traceback, are indented.
        return text.replace("\n", "\n  ")


def set_up(secret: str) -> None:
    """Log INFO and above to standard error, with ``secret``, the bot's token, left out.

    The libraries log what members write below INFO, so no lower level is ever set.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(secret))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # What it says of a damaged file, its editor is told as a problem.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
