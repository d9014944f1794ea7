"""Whom a text mentions, and whom it really notifies.

Source: https://docs.discord.com/developers/resources/message#allowed-mentions-object. Without
`allowed_mentions` a message notifies everybody that it mentions, an answer to an interaction only
users. Embeds notify nobody. Mentions inside code are counted here although Discord leaves them
alone: a judge should rather see too much.
"""

import re
from typing import Any

from loopback.errors import Complaints
from loopback.permissions import Permission
from loopback.reading import read_texts
from loopback.state import Channel, Message, Pings, Role, User, World

USER, ROLE, EVERYONE = (
    re.compile(r"<@!?(\d+)>"),
    re.compile(r"<@&(\d+)>"),
    re.compile(r"@(?:everyone|here)\b"),
)
KINDS = ("users", "roles", "everyone")


def judge_allowed_mentions(complaints: Complaints, allowed: object) -> None:
    """Complain about an `allowed_mentions` that Discord would not take."""
    if allowed is None:
        return
    fields = complaints.record("allowed_mentions", allowed)
    parse = fields.get("parse") or []
    if not isinstance(parse, list) or any(kind not in KINDS for kind in parse):
        complaints.add(
            "allowed_mentions.parse", "BASE_TYPE_CHOICES", f"Value must be one of {set(KINDS)}."
        )
        return
    for kind in ("users", "roles"):
        named = complaints.items(f"allowed_mentions.{kind}", fields.get(kind) or [], 0, 100)
        if any(not str(one).isdecimal() for one in named):
            complaints.add(
                f"allowed_mentions.{kind}", "NUMBER_TYPE_COERCE", "Value is not snowflake."
            )
        if named and kind in parse:
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            complaints.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
    if not isinstance(fields.get("replied_user", False), bool | None):
        complaints.add(
            "allowed_mentions.replied_user", "BOOLEAN_TYPE_CONVERT", "Must be either true or false."
        )


def find_mentions(
    world: World, text: str, *, guild_roles: list[Role]
) -> tuple[list[User], list[Role], bool]:
    """Find the users, the roles and whether everyone is mentioned in a text, without asking who is
    notified.
    """
    users = {int(found) for found in USER.findall(text)}
    roles = {int(found) for found in ROLE.findall(text)}
    return (
        [user for user in world.users.values() if user.id in users],
        [role for role in guild_roles if role.id in roles],
        EVERYONE.search(text) is not None,
    )


def find_pings(
    world: World,
    channel: Channel,
    body: dict[str, Any],
    reply_to: Message | None,
    *,
    interaction: bool,
) -> Pings:
    """Find whom a body by the bot notifies in this channel."""
    # What an embed says notifies nobody; content and text displays do.
    text = "\n".join(read_texts(body.get("content") or "", [], body.get("components") or []))
    guild = channel.guild
    users, roles, everyone = find_mentions(world, text, guild_roles=guild.roles if guild else [])
    allowed = body.get("allowed_mentions")
    if allowed is None:
        allowed = {
            "parse": ["users"] if interaction else list(KINDS),
            "replied_user": not interaction,
        }
    may_all = bool(channel.permissions_of(world.bot) & Permission.MENTION_EVERYONE)
    parse = allowed.get("parse") or []
    named = {kind: {int(one) for one in allowed.get(kind) or ()} for kind in ("users", "roles")}
    notified = {user.id for user in users if "users" in parse or user.id in named["users"]}
    if reply_to is not None and allowed.get("replied_user"):
        notified.add(reply_to.author.id)
    return Pings(
        frozenset(notified),
        frozenset(
            role.id
            for role in roles
            if ("roles" in parse or role.id in named["roles"]) and (role.mentionable or may_all)
        ),
        everyone=everyone and "everyone" in parse and may_all and guild is not None,
    )
