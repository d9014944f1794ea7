"""Write what was proven as a page of Markdown."""

from collections import Counter
from collections.abc import Sequence

from benchmarks.proofs.hazards import HAZARDS, Hazard
from benchmarks.proofs.outcomes import Outcome
from benchmarks.proofs.row_tests import Results, count
from benchmarks.proofs.scenarios import SCENARIOS

_COUNTS = ("lost", "doubled", "live", "leaked")
_NONE = "–"
_COLUMNS = (
    "#", "hazard", "tests", "questions", *_COUNTS, "plain bot: lost", *_COUNTS[1:], "holds",
)  # fmt: skip
_HEAD = f"| {' | '.join(_COLUMNS)} |\n|{' --: |' * len(_COLUMNS)}"
_PAGE = """\
# Proofs

{how}

Every row is a hazard: something that goes wrong in programs like this one. *Tests* are those of
`tests/` that prove it: passed, of all. *Questions* were asked in scenarios: a Discord on loopback,
or a proxy before it, does what goes wrong, and keeps a ledger of questions and answers in which
every cell must be 1. *Lost*: without an answer and without a line that says why. *Doubled*:
answered more than once. *Live*: pings of others than the asker, mentions, links that can be
pressed, in anything that the bot said, but for the articles' own sources. *Leaked*: tokens, words
of questions, tracebacks, in the log or in anything that the bot said.

The plain bot is `benchmarks/proofs/plain_bot.py`: discord.py and rank_bm25 as anyone would write
it. It plays the same scenarios with the same seeds, has far fewer features, and is started again
when it dies.

A line that tells a person how long to wait covers what they ask in that time. Slash commands that
are in flight at a kill, or used while the bot is away, as from the moment on in which one that is
ended in good order has left, have Discord's own failure line, and so have
those that were acknowledged too late because the machine gave no processor for so long. Neither
counts as lost.

{head}
{rows}

## What is not met, or not proven here

{open_points}

## Scenarios

Times are those of this machine, which did other things as well. What is allowed is told beside
them; it is the counts that decide. The three seconds after which Discord drops a command are real
time: where the processes had to wait for others, commands were lost, and the scenario was played
again before the others (`nice`).

| scenario | rows | bot | scale, seeds | questions | lost | doubled | live | leaked | figures |
| --- | --- | --- | --- | --: | --: | --: | --: | --: | --- |
{scenarios}

## Tests of each row

{tests}
"""


def render(outcomes: Sequence[Outcome], results: Results, how: str) -> str:
    """Give the page; ``how`` says by which command and where it was made."""
    return _PAGE.format(
        how=how,
        head=_HEAD,
        rows="\n".join(_row(hazard, outcomes, results) for hazard in HAZARDS),
        open_points="\n".join(_open_points(outcomes, results)) or "Nothing.",
        scenarios="\n".join(_scenario_rows(outcomes)),
        tests="\n".join(_test_line(hazard) for hazard in HAZARDS if hazard.tests),
    )


def faults_of(hazard: Hazard, outcomes: Sequence[Outcome], results: Results) -> list[str]:
    """Give what does not hold of a row, in words: of our bot's scenarios and of the tests."""
    faults = [
        f"{outcome.scenario} (seed {outcome.seed}): {_told(outcome)}"
        for outcome in outcomes
        if outcome.kind == "ours" and _is_about(outcome, hazard) and not outcome.holds
    ]
    counts = count(results, hazard.tests)
    if counts["failed"]:
        faults.append(f"{counts['failed']} tests failed")
    if counts["missing"]:
        faults.append(f"{counts['missing']} named tests were not run")
    return faults


def _told(outcome: Outcome) -> str:
    """Tell what of an outcome is not as it must be."""
    parts = [f"{getattr(outcome, name)} {name}" for name in _COUNTS if getattr(outcome, name)]
    parts += [f"not so: {claim}" for claim in outcome.broken]
    return "; ".join([*parts, outcome.error] if outcome.error else parts)


def _is_about(outcome: Outcome, hazard: Hazard) -> bool:
    return hazard.number in SCENARIOS[outcome.scenario].hazards


def _row(hazard: Hazard, outcomes: Sequence[Outcome], results: Results) -> str:
    ours, plain = (
        [one for one in outcomes if one.kind == kind and _is_about(one, hazard)]
        for kind in ("ours", "plain")
    )
    counts = count(results, hazard.tests)
    tests = f"{counts['passed']}/{counts.total() - counts['skipped']}" if hazard.tests else _NONE
    is_seen = bool(ours) or counts["passed"] > 0
    holds = "yes" if is_seen and not faults_of(hazard, outcomes, results) else "no"
    if hazard.missing:
        holds = "in part" if holds == "yes" else holds
    asked = f"{sum(one.asked for one in ours):,}" if ours else _NONE
    cells = [str(hazard.number), hazard.name, tests, asked, *_sums(ours), *_sums(plain), holds]
    return f"| {' | '.join(cells)} |"


def _sums(outcomes: Sequence[Outcome]) -> list[str]:
    if not outcomes:
        return [_NONE] * len(_COUNTS)
    return [str(sum(getattr(one, name) for one in outcomes)) for name in _COUNTS]


def _open_points(outcomes: Sequence[Outcome], results: Results) -> list[str]:
    lines = []
    for hazard in HAZARDS:
        faults = faults_of(hazard, outcomes, results)
        if hazard.missing:
            faults.append(hazard.missing)
        if faults:
            lines.append(f"- **{hazard.number}, {hazard.name}:** {'; '.join(faults)}.")
    return lines


def group_outcomes(outcomes: Sequence[Outcome]) -> dict[tuple[str, str, str], list[Outcome]]:
    """Put the outcomes of a scenario, a bot and a scale together, by seed."""
    names = list(SCENARIOS)
    groups: dict[tuple[str, str, str], list[Outcome]] = {}
    for one in sorted(outcomes, key=lambda one: (names.index(one.scenario), one.kind, one.seed)):
        groups.setdefault((one.scenario, one.kind, one.scale), []).append(one)
    return groups


def _scenario_rows(outcomes: Sequence[Outcome]) -> list[str]:
    lines = []
    for (name, kind, scale), group in group_outcomes(outcomes).items():
        scenario = SCENARIOS[name]
        rows = ", ".join(map(str, scenario.hazards))
        seeds = f"{scale}: {', '.join(str(one.seed) for one in group)}"
        asked = f"{sum(one.asked for one in group):,}"
        figures = "<br>".join(dict.fromkeys(map(_figures, group)))
        title = f"**{name}**: {scenario.title}" if kind == "ours" else name
        cells = [title, rows, kind, seeds, asked, *_sums(group), figures]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _figures(outcome: Outcome) -> str:
    parts = [f"{name}: {value}" for name, value in outcome.figures.items()]
    parts += [f"{claim}: no ({times}×)" for claim, times in Counter(outcome.broken).items()]
    parts += [outcome.error] if outcome.error else []
    return "; ".join(parts)


def _test_line(hazard: Hazard) -> str:
    names = ", ".join(f"`{name}`" for name in hazard.tests)
    return f"- {hazard.number}: {names}"
