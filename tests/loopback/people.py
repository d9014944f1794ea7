"""What people do: write, edit, delete, use commands, press buttons, choose, fill in windows.

Each action does what a Discord app lets a person do and nothing else: it raises NotOfferedError
where the app would not offer it. The bot is told by events, as on Discord.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from loopback.building import Building
from loopback.clock import PATIENCE_S
from loopback.commands import CommandRoutes, Offer, context_of
from loopback.component_rules import FILE_UPLOAD
from loopback.core import Core
from loopback.errors import NoAnswerError, NotOfferedError
from loopback.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction
from loopback.mentions import find_mentions
from loopback.options import Values, fill_options, resolve
from loopback.payloads import channel_json, member_json, message_json, user_json
from loopback.permissions import AS_GUEST, NOTHING, Permission
from loopback.state import FORUM, Attachment, Channel, Message, Role, User

REPLY = 19


class People(Building):
    """The part of the server with which a test plays the people."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        self.commands = CommandRoutes(core)
        self._handed_out: set[int] = set()
        self._edits_seen: dict[int, int] = {}

    # --- writing

    async def say(
        self,
        user: User,
        channel: Channel,
        content: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        webhook: bool = False,
        role_mention: Role | None = None,
        files: Iterable[Attachment] = (),
    ) -> Message:
        """Write a message; a role mention is put before it; `webhook` writes it as a webhook of
        that name.
        """
        content = f"{role_mention.mention} {content}" if role_mention else content
        if reply_to is not None and (
            reply_to.channel is not channel or reply_to.deleted or reply_to.is_system
        ):
            raise NotOfferedError(f"{user.name} cannot reply to this here")
        if not webhook:
            self._may_write(user, channel)
        author = User(self.core.clock.new_id(), user.name, bot=True) if webhook else user
        message = Message(
            self.core.clock.new_id(),
            channel,
            author,
            content=content.strip(),
            kind=REPLY if reply_to is not None else 0,
            attachments=list(files),
            reply_to=reply_to,
            reply_pings=ping,
            webhook_id=author.id if webhook else None,
        )
        self._mention(message)
        self.thread_routes.wake(channel)
        self.core.publish(message)
        await asyncio.sleep(0)
        return message

    async def post(
        self,
        user: User,
        forum: Channel,
        title: str,
        content: str,
        *,
        files: Iterable[Attachment] = (),
    ) -> Channel:
        """Post in a forum; give the thread, whose first message has the thread's own id."""
        shown = list(files)
        if forum.kind != FORUM or not 1 <= len(title) <= 100 or not (content.strip() or shown):
            raise NotOfferedError(
                f"a post needs a forum, a title of 1 to 100 characters and a content: {title!r}"
            )
        if not forum.permissions_of(user) & Permission.SEND_MESSAGES:
            raise NotOfferedError(f"{user.name} may not post in {forum.name}")
        thread = self.thread_routes.open(forum, title, user)
        message = Message(thread.id, thread, user, content=content.strip(), attachments=shown)
        self._mention(message)
        self.core.publish(message)
        await asyncio.sleep(0)
        return thread

    def _may_write(self, user: User, channel: Channel) -> None:
        may = channel.permissions_of(user)
        if channel.kind == FORUM or not may & channel.sending:
            raise NotOfferedError(
                f"{user.name} may not write in {channel.name or 'this conversation'}"
            )
        if channel.locked and not may & Permission.MANAGE_THREADS:
            raise NotOfferedError(f"{channel.name} is locked")

    def _mention(self, message: Message) -> None:
        """Find out whom a person's message mentions. Everyone may mention the bot's own role only
        if it allows it.
        """
        channel, guild = message.channel, message.channel.guild
        roles = guild.roles if guild else []
        users, named, everyone = find_mentions(self.world, message.content, guild_roles=roles)
        may_all = bool(channel.permissions_of(message.author) & Permission.MENTION_EVERYONE)
        message.mentioned = users
        message.mentioned_roles = named
        message.mentions_everyone = everyone and may_all
        if (
            message.reply_to is not None
            and message.reply_pings
            and message.reply_to.author not in users
        ):
            message.mentioned = [*users, message.reply_to.author]

    async def edit(self, message: Message, content: str) -> Message:
        """Change what a person has written, mentions included; whether a reply pings stays as it
        was.
        """
        self._may_change(message)
        message.revisions.append(message.content)
        message.content = content.strip()
        message.edited = self.core.clock.stamp()
        self._mention(message)
        self.core.tell("MESSAGE_UPDATE", message)
        self.core.changed()
        return message

    async def unfurl(self, message: Message, title: str = "A page") -> Message:
        """Let Discord show the page behind a link of a message: an update in which nobody has
        edited anything.
        """
        self._may_change(message)
        message.embeds = [
            *message.embeds,
            {"type": "link", "url": "https://example.org/", "title": title},
        ]
        self.core.tell("MESSAGE_UPDATE", message)
        self.core.changed()
        return message

    def _may_change(self, message: Message) -> None:
        if (
            message.deleted
            or message.is_system
            or message.channel.archived
            or message.channel.locked
        ):
            raise NotOfferedError("this message cannot be changed")

    async def delete(self, message: Message) -> None:
        """Take a message away."""
        self.writer.delete(message)

    async def delete_bulk(self, channel: Channel, messages: Iterable[Message]) -> None:
        """Take several messages of a channel away at once, as a moderator or a ban does."""
        gone = [
            message for message in messages if message.channel is channel and message.is_for_all
        ]
        for message in gone:
            message.deleted = True
        self.core.tell_deleted_together(channel, gone)

    async def type_in(self, user: User, channel: Channel) -> None:
        """Start typing."""
        data = {
            "channel_id": str(channel.id),
            "user_id": str(user.id),
            "timestamp": int(self.core.clock.now()),
        }
        data |= {"guild_id": str(channel.guild.id)} if channel.guild else {}
        self.core.dispatch_in("TYPING_START", channel, lambda _: data, "typing")

    # --- reading

    def messages(self, channel: Channel, *, by: User | None = None) -> list[Message]:
        """Give the messages that everybody sees in a channel, oldest first, without what Discord
        itself wrote.
        """
        return [
            message
            for message in channel.messages
            if message.is_for_all and not message.is_system and (by is None or message.author is by)
        ]

    def private_messages(self, user: User, channel: Channel) -> list[Message]:
        """Give the ephemeral messages that one person has in a channel, oldest first."""
        return [
            message
            for message in channel.messages
            if message.only_for is user and not message.deleted and not message.loading
        ]

    def threads(self, channel: Channel) -> list[Channel]:
        """Give the threads of a channel, or the posts of a forum, oldest first."""
        return [thread for thread in channel.threads if not thread.deleted]

    async def thread_from(self, message: Message, within_s: float = PATIENCE_S) -> Channel:
        """Wait until somebody has started a thread from a message, and give it."""
        thread: Channel | None = await self.core.until(lambda: message.thread, within_s)
        if thread is None:
            raise NoAnswerError(
                f"within {within_s} s nobody started a thread from the message: {message.text!r}"
            )
        return thread

    async def edited(self, message: Message, within_s: float = PATIENCE_S) -> Message:
        """Wait until a message is edited; of edits that have been waited for, none counts twice."""

        def find() -> bool | None:
            return True if len(message.revisions) > self._edits_seen.get(message.id, 0) else None

        if await self.core.until(find, within_s) is None:
            raise NoAnswerError(f"within {within_s} s the message was not edited: {message.text!r}")
        self._edits_seen[message.id] = len(message.revisions)
        return message

    async def deleted(self, message: Message, within_s: float = PATIENCE_S) -> Message:
        """Wait until a message is gone."""
        if await self.core.until(lambda: True if message.deleted else None, within_s) is None:
            raise NoAnswerError(
                f"within {within_s} s the message was not deleted: {message.text!r}"
            )
        return message

    async def wait_for(
        self,
        channel: Channel,
        predicate: Callable[[Message], bool] | None = None,
        within_s: float = PATIENCE_S,
    ) -> Message:
        """Wait for the bot's next message in a channel. No message is handed out twice.

        Answers to interactions are not among them: they are awaited with `Interaction.answer`.
        """

        def find() -> Message | None:
            for message in self.messages(channel, by=self.bot_user):
                fresh = message.id not in self._handed_out and message.cause is None
                if fresh and (predicate is None or predicate(message)):
                    return message
            return None

        message: Message | None = await self.core.until(find, within_s)
        if message is None:
            where = channel.name or "the conversation"
            said = f"; offences: {self.core.offences[-3:]}" if self.core.offences else ""
            raise NoAnswerError(f"within {within_s} s the bot wrote nothing new in {where}{said}")
        self._handed_out.add(message.id)
        return message

    async def reply_to(self, message: Message, within_s: float = PATIENCE_S) -> Message:
        """Wait for the bot's reply to a message."""
        return await self.wait_for(
            message.channel, lambda answer: answer.reply_to is message, within_s
        )

    async def stays_silent(self, channel: Channel, for_s: float = 0.3) -> bool:
        """Tell whether the bot writes nothing new in a channel for so long."""
        try:
            await self.wait_for(channel, within_s=for_s)
        except NoAnswerError:
            return True
        return False

    # --- commands

    async def slash(
        self,
        user: User,
        channel: Channel,
        command: str,
        *,
        options: dict[str, Any] | None = None,
        force: bool = False,
        **values: Any,
    ) -> Interaction:
        """Use a slash command; `command` may be a path as in "kb reload". `force` uses one that is
        not offered.
        """
        name, *path = command.split()
        offer = self.commands.offered(user, channel, name, 1, force=force)
        given = Values(self.world, channel, {**(options or {}), **values})
        data = self._command_data(offer) | {
            "type": 1,
            "options": fill_options(offer.command, path, given),
        }
        data |= {"resolved": given.resolved} if given.resolved else {}
        return await self._ask(
            COMMAND, user, channel, data, name=f"/{command}", owners=offer.owners
        )

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        command: str,
        *,
        within_s: float = PATIENCE_S,
        **values: Any,
    ) -> list[dict[str, Any]]:
        """Type into an option (the last one named) and give what the bot suggests: names and
        values.
        """
        asked = await self.start_autocomplete(user, channel, command, **values)
        return await asked.choices(within_s)

    async def start_autocomplete(
        self, user: User, channel: Channel, command: str, **values: Any
    ) -> Interaction:
        """Type into an option (the last one named) without waiting for what comes."""
        name, *path = command.split()
        offer = self.commands.offered(user, channel, name, 1, force=False)
        given = Values(self.world, channel, values, focused=list(values)[-1])
        data = self._command_data(offer) | {
            "type": 1,
            "options": fill_options(offer.command, path, given),
        }
        return await self._ask(
            AUTOCOMPLETE, user, channel, data, name=f"/{command}", owners=offer.owners
        )

    async def use_message_command(
        self, user: User, message: Message, command: str, *, force: bool = False
    ) -> Interaction:
        """Use a command from the menu of a message."""
        if message.deleted or (message.ephemeral and message.only_for is not user):
            raise NotOfferedError(f"{user.name} does not see this message")
        offer = self.commands.offered(user, message.channel, command, 3, force=force)
        shown = {str(message.id): message_json(self.world, message, readable=True)}
        data = self._command_data(offer) | {
            "type": 3,
            "target_id": str(message.id),
            "resolved": {"messages": shown},
        }
        return await self._ask(
            COMMAND, user, message.channel, data, name=command, owners=offer.owners, target=message
        )

    async def use_user_command(
        self, user: User, target: User, channel: Channel, command: str, *, force: bool = False
    ) -> Interaction:
        """Use a command from the menu of a user."""
        offer = self.commands.offered(user, channel, command, 2, force=force)
        resolved: dict[str, Any] = {}
        resolve(resolved, channel, target)
        data = self._command_data(offer) | {
            "type": 2,
            "target_id": str(target.id),
            "resolved": resolved,
        }
        return await self._ask(COMMAND, user, channel, data, name=command, owners=offer.owners)

    def _command_data(self, offer: Offer) -> dict[str, Any]:
        keys = ("id", "name", "guild_id")
        return {key: value for key, value in offer.command.items() if key in keys}

    # --- components

    async def press(
        self, user: User, message: Message, button: str, *, force: bool = False
    ) -> Interaction:
        """Press a button, named by its custom_id or its label."""
        self._sees(user, message)
        found = [one for one in message.buttons if button in {one.custom_id, one.label}]
        if not found:
            raise NotOfferedError(
                f"there is no button {button!r}; there are {[one.label for one in message.buttons]}"
            )
        if (found[0].disabled or found[0].custom_id is None) and not force:
            raise NotOfferedError(f"the button {button!r} cannot be pressed")
        data = {"component_type": 2, "custom_id": found[0].custom_id, "id": 1}
        return await self._ask(
            COMPONENT, user, message.channel, data, name=f"[{button}]", source=message
        )

    async def select(
        self, user: User, message: Message, custom_id: str, *chosen: str | User | Role | Channel
    ) -> Interaction:
        """Choose in a menu: options by value or label, or users, roles and channels."""
        self._sees(user, message)
        menu = next(
            (one for one in message.selects if custom_id in {one.custom_id, one.placeholder}), None
        )
        if menu is None or menu.disabled:
            raise NotOfferedError(f"there is no menu {custom_id!r} to choose from")
        if not menu.least <= len(chosen) <= menu.most:
            raise NotOfferedError(
                f"{menu.least} to {menu.most} options can be chosen, not {len(chosen)}"
            )
        values, resolved = [], dict[str, Any]()
        for one in chosen:
            if isinstance(one, str):
                value = next(
                    (value for label, value in menu.options if one in {label, value}), None
                )
                if value is None:
                    raise NotOfferedError(f"there is no option {one!r}; there are {menu.options}")
                values.append(value)
            else:
                values.append(str(one.id))
                resolve(resolved, message.channel, one)
        data = {"component_type": menu.kind, "custom_id": menu.custom_id, "values": values, "id": 1}
        data |= {"resolved": resolved} if resolved else {}
        return await self._ask(
            COMPONENT, user, message.channel, data, name=f"[{custom_id}]", source=message
        )

    async def submit_modal(self, user: User, opened: Interaction, **values: Any) -> Interaction:
        """Fill in the window that an interaction opened (fields by custom_id or label) and send it
        off. Into a field for files go pairs of a name and the content.
        """
        modal = opened.shown_modal
        if modal is None or opened.user is not user:
            raise NotOfferedError(f"{user.name} has no window open")
        resolved: dict[str, Any] = {}
        uploads = [field for field in modal.fields if field["type"] == FILE_UPLOAD]
        for field in uploads:
            for key in {field["custom_id"], field["label"]} & set(values):
                values[key] = self._upload(opened.channel, field, values[key], resolved)
        filled = fill_modal(modal.components, values)
        data: dict[str, Any] = {"custom_id": modal.custom_id, "components": filled}
        data |= {"resolved": resolved} if resolved else {}
        unknown = set(values) - {
            name for field in modal.fields for name in (field["custom_id"], field["label"])
        }
        if unknown:
            raise NotOfferedError(f"the window has no field {sorted(unknown)}")
        return await self._ask(
            MODAL_SUBMIT,
            user,
            opened.channel,
            data,
            name=modal.title,
            owners=opened.owners,
            source=opened.message,
        )

    def _upload(
        self,
        channel: Channel,
        field: dict[str, Any],
        files: list[tuple[str, bytes]],
        resolved: dict[str, Any],
    ) -> list[str]:
        """Store files that are put into a field; give their ids."""
        least, most = field.get("min_values") or 0, field.get("max_values") or 1
        if not least <= len(files) <= most:
            raise NotOfferedError(f"the field takes {least} to {most} files, not {len(files)}")
        stored = [
            self.core.store_file(name, content, "application/octet-stream")
            for name, content in files
        ]
        for attachment in stored:
            resolve(resolved, channel, attachment)
        return [str(attachment.id) for attachment in stored]

    async def forge(
        self,
        user: User,
        place: Message | Channel,
        custom_id: str,
        *values: str,
        window: bool = False,
    ) -> Interaction:
        """Press what need not stand on a message, as a client can that somebody has changed.

        With `values`, they are chosen in a menu of that custom_id; with `window`, they are typed
        into one. In place of a message, a window of a command has the channel.
        """
        message = place if isinstance(place, Message) else None
        channel = place if isinstance(place, Channel) else place.channel
        if window:
            fields = [
                {
                    "type": 18,
                    "id": number,
                    "component": {"type": 4, "custom_id": f"text{number}", "value": value},
                }
                for number, value in enumerate(values, 1)
            ]
            data: dict[str, Any] = {"custom_id": custom_id, "components": fields}
        else:
            data = {"component_type": 3 if values else 2, "custom_id": custom_id, "id": 1}
            data |= {"values": list(values)} if values else {}
        kind = MODAL_SUBMIT if window else COMPONENT
        return await self._ask(kind, user, channel, data, name=f"[{custom_id}]", source=message)

    def _sees(self, user: User, message: Message) -> None:
        hidden = message.ephemeral and message.only_for is not user
        if (
            message.deleted
            or hidden
            or not message.channel.permissions_of(user) & Permission.VIEW_CHANNEL
        ):
            raise NotOfferedError(f"{user.name} does not see this message")

    # --- telling the bot

    async def _ask(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: dict[str, Any],
        *,
        name: str,
        owners: dict[str, str] | None = None,
        source: Message | None = None,
        target: Message | None = None,
    ) -> Interaction:
        """Make an interaction and send it to the bot."""
        if owners is None:
            owners = (
                source.cause["authorizing_integration_owners"] if source and source.cause else {}
            )
            owners = owners or {"0": str(channel.guild.id) if channel.guild else "0"}
        may_show = (
            channel.permissions_of(user) & Permission.USE_EXTERNAL_APPS or channel.guild is None
        )
        interaction = Interaction(
            self.core.clock.new_id(),
            secrets.token_urlsafe(60),
            kind,
            user,
            channel,
            name,
            data,
            self.core.clock,
            message=source,
            forced_ephemeral="0" not in owners and not may_show,
            only_user_install="0" not in owners,
            owners=owners,
        )
        interaction.begin()
        interaction.target = target
        self.core.interactions[interaction.id] = self.core.by_token[interaction.token] = interaction
        self.core.gateway.dispatch(
            "INTERACTION_CREATE",
            lambda _: self._interaction_json(interaction),
            guild=channel.guild,
            intent=None,
        )
        await asyncio.sleep(0)
        return interaction

    def _interaction_json(self, asked: Interaction) -> dict[str, Any]:
        channel, guild = asked.channel, asked.channel.guild
        bot_may = channel.permissions_of(self.bot_user) or (NOTHING if guild else AS_GUEST)
        body: dict[str, Any] = {
            "id": str(asked.id),
            "application_id": str(self.world.application.id),
            "type": asked.kind,
            "token": asked.token,
            "version": 1,
            "data": asked.data,
            "channel_id": str(channel.id),
            "channel": channel_json(channel, permissions=channel.permissions_of(asked.user)),
            "app_permissions": str(int(bot_may)),
            "locale": asked.user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": asked.owners,
            "context": context_of(channel, self.bot_user),
            "attachment_size_limit": self.core.most_file_bytes,
        }
        if guild is not None:
            member = guild.members[asked.user.id]
            body |= {"guild_id": str(guild.id), "guild_locale": guild.locale}
            body["guild"] = {
                "id": str(guild.id),
                "locale": guild.locale,
                "features": list(guild.features),
            }
            body["member"] = member_json(member, permissions=channel.permissions_of(asked.user))
        else:
            body["user"] = user_json(asked.user)
        if asked.message is not None:
            body["message"] = message_json(self.world, asked.message, readable=True)
        return body


def fill_modal(components: list[dict[str, Any]], values: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the components of a window as Discord sends them when it is sent off."""
    filled: list[dict[str, Any]] = []
    for number, part in enumerate(components, 1):
        if part["type"] == 18:
            filled.append(
                {
                    "type": 18,
                    "id": number,
                    "component": _fill_field(part["component"], part["label"], values),
                }
            )
        elif part["type"] == 1:
            inside = [_fill_field(field, field["label"], values) for field in part["components"]]
            filled.append({"type": 1, "id": number, "components": inside})
    return filled


def _fill_field(field: dict[str, Any], label: str, values: dict[str, Any]) -> dict[str, Any]:
    given = values.get(field["custom_id"], values.get(label))
    body = {"type": field["type"], "custom_id": field["custom_id"], "id": 1}
    if (
        given is None
        and field.get("required", True)
        and field["type"] != 23
        and not field.get("value")
    ):
        raise NotOfferedError(f"the field {label!r} must be filled in")
    if field["type"] == 4:
        text = str(field.get("value") or "" if given is None else given)
        least, most = field.get("min_length") or 0, field.get("max_length") or 4000
        if (text or field.get("required", True)) and not least <= len(text) <= most:
            raise NotOfferedError(
                f"the field {label!r} takes {least} to {most} characters, not {len(text)}"
            )
        return {**body, "value": text}
    if field["type"] in {21, 23}:
        return {**body, "value": given if field["type"] == 21 else bool(given)}
    chosen = [given] if isinstance(given, str) else list(given or ())
    return {**body, "values": chosen}
