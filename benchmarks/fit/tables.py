"""Fits to Markdown."""

from collections.abc import Sequence

from benchmarks.fit.model import Fit, FittedNumber

LEGEND = """\
in the code: as the product imports it. s.e.: standard error. Reproduced: yes, if the number in the
code lies within two standard errors of the one that is found; open, if 0 does too, so that the data
say too little. Nothing in the product is changed, unless it is asked for with --write."""


def render_fit(fit: Fit) -> str:
    """Render a heading, the method, the numbers, and the trials if there are any."""
    lines = [
        f"## {fit.title}",
        "",
        f"- data: {fit.data}",
        f"- split: {fit.split}",
        f"- method: {fit.method}",
        "",
    ]
    lines += [
        "| number | in the code | found | s.e. | reproduced | note |",
        "| --- | ---: | ---: | ---: | --- | --- |",
    ]
    lines += [_render_number(number) for number in fit.numbers]
    if fit.trials:
        lines += [
            "",
            "| figure | at the code's | at those found | note |",
            "| --- | ---: | ---: | --- |",
        ]
        lines += [
            f"| {one.name} | {one.at_code:.4f} | {one.at_found:.4f} | {one.note} |"
            for one in fit.trials
        ]
    return "\n".join(lines)


def _render_number(number: FittedNumber) -> str:
    figures = [f"{number.in_code:g}", _show(number.found), _show(number.standard_error)]
    return f"| {' | '.join([number.name, *figures, number.verdict, number.note])} |"


def _show(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def render_rest(fits: Sequence[Fit]) -> str:
    """List the numbers that were not reproduced, or could not be, and why."""
    lines = ["## Not reproduced", ""]
    for fit in fits:
        rest = [
            f"  - {number.name}: {_give_reason(number)}"
            for number in fit.numbers
            if number.verdict != "yes"
        ]
        if rest:
            lines += [f"- {fit.title}: {fit.origin}".removesuffix(": "), *rest]
    return "\n".join(lines) if len(lines) > 2 else "Every number was reproduced."


def _give_reason(number: FittedNumber) -> str:
    if number.found is None or number.standard_error is None:
        return number.note
    found = (
        f"{number.in_code:g} in the code, {number.found:.3f} ± {number.standard_error:.3f} found"
    )
    return f"{found}, which is not told from 0" if number.verdict == "open" else found
