"""All scenarios, by name."""

from benchmarks.proofs.scenario import Scenario
from benchmarks.proofs.scenarios import connection, events, life, load, replies, soak

SCENARIOS: dict[str, Scenario] = {
    scenario.name: scenario
    for module in (connection, events, replies, life, load, soak)
    for scenario in module.SCENARIOS
}
