"""The text of one file into an Article, whatever its format.

In: a file as it was read. Out: the article, or None with the error that says why not, and all other
problems. The header wins over what the body says of itself.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from bot.articles.blocks import Block, Draft
from bot.articles.files import SourceFile
from bot.articles.formats import find_format
from bot.articles.front_matter import Header, read_front_matter
from bot.articles.lines import Lines
from bot.articles.model import Article, Problem, Section, Sentence
from bot.articles.passages import PASSAGE_WORDS, split_passages
from bot.articles.sentences import split_sentences

# Control characters other than tab, newlines and form feed; bidirectional controls; invisible fillers and tags.
_HIDDEN = re.compile(
    "[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]"
)


def read_article(source: SourceFile) -> tuple[Article | None, list[Problem]]:
    """Understand one file. Problems come in the order of their lines."""
    lines = Lines(source.text)
    header, problems = read_front_matter(source.name, lines)
    if header is None:
        return None, problems
    draft = find_format(source.name).parse(source.name, lines, header.body_line)
    problems += draft.problems
    about_title: list[Problem] = []
    title, blocks = _take_title(source, header, draft, about_title)
    sections = _sections(source.name, lines, blocks, header.values.get("language") or "en")
    if not any(section.passages for section in sections):
        problems.append(
            Problem(
                source.name,
                1,
                0,
                "error",
                "holds no text",
                "write at least one sentence below the title",
            )
        )
        return None, problems
    problems += about_title
    problems += _find_hidden(source.name, lines)
    if _HIDDEN.search(title):
        line = header.lines.get("title", 1)
        problems.append(
            Problem(
                source.name,
                line,
                0,
                "error",
                "the title holds a character that can't be seen",
                "type it anew",
            )
        )
        return None, problems
    problems += _find_repeated(sections)
    problems += _find_long(sections)
    article = Article(
        source.name, 1, 0, len(source.text),
        id=str(PurePosixPath(source.name).with_suffix("")),
        title=title,
        author=header.values.get("author") or draft.author,
        date=header.values.get("date") or draft.date,
        source=header.values.get("source") or "",
        language=header.values.get("language") or "en",
        sections=sections,
        text=source.text,
        sha256=source.sha256,
    )  # fmt: skip
    return article, sorted(problems, key=lambda problem: (problem.line, problem.column))


def _take_title(
    source: SourceFile, header: Header, draft: Draft, problems: list[Problem]
) -> tuple[str, list[Block]]:
    """Find the title, and take the heading that only repeats or states it out of the blocks."""
    blocks = draft.blocks
    title = header.values.get("title") or draft.title
    headings = [block for block in blocks if block.level]
    first = headings[0] if headings else None
    if first is not None and (first is blocks[0] or not title):
        is_alone = all(block.level > first.level for block in headings[1:])
        is_top = is_alone and (first.level == 1 or not title)
        if is_top or _folded(first.plain) == _folded(title):
            blocks = [block for block in blocks if block is not first]
        if not title:
            title = " ".join(first.plain.split())
            line = Lines(source.text).number(first.start)
            what = f'no title in the header; the first heading serves: "{title}"'
            problems.append(
                Problem(
                    source.name,
                    line,
                    1,
                    "warning",
                    what,
                    "put `title: …` between --- lines at the top",
                )
            )
    if not title:
        title = PurePosixPath(source.name).stem
        what = f'no title found; the file\'s name serves: "{title}"'
        problems.append(
            Problem(
                source.name,
                1,
                1,
                "warning",
                what,
                "begin the file with a title on a line of its own",
            )
        )
    return title, blocks


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _sections(
    file: str, lines: Lines, blocks: Sequence[Block], language: str
) -> tuple[Section, ...]:
    sections = []
    # Level and text of each; sections share the text, which may be long, with those that they stand under.
    above: list[tuple[int, str]] = []
    for number, group in enumerate(_groups(blocks)):
        heading = group[0] if group[0].level else None
        if heading is not None:
            above = [(level, text) for level, text in above if level < heading.level]
        name = " ".join(heading.plain.split()) if heading else ""
        texts = group[1:] if heading else group
        paragraphs = [_sentences(file, lines, block, language) for block in texts]
        section = Section(
            file, lines.number(group[0].start), group[0].start, group[-1].end,
            number=number + (blocks[0].level > 0),
            heading=name,
            parents=tuple(text for _, text in above),
            passages=split_passages([paragraph for paragraph in paragraphs if paragraph]),
        )  # fmt: skip
        sections.append(section)
        above += [(heading.level, name)] if heading else []
    return tuple(sections)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Cut the blocks before each heading."""
    group: list[Block] = []
    for block in blocks:
        if block.level and group:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _sentences(file: str, lines: Lines, block: Block, language: str) -> list[Sentence]:
    text = block.plain
    if not block.is_whole and not any(map(str.isalnum, text)):
        return []
    spans = [(0, len(text))] if block.is_whole else split_sentences(text, language)
    sentences = []
    for first, last in spans:
        start, end = block.source_span(first, last)
        plain = " ".join(text[first:last].split())
        raw = lines.text[start:end]
        start += len(raw) - len(raw.lstrip())
        raw = raw.strip()
        if not raw:
            continue
        end = start + len(raw)
        sentences.append(
            Sentence(
                file,
                lines.number(start),
                start,
                end,
                raw,
                raw if raw == plain else plain,
                block.form,
            )
        )
    return sentences


def _find_hidden(file: str, lines: Lines) -> list[Problem]:
    found = _HIDDEN.search(lines.text)
    if found is None:
        return []
    what = f"holds a character that can't be seen, U+{ord(found[0]):04X}"
    line, column = lines.number(found.start()), lines.column(found.start())
    return [Problem(file, line, column, "warning", what, "type the word anew")]


def _find_long(sections: Sequence[Section]) -> list[Problem]:
    what = f"the sentence that begins here is longer than {PASSAGE_WORDS} words and is quoted whole"
    return [
        Problem(section.file, sentence.line, 0, "note", what, "end sentences with a full stop")
        for section in sections
        for sentence in section.sentences
        if len(sentence.plain.split()) > PASSAGE_WORDS
    ]


def _find_repeated(sections: Sequence[Section]) -> list[Problem]:
    lines: dict[tuple[str, ...], int] = {}
    problems = []
    for section in sections:
        path = (*section.parents, section.heading)
        if section.heading and path in lines:
            what = f'the heading "{section.heading}" stands in line {lines[path]} already'
            problems.append(
                Problem(
                    section.file,
                    section.line,
                    1,
                    "warning",
                    what,
                    "give each section a name of its own",
                )
            )
        lines.setdefault(path, section.line)
    return problems
