"""Whether the gateway is alive, as far as can be told from what has come through it."""

from collections.abc import Iterable

from bot.heartbeat import Gateway

# Between two heartbeats, whose answers come even where nothing else does, so much of their interval
# and at least so many seconds are left for an answer to come late.
_LATE_SHARE = 1 / 6
_LEAST_LATE_S = 2.0


class GatewayState:
    """The session that is up, and how long nothing has come through it.

    ``interval_s`` is that of the heartbeats. Time in which the event loop did not come round is not
    silence: what had come could not be read. So the silence is a sum of short steps.
    """

    def __init__(self) -> None:
        """Begin without a session."""
        self.is_connected = False
        self.interval_s = 41.25
        self.silence_s = 0.0
        self._frames = 0

    @property
    def patience_s(self) -> float:
        """For how many seconds nothing may come; with Discord's interval, 48."""
        return self.interval_s + max(self.interval_s * _LATE_SHARE, _LEAST_LATE_S)

    @property
    def is_silent(self) -> bool:
        """Whether nothing has come for longer than that."""
        return self.silence_s > self.patience_s

    @property
    def name(self) -> Gateway:
        """The state in one word."""
        if not self.is_connected:
            return "connecting"
        return "silent" if self.is_silent else "connected"

    def watch(self, frames: int, step_s: float) -> None:
        """Look at a connection through which so many ``frames`` have come; ``step_s`` since."""
        if frames != self._frames:
            self._frames = frames
            self.silence_s = 0.0
        else:
            self.silence_s += step_s

    def begin(self, interval_s: float, frames: int) -> None:
        """Watch another connection from now on."""
        self.interval_s = interval_s
        self.silence_s = 0.0
        self._frames = frames


class GatewayStates:
    """The states of this process's shards, by their numbers."""

    def __init__(self, shard_ids: Iterable[int]) -> None:
        """Begin without a session for any of them."""
        self.by_shard = {shard_id: GatewayState() for shard_id in shard_ids}

    @property
    def name(self) -> Gateway:
        """The worst state in one word: that of a shard that is connecting, else of a silent one."""
        names = {state.name for state in self.by_shard.values()}
        if "connecting" in names:
            return "connecting"
        return "silent" if "silent" in names else "connected"

    @property
    def silence_s(self) -> float:
        """For how many seconds nothing has come through the most silent shard."""
        return max(state.silence_s for state in self.by_shard.values())

    @property
    def alive(self) -> int:
        """How many shards are connected and not silent."""
        return sum(state.name == "connected" for state in self.by_shard.values())

    def end_sessions(self) -> None:
        """Note that none is connected."""
        for state in self.by_shard.values():
            state.is_connected = False
