"""What is served now: one library with its librarian, and what was wrong with the folder.

Everybody who answers asks the desk; nobody else holds articles. It is the one mutable thing: a reload
builds the new library aside and puts it in the old one's place in a single assignment, so every answer
comes from one of the two and none from both. The new one is checked first; if nothing can be served from it, the
old one stays.
"""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bot.answers.answer import Answer, Librarian, Policy
from bot.answers.conversation import Turn
from bot.answers.quotation import Check, QuotationChecker
from bot.articles.changes import Changes, compare
from bot.articles.files import Limits, read_file
from bot.articles.library import Library, build
from bot.articles.model import Problem
from bot.search.synonyms import Group, read_groups

SYNONYMS = "synonyms.yaml"


class ReloadRunningError(RuntimeError):
    """Another reload has not ended yet; ``since_s`` seconds ago it began."""

    def __init__(self, since_s: float) -> None:
        """Keep how long the other one has been running."""
        super().__init__(f"a reload has been running for {since_s:.0f} s")
        self.since_s = since_s


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload did. ``is_served`` is false where nothing could be served and the old library stays.

    ``synonyms`` counts the groups of the editor's own thesaurus; None where it is as it was.
    """

    is_served: bool
    changes: Changes
    synonyms: int | None
    problems: tuple[Problem, ...]
    library: Library
    took_s: float


@dataclass(frozen=True, slots=True)
class _Served:
    librarian: Librarian
    checker: QuotationChecker
    problems: tuple[Problem, ...]
    synonyms: tuple[Group, ...]


class Desk:
    """Answers from what is served now. Safe to be asked by one thread while another reloads."""

    def __init__(self, folder: Path, policy: Policy) -> None:
        """Read a folder and index it. Never raises for what lies in it: see ``problems``."""
        self._folder = folder
        self._policy = policy
        self._served = self._build()
        self._reloading = threading.Lock()
        self._began_s = 0.0

    def _build(self) -> _Served:
        library, problems = build(self._folder)
        synonyms, faults = _read_synonyms(self._folder)
        problems = sorted([*problems, *faults], key=lambda problem: (problem.file, problem.line, problem.column))
        librarian = Librarian(library, self._policy, synonyms)
        return _Served(librarian, QuotationChecker(library), tuple(problems), synonyms)

    @property
    def library(self) -> Library:
        """The articles that are served."""
        return self._served.librarian.library

    @property
    def synonyms(self) -> int:
        """How many groups the editor's own thesaurus has."""
        return len(self._served.synonyms)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the folder when what is served was read."""
        return self._served.problems

    def answer(self, question: str, article: str = "", before: Turn | None = None) -> Answer:
        """Answer a question, from one article alone if its id is given, after what was asked before; never raises."""
        return self._served.librarian.answer(question, article, before)

    @property
    def librarian(self) -> Librarian:
        """Who answers now; for what needs several answers from the same library."""
        return self._served.librarian

    def check_quotation(self, claim: str) -> Check:
        """Say whether a text stands in what is served now, word for word."""
        return self._served.checker.check(claim)

    def reload(self) -> Reload:
        """Read the folder again and serve it, unless nothing can be served from it.

        Raises ReloadRunningError while another reload runs.
        """
        if not self._reloading.acquire(blocking=False):
            raise ReloadRunningError(time.monotonic() - self._began_s)
        try:
            self._began_s = time.monotonic()
            new = self._build()
            changes = compare(self.library, new.librarian.library)
            synonyms = None if new.synonyms == self._served.synonyms else len(new.synonyms)
            is_served = bool(new.librarian.library.articles) and new.librarian.is_sound()
            if is_served:
                self._served = new
            took_s = time.monotonic() - self._began_s
            return Reload(is_served, changes, synonyms, new.problems, new.librarian.library, took_s)
        finally:
            self._reloading.release()


def _read_synonyms(folder: Path) -> tuple[tuple[Group, ...], list[Problem]]:
    """Read the editor's own thesaurus, if there is one; what is wrong with it keeps nothing else from being served."""
    if not os.path.lexists(folder / SYNONYMS):
        return (), []
    source = read_file(folder, SYNONYMS, Limits())
    if isinstance(source, Problem):
        return (), [source]
    groups, faults = read_groups(source.text)
    return groups, [Problem(SYNONYMS, fault.line, fault.column, "error", fault.what, fault.hint) for fault in faults]
