"""What an admin reads: a reload, what is served, unanswered questions, votes.

In: values of the knowledge base and of the records. Out: cards.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.articles.changes import Changes, SectionName
from bot.articles.library import Library
from bot.articles.model import Article, Passage, Problem, Section, Severity
from bot.articles.problems import ProblemGroup, group_problems
from bot.chat.ui.asked import find_asked
from bot.chat.ui.components import make_page_row
from bot.chat.ui.layout import CARD, Card, count_pages, fit, join_that_fit
from bot.chat.ui.passages import show_location
from bot.knowledge_base import Reload
from bot.records.model import PassageVotes, Unanswered
from bot.texts import Plural, Text, cards, common

# So many names of articles or sections are listed of each kind of change.
_MOST_NAMES = 20
_NAME = 150
# Four facts of this length leave room for the problems.
_FACT = 400
# What changes and what problems take of a card.
_CHANGES = 1_500
_PROBLEMS = 1_900
_PROBLEM = 300
# So many places are named of one kind of problem.
_MOST_PLACES = 3
# So many unanswered questions fit on a card, however long they are.
UNANSWERED_ON_A_PAGE = 12
_QUESTION = 250
# Room for what stands around the list of votes, and what one passage takes of it.
_VOTES_FOOT = 300
_PASSAGE = 120

# How many there are, by severity, the gravest first.
_SEVERITIES: dict[Severity, Plural] = {
    "error": cards.ERRORS,
    "warning": cards.WARNINGS,
    "note": cards.NOTES,
}

# Where a passage stands in the articles.
PassageLocation = tuple[Article, Section, Passage]


def make_reload_report(reload: Reload) -> Card:
    """Tell what a reload did: what is served, what changed, which problems there are."""
    if not reload.is_served:
        head = cards.NOT_RELOADED(seconds=reload.took_s)
        return Card([head, _problems_text(reload.problems)])
    articles, passages = _count_library(reload.library)
    seconds = reload.took_s
    head = cards.RELOADED(seconds=seconds, articles=articles, passages=passages)
    changes = _changes_text(reload.changes, reload.synonym_count)
    return Card([head, changes, _problems_text(reload.problems)])


def make_status(library: Library, problems: Sequence[Problem], facts: Sequence[str]) -> Card:
    """Tell what is served, a few ``facts``, and what is wrong with the folder."""
    articles, passages = _count_library(library)
    head = cards.SERVING(articles=articles, passages=passages)
    shown = [fit(fact, _FACT) for fact in facts]
    return Card([head, *shown, _problems_text(problems)])


def _count_library(library: Library) -> tuple[str, str]:
    """Say how many articles and passages there are."""
    passages = sum(1 for _ in library.passages())
    return common.ARTICLES(len(library.articles)), common.PASSAGES(passages)


def _changes_text(changes: Changes, synonym_count: int | None) -> str:
    """List what changed; ``synonym_count`` is None where the synonyms did not change."""
    if not changes and synonym_count is None:
        return cards.NOTHING_CHANGED
    lines = []
    for change, names in _name_changes(changes):
        if names:
            lines.append(cards.CHANGED_NAMES(change=change, names=_join_names(names)))
    if synonym_count is not None:
        lines.append(cards.SYNONYMS_CHANGED(synonym_count))
    return join_that_fit(lines, _CHANGES, len(lines), cards.MORE_LINES)


def _name_changes(changes: Changes) -> Iterator[tuple[Text, Sequence[str]]]:
    """Give each kind of change with the names of what changed so."""
    yield cards.ARTICLES_ADDED, changes.articles_added
    yield cards.ARTICLES_CHANGED, changes.articles_changed
    yield cards.ARTICLES_REMOVED, changes.articles_removed
    yield cards.SECTIONS_ADDED, _name_sections(changes.sections_added)
    yield cards.SECTIONS_CHANGED, _name_sections(changes.sections_changed)
    yield cards.SECTIONS_REMOVED, _name_sections(changes.sections_removed)


def _name_sections(names: Sequence[SectionName]) -> list[str]:
    shown = []
    for article, heading in names:
        shown.append(cards.SECTION_IN_ARTICLE(heading=heading or common.LEAD, article=article))
    return shown


def _join_names(names: Sequence[str]) -> str:
    joined = ", ".join(fit(name, _NAME) for name in names[:_MOST_NAMES])
    left_out = len(names) - _MOST_NAMES
    if left_out > 0:
        joined += cards.MORE_NAMES(count=left_out)
    return joined


def _problems_text(problems: Sequence[Problem]) -> str:
    """Count the problems by severity, and list each kind of them once, the gravest first."""
    if not problems:
        return cards.NO_PROBLEMS
    counts = Counter(problem.severity for problem in problems)
    counted = [say(counts[severity]) for severity, say in _SEVERITIES.items() if counts[severity]]
    head = ", ".join(counted)
    groups = group_problems(problems)
    # A generator: only those are rendered that the card shows.
    lines = (f"- {fit(_name_problems(group), _PROBLEM)}" for group in groups)
    listed = join_that_fit(lines, _PROBLEMS, len(groups), cards.MORE_KINDS)
    return f"**{head}**\n{listed}"


def _name_problems(group: ProblemGroup) -> str:
    """Name one problem in full, or say of several of a kind how many there are, and where."""
    first, *others = group.problems
    if not others:
        return str(first)
    places = [problem.place for problem in group.problems[:_MOST_PLACES]]
    if len(group.problems) > _MOST_PLACES:
        places.append(cards.FURTHER_PLACES)
    return cards.PROBLEMS_OF_KIND(
        count=_SEVERITIES[group.severity](len(group.problems)),
        message=group.message,
        places=", ".join(places),
    )


def make_unanswered_card(
    unanswered: Sequence[Unanswered],
    total: int,
    days: int,
    page: int = 0,
    *,
    is_cleared: bool = False,
) -> Card:
    """List one page of the questions that the articles did not answer in the last ``days``.

    ``total`` are there on all pages. Where it ``is_cleared``, those of this page are deleted now.
    """
    if not unanswered:
        nothing = cards.NOTHING_UNANSWERED(days) if days else cards.NOTHING_KEPT
        return Card([nothing])
    pages = count_pages(total, UNANSWERED_ON_A_PAGE)
    head = cards.UNANSWERED(total, days=cards.DAYS(days))
    listed = "\n".join(map(_show_unanswered, unanswered))
    if is_cleared:
        foot = cards.DELETED_NOW(len(unanswered))
        if pages > 1:
            foot += cards.MORE_ARE_KEPT(total - len(unanswered))
        return Card([head, listed, foot])
    foot = cards.COUNTS_ONCE
    if pages > 1:
        page_line = cards.CLEAR_DELETES_FIRST_PAGE(page=page + 1, pages=pages)
        foot = f"{foot}\n{page_line}"
    return Card([head, listed, foot], make_page_row("unanswered", page, pages))


def _show_unanswered(unanswered: Unanswered) -> str:
    question = fit(find_asked(unanswered.question, _QUESTION), _QUESTION)
    date = unanswered.last.isoformat()
    times = cards.TIMES_ASKED(unanswered.times, date=date)
    return f"- {question}\n-# {times}"


def make_votes_card(votes: Sequence[tuple[PassageVotes, PassageLocation | None]]) -> Card:
    """List the passages that were voted on, in order; those that are gone are counted."""
    if not votes:
        return Card([cards.NO_VOTES])
    helpful = sum(count.helpful for count, _ in votes)
    not_helpful = sum(count.not_helpful for count, _ in votes)
    present = [(count, location) for count, location in votes if location is not None]
    # A generator: of thousands of passages only those are rendered that the card shows.
    lines = (_show_votes(count, location) for count, location in present)
    room = CARD - _VOTES_FOOT
    listed = join_that_fit(lines, room, len(present), cards.MORE_PASSAGES)
    texts = [cards.VOTES(helpful=helpful, not_helpful=not_helpful), listed]
    gone = len(votes) - len(present)
    if gone:
        texts.append(cards.NOT_SHOWN(gone))
    return Card(texts)


def _show_votes(votes: PassageVotes, location: PassageLocation) -> str:
    article, section, passage = location
    return cards.PASSAGE_VOTES(
        helpful=votes.helpful,
        not_helpful=votes.not_helpful,
        passage=fit(passage.plain, _PASSAGE),
        place=show_location(article, section),
    )
