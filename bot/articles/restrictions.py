"""Which members may read an article: the roles that a header names.

In: what a header says under ``audience``. Out: the ids of roles, one of which a reader needs. What
can't be read restricts an article to nobody: a slip of the pen must not show it to everybody.
"""

import re
from collections.abc import Sequence

from bot.articles.lines import Lines

# The ids of roles, one of which a reader needs; None: everybody may read it.
Roles = tuple[int, ...] | None
NOBODY: tuple[int, ...] = ()

# The key in headers.
AUDIENCE = "audience"
# An id as Discord numbers roles, alone or as a role is mentioned.
_ROLE = re.compile(r"(?:<@&([0-9]{15,20})>|([0-9]{15,20}))", re.ASCII)
# A line that has the key, in YAML, TOML or JSON.
_KEY_LINE = re.compile(r"[\s{,]*[\"']?audience[\"']?\s*[:=]", re.IGNORECASE)
# One whose value is ids alone: it is no prose, wherever it stands.
_IDS_LINE = re.compile(
    r"audience\s*[:=][\s\[\]<>@&,\"']*[0-9]{15,20}[\s\[\]<>@&,\"'0-9]*", re.IGNORECASE
)
# The marks with which a header begins.
_MARKS = ("---", "+++", ";;;", "{")
# No header is longer.
_MOST_LINES = 2_000


def read_roles(written: Sequence[str]) -> tuple[int, ...] | None:
    """Give the roles of some texts, each once, in order; None where one names no role by its id."""
    matches = [_ROLE.fullmatch(text) for text in written]
    found = [match[1] or match[2] for match in matches if match is not None]
    if not found or len(found) < len(matches):
        return None
    return tuple(dict.fromkeys(map(int, found)))


def find_unread_audience(lines: Lines, body_line: int) -> int:
    """Find a line at the top that seems to restrict an article, where no header was read of it.

    ``body_line`` is where the body begins. Gives 0 where there is none: a text that only speaks of
    an audience is none.
    """
    first = lines.line(1).removeprefix("\ufeff").strip()
    is_header = first.startswith(_MARKS)
    last = min(len(lines), _MOST_LINES)
    for number in range(1, last + 1):
        line = lines.line(number).removeprefix("\ufeff")
        if number > 1 and number >= body_line and not line.strip():
            break
        pattern = _KEY_LINE if is_header else _IDS_LINE
        found = pattern.match(line) if is_header else pattern.fullmatch(line.strip())
        if found:
            return number
    return 0
