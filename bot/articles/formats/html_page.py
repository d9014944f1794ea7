"""Pages of HTML into blocks, as they were saved from a browser or exported by a word processor.

In: the lines of a file. Out: what the page says of itself, and blocks of what a browser shows as
the article. Menus, forms, notices, scripts and what is hidden are left out, and a note says how
much of each. No script is run, and no other file is read.
"""

from collections.abc import Mapping

from bot.articles.blocks import Block, Draft
from bot.articles.formats.format import Format
from bot.articles.formats.html_blocks import BlockReader, Part
from bot.articles.formats.html_boilerplate import LeftOut, Page
from bot.articles.formats.html_head import PageHead, read_head
from bot.articles.formats.html_tree import build_tree
from bot.articles.formats.html_unclosed import find_unclosed, tell_unclosed
from bot.articles.lines import Lines
from bot.articles.model import Problem
from bot.articles.problems import make_note, make_warning
from bot.texts import problems as texts

_XML_SUFFIX = ".xhtml"
# Scripts and styles, comments, and tags.
_UNREAD_PATTERN = (
    r"<(?P<raw>script|style|template)\b[^>]*>.*?</(?P=raw)\s*>|<!--.*?-->"
    r"|<(?![a-zA-Z][\w+.-]*:|[^<>\s]*@)[/!?a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
)
# Of these nothing is told: a page's title is its title.
_NOT_TOLD = frozenset(("title",))


def parse_html(file: str, lines: Lines, body_line: int) -> Draft:
    """Parse the page that begins in ``body_line`` (1-based); headings keep their level."""
    has_body = body_line <= len(lines)
    start = lines.span(body_line)[0] if has_body else len(lines.text)
    is_xml = file.lower().endswith(_XML_SUFFIX)
    tree = build_tree(lines.text, start, is_xml=is_xml)
    page = Page(tree)
    reader = BlockReader(page, lines.number)
    head = read_head(page)
    draft = Draft(
        title=head.title,
        author=head.author,
        date=head.date,
        language=head.language,
        source=head.source,
        keywords=head.keywords,
    )
    draft.blocks = [block for block in reader.read() if not _states_title(block, head)]
    draft.problems = tell_left_out(file, reader.left_out)
    unclosed = find_unclosed(tree)
    if unclosed is not None:
        end = len(lines.text.rstrip())
        draft.problems.append(tell_unclosed(unclosed, file, lines, lambda offset: offset, end))
    if tree.cut_at >= 0:
        line = lines.number(tree.cut_at)
        draft.problems.append(make_warning(texts.PAGE_TOO_LARGE, file, line))
    return draft


def _states_title(block: Block, head: PageHead) -> bool:
    """Say whether a block is the heading whose text is the title."""
    if not block.level or head.heading is None:
        return False
    return head.heading.start <= block.start < head.heading.end


def tell_left_out(file: str, left_out: Mapping[LeftOut, Part]) -> list[Problem]:
    """Give a note for each kind of what is left out and has words."""
    notes = []
    for kind, part in left_out.items():
        if kind in _NOT_TOLD or not part.words:
            continue
        name = texts.HTML_KINDS[kind]
        parts = texts.HTML_PARTS(max(1, part.parts))
        words = texts.HTML_WORDS(part.words)
        note = make_note(texts.HTML_LEFT_OUT, file, part.line, kind=name, parts=parts, words=words)
        notes.append(note)
    return notes


HTML = Format(
    name="HTML",
    suffixes=(".html", ".htm", ".xhtml"),
    parse=parse_html,
    unread_markup=(
        "tags, attributes and comments",
        "addresses and alternative texts of images",
        "scripts and styles",
        "what is hidden",
        "menus and forms",
    ),
    unread_pattern=_UNREAD_PATTERN,
    no_text=texts.NO_TEXT_ON_PAGE,
)
