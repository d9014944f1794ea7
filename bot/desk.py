"""What is served now: a folder that was read, its librarian, and what was wrong with it.

Everybody who answers asks the desk; nobody else holds articles.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.answers.answer import Answer, Librarian, Policy
from bot.articles.library import Library, build
from bot.articles.model import Problem


@dataclass(frozen=True, slots=True)
class Desk:
    """One folder as it stood when it was opened."""

    librarian: Librarian
    problems: tuple[Problem, ...]

    @property
    def library(self) -> Library:
        """The articles that are served."""
        return self.librarian.library

    def answer(self, question: str) -> Answer:
        """Answer a question; never raises."""
        return self.librarian.answer(question)


def open_desk(folder: Path, policy: Policy) -> Desk:
    """Read a folder and index it. Never raises for what lies in it: see the problems."""
    library, problems = build(folder)
    return Desk(Librarian(library, policy), tuple(problems))
