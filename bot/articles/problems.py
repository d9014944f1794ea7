"""Problems of one file: made from their texts, and how many of them are kept.

In: a text of ``bot.texts.problems``, the place, and what its placeholders stand for. Out: a
Problem. Nobody reads a hundred thousand problems, so ``keep_gravest`` keeps the first of the
gravest.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.articles.model import Problem, Severity
from bot.texts import problems as texts
from bot.texts.problems import ProblemText

# An editor who has mended so many reads the list again anyway.
MOST_PROBLEMS = 100
# The gravest comes first.
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


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
    return Problem(file, line, column, severity, what, hint)


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
    summary = replace(problems[first_left_out], what=what, hint=hint)
    shown = list(problems)
    shown[first_left_out] = summary
    kept = sorted(gravest_first[: MOST_PROBLEMS + 1])
    return [shown[index] for index in kept]
