"""What starts several processes: a unit of systemd for each, compose, Kubernetes. Together they have
every shard once.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.environment import with_shards
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
KUBERNETES = list(yaml.safe_load_all((DOCS / "kubernetes.yaml").read_text("utf-8")))
SCHEMA = json.loads((ROOT / "tests" / "kubernetes" / "v1.37-strict.json").read_text("utf-8"))
PREFIXES = {"v1": "io.k8s.api.core.v1", "apps/v1": "io.k8s.api.apps.v1"}


def find_faults(document: dict[str, Any]) -> list[str]:
    """Find what is wrong with an object of Kubernetes."""
    name = f"{PREFIXES[document['apiVersion']]}.{document['kind']}"
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
    return [fault.message for fault in Draft7Validator(schema).iter_errors(document)]


def find_all_shards(environments: list[dict[str, str]]) -> list[int]:
    """Find the shards of all processes, each as often as one has it; none is beyond the count."""
    counts = {environment["SHARD_COUNT"] for environment in environments}
    assert len(counts) == 1
    found = [with_shards(Settings(), environment).shard_ids for environment in environments]
    assert sum(map(len, found)) == int(counts.pop())
    return sorted(one for ids in found for one in ids)


@pytest.mark.parametrize("document", KUBERNETES, ids=lambda one: one["kind"])
def test_kubernetes_knows_every_key(document: dict[str, Any]) -> None:
    """And each has a value of its type."""
    assert find_faults(document) == []


def test_a_fault_in_a_stateful_set_is_found() -> None:
    """The schema refuses a key that there is not, and a value of another type."""
    (stateful_set,) = [one for one in KUBERNETES if one["kind"] == "StatefulSet"]
    spec = stateful_set["spec"]
    assert find_faults({**stateful_set, "spec": {**spec, "replicas": "two"}})
    assert find_faults({**stateful_set, "spec": {**spec, "replica": 2}})
    assert find_faults({**stateful_set, "spec": {"replicas": 2}})


def test_each_pod_has_shards_of_its_own() -> None:
    """By its number, as the shell of the image computes them; ready when they are connected."""
    (stateful_set,) = [one for one in KUBERNETES if one["kind"] == "StatefulSet"]
    spec = stateful_set["spec"]
    (container,) = spec["template"]["spec"]["containers"]
    given = {one["name"]: one["value"] for one in container["env"] if "value" in one}
    environments = []
    for pod in range(spec["replicas"]):
        script = container["args"][0].replace("exec articlebot run", 'printf %s "$SHARD_IDS"')
        done = subprocess.run(
            [*container["command"], script],
            env={**given, "POD_INDEX": str(pod)},
            capture_output=True,
            text=True,
            check=True,
        )
        environments.append({**given, "SHARD_IDS": done.stdout})
    assert find_all_shards(environments) == list(range(int(given["SHARD_COUNT"])))
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/livez"
    (settings,) = [one for one in KUBERNETES if one["kind"] == "ConfigMap"]
    port = container["ports"][0]["containerPort"]
    assert f"health: 0.0.0.0:{port}\n" in settings["data"]["config.yaml"]
    names = {one["name"] for one in container["volumeMounts"]}
    claims = [one["metadata"]["name"] for one in spec["volumeClaimTemplates"]]
    assert names == {one["name"] for one in spec["template"]["spec"]["volumes"]} | {*claims}


def test_the_processes_of_compose_have_every_shard() -> None:
    """They are guarded as the one of compose.yaml; each secret and volume is there."""
    compose = yaml.safe_load((ROOT / "compose.shards.yaml").read_text("utf-8"))
    single = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    services = compose["services"]
    bots = [one for name, one in services.items() if name != "database"]
    shards = find_all_shards([one["environment"] for one in bots])
    assert shards == list(range(int(bots[0]["environment"]["SHARD_COUNT"])))
    for one in bots:
        assert one["extends"] == {"file": "compose.yaml", "service": "articlebot"}
        for name, value in one["environment"].items():
            if name.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in one["secrets"]
    named = {secret for one in services.values() for secret in one["secrets"]}
    assert named == compose["secrets"].keys()
    assert compose["volumes"].keys() == single["volumes"].keys() | {"database"}


def read_unit(name: str) -> list[str]:
    """Read the settings of a unit, without its comments."""
    lines = (DOCS / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_unit_for_several_is_that_of_one_but_for_its_shards() -> None:
    """So it is guarded and started alike."""
    one, several = read_unit("articlebot.service"), read_unit("articlebot@.service")
    assert len(several) == len(one) + 1
    changed = [line for line in several if line not in one]
    assert [line.partition("=")[0] for line in changed] == [
        "Description",
        "Environment",
        "EnvironmentFile",
        "RuntimeDirectory",
        "TasksMax",
    ]
    page = (DOCS / "articlebot@.service").read_text("utf-8")
    count = re.search(r"SHARD_COUNT=(\d+)", page)
    assert count is not None
    instances = re.findall(r"--now articlebot@(\S+)", page)
    environments = [{"SHARD_COUNT": count[1], "SHARD_IDS": one} for one in instances]
    assert find_all_shards(environments) == list(range(int(count[1])))
    assert " SHARD_IDS=%i" in changed[1]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit_for_several(tmp_path: Path) -> None:
    """No key is unknown, and no value is wrong, for an instance of its own."""
    copy = tmp_path / "articlebot@0-3.service"
    text = (DOCS / "articlebot@.service").read_text("utf-8")
    copy.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", text), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
