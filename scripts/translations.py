"""Bring the translations up to date with the texts: python scripts/translations.py [--check].

In: the texts of ``bot/texts``, and one .po file a language beside them. Out: the same files with
each text in the order of the code, its comment and where it stands, and the .mo files that the
program reads. A translation is kept as long
as its English stays as it is. A new text has none: a translator writes it with any editor of .po
files, and a test says which are missing. A text that is gone goes with its translation; git has it.

With --check nothing is written; the exit code is 1 where something would be.
"""

import argparse
import ast
import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from po_file import Entry, compile_entries, read_entries

from bot.texts import EnglishText, Plural, Text
from bot.texts.catalogues import FOLDER
from bot.texts.languages import ENGLISH, LANGUAGES
from bot.texts.problems import ProblemText

_TEXTS = Path(__file__).parent.parent / "bot" / "texts"
# What is read on a terminal, in a log or in a file stays English.
_UNTRANSLATED = {
    "__init__",
    "backup",
    "commands",
    "evaluation",
    "files",
    "progress",
    "service",
    "settings",
    "terminal",
}
_NAMES = {
    "uk": "Ukrainian",
    "ru": "Russian",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pl": "Polish",
    "tr": "Turkish",
}
_ONE_AND_OTHERS = "nplurals=2; plural=(n != 1);"
_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {few} ? 1 : 2);"
_FEW = "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20)"
_PLURALS = {
    "uk": _SLAVIC.format(few=_FEW),
    "ru": _SLAVIC.format(few=_FEW),
    "pl": f"nplurals=3; plural=(n==1 ? 0 : {_FEW} ? 1 : 2);",
    "de": _ONE_AND_OTHERS,
    "es": _ONE_AND_OTHERS,
    "fr": "nplurals=2; plural=(n > 1);",
    "tr": "nplurals=2; plural=(n > 1);",
}


@dataclass(slots=True)
class Message:
    """A text to translate: what it says, what is said about it, and where it stands."""

    english: str
    other: str
    context: str
    comments: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


@cache
def collect() -> dict[tuple[str, str], Message]:
    """Collect the texts of all modules, by context and English, in the order of the code.

    Raises ValueError for one that is counted in one place and not in another.
    """
    messages: dict[tuple[str, str], Message] = {}
    for path in sorted(_TEXTS.glob("*.py")):
        if path.stem in _UNTRANSLATED:
            continue
        for name, comment, found in _list_texts(path):
            english, other, context = found
            message = messages.setdefault((context, english), Message(english, other, context))
            if message.other != other:
                raise ValueError(f"{path.name}: {english!r} needs a context of its own")
            if comment and comment not in message.comments:
                message.comments.append(comment)
            place = f"bot/texts/{path.name}:{name}"
            if place not in message.places:
                message.places.append(place)
    return messages


def _list_texts(path: Path) -> Iterator[tuple[str, str, tuple[str, str, str]]]:
    """Give each text of a module: its constant, the comment above, and what it says."""
    module = importlib.import_module(f"bot.texts.{path.stem}")
    lines = path.read_text("utf-8").splitlines()
    for node in ast.parse("\n".join(lines)).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                comment = _find_comment(lines, node.lineno)
                for found in _list_said(getattr(module, target.id)):
                    yield target.id, comment, found


def _list_said(value: object) -> Iterator[tuple[str, str, str]]:
    """Give the English of one, of others, and the context of all texts in a value."""
    if isinstance(value, Text):
        yield value.english, "", value.context
    elif isinstance(value, Plural):
        yield value.one, value.other, value.context
    elif isinstance(value, EnglishText) and value:
        yield value, "", ""
    elif isinstance(value, ProblemText):
        yield from _list_said(value.what)
        yield from _list_said(value.hint)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _list_said(one)


def _find_comment(lines: list[str], line: int) -> str:
    """Find the last comment above a line (from 1) in its paragraph."""
    above: list[str] = []
    for text in reversed(lines[: line - 1]):
        is_comment = text.startswith("#")
        if not text or (above and not is_comment):
            break
        if is_comment:
            above.insert(0, text.removeprefix("#").strip())
    return " ".join(above)


def update(language: str, old: str) -> str:
    """Give a language's .po file with all texts, from what it held."""
    entries = {entry.key: entry for entry in read_entries(old)}
    header = entries.get(("", ""))
    blocks = [_write_header(language, header)]
    for key, message in collect().items():
        blocks.append(_write_message(message, entries.get(key), language))
    return "\n\n".join(blocks) + "\n"


def _write_header(language: str, header: Entry | None) -> str:
    comments = list(header.comments) if header else [f"# {_NAMES[language]}."]
    fields = {
        "Project-Id-Version": "articlebot",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _PLURALS[language],
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return "\n".join([*comments, 'msgid ""', f"msgstr {_quote(text)}"])


def _write_message(message: Message, entry: Entry | None, language: str) -> str:
    lines = [line for line in entry.comments if line.startswith("# ")] if entry else []
    lines += [f"#. {comment}" for comment in message.comments]
    lines += [f"#: {place}" for place in message.places]
    flags = ["fuzzy"] if entry and entry.is_fuzzy else []
    if "{" in message.english:
        flags.append("python-brace-format")
    if flags:
        lines.append(f"#, {', '.join(flags)}")
    if message.context:
        lines.append(f"msgctxt {_quote(message.context)}")
    lines.append(f"msgid {_quote(message.english)}")
    if not message.other:
        lines.append(f"msgstr {_quote(entry.msgstr[0] if entry else '')}")
        return "\n".join(lines)
    lines.append(f"msgid_plural {_quote(message.other)}")
    form_count = int(_PLURALS[language].partition("nplurals=")[2][0])
    is_kept = entry is not None and entry.msgid_plural == message.other
    forms = entry.msgstr if entry and is_kept else [""] * form_count
    lines += [f"msgstr[{number}] {_quote(form)}" for number, form in enumerate(forms)]
    return "\n".join(lines)


def _quote(text: str) -> str:
    """Quote a text, one of several lines in as many."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    parts = escaped.replace("\n", "\\n\n").splitlines()
    if len(parts) <= 1:
        return f'"{"".join(parts)}"'
    return "\n".join(['""', *(f'"{part}"' for part in parts)])


def main() -> int:
    """Update all files, or say which are not up to date."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    is_check = parser.parse_args().check
    outdated = 0
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        path = _TEXTS / FOLDER / f"{language}.po"
        old = path.read_text("utf-8") if path.exists() else ""
        new = update(language, old)
        missing = sum(not all(entry.msgstr) for entry in read_entries(new))
        print(f"{language}: {missing} to translate{'' if new == old else ', not up to date'}")
        compiled = compile_entries(read_entries(new))
        mo_path = path.with_suffix(".mo")
        is_compiled = mo_path.exists() and mo_path.read_bytes() == compiled
        outdated += new != old or not is_compiled
        if not is_check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(new, "utf-8")
            mo_path.write_bytes(compiled)
    return 1 if is_check and outdated else 0


if __name__ == "__main__":
    sys.exit(main())
