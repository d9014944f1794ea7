"""Tell in the log channel what was changed, and by whom.

In: a revision, a reload, or what became of a gap. Out: one message, which pings nobody. Where there
is no such channel, or the bot may not write there, the history of the articles tells of them all
the same.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

import discord

from bot.articles.chosen import count_choices
from bot.chat import delivery
from bot.chat.channel_settings import SettingChange, Value
from bot.chat.commands.desks import Desk
from bot.chat.dispatcher import Dispatcher
from bot.chat.reader_language import language_of_guild
from bot.chat.readers import find_reader_of_channel
from bot.chat.reply import Reply
from bot.chat.ui.admin_cards import make_reload_report
from bot.chat.ui.layout import CARD, Card, join_that_fit
from bot.chat.ui.proposal_cards import describe_revision
from bot.chat.ui.setting_cards import describe_place, describe_value
from bot.reloading import Reload
from bot.texts import cards
from bot.texts import channel_settings as texts_of_settings
from bot.texts import editing as texts
from bot.texts.languages import speaking
from bot.versions.history import Revision
from bot.view import View

_log = logging.getLogger(__name__)


async def tell_changes(
    interaction: discord.Interaction, desk: Desk, number: int, *, had_restricted: bool
) -> None:
    """Tell of the revisions behind a number, in one message for the interaction that made them.

    Before the one that it made there may be one of what was changed in the folder. In the log
    channel that a server has set, no file is named where some articles are not for everybody, or
    were not before.
    """
    revisions = desk.editing.history.revisions
    later = [one for one in reversed(revisions) if one.number > number]
    names_files = not (had_restricted or desk.base.has_restricted)

    def make_card(*, names_files: bool = True) -> Card:
        return Card([describe_revision(one, names_files=names_files) for one in later])

    if not later:
        return
    if not desk.guild_id:
        await _tell_revisions(interaction.client, desk.dispatcher, later, make_card)
    make_own_card = partial(make_card, names_files=names_files)
    await _tell_own(interaction, desk.dispatcher, make_own_card, is_own=bool(desk.guild_id))


async def tell_reload(
    interaction: discord.Interaction, desk: Desk, reload: Reload, *, had_restricted: bool
) -> None:
    """Tell what somebody's reload has changed; nothing where all is as it was.

    In the log channel that a server has set only that, where some articles are not for everybody,
    or were not before.
    """
    number = desk.editing.history.last_number
    if not reload.is_served or not reload.has_changed:
        return
    tells_what = not (had_restricted or desk.base.has_restricted)

    def make_card(*, tells_what: bool = True) -> Card:
        head = texts.RELOADED_BY(user=interaction.user.id)
        return make_reload_report(reload, head) if tells_what else Card([head])

    if not desk.guild_id:
        nonce = str(interaction.id)
        if await _tell(interaction.client, desk.dispatcher, make_card, nonce):
            await _note_told(desk.dispatcher, number)
    make_own_card = partial(make_card, tells_what=tells_what)
    await _tell_own(interaction, desk.dispatcher, make_own_card, is_own=bool(desk.guild_id))


async def tell_of_gaps(
    interaction: discord.Interaction, desk: Desk, describe: Callable[[], str]
) -> None:
    """Tell what somebody did to gaps; what ``describe`` gives is inert and ends with who.

    The log channel of all is told of the common gaps, that of a server of its own alone.
    """

    def make_card() -> Card:
        return Card([describe()])

    is_own = bool(desk.guild_id)
    if not is_own:
        await _tell(interaction.client, desk.dispatcher, make_card, str(interaction.id))
    if desk.scope.guild_id:
        await _tell_own(interaction, desk.dispatcher, make_card, is_own=is_own)


async def tell_settings(
    interaction: discord.Interaction,
    dispatcher: Dispatcher,
    changes: Sequence[SettingChange],
    log_before: int,
) -> None:
    """Tell who set what.

    It is told on that server alone: in the channel of its own settings, before the change and
    after, or in that of the file of settings if this server has it.
    """
    guild = interaction.guild
    if guild is None:
        return
    log_after = dispatcher.channel_settings.find_log_channel(guild.id)
    own = [one for one in (log_before, log_after) if one]
    for log_channel in dict.fromkeys(own or [dispatcher.settings.log_channel]):
        channel: object = guild.get_channel_or_thread(log_channel)
        if isinstance(channel, discord.abc.Messageable):
            find_view = partial(dispatcher.view, find_reader_of_channel(channel, guild))
            view = await dispatcher.admission.work.run(find_view)
            with speaking(language_of_guild(guild)):
                lines = [_describe_setting(interaction.user.id, one, view) for one in changes]
                listed = join_that_fit(lines, CARD, len(lines), cards.MORE_LINES)
            nonce = f"{interaction.id}-{int(log_channel == log_before)}"
            await delivery.announce(channel, Reply(card=Card([listed])), nonce, None)


def _describe_setting(user_id: int, changed: SettingChange, view: View) -> str:
    """Say who set what, to those who may read what ``view`` shows."""
    key = changed.key
    before, after = [_describe_for_all(key, one, view) for one in (changed.before, changed.after)]
    return texts_of_settings.AUDIT(
        place=describe_place(changed.channel_id),
        name=texts_of_settings.NAMES[key](),
        before=before,
        after=after,
        user_id=user_id,
    )


def _describe_for_all(key: str, value: Value, view: View) -> str:
    """Describe a value; of files and folders that are not for all, only how many they are."""
    if isinstance(value, tuple):
        known = count_choices(article.file for article in view.library.articles)
        if not known.keys() >= set(value):
            return texts_of_settings.CHOSEN(len(value))
    return describe_value(key, value)


async def tell_start(client: discord.Client, dispatcher: Dispatcher) -> None:
    """Tell once what has changed while the bot was not running, or was ended before it told it."""
    revisions, dispatcher.untold_revisions = dispatcher.untold_revisions, []

    def make_card() -> Card:
        return Card([texts.AT_START(), *map(describe_revision, revisions)])

    if revisions:
        await _tell_revisions(client, dispatcher, revisions, make_card)


async def _tell_revisions(
    client: discord.Client,
    dispatcher: Dispatcher,
    revisions: Sequence[Revision],
    make_card: Callable[[], Card],
) -> None:
    """Tell of revisions, the earliest first, in one message; whoever is ended then tells it anew.

    Discord takes it once, as it has the same nonce.
    """
    for revision in revisions:
        _log_revision(revision)
    last = revisions[-1]
    nonce = f"{last.number}-{int(last.at.timestamp())}"
    if await _tell(client, dispatcher, make_card, nonce):
        await _note_told(dispatcher, last.number)


async def _note_told(dispatcher: Dispatcher, number: int) -> None:
    """Keep that the log channel was told up to a revision of the common articles."""
    await asyncio.to_thread(dispatcher.common.versions.note_told, number)


def _log_revision(revision: Revision) -> None:
    _log.info("version %d: %s, %d files", revision.number, revision.action, len(revision.files))


async def _tell_own(
    interaction: discord.Interaction,
    dispatcher: Dispatcher,
    make_card: Callable[[], Card],
    *,
    is_own: bool,
) -> None:
    """Tell what somebody did to the articles in the log channel of the server's own.

    Of the server's own articles (``is_own``) nobody else was told.
    """
    guild = interaction.guild
    own = dispatcher.channel_settings.find_log_channel(guild.id) if guild is not None else 0
    is_told = own == dispatcher.settings.log_channel and not is_own
    if guild is None or is_told:
        return
    channel: object = guild.get_channel_or_thread(own)
    if isinstance(channel, discord.abc.Messageable):
        with speaking(language_of_guild(guild)):
            card = await asyncio.to_thread(make_card)
        await delivery.announce(channel, Reply(card=card), f"{interaction.id}-own", None)


async def _tell(
    client: discord.Client, dispatcher: Dispatcher, make_card: Callable[[], Card], nonce: str
) -> bool:
    """Tell something in the log channel, in the language of its server.

    Say whether it was told, or nobody is to be told.
    """
    log_channel = dispatcher.settings.log_channel
    channel: object = client.get_channel(log_channel)
    if channel is None and log_channel and dispatcher.sharding.is_partial:
        # A shard of another process may have it; what is sent there needs no shard.
        channel = client.get_partial_messageable(log_channel)
    if not isinstance(channel, discord.abc.Messageable):
        return not log_channel
    with speaking(language_of_guild(getattr(channel, "guild", None))):
        card = await asyncio.to_thread(make_card)
    return await delivery.announce(channel, Reply(card=card), nonce, None) is not None
