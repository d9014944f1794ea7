"""The menu and the buttons by which it is chosen of which articles a channel answers."""

from dataclasses import replace

from bot.articles.chosen import count_choices
from bot.chat.channel_settings import Value
from bot.chat.commands.channel_settings import find_panel, refuse, warn_of_gone
from bot.chat.handlers.actions import NUMBER, USER_ID, ActionContext, ActionTable, private
from bot.chat.handlers.setting_menus import save
from bot.chat.kept_settings import Choose
from bot.chat.reply import Reply, Response, Update
from bot.chat.ui.choice_card import choice_id, make_choice_card
from bot.chat.ui.setting_cards import Panel
from bot.texts import replies

ACTIONS = ActionTable()


@ACTIONS.action("articles_from", channel=USER_ID, page=NUMBER)
async def show(context: ActionContext) -> Response:
    """Show what is chosen, and what can be."""
    return await _show(context)


@ACTIONS.action("choose_article", channel=USER_ID, page=NUMBER, is_menu=True)
async def choose(context: ActionContext) -> Response:
    """Add a file or a folder to those that are chosen, or leave it out."""
    panel = await _open(context)
    if isinstance(panel, Reply):
        return panel
    counts = await _count(context, panel)
    named = {choice_id(name): name for name in counts}
    name = named.get(context.chosen)
    if name is None:
        return private(replies.OLD_BUTTON())

    def add_or_leave_out(held: Value) -> Value | None:
        chosen = set(held if isinstance(held, tuple) else ()) ^ {name}
        return tuple(sorted(chosen)) or None

    return await _save(context, add_or_leave_out)


@ACTIONS.action("all_articles", channel=USER_ID)
async def choose_all(context: ActionContext) -> Response:
    """Answer of all articles, also where some are chosen for the category or the server."""
    panel = await _open(context)
    if isinstance(panel, Reply):
        return panel
    nothing: Value | None = () if panel.upper.values.articles else None
    return await _save(context, lambda _: nothing)


async def _open(context: ActionContext) -> Panel | Reply:
    """Give the panel of the place of a press; a refusal to those who may not set anything."""
    refusal = await refuse(context.dispatcher, context.interaction)
    channel_id = int(context.arguments["channel"])
    return refusal or find_panel(context.dispatcher, context.interaction, channel_id)


async def _save(context: ActionContext, choose: Choose) -> Response:
    saved = await save(context, int(context.arguments["channel"]), "articles", choose)
    return await _show(context) if isinstance(saved, Update) else saved


async def _show(context: ActionContext) -> Response:
    panel = await _open(context)
    if isinstance(panel, Reply):
        return panel
    counts = await _count(context, panel)
    held = panel.held.values
    warnings = tuple(warn_of_gone(context.dispatcher, panel.place.guild_id, held))
    panel = replace(panel, warnings=warnings)
    page = int(context.arguments.get("page", 0))
    return Update(make_choice_card(panel, counts, page))


async def _count(context: ActionContext, panel: Panel) -> dict[str, int]:
    """Count the articles of what is chosen, and of all that the one who chooses may read."""
    view = await context.dispatcher.find_view(context.interaction)
    counts = count_choices(article.file for article in view.library.articles)
    chosen = {name: counts.get(name, 0) for name in panel.held.values.articles}
    return {**chosen, **counts}
