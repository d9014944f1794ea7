"""Messages that put a question to the bot: mentions, replies, direct messages, posts in a forum.

In: a message. Out: the question that it holds, and the reply to it. A message that is not meant for
the bot is passed over: what bots, webhooks and Discord itself write never is.
"""

import re
import time
from dataclasses import dataclass, replace

import discord

from bot.answers.conversation import Turn
from bot.answers.intents import points_elsewhere
from bot.chat import delivery
from bot.chat.barred_channels import MUTED, find_missing_for_threads, may_react
from bot.chat.channel_settings import ChannelSettings
from bot.chat.commands.questions import (
    QuestionRequest,
    answer_question,
    find_human_role,
    strip_codes,
)
from bot.chat.commands.turn_reader import recall_turn
from bot.chat.dispatcher import Dispatcher
from bot.chat.handlers.answer_search import find_answers, partial_message
from bot.chat.message_server import AskingMessage
from bot.chat.reply import Reply
from bot.chat.state.answer_links import AskedQuestion, SentMessage
from bot.chat.state.cooldowns import NO_COOLDOWN, Cooldown
from bot.chat.ui.asked import find_asked
from bot.chat.ui.audience import Audience
from bot.chat.ui.components import shorten
from bot.search.asking_sentences import asks
from bot.texts import notices, replies

# Discord's limit of a thread's name.
_THREAD_NAME = 100


@dataclass(frozen=True, slots=True)
class MessageQuestion:
    """What a message asks, and the message that is answered, which it may point to.

    ``is_unreadable``: it points to a message whose content the bot does not get. ``is_overheard``:
    it is not put to the bot in particular, so that nothing is said unless the answer is sure.
    ``is_unwelcome``: it is put to the bot where nobody is to be answered.
    """

    question: str
    to: discord.Message
    is_unreadable: bool = False
    is_overheard: bool = False
    is_unwelcome: bool = False


def find_question(
    dispatcher: Dispatcher, bot_user: discord.ClientUser, message: discord.Message
) -> MessageQuestion | None:
    """Find what a message asks the bot; None where it is not meant for the bot."""
    if message.author.bot or message.webhook_id is not None or message.is_system():
        return None
    held = dispatcher.channel_settings.find(message.channel).values
    is_put_to_bot = _is_mentioned(bot_user, message)
    if held.is_silent:
        return MessageQuestion("", message, is_unwelcome=True) if is_put_to_bot else None
    if not is_put_to_bot and not isinstance(message.channel, discord.DMChannel):
        return _find_unaddressed(dispatcher, bot_user, message, held)
    question = _strip_own_mentions(bot_user, message)
    pointed_to = _find_pointed_to(message)
    if pointed_to is not None and points_elsewhere(question):
        if not pointed_to.content:
            return MessageQuestion("", message, is_unreadable=True)
        return MessageQuestion(strip_codes(pointed_to.content), pointed_to)
    return MessageQuestion(strip_codes(question), message)


def _find_unaddressed(
    dispatcher: Dispatcher,
    bot_user: discord.ClientUser,
    message: discord.Message,
    held: ChannelSettings,
) -> MessageQuestion | None:
    """Find what a message of a guild asks that does not mention the bot; None for nothing."""
    may_read = dispatcher.settings.message_content
    is_every_question = may_read and held.answers == "questions"
    if _is_forum_post(dispatcher, message, is_every_forum=is_every_question):
        return _read_post(message)
    if not may_read or not _is_for_anybody(bot_user, message):
        return None
    if held.own_threads == "on" and _is_in_own_thread(bot_user, message):
        return _read_follow_up(dispatcher, message)
    question = strip_codes(message.content)
    if is_every_question and asks(question):
        return MessageQuestion(question, message, is_overheard=True)
    return None


def _is_mentioned(bot_user: discord.ClientUser, message: discord.Message) -> bool:
    """Say whether a message mentions the bot, or the role that Discord made for it."""
    if any(user.id == bot_user.id for user in message.mentions):
        return True
    own_role = message.guild.self_role if message.guild else None
    return own_role is not None and any(role.id == own_role.id for role in message.role_mentions)


def _is_forum_post(
    dispatcher: Dispatcher, message: discord.Message, *, is_every_forum: bool
) -> bool:
    """Say whether a message begins a post in a forum that is served."""
    channel = message.channel
    if not isinstance(channel, discord.Thread) or message.id != channel.id:
        return False
    if is_every_forum and isinstance(channel.parent, discord.ForumChannel):
        return True
    return channel.parent_id in dispatcher.settings.forum_channels


def _read_post(message: discord.Message) -> MessageQuestion:
    """Read a post: its title asks as well."""
    title = message.channel.name if isinstance(message.channel, discord.Thread) else ""
    question = f"{title}\n{strip_codes(message.content)}"
    return MessageQuestion(question, message, is_overheard=True)


def _is_for_anybody(bot_user: discord.ClientUser, message: discord.Message) -> bool:
    """Say whether a message says something to anybody, or to the bot, and to nobody else."""
    replied_to = _find_replied_to(message)
    is_to_bot = replied_to is None or replied_to.author.id == bot_user.id
    others = [user for user in message.mentions if user.id != bot_user.id]
    is_to_others = bool(others or message.role_mentions or message.mention_everyone)
    return is_to_bot and not is_to_others and bool(strip_codes(message.content))


def _is_in_own_thread(bot_user: discord.ClientUser, message: discord.Message) -> bool:
    """Say whether a message stands in a thread that the bot began."""
    channel = message.channel
    return isinstance(channel, discord.Thread) and channel.owner_id == bot_user.id


def _read_follow_up(dispatcher: Dispatcher, message: discord.Message) -> MessageQuestion:
    """Read what is said in a thread of the bot's.

    Who talked with the bot there goes on with that. What others say need not be a question.
    """
    question = strip_codes(message.content)
    conversation = message.channel.id, message.author.id, False
    is_talking = dispatcher.conversations.recall(conversation, time.monotonic()) is not None
    return MessageQuestion(question, message, is_overheard=not (is_talking or asks(question)))


def _strip_own_mentions(bot_user: discord.ClientUser, message: discord.Message) -> str:
    question = re.sub(rf"<@!?{bot_user.id}>", " ", message.content).strip()
    own_role = message.guild.self_role if message.guild else None
    if own_role is not None:
        question = question.replace(own_role.mention, " ").strip()
    return question


def _find_replied_to(message: discord.Message) -> discord.Message | None:
    resolved = message.reference.resolved if message.reference else None
    return resolved if isinstance(resolved, discord.Message) else None


def _find_pointed_to(message: discord.Message) -> discord.Message | None:
    """Give the message of a human that a message replies to."""
    replied_to = _find_replied_to(message)
    if replied_to is None or replied_to.author.bot:
        return None
    return replied_to


async def answer_message(
    dispatcher: Dispatcher, client: discord.Client, message: discord.Message, edited: str = ""
) -> None:
    """Answer a message that is meant for the bot; whatever is not is passed over.

    ``edited`` tells this edit of the message from others, if it was edited.
    """
    bot_user = client.user
    found = find_question(dispatcher, bot_user, message) if bot_user is not None else None
    if bot_user is None or found is None:
        return

    async def handler() -> Reply:
        answer = await _find_earlier_answer(dispatcher, client, message, found)
        if answer is not None:
            text = replies.ANSWERED_ALREADY(link=_link(found.to.guild, answer))
            return Reply(text, asked=AskedQuestion(found.question), is_aside=True)
        before = await _find_before(dispatcher, bot_user, message, found)
        return await answer_message_question(dispatcher, found, before)

    held = dispatcher.channel_settings.find(message.channel).values
    asking = AskingMessage(
        message,
        found.to,
        edited,
        has_thread=_wants_thread(dispatcher, found.to),
        is_overheard=found.is_overheard,
        is_unwelcome=found.is_unwelcome,
        cooldown=find_cooldown(held),
        language=dispatcher.channel_settings.find_language(message.channel),
    )
    await dispatcher.serve_message(asking, handler)


def find_cooldown(held: ChannelSettings) -> Cooldown:
    """Find what lies between two answers; where nobody is answered, nothing does."""
    if held.is_silent:
        return NO_COOLDOWN
    return Cooldown(held.person_cooldown, held.channel_cooldown)


async def _find_earlier_answer(
    dispatcher: Dispatcher,
    client: discord.Client,
    message: discord.Message,
    found: MessageQuestion,
) -> SentMessage | None:
    """Find the answer to a question that a message points to, if it was answered before."""
    to = found.to
    if to.id == message.id:
        return None
    answers = await find_answers(dispatcher, client, to.channel.id, [to.id])
    if to.id not in answers:
        return None
    sent, _ = answers[to.id]
    if sent.is_refusal:
        return None
    try:
        await partial_message(client, sent).fetch()
    except discord.NotFound:
        return None
    except discord.HTTPException:
        # It can't be read here. It is not known to be gone.
        return sent
    return sent


def _link(guild: discord.Guild | None, sent: SentMessage) -> str:
    """Give the address of a message of the bot."""
    place = "@me" if guild is None else guild.id
    return f"https://discord.com/channels/{place}/{sent.channel_id}/{sent.message_id}"


async def _find_before(
    dispatcher: Dispatcher,
    bot_user: discord.ClientUser,
    message: discord.Message,
    found: MessageQuestion,
) -> Turn | None:
    """Find what a question follows up: what is remembered, else the card that it replies to."""
    conversation = found.to.channel.id, found.to.author.id, False
    before = dispatcher.conversations.recall(conversation, time.monotonic())
    if before is not None:
        return before
    replied_to = _find_replied_to(message)
    if replied_to is None or replied_to.author.id != bot_user.id:
        return None
    readers = await dispatcher.find_readers_of(found.to)
    return await recall_turn(dispatcher, readers.everybody, replied_to)


async def answer_message_question(
    dispatcher: Dispatcher, found: MessageQuestion, before: Turn | None
) -> Reply:
    """Answer what a message asks, after the turn ``before`` it."""
    if found.is_unwelcome:
        return await _point_elsewhere(dispatcher, found.to)
    if found.is_unreadable:
        return Reply(replies.HOW_TO_POINT(menu=replies.FIND_PASSAGE_MENU()))
    if not found.question:
        return Reply(replies.HOW_TO_ASK())
    to = found.to
    readers = await dispatcher.find_readers_of(to)
    request = QuestionRequest(
        found.question,
        conversation=(to.channel.id, to.author.id, False),
        audience=_audience_of_message(dispatcher, to),
        readers=readers.of_public if found.is_overheard else readers,
        before=before,
        is_silent_unless_sure=found.is_overheard,
        is_in_message=True,
    )
    reply = await answer_question(dispatcher, request)
    if reply.card is None or not _is_set_to_threads(dispatcher, to):
        return reply
    if _wants_thread(dispatcher, to):
        return replace(reply, thread=name_thread(found.question))
    if isinstance(to.channel, discord.TextChannel):
        missing = find_missing_for_threads(to.channel)
        await dispatcher.messages.barred_channels.tell_of_threads(to.channel, missing)
    return reply


async def _point_elsewhere(dispatcher: Dispatcher, message: discord.Message) -> Reply:
    """Say once a day to a member where to ask instead; mark what the member asks after that."""
    key = (message.channel.id, message.author.id)
    if dispatcher.pointed_elsewhere.is_new(key, time.monotonic()):
        return Reply(notices.NOT_ANSWERED_HERE(), refused="not_sure")
    if may_react(message.channel):
        await delivery.react(message, MUTED)
    return Reply(refused="not_sure")


def name_thread(question: str) -> str:
    """Name the thread of a question by what it asks; empty for one that shows as nothing."""
    return shorten(find_asked(question, _THREAD_NAME), _THREAD_NAME)


def _audience_of_message(dispatcher: Dispatcher, message: discord.Message) -> Audience:
    held = dispatcher.channel_settings.find(message.channel).values
    return Audience(
        message.author.id,
        is_reply=True,
        has_votes=dispatcher.records is not None,
        has_humans=find_human_role(dispatcher, message.guild, held) is not None,
        has_links=dispatcher.settings.links,
        sureness=held.sureness,
    )


def _is_set_to_threads(dispatcher: Dispatcher, message: discord.Message) -> bool:
    """Say whether a message stands in a channel that is to be answered in threads."""
    channel = message.channel
    is_text = isinstance(channel, discord.TextChannel)
    return is_text and dispatcher.channel_settings.find(channel).values.place == "thread"


def _wants_thread(dispatcher: Dispatcher, message: discord.Message) -> bool:
    """Say whether a message is to be answered in a thread, and the bot may begin one there."""
    channel = message.channel
    if not _is_set_to_threads(dispatcher, message) or not isinstance(channel, discord.TextChannel):
        return False
    return not find_missing_for_threads(channel)
