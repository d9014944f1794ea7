"""The one reader of web addresses: any text in, its parts out, or nothing where it is none."""

from urllib.parse import SplitResult, urlsplit


def split_address(address: str) -> SplitResult | None:
    """Give the parts of an address; None where it can't be taken apart. Never raises."""
    try:
        parts = urlsplit(address)
        # A port that is no number, or too large, is refused only when it is asked for.
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts
