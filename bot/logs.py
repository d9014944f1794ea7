"""Where log lines go: standard error, one event a line, with no token, no id and no control character in it."""

import logging
import re
import sys

_TOKEN_SHAPES = re.compile(
    r"[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}"  # a bot's token
    r"|(?<=/interactions/)\d+/[\w.-]{20,}|(?<=/webhooks/)\d+/[\w.-]{20,}"  # an interaction's, a webhook's
)
# Of a server, a channel, a message or a person; that of the application is part of the invitation.
_IDS = re.compile(r"(?<!\d)(?<!client_id=)\d{17,20}(?!\d)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class _Formatter(logging.Formatter):
    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if self._secret:
            text = text.replace(self._secret, "[token]")
        text = _IDS.sub("[id]", _TOKEN_SHAPES.sub("[token]", text))
        return _CONTROLS.sub("?", text).replace("\n", "\n  ")


def set_up(secret: str) -> None:
    """Log what is worth knowing; the libraries never below INFO, where they would log what members write."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(secret))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
