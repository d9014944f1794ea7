"""What a reload did, and why one did nothing: values for whoever shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.answers.answerer import Answerer
from bot.answers.links import Link
from bot.articles.changes import Changes
from bot.articles.library import Library
from bot.articles.model import Problem
from bot.articles.overlay import Overlay
from bot.search.analysis.synonyms import SynonymGroup

# Why a new snapshot is not served: nothing in the folder can be; far less than before would be; it
# does not find its own passages; or the program failed. "" where it is served.
Refusal = Literal["", "nothing", "fewer", "unsound", "fault"]


class ReloadRunningError(RuntimeError):
    """Another reload has not ended yet.

    Attributes:
        since_s: How many seconds ago that one began.

    """

    def __init__(self, since_s: float) -> None:
        """Keep how long the other one has been running."""
        super().__init__(f"a reload has been running for {since_s:.0f} s")
        self.since_s = since_s


class NothingChangedError(RuntimeError):
    """The folder looks as it did at the last reload, a moment ago.

    Attributes:
        since_s: How many seconds ago that one was.
        wait_s: In how many seconds the folder is read all the same.

    """

    def __init__(self, since_s: float, wait_s: float) -> None:
        """Keep when the last reload was, and when the next may be."""
        super().__init__(f"nothing has changed since a reload {since_s:.0f} s ago")
        self.since_s = since_s
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Served:
    """How much is served, or would be."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload did.

    Attributes:
        is_served: Whether the new snapshot is served; if not, the old one still is.
        changes: How the articles of the new snapshot differ from those of the old one.
        synonym_count: How many groups the editor's own thesaurus has; None if it is unchanged.
        problems: What is wrong with the folder.
        library: The articles of the new snapshot.
        took_s: How many seconds it took.
        refusal: Why the new snapshot is not served.
        before: How much the old snapshot has.
        confirmation: What the next reload has to be given, to serve far less than before; else "".
        why_unkept: Why a restart might not find all that is served; empty if nothing failed.
        link_count: How many links of questions the editor has; None if they are unchanged.
        has_new_questions: Whether the editor's own questions are others.

    """

    is_served: bool
    changes: Changes
    synonym_count: int | None
    problems: tuple[Problem, ...]
    library: Library
    took_s: float
    refusal: Refusal = ""
    before: Served = Served(0, 0)
    confirmation: str = ""
    why_unkept: str = ""
    link_count: int | None = None
    has_new_questions: bool = False

    @property
    def has_changed(self) -> bool:
        """Whether the new snapshot has anything that the old one has not, or the other way."""
        counts = (self.synonym_count, self.link_count)
        is_counted_anew = any(count is not None for count in counts)
        return bool(self.changes) or is_counted_anew or self.has_new_questions


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be served if some files of the folder were others.

    Attributes:
        overlay: These files.
        changes: How the articles would differ from those that are served.
        problems: What would be wrong with the folder.
        library: The articles that there would be.
        synonyms: The editor's own thesaurus as it would be.
        links: The editor's own links of questions as they would be.
        answerer: Answers from them.
        refusal: Why a reload would not serve them; "" where it would.
        before: How much is served now.
        confirmation: What a reload would have to be given, to serve far less than now; else "".
        synonym_count: How many groups the editor's thesaurus would have; None if it is unchanged.
        link_count: How many links of questions there would be; None if they are unchanged.
        has_new_questions: Whether the editor's own questions would be others.
        questions: The editor's own questions, as ``questions.yaml`` has them; "" for none.
        restricted: The roles of each article that not everybody may read, by its file.

    """

    overlay: Overlay
    changes: Changes
    problems: tuple[Problem, ...]
    library: Library
    synonyms: tuple[SynonymGroup, ...]
    links: tuple[Link, ...]
    answerer: Answerer
    refusal: Refusal
    before: Served
    confirmation: str
    synonym_count: int | None = None
    link_count: int | None = None
    has_new_questions: bool = False
    questions: str = ""
    restricted: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FailedReload:
    """A reload after which the old snapshot is still served.

    Attributes:
        at: When it ended; aware.
        refusal: Why the new snapshot is not served; never "".
        problems: What is wrong with the folder.
        at_restart: How much a start would serve; None where that is not known.

    """

    at: datetime
    refusal: Refusal
    problems: tuple[Problem, ...] = ()
    at_restart: Served | None = None
