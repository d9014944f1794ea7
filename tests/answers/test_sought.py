"""What a question seeks of its topic, and which sentences hold that."""

import pytest

from bot.answers.sought import Sought, find_sought, grade_sought


@pytest.mark.parametrize(
    ("question", "sought", "asked"),
    [
        ("is it still going", Sought.STATUS, "still going"),
        ("are the ferries still running?", Sought.STATUS, "still running"),
        ("is the treaty dead", Sought.STATUS, "dead"),
        ("does it still exist", Sought.STATUS, "still exist"),
        ("did it work?", Sought.OUTCOME, "work"),
        ("did the truce hold", Sought.OUTCOME, "hold"),
        ("how did it end", Sought.OUTCOME, "end"),
        ("what became of it?", Sought.OUTCOME, "became of it"),
        ("how likely is it", Sought.LIKELIHOOD, "likely"),
        ("will they meet", Sought.LIKELIHOOD, "they"),
        ("how long did it take", Sought.DURATION, "how long did it take"),
        ("where is it", Sought.PLACE, "where"),
        ("where from?", Sought.ORIGIN, "where"),
        ("where do they go", Sought.DESTINATION, "where"),
        ("what happened", Sought.EVENTS, "happened"),
    ],
)
def test_a_question_seeks_something(question: str, sought: Sought, asked: str) -> None:
    """The words that ask for it are told, so that they are not looked for."""
    form = find_sought(question)
    assert form.sought is sought
    assert question[form.begin : form.end] == asked


@pytest.mark.parametrize(
    "question",
    [
        "how does it work",
        "does it work without a phone",
        "who signed it",
        "did they hold a vote",
        "are you open on sunday",
        "is it still cold in the hall " * 10,
    ],
)
def test_other_questions_say_what_they_ask_for(question: str) -> None:
    """Their words are looked for."""
    assert find_sought(question).sought is Sought.NONE


@pytest.mark.parametrize(
    ("sentence", "sought", "grade"),
    [
        ("No new treaty was in force by May.", Sought.STATUS, 1.0),
        ("The works remained shut.", Sought.STATUS, 0.5),
        ("It failed within a year.", Sought.OUTCOME, 1.0),
        ("The last point was never signed.", Sought.OUTCOME, 1.0),
        ("Prices fell.", Sought.OUTCOME, 0.5),
        ("A summit is possible.", Sought.LIKELIHOOD, 1.0),
        ("The repair took nine years.", Sought.DURATION, 1.0),
        ("It earns five million dollars a day.", Sought.DURATION, 0.0),
        ("It stands in Ostby.", Sought.PLACE, 1.0),
        ("It stands in a narrow creek.", Sought.PLACE, 1.0),
        ("It was built in May.", Sought.PLACE, 0.0),
        ("They came from Ostby.", Sought.ORIGIN, 1.0),
        ("The cargo reached 45 countries.", Sought.DESTINATION, 1.0),
        ("It failed.", Sought.NONE, 0.0),
    ],
)
def test_sentences_hold_it_more_or_less_surely(sentence: str, sought: Sought, grade: float) -> None:
    """By their words, whatever they are about."""
    assert grade_sought(sentence, sought) == grade
