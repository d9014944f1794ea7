"""Looking around: /summary, /articles, /sections, /read, /quote, and what is offered while somebody types."""

import asyncio
import time
from collections import Counter as Counts
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import discord
from discord import app_commands
from rapidfuzz import fuzz, process

from bot.answers.browse import choose_sections, find_articles, name_place
from bot.answers.summary import summarise_places
from bot.chat.buttons import shorten
from bot.chat.counter import Counter
from bot.chat.layout import PLAIN, fit, weigh
from bot.chat.library_cards import (
    make_articles_card,
    make_quotation_card,
    make_reading_card,
    make_sections_card,
    make_summary_card,
)
from bot.chat.reply import Reply
from bot.search.terms import find_words, fold

_MOST_CHOICES = 25
_MOST_CHARACTERS = 100
NO_ARTICLES = "There are no articles yet."
_MOST_QUOTED = 3_000
# A card holds 40 components.
_MOST_SUMMARIES = 30

Choices = list[app_commands.Choice[str]]
Name = app_commands.Range[str, 0, _MOST_CHARACTERS]


def add_browse(tree: app_commands.CommandTree[Any], counter: Counter) -> None:
    """Add /summary, /sections, /articles, /read and /quote to the commands."""

    async def articles(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_article(counter, interaction, typed)

    async def sections(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_section(counter, interaction, typed)

    @tree.command(name="summary", description="The most telling sentences of a section, or a line or two of each")
    @app_commands.describe(section="Which section (all, if left out)", article="Of which article")
    @app_commands.autocomplete(section=sections, article=articles)
    async def summary(interaction: discord.Interaction, section: Name = "", article: Name = "") -> None:
        asker = interaction.user.id
        await counter.serve_interaction(
            interaction, lambda: show_summary(counter, article, section, asker), is_question=True
        )

    @tree.command(name="articles", description="Which articles there are; choose one to see its sections")
    async def list_articles(interaction: discord.Interaction) -> None:
        await counter.serve_interaction(
            interaction, lambda: Reply(card=make_articles_card(counter.desk.library.articles, 0), is_private=True)
        )

    @tree.command(name="sections", description="What the articles are divided into; choose a section to read it")
    @app_commands.describe(article="Of which article (all, if left out)")
    @app_commands.autocomplete(article=articles)
    async def list_sections(interaction: discord.Interaction, article: Name = "") -> None:
        await counter.serve_interaction(interaction, lambda: show_sections(counter, article))

    @tree.command(name="read", description="Read a section, page by page; only you see it")
    @app_commands.describe(section="Which section", article="Of which article")
    @app_commands.autocomplete(section=sections, article=articles)
    async def read(interaction: discord.Interaction, section: Name, article: Name = "") -> None:
        await counter.serve_interaction(interaction, lambda: show_section(counter, article, section))

    @tree.command(name="quote", description="Check whether a text stands in the articles, word for word")
    @app_commands.describe(text="What somebody says is a quotation from the articles")
    async def quote(interaction: discord.Interaction, text: app_commands.Range[str, 1, _MOST_QUOTED]) -> None:
        await counter.serve_interaction(
            interaction, lambda: check_quotation(counter, interaction, text), is_question=True
        )


def show_summary(counter: Counter, article: str, section: str, asker: int) -> Reply:
    """Sum up what was named; a question back where that is not clear."""
    places, question = choose_sections(counter.desk.library, article, section)
    if question or not places:
        return Reply(fit(question or NO_ARTICLES, PLAIN), is_private=True)
    return Reply(card=make_summary_card(summarise_places(places[:_MOST_SUMMARIES]), len(places), asker))


def show_sections(counter: Counter, article: str) -> Reply:
    """List the sections of what was named."""
    found = find_articles(counter.desk.library, article)
    if not found:
        return Reply("There is no such article." if article else NO_ARTICLES, is_private=True)
    return Reply(card=make_sections_card(found, 0), is_private=True)


def show_section(counter: Counter, article: str, section: str) -> Reply:
    """Open a section at its beginning; a question back where it is not clear which."""
    places, question = choose_sections(counter.desk.library, article, section)
    if question or not places:
        return Reply(fit(question or NO_ARTICLES, PLAIN), is_private=True)
    return Reply(card=make_reading_card(*places[0], 0, None), is_private=True)


def check_quotation(counter: Counter, interaction: discord.Interaction, text: str) -> Reply:
    """Say whether a text stands in the articles."""
    check = counter.desk.check_quotation(text)
    nearest = counter.desk.answer(text).closest if check.kind == "not found" else ()
    card = make_quotation_card(check, nearest, can_share=can_share(interaction))
    return Reply(card=card, is_private=True)


def can_share(interaction: discord.Interaction) -> bool:
    """Say whether a public answer is possible: some servers keep the apps that members bring along private."""
    return (
        interaction.guild_id is None or interaction.is_guild_integration() or interaction.permissions.use_external_apps
    )


async def complete_article(counter: Counter, _: discord.Interaction, typed: str) -> Choices:
    """Offer titles of articles, forgiving typing errors; what is sent back is the article's id."""
    named = [(article.title, article.id) for article in counter.desk.library.articles]
    return await asyncio.to_thread(_nearest, typed, named)


async def complete_question(counter: Counter, interaction: discord.Interaction, typed: str) -> Choices:
    """Offer what the asker asked before, then headings; what is sent back is what is shown."""

    def find() -> Choices:
        earlier = counter.earlier.recall(interaction.user.id, time.monotonic())
        headings = [section.heading for _, section in counter.desk.library.sections() if section.heading]
        named = [(text, text) for text in dict.fromkeys([*earlier, *headings])]
        return _nearest(typed, named)

    return await asyncio.to_thread(find)


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
        shown = shorten(name, _MOST_CHARACTERS)
        if shown in values:
            shown = shorten(f"{value} · {name}", _MOST_CHARACTERS)
        if shown and weigh(value) <= _MOST_CHARACTERS:
            values.setdefault(shown, value)
    return [app_commands.Choice(name=name, value=value) for name, value in values.items()]


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    return " ".join(map(fold, find_words(text)))
