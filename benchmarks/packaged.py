"""Programs that others are compared with: whether each is installed here, and in which version."""

import sqlite3
from abc import ABC
from importlib.metadata import version
from importlib.util import find_spec
from typing import ClassVar


class Packaged(ABC):
    """A program with the package that it comes in; ours comes in none."""

    label: ClassVar[str]
    package: ClassVar[str] = ""

    @classmethod
    def find_missing(cls) -> str:
        """Say what keeps it from running here; empty if nothing does."""
        if cls.package and find_spec(cls.package) is None:
            return f"{cls.package} is not installed"
        return ""

    @classmethod
    def full_label(cls) -> str:
        """Give the label with the package's version."""
        name, comma, rest = cls.label.partition(",")
        return f"{name} {version(cls.package)}{comma}{rest}" if cls.package else cls.label


class PackagedFTS5(Packaged):
    """SQLite's full-text search, which comes with Python."""

    label = "SQLite FTS5"

    @classmethod
    def find_missing(cls) -> str:
        """Say whether this Python's SQLite was built without FTS5."""
        try:
            sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError:
            return "SQLite was built without FTS5"
        return ""

    @classmethod
    def full_label(cls) -> str:
        """Give the label with SQLite's version."""
        return f"{cls.label} {sqlite3.sqlite_version}"
