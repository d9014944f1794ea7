"""The one reader of web addresses: any text in, its parts out, or nothing where it is none."""

import re
from urllib.parse import SplitResult, urlsplit

_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"]")


def split_address(address: str) -> SplitResult | None:
    """Give the parts of an address; None where it can't be taken apart. Never raises."""
    try:
        parts = urlsplit(address)
        # A port that is no number, or too large, is refused only when it is asked for.
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts


def choose_web_address(href: str) -> str:
    """Give the web address that a link of HTML leads to; "" where it leads to none."""
    address = href.strip()
    parts = split_address(address)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return "" if _NOT_IN_ADDRESSES.search(address) else address
