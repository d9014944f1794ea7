"""A folder of articles as one immutable snapshot, and all that was wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.articles.files import Limits, find_files, read_file
from bot.articles.formats import read_article
from bot.articles.model import Article, Passage, Problem, Section


@dataclass(frozen=True, slots=True)
class Library:
    """The articles of a folder, in the order of their file names."""

    articles: tuple[Article, ...] = ()

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


def build(folder: Path, limits: Limits | None = None) -> tuple[Library, list[Problem]]:
    """Read a folder. Never raises for what lies in it: a file that can't be served is a Problem.

    Problems come sorted by file and line. Two files whose names differ only in their ending would share
    an id: the second is left out.
    """
    limits = limits or Limits()
    names, problems = find_files(folder, limits)
    articles: dict[str, Article] = {}
    size = 0
    for name in names:
        source = read_file(folder, name, limits)
        if isinstance(source, Problem):
            problems.append(source)
            continue
        size += len(source.text)
        if size > limits.folder_bytes:
            what = f"the folder holds more than {limits.folder_bytes:,} characters"
            problems.append(Problem(name, 1, 0, "error", what, "this file and all after it are left out"))
            break
        article, found = read_article(source)
        problems += found
        if article is not None and article.id in articles:
            what = f"has the same name as {articles[article.id].file}"
            problems.append(Problem(name, 1, 0, "error", what, "rename one of the two"))
        elif article is not None:
            articles[article.id] = article
    library = Library(tuple(articles.values()))
    if not library.articles and not any(problem.severity == "error" for problem in problems):
        what = "the folder holds no articles"
        problems.append(Problem(folder.name or str(folder), 1, 0, "error", what, "put .md or .txt files into it"))
    return library, sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column))
