"""The text of one file into an Article, whatever its format.

In: a file as it was read. Out: the article, or None with the problem that says why not, and all
other problems. A draft is None with a note. The front matter wins over what the body says of
itself.
"""

from collections.abc import Sequence

from bot.articles.blocks import Block, Draft
from bot.articles.checks import (
    find_invisible,
    find_long_sentences,
    find_repeated_headings,
    has_invisible,
)
from bot.articles.encodings import name_encoding
from bot.articles.files import SourceFile
from bot.articles.formats import find_format
from bot.articles.front_matter import read_front_matter
from bot.articles.languages import DEFAULT_LANGUAGE, find_language
from bot.articles.lines import Lines
from bot.articles.model import UTF_8, Article, Problem, possible_ids
from bot.articles.problems import make_error, make_note
from bot.articles.questions import read_questions
from bot.articles.sections import make_sections
from bot.articles.titles import choose_title
from bot.articles.turns import read_turns
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
    problems += _list_reading_notes(source)
    stated = front_matter.values
    file_format = find_format(file)
    draft = source.extracted.draft if source.extracted else None
    if draft is None:
        draft = file_format.parse(file, lines, front_matter.body_line)
    problems += draft.problems
    title = choose_title(file, stated.get("title", ""), draft)
    language = stated.get("language") or draft.language or _find_language(draft)
    sections = make_sections(file, lines, _read_headings(lines.text, title.blocks), language)
    if not any(section.passages for section in sections):
        # A stub is no fault; a document out of which no text can be taken is one.
        make_problem = make_error if file_format.extract else make_note
        problems.append(make_problem(file_format.no_text, file))
        return None, problems
    problems += find_invisible(file, lines)
    if has_invisible(title.text):
        line = front_matter.lines.get("title", 1)
        problems.append(make_error(texts.TITLE_INVISIBLE, file, line))
        return None, problems
    problems += find_repeated_headings(sections)
    problems += find_long_sentences(sections)
    short_id, _ = possible_ids(file)
    extracted_author = source.extracted.author if source.extracted else ""
    article = Article(
        file=file,
        line=1,
        start=0,
        end=len(source.text),
        id=short_id,
        title=title.text,
        author=stated.get("author") or draft.author or extracted_author,
        date=stated.get("date") or draft.date,
        source=stated.get("source") or draft.source,
        language=language,
        sections=sections,
        text=source.text,
        sha256=source.sha256,
        aliases=front_matter.aliases,
        keywords=tuple(dict.fromkeys((*front_matter.keywords, *draft.keywords))),
        roles=front_matter.roles,
        decoding=source.decoding,
    )
    problems.sort(key=_place)
    return article, problems


def _find_language(draft: Draft) -> str:
    """Find the language of an article that states none."""
    prose = [block.plain for block in draft.blocks if block.form.kind not in _NOT_PROSE]
    return find_language(prose) or DEFAULT_LANGUAGE


def _list_reading_notes(source: SourceFile) -> list[Problem]:
    """Say as what the file was read, where it is no UTF-8, and what of it was left out."""
    notes = []
    is_utf_8 = source.decoding.encoding == UTF_8.encoding
    if not is_utf_8 and not source.decoding.extractor:
        encoding = name_encoding(source.decoding.encoding)
        notes.append(make_note(texts.READ_AS_ENCODING, source.name, encoding=encoding))
    if source.extracted is not None:
        left_out = source.extracted.notes
        notes += [make_note(text, source.name, **values) for text, values in left_out]
    return notes


def _read_headings(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Make headings of the turns of a transcript, and of questions.

    A question that a speaker asks is a turn. What was "Q:" and "A:" is none.
    """
    turns = read_turns(text, blocks)
    return read_turns(text, read_questions(text, turns))


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column
