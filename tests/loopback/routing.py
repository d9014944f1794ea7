"""The shape of a REST route."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

Answer = tuple[int, Any]


class Route:
    """A method, a pattern of the path, and what answers it."""

    def __init__(
        self,
        method: str,
        pattern: str,
        answer: Callable[..., Awaitable[Answer]],
        *,
        open_to_all: bool = False,
    ) -> None:
        self.method = method
        self.pattern = re.compile(pattern)
        self.answer = answer
        self.open_to_all = open_to_all
