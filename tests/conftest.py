"""What all tests share."""

import gc
import os

from hypothesis import HealthCheck, Phase, settings

# Hundreds of bots are started: without this, each would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Some tests import onnxruntime before the program does, which switches this off.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# No test depends on how fast a machine is. Forty examples, other ones in each run, find in some
# runs what a hundred find in one.
settings.register_profile(
    "any machine",
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
# The examples alone, for scripts/room_coverage.py.
settings.register_profile("examples", phases=[Phase.explicit], deadline=None)
settings.load_profile("any machine")


def pytest_collection_finish() -> None:
    """Keep thousands of collected tests out of every later collection of garbage."""
    gc.collect()
    gc.freeze()
