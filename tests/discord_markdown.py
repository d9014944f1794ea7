"""Discord's Markdown, read the way its client shows it: the judge of what the bot sends.

In goes the text of a message, out come nodes (read), the words a person sees (plain), every
construct that is live (live) and every character that nobody sees (invisible). It knows no message
limits, no names behind ids and no emoji table: a `:word:` counts as emoji. Where clients differ,
whatever would be live in one of them is live here. It imports nothing of the bot's, so that it can
judge the bot's escaping.

The rules are those of simple-markdown with Discord's own added; see Discord's "Message Formatting"
reference (https://discord.com/developers/docs/reference#message-formatting) and its support article
210298617. A marker finds its partner through positions that are listed once, so reading takes
linear time (times a logarithm) whatever the text.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

BLOCKS = frozenset({"quote", "heading", "subtext", "item", "code block"})
DEEPEST_LIST = 11  # the client shows no list deeper than this

_SPECIAL = re.compile(r"[\\*_~|`<@:\[\n¯]")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_SHRUG = "¯\\_(ツ)_/¯"
_ANGLE = re.compile(
    r"<(?:@!?(?P<user>\d{1,25})"
    r"|@&(?P<role>\d{1,25})"
    r"|\#(?P<channel>\d{1,25})"
    r"|t:(?P<timestamp>-?\d{1,17}(?::[tTdDfFsSR])?)"
    r"|/(?P<command>[^\s<>:]{1,32}(?:[ ][^\s<>:]{1,32}){0,2}):\d{1,25}"
    r"|a?:(?P<emoji>\w{1,64}):\d{1,25}"
    r"|id:(?P<navigation>[\w-]{1,32}(?::\d{1,25})?)"
    r"|sound:(?P<sound>\d{1,25}(?::\d{1,25})?)"
    r"|(?P<link>[A-Za-z][A-Za-z0-9+.-]{0,31}://[^\s<>]+|(?:mailto|tel|sms):[^\s<>]+"
    r"|[^\s<>@:]{1,64}@[^\s<>@]{3,255}|\+[\d() .-]{3,32}))>"
)
_EVERYONE = re.compile(r"@(?:everyone|here)")
_SHORTCODE = re.compile(
    r":(?=[^:\s]*[A-Za-z]|(?:100|1234|[+-]1):)([A-Za-z0-9_+~-]{1,64})(?:::skin-tone-\d)?:"
)
_SCHEME_END = re.compile(r"://[^\s<]")
_HTTP = re.compile(r"https?$", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*$")
_URL = re.compile(r"[^\s<]+")
_INVITE = re.compile(
    r"(?:discord\.(?:gg|gift|new)|discord(?:app)?\.com/(?:invite|template|gifts|events))/[\w-]+",
    re.IGNORECASE,
)
_TARGET = re.compile(r"(?:[a-z][a-z0-9+.-]{0,31}://|mailto:|tel:|sms:)[^\s<>]", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z0-9_+\-.#]{1,64})\n")
_BLOCK_START = re.compile(r"[ \t]*[#>*+\d-]")
_BIG_QUOTE = re.compile(r"[ \t]*>>> ")
_QUOTE = re.compile(r"[ \t]*> [^\n]*(?:\n *> [^\n]*)*\n?")
_QUOTE_MARK = re.compile(r"^[ \t]*> ", re.MULTILINE)
_HEADING = re.compile(r"[ \t]*(#{1,3})[^\S\n]+(?!#+\s)(?=[^\n])")
_SUBTEXT = re.compile(r"[ \t]*-#[^\S\n]+(?!-#+\s)(?=[^\n])")
_BULLET = re.compile(r"[ \t]*([-*+]|\d+\.) +(?=[\s\S])")


@dataclass(slots=True)
class Node:
    """One piece of a message.

    kind        text                                  target
    text, code  the characters                        -
    code block  the characters                        the language, or nothing
    bold, italic, underline, strike, spoiler, quote, heading (target: 1 to 3), subtext, list,
    item (target: its mark):
                what they hold is in children
    masked link -                                     the address; the words are in children
    link, invite                                      text as shown; target the address
    user, role, channel, command, timestamp, emoji, navigation, sound, shortcode, everyone:
                as written                            the id, name or time
    """

    kind: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    target: str = ""


def read(text: str) -> list[Node]:
    """Read a message's text into nodes, in order."""
    return _Reader(text).read()


def plain(text: str) -> str:
    """Give what a person reads: without markers and backslashes, list items with their bullet or
    number.
    """
    written: list[str] = []
    break_due = behind_bullet = False
    for node, entering in _walk(read(text)):
        break_due = break_due or (node.kind in BLOCKS and not (entering and behind_bullet))
        if entering and (shown := _shown(node)):
            if break_due and written and not written[-1].endswith("\n"):
                written.append("\n")
            written.append(shown)
            break_due, behind_bullet = False, node.kind == "item"
    return "".join(written)


def live(text: str) -> list[str]:
    """Describe every construct that is not plain text as `kind: what it holds`, in order; nothing
    live gives [].
    """
    nodes = read(text)
    previews: dict[int, str] = {}
    for node, entering in _walk(nodes):
        if not entering:
            inside = "".join(previews[id(child)] for child in node.children[:41])
            previews[id(node)] = (node.text or inside)[:40]
    found = []
    for node, entering in _walk(nodes):
        if not entering or node.kind in {"text", "list"}:
            continue
        arrow = f" -> {node.target}" if node.kind == "masked link" else ""
        found.append(
            f"{'list item' if node.kind == 'item' else node.kind}: {previews[id(node)]}{arrow}"
        )
        if "link" in node.kind and _INVITE.search(node.target):
            found.append(f"invite: {node.target}")
    return found


def invisible(text: str) -> list[str]:
    """Name each character nobody sees, as `U+202E RIGHT-TO-LEFT OVERRIDE at 12`, and the fourth
    mark on a letter.

    A joiner or a variation selector inside an emoji is seen; newline and tab are layout.
    """
    found = []
    marks = 0
    for at, character in enumerate(text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} and not _is_selector(character) else 0
        if _is_hidden(character, category) and not _belongs_to_emoji(text, at):
            found.append(f"{_named(character)} at {at}")
        elif marks == 4:
            found.append(f"more than three marks on one letter: {_named(character)} at {at}")
    return found


# What a node shows --------------------------------------------------------------------------------


def _walk(nodes: list[Node]) -> Iterator[tuple[Node, bool]]:
    """Give every node twice, entering (True) and leaving (False), without recursion: nesting may be
    very deep.
    """
    stack = [(node, True) for node in reversed(nodes)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        if entering:
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(node.children))


def _shown(node: Node) -> str:
    """Give a node's own characters as a person sees them."""
    match node.kind:
        case "item":
            return f"{node.target} " if node.target[:1].isdigit() else "• "
        case "user" | "role":
            return f"@{node.target}"
        case "channel" | "navigation":
            return f"#{node.target}"
        case "command":
            return f"/{node.target}"
        case "emoji":
            return f":{node.target}:"
        case "timestamp":
            return shown_time(node.target)
        case _:
            return node.text


def shown_time(target: str) -> str:
    """Give the moment of a timestamp `seconds` or `seconds:style` in UTC; the client would show
    local time.
    """
    try:
        moment = datetime.fromtimestamp(int(target.partition(":")[0]), UTC)
    except (OverflowError, ValueError, OSError):
        return "Invalid Date"
    return moment.strftime("%Y-%m-%d %H:%M UTC")


# Characters nobody sees ---------------------------------------------------------------------------

_SEEN_FORMAT = frozenset(
    map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD])
)
_BLANK = frozenset(
    map(
        chr, [0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2065, 0x3164, 0xFFA0]
    )
)


def _is_selector(character: str) -> bool:
    """Tell whether the character picks a form of the one before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_hidden(character: str, category: str) -> bool:
    """Tell whether the character is a control, a format character, a line separator or blank by
    definition.
    """
    if category in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character not in "\n\t" and character not in _SEEN_FORMAT
    return (
        character in _BLANK or _is_selector(character) or "\U000e0000" <= character <= "\U000e0fff"
    )


def _belongs_to_emoji(text: str, at: int) -> bool:
    """Tell whether a joiner stands between two pictures, or an emoji selector behind one (or behind
    a keycap's key).
    """
    before = text[at - 1 : at] if at else ""
    if text[at] in "\ufe0e\ufe0f":
        return _is_picture(before) or (
            before in set("0123456789#*") and text[at + 1 : at + 2] == "\u20e3"
        )
    return (
        text[at] == "\u200d"
        and (_is_picture(before) or before == "\ufe0f")
        and _is_picture(text[at + 1 : at + 2])
    )


def _is_picture(character: str) -> bool:
    """Tell whether the character can be an emoji (the blocks of Extended_Pictographic, and skin
    tones).
    """
    return len(character) == 1 and (
        "\U0001f000" <= character <= "\U0001faff"
        or "\u2190" <= character <= "\u2bff"
        or character in "©®‼⁉™ℹ〰〽㊗㊙"
    )


def _named(character: str) -> str:
    """Give the code point and its name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL')}"


# Where markers find their partners ----------------------------------------------------------------


class _Runs:
    """The runs of `*` or of `_` that no backslash takes away, and which of them close what."""

    def __init__(self, text: str, marker: str) -> None:
        self.text = text
        self.marker = marker
        matches = list(
            re.finditer(rf"\\(?P<escaped>\s)|\\[\s\S]|(?P<run>{re.escape(marker)}+)", text)
        )
        self.escaped_spaces = {match.start("escaped") for match in matches if match["escaped"]}
        found = [match.span() for match in matches if match["run"]]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        self.odd = [index for index, (start, end) in enumerate(found) if (end - start) % 2]
        self.double_ends = [end for start, end in found if end - start > 1]

    def double_end(self, start: int, limit: int) -> int | None:
        """Give where the partner of a doubled marker ends: the last two of the next run."""
        index = bisect_left(self.double_ends, start + 5)
        if index < len(self.double_ends) and self.double_ends[index] <= limit:
            return self.double_ends[index]
        cut = self._cut_run(limit)
        return limit if cut is not None and limit - cut > 1 and limit >= start + 5 else None

    def single_end(self, start: int, limit: int) -> int | None:
        """Give where the partner of a single marker ends: the first run of odd length decides, and
        it may refuse.
        """
        own = bisect_right(self.starts, start) - 1
        if own < 0 or self.ends[own] <= start:
            return None
        following = min(self.ends[own], limit) - start - 1
        if following == 1 or start + 1 >= limit:
            return None
        if following % 2:
            return self._closed(start + 1, start + 1 + following, limit)
        if self.marker == "*" and self.text[start + 1].isspace():
            return None
        index = bisect_right(self.odd, own)
        if index < len(self.odd) and self.ends[self.odd[index]] <= limit:
            run = self.odd[index]
            return self._closed(self.starts[run], self.ends[run], limit)
        cut = self._cut_run(limit)
        return (
            self._closed(cut, limit, limit)
            if cut is not None and cut > start and (limit - cut) % 2
            else None
        )

    def _closed(self, start: int, end: int, limit: int) -> int | None:
        """Give the end of a run of odd length if it may close: no space before a lone star, no
        letter behind a line.
        """
        if self.marker == "*":
            lone = (
                end - start == 1
                and self.text[start - 1].isspace()
                and start - 1 not in self.escaped_spaces
            )
            return None if lone else end
        return end if end == limit or not re.match(r"\w", self.text[end], re.ASCII) else None

    def _cut_run(self, limit: int) -> int | None:
        """Give where the run starts that the limit cuts in two."""
        index = bisect_left(self.starts, limit) - 1
        return self.starts[index] if index >= 0 and self.ends[index] > limit else None


class _Brackets:
    """Masked links: which `[` finds a `](address)`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pairs = [_bracket_pairs(text, r"[\[\]]"), _bracket_pairs(text, r"\\.|[\[\]]")]

    def link(self, start: int, limit: int) -> tuple[int, str, int] | None:
        """Give the end of the words, the address and the end of the link that opens at start."""
        for pairs in self.pairs:
            for words_end in pairs.get(start, ()):
                if self.text[words_end + 1 : words_end + 2] == "(":
                    target, end = self._target(words_end + 2)
                    if target and end <= limit:
                        return words_end, target, end
        return None

    def _target(self, start: int) -> tuple[str, int]:
        """Give the address in the round brackets and where they end; no address when there is
        none.
        """
        start = self._after_space[start]
        if self.text[start : start + 1] == "<":
            start += 1
        if not _TARGET.match(self.text, start):
            return "", 0
        paired, first = self._ends
        close = paired[start] if paired[start] >= 0 else first[start]
        written = _URL.match(self.text, start, max(close, start))
        return ("", 0) if close < 0 or written is None else (written[0].rstrip(">"), close + 1)

    @cached_property
    def _after_space(self) -> list[int]:
        """Give for every position the next one that is no space."""
        after = [len(self.text)] * (len(self.text) + 3)
        for at in range(len(self.text) - 1, -1, -1):
            after[at] = after[at + 1] if self.text[at].isspace() else at
        return after

    @cached_property
    def _ends(self) -> tuple[list[int], list[int]]:
        """Give for every position in an address the `)` that ends it: with `(…)` in the address,
        and without.
        """
        text, size = self.text, len(self.text)
        paired, first, nearest = [-1] * (size + 3), [-1] * (size + 3), -1
        titles = [match.span() for match in re.finditer(r"[\"']\s*\)", text)]
        for at in range(size - 1, -1, -1):
            character = text[at]
            if character.isspace():
                paired[at] = first[at] = self._end_behind_space(at, titles)
            elif character == ")":
                paired[at] = first[at] = nearest = at
            else:
                step = 2 if character == "\\" else 1
                first[at] = first[at + step]
                paired[at] = (
                    paired[nearest + 1] if character == "(" and nearest >= 0 else paired[at + step]
                )
        return paired, first

    def _end_behind_space(self, at: int, titles: list[tuple[int, int]]) -> int:
        """Give the `)` behind the space that ends an address, perhaps with a title between."""
        following = self._after_space[at]
        if self.text[following : following + 1] == ")":
            return following
        if self.text[following : following + 1] in {'"', "'"}:
            index = bisect_right(titles, (following, len(self.text)))
            return titles[index][1] - 1 if index < len(titles) else -1
        return -1


def _bracket_pairs(text: str, pattern: str) -> dict[int, list[int]]:
    """Give for each `[` the `]` that can end its words: its partner, and those nobody opened up to
    the next `[`.
    """
    pairs: dict[int, list[int]] = defaultdict(list)
    open_: list[int] = []
    last = -1
    for match in re.finditer(pattern, text, re.DOTALL):
        if match[0] == "[":
            open_.append(match.start())
        elif match[0] == "]" and (open_ or last >= 0):
            last = open_.pop() if open_ else last
            pairs[last].append(match.start())
        if match[0] == "[" and len(open_) == 1:
            last = -1
    return pairs


def _address_starts(text: str) -> list[int]:
    """Give where addresses with a scheme start."""
    starts = []
    for match in _SCHEME_END.finditer(text):
        window = max(0, match.start() - 32), match.start()
        scheme = _HTTP.search(text, *window) or _SCHEME.search(text, *window)
        if scheme:
            starts.append(scheme.start())
    return starts


# The reader ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Frame:
    """A node that is being filled: up to limit, then reading goes on at resume."""

    node: Node
    limit: int
    resume: int


class _Reader:
    """Reads one text from left to right; what is open stands on a stack."""

    def __init__(self, text: str, *, in_quote: bool = False) -> None:
        self.text = text
        self.in_quote = in_quote
        self.at = 0
        self.line_start = True
        self.root = Node("root")
        self.frames = [_Frame(self.root, len(text), len(text))]
        self.runs = {marker: _Runs(text, marker) for marker in "*_"}
        self.pairs = {
            mark: [m.start() for m in re.finditer(rf"(?={re.escape(mark)})", text)]
            for mark in ("~~", "||", "```")
        }
        self.newlines = [match.start() for match in re.finditer("\n", text)]
        self.addresses = _address_starts(text)
        self.shared_starts = sorted(
            {*self.addresses, *(match.start() for match in _INVITE.finditer(text))}
        )
        self.words: list[str] = []  # plain text that is not written down yet
        self.no_code_before = 0
        self.item_depth = 0

    @property
    def limit(self) -> int:
        """Give where what is open ends."""
        return self.frames[-1].limit

    @cached_property
    def brackets(self) -> _Brackets:
        """Give the masked links, found when the first `[` is met."""
        return _Brackets(self.text)

    @cached_property
    def ticks(self) -> dict[int, list[int]]:
        """Give the starts of the runs of backticks, by their length."""
        by_length = defaultdict(list)
        for match in re.finditer("`+", self.text):
            by_length[len(match[0])].append(match.start())
        return dict(by_length)

    @cached_property
    def tick_sizes(self) -> list[int]:
        """Give the lengths of the runs of backticks, shortest first."""
        return sorted(self.ticks)

    def read(self) -> list[Node]:
        """Read it all."""
        while True:
            while self.at >= self.limit:
                if len(self.frames) == 1:
                    return self._siblings()
                self._close()
            if not (self.line_start and self._read_block()) and not self._read_inline():
                self._read_text()

    # What is written down

    def _siblings(self) -> list[Node]:
        """Give the nodes of what is open so far, the text before here among them."""
        siblings = self.frames[-1].node.children
        if self.words:
            siblings.append(Node("text", text="".join(self.words)))
            self.words.clear()
        return siblings

    def _add(self, node: Node, end: int) -> bool:
        """Add a node without children and go on behind it."""
        self._siblings().append(node)
        self.at = end
        self.line_start = False
        return True

    def _add_text(self, text: str, end: int) -> None:
        """Add text and go on behind it."""
        if text:
            self.words.append(text)
        self.at = end

    def _open(self, node: Node, start: int, limit: int, resume: int) -> bool:
        """Add a node whose children stand from start to limit; behind it, reading goes on at
        resume.
        """
        self._siblings().append(node)
        self.frames.append(_Frame(node, limit, resume))
        self.at = start
        return True

    def _close(self) -> None:
        """Leave the innermost node."""
        self._siblings()
        frame = self.frames.pop()
        self.item_depth -= frame.node.kind == "item"
        self.at = frame.resume
        self.line_start = frame.node.kind in BLOCKS and self.text[frame.resume - 1] == "\n"

    def _line_end(self, at: int) -> int:
        """Give the end of the line, or of what is open."""
        index = bisect_left(self.newlines, at)
        return min(self.newlines[index], self.limit) if index < len(self.newlines) else self.limit

    def _read_text(self) -> None:
        """Take plain text up to the next character that could mean something."""
        index = bisect_right(self.shared_starts, self.at)
        end = (
            min(self.shared_starts[index], self.limit)
            if index < len(self.shared_starts)
            else self.limit
        )
        special = _SPECIAL.search(self.text, self.at + 1, end)
        end = special.start() if special else end
        text = self.text[self.at : end]
        if text[0] == "\n":
            self._add_text("\n", self.at + 1)
            self.line_start = True
            return
        if self.line_start and self.item_depth:
            text = text.lstrip(" ")  # a list drops the indentation of its lines
        self.line_start = self.line_start and not text.strip(" \t")
        self._add_text(text, end)

    # What starts a line

    def _read_block(self) -> bool:
        """Read a quote, a heading, small text or a list item, if one starts here."""
        if not _BLOCK_START.match(self.text, self.at, self.limit):
            return False
        return self._read_quote() or self._read_heading() or self._read_item()

    def _read_quote(self) -> bool:
        """Read `>>> ` to the end, or the lines that start with `> `; quotes do not nest."""
        if self.in_quote:
            return False
        if mark := _BIG_QUOTE.match(self.text, self.at, self.limit):
            quoted, end = self.text[mark.end() : self.limit], self.limit
        elif lines := _QUOTE.match(self.text, self.at, self.limit):
            quoted, end = _QUOTE_MARK.sub("", lines[0]).removesuffix("\n"), lines.end()
        else:
            return False
        self._add(Node("quote", children=_Reader(quoted, in_quote=True).read()), end)
        self.line_start = self.text[end - 1] == "\n"
        return True

    def _read_heading(self) -> bool:
        """Read `# `, `## `, `### ` or `-# ` to the end of the line; a heading loses the `#` that
        end it.
        """
        heading = _HEADING.match(self.text, self.at, self.limit)
        mark = heading or _SUBTEXT.match(self.text, self.at, self.limit)
        if not mark:
            return False
        end = self._line_end(mark.end())
        last = end
        while last > mark.end() + 1 and self.text[last - 1].isspace():
            last -= 1
        while heading and last > mark.end() + 1 and self.text[last - 1] == "#":
            last -= 1
        node = Node("heading", target=str(len(heading[1]))) if heading else Node("subtext")
        return self._open(node, mark.end(), last, min(end + 1, self.limit))

    def _read_item(self) -> bool:
        """Read a list item with the deeper lines below it; items that follow each other make one
        list.
        """
        mark = _BULLET.match(self.text, self.at, self.limit)
        if not mark or self.item_depth >= DEEPEST_LIST:
            return False
        index = bisect_left(self.newlines, self.at)
        indent = mark.start(1) - (self.newlines[index - 1] + 1 if index else 0)
        end = self._line_end(mark.end())
        while end < self.limit and self._is_deeper(end + 1, indent):
            end = self._line_end(end + 1)
        siblings = self._siblings()
        if not siblings or siblings[-1].kind != "list":
            siblings.append(
                Node("list", target=mark[1].rstrip(".") if mark[1][0].isdigit() else "")
            )
        item = Node("item", target=mark[1])
        siblings[-1].children.append(item)
        self.frames.append(_Frame(item, end, min(end + 1, self.limit)))
        self.at = mark.end()
        self.item_depth += 1
        return True

    def _is_deeper(self, start: int, indent: int) -> bool:
        """Tell whether the line that starts here is not blank and stands deeper than the indent."""
        leading = re.compile(r" *(?=\S)").match(self.text, start, self.limit)
        return leading is not None and leading.end() - start > indent

    # What stands in a line

    def _read_inline(self) -> bool:
        """Read what starts with the character that stands here, if it means something."""
        if self._read_shared():
            return True
        match self.text[self.at]:
            case "\\":
                return self._read_escape()
            case "*" | "_":
                return self._read_emphasis()
            case "~" | "|":
                return self._read_pair()
            case "`":
                return self._read_code_block() or self._read_code()
            case "[":
                return self._read_masked_link()
            case "<":
                return self._read_angle()
            case "@" | ":":
                return self._read_name()
            case "¯" if self.text.startswith(_SHRUG, self.at):
                self._add_text(_SHRUG, self.at + len(_SHRUG))
                self.line_start = False
                return True
            case _:
                return False

    def _read_escape(self) -> bool:
        """Read a backslash and the sign behind it as that sign."""
        escape = _ESCAPE.match(self.text, self.at, self.limit)
        if not escape:
            return False
        self._add_text(escape[1], escape.end())
        self.line_start = False
        return True

    def _read_shared(self) -> bool:
        """Read an address or an invite without brackets; a closing bracket that was not opened is
        not part of it.
        """
        index = bisect_left(self.shared_starts, self.at)
        if index == len(self.shared_starts) or self.shared_starts[index] != self.at:
            return False
        invite = _INVITE.match(self.text, self.at, self.limit)
        if invite:
            return self._add(Node("invite", text=invite[0], target=invite[0]), invite.end())
        address = self._address(self.at, self.limit)
        return bool(address) and self._add(
            Node("link", text=address, target=address), self.at + len(address)
        )

    def _address(self, start: int, limit: int) -> str:
        """Give the address that starts here, without the signs that end the sentence around it."""
        written = _URL.match(self.text, start, limit)
        address = written[0] if written else ""
        surplus = address.count(")") - address.count("(")
        end = len(address)
        while end and (address[end - 1] in ".,:;\"']" or (address[end - 1] == ")" and surplus > 0)):
            surplus -= address[end - 1] == ")"
            end -= 1
        return address[:end] if re.search(r"://.", address[:end]) else ""

    def _read_emphasis(self) -> bool:
        """Read `**`, `__`, `*` or `_`: of the two readings that are possible the longer one."""
        marker, start, limit = self.text[self.at], self.at, self.limit
        single = self.runs[marker].single_end(start, limit)
        double = None
        if self.text.startswith(marker * 2, start) and start + 2 <= limit:
            double = self.runs[marker].double_end(start, limit)
        if double is not None and (single is None or double > single):
            return self._open(
                Node("bold" if marker == "*" else "underline"), start + 2, double - 2, double
            )
        return single is not None and self._open(Node("italic"), start + 1, single - 1, single)

    def _read_pair(self) -> bool:
        """Read `~~…~~` or `||…||`; a backslash does not keep the second pair from closing."""
        mark = self.text[self.at] * 2
        end = self._pair_end(mark, self.at + 3) if self.text.startswith(mark, self.at) else None
        if end is None:
            return False
        return self._open(Node("strike" if mark == "~~" else "spoiler"), self.at + 2, end - 2, end)

    def _pair_end(self, mark: str, start: int) -> int | None:
        """Give the end of the next such mark from start on, inside what is open."""
        index = bisect_left(self.pairs[mark], start)
        found = index < len(self.pairs[mark]) and self.pairs[mark][index] + len(mark) <= self.limit
        return self.pairs[mark][index] + len(mark) if found else None

    def _read_code_block(self) -> bool:
        """Read three backticks, perhaps a language on the same line, and what stands up to the next
        three.
        """
        if not self.text.startswith("```", self.at):
            return False
        language = _LANGUAGE.match(self.text, self.at + 3, self.limit)
        starts = [(language.end(), language[1])] if language else []
        for start, name in [*starts, (self.at + 3, "")]:
            first = start
            while first < self.limit and self.text[first] == "\n":
                first += 1
            end = self._pair_end("```", first + 1)
            if end is not None:
                self._add(
                    Node("code block", text=self.text[first : end - 3].rstrip("\n"), target=name),
                    end,
                )
                if (
                    self.text[end : min(end + 1, self.limit)] == "\n"
                ):  # the block ends its line by itself
                    self.at, self.line_start = end + 1, True
                return True
        return False

    def _read_code(self) -> bool:
        """Read `code`: as many backticks as stand here, or fewer of them, and the next run of
        exactly as many.
        """
        if self.at < self.no_code_before:
            return False
        run_end = self.at
        while run_end < self.limit and self.text[run_end] == "`":
            run_end += 1
        for size in reversed(self.tick_sizes[: bisect_right(self.tick_sizes, run_end - self.at)]):
            starts = self.ticks[size]
            index = bisect_left(starts, run_end)
            if index < len(starts) and starts[index] + size <= self.limit:
                inside = self.text[self.at + size : starts[index]]
                return self._add(
                    Node("code", text=re.sub(r"^ (?=`)|(?<=`) $", "", inside)), starts[index] + size
                )
        self.no_code_before = run_end
        return False

    def _read_masked_link(self) -> bool:
        """Read `[words](address)`; words that hold an address themselves make no link."""
        link = self.brackets.link(self.at, self.limit)
        if link is None:
            return False
        words_end, target, end = link
        index = bisect_left(self.addresses, self.at)
        inside = [start for start in self.addresses[index : index + 4] if start < words_end]
        if words_end == self.at + 1 or any(
            self._address(start, min(words_end, start + 64)) for start in inside
        ):
            return False
        return self._open(Node("masked link", target=target), self.at + 1, words_end, end)

    def _read_angle(self) -> bool:
        """Read what stands in angle brackets: a mention, a time, an emoji, an address."""
        match = _ANGLE.match(self.text, self.at, self.limit)
        if not match or match.lastgroup is None:
            return False
        text = match[0][1:-1] if match.lastgroup == "link" else match[0]
        return self._add(
            Node(match.lastgroup, text=text, target=match[match.lastgroup]), match.end()
        )

    def _read_name(self) -> bool:
        """Read `@everyone`, `@here` or `:shortcode:`."""
        if everyone := _EVERYONE.match(self.text, self.at, self.limit):
            return self._add(
                Node("everyone", text=everyone[0], target=everyone[0][1:]), everyone.end()
            )
        if shortcode := _SHORTCODE.match(self.text, self.at, self.limit):
            return self._add(
                Node("shortcode", text=shortcode[0], target=shortcode[1]), shortcode.end()
            )
        return False
