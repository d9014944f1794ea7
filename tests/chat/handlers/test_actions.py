"""Actions: declared once, found by name, with arguments that match their patterns."""

import pytest

from bot.chat.handlers.actions import ID, NUMBER, ActionContext, ActionTable, private
from bot.chat.handlers.components import ACTIONS
from bot.chat.reply import Response
from bot.chat.ui.components import ComponentPress, join_id, split_id


def answer(_: ActionContext) -> Response:
    """Answer any press."""
    return private("done")


def make_table(name: str) -> ActionTable:
    """Make a table of one action with two arguments."""
    table = ActionTable()
    assert table.action(name, section=ID, page=NUMBER)(answer) is answer
    return table


def test_arguments_have_names() -> None:
    """The arguments of a custom id come under the names of the declaration, in its order."""
    action = ActionTable(make_table("turn")).find("turn")
    assert action is not None
    assert action.handler is answer
    assert action.parse(ComponentPress("turn", ("0" * 12, "7"))) == {
        "section": "0" * 12,
        "page": "7",
    }


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("0" * 12,),
        ("0" * 12, "7", "8"),
        ("7", "0" * 12),
        ("0" * 12, ""),
        ("0" * 12, "7\n"),
        ("0" * 12, "x7"),
    ],
)
def test_other_arguments_are_refused(arguments: tuple[str, ...]) -> None:
    """Too few, too many, in another order, or not of the pattern from end to end."""
    action = make_table("turn").find("turn")
    assert action is not None
    assert action.parse(ComponentPress("turn", arguments)) is None


def test_a_menu_needs_a_choice() -> None:
    """What is to be chosen in a menu is no action without a choice."""
    table = ActionTable()
    table.action("open", is_menu=True)(answer)
    action = table.find("open")
    assert action is not None
    assert action.parse(ComponentPress("open", ())) is None
    assert action.parse(ComponentPress("open", (), ("0" * 12,))) == {}


def test_a_name_is_declared_once() -> None:
    """Neither one table nor two that are joined may have an action twice."""
    table = make_table("turn")
    with pytest.raises(ValueError, match="'turn'"):
        table.action("turn")(answer)
    with pytest.raises(ValueError, match="'turn'"):
        ActionTable(make_table("turn"), make_table("turn"))
    assert [action.name for action in ActionTable(make_table("turn"), make_table("leaf"))] == [
        "turn",
        "leaf",
    ]


def test_an_unknown_name_has_no_action() -> None:
    """Nothing is found for what no module declares."""
    assert ACTIONS.find("no-such-action") is None
    assert ACTIONS.find("") is None


def test_few_buttons_open_a_modal() -> None:
    """A modal that is submitted for any other action is refused before its handler runs."""
    opening = sorted(action.name for action in ACTIONS if action.opens_modal)
    assert opening == [
        "edit_body", "edit_fields", "follow", "gap_link", "gap_means", "gap_write", "settings_import",
    ]  # fmt: skip


@pytest.mark.parametrize("arguments", [(), ("",), ("a",), ("a", "", "7")])
def test_a_custom_id_is_split_as_it_was_joined(arguments: tuple[str, ...]) -> None:
    """Empty arguments stay where they are."""
    assert split_id(join_id("read", *arguments)) == ("read", arguments)
