"""The values of answering: when to answer, what is quoted, and what a question is answered with.

All values are immutable. Positions are offsets into the article's text as it was decoded from its
file, so that ``article.text[start:end]`` is the quotation.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

from bot.answers.confidence_features import ConfidenceFeatures
from bot.answers.confidence_numbers import THRESHOLD
from bot.answers.conversation import RECENT_TURNS, Meaning, QuotedKey, ShownQuote, ShownTurn, Turn
from bot.answers.request_model import Aspect
from bot.articles.model import Article, Passage, Section, Sentence

# "answer" has quotations, "none" is a refusal, "smalltalk" is a reply to what is no question,
# "summary" has summaries, "about" has facts about the articles themselves.
AnswerKind = Literal["answer", "none", "smalltalk", "summary", "about"]

Place = tuple[Article, Section]
LocatedPassage = tuple[Article, Section, Passage]


class Assurance(Enum):
    """How sure of an answer people are told that the program is."""

    FAINT = "faint"
    LIKELY = "likely"
    SURE = "sure"


@dataclass(frozen=True, slots=True)
class Policy:
    """When a question is answered, and with how many quotations.

    ``threshold`` is the lowest coverage, 0 to 1, at which a question is answered. ``quotes`` is the
    most quotations of one answer, at least 1.
    """

    threshold: float = THRESHOLD
    # The best one, and two more where it is not the right one.
    quotes: int = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole, successive sentences of one section: ``decoded[start:end]`` of its file.

    ``id`` names the passage that was retrieved, in this library and in any later one that still
    holds it. ``key`` is the key sentence, the one that answers best. ``score`` is the passage's
    score. ``matched`` are the words of the quotation that match the query, as written, each once.
    """

    id: str
    article: Article
    section: Section
    sentences: tuple[Sentence, ...]
    key: Sentence
    score: float
    matched: tuple[str, ...]

    @property
    def start(self) -> int:
        """The offset of the first character in the decoded file."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """The offset behind the last character in the decoded file."""
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        """The characters of the file, markup included."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences of one section, in its order."""

    article: Article
    section: Section
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class About:
    """Facts about articles themselves.

    ``asked`` is the fact that was asked for. ``articles`` are those that it is told of, at most
    five, or all where their list was asked for. Where a mention was asked for, ``topic`` is of what
    and ``places`` are the sections that have it, best first.
    """

    asked: Aspect
    articles: tuple[Article, ...]
    topic: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    ``confidence`` is the probability, 0 to 1, that the first quotation answers the question.
    ``coverage`` is the probability, 0 to 1, that the articles answer it at all.
    ``message`` is the text for a person where there is no quotation and no summary, else empty.
    ``others`` are the ids of further passages that were retrieved, at most six, best first; of a
    refusal, of the nearest passages. ``closest`` are the sections of the best passages, at most
    three. ``missing`` are the words of the question that occur in no article. ``corrections`` are
    pairs: a misspelt word, and the word it was taken for. ``before`` is the turn that the question
    was taken to follow up, None for a question of its own. ``meaning`` is what it
    means after that turn, None where its words are added to what was asked before.
    ``assurance`` is how sure people are told that the program is; an answer that depends on its
    turn is never told as sure, whatever its confidence.
    ``summaries`` are those of a summary, a section each; it has none where it is not clear which
    article is meant, but ``choices``, the first few that it may be. ``about`` are the facts of an
    answer about the articles. ``next_turn`` is the conversation after either of them.
    ``recent`` are the last two turns before it that showed quotations, the last one last.
    ``features`` are what confidence and coverage were estimated from; None where nothing was found.
    """

    question: str
    kind: AnswerKind
    confidence: float = 0.0
    message: str = ""
    quotes: tuple[Quote, ...] = ()
    others: tuple[str, ...] = ()
    closest: tuple[Place, ...] = ()
    missing: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    before: Turn | None = None
    assurance: Assurance = Assurance.FAINT
    features: ConfidenceFeatures | None = None
    coverage: float = 0.0
    meaning: Meaning | None = None
    summaries: tuple[Summary, ...] = ()
    choices: tuple[Article, ...] = ()
    about: About | None = None
    next_turn: Turn | None = None
    recent: tuple[ShownTurn, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether what was asked for is there: a quotation, a summary or a fact."""
        return bool(self.quotes or self.summaries or self.about)

    @property
    def passages(self) -> tuple[str, ...]:
        """The ids of all passages that were found, those that are quoted first, each once."""
        quoted = [quote.id for quote in self.quotes]
        return tuple(dict.fromkeys([*quoted, *self.others]))

    @property
    def is_of_whole_article(self) -> bool:
        """Whether a summary is of a whole article, and not of one of its sections."""
        subject = self.next_turn.subject if self.next_turn else ""
        articles = [summary.article for summary in self.summaries]
        return any(one.title == subject or len(one.sections) == 1 for one in articles)

    @property
    def turn(self) -> Turn | None:
        """The conversation after this answer; None after small talk, which is no turn."""
        if self.kind == "smalltalk":
            return None
        turn = self.next_turn or self._make_turn()
        if not self.quotes:
            return replace(turn, recent=self.recent)
        shown = ShownTurn(self.question, tuple(map(_keep, self.quotes)))
        recent = (*self.recent, shown)
        return replace(turn, recent=recent[-RECENT_TURNS:])

    def _make_turn(self) -> Turn:
        """Give the conversation after a question for the articles' text."""
        passages = tuple(quote.id for quote in self.quotes)
        keys = [QuotedKey(quote.id, quote.key.start) for quote in self.quotes[:1]]
        key = keys[0] if keys else None
        if self.before is None:
            return Turn(self.question, self.question, passages, key=key)
        return self.before.follow(self.question, passages, key, self.meaning)


def _keep(quote: Quote) -> ShownQuote:
    sentences = tuple(sentence.plain for sentence in quote.sentences)
    return ShownQuote(quote.id, quote.key.plain, sentences)
