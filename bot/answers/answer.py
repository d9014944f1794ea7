"""A question to an Answer: up to three quotations with their key sentences, or an honest "not in the articles".

Whether an answer is given depends on the confidence alone: how much of the score that the question could
reach was reached, turned into the probability that the first quotation answers. What is quoted are whole
sentences as the file has them, never across two sections, never the same sentence twice.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bot.answers.question import Smalltalk, find_smalltalk
from bot.articles.library import Library
from bot.articles.model import Article, Passage, Section, Sentence
from bot.search.passage_index import PassageIndex, Wanted
from bot.search.terms import find_words

Kind = Literal["answer", "none", "smalltalk"]

# The share of the attainable score at which half of the answers are right, and how steeply that rises: a logistic
# regression on the logarithm of the share, on collections of 20 to 330 passages, as many questions covered as not.
_HALF_RIGHT = 0.233
_STEEPNESS = 3.8

MAX_SENTENCES = 3
MAX_WORDS = 80
_LOOKED_AT = 20
_ENDS = tuple(".!?…\"”’')]»。！？")
# A passage with less than this share of the best one's score answers once in a few hundred questions.
_WORTH_QUOTING = 0.5
_NO_ARTICLES = "There are no articles to answer from yet."
_CLOSEST = 3


@dataclass(frozen=True, slots=True)
class Policy:
    """When an answer is given and how much is quoted. ``threshold`` is a confidence, 0 to 1."""

    threshold: float = 0.2
    quotes: int = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one section, ``decoded[start:end]`` of its file; ``key`` is the one that answers.

    ``id`` names the passage that was found, in this library and in any later one that still holds it.
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
        """Where the quotation begins in the decoded file."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        """The file's own characters."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question. ``message`` is what a person is told where there is no quotation."""

    question: str
    kind: Kind
    confidence: float = 0.0
    message: str = ""
    quotes: tuple[Quote, ...] = ()
    closest: tuple[tuple[Article, Section], ...] = ()
    missing: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


class Librarian:
    """Answers questions from one library. It never changes once it is built."""

    def __init__(self, library: Library, policy: Policy | None = None) -> None:
        """Index every passage of ``library`` under its section's headings and its article's title."""
        self.library = library
        self.policy = policy or Policy()
        self._places = list(library.passages())
        self.index = PassageIndex(
            [[sentence.plain for sentence in passage.sentences] for _, _, passage in self._places],
            ["\n".join((article.title, *section.parents, section.heading)) for article, section, _ in self._places],
            _language(library),
        )
        self._ids = {_passage_id(article, passage): at for at, (article, _, passage) in enumerate(self._places)}

    def answer(self, question: str, article: str = "") -> Answer:
        """Answer a question of any length, from the article of the given id alone if one is given; never raises."""
        wanted = self.index.read(question)
        smalltalk = find_smalltalk(question[:200], lambda word: bool(self.index.terms.term(word)))
        if smalltalk is not None and (not wanted.weights or smalltalk in ("thanks", "greeting")):
            return Answer(question, "smalltalk", message=self._invite(smalltalk))
        hits = self.index.find(wanted, _LOOKED_AT, self._range_of(article))
        confidence = _confidence(hits[0][1] / wanted.attainable) if hits else 0.0
        corrections = tuple(wanted.corrections.items())
        if not hits or confidence < self.policy.threshold:
            closest = self._closest(hits)
            message = _refusal(wanted) if self._places else _NO_ARTICLES
            return Answer(question, "none", confidence, message, (), closest, wanted.missing, corrections)
        quotes = self._quotes(wanted, hits)
        return Answer(question, "answer", confidence, "", quotes, self._closest(hits), wanted.missing, corrections)

    def _quotes(self, wanted: Wanted, hits: Sequence[tuple[int, float]]) -> tuple[Quote, ...]:
        quotes: list[Quote] = []
        used: set[int] = set()
        for number, score in hits:
            if len(quotes) == self.policy.quotes or score < _WORTH_QUOTING * hits[0][1]:
                break
            article, section, passage = self._places[number]
            key = passage.sentences[int(np.argmax(self.index.sentence_scores(number, wanted)))]
            if id(key) not in used:
                sentences = _stretch(article.text, section.sentences, key, used)
                used.update(map(id, sentences))
                matched = self._matched(sentences, wanted)
                quotes.append(Quote(_passage_id(article, passage), article, section, sentences, key, score, matched))
        return tuple(quotes)

    def is_sound(self) -> bool:
        """Say whether passages are found by their own words; looks at fifty of them, evenly spread."""
        for _, _, passage in self._places[:: max(1, len(self._places) // 50)]:
            wanted = self.index.read(passage.plain)
            hits = self.index.find(wanted, 1)
            if wanted.weights and not (hits and 0 < hits[0][1] <= wanted.attainable):
                return False
        return True

    def quote(self, question: str, passage: str) -> Quote | None:
        """Quote the passage of the given id for a question; None where the library no longer holds it."""
        number = self._ids.get(passage)
        if number is None:
            return None
        return self._quotes(self.index.read(question), [(number, 0.0)])[0]

    def _range_of(self, article: str) -> range | None:
        if not article:
            return None
        numbers = [at for at, (one, _, _) in enumerate(self._places) if one.id == article]
        return range(numbers[0], numbers[-1] + 1) if numbers else range(0)

    def _matched(self, sentences: Sequence[Sentence], wanted: Wanted) -> tuple[str, ...]:
        """Give the words of the quotation that were asked for, as they stand there, each once."""
        words = (word for sentence in sentences for word in find_words(sentence.plain))
        return tuple(dict.fromkeys(word for word in words if self.index.terms.term(word) in wanted.weights))

    def _closest(self, hits: Sequence[tuple[int, float]]) -> tuple[tuple[Article, Section], ...]:
        sections = {
            id(section): (article, section) for article, section, _ in (self._places[number] for number, _ in hits)
        }
        return tuple(sections.values())[:_CLOSEST]

    def _invite(self, smalltalk: Smalltalk) -> str:
        opening = {
            "greeting": "Hello!",
            "thanks": "You are welcome.",
            "noise": "I could not make a question out of that.",
            "empty": "Ask me a question.",
            "help": "I answer with quotations from the articles, word for word.",
        }[smalltalk]
        titles = [article.title for article in self.library.articles]
        if not titles:
            return f"{opening} {_NO_ARTICLES}"
        more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
        subjects = "; ".join(f"“{title}”" for title in titles[:3])
        heading = next((section.heading for _, section in self.library.sections() if section.heading), "")
        example = f" Try: What do they say about “{heading}”?" if heading else ""
        return f"{opening} You can ask about {subjects}{more}.{example}"


def _passage_id(article: Article, passage: Passage) -> str:
    """Name a passage by its article and its words: 12 hexadecimal digits, the same in every process."""
    return hashlib.blake2b(f"{article.id}\0{passage.plain}".encode(), digest_size=6).hexdigest()


def separator(sentences: Sequence[Sentence], position: int) -> str:
    """Say what stands before a sentence of a quotation when it is shown: a new line after an item or a row."""
    if position == 0:
        return ""
    return " " if sentences[position - 1].plain.endswith(_ENDS) else "\n"


def _confidence(share: float) -> float:
    """Turn the share of the attainable score, 0 to 1, into the probability that the answer is right."""
    return 1 / (1 + float((_HALF_RIGHT / share) ** _STEEPNESS))


def _language(library: Library) -> str:
    languages = [article.language for article in library.articles]
    return max(sorted(set(languages)), key=languages.count, default="en")


def _refusal(wanted: Wanted) -> str:
    if wanted.missing:
        words = ", ".join(f"“{word}”" for word in wanted.missing[:5])
        return f"The articles do not answer that. Nowhere in them: {words}."
    return "The articles do not answer that."


def _stretch(text: str, sentences: Sequence[Sentence], key: Sentence, used: set[int]) -> tuple[Sentence, ...]:
    """Put the sentences around the key sentence that fit: at most three with it, at most 80 words, one paragraph."""
    first = last = next(at for at, sentence in enumerate(sentences) if sentence is key)
    room = MAX_WORDS - _words(key)

    def fits(at: int) -> bool:
        if not 0 <= at < len(sentences) or id(sentences[at]) in used or _words(sentences[at]) > room:
            return False
        earlier, later = (last, at) if at > last else (at, first)
        return _belong_together(text, sentences[earlier], sentences[later])

    while last - first + 1 < MAX_SENTENCES:
        at = next(filter(fits, (last + 1, first - 1)), None)
        if at is None:
            break
        first, last = min(first, at), max(last, at)
        room -= _words(sentences[at])
    return tuple(sentences[first : last + 1])


def _belong_together(text: str, sentence: Sentence, following: Sentence) -> bool:
    """Say whether two neighbours stand in one paragraph, or in a list whose items are no sentences by themselves.

    What announces something, ending in a colon, belongs to what it announces.
    """
    if sentence.plain.endswith(":"):
        return True
    gap = text[sentence.end : following.start].replace("\r\n", "\n").replace("\r", "\n")
    is_new_item = "\n" in gap and not gap.isspace()
    return gap.count("\n") < 2 and not (is_new_item and sentence.plain.endswith((".", "!", "?")))


def _words(sentence: Sentence) -> int:
    return len(sentence.plain.split())
