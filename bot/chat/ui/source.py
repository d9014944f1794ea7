"""Where a quotation is from, as the buttons of its card remember it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.conversation import ShownTurn
from bot.answers.ids import section_ids, sentence_id
from bot.answers.model import Quote
from bot.articles.model import Article, Section, Sentence

# So many hexadecimal digits of a file's SHA-256 tell its versions apart.
_SHA_DIGITS = 8
# Stands between who asked and what came first before.
_SEPARATOR = "."
# So many hexadecimal digits tell the sentences of a passage apart.
KEY_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer's quotation is from.

    ``sentence`` is the key sentence's index in the section; ``start`` and ``end`` are characters of
    the file; ``sha`` is the beginning of the file's SHA-256; ``asker_id`` is who asked.
    ``earlier`` is the passage and the key sentence that came first before; empty where none did.
    """

    passage: str
    section: str
    sentence: int
    start: int
    end: int
    sha: str
    asker_id: int
    earlier: str = ""

    @classmethod
    def of(cls, quote: Quote, asker_id: int, recent: Sequence[ShownTurn] = ()) -> "Source":
        """Give the source of a quotation after some turns."""
        return cls(
            passage=quote.id,
            section=section_id(quote.article, quote.section),
            sentence=sentence_index(quote.section, quote.key),
            start=quote.start,
            end=quote.end,
            sha=quote.article.sha256[:_SHA_DIGITS],
            asker_id=asker_id,
            earlier=_name_first(recent[-1]) if recent else "",
        )

    @classmethod
    def read(cls, arguments: Sequence[str]) -> "Source":
        """Read back the ``arguments`` of a custom id; raises ValueError if they are not ours."""
        passage, section, sentence, start, end, sha, asked = arguments
        asker_id, _, earlier = asked.partition(_SEPARATOR)
        return cls(
            passage=passage,
            section=section,
            sentence=int(sentence),
            start=int(start),
            end=int(end),
            sha=sha,
            asker_id=int(asker_id),
            earlier=earlier,
        )

    @property
    def arguments(self) -> tuple[object, ...]:
        """What a custom id has to hold, in this order."""
        asked = f"{self.asker_id}{_SEPARATOR}{self.earlier}" if self.earlier else self.asker_id
        return (
            self.passage,
            self.section,
            self.sentence,
            self.start,
            self.end,
            self.sha,
            asked,
        )


def _name_first(turn: ShownTurn) -> str:
    """Give the id of the passage that came first in a turn, and digits of its key sentence's."""
    first = turn.quotes[0]
    return first.passage + sentence_id(first.key)[:KEY_DIGITS]


def section_id(article: Article, section: Section) -> str:
    """Name a section of an article as custom ids do."""
    return section_ids(article)[section_index(article, section)]


def section_index(article: Article, section: Section) -> int:
    """Give the index of a section in its article, from 0."""
    return section.number - article.sections[0].number


def sentence_index(section: Section, sentence: Sentence) -> int:
    """Give the index of a sentence in its section; raises ValueError if it is not there.

    By identity: two sentences of a section may be equal.
    """
    for index, candidate in enumerate(section.sentences):
        if candidate is sentence:
            return index
    raise ValueError(f"the sentence at {sentence.start} is not in the section")
