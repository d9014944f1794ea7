"""What the bot needs in a channel, and what it has there.

In: what Discord's REST interface says of a channel, its roles and a member. Out: permissions. The
bits and the order of overwrites are Discord's.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntFlag
from typing import Any

from bot.settings import Settings


class Permission(IntFlag):
    """Those permissions that the bot asks about, by Discord's bits."""

    ADMINISTRATOR = 1 << 3
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


ALL = Permission(sum(one.value for one in Permission))
_EVERYWHERE = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ATTACH_FILES
)
# What is needed in the channels that a setting names.
IN_CHANNELS: Mapping[str, Permission] = {
    "thread_channels": _EVERYWHERE | Permission.CREATE_PUBLIC_THREADS,
    "forum_channels": _EVERYWHERE & ~Permission.SEND_MESSAGES,
    "log_channel": Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES,
}
# Without these nothing is written at all; without the others something is left out.
ESSENTIAL = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.SEND_MESSAGES_IN_THREADS


def find_needed(settings: Settings) -> Permission:
    """Find what the bot needs in a server; it depends on the settings."""
    if settings.thread_channels:
        return _EVERYWHERE | Permission.CREATE_PUBLIC_THREADS
    return _EVERYWHERE


def make_invite(application_id: str, settings: Settings) -> str:
    """Make the address that invites the bot with what it needs."""
    query = f"client_id={application_id}&scope=bot+applications.commands"
    permissions = int(find_needed(settings))
    return f"https://discord.com/oauth2/authorize?{query}&permissions={permissions}"


def find_permissions(
    member: Mapping[str, Any],
    roles: Sequence[Mapping[str, Any]],
    overwrites: Iterable[Mapping[str, Any]],
    guild_id: str,
) -> Permission:
    """Find what a member may do in a channel.

    Overwrites come in three layers: of everyone, of all roles together, of the member.
    """
    own_roles = {guild_id, *member["roles"]}
    granted = 0
    for role in roles:
        if role["id"] in own_roles:
            granted |= int(role["permissions"])
    if granted & Permission.ADMINISTRATOR:
        return ALL
    by_id = {overwrite["id"]: overwrite for overwrite in overwrites}
    for layer in ({guild_id}, own_roles - {guild_id}, {member["user"]["id"]}):
        found = [by_id[one] for one in layer if one in by_id]
        denied = _join(found, "deny")
        granted = granted & ~denied | _join(found, "allow")
    if not granted & Permission.VIEW_CHANNEL:
        return Permission(0)
    return Permission(granted & ALL)


def list_names(permissions: Permission) -> list[str]:
    """List the names of permissions, as members of ``Permission`` have them."""
    return [one.name for one in Permission if one in permissions and one.name]


def _join(overwrites: Iterable[Mapping[str, Any]], kind: str) -> int:
    joined = 0
    for overwrite in overwrites:
        joined |= int(overwrite[kind])
    return joined
