"""Looking around: /summary, /articles, /sections, /read, /quote, and what is offered while somebody types."""

import time
from collections import Counter as Counts
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

import discord
import numpy as np
from discord import app_commands
from rapidfuzz import fuzz, process

from bot.answers.answerer import Answerer
from bot.answers.lookup import choose_sections, find_articles, fold_name, fold_typed, name_place
from bot.answers.summary import summarise_places
from bot.articles.model import Article
from bot.chat.dispatcher import Dispatcher
from bot.chat.interactions import Choices
from bot.chat.reply import Reply
from bot.chat.ui.components import shorten
from bot.chat.ui.layout import PLAIN, fit, weigh
from bot.chat.ui.library_cards import (
    MOST_SUMMARIES,
    make_articles_card,
    make_reading_card,
    make_sections_card,
    make_summary_card,
)
from bot.chat.ui.quotation_cards import make_quotation_card

_MOST_CHOICES = 25
_MOST_CHARACTERS = 100
_NEAR = 60
NO_ARTICLES = "There are no articles yet."
_MOST_QUOTED = 3_000

Name = app_commands.Range[str, 0, _MOST_CHARACTERS]
# What can be chosen, name and value, to its name as it is compared.
Offer = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Offers:
    """What one library has to offer."""

    articles: Offer
    sections: Offer
    headings: Offer


# Strings alone, so that no library is kept that is served no more.
_OFFERS: WeakKeyDictionary[Answerer, Offers] = WeakKeyDictionary()


def add_browse(tree: app_commands.CommandTree[Any], dispatcher: Dispatcher) -> None:
    """Add /summary, /sections, /articles, /read and /quote to the commands."""

    async def articles(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_article(dispatcher, interaction, typed)

    async def sections(interaction: discord.Interaction, typed: str) -> Choices:
        return await complete_section(dispatcher, interaction, typed)

    @tree.command(
        name="summary",
        description="The most telling sentences of a section, or a line or two of each",
    )
    @app_commands.describe(section="Which section (all, if left out)", article="Of which article")
    @app_commands.autocomplete(section=sections, article=articles)
    async def summary(
        interaction: discord.Interaction, section: Name = "", article: Name = ""
    ) -> None:
        asker = interaction.user.id
        await dispatcher.serve_interaction(
            interaction,
            lambda: show_summary(dispatcher, article, section, asker),
            is_question=True,
            is_private=False,
        )

    @tree.command(
        name="articles", description="Which articles there are; choose one to see its sections"
    )
    async def list_articles(interaction: discord.Interaction) -> None:
        await dispatcher.serve_interaction(
            interaction,
            lambda: Reply(
                card=make_articles_card(dispatcher.knowledge_base.library.articles, 0),
                is_private=True,
            ),
        )

    @tree.command(
        name="sections",
        description="What the articles are divided into; choose a section to read it",
    )
    @app_commands.describe(article="Of which article (all, if left out)")
    @app_commands.autocomplete(article=articles)
    async def list_sections(interaction: discord.Interaction, article: Name = "") -> None:
        await dispatcher.serve_interaction(interaction, lambda: show_sections(dispatcher, article))

    @tree.command(name="read", description="Read a section, page by page; only you see it")
    @app_commands.describe(section="Which section", article="Of which article")
    @app_commands.autocomplete(section=sections, article=articles)
    async def read(interaction: discord.Interaction, section: Name, article: Name = "") -> None:
        await dispatcher.serve_interaction(
            interaction, lambda: show_section(dispatcher, article, section)
        )

    @tree.command(
        name="quote", description="Check whether a text stands in the articles, word for word"
    )
    @app_commands.describe(text="What somebody says is a quotation from the articles")
    async def quote(
        interaction: discord.Interaction, text: app_commands.Range[str, 1, _MOST_QUOTED]
    ) -> None:
        await dispatcher.serve_interaction(
            interaction, lambda: check_quotation(dispatcher, interaction, text), is_question=True
        )


def show_summary(dispatcher: Dispatcher, article: str, section: str, asker: int) -> Reply:
    """Sum up what was named; a question back where that is not clear."""
    places, question = choose_sections(dispatcher.knowledge_base.library, article, section)
    if question or not places:
        return Reply(fit(question or NO_ARTICLES, PLAIN), is_private=True)
    return Reply(
        card=make_summary_card(summarise_places(places[:MOST_SUMMARIES]), len(places), asker)
    )


def show_sections(dispatcher: Dispatcher, article: str) -> Reply:
    """List the sections of what was named."""
    found = find_articles(dispatcher.knowledge_base.library, article)
    if not found:
        return Reply("There is no such article." if article else NO_ARTICLES, is_private=True)
    return Reply(card=make_sections_card(found, 0), is_private=True)


def show_section(dispatcher: Dispatcher, article: str, section: str) -> Reply:
    """Open a section at its beginning; a question back where it is not clear which."""
    places, question = choose_sections(dispatcher.knowledge_base.library, article, section)
    if question or not places:
        return Reply(fit(question or NO_ARTICLES, PLAIN), is_private=True)
    return Reply(card=make_reading_card(*places[0], 0, None), is_private=True)


def check_quotation(dispatcher: Dispatcher, interaction: discord.Interaction, text: str) -> Reply:
    """Say whether a text stands in the articles."""
    check = dispatcher.knowledge_base.check_quotation(text)
    nearest = dispatcher.knowledge_base.answer(text).closest if check.kind == "not found" else ()
    card = make_quotation_card(check, nearest, can_share=can_share(interaction))
    return Reply(card=card, is_private=True)


def can_share(interaction: discord.Interaction) -> bool:
    """Say whether a public answer is possible: some servers keep the apps that members bring along private."""
    return (
        interaction.guild_id is None
        or interaction.is_guild_integration()
        or interaction.permissions.use_external_apps
    )


async def complete_article(
    dispatcher: Dispatcher, interaction: discord.Interaction, typed: str
) -> Choices:
    """Offer titles of articles, forgiving typing errors; what is sent back is the article's id."""
    return await dispatcher.autocomplete(
        interaction,
        lambda: _nearest(typed, find_offers(dispatcher.knowledge_base.answerer).articles),
    )


async def complete_question(
    dispatcher: Dispatcher, interaction: discord.Interaction, typed: str
) -> Choices:
    """Offer what the asker asked before, then headings; what is sent back is what is shown."""

    def find() -> Choices:
        recent_questions = dispatcher.recent_questions.recall(interaction.user.id, time.monotonic())
        headings = find_offers(dispatcher.knowledge_base.answerer).headings
        return _nearest(
            typed, {(text, text): fold_typed(text) for text in recent_questions} | headings
        )

    return await dispatcher.autocomplete(interaction, find)


async def complete_section(
    dispatcher: Dispatcher, interaction: discord.Interaction, typed: str
) -> Choices:
    """Offer headings, of the article that was chosen already if one was; what is sent back is a place."""
    chosen = str(getattr(interaction.namespace, "article", "") or "")

    def find() -> Choices:
        if not chosen.strip():
            return _nearest(typed, find_offers(dispatcher.knowledge_base.answerer).sections)
        return _nearest(
            typed, _offer_sections(find_articles(dispatcher.knowledge_base.library, chosen))
        )

    return await dispatcher.autocomplete(interaction, find)


def find_offers(answerer: Answerer) -> Offers:
    """Give what a librarian's library has to offer; it is put together once, and goes with the librarian."""
    if answerer not in _OFFERS:
        library = answerer.library
        _OFFERS[answerer] = Offers(
            {(one.title, one.id): fold_name(one.title) for one in library.articles},
            _offer_sections(library.articles),
            {
                (part.heading, part.heading): fold_name(part.heading)
                for _, part in library.sections()
                if part.heading
            },
        )
    return _OFFERS[answerer]


def _offer_sections(articles: Sequence[Article]) -> Offer:
    sections = [
        (article, section)
        for article in articles
        for section in article.sections
        if section.heading
    ]
    times = Counts(section.heading for _, section in sections)
    names = [
        f"{part.heading} · {one.title}" if times[part.heading] > 1 else part.heading
        for one, part in sections
    ]
    return {
        (name, name_place(*place)): fold_name(name)
        for name, place in zip(names, sections, strict=True)
    }


def _nearest(typed: str, offer: Offer) -> Choices:
    """Offer at most 25 names: those that hold what was typed first, then those nearest in spelling."""
    wanted = fold_typed(typed[:_MOST_CHARACTERS])
    if not wanted:
        return _make_choices(list(islice(offer, _MOST_CHOICES)))
    places = list(
        islice(
            (place for place, name in enumerate(offer.values()) if wanted in name), _MOST_CHOICES
        )
    )
    if len(places) < _MOST_CHOICES:
        places = list(
            dict.fromkeys([*places, *_nearest_in_spelling(wanted, list(offer.values()))])
        )[:_MOST_CHOICES]
    named = list(offer)
    return _make_choices([named[place] for place in places])


def _nearest_in_spelling(wanted: str, names: Sequence[str]) -> list[int]:
    """Give the places of at most 25 names, the nearest first."""
    # Of rapidfuzz's ways to compare one with many, this lets the event loop go on meanwhile.
    (scores,) = process.cdist(
        [wanted], names, scorer=fuzz.WRatio, score_cutoff=_NEAR, dtype=np.float64
    )
    return [
        int(place) for place in (-scores).argsort(kind="stable")[:_MOST_CHOICES] if scores[place]
    ]


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
