"""Blocks that hold blocks, which CommonMark does not have: admonitions, tabs, definitions, notes.

In: a parser of markdown-it-py. Out: the same parser, with rules for ``:::note[Title]``,
``!!! note "Title"``, ``/// note | Title``, ``> [!NOTE] Title``, ``{% hint %}`` and the like. Their
marks are no text. A title becomes an inline token between "title_open" and "title_close". Around
what belongs together stand "unit_open" and "unit_close"; ``info`` says which belong to each other.
A unit may be closed by nothing: then it is none. ``meta["is_unit"]`` is False for what only holds
its parts, such as a row of tabs.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from bot.articles.formats.markdown_spans import end_of_shortcode

INTERRUPTING: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
INDENTATION = 4
# A definition goes on in what is indented below its first letter.
_DEFINITION_INDENTATION = 2
# ":::note[Title]", "::: warning Title", ":::{note} Title", "::: {.callout-tip title="x"}", ":::".
_DIRECTIVE = re.compile(
    r":{3,}[ \t]*+(?:\{?([\w-]++)\}?)?+(?:\[(?P<title>[^\n]*)\])?[ \t]*+"
    r"(?P<attributes>\{[^{}\n]*+\})?[ \t]*+(?P<rest>[^\n]*+)"
)
# Three slashes, a type and perhaps a title behind a bar; or three slashes that close it.
_SLASHES = re.compile(r"/{3,}[ \t]*+(?:([\w-]++)[ \t]*+(?:\|[ \t]*+(?P<title>[^\n]*+))?)?(?=\n|$)")
# Marks of MkDocs with a type, and a title in quotes: "!!!", "???", "???+", and "===" for a tab.
_INDENTED = re.compile(
    r"(?:(?:!!!|\?\?\?\+?)(?:[ \t]++[\w-]++)*|===[!+]{0,2})[ \t]*+"
    r"(?:\"(?P<title>[^\n]*)\"|'(?P<title_2>[^\n]*)')?[ \t]*+(?=\n|$)"
)
# A callout's type, perhaps foldable, and its title.
_CALLOUT = re.compile(r"\[![\w-]+(?:\|[^\[\]\n]*)?\][+-]?[ \t]*(?P<title>[^\n]*)")
_DEFINITION = re.compile(r":[ \t]+(?=\S)")
_SHORTCODE = re.compile(r"\{(?:\{[<%]|%-?)\s*(?P<close>/|end(?=\w))?(?P<name>[\w./-]*)")
# What people see of the arguments of a shortcode or a tag.
TITLE_ARGUMENT = re.compile(
    r"\b(?:title|label|summary|header|heading|caption|question)\s*=\s*"
    r"(?:\{\s*)?(?P<quote>[\"'`])(?P<title>(?:(?!(?P=quote)).)*)(?P=quote)",
    re.DOTALL,
)
_FIRST_ARGUMENT = re.compile(r"[\s(](?P<quote>[\"'`])(?P<title>(?:(?!(?P=quote)).)*)(?P=quote)")
# Shortcodes whose first argument is a title.
_TITLED = re.compile(
    r"(?:details|expand|tab|accordion|collapse|spoiler|panel|card|step)s?", re.IGNORECASE
)
# Names of what is one unit, title or not.
_ADMONITION = re.compile(
    r"(?:admonition|alert|aside|callout|caution|danger|details|expand|hint|important|info|note"
    r"|notice|tip|warn|warning)s?",
    re.IGNORECASE,
)
_VERBATIM = ("highlight", "raw", "verbatim", "code", "codeblock", "mermaid")


def read_containers(parser: MarkdownIt) -> None:
    """Add the rules; ``MarkdownIt.use`` takes this function."""
    ruler = parser.block.ruler
    ruler.before("blockquote", "directive", _read_directive, INTERRUPTING)
    ruler.before("blockquote", "indented", _read_indented, INTERRUPTING)
    ruler.before("blockquote", "shortcode", _read_shortcode, INTERRUPTING)
    ruler.before("blockquote", "comment", _pass_comment, INTERRUPTING)
    ruler.before("reference", "callout", _read_callout)
    ruler.before("reference", "definition", _read_definition, {"alt": ["paragraph", "reference"]})


class Line(NamedTuple):
    """Where the text of a line begins and ends in the source."""

    start: int
    end: int


def text_of_line(state: StateBlock, line: int) -> Line:
    """Give the line without its indentation."""
    return Line(state.bMarks[line] + state.tShift[line], state.eMarks[line])


def find_last_line(state: StateBlock, line: int, end: int, position: int) -> int | None:
    """Give the line behind whose text nothing stands from ``position`` on; None if something does.

    ``line`` is the first of the block, ``end`` the line behind its last one.
    """
    while line < end and state.eMarks[line] < position:
        line += 1
    if line >= end or state.src[position : state.eMarks[line]].strip():
        return None
    return line


def is_admonition(name: str) -> bool:
    """Say whether a name is that of an admonition, or of a part that opens."""
    return _ADMONITION.fullmatch(name) is not None


def open_unit(state: StateBlock, line: int, name: str, *, is_unit: bool = True) -> None:
    """Push the beginning of what belongs together."""
    token = state.push("unit_open", "", 0)
    token.info = name
    token.map = [line, line + 1]
    token.meta = {"is_unit": is_unit}


def close_unit(state: StateBlock, name: str) -> None:
    """Push the end of what belongs together."""
    token = state.push("unit_close", "", 0)
    token.info = name


def push_inline(state: StateBlock, kind: str, start: int, end: int) -> bool:
    """Push ``src[start:end]`` as a title or a paragraph, if it is one line that says something."""
    written = state.src[start:end]
    text = written.strip()
    if not text or "\n" in text:
        return False
    start += written.index(text)
    line_start = state.src.rfind("\n", 0, start) + 1
    line = state.src.count("\n", state.bMarks[state.line], start) + state.line
    state.push(f"{kind}_open", "", 0)
    token = state.push("inline", "", 0)
    token.content = text
    token.map = [line, line + 1]
    token.children = []
    token.meta = {"column": start - line_start}
    state.push(f"{kind}_close", "", 0)
    return True


def _push_title(state: StateBlock, found: re.Match[str], *groups: str) -> bool:
    """Push the title that one of some groups holds; say whether there is one."""
    return any(push_inline(state, "title", *found.span(group)) for group in groups if found[group])


def _read_directive(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    start, end = text_of_line(state, line)
    if not state.src.startswith((":::", "///"), start) or state.is_code_block(line):
        return False
    mark = state.src[start]
    pattern = _DIRECTIVE if mark == ":" else _SLASHES
    found = pattern.match(state.src, start, end)
    if found is None:
        return False
    if silent:
        return True
    is_closing = not state.src[start:end].strip(f"{mark} \t")
    if is_closing:
        close_unit(state, mark)
        state.line = line + 1
        return True
    open_unit(state, line, mark)
    if mark == "/":
        _push_title(state, found, "title")
        state.line = _after_options(state, line + 1)
        return True
    if not _push_title(state, found, "title", "rest") and found["attributes"]:
        argument = TITLE_ARGUMENT.search(state.src, *found.span("attributes"))
        if argument is not None:
            _push_title(state, argument, "title")
    state.line = line + 1
    return True


def _after_options(state: StateBlock, line: int) -> int:
    """Pass indented ``key: value`` lines below the first line of a block of slashes."""
    while line < state.lineMax:
        start, end = text_of_line(state, line)
        is_option = state.sCount[line] - state.blkIndent >= INDENTATION
        if not is_option or ":" not in state.src[start:end]:
            break
        line += 1
    return line


def _read_indented(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read an admonition or a tab whose body is indented like a block of code."""
    start, end_of_line = text_of_line(state, line)
    if not state.src.startswith(("!!!", "???", "==="), start) or state.is_code_block(line):
        return False
    found = _INDENTED.match(state.src, start, end_of_line)
    is_tab = state.src[start] == "="
    if found is None or not found[0].strip("!?+= \t") or (is_tab and not _title_of(found)):
        return False
    if silent:
        return True
    open_unit(state, line, found[0][:3])
    _push_title(state, found, "title", "title_2")
    last = line + 1
    for number in range(line + 1, end):
        if state.isEmpty(number):
            continue
        if state.sCount[number] - state.blkIndent < INDENTATION:
            break
        last = number + 1
    _read_inside(state, line + 1, last, state.blkIndent + INDENTATION)
    close_unit(state, found[0][:3])
    state.line = last
    return True


def _title_of(found: re.Match[str]) -> str:
    return found["title"] or found["title_2"] or ""


def _read_inside(state: StateBlock, first: int, end: int, indentation: int) -> None:
    """Read the blocks of some lines that are indented so far."""
    if first >= end:
        return
    around = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent = indentation
    state.lineMax = end
    state.parentType = "container"
    state.level += 1
    state.md.block.tokenize(state, first, end)
    state.level -= 1
    state.blkIndent, state.lineMax, state.parentType = around


def _read_callout(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read the first line of a quotation that is a callout; the quotation is the unit then."""
    start, end = text_of_line(state, line)
    if silent or not state.src.startswith("[!", start) or not state.tokens:
        return False
    quotation = state.tokens[-1]
    found = _CALLOUT.match(state.src, start, end)
    if quotation.type != "blockquote_open" or found is None:
        return False
    quotation.meta = {"is_unit": True}
    _push_title(state, found, "title")
    state.line = line + 1
    return True


class _Shortcode(NamedTuple):
    """A shortcode on a line: where it begins and ends, its name, and whether it closes one."""

    start: int
    end: int
    name: str
    is_closing: bool


def _shortcodes(source: str, start: int) -> Iterator[_Shortcode]:
    """Give shortcodes that stand one behind the other, blanks apart."""
    end = end_of_shortcode(source, start)
    while end is not None:
        found = _SHORTCODE.match(source, start, end)
        name = found["name"].lower() if found else ""
        is_closing = found is not None and found["close"] is not None
        yield _Shortcode(start, end, name, is_closing)
        start = end
        while source.startswith((" ", "\t"), start):
            start += 1
        end = end_of_shortcode(source, start)


def _read_shortcode(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read lines that hold nothing but shortcodes."""
    start, _ = text_of_line(state, line)
    if not state.src.startswith(("{{<", "{{%", "{%"), start) or state.is_code_block(line):
        return False
    found = list(_shortcodes(state.src, start))
    last_line = find_last_line(state, line, end, found[-1].end) if found else None
    if last_line is None:
        return False
    if silent:
        return True
    for shortcode in found:
        _push_shortcode(state, line, shortcode)
    state.line = last_line + 1
    first = found[0]
    if len(found) == 1 and first.name in _VERBATIM and not first.is_closing:
        _read_verbatim(state, first.name, end)
    return True


def _push_shortcode(state: StateBlock, line: int, shortcode: _Shortcode) -> None:
    name = f"% {shortcode.name}"
    if shortcode.is_closing:
        close_unit(state, name)
        return
    span = (shortcode.start, shortcode.end)
    title = TITLE_ARGUMENT.search(state.src, *span)
    if title is None and (_TITLED.fullmatch(shortcode.name) or is_admonition(shortcode.name)):
        title = _FIRST_ARGUMENT.search(state.src, *span)
    is_unit = title is not None or is_admonition(shortcode.name)
    open_unit(state, line, name, is_unit=is_unit)
    if title is not None:
        state.line = line
        _push_title(state, title, "title")


def _read_verbatim(state: StateBlock, name: str, end: int) -> None:
    """Read what stands up to the closing shortcode as code; without one, as anything else."""
    first = state.line
    closing = re.compile(rf"\{{(?:\{{[<%]|%-?)\s*(?:/|end){name}\b")
    for line in range(first, end):
        start, end_of_line = text_of_line(state, line)
        if closing.match(state.src, start, end_of_line):
            token = state.push("code_block", "", 0)
            token.content = state.getLines(first, line, state.blkIndent, keepLastLF=False)
            token.map = [first, line]
            state.line = line
            return


def _pass_comment(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Pass lines between ``%%`` and ``%%``, blank ones among them."""
    start, _ = text_of_line(state, line)
    if not state.src.startswith("%%", start) or state.is_code_block(line):
        return False
    closing = state.src.find("%%", start + 2)
    if closing < 0:
        return False
    last = line
    while last < end and state.eMarks[last] < closing:
        last += 1
    if last >= end or state.src[closing + 2 : state.eMarks[last]].strip():
        return False
    if not silent:
        state.line = last + 1
    return True


def _read_definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read ``: definition`` below a term, which becomes its title."""
    start, end_of_line = text_of_line(state, line)
    mark = _DEFINITION.match(state.src, start, end_of_line)
    if mark is None or state.is_code_block(line) or line == 0:
        return False
    if silent:
        # Only what stands right below a term interrupts it.
        return state.parentType == "paragraph"
    if len(state.tokens) < 3:
        return False
    closing = state.tokens[-1]
    if closing.type == "paragraph_close":
        opening = state.tokens[-3]
        # What was shown by an expression has no line.
        if not opening.map or line - opening.map[1] > 1:
            return False
        opening.type, closing.type = "title_open", "title_close"
        open_unit(state, opening.map[0], ": ")
        unit = state.tokens.pop()
        state.tokens.insert(-3, unit)
    elif closing.type == "unit_close" and closing.info == ": ":
        state.tokens.pop()
    else:
        return False
    read_behind_mark(state, line, end, mark.end(), _DEFINITION_INDENTATION)
    close_unit(state, ": ")
    return True


def read_behind_mark(
    state: StateBlock, line: int, end: int, position: int, indentation: int = INDENTATION
) -> None:
    """Read the blocks that begin behind a mark and go on in what is indented below it."""
    kept = state.bMarks[line], state.tShift[line], state.sCount[line]
    around = state.blkIndent, state.parentType
    end_of_line = state.eMarks[line]
    while position < end_of_line and state.src[position] in " \t":
        position += 1
    state.bMarks[line] = position
    state.tShift[line] = 0
    state.blkIndent += indentation
    state.sCount[line] = state.blkIndent
    state.parentType = "container"
    state.level += 1
    state.md.block.tokenize(state, line, end)
    state.level -= 1
    state.blkIndent, state.parentType = around
    state.bMarks[line], state.tShift[line], state.sCount[line] = kept
