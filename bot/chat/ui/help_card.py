"""The help as a card: how to ask, examples, and the commands with what they do.

In: examples, and commands with their descriptions. Out: a card.
"""

from collections.abc import Sequence

from bot.chat.ui.layout import LINE, Card, fit
from bot.texts import notices, replies

# The name of a command, and what it does.
HelpLine = tuple[str, str]


def make_help_card(
    examples: Sequence[str], commands: Sequence[HelpLine], curating: Sequence[HelpLine]
) -> Card:
    """Tell how to ask; ``curating`` are the commands for those who look after the articles."""
    blocks: list[str] = [replies.HOW_TO_ASK]
    if examples:
        shown = [f"- {fit(example, LINE)}" for example in examples]
        blocks.append("\n".join([notices.HELP_EXAMPLES, *shown, notices.HELP_REQUESTS]))
    blocks.append("\n".join([notices.HELP_COMMANDS, *map(_show, commands)]))
    blocks.append(notices.HELP_MENU(menu=replies.FIND_PASSAGE_MENU))
    if curating:
        blocks.append("\n".join([notices.HELP_CURATING, *map(_show, curating)]))
    return Card(blocks)


def _show(line: HelpLine) -> str:
    command, description = line
    return notices.HELP_LINE(command=command, description=description)
