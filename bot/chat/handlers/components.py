"""What happens when a button is pressed, something is chosen in a menu, or a window is sent off.

Each verb has a handler: press in, response out. What the custom id does not say is read back from the card. A button
of an earlier version, or one whose passage is gone, is told kindly.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import discord

from bot.answers.ids import article_id
from bot.chat import delivery, failures
from bot.chat.commands.ask import (
    MOST_CHARACTERS,
    Asking,
    answer,
    audience_of,
    find_humans,
    place_of,
    turn_of,
)
from bot.chat.commands.unanswered import turn_unanswered
from bot.chat.dispatcher import Dispatcher
from bot.chat.reply import Removal, Reply, Response, TextModal, Update
from bot.chat.state.answer_links import SentMessage
from bot.chat.ui.answer_cards import Audience, make_answer_rows, make_deeper_card, make_human_card
from bot.chat.ui.card_reader import (
    read_before,
    read_buttons,
    read_question,
    read_source,
    read_texts,
    remake_card,
)
from bot.chat.ui.components import ComponentPress, is_offered, make_button, make_row, read_press
from bot.chat.ui.layout import Card
from bot.chat.ui.library_cards import make_articles_card, make_reading_card, make_sections_card
from bot.chat.ui.passage_cards import (
    OTHERS_ON_A_PAGE,
    make_others_card,
    make_verify_card,
    make_why_card,
)
from bot.records.model import RecordsError, Vote, VoteOutcome
from bot.texts.cards import NEAREST

_GONE = "That is no longer in the articles: they were changed since. Ask again."
_OLD = "This button no longer works. Ask again."
_NEAREST = 2
_AT_ONCE_S = 1.5
_NOT_YOURS = "Only the one who asked, or a moderator, can {} this."

Handler = Callable[
    [Dispatcher, discord.Interaction, ComponentPress], Response | Awaitable[Response]
]


async def serve_press(dispatcher: Dispatcher, interaction: discord.Interaction) -> None:
    """Do what a press asks for; any other interaction is passed over."""
    press = read_press(interaction)
    if press is None:
        return

    is_question = interaction.type is discord.InteractionType.modal_submit
    handle = _find_handler(interaction, press)
    is_public = is_question and handle is _follow and _is_own_public(interaction)
    handler = partial(handle, dispatcher, interaction, press)
    await dispatcher.serve_interaction(
        interaction, handler, is_question=is_question, is_private=not is_public
    )


def _find_handler(interaction: discord.Interaction, press: ComponentPress) -> Handler:
    arguments, handle = _VERBS.get(press.action, ("", _tell_old))
    is_choice = press.action in ("open", "article")
    is_ours = re.fullmatch(arguments, ":".join(press.arguments)) and is_choice <= bool(press.values)
    return (
        handle
        if is_ours and is_offered(interaction, press, opens_modal=press.action == "follow")
        else _tell_old
    )


async def _tell_old(_: Dispatcher, __: discord.Interaction, ___: ComponentPress) -> Response:
    return _tell(_OLD)


def _tell(text: str) -> Reply:
    return Reply(text, is_private=True)


def _read(dispatcher: Dispatcher, _: discord.Interaction, press: ComponentPress) -> Response:
    """Open a section, on a page or where a sentence stands."""
    section, page, sentence = press.arguments
    place = dispatcher.knowledge_base.answerer.find_section(section)
    if place is None:
        return _tell(_GONE)
    card = make_reading_card(
        *place, int(page) if page else None, int(sentence) if sentence else None
    )
    return Update(card) if press.action == "turn" else Reply(card=card, is_private=True)


def _open(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    return _read(dispatcher, interaction, ComponentPress("read", (press.values[0], "0", "")))


def _list_articles(
    dispatcher: Dispatcher, _: discord.Interaction, press: ComponentPress
) -> Response:
    return Update(
        make_articles_card(dispatcher.knowledge_base.library.articles, int(press.arguments[0]))
    )


def _list_sections(
    dispatcher: Dispatcher, _: discord.Interaction, press: ComponentPress
) -> Response:
    """Turn to a page of a list of sections; or open that of an article which was chosen."""
    name, page = press.arguments if press.action == "sections" else (press.values[0], "0")
    found = [
        one
        for one in dispatcher.knowledge_base.library.articles
        if not name or article_id(one) == name
    ]
    if not found:
        return _tell(_GONE)
    card = make_sections_card(found, int(page))
    return Update(card) if press.action == "sections" else Reply(card=card, is_private=True)


def _others(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    """Show a page of the other passages, in the place of another page if there was one."""
    ids = press.arguments[1].split(".")
    page = min(int(press.arguments[0]), (len(ids) - 1) // OTHERS_ON_A_PAGE)
    question, before = read_question(interaction.message), read_before(interaction.message)
    answerer = dispatcher.knowledge_base.answerer
    wanted = ids[page * OTHERS_ON_A_PAGE :][:OTHERS_ON_A_PAGE]
    quotes = [
        quote for one in wanted if (quote := answerer.quote(question, one, before)) is not None
    ]
    card = make_others_card(question, before, quotes, ids, page)
    return Update(card) if press.action == "leaf" else Reply(card=card, is_private=True)


def _why(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    question, before = read_question(interaction.message), read_before(interaction.message)
    explained = dispatcher.knowledge_base.answerer.explain(question, press.arguments[0], before)
    if explained is None:
        return _tell(_GONE)
    return Reply(card=make_why_card(question, before, *explained), is_private=True)


def _verify(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    """Show the characters of the file itself, and what anybody needs to compare them."""
    passage, start, end, sha = press.arguments
    answerer = dispatcher.knowledge_base.answerer
    quote = answerer.quote(
        read_question(interaction.message), passage, read_before(interaction.message)
    )
    if quote is None:
        return _tell(_GONE)
    card, file = make_verify_card(quote, int(start), int(end), sha)
    return Reply(card=card, is_private=True, file=file)


def _more(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    """Show the second row of an answer's buttons, or hide it again; for others on a card of their own."""
    message, is_open = interaction.message, press.arguments[0] == "1"
    rows = read_source(message)
    if rows is None or message is None:
        return _tell(_OLD)
    if not _may_change(interaction, rows[0].asker_id):
        if not is_open:
            return _tell(_NOT_YOURS.format("fold"))
        card = make_deeper_card(read_question(message), read_before(message), rows[0])
        return Reply(card=card, is_private=True)
    audience = _audience_of_card(dispatcher, interaction, message)
    return Update(
        remake_card(
            message, read_texts(message), make_answer_rows(*rows, audience, is_open=is_open)
        )
    )


def _may_change(interaction: discord.Interaction, asker: int) -> bool:
    """Say whether a card is one's own to change for everybody, or a moderator's."""
    return interaction.user.id == asker or (
        interaction.guild_id is not None and interaction.permissions.manage_messages
    )


def _audience_of_card(
    dispatcher: Dispatcher, interaction: discord.Interaction, message: discord.Message
) -> Audience:
    is_private = message.flags.ephemeral
    audience = audience_of(dispatcher, interaction, is_private=is_private)
    return replace(audience, is_reply=message.interaction_metadata is None)


async def _vote(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    passage, word = press.arguments
    if dispatcher.knowledge_base.answerer.find_passage(passage) is None:
        return _tell(_GONE)
    if dispatcher.records is None or interaction.message is None:
        return _tell("I can't keep votes at the moment.")
    card = interaction.message
    # What a question follows up is a part of it: “why?” is another question after another one.
    question = f"{read_before(card)} {read_question(card)}"
    vote = Vote(
        interaction.id, interaction.user.id, card.id, question, passage, is_helpful=word == "up"
    )
    try:
        outcome = await dispatcher.records.vote(vote)
    except RecordsError as error:
        failures.record_records_error(error)
        return _tell("I can't keep votes at the moment.")
    said = {
        VoteOutcome.COUNTED: "Thank you, that is noted. Press again to take it back.",
        VoteOutcome.CHANGED: "Thank you, changed.",
        VoteOutcome.WITHDRAWN: "Taken back.",
    }[outcome]
    has_others = word == "down" and outcome is not VoteOutcome.WITHDRAWN and _has_others(card)
    return _tell(said + (" Perhaps one of the *Other passages* is better." if has_others else ""))


def _has_others(message: discord.Message) -> bool:
    rows = read_source(message)
    return rows is not None and bool(rows[1])


async def _remove(
    _: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    may = _may_change(interaction, int(press.arguments[0]))
    return Removal() if may else _tell(_NOT_YOURS.format("remove"))


async def _share(
    dispatcher: Dispatcher, interaction: discord.Interaction, _: ComponentPress
) -> Response:
    """Show a private card to everybody here, as it stands; once."""
    message, user_id = interaction.message, interaction.user.id
    if message is None:
        return _tell(_OLD)
    rows = read_source(message)
    if rows is None:
        buttons = make_row(make_button("Remove", "remove", user_id))
    else:
        source, others = rows
        audience = audience_of(dispatcher, interaction, is_private=False)
        buttons = make_answer_rows(replace(source, asker_id=user_id), others, audience)
    texts = [
        f"-# Shared by <@{user_id}>",
        *(text for text in read_texts(message) if rows or text != NEAREST),
    ]
    return Reply(card=remake_card(message, texts, buttons), once=message.id)


async def _follow(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    """Open a window for the next question, or answer what was typed there."""
    if interaction.type is not discord.InteractionType.modal_submit:
        label, hint = "Your next question", "For example: why? And what happened then?"
        return TextModal(
            "Follow up", ":".join([press.action, *press.arguments]), label, hint, MOST_CHARACTERS
        )
    message = interaction.message
    is_private = not _is_own_public(interaction)
    audience = audience_of(dispatcher, interaction, is_private=is_private)
    place = place_of(interaction, is_private=is_private)
    before = dispatcher.conversations.recall(place, time.monotonic())
    if before is None or press.arguments[0] not in before.passages:
        before = turn_of(message)
    return await answer(dispatcher, Asking(press.values[0], place, audience, before=before))


def _is_own_public(interaction: discord.Interaction) -> bool:
    """Say whether a card stands for all to see, and is the answer to the one who presses.

    On somebody else's card nothing is said in public that does not show who asked it.
    """
    message = interaction.message
    rows = read_source(message)
    is_public = message is not None and not message.flags.ephemeral
    return is_public and rows is not None and rows[0].asker_id == interaction.user.id


async def _human(
    dispatcher: Dispatcher, interaction: discord.Interaction, press: ComponentPress
) -> Response:
    """Ask the people of the configured role, once a question, with the nearest passages."""
    role, message = find_humans(dispatcher, interaction.guild), interaction.message
    if (
        role is None
        or message is None
        or not isinstance(interaction.channel, discord.abc.Messageable)
    ):
        return _tell("Nobody is set up here to be asked.")
    if interaction.user.id != int(press.arguments[0]):
        return _tell("Only the one who asked can pass this on.")
    if (
        refusal := dispatcher.admission.refuse_human(interaction.user.id, role.guild.id)
    ) is not None:
        return _tell(
            f"They were asked a moment ago. Ask again <t:{int(time.time() + refusal.wait_s) + 1}:R>."
        )
    card = await dispatcher.admission.work.run(
        partial(_make_human_card, dispatcher, message, role.id, interaction.user.id)
    )
    reference = None if message.flags.ephemeral else message.to_reference(fail_if_not_exists=False)
    what = Reply(card=card, pings=role.id)
    passing = dispatcher.in_flight.start(
        _pass_on(dispatcher, interaction.channel, what, message.id, reference)
    )
    done, _ = await asyncio.wait([passing], timeout=_AT_ONCE_S)
    # What takes longer is tried on, and stands there once in the end.
    if done and not passing.result():
        dispatcher.admission.refund_human(interaction.user.id, role.guild.id)
        return _tell("I could not pass it on: I may not write in this channel.")
    buttons = [
        make_button(button.label or "", *(button.custom_id or "").split(":"), style=button.style)
        for button in read_buttons(message)
        if not (button.custom_id or "").startswith("human:")
    ]
    asked, *rest = read_texts(message)
    is_pinged = role.mentionable or interaction.app_permissions.mention_everyone
    told = f"-# Passed on to <@&{role.id}>" + ("." if is_pinged else ", but I may not ping them.")
    texts = [asked, told, *rest]
    return Update(remake_card(message, texts, make_row(*buttons)))


async def _pass_on(
    dispatcher: Dispatcher,
    channel: discord.abc.Messageable,
    what: Reply,
    refusal: int,
    reference: discord.MessageReference | None,
) -> bool:
    """Write to the people of the role, and remember to take it away when the refusal goes; say whether it stands."""
    async with dispatcher.answer_links.lock(refusal):
        sent = await delivery.announce(channel, what, str(refusal), reference)
        if sent is not None:
            dispatcher.answer_links.remember(
                refusal, SentMessage(sent.channel.id, sent.id), what.asked, time.monotonic()
            )
    return sent is not None


def _make_human_card(
    dispatcher: Dispatcher, message: discord.Message, role: int, asker: int
) -> Card:
    answerer = dispatcher.knowledge_base.answerer
    question, before = read_question(message), read_before(message)
    nearest = answerer.answer(question, before=turn_of(message) if before else None).others[
        :_NEAREST
    ]
    quotes = [
        quote for one in nearest if (quote := answerer.quote(question, one, before)) is not None
    ]
    return make_human_card(role, asker, question, before, quotes)


_ID, _NUMBER, _PERSON = "[0-9a-f]{12}", "[0-9]{1,9}", "[0-9]{1,20}"
_IDS = rf"{_NUMBER}:{_ID}(?:\.{_ID}){{0,5}}"
_PAGE = f"{_ID}:(?:{_NUMBER})?:(?:{_NUMBER})?"
# What each verb must be followed by, and what it does: a coroutine at once, what computes in a thread in its turn.
_VERBS: dict[str, tuple[str, Handler]] = {
    "read": (_PAGE, _read),
    "turn": (_PAGE, _read),
    "open": ("", _open),
    "articles": (_NUMBER, _list_articles),
    "unanswered": (_NUMBER, turn_unanswered),
    "article": ("", _list_sections),
    "sections": (f"(?:{_ID})?:{_NUMBER}", _list_sections),
    "others": (_IDS, _others),
    "leaf": (_IDS, _others),
    "why": (_ID, _why),
    "verify": (f"{_ID}:{_NUMBER}:{_NUMBER}:[0-9a-f]{{8}}", _verify),
    "more": (f"[01]:{_ID}:{_ID}:{_NUMBER}:{_NUMBER}:{_NUMBER}:[0-9a-f]{{8}}:{_PERSON}", _more),
    "vote": (f"{_ID}:(?:up|down)", _vote),
    "remove": (_PERSON, _remove),
    "share": ("", _share),
    "follow": (_ID, _follow),
    "human": (_PERSON, _human),
}
