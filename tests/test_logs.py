"""No secret and no control character in the log."""

import subprocess
import sys

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"  # noqa: S105 (made up)


def logged(code: str) -> str:
    """Run a few lines with the log set up; give what was logged."""
    lines = (
        f"import logging\nfrom bot.logs import set_up\nset_up('sesame')\n"
        f"log = logging.getLogger('x')\n{code}"
    )
    return subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, check=True, timeout=60
    ).stderr


def test_a_token_never_reaches_the_log() -> None:
    """Neither our own secret nor anything of a token's shape, not in a message and not in a
    traceback.
    """
    of_interaction = "123456/aW50ZXJhY3Rpb246abcdefghijklmnop"
    code = f"""
log.info("with sesame and {TOKEN}")
log.warning("POST https://discord.com/api/v10/interactions/{of_interaction}/callback")
log.warning("POST /webhooks/{of_interaction}/messages/@original")
try:
    raise RuntimeError("sesame {TOKEN}")
except RuntimeError:
    log.exception("failed")
"""
    text = logged(code)
    assert "failed" in text
    assert "RuntimeError" in text
    for secret in ("sesame", TOKEN, "aW50ZXJhY3Rpb246"):
        assert secret not in text


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
log.info("%d passages, sha %s", 1_000_000, "a{member}f")
try:
    raise KeyError({member})
except KeyError:
    log.exception("failed over <Message id={server} guild=<Guild id={server}>>")
"""
    text = logged(code)
    assert str(member) not in text.replace(f"a{member}f", "")
    assert str(server) not in text
    assert f"client_id={application}&" in text
    assert "1000000 passages" in text


def test_an_event_cannot_forge_another_line() -> None:
    """Newlines of a message are indented, other control characters are replaced."""
    text = logged('log.info("one\\n2026-01-01T00:00:00+0000 ERROR forged\\x1b[31m\\u2028\\r")')
    assert "\n  2026-01-01T00:00:00+0000 ERROR forged?[31m??" in text


def test_libraries_do_not_log_what_members_write() -> None:
    """Below INFO nothing is logged, where discord.py would log messages."""
    assert (
        logged(
            'logging.getLogger("discord.gateway").debug("For Shard ID None: WebSocket '
            'Event: hello")'
        )
        == ""
    )
