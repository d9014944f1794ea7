"""The numbers of the rules are found again as the tables say."""

import json
import math
import random
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from benchmarks.fit import alignment, anaphora, answering, smalltalk
from benchmarks.fit.claims import ClaimMaker, as_text
from benchmarks.fit.model import Fit, FitOptions
from benchmarks.fit.sweep import Sweep, choose, fit_one, sweep_one
from benchmarks.fit.texts import read_articles, read_questions
from benchmarks.fit.vary import vary
from bot.answers import context_ranking, intents
from bot.quotations import alignment as quotations

pytestmark = pytest.mark.slow

OPTIONS = FitOptions(squad=None, clapnq=None, seed=3)


def test_the_best_has_most_hits_of_those_with_few_false_alarms() -> None:
    """False alarms are counted beyond the fewest; of equals the nearest is taken."""
    hits, alarms = np.array([9, 8, 8, 5]), np.array([7, 4, 4, 3])
    distances = np.array([0.0, 2.0, 1.0, 0.0])
    assert choose(hits, alarms, 0, distances) == 3
    assert choose(hits, alarms, 1, distances) == 2
    assert choose(hits, alarms, 4, distances) == 0


def test_a_sweep_says_what_it_found_and_how_sure_that_is() -> None:
    """Every item tells 2 from 1 or 3, so that no draw of them finds another; the note has the
    rates.
    """
    hits = np.array([[False] * 4, [True] * 4, [True] * 4])
    alarms = np.array([[False] * 4, [False] * 4, [True] * 4])
    found = fit_one("number", sweep_one([1, 2, 3], 3, hits, alarms, 0.1), seed=1, per=20)
    assert (found.in_code, found.found, found.standard_error) == (3, 2, 0)
    assert (
        found.note
        == "Share of hits at 1: 0.000, 2: 1.000, 3: 1.000. False alarms in 20 at 1: 0.0, 2: 0.0, "
        "3: 20.0."
    )


def test_what_hangs_on_an_item_is_unsure() -> None:
    """Where one item of ten decides, draws differ, and the standard error says so."""
    hits = np.array([[True] * 9 + [False], [True] * 8 + [False, True]])
    (error,) = sweep_one([1, 2], 1, hits).standard_errors(seed=1)
    assert 0.1 < error <= 0.5


def test_several_numbers_are_found_together() -> None:
    """The best setting gives all its numbers."""
    settings = np.array([[1.0, 10.0], [2.0, 20.0]])
    sweep = Sweep(
        settings,
        settings[0],
        np.array([[False, False], [True, True]]),
        np.zeros((2, 0), dtype=np.bool_),
        0,
    )
    assert sweep.found.tolist() == [2, 20]
    assert sweep.standard_errors(seed=1).tolist() == [0, 0]


def test_varied_values_come_back() -> None:
    """After the block, after an exception in it, and if only one of the names is known."""
    before = vars(intents).copy()
    with vary(intents, _KEYS_IN_A_ROW=9, _MIN_NOISE_LENGTH=8):
        assert (vars(intents)["_KEYS_IN_A_ROW"], vars(intents)["_MIN_NOISE_LENGTH"]) == (9, 8)
    assert vars(intents) == before
    with pytest.raises(ZeroDivisionError), vary(intents, _KEYS_IN_A_ROW=9):
        raise ZeroDivisionError
    assert vars(intents) == before
    with pytest.raises(AttributeError, match="_KEYS"), vary(intents, _MIN_NOISE_LENGTH=9, _KEYS=9):
        pass
    assert vars(intents) == before


def check_numbers(fit: Fit, count: int) -> None:
    """Check that all numbers are finite, or that a note says why there are none."""
    assert len(fit.numbers) == count
    for number in fit.numbers:
        assert number.note
        assert (number.found is None) == (number.standard_error is None)
        assert math.isfinite(number.in_code + (number.found or 0) + (number.standard_error or 0))
    assert all((fit.title, fit.data, fit.split, fit.method))


@pytest.mark.parametrize(
    ("module", "sizes", "count"),
    [
        pytest.param(
            smalltalk,
            {"_NOISE_OF_A_KIND": 20, "_QUESTIONS_OF_WORDS": 5, "_STEPS": (0, 1)},
            6,
            marks=pytest.mark.slow,
        ),
        pytest.param(
            answering,
            {
                "_FACTORS": (0.0, 1.0, 2.0),
                "_FOLLOW_UP_PLACES": (),
                "_FOLLOW_UP_NUMBERS": ((context_ranking, ("_SOUGHT",)),),
                "_QUESTION_NUMBERS": (),
            },
            3,
            marks=pytest.mark.slow,
        ),
        (anaphora, {"_WORD_STEPS": (-1, 0, 1), "_CHARACTER_STEPS": (-1, 0, 1)}, 3),
        (alignment, {"_ALIGNED_CLAIMS": 8, "_CLAIMS_WITH_A_SENTENCE": 8, "_CHECKED_CLAIMS": 4}, 8),
    ],
)
def test_a_fit_finds_numbers_or_says_why_not(
    module: ModuleType, sizes: dict[str, object], count: int
) -> None:
    """On few items too; and the same seed finds the same, with the product left as it was."""
    before = vars(intents).copy(), vars(quotations).copy()
    with vary(module, **sizes):
        first: Fit = module.fit(OPTIONS)
        assert module.fit(OPTIONS) == first
    check_numbers(first, count)
    assert (vars(intents), vars(quotations)) == before


def test_the_numbers_in_the_code_are_read_from_it() -> None:
    """A number that was changed there stands in the table; so do those inside patterns."""
    few = vary(smalltalk, _NOISE_OF_A_KIND=5, _QUESTIONS_OF_WORDS=1, _STEPS=(0,))
    with few, vary(intents, _MIN_NOISE_LENGTH=7, _REPEATED_LETTER=re.compile(r"(.)\1{8}")):
        in_code = {number.name: number.in_code for number in smalltalk.fit(OPTIONS).numbers}
    assert in_code["noise: _MIN_NOISE_LENGTH"] == 7
    assert in_code["noise: one letter so often in a row (_REPEATED_LETTER)"] == 9


def test_a_number_that_no_mark_depends_on_is_not_found() -> None:
    """The reader's marks are the same whatever the number; the note says how many sentences it
    changes elsewhere.
    """
    with vary(anaphora, _WORD_STEPS=(-3, -1, 0, 1)):
        noun_phrase = anaphora.fit(OPTIONS).numbers[0]
    assert noun_phrase.found is None
    assert re.search(
        r"cannot tell the values from 2 to 4.* [1-9]\d* at 0, 0 at 2, 0 at 4\.", noun_phrase.note
    )


@pytest.mark.parametrize("length", [3, 5, 12, 30])
def test_an_altered_claim_says_what_it_was_made_from(length: int) -> None:
    """What is claimed for a place differs somewhere, in order, and neither at the first nor at
    the last word.
    """
    maker = ClaimMaker(read_articles(None), random.Random(length))  # noqa: S311
    for _ in range(100):
        row, stretch = maker.draw((length, length), maker.rows)
        altered = maker.alter(stretch, row)
        places = [one.place for one in altered if one.place is not None]
        assert (
            as_text(altered) != as_text(stretch) == " ".join(row.words[places[0] : places[-1] + 1])
        )
        assert (altered[0], altered[-1]) == (stretch[0], stretch[-1])
        assert places == sorted(set(places))
        assert len(altered) >= 3


def test_noise_is_of_letters_and_as_long_as_said() -> None:
    """As many of each of the four kinds; what is made of one seed is the same."""
    noise, again = (smalltalk.make_noise(random.Random(1), 50) for _ in range(2))  # noqa: S311
    assert noise == again
    assert len(noise) == 200
    assert all(re.fullmatch("[a-z]{2,12}", word) for word in noise)


def test_a_squad_file_adds_articles_and_questions(tmp_path: Path) -> None:
    """Each of its articles has the paragraphs of one title."""
    asked = {
        "id": "1",
        "question": "Who built it?",
        "answers": [{"text": "Mira", "answer_start": 0}],
    }
    paragraphs = [
        {"context": "Mira built it.", "qas": [asked]},
        {"context": "It holds water.", "qas": []},
    ]
    path = tmp_path / "squad.json"
    path.write_text(
        json.dumps({"data": [{"title": "Orrin_Dam", "paragraphs": paragraphs}]}), encoding="utf-8"
    )
    added = read_articles(path).articles[len(read_articles(None).articles) :]
    sentences = [
        sentence.plain
        for article in added
        for section in article.sections
        for sentence in section.sentences
    ]
    assert (added[0].title, sentences) == ("Orrin Dam", ["Mira built it.", "It holds water."])
    assert read_questions(path) == [*read_questions(None), "Who built it?"]
