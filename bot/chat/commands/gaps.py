"""/kb gaps: what was asked in vain, and what closes a gap: a link, a synonym, a text, or nothing.

In: a desk, and what the records have of the server where it stands. Out: replies that the editor
alone sees. What changes files is shown first, as all changes are, and put into the desk's folder.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import discord

from bot.answers.answerer import Answerer
from bot.answers.gaps import Asked, Gap, find_gaps, join_terms
from bot.answers.lookup import choose_sections, find_articles
from bot.articles.ignoring import IgnoredNames
from bot.chat import failures
from bot.chat.change_log import tell_of_gaps
from bot.chat.commands.article_changes import refuse, show_proposal
from bot.chat.commands.desks import Desk
from bot.chat.dispatcher import Dispatcher
from bot.chat.long_work import run_in_thread
from bot.chat.reply import Field, Reply, TextModal
from bot.chat.scope import Scope
from bot.chat.ui.components import make_button, make_row
from bot.chat.ui.gap_cards import (
    GAPS_ON_A_PAGE,
    make_gap_card,
    make_gaps_card,
    make_key,
    make_out_of_scope_card,
    make_put_out_card,
)
from bot.chat.ui.layout import PLAIN, Card, clamp_page, count_pages, fit
from bot.editing.additions import add_link, add_section, add_synonyms, write_article
from bot.editing.desk import Proposal
from bot.editing.names import NameFaultError, choose_name, make_name
from bot.editing.text_edit import EditError, encode_as_before
from bot.editor_links import LINKS
from bot.editor_synonyms import SYNONYMS
from bot.records.model import RecordsError, WordPair
from bot.records.store import Records
from bot.records.wording import hash_wording
from bot.search.analysis.tokens import fold, tokenize
from bot.texts import editing, replies, servers
from bot.texts import files as file_texts
from bot.texts import gaps as texts
from bot.texts.retelling import retell

# So many questions are asked anew when gaps are looked for: the most asked.
_MOST_QUESTIONS = 500
# So many questions of a gap are linked at once.
_MOST_LINKED = 20
_LINE = 200
_WORD = 60
_MOST_CHARACTERS = 4_000


async def list_gaps(desk: Desk, records: Records, page: int = 0) -> Reply:
    """Show a page of gaps."""
    gaps = await find_gaps_now(desk.dispatcher, records, desk.scope)
    return await _show_gaps(desk, records, gaps, page)


async def clear_gaps(interaction: discord.Interaction, desk: Desk, records: Records) -> Reply:
    """Show the first page of gaps, and delete their questions."""
    gaps = await find_gaps_now(desk.dispatcher, records, desk.scope)
    shown = gaps[:GAPS_ON_A_PAGE]
    questions = [question for gap in shown for question in gap.questions]
    asking = await desk.scope.find_asking(desk.dispatcher.bases, records)
    await records.remove_unanswered(*questions, servers=asking)
    wordings = set(map(hash_wording, questions))
    desk.dispatcher.recent_questions.forget_questions(wordings, asking)
    if shown:
        told = partial(texts.DELETED_BY, len(shown), user=interaction.user.id)
        await tell_of_gaps(interaction, desk, told)
    return await _show_gaps(desk, records, gaps, 0, is_cleared=True)


async def _show_gaps(
    desk: Desk,
    records: Records,
    gaps: Sequence[Gap],
    page: int,
    *,
    is_cleared: bool = False,
) -> Reply:
    page = clamp_page(page, count_pages(len(gaps), GAPS_ON_A_PAGE))
    asking = await desk.scope.find_asking(desk.dispatcher.bases, records)
    total = await records.count_unanswered(asking)
    looked_at = _MOST_QUESTIONS if total > _MOST_QUESTIONS else 0
    days = desk.dispatcher.settings.unanswered_days
    kinds: set[str] = set()
    if desk.scope.has_all:
        kinds = {one.gap for one in await records.out_of_scope(desk.guild_id)}
    make_card = partial(
        make_gaps_card,
        looked_at=looked_at,
        out_of_scope=len(kinds),
        is_cleared=is_cleared,
        is_of_all=not desk.scope.guild_id,
    )
    card = await run_in_thread(partial(make_card, gaps, days, page))
    return Reply(card=card, is_private=True)


async def show_gap(key: str, desk: Desk, records: Records) -> Reply:
    """Show one gap, and what closes it."""
    gap = await _find_gap(desk, records, key)
    if gap is None:
        return Reply(texts.GAP_GONE(), is_private=True)
    pairs = await _find_pairs(desk, records, gap.questions)
    card = await run_in_thread(partial(make_gap_card, gap, pairs))
    return Reply(card=card, is_private=True)


async def _find_pairs(desk: Desk, records: Records, questions: Sequence[str]) -> list[WordPair]:
    """Give the pairs of words of which the first stands in one of some questions."""
    asking = await desk.scope.find_asking(desk.dispatcher.bases, records)
    words = {fold(word) for question in questions for word in tokenize(question)}
    return [pair for pair in await records.word_pairs(asking) if pair.word in words]


async def put_out_of_scope(
    key: str, interaction: discord.Interaction, desk: Desk, records: Records
) -> Reply:
    """Let the questions of a gap be no gap any more; the log channel is told."""
    gap = await _find_gap(desk, records, key)
    if gap is None:
        return Reply(texts.GAP_GONE(), is_private=True)
    weigh = (await _find_answerer(desk.dispatcher, desk.scope)).weigh_terms
    terms = [join_terms(weigh(question)) for question in gap.questions]
    await records.put_out_of_scope(key, terms, desk.guild_id)
    question = fit(gap.name, _LINE)
    told = partial(texts.PUT_OUT_BY, user=interaction.user.id, question=question)
    await tell_of_gaps(interaction, desk, told)
    card = await asyncio.to_thread(make_put_out_card, gap)
    return Reply(card=card, is_private=True)


async def put_into_scope(
    key: str, interaction: discord.Interaction, desk: Desk, records: Records
) -> Reply:
    """Let the questions of a gap be one again; the log channel is told."""
    out_of_scope = await records.out_of_scope(desk.guild_id)
    terms = [one.terms for one in out_of_scope if one.gap == key]
    await records.put_into_scope(key, desk.guild_id)
    if terms:
        shown = fit(terms[0], _LINE)
        told = partial(texts.PUT_IN_BY, user=interaction.user.id, terms=shown)
        await tell_of_gaps(interaction, desk, told)
    row = make_row(make_button(texts.ALL_GAPS(), "gaps", 0))
    return Reply(card=Card([texts.IN_SCOPE()], row), is_private=True)


async def list_out_of_scope(page: int, desk: Desk, records: Records) -> Reply:
    """List what is out of scope, for those who are told of all that it was made of."""
    if not desk.scope.has_all:
        return Reply(editing.EDITORS_ONLY(), is_private=True)
    out_of_scope = await records.out_of_scope(desk.guild_id)
    card = await asyncio.to_thread(make_out_of_scope_card, out_of_scope, page)
    return Reply(card=card, is_private=True)


async def make_synonym_window(desk: Desk, custom_id: str, question: str) -> TextModal:
    """Make the window of two words: those that helped, or else what stands in no article."""
    pairs: list[WordPair] = []
    records = desk.dispatcher.records
    if records is not None:
        # Where the records can't be read, the editor types both.
        with contextlib.suppress(RecordsError):
            pairs = await _find_pairs(desk, records, [question])
    word, other = (pairs[0].word, pairs[0].other) if pairs else ("", "")
    if not word:
        answerer = await _find_answerer(desk.dispatcher, desk.scope)
        answer = await run_in_thread(partial(answerer.answer, question))
        word = answer.missing[0] if answer.missing else ""
    fields = [
        Field("word", texts.WORD_LABEL(), value=word[:_WORD], most=_WORD, is_required=True),
        Field("other", texts.OTHER_LABEL(), value=other[:_WORD], most=_WORD, is_required=True),
    ]
    return TextModal(texts.SYNONYM_TITLE(), custom_id, fields)


async def propose_synonym(
    question: str, typed: Sequence[str], interaction: discord.Interaction, desk: Desk
) -> Reply:
    """Show what it would change that two words mean the same."""
    comment = file_texts.SYNONYM_COMMENT(day=interaction.created_at.date().isoformat())
    add = partial(add_synonyms, words=typed, comment=comment)
    propose = partial(desk.editing.propose_addition, SYNONYMS, add)
    return await show_proposal(desk, interaction.user.id, propose, "synonyms", question=question)


async def from_records(desk: Desk, show: Callable[[Desk, Records], Awaitable[Reply]]) -> Reply:
    """Show something of the records; or say why that is not possible."""
    records = desk.dispatcher.records
    if records is None:
        return Reply(fit(retell(desk.dispatcher.why_none), PLAIN), is_private=True)
    try:
        return await show(desk, records)
    except RecordsError as error:
        incident = failures.record_records_error(error)
        what, hint = retell(error.what), retell(error.hint)
        text = replies.RECORDS_UNREADABLE(what=what, hint=hint, incident=incident)
        return Reply(fit(text, PLAIN), is_private=True)


def make_link_window(desk: Desk, custom_id: str, nearest: str) -> TextModal:
    """Make the window that asks which section answers; ``nearest`` is the id of the likeliest."""
    article, heading = _name_place(desk, nearest)
    fields = [
        Field("article", texts.ARTICLE_LABEL(), texts.ARTICLE_HINT(), value=article, most=_LINE),
        Field("section", texts.SECTION_LABEL(), texts.SECTION_HINT(), value=heading, most=_LINE),
    ]
    return TextModal(texts.LINK_TITLE(), custom_id, fields)


def make_write_window(desk: Desk, custom_id: str, nearest: str, question: str) -> TextModal:
    """Make the window in which the answer to a question is written."""
    article, _ = _name_place(desk, nearest)
    heading, text = texts.HEADING_LABEL(), texts.TEXT_LABEL()
    fields = [
        Field(
            "heading", heading, texts.HEADING_HINT(), value=question[:_LINE], most=_LINE,
            is_required=True,
        ),
        Field("text", text, most=_MOST_CHARACTERS, is_required=True, is_paragraph=True),
        Field("article", texts.ARTICLE_LABEL(), texts.INTO_HINT(), value=article, most=_LINE),
    ]  # fmt: skip
    return TextModal(texts.WRITE_TITLE(), custom_id, fields)


async def propose_link(
    key: str, typed: Sequence[str], interaction: discord.Interaction, desk: Desk
) -> Reply:
    """Show what linking the questions of a gap to a section would change."""

    async def propose(_: Desk, records: Records) -> Reply:
        gap = await _find_gap(desk, records, key)
        if gap is None:
            return Reply(texts.GAP_GONE(), is_private=True)
        places, question_back = choose_sections(desk.base.library, *typed)
        if len(places) != 1:
            if await _is_common(desk, typed[0]):
                return Reply(servers.NOT_OF_THIS_SERVER(), is_private=True)
            return Reply(fit(question_back or replies.NO_ARTICLE(), PLAIN), is_private=True)
        ((article, section),) = places
        questions = gap.questions[:_MOST_LINKED]
        add = partial(add_link, questions=questions, article=article, section=section)
        make = partial(desk.editing.propose_addition, LINKS, add)
        return await show_proposal(desk, interaction.user.id, make, "link", question=gap.name)

    return await from_records(desk, propose)


async def _is_common(desk: Desk, name: str) -> bool:
    """Say whether a server's editor names an article that is answered from, but not edited here."""
    if not desk.guild_id or not name.strip() or find_articles(desk.base.library, name):
        return False
    view = await run_in_thread(partial(desk.dispatcher.view, desk.scope.reader))
    return bool(find_articles(view.library, name))


async def propose_text(
    question: str, typed: Sequence[str], interaction: discord.Interaction, desk: Desk
) -> Reply:
    """Show what a text would change that was written for a question: a section, or an article."""
    heading, text, article_name = typed
    try:
        propose = _write(desk, heading, text, article_name)
    except (EditError, NameFaultError) as error:
        return refuse(str(error))
    if propose is None:
        is_common = await _is_common(desk, article_name)
        refusal = servers.NOT_OF_THIS_SERVER if is_common else replies.NO_ARTICLE
        return Reply(refusal(), is_private=True)
    return await show_proposal(desk, interaction.user.id, propose, "edit", question=question)


def _write(desk: Desk, heading: str, text: str, article_name: str) -> Callable[[], Proposal] | None:
    """Give what proposes a new section or a new article; None where the article is not clear."""
    if not article_name.strip():
        name = choose_name(make_name(heading), IgnoredNames(desk.base.limits.ignore))
        return partial(desk.editing.propose_new, name, write_article(heading, text))
    articles = find_articles(desk.base.library, article_name)
    if len(articles) != 1:
        return None
    (article,) = articles
    written = encode_as_before(article, add_section(article, heading, text))
    return partial(desk.editing.propose, {article.file: written})


def _name_place(desk: Desk, section_id: str) -> tuple[str, str]:
    """Name the article and the section of an id, so that they are found; "" where it is gone.

    Nor is one named that is not edited at the desk.
    """
    place = desk.base.answerer.find_section(section_id)
    if place is None:
        return "", ""
    article, section = place
    return article.title[:_LINE], (section.heading or str(section.number))[:_LINE]


async def find_gaps_now(dispatcher: Dispatcher, records: Records, scope: Scope) -> Sequence[Gap]:
    """Group what was asked in vain and is still not answered. Raises RecordsError."""
    asking = await scope.find_asking(dispatcher.bases, records)
    asked = await records.unanswered(_MOST_QUESTIONS, servers=asking)
    out_of_scope = {one.terms for one in await records.out_of_scope(scope.desk_id)}
    counted = [Asked(one.question, one.times, one.last) for one in asked]
    answerer = await _find_answerer(dispatcher, scope)
    return await run_in_thread(partial(find_gaps, answerer, counted, out_of_scope))


async def _find_answerer(dispatcher: Dispatcher, scope: Scope) -> Answerer:
    """Give what answers everybody there: what some alone may read closes no gap."""
    return (await run_in_thread(partial(dispatcher.view, scope.reader))).answerer


async def _find_gap(desk: Desk, records: Records, key: str) -> Gap | None:
    gaps = await find_gaps_now(desk.dispatcher, records, desk.scope)
    return next((gap for gap in gaps if make_key(gap) == key), None)
