"""What the running bot counts and measures, in the form of Prometheus.

Nothing here holds a text, or an id of a person, a server or a message; every label has a few known
values. To count a question costs a few microseconds. What can be looked up when somebody asks, such
as the age of what is served, is set then (``monitoring/monitor.py``).
"""

from typing import Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from bot import __version__

# Where a question came from; why it was not answered; what stood in the way of a request.
Source = Literal["interaction", "message"]
Refused = Literal[
    "", "not_in_articles", "not_sure", "too_many", "busy", "ending", "fault", "undelivered"
]
Obstacle = Literal["rate_limit", "status", "connection"]

_SOURCES: tuple[Source, ...] = ("interaction", "message")
_REASONS: tuple[Refused, ...] = (
    "not_in_articles",
    "not_sure",
    "too_many",
    "busy",
    "ending",
    "fault",
    "undelivered",
)
_OBSTACLES: tuple[Obstacle, ...] = ("rate_limit", "status", "connection")
# In seconds. An interaction has three; a message that meets faults may take a minute.
_ANSWER_BOUNDS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 90.0)
_LAG_BOUNDS_S = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

# When each counter was made tells nothing that the start of the process does not.
disable_created_metrics()  # type: ignore[no-untyped-call]

# A registry of its own: what another library registers is not served.
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

BUILD = Info("articlebot_build", "The version that runs.", registry=REGISTRY)
QUESTIONS = Counter(
    "articlebot_questions", "Questions that reached the bot.", ["source"], registry=REGISTRY
)
ANSWERED = Counter(
    "articlebot_answered", "Questions whose answer was delivered.", registry=REGISTRY
)
REFUSED = Counter(
    "articlebot_refused", "Questions that were not answered, by why.", ["reason"], registry=REGISTRY
)
ANSWER_TIME = Histogram(
    "articlebot_answer_seconds",
    "From the arrival of a question until Discord had taken its answer.",
    buckets=_ANSWER_BOUNDS_S,
    registry=REGISTRY,
)
IN_FLIGHT = Gauge("articlebot_in_flight", "What is being served now.", registry=REGISTRY)
RETRIES = Counter(
    "articlebot_retries", "Requests to Discord that were sent again.", ["after"], registry=REGISTRY
)
UNDELIVERED = Counter(
    "articlebot_undelivered", "Requests that Discord took at no try.", registry=REGISTRY
)
INCIDENTS = Counter("articlebot_incidents", "Faults of the program.", registry=REGISTRY)
CONNECTED = Gauge(
    "articlebot_gateway_connected", "Whether the gateway's session is up.", registry=REGISTRY
)
SILENCE = Gauge(
    "articlebot_gateway_silence_seconds",
    "How long nothing has come from the gateway.",
    registry=REGISTRY,
)
RESUMES = Counter("articlebot_resumes", "Sessions that were resumed.", registry=REGISTRY)
IDENTIFIES = Counter("articlebot_identifies", "Sessions that were begun.", registry=REGISTRY)
SILENCES = Counter(
    "articlebot_gateway_silences", "Connections dropped for their silence.", registry=REGISTRY
)
LOOP_LAG = Histogram(
    "articlebot_event_loop_lag_seconds",
    "How much later than due the event loop came round.",
    buckets=_LAG_BOUNDS_S,
    registry=REGISTRY,
)
SERVED_AGE = Gauge(
    "articlebot_served_age_seconds",
    "How long ago what is served was read from the folder.",
    registry=REGISTRY,
)
ARTICLES = Gauge("articlebot_articles", "Articles that are served.", registry=REGISTRY)

BUILD.info({"version": __version__})
# What has not happened yet is shown as 0.
for _source in _SOURCES:
    QUESTIONS.labels(_source)
for _reason in _REASONS:
    REFUSED.labels(_reason)
for _obstacle in _OBSTACLES:
    RETRIES.labels(_obstacle)


def count_question(source: Source) -> None:
    """Count a question that has just arrived."""
    QUESTIONS.labels(source).inc()


def count_outcome(refused: Refused, took_s: float) -> None:
    """Count what became of a question: an answer, or why there is none; ``took_s`` in seconds."""
    if refused:
        REFUSED.labels(refused).inc()
    else:
        ANSWERED.inc()
    ANSWER_TIME.observe(took_s)


def count_retry(after: Obstacle) -> None:
    """Count a request that is sent again."""
    RETRIES.labels(after).inc()
