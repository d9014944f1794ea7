"""What ``check`` prints: what is served of a folder, and each kind of problem once.

In: a knowledge base and the problems of its folder. Out: text for an editor: about a screen for a
folder of any size in which little is wrong, or everything in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rich.text import Text

from bot.articles.formats import ARTICLE_SUFFIXES
from bot.articles.problems import group_problems
from bot.terminal import INDENT, print_indented, print_line, print_sections, styled
from bot.texts import common
from bot.texts import terminal as texts
from bot.visible import keep_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from bot.articles.library import Library
    from bot.articles.model import Article, Problem
    from bot.articles.problems import ProblemGroup
    from bot.knowledge_base import KnowledgeBase

_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
# So many articles, or the first of them, and so many sub-folders are listed.
_MOST_ARTICLES = 12
_MOST_FOLDERS = 12
# So many places are named of one kind of problem.
_MOST_PLACES = 3


def print_check(
    console: Console,
    knowledge_base: KnowledgeBase,
    problems: Sequence[Problem],
    *,
    is_full: bool = False,
) -> None:
    """Print what was understood of the folder, then what is wrong with it.

    ``problems`` are all that were found. ``is_full``: with every section and every problem.
    """
    library = knowledge_base.library
    if is_full:
        print_sections(console, library.articles)
        if library.articles and problems:
            console.print()
        _print_problems(console, problems)
    else:
        _print_library(console, library, problems)
        _print_groups(console, group_problems(problems))
    if library.articles or problems:
        console.print()
    _print_embedding(console, knowledge_base)
    served = _count_served(knowledge_base)
    counts = _count_problems(problems)
    print_line(console, texts.CHECKED(served=served, problems=counts), "bold")


def _print_library(console: Console, library: Library, problems: Sequence[Problem]) -> None:
    """Print what is served of the folder as a whole, of its sub-folders and of its files."""
    articles = library.articles
    if articles:
        passages = _count_passages(articles)
        served = texts.SERVED(articles=_count(articles), passages=common.PASSAGES(passages))
        print_line(console, served, "bold")
        suffixes = (PurePosixPath(article.file).suffix.lower() for article in articles)
        languages = (article.language for article in articles)
        print_indented(console, styled(texts.FORMATS(counts=_tally(suffixes))))
        print_indented(console, styled(texts.LANGUAGES(counts=_tally(languages))))
    not_served = _find_not_served(library, problems)
    if not_served:
        print_indented(console, styled(texts.NOT_SERVED(len(not_served))))
    if library.kept:
        print_indented(console, styled(texts.KEPT(len(library.kept))))
    if library.ignored:
        counts = texts.DETAILS_SEPARATOR.join(
            texts.TALLY(name=pattern, count=count) for pattern, count in library.ignored.items()
        )
        print_indented(console, styled(texts.IGNORED(counts=counts)))
    _print_folders(console, articles)
    _print_articles(console, articles)


def _print_embedding(console: Console, knowledge_base: KnowledgeBase) -> None:
    """Print whether passages are found by their meaning, where a model is set."""
    if knowledge_base.embedding is None:
        return
    passages = _count_passages(knowledge_base.library.articles)
    for line in knowledge_base.embedding.status.describe(passages):
        print_line(console, keep_visible(line), "")


def _find_not_served(library: Library, problems: Sequence[Problem]) -> set[str]:
    """Give the files that look like articles and are not served."""
    bad = {problem.file for problem in problems if problem.severity == "error"}
    articles = {name for name in bad if name.lower().endswith(ARTICLE_SUFFIXES)}
    served = {article.file for article in library.articles}
    return (articles | library.parsed_files.keys()) - served


def _print_folders(console: Console, articles: Sequence[Article]) -> None:
    """Print what the sub-folders hold, those with the most articles, if there are any."""
    by_folder: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        folder, slash, _ = article.file.partition("/")
        by_folder[folder if slash else ""].append(article)
    if list(by_folder) in ([], [""]):
        return
    console.print()
    largest_first = sorted(by_folder, key=lambda name: -len(by_folder[name]))
    for name in sorted(largest_first[:_MOST_FOLDERS]):
        inside = by_folder[name]
        passages = common.PASSAGES(_count_passages(inside))
        folder = texts.FOLDER(name=name) if name else texts.TOP_FOLDER
        line = texts.FOLDER_LINE(folder=folder, articles=_count(inside), passages=passages)
        print_indented(console, styled(line))
    left_out = len(by_folder) - _MOST_FOLDERS
    if left_out > 0:
        print_indented(console, styled(texts.MORE_FOLDERS(left_out), "dim"))


def _print_articles(console: Console, articles: Sequence[Article]) -> None:
    """Print under which title each file is served, of the first files."""
    if not articles:
        return
    console.print()
    for article in articles[:_MOST_ARTICLES]:
        passages = common.PASSAGES(_count_passages([article]))
        line = Text(" " * INDENT)
        line.append(styled(keep_visible(article.title), "bold"))
        line.append(styled(texts.ARTICLE_FILE(file=article.file, passages=passages), "dim"))
        console.print(line, soft_wrap=True)
    left_out = len(articles) - _MOST_ARTICLES
    if left_out > 0:
        print_indented(console, styled(texts.MORE_ARTICLES(left_out), "dim"))


def _print_groups(console: Console, groups: Sequence[ProblemGroup]) -> None:
    """Print each kind of problem with its count, its hint and the first places."""
    for group in groups:
        console.print()
        severity = group.severity
        count = texts.PROBLEM_COUNTS[severity](len(group.problems))
        line = styled(count, _SEVERITY_STYLES[severity])
        line.append(styled(texts.PROBLEM_KIND(message=group.message)))
        console.print(line, soft_wrap=True)
        for problem in group.problems[:_MOST_PLACES]:
            place = texts.PLACE(place=problem.place)
            if problem.what != group.what:
                place = texts.PLACE_WITH_TEXT(place=problem.place, what=problem.what)
            console.print(styled(place), soft_wrap=True)


def _print_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Print each problem on a line of its own, which editors make clickable."""
    for problem in problems:
        severity = problem.severity
        place, _, rest = str(problem).partition(f" {severity}: ")
        line = styled(f"{place} ")
        line.append(severity, _SEVERITY_STYLES[severity])
        line.append(styled(f": {rest}"))
        console.print(line, soft_wrap=True)


def _tally(names: Iterable[str]) -> str:
    """Say how often each name occurs, the most frequent first."""
    counted = Counter(names).most_common()
    return texts.DETAILS_SEPARATOR.join(texts.TALLY(name=name, count=n) for name, n in counted)


def _count(articles: Sequence[Article]) -> str:
    return common.ARTICLES(len(articles))


def _count_passages(articles: Iterable[Article]) -> int:
    return sum(len(section.passages) for article in articles for section in article.sections)


def _count_served(knowledge_base: KnowledgeBase) -> str:
    articles = knowledge_base.library.articles
    counts = [
        _count(articles),
        common.SECTIONS(sum(len(article.sections) for article in articles)),
        common.PASSAGES(_count_passages(articles)),
    ]
    synonyms = knowledge_base.synonym_count
    if synonyms:
        counts.append(texts.SYNONYM_COUNT(synonyms))
    if knowledge_base.links:
        counts.append(texts.LINK_COUNT(len(knowledge_base.links)))
    return ", ".join(counts)


def _count_problems(problems: Sequence[Problem]) -> str:
    found = Counter[str](problem.severity for problem in problems)
    return ", ".join(say(found[severity]) for severity, say in texts.PROBLEM_COUNTS.items())
