"""What is logged, and how: a line an event, without secrets, short, and not twice."""

import gc
import json
import re
import subprocess
import sys
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs.folding import FoldingHandler
from bot.logs.lines import MOST_BYTES, JsonFormatter, TerminalFormatter
from bot.logs.redaction import Redaction

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"  # noqa: S105 (made up)
OF_INTERACTION = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5OmFiY2RlZg"
OF_WEBHOOK = "kGp2-webhook_tokenOfSixtyEightCharactersOrSoWhichNobodyElseMayKnow_x"


def logged(code: str, form: str = "auto", level: str = "info") -> str:
    """Run a few lines with the log set up; give what was logged."""
    lines = (
        f"import logging\nfrom bot.logs import set_up\nset_up('sesame', {level!r}, {form!r})\n"
        f"log = logging.getLogger('x')\n{code}"
    )
    return subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, check=False, timeout=120
    ).stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_password_of_a_database_reaches_the_log(form: str) -> None:
    """Not in an address, whichever it is, nor by itself where it is known."""
    code = f"""
log.warning("to postgresql+asyncpg://ada:{"ses@me/x:"}@db.example.org:5432/bot, then")
log.warning("as redis://:sesame-2@db.example.org and https://example.org:80/a")
log.warning("password is open-up")
"""
    lines = (
        f"import logging\nfrom bot.logs import set_up\nset_up('', form={form!r}, "
        f"other_secrets=['open-up'])\nlog = logging.getLogger('x')\n{code}"
    )
    told = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, check=True, timeout=120
    ).stderr
    assert "ada" not in told
    assert "ses" not in told
    assert "open-up" not in told
    assert "postgresql+asyncpg://[token]@db.example.org:5432/bot, then" in told
    assert "https://example.org:80/a" in told


def events(text: str) -> list[dict[str, Any]]:
    """Read a log: each line is an object."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_token_never_reaches_the_log(form: str) -> None:
    """Neither our own secret nor anything of a token's shape: not in a message, not in a field, and
    not in an error, whichever library logs it and at whichever level.
    """
    code = f"""
log.info("with sesame and {TOKEN}")
log.warning("POST https://discord.com/api/v10/interactions/123/{OF_INTERACTION}/callback")
log.warning("POST /webhooks/123456/{OF_WEBHOOK}/messages/@original")
log.warning("POST https://discord.com/api/webhooks/123456/{OF_WEBHOOK}?wait=true")
logging.getLogger("discord").setLevel(logging.DEBUG)
logging.getLogger("discord.gateway").debug("Event: %s", {{"d": {{"token": "{OF_WEBHOOK}"}}}})
logging.getLogger("discord.http").debug("Headers: %s", {{"Authorization": "Bot sesame2.x"}})
logging.getLogger("bot.x").debug("fields", extra={{"fields": {{"a": ["{OF_INTERACTION}"]}}}})
try:
    raise RuntimeError("sesame {TOKEN}") from KeyError("{OF_INTERACTION}")
except RuntimeError:
    log.exception("failed")
import warnings
warnings.warn("sesame")
import threading
def fail(): raise ValueError("sesame in a thread {TOKEN}")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
class Unraisable:
    def __del__(self): raise ValueError("sesame in a finalizer")
Unraisable()
log.error("%d", "sesame")
log.info("the last line")
raise ValueError("sesame at the end {TOKEN}")
"""
    text = logged(code, form, "debug")
    for told in ("RuntimeError", "fields", "Event", "thread", "finalizer", "UserWarning"):
        assert told in text
    assert text.count("a record could not be written") == 1
    assert "an error that nothing catches" in text
    for secret in ("sesame", TOKEN, TOKEN[-20:], OF_INTERACTION[-16:], OF_WEBHOOK[5:]):
        assert secret not in text
    if form == "json":
        assert len(events(text)) == text.count("\n") == 14


def test_no_id_reaches_the_log_but_the_application_s() -> None:
    """Of a server, a channel or a person, whoever logs it and wherever it stands; shorter numbers
    are kept.
    """
    member, server, application = 80351110224678912, 1576368780898992162, 1576361777698963970
    code = f"""
log.error("Ignoring exception in autocomplete for 'ask' (Guild: %s, User: %s)", {server}, {member})
log.warning("PUT https://discord.com/api/v10/guilds/{server}/members/{member}?user_id={member} \
responded with 429")
log.info("invite the bot with \
https://discord.com/oauth2/authorize?client_id={application}&scope=bot")
log.info("%d passages, sha %s", 1_000_000, "a{member}f", extra={{"fields": {{"of": {member}}}}})
try:
    raise KeyError({member})
except KeyError:
    log.exception("failed over <Message id={server} guild=<Guild id={server}>>")
"""
    for form in ("text", "json"):
        text = logged(code, form)
        assert str(member) not in text.replace(f"a{member}f", "")
        assert str(server) not in text
        assert f"client_id={application}&" in text
        assert "1000000 passages" in text


def test_an_event_cannot_forge_another_line() -> None:
    """On a terminal newlines of a message are indented, other control characters are replaced."""
    code = 'log.info("one\\n2026-01-01T00:00:00+0000 ERROR forged\\x1b[31m\\u2028\\r")'
    text = logged(code, "text")
    assert "\n  2026-01-01T00:00:00+0000 ERROR forged?[31m??" in text
    assert text.count("\n") == 2


def test_where_nobody_looks_each_event_is_one_json_object() -> None:
    """With time, level, logger and message; with the type, the words and the place of an error, and
    the number of an incident.
    """
    code = """
log.info("two\\nlines")
logging.getLogger("bot.z").warning("here", extra={"incident": "ab12cd", "fields": {"count": 3}})
try:
    raise LookupError("not there")
except LookupError as error:
    log.exception("failed")
"""
    first, second, third = events(logged(code))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}", first["time"])
    assert (first["level"], first["logger"], first["message"]) == ("info", "x", "two\nlines")
    assert (second["incident"], second["count"]) == ("ab12cd", 3)
    assert third["error"]["type"] == "LookupError"
    assert third["error"]["message"] == "not there"
    assert third["error"]["frames"][-1].endswith("<module>")


def test_libraries_do_not_log_what_members_write() -> None:
    """Below INFO nothing of a library is logged, where discord.py would log messages, even where
    this program logs more.
    """
    code = """
logging.getLogger("discord.gateway").debug("For Shard ID None: WebSocket Event: hello")
logging.getLogger("bot.x").debug("ours")
"""
    assert logged(code) == ""
    assert [one["message"] for one in events(logged(code, level="debug"))] == ["ours"]


def test_fewer_lines_can_be_asked_for() -> None:
    """At the level warning nothing that is only informed about is logged."""
    code = 'logging.getLogger("bot.x").info("one")\nlogging.getLogger("bot.x").warning("two")'
    assert [one["message"] for one in events(logged(code, level="warning"))] == ["two"]


class Sink:
    """A stream that keeps its lines."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        """Keep a piece of text."""
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Do nothing more."""


def make_record(message: str, level: int = 40, **extra: Any) -> Any:
    """Make a record as a logger does."""
    import logging  # noqa: PLC0415 (only here)

    record = logging.LogRecord("bot.x", level, __file__, 1, message, None, None)
    record.__dict__.update(extra)
    return record


@given(st.lists(st.text(), max_size=4), st.sampled_from([1, 40, 400]))
def test_lines_are_as_many_as_events_and_short(messages: list[str], times: int) -> None:
    """Whatever messages, errors, fields and loggers hold."""
    formatter = JsonFormatter(Redaction("s"))
    for message in messages:
        record = make_record(message * times, fields={"of": {message: [message * times, 1e400]}})
        record.name = message * times
        error = ValueError(message * times)
        error.__cause__ = KeyError(message * times)
        record.exc_info = (type(error), error, None)
        line = formatter.format(record)
        assert "\n" not in line
        assert line.isascii()
        assert len(line) <= MOST_BYTES
        assert {"time", "level", "logger", "message"} <= set(json.loads(line))


def test_a_deep_error_keeps_where_it_was_raised() -> None:
    """The line is short, the last frame and both ends of the message are there."""

    def fall(depth: int) -> None:
        if depth == 0:
            raise RuntimeError("begin " + "ö" * 5_000 + " end")
        fall(depth - 1)

    record = make_record("failed")
    try:
        fall(100)
    except RuntimeError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    line = JsonFormatter(Redaction("")).format(record)
    assert len(line) <= MOST_BYTES
    told = json.loads(line)["error"]
    assert told["frames"][-1].endswith(" fall")
    assert told["message"].startswith("begin ")
    assert told["message"].endswith(" end")


def make_handler(sink: Sink, clock: Any) -> FoldingHandler:
    """Make a handler that writes JSON into a sink."""
    handler = FoldingHandler(sink, clock)  # type: ignore[arg-type]
    handler.setFormatter(JsonFormatter(Redaction("")))
    return handler


def test_what_repeats_itself_is_one_line_more() -> None:
    """The first is written at once, the others of a minute as one line; then it begins anew. Every
    incident that somebody was told has its number in a line.
    """
    now_s, sink = [0.0], Sink()
    handler = make_handler(sink, lambda: now_s[0])
    for number in range(250):
        incident = f"{number:06x}"
        handler.handle(make_record(f"incident {incident} while asking", incident=incident))
    assert [one.get("repeated") for one in events(sink.text)] == [None, 100, 100]
    handler.handle(make_record("other"))
    now_s[0] = 61.0
    handler.handle(make_record("incident ffffff while asking", incident="ffffff"))
    handler.close()
    written = events(sink.text)
    assert [one.get("repeated") for one in written] == [None, 100, 100, None, 49, None]
    told = {one["incident"] for one in written if "incident" in one}
    for one in written:
        told |= set(one.get("incidents", ()))
    assert told == {f"{number:06x}" for number in range(250)} | {"ffffff"}


class Large:
    """Something that takes much memory."""


def test_what_failed_is_not_kept_in_memory() -> None:
    """An error holds the frames that it came through, and these what they worked on."""
    handler = make_handler(Sink(), lambda: 0.0)

    def fail() -> weakref.ref[Large]:
        large = Large()
        known = weakref.ref(large)
        try:
            int("seven")
        except ValueError as error:
            handler.handle(make_record("failed", exc_info=(ValueError, error, error.__traceback__)))
        return known

    known = fail()
    gc.collect()
    assert known() is None


class Untold:
    """Something that fails when it is shown."""

    def __str__(self) -> str:
        raise AttributeError


def test_to_log_never_fails() -> None:
    """Where a record can't be written, whatever it raises, a line says so."""
    sink = Sink()
    record = make_record("shown: %s", args=(Untold(),))
    make_handler(sink, lambda: 0.0).handle(record)
    assert [one["message"] for one in events(sink.text)] == ["a record could not be written"]


def test_what_is_folded_is_written_at_the_end() -> None:
    """The process that ends tells what it had counted."""
    code = "for _ in range(1000): log.warning('again')\nfor _ in range(3): log.info('said')"
    assert [one.get("repeated") for one in events(logged(code))] == [None, None, None, None, 999]


def test_kinds_of_errors_are_told_apart() -> None:
    """By message, level, type and place; and not without end."""
    sink = Sink()
    handler = make_handler(sink, lambda: 0.0)
    for number in range(2_000):
        handler.handle(make_record(f"number {number}"))
    handler.handle(make_record("number 1999", level=30))
    for kind in (ValueError, KeyError):
        record = make_record("number 1999")
        record.exc_info = (kind, kind(), None)
        handler.handle(record)
    handler.close()
    assert len(events(sink.text)) == 2_003


def test_a_terminal_shows_time_level_and_what_happened() -> None:
    """The logger is named where it is a library's; colours only where they are seen."""
    record = make_record("it is so", fields={"count": 2})
    plain = TerminalFormatter(Redaction(""), has_colours=False)
    assert re.fullmatch(r'\d\d:\d\d:\d\d error    it is so {"count": 2}', plain.format(record))
    record.name = "discord.gateway"
    assert "discord.gateway: it is so" in plain.format(record)
    colourful = TerminalFormatter(Redaction(""), has_colours=True)
    assert "\x1b[31merror   \x1b[0m" in colourful.format(record)
    assert "\x1b" not in plain.format(make_record("\x1b[31mred"))
