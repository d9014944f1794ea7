"""What the bot may do in each channel that the settings name.

In: the settings, and what asks Discord. Out: a check a channel.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from bot.doctor.model import Check
from bot.doctor.permissions import (
    ESSENTIAL,
    IN_CHANNELS,
    Permission,
    find_permissions,
    list_names,
)
from bot.doctor.rest import Rest
from bot.settings import Settings
from bot.texts import doctor as texts

_FORBIDDEN, _NOT_FOUND = 403, 404
# Types of channels, by Discord's numbers.
_TEXT, _VOICE, _ANNOUNCEMENT, _STAGE, _FORUM, _MEDIA = 0, 2, 5, 13, 15, 16
_THREADS = (10, 11, 12)
_TYPES: Mapping[str, tuple[int, ...]] = {
    "thread_channels": (_TEXT, _ANNOUNCEMENT),
    "forum_channels": (_FORUM, _MEDIA),
    "log_channel": (_TEXT, _VOICE, _ANNOUNCEMENT, _STAGE, *_THREADS),
}


async def check_channels(rest: Rest, settings: Settings, user_id: str) -> AsyncIterator[Check]:
    """Check all channels that the settings name, for the bot's user. Raises UnreachableError."""
    checker = _ChannelChecker(rest, user_id)
    for name, number in list_channels(settings):
        yield await checker.check(name, number)


def list_channels(settings: Settings) -> Iterable[tuple[str, int]]:
    """Give each channel that the settings name: the name of the setting, and its id."""
    named = {
        "thread_channels": settings.thread_channels,
        "forum_channels": settings.forum_channels,
        "log_channel": (settings.log_channel,) if settings.log_channel else (),
    }
    return [(name, number) for name, numbers in named.items() for number in numbers]


class _ChannelChecker:
    """Asks once for what several channels of a server need."""

    def __init__(self, rest: Rest, user_id: str) -> None:
        self._rest = rest
        self._user_id = user_id
        self._known: dict[str, Any] = {}

    async def check(self, setting: str, number: int) -> Check:
        answer = await self._rest.get(f"/channels/{number}")
        if answer.status == _NOT_FOUND:
            cure = texts.NO_CHANNEL_CURE(setting=setting)
            return Check(setting, "error", texts.NO_CHANNEL(id=number), cure)
        if answer.status == _FORBIDDEN:
            what = texts.CHANNEL_HIDDEN(id=number)
            return Check(setting, "error", what, texts.CHANNEL_HIDDEN_CURE())
        if not answer.is_fine:
            what = texts.REFUSED(status=answer.status)
            return Check(setting, "error", what, texts.REFUSED_CURE())
        channel = answer.body
        if channel["type"] not in _TYPES[setting]:
            what = texts.WRONG_KIND(name=channel.get("name", number), setting=setting)
            cure = texts.WRONG_KIND_CURE(wanted=texts.WANTED[setting]())
            return Check(setting, "error", what, cure)
        return await self._check_permissions(setting, channel)

    async def _check_permissions(self, setting: str, channel: Mapping[str, Any]) -> Check:
        needed = IN_CHANNELS[setting]
        is_thread = channel["type"] in _THREADS
        if is_thread:
            needed = needed & ~Permission.SEND_MESSAGES | Permission.SEND_MESSAGES_IN_THREADS
        # A thread has the permissions of its channel.
        parent = await self._get(f"/channels/{channel['parent_id']}") if is_thread else channel
        guild_id = channel["guild_id"]
        roles = await self._get(f"/guilds/{guild_id}/roles")
        member = await self._get(f"/guilds/{guild_id}/members/{self._user_id}")
        name = channel["name"]
        if parent is None or roles is None or member is None:
            return Check(setting, "skipped", texts.NOT_TOLD(name=name))
        overwrites = parent.get("permission_overwrites", ())
        given = find_permissions(member, roles, overwrites, guild_id)
        missing = needed & ~given
        if not missing:
            return Check(setting, "ok", texts.MAY(name=name))
        shown = ", ".join(texts.PERMISSIONS[one]() for one in list_names(missing))
        return Check(
            setting,
            "error" if missing & ESSENTIAL else "warning",
            texts.LACKS(name=name, permissions=shown),
            texts.LACKS_CURE(name=name, permissions=shown),
        )

    async def _get(self, path: str) -> Any:  # noqa: ANN401 (JSON)
        """Give what lies at a path, asked for once; None where Discord does not give it."""
        if path not in self._known:
            answer = await self._rest.get(path)
            self._known[path] = answer.body if answer.is_fine else None
        return self._known[path]
