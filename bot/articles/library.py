"""A folder of articles as one immutable snapshot, and all that is wrong with it.

In: a folder. Out: a Library and Problems. A library knows how each file was parsed. When the
folder is read again, an unchanged file gives the very same objects. It is not parsed again; where
its folder's entry shows that it is unchanged, it is not even opened. What comes out is what
reading everything anew would give.

A fault of the program while it reads a file costs that file alone. Such a file is not kept. So it
is read again every time: by a program that was mended meanwhile, or with more memory.

Where a file is there and can't be served, what was served well of it last stands in for it, if the
caller has that: under the same name, id and offsets. A file that is gone, ignored or a draft was
taken out by its editor, and is not served.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bot.articles.files import Signature, SourceFile, is_unchanged, make_source, read_file
from bot.articles.folder import Folder, FolderLimits
from bot.articles.formats import describe_suffixes
from bot.articles.incidents import Incident, Report, contain
from bot.articles.kept import LastGood, LastVersion, NothingKept, describe_kept, describe_unfound
from bot.articles.languages import unload_library
from bot.articles.listing import find_files, find_hidden
from bot.articles.model import Article, Passage, Problem, Section, possible_ids
from bot.articles.overlay import Overlay
from bot.articles.parser import read_article
from bot.articles.problems import (
    IS_DRAFT_KIND,
    keep_gravest,
    make_error,
    make_warning,
    sort_problems,
)
from bot.texts import problems as texts

# Takes how many files are done, and of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What came of one file: the article, if it can be served, and what is wrong with it."""

    signature: Signature | None
    sha256: str
    characters: int
    article: Article | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An earlier version that stands in for a file, parsed, and which one it is."""

    parsed_file: ParsedFile
    version: LastVersion


@dataclass(frozen=True, slots=True)
class Library:
    """The articles of a folder, in the order of their file names.

    ``parsed_files`` are all files of the folder that could be read, by name. ``ignored`` says of
    each pattern of ignored names how many folders and articles it left out. ``kept`` are the
    earlier versions that are served in place of files that can't be, by name; ``unfound`` are the
    files whose earlier version was looked for in vain.
    """

    articles: tuple[Article, ...] = ()
    parsed_files: Mapping[str, ParsedFile] = field(default_factory=dict, repr=False, compare=False)
    ignored: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
    kept: Mapping[str, KeptFile] = field(default_factory=dict, repr=False, compare=False)
    unfound: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    @property
    def is_of_folder(self) -> bool:
        """Whether any article is served as its file in the folder is now."""
        return len(self.articles) > len(self.kept)

    def count_passages(self) -> int:
        """Count the passages of all articles."""
        return sum(len(section.passages) for _, section in self.sections())

    def find_known(self, name: str, sha256: str) -> ParsedFile | None:
        """Give what was parsed of a version of a file; None if that version is not in here."""
        kept = self.kept.get(name)
        for parsed_file in (self.parsed_files.get(name), kept and kept.parsed_file):
            if parsed_file and parsed_file.article and parsed_file.sha256 == sha256:
                return parsed_file
        return None

    def sections(self) -> Iterator[tuple[Article, Section]]:
        """Give every section with its article, in order."""
        for article in self.articles:
            for section in article.sections:
                yield article, section

    def passages(self) -> Iterator[tuple[Article, Section, Passage]]:
        """Give every passage with its section and article, in order."""
        for article, section in self.sections():
            for passage in section.passages:
                yield article, section, passage


def build(  # noqa: PLR0913 (most have defaults that say it)
    folder: Path,
    limits: FolderLimits | None = None,
    progress: Progress | None = None,
    before: Library | None = None,
    report: Report | None = None,
    *,
    last_good: LastGood | None = None,
    overlay: Overlay | None = None,
) -> tuple[Library, list[Problem]]:
    """Read a folder. Never raises for what lies in it: a file that can't be served is a Problem.

    Problems come sorted by file and line. Of files that are the same byte for byte, the first is
    served. ``progress`` is called after each file. Whatever is still as it was in the library
    ``before``, of the same folder, is taken from there. ``report`` is called with each fault of
    the program; the file's Problem has its id. From ``last_good`` comes what stands in for files
    that can't be served. It is read as though the files of ``overlay`` lay in it.
    """
    limits = limits or FolderLimits()
    overlay = overlay or Overlay()
    before = before or Library()
    stand_ins = _StandIns(last_good or NothingKept(), before, limits, report)
    with Folder(folder) as opened:
        listing = find_files(opened, limits)
        names = overlay.list_articles(listing.names)
        builder = _Builder(limits, keep_gravest(listing.problems), stand_ins)
        for done, name in enumerate(names, 1):
            content = overlay.files.get(name)
            if content is None:
                parse = partial(_parse_file, opened, name, limits, before.parsed_files.get(name))
            else:
                parse = partial(_parse_content, name, content, limits)
            outcome = contain(name, parse)
            if progress:
                progress(done, len(names))
            if report and isinstance(outcome, Incident):
                report(outcome)
            is_within_limits = builder.add(name, outcome)
            if not is_within_limits:
                builder.add_left_out(names[done - 1 :])
                break
    severities = [problem.severity for problem in listing.problems]
    has_error = not names or "error" in severities
    for name in find_hidden(set(stand_ins.names()) - overlay.files.keys(), listing, limits):
        builder.add_hidden(name, has_error=has_error)
    unload_library()
    return builder.finish(folder, listing.ignored, is_empty=not names)


def _parse_file(
    folder: Folder, name: str, limits: FolderLimits, before: ParsedFile | None
) -> ParsedFile | Problem:
    """Read and parse a file, or give what came of it before if it is the same."""
    if before and is_unchanged(folder, name, before.signature, limits):
        return before
    source = read_file(folder, name, limits)
    if isinstance(source, Problem):
        return source
    if before and before.sha256 == source.sha256:
        return replace(before, signature=source.signature)
    return _parse_source(source)


def _parse_source(source: SourceFile) -> ParsedFile:
    article, problems = read_article(source)
    kept_problems = keep_gravest(problems)
    return ParsedFile(
        signature=source.signature,
        sha256=source.sha256,
        characters=len(source.text),
        article=article,
        problems=tuple(kept_problems),
    )


class _StandIns:
    """Finds what stands in for a file that can't be served."""

    def __init__(
        self, last_good: LastGood, before: Library, limits: FolderLimits, report: Report | None
    ) -> None:
        self._last_good = last_good
        self._before = before
        self._limits = limits
        self._report = report
        self.names = last_good.names
        # By name, the last good versions that could not be had.
        self.unfound: dict[str, LastVersion] = {}

    def find(self, name: str) -> KeptFile | None:
        """Give the last good version of a file, parsed; None where there is none."""
        version = self._last_good.find(name)
        if version is None:
            return None
        parsed_file = self._before.find_known(name, version.sha256)
        if parsed_file is None:
            parsed_file = self._parse(name, version)
        if parsed_file is None:
            self.unfound[name] = version
            return None
        return KeptFile(parsed_file, version)

    def _parse(self, name: str, version: LastVersion) -> ParsedFile | None:
        content = self._last_good.read(version.sha256)
        if content is None:
            return None
        outcome = contain(name, partial(_parse_content, name, content, self._limits))
        if isinstance(outcome, Incident) and self._report:
            self._report(outcome)
        if isinstance(outcome, ParsedFile) and outcome.article:
            return outcome
        # The program reads it otherwise now than when it was served.
        return None


def _parse_content(name: str, content: bytes, limits: FolderLimits) -> ParsedFile | Problem:
    source = make_source(name, content, limits)
    return source if isinstance(source, Problem) else _parse_source(source)


class _Builder:
    """What was read of a folder up to now."""

    def __init__(self, limits: FolderLimits, problems: list[Problem], stand_ins: _StandIns) -> None:
        self._limits = limits
        self._problems = problems
        self._stand_ins = stand_ins
        self._to_serve: dict[str, Article] = {}  # by name
        self._articles: dict[str, Article] = {}  # that are served, by id
        self._files: dict[str, str] = {}  # that are served, by the SHA-256 of their bytes
        self._parsed_files: dict[str, ParsedFile] = {}  # by name
        self._kept: dict[str, KeptFile] = {}  # by name
        self._names_with_error: set[str] = set()
        self._characters = 0

    def add(self, name: str, outcome: ParsedFile | Problem | Incident) -> bool:
        """Add what came of a file; False where the folder is too large with it."""
        if isinstance(outcome, ParsedFile):
            return self._add_parsed_file(name, outcome)
        problem = outcome.problem if isinstance(outcome, Incident) else outcome
        self._problems.append(problem)
        self._keep(name, has_error=problem.severity == "error")
        return True

    def add_hidden(self, name: str, *, has_error: bool) -> None:
        """Add a file of which nobody can say whether it is there; see ``describe_kept``."""
        self._keep(name, has_error=has_error)

    def add_left_out(self, names: Iterable[str]) -> None:
        """Add the files for which there is no room any more."""
        for name in names:
            self._keep(name, has_error=True)

    def _add_parsed_file(self, name: str, parsed_file: ParsedFile) -> bool:
        self._parsed_files[name] = parsed_file
        self._characters += parsed_file.characters
        limit = self._limits.folder_bytes
        if self._characters > limit:
            problem = make_error(texts.TOO_MANY_CHARACTERS, name, limit=limit)
            self._problems.append(problem)
            return False
        self._problems += parsed_file.problems
        if parsed_file.article is not None:
            self._to_serve[name] = parsed_file.article
            # What is in the folder goes before what stands in for something else.
            self._files.setdefault(parsed_file.sha256, name)
            return True
        is_draft = any(problem.kind == IS_DRAFT_KIND for problem in parsed_file.problems)
        if not is_draft:
            severities = [problem.severity for problem in parsed_file.problems]
            self._keep(name, has_error="error" in severities)
        return True

    def _keep(self, name: str, *, has_error: bool) -> None:
        """Let the last good version of a file stand in for it, if there is one."""
        kept = self._stand_ins.find(name)
        if kept is not None and kept.parsed_file.article is not None:
            self._kept[name] = kept
            self._to_serve[name] = kept.parsed_file.article
            if has_error:
                self._names_with_error.add(name)

    def _serve_all(self) -> None:
        """Serve what was added in the order of the names, but nothing twice."""
        for name, article in sorted(self._to_serve.items()):
            kept = self._kept.get(name)
            original = self._files.setdefault(article.sha256, name)
            if original == name:
                self._add_article(name, article)
                if kept:
                    self._describe_kept(name, kept.version)
            elif kept:
                # Another file has the same words now.
                del self._kept[name]
            else:
                problem = make_warning(texts.COPY, name, other=original)
                self._problems.append(problem)

    def _describe_kept(self, name: str, version: LastVersion) -> None:
        has_error = name in self._names_with_error
        problem = describe_kept(name, version, has_error=has_error)
        self._problems.append(problem)

    def _add_article(self, name: str, article: Article) -> None:
        """Serve an article under an id of its own."""
        short_id, long_id = possible_ids(name)
        new_id = long_id if short_id in self._articles else short_id
        if new_id != article.id:
            article = replace(article, id=new_id)
            self._remember(name, article)
        self._articles[new_id] = article

    def _remember(self, name: str, article: Article) -> None:
        """Let the next reading be given the very same object."""
        kept = self._kept.get(name)
        if kept:
            parsed_file = replace(kept.parsed_file, article=article)
            self._kept[name] = replace(kept, parsed_file=parsed_file)
        else:
            self._parsed_files[name] = replace(self._parsed_files[name], article=article)

    def finish(
        self, folder: Path, ignored: Mapping[str, int], *, is_empty: bool
    ) -> tuple[Library, list[Problem]]:
        """Give the library, and all problems by file, line and column.

        ``is_empty``: no file was listed in the folder.
        """
        self._serve_all()
        unfound = self._stand_ins.unfound
        self._problems += [describe_unfound(name, one) for name, one in unfound.items()]
        articles = tuple(self._articles.values())
        library = Library(articles, self._parsed_files, ignored, self._kept, frozenset(unfound))
        folder_errors = [
            problem
            for problem in self._problems
            if problem.severity == "error" and problem.file not in self._kept
        ]
        if not folder_errors and (is_empty or not articles):
            name = folder.name or str(folder)
            problem = make_error(texts.FOLDER_EMPTY, name, suffixes=describe_suffixes())
            self._problems.append(problem)
        return library, sort_problems(self._problems)
