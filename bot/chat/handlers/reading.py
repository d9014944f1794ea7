"""Buttons and menus that lead through the articles: lists, and pages of sections."""

from dataclasses import replace

from bot.answers.ids import article_id
from bot.answers.summary import summarise_places
from bot.articles.model import Article
from bot.chat.commands.questions import audience_of
from bot.chat.handlers.actions import (
    ID,
    NUMBER,
    OPTIONAL_ID,
    OPTIONAL_NUMBER,
    ActionContext,
    ActionTable,
    private,
)
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.layout import Card
from bot.chat.ui.library_cards import (
    MOST_SUMMARIES,
    make_articles_card,
    make_reading_card,
    make_sections_card,
    make_summary_card,
)
from bot.texts import replies
from bot.view import View

ACTIONS = ActionTable()


@ACTIONS.action("read", section=ID, page=OPTIONAL_NUMBER, sentence=OPTIONAL_NUMBER)
def read(context: ActionContext) -> Response:
    """Open a section, on a page or where a sentence stands."""
    return _open(_make_page(context, context.view), context.arguments["section"])


@ACTIONS.action("turn", section=ID, page=OPTIONAL_NUMBER, sentence=OPTIONAL_NUMBER)
def turn(context: ActionContext) -> Response:
    """Turn to another page of a section, or to another section."""
    card = _make_page(context, context.view_of_card)
    return private(replies.NO_LONGER_THERE()) if card is None else Update(card)


def _make_page(context: ActionContext, view: View) -> Card | None:
    """Make a page of a section; None where the section is no longer there."""
    arguments = context.arguments
    page = _read_number(arguments["page"])
    sentence = _read_number(arguments["sentence"])
    return _make_page_of(context, view, (arguments["section"], page, sentence))


def _read_number(argument: str) -> int | None:
    return int(argument) if argument else None


def _make_page_of(
    context: ActionContext, view: View, opened: tuple[str, int | None, int | None]
) -> Card | None:
    """Make a page of the section of an id: one by its number, or where a sentence stands."""
    section_id, page, sentence = opened
    place = view.answerer.find_section(section_id)
    if place is None:
        return None
    article, section = place
    has_links = context.dispatcher.settings.links
    return make_reading_card(article, section, page, sentence, has_links=has_links)


@ACTIONS.action("open", is_menu=True)
def open_section(context: ActionContext) -> Response:
    """Open the section that was chosen at its beginning."""
    card = _make_page_of(context, context.view, (context.chosen, 0, None))
    return _open(card, context.chosen)


def _open(card: Card | None, section: str) -> Response:
    """Show a section that was opened, which is counted once."""
    if card is None:
        return private(replies.NO_LONGER_THERE())
    return Reply(card=card, is_private=True, counted=(("read", section),))


@ACTIONS.action("articles", page=NUMBER)
def list_articles(context: ActionContext) -> Response:
    """Turn to another page of the list of articles."""
    articles = context.view_of_card.library.articles
    page = int(context.arguments["page"])
    return Update(make_articles_card(articles, page))


@ACTIONS.action("sections", article=OPTIONAL_ID, page=NUMBER)
def list_sections(context: ActionContext) -> Response:
    """Turn to another page of the list of sections, of one article or of all."""
    articles = _find_articles(context.view_of_card, context.arguments["article"])
    if not articles:
        return private(replies.NO_LONGER_THERE())
    page = int(context.arguments["page"])
    return Update(make_sections_card(articles, page))


@ACTIONS.action("article", is_menu=True)
def open_article(context: ActionContext) -> Response:
    """Open the list of the sections of the article that was chosen."""
    articles = _find_articles(context.view, context.chosen)
    if not articles:
        return private(replies.NO_LONGER_THERE())
    return Reply(card=make_sections_card(articles, 0), is_private=True)


@ACTIONS.action("summary", article=ID)
def sum_up(context: ActionContext) -> Response:
    """Sum up the article that was chosen."""
    articles = _find_articles(context.view, context.arguments["article"])
    places = [(article, section) for article in articles for section in article.sections]
    if not places:
        return private(replies.NO_LONGER_THERE())
    summaries = summarise_places(places[:MOST_SUMMARIES])
    audience = audience_of(context.dispatcher, context.interaction, is_private=True)
    may_share = audience.can_share and context.view_for_all.has(articles)
    audience = replace(audience, can_share=may_share)
    card = make_summary_card(summaries, len(places), audience)
    return Reply(card=card, is_private=True)


def _find_articles(view: View, name: str) -> list[Article]:
    """Give the article of an id; all of them without one."""
    return [article for article in view.library.articles if not name or article_id(article) == name]
