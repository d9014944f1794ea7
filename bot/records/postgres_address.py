"""Where a PostgreSQL database is: the address of SQLAlchemy's form, which holds a password.

In: ``postgresql+asyncpg://user:pass@host:5432/database``. Out: the parts, or a RecordsError
that repeats none of them. What people may read of an address is without its user and password.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.records.model import RecordsError
from bot.texts import records as texts

_DRIVER = "postgresql+asyncpg"
_SCHEMES = (_DRIVER, "postgresql")
# What may stand behind the question mark: a socket's folder, encryption, and libpq's name for it.
_OPTIONS = frozenset(("host", "port", "ssl", "sslmode"))
_ENCRYPTION = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """An address that can be used.

    ``url``: for SQLAlchemy; it hides its password in its ``repr`` alone. ``shown``: for people.
    """

    url: URL
    shown: str

    def __repr__(self) -> str:
        return f"PostgresAddress({self.shown!r})"


def parse_address(text: str) -> PostgresAddress:
    """Read an address. Raises RecordsError for one that is none."""
    fault = RecordsError(texts.ADDRESS, texts.NO_ADDRESS, texts.NO_ADDRESS_HINT)
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise fault from None
    if url.drivername not in _SCHEMES or not url.database:
        raise fault
    unknown = sorted(url.query.keys() - _OPTIONS)
    if unknown:
        raise _make_option_error(unknown[0], sorted(_OPTIONS))
    query = dict(url.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    encryption = query.get("ssl", "prefer")
    if encryption not in _ENCRYPTION:
        raise _make_option_error(f"ssl={encryption}", _ENCRYPTION)
    url = url.set(drivername=_DRIVER, query=query)
    return PostgresAddress(url, _show(url))


def _make_option_error(option: str, options: Sequence[str]) -> RecordsError:
    what = texts.UNKNOWN_OPTION(option=option)
    hint = texts.UNKNOWN_OPTION_HINT(options=", ".join(options))
    return RecordsError(texts.ADDRESS, what, hint)


def _show(url: URL) -> str:
    host = url.host or str(url.query.get("host", ""))
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{host}{port}/{url.database}"
