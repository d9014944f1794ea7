"""What servers cost is measured with the bot itself."""

import re

import pytest

from benchmarks.shards.__main__ import main

pytestmark = pytest.mark.slow


def test_a_few_servers_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each size, and what follows for three more."""
    arguments = "--servers 1 30 --channels 3 --roles 2 --messages 50 --questions 5"
    assert main(arguments.split()) == 0
    rows = [line.split("|")[1:-1] for line in capsys.readouterr().out.splitlines() if "|" in line]
    found = [[cell.strip() for cell in row] for row in rows]
    assert [row[0] for row in found if re.match(r"[\d,]+$", row[0])] == [
        *("1", "30"),
        *("1,000", "10,000", "100,000"),
    ]
    for row in found[2:4]:
        assert float(row[2]) > 20
        assert all(float(cell) > 0 for cell in row[3:])
