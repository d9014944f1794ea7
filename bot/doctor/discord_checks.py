"""What Discord says of the bot: its token, its application, its servers, its channels.

In: the settings, and what asks Discord. Out: checks, each with what mends it. What a check needs
and Discord does not give is skipped.
"""

import math
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.doctor.channel_checks import check_channels, list_channels
from bot.doctor.model import Check
from bot.doctor.permissions import Permission, find_needed, list_names, make_invite
from bot.doctor.rest import Response, Rest, UnreachableError
from bot.settings import Settings
from bot.texts import doctor as texts

_UNAUTHORIZED = 401
# Discord forgets an interaction after three seconds, and its age is told by the clock.
_CLOCK_WARNING_S = 3.0
# Its date has whole seconds.
_HALF_A_SECOND_S = 0.5
# Flags of an application: the intent is switched on, for a bot in many or in few servers.
_CONTENT_FLAGS = 1 << 18 | 1 << 19
# With fewer sessions left today, a bot waits for new ones.
_FEW_SESSIONS = 50
_HOUR_MS = 3_600_000
# So many servers are on the first page, which is all that is asked for.
_MOST_SERVERS = 200
_SCOPES = ("bot", "applications.commands")
# The key of installations in servers.
_GUILD_INSTALL = "0"


async def check_discord(
    rest: Rest, settings: Settings | None, clock_s: Callable[[], float]
) -> list[Check]:
    """Ask Discord for all that concerns the bot; ``clock_s`` is this machine's clock.

    Without settings, what depends on them is left out. Where Discord stops answering midway, what
    it had answered is kept, and the rest is skipped.
    """
    checks: list[Check] = []
    try:
        async for check in _ask(rest, settings, clock_s):
            checks.append(check)  # noqa: PERF401 (what came before a fault is kept)
    except UnreachableError as error:
        say = texts.STOPPED if checks else texts.UNREACHABLE
        fault = Check("discord", "error", say(reason=error), texts.UNREACHABLE_CURE())
        checks = [fault, *checks[1:]]
        expected = Counter(_list_names(settings))
        expected.subtract(check.name for check in checks)
        checks += [Check(name, "skipped", texts.NOT_ASKED()) for name in expected.elements()]
    return checks


async def _ask(
    rest: Rest, settings: Settings | None, clock_s: Callable[[], float]
) -> AsyncIterator[Check]:
    """Give one check after the other. Raises UnreachableError."""
    me = await rest.get("/users/@me")
    yield Check("discord", "ok", texts.REACHABLE())
    yield _check_token(me)
    if me.date_s:
        yield _check_clock(me.date_s + _HALF_A_SECOND_S - clock_s())
    if not me.is_fine:
        yield Check("application", "skipped", texts.NEEDS_TOKEN())
        return
    for check in await _check_application(rest, settings):
        yield check
    yield await _check_sessions(rest, settings)
    if settings is not None:
        async for check in _check_servers(rest, settings, me.body["id"]):
            yield check
        async for check in check_channels(rest, settings, me.body["id"]):
            yield check


def _list_names(settings: Settings | None) -> Iterator[str]:
    """Name what Discord is asked about, a channel by the setting that names it."""
    yield from ("token", "clock", "application")
    if settings is not None:
        yield from ("intents", "install_link")
    yield "sessions"
    if settings is not None:
        yield "servers"
        if settings.home_server:
            yield "home_server"
        yield from (name for name, _ in list_channels(settings))


def _check_token(me: Response) -> Check:
    if me.is_fine:
        known = texts.TOKEN_KNOWN(name=me.body["username"], id=me.body["id"])
        return Check("token", "ok", known)
    if me.status == _UNAUTHORIZED:
        unknown = texts.TOKEN_UNKNOWN()
        return Check("token", "error", unknown, texts.TOKEN_CURE())
    return _refuse("token", me)


def _refuse(name: str, answer: Response) -> Check:
    """Say that Discord did not give what was asked for."""
    return Check(name, "error", texts.REFUSED(status=answer.status), texts.REFUSED_CURE())


def _check_clock(behind_s: float) -> Check:
    off_s = abs(behind_s)
    if off_s <= _CLOCK_WARNING_S:
        return Check("clock", "ok", texts.CLOCK_RIGHT(seconds=_CLOCK_WARNING_S))
    way = texts.BEHIND() if behind_s > 0 else texts.AHEAD()
    return Check("clock", "warning", texts.CLOCK_WRONG(round(off_s), way=way), texts.CLOCK_CURE())


async def _check_application(rest: Rest, settings: Settings | None) -> list[Check]:
    answer = await rest.get("/applications/@me")
    if not answer.is_fine:
        return [_refuse("application", answer)]
    application = answer.body
    checks = [_check_endpoint(application)]
    if settings is not None:
        checks.append(_check_intents(application, settings))
        checks.append(_check_install_link(application, settings))
    return checks


async def _check_sessions(rest: Rest, settings: Settings | None) -> Check:
    """Say how many sessions may still be begun today, and whether there are enough shards."""
    answer = await rest.get("/gateway/bot")
    if not answer.is_fine:
        return _refuse("sessions", answer)
    limits = answer.body["session_start_limit"]
    remaining, recommended = limits["remaining"], answer.body["shards"]
    if remaining < _FEW_SESSIONS:
        hours = math.ceil(limits["reset_after"] / _HOUR_MS)
        cure = texts.FEW_SESSIONS_CURE(hours)
        return Check("sessions", "warning", texts.FEW_SESSIONS(remaining), cure)
    own = settings.shard_count if settings is not None else 0
    if own and own < recommended:
        what = texts.FEW_SHARDS(own, recommended=recommended)
        return Check("sessions", "warning", what, texts.FEW_SHARDS_CURE(count=recommended))
    shown = texts.SESSIONS(recommended, remaining=remaining, total=limits["total"])
    return Check("sessions", "ok", shown)


def _check_endpoint(application: Mapping[str, Any]) -> Check:
    url = application.get("interactions_endpoint_url")
    if url:
        what = texts.HAS_ENDPOINT(url=url)
        return Check("application", "error", what, texts.HAS_ENDPOINT_CURE())
    team = application.get("team")
    owner = application.get("owner") or {}
    shown = texts.TEAM(count=len(team["members"])) if team else owner.get("username", "")
    return Check("application", "ok", texts.OWNED(name=application["name"], owner=shown))


def _check_intents(application: Mapping[str, Any], settings: Settings) -> Check:
    if not settings.message_content:
        return Check("intents", "ok", texts.NO_INTENT_NEEDED())
    has_intent = application.get("flags", 0) & _CONTENT_FLAGS
    if has_intent:
        return Check("intents", "ok", texts.INTENT_GIVEN())
    return Check("intents", "error", texts.INTENT_MISSING(), texts.INTENT_CURE())


def _check_install_link(application: Mapping[str, Any], settings: Settings) -> Check:
    """Say what Discord's own link lacks, which stands in the bot's profile, if there is one."""
    if application.get("bot_require_code_grant"):
        return Check("install_link", "error", texts.CODE_GRANT(), texts.CODE_GRANT_CURE())
    invite = make_invite(application["id"], settings)
    lacking = list(_find_lacking(application, find_needed(settings)))
    if not lacking:
        return Check("install_link", "ok", texts.INVITE(url=invite))
    what = texts.LINK_LACKS(lacking=", ".join(lacking))
    return Check("install_link", "warning", what, texts.LINK_CURE(url=invite))


def _find_lacking(application: Mapping[str, Any], needed: Permission) -> Iterator[str]:
    """Name the scopes and permissions that the link does not give."""
    link = _find_link(application)
    if link is None:
        return
    scopes, given = link
    for scope in _SCOPES:
        if scope not in scopes:
            yield scope
    if not given & Permission.ADMINISTRATOR:
        for name in list_names(needed & ~Permission(given & int(needed))):
            yield texts.PERMISSIONS[name]()


def _find_link(application: Mapping[str, Any]) -> tuple[Sequence[str], int] | None:
    """Find the scopes and the permissions that the link gives; None where there is no such link."""
    custom_url = application.get("custom_install_url")
    if custom_url:
        query = parse_qs(urlsplit(custom_url).query)
        if "scope" not in query:
            # It leads to a page of its owner's.
            return None
        permissions = query.get("permissions", ["0"])[0]
        scopes = query["scope"][0].split()
        return scopes, int(permissions) if permissions.isdecimal() else 0
    kinds = application.get("integration_types_config") or {}
    of_servers = kinds.get(_GUILD_INSTALL) or {}
    params = of_servers.get("oauth2_install_params") or application.get("install_params")
    return (params["scopes"], int(params["permissions"])) if params else None


async def _check_servers(
    rest: Rest, settings: Settings, application_id: str
) -> AsyncIterator[Check]:
    answer = await rest.get("/users/@me/guilds")
    if not answer.is_fine:
        yield _refuse("servers", answer)
        return
    count = len(answer.body)
    if not count:
        cure = texts.INVITE_CURE(url=make_invite(application_id, settings))
        yield Check("servers", "warning", texts.IN_NO_SERVER(), cure)
        return
    shown = texts.IN_SERVERS if count < _MOST_SERVERS else texts.IN_MANY_SERVERS
    yield Check("servers", "ok", shown(count))
    if settings.home_server:
        yield await _check_home(rest, settings.home_server)


async def _check_home(rest: Rest, home: int) -> Check:
    answer = await rest.get(f"/guilds/{home}")
    if answer.is_fine:
        return Check("home_server", "ok", texts.HOME_KNOWN(name=answer.body["name"]))
    return Check("home_server", "error", texts.HOME_UNKNOWN(id=home), texts.HOME_CURE())
