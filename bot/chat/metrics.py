"""What the running bot counts and measures.

Nothing here holds a text, or an id of a person, a server or a message; every label has a few known
values. To count a question costs about a microsecond. ``monitoring/exposition.py`` tells all of it
to Prometheus, and what can be looked up when somebody asks, such as the age of what is served.

Lives on the event loop.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, get_args

# Where a question came from; why it was not answered; what stood in the way of a request.
Source = Literal["interaction", "message"]
Refused = Literal[
    "", "not_in_articles", "not_sure", "too_many", "busy", "ending", "fault", "undelivered"
]
Obstacle = Literal["rate_limit", "status", "connection"]

# In seconds. An interaction has three; a message that meets faults may take a minute.
_ANSWER_BOUNDS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 90.0)
_LAG_BOUNDS_S = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Counter:
    """Counts what happens, by the value of its one label if it has one.

    ``counts`` has every value from the start: what has not happened yet is shown as 0.
    """

    def __init__(
        self, name: str, explanation: str, label: str = "", values: Sequence[str] = ("",)
    ) -> None:
        """Begin at 0 for each of the label's ``values``."""
        self.name = name
        self.explanation = explanation
        self.label = label
        self.counts = dict.fromkeys(values, 0)

    def inc(self, value: str = "") -> None:
        """Count one more."""
        self.counts[value] += 1


class Histogram:
    """Counts measured values by how large they are.

    ``counts[i]`` is of the values from the bound before to ``bounds[i]``, the last one of those
    above all bounds. ``total`` is their sum.
    """

    def __init__(self, name: str, explanation: str, bounds: Sequence[float]) -> None:
        """Begin with nothing; ``bounds`` ascend."""
        self.name = name
        self.explanation = explanation
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Count a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


QUESTIONS = Counter("questions", "Questions that reached the bot.", "source", get_args(Source))
ANSWERED = Counter("answered", "Questions whose answer was delivered.")
REFUSED = Counter(
    "refused",
    "Questions that were not answered, by why.",
    "reason",
    list(filter(None, get_args(Refused))),
)
RETRIES = Counter(
    "retries", "Requests to Discord that were sent again.", "after", get_args(Obstacle)
)
UNDELIVERED = Counter("undelivered", "Requests that Discord took at no try.")
INCIDENTS = Counter("incidents", "Faults of the program.")
RESUMES = Counter("resumes", "Sessions that were resumed.")
IDENTIFIES = Counter("identifies", "Sessions that were begun.")
SILENCES = Counter("gateway_silences", "Connections dropped for their silence.")
ANSWER_TIME = Histogram(
    "answer_seconds",
    "From the arrival of a question until Discord had taken its answer.",
    _ANSWER_BOUNDS_S,
)
LOOP_LAG = Histogram(
    "event_loop_lag_seconds", "How much later than due the event loop came round.", _LAG_BOUNDS_S
)

COUNTERS = (
    QUESTIONS,
    ANSWERED,
    REFUSED,
    RETRIES,
    UNDELIVERED,
    INCIDENTS,
    RESUMES,
    IDENTIFIES,
    SILENCES,
)
HISTOGRAMS = (ANSWER_TIME, LOOP_LAG)


def count_question(source: Source) -> None:
    """Count a question that has just arrived."""
    QUESTIONS.inc(source)


def count_outcome(refused: Refused, took_s: float) -> None:
    """Count what became of a question: an answer, or why there is none; ``took_s`` in seconds."""
    if refused:
        REFUSED.inc(refused)
    else:
        ANSWERED.inc()
    ANSWER_TIME.observe(took_s)


def count_retry(after: Obstacle) -> None:
    """Count a request that is sent again."""
    RETRIES.inc(after)
