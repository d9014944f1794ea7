"""What an admin reads: what a reload did, what is served, what is wrong, what was asked in vain, how votes fell."""

from collections.abc import Sequence

from bot.articles.changes import SectionName
from bot.articles.model import Article, Passage, Problem, Section
from bot.chat.ui.answer_cards import show_place
from bot.chat.ui.components import make_button, make_row
from bot.chat.ui.layout import CARD, Card, as_many_as_fit, count, fit
from bot.knowledge_base import KnowledgeBase, Reload
from bot.records.model import PassageVotes, Unanswered

_NAMED = 20
# Four facts of this length leave room for the problems.
_FACT = 400
# So many fit on a card, however long they are.
UNANSWERED_ON_A_PAGE = 12
_SEVERITIES = ("error", "warning", "note")

ConversationKey = tuple[Article, Section, Passage]


def make_reload_report(reload: Reload) -> Card:
    """Tell what a reload did: what is served, what changed, what is wrong by file and line."""
    passages = sum(1 for _ in reload.library.passages())
    articles, took = len(reload.library.articles), f"{reload.took_s:.2f} s"
    if reload.is_served:
        head = (
            f"**Reloaded** in {took}: {count(articles, 'article')}, {count(passages, 'passage')}."
        )
    else:
        head = f"**Not reloaded** ({took}): nothing in the folder can be served. What was served before still is."
    changes = _change_texts(reload) if reload.is_served else []
    return Card([head, *changes, *_problem_texts(reload.problems)])


def make_status(knowledge_base: KnowledgeBase, facts: Sequence[str]) -> Card:
    """Tell what is served and what is wrong with the folder."""
    library = knowledge_base.library
    passages = sum(1 for _ in library.passages())
    head = f"**Serving** {count(len(library.articles), 'article')}, {count(passages, 'passage')}."
    return Card(
        [head, *(fit(fact, _FACT) for fact in facts), *_problem_texts(knowledge_base.problems)]
    )


def _change_texts(reload: Reload) -> list[str]:
    changes = reload.changes
    if not changes and reload.synonyms is None:
        return ["Nothing changed."]
    lines = []
    for what, names in (
        ("Articles added", changes.articles_added),
        ("Articles changed", changes.articles_changed),
        ("Articles removed", changes.articles_removed),
        ("Sections added", [_section_name(name) for name in changes.sections_added]),
        ("Sections changed", [_section_name(name) for name in changes.sections_changed]),
        ("Sections removed", [_section_name(name) for name in changes.sections_removed]),
    ):
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            lines.append(f"{what}: {', '.join(fit(name, 150) for name in names[:_NAMED])}{more}")
    if reload.synonyms is not None:
        lines.append(f"Synonyms changed: {count(reload.synonyms, 'group')}")
    return ["\n".join(as_many_as_fit(lines, 1_500, "lines", len(lines)))]


def _section_name(name: SectionName) -> str:
    article, heading = name
    return f"{heading or '(lead)'} in {article}"


def _problem_texts(problems: Sequence[Problem]) -> list[str]:
    if not problems:
        return ["No problems."]
    found = [problem.severity for problem in problems]
    counts = ", ".join(count(found.count(kind), kind) for kind in _SEVERITIES if kind in found)
    gravest_first = sorted(problems, key=lambda problem: _SEVERITIES.index(problem.severity))
    lines = (f"- {fit(str(problem), 300)}" for problem in gravest_first)
    return [f"**{counts}**\n" + "\n".join(as_many_as_fit(lines, 1_900, "problems", len(problems)))]


def make_unanswered_card(
    asked: Sequence[Unanswered], total: int, days: int, page: int = 0, *, is_cleared: bool = False
) -> Card:
    """List one page of what was asked in vain, with the way to its neighbours; or say that these are deleted now."""
    if not asked:
        kept = (
            f"in the last {count(days, 'day')}" if days else "that is kept: the settings keep none"
        )
        return Card([f"**Nothing was asked in vain** {kept}."])
    pages = -(-total // UNANSWERED_ON_A_PAGE)
    head = f"**Asked in vain** in the last {count(days, 'day')}: {count(total, 'question')}."
    lines = [f"- {fit(one.question, 250)}\n-# {_times(one)}" for one in asked]
    if is_cleared:
        left = (
            f" {total - len(asked):,} more are kept; use the command again to see them."
            if pages > 1
            else ""
        )
        return Card(
            [head, "\n".join(lines), f"**Deleted now: the {len(asked)} shown here.**{left}"]
        )
    foot = "-# Who asks the same again within a day counts once."
    where = (
        f"\n-# Page {page + 1} of {pages}; “clear” deletes what the first one shows."
        if pages > 1
        else ""
    )
    neighbours = (("Previous", page - 1), ("Next", page + 1))
    turns = (
        make_button(label, "unanswered", to) if 0 <= to < pages else None
        for label, to in neighbours
    )
    return Card([head, "\n".join(lines), foot + where], make_row(*turns))


def _times(one: Unanswered) -> str:
    often = "once, on" if one.times == 1 else f"{one.times:,} times, last on"
    return f"{often} {one.last.isoformat()}"


def make_votes_card(votes: Sequence[tuple[PassageVotes, ConversationKey | None]]) -> Card:
    """List the passages that were voted on, the least helpful first; those that are gone are counted."""
    if not votes:
        return Card(["**Nobody has voted yet.**"])
    helpful, not_helpful = (
        sum(one.helpful for one, _ in votes),
        sum(one.not_helpful for one, _ in votes),
    )
    there = [(one, place) for one, place in votes if place is not None]
    lines = (
        f"- {one.not_helpful:,} not helpful, {one.helpful:,} helpful: {fit(passage.plain, 120)}\n"
        f"-# {show_place(article, section)}"
        for one, (article, section, passage) in there
    )
    gone = len(votes) - len(there)
    rest = [f"-# Not shown: {count(gone, 'passage')} no longer in the articles."] if gone else []
    head = f"**Votes**: {helpful:,} helpful, {not_helpful:,} not helpful."
    return Card([head, "\n".join(as_many_as_fit(lines, CARD - 300, "passages", len(there))), *rest])
