"""What changed in the folder of articles and what is wrong with it, as cards tell it.

In: changes and problems. Out: texts of a card, made inert, that fit.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.articles.changes import ArticleChange, Changes, SectionName
from bot.articles.model import Problem, Severity
from bot.articles.problems import LAST_VERSION_KIND, ProblemGroup, group_problems, tell_problem
from bot.chat.ui.components import shorten
from bot.chat.ui.layout import CARD, fit, join_that_fit, weigh
from bot.reloading import Draft, Reload
from bot.texts import Plural, Text, cards, common

# So many names of articles or sections are listed of each kind of change.
_MOST_NAMES = 20
_NAME = 150
# What changes and problems take of a card, at the most.
_CHANGES = 1_300
_PROBLEMS = 1_900
# A title, an id or a file's name beside others on a line.
SHORT_NAME = 60
# An article's first words.
_BEGINNING = 50
# Problems are told in no less room than this.
_FEWEST_PROBLEMS = 400
_PROBLEM = 300
# So many places are named of one kind of problem.
_MOST_PLACES = 3

# How many there are, by severity, the gravest first.
_SEVERITIES: dict[Severity, Plural] = {
    "error": cards.ERRORS,
    "warning": cards.WARNINGS,
    "note": cards.NOTES,
}


def describe_outcome(outcome: Reload | Draft) -> str:
    """List what a reload or a change has changed, or would."""
    return describe_changes(
        outcome.changes,
        outcome.synonym_count,
        outcome.link_count,
        has_new_questions=outcome.has_new_questions,
    )


def describe_changes(
    changes: Changes,
    synonym_count: int | None = None,
    link_count: int | None = None,
    *,
    has_new_questions: bool = False,
) -> str:
    """List what changed; a count is None where the synonyms or links did not change."""
    lines = []
    for change, names in _name_changes(changes):
        if names:
            lines.append(cards.CHANGED_NAMES(change=change, names=_join_names(names)))
    if synonym_count is not None:
        lines.append(cards.SYNONYMS_CHANGED(synonym_count))
    if link_count is not None:
        lines.append(cards.LINKS_CHANGED(link_count))
    if has_new_questions:
        lines.append(cards.QUESTIONS_CHANGED())
    if not lines:
        return cards.NOTHING_CHANGED()
    return join_that_fit(lines, _CHANGES, len(lines), cards.MORE_LINES)


def _name_changes(changes: Changes) -> Iterator[tuple[Text, Sequence[str]]]:
    """Give each kind of change with the names of what changed so."""
    yield cards.ARTICLES_ADDED, _name_articles(changes.articles_added, changes)
    yield cards.ARTICLES_CHANGED, _name_articles(changes.articles_changed, changes)
    yield cards.ARTICLES_REMOVED, _name_articles(changes.articles_removed, changes)
    yield cards.ARTICLES_RENAMED, _name_renamed(changes)
    yield cards.SECTIONS_ADDED, _name_sections(changes.sections_added)
    yield cards.SECTIONS_CHANGED, _name_sections(changes.sections_changed)
    yield cards.SECTIONS_REMOVED, _name_sections(changes.sections_removed)


def _name_articles(ids: Sequence[str], changes: Changes) -> list[str]:
    """Name the first articles of some ids by title, id and first words; the others by id alone."""
    shown = [_name_article(one, changes.articles.get(one)) for one in ids[:_MOST_NAMES]]
    return [*shown, *ids[_MOST_NAMES:]]


def _name_article(article_id: str, change: ArticleChange | None) -> str:
    if change is None:
        return article_id
    return cards.NAMED_ARTICLE(
        title=shorten(change.title, SHORT_NAME),
        article=shorten(article_id, SHORT_NAME),
        begins=shorten(change.begins, _BEGINNING),
    )


def _name_renamed(changes: Changes) -> list[str]:
    shown = []
    for before, after in changes.articles_renamed:
        title = shorten(changes.articles[after].title, SHORT_NAME)
        ids = shorten(before, SHORT_NAME), shorten(after, SHORT_NAME)
        shown.append(cards.RENAMED_ARTICLE(title=title, before=ids[0], after=ids[1]))
    return shown


def _name_sections(names: Sequence[SectionName]) -> list[str]:
    shown = []
    for article, heading in names:
        shown.append(cards.SECTION_IN_ARTICLE(heading=heading or common.LEAD(), article=article))
    return shown


def _join_names(names: Sequence[str]) -> str:
    joined = ", ".join(fit(name, _NAME) for name in names[:_MOST_NAMES])
    left_out = len(names) - _MOST_NAMES
    if left_out > 0:
        joined += cards.MORE_NAMES(count=left_out)
    return joined


def _list_problems(problems: Sequence[Problem], limit: int) -> str:
    """Count the problems by severity, and list each kind of them once, the gravest first.

    The list takes at most ``limit``.
    """
    if not problems:
        return cards.NO_PROBLEMS()
    counts = Counter(problem.severity for problem in problems)
    counted = [say(counts[severity]) for severity, say in _SEVERITIES.items() if counts[severity]]
    head = ", ".join(counted)
    groups = group_problems(problems)
    # A generator: only those are rendered that the card shows.
    lines = (f"- {fit(_name_problems(group), _PROBLEM)}" for group in groups)
    listed = join_that_fit(lines, limit - weigh(head), len(groups), cards.MORE_KINDS)
    return f"**{head}**\n{listed}"


def _name_problems(group: ProblemGroup) -> str:
    """Name one problem in full, or say of several of a kind how many there are, and where."""
    first, *others = group.problems
    if not others:
        return tell_problem(first)
    places = [problem.place for problem in group.problems[:_MOST_PLACES]]
    if len(group.problems) > _MOST_PLACES:
        places.append(cards.FURTHER_PLACES())
    return cards.PROBLEMS_OF_KIND(
        count=_SEVERITIES[group.severity](len(group.problems)),
        message=group.message,
        places=", ".join(places),
    )


def list_problems_that_fit(problems: Sequence[Problem], blocks: Sequence[str]) -> str:
    """List problems in the room that the other blocks of a card leave.

    That a version stands in for a file with an error of its own is told above them.
    """
    listed = [one for one in problems if not _is_told_by_its_error(one)]
    room = CARD - sum(map(weigh, blocks))
    limit = max(min(room, _PROBLEMS), _FEWEST_PROBLEMS)
    return _list_problems(listed, limit)


def _is_told_by_its_error(problem: Problem) -> bool:
    return problem.kind == LAST_VERSION_KIND and problem.severity == "warning"
