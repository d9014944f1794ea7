"""Who may look after the articles: the whole table."""

from itertools import product

import pytest

from bot.chat.commands.permissions import Caller, may_curate
from bot.chat.commands.status import describe_minutes
from bot.settings import Settings

OWNER, NAMED, OTHER = 1, 2, 3
HOME, ELSEWHERE = 100, 200
NAMED_ROLE = 50


@pytest.mark.parametrize("manages", [True, False])
@pytest.mark.parametrize("user_id", [OWNER, NAMED, OTHER])
@pytest.mark.parametrize("guild_id", [HOME, ELSEWHERE])
@pytest.mark.parametrize("roles", [(), (NAMED_ROLE,)])
def test_the_table_of_those_who_may(
    user_id: int,
    roles: tuple[int, ...],
    guild_id: int,
    manages: bool,  # noqa: FBT001
) -> None:
    """Owner and named people everywhere, a named role everywhere, managers at home only."""
    settings = Settings(admin_users=(NAMED,), admin_roles=(NAMED_ROLE,), home_server=HOME)
    may = may_curate(
        Caller(user_id, roles, manages, guild_id), {OWNER}, {HOME, ELSEWHERE}, settings
    )
    assert may == (user_id in (OWNER, NAMED) or bool(roles) or (manages and guild_id == HOME))


@pytest.mark.parametrize(
    ("servers", "guild_id", "expected"),
    [
        ({HOME}, HOME, True),
        ({HOME, ELSEWHERE}, HOME, False),
        ({HOME}, ELSEWHERE, False),
        (set(), 0, False),
    ],
)
def test_the_only_server_is_home(servers: set[int], guild_id: int, expected: bool) -> None:  # noqa: FBT001
    """Without a home in the settings, the only server is it; with two servers, none is."""
    assert (
        may_curate(
            Caller(OTHER, (), manages_guild=True, guild_id=guild_id), {OWNER}, servers, Settings()
        )
        == expected
    )


def test_nobody_else_may_anywhere() -> None:
    """Somebody without owner, name, role or permission is refused in every combination."""
    for guild_id, servers in product((HOME, ELSEWHERE, 0), ({HOME}, {HOME, ELSEWHERE}, set[int]())):
        caller = Caller(OTHER, (51, 52), manages_guild=False, guild_id=guild_id)
        assert not may_curate(
            caller, {OWNER}, servers, Settings(home_server=HOME, admin_roles=(NAMED_ROLE,))
        )


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "less than a minute"),
        (1, "1 min"),
        (59, "59 min"),
        (60, "1 h 0 min"),
        (125, "2 h 5 min"),
    ],
)
def test_how_long_the_bot_runs_is_told_without_nothing(minutes: int, told: str) -> None:
    """Just after the start it is not "0 h 0 min"."""
    assert describe_minutes(minutes) == told
