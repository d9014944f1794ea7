"""What an admin reads: a reload, what is served, votes.

In: values of the knowledge base and of the records. Out: cards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.articles.library import KeptFile, Library
from bot.articles.model import Article, Passage, Problem, Section
from bot.chat.ui.components import make_button, make_row
from bot.chat.ui.folder_texts import (
    SHORT_NAME,
    describe_outcome,
    list_problems_that_fit,
)
from bot.chat.ui.layout import CARD, Card, fit, join_that_fit, take_that_fit
from bot.chat.ui.passages import show_location
from bot.chat.ui.proposal_cards import name_action
from bot.records.model import PassageVotes
from bot.reloading import FailedReload, Reload, Served
from bot.texts import cards, common
from bot.versions.history import Revision

# A fact, and all of them, so that there is room for the problems.
_FACT = 320
_FACTS = 2_000
# What earlier versions take of a card, at the most.
_EARLIER_VERSIONS = 600
# Room for what stands around the list of votes, and what one passage takes of it.
_VOTES_FOOT = 300
_PASSAGE = 120


@dataclass(frozen=True, slots=True)
class ServedState:
    """Since when what is served is served, and how it came about.

    Attributes:
        since: When it was read; aware.
        last: The last revision of the folder; None where none is kept.
        has_changed: Whether files of the folder have changed since.

    """

    since: datetime
    last: Revision | None
    has_changed: bool


# Where a passage stands in the articles.
PassageLocation = tuple[Article, Section, Passage]


def make_watch_report(reload: Reload, *, names_files: bool = True) -> Card:
    """Tell in the log channel what came of a change of the folder."""
    return make_reload_report(reload, cards.FOLDER_CHANGED(), names_files=names_files)


def make_reload_report(reload: Reload, head: str = "", *, names_files: bool = True) -> Card:
    """Tell what a reload did: what is served, what changed, which problems there are.

    Where far less would be served, a button serves it all the same. ``head`` stands above it.
    Without names, it is told how many articles there are, and nothing of single files.
    """
    blocks = [head]
    button = None
    if reload.refusal:
        why = cards.REFUSALS[reload.refusal]
        blocks.append(cards.NOT_RELOADED(seconds=reload.took_s, why=why))
    else:
        articles, passages = _count_library(reload.library)
        served = cards.RELOADED(seconds=reload.took_s, articles=articles, passages=passages)
        blocks.append(served)
    if reload.confirmation:
        blocks.append(_compare_counts(reload))
        button = make_button(cards.SERVE_IT_ALL_THE_SAME(), "reload", reload.confirmation)
    if not names_files:
        return Card(blocks, make_row(button))
    if reload.is_served or reload.confirmation:
        blocks.append(describe_outcome(reload))
    if reload.is_served:
        blocks += _earlier_versions_text(reload.library)
    if reload.why_unkept:
        blocks.append(cards.VERSIONS_NOT_KEPT(reason=fit(reload.why_unkept, _FACT)))
    return Card([*blocks, list_problems_that_fit(reload.problems, blocks)], make_row(button))


def make_status(
    library: Library,
    problems: Sequence[Problem],
    facts: Sequence[str],
    state: ServedState,
    failed: FailedReload | None = None,
) -> Card:
    """Tell what is served, a few ``facts``, and what is wrong with the folder.

    After a reload that ``failed``, that is what was wrong then. ``state`` says since when.
    """
    articles, passages = _count_library(library)
    blocks = [cards.SERVING(articles=articles, passages=passages)]
    blocks += _describe_state(state, has_failed=failed is not None)
    if failed is not None:
        blocks.append(_failed_reload_text(failed))
    blocks += _earlier_versions_text(library)
    shown = (fit(fact, _FACT) for fact in facts)
    blocks += take_that_fit(shown, _FACTS, len(facts), cards.MORE_LINES)
    found = failed.problems if failed is not None else ()
    return Card([*blocks, list_problems_that_fit(found or problems, blocks)])


def _describe_state(state: ServedState, *, has_failed: bool) -> Iterator[str]:
    """Say since when it is served, who changed it last, and whether the folder has changed."""
    since = int(state.since.timestamp())
    if state.last is None:
        yield cards.SERVED_SINCE(since=since)
    else:
        yield cards.LAST_CHANGE(
            since=since,
            number=state.last.number,
            action=name_action(state.last),
            at=int(state.last.at.timestamp()),
        )
    # After a reload that failed that is known, and why.
    if state.has_changed and not has_failed:
        yield cards.FILES_CHANGED_SINCE()


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
        return cards.RESTART_READS_AGAIN()
    if not served.articles:
        return cards.RESTART_SERVES_NOTHING()
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
        title=fit(article.title if article else "", SHORT_NAME),
        file=fit(article.file if article else "", SHORT_NAME),
        served=int(version.served_since.timestamp()),
        since=int(since.timestamp()),
    )


def _count_library(library: Library) -> tuple[str, str]:
    """Say how many articles and passages there are."""
    articles = common.ARTICLES(len(library.articles))
    return articles, common.PASSAGES(library.count_passages())


def make_votes_card(votes: Sequence[tuple[PassageVotes, PassageLocation | None]]) -> Card:
    """List the passages that were voted on, in order; those that are gone are counted."""
    if not votes:
        return Card([cards.NO_VOTES()])
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
