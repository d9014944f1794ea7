"""What MDX adds to Markdown: JavaScript, components and expressions, for markdown-it-py.

In: a parser. Out: the same parser, for which imports, exports, tags of components and what stands
in braces are markup. What stands between tags is Markdown. People see some attributes of a tag:
``<Card title="Fees">`` has a title. Many sites keep such pages in files named like Markdown;
imports or tags that close a component tell them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from bot.articles.formats.markdown_containers import (
    INTERRUPTING,
    TITLE_ARGUMENT,
    close_unit,
    find_last_line,
    is_admonition,
    open_unit,
    push_inline,
    text_of_line,
)
from bot.articles.formats.markdown_spans import EXPRESSION, Finder, Found, Piece, unread

# Braces in braces, as deep as attributes have them.
_BRACES_1 = r"\{[^{}]*+\}"
_BRACES_2 = rf"\{{(?:[^{{}}]++|{_BRACES_1})*+\}}"
_BRACES_3 = rf"\{{(?:[^{{}}]++|{_BRACES_2})*+\}}"
_BRACES = rf"\{{(?:[^{{}}]++|{_BRACES_3})*+\}}"
_VALUE = rf"(?:\"[^\"]*+\"|'[^']*+'|{_BRACES}|[^\s\"'=<>`{{}}]++)"
_ATTRIBUTE = rf"(?:\s++(?:{_BRACES}|[A-Za-z_@:][\w:@.-]*+(?:\s*+=\s*+{_VALUE})?))"
# A component's name has a capital or a dot; ``<>`` has no name.
_COMPONENT = re.compile(
    rf"<(?P<close>/)?(?P<name>[A-Z][\w.]*+|[a-z]\w*+\.[\w.]++|(?=>))"
    rf"{_ATTRIBUTE}*+\s*+(?P<self>/)?>"
)
# Any tag one of whose attributes is an expression, which HTML does not have.
_TAG_WITH_EXPRESSION = re.compile(
    rf"<(?P<close>)(?P<name>[a-z][\w-]*+)(?={_ATTRIBUTE}*?\s++[\w:-]++=\{{)"
    rf"{_ATTRIBUTE}*+\s*+(?P<self>/)?>"
)
# At most so many characters: else each of many that nothing closes is followed to the end.
_COMMENT = re.compile(r"\{\s*/\*(?s:.){0,2000}?\*/\s*\}")
_EXPRESSION = re.compile(_BRACES)
_STRING = re.compile(r"\{\s*(?P<quote>[\"'`])(?P<text>[^\"'`{}\n]*)(?P=quote)\s*\}")
# Text that an expression shows on a condition: ``{isOpen && <p>Come in.</p>}``, without a value.
_SHOWN_TEXT = re.compile(r"<(?P<name>[a-z][\w-]*+)[^<>{}]*+>(?P<text>[^<>{}]++)</(?P=name)\s*+>")
# So many of them are read of one expression: each is looked up from its beginning.
_MAX_SHOWN_TEXTS = 200
# Code that a component shows: several lines in backticks, without a value in them.
_TEMPLATE = re.compile(r"\{\s*`(?P<text>[^`$]{0,20000})`\s*\}")
_IMPORT = re.compile(
    r"import(?:\s+type)?\s*(?:[\w$*{][\w$*{},\s]{0,1000}?\sfrom\s*|\s)"
    r"(?P<quote>['\"])[^'\"\n]+(?P=quote)[^\n]*"
)
_EXPORT = re.compile(
    r"export\s+(?:default\s+(?:(?:async\s+)?(?:function|class)\b|[({]|[A-Z]\w*\s*[;(])"
    r"|(?:async\s+)?(?:const|let|var|function|class|type|interface|enum)\s+[\w$]+\s*[=({:<,;]"
    r"|\{[^{}\n]*\}|\*\s+(?:as\s+\w+\s+)?from\s)"
)
_BRACKETS = re.compile(r"(?P<opening>[(\[{])|(?P<closing>[)\]}])")
# Behind these a line of JavaScript goes on in the next one.
_UNFINISHED = ("=", ",", "(", "[", "{", "+", "?", ":", "|", "&", "=>", "<")
# Longer statements are cut at a blank line.
_LONGEST_STATEMENT = 400
# What people see of a component besides its title.
_TEXT_ARGUMENT = re.compile(
    r"\s(?:description|text|subtitle|tagline)\s*=\s*(?:\{\s*)?"
    r"(?P<quote>[\"'`])(?P<text>(?:(?!(?P=quote)).)*)(?P=quote)",
    re.DOTALL,
)
# A file with one of these in its lines is MDX, whatever its name.
_IS_MDX = re.compile(
    r"^(?:import\s[^\n]*\sfrom\s*['\"]|import\s*['\"]|export\s+(?:const|default)\s"
    r"|[ \t]*</[A-Z][\w.]*>[ \t]*$)",
    re.MULTILINE,
)


def is_mdx(name: str, body: str) -> bool:
    """Say whether a file is MDX: by its ending, or by an import or a component in it."""
    return name.lower().endswith(".mdx") or _IS_MDX.search(body) is not None


def read_components(parser: MarkdownIt) -> None:
    """Add the rules for blocks; ``MarkdownIt.use`` takes this function."""
    ruler = parser.block.ruler
    ruler.before("blockquote", "component", _read_components, INTERRUPTING)
    ruler.before("blockquote", "javascript", _pass_javascript)
    ruler.before("blockquote", "template", _read_template)
    ruler.before("blockquote", "expression", _pass_expression)


def _tags(source: str, start: int) -> Iterator[re.Match[str]]:
    """Give the tags that stand one behind the other, blanks apart, on one line or more."""
    while True:
        tag = _COMPONENT.match(source, start) or _TAG_WITH_EXPRESSION.match(source, start)
        if tag is None:
            return
        yield tag
        start = tag.end()
        while source.startswith((" ", "\t"), start):
            start += 1


def _read_components(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read lines that hold nothing but tags of components."""
    start, _ = text_of_line(state, line)
    if not state.src.startswith("<", start) or state.is_code_block(line):
        return False
    tags = list(_tags(state.src, start))
    last_line = find_last_line(state, line, end, tags[-1].end()) if tags else None
    if last_line is None:
        return False
    if silent:
        return True
    state.line = line
    for tag in tags:
        _push_tag(state, line, tag)
    state.line = last_line + 1
    return True


def _push_tag(state: StateBlock, line: int, tag: re.Match[str]) -> None:
    name = f"<{tag['name']}"
    if tag["close"]:
        close_unit(state, name)
        return
    title = TITLE_ARGUMENT.search(state.src, *tag.span())
    text = _TEXT_ARGUMENT.search(state.src, *tag.span())
    is_unit = title is not None or is_admonition(tag["name"])
    open_unit(state, line, name, is_unit=is_unit)
    if title is not None:
        push_inline(state, "title", *title.span("title"))
    if text is not None:
        push_inline(state, "paragraph", *text.span("text"))
    if tag["self"]:
        close_unit(state, name)


def _pass_javascript(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Pass an import or an export."""
    start, _ = text_of_line(state, line)
    if silent or state.level or state.tShift[line]:
        return False
    found = _IMPORT.match(state.src, start)
    if found is not None:
        state.line = _line_of(state, line, end, found.end()) + 1
        return True
    if not _EXPORT.match(state.src, start):
        return False
    state.line = _end_of_statement(state, line, end)
    return True


def _line_of(state: StateBlock, line: int, end: int, position: int) -> int:
    while line + 1 < end and state.eMarks[line] < position:
        line += 1
    return line


def _end_of_statement(state: StateBlock, first: int, end: int) -> int:
    """Give the line behind a statement: its brackets are closed; or else a blank one."""
    depth = 0
    first_blank = end
    for line in range(first, min(end, first + _LONGEST_STATEMENT)):
        start, end_of_line = text_of_line(state, line)
        code = state.src[start:end_of_line].rstrip()
        if not code and first_blank == end:
            first_blank = line
            if state.env.get("is_unbalanced"):
                break
        opening = sum(map(code.count, "([{"))
        closing = sum(map(code.count, ")]}"))
        depth += opening - closing
        if depth <= 0 and code and not code.endswith(_UNFINISHED):
            return line + 1
    # The next ones are not followed so far.
    state.env["is_unbalanced"] = True
    return first_blank


def _read_template(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read lines of a template literal, and nothing else, as code."""
    start, _ = text_of_line(state, line)
    if silent or not state.src.startswith("{", start) or state.is_code_block(line):
        return False
    found = _TEMPLATE.match(state.src, start)
    if found is None or "\n" not in found["text"]:
        return False
    last_line = find_last_line(state, line, end, found.end())
    if last_line is None:
        return False
    token = state.push("code_block", "code", 0)
    token.content = found["text"]
    token.map = [line, last_line + 1]
    # The first line of the text may be the second of the block.
    first_line = state.src[found.start() : found.start("text")].count("\n")
    token.map[0] += first_line
    state.line = last_line + 1
    return True


def _pass_expression(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Pass lines that hold nothing but a comment or an expression, and read the texts in it."""
    start, _ = text_of_line(state, line)
    if silent or not state.src.startswith("{", start) or state.is_code_block(line):
        return False
    found = _COMMENT.match(state.src, start) or _EXPRESSION.match(state.src, start)
    is_string = found is not None and _STRING.fullmatch(found[0])
    if found is None or is_string or state.src.startswith("{{", start):
        return False
    last_line = find_last_line(state, line, end, found.end())
    if last_line is None:
        return False
    if found.re is _EXPRESSION:
        shown = _SHOWN_TEXT.finditer(state.src, *found.span())
        for text in islice(shown, _MAX_SHOWN_TEXTS):
            push_inline(state, "paragraph", *text.span("text"))
    state.line = last_line + 1
    return True


def _find_component(source: str, start: int) -> Found | None:
    tag = _COMPONENT.match(source, start) or _TAG_WITH_EXPRESSION.match(source, start)
    return unread(source, start, tag.end()) if tag else None


def _find_comment(source: str, start: int) -> Found | None:
    comment = _COMMENT.match(source, start)
    return unread(source, start, comment.end()) if comment else None


def _find_expression(source: str, start: int) -> Found | None:
    """Find an expression; of a mere text the text is read."""
    text = _STRING.match(source, start)
    if text is not None:
        before = Piece("unread", source[start : text.start("text")])
        behind = Piece("unread", source[text.end("text") : text.end()])
        return Found(text.end(), [before, Piece("kept", "", text["text"]), behind])
    expression = _EXPRESSION.match(source, start)
    if expression is None or source.startswith("{{", start):
        return None
    return unread(source, start, expression.end(), EXPRESSION)


# By the character that they begin with. Comments are known in any Markdown.
COMMENT_FINDERS: dict[str, Sequence[Finder]] = {"{": (_find_comment,)}
COMPONENT_FINDERS: dict[str, Sequence[Finder]] = {"<": (_find_component,), "{": (_find_comment,)}
EXPRESSION_FINDERS: dict[str, Sequence[Finder]] = {"{": (_find_expression,)}
