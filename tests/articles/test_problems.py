"""Nobody reads a hundred thousand problems: the gravest are told, each kind once, and how many more
there are.
"""

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.files import SourceFile
from bot.articles.model import Problem, Severity
from bot.articles.parser import read_article
from bot.articles.problems import (
    MOST_PROBLEMS,
    group_problems,
    keep_gravest,
    make_error,
    make_note,
    make_warning,
)
from bot.texts import problems as texts

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
    assert more.what.startswith(f"problems that are not listed: {len(problems) - MOST_PROBLEMS:,};")
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
        "---\ntitle: T\n---\n## " + "H" * 500_000 + "\na.\n\n## " + "H" * 500_000 + "\nb.\n",
        "---\ndate: " + "\\" * 5_000 + "\n---\nText.\n",
        "---\nlanguage: '" + "e" * 7_000 + "'\n---\nText.\n",
        "---\nauthor: [" + "Ada, " * 1_500 + "\n---\nText.\n",
        "---\ntitle: a: " + "k" * 3_000 + "\n---\nText.\n",
        "---\ntitle: T\n---\n[" + "a." * 4_000 + "example](https://b.example)\n",
        "---\ntitle: T\n---\n[a.example](https://" + "b." * 120 + "example)\n",
    ],
    ids=range(9),
)
def test_no_problem_is_longer_than_people_read(text: str) -> None:
    """Fences, titles, headings, keys, values and hosts of any length."""
    _, problems = read_article(SourceFile("a.md", text, ""))
    assert problems
    assert max(len(str(problem)) for problem in problems) < 700


def test_more_problems_than_people_read_are_counted() -> None:
    """The errors are kept, in their order."""
    severities: list[Severity] = ["note" for _ in range(MOST_PROBLEMS)]
    severities += ["error", "error"]
    problems = [Problem("a.md", line, 0, one, "odd") for line, one in enumerate(severities, 1)]
    kept = keep_gravest(problems)
    assert [problem for problem in kept if problem.severity == "error"] == problems[-2:]
    assert len(kept) == MOST_PROBLEMS + 1
    assert sum(problem.what.startswith("problems that are not listed: 2;") for problem in kept) == 1


def test_problems_of_one_kind_are_put_together() -> None:
    """The gravest kind first, then the most frequent; "…" stands for what differs, and the hint
    stands once.
    """
    problems = [
        make_note(texts.NO_TEXT, "a.md"),
        make_warning(texts.HEADING_REPEATED, "a.md", 7, 1, heading="A", first_line=4),
        make_error(texts.FILE_TOO_LARGE, "b.md", limit=5),
        make_warning(texts.CODE_NOT_CLOSED, "b.md", 1, 1, fence="~~~"),
        make_warning(texts.HEADING_REPEATED, "c.md", 9, 1, heading="B", first_line=2),
    ]
    groups = group_problems(problems)
    assert [(group.severity, group.message, len(group.problems)) for group in groups] == [
        ("error", "larger than 5 bytes (split it into several articles)", 1),
        (
            "warning",
            'the heading "…" stands in line … already (give each section a name of its own)',
            2,
        ),
        (
            "warning",
            "the code that begins here is never closed; all below it is read as code (close it with ~~~)",
            1,
        ),
        (
            "note",
            "holds no text and is not served (write at least one sentence below the title)",
            1,
        ),
    ]
    assert groups[1].problems == (problems[1], problems[4])


def test_a_kind_that_says_nothing_by_itself_is_told_in_full() -> None:
    """Two faults of links have nothing in common; two of the same words stand together."""
    found = [("no list", "begin with links:"), ("no article “a”", ""), ("no list", "begin anew")]
    problems = [
        make_error(texts.LINKS, "links.yaml", line, 1, fault=fault, remedy=remedy)
        for line, (fault, remedy) in enumerate(found, 1)
    ]
    groups = group_problems(problems)
    assert [(group.what, len(group.problems)) for group in groups] == [
        ("links: no list", 2),
        ("links: no article “a”", 1),
    ]


def test_a_hint_that_differs_is_told_with_a_gap() -> None:
    """As what is wrong is."""
    problems = [make_note(texts.EXTRA_MISSING, f"a.{extra}", extra=extra) for extra in ("x", "y")]
    (group,) = group_problems(problems)
    assert group.message == "not read (install the extra: pip install 'articlebot[…]')"


TEXTS = [text for text in vars(texts).values() if isinstance(text, texts.ProblemText)]


@given(st.lists(st.sampled_from(TEXTS)))
def test_no_problem_is_lost_or_told_twice(kinds: list[texts.ProblemText]) -> None:
    """Whatever a folder's problems are, each is in one group, and no two groups are of one kind."""
    problems = []
    for number, text in enumerate(kinds):
        names = {
            name
            for part in (text.what, text.hint)
            for _, name, _, _ in Formatter().parse(part)
            if name
        }
        problems.append(make_note(text, f"{number}.md", **dict.fromkeys(names, 1)))
    groups = group_problems(problems)
    grouped = [problem.file for group in groups for problem in group.problems]
    assert sorted(grouped) == sorted(problem.file for problem in problems)
    assert len(groups) == len({problem.kind for problem in problems}) == len(set(kinds))
