"""What is installed is known: its licences are allowed and listed, and its bill of materials is
what the CycloneDX schema says.
"""

import json
import os
import subprocess
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from licences import ALLOWED, READ, SECTIONS, find_licence, is_allowed, list_licences, read_pins
from packaging.licenses import canonicalize_license_expression
from referencing import Registry, Resource

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "tests" / "cyclonedx"


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the repository."""
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / script, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def validator() -> Draft7Validator:
    """Make the judge of bills of materials."""
    schemas = {
        path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")
    }
    bom = schemas["bom-1.6.SNAPSHOT.schema.json"]
    # They refer to each other by the names of their files.
    base = bom["$id"].rpartition("/")[0]
    named = [(f"{base}/{name}", Resource.from_contents(schema)) for name, schema in schemas.items()]
    return Draft7Validator(bom, registry=Registry().with_resources(named))


@cache
def sbom(*options: str) -> dict[str, Any]:
    """Make the bill of materials."""
    done = run("make_sbom.py", *options, SOURCE_DATE_EPOCH="1767225600")
    assert (done.returncode, done.stderr) == (0, "")
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


@pytest.mark.parametrize("file", SECTIONS)
def test_all_that_is_installed_is_under_a_licence_that_is_allowed(file: str) -> None:
    """Each package of each file of requirements, as SPDX has it."""
    licences = list_licences(file)
    assert licences.keys() == {pin.name for pin in read_pins(file)}
    for licence in licences.values():
        assert canonicalize_license_expression(licence) == licence


@pytest.mark.parametrize("name", READ)
def test_what_was_read_is_not_what_a_package_denies(name: str) -> None:
    """A package of the table that has come to say an expression itself says the same one."""
    try:
        said = metadata(name).get_all("License-Expression")
    except PackageNotFoundError:
        pytest.skip("not installed here")
    assert said in (None, [READ[name]])


def test_the_page_of_licences_is_current() -> None:
    """docs/licences.md is what the script makes of the requirements; --write makes it so."""
    done = run("licences.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == done.stdout


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("GPL-3.0-only OR MIT AND Zlib", True),
        ("(GPL-3.0-only OR MIT) AND AGPL-3.0-only", False),
        ("(GPL-3.0-only OR MIT) AND (Zlib OR AGPL-3.0-only)", True),
        ("MIT AND (GPL-3.0-only OR AGPL-3.0-only)", False),
        ("Apache-2.0 WITH LLVM-exception", False),
        ("MIT AND GPL-3.0-or-later WITH GCC-exception-3.1", False),
    ],
)
def test_an_expression_is_judged_by_its_sides(expression: str, *, expected: bool) -> None:
    """All sides of an AND, one of an OR, parentheses first; an exception makes another licence."""
    assert is_allowed(expression, ALLOWED) is expected


def test_the_bill_of_materials_is_one() -> None:
    """The schema of CycloneDX 1.6 has nothing against it, with the extra or without; and it would
    have something against others.
    """
    judge = validator()
    for bill in (sbom(), sbom("--with-meaning")):
        assert [error.message for error in judge.iter_errors(bill)] == []
    bad = json.loads(json.dumps(sbom()))
    bad["components"][0]["licenses"] = [{"license": {"id": "Certainly-Free"}}]
    del bad["components"][1]["name"]
    assert len(list(judge.iter_errors(bad))) == 2


def test_the_bill_of_materials_is_complete() -> None:
    """Each pin in its version, with its hashes, its licence and its package URL, once; all that a
    component depends on is there.
    """
    bill = sbom("--with-meaning")
    pins = [*read_pins("requirements.txt"), *read_pins("requirements-semantic.txt")]
    found = [(one["name"], one["version"], one["purl"]) for one in bill["components"]]
    assert found == [(pin.name, pin.version, f"pkg:pypi/{pin.name}@{pin.version}") for pin in pins]
    for pin, component in zip(pins, bill["components"], strict=True):
        (source,) = component["externalReferences"]
        assert {one["content"] for one in source["hashes"]} == {*pin.hashes}
        (licence,) = component["licenses"]
        said = licence.get("expression") or licence["license"]["id"]
        assert said == find_licence(pin.name)
    references = {bill["metadata"]["component"]["bom-ref"]}
    references |= {one["bom-ref"] for one in bill["components"]}
    depends = {one["ref"]: {*one["dependsOn"]} for one in bill["dependencies"]}
    assert depends.keys() == references
    assert set().union(*depends.values()) <= references
    # All is there for something: from the program every component is reached.
    reached, waiting = {"articlebot"}, ["articlebot"]
    while waiting:
        new = depends[waiting.pop()] - reached
        reached |= new
        waiting += new
    assert references - reached <= {"audioop-lts@0.2.2"}


def test_the_same_requirements_give_the_same_bill(tmp_path: Path) -> None:
    """But for the time, which can be given."""
    written = tmp_path / "sbom.json"
    assert run("make_sbom.py", str(written), SOURCE_DATE_EPOCH="1767225600").returncode == 0
    assert json.loads(written.read_text(encoding="utf-8")) == sbom()
    assert sbom()["metadata"]["timestamp"] == "2026-01-01T00:00:00Z"
