"""A folder of articles as one immutable snapshot, and all that is wrong with it.

In: a folder. Out: a Library and Problems. A library knows how each file was parsed. When the
folder is read again, an unchanged file gives the very same objects. It is not parsed again; where
its folder's entry shows that it is unchanged, it is not even opened. What comes out is what
reading everything anew would give.

A fault of the program while it reads a file costs that file alone. Such a file is not kept. So it
is read again every time: by a program that was mended meanwhile, or with more memory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bot.articles.files import Signature, is_unchanged, read_file
from bot.articles.folder import Folder, FolderLimits
from bot.articles.formats import describe_suffixes
from bot.articles.incidents import Incident, Report, contain
from bot.articles.languages import unload_library
from bot.articles.listing import find_files
from bot.articles.model import Article, Passage, Problem, Section, possible_ids
from bot.articles.parser import read_article
from bot.articles.problems import keep_gravest, make_error, make_warning, sort_problems
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
class Library:
    """The articles of a folder, in the order of their file names.

    ``parsed_files`` are all files of the folder that could be read, by name. ``ignored`` says of
    each pattern of ignored names how many folders and articles it left out.
    """

    articles: tuple[Article, ...] = ()
    parsed_files: Mapping[str, ParsedFile] = field(default_factory=dict, repr=False, compare=False)
    ignored: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)

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


def build(
    folder: Path,
    limits: FolderLimits | None = None,
    progress: Progress | None = None,
    before: Library | None = None,
    report: Report | None = None,
) -> tuple[Library, list[Problem]]:
    """Read a folder. Never raises for what lies in it: a file that can't be served is a Problem.

    Problems come sorted by file and line. Of files that are the same byte for byte, the first is
    served. ``progress`` is called after each file. Whatever is still as it was in the library
    ``before``, of the same folder, is taken from there. ``report`` is called with each fault of
    the program; the file's Problem has its id.
    """
    limits = limits or FolderLimits()
    parsed_before = before.parsed_files if before else {}
    with Folder(folder) as opened:
        listing = find_files(opened, limits)
        names = listing.names
        builder = _Builder(limits, keep_gravest(listing.problems))
        for done, name in enumerate(names, 1):
            parse = partial(_parse_file, opened, name, limits, parsed_before.get(name))
            outcome = contain(name, parse)
            if progress:
                progress(done, len(names))
            if report and isinstance(outcome, Incident):
                report(outcome)
            is_within_limits = builder.add(name, outcome)
            if not is_within_limits:
                break
    unload_library()
    return builder.finish(folder, listing.ignored)


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
    article, problems = read_article(source)
    kept_problems = keep_gravest(problems)
    return ParsedFile(
        signature=source.signature,
        sha256=source.sha256,
        characters=len(source.text),
        article=article,
        problems=tuple(kept_problems),
    )


class _Builder:
    """What was read of a folder up to now."""

    def __init__(self, limits: FolderLimits, problems: list[Problem]) -> None:
        self._limits = limits
        self._problems = problems
        self._articles: dict[str, Article] = {}  # by id
        self._files: dict[str, str] = {}  # that are served, by the SHA-256 of their bytes
        self._parsed_files: dict[str, ParsedFile] = {}  # by name
        self._characters = 0

    def add(self, name: str, outcome: ParsedFile | Problem | Incident) -> bool:
        """Add what came of a file; False where the folder is too large with it."""
        if isinstance(outcome, Incident):
            self._problems.append(outcome.problem)
            return True
        if isinstance(outcome, Problem):
            self._problems.append(outcome)
            return True
        self._parsed_files[name] = outcome
        self._characters += outcome.characters
        limit = self._limits.folder_bytes
        if self._characters > limit:
            problem = make_error(texts.TOO_MANY_CHARACTERS, name, limit=limit)
            self._problems.append(problem)
            return False
        self._problems += outcome.problems
        if outcome.article is not None:
            self._add_article(name, outcome, outcome.article)
        return True

    def _add_article(self, name: str, parsed_file: ParsedFile, article: Article) -> None:
        """Serve an article under an id of its own, unless it is a copy of another one."""
        original = self._files.setdefault(parsed_file.sha256, name)
        if original != name:
            problem = make_warning(texts.COPY, name, other=original)
            self._problems.append(problem)
            return
        short_id, long_id = possible_ids(name)
        new_id = long_id if short_id in self._articles else short_id
        if new_id != article.id:
            article = replace(article, id=new_id)
            # The next reading is given the very same object.
            self._parsed_files[name] = replace(parsed_file, article=article)
        self._articles[new_id] = article

    def finish(self, folder: Path, ignored: Mapping[str, int]) -> tuple[Library, list[Problem]]:
        """Give the library, and all problems by file, line and column."""
        articles = tuple(self._articles.values())
        library = Library(articles, self._parsed_files, ignored)
        has_error = any(problem.severity == "error" for problem in self._problems)
        if not articles and not has_error:
            name = folder.name or str(folder)
            problem = make_error(texts.FOLDER_EMPTY, name, suffixes=describe_suffixes())
            self._problems.append(problem)
        return library, sort_problems(self._problems)
