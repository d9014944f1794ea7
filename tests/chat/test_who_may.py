"""Who may do what with the articles: every command, every kind of caller, every place."""

from itertools import product

import pytest
from conftest import World
from loopback.errors import NotOfferedError
from loopback.interactions import MODAL
from loopback.state import User

from bot.chat.commands.permissions import Caller, may_curate, may_edit
from bot.settings import Settings

OWNER, NAMED, OTHER = 1, 2, 3
HOME, ELSEWHERE = 100, 200
ROLE, OTHER_ROLE = 50, 51
SETTINGS = Settings(admin_users=(NAMED,), admin_roles=(ROLE,), home_server=HOME)


@pytest.mark.parametrize("guild_id", [HOME, ELSEWHERE])
@pytest.mark.parametrize("manages", [True, False])
def test_articles_are_changed_by_owner_and_named_ones_alone(
    guild_id: int,
    manages: bool,  # noqa: FBT001
) -> None:
    """To manage a server is not enough, not even at home; whoever may change may look as well."""
    for user_id, roles in product((OWNER, NAMED, OTHER), ((), (ROLE,), (OTHER_ROLE,))):
        caller = Caller(user_id, roles, manages, guild_id)
        is_editor = user_id in (OWNER, NAMED) or ROLE in roles
        assert may_edit(caller, {OWNER}, SETTINGS) == is_editor
        may_look = may_curate(caller, {OWNER}, {HOME, ELSEWHERE}, SETTINGS)
        assert may_look == (is_editor or (manages and guild_id == HOME))


# What each command of /kb takes, and whether it changes the articles.
READING: dict[str, dict[str, object]] = {
    "reload": {},
    "status": {},
    "stats": {},
    "gaps": {},
    "votes": {},
    "history": {},
    "doctor": {},
    "channel": {},
    "settings": {},
}
CHANGING: dict[str, dict[str, object]] = {
    "upload": {},
    "edit": {"article": "Of Towns"},
    "remove": {"article": "Of Towns"},
    "rename": {"article": "Of Towns", "name": "cities.md"},
    "rollback": {"version": 0},
    "export": {},
}
REFUSALS = (
    "This is for those who look after the articles.",
    "This is for those who may manage this server.",
    "`admin_users`",
)


async def is_refused(world: World, user: User, command: str, options: dict[str, object]) -> bool:
    """Use a command, though it may not be offered; say whether it is refused."""
    used = await world.discord.slash(
        user, world.channel, f"kb {command}", options=options, force=True
    )
    await used.wait_until_acknowledged()
    if used.response == MODAL:
        return False
    said = await used.answer()
    assert said.ephemeral
    return any(refusal in said.text for refusal in REFUSALS)


async def test_every_command_is_refused_to_whom_it_is_not_for(world: World) -> None:
    """The whole table: a named role without the right to manage may all, who manages may look, a
    member nothing. In private there is no such command at all.
    """
    role = world.discord.add_role(world.guild, "Editors")
    editor = world.discord.add_user("edda")
    world.discord.add_member(world.guild, editor, roles=[role])
    world.discord.add_member(world.guild, world.owner)
    world.settings = f"admin_roles: ['{role.id}']\n"
    await world.start()
    table = READING | CHANGING
    direct = world.discord.open_dm(world.owner)
    (group,) = [one for name, one in world.discord.registered.items() if name == "kb"]
    assert sorted(one["name"] for one in group["options"]) == sorted(table)
    for command, options in table.items():
        is_reading = command in READING
        assert not await is_refused(world, world.owner, command, options), command
        assert not await is_refused(world, editor, command, options), command
        assert await is_refused(world, world.manager, command, options) is not is_reading, command
        assert await is_refused(world, world.member, command, options), command
        with pytest.raises(NotOfferedError, match="contexts"):
            await world.discord.slash(world.owner, direct, f"kb {command}", options=options)
    menus = [one for one in world.discord.registered.values() if one.get("type") == 3]
    assert len(menus) <= 5
