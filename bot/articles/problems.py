"""How many problems of one file are kept, and which: nobody reads a hundred thousand of them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.articles.model import Problem

# Whoever has mended so many looks again anyway.
MOST_PROBLEMS = 100
_SEVERITIES = ("error", "warning", "note")


def keep_gravest(problems: Sequence[Problem]) -> list[Problem]:
    """Give at most MOST_PROBLEMS of a file's problems, in their own order: the gravest, the first.

    Where there are more, one further Problem says how many are left out. It is as grave as the
    gravest of these, and stands where that one stood.
    """
    if len(problems) <= MOST_PROBLEMS:
        return list(problems)
    severities = [_SEVERITIES.index(problem.severity) for problem in problems]
    gravest_first = sorted(range(len(problems)), key=severities.__getitem__)
    first = gravest_first[MOST_PROBLEMS]
    number = len(problems) - MOST_PROBLEMS
    what = f"{number:,} more problems are not listed; the gravest of them stands here"
    more = replace(problems[first], what=what, hint="mend those that are listed first")
    kept = sorted(gravest_first[: MOST_PROBLEMS + 1])
    return [more if at == first else problems[at] for at in kept]
