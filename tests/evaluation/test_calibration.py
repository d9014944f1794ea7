"""The confidence of answers is compared with the share that is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.calibration import measure_calibration


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_calibration_counts_every_answer_once(answers: list[tuple[float, bool]]) -> None:
    """The bins hold all answers, each its own range, and the error is a share."""
    calibration = measure_calibration(answers)
    assert sum(one.count for one in calibration.bins) == len(answers)
    assert all(one.low - 1e-9 <= one.confidence <= one.high + 1e-9 for one in calibration.bins)
    assert calibration.error is not None
    assert 0 <= calibration.error <= 1
    right = sum(one.count * one.right for one in calibration.bins)
    assert right == pytest.approx(sum(is_right for _, is_right in answers))


def test_the_calibration_error_is_what_the_confidence_is_off_by() -> None:
    """Four of five right at 0.8 is nothing; one of two at 0.25 a quarter, weighed by the
    answers.
    """
    answers = [(0.85, True)] * 4 + [(0.85, False)] + [(0.25, True), (0.25, False)]
    calibration = measure_calibration(answers)
    assert [(one.low, one.count, one.right) for one in calibration.bins] == [
        (0.2, 2, 0.5),
        (0.8, 5, 0.8),
    ]
    assert calibration.error == pytest.approx((2 * 0.25 + 5 * 0.05) / 7)
    assert measure_calibration([]).error is None
