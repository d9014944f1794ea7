"""Nobody reads a hundred thousand problems: the gravest are told, and how many more there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.files import SourceFile
from bot.articles.model import Problem, Severity
from bot.articles.parser import read_article
from bot.articles.problems import MOST_PROBLEMS, keep_gravest

severities = st.sampled_from(["error", "warning", "note"])


@given(st.lists(severities, max_size=3 * MOST_PROBLEMS))
def test_the_gravest_are_kept_in_their_order(found: list[Severity]) -> None:
    """No error is left out for a warning, no warning for a note, and what is left out is
    counted.
    """
    problems = [Problem("a.md", line, 0, severity, "odd") for line, severity in enumerate(found, 1)]
    kept = keep_gravest(problems)
    if len(problems) <= MOST_PROBLEMS:
        assert kept == problems
        return
    told = [problem for problem in kept if problem.what == "odd"]
    (more,) = [problem for problem in kept if problem.what != "odd"]
    assert len(told) == MOST_PROBLEMS
    assert more.what.startswith(f"{len(problems) - MOST_PROBLEMS:,} more problems")
    assert [problem.line for problem in kept] == sorted(problem.line for problem in kept)
    left_out = [problem.severity for problem in problems if problem not in told]
    order = ["error", "warning", "note"]
    assert max(order.index(problem.severity) for problem in told) <= min(map(order.index, left_out))
    assert more.severity == min(left_out, key=order.index)


@pytest.mark.parametrize(
    "text",
    [
        "`" * 500_000,
        "~" * 500_000 + "\nText.",
        "# " + "T" * 500_000 + "\n\nText.\n",
        "---\ntitle: T\n---\n## " + "H" * 500_000 + "\na.\n\n## " + "H" * 500_000 + "\nb.\n",
        "---\n? " + "k" * 8_000 + "\n: v\ndate: " + "\\" * 50 + "\n---\nText.\n",
        "---\nlanguage: '" + "e" * 7_000 + "'\n---\nText.\n",
        "---\nauthor: [" + "Ada, " * 1_500 + "]\n---\nText.\n",
        "---\n" + "k" * 3_000 + ": 1\n" + "k" * 3_000 + ": 2\n---\nText.\n",
        "---\ntitle: T\n---\n[" + "a." * 100_000 + "example](https://b.example)\n",
        "---\ntitle: T\n---\n[a.example](https://" + "b." * 120 + "example)\n",
    ],
    ids=range(10),
)
def test_no_problem_is_longer_than_people_read(text: str) -> None:
    """Fences, titles, headings, keys, values and hosts of any length."""
    _, problems = read_article(SourceFile("a.md", text, ""))
    assert problems
    assert max(len(str(problem)) for problem in problems) < 700
