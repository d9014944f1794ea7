"""The card on which it is chosen of which articles a channel answers.

In: the panel of a place, and what can be chosen there. Out: a card with a menu, in which whatever
is chosen is added, or left out if it was there.
"""

from collections.abc import Mapping
from hashlib import blake2b

from bot.articles.chosen import is_folder
from bot.chat.ui.components import join_id, make_button, make_menu, make_page_row, make_row
from bot.chat.ui.layout import Card, clamp_page, count_pages
from bot.chat.ui.setting_cards import Panel, list_warnings, make_head, make_line
from bot.texts import channel_settings as texts
from bot.texts import common

# Discord's limit of a menu.
_OPTIONS = 25
_ID_BYTES = 6


def make_choice_card(panel: Panel, counts: Mapping[str, int], page: int) -> Card:
    """Show of which articles a place answers; ``counts`` says how many each choice has."""
    chosen = panel.held.values.articles
    pages = count_pages(len(counts), _OPTIONS)
    page = clamp_page(page, pages)
    options = [
        _make_option(name, count, is_chosen=name in chosen)
        for name, count in list(counts.items())[page * _OPTIONS : (page + 1) * _OPTIONS]
    ]
    channel_id = panel.place.channel_id
    rows = make_page_row("articles_from", page, pages, before=[str(channel_id)])
    rows += make_row(
        make_button(texts.CHOOSE_ALL(), "all_articles", channel_id) if chosen else None,
        make_button(texts.ALL_SETTINGS(), "settings_panel", channel_id),
    )
    if options:
        menu_id = join_id("choose_article", channel_id, page)
        rows.insert(0, make_menu(texts.CHOICE_PLACEHOLDER(), menu_id, options))
    blocks = [make_head(panel), make_line(panel, "articles"), list_warnings(panel)]
    return Card(filter(None, [*blocks, texts.CHOICE_HINT()]), rows)


def _make_option(name: str, count: int, *, is_chosen: bool) -> tuple[str, str, str]:
    described = common.ARTICLES(count) if is_folder(name) else ""
    if not count:
        described = texts.NO_CHOICE()
    label = texts.CHOSEN_OPTION(name=name) if is_chosen else name
    return label, described, choice_id(name)


def choice_id(name: str) -> str:
    """Give what stands for a file or a folder in a menu, however long its name is."""
    name_bytes = name.encode("utf-8", "surrogatepass")
    return blake2b(name_bytes, digest_size=_ID_BYTES).hexdigest()
