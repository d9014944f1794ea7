"""How soon all processes know of a change is measured with the bots themselves."""

import pytest
from postgres_server import why_missing

from benchmarks.shards.seen import main

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_missing()), reason=why_missing()),
]


def test_what_is_changed_is_seen_by_all(capsys: pytest.CaptureFixture[str]) -> None:
    """As often as it is changed; what is too long is the exit code, whatever it takes here."""
    assert main("--processes 2 --times 3 --most 1000".split()) == 0
    told = capsys.readouterr().out
    rows = [line.split("|")[1:-1] for line in told.splitlines() if line.startswith("| ")][2:]
    assert [[cell.strip() for cell in row[:2]] for row in rows] == [
        ["the articles, since the command was sent", "3"],
        ["the articles, since it was answered", "3"],
        ["a setting", "3"],
    ]
    assert "Seen by 1 others within 1000 s." in told
    assert main("--processes 2 --times 1 --most 0".split()) == 1
