"""Fits to Markdown."""

from collections.abc import Sequence

from benchmarks.fit.model import Fit, FittedNumber

LEGEND = """\
in the code: as the product imports it. s.e.: standard error. Reproduced: the number in the code lies within two standard
errors of the one that is found. Nothing in the product is changed."""


def render_fit(fit: Fit) -> str:
    """Render a heading, what was fitted on what and how, the numbers, and the trials if there are any."""
    lines = [f"## {fit.title}", "", f"- data: {fit.data}", f"- split: {fit.split}", f"- method: {fit.method}", ""]
    lines += ["| number | in the code | found | s.e. | reproduced | note |", "| --- | ---: | ---: | ---: | --- | --- |"]
    lines += [_render_number(number) for number in fit.numbers]
    if fit.trials:
        lines += ["", "| figure | at the code's | at those found | note |", "| --- | ---: | ---: | --- |"]
        lines += [f"| {one.name} | {one.at_code:.4f} | {one.at_found:.4f} | {one.note} |" for one in fit.trials]
    return "\n".join(lines)


def _render_number(number: FittedNumber) -> str:
    answer = "yes" if number.is_reproduced else "no"
    cells = [number.name, f"{number.in_code:g}", _show(number.found), _show(number.standard_error), answer, number.note]
    return f"| {' | '.join(cells)} |"


def _show(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def render_rest(fits: Sequence[Fit]) -> str:
    """List the numbers that were not reproduced, and why."""
    rest = [(fit, number) for fit in fits for number in fit.numbers if not number.is_reproduced]
    if not rest:
        return "Every number was reproduced."
    return "\n".join(["## Not reproduced", "", *(_render_reason(fit, number) for fit, number in rest)])


def _render_reason(fit: Fit, number: FittedNumber) -> str:
    begin = f"- {fit.title}: {number.name} ({number.in_code:g})"
    if number.found is None or number.standard_error is None:
        return f"{begin}: {number.note}"
    errors = abs(number.in_code - number.found) / max(number.standard_error, 1e-12)
    found = f"this data and method find {number.found:.3f}, {errors:.1f} standard errors away"
    return f"{begin}: {found}. {number.note}".rstrip()
