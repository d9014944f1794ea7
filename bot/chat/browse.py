"""Looking around: /summary, /sections, and the names that are offered while somebody types."""

import asyncio
from collections import Counter as Counts
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import discord
from discord import app_commands
from rapidfuzz import fuzz, process

from bot.answers.browse import choose_sections, find_articles, name_place
from bot.answers.summary import summarise_places
from bot.chat.cards import fit, make_sections_card, make_summary_card, weigh
from bot.chat.counter import Counter, Reply
from bot.chat.escape import visible_text
from bot.search.terms import find_words, fold

_MOST_CHOICES = 25
_MOST_CHARACTERS = 100
# A card holds 40 components.
_MOST_SUMMARIES = 30

Choices = list[app_commands.Choice[str]]
Name = app_commands.Range[str, 0, _MOST_CHARACTERS]


def add_browse(tree: app_commands.CommandTree[Any], counter: Counter) -> None:
    """Add /summary and /sections to the commands."""

    async def articles(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_article(counter, interaction, typed)

    async def sections(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_section(counter, interaction, typed)

    @tree.command(name="summary", description="The most telling sentences of a section, or a line or two of each")
    @app_commands.describe(section="Which section (all, if left out)", article="Of which article")
    @app_commands.autocomplete(section=sections, article=articles)
    async def summary(interaction: discord.Interaction, section: Name = "", article: Name = "") -> None:
        await counter.serve_interaction(interaction, lambda: show_summary(counter, article, section), is_question=True)

    @tree.command(name="sections", description="What the articles are divided into")
    @app_commands.describe(article="Of which article (all, if left out)", section="Its summary instead of the list")
    @app_commands.autocomplete(section=sections, article=articles)
    async def list_sections(interaction: discord.Interaction, article: Name = "", section: Name = "") -> None:
        await counter.serve_interaction(interaction, lambda: show_sections(counter, article, section), is_question=True)


def show_summary(counter: Counter, article: str, section: str) -> Reply:
    """Sum up what was named; a question back where that is not clear."""
    places, question = choose_sections(counter.desk.library, article, section)
    if question or not places:
        return Reply(fit(question or "There are no articles yet.", 1_900), is_private=True)
    return Reply(card=make_summary_card(summarise_places(places[:_MOST_SUMMARIES]), len(places)))


def show_sections(counter: Counter, article: str, section: str) -> Reply:
    """List the sections of what was named, or sum one up."""
    if section:
        return show_summary(counter, article, section)
    found = find_articles(counter.desk.library, article)
    if not found:
        return Reply("There is no such article." if article else "There are no articles yet.", is_private=True)
    return Reply(card=make_sections_card(found))


async def complete_article(counter: Counter, _: discord.Interaction, typed: str) -> Choices:
    """Offer titles of articles, forgiving typing errors; what is sent back is the article's id."""
    named = [(article.title, article.id) for article in counter.desk.library.articles]
    return await asyncio.to_thread(_nearest, typed, named)


async def complete_section(counter: Counter, interaction: discord.Interaction, typed: str) -> Choices:
    """Offer headings, of the article that was chosen already if one was; what is sent back is a place."""
    chosen = str(getattr(interaction.namespace, "article", "") or "")
    return await asyncio.to_thread(lambda: _nearest(typed, _name_sections(counter, chosen)))


def _name_sections(counter: Counter, article: str) -> list[tuple[str, str]]:
    articles = find_articles(counter.desk.library, article)
    sections = [(article, section) for article in articles for section in article.sections if section.heading]
    times = Counts(section.heading for _, section in sections)
    return [
        (f"{part.heading} · {one.title}" if times[part.heading] > 1 else part.heading, name_place(one, part))
        for one, part in sections
    ]


def _nearest(typed: str, named: Sequence[tuple[str, str]]) -> Choices:
    """Offer at most 25 of (name, value): those that hold what was typed first, then those nearest in spelling."""
    # What members type is not kept, not even in a cache.
    wanted = _folded.__wrapped__(typed[:_MOST_CHARACTERS])
    found = list(named[:_MOST_CHOICES])
    if wanted:
        folded = [_folded(name) for name, _ in named]
        places = [place for place, name in enumerate(folded) if wanted in name][:_MOST_CHOICES]
        if len(places) < _MOST_CHOICES:
            near = process.extract(wanted, folded, scorer=fuzz.WRatio, limit=_MOST_CHOICES, score_cutoff=60)
            places = list(dict.fromkeys([*places, *(place for _, _, place in near)]))[:_MOST_CHOICES]
        found = [named[place] for place in places]
    return _make_choices(found)


def _make_choices(named: Sequence[tuple[str, str]]) -> Choices:
    """Make choices of different names; two that would look the same are told apart by their values."""
    values: dict[str, str] = {}
    for name, value in named:
        shown = _shortened(name)
        if shown in values:
            shown = _shortened(f"{value} · {name}")
        if shown and weigh(value) <= _MOST_CHARACTERS:
            values.setdefault(shown, value)
    return [app_commands.Choice(name=name, value=value) for name, value in values.items()]


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    return " ".join(map(fold, find_words(text)))


def _shortened(name: str) -> str:
    """Cut a name to what a choice may show; it is shown as it is, without Markdown."""
    visible = " ".join(visible_text(name).split())
    if weigh(visible) <= _MOST_CHARACTERS:
        return visible
    kept = ""
    for word in visible.split(" "):
        if weigh(f"{kept} {word}") >= _MOST_CHARACTERS:
            break
        kept = f"{kept} {word}".strip()
    return (kept or visible[: _MOST_CHARACTERS // 2 - 1]) + "…"
