"""What of each channel reached the bot last, so that it can tell what did not.

In: the ids of messages and of their channels, in order of arrival. Out: for a channel the id behind
which messages may have been missed. In memory only, of the last ten thousand channels; what is kept
over a restart (up to when nothing is missed, and recent direct conversations) is handed in and out.
Lives on the event loop.

A session of the gateway that ends for good takes with it what was not sent yet. So all marks are
frozen when a new one begins: what comes live from then on must not hide what was missed before.
Each shard has sessions of its own, so what it heard is kept apart.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar

from bot.chat.state.ids import id_at, time_of
from bot.sharding import FIRST_SHARD, Sharding

T = TypeVar("T")

# A bound on the memory.
_MOST_CHANNELS = 10_000
# Direct conversations are in no list that Discord gives, so the last few are remembered.
_MOST_DIRECT = 20
# What came so short before a program's end may have been in its hands, unanswered: a message is
# tried for a minute and a half.
_IN_HANDS_S = 120.0


class LastHeard:
    """The last message of each channel, and the newest event of all: of one shard."""

    def __init__(self) -> None:
        """Start with nothing."""
        # The id of the newest message or interaction; 0 for none.
        self.newest = 0
        self._by_channel: OrderedDict[int, int] = OrderedDict()
        # The last message of each direct conversation, and whom it is with; the latest last.
        self._direct: OrderedDict[int, tuple[int, int]] = OrderedDict()
        # Set when a direct conversation was heard of that was not among the last.
        self.has_new_direct = asyncio.Event()
        # The marks when the session began, of channels that were not looked at since.
        self._frozen: dict[int, int] = {}
        self._frozen_newest = 0
        # The channels that were looked at since the session began.
        self._taken: set[int] = set()
        # The channels that are to be looked at again before the next session.
        self._due: set[int] = set()
        # The channels that were put back.
        self._put_back: set[int] = set()
        # The ids behind which something is being looked at now.
        self._open_looks: list[int] = []
        # What was newest when the session began that nobody has looked back from yet.
        self._session_start: int | None = None

    @property
    def complete_to(self) -> int:
        """The id up to which nothing is missed that is not answered yet."""
        put_back = [self._frozen[one] for one in self._put_back if one in self._frozen]
        missed = [*self._open_looks, *put_back]
        if self._session_start is not None:
            missed.append(self._session_start)
        return min([self.newest, *missed])

    def hear(self, channel_id: int, message_id: int, *, direct_with: int = 0) -> None:
        """Take note of a message that arrived.

        ``direct_with``: the id of the user to whom the channel leads; 0 in a guild.
        """
        self.hear_event(message_id)
        _keep_last(self._by_channel, channel_id, message_id, _MOST_CHANNELS)
        if direct_with:
            if channel_id not in self._direct:
                self.has_new_direct.set()
            _keep_last(self._direct, channel_id, (message_id, direct_with), _MOST_DIRECT)

    def hear_event(self, event_id: int) -> None:
        """Take note of another event that arrived."""
        self.newest = max(self.newest, event_id)

    def begin_session(self) -> None:
        """Freeze all marks: what was missed lies behind them."""
        # A channel that was not looked at since the session before keeps its earlier mark.
        earlier = self._frozen
        self._frozen = {**earlier, **self._by_channel, **earlier}
        while len(self._frozen) > _MOST_CHANNELS:
            del self._frozen[next(iter(self._frozen))]
        self._frozen_newest = self.newest
        self._taken.clear()
        if self._session_start is None:
            self._session_start = self.newest

    def end_first_look(self) -> None:
        """Take note that all channels which may have missed something are being looked at."""
        self._session_start = None

    def begin_look(self, since_id: int) -> None:
        """Take note that a channel is being looked at behind an id."""
        self._open_looks.append(since_id)

    def end_look(self, since_id: int) -> None:
        """Take note that a channel was looked at, or put back."""
        self._open_looks.remove(since_id)

    def take(self, channel_id: int) -> int:
        """Return the id behind which messages of a channel may have been missed.

        Until the next session they count as looked at, unless they are ``put_back``.
        """
        own = self._frozen.pop(channel_id, None)
        # A channel that was first heard in this session says nothing of what came before it.
        if own is None and channel_id in self._taken:
            own = self._by_channel.get(channel_id)
        self._taken.add(channel_id)
        self._put_back.discard(channel_id)
        if own is not None:
            return own
        return id_at(time_of(self._frozen_newest) - _IN_HANDS_S)

    def put_back(self, channel_id: int, since_id: int) -> None:
        """Let what came behind an id be looked at in the next session.

        Of several ids of a channel, the earliest counts.
        """
        self._frozen[channel_id] = min(since_id, self._frozen.get(channel_id, since_id))
        self._put_back.add(channel_id)

    def look_again(self, channel_id: int) -> None:
        """Let a channel be looked at again soon."""
        self._due.add(channel_id)

    def take_due(self) -> set[int]:
        """Return the channels that are to be looked at again; then none is."""
        due, self._due = self._due, set()
        return due

    def recent_direct(self, since_id: int) -> list[int]:
        """Return the direct conversations with a message behind an id, the latest first."""
        recent = [one for one, (last_id, _) in self._direct.items() if last_id > since_id]
        recent.reverse()
        return recent

    def restore(self, time_s: float, direct: Sequence[int]) -> None:
        """Take over from an earlier run up to when it had missed nothing, and its conversations.

        The latest of these come first; each counts as heard at that time.
        """
        self.newest = max(self.newest, id_at(time_s))
        for channel_id in reversed(direct):
            self._direct.setdefault(channel_id, (self.newest, 0))

    def forget(self, user_id: int) -> None:
        """Forget the direct conversation with a user."""
        for channel_id, (_, direct_with) in list(self._direct.items()):
            if direct_with == user_id:
                del self._direct[channel_id]


class HeardByShard:
    """What each shard of this process heard last."""

    def __init__(self, sharding: Sharding) -> None:
        """Start with nothing."""
        self._sharding = sharding
        # The shard of direct conversations is there, though perhaps nothing comes through it.
        self._by_shard = {one: LastHeard() for one in (FIRST_SHARD, *sharding.ids)}

    def reshard(self, sharding: Sharding) -> None:
        """Go on with other shards, which look back to where the slowest of the others was."""
        complete_s = time_of(self.complete_to)
        direct = self.direct.recent_direct(0)
        self._sharding = sharding
        self._by_shard = {one: LastHeard() for one in (FIRST_SHARD, *sharding.ids)}
        self.restore(complete_s, direct)

    @property
    def complete_to(self) -> int:
        """The id up to which no shard has missed anything; 0 where none has heard of any event.

        A shard that has heard of none at all is left out.
        """
        heard = [one.complete_to for one in self._by_shard.values() if one.newest]
        return min(heard, default=0)

    @property
    def direct(self) -> LastHeard:
        """What was heard of direct conversations, and of the other channels of their shard."""
        return self._by_shard[FIRST_SHARD]

    def of_shard(self, shard_id: int) -> LastHeard:
        """Return what a shard of this process heard."""
        return self._by_shard[shard_id]

    def of_guild(self, guild_id: int | None) -> LastHeard:
        """Return what was heard by the shard of a guild, or of direct conversations.

        What comes of a guild that no shard here has counts with the latter.
        """
        return self._by_shard.get(self._sharding.find_shard(guild_id), self.direct)

    def restore(self, time_s: float, direct: Sequence[int]) -> None:
        """Take over from an earlier run; see ``LastHeard.restore``."""
        for heard in self._by_shard.values():
            heard.restore(time_s, direct if heard is self.direct else ())


def _keep_last(marks: OrderedDict[int, T], key: int, value: T, most: int) -> None:
    marks[key] = value
    marks.move_to_end(key)
    if len(marks) > most:
        marks.popitem(last=False)
