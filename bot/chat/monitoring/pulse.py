"""Call functions at a steady interval on the event loop, and measure how late it comes round.

In: functions that take the seconds since they were called last. Out: nothing. They must be quick:
whatever else runs on the event loop waits for them.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.chat import failures, metrics

# Often enough that what holds the event loop up is seen, and no load.
INTERVAL_S = 0.25
# Being later than that is logged: heartbeats and deadlines of Discord are in danger.
_MUCH_TOO_LATE_S = 1.0

Beat = Callable[[float], None]

_log = logging.getLogger(__name__)


async def beat_for_ever(beats: Sequence[Beat]) -> None:
    """Call every function again and again, until this is cancelled."""
    loop = asyncio.get_running_loop()
    last_s = loop.time()
    while True:
        await asyncio.sleep(INTERVAL_S)
        now_s = loop.time()
        step_s = now_s - last_s
        last_s = now_s
        measure_lag(step_s - INTERVAL_S)
        for beat in beats:
            try:
                beat(step_s)
            except Exception as error:  # noqa: BLE001 (the others are called all the same)
                failures.record(error, "watching over the bot")


def measure_lag(lag_s: float) -> None:
    """Count how many seconds later than due the event loop came round; log what is much too late.

    A clock that is not exact may let it look as if it were too early.
    """
    metrics.LOOP_LAG.observe(max(lag_s, 0.0))
    if lag_s >= _MUCH_TOO_LATE_S:
        held = {"seconds": round(lag_s, 2)}
        _log.warning("the event loop was held up", extra={"fields": held})
