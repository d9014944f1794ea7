"""The text of one file into an Article, whatever its format.

In: a file as it was read. Out: the article, or None with the error that says why not, and all other
problems. A draft is None with a note. The front matter wins over what the body says of itself.
"""

from pathlib import PurePosixPath

from bot.articles.blocks import Draft
from bot.articles.checks import (
    find_invisible,
    find_long_sentences,
    find_repeated_headings,
    has_invisible,
)
from bot.articles.files import SourceFile
from bot.articles.formats import find_format
from bot.articles.front_matter import read_front_matter
from bot.articles.languages import DEFAULT_LANGUAGE, find_language
from bot.articles.lines import Lines
from bot.articles.model import Article, Problem
from bot.articles.problems import make_error, make_note
from bot.articles.questions import read_questions
from bot.articles.sections import make_sections
from bot.articles.titles import choose_title
from bot.texts import problems as texts

# Names and figures more than words: they tell no language.
_NOT_PROSE = ("code", "table")


def read_article(source: SourceFile) -> tuple[Article | None, list[Problem]]:
    """Parse one file. Problems come in the order of their lines.

    Raises ValueError where the name has the ending of no format.
    """
    file = source.name
    lines = Lines(source.text)
    front_matter, problems = read_front_matter(file, lines)
    if front_matter.is_draft:
        return None, [*problems, make_note(texts.IS_DRAFT, file)]
    stated = front_matter.values
    draft = find_format(file).parse(file, lines, front_matter.body_line)
    problems += draft.problems
    title = choose_title(file, stated.get("title", ""), draft)
    language = stated.get("language") or _find_language(draft)
    blocks = read_questions(lines.text, title.blocks)
    sections = make_sections(file, lines, blocks, language)
    if not any(section.passages for section in sections):
        problems.append(make_error(texts.NO_TEXT, file))
        return None, problems
    problems += find_invisible(file, lines)
    if has_invisible(title.text):
        line = front_matter.lines.get("title", 1)
        problems.append(make_error(texts.TITLE_INVISIBLE, file, line))
        return None, problems
    problems += find_repeated_headings(sections)
    problems += find_long_sentences(sections)
    path_without_suffix = PurePosixPath(file).with_suffix("")
    author = stated.get("author") or draft.author
    date = stated.get("date") or draft.date
    article = Article(
        file=file,
        line=1,
        start=0,
        end=len(source.text),
        id=str(path_without_suffix),
        title=title.text,
        author=author,
        date=date,
        source=stated.get("source", ""),
        language=language,
        sections=sections,
        text=source.text,
        sha256=source.sha256,
        aliases=front_matter.aliases,
        keywords=tuple(dict.fromkeys((*front_matter.keywords, *draft.keywords))),
    )
    problems.sort(key=_place)
    return article, problems


def _find_language(draft: Draft) -> str:
    """Find the language of an article that states none."""
    prose = [block.plain for block in draft.blocks if block.form.kind not in _NOT_PROSE]
    return find_language(prose) or DEFAULT_LANGUAGE


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column
