"""For which server direct messages are opened: for a while, of so many members."""

from bot.chat.state.direct_servers import DirectServers

ADA, BERT = 1, 2
RED, BLUE = 10, 20
ROLES = frozenset([5])


def test_roles_are_believed_for_five_minutes() -> None:
    """Then Discord has to be asked again; the server stays chosen."""
    servers = DirectServers()
    servers.open(ADA, RED)
    first = servers.find(ADA, 100.0)
    assert first is not None
    assert (first.guild_id, first.role_ids) == (RED, None)
    servers.note(ADA, RED, ROLES, 100.0)
    believed, old = servers.find(ADA, 399.0), servers.find(ADA, 400.0)
    assert believed is not None
    assert old is not None
    assert (believed.role_ids, old.role_ids, old.guild_id) == (ROLES, None, RED)


def test_what_is_told_of_another_server_does_not_count() -> None:
    """A member may choose another one while Discord is asked, or none."""
    servers = DirectServers()
    servers.open(ADA, RED)
    servers.open(ADA, BLUE)
    servers.note(ADA, RED, ROLES, 100.0)
    chosen = servers.find(ADA, 100.0)
    assert chosen is not None
    assert (chosen.guild_id, chosen.role_ids) == (BLUE, None)
    servers.close(ADA)
    servers.note(ADA, BLUE, ROLES, 100.0)
    assert servers.find(ADA, 100.0) is None


def test_only_so_many_are_remembered() -> None:
    """Those who chose last."""
    servers = DirectServers()
    for user_id in range(10_001):
        servers.open(user_id, RED)
    assert servers.find(0, 0.0) is None
    assert servers.find(1, 0.0) is not None
