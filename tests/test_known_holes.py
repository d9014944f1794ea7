"""Weaknesses that others know of are looked for: in what is installed once a week, in the code with
every lint.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
AUDIT: dict[Any, Any] = yaml.safe_load(
    (ROOT / ".github" / "workflows" / "audit.yml").read_text(encoding="utf-8")
)


def test_the_audit_reads_every_file_of_requirements() -> None:
    """Once a week and when one changes, with a pinned program, and with no right to write."""
    (job,) = AUDIT["jobs"].values()
    files = sorted(path.name for path in ROOT.glob("requirements*.txt"))
    assert sorted(job["strategy"]["matrix"]["file"]) == files
    # YAML 1.1 reads the key "on" as true.
    begins = AUDIT[True]
    (schedule,) = begins["schedule"]
    minute, hour, *days, weekday = schedule["cron"].split()
    assert minute.isdecimal()
    assert hour.isdecimal()
    assert weekday.isdecimal()
    assert days == ["*", "*"]
    assert begins["push"] == {"paths": ["requirements*.txt"]}
    assert AUDIT["permissions"] == {"contents": "read"}
    (command,) = [step["run"] for step in job["steps"] if "run" in step]
    assert re.search(r"\bpip-audit==\d", command)
    assert "--require-hashes" in command


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("import pickle\npickle.loads(b'')\n", "S301"),
        ("import hashlib\nhashlib.md5(b'')\n", "S324"),
        ("eval('1')\n", "S307"),
        ("import subprocess\nsubprocess.run('ls', shell=True)\n", "S602"),
        ("import tempfile\ntempfile.mktemp()\n", "S306"),
        ("import yaml\nyaml.load('', yaml.Loader)\n", "S506"),
        ("import ssl\nssl._create_unverified_context()\n", "S323"),
        ("import tarfile\ntarfile.open('x').extractall()\n", "S202"),
        ("def find(name):\n    return f'SELECT * FROM t WHERE n = {name}'\n", "S608"),
        ("password = 'hunter2'\n", "S105"),
        ("assert True\n", "S101"),
    ],
)
def test_what_bandit_warns_of_is_a_fault(code: str, rule: str) -> None:
    """Ruff has the rules of bandit, and no file of the program is left out."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--stdin-filename", "bot/made_up.py", "-"],
        cwd=ROOT,
        input=code,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert re.search(rf"\b{rule}\b", done.stdout)


def test_each_exception_from_these_rules_says_why() -> None:
    """In a parenthesis behind it."""
    for folder in ("bot", "scripts"):
        for path in (ROOT / folder).rglob("*.py"):
            for line in path.read_text(encoding="utf-8").splitlines():
                if re.search(r"noqa: S\d", line):
                    assert re.search(r"noqa: S\d+ \(.{4,}\)", line), f"{path}: {line}"
