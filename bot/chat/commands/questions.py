"""A question and the reply to it, wherever it was asked: a command, a message, a modal.

In: a question with its conversation and its audience. Out: a ``Reply``; nothing is sent here.
"""

import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

import discord

from bot.answers.conversation import Turn
from bot.answers.ids import article_id
from bot.answers.intents import asks_for_help
from bot.answers.lookup import find_articles
from bot.answers.model import Answer, Assurance
from bot.articles.model import Article
from bot.chat.channel_settings import ChannelSettings
from bot.chat.dispatcher import Dispatcher
from bot.chat.metrics import Refused
from bot.chat.readers import Readers
from bot.chat.refusal_log import log_refusal
from bot.chat.reply import Reply
from bot.chat.state.answer_links import AskedQuestion
from bot.chat.state.conversations import ConversationKey
from bot.chat.ui.answer_cards import (
    make_answer_card,
    make_private_answer_card,
    make_refusal_card,
)
from bot.chat.ui.audience import Audience
from bot.chat.ui.layout import PLAIN, fit
from bot.chat.ui.request_cards import make_request_card
from bot.chat.ui.source import section_id
from bot.records.model import Counted
from bot.texts import notices, replies
from bot.view import View

# A longer question is a text; what it asks is in its first sentences.
MAX_QUESTION_LENGTH = 1_500
# By how sure an answer must be: what is not sure enough.
_TOO_FAINT: Mapping[str, Collection[Assurance]] = {
    "any": (),
    "likely": (Assurance.FAINT,),
    "sure": (Assurance.FAINT, Assurance.LIKELY),
}
# Mentions of users, roles and channels, and emoji of a guild.
_CODE = re.compile(r"<(?:@[!&]?|#)[0-9]+>|<a?:\w+:[0-9]+>")


@dataclass(frozen=True, slots=True)
class QuestionRequest:
    """A question, its conversation and audience; ``article`` limits it, ``before`` is followed up.

    ``readers`` are who asks and who sees a public answer.
    ``is_own``: the user asked it, and did not point to somebody else's message.
    ``is_silent_unless_sure``: it was not put to the bot in particular, so that nothing is said
    where the answer is not sure. ``is_in_message``: it can't be answered in private.
    """

    question: str
    conversation: ConversationKey
    audience: Audience
    readers: Readers
    article: str = ""
    before: Turn | None = None
    is_own: bool = True
    is_silent_unless_sure: bool = False
    is_in_message: bool = False


def strip_codes(content: str) -> str:
    """Give what a message says to people: without the codes of mentions and of emoji."""
    return _CODE.sub(" ", content).strip()


async def answer_question(dispatcher: Dispatcher, request: QuestionRequest) -> Reply:
    """Answer a question with a card, or with a line where nothing could be looked for."""
    return await dispatcher.admission.work.run(partial(_answer, dispatcher, request))


def _answer(dispatcher: Dispatcher, request: QuestionRequest) -> Reply:
    """Answer from what the asker may read; in public, from what all there may read.

    Where they may not read what answers it, the asker alone sees the answer.
    """
    view = dispatcher.view(request.readers.own)
    only_in = None
    if request.article:
        found = find_articles(view.library, request.article)
        if len(found) != 1:
            text = replies.MANY_ARTICLES() if found else replies.NO_ARTICLE()
            return Reply(text, is_private=True)
        only_in = found[0]
    answer = _ask(view, request, only_in)
    for_all = dispatcher.view(request.readers.everybody)
    if not for_all.is_same(view):
        is_for_all = for_all.has(_list_shown(answer, only_in))
        if not is_for_all and request.is_in_message:
            return _point_to_private_answer(request, answer)
        if request.audience.is_private or not is_for_all:
            is_for_all = is_for_all and for_all.has(_list_named(answer)) and not answer.corrections
            request = _make_private(request, can_share=is_for_all)
        else:
            view = for_all
            answer = _ask(view, request, only_in)
    return _reply(dispatcher, request, view, answer)


def _ask(view: View, request: QuestionRequest, only_in: Article | None) -> Answer:
    return view.answer(request.question, only_in.id if only_in else "", request.before)


def _list_shown(answer: Answer, only_in: Article | None) -> list[Article]:
    """List the articles that answer a question, and the one that was to be asked alone.

    A list of articles is no answer out of them: everybody is given their own.
    """
    shown = [quote.article for quote in answer.quotes[:1]]
    shown += [summary.article for summary in answer.summaries]
    if answer.about is not None and answer.about.asked != "articles":
        shown += answer.about.articles
        shown += [article for article, _ in answer.about.places]
    return [*shown, only_in] if only_in else shown


def _list_named(answer: Answer) -> list[Article]:
    """List all articles that a card of an answer shows, or leads to."""
    named = [quote.article for quote in answer.quotes]
    named += [article for article, _ in answer.closest]
    named += answer.choices
    if answer.about is not None:
        named += answer.about.articles
    return named


def _make_private(request: QuestionRequest, *, can_share: bool) -> QuestionRequest:
    """Let the asker alone see the answer, and go on with it in private."""
    channel_id, user_id, _ = request.conversation
    can_share = can_share and request.audience.can_share
    audience = replace(request.audience, is_private=True, is_reply=False, can_share=can_share)
    return replace(request, conversation=(channel_id, user_id, True), audience=audience)


def _point_to_private_answer(request: QuestionRequest, answer: Answer) -> Reply:
    """Say where all can see it that not everybody may see the answer, with a button to it."""
    before = answer.before.question if answer.before else ""
    card = make_private_answer_card(request.question, before, request.audience)
    return Reply(card=card, asked=_asked(request), counted=(("answered", ""),))


def _reply(dispatcher: Dispatcher, request: QuestionRequest, view: View, answer: Answer) -> Reply:
    """Make the reply of an answer, which ``view`` gave."""
    library = view.library
    log_refusal(answer, dispatcher.settings.threshold)
    if answer.kind == "answer" and answer.assurance in _TOO_FAINT[request.audience.sureness]:
        # What it quotes is what is nearest then.
        message = notices.NOT_SURE_ENOUGH()
        answer = replace(answer, kind="none", message=message, others=answer.passages)
    is_sure = answer.kind == "answer" and answer.assurance is Assurance.SURE
    if request.is_silent_unless_sure and not is_sure:
        return Reply(asked=_asked(request), refused="not_sure")
    if request.is_own:
        _remember(dispatcher, request, view, answer)
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


def _remember(dispatcher: Dispatcher, request: QuestionRequest, view: View, answer: Answer) -> None:
    """Remember a question for the ones that follow it up, and to offer it while its asker types."""
    # A card shows no more than the first quotation, and a refusal none.
    shown = answer.quotes[:1] if answer.kind == "answer" else ()
    turn = replace(answer, quotes=shown).turn
    if turn is None:
        return
    now_s = time.monotonic()
    _, user_id, _ = request.conversation
    dispatcher.conversations.remember(request.conversation, turn, now_s)
    if view.answerer.stands_alone(answer):
        dispatcher.recent_questions.remember(user_id, request.question, now_s)


def _reply_to_smalltalk(request: QuestionRequest, answer: Answer) -> Reply:
    text = fit(answer.message, PLAIN)
    if not request.question.strip() or asks_for_help(request.question):
        text = replies.HOW_TO_ASK()
    return Reply(text, is_private=True, asked=_asked(request))


def _reply_with_card(request: QuestionRequest, answer: Answer, *, has_articles: bool) -> Reply:
    is_answer = answer.kind == "answer"
    make_card = make_answer_card if is_answer else make_refusal_card
    card = make_card(answer, request.audience)
    # What follows up another question can't be understood alone, so it is not recorded.
    stands_alone = answer.before is None and request.is_own and not answer.quotes
    is_unanswered = not is_answer and stands_alone and has_articles
    is_private = request.audience.is_private
    asked = _asked(request)
    return Reply(
        card=card,
        is_private=is_private,
        asked=asked,
        is_unanswered=is_unanswered,
        refused=_find_refused(answer),
        counted=_count_answer(answer) if is_answer else (),
    )


def _find_refused(answer: Answer) -> Refused:
    """Say why an answer is none: the articles have nothing, or nothing that is sure enough."""
    if answer.kind == "answer":
        return ""
    return "not_sure" if answer.quotes else "not_in_articles"


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
    held = dispatcher.channel_settings.find(interaction.channel).values
    human_role = find_human_role(dispatcher, interaction.guild, held)
    return Audience(
        interaction.user.id,
        is_private=is_private or held.is_silent,
        has_votes=dispatcher.records is not None,
        can_share=can_share(interaction) and not held.is_silent,
        has_humans=human_role is not None and not held.is_silent,
        has_links=dispatcher.settings.links,
        sureness=held.sureness,
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


def find_human_role(
    dispatcher: Dispatcher, guild: discord.Guild | None, held: ChannelSettings
) -> discord.Role | None:
    """Give the role of a guild that is asked where the articles do not answer; None without one.

    ``held`` is what holds where the question is asked.
    """
    if guild is None:
        return None
    for role_id in (held.human_role, *dispatcher.settings.human_roles):
        role = guild.get_role(role_id)
        if role is not None:
            return role
    return None
