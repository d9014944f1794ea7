"""What service managers are told of the bot: the unit of systemd, and the health check of the
image.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.chat.service import _CLOSE_S, _PATIENCE_S, MISCONFIGURED

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "docs" / "articlebot.service"


def read_unit() -> dict[str, dict[str, list[str]]]:
    """Read a unit as systemd does: sections of keys, each perhaps several times."""
    sections: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        header = re.fullmatch(r"\[(\w+)\]", line)
        if header is not None:
            section = sections.setdefault(header[1], {})
            continue
        key, sign, value = line.partition("=")
        assert sign, line
        assert re.fullmatch(r"[A-Z][A-Za-z]*", key), line
        section.setdefault(key, []).append(value)
    return sections


def test_the_unit_starts_the_program_and_ends_it_as_it_ends_itself() -> None:
    """The command is one that is installed; what never helps is not tried again; what is in flight
    is waited for; the watchdog and the start are told over the socket.
    """
    sections = read_unit()
    assert list(sections) == ["Unit", "Service", "Install"]
    unit = {key: values[-1] for key, values in sections["Service"].items()}
    program, command = unit["ExecStart"].split()
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert Path(program).name in scripts
    assert command == "run"
    assert unit["Type"] == "notify"
    assert int(unit["RestartPreventExitStatus"]) == MISCONFIGURED
    assert int(unit["TimeoutStopSec"]) > _PATIENCE_S + _CLOSE_S
    assert int(unit["WatchdogSec"]) >= 30
    assert unit["User"] != "root"
    for key in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "RestrictNamespaces"):
        assert unit[key] == "true"
    assert unit["CapabilityBoundingSet"] == ""


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit_and_finds_it_guarded(tmp_path: Path) -> None:
    """No key is unknown, no value is wrong, and the exposure is low (0 to 10, lower is better)."""
    copy = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    copy.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", text), "utf-8")

    def analyze(*arguments: str) -> str:
        done = subprocess.run(
            ["systemd-analyze", *arguments, str(copy)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stderr

    assert analyze("verify", "--man=no") == ""
    analyze("security", "--offline=true", "--threshold=15", "--no-pager")


def test_the_image_asks_the_bot_how_it_is() -> None:
    """Its health check is a command of the program, and reads the file that the image names."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    _, image = text.rsplit("\nFROM ", 1)
    found = re.search(r"(?m)^HEALTHCHECK .* CMD (\[.*\])$", image)
    assert found is not None
    assert json.loads(found[1]) == ["articlebot", "health"]
    assert re.search(r"(?m)^ENV ARTICLEBOT_HEARTBEAT=/tmp/\w+$", image)
