"""Where a quotation is from, as the buttons of its card remember it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.ids import section_ids
from bot.answers.model import Quote
from bot.articles.model import Article, Section, Sentence

# So many hexadecimal digits of a file's SHA-256 tell its versions apart.
_SHA_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer's quotation is from.

    ``sentence`` is the key sentence's index in the section; ``start`` and ``end`` are characters of
    the file; ``sha`` is the beginning of the file's SHA-256; ``asker_id`` is who asked.
    """

    passage: str
    section: str
    sentence: int
    start: int
    end: int
    sha: str
    asker_id: int

    @classmethod
    def of(cls, quote: Quote, asker_id: int) -> "Source":
        """Give the source of a quotation."""
        return cls(
            passage=quote.id,
            section=section_id(quote.article, quote.section),
            sentence=sentence_index(quote.section, quote.key),
            start=quote.start,
            end=quote.end,
            sha=quote.article.sha256[:_SHA_DIGITS],
            asker_id=asker_id,
        )

    @classmethod
    def read(cls, arguments: Sequence[str]) -> "Source":
        """Read back the ``arguments`` of a custom id; raises ValueError if they are not ours."""
        passage, section, sentence, start, end, sha, asker_id = arguments
        return cls(
            passage=passage,
            section=section,
            sentence=int(sentence),
            start=int(start),
            end=int(end),
            sha=sha,
            asker_id=int(asker_id),
        )

    @property
    def arguments(self) -> tuple[object, ...]:
        """What a custom id has to hold, in this order."""
        return (
            self.passage,
            self.section,
            self.sentence,
            self.start,
            self.end,
            self.sha,
            self.asker_id,
        )


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
