"""How this server says no: to the bot as Discord does, to the test as an exception.

`Refusal` becomes an HTTP answer with Discord's code and message. `Complaints` collects what is
wrong with a body, field by field, in the shape of Discord's `errors`. The other classes are for the
test that plays the people.
"""

from typing import Any


class Refusal(Exception):  # noqa: N818 (it is what the server says, not what went wrong in it)
    """What the server answers instead of doing what was asked.

    `breach` tells whether the bot could have known better; only then it is written down as an
    offence.
    """

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        errors: dict[str, Any] | None = None,
        breach: bool = True,
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.breach = breach

    def body(self) -> dict[str, Any]:
        """Give the JSON that Discord would send."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body

    def __str__(self) -> str:
        return f"{self.status} {self.code} {self.message}" + (
            f" {readable(self.errors)}" if self.errors else ""
        )


class TooManyError(Refusal):
    """The request came too early."""

    def __init__(
        self, retry_after_s: float, *, is_global: bool = False, breach: bool = False
    ) -> None:
        super().__init__(429, 0, "You are being rate limited.", breach=breach)
        self.retry_after_s = retry_after_s
        self.is_global = is_global


def readable(errors: dict[str, Any], path: str = "") -> str:
    """Give Discord's tree of errors as one line."""
    parts = []
    for key, value in errors.items():
        if key == "_errors":
            parts += [f"{path}: {error['message']}" for error in value]
        else:
            parts.append(readable(value, f"{path}.{key}" if path else key))
    return "; ".join(parts)


class Complaints:
    """What is wrong with a body, field by field."""

    def __init__(self) -> None:
        self.errors: dict[str, Any] = {}

    def add(self, path: str, code: str, message: str) -> None:
        """Complain about the field at this dotted path."""
        place = self.errors
        for key in path.split("."):
            place = place.setdefault(key, {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def text(self, path: str, value: object, least: int, most: int) -> bool:
        """Complain unless the value is a text with so many code points; tell whether it is one."""
        if not isinstance(value, str):
            self.add(path, "BASE_TYPE_STRING", "Could not interpret as string.")
        elif not least <= len(value) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            return True
        return False

    def optional_text(self, path: str, value: object, most: int) -> None:
        """Complain unless the value is missing, null or a text no longer than this."""
        if value is not None:
            self.text(path, value, 0, most)

    def number(self, path: str, value: object, least: int, most: int) -> bool:
        """Complain unless the value is a whole number in this range; tell whether it is one."""
        if isinstance(value, bool) or not isinstance(value, int):
            self.add(path, "NUMBER_TYPE_COERCE", "Value is not int.")
        elif not least <= value <= most:
            self.add(path, "NUMBER_TYPE_RANGE", f"Must be between {least} and {most}.")
        else:
            return True
        return False

    def items(self, path: str, value: object, least: int, most: int) -> list[Any]:
        """Complain unless the value is a list with so many elements; give what there is of it."""
        if not isinstance(value, list):
            self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType.")
            return []
        if not least <= len(value) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        return value

    def record(self, path: str, value: object) -> dict[str, Any]:
        """Complain unless the value is an object; give it, or an empty one."""
        if isinstance(value, dict):
            return value
        self.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType.")
        return {}

    def raise_if_any(self) -> None:
        """Refuse the body when something is wrong with it."""
        if self.errors:
            raise Refusal(400, 50035, "Invalid Form Body", errors=self.errors)


class NotOfferedError(AssertionError):
    """A person could not have done this: their Discord app does not offer it."""


class NoAnswerError(AssertionError):
    """The bot did not answer in time."""
