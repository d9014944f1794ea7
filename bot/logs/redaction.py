"""Take out of a text what no log may hold: tokens, passwords, ids of Discord, controls."""

import re

# A bot's token; an interaction's, wherever it stands (it begins with "interaction:" in Base64), or
# whatever stands in its place in an address; a webhook's in its address; what a JSON object or the
# text of a dictionary calls a token; what authorizes a request; user and password of an address.
_TOKENS = re.compile(
    r"""
      [\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}
    | aW50ZXJhY3Rpb246[\w+/=.-]*
    | (?<=/interactions/)\d+/[^/\s?"']{16,}
    | (?<=/webhooks/)\d+/[^/\s?"']{16,}
    | (?<=token["']:)\s*["'][^"']*["']
    | (?<=token=)["']?[^\s"',)&]+["']?
    | (?<=Authorization["']:)\s*["'][^"']*["']
    | (?<=Authorization:)[^\n]*
    | (?<=://)[^\s"'/:@]{0,200}:[^\s"']{1,500}(?=@)
    """,
    re.VERBOSE,
)
# Ids of servers, channels, messages and people. The application's is part of the invitation; a
# channel's is told where somebody has to mend it.
_IDS = re.compile(r"(?<!\d)(?<!client_id=)(?<!channel_id=)\d{17,20}(?!\d)")
# Controls but tab and newline, separators of lines, and marks that reverse what follows.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Redaction:
    """What is taken out of every line."""

    def __init__(self, *secrets: str) -> None:
        """Take out ``secrets``, too, but for what is empty."""
        self._secrets = tuple(secret for secret in secrets if secret)

    def __call__(self, text: str) -> str:
        """Return a text without the secret, tokens, ids and control characters."""
        for secret in self._secrets:
            text = text.replace(secret, "[token]")
        text = _TOKENS.sub("[token]", text)
        text = _IDS.sub("[id]", text)
        return _CONTROLS.sub("?", text)
