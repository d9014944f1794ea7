"""Serve messages: mentions, replies, direct messages, and posts in a forum.

In: a message and its handler. Out: at most one reply. Whether a message is meant for the bot, and
what it asks, is not decided here.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord

from bot.chat import delivery, metrics
from bot.chat.admission import Admission
from bot.chat.in_flight import InFlight
from bot.chat.reply import Reply
from bot.chat.responses import describe_refusal, find_reason, find_refused, make_response
from bot.chat.state.answer_links import AnswerLinks, SentMessage
from bot.chat.state.conversations import Conversations
from bot.chat.ui.components import make_line_card
from bot.chat.unanswered_log import UnansweredLog

MessageHandler = Callable[[], Awaitable[Reply]]


class MessageServer:
    """Serves each message once."""

    def __init__(
        self,
        admission: Admission,
        in_flight: InFlight,
        unanswered: UnansweredLog,
        answer_links: AnswerLinks,
        conversations: Conversations,
    ) -> None:
        """Serve what ``admission`` lets in, and remember which message answers which."""
        self._admission = admission
        self._in_flight = in_flight
        self._unanswered = unanswered
        self._answer_links = answer_links
        self._conversations = conversations

    async def serve(
        self, message: discord.Message, handler: MessageHandler, to: discord.Message
    ) -> None:
        """Answer a message with a reply ``to`` it, or to another message that it points to.

        What is only a line can be removed by the one who asked, as any card can. A refusal is said
        to a user once, then not again until a question of theirs is let in.
        """
        if self._in_flight.is_closing or not self._admission.seen.add(message.id):
            return
        begin_s = time.monotonic()
        metrics.count_question("message")
        async with self._in_flight.serving(), self._answer_links.lock(to.id):
            reply = await self._make_reply(message, handler)
            if reply is None:
                metrics.count_outcome("too_many", time.monotonic() - begin_s)
                return
            if reply.thread:
                self._continue_in_thread(to)
            if reply.text:
                card = make_line_card(reply.text, message.author.id)
                reply = replace(reply, text="", card=card)
            is_sent = await self._send(to, reply, message.id)
            refused = find_refused(reply, is_delivered=is_sent)
            metrics.count_outcome(refused, time.monotonic() - begin_s)
            await self._unanswered.add(reply, to.id)

    async def _make_reply(self, message: discord.Message, handler: MessageHandler) -> Reply | None:
        """Return the handler's reply, or a refusal; None where the refusal is not to be said."""
        user_id = message.author.id
        guild_id = message.guild.id if message.guild else None
        refusal = self._admission.refuse_question(user_id, guild_id)
        if refusal is None:
            return await make_response(handler, "answering a message")
        if self._admission.is_to_be_told(user_id):
            return Reply(describe_refusal(refusal), refused=find_reason(refusal))
        return None

    async def _send(self, to: discord.Message, reply: Reply, question_id: int) -> bool:
        """Send a reply, unless it is empty, and remember which message it answers.

        ``question_id`` is the id of the message that asked for it. Says whether it was delivered,
        if there was anything to deliver.
        """
        if reply.card is None:
            return True
        message = await delivery.reply(to, reply)
        if message is None:
            # The next session may bring it to its answer after all.
            self._admission.seen.discard(question_id)
            return False
        sent = SentMessage(message.channel.id, message.id)
        self._answer_links.remember(to.id, sent, reply.asked, time.monotonic())
        return True

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
