"""Serve messages: mentions, replies, direct messages, and posts in a forum.

In: a message and its handler. Out: at most one reply. Whether a message is meant for the bot, and
what it asks, is not decided here.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace

import discord

from bot.chat import delivery, failures, metrics
from bot.chat.admission import Admission
from bot.chat.apologies import Apologies
from bot.chat.barred_channels import BarredChannels, find_missing
from bot.chat.day_counter import DayCounter
from bot.chat.in_flight import InFlight
from bot.chat.metrics import Refused
from bot.chat.reader_language import language_of_message
from bot.chat.readers import find_server_of_message
from bot.chat.reply import Reply
from bot.chat.responses import describe_refusal, find_reason, find_refused, make_response
from bot.chat.retry import Undelivered
from bot.chat.state.answer_links import AnswerLinks, SentMessage
from bot.chat.state.conversations import Conversations
from bot.chat.state.cooldowns import NO_COOLDOWN, Cooldown
from bot.chat.state.direct_servers import DirectServers
from bot.chat.state.discord_time import DISCORD_TIME
from bot.chat.state.ids import id_at
from bot.chat.state.last_heard import HeardByShard, LastHeard
from bot.chat.state.told_waits import ToldWait
from bot.chat.ui.components import make_line_card
from bot.chat.unanswered_log import UnansweredLog
from bot.texts.languages import speaking

MessageHandler = Callable[[], Awaitable[Reply]]

_FORBIDDEN = 403
# Who waits for no answer is not told why there is none.
_NOT_WORTH_SAYING: Collection[Refused] = ("busy", "ending", "fault")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AskingMessage:
    """A message that asks, and where it is answered.

    ``to``: the message that is replied to; another one if ``message`` points there. ``edited``:
    what tells this edit of the message from others; empty where it was not edited.
    ``has_thread``: it is answered in a thread, for which other permissions are needed.
    ``is_overheard``: it is not put to the bot in particular. ``is_unwelcome``: it stands where
    nobody is to be answered.
    ``cooldown``: how much time lies between two answers there. ``language``: in which language it
    is answered; empty for that of its server, or its own.
    """

    message: discord.Message
    to: discord.Message
    edited: str = ""
    has_thread: bool = False
    is_overheard: bool = False
    is_unwelcome: bool = False
    cooldown: Cooldown = NO_COOLDOWN
    language: str = ""

    @property
    def expects_nothing(self) -> bool:
        """Whether nobody waits for an answer, so that no refusal is said."""
        return self.is_overheard or self.is_unwelcome

    @property
    def nonces(self) -> tuple[str, ...]:
        """Under which ids it is answered: the second where the first answer was deleted."""
        first = str(self.message.id)
        return (first, self.edited) if self.edited else (first,)


class MessageServer:
    """Serves each message once."""

    def __init__(  # noqa: PLR0913 (all that is remembered of messages)
        self,
        admission: Admission,
        in_flight: InFlight,
        unanswered: UnansweredLog,
        answer_links: AnswerLinks,
        conversations: Conversations,
        *,
        last_heard: HeardByShard,
        day_counter: DayCounter,
        direct_servers: DirectServers,
    ) -> None:
        """Serve what ``admission`` lets in, and remember which message answers which."""
        self.apologies = Apologies()
        self.barred_channels = BarredChannels()
        self._admission = admission
        self._in_flight = in_flight
        self._unanswered = unanswered
        self._day_counter = day_counter
        self._direct_servers = direct_servers
        self._answer_links = answer_links
        self._conversations = conversations
        self._last_heard = last_heard

    async def serve(self, asking: AskingMessage, handler: MessageHandler) -> None:
        """Answer a message.

        What is only a line can be removed by the one who asked, as any card can. A refusal is said
        once, and covers what is asked until its time is over. Where the bot may not write, those
        learn of it who can mend it.
        """
        if self._in_flight.is_closing:
            return
        is_new = self._admission.seen.add(asking.message.id)
        if not is_new and not asking.edited:
            return
        with speaking(asking.language or language_of_message(asking.message)):
            await self._serve(asking, handler)

    async def _serve(self, asking: AskingMessage, handler: MessageHandler) -> None:
        begin_s = time.monotonic()
        metrics.count_question("message")
        async with self._in_flight.serving(), self._answer_links.lock(asking.to.id):
            missing = () if asking.has_thread else find_missing(asking.to.channel)
            if missing or self._is_held(asking):
                refused = await self._hold_back(asking, missing)
            else:
                refused = await self._answer_or_refuse(asking, handler)
            took_s = time.monotonic() - begin_s
            metrics.count_outcome(refused, took_s)
            guild_id = find_server_of_message(asking.message, self._direct_servers)
            self._day_counter.count_outcome(refused, took_s, guild_id)

    def _is_held(self, asking: AskingMessage) -> bool:
        """Say whether nothing can be written where a message is answered, though it may be."""
        channel_id = asking.to.channel.id
        return self.apologies.is_held(channel_id) or self.barred_channels.is_refused(channel_id)

    async def _answer_or_refuse(self, asking: AskingMessage, handler: MessageHandler) -> Refused:
        """Answer a question that is let in, or say how long to wait; return why it is no answer.

        A refusal that can't be said before its time is over is not said. The question is let in
        then, if it can be.
        """
        message = asking.message
        guild_id = message.guild.id if message.guild else None
        user_id, channel_id = message.author.id, message.channel.id
        where = user_id, guild_id, channel_id, asking.cooldown
        if asking.expects_nothing and not self._admission.may_ask(*where):
            return "too_many"
        # What was edited asks now.
        asked_id = id_at(DISCORD_TIME.now_s()) if asking.edited else message.id
        end_s = time.monotonic() + delivery.MESSAGE_DEADLINE_S
        while not await self._admission.is_told_to_wait(
            asked_id, user_id, channel_id, asking.cooldown
        ):
            wait = await self._admission.refuse_message(asked_id, *where)
            if wait is None:
                return await self._answer_in_turn(asking, handler)
            why: Undelivered | None = Undelivered()
            try:
                why = await self._refuse(asking, wait)
            finally:
                self._admission.settle(wait, is_said=why is None)
            if why is None:
                return find_reason(wait.refusal)
            if not why.is_late or why.wait_s:
                return "undelivered"
            if time.monotonic() > end_s:
                _log.warning(
                    "a question was neither answered nor refused, channel_id=%d", channel_id
                )
                self._leave_for_later(message)
                return "undelivered"
        return "too_many"

    async def _answer_in_turn(self, asking: AskingMessage, handler: MessageHandler) -> Refused:
        """Answer; a cooldown begins with what is said, and not where nothing is.

        Where nobody waits for an answer, none begins before it is known that there is one.
        """
        if not asking.expects_nothing:
            self._begin_cooldown(asking)
        reply = await make_response(handler, "answering a message")
        if asking.expects_nothing and (reply.card is not None or reply.text):
            if reply.refused in _NOT_WORTH_SAYING:
                return reply.refused
            if not self._begin_cooldown(asking):
                return "too_many"
        refused = await self._send(asking, reply)
        if refused == "undelivered":
            message = asking.message
            self._admission.cooldowns.take_back(message.author.id, message.channel.id)
        return refused

    def _begin_cooldown(self, asking: AskingMessage) -> bool:
        """Begin the cooldown of an answer, unless another one lasts; say whether it begins."""
        cooldowns = self._admission.cooldowns
        who = asking.message.author.id, asking.message.channel.id
        now_s = time.monotonic()
        if cooldowns.refuse(now_s, *who, asking.cooldown) is not None:
            return False
        cooldowns.begin(now_s, *who)
        return True

    async def _refuse(self, asking: AskingMessage, wait: ToldWait) -> Undelivered | None:
        """Say a refusal; return why it was not said, None where it was.

        Where it was only too late for that, nobody is told.
        """
        message = asking.message
        line = describe_refusal(wait.refusal, wait.again_at)
        reply = Reply(card=make_line_card(line, message.author.id))
        deadline_s = wait.refusal.wait_s
        sent = await delivery.reply(message, reply, asking.nonces, deadline_s=deadline_s)
        if isinstance(sent, Undelivered):
            if not sent.is_late or sent.wait_s:
                await self._tell_undelivered(asking, message, sent)
            return sent
        link = SentMessage(sent.channel.id, sent.id, is_refusal=True)
        self._answer_links.remember(message.id, link, reply.asked, time.monotonic())
        return None

    async def _send(self, asking: AskingMessage, reply: Reply) -> Refused:
        """Send a reply, unless that is empty, and remember what it answers."""
        to = asking.message if reply.is_aside else asking.to
        if reply.thread:
            self._continue_in_thread(to)
        if reply.text:
            card = make_line_card(reply.text, asking.message.author.id)
            reply = replace(reply, text="", card=card)
        if reply.card is not None:
            sent = await delivery.reply(to, reply, asking.nonces)
            if isinstance(sent, Undelivered):
                await self._tell_undelivered(asking, to, sent)
                if sent.is_unacceptable:
                    await self._say_fault(asking, to, reply, failures.record_unacceptable(sent))
                return "undelivered"
            link = SentMessage(sent.channel.id, sent.id)
            now_s = time.monotonic()
            self._answer_links.remember(to.id, link, reply.asked, now_s)
            if to is not asking.message:
                self._answer_links.remember_asked(asking.message.id, reply.asked, now_s)
        guild_id = find_server_of_message(asking.message, self._direct_servers)
        self._day_counter.count_reply(reply, guild_id)
        await self._unanswered.add(reply, to.id, guild_id)
        return find_refused(reply, is_delivered=True)

    async def _say_fault(
        self, asking: AskingMessage, to: discord.Message, reply: Reply, sentence: str
    ) -> None:
        """Say a sentence in the place of a reply that Discord does not take."""
        line = Reply(card=make_line_card(sentence, asking.message.author.id))
        sent = await delivery.reply(to, line, asking.nonces)
        if not isinstance(sent, Undelivered):
            link = SentMessage(sent.channel.id, sent.id, is_refusal=True)
            self._answer_links.remember(to.id, link, reply.asked, time.monotonic())

    async def _tell_undelivered(
        self, asking: AskingMessage, message: discord.Message, why: Undelivered
    ) -> None:
        """Tell of a reply to a message that Discord did not take."""
        if why.status == _FORBIDDEN:
            self.barred_channels.note_refusal(message.channel.id)
            await self.barred_channels.tell(message, find_missing(message.channel))
        elif why.wait_s:
            self._put_back(asking.message)
            await self.apologies.plan(message, why.wait_s)
        elif why.is_late:
            self._leave_for_later(asking.message)

    def _leave_for_later(self, message: discord.Message) -> None:
        """Let a question count as missed: it is looked for again while it is young."""
        self._admission.seen.discard(message.id)
        self._put_back(message).look_again(message.channel.id)

    def _put_back(self, message: discord.Message) -> LastHeard:
        """Let a question be looked for in the next session, or by the next run of the program."""
        heard = self._last_heard.of_guild(message.guild.id if message.guild else None)
        heard.put_back(message.channel.id, message.id - 1)
        return heard

    async def _hold_back(self, asking: AskingMessage, missing: tuple[str, ...]) -> Refused:
        """Tell of a question where nothing can be written now, or permissions are ``missing``.

        Of the latter as often as buttons may be pressed, of the others later. Of what is overheard
        nobody is told.
        """
        message = asking.message
        guild_id = message.guild.id if message.guild else None
        if asking.is_overheard:
            return "not_sure"
        if self.apologies.is_held(asking.to.channel.id):
            # Its line may never be written: the program may end before.
            self._put_back(message)
            await self.apologies.plan(asking.to)
        elif self._admission.refuse_press(message.author.id, guild_id) is None:
            await self.barred_channels.tell(message, missing)
        else:
            self._leave_for_later(message)
        return "undelivered"

    def _continue_in_thread(self, message: discord.Message) -> None:
        """Let a conversation go on in the thread where its question is going to be answered.

        Such a thread has the id of the question's message. This is done before the answer is sent:
        who has read it may ask on at once.
        """
        now_s = time.monotonic()
        user_id = message.author.id
        turn = self._conversations.recall((message.channel.id, user_id, False), now_s)
        if turn is not None:
            self._conversations.remember((message.id, user_id, False), turn, now_s)
