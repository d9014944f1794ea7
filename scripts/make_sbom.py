"""Make a software bill of materials (SBOM) of what the requirements install: CycloneDX 1.6, JSON.

    python scripts/make_sbom.py [FILE] [--with-meaning]

Prints it, or writes FILE. It has one component a pinned package: name, version, package URL,
licence, the hashes of the files that pip may take, and where it is needed only on some systems, the
marker that says on which. What depends on what is taken from the metadata of what is installed. The
same requirements give the same text, but for the time, which SOURCE_DATE_EPOCH may fix.
"""

import argparse
import datetime as dt
import json
import os
import sys
import tomllib
import uuid
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

from licences import ROOT, LicenceError, Pin, find_licence, read_pins
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

sys.path.insert(0, str(ROOT))

from bot import __version__

# Any one will do, as long as it stays the same.
NAMESPACE = uuid.UUID("6d1b3d8c-3a53-4f0c-9c39-6f5d3a2f0f11")
NAME = "articlebot"

Json = dict[str, Any]


def make_sbom(pins: list[Pin], made_at: dt.datetime) -> Json:
    """Make the bill. Raises LicenceError."""
    components = [make_component(pin) for pin in pins]
    own = {
        "type": "application",
        "bom-ref": NAME,
        "name": NAME,
        "version": __version__,
        "purl": f"pkg:pypi/{NAME}@{__version__}",
        "licenses": [{"license": {"id": "MIT"}}],
    }
    content = json.dumps([own, components], sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, content)}",
        "version": 1,
        "metadata": {
            "timestamp": made_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "lifecycles": [{"phase": "build"}],
            "tools": {"components": [{"type": "application", "name": "make_sbom.py"}]},
            "component": own,
        },
        "components": components,
        "dependencies": list_dependencies(pins),
    }


def make_component(pin: Pin) -> Json:
    """Describe a package."""
    licence = find_licence(pin.name)
    is_expression = " " in licence
    hashes = [{"alg": "SHA-256", "content": digest} for digest in sorted(set(pin.hashes))]
    component: Json = {
        "type": "library",
        "bom-ref": refer_to(pin),
        "name": pin.name,
        "version": pin.version,
        "purl": f"pkg:pypi/{pin.name}@{pin.version}",
        "licenses": [{"expression": licence} if is_expression else {"license": {"id": licence}}],
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{pin.name}/{pin.version}/",
                "comment": "any of the files with these hashes",
                "hashes": hashes,
            }
        ],
    }
    if pin.marker:
        component["properties"] = [{"name": f"{NAME}:marker", "value": pin.marker}]
    return component


def refer_to(pin: Pin) -> str:
    """Give the name under which a component is referred to."""
    return f"{pin.name}@{pin.version}"


def list_dependencies(pins: list[Pin]) -> list[Json]:
    """Say which component depends on which of the others, whatever the system."""
    by_name: dict[str, list[str]] = {}
    for pin in pins:
        by_name.setdefault(pin.name, []).append(refer_to(pin))
    dependencies = []
    for reference, name in [(NAME, NAME), *((refer_to(pin), pin.name) for pin in pins)]:
        names = list_own_wanted() if name == NAME else list_wanted(name)
        wanted = {ref for other in names for ref in by_name.get(other, ())}
        dependencies.append({"ref": reference, "dependsOn": sorted(wanted)})
    return dependencies


def list_own_wanted() -> set[str]:
    """Give the names of what the program runs with, is built with, and may be given an extra of."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = table["project"]
    lines = [*project["dependencies"], *table["build-system"]["requires"]]
    lines += project["optional-dependencies"]["semantic"]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def list_wanted(name: str) -> set[str]:
    """Give the names of what a package may want; of one that is not installed nothing is known."""
    try:
        return {canonicalize_name(Requirement(line).name) for line in requires(name) or []}
    except PackageNotFoundError:
        return set()


def find_time() -> dt.datetime:
    """Give the time to write: SOURCE_DATE_EPOCH, or now."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdecimal():
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    return dt.datetime.now(dt.UTC)


def main() -> int:
    """Print or write the bill; return the exit code."""
    parser = argparse.ArgumentParser(description="Make a CycloneDX SBOM of the requirements.")
    parser.add_argument("file", nargs="?", type=Path, help="where to write it (default: print it)")
    parser.add_argument("--with-meaning", action="store_true", help="with the extra [semantic]")
    parser.add_argument("--with-postgres", action="store_true", help="with the extra [postgres]")
    options = parser.parse_args()
    pins = read_pins("requirements.txt")
    if options.with_meaning:
        pins += read_pins("requirements-semantic.txt")
    if options.with_postgres:
        pins += read_pins("requirements-postgres.txt")
    try:
        sbom = make_sbom(pins, find_time())
    except LicenceError as error:
        print(error, file=sys.stderr)
        return 1
    text = json.dumps(sbom, indent=1, ensure_ascii=False) + "\n"
    if options.file is None:
        print(text, end="")
    else:
        options.file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
