"""A folder of articles as one immutable snapshot, and all that was wrong with it.

A library knows how each file was read. When the folder is read again, a file that is still the same gives the same
article, the very object, and the same problems; it is neither parsed nor, where its folder's entry shows that it is
unchanged, opened. What comes out is what reading everything anew would give.

A fault of the program while it reads a file costs that file alone. What came of it is not kept, so
the file is read again every time: by a program that was mended meanwhile, or with more memory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bot.articles.files import Signature, is_unchanged, read_file
from bot.articles.folder import Folder, FolderLimits
from bot.articles.incidents import Incident, Report, contain
from bot.articles.listing import find_files
from bot.articles.model import Article, Passage, Problem, Section
from bot.articles.parser import read_article
from bot.articles.problems import keep_gravest

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
    """The articles of a folder, in the order of their file names; ``parsed_files`` are its files by name."""

    articles: tuple[Article, ...] = ()
    parsed_files: Mapping[str, ParsedFile] = field(default_factory=dict, repr=False, compare=False)

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

    Problems come sorted by file and line. Two files whose names differ only in their ending would share
    an id: the second is left out. ``progress`` is told after each file how many are done, of how many. What is
    still as it was in the library ``before``, of the same folder, is taken from there. ``report`` is
    told each fault of the program; the file's Problem has its id.
    """
    limits = limits or FolderLimits()
    articles: dict[str, Article] = {}
    parsed_files: dict[str, ParsedFile] = {}
    size = 0
    with Folder(folder) as opened:
        names, found = find_files(opened, limits)
        problems = keep_gravest(found)
        for done, name in enumerate(names, 1):
            known = before.parsed_files.get(name) if before else None
            parsed_file = contain(name, partial(_read, opened, name, limits, known))
            if progress:
                progress(done, len(names))
            if isinstance(parsed_file, Incident):
                problems.append(parsed_file.problem)
                if report:
                    report(parsed_file)
                continue
            if isinstance(parsed_file, Problem):
                problems.append(parsed_file)
                continue
            parsed_files[name] = parsed_file
            size += parsed_file.characters
            if size > limits.folder_bytes:
                what = f"the folder holds more than {limits.folder_bytes:,} characters"
                problems.append(
                    Problem(name, 1, 0, "error", what, "this file and all after it are left out")
                )
                break
            problems += parsed_file.problems
            article = parsed_file.article
            if article is not None and article.id in articles:
                what = f"has the same name as {articles[article.id].file}"
                problems.append(Problem(name, 1, 0, "error", what, "rename one of the two"))
            elif article is not None:
                articles[article.id] = article
    library = Library(tuple(articles.values()), parsed_files)
    if not library.articles and not any(problem.severity == "error" for problem in problems):
        what = "the folder holds no articles"
        problems.append(
            Problem(
                folder.name or str(folder), 1, 0, "error", what, "put .md or .txt files into it"
            )
        )
    return library, sorted(
        problems, key=lambda problem: (problem.file, problem.line, problem.column)
    )


def _read(
    folder: Folder, name: str, limits: FolderLimits, before: ParsedFile | None
) -> ParsedFile | Problem:
    """Read a file, or take what came of it before if it is the same."""
    if before and is_unchanged(folder, name, before.signature, limits):
        return before
    source = read_file(folder, name, limits)
    if isinstance(source, Problem):
        return source
    if before and before.sha256 == source.sha256:
        return replace(before, signature=source.signature)
    article, problems = read_article(source)
    return ParsedFile(
        source.signature, source.sha256, len(source.text), article, tuple(keep_gravest(problems))
    )
