"""How people ask for a summary, and about the articles themselves, read from files of templates.

In: a language (ISO 639-1). Out: its words. There is one file a language in ``request_forms``. It
has blocks of lines (``request_templates``), each with a name in brackets. A name in capitals is
that of a macro. A line that is indented goes on with the line before it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from bot.answers.request_model import Aspect, RequestWords

# All languages that have such a file, English first: it is typed everywhere.
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "pl", "uk", "ru", "tr", "nl", "zh", "ja", "ko")
# Those of them whose words have no blanks between.
WITHOUT_BLANKS = ("zh", "ja", "ko")
_FOLDER = Path(__file__).with_name("request_forms")
_BLOCK = re.compile(r"^\[(.+)\]\n((?:.+\n)*)", re.MULTILINE)


def read_request_words(language: str) -> RequestWords:
    """Read the words of one of the ``LANGUAGES``."""
    content = (_FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    blocks = _read_blocks(content)
    return RequestWords(
        macros={name: lines for name, lines in blocks.items() if name.isupper()},
        templates={aspect: blocks.get(aspect, "") for aspect in get_args(Aspect)},
        polite_first=blocks["polite first"],
        polite_last=blocks["polite last"],
        giving_first=blocks["giving first"],
        asker=blocks["asker"],
        numbers=blocks.get("numbers", ""),
        has_blanks=language not in WITHOUT_BLANKS,
    )


def _read_blocks(content: str) -> Mapping[str, str]:
    """Give the lines of each block, those that were parted put together."""
    together = content.replace("\n    |", "|").replace("\n    ", " ")
    return dict(_BLOCK.findall(together))
