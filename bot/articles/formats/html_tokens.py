"""HTML into tokens with their places: tags, text and comments.

In: a text. Out: tokens that together cover it, as the tokenizer of the HTML standard gives them:
what a browser takes for a tag is one here, and what it shows as text is text. Nothing raises, and
time grows with the length of the text and no faster, whatever it holds. Names of tags and
attributes are in lower case. The rules are those of section 13.2.5 of the standard, "Tokenization".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.articles.formats.html_references import decode_attribute

# A letter begins a start tag, ``/`` an end tag, ``!`` and ``?`` what is shown by no browser.
_MARKUP = re.compile(r"<(?:[a-zA-Z]|/(?=.)|[!?])", re.DOTALL)
_TAG_NAME = re.compile(r"[^\t\n\f\r />]+")
# One attribute and the blanks before it; the name is empty where the tag or the text ends.
# A quotation mark that is not closed takes in all that follows.
_ATTRIBUTE = re.compile(
    r"[\t\n\f\r /]*+"
    r"(?P<name>=?[^\t\n\f\r />=]*+)"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?P<value>\"[^\"]*+\"?|'[^']*+'?|[^\t\n\f\r >]*+))?+"
)
_COMMENT_END = re.compile(r"--!?>")
_ABRUPT_COMMENT_ENDS = (">", "->")
_CDATA = "<![CDATA["
_CDATA_END = "]]>"
# What decides where a script ends: inside ``<!-- <script>`` an end tag does not end it.
_SCRIPT_MARK = re.compile(r"<!--|-->|<(?P<slash>/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
# In these nothing is a tag but their own end; in the first, references are decoded.
_TEXT_ELEMENTS = frozenset(("textarea", "title"))
_RAW_ELEMENTS = frozenset(
    ("iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "xmp")
)
# Elements of other languages, in which "/>" ends an element.
FOREIGN_ELEMENTS = ("svg", "math")
# Inside these, what svg and math hold is HTML again.
_INTEGRATION_POINTS = {
    "svg": ("desc", "foreignobject", "title"),
    "math": ("annotation-xml", "mi", "mn", "mo", "ms", "mtext"),
}
# Elements of HTML that end svg and math where nobody did.
_BREAKOUTS = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li"
    " listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul"
    " var".split()
)

TokenKind = Literal["start", "end", "text", "comment"]


@dataclass(frozen=True, slots=True)
class HtmlToken:
    """One token, ``source[start:end]``.

    ``name`` and ``attributes`` are those of a tag. ``is_closed``: a start tag that has no content,
    for it ends in "/>" where that counts. ``is_raw``: a text in which "&amp;" is five characters.
    Comments are all that no browser shows, such as a doctype and a tag that is never closed.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    is_closed: bool = False
    is_raw: bool = False


class _Tag(NamedTuple):
    """What a tag holds; ``end`` is behind its bracket."""

    attributes: dict[str, str]
    has_slash: bool
    end: int


def tokenize(source: str, start: int = 0, *, is_xml: bool = False) -> Iterator[HtmlToken]:
    """Give the tokens of ``source[start:]``.

    In XML each element may end in "/>", and a CDATA section is text.
    """
    return _Tokenizer(source, start, is_xml=is_xml).read()


class _Tokenizer:
    def __init__(self, source: str, start: int, *, is_xml: bool) -> None:
        self._source = source
        self._position = start
        self._is_xml = is_xml
        self._foreign = ""  # "svg" or "math" inside of one
        self._foreign_depth = 0  # how many of them are open
        self._integration_depth = 0

    def read(self) -> Iterator[HtmlToken]:
        length = len(self._source)
        while self._position < length:
            start = self._position
            markup = _MARKUP.search(self._source, start)
            text_end = markup.start() if markup else length
            if text_end > start:
                yield HtmlToken("text", start, text_end)
            self._position = text_end
            if markup is not None:
                yield from self._read_markup(markup[0])

    def _read_markup(self, opening: str) -> Iterator[HtmlToken]:
        start = self._position
        name_start = start + len(opening)
        if opening[-1].isalpha():
            yield from self._read_start_tag(name_start - 1)
        elif (
            opening == "</"
            and self._source[name_start].isalpha()
            and (self._source[name_start].isascii())
        ):
            yield self._read_end_tag(name_start)
        elif self._source.startswith("<!--", start):
            yield self._take_comment(self._end_of_comment(start))
        elif self._source.startswith(_CDATA, start) and self._is_in_xml():
            yield from self._read_cdata()
        else:
            yield self._take_comment(self._after(">", name_start))

    def _read_start_tag(self, name_start: int) -> Iterator[HtmlToken]:
        start = self._position
        name = self._read_name(name_start)
        tag = self._read_tag(name_start + len(name))
        if tag is None:
            yield self._take_comment(len(self._source))
            return
        if name in _BREAKOUTS and self._foreign and not self._integration_depth:
            for _ in range(self._foreign_depth):
                yield HtmlToken("end", start, start, self._foreign)
            self._foreign = ""
        is_foreign = name in FOREIGN_ELEMENTS or self._is_in_xml()
        is_closed = tag.has_slash and is_foreign
        self._position = tag.end
        yield HtmlToken("start", start, tag.end, name, tag.attributes, is_closed)
        if is_closed:
            return
        is_html = not self._foreign or self._integration_depth > 0
        if is_html and (name in _RAW_ELEMENTS or name in _TEXT_ELEMENTS):
            yield from self._read_raw(name)
        else:
            self._enter_foreign(name)

    def _read_end_tag(self, name_start: int) -> HtmlToken:
        start = self._position
        name = self._read_name(name_start)
        tag = self._read_tag(name_start + len(name))
        if tag is None:
            return self._take_comment(len(self._source))
        self._leave_foreign(name)
        self._position = tag.end
        return HtmlToken("end", start, tag.end, name)

    def _read_name(self, start: int) -> str:
        found = _TAG_NAME.match(self._source, start)
        return found[0].lower() if found else ""

    def _read_tag(self, position: int) -> _Tag | None:
        """Read the attributes of a tag from behind its name; None where the tag never ends."""
        attributes: dict[str, str] = {}
        while True:
            found = _ATTRIBUTE.match(self._source, position)
            if found is None or found.end() == len(self._source):
                return None
            position = found.end()
            name = found["name"].lower()
            if not name:
                return _Tag(attributes, found[0].endswith("/"), position + 1)
            if name not in attributes:
                attributes[name] = _unquote(found["value"] or "")

    def _read_raw(self, name: str) -> Iterator[HtmlToken]:
        """Read the text of an element in which nothing is a tag but its own end."""
        start = self._position
        end = self._end_of_raw(name)
        self._position = end
        if end > start:
            yield HtmlToken("text", start, end, is_raw=name in _RAW_ELEMENTS)

    def _end_of_raw(self, name: str) -> int:
        start = self._position
        if name == "script":
            return self._end_of_script(start)
        if name == "plaintext":
            return len(self._source)
        pattern = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)
        found = pattern.search(self._source, start)
        return found.start() if found else len(self._source)

    def _end_of_script(self, position: int) -> int:
        is_escaped = False  # inside "<!--"
        is_double = False  # and there inside "<script>"
        while True:
            mark = _SCRIPT_MARK.search(self._source, position)
            if mark is None:
                return len(self._source)
            position = mark.end()
            if mark[0] == "<!--":
                is_escaped = True
                position -= 2  # "<!-->" ends what it begins
            elif mark[0] == "-->":
                is_escaped = is_double = False
            elif not mark["slash"]:
                is_double = is_escaped
            elif is_double:
                is_double = False
            else:
                return mark.start()

    def _read_cdata(self) -> Iterator[HtmlToken]:
        start = self._position
        content_start = start + len(_CDATA)
        end = self._after(_CDATA_END, content_start)
        content_end = end
        if self._source.endswith(_CDATA_END, content_start, end):
            content_end = end - len(_CDATA_END)
        yield HtmlToken("comment", start, content_start)
        yield HtmlToken("text", content_start, content_end, is_raw=True)
        yield HtmlToken("comment", content_end, end)
        self._position = end

    def _take_comment(self, end: int) -> HtmlToken:
        start = self._position
        self._position = end
        return HtmlToken("comment", start, end)

    def _end_of_comment(self, start: int) -> int:
        content_start = start + len("<!--")
        for abrupt_end in _ABRUPT_COMMENT_ENDS:
            if self._source.startswith(abrupt_end, content_start):
                return content_start + len(abrupt_end)
        found = _COMMENT_END.search(self._source, content_start)
        return found.end() if found else len(self._source)

    def _after(self, mark: str, position: int) -> int:
        """Give the place behind the next ``mark``, or the end of the text."""
        found = self._source.find(mark, position)
        return len(self._source) if found < 0 else found + len(mark)

    def _is_in_xml(self) -> bool:
        is_in_foreign = self._foreign != "" and not self._integration_depth
        return self._is_xml or is_in_foreign

    def _enter_foreign(self, name: str) -> None:
        if name == self._foreign:
            self._foreign_depth += 1
        elif self._foreign:
            self._integration_depth += name in _INTEGRATION_POINTS[self._foreign]
        elif name in FOREIGN_ELEMENTS:
            self._foreign = name
            self._foreign_depth = 1

    def _leave_foreign(self, name: str) -> None:
        if name == self._foreign:
            self._foreign_depth -= 1
            self._integration_depth = 0
            if not self._foreign_depth:
                self._foreign = ""
        elif self._integration_depth and name in _INTEGRATION_POINTS[self._foreign]:
            self._integration_depth -= 1


def _unquote(value: str) -> str:
    if value[:1] in ('"', "'"):
        value = value.strip(value[0])
    return decode_attribute(value)
