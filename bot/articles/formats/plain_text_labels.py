"""Labelled lines at the top of a plain text, such as ``Title: ...`` or the header of an e-mail.

In: the lines of a text. Out: how many of them are labelled, and what one of them says. A line that
is labelled but has another label (``Note: ...``) may stand among them, not at their beginning.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

# What a label tells about the article; "" for what is no concern of readers.
LabelKind = Literal["title", "author", "date", ""]

_LABELLED = re.compile(r"([A-Za-z][\w-]{1,19}):\s+(\S.*)")
# A longer line is prose that happens to begin with a word and a colon.
_LABELLED_CHARACTERS = 200
_LABELS: dict[str, LabelKind] = {
    "title": "title",
    "headline": "title",
    "subject": "title",
    "author": "author",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "from": "author",
    "date": "date",
    "published": "date",
    "sent": "date",
    "updated": "date",
    "to": "",
    "cc": "",
    "bcc": "",
    "reply-to": "",
}
# Of these an e-mail has at least one besides its sender.
_EMAIL_LABELS = ("to", "date", "sent")
_EMAIL_ADDRESS = re.compile(r"[<(]?[^\s<>()]*@[^\s<>()]*[>)]?")


class Label(NamedTuple):
    """What a labelled line tells (``kind``), and the text behind its label."""

    kind: LabelKind
    value: str


def is_folded(line: str) -> bool:
    """Say whether a line, with its blanks, goes on with the labelled line above it (RFC 5322)."""
    return line.startswith((" ", "\t"))


def count_labelled_lines(raw_lines: Sequence[str], numbers: Sequence[int]) -> int:
    """Count the labelled lines at the top; 0 where they are neither of an article nor of an e-mail.

    ``raw_lines`` are the lines that hold text, ``numbers`` their numbers in the file.
    """
    labels: set[str] = set()
    count = 0
    for index, raw_line in enumerate(raw_lines):
        label = _find_label(raw_line)
        is_next = index > 0 and numbers[index] == numbers[index - 1] + 1
        may_follow = label != "" or is_folded(raw_line)
        if label not in _LABELS and not (is_next and may_follow):
            break
        labels.add(label)
        count += 1
    is_email = "from" in labels and not labels.isdisjoint(_EMAIL_LABELS)
    has_title = any(_LABELS.get(label) == "title" for label in labels)
    return count if is_email or has_title else 0


def parse_label(line: str) -> Label | None:
    """Give what a labelled line tells; None for a label that tells nothing here."""
    label, _, value = line.partition(":")
    kind = _LABELS.get(label.lower())
    return None if kind is None else Label(kind, value.strip())


def strip_email_address(sender: str) -> str:
    """Give the name in ``Ann Lee <ann@example.org>``."""
    name = _EMAIL_ADDRESS.sub("", sender)
    return name.strip(" \"'")


def _find_label(raw_line: str) -> str:
    """Give the label of a line in lower case; "" where it has none."""
    line = raw_line.lstrip("\ufeff").strip()
    if len(line) > _LABELLED_CHARACTERS:
        return ""
    found = _LABELLED.fullmatch(line)
    return found[1].lower() if found else ""
