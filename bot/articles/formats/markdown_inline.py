"""Inline Markdown into text as it reads, with the way back to its source.

In: an inline token of markdown-it-py. Out: the characters that are read, and where in the token's
content each of them begins and ends. markdown-it-py gives inline tokens no place, so they are
followed through their source from the left: text is kept, markup is skipped. Where a construct
were not understood, the worst that happens is that its markup is quoted with the text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.token import Token

from bot.articles.addresses import choose_web_address
from bot.articles.formats.html_tokens import tokenize
from bot.articles.model import Link

# Where a link leads, HTML (but not an address in < >), marks of footnotes.
_LINK_TAIL = r"\](?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\([^()]*+\))*+\))*+\)|\[[^\[\]]*+\])"
_HTML = r"<(?![a-zA-Z][\w+.-]*:|[^<>\s]*@)[/!?a-zA-Z][^<>]*+>"
_FOOTNOTE_MARK = r"\[\^[^\[\]\s]++\]"
# What is embedded, where a link between notes leads, names of blocks and attributes, short names.
_OBSIDIAN = r"!\[\[[^\[\]]*+\]\]|\[\[[^\[\]|]*+\||%%[^%]*+%%|(?<=\s)\^[\w-]++(?=\s|$)"
_ATTRIBUTES = r"\{[#.:][^{}\n]*+\}"
_EMOJI = r"<a?:\w++:\d++>|:[a-z][a-z0-9_+-]*+:"
# Shortcodes, template tags and expressions.
_TEMPLATE = r"\{\{[^{}]*+\}\}|\{%[^{}]*+\}|<%[^<>]*+>|\{/\*[^*]*+\*/\}|`= [^`]*+`"
# Inline markup that is not read. "." is any character in it, a newline too (``re.DOTALL``).
UNREAD_PATTERN = (
    rf"{_LINK_TAIL}|{_TEMPLATE}|{_HTML}|{_FOOTNOTE_MARK}|{_OBSIDIAN}|{_ATTRIBUTES}|{_EMOJI}"
)
_WHITESPACE = re.compile(r"\s")
# ``[label]`` of a link by reference, in which a backslash escapes brackets.
_LABEL = re.compile(r"\[(?:\\.|[^\[\]\\])*\]", re.DOTALL)

# What begins with one leads into the web; an address in a text ends before its punctuation.
_WEB = ("https://", "http://")
_WRITTEN_ADDRESS = re.compile(r"https?://[^\s<>\"'|\\^`{}\[\]]+(?<![.,;:!?)*_~])")


class InlineText(NamedTuple):
    """A text as it reads; ``places[i]`` is where ``plain[i]`` begins and ends in the content."""

    plain: str
    places: list[tuple[int, int]]
    links: list[Link]


def read_inline(token: Token) -> InlineText:
    """Read an inline token: a place for each character, whitespace as blanks, none at the ends."""
    reader = _InlineReader(token.content)
    reader.read(token.children or [])
    links = reader.links
    whole = "".join(reader.plain)
    plain = whole.strip()
    places = reader.places
    if len(plain) < len(whole):
        first = len(whole) - len(whole.lstrip())
        last = first + len(plain)
        places = places[first:last]
        links = [
            Link(max(link.start - first, 0), min(link.end, last) - first, link.address)
            for link in links
            if link.start < last and link.end > first
        ]
    if "://" in plain:
        links = sorted([*links, *_find_addresses(plain, links)], key=_start_of)
    return InlineText(plain, places, links)


def _find_addresses(plain: str, links: Sequence[Link]) -> Iterator[Link]:
    """Give the addresses that stand in a text as they are, outside of links."""
    in_links = {place for link in links for place in range(link.start, link.end)}
    for found in _WRITTEN_ADDRESS.finditer(plain):
        if found.start() not in in_links:
            yield Link(found.start(), found.end(), found[0])


def _start_of(link: Link) -> int:
    return link.start


class _InlineReader:
    """A position in a source, and what was kept up to there."""

    def __init__(self, source: str) -> None:
        self.plain: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.links: list[Link] = []
        self._link_start = 0
        self._address = ""
        # Of HTML's own links, in which others may stand.
        self._html_link_start = 0
        self._html_address = ""
        self._source = source
        self._position = 0
        self._is_in_autolink = False

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            read_token = _TOKEN_READERS.get(token.type, _InlineReader.read_markup)
            read_token(self, token)

    def read_text(self, token: Token) -> None:
        content = token.content
        if self._is_in_autolink:
            # The parser decodes the address of an autolink; it is quoted as it is written.
            end = self._source.find(">", self._position)
            content = self._source[self._position : end]
        self._keep_found(content)

    def read_special(self, token: Token) -> None:
        """Read an entity or an escaped character."""
        if token.content == token.markup:  # a backslash that escapes nothing
            self._keep_found(token.content)
            return
        self._skip_to(token.markup)
        start = self._position
        self._position += len(token.markup)
        self._keep_from(start, token.content)

    def read_code(self, token: Token) -> None:
        self._skip_over(token.markup)
        length = len(token.content)
        written = self._source[self._position : self._position + length]
        # One blank at each end of a code span is no code.
        padding = 0 if written.replace("\n", " ") == token.content else 1
        self._position += padding
        self._keep_next(token.content)
        self._position += padding
        self._skip_over(token.markup)

    def read_newline(self, _token: Token) -> None:
        start = self._position
        self._skip_over("\n")
        while self._source.startswith((" ", "\t"), self._position):
            self._position += 1
        self._keep_from(start, " ")

    def read_html(self, token: Token) -> None:
        self._skip_over(token.content)
        for tag in tokenize(token.content):
            if tag.name == "a" and tag.kind == "start":
                self._html_link_start = len(self.places)
                self._html_address = choose_web_address(tag.attributes.get("href", ""))
            elif tag.name == "a" and tag.kind == "end":
                self._keep_link(self._html_link_start, self._html_address)
                self._html_address = ""

    def read_link_start(self, token: Token) -> None:
        self._is_in_autolink = token.markup == "autolink"
        self._link_start = len(self.places)
        self._address = str(token.attrs.get("href", ""))
        self._skip_over("<" if self._is_in_autolink else "[")

    def read_link_end(self, token: Token) -> None:
        if self._address.startswith(_WEB):
            self._keep_link(self._link_start, self._address)
        self._is_in_autolink = False
        if token.markup == "autolink":
            self._skip_over(">")
        else:
            self._skip_link_tail()

    def read_image(self, token: Token) -> None:
        self._skip_over("![")
        self.read(token.children or [])
        self._skip_link_tail()

    def read_kept(self, token: Token) -> None:
        self._keep_found(token.content)

    def read_channel(self, token: Token) -> None:
        start = len(self.places)
        self._keep_found(token.content)
        self.links.append(Link(start, len(self.places), token.content))

    def read_markup(self, token: Token) -> None:
        self._skip_over(token.markup)

    def _keep_found(self, content: str) -> None:
        """Keep text where the source has it next."""
        if not self._source.startswith(content, self._position):
            self._skip_to(content)
        self._keep_next(content)

    def _keep_next(self, content: str) -> None:
        """Keep text that stands at the position character by character."""
        start = self._position
        end = start + len(content)
        self._position = end
        self.plain.append(_WHITESPACE.sub(" ", content))
        starts = range(start, end)
        ends = range(start + 1, end + 1)
        self.places += zip(starts, ends, strict=True)

    def _keep_from(self, start: int, content: str) -> None:
        """Keep characters for each of which the source stands from ``start`` up to the position."""
        place = (start, self._position)
        self.plain.append(_WHITESPACE.sub(" ", content))
        self.places += [place] * len(content)

    def _keep_link(self, start: int, address: str) -> None:
        """Keep a link from ``start``; none of no words, or behind another one's beginning."""
        end = len(self.places)
        is_apart = not self.links or self.links[-1].end <= start
        if address and end > start and is_apart:
            self.links.append(Link(start, end, address))

    def _skip_to(self, text: str) -> None:
        found = self._source.find(text, self._position)
        if found >= 0:
            self._position = found

    def _skip_over(self, markup: str) -> None:
        self._skip_to(markup)
        if self._source.startswith(markup, self._position):
            self._position += len(markup)

    def _skip_link_tail(self) -> None:
        """Pass what ends a link: ``](address "title")``, ``][label]`` or a mere ``]``."""
        self._skip_over("]")
        if self._source.startswith("(", self._position):
            self._position = self._end_of_address(self._position)
            return
        label = _LABEL.match(self._source, self._position)
        if label is not None:
            self._position = label.end()

    def _end_of_address(self, bracket: int) -> int:
        """Give the end of the brackets around an address, or their beginning if they hold none."""
        source = self._source
        start = self._after_blanks(bracket + 1)
        address = parseLinkDestination(source, start, len(source))
        end = self._after_blanks(address.pos) if address.ok else start
        title = parseLinkTitle(source, end, len(source))
        if title.ok:
            end = self._after_blanks(title.pos)
        return end + 1 if source.startswith(")", end) else bracket

    def _after_blanks(self, position: int) -> int:
        while self._source.startswith((" ", "\t", "\n"), position):
            position += 1
        return position


_TOKEN_READERS: dict[str, Callable[[_InlineReader, Token], None]] = {
    "text": _InlineReader.read_text,
    "text_special": _InlineReader.read_special,
    "code_inline": _InlineReader.read_code,
    "softbreak": _InlineReader.read_newline,
    "hardbreak": _InlineReader.read_newline,
    "html_inline": _InlineReader.read_html,
    "link_open": _InlineReader.read_link_start,
    "link_close": _InlineReader.read_link_end,
    "kept": _InlineReader.read_kept,
    "channel": _InlineReader.read_channel,
    "image": _InlineReader.read_image,
}
