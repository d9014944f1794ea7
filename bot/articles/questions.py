"""Questions that an article answers itself: each becomes the heading of what follows it.

In: the blocks of a file. Out: the same blocks, in which a question alone in its paragraph, or bold
on a line of its own, is a heading, and the labels before questions and answers ("Q:", "A:") are no
text. So a question is found by its words, and what is quoted is its answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.articles.blocks import Block

# Longer ones are thoughts, not what somebody looks for.
_MAX_WORDS = 30
_MAX_CHARACTERS = 200
_QUESTION_END = re.compile(r"[?？؟][\s)]*$")
# What somebody says in a story or an interview is no heading.
_SPEECH = re.compile(r"\s*[\"“”„«»‘’'‚‹—–-]")
# "Q:", "Q1.", "Question 2:" and the like in other languages: Frage, pregunta, вопрос, питання …
_QUESTION_LABEL = re.compile(
    r"\s*(?:Q|Question|F|Frage|Pregunta|P|Pergunta|D|Domanda|Pytanie|Вопрос|В|Питання|Soru|S|Vraag"
    r"|V|问|問)\s?\d{0,3}\s?[:：.)]\s*(?=\S)",
    re.IGNORECASE,
)
# Text that is bold from its beginning to its end, in Markdown or HTML.
_BOLD = re.compile(
    r"\s*(?:(\*\*|__)(?:(?!\1).)+\1|<(b|strong)\b[^<>]*>(?:(?!</\2\b).)+</\2\s*>)\s*",
    re.IGNORECASE | re.DOTALL,
)
# The tag that opens a block stands before it, within so many characters.
_BOLD_TAG = re.compile(r"<(?:b|strong)\b[^<>]*>\s*$", re.IGNORECASE)
_LONGEST_TAG = 80
# What breaks a line in the source of a paragraph.
_LINE_BREAK = re.compile(r"[\n\r]|<br\b", re.IGNORECASE)
_ANSWER_LABEL = re.compile(
    r"\s*(?:A|Answer|Antwort|R|Réponse|Respuesta|Resposta|Risposta|Odpowiedź|O|Ответ|О|Відповідь"
    r"|Cevap|C|Antwoord|答)\s?\d{0,3}\s?[:：]\s*(?=\S)",
    re.IGNORECASE,
)


def read_questions(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Make headings of questions; ``text`` is the decoded file.

    A question is a paragraph, a bold line, or the title of a part that can be folded out, that ends
    in a question mark or begins with a label. Text has to follow it that is no question. Its
    heading stands under the last one of the article. What answers a heading that asks loses its
    label as well; the heading stays as it is written.
    """
    lines = [line for block in blocks for line in _split_at_bold_questions(text, block)]
    parts = [part for line in lines for part in _split_at_answer(text, line)]
    below_each = _find_text_below(parts)
    folded_out = _find_folded_out(parts)
    found: list[Block] = []
    level = 1
    is_answer = False
    for block, below in zip(parts, below_each, strict=False):
        if block.level:
            level = block.level
            is_answer = _QUESTION_END.search(block.plain) is not None
            found.append(block)
        elif id(block) not in folded_out and _is_followed(block, below):
            found.append(_make_heading(block, level + 1))
            is_answer = True
        else:
            found.append(_cut_label(block, _ANSWER_LABEL) if is_answer else block)
    return found


def is_question_label(name: str) -> bool:
    """Say whether a name before a colon is a label of questions, such as "Q" or "Frage 2"."""
    return _QUESTION_LABEL.match(f"{name}: x") is not None


def is_answer_label(name: str) -> bool:
    """Say whether a name before a colon is a label of answers, such as "A" or "Antwort 2"."""
    return _ANSWER_LABEL.match(f"{name}: x") is not None


def _find_text_below(blocks: Sequence[Block]) -> list[Block | None]:
    """Give for each block the next one that has text; None where nothing follows."""
    below_each: list[Block | None] = []
    below = None
    for block in reversed(blocks):
        below_each.append(below)
        if block.has_text:
            below = block
    below_each.reverse()
    return below_each


def _is_followed(block: Block, below: Block | None) -> bool:
    """Say whether a block is a question that is followed by what may answer it."""
    return below is not None and _is_question(block) and _is_answer(below)


def _find_folded_out(blocks: Sequence[Block]) -> set[int]:
    """Give the identities of titles of parts behind which other text follows.

    As headings they would stand above that as well. With its part such a title is a unit anyway.
    """
    found: set[int] = set()
    follows_text = False
    group_below = 0
    for block in reversed(blocks):
        is_title = block.form.kind == "title"
        if block.level or (is_title and block.form.group != group_below):
            follows_text = False
        elif not block.form.group:
            follows_text = True
        if is_title and follows_text:
            found.add(id(block))
        group_below = block.form.group
    return found


def _split_at_answer(text: str, block: Block) -> Iterator[Block]:
    """Give a block, or its question and its answer where the answer begins on a line of its own."""
    label = _QUESTION_LABEL.match(block.plain) if _is_paragraph(block) else None
    if label is None:
        yield block
        return
    for blank in re.finditer(" ", block.plain[: _MAX_CHARACTERS + 1]):
        position = blank.start()
        if not _ANSWER_LABEL.match(block.plain, position):
            continue
        start, end = block.source_span(position, position + 1)
        if "\n" in text[start:end] or "\r" in text[start:end]:
            yield block.cut(0, position)
            yield block.cut(position + 1, len(block.plain))
            return
    yield block


def _split_at_bold_questions(text: str, block: Block) -> Iterator[Block]:
    """Give a block, or its bold questions and what stands between them.

    Such a question is a line that is bold from its beginning to its end.
    """
    if not _is_paragraph(block) or "?" not in block.plain:
        yield block
        return
    rest = 0
    for begin, end in _find_lines(text, block):
        line = block.cut(begin, end)
        if not _is_bold(text, line) or not _is_question(line):
            continue
        if rest < begin:
            yield block.cut(rest, begin - 1)
        yield line
        rest = end + 1
    if rest < len(block.plain):
        yield block.cut(rest, len(block.plain))


def _find_lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Give where the lines of a block begin and end in how it reads."""
    begin = 0
    for blank in re.finditer(" ", block.plain):
        start, end = block.source_span(blank.start(), blank.end())
        if _LINE_BREAK.search(text, start, end):
            yield begin, blank.start()
            begin = blank.end()
    yield begin, len(block.plain)


def _is_bold(text: str, line: Block) -> bool:
    """Say whether a line is bold as a whole."""
    before = text[max(line.start - _LONGEST_TAG, 0) : line.start]
    tag = _BOLD_TAG.search(before)
    opening = tag[0] if tag else ""
    return _BOLD.fullmatch(opening + text[line.start : line.end]) is not None


def _is_paragraph(block: Block) -> bool:
    is_prose = block.form.kind in ("paragraph", "title")
    return is_prose and not block.level and not block.is_whole


def _is_question(block: Block) -> bool:
    if not _is_paragraph(block):
        return False
    plain = block.plain
    if len(plain) > _MAX_CHARACTERS or len(plain.split()) > _MAX_WORDS:
        return False
    if _QUESTION_LABEL.match(plain):
        return True
    return _QUESTION_END.search(plain) is not None and not _SPEECH.match(plain)


def _is_answer(block: Block) -> bool:
    return not block.level and not _is_question(block)


def _make_heading(block: Block, level: int) -> Block:
    without_label = _cut_label(block, _QUESTION_LABEL)
    return replace(without_label, level=level)


def _cut_label(block: Block, label: re.Pattern[str]) -> Block:
    """Cut off the label that a paragraph begins with, if it has one."""
    found = label.match(block.plain) if _is_paragraph(block) else None
    return block if found is None else block.cut(found.end(), len(block.plain))
