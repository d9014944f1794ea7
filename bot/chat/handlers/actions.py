"""The actions of buttons, menus and modals: each is declared beside its handler.

A custom id is the name of an action and its arguments. A module of handlers has a table of actions
and declares each one with its arguments, in the order of the custom id, and their patterns::

    ACTIONS = ActionTable()

    @ACTIONS.action("turn", section=ID, page=NUMBER)
    def turn(context: ActionContext) -> Response:
        page = int(context.arguments["page"])

``handlers.components`` joins the tables and serves what comes in. A card makes the button with
``make_button(label, "turn", section, page)``. The idea is that of ``aiohttp.web.RouteTableDef``,
and of the templates of ``discord.ui.DynamicItem``.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

import discord

from bot.chat.dispatcher import Dispatcher
from bot.chat.readers import Readers
from bot.chat.reply import Reply, Response
from bot.chat.ui.components import ComponentPress
from bot.view import View

# Patterns of arguments: regular expressions that match an argument from end to end.
# Of a passage, a section or an article.
ID = "[0-9a-f]{12}"
OPTIONAL_ID = f"(?:{ID})?"
# Several passages.
IDS = rf"{ID}(?:\.{ID}){{0,5}}"
OPTIONAL_IDS = f"(?:{IDS})?"
NUMBER = "[0-9]{1,9}"
OPTIONAL_NUMBER = f"(?:{NUMBER})?"
# A snowflake of Discord.
USER_ID = "[0-9]{1,20}"
# Who asked, and what came first before.
ASKED = rf"{USER_ID}(?:\.[0-9a-f]{{16}})?"
# The beginning of the SHA-256 of a file.
SHA = "[0-9a-f]{8}"


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What a handler is given: who pressed what, and the arguments of the custom id by name.

    ``readers`` are who pressed, and everybody who can read there.
    """

    dispatcher: Dispatcher
    interaction: discord.Interaction
    press: ComponentPress
    arguments: Mapping[str, str]
    readers: Readers

    @property
    def view(self) -> View:
        """What the one who pressed may read, for private replies; not for the event loop."""
        return self.dispatcher.view(self.readers.own)

    @property
    def view_for_all(self) -> View:
        """What everybody may read who can read there; not for the event loop."""
        return self.dispatcher.view(self.readers.everybody)

    @property
    def view_of_card(self) -> View:
        """What all may read who see the card that was pressed, for what takes its place."""
        is_private = self.message is not None and self.message.flags.ephemeral
        return self.view if is_private else self.view_for_all

    @property
    def message(self) -> discord.Message | None:
        """The message that was pressed."""
        return self.interaction.message

    @property
    def user_id(self) -> int:
        """The id of the user who pressed."""
        return self.interaction.user.id

    @property
    def is_modal(self) -> bool:
        """Whether a modal was submitted."""
        return self.interaction.type is discord.InteractionType.modal_submit

    @property
    def chosen(self) -> str:
        """What was chosen in a menu, or typed into a modal."""
        return self.press.values[0]


# A plain function computes, in a thread when its turn comes; a coroutine goes on at once.
Handler = Callable[[ActionContext], Response | Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Action:
    """What happens on a press: a name, the patterns of its arguments in order, and a handler.

    ``is_menu``: something is chosen. ``opens_modal``: a modal with the same custom id comes back.
    ``is_of_command``: a modal with this custom id comes back from a command. ``is_editing``: one
    comes back that changes the articles. Neither asks a question.
    """

    name: str
    handler: Handler
    patterns: Mapping[str, str]
    is_menu: bool = False
    opens_modal: bool = False
    is_of_command: bool = False
    is_editing: bool = False

    @property
    def asks_nothing(self) -> bool:
        """Whether a modal that comes back is no question."""
        return self.is_of_command or self.is_editing

    def parse(self, press: ComponentPress) -> dict[str, str] | None:
        """Give the arguments of a press by name; None where they do not match the patterns."""
        if len(press.arguments) != len(self.patterns):
            return None
        if self.is_menu and not press.values:
            return None
        named = dict(zip(self.patterns, press.arguments, strict=True))
        for name, pattern in self.patterns.items():
            if re.fullmatch(pattern, named[name]) is None:
                return None
        return named


class ActionTable:
    """Actions by name."""

    def __init__(self, *tables: "ActionTable") -> None:
        """Take in the actions of other tables; raises ValueError where two have the same name."""
        self._actions: dict[str, Action] = {}
        for table in tables:
            for action in table:
                self._add(action)

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())

    def action(
        self,
        name: str,
        *,
        is_menu: bool = False,
        opens_modal: bool = False,
        is_of_command: bool = False,
        is_editing: bool = False,
        **patterns: str,
    ) -> Callable[[Handler], Handler]:
        """Declare an action whose handler is decorated; ``patterns`` are its arguments in order."""

        def declare(handler: Handler) -> Handler:
            action = Action(
                name,
                handler,
                patterns,
                is_menu=is_menu,
                opens_modal=opens_modal,
                is_of_command=is_of_command,
                is_editing=is_editing,
            )
            self._add(action)
            return handler

        return declare

    def find(self, name: str) -> Action | None:
        """Give the action of a name; None where there is none."""
        return self._actions.get(name)

    def _add(self, action: Action) -> None:
        if action.name in self._actions:
            raise ValueError(f"two actions have the name {action.name!r}")
        self._actions[action.name] = action


def private(text: str) -> Reply:
    """Say something to the one who pressed alone."""
    return Reply(text, is_private=True)
