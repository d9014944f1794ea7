"""Tell a service manager how the bot is, by systemd's protocol (sd_notify(3)).

In: the environment, in which the service manager names a socket. Out: datagrams of lines such as
``READY=1``. Without a socket nothing is done. What can't be told is passed over: nobody should be
less served for that.
"""

import contextlib
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# The watchdog is told twice as often as it asks for, as its manual recommends.
_TIMES = 2
_MICROSECONDS = 1_000_000
_NS_OF_MICROSECOND = 1_000


class ServiceManager:
    """What started the bot and watches over it, if anything does.

    ``watchdog_s``: after so many seconds without a word it takes the bot for stuck; 0: never.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Find the socket and the watchdog in the environment."""
        self._address = _find_address(environment)
        self.watchdog_s = _find_watchdog(environment) if self._address else 0.0
        self._untold_s = 0.0
        self._status = ""
        # So many reloads run or are asked for.
        self._reloads = 0

    def tell_ready(self) -> None:
        """Tell that the start is done, or a reload."""
        self._tell("READY=1")

    @contextmanager
    def reloading(self) -> Iterator[None]:
        """Tell that a reload has begun, and at its end that the bot is ready again.

        Of several at a time the first begins it and the last ends it.
        """
        self._reloads += 1
        if self._reloads == 1:
            microseconds = time.monotonic_ns() // _NS_OF_MICROSECOND
            self._tell(f"RELOADING=1\nMONOTONIC_USEC={microseconds}")
        try:
            yield
        finally:
            self._reloads -= 1
            if self._reloads == 0:
                self.tell_ready()

    def tell_stopping(self) -> None:
        """Tell that the end has begun."""
        self._tell("STOPPING=1")

    def tell_status(self, status: str) -> None:
        """Tell in a sentence how the bot is, if that has changed."""
        if status != self._status:
            self._status = status
            self._tell(f"STATUS={status}")

    def beat(self, step_s: float) -> None:
        """Tell the watchdog, if it is time, that the bot is alive; ``step_s`` since the last."""
        self._untold_s += step_s
        if self.watchdog_s and self._untold_s >= self.watchdog_s / _TIMES:
            self._untold_s = 0.0
            self._tell("WATCHDOG=1")

    def _tell(self, lines: str) -> None:
        if not self._address:
            return
        with contextlib.suppress(OSError):
            plug = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
            with plug:
                plug.settimeout(0)
                plug.sendto(lines.encode(), self._address)


def _find_address(environment: Mapping[str, str]) -> str:
    """Find the address of the socket; "" where there is none that could be used."""
    name = environment.get("NOTIFY_SOCKET", "")
    # Others, such as vsock:, are for virtual machines.
    if not name.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
        return ""
    # An abstract socket is written with an @ in place of the zero byte that it begins with.
    return f"\0{name[1:]}" if name.startswith("@") else name


def _find_watchdog(environment: Mapping[str, str]) -> float:
    """Find after how many seconds the watchdog wants to have been told; 0 where it watches none."""
    interval = environment.get("WATCHDOG_USEC", "")
    watched = environment.get("WATCHDOG_PID", "")
    is_other = bool(watched) and watched != str(os.getpid())
    if is_other or not interval.isdecimal():
        return 0.0
    return int(interval) / _MICROSECONDS
