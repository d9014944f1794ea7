"""What the environment says: how Discord is reached, and what wins over the file of settings.

In: variables and settings. Out: ``Connection``, and settings; or one SettingsError that lists every
fault. The token comes from here alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from bot.settings import (
    DATABASE_URL,
    Reader,
    Secret,
    Settings,
    SettingsError,
    describe_unreadable,
    read_shard_count,
    read_shard_ids,
)
from bot.strict_yaml import Scalar
from bot.texts import settings as texts

# Names the heartbeat file, and wins over the settings: a health check need not know them.
HEARTBEAT_VARIABLE = "ARTICLEBOT_HEARTBEAT"
# Names the records' database, or a file that holds its address; wins over the settings, too.
RECORDS_URL_VARIABLE = "RECORDS_URL"
# What a header of HTTP can hold.
_TOKEN = re.compile(r"[!-~]+")

T = TypeVar("T")
# Variables by name.
Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Connection:
    """How Discord is reached; empty addresses mean Discord's own."""

    token: Secret | None = None
    api_url: str = ""
    gateway_url: str = ""


def find_heartbeat(settings: Settings, environment: Environment) -> Path | None:
    """Find the heartbeat file: its variable's if that is set, else the settings'; None: none."""
    name = environment.get(HEARTBEAT_VARIABLE, "").strip()
    return Path(name) if name else settings.heartbeat


def with_records_url(settings: Settings, environment: Environment) -> Settings:
    """Take the records' database from its variable, or from the file that another one names.

    Raises SettingsError where that can't be read, or holds no address.
    """
    faults: list[str] = []
    text = _find_secret(environment, RECORDS_URL_VARIABLE, faults)
    if text and not DATABASE_URL.fullmatch(text):
        fault = texts.WRONG_VALUE(key=RECORDS_URL_VARIABLE, fault=texts.NOT_A_DATABASE_URL)
        faults.append(fault)
    url = Secret(text) if text else settings.records_url
    is_kept = url is not None and settings.versions is not None
    if settings.articles_from == "database" and not is_kept and not faults:
        faults.append(texts.DATABASE_NEEDED)
    if faults:
        raise SettingsError(faults)
    return replace(settings, records_url=url)


def list_passwords(settings: Settings) -> list[str]:
    """List what no log may hold: a password as it stands in an address, and as it is meant."""
    if settings.records_url is None:
        return []
    _, _, rest = settings.records_url.reveal().partition("://")
    login, _, _ = rest.rpartition("@")
    _, _, password = login.partition(":")
    return [one for one in {password, unquote(password)} if one]


def with_shards(settings: Settings, environment: Environment) -> Settings:
    """Let SHARD_COUNT and SHARD_IDS win over the settings.

    Raises SettingsError where a value is none, or a process would have a shard that there is not.
    """
    faults: list[str] = []

    def find(variable: str, read: Reader[T], default: T) -> T:
        text = environment.get(variable, "").strip()
        if not text:
            return default
        try:
            return read(Scalar(1, 1, text), Path())
        except ValueError as error:
            faults.append(texts.WRONG_VALUE(key=variable, fault=error))
            return default

    count = find("SHARD_COUNT", read_shard_count, settings.shard_count)
    ids = find("SHARD_IDS", read_shard_ids, settings.shard_ids)
    if not faults and ids and not count:
        faults.append(texts.SHARDS_WITHOUT_COUNT)
    elif not faults and ids and ids[-1] >= count:
        faults.append(texts.SHARD_BEYOND(shard=ids[-1], count=count, last=count - 1))
    if faults:
        raise SettingsError(faults)
    return replace(settings, shard_count=count, shard_ids=ids)


def read_connection(environment: Environment) -> Connection:
    """Read how Discord is reached.

    The variables are DISCORD_TOKEN or DISCORD_TOKEN_FILE, DISCORD_API_URL, DISCORD_GATEWAY_URL.
    Raises SettingsError where the token's file can't be read, or a value is none.
    """
    faults: list[str] = []
    token = _find_token(environment, faults)
    api_url = _find_address(environment, "DISCORD_API_URL", "http", faults)
    gateway_url = _find_address(environment, "DISCORD_GATEWAY_URL", "ws", faults)
    if faults:
        raise SettingsError(faults)
    secret = Secret(token) if token else None
    return Connection(secret, api_url.rstrip("/"), gateway_url)


def _find_secret(environment: Environment, variable: str, faults: list[str]) -> str:
    """Find a secret in its variable or its file; "" where there is none. Adds to ``faults``."""
    secret = environment.get(variable, "").strip()
    name = environment.get(f"{variable}_FILE", "")
    if secret or not name:
        return secret
    reason: str | None = texts.EMPTY_FILE
    try:
        secret = Path(name).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = describe_unreadable(error)
    if not secret:
        # What else there is to use, such as a database on this disk, is not meant.
        fault = texts.SECRET_FILE_UNREADABLE(variable=variable, name=name, reason=reason)
        faults.append(fault)
    return secret


def _find_token(environment: Environment, faults: list[str]) -> str:
    """Find the token in its variable or file; "" where there is none. Adds to ``faults``."""
    token = _find_secret(environment, "DISCORD_TOKEN", faults)
    if token and not _TOKEN.fullmatch(token):
        faults.append(texts.WRONG_TOKEN)
    return token


def _find_address(environment: Environment, variable: str, scheme: str, faults: list[str]) -> str:
    """Find an address; "" where there is none. Adds to ``faults``.

    ``scheme`` is the one without encryption; with an "s" it is encrypted.
    """
    address = environment.get(variable, "").strip()
    pattern = rf"{scheme}s?://[^\s/]+(/\S*)?"
    if address and not re.fullmatch(pattern, address):
        fault = texts.NOT_AN_ADDRESS(variable=variable, value=address, scheme=scheme)
        faults.append(fault)
    return address
