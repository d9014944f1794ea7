"""Some sentences of one section as one text, and the spans of them that a claim quotes.

In: sentences in a row, which a word index found. Out: QuotedSpans, which are carried back to the
characters of the file.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.articles.lines import Lines
from bot.articles.model import Article, Section, Sentence
from bot.quotations.claim import ELLIPSIS
from bot.quotations.model import QuotedSpan
from bot.quotations.normalization import (
    NormalizedText,
    fold_punctuation,
    match_outer_punctuation,
    normalize,
)
from bot.quotations.source_map import locate_in_file


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Whole sentences of one section as they read, with a blank between two.

    ``position``: where their first word stands in the word index.
    ``sentence_offsets``: where each sentence begins in ``text.text``.
    ``sentence_starts``: the numbers of the words of ``text`` that begin a sentence.
    """

    article: Article
    section: Section
    sentences: tuple[Sentence, ...]
    text: NormalizedText
    position: int
    sentence_offsets: tuple[int, ...]
    sentence_starts: tuple[int, ...]

    def quote(self, first: int, claim: NormalizedText) -> QuotedSpan:
        """Give the span where all words of a claim stand in a row, beginning with word ``first``.

        Punctuation at the ends is included where the claim has it too. The span is exact if the
        punctuation between the words and at the ends is the claim's.
        """
        end = first + len(claim.words)
        has_same_inner = self._has_inner_punctuation(first, claim)
        claimed_before = ELLIPSIS.sub("", claim.punctuation(0))
        claimed_behind = ELLIPSIS.sub("", claim.punctuation(len(claim.words)))
        article_before = self.text.punctuation(first)
        article_behind = self.text.punctuation(end)
        before = match_outer_punctuation(claimed_before[::-1], article_before[::-1])
        behind = match_outer_punctuation(claimed_behind, article_behind)
        span_start = self.text.words[first].start - (before or 0)
        span_end = self.text.words[end - 1].end + (behind or 0)
        is_exact = has_same_inner and before is not None and behind is not None
        return self._make_span(span_start, span_end, is_exact=is_exact)

    def _has_inner_punctuation(self, first: int, claim: NormalizedText) -> bool:
        """Say whether the punctuation between the words is the claim's."""
        for number in range(1, len(claim.words)):
            claimed = fold_punctuation(claim.punctuation(number))
            if claimed != fold_punctuation(self.text.punctuation(first + number)):
                return False
        return True

    def span_of_words(self, first: int, end: int) -> QuotedSpan:
        """Give the span of the words from ``first`` to before ``end``, with their punctuation."""
        start = self.text.cut(first)
        stop = self.text.cut(end)
        shown = self.text.text[start:stop].lstrip()
        start = stop - len(shown)
        stop = start + len(shown.rstrip())
        return self._make_span(start, stop)

    def _make_span(self, start: int, end: int, *, is_exact: bool = False) -> QuotedSpan:
        """Carry ``text.text[start:end]`` back to the file."""
        first = bisect_right(self.sentence_offsets, start) - 1
        last = bisect_right(self.sentence_offsets, end - 1) - 1
        first_sentence = self.sentences[first]
        start_in_first = start - self.sentence_offsets[first]
        end_in_last = end - self.sentence_offsets[last]
        file_start, _ = locate_in_file(first_sentence, start_in_first, start_in_first + 1)
        _, file_end = locate_in_file(self.sentences[last], end_in_last - 1, end_in_last)
        text_before = self.article.text[first_sentence.start : file_start]
        line = first_sentence.line + len(Lines(text_before)) - 1
        covered = self.sentences[first : last + 1]
        begins_with_heading = covered[0].start == self.section.start
        if self.section.heading and begins_with_heading:
            covered = covered[1:]
        return QuotedSpan(
            file=self.article.file,
            line=line,
            start=file_start,
            end=file_end,
            article=self.article,
            section=self.section,
            sentences=covered,
            plain=self.text.text[start:end],
            is_exact=is_exact,
        )


def make_excerpt(
    place: tuple[Article, Section],
    sentences: Sequence[Sentence],
    sentence_positions: Sequence[int],
) -> Excerpt:
    """Join sentences of one section; ``sentence_positions`` are those of their first words."""
    article, section = place
    plain_texts = [sentence.plain for sentence in sentences]
    lengths = [len(plain) + 1 for plain in plain_texts[:-1]]
    offsets = accumulate(lengths, initial=0)
    position = sentence_positions[0]
    starts = [start - position for start in sentence_positions]
    return Excerpt(
        article=article,
        section=section,
        sentences=tuple(sentences),
        text=normalize(" ".join(plain_texts)),
        position=position,
        sentence_offsets=tuple(offsets),
        sentence_starts=tuple(starts),
    )
