"""The question sets that numbers are fitted on, and those that are kept for the trial."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.fit.model import FitOptions, MissingDataError
from benchmarks.quality.golden_sets import find_golden_sets, read_golden_set
from benchmarks.quality.public_sets import read_squad
from benchmarks.quality.sets import Question, QuestionSet, SetError, Text
from bot.search import PassageIndex

SPLIT = (
    "fitted on articles 1–4 of the SQuAD file, every other question of ClapNQ from the first on, "
    "and the seen halves of tests/golden; tried on articles 5–8, the other questions, and the "
    "held-out halves"
)


def read_squad_articles(options: FitOptions) -> QuestionSet:
    """Read the SQuAD file.

    Raises MissingDataError where none was given, SetError where it cannot be used.
    """
    if options.squad is None:
        raise MissingDataError("it needs a SQuAD file: --squad PATH")
    try:
        found = read_squad(options.squad)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SetError(
            options.squad, f"cannot be read as squad: {type(error).__name__}: {error}"
        ) from error
    if len(found.articles) < 8:
        raise SetError(options.squad, f"has {len(found.articles)} articles; eight are needed")
    return found


def pick_articles(squad: QuestionSet, *numbers: int) -> QuestionSet:
    """Keep the articles with these numbers, from 1."""
    articles = [squad.articles[number - 1] for number in numbers]
    return squad.only(articles, f"SQuAD articles {', '.join(map(str, numbers))}")


def read_golden(half: str) -> list[QuestionSet]:
    """Read the repository's golden sets of a half: ``seen`` or ``held-out``."""
    paths = [path for path in find_golden_sets() if path.stem.endswith(f"-{half}")]
    return [replace(read_golden_set(path), name=f"golden sets, {half}") for path in paths]


def _read_clapnq(path: Path, first: int) -> QuestionSet:
    """Read every other question from ``first`` (0 or 1) on.

    Those without sentences that answer are uncovered.
    """
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))[first::2]
        texts = [Text(" ".join(row["sentences"]), row["title"], row["title"]) for row in rows]
        questions = [
            Question(
                row["q"],
                {number: 1.0},
                {number: [_find_span(row["sentences"], place) for place in row["gold"]]},
            )
            for number, row in enumerate(rows)
            if row["gold"]
        ]
        uncovered = [row["q"] for row in rows if not row["gold"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise SetError(
            path, f"cannot be read as clapnq: {type(error).__name__}: {error}"
        ) from error
    if not questions or not uncovered:
        raise SetError(path, "needs questions with and without sentences that answer in each half")
    return QuestionSet("ClapNQ, even" if first == 0 else "ClapNQ, odd", texts, questions, uncovered)


def _find_span(sentences: list[str], place: int) -> tuple[int, int]:
    start = sum(len(sentence) + 1 for sentence in sentences[:place])
    return start, start + len(sentences[place])


def read_fitting_sets(options: FitOptions) -> list[QuestionSet]:
    """Read what numbers are fitted on (``SPLIT``), as far as it is given."""
    return _read_sets(options, (1, 2, 3, 4), 0, "seen")


def read_trial_sets(options: FitOptions) -> list[QuestionSet]:
    """Read what numbers are tried on (``SPLIT``), as far as it is given."""
    return _read_sets(options, (5, 6, 7, 8), 1, "held-out")


def _read_sets(
    options: FitOptions, articles: tuple[int, ...], first: int, half: str
) -> list[QuestionSet]:
    sets = read_golden(half)
    if options.squad is not None:
        sets.append(pick_articles(read_squad_articles(options), *articles))
    if options.clapnq is not None:
        sets.append(_read_clapnq(options.clapnq, first))
    return sets


def build_index(texts: Sequence[Text]) -> PassageIndex:
    """Index texts under their titles, as the bot does."""
    return PassageIndex.build([text.body for text in texts], [text.title for text in texts])
