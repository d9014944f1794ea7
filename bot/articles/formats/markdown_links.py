"""Links whose text names another site than they lead to.

In: an inline token of markdown-it-py. Out: a warning for each such link. Phishing is written so,
and so are links that went stale.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from markdown_it.token import Token

from bot.articles.addresses import split_address
from bot.articles.model import Problem
from bot.articles.problems import make_warning
from bot.texts import problems as texts

# A text that is a web address, or begins with one; group 1 is the host.
_ADDRESS = re.compile(r"\s*(?:https?://)?([\w-]+(?:\.[\w-]+)*\.([^\W\d_]{2,}))(?:[/:?#]|\s*$)")
# Endings of files, which end names of programs too: "Node.js", "setup.py". A host seldom has one.
_FILE_ENDINGS = frozenset(
    "bat cfg cs css csv docx exe html ini jar js json jsx log lua md mdx pdf php png py rb rs sh"
    " toml ts tsx txt xml yaml yml zip".split()
)


def check_links(file: str, line: int, token: Token) -> Iterator[Problem]:
    """Give a warning for each link of an inline token that does not lead where it reads."""
    children = iter(token.children or [])
    for child in children:
        is_autolink = child.info == "auto"
        if child.type != "link_open" or is_autolink:
            continue
        inside = takewhile(lambda part: part.type != "link_close", children)
        text = "".join(part.content for part in inside if part.type != "html_inline")
        shown = _ADDRESS.match(text)
        if shown is None or shown[2].lower() in _FILE_ENDINGS:
            continue
        target = _find_host(child)
        is_misleading = _normalise_host(shown[1]) != target.removeprefix("www.")
        if target and is_misleading:
            yield make_warning(texts.LINK_MISLEADS, file, line, shown=shown[1], target=target)


def _find_host(link: Token) -> str:
    """Give the host that a link leads to; "" where it leads to none, such as in the same page."""
    href = str(link.attrs.get("href", ""))
    address = split_address(href)
    if address is None:
        return texts.ADDRESS_UNREADABLE
    return address.hostname or ""


def _normalise_host(host: str) -> str:
    return host.lower().removeprefix("www.")
