"""Which sentence of a passage answers."""

import numpy as np
import pytest
from small_collections import plain


def test_sentences_are_told_apart_by_what_they_alone_say() -> None:
    """The sentence that holds the question's word scores highest; one without any scores zero."""
    index = plain(["", "Grain left. Oil fell and grain rose. Coal sank.", "Oil."])
    scores = index.sentence_scores(1, index.parse("oil and grain"))
    assert scores.dtype == np.float64
    assert scores.shape == (3,)
    assert np.argmax(scores) == 1
    assert scores[2] == 0
    assert index.sentence_scores(0, index.parse("oil")).shape == (0,)


@pytest.mark.parametrize(
    "question", ["oil and grain", "When did coal sink?", "how many ships carried grain?", "xyzzy"]
)
def test_the_sentences_of_several_passages_score_as_of_each_alone(question: str) -> None:
    """Which passages are looked at together does not count, nor in which order, nor whether one of
    them is empty.
    """
    index = plain(
        [
            "Grain left early. Oil fell by 3 and 40 ships carried grain.",
            "",
            "Oil. Coal sank on 3 May.",
            "Oil.",
        ]
    )
    query = index.parse(question)
    together = index.score_sentences([2, 0, 1, 3], query)
    assert [scores.tolist() for scores in together] == [
        index.sentence_scores(number, query).tolist() for number in (2, 0, 1, 3)
    ]
    assert [len(scores) for scores in together] == [2, 2, 0, 1]


def test_sentences_with_something_of_the_answers_type_are_told() -> None:
    """Also where they hold nothing of the question; none where it says no type."""
    index = plain(["The rope is long. It costs 12 crowns. Nobody knows why."])
    (has_number,) = index.find_answer_types([0], index.parse("how much does the rope cost"))
    assert has_number.tolist() == [False, True, False]
    (untyped,) = index.find_answer_types([0], index.parse("is the rope long"))
    assert not untyped.any()
