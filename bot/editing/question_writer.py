"""Add a question to the editor's set, with what is expected of its answer.

In: the bytes of the file, or none, and a question. Out: the bytes with one entry more, the first of
its list. What the editor wrote stays as it is, byte for byte.
"""

import re
from dataclasses import dataclass

from bot.answers.request_model import Aspect
from bot.strict_yaml import Mapping, Node, Scalar, Sequence, YamlError, read_yaml
from bot.texts import editing as texts

_MOST_BYTES = 1_048_576
_NEWLINE = re.compile(rb"\r\n|\r|\n")
_DASH = re.compile(rb"\s*(?=- )")
# Nodes without their places, to compare what two texts say.
_Plain = str | list["_Plain"] | dict[str, "_Plain"]


class QuestionsError(ValueError):
    """Nothing can be added to the file; the message says why."""


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """A question, and what answers it: nothing, where no more is said.

    It is a ``sentence`` of an ``article``; or else the ``request`` for a summary, of an article or
    of its ``section``, or for a fact about it, or about any where no article is named.
    """

    question: str
    article: str = ""
    sentence: str = ""
    section: str = ""
    request: Aspect | None = None


def add_question(content: bytes | None, added: ExpectedAnswer) -> bytes:
    """Put a question into a set. Raises QuestionsError, also where it is in there already."""
    before = content or b""
    items = _read_items(before)
    _refuse_repetition(items, added.question)
    after = _insert(before, added)
    # Whatever YAML can be written like, nothing else has changed.
    if list(map(_strip, _read_items(after)))[1:] != list(map(_strip, items)):
        raise QuestionsError(texts.QUESTIONS_NOT_IN_LINES())
    return after


def _insert(before: bytes, added: ExpectedAnswer) -> bytes:
    newline = _NEWLINE.search(before)
    end = newline[0] if newline else b"\n"
    root = _read(before)
    key = root.entries["questions"][0] if "questions" in root.entries else None
    if key is None:
        ended = not before or before.endswith((b"\n", b"\r"))
        start = before + (b"" if ended else end) + b"questions:" + end
        return start + _render(added, b"", end)
    ends = [found.end() for found in _NEWLINE.finditer(before)]
    if len(ends) < key.line:
        # The list is on the line of its key, which is the last one.
        raise QuestionsError(texts.QUESTIONS_NOT_IN_LINES())
    place = ends[key.line - 1]
    return before[:place] + _render(added, _find_indent(before, root, ends), end) + before[place:]


def _find_indent(before: bytes, root: Mapping, ends: list[int]) -> bytes:
    """Find what stands before the dash of the first entry."""
    _, entries = root.entries["questions"]
    if not isinstance(entries, Sequence) or not entries.items:
        return b""
    line = entries.items[0].line
    start = ends[line - 2] if line > 1 else 0
    found = _DASH.match(before, start)
    if found is None:
        raise QuestionsError(texts.QUESTIONS_NOT_IN_LINES())
    return found[0]


def _render(added: ExpectedAnswer, indent: bytes, end: bytes) -> bytes:
    lines = [f"- question: {_quote(added.question)}"]
    named = {"article": added.article, "section": added.section, "sentence": added.sentence}
    lines += [f"  {key}: {_quote(value)}" for key, value in named.items() if value]
    if added.request == "summary":
        lines.append("  summary: true")
    elif added.request is not None:
        lines.append(f"  about: {added.request}")
    elif not added.sentence:
        lines.append("  not_answered: true")
    return b"".join(indent + line.encode() + end for line in lines)


def _quote(text: str) -> str:
    """Write a text in one line as YAML's double-quoted scalar."""
    one_line = " ".join(text.split())
    shown = one_line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(map(_escape, shown))}"'


def _escape(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def _read(content: bytes) -> Mapping:
    try:
        root = read_yaml(content.decode("utf-8-sig"), max_bytes=_MOST_BYTES)
    except UnicodeDecodeError:
        raise QuestionsError(texts.QUESTIONS_NOT_UTF8()) from None
    except YamlError as error:
        raise QuestionsError(texts.QUESTIONS_SPOILT(fault=error)) from None
    if not isinstance(root, Mapping):
        raise QuestionsError(texts.QUESTIONS_NOT_IN_LINES())
    return root


def _read_items(content: bytes) -> tuple[Node, ...]:
    entry = _read(content).entries.get("questions")
    if entry is None:
        return ()
    _, value = entry
    if isinstance(value, Scalar) and not value.text:
        return ()
    if not isinstance(value, Sequence):
        raise QuestionsError(texts.QUESTIONS_NOT_IN_LINES())
    return value.items


def _refuse_repetition(items: tuple[Node, ...], question: str) -> None:
    wanted = " ".join(question.split())
    for item in items:
        entry = item.entries.get("question") if isinstance(item, Mapping) else None
        if entry is None or not isinstance(entry[1], Scalar):
            continue
        if " ".join(entry[1].text.split()) == wanted:
            raise QuestionsError(texts.QUESTION_THERE_ALREADY(line=item.line))


def _strip(node: Node) -> _Plain:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return list(map(_strip, node.items))
    return {name: _strip(value) for name, (_, value) in node.entries.items()}
