"""The numbers that tell keys hit at random from words: ``bot/answers/intents.py``."""

import random
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial

from benchmarks.fit.model import Fit, FitOptions, FittedNumber
from benchmarks.fit.sweep import fit_one, judge, sweep_one
from benchmarks.fit.texts import read_articles, read_questions
from benchmarks.fit.vary import Setter, setter_of, vary
from bot.answers import intents
from bot.answers.intents import _is_noise, classify_smalltalk
from bot.search.analysis.analyzer import get_analyzer
from bot.search.analysis.tokens import TokenizedText, fold, tokenize
from bot.search.analysis.word_frequencies import frequencies_of

_NOISE_OF_A_KIND = 2_000
_QUESTIONS_OF_WORDS = 500
_LENGTHS = (2, 12)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "".join(_ROWS)
# One walk in ten turns round at each key.
_TURNS = 0.1
_BEARABLE = 1 / 10_000
# What is tried, from the number in the code.
_STEPS = range(-2, 4)
_BOUND = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number, as it is in the code, and what sets it."""

    name: str
    in_code: int
    set_to: Setter


def fit(options: FitOptions) -> Fit:
    """Sweep each number while the others are as in the code."""
    chance = random.Random(f"{options.seed} noise")
    library = read_articles(options.squad)
    of_articles = sorted(
        set[str]().union(*(_fold_words(passage.plain) for _, _, passage in library.passages()))
    )
    asked = read_questions(options.squad)
    questions = asked + [
        " ".join(chance.sample(of_articles, chance.randint(1, 3)))
        for _ in range(_QUESTIONS_OF_WORDS)
    ]
    of_questions = set[str]().union(*map(_fold_words, asked))
    listed = filter(_is_long, frequencies_of("en").words)
    words = sorted(of_questions.union(of_articles, listed))
    noise = sorted(set(make_noise(chance, _NOISE_OF_A_KIND)).difference(words))
    return Fit(
        "Keys hit at random",
        f"{len(words):,} words of the frequency list, the articles and the questions; "
        f"{len(questions):,} questions; "
        f"{len(noise):,} words of noise, of 2 to 12 letters: random keys of a row, neighbouring "
        "keys, one or two keys "
        "again and again, random letters",
        "None; standard errors by bootstrap over words and noise",
        "For each number, the others as in the code, the value that finds the most noise, of "
        "those with at most 1 "
        "false alarm in 10,000 words more than the value with the fewest has, and with no "
        "question taken for noise",
        tuple(_fit_number(number, noise, words, questions, options.seed) for number in _numbers()),
    )


def _fold_words(text: str) -> list[str]:
    """Give the words that the numbers decide on: a single letter is noise whatever they are."""
    return list(filter(_is_long, map(fold, tokenize(text))))


def _is_long(word: str) -> bool:
    return len(word) > 1


def make_noise(chance: random.Random, of_a_kind: int) -> list[str]:
    """Make noise, so much of each kind."""
    makers = (_hit_row, _walk, _hit_again, _hit_anything)
    return [make(chance, chance.randint(*_LENGTHS)) for make in makers for _ in range(of_a_kind)]


def _hit_row(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(chance.choice(_ROWS), k=length))


def _walk(chance: random.Random, length: int) -> str:
    row = chance.choice(_ROWS)
    at, step = chance.randrange(len(row)), chance.choice((-1, 1))
    keys = ""
    for _ in range(length):
        keys += row[at]
        if not 0 <= at + step < len(row) or chance.random() < _TURNS:
            step = -step
        at = min(max(at + step, 0), len(row) - 1)
    return keys


def _hit_again(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(chance.choices(_LETTERS, k=chance.randint(1, 2)), k=length))


def _hit_anything(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(_LETTERS, k=length))


def _numbers() -> list[_Number]:
    names = (
        "_MIN_NOISE_LENGTH",
        "_KEYS_IN_A_ROW",
        "_MAX_ABBREVIATION",
        "_LETTERS_PER_DIFFERENT_ONE",
    )
    plain = [
        _Number(f"noise: {name}", getattr(intents, name), setter_of(intents, name))
        for name in names
    ]
    return [
        *plain,
        _Number(
            "noise: one letter so often in a row (_REPEATED_LETTER)", *_bound("_REPEATED_LETTER", 1)
        ),
        _Number(
            "noise: so many consonants in a row (_MANY_CONSONANTS)", *_bound("_MANY_CONSONANTS", 0)
        ),
    ]


def _bound(name: str, before: int) -> tuple[int, Setter]:
    """Give how many a pattern asks for in a row, and what sets that number.

    ``before`` are those that stand before its braces.
    """
    pattern = getattr(intents, name).pattern
    (bound,) = _BOUND.findall(pattern)

    def set_to(value: float) -> AbstractContextManager[None]:
        changed = _BOUND.sub(f"{{{value - before:g}}}", pattern)
        return vary(intents, **{name: re.compile(changed)})

    return int(bound) + before, set_to


def _fit_number(
    number: _Number, noise: Sequence[str], words: Sequence[str], questions: Sequence[str], seed: int
) -> FittedNumber:
    values = [number.in_code + step for step in _STEPS if number.in_code + step > 0]
    hits, alarms = (
        judge(values, number.set_to, partial(_judge_words, of_a_kind))
        for of_a_kind in (noise, words)
    )
    taken = [value for value in values if _takes_any_for_noise(number, value, questions)]
    harmless = [at for at, value in enumerate(values) if value not in taken]
    about_questions = (
        f"A question is taken for noise at {', '.join(map(str, taken)) or 'no value'}."
    )
    if not harmless:
        return FittedNumber(number.name, number.in_code, None, None, about_questions)
    sweep = sweep_one(
        [values[at] for at in harmless], number.in_code, hits[harmless], alarms[harmless], _BEARABLE
    )
    fitted = fit_one(number.name, sweep, seed, per=10_000)
    return replace(fitted, note=f"{fitted.note} {about_questions}")


def _judge_words(words: Sequence[str]) -> list[bool]:
    return [_is_noise(word) for word in words]


def _takes_any_for_noise(number: _Number, value: int, questions: Sequence[str]) -> bool:
    analyzer = get_analyzer("en")

    def has_term(word: str) -> bool:
        return bool(analyzer.term(word))

    with number.set_to(value):
        return any(
            classify_smalltalk(TokenizedText.tokenize(text), has_term) == "noise"
            for text in questions
        )
