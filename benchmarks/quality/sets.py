"""What every engine is measured on: texts, and questions with the texts and spans that answer them.

The readers of the formats make a ``QuestionSet``; nothing here reads a file.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from bot.articles.sentences import split_sentences

Span = tuple[int, int]
Item = TypeVar("Item")


class SetError(Exception):
    """A path that cannot be measured on, and why."""

    def __init__(self, path: Path, what: str) -> None:
        """Keep the facts as attributes; the message is ``path: what``."""
        super().__init__(f"{path}: {what}")
        self.path, self.what = path, what


@dataclass(frozen=True, slots=True)
class Text:
    """What is ranked.

    ``article`` names what it was taken from; it is empty where a set has no articles.
    """

    body: str
    title: str = ""
    article: str = ""

    @property
    def sentences(self) -> list[Span]:
        """Where the body's sentences begin and end, in order."""
        return split_sentences(self.body)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answers.

    ``gains`` has the gain of each text that answers it (above 0), ``answers`` where in these texts
    the answer stands.
    """

    words: str
    gains: Mapping[int, float]
    answers: Mapping[int, Sequence[Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Texts and questions; ``uncovered`` are questions that no text answers."""

    name: str
    texts: Sequence[Text]
    questions: Sequence[Question]
    uncovered: Sequence[str] = ()

    @property
    def articles(self) -> list[str]:
        """The articles in the order of their first text."""
        return list(dict.fromkeys(text.article for text in self.texts if text.article))

    def first(self, limit: int) -> "QuestionSet":
        """Keep at most ``limit`` questions, evenly spread over all of them, and every text."""
        return replace(
            self, questions=_spread(self.questions, limit), uncovered=_spread(self.uncovered, limit)
        )

    def halves(self) -> "tuple[QuestionSet, ...]":
        """Cut between the articles.

        Gives the first half of them (of an odd number the smaller), then the others.

        Empty unless there are two articles and each half has a question.
        """
        articles = self.articles
        middle = len(articles) // 2
        halves = (
            self.only(articles[:middle], f"{self.name}, articles 1–{middle}"),
            self.only(articles[middle:], f"{self.name}, articles {middle + 1}–{len(articles)}"),
        )
        return halves if all(half.questions for half in halves) else ()

    def only(self, articles: Collection[str], name: str) -> "QuestionSet":
        """Keep the texts of some articles, numbered anew, and the questions that they answer."""
        kept = [number for number, text in enumerate(self.texts) if text.article in articles]
        new = {old: number for number, old in enumerate(kept)}
        questions = [
            Question(
                question.words,
                {new[number]: gain for number, gain in question.gains.items() if number in new},
                {new[number]: spans for number, spans in question.answers.items() if number in new},
            )
            for question in self.questions
        ]
        return QuestionSet(
            name, [self.texts[number] for number in kept], [one for one in questions if one.gains]
        )


def _spread(items: Sequence[Item], limit: int) -> Sequence[Item]:
    return (
        items if len(items) <= limit else [items[at * len(items) // limit] for at in range(limit)]
    )
