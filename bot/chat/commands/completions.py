"""What is offered while somebody types an option of a command.

In: what was typed. Out: at most 25 choices, those that hold it first, then those that are spelled
alike (RapidFuzz's ``WRatio``).
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from weakref import WeakKeyDictionary

import discord
import numpy as np
from discord import app_commands

from bot.answers.answerer import Answerer
from bot.answers.lookup import find_articles, name_article, name_place
from bot.answers.names import fold_name, fold_typed
from bot.articles.library import Library
from bot.articles.model import Article
from bot.chat.dispatcher import Dispatcher
from bot.chat.interaction_server import Choices
from bot.chat.ui.components import shorten
from bot.texts import cards
from bot.view import View

# Discord's limits.
_MOST_CHOICES = 25
_MOST_CHARACTERS = 100
# Names below this score of WRatio, of 100, are not alike.
_LEAST_SCORE = 60

# An option that names an article or a section.
Name = app_commands.Range[str, 0, _MOST_CHARACTERS]
# (name, value) of what can be chosen, to the name as it is compared with what was typed.
Candidates = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class LibraryCandidates:
    """What one library has to choose from."""

    articles: Candidates
    sections: Candidates
    headings: Candidates


# Holds strings alone, so that no library is kept in memory that is no longer served.
_CANDIDATES: WeakKeyDictionary[Answerer, LibraryCandidates] = WeakKeyDictionary()


async def complete_article(
    dispatcher: Dispatcher,
    interaction: discord.Interaction,
    typed: str,
    *,
    is_editing: bool = False,
) -> Choices:
    """Offer titles of articles; the value is the article's id.

    Who ``is_editing`` is offered those of the desk alone.
    """

    def find(view: View) -> Choices:
        edited = _list_edited(dispatcher, interaction, view) if is_editing else None
        if edited is not None:
            return _choose(typed, _article_candidates(edited))
        return _choose(typed, find_candidates(view.answerer).articles)

    return await dispatcher.autocomplete(interaction, find, is_editing=is_editing)


async def complete_question(
    dispatcher: Dispatcher, interaction: discord.Interaction, typed: str
) -> Choices:
    """Offer what the user asked before, then headings; the value is what is shown."""

    def find(view: View) -> Choices:
        user_id = interaction.user.id
        recent_questions = dispatcher.recent_questions.recall(user_id, time.monotonic())
        candidates = {
            (text, shorten(text, _MOST_CHARACTERS)): fold_typed(text) for text in recent_questions
        }
        headings = find_candidates(view.answerer).headings
        return _choose(typed, {**candidates, **headings})

    return await dispatcher.autocomplete(interaction, find)


async def complete_section(
    dispatcher: Dispatcher,
    interaction: discord.Interaction,
    typed: str,
    *,
    is_editing: bool = False,
) -> Choices:
    """Offer headings, of the article that was chosen already if one was; the value is a place.

    Who ``is_editing`` is offered those of the desk alone.
    """
    article = str(getattr(interaction.namespace, "article", "") or "")

    def find(view: View) -> Choices:
        edited = _list_edited(dispatcher, interaction, view) if is_editing else None
        if edited is not None:
            named = find_articles(Library(tuple(edited)), article) if article.strip() else edited
            return _choose(typed, _section_candidates(named))
        if article.strip():
            articles = find_articles(view.library, article)
            return _choose(typed, _section_candidates(articles))
        return _choose(typed, find_candidates(view.answerer).sections)

    return await dispatcher.autocomplete(interaction, find, is_editing=is_editing)


def find_candidates(answerer: Answerer) -> LibraryCandidates:
    """Give what an answerer's library has to choose from; made once for each answerer."""
    candidates = _CANDIDATES.get(answerer)
    if candidates is None:
        candidates = _make_candidates(answerer.library)
        _CANDIDATES[answerer] = candidates
    return candidates


def _make_candidates(library: Library) -> LibraryCandidates:
    articles = _article_candidates(library.articles)
    headings = {}
    for _, section in library.sections():
        heading = section.heading
        if heading:
            question = shorten(heading, _MOST_CHARACTERS)
            headings[heading, question] = fold_name(heading)
    sections = _section_candidates(library.articles)
    return LibraryCandidates(articles, sections, headings)


def _list_edited(
    dispatcher: Dispatcher, interaction: discord.Interaction, view: View
) -> Sequence[Article] | None:
    """List the articles of a server's own folder that somebody may read; None where all are.

    The common ones are no more to be edited there.
    """
    guild_id = interaction.guild_id or 0
    if dispatcher.bases.find_own(guild_id) is None:
        return None
    base = dispatcher.bases.open_own(guild_id)
    if base is None:
        return ()
    return view.find_among(base.library.articles)


def _article_candidates(articles: Sequence[Article]) -> Candidates:
    """Give the titles of articles."""
    return {
        (article.title, name_article(article)): fold_name(article.title) for article in articles
    }


def _section_candidates(articles: Sequence[Article]) -> Candidates:
    """Give the headings of articles; one that occurs more than once has its article's title.

    The text in front of the first heading goes by the name under which lists show it.
    """
    sections = [
        (article, section, section.heading or cards.OPENING())
        for article in articles
        for section in article.sections
    ]
    times = Counter(name for _, _, name in sections)
    candidates = {}
    for article, section, heading in sections:
        name = heading
        if times[heading] > 1:
            name = f"{heading} · {article.title}"
        candidates[name, name_place(article, section)] = fold_name(name)
    return candidates


def _choose(typed: str, candidates: Candidates) -> Choices:
    """Choose names that hold what was typed, then those that are spelled alike."""
    folded = fold_typed(typed[:_MOST_CHARACTERS])
    named = list(candidates)
    if not folded:
        return _make_choices(named[:_MOST_CHOICES])
    names = list(candidates.values())
    holding = (index for index, name in enumerate(names) if folded in name)
    chosen = list(islice(holding, _MOST_CHOICES))
    if len(chosen) < _MOST_CHOICES:
        alike = _find_alike(folded, names)
        different = dict.fromkeys([*chosen, *alike])
        chosen = list(different)[:_MOST_CHOICES]
    return _make_choices([named[index] for index in chosen])


def _find_alike(folded: str, names: Sequence[str]) -> list[int]:
    """Give the indices of at most 25 names that are spelled like what was typed, best first."""
    # It takes 3 MB, so it is imported when somebody types.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    # Of RapidFuzz's ways to compare one with many, this lets the event loop go on meanwhile.
    (scores,) = process.cdist(  # float64, (names,)
        [folded], names, scorer=fuzz.WRatio, score_cutoff=_LEAST_SCORE, dtype=np.float64
    )
    # Stable: among equals, the order of the articles.
    best_first = (-scores).argsort(kind="stable")  # int64, (names,)
    return [int(index) for index in best_first[:_MOST_CHOICES] if scores[index]]


def _make_choices(named: Sequence[tuple[str, str]]) -> Choices:
    """Make choices that all look different.

    Those that would not begin with their values, or with their numbers.
    """
    values: dict[str, str] = {}
    for number, (name, value) in enumerate(named, 1):
        for label in (name, f"{value} · {name}", f"{number} · {name}"):
            shown = shorten(label, _MOST_CHARACTERS)
            if shown and shown not in values:
                values[shown] = value
                break
    return [app_commands.Choice(name=name, value=value) for name, value in values.items()]
