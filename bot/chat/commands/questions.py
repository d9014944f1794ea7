"""A question and the reply to it, wherever it was asked: a command, a message, a modal.

In: a question with its conversation and its audience. Out: a ``Reply``; nothing is sent here.
"""

import re
import time
from dataclasses import dataclass, replace
from functools import partial

import discord

from bot.answers.conversation import Turn
from bot.answers.ids import article_id
from bot.answers.intents import asks_for_help
from bot.answers.lookup import find_articles
from bot.answers.model import Answer, Assurance
from bot.chat.dispatcher import Dispatcher
from bot.chat.refusal_log import log_refusal
from bot.chat.reply import Reply
from bot.chat.state.answer_links import AskedQuestion
from bot.chat.state.conversations import ConversationKey
from bot.chat.ui.answer_cards import make_answer_card, make_refusal_card
from bot.chat.ui.audience import Audience
from bot.chat.ui.layout import PLAIN, fit
from bot.chat.ui.request_cards import make_request_card
from bot.chat.ui.source import section_id
from bot.records.model import Counted
from bot.texts import replies

# A longer question is a text; what it asks is in its first sentences.
MAX_QUESTION_LENGTH = 1_500
# Mentions of users, roles and channels, and emoji of a guild.
_CODE = re.compile(r"<(?:@[!&]?|#)[0-9]+>|<a?:\w+:[0-9]+>")


@dataclass(frozen=True, slots=True)
class QuestionRequest:
    """A question, its conversation and audience; ``article`` limits it, ``before`` is followed up.

    ``is_own``: the user asked it, and did not point to somebody else's message.
    ``is_silent_unless_sure``: it was not put to the bot in particular, so that nothing is said
    where the answer is not sure.
    """

    question: str
    conversation: ConversationKey
    audience: Audience
    article: str = ""
    before: Turn | None = None
    is_own: bool = True
    is_silent_unless_sure: bool = False


def strip_codes(content: str) -> str:
    """Give what a message says to people: without the codes of mentions and of emoji."""
    return _CODE.sub(" ", content).strip()


async def answer_question(dispatcher: Dispatcher, request: QuestionRequest) -> Reply:
    """Answer a question with a card, or with a line where nothing could be looked for."""
    return await dispatcher.admission.work.run(partial(_answer, dispatcher, request))


def _answer(dispatcher: Dispatcher, request: QuestionRequest) -> Reply:
    library = dispatcher.knowledge_base.library
    only_in = ""
    if request.article:
        found = find_articles(library, request.article)
        if len(found) != 1:
            text = replies.MANY_ARTICLES if found else replies.NO_ARTICLE
            return Reply(text, is_private=True)
        only_in = found[0].id
    answer = dispatcher.knowledge_base.answer(request.question, only_in, request.before)
    log_refusal(answer, dispatcher.settings.threshold)
    is_sure = answer.kind == "answer" and answer.assurance is Assurance.SURE
    if request.is_silent_unless_sure and not is_sure:
        return Reply(asked=_asked(request), refused="not_sure")
    if request.is_own:
        _remember(dispatcher, request, answer)
    if answer.kind == "smalltalk":
        return _reply_to_smalltalk(request, answer)
    if answer.kind in ("summary", "about"):
        card = make_request_card(answer, request.audience)
        return Reply(
            card=card,
            is_private=request.audience.is_private,
            asked=_asked(request),
            counted=(("answered", ""),),
        )
    reply = _reply_with_card(request, answer, has_articles=bool(library.articles))
    if reply.is_unanswered:
        channel_id, user_id, _ = request.conversation
        dispatcher.word_pairs.note_refusal(channel_id, user_id, request.question)
    return reply


def _remember(dispatcher: Dispatcher, request: QuestionRequest, answer: Answer) -> None:
    """Remember a question for the ones that follow it up, and to offer it while its asker types."""
    # A card shows no more than the first quotation.
    turn = replace(answer, quotes=answer.quotes[:1]).turn
    if turn is None:
        return
    now_s = time.monotonic()
    _, user_id, _ = request.conversation
    dispatcher.conversations.remember(request.conversation, turn, now_s)
    if dispatcher.knowledge_base.answerer.stands_alone(answer):
        dispatcher.recent_questions.remember(user_id, request.question, now_s)


def _reply_to_smalltalk(request: QuestionRequest, answer: Answer) -> Reply:
    text = fit(answer.message, PLAIN)
    if not request.question.strip() or asks_for_help(request.question):
        text = replies.HOW_TO_ASK
    return Reply(text, is_private=True, asked=_asked(request))


def _reply_with_card(request: QuestionRequest, answer: Answer, *, has_articles: bool) -> Reply:
    is_answer = answer.kind == "answer"
    make_card = make_answer_card if is_answer else make_refusal_card
    card = make_card(answer, request.audience)
    # What follows up another question can't be understood alone, so it is not recorded.
    stands_alone = answer.before is None and request.is_own
    is_unanswered = not is_answer and stands_alone and has_articles
    is_private = request.audience.is_private
    asked = _asked(request)
    return Reply(
        card=card,
        is_private=is_private,
        asked=asked,
        is_unanswered=is_unanswered,
        refused="" if is_answer else "not_in_articles",
        counted=_count_answer(answer) if is_answer else (),
    )


def _count_answer(answer: Answer) -> tuple[Counted, ...]:
    """Say what is counted of an answer: that there is one, and where it was quoted from."""
    first = answer.quotes[0]
    section = section_id(first.article, first.section)
    article = article_id(first.article)
    return ("answered", ""), ("section", section), ("article", article)


def _asked(request: QuestionRequest) -> AskedQuestion:
    _, user_id, _ = request.conversation
    return AskedQuestion(request.question, user_id, request.before)


def conversation_key(interaction: discord.Interaction, *, is_private: bool) -> ConversationKey:
    """Give the conversation of an interaction."""
    return interaction.channel_id or 0, interaction.user.id, is_private


def audience_of(
    dispatcher: Dispatcher, interaction: discord.Interaction, *, is_private: bool
) -> Audience:
    """Say who sees the answer to an interaction, and what can be done with it there."""
    return Audience(
        interaction.user.id,
        is_private=is_private,
        has_votes=dispatcher.records is not None,
        can_share=can_share(interaction),
        has_humans=find_human_role(dispatcher, interaction.guild) is not None,
        has_links=dispatcher.settings.links,
    )


def can_share(interaction: discord.Interaction) -> bool:
    """Say whether a public answer is possible.

    Some guilds keep the replies of apps that members bring along ephemeral.
    """
    return (
        interaction.guild_id is None
        or interaction.is_guild_integration()
        or interaction.permissions.use_external_apps
    )


def find_human_role(dispatcher: Dispatcher, guild: discord.Guild | None) -> discord.Role | None:
    """Give the role of a guild that is asked where the articles do not answer; None without one."""
    if guild is None:
        return None
    for role_id in dispatcher.settings.human_roles:
        role = guild.get_role(role_id)
        if role is not None:
            return role
    return None
