"""The values of quotation checking: the outcome of a check, the places it names, the differences.

All values are immutable. Nothing here searches or compares.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.articles.model import Article, Section, Sentence, Span

CheckKind = Literal["found", "with omissions", "altered", "not found", "too short"]
DifferenceKind = Literal["same", "added", "left out", "changed"]


@dataclass(frozen=True, slots=True)
class QuotedSpan(Span):
    """A span of one section: ``article.text[start:end]``, which begins in ``line`` of its file.

    ``plain`` is the span as it reads, without markup. ``sentences`` are the sentences of the
    section's text that it covers: none where it lies in the heading alone. ``is_exact`` says
    whether the claim has the span's punctuation too.
    """

    article: Article
    section: Section
    sentences: tuple[Sentence, ...]
    plain: str
    is_exact: bool = False

    @property
    def text(self) -> str:
        """The file's own characters."""
        return self.article.text[self.start : self.end]

    @property
    def is_from_heading(self) -> bool:
        """Whether the span begins in the section's heading."""
        return not self.sentences or self.start < self.sentences[0].start


class Difference(NamedTuple):
    """The claim's text and the article's text in one place, each with its punctuation.

    Either side is empty where it has nothing there:

    - "same": both have the same words.
    - "added": only the claim has them.
    - "left out": only the article has them. A claimed text ("…", "[...]") is the sign by which the
      claim itself says so.
    - "changed": both have words, but other ones.
    """

    kind: DifferenceKind
    claimed: str
    article: str


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """The outcome of checking one claim.

    - "found": ``spans`` are the places where the claim stands, at most five. Exact ones come first,
      else they are in the order of the library.
    - "with omissions": ``spans`` are the claim's pieces in order. The claim itself says that
      something is left out between them.
    - "altered": ``spans`` is the nearest text, in pieces where the claim leaves something out.
      ``differences`` cover the claim and all of that text from beginning to end.
    - "not found": no text is near to the claim.
    - "too short": the claim has fewer than three words.
    """

    claim: str
    kind: CheckKind
    spans: tuple[QuotedSpan, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the claim stands in the articles with all of its punctuation."""
        if self.kind == "found":
            return any(span.is_exact for span in self.spans)
        if self.kind == "with omissions":
            return all(span.is_exact for span in self.spans)
        return False

    @property
    def alterations(self) -> tuple[Difference, ...]:
        """The differences without what is the same and what the claim says is left out."""
        return tuple(one for one in self.differences if not _is_faithful(one))


def _is_faithful(difference: Difference) -> bool:
    is_declared_omission = difference.kind == "left out" and bool(difference.claimed)
    return difference.kind == "same" or is_declared_omission
