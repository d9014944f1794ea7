"""Which names of a folder are no articles: patterns in the syntax of gitignore.

In: the settings' patterns. Out: a matcher that tells which pattern leaves a name out, if any does.
The patterns of what is machinery everywhere hold always and come first. So a later pattern with
"!" takes a name back in, as in gitignore: of those that match, the last decides.
"""

import re
import warnings
from collections.abc import Sequence

from pathspec import GitIgnoreSpec

# What no program that keeps or publishes texts shows as one of them. A folder "drafts", "public" or
# "templates" may well hold articles, so it is not among these.
DEFAULT_PATTERNS = (
    # Hidden files and folders: .git, .obsidian, .trash, .venv, .DS_Store.
    ".*",
    # What editors leave behind: x~, #x#, and the lock files of Word.
    "*~",
    "\\#*#",
    "~$*",
    # What programs that synchronise or archive folders leave behind.
    "*.sync-conflict-*",
    "*conflicted copy*",
    "__MACOSX/",
    "@eaDir/",
    # Packages of programs, not their documentation.
    "node_modules/",
    "__pycache__/",
    "site-packages/",
    # Jekyll.
    "_drafts/",
    "_includes/",
    "_layouts/",
    "_sass/",
    "_site/",
    # Sphinx.
    "_build/",
    "_static/",
    "_templates/",
    # Hugo and its themes; _index.md is an article.
    "**/layouts/_default/",
    "**/layouts/partials/",
    "**/layouts/shortcodes/",
    "**/archetypes/default.md",
    # The tables of contents of mdBook and GitBook, and the frames of docsify and GitHub's wikis.
    "SUMMARY.md",
    "_sidebar.md",
    "_navbar.md",
    "_coverpage.md",
    "_Sidebar.md",
    "_Footer.md",
    # Drawings of Obsidian, and the backups of Logseq.
    "*.excalidraw.md",
    "**/logseq/bak/",
    # What a web site tells its visitors' programs, and those who are lost.
    "robots.txt",
    "404.md",
    "404.html",
    # The build files of C and C++ programs.
    "CMakeLists.txt",
)

# The articles of single servers lie in folders named by the servers' ids; these are nobody else's,
# so no pattern takes them back in. Some file systems take capitals for small letters.
SERVERS = "servers"
_OF_A_SERVER = re.compile(rf"{SERVERS}/[0-9]{{15,20}}", re.ASCII | re.IGNORECASE)
_SERVERS_PATTERN = f"/{SERVERS}/[0-9]*/"


class IgnoredNames:
    """Tells which names are left out, and by which pattern."""

    def __init__(self, patterns: Sequence[str] = ()) -> None:
        """Add ``patterns`` to the DEFAULT_PATTERNS. Raises ValueError for one that is none."""
        for pattern in patterns:
            check_pattern(pattern)
        self._patterns = (*DEFAULT_PATTERNS, *patterns)
        self._spec = GitIgnoreSpec.from_lines(self._patterns)

    def find_pattern(self, name: str, *, is_folder: bool) -> str:
        """Give the pattern that leaves a name out; "" where none does.

        ``name`` is a posix path relative to the folder of articles. What lies in an ignored folder
        is left out too, and no pattern takes it back in.
        """
        if is_folder and _OF_A_SERVER.fullmatch(name):
            return _SERVERS_PATTERN
        path = f"{name}/" if is_folder else name
        result = self._spec.check_file(path)
        if not result.include or result.index is None:
            return ""
        return self._patterns[result.index]


def check_pattern(pattern: str) -> None:
    """Raise ValueError where a pattern is none of gitignore's, or none that can match."""
    try:
        with warnings.catch_warnings():
            # What `re` only warns of is no pattern either: "[[:alpha:]]".
            warnings.simplefilter("error")
            compiled = list(GitIgnoreSpec.from_lines([pattern]).patterns)
    except (ValueError, re.error, Warning):
        compiled = []
    if not any(one.include is not None for one in compiled):
        raise ValueError(pattern)
