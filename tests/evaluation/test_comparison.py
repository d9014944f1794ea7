"""Two evaluations are compared question by question."""

# ruff: noqa: FBT003 (judgments are made of true and false)

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judgments import judgments

from bot.evaluation.comparison import Run, compare
from bot.evaluation.model import Judgment


@given(st.lists(judgments(), unique_by=lambda judgment: judgment.question))
def test_a_baseline_against_itself_has_no_differences(found: list[Judgment]) -> None:
    """Nothing got better or worse, and nothing is in one of the two only."""
    record = Run({}, {}, tuple(found))
    changes = compare(record, record)
    differing = (
        changes.better,
        changes.worse,
        changes.expectation_changed,
        changes.only_in_baseline,
        changes.only_in_run,
    )
    assert differing == ((), (), (), (), ())


def test_each_question_is_in_one_place() -> None:
    """Better, worse, expected otherwise, or asked in one of the runs alone."""
    right, refused = (True, True, 1, True, True), (True, False, None, False, False)
    before = Run({}, {}, tuple(Judgment(name, *right) for name in "abcd"))
    now = Run(
        {},
        {},
        (
            Judgment("a", *right),
            Judgment("b", *refused),
            Judgment("c", is_covered=False, is_answered=False),
            Judgment("e", *right),
        ),
    )
    there, back = compare(before, now), compare(now, before)
    assert [judgment.question for judgment, _ in there.worse] == ["b"]
    assert [judgment.question for judgment, _ in back.better] == ["b"]
    assert there.expectation_changed == back.expectation_changed == ("c",)
    assert there.only_in_baseline == back.only_in_run == ("d",)
    assert there.only_in_run == back.only_in_baseline == ("e",)


@given(st.lists(judgments(), unique_by=lambda judgment: judgment.question), st.data())
def test_what_is_better_one_way_is_worse_the_other_way(
    found: list[Judgment], data: st.DataObject
) -> None:
    """Two evaluations swapped give the same changes turned round; every question is in one
    place.
    """
    others = [data.draw(st.sampled_from([judgment, *found])) for judgment in found]
    renamed = [
        Judgment(
            judgment.question,
            other.is_covered,
            other.is_answered,
            other.rank,
            other.key_is_right,
            other.section_is_right,
        )
        for judgment, other in zip(found, others, strict=True)
    ]
    half = len(found) // 2
    before, now = Run({}, {}, tuple(found[half:])), Run({}, {}, tuple(renamed))
    there, back = compare(before, now), compare(now, before)
    assert {judgment.question for judgment, _ in there.better} == {
        judgment.question for judgment, _ in back.worse
    }
    assert {judgment.question for judgment, _ in there.worse} == {
        judgment.question for judgment, _ in back.better
    }
    assert set(there.expectation_changed) == set(back.expectation_changed)
    assert (
        list(there.only_in_run)
        == [judgment.question for judgment in found[:half]]
        == list(back.only_in_baseline)
    )


@pytest.mark.parametrize(
    ("then", "now", "is_better"),
    [
        (
            Judgment("A?", True, True, 2, False, False),
            Judgment("A?", True, True, 1, False, True),
            True,
        ),
        (
            Judgment("A?", True, True, 1, False, True),
            Judgment("A?", True, True, 1, True, True),
            True,
        ),
        (Judgment("A?", False, True), Judgment("A?", False, False), True),
        (
            Judgment("A?", True, False, None, False, False),
            Judgment("A?", True, True, None, False, False),
            False,
        ),
    ],
    ids=["rank", "key", "refused at last", "wrong instead of refused"],
)
def test_what_counts_as_better(then: Judgment, now: Judgment, *, is_better: bool) -> None:
    """An earlier rank, the right key sentence, a refusal that was due; not a wrong answer instead
    of none.
    """
    changes = compare(Run({}, {}, (then,)), Run({}, {}, (now,)))
    assert bool(changes.better) == is_better
    assert not changes.worse
