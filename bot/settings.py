"""Read the settings from ``config.yaml`` into frozen values.

In: a file. Out: ``Settings``, or one SettingsError that names every fault with its line. A path in
the file is relative to the file's own folder. What the environment says (``environment``) and what
the command line says wins over the file. A secret hides itself wherever it would be printed.
"""

import os
import re
from collections.abc import Callable
from collections.abc import Mapping as Servers
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from bot.answers.confidence_numbers import THRESHOLD
from bot.articles.ignoring import SERVERS, check_pattern
from bot.sharding import MOST_SHARDS, parse_shard_ids
from bot.strict_yaml import Mapping, Node, Scalar, Sequence, YamlError, read_yaml
from bot.texts import common
from bot.texts import settings as texts
from bot.visible import keep_visible

# A file of settings is far smaller; what is larger is something else.
_MAX_BYTES = 65_536
# Whoever has mended so many looks again anyway.
_MAX_FAULTS = 100
# The limits of a number of questions, and of seconds.
_MOST_COUNT = 3_600
# The limits of knowledge bases in memory, and of a server's files and megabytes.
_MOST_KEPT = 1_000_000
# A year.
_MOST_DAYS = 365

_SWITCH = {"true": True, "false": False}
# An id of Discord holds the milliseconds since 2015: today 18 or 19 digits, in the first year 15.
_ID = re.compile(r"[0-9]{15,20}")
# Log levels; "auto" is text on a terminal, and JSON elsewhere.
LOG_LEVELS = ("debug", "info", "warning")
LOG_FORMATS = ("auto", "text", "json")
# Whether changes of the folder are served by themselves; "poll" looks again and again.
WATCH_MODES = ("off", "on", "poll")
# Where articles are from: the folder, or the records' database, of which the folder is a copy.
ARTICLE_SOURCES = ("folder", "database")
# A name, an IPv4 address, or an IPv6 address in brackets; a port.
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]")
_PORT = re.compile(r"[0-9]{1,5}")
_MOST_PORT = 65_535
_LOOPBACK = "127.0.0.1"
# The address of a PostgreSQL database; its parts are looked at where it is used.
DATABASE_URL = re.compile(r"postgresql(\+asyncpg)?://\S+")


T = TypeVar("T")
# Reads a value of the file at the path; raises ValueError with what is wrong.
Reader = Callable[[Node, Path], T]


class SettingsError(Exception):
    """All that is wrong with the settings.

    ``faults``: one line each, such as ``config.yaml:3:1: what (hint)``.
    """

    def __init__(self, faults: list[str]) -> None:
        """Make a message of one fault a line."""
        super().__init__("\n".join(faults))
        self.faults = faults


def _read_text(value: Node, _: Path) -> str:
    if not isinstance(value, Scalar) or not value.text or "\0" in value.text:
        raise ValueError(texts.NOT_ONE_VALUE)
    return value.text


class Secret:
    """A text that shows itself only when it is asked to."""

    def __init__(self, value: str) -> None:
        """Keep ``value``."""
        self._value = value

    def reveal(self) -> str:
        """Return the text itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('…')"


def _read_database_url(value: Node, path: Path) -> Secret:
    text = _read_text(value, path)
    if not DATABASE_URL.fullmatch(text):
        raise ValueError(texts.NOT_A_DATABASE_URL)
    return Secret(text)


def _read_folder(value: Node, path: Path) -> Path:
    text = _read_text(value, path)
    try:
        folder = Path(text).expanduser()
    except RuntimeError:
        raise ValueError(texts.NO_HOME(value=text)) from None
    return path.parent / folder


def _read_folder_or_off(value: Node, path: Path) -> Path | None:
    if _read_text(value, path) == "off":
        return None
    return _read_folder(value, path)


def _read_share(value: Node, path: Path) -> float:
    text = _read_text(value, path)
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    # Not a number (nan) is in no range.
    if not 0 <= number <= 1:
        raise ValueError(texts.NOT_A_SHARE(value=text))
    return number


def _read_quotes(value: Node, path: Path) -> int:
    text = _read_text(value, path)
    if text not in ("1", "2", "3"):
        raise ValueError(texts.NOT_A_COUNT_OF_QUOTES(value=text))
    return int(text)


def _read_switch(value: Node, path: Path) -> bool:
    text = _read_text(value, path)
    if text not in _SWITCH:
        raise ValueError(texts.NOT_A_SWITCH(value=text))
    return _SWITCH[text]


def _read_id(value: Node, path: Path) -> int:
    text = _read_text(value, path)
    if not _ID.fullmatch(text):
        raise ValueError(texts.NOT_AN_ID(value=text))
    return int(text)


def _read_ids(value: Node, path: Path) -> tuple[int, ...]:
    """Read a list of ids, or one id alone."""
    items = value.items if isinstance(value, Sequence) else (value,)
    return tuple(_read_id(item, path) for item in items)


def _read_patterns(value: Node, path: Path) -> tuple[str, ...]:
    """Read a list of patterns, or one pattern alone."""
    items = value.items if isinstance(value, Sequence) else (value,)
    patterns = tuple(_read_text(item, path) for item in items)
    for pattern in patterns:
        try:
            check_pattern(pattern)
        except ValueError:
            raise ValueError(texts.NOT_A_PATTERN(value=pattern)) from None
    return patterns


def _number_reader(least: int, most: int) -> Reader[int]:
    """Make a reader of whole numbers from ``least`` to ``most``."""
    digits = re.compile(rf"[0-9]{{1,{len(str(most))}}}")

    def read(value: Node, path: Path) -> int:
        text = _read_text(value, path)
        if not digits.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(texts.NOT_A_NUMBER(value=text, least=least, most=most))
        return int(text)

    return read


_read_count = _number_reader(1, _MOST_COUNT)
_read_most_kept = _number_reader(1, _MOST_KEPT)
_read_days = _number_reader(0, _MOST_DAYS)
read_shard_count = _number_reader(1, MOST_SHARDS)


def read_shard_ids(value: Node, path: Path) -> tuple[int, ...]:
    """Read ids and ranges of ids: in one text, or as a list."""
    items = value.items if isinstance(value, Sequence) else (value,)
    text = ",".join(_read_text(item, path) for item in items)
    try:
        return parse_shard_ids(text)
    except ValueError:
        raise ValueError(texts.NOT_SHARDS(value=text)) from None


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens: an IP address or the name of a host, and a port.

    Port 0 is any that is free.
    """

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def _read_address_or_off(value: Node, path: Path) -> Address | None:
    """Read ``HOST:PORT``, or a port alone, which is one of this machine's own."""
    text = _read_text(value, path)
    if text == "off":
        return None
    host, _, port = text.rpartition(":")
    is_host = not host or _HOST.fullmatch(host) is not None
    if not is_host or not _PORT.fullmatch(port) or int(port) > _MOST_PORT:
        raise ValueError(texts.NOT_A_LISTENING_ADDRESS(value=text))
    return Address(host.strip("[]") or _LOOPBACK, int(port))


def _choice_reader(choices: tuple[str, ...]) -> Reader[str]:
    """Make a reader of one of a few words."""

    def read(value: Node, path: Path) -> str:
        text = _read_text(value, path)
        if text not in choices:
            raise ValueError(texts.NOT_A_CHOICE(value=text, choices=", ".join(choices)))
        return text

    return read


@dataclass(frozen=True, slots=True)
class ServerArticles:
    """The folders of a server's own articles, of which the first is the one that is edited.

    ``is_alone``: its members are not shown the common articles beside them.
    """

    folders: tuple[Path, ...]
    is_alone: bool = False


_SERVER_KEYS = ("folders", "alone")


def _read_servers(value: Node, path: Path) -> Servers[int, ServerArticles]:
    """Read the articles of servers by their ids: a folder, several, or these and ``alone``."""
    if not isinstance(value, Mapping):
        raise ValueError(texts.NO_SERVERS)  # noqa: TRY004 (it stands in a file)
    return {
        _read_id(key, path): _read_server(of_server, path)
        for key, of_server in value.entries.values()
    }


def _read_server(value: Node, path: Path) -> ServerArticles:
    is_alone = False
    if isinstance(value, Mapping):
        named = {name: one for name, (_, one) in value.entries.items()}
        if "folders" not in named or not set(named).issubset(_SERVER_KEYS):
            raise ValueError(texts.SERVER_KEYS)
        is_alone = _read_switch(named["alone"], path) if "alone" in named else False
        value = named["folders"]
    items = value.items if isinstance(value, Sequence) else (value,)
    folders = tuple(_read_folder(item, path) for item in items)
    if not folders:
        raise ValueError(texts.NOT_ONE_VALUE)
    return ServerArticles(folders, is_alone)


_read_digest = _choice_reader(("off", "weekly"))
_read_log_level = _choice_reader(LOG_LEVELS)
_read_log_format = _choice_reader(LOG_FORMATS)
_read_watch_mode = _choice_reader(WATCH_MODES)
_read_source = _choice_reader(ARTICLE_SOURCES)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; ``config.example.yaml`` explains each.

    Each field is one setting: its key, its default, and the function that reads its value.
    """

    # The folder of articles.
    knowledge: Path = field(default=Path("knowledge"), metadata={"read": _read_folder})
    # The articles of single servers, by the servers' ids, besides those in knowledge/servers/<id>.
    servers: Servers[int, ServerArticles] = field(
        default_factory=dict, metadata={"read": _read_servers}
    )
    # Whether the managers of every server may keep articles of their own there.
    server_articles: bool = field(default=False, metadata={"read": _read_switch})
    # The most files and megabytes of a server's own articles that are edited from Discord.
    server_files: int = field(default=200, metadata={"read": _read_most_kept})
    server_megabytes: int = field(default=20, metadata={"read": _read_most_kept})
    # For how many servers, and for how many kinds of readers, articles are kept in memory.
    knowledge_bases_kept: int = field(default=1_000, metadata={"read": _read_most_kept})
    # Where what lies in it is from.
    articles_from: str = field(default="folder", metadata={"read": _read_source})
    # What in it is no article, besides what never is: patterns as in a .gitignore.
    ignore: tuple[str, ...] = field(default=(), metadata={"read": _read_patterns})
    # Whether what changes in it is served by itself.
    watch: str = field(default="off", metadata={"read": _read_watch_mode})
    # The folder of a model that embeds texts; None: passages are found by words alone.
    model: Path | None = field(default=None, metadata={"read": _read_folder_or_off})
    # The least probability that the articles answer at which a question is answered.
    threshold: float = field(default=THRESHOLD, metadata={"read": _read_share})
    # The most quotations of an answer.
    quotes: int = field(default=3, metadata={"read": _read_quotes})
    # Who may use /kb: ids of users, ids of roles.
    admin_users: tuple[int, ...] = field(default=(), metadata={"read": _read_ids})
    admin_roles: tuple[int, ...] = field(default=(), metadata={"read": _read_ids})
    # The guild whose managers may use /kb, too; 0: the only one.
    home_server: int = field(default=0, metadata={"read": _read_id})
    # The channel where changes of the articles are told; 0: nowhere.
    log_channel: int = field(default=0, metadata={"read": _read_id})
    # Whether the figures of a week are told there.
    digest: str = field(default="off", metadata={"read": _read_digest})
    # The most questions of a user, of messages in a channel, and of a guild, in so many seconds.
    questions_per_person: int = field(default=5, metadata={"read": _read_count})
    questions_per_channel: int = field(default=15, metadata={"read": _read_count})
    questions_per_server: int = field(default=30, metadata={"read": _read_count})
    questions_window_s: int = field(default=20, metadata={"read": _read_count})
    # The roles that are asked where the articles do not answer; the first that a guild has.
    human_roles: tuple[int, ...] = field(default=(), metadata={"read": _read_ids})
    # The channels where a question is answered in a thread.
    thread_channels: tuple[int, ...] = field(default=(), metadata={"read": _read_ids})
    # The forums where new posts are answered.
    forum_channels: tuple[int, ...] = field(default=(), metadata={"read": _read_ids})
    # Whether the bot has the privileged intent to read all messages.
    message_content: bool = field(default=False, metadata={"read": _read_switch})
    # Whether the links and channels of articles can be pressed on cards.
    links: bool = field(default=True, metadata={"read": _read_switch})
    # The folder of the records; None: there are none.
    records: Path | None = field(default=Path("records"), metadata={"read": _read_folder_or_off})
    # The PostgreSQL database of the records, with its password; None: they are in the folder.
    records_url: Secret | None = field(default=None, metadata={"read": _read_database_url})
    # For how many days unanswered questions are kept.
    unanswered_days: int = field(default=30, metadata={"read": _read_days})
    # The folder where the index is saved; None: it is not.
    index: Path | None = field(default=Path("index"), metadata={"read": _read_folder_or_off})
    # The folder where the versions that serve are kept; None: they are not.
    versions: Path | None = field(default=Path("versions"), metadata={"read": _read_folder_or_off})
    # Where the running bot tells how it is (/livez, /readyz, /metrics); None: nowhere.
    health: Address | None = field(default=None, metadata={"read": _read_address_or_off})
    # The file that says every few seconds how the running bot is; None: there is none.
    heartbeat: Path | None = field(default=None, metadata={"read": _read_folder_or_off})
    # How many shards there are in all processes, and which this one has; 0: as many as Discord
    # recommends; none: all of them.
    shard_count: int = field(default=0, metadata={"read": read_shard_count})
    shard_ids: tuple[int, ...] = field(default=(), metadata={"read": read_shard_ids})
    # The least grave events of this program that are logged, and how lines look.
    log_level: str = field(default="info", metadata={"read": _read_log_level})
    log_format: str = field(default="auto", metadata={"read": _read_log_format})


_READERS: dict[str, Reader[Any]] = {
    setting.name: setting.metadata["read"] for setting in fields(Settings)
}


def read_settings(path: Path | None) -> Settings:
    """Read a configuration file; None means ``config.yaml`` here, if there is one.

    Raises SettingsError with every wrong key and value, or for a file that can't be read.
    """
    if path is None:
        path = Path("config.yaml")
        if not os.path.lexists(path):
            return Settings()
    text = _read_file(path)
    try:
        node = read_yaml(text, max_bytes=_MAX_BYTES)
    except YamlError as error:
        hint = keep_visible(error.hint)
        fault = _render_fault(path, error.line, error.column, error.what, hint)
        raise SettingsError([fault]) from None
    if not isinstance(node, Mapping):
        fault = _render_fault(
            path, node.line, node.column, common.NOT_A_MAPPING(), texts.NOT_A_MAPPING_HINT
        )
        raise SettingsError([fault])
    return _read_values(path, node)


def _read_file(path: Path) -> str:
    try:
        if not path.is_file():
            raise SettingsError([texts.UNREADABLE(path=path, reason=texts.NO_FILE)])
        with path.open("rb") as file:
            # One byte more shows that the file is too large.
            content = file.read(_MAX_BYTES + 1)
            return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = describe_unreadable(error)
        raise SettingsError([texts.UNREADABLE(path=path, reason=reason)]) from None


def _read_values(path: Path, node: Mapping) -> Settings:
    values: dict[str, Any] = {}
    faults = []
    for name, (key, value) in node.entries.items():
        read = _READERS.get(name)
        if read is None:
            what = texts.UNKNOWN_KEY(key=name)
            hint = common.KNOWN_KEYS(keys=", ".join(_READERS))
            faults.append(_render_fault(path, key.line, key.column, what, hint))
            continue
        try:
            values[name] = read(value, path)
        except ValueError as error:
            what = texts.WRONG_VALUE(key=name, fault=error)
            faults.append(_render_fault(path, value.line, value.column, what))
    if values.get("forum_channels") and not values.get("message_content"):
        key, _ = node.entries["forum_channels"]
        what = texts.FORUM_NEEDS_CONTENT
        hint = texts.FORUM_NEEDS_CONTENT_HINT
        faults.append(_render_fault(path, key.line, key.column, what, hint))
    settings = Settings(**values)
    if find_overlap(settings.knowledge, settings.servers) is not None:
        key, _ = node.entries["servers"]
        what = texts.WRONG_VALUE(key="servers", fault=texts.SERVERS_OVERLAP)
        hint = texts.SERVERS_OVERLAP_HINT
        faults.append(_render_fault(path, key.line, key.column, what, hint))
    surplus = len(faults) - _MAX_FAULTS
    if surplus > 0:
        faults[_MAX_FAULTS:] = [texts.MORE_FAULTS(surplus, path=path)]
    if faults:
        raise SettingsError(faults)
    return settings


def find_overlap(common: Path, servers: Servers[int, ServerArticles]) -> Path | None:
    """Find a folder of a server that holds another one, or lies in it; None where none does.

    The places of servers in the common folder are named by their ids, and lie apart.
    """
    own = {folder.resolve() for one in servers.values() for folder in one.folders}
    common = common.resolve()
    for server_id, one in servers.items():
        for folder in one.folders:
            resolved = folder.resolve()
            if resolved == common / SERVERS / str(server_id):
                continue
            is_common = resolved == common or common in resolved.parents
            is_around = resolved in common.parents or not own.isdisjoint(resolved.parents)
            if is_common or is_around:
                return folder
    return None


def _render_fault(path: Path, line: int, column: int, what: str, hint: str = "") -> str:
    template = texts.FAULT_WITH_HINT if hint else texts.FAULT
    shown_what = keep_visible(what)
    return template(path=path, line=line, column=column, what=shown_what, hint=hint)


def describe_unreadable(error: OSError | UnicodeDecodeError) -> str | None:
    """Say why a file can't be read as text."""
    return error.strerror if isinstance(error, OSError) else texts.NOT_UTF8
