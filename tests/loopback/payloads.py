"""The JSON that Discord sends for what it holds.

Takes objects of `state`, gives dictionaries. Here also the content of messages is blanked that an
application without the message content intent may not read
(https://docs.discord.com/developers/events/gateway#message-content-intent).
"""

from datetime import UTC, datetime
from typing import Any

from loopback.clock import EPOCH_MS
from loopback.permissions import Permission
from loopback.state import (
    DM,
    FORUM,
    GROUP_DM,
    HAS_THREAD,
    THREAD,
    THREAD_CREATED,
    THREAD_STARTER,
    Application,
    Attachment,
    Channel,
    Guild,
    Member,
    Message,
    Role,
    User,
    World,
)

REPLY = 19
PRIVILEGED_FLAGS = {"presences": 1 << 13, "members": 1 << 15, "message_content": 1 << 19}


def date_of(snowflake: int) -> str:
    """Give the date in an id as Discord writes it."""
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, UTC).isoformat()


def user_json(user: User) -> dict[str, Any]:
    """Give a user."""
    return {
        "id": str(user.id),
        "username": user.name,
        "global_name": None,
        "discriminator": "0000" if user.bot else "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
    }


def member_json(
    member: Member, *, with_user: bool = True, permissions: Permission | None = None
) -> dict[str, Any]:
    """Give a member of a guild; with permissions as interactions show them."""
    body: dict[str, Any] = {
        "nick": None,
        "avatar": None,
        "roles": [str(role.id) for role in member.roles],
        "joined_at": date_of(member.user.id),
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "premium_since": None,
        "communication_disabled_until": None,
    }
    if with_user:
        body["user"] = user_json(member.user)
    if permissions is not None:
        body["permissions"] = str(int(permissions))
    return body


def role_json(role: Role, position: int = 1) -> dict[str, Any]:
    """Give a role."""
    body: dict[str, Any] = {
        "id": str(role.id),
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": position,
        "permissions": str(int(role.permissions)),
        "managed": role.bot_id is not None,
        "mentionable": role.mentionable,
        "flags": 0,
    }
    if role.bot_id is not None:
        body["tags"] = {"bot_id": str(role.bot_id)}
    return body


def channel_json(channel: Channel, *, permissions: Permission | None = None) -> dict[str, Any]:
    """Give a channel, a forum, a thread or a direct conversation; with permissions as interactions
    show them.
    """
    last = _find_last_id(channel)
    body: dict[str, Any] = {
        "id": str(channel.id),
        "type": channel.kind,
        "last_message_id": str(last) if last else None,
        "flags": 0,
    }
    if permissions is not None:
        body["permissions"] = str(int(permissions))
    if channel.kind in {DM, GROUP_DM}:
        people = [person for person in channel.people if channel.kind == GROUP_DM or not person.bot]
        body["recipients"] = [user_json(person) for person in people]
        if channel.kind == GROUP_DM:
            body |= {"name": channel.name, "icon": None, "owner_id": str(people[0].id)}
        return body
    body |= {
        "name": channel.name,
        "guild_id": str(channel.guild.id) if channel.guild else None,
        "nsfw": False,
    }
    body |= {
        "parent_id": str(channel.parent.id) if channel.parent else None,
        "rate_limit_per_user": 0,
    }
    if channel.kind == THREAD:
        return body | _thread_json(channel)
    return body | _text_channel_json(channel) | (_forum_json() if channel.kind == FORUM else {})


def _find_last_id(channel: Channel) -> int | None:
    """Find the last message of a channel, or the last post of a forum, which may be gone; what only
    one person saw does not count.
    """
    if channel.kind == FORUM:
        return channel.threads[-1].id if channel.threads else None
    return next((one.id for one in reversed(channel.messages) if not one.ephemeral), None)


def _thread_json(thread: Channel) -> dict[str, Any]:
    stamp = date_of(thread.id)
    said = [
        message for message in thread.messages if message.id != thread.id and not message.is_system
    ]
    body: dict[str, Any] = {
        "owner_id": str(thread.people[0].id),
        "message_count": sum(1 for message in said if not message.deleted),
        "member_count": len(thread.people),
        "total_message_sent": len(said),
        "thread_metadata": {
            "archived": thread.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": stamp,
            "create_timestamp": stamp,
            "locked": thread.locked,
        },
    }
    return body | (
        {"applied_tags": []} if thread.parent is not None and thread.parent.kind == FORUM else {}
    )


def _forum_json() -> dict[str, Any]:
    return {
        "available_tags": [],
        "default_auto_archive_duration": 4320,
        "default_forum_layout": 0,
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_thread_rate_limit_per_user": 0,
    }


def _text_channel_json(channel: Channel) -> dict[str, Any]:
    guild_roles = {role.id for role in channel.guild.roles} if channel.guild else set()
    return {
        "topic": None,
        "position": 0,
        "permission_overwrites": [
            {
                "id": str(key),
                "type": 0 if key in guild_roles else 1,
                "allow": str(int(allow)),
                "deny": str(int(deny)),
            }
            for key, (allow, deny) in channel.overwrites.items()
        ],
    }


def guild_json(world: World, guild: Guild) -> dict[str, Any]:
    """Give a guild as GUILD_CREATE brings it: with channels and threads, and only the bot as a
    member.
    """
    here = [channel for channel in guild.channels if not channel.deleted]
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "owner_id": str(guild.owner.id),
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": [role_json(role, number) for number, role in enumerate(guild.roles)],
        "emojis": [],
        "features": list(guild.features),
        "mfa_level": 0,
        "system_channel_id": _id_of(guild.system_channel),
        "system_channel_flags": 0,
        "public_updates_channel_id": _id_of(guild.updates_channel),
        "rules_channel_id": None,
        "description": None,
        "banner": None,
        "premium_tier": 0,
        "preferred_locale": guild.locale,
        "nsfw_level": 0,
        "joined_at": date_of(guild.id),
        "large": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [member_json(guild.members[world.bot.id])]
        if world.bot.id in guild.members
        else [],
        "channels": [channel_json(channel) for channel in here if channel.kind != THREAD],
        "threads": active_threads(world, guild),
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "stickers": [],
    }


def _id_of(channel: Channel | None) -> str | None:
    return None if channel is None else str(channel.id)


def active_threads(world: World, guild: Guild) -> list[dict[str, Any]]:
    """Give the threads of a guild that are not archived and that the bot sees."""
    return [
        channel_json(channel)
        for channel in guild.channels
        if channel.kind == THREAD
        and not (channel.deleted or channel.archived)
        and channel.permissions_of(world.bot) & Permission.VIEW_CHANNEL
    ]


def _install_json(application: Application) -> dict[str, Any]:
    """Give what Discord's own link installs in a server; nothing where there is no such link."""
    params = application.install_params
    return {} if params is None else {"oauth2_install_params": params}


def application_json(application: Application) -> dict[str, Any]:
    """Give the application, as its own bot may see it."""
    team = None
    if application.team is not None:
        team = {
            "id": str(application.id + 1),
            "name": "the team",
            "icon": None,
            "owner_user_id": str(application.team[0].id),
            "members": [
                {
                    "user": user_json(user),
                    "team_id": str(application.id + 1),
                    "membership_state": 2,
                    "role": "admin",
                }
                for user in application.team
            ],
        }
    return {
        "id": str(application.id),
        "name": application.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": application.requires_code_grant,
        "bot": user_json(application.bot),
        "owner": user_json(application.owner),
        "team": team,
        "verify_key": "0" * 64,
        "flags": sum(PRIVILEGED_FLAGS[name] for name in application.privileged),
        "hook": True,
        "rpc_origins": [],
        "interactions_endpoint_url": application.endpoint_url,
        "integration_types_config": {"0": _install_json(application), "1": {}},
        "approximate_guild_count": 1,
        **({"custom_install_url": application.install_url} if application.install_url else {}),
    }


def attachment_json(attachment: Attachment) -> dict[str, Any]:
    """Give an attachment."""
    return {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.content),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
        "description": attachment.description,
    }


def may_read(world: World, message: Message) -> bool:
    """Tell whether the bot gets to see what a message says although it lacks the message content
    intent.

    A reply with a ping counts as a mention, except a reply to an answer to an interaction.
    """
    if message.author is world.bot or message.channel.is_direct:
        return True
    replied = message.reply_to
    pinged_by_reply = replied is not None and replied.author is world.bot
    if world.bot not in message.mentioned:
        return False
    in_text = world.bot.mention in message.content.replace("<@!", "<@")
    return in_text or not (pinged_by_reply and replied is not None and replied.cause is not None)


def message_json(
    world: World, message: Message, *, readable: bool, depth: int = 1
) -> dict[str, Any]:
    """Give a message. What the bot may not read is blank unless everything is readable."""
    shown = readable or may_read(world, message)
    guild = message.channel.guild
    body: dict[str, Any] = {
        "id": str(message.id),
        "type": message.kind,
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "content": message.content if shown else "",
        "embeds": [{"type": "rich", **embed} for embed in message.embeds] if shown else [],
        "components": message.components if shown else [],
        "attachments": [attachment_json(attachment) for attachment in message.attachments]
        if shown
        else [],
        "timestamp": message.created,
        "edited_timestamp": message.edited,
        "tts": False,
        "mention_everyone": message.mentions_everyone,
        "mentions": [user_json(user) for user in message.mentioned],
        "mention_roles": [str(role.id) for role in message.mentioned_roles],
        "mention_channels": [],
        "pinned": False,
        "flags": message.flags | (HAS_THREAD if message.thread is not None else 0),
    }
    thread = None if message.thread is None else channel_json(message.thread)
    reactions = [_reaction_json(emoji) for emoji in message.reactions] or None
    optional = {
        "reactions": reactions,
        "nonce": message.nonce,
        "interaction_metadata": message.cause,
        "thread": thread,
    }
    body |= {key: value for key, value in optional.items() if value is not None}
    if message.webhook_id is not None:
        body["webhook_id"] = str(message.webhook_id)
    if message.author is world.bot:
        body["application_id"] = str(world.application.id)
    if message.kind in {REPLY, THREAD_STARTER}:
        body |= _reply_json(world, message, readable=readable, depth=depth)
    elif message.kind == THREAD_CREATED and message.thread is not None and guild is not None:
        body["message_reference"] = {
            "type": 0,
            "channel_id": str(message.thread.id),
            "guild_id": str(guild.id),
        }
    return body


def _reaction_json(emoji: str) -> dict[str, Any]:
    """Give an emoji that the bot put on a message."""
    return {
        "emoji": {"id": None, "name": emoji},
        "count": 1,
        "count_details": {"burst": 0, "normal": 1},
        "me": True,
        "me_burst": False,
        "burst_colors": [],
    }


def _mentioned_json(guild: Guild, user: User) -> dict[str, Any]:
    member = guild.members.get(user.id)
    return user_json(user) | ({"member": member_json(member, with_user=False)} if member else {})


def _reply_json(world: World, message: Message, *, readable: bool, depth: int) -> dict[str, Any]:
    replied = message.reply_to
    if replied is None:
        return {}
    guild = {"guild_id": str(replied.channel.guild.id)} if replied.channel.guild else {}
    body: dict[str, Any] = {
        "message_reference": {
            "type": 0,
            "message_id": str(replied.id),
            "channel_id": str(replied.channel.id),
            **guild,
        }
    }
    if depth:
        known = (
            None if replied.deleted else message_json(world, replied, readable=readable, depth=0)
        )
        body["referenced_message"] = known
    return body


def message_event(world: World, message: Message, *, readable: bool) -> dict[str, Any]:
    """Give a message as MESSAGE_CREATE and MESSAGE_UPDATE bring it: with what its people are in the
    guild.
    """
    body = message_json(world, message, readable=readable)
    guild = message.channel.guild
    if guild is not None:
        body["guild_id"] = str(guild.id)
        body["mentions"] = [_mentioned_json(guild, user) for user in message.mentioned]
        member = guild.members.get(message.author.id)
        if member is not None:
            body["member"] = member_json(member, with_user=False)
    return body
