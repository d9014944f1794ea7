"""The proofs: that they count what they say they count, and that they hold."""

import ast
import asyncio
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import aiohttp
import pytest
from loopback import Channel, LoopbackDiscord

from benchmarks.proofs import ROOT
from benchmarks.proofs.__main__ import main
from benchmarks.proofs.document import render
from benchmarks.proofs.hazards import HAZARDS
from benchmarks.proofs.outcomes import Outcome, count_leaks, count_live
from benchmarks.proofs.plain_bot import NOTHING, Library
from benchmarks.proofs.row_tests import count, read_reports
from benchmarks.proofs.running import play
from benchmarks.proofs.scenario import Size
from benchmarks.proofs.scenarios import SCENARIOS
from benchmarks.proofs.stage import set_stage

SEED = 7


def functions_of(file: Path) -> set[str]:
    """Give the names of a file's tests."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return {one.name for one in functions if one.name.startswith("test_")}


def test_there_are_fifty_rows_each_with_a_proof_or_a_reason() -> None:
    """A row without one would look met, or would be forgotten."""
    assert [hazard.number for hazard in HAZARDS] == list(range(1, 51))
    played = {number for scenario in SCENARIOS.values() for number in scenario.hazards}
    assert played <= set(range(1, 51))
    for hazard in HAZARDS:
        assert hazard.tests or hazard.missing or hazard.number in played, hazard


def test_every_test_that_a_row_names_is_there() -> None:
    """A test that was renamed must not make a row look proven."""
    for name in {name for hazard in HAZARDS for name in hazard.tests}:
        file, _, function = name.partition("::")
        functions = functions_of(ROOT / "tests" / file)
        assert functions, name
        assert not function or function in functions, name


async def post(discord: LoopbackDiscord, channel: Channel, **body: object) -> None:
    """Send a message as a bot."""
    address = f"{discord.api_url}/channels/{channel.id}/messages"
    headers = {"Authorization": f"Bot {discord.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.post(address, json=body) as answer,
    ):
        assert answer.status == 200, await answer.text()


@pytest.mark.parametrize(
    ("content", "live"),
    [
        ("The Orrin ends at Lisk.", 0),
        ("See https://example.org/rivers.", 0),
        ("@everyone, tea!", 1),
        ("<@{ada}>", 2),
        ("<#1234567890123456789>", 1),
        ("[tea](https://e.vil/x)", 1),
    ],
)
async def test_what_is_live_is_counted(content: str, live: int) -> None:
    """By what Discord would show and by whom it would notify; a source of the articles is none."""
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        guild = discord.add_guild("Readers", owner=ada)
        channel = discord.add_text_channel(guild, "general")
        await post(discord, channel, content=content.format(ada=ada.id))
        assert count_live(discord, {"example.org"}) == live


async def test_a_reply_that_pings_its_asker_is_nothing_live() -> None:
    """That is what a reply is for."""
    async with LoopbackDiscord() as discord:
        ada = discord.add_user("ada")
        channel = discord.add_text_channel(discord.add_guild("Readers", owner=ada), "general")
        asked = await discord.say(ada, channel, "when?")
        await post(discord, channel, content="now", message_reference={"message_id": str(asked.id)})
        assert discord.requests[-1].pings.users == {ada.id}
        assert count_live(discord) == 0


async def test_what_leaks_is_counted(tmp_path: Path) -> None:
    """Tokens of the bot and of interactions, a question's word, a traceback."""
    async with set_stage(Outcome("none", "ours", SEED), tmp_path) as stage:
        discord = stage.discord
        channel = stage.channels[0]
        token = "a token of an interaction"  # noqa: S105 (made up)
        discord.core.by_token[token] = None  # type: ignore[assignment]
        await post(discord, channel, content="Traceback (most recent call last)")
        log = [f"token {discord.token}\n", f"to {token}\n", "zwiebelfisch\n", "fine\n"]
        assert count_leaks(discord, log) == 4
        assert count_leaks(discord, ["fine\n"]) == 1


async def test_a_line_covers_what_is_asked_until_its_time(tmp_path: Path) -> None:
    """Who was told when to come back is not lost before; who was not told, and later, is."""
    async with set_stage(Outcome("none", "ours", SEED), tmp_path) as stage:
        discord, ada, bob = stage.discord, *stage.people[:2]
        asked = await stage.mention(ada)
        until = int(discord.clock.now()) + 60
        told = await discord.say(
            discord.bot_user, asked.channel, f"Try again <t:{until}:R>.", reply_to=asked
        )
        assert told.reply_to is asked
        await stage.mention(ada)
        other = await stage.mention(bob)
        assert stage.unanswered() == [other]
        discord.clock.advance(120)
        late = await stage.mention(ada)
        assert stage.unanswered() == [other, late]


def test_the_plain_bot_answers_with_its_best_paragraph() -> None:
    """It is a fair opponent: it finds what stands there."""
    library = Library(["The Orrin ends at Lisk.", "Herons nest in reeds.", "Tea is sold in Tarn."])
    assert library.answer("where do herons nest?") == "Herons nest in reeds."
    assert library.answer("zeppelin") == NOTHING


def test_a_page_says_what_holds_and_what_does_not() -> None:
    """A row holds if its tests passed and its scenarios lost nothing; else the page says why not."""
    outcomes = [
        Outcome("cuts", "ours", 1, asked=40),
        Outcome("cuts", "plain", 1, asked=40, lost=7),
        Outcome("silence", "ours", 1, asked=3, lost=2, broken=["one session"]),
    ]
    named = {name for hazard in HAZARDS for name in hazard.tests}
    results = {name if "::" in name else f"{name}::test_x": Counter(passed=2) for name in named}
    page = render(outcomes, results, "how")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")]
    cells = {row[0].removeprefix("| "): row for row in rows}
    assert cells["1"][3:9] == ["40", "0", "0", "0", "0", "7"]
    assert cells["1"][-1] == "yes |"
    assert cells["3"][3:8] == ["3", "2", "0", "0", "0"]
    assert cells["3"][-1] == "no |"
    assert cells["41"][-1] == "yes |"
    assert cells["47"][-1] == "in part |"
    assert cells["46"][-1] == "in part |" or cells["46"][-1] == "no |"
    assert "silence (seed 1): 2 lost; not so: one session" in page
    failed = {**results, HAZARDS[0].tests[0]: Counter(failed=1)}
    assert "1 tests failed" in render(outcomes, failed, "how")
    assert "named tests were not run" in render(outcomes, {}, "how")


def test_seeds_are_summed_and_the_page_names_its_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of each scale by itself; what was kept of an earlier command is named with it."""
    outcomes = [
        asdict(Outcome("cuts", "ours", seed, scale, asked=40 * seed))
        for scale in ("long", "short")
        for seed in (3, 1, 2)
    ]
    earlier = "python -m benchmarks.proofs --only cuts --seeds 3 --scale short,long"
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps({"commands": [earlier], "outcomes": outcomes, "tests": {}}))
    page = tmp_path / "page.md"
    assert main(["--only", ",", "--results", str(kept), "--markdown", str(page)]) == 0
    told = capsys.readouterr().out.splitlines()
    counts = "240 asked, 0 lost, 0 doubled, 0 live, 0 leaked"
    assert f"sum: cuts · ours · short · seeds 1, 2, 3 · {counts}" in told
    assert f"sum: cuts · ours · long · seeds 1, 2, 3 · {counts}" in told
    assert told[-1].startswith("sum: ours · 6 runs · 480 asked")
    text = page.read_text(encoding="utf-8")
    command = f"python -m benchmarks.proofs --only , --markdown {page}"
    assert f"```sh\n{earlier}\n{command}\n```" in text
    for scale in ("short", "long"):
        assert f"| ours | {scale}: 1, 2, 3 | 240 |" in text
    assert json.loads(kept.read_text(encoding="utf-8"))["commands"] == [earlier]


@pytest.mark.slow
def test_each_seed_is_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As many as were asked for, or those that were named."""
    kept = tmp_path / "kept.json"
    common = ["--only", "lost replies", "--bots", "ours", "--results", str(kept)]
    assert main([*common, "--seeds", "2"]) == 0
    assert main([*common, "--seed", "5"]) == 0
    told = capsys.readouterr().out
    assert "lost replies · ours · short · seeds 1, 2 · 120 asked" in told
    assert "lost replies · ours · short · seeds 1, 2, 5 · 180 asked" in told


def test_a_report_is_counted_by_file_and_function(tmp_path: Path) -> None:
    """Parameters belong to their function, functions to their file."""
    report, other = tmp_path / "report.xml", tmp_path / "other.xml"
    report.write_text(
        '<testsuites><testsuite><testcase file="tests/test_a.py" name="test_x[1]"/>'
        '<testcase file="tests/test_a.py" name="test_x[2]"><failure/></testcase>'
        '<testcase file="tests/test_a.py" name="test_y"><skipped/></testcase></testsuite></testsuites>',
        encoding="utf-8",
    )
    results = read_reports([report])
    assert count(results, ["test_a.py::test_x"]) == Counter(passed=1, failed=1)
    assert count(results, ["test_a.py"]) == Counter(passed=1, failed=1, skipped=1)
    assert count(results, ["test_b.py"]) == Counter(missing=1)
    other.write_text('<testsuite><testcase file="tests/test_a.py" name="test_x[3]"/></testsuite>')
    kept = tmp_path / "kept.json"
    reports = ["--reports", f"{report},{other}", "--results", str(kept)]
    assert main(["--only", ",", *reports]) == 0
    tests = json.loads(kept.read_text(encoding="utf-8"))["tests"]
    assert tests["test_a.py::test_x"] == {"passed": 2, "failed": 1}


def test_an_unknown_scenario_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """With its name, and nothing is run."""
    with pytest.raises(SystemExit) as ended:
        main(["--only", "tea"])
    assert ended.value.code == 2
    assert "there is no scenario tea" in capsys.readouterr().err


async def test_a_scenario_is_played_with_the_bot(tmp_path: Path) -> None:
    """The smallest one: a cut of each kind, and nothing is lost or doubled."""
    outcome = await play("cuts", "ours", Size(times=1, questions=4), SEED, tmp_path)
    assert outcome.holds, outcome
    assert outcome.asked == 8


async def test_what_the_plain_bot_does_wrong_is_seen(tmp_path: Path) -> None:
    """It answers a repeated mention twice."""
    outcome = await play("repeated events", "plain", Size(questions=2), SEED, tmp_path)
    assert outcome.doubled == 1
    assert not outcome.holds


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_is_lost_doubled_live_or_leaked(name: str, tmp_path: Path) -> None:
    """Whatever goes wrong, at the short scale: each question has one answer or one honest line."""
    outcome = asyncio.run(play(name, "ours", SCENARIOS[name].short, SEED, tmp_path))
    print(outcome)  # noqa: T201 (shown where it fails: the seed and the figures)
    assert outcome.holds


@pytest.mark.slow
async def test_answers_that_get_lost_are_seen(tmp_path: Path) -> None:
    """The plain bot does not send again after a 503: the ledger tells which questions it lost."""
    outcome = await play("faulty replies", "plain", Size(questions=40), SEED, tmp_path)
    assert outcome.lost > 0
