"""Tell Prometheus what the bot has counted, and what can be looked up now.

In: the counters and histograms of ``metrics``, and gauges that are looked up. Out: one of the
formats that Prometheus reads. Imported only where somebody may ask.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.chat import metrics

_PREFIX = "articlebot_"


@dataclass(frozen=True, slots=True)
class Gauge:
    """Something that is looked up when somebody asks."""

    name: str
    explanation: str
    value: float


LookUp = Callable[[], list[Gauge]]


class BotCollector(Collector):
    """All metrics of the bot."""

    def __init__(self, look_up: LookUp) -> None:
        """Ask ``look_up`` for the gauges each time."""
        self._look_up = look_up

    def collect(self) -> Iterator[Metric]:
        """Give each metric as it is now."""
        build = InfoMetricFamily(f"{_PREFIX}build", "The version that runs.")
        build.add_metric((), {"version": __version__})
        yield build
        for counter in metrics.COUNTERS:
            yield _render_counter(counter)
        for histogram in metrics.HISTOGRAMS:
            yield _render_histogram(histogram)
        for gauge in self._look_up():
            yield GaugeMetricFamily(_PREFIX + gauge.name, gauge.explanation, gauge.value)


class Exposition:
    """The metrics of the bot and of its process, in the format that a reader accepts."""

    def __init__(self, look_up: LookUp) -> None:
        """Ask ``look_up`` for the gauges each time."""
        # A registry of its own: what a library registers by itself is not told.
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.registry.register(BotCollector(look_up))

    def render(self, accepted: str) -> tuple[bytes, str]:
        """Return the metrics and their content type, for what a header ``Accept`` says."""
        encode, content_type = choose_encoder(accepted)
        return encode(self.registry), content_type


def _render_counter(counter: metrics.Counter) -> Metric:
    labels = (counter.label,) if counter.label else ()
    family = CounterMetricFamily(_PREFIX + counter.name, counter.explanation, labels=labels)
    for value, count in counter.counts.items():
        family.add_metric((value,) if counter.label else (), count)
    return family


def _render_histogram(histogram: metrics.Histogram) -> Metric:
    """Render a histogram; Prometheus wants counts of all values up to each bound."""
    family = HistogramMetricFamily(_PREFIX + histogram.name, histogram.explanation)
    bounds = [*map(str, histogram.bounds), "+Inf"]
    count = 0
    buckets = []
    for bound, more in zip(bounds, histogram.counts, strict=True):
        count += more
        buckets.append((bound, float(count)))
    family.add_metric((), buckets, histogram.total)
    return family
