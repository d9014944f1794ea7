"""The conversations: what a member asks one after the other, and what a right answer shows.

A file holds members, a member conversations, a conversation questions. ``right`` lists pieces of
sentences, each of which alone answers; ``not covered`` among them means that a refusal is right,
and ``summary`` that an extract is.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.strict_yaml import Mapping, Node, Scalar, Sequence, read_yaml

_NOT_COVERED = "not covered"
_SUMMARY = "summary"
# A file, its members, conversations, questions, and what is right.
_MAX_DEPTH = 5


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, and parts of sentences each of which answers it.

    ``is_for_summary``: an extract is right. ``may_be_refused``: a refusal is right, alone where
    there are no ``pieces``.
    """

    text: str
    pieces: tuple[str, ...]
    is_for_summary: bool
    may_be_refused: bool


@dataclass(frozen=True, slots=True)
class AskedConversation:
    """What a member asks one after the other."""

    member: str
    questions: tuple[AskedQuestion, ...]


def read_conversations(path: Path) -> list[AskedConversation]:
    """Read a file of conversations. Raises TypeError where it has another form, or YamlError."""
    members = read_yaml(path.read_text(encoding="utf-8"), max_depth=_MAX_DEPTH)
    return [
        AskedConversation(member, tuple(map(_read_question, _read_items(questions))))
        for member, conversations in _read_entries(members).items()
        for questions in _read_items(conversations)
    ]


def _read_question(node: Node) -> AskedQuestion:
    entries = _read_entries(node)
    right = [_read_text(item) for item in _read_items(entries["right"])]
    return AskedQuestion(
        text=_read_text(entries["ask"]),
        pieces=tuple(text for text in right if text not in {_NOT_COVERED, _SUMMARY}),
        is_for_summary=_SUMMARY in right,
        may_be_refused=_NOT_COVERED in right,
    )


def _read_entries(node: Node) -> dict[str, Node]:
    if not isinstance(node, Mapping):
        raise TypeError(f"line {node.line}: keys and values are expected here")
    return {key: value for key, (_, value) in node.entries.items()}


def _read_items(node: Node) -> tuple[Node, ...]:
    if not isinstance(node, Sequence):
        raise TypeError(f"line {node.line}: a list is expected here")
    return tuple(node.items)


def _read_text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise TypeError(f"line {node.line}: a text is expected here")
    return node.text
