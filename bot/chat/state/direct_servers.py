"""For which server a member has opened the direct messages, and whether they are still in it.

In: a press in a server, and what Discord says of the member. Out: the server, and the roles there,
for five minutes; then Discord is asked again. In memory only, of the last few thousand members.
Lives on the event loop.
"""

from collections import OrderedDict
from dataclasses import dataclass

# What is known of so many members takes a megabyte or two.
_MOST_MEMBERS = 10_000
# So long a membership, and its roles, are believed.
_BELIEVED_S = 300.0


@dataclass(frozen=True, slots=True)
class Membership:
    """A server, and the ids of the roles of one of its members, as of a time.

    ``role_ids`` is None where Discord has to be asked.
    """

    guild_id: int
    role_ids: frozenset[int] | None = None
    checked_s: float = 0.0


class DirectServers:
    """Servers by the ids of members."""

    def __init__(self) -> None:
        """Begin with none."""
        self._memberships: OrderedDict[int, Membership] = OrderedDict()

    def open(self, user_id: int, guild_id: int) -> None:
        """Let direct messages of a user be about a server, instead of another one."""
        self._keep(user_id, Membership(guild_id))

    def find(self, user_id: int, now_s: float) -> Membership | None:
        """Give the server of a user; without roles where these are too old to be believed."""
        membership = self._memberships.get(user_id)
        if membership is None or now_s - membership.checked_s < _BELIEVED_S:
            return membership
        return Membership(membership.guild_id)

    def find_server(self, user_id: int) -> int:
        """Give the id of the server of a user; 0: none."""
        membership = self._memberships.get(user_id)
        return 0 if membership is None else membership.guild_id

    def note(self, user_id: int, guild_id: int, role_ids: frozenset[int], now_s: float) -> None:
        """Keep what Discord says of a member, unless the user chose another server meanwhile."""
        membership = self._memberships.get(user_id)
        if membership is not None and membership.guild_id == guild_id:
            self._keep(user_id, Membership(guild_id, role_ids, now_s))

    def close(self, user_id: int) -> None:
        """Let direct messages of a user be about no server."""
        self._memberships.pop(user_id, None)

    def _keep(self, user_id: int, membership: Membership) -> None:
        self._memberships[user_id] = membership
        self._memberships.move_to_end(user_id)
        if len(self._memberships) > _MOST_MEMBERS:
            self._memberships.popitem(last=False)
