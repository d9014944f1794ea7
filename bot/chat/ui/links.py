"""Links of articles on cards: which of them are live, and how each is shown.

In: a text of an article with its links. Out: Discord Markdown. Live are mentions of channels, and
addresses with https whose host stands in plain text right behind the words, as Discord's client
would connect to it. Words that look like another address are no link: both are shown dead. All else
of a text is made inert by ``escape``, the words of a link included.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import SplitResult, quote

from bot.articles.addresses import split_address
from bot.articles.model import Link
from bot.chat.ui.escape import escape, visible_text
from bot.chat.ui.layout import LINE, fit

# A longer address leads nowhere that people know.
LONGEST_ADDRESS = 500
_WEB = "https"
# An id of Discord has 15 to 20 digits.
_CHANNEL = re.compile(r"<#[0-9]{15,20}>")
# Of two labels at least; the last begins with a letter, so that it is no number in disguise.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?")
# The old and the new rules for names beyond ASCII lead these to different hosts.
_AMBIGUOUS = frozenset("ßẞς\u200c\u200d")
# What an address keeps as it is. Brackets, quotes and what Discord's Markdown knows are encoded.
_KEPT = "/?#:@!$&+,;=%-._~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Words with dots in between: what may be the name of a host in the words of a link.
_NAME = re.compile(r"[\w-]++(?:\.[\w-]++)*")
_IP_ADDRESS = re.compile(r"[0-9]+(?:\.[0-9]+){3}")
_DOMAIN = re.compile(r"(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)(?![^\W_])")
_FULL_STOP = "\u3002"
# Endings of names of files and of libraries (Node.js) that are no top-level domains.
_FILE_ENDINGS = frozenset(
    (
        *("cfg", "conf", "cpp", "css", "csv", "dll", "docx", "exe", "gif", "gz", "htm", "html"),
        *("ini", "jar", "jpg", "js", "json", "jsx", "log", "lua", "mdx", "pdf", "php", "png"),
        *("rar", "tar", "toml", "ts", "tsx", "txt", "wav", "xlsx", "xml", "yaml", "yml"),
    )
)


class WebAddress(NamedTuple):
    """An address that may be live: all of it, in ASCII, and the ``host`` it leads to."""

    text: str
    host: str


class ShownLink(NamedTuple):
    """What ``text[start:end]`` is shown as: Discord Markdown.

    Words that stay words are not in it: they are made inert together with what stands beside them.
    """

    start: int
    end: int
    shown: str


def read_address(address: str) -> WebAddress | None:
    """Read the address of a link; None for one that is not to be live.

    Live is an address with https and the name of a host, without a user in it, that is not too
    long. The host is in lower case and in Punycode, with its port where there is one. What could
    end the address in Markdown is percent-encoded.
    """
    if not address.isprintable() or len(address) > LONGEST_ADDRESS:
        return None
    parts = split_address(address)
    if parts is None or parts.scheme != _WEB or "@" in parts.netloc:
        return None
    host = _read_host(parts.hostname or "")
    if not host:
        return None
    if parts.port is not None:
        host = f"{host}:{parts.port}"
    encoded = f"{_WEB}://{host}{_encode_rest(parts)}"
    return WebAddress(encoded, host) if len(encoded) <= LONGEST_ADDRESS else None


def _read_host(name: str) -> str:
    """Give the name of a host in Punycode; empty where it is none, or not certainly one."""
    if not _AMBIGUOUS.isdisjoint(name):
        return ""
    try:
        host = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return host if _HOST.fullmatch(host) else ""


def _encode_rest(parts: SplitResult) -> str:
    """Give what stands behind the host, percent-encoded."""
    rest = parts._replace(scheme="", netloc="").geturl()
    whole = _STRAY_PERCENT.sub("%25", rest)
    return quote(whole, safe=_KEPT)


def read_links(text: str, links: Sequence[Link]) -> list[ShownLink]:
    """Give how the links of a text are shown, without those that are shown as their words alone."""
    shown_links = (_show_link(text, link) for link in links)
    return [shown for shown in shown_links if shown is not None]


def _show_link(text: str, link: Link) -> ShownLink | None:
    """Show a link; None where its words are to be shown alone."""
    start, end, address = link.start, link.end, link.address
    words = text[start:end]
    if _CHANNEL.fullmatch(address):
        return ShownLink(start, end, address) if words == address else None
    web = read_address(address)
    if web is None:
        return None
    if words.strip() in (address, web.text):
        return ShownLink(start, end, f"<{web.text}>")
    if _looks_like_other(words, web.host):
        dead = fit(web.text, LINE)
        return ShownLink(end, end, f" ({dead})")
    masked = mask(words, web, behind=f" ({escape(web.host)})")
    return ShownLink(start, end, masked) if masked else None


def mask(words: str, address: WebAddress, behind: str = "") -> str:
    """Make a link of words, and what stands ``behind`` it; empty where the words can't be one.

    Brackets and line breaks in them would end it for some of Discord's clients.
    """
    shown = escape(words)
    is_one_line = len(words.splitlines()) == 1
    if not shown.strip() or not is_one_line or "[" in words or "]" in words:
        return ""
    return f"[{shown}](<{address.text}>){behind}"


def _looks_like_other(words: str, host: str) -> bool:
    """Say whether words look like an address, or a host, other than that of their link."""
    composed = unicodedata.normalize("NFKC", visible_text(words)).casefold()
    seen = "".join(filter(_is_seen, composed)).replace(_FULL_STOP, ".")
    if "://" in seen:
        return True
    name_of_host, _, _ = host.partition(":")
    own_name = name_of_host.removeprefix("www.")
    names = (found[0] for found in _NAME.finditer(seen))
    return any(_is_host(name) and name.removeprefix("www.") != own_name for name in names)


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Cf", "Mn", "Me")


def _is_host(name: str) -> bool:
    """Say whether a dotted name could be that of a host: no file, no number of a version.

    It could where any of its labels but the first begins like a top-level domain.
    """
    if _IP_ADDRESS.fullmatch(name):
        return True
    _, *labels = name.split(".")
    domains = (found[0] for found in map(_DOMAIN.match, labels) if found)
    return any(domain not in _FILE_ENDINGS for domain in domains)


def is_whole(text: str, shown: str) -> bool:
    """Say whether a text is ``shown`` as a whole, inert."""
    return len(text) <= len(shown) and shown == escape(text)


def put_links(text: str, links: Sequence[ShownLink]) -> str:
    """Make a text inert, but for links, which are in order."""
    shown = ""
    position = 0
    for link in links:
        shown += escape(text[position : link.start]) + link.shown
        position = link.end
    return shown + escape(text[position:])
