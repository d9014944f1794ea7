"""The two files of pinned requirements hold all that is wanted, everywhere, and nothing else.

What is wanted is taken from pyproject.toml and from the metadata of what is installed. A pin that
does not name an extra does not pin it: once there is a newer version, pip takes that one for the
extra, misses its hash, and gives up. Nor does a pin with an extra pin what is wanted without one.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
# sys_platform, platform_system, os_name, and the machines that there are wheels for.
SYSTEMS = [
    ("linux", "Linux", "posix", ("x86_64", "aarch64")),
    ("win32", "Windows", "nt", ("AMD64",)),
    ("darwin", "Darwin", "posix", ("x86_64", "arm64")),
]
PYTHONS = ["3.11.0", "3.11.9", "3.12.0", "3.12.9", "3.13.0", "3.13.9", "3.14.0", "3.14.9"]

Environment = dict[str, str]


def environments() -> Iterator[Environment]:
    """Give the values of all markers, for every Python and system that the program is for."""
    for python, (platform, system, name, machines) in product(PYTHONS, SYSTEMS):
        for machine in machines:
            yield {
                "implementation_name": "cpython",
                "implementation_version": python,
                "os_name": name,
                "platform_machine": machine,
                "platform_python_implementation": "CPython",
                "platform_release": "",
                "platform_system": system,
                "platform_version": "",
                "python_full_version": python,
                "python_version": python.rpartition(".")[0],
                "sys_platform": platform,
            }


@dataclass(frozen=True)
class Pin:
    """A requirement of a file, with its hashes."""

    wanted: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name as indexes write it."""
        return canonicalize_name(self.wanted.name)

    @property
    def version(self) -> str:
        """The one version that is allowed, or nothing."""
        found = re.fullmatch(r"==([^*,]+)", str(self.wanted.specifier))
        return found[1] if found else ""


def read_pins(text: str) -> list[Pin]:
    """Read a file of requirements as pip does: comments, continued lines, hashes."""
    pins = []
    for line in re.sub(r"(?m)^\s*#.*\n", "", text).replace("\\\n", " ").splitlines():
        wanted, *hashes = re.split(r"\s--hash=sha256:", line)
        if wanted.strip():
            pins.append(Pin(Requirement(wanted.strip()), tuple(one.strip() for one in hashes)))
    return pins


def wanted_by_the_project(*extras: str) -> list[Requirement]:
    """Give what pyproject.toml wants, to run, to be built, and for some extras."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*table["project"]["dependencies"], *table["build-system"]["requires"]]
    for extra in extras:
        lines += table["project"]["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


@cache
def wanted_by(name: str) -> list[Requirement]:
    """Give all that an installed distribution may want; of one that is not installed nothing is
    known.
    """
    try:
        return [Requirement(line) for line in distribution(name).requires or []]
    except PackageNotFoundError:
        return []


def applies(wanted: Requirement, environment: Environment, extra: str = "") -> bool:
    """Tell whether something is wanted in an environment, for an extra or for none."""
    return wanted.marker is None or wanted.marker.evaluate({**environment, "extra": extra})


def find_faults(pins: Sequence[Pin], roots: Sequence[Requirement]) -> list[str]:
    """Say what is wrong with pins, for all environments: what is missing, does not fit, or is there
    for nothing.
    """
    faults = [f"{pin.name} has no version" for pin in pins if not pin.version]
    faults += [f"{pin.name} has no hash" for pin in pins if not pin.hashes]
    unused = set(pins)
    for environment in environments():
        here = [pin for pin in pins if applies(pin.wanted, environment)]
        names = [pin.name for pin in here]
        where = f"Python {environment['python_full_version']} on {environment['sys_platform']}"
        faults += [f"{name} is pinned twice: {where}" for name in {*names} if names.count(name) > 1]
        by_name = dict(zip(names, here, strict=True))
        waiting = [("", one) for one in roots if applies(one, environment)]
        seen: set[tuple[str, str]] = set()
        while waiting:
            by, wanted = waiting.pop()
            pin = by_name.get(canonicalize_name(wanted.name))
            if pin is None:
                faults.append(f"{wanted} is wanted and not pinned: {where}")
                continue
            unused.discard(pin)
            if by and wanted.extras != pin.wanted.extras:
                faults.append(
                    f"{by} wants {wanted.name} with the extras {sorted(wanted.extras)} and "
                    f"{pin.wanted} is pinned"
                )
            if pin.version and not wanted.specifier.contains(pin.version, prereleases=True):
                faults.append(f"{wanted} is wanted and {pin.wanted} pinned: {where}")
            for extra in {"", *wanted.extras}:
                if (pin.name, extra) not in seen:
                    seen.add((pin.name, extra))
                    waiting += [
                        (pin.name, one)
                        for one in wanted_by(pin.name)
                        if applies(one, environment, extra)
                    ]
    faults += [f"nobody wants {pin.wanted}" for pin in unused]
    return sorted({*faults})


FILES = {"requirements.txt": (), "requirements-dev.txt": ("dev",)}


def text_of(file: str) -> str:
    """Read a file of requirements."""
    return (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_all_that_is_wanted_is_pinned_and_nothing_else(file: str) -> None:
    """Every distribution, version and extra, for each Python from 3.11 to 3.14 on Linux, Windows
    and macOS.
    """
    assert find_faults(read_pins(text_of(file)), wanted_by_the_project(*FILES[file])) == []


def test_what_is_installed_is_what_is_pinned() -> None:
    """So the metadata that are looked at are those of the pins."""
    pins = read_pins(text_of("requirements-dev.txt"))
    here = [pin for pin in pins if applies(pin.wanted, {})]
    assert {pin.name: distribution(pin.name).version for pin in here} == {
        pin.name: pin.version for pin in here
    }


def test_the_bot_runs_with_what_is_tested() -> None:
    """Each pin of requirements.txt stands in requirements-dev.txt too, with the same hashes."""
    assert {*read_pins(text_of("requirements.txt"))} <= {
        *read_pins(text_of("requirements-dev.txt"))
    }


@pytest.mark.parametrize("group", ["semantic", "model", "charts", "postgres"])
def test_what_is_installed_by_itself_is_pinned(group: str) -> None:
    """What an extra wants, with a version that fits and hashes, and nothing that this wants: the
    files are installed without it.
    """
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [Requirement(line) for line in table["dependency-groups"][group]]
    pins = {pin.name: pin for pin in read_pins(text_of(f"requirements-{group}.txt"))}
    assert pins.keys() == {canonicalize_name(one.name) for one in wanted}
    for one in wanted:
        pin = pins[canonicalize_name(one.name)]
        assert one.specifier.contains(pin.version)
        assert pin.hashes
        assert not pin.wanted.marker


def test_the_extra_is_what_is_installed_by_itself() -> None:
    """Who installs the extra by its name gets the same packages."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = table["project"]["optional-dependencies"]
    groups = table["dependency-groups"]
    assert extras["semantic"] == groups["semantic"]
    assert extras["postgres"] == groups["postgres"]
    assert {*extras["charts"]} <= {*groups["charts"]}


def test_what_draws_is_installed_with_all_that_it_wants() -> None:
    """The pins of the charts hold all of it but NumPy, and agree with those of the developers."""
    pins = {pin.name: pin.version for pin in read_pins(text_of("requirements-charts.txt"))}
    others = {pin.name: pin.version for pin in read_pins(text_of("requirements-dev.txt"))}
    assert all(others.get(name, version) == version for name, version in pins.items())
    for by in pins:
        for one in wanted_by(by):
            name = canonicalize_name(one.name)
            if name != "numpy" and applies(one, next(environments())):
                assert one.specifier.contains(pins[name]), one


def test_what_builds_the_project_stands_in_both_places() -> None:
    """The group is what the pins are made of; without isolation the build takes what is
    installed.
    """
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert table["dependency-groups"]["build"] == table["build-system"]["requires"]


@pytest.mark.parametrize(
    "file",
    [
        *FILES,
        "requirements-semantic.txt",
        "requirements-model.txt",
        "requirements-charts.txt",
        "requirements-postgres.txt",
    ],
)
def test_a_file_says_how_it_is_made(file: str) -> None:
    """Its first lines hold the command, which keeps extras, hashes, and all systems."""
    command = text_of(file).splitlines()[1]
    assert command.startswith("#    uv pip compile ")
    assert command.endswith(f" -o {file}")
    assert {"--universal", "--generate-hashes", "--no-strip-extras"} <= {*command.split()}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            (r"^coverage\[toml\]", "coverage"),
            "pytest-cov wants coverage with the extras ['toml'] and coverage==",
        ),
        (
            (r"^sqlalchemy==", "sqlalchemy[asyncio]=="),
            "alembic wants SQLAlchemy with the extras [] and sqlalchemy[",
        ),
        ((r"^pytest==", "pytest[dev]=="), "wants pytest with the extras [] and pytest[dev]=="),
        ((r"^propcache==\S+", "propcache==0.1"), "wanted and propcache==0.1 pinned"),
        ((r"^yarl==\S+", "yarl==1.0"), "wanted and yarl==1.0 pinned"),
        ((r"^rich==\S+", "rich>=15"), "rich has no version"),
        ((r"^(idna==\S+) .*\n( +--hash.*\n)+", r"\1\n"), "idna has no hash"),
        ((r"^mdurl==(.*\n)( +--hash.*\n)+", ""), "mdurl~=0.1 is wanted and not pinned"),
        ((r"^mdurl==", "mdurl2=="), "nobody wants mdurl2=="),
        ((r"^colorama==(\S+) ; [^\\]*", r"colorama==\1 ; sys_platform == 'cygwin' "), "colorama"),
        (
            (r"^audioop-lts==(\S+) ; [^\\]*", r"audioop-lts==\1 ; python_full_version >= '3.14' "),
            "audioop-lts",
        ),
        ((r"^numpy==2.4.6 ; [^\\]*", "numpy==2.4.6 "), "numpy is pinned twice"),
    ],
)
def test_each_fault_is_found(change: tuple[str, str], fault: str) -> None:
    """A pin without its extra, with another version, without a hash, left out, left over, or for
    too few systems.
    """
    text, times = re.subn(change[0], change[1], text_of("requirements-dev.txt"), flags=re.MULTILINE)
    assert times == 1
    faults = find_faults(read_pins(text), wanted_by_the_project("dev"))
    assert [one for one in faults if fault in one], faults
