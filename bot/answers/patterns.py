"""Regular expressions put together from named parts."""


def any_of(*patterns: str) -> str:
    """Give a regular expression that matches where one of ``patterns`` does, the first of them."""
    return f"(?:{'|'.join(patterns)})"
