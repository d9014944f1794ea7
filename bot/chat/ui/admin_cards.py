"""What an admin reads: a reload, what is served, unanswered questions, votes.

In: values of the knowledge base and of the records. Out: cards.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.articles.changes import ArticleChange, Changes, SectionName
from bot.articles.library import KeptFile, Library
from bot.articles.model import Article, Passage, Problem, Section, Severity
from bot.articles.problems import LAST_VERSION_KIND, ProblemGroup, group_problems
from bot.chat.ui.asked import find_asked
from bot.chat.ui.components import make_button, make_page_row, make_row, shorten
from bot.chat.ui.layout import CARD, Card, count_pages, fit, join_that_fit, weigh
from bot.chat.ui.passages import show_location
from bot.records.model import PassageVotes, Unanswered
from bot.reloading import FailedReload, Reload, Served
from bot.texts import Plural, Text, cards, common

# So many names of articles or sections are listed of each kind of change.
_MOST_NAMES = 20
_NAME = 150
# Six facts of this length leave room for the problems.
_FACT = 320
# What changes, problems and earlier versions take of a card, at the most.
_CHANGES = 1_300
_PROBLEMS = 1_900
_EARLIER_VERSIONS = 600
# A title, an id or a file's name beside others on a line.
_SHORT_NAME = 60
# So many digits of a file's hash are shown.
_SHA_DIGITS = 8
# Problems are told in no less room than this.
_FEWEST_PROBLEMS = 400
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
    """Tell what a reload did: what is served, what changed, which problems there are.

    Where far less would be served, a button serves it all the same.
    """
    blocks = []
    button = None
    if reload.refusal:
        why = cards.REFUSALS[reload.refusal]
        blocks.append(cards.NOT_RELOADED(seconds=reload.took_s, why=why))
    else:
        articles, passages = _count_library(reload.library)
        head = cards.RELOADED(seconds=reload.took_s, articles=articles, passages=passages)
        blocks.append(head)
    if reload.confirmation:
        blocks.append(_compare_counts(reload))
        button = make_button(cards.SERVE_IT_ALL_THE_SAME, "reload", reload.confirmation)
    if reload.is_served or reload.confirmation:
        blocks.append(_changes_text(reload.changes, reload.synonym_count))
    if reload.is_served:
        blocks += _earlier_versions_text(reload.library)
    if reload.why_unkept:
        blocks.append(cards.VERSIONS_NOT_KEPT(reason=fit(reload.why_unkept, _FACT)))
    return Card([*blocks, _problems_that_fit(reload.problems, blocks)], make_row(button))


def make_status(
    library: Library,
    problems: Sequence[Problem],
    facts: Sequence[str],
    failed: FailedReload | None = None,
) -> Card:
    """Tell what is served, a few ``facts``, and what is wrong with the folder.

    After a reload that ``failed``, that is what was wrong then.
    """
    articles, passages = _count_library(library)
    blocks = [cards.SERVING(articles=articles, passages=passages)]
    if failed is not None:
        blocks.append(_failed_reload_text(failed))
    blocks += _earlier_versions_text(library)
    blocks += [fit(fact, _FACT) for fact in facts]
    found = failed.problems if failed is not None else ()
    return Card([*blocks, _problems_that_fit(found or problems, blocks)])


def _problems_that_fit(problems: Sequence[Problem], blocks: Sequence[str]) -> str:
    """List problems in the room that the other blocks of a card leave.

    That a version stands in for a file with an error of its own is told above them.
    """
    listed = [one for one in problems if not _is_told_by_its_error(one)]
    room = CARD - sum(map(weigh, blocks))
    limit = max(min(room, _PROBLEMS), _FEWEST_PROBLEMS)
    return _problems_text(listed, limit)


def _is_told_by_its_error(problem: Problem) -> bool:
    return problem.kind == LAST_VERSION_KIND and problem.severity == "warning"


def _compare_counts(reload: Reload) -> str:
    """Say how much would be served, and how much is."""
    articles, passages = _count_library(reload.library)
    return cards.FEWER_SERVED(
        articles=articles,
        passages=passages,
        articles_before=common.ARTICLES(reload.before.articles),
        passages_before=common.PASSAGES(reload.before.passages),
    )


def _failed_reload_text(failed: FailedReload) -> str:
    """Say when and why a reload failed, and what a restart would do."""
    time = int(failed.at.timestamp())
    why = cards.REFUSALS[failed.refusal]
    restart = _restart_text(failed.at_restart)
    return cards.RELOAD_FAILED(time=time, why=why, restart=restart)


def _restart_text(served: Served | None) -> str:
    if served is None:
        return cards.RESTART_READS_AGAIN
    if not served.articles:
        return cards.RESTART_SERVES_NOTHING
    return cards.RESTART_SERVES(
        articles=common.ARTICLES(served.articles), passages=common.PASSAGES(served.passages)
    )


def _earlier_versions_text(library: Library) -> list[str]:
    """Name the articles that are served in earlier versions; nothing where there are none."""
    kept = library.kept.values()
    if not kept:
        return []
    head = cards.SERVED_IN_EARLIER_VERSIONS(len(kept))
    lines = map(_show_earlier_version, kept)
    listed = join_that_fit(lines, _EARLIER_VERSIONS, len(kept), cards.MORE_LINES)
    return [f"{head}\n{listed}"]


def _show_earlier_version(kept: KeptFile) -> str:
    version = kept.version
    article = kept.parsed_file.article
    since = version.kept_since or version.served_since
    return cards.EARLIER_VERSION(
        title=fit(article.title if article else "", _SHORT_NAME),
        file=fit(article.file if article else "", _SHORT_NAME),
        sha256=version.sha256[:_SHA_DIGITS],
        served=int(version.served_since.timestamp()),
        since=int(since.timestamp()),
    )


def _count_library(library: Library) -> tuple[str, str]:
    """Say how many articles and passages there are."""
    articles = common.ARTICLES(len(library.articles))
    return articles, common.PASSAGES(library.count_passages())


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
    yield cards.ARTICLES_ADDED, _name_articles(changes.articles_added, changes)
    yield cards.ARTICLES_CHANGED, _name_articles(changes.articles_changed, changes)
    yield cards.ARTICLES_REMOVED, _name_articles(changes.articles_removed, changes)
    yield cards.SECTIONS_ADDED, _name_sections(changes.sections_added)
    yield cards.SECTIONS_CHANGED, _name_sections(changes.sections_changed)
    yield cards.SECTIONS_REMOVED, _name_sections(changes.sections_removed)


def _name_articles(ids: Sequence[str], changes: Changes) -> list[str]:
    """Name the first articles of some ids by title, id and hashes; the others by id alone."""
    shown = [_name_article(one, changes.articles.get(one)) for one in ids[:_MOST_NAMES]]
    return [*shown, *ids[_MOST_NAMES:]]


def _name_article(article_id: str, change: ArticleChange | None) -> str:
    if change is None:
        return article_id
    title = shorten(change.title, _SHORT_NAME)
    old_sha256 = change.old_sha256[:_SHA_DIGITS]
    new_sha256 = change.new_sha256[:_SHA_DIGITS]
    article = shorten(article_id, _SHORT_NAME)
    if old_sha256 and new_sha256:
        return cards.CHANGED_ARTICLE(
            title=title, article=article, old_sha256=old_sha256, new_sha256=new_sha256
        )
    sha256 = old_sha256 or new_sha256
    return cards.ADDED_OR_REMOVED_ARTICLE(title=title, article=article, sha256=sha256)


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


def _problems_text(problems: Sequence[Problem], limit: int) -> str:
    """Count the problems by severity, and list each kind of them once, the gravest first.

    The list takes at most ``limit``.
    """
    if not problems:
        return cards.NO_PROBLEMS
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
