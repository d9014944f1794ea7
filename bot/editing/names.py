"""Names of files that somebody wants to put into the folder of articles.

In: a name as a client gives it. Out: the name that the file gets, or what is wrong with it. What a
client says of folders is not believed: the last part of the name alone is used. A file that is
there under that name keeps its place.
"""

import re
import unicodedata
from collections.abc import Collection

from bot.articles.formats import ARTICLE_SUFFIXES, describe_suffixes
from bot.articles.ignoring import IgnoredNames
from bot.articles.listing import fold_name
from bot.editor_audiences import AUDIENCES
from bot.editor_files import QUESTIONS
from bot.editor_links import LINKS
from bot.editor_synonyms import SYNONYMS
from bot.texts import editing as texts
from bot.texts.retelling import retell

# Files of the folder that are no articles, and that are edited all the same.
OTHER_FILES = (SYNONYMS, LINKS, QUESTIONS, AUDIENCES)
# The longest name that every file system can hold, in bytes, with room for another ending.
_MOST_BYTES = 200
# Of the first line of a text, so much becomes the name of its file.
_MADE_NAME = 60
_NO_WORD = re.compile(r"[^\w]+")
_SEPARATORS = re.compile(r"[/\\]")
# What some file system or shell takes for something else.
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
# Windows takes these for devices, whatever their ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


class NameFaultError(ValueError):
    """A name can't be that of a file in the folder; the message says why, and what helps.

    Attributes:
        what: Why it can't.
        hint: What helps.

    """

    def __init__(self, what: str, hint: str = texts.GIVE_ANOTHER_NAME) -> None:
        """Say both."""
        super().__init__(what, hint)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{retell(self.what)}; {retell(self.hint)}"


def make_name(text: str) -> str:
    """Make the name of a file from the first line of a text."""
    first_line = unicodedata.normalize("NFC", text.split("\n", 1)[0])
    words = _NO_WORD.sub("-", first_line.lower())[:_MADE_NAME].strip("-_")
    # Letters of four bytes, such as bold ones of mathematics, are many in chats.
    fitting = words.encode()[: _MOST_BYTES - len(".md")].decode("utf-8", "ignore")
    if _DEVICES.fullmatch(fitting):
        return f"{fitting}-.md"
    return f"{fitting or 'note'}.md"


def choose_name(given: str, ignored: IgnoredNames) -> str:
    """Give the name under which a file is put into the folder.

    Raises NameFaultError where that can't be the name of an article, or of another file that is
    read from the folder.
    """
    name = unicodedata.normalize("NFC", _SEPARATORS.split(given)[-1]).strip()
    name = name.rstrip(". ")
    if not name or name.startswith((".", "-", "~")):
        raise NameFaultError(texts.NAME_EMPTY)
    categories = set(map(unicodedata.category, name))
    if _UNSAFE.search(name) or not _INVISIBLE.isdisjoint(categories) or _DEVICES.fullmatch(name):
        raise NameFaultError(texts.NAME_UNSAFE)
    if len(name.encode()) > _MOST_BYTES:
        raise NameFaultError(texts.NAME_TOO_LONG(most=_MOST_BYTES))
    if name in OTHER_FILES:
        return name
    if not name.lower().endswith(ARTICLE_SUFFIXES):
        kinds = texts.KINDS_OF_FILES(suffixes=describe_suffixes())
        raise NameFaultError(texts.NAME_OF_NO_ARTICLE, kinds)
    if ignored.find_pattern(name, is_folder=False):
        raise NameFaultError(texts.NAME_IGNORED)
    return name


def find_place(name: str, known: Collection[str]) -> str:
    """Give the file whose place a file of some name takes: one of the ``known`` ones, or its own.

    It takes that of the same name, or else of the only one that is called so in any folder; what
    some system takes for the same name is the same.
    """
    same = [file for file in known if fold_name(file) == fold_name(name)]
    alike = [file for file in known if fold_name(file.rpartition("/")[2]) == fold_name(name)]
    if name in known:
        return name
    found = same or alike
    return found[0] if len(found) == 1 else name
