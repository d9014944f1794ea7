"""The values of an evaluation: questions with what is expected, and how each was answered.

All values are immutable. Nothing here reads a file, answers or compares.
"""

from dataclasses import dataclass
from typing import Literal

from bot.answers.request_model import Aspect
from bot.articles.model import Article, Section, Sentence

# A section with the article that it is from.
ArticleSection = tuple[Article, Section]

Outcome = Literal["right", "key_wrong", "not_first", "wrong", "refused", "not_refused"]


@dataclass(frozen=True, slots=True)
class ExpectedRequest:
    """A summary, or a fact about articles, that is expected as an answer.

    ``articles``: those that it may be of. ``sections``: those that a summary may be of; empty where
    it is of a whole article.
    """

    aspect: Aspect
    articles: tuple[Article, ...]
    sections: tuple[ArticleSection, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is expected of its answer.

    ``expected``: what the editor wrote, sentences or else names of sections.
    ``expected_sentences``: any of them must be quoted; empty where only a section is expected.
    ``expected_sections``: any of them must be quoted from. Where only sentences are named, these
    are the sections that hold them. Empty where no answer is expected, or something else than a
    quotation.
    ``request``: the summary or the fact that is expected; None where none is.
    """

    text: str
    file: str
    line: int
    kind: str = ""
    expected: tuple[str, ...] = ()
    expected_sentences: tuple[Sentence, ...] = ()
    expected_sections: tuple[ArticleSection, ...] = ()
    request: ExpectedRequest | None = None

    @property
    def is_covered(self) -> bool:
        """Whether the articles are expected to answer it."""
        return bool(self.expected_sections) or self.request is not None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of all files, in order, and what the files say about themselves."""

    files: tuple[str, ...]
    about: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Judgment:
    """How one question was answered.

    ``rank``: the number, 1 to 3, of the first quotation that holds what is expected.
    ``key_is_right``: whether the first quotation's key sentence is expected; None where no sentence
    is expected.
    ``section_is_right``: whether the first quotation is from an expected section; None where no
    answer is expected, or something else than a quotation.
    ``request``: "summary", or the fact about articles that is expected; empty where a quotation is.
    Its rank is 1 where it is answered so.
    """

    question: str
    is_covered: bool
    is_answered: bool
    rank: int | None = None
    key_is_right: bool | None = None
    section_is_right: bool | None = None
    request: str = ""

    @property
    def expectation(self) -> tuple[bool, bool, str]:
        """The kind of expectation: whether an answer is expected, a sentence, and which request."""
        return self.is_covered, self.key_is_right is not None, self.request

    @property
    def outcome(self) -> Outcome:
        """The judgment in a word; ``key_wrong`` and ``not_first`` are nearly right."""
        if not self.is_covered:
            return "not_refused" if self.is_answered else "right"
        if not self.is_answered:
            return "refused"
        if self.rank is None:
            return "wrong"
        if self.rank > 1:
            return "not_first"
        return "key_wrong" if self.key_is_right is False else "right"

    @property
    def reciprocal_rank(self) -> float:
        """One divided by the rank; 0 without one."""
        return 1 / self.rank if self.rank else 0.0

    @property
    def quality(self) -> tuple[float, ...]:
        """What is compared with an earlier judgment of the question, the higher the better.

        To refuse a question that the articles cover is no worse than a wrong answer.
        """
        if not self.is_covered:
            return (float(not self.is_answered),)
        has_right_key = float(self.key_is_right is True)
        has_right_section = float(self.section_is_right is True)
        return self.reciprocal_rank, has_right_key, has_right_section
