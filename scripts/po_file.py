r"""Read a file of gettext (.po), and compile it to what the standard library's ``gettext`` reads.

In: the text of a .po file. Out: its entries, or the bytes of a .mo file of these. What is obsolete
(``#~``) or marked as uncertain (``#, fuzzy``) is passed over, as ``msgfmt`` does. Refused with its
line: whatever is no line of such a file, and an entry that stands twice.

Both formats: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

_LINE: Final = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])? )?"(.*)"')
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPED: Final = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
# Between the context of a text and the text, and between forms, in a .mo file.
_CONTEXT_END: Final = "\x04"
_FORM_END: Final = "\x00"
_MAGIC: Final = 0x950412DE
_HEADER_BYTES: Final = 28


class PoError(ValueError):
    """Line ``line`` (from 1) can't be read: ``what`` is wrong."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line
        self.what = what


@dataclass(slots=True)
class Entry:
    """A text and its translation; ``msgid_plural`` is empty where nothing is counted.

    ``msgstr`` has one form, or all of those that the language has. ``comments`` are whole lines.
    """

    msgid: str
    msgstr: Sequence[str]
    msgid_plural: str = ""
    msgctxt: str = ""
    comments: Sequence[str] = ()
    is_fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By what the entry is found."""
        return self.msgctxt, self.msgid


def read_entries(text: str) -> list[Entry]:
    """Read the entries in their order, the header (of an empty text) first.

    Raises PoError for what is no line of such a file.
    """
    entries: dict[tuple[str, str], Entry] = {}
    paragraph = _Paragraph()
    lines = [*text.splitlines(), ""]
    for number, line in enumerate(lines, 1):
        if line.strip():
            paragraph.take(number, line)
            continue
        entry = paragraph.make_entry(number - 1)
        paragraph = _Paragraph()
        if entry is None:
            continue
        if entry.key in entries:
            raise PoError(number - 1, f"{entry.msgid!r} stands here twice")
        entries[entry.key] = entry
    return list(entries.values())


@dataclass(slots=True)
class _Paragraph:
    """The lines of one entry, as far as they were read."""

    comments: list[str] = field(default_factory=list)
    # By keyword, and by keyword and number of the form.
    strings: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def take(self, number: int, line: str) -> None:
        """Take the next line. Raises PoError where it is none."""
        if line.startswith("#"):
            self.comments.append(line)
            return
        found = _LINE.fullmatch(line)
        if found is None:
            raise PoError(number, f"this is no line of a .po file: {line}")
        keyword, form, quoted = found.groups()
        if keyword:
            self.last = f"{keyword}{form or ''}"
            self.strings[self.last] = ""
        if not self.last:
            raise PoError(number, "a text without a keyword")
        self.strings[self.last] += _ESCAPE.sub(_unescape, quoted)

    def make_entry(self, number: int) -> Entry | None:
        """Make an entry of all lines; None where there are but comments."""
        if not self.strings:
            return None
        if "msgid" not in self.strings:
            raise PoError(number, "there is no msgid")
        forms = [text for key, text in self.strings.items() if key.startswith("msgstr")]
        return Entry(
            self.strings["msgid"],
            forms,
            self.strings.get("msgid_plural", ""),
            self.strings.get("msgctxt", ""),
            [line for line in self.comments if not line.startswith("#,")],
            is_fuzzy=any(line.startswith("#,") and "fuzzy" in line for line in self.comments),
        )


def _unescape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[1], found[0])


def compile_entries(entries: Iterable[Entry]) -> bytes:
    """Make the bytes of a .mo file of all entries that are translated."""
    messages: dict[bytes, bytes] = {}
    for entry in entries:
        if entry.is_fuzzy or not all(entry.msgstr):
            continue
        key = entry.msgid
        if entry.msgctxt:
            key = entry.msgctxt + _CONTEXT_END + key
        if entry.msgid_plural:
            key += _FORM_END + entry.msgid_plural
        messages[key.encode()] = _FORM_END.join(entry.msgstr).encode()
    return _pack(sorted(messages.items()))


def _pack(messages: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Pack messages, sorted: a header, two tables of lengths and offsets, and the texts."""
    table_bytes = 8 * len(messages)
    offset = _HEADER_BYTES + 2 * table_bytes
    tables: list[int] = []
    blob = bytearray()
    for column in (0, 1):
        for message in messages:
            text = message[column]
            tables += [len(text), offset + len(blob)]
            blob += text + b"\x00"
    translations_at = _HEADER_BYTES + table_bytes
    header = (_MAGIC, 0, len(messages), _HEADER_BYTES, translations_at, 0, 0)
    return struct.pack(f"<7I{len(tables)}I", *header, *tables) + bytes(blob)
