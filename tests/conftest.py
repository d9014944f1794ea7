"""What all tests share."""

import gc

from hypothesis import HealthCheck, settings

# No test depends on how fast a machine is.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


def pytest_collection_finish() -> None:
    """Keep thousands of collected tests out of every later collection of garbage."""
    gc.collect()
    gc.freeze()
