"""What is pinned today can still be installed when there are newer versions of everything.

An index of the test's own, on loopback, has for each pinned package the pinned wheels, and beside
them two newer versions that want nothing and offer every extra, so that any pip takes one where it
may. The pinned wheels are fetched as this machine is set up to fetch them; where that can't be
done, the proof fails.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version
from test_requirements import Pin, applies, environments, read_pins, text_of, wanted_by

ROOT = Path(__file__).parent.parent
FILE = "requirements-dev.txt"
PINS = read_pins(text_of(FILE))
NEWEST = "newest"
# The pips that came with the first and with later releases of each Python, and the newest that
# there is.
PIPS = {"3.11": ("22.3", "23.2.1", NEWEST), "3.12": ("23.2.1", NEWEST), "3.13": ("24.2", NEWEST)}
# They take a pin without an extra for no pin of it.
BEFORE_24 = {"22.3", "23.2.1"}
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
# Python, sys_platform, platform_machine, and the tags of the wheels that are taken there.
ELSEWHERE = [
    (
        "3.12",
        "linux",
        "aarch64",
        ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    ),
    ("3.13", "darwin", "arm64", ("macosx_14_0_arm64", "macosx_11_0_arm64")),
    ("3.14", "win32", "AMD64", ("win_amd64",)),
]
LIST = (
    "import importlib.metadata as m\n"
    "for d in m.distributions(): print(d.metadata['Name'], d.version)"
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def run(
    python: Path, *arguments: str, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a Python."""
    command = [str(python), *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=400, check=False
    )


def with_pip(pip: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Have a Python use a pip that lies in a wheel; so a Python gets its first one, too."""
    return {**environment, "PYTHONPATH": str(pip)}


def fetch(
    python: Path, folder: Path, *wanted: str, environment: Mapping[str, str] = os.environ
) -> None:
    """Fetch wheels as this machine is set up to fetch them."""
    arguments = (
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--only-binary=:all:",
        "-d",
        str(folder),
        *wanted,
    )
    done = run(python, *arguments, environment=environment)
    assert done.returncode == 0, (
        f"the index of packages can't be reached, or lacks a wheel:\n{done.stderr}"
    )


def make_wheel(folder: Path, name: str, version: str, extras: list[str]) -> None:
    """Make a wheel that wants nothing and holds nothing."""
    stem = f"{name.replace('-', '_')}-{version}"
    about = "".join(f"Provides-Extra: {extra}\n" for extra in extras)
    files = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{about}",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files["RECORD"] = "".join(f"{stem}.dist-info/{file},,\n" for file in [*files, "RECORD"])
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
        for file, text in files.items():
            wheel.writestr(f"{stem}.dist-info/{file}", text)


def newer_than(version: str) -> tuple[str, str]:
    """Give the next small version and the next large one."""
    release = Version(version).release
    return ".".join(map(str, (*release[:-1], release[-1] + 1))), str(release[0] + 1)


def newest_of(pins: Mapping[str, str]) -> set[str]:
    """Give the names of the newest wheels."""
    return {
        f"{name.replace('-', '_')}-{newer_than(version)[1]}-py3-none-any.whl"
        for name, version in pins.items()
    }


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (so it is called there)
        """Say nothing."""


@dataclass(frozen=True)
class Index:
    """An index of packages: a folder that is served."""

    folder: Path
    url: str

    def add(self, wheels: Path) -> None:
        """Offer the wheels of a folder, with their hashes."""
        for wheel in sorted(wheels.glob("*.whl")):
            page = self.folder / canonicalize_name(parse_wheel_filename(wheel.name)[0])
            page.mkdir(exist_ok=True)
            shutil.copy(wheel, page)
            sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
            with (page / "index.html").open("a", encoding="utf-8") as html:
                html.write(f'<a href="{wheel.name}#sha256={sha256}">{wheel.name}</a>\n')

    @property
    def environment(self) -> dict[str, str]:
        """Give variables with which a pip knows this index and no other."""
        others = ("pip_", "python", "virtual_env", "http_proxy", "https_proxy", "all_proxy")
        kept = {
            name: value for name, value in os.environ.items() if not name.lower().startswith(others)
        }
        own = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": self.url, "PIP_NO_CACHE_DIR": "1"}
        return {**kept, **own, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_PROXY": "127.0.0.1"}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Serve the newer wheels of all that is pinned; those that are pinned are added by who needs
    them.
    """
    folder, newer = tmp_path / "simple", tmp_path / "newer"
    folder.mkdir()
    newer.mkdir()
    extras = sorted(
        {extra for pin in PINS for wanted in wanted_by(pin.name) for extra in wanted.extras}
    )
    for pin in PINS:
        for version in newer_than(pin.version):
            make_wheel(newer, pin.name, version, extras)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        served = Index(folder, f"http://127.0.0.1:{server.server_port}")
        served.add(newer)
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def pips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Fetch the wheel of each pip."""
    found = {}
    for version in sorted({one for versions in PIPS.values() for one in versions}):
        folder = tmp_path_factory.mktemp("pip")
        fetch(Path(sys.executable), folder, "pip" if version == NEWEST else f"pip=={version}")
        (found[version],) = folder.glob("pip-*.whl")
    return found


@cache
def find_pythons() -> dict[str, Path]:
    """Find the Pythons of this machine that are looked at: the running one, others on the path or
    beside it.
    """
    found = {}
    for version in PIPS:
        name = f"python{version}"
        beside = sorted(Path(sys.base_prefix).parent.glob(f"{version}.*/bin/{name}"))
        for python in [shutil.which(name), *beside]:
            if (
                python
                and run(Path(python), "-c", "import venv", environment=os.environ).returncode == 0
            ):
                found[version] = Path(python)
                break
    return {**found, RUNNING: Path(sys.executable)}


def versions_of(pins: list[Pin]) -> dict[str, str]:
    """Give the version of each pin by its name."""
    return {pin.name: pin.version for pin in pins}


@pytest.mark.parametrize("version", sorted({*PIPS, RUNNING}))
def test_the_pinned_versions_are_installed(
    version: str, index: Index, pips: dict[str, Path], tmp_path: Path
) -> None:
    """With each pip, all that is pinned and nothing else; with a name alone each takes the newest
    version.

    Without the names of the extras the pips before 24 fail.

    Then the project itself is installed, with no index at all, and runs.
    """
    if version not in find_pythons():
        pytest.skip(f"Python {version} is not here")
    python, wheels, bare = find_pythons()[version], tmp_path / "wheels", tmp_path / "bare.txt"
    newest = with_pip(pips[NEWEST], os.environ)
    fetch(python, wheels, "--require-hashes", "-r", str(ROOT / FILE), environment=newest)
    index.add(wheels)
    bare.write_text(re.sub(r"(?m)^([\w-]+)\[[\w,]+\]==", r"\1==", text_of(FILE)), encoding="utf-8")
    running = {"python_version": version, "python_full_version": f"{version}.0"}
    here = versions_of([pin for pin in PINS if applies(pin.wanted, running)])
    for pip in PIPS.get(version, (NEWEST,)):
        venv = tmp_path / f"venv-{pip}"
        assert (
            run(python, "-m", "venv", "--without-pip", str(venv), environment=os.environ).returncode
            == 0
        )
        inside = venv / ("Scripts" if os.name == "nt" else "bin") / "python"
        own = with_pip(pips[pip], index.environment)
        install = ("-m", "pip", "install", "-q", "--no-compile")
        tempted = tmp_path / f"tempted-{pip}"
        done = run(
            inside,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "-d",
            str(tempted),
            *here,
            environment=own,
        )
        assert {wheel.name for wheel in tempted.iterdir()} == newest_of(here), (
            f"pip {pip}: {done.stderr}"
        )
        if pip in BEFORE_24:
            refused = run(inside, *install, "--require-hashes", "-r", str(bare), environment=own)
            assert refused.returncode != 0, f"pip {pip}"
        done = run(inside, *install, "--require-hashes", "-r", str(ROOT / FILE), environment=own)
        assert done.returncode == 0, f"pip {pip}: {done.stderr}"
        listed = map(
            str.split, run(inside, "-c", LIST, environment=index.environment).stdout.splitlines()
        )
        assert {canonicalize_name(name): number for name, number in listed} == here, f"pip {pip}"
        alone = {**own, "PIP_NO_INDEX": "1"}
        done = run(
            inside,
            *install,
            "--no-deps",
            "--no-build-isolation",
            "-e",
            str(ROOT),
            environment=alone,
        )
        assert done.returncode == 0, f"pip {pip}: {done.stderr}"
        done = run(
            inside,
            "-m",
            "bot",
            "check",
            "--json",
            environment={**index.environment, "HOME": str(tmp_path)},
        )
        assert (done.returncode, done.stdout) == (0, ""), f"pip {pip}: {done.stderr}"
        shutil.rmtree(venv)


@pytest.mark.parametrize("target", ELSEWHERE, ids=lambda target: "-".join(target[:3]))
def test_there_are_wheels_elsewhere(
    target: tuple[str, str, str, tuple[str, ...]],
    index: Index,
    pips: dict[str, Path],
    tmp_path: Path,
) -> None:
    """For other systems all that is pinned is found as wheels with these hashes, and none of the
    newer ones is taken.

    pip judges markers as on this system, so the lines that hold there are given to it without their
    markers.
    """
    version, platform, machine, tags = target
    there = next(
        one
        for one in environments()
        if (one["python_version"], one["sys_platform"], one["platform_machine"])
        == (version, platform, machine)
    )
    pins = [pin for pin in PINS if applies(pin.wanted, there)]
    lines = [
        " ".join(
            [str(pin.wanted).partition(";")[0], *(f"--hash=sha256:{one}" for one in pin.hashes)]
        )
        for pin in pins
    ]
    file, wheels, taken = tmp_path / "there.txt", tmp_path / "wheels", tmp_path / "taken"
    file.write_text("\n".join(lines), encoding="utf-8")
    system = [f"--python-version={version}", *(f"--platform={tag}" for tag in tags)]
    options = [*system, "--require-hashes", "-r", str(file)]
    python = Path(sys.executable)
    fetch(python, wheels, *options, environment=with_pip(pips[NEWEST], os.environ))
    index.add(wheels)
    command = ("-m", "pip", "download", "-q", "--only-binary=:all:", "-d", str(taken), *options)
    done = run(python, *command, environment=with_pip(pips[NEWEST], index.environment))
    assert done.returncode == 0, done.stderr
    names = [wheel.name for wheel in taken.iterdir()]
    found = {
        canonicalize_name(name): str(number)
        for name, number, _, _ in map(parse_wheel_filename, names)
    }
    assert found == {pin.name: str(Version(pin.version)) for pin in pins}
