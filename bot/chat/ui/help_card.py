"""The help as a card: how to ask, examples, and the commands with what they do.

In: examples, and commands with their descriptions. Out: a card.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.ui.components import make_button, make_row
from bot.chat.ui.layout import LINE, Card, fit
from bot.texts import notices, replies, servers

# A longer name of a server is cut.
_SERVER = 100


@dataclass(frozen=True, slots=True)
class DirectMessages:
    """Whether direct messages can be opened for the server here, or ``about`` which they are."""

    can_open: bool = False
    about: str = ""


# The name of a command, and what it does.
HelpLine = tuple[str, str]


def make_help_card(
    examples: Sequence[str],
    commands: Sequence[HelpLine],
    curating: Sequence[HelpLine],
    direct: DirectMessages,
) -> Card:
    """Tell how to ask; ``curating`` are the commands for those who look after the articles."""
    blocks: list[str] = [replies.HOW_TO_ASK()]
    if examples:
        shown = [f"- {fit(example, LINE)}" for example in examples]
        blocks.append("\n".join([notices.HELP_EXAMPLES(), *shown, notices.HELP_REQUESTS()]))
    blocks.append("\n".join([notices.HELP_COMMANDS(), *map(_show, commands)]))
    blocks.append(notices.HELP_MENU(menu=replies.FIND_PASSAGE_MENU()))
    if curating:
        blocks.append("\n".join([notices.HELP_CURATING(), *map(_show, curating)]))
    if direct.about:
        blocks.append(servers.DIRECT_ABOUT(server=fit(direct.about, _SERVER)))
        return Card(blocks, make_row(make_button(servers.CLOSE_DIRECT(), "direct_off")))
    if direct.can_open:
        return Card(blocks, make_row(make_button(servers.OPEN_DIRECT(), "direct")))
    return Card(blocks)


def _show(line: HelpLine) -> str:
    command, description = line
    return notices.HELP_LINE(command=command, description=description)
