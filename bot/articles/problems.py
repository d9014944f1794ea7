"""Problems of one file: made from their texts, and how many of them are kept.

In: a text of ``bot.texts.problems``, the place, and what its placeholders stand for. Out: a
Problem. Nobody reads a hundred thousand problems, so ``keep_gravest`` keeps the first of the
gravest, and ``group_problems`` puts those of one kind together.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from bot.articles.model import Problem, Severity, add_hint
from bot.texts import problems as texts
from bot.texts.problems import ProblemText
from bot.texts.retelling import retell

# An editor who has mended so many reads the list again anyway.
MOST_PROBLEMS = 100
# The gravest comes first.
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
# The texts by their kind: the name of the constant, as in "heading-repeated".
_TEXTS = {
    name.lower().replace("_", "-"): text
    for name, text in vars(texts).items()
    if isinstance(text, ProblemText)
}
_KINDS = {text: kind for kind, text in _TEXTS.items()}
# The kind of the problem by which an editor says that a file is not to be served.
IS_DRAFT_KIND = _KINDS[texts.IS_DRAFT]
# The kind by which is told that a version stands in for a file.
LAST_VERSION_KIND = _KINDS[texts.LAST_VERSION_SERVED]
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
# What stands for values that differ from problem to problem.
_VALUE = "…"


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The problems of one kind and severity, in their order: at least one.

    ``what`` and ``hint`` are what they say, with "…" for what varies.
    """

    severity: Severity
    what: str
    hint: str
    problems: tuple[Problem, ...]

    @property
    def message(self) -> str:
        """What they say in the reader's language, with the hint in brackets if there is one."""
        return add_hint(retell(self.what), retell(self.hint))


def make_error(
    text: ProblemText, file: str, line: int = 1, column: int = 0, **values: object
) -> Problem:
    """Make a Problem that keeps ``file`` from being served; ``values`` fill the placeholders.

    ``line`` is 1-based, ``column`` too; a column of 0 stands for none.
    """
    return _make_problem("error", text, file, line, column, **values)


def make_warning(
    text: ProblemText, file: str, line: int = 1, column: int = 0, **values: object
) -> Problem:
    """Make a Problem of a file that is served, in which something was passed over or guessed."""
    return _make_problem("warning", text, file, line, column, **values)


def make_note(
    text: ProblemText, file: str, line: int = 1, column: int = 0, **values: object
) -> Problem:
    """Make a Problem that says how something uncertain was read."""
    return _make_problem("note", text, file, line, column, **values)


def _make_problem(
    severity: Severity, text: ProblemText, file: str, line: int, column: int, **values: object
) -> Problem:
    what = text.what(**values)
    hint = text.hint(**values)
    return Problem(file, line, column, severity, what, hint, _KINDS[text])


def tell_problem(problem: Problem) -> str:
    """Render a problem as ``str`` does, in the language of the reader."""
    severity = texts.SEVERITIES[problem.severity]()
    message = add_hint(retell(problem.what), retell(problem.hint))
    return f"{problem.place}: {severity}: {message}"


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file, line and column."""
    return sorted(problems, key=attrgetter("file", "line", "column"))


def keep_gravest(problems: Sequence[Problem]) -> list[Problem]:
    """Give at most MOST_PROBLEMS of a file's problems, in their own order: the gravest, the first.

    Where there are more, one further Problem says how many are left out. It is as grave as the
    gravest of these, and stands where that one stood.
    """
    if len(problems) <= MOST_PROBLEMS:
        return list(problems)
    ranks = [_SEVERITIES.index(problem.severity) for problem in problems]
    indices = range(len(problems))
    # The sort is stable, so that equally grave problems keep their order.
    gravest_first = sorted(indices, key=ranks.__getitem__)
    first_left_out = gravest_first[MOST_PROBLEMS]
    number_left_out = len(problems) - MOST_PROBLEMS
    what = texts.MORE_PROBLEMS.what(number=number_left_out)
    hint = texts.MORE_PROBLEMS.hint()
    kind = _KINDS[texts.MORE_PROBLEMS]
    summary = replace(problems[first_left_out], what=what, hint=hint, kind=kind)
    shown = list(problems)
    shown[first_left_out] = summary
    kept = sorted(gravest_first[: MOST_PROBLEMS + 1])
    return [shown[index] for index in kept]


def group_problems(problems: Sequence[Problem]) -> list[ProblemGroup]:
    """Put problems of one kind together: the gravest kind first, of these the most frequent.

    Those without a kind, or of one that says nothing by itself, are together where they say the
    same.
    """
    by_kind: dict[tuple[Severity, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        by_kind[problem.severity, _name_group(problem)].append(problem)
    groups = [_make_group(of_kind) for of_kind in by_kind.values()]
    return sorted(groups, key=_gravity)


def _name_group(problem: Problem) -> str:
    text = _TEXTS.get(problem.kind)
    if text is None or _PLACEHOLDER.fullmatch(text.hint):
        return problem.what
    return problem.kind


def _make_group(problems: Sequence[Problem]) -> ProblemGroup:
    first = problems[0]
    text = _TEXTS.get(first.kind)
    what, hint = first.what, first.hint
    if text and any(problem.what != what for problem in problems):
        what = _PLACEHOLDER.sub(_VALUE, text.what)
    if text and any(problem.hint != hint for problem in problems):
        hint = _PLACEHOLDER.sub(_VALUE, text.hint)
    return ProblemGroup(first.severity, what, hint, tuple(problems))


def _gravity(group: ProblemGroup) -> tuple[int, int]:
    return _SEVERITIES.index(group.severity), -len(group.problems)
