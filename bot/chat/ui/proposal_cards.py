"""What an editor is shown before articles change, and after: proposals, and the history.

In: values of the editing desk. Out: cards.
"""

from collections.abc import Iterator, Mapping, Sequence

import discord

from bot.answers.answerer import Answerer
from bot.articles.model import Article, Problem, Section, possible_ids
from bot.chat.ui.card_reader import question_texts
from bot.chat.ui.components import make_button, make_page_row, make_row
from bot.chat.ui.folder_texts import describe_changes, describe_outcome, list_problems_that_fit
from bot.chat.ui.layout import (
    AMBER,
    CARD,
    GREEN,
    NEUTRAL,
    ORANGE,
    PLAIN,
    Card,
    count_pages,
    fit,
    fit_name,
    join_that_fit,
)
from bot.chat.ui.passages import show_location
from bot.editing.desk import Proposal
from bot.editing.differences import Difference
from bot.editing.names import OTHER_FILES
from bot.reloading import Draft, Reload
from bot.texts import cards, channel_settings, common
from bot.texts import editing as texts
from bot.texts.filling import tell_date
from bot.versions.history import Action, FileChange, History, Revision, find_renamed

# What is shown of what was understood, of all files together and of one section.
_UNDERSTOOD = 1_700
_SECTION = 110
_NAME = 60
# A question that is lost, and how many of them are named.
_QUESTION = 120
_LOST = 500
_OTHERS = 300
_READERS = 300
# Why a file is not taken.
_REFUSED = 300
_FILES_OF_REVISION = 200
_FILES_OF_DIFFERENCE = 1_000
REVISIONS_ON_A_PAGE = 5


def make_proposal_card(
    proposal: Proposal, action: Action, key: str, note: str, asked: tuple[str, Answerer]
) -> Card:
    """Show what was understood of some files, what would change, and what would be lost.

    ``key`` finds the change again when the ``action`` is to be done. A ``note`` is shown as it is.
    Where it is made for a question that was ``asked``, it is told what would answer that.
    """
    change, draft = proposal.change, proposal.draft
    blocks = [texts.PROPOSAL_HEAD(len(change.files)), _describe_files(proposal), note]
    after = common.PASSAGES(draft.library.count_passages())
    blocks.append(texts.SERVED_THEN(before=common.PASSAGES(draft.before.passages), after=after))
    blocks += [describe_outcome(draft), _name_others(proposal)]
    if asked[0]:
        blocks.append(_tell_answer(*asked))
    if proposal.questions.lost:
        blocks.append(_name_lost(proposal.questions.lost))
    elif proposal.questions.asked:
        blocks.append(texts.QUESTIONS_KEPT(proposal.questions.asked))
    colour = GREEN
    if draft.refusal:
        blocks.append(texts.REFUSED_THEN(why=cards.REFUSALS[draft.refusal]()))
        colour = ORANGE
    elif change.needs_confirmation:
        colour = AMBER
    blocks.append(list_problems_that_fit(proposal.problems, blocks))
    put_in = None
    if change.is_possible:
        label = texts.DO_IT.get(action, texts.PUT_IN)
        if change.needs_confirmation:
            label = texts.SERVE_ANYWAY
        danger, success = discord.ButtonStyle.danger, discord.ButtonStyle.success
        style = danger if change.needs_confirmation else success
        put_in = make_button(label(), "put_in", key, style=style)
    return Card(blocks, make_row(put_in, make_button(texts.DISCARD(), "discard", key)), colour)


def _name_others(proposal: Proposal) -> str:
    """Name the articles that would change because their files were changed in the folder."""
    of_change = {id_ for name in proposal.change.files for id_ in possible_ids(name)}
    changed = proposal.draft.changes.articles.items()
    others = [fit(one.title, _NAME) for id_, one in changed if id_ not in of_change]
    names = join_that_fit(others, _OTHERS, len(others), cards.MORE_LINES, separator=", ")
    return texts.ALSO_CHANGED(names=names) if others else ""


def make_refused_window_card(why: str, question: str, window_id: str) -> Card:
    """Say why what was typed is not taken; a button opens the window of that id again.

    Where it is about a ``question``, the window is opened for that.
    """
    row = make_row(make_button(texts.OPEN_AGAIN(), window_id))
    return Card([*question_texts(question, ""), fit(why, PLAIN)], row, ORANGE)


def make_refused_files_card(problems: Sequence[Problem]) -> Card:
    """Tell of each file that is not taken why, in a line."""
    lines = (f"- {fit(str(problem), _REFUSED)}" for problem in problems)
    listed = join_that_fit(lines, CARD - _REFUSED, len(problems), cards.MORE_LINES)
    return Card([texts.NOT_TAKEN(), listed], colour=ORANGE)


def _tell_answer(question: str, answerer: Answerer) -> str:
    """Say from where a question would be answered."""
    asked = fit(question, _QUESTION)
    quotes = answerer.answer(question).quotes
    if not quotes:
        return texts.NOT_ANSWERED_THEN(question=asked)
    place = show_location(quotes[0].article, quotes[0].section)
    return texts.ANSWERED_THEN(question=asked, place=place)


def make_done_card(reload: Reload, revision: Revision) -> Card:
    """Tell that a change was made, and offer to take it back."""
    articles = common.ARTICLES(len(reload.library.articles))
    passages = common.PASSAGES(reload.library.count_passages())
    blocks = [texts.CHANGE_MADE(articles=articles, passages=passages)]
    blocks.append(describe_outcome(reload))
    blocks.append(texts.IS_VERSION(number=revision.number))
    undo = make_button(texts.UNDO(), "roll_back", revision.number - 1)
    problems = [one for one in reload.problems if _is_told(one, revision)]
    blocks.append(list_problems_that_fit(problems, blocks))
    return Card(blocks, make_row(undo), GREEN)


def _is_told(problem: Problem, revision: Revision) -> bool:
    """Whether a problem may come from what was changed; of other files errors alone are told."""
    return problem.severity == "error" or problem.file in revision.files


def make_history_card(history: History, page: int) -> Card:
    """List one page of the revisions, the latest first, each with what goes back to it."""
    revisions = history.revisions
    if not revisions:
        return Card([texts.NO_HISTORY()])
    pages = count_pages(len(revisions), REVISIONS_ON_A_PAGE)
    shown = revisions[page * REVISIONS_ON_A_PAGE : (page + 1) * REVISIONS_ON_A_PAGE]
    blocks = [texts.HISTORY(len(revisions)), *map(describe_revision, shown)]
    buttons = [
        make_button(texts.BACK_TO(number=one.number), "roll_back", one.number)
        for one in shown
        if one.number != history.last_number
    ]
    rows = [*make_row(*buttons), *make_page_row("history", page, pages)]
    return Card(blocks, rows, NEUTRAL)


def make_difference_card(difference: Difference, earlier: int, later: int, file: str) -> Card:
    """Show how two revisions differ; ``file`` is attached, and has it line by line."""
    blocks = [
        texts.DIFFERENCE(earlier=earlier, later=later),
        name_files(difference.files, _FILES_OF_DIFFERENCE) or cards.NOTHING_CHANGED(),
        describe_changes(difference.changes, None),
    ]
    return Card(blocks, files=[file])


def name_action(revision: Revision) -> str:
    """Say what made a revision, and who."""
    action = texts.ACTIONS[revision.action]()
    return texts.BY(action=action, user=revision.user_id) if revision.user_id else action


def name_files(files: Mapping[str, FileChange], limit: int) -> str:
    """Name files with what became of each: added, changed, taken out, renamed."""
    names = list(_name_changes(files))
    return join_that_fit(names, limit, len(names), cards.MORE_LINES, separator=", ")


def _name_changes(files: Mapping[str, FileChange]) -> Iterator[str]:
    renamed = find_renamed(files)
    gone = set(renamed.values())
    for name, change in files.items():
        if name in renamed:
            before, after = _fit_code(renamed[name]), _fit_code(name)
            yield texts.FILE_RENAMED(before=before, after=after)
        elif name not in gone:
            yield f"{_name_change(change)} `{_fit_code(name)}`"


def _fit_code(name: str) -> str:
    """Make the name of a file fit between backticks, where nothing is escaped."""
    visible = name.replace("`", "ʹ")
    return visible if len(visible) <= _NAME else f"{visible[: _NAME - 1]}…"


def _name_change(change: FileChange) -> str:
    if not change.old_sha256:
        return texts.FILE_ADDED()
    return texts.FILE_CHANGED() if change.new_sha256 else texts.FILE_REMOVED()


def describe_revision(revision: Revision, *, names_files: bool = True) -> str:
    """Tell in a few lines what a revision did, who made it and when."""
    files = texts.FILES_NOT_NAMED()
    if names_files:
        files = name_files(revision.files, _FILES_OF_REVISION)
    return texts.REVISION(
        number=revision.number,
        action=name_action(revision),
        at=int(revision.at.timestamp()),
        files=files,
        articles=common.ARTICLES(revision.articles),
        passages=common.PASSAGES(revision.passages),
        problems=texts.PROBLEMS_THEN(revision.problems)
        if revision.problems
        else texts.NO_PROBLEMS(),
    )


def _describe_files(proposal: Proposal) -> str:
    lines = list(_list_files(proposal.change.files, proposal.draft))
    return join_that_fit(lines, min(_UNDERSTOOD, CARD), len(lines), cards.MORE_LINES)


def _list_files(files: Mapping[str, FileChange], draft: Draft) -> Iterator[str]:
    articles = {article.file: article for article in draft.library.articles}
    renamed = find_renamed(files)
    gone = set(renamed.values())
    for name, change in files.items():
        article = articles.get(name)
        file = _fit_code(name)
        if name in gone:
            continue
        if name in renamed:
            yield texts.FILE_CALLED(before=_fit_code(renamed[name]), after=file)
        if not change.new_sha256:
            yield texts.FILE_TAKEN_OUT(file=file)
        elif name in OTHER_FILES:
            yield texts.FILE_READ(file=file)
        elif article is None or article.sha256 != change.new_sha256:
            yield texts.FILE_NOT_SERVED(file=file)
        else:
            yield from _describe_article(file, article, draft)


def _describe_article(file: str, article: Article, draft: Draft) -> Iterator[str]:
    """Tell what was understood of an article: of one that is served now, what would change."""
    changes = draft.changes
    facts = [article.author, tell_date(article.date), article.language]
    passages = sum(len(section.passages) for section in article.sections)
    yield texts.FILE_UNDERSTOOD(
        file=file,
        title=fit_name(article.title),
        facts=" · ".join(fit(fact, _NAME) for fact in facts if fact),
        sections=common.SECTIONS(len(article.sections)),
        passages=common.PASSAGES(passages),
    )
    if article.file in draft.restricted:
        yield _name_readers(draft.restricted[article.file])
    sections = article.sections
    if article.id in changes.articles_changed:
        named = {*changes.sections_added, *changes.sections_changed}
        sections = tuple(one for one in sections if (article.id, one.heading) in named)
        if not sections:
            yield texts.SAME_SECTIONS()
    yield from map(_describe_section, sections)


def _name_readers(roles: Sequence[int]) -> str:
    """Say who may read an article that is not for everybody."""
    if not roles:
        return texts.FILE_FOR_NOBODY()
    named = [channel_settings.ROLE(id=role) for role in roles]
    listed = join_that_fit(named, _READERS, len(named), cards.MORE_LINES, separator=", ")
    return texts.FILE_FOR(roles=listed)


def _describe_section(section: Section) -> str:
    heading = fit(section.heading or common.LEAD(), _NAME)
    first = section.passages[0].plain if section.passages else ""
    return texts.SECTION_BEGINS(heading=heading, words=fit(first, _SECTION))


def _name_lost(lost: Sequence[str]) -> str:
    lines = (f"- {fit(question, _QUESTION)}" for question in lost)
    listed = join_that_fit(lines, _LOST, len(lost), cards.MORE_LINES)
    return f"{texts.QUESTIONS_LOST(len(lost))}\n{listed}"
