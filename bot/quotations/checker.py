"""Whether what somebody claims to be from the articles stands there word for word, and where.

In: a library, once; then claims. Out: a QuotationCheck, with the places in the files and, word by
word, what is different. A claim is read as people read it: case, the kinds of quotation marks and
dashes, blanks, Markdown, and quotation marks around the whole do not count. A word more or less,
another figure, or two names exchanged do count: then the claim is altered. Headings can be claimed
too. Whether two wordings mean the same is not looked at.

The steps, each a module: ``claim`` reads what was typed, ``matcher`` finds it in a ``word_index``
as it stands; otherwise ``candidates`` gives the nearest passages, ``alignment`` compares them word
by word, and ``differences`` says what was altered.
"""

import math
from collections.abc import Sequence
from itertools import groupby

from bot.articles.library import Library
from bot.quotations.alignment import AlignmentStep, align, detach_unrelated_sentences
from bot.quotations.candidates import WordRange, common_words, find_candidates, slack
from bot.quotations.claim import (
    Ellipses,
    cut_at_ellipses,
    cut_claim,
    find_ellipses,
    read_claim,
)
from bot.quotations.differences import find_differences
from bot.quotations.excerpt import Excerpt, make_excerpt
from bot.quotations.matcher import find_matches, find_pieces
from bot.quotations.model import QuotationCheck, QuotedSpan
from bot.quotations.normalization import NormalizedText
from bot.quotations.word_index import WordIndex
from bot.search.memo import memoize

# More places than that nobody reads.
MAX_SPANS = 5
# Of the places where a claim stands, so many are looked at for exact ones.
_MAX_COMPARED_MATCHES = 200

# An altered claim must share enough words, in the same order, with a text of the articles. Hardly a
# sentence about something else, or about the same matter in other words, comes near that in 270,000
# words. So many of the claim's words, and of the text's words, must match:
_MIN_MATCHING_SHARE = 0.6
# And of a short claim so many, or all but one:
_MIN_MATCHES_OF_SHORT = 6
# And so many in any case, because two words stand together anywhere:
_MIN_MATCHES = 3

# A claim with an ellipsis may leave out so many words, as long as the alignment has no more cells.
_MAX_ELIDED_WORDS = 3_000
_MAX_CELLS = 1_000_000

# Checks of one claim come back to the same sentences, seldom to more than these.
_REMEMBERED_EXCERPTS = 8


class QuotationChecker:
    """Checks claims against one library. It never changes once it is built."""

    def __init__(self, library: Library) -> None:
        """Index the words of all sections; takes time and memory for each word."""
        self._index = WordIndex(library)
        self._join = memoize(QuotationChecker._join_sentences, self, _REMEMBERED_EXCERPTS)

    def check(self, claim: str) -> QuotationCheck:
        """Check a claim of any length and content: the whole words of its first 4,000 characters.

        Never raises.
        """
        claim_text = cut_claim(claim)
        readings = read_claim(claim_text)
        if not readings:
            return QuotationCheck(claim_text, "too short")
        spans = self._find_whole(readings)
        if spans:
            return QuotationCheck(claim_text, "found", spans)
        likeliest = readings[0]
        ellipses = find_ellipses(likeliest)
        if ellipses:
            spans = self._find_pieces(cut_at_ellipses(likeliest, ellipses))
            if spans:
                return QuotationCheck(claim_text, "with omissions", spans)
        return self._compare_with_nearest(claim_text, likeliest, ellipses)

    def _find_whole(self, readings: Sequence[NormalizedText]) -> tuple[QuotedSpan, ...]:
        """Give where a reading stands exactly, or else where the first that is found stands."""
        inexact: tuple[QuotedSpan, ...] = ()
        for reading in readings:
            spans = self._find_matches(reading)
            if spans and spans[0].is_exact:
                return spans
            inexact = inexact or spans
        return inexact

    def _find_matches(self, claim: NormalizedText) -> tuple[QuotedSpan, ...]:
        """Give where all words of a claim stand in a row: at most five places, exact ones first."""
        exact: list[QuotedSpan] = []
        inexact: list[QuotedSpan] = []
        for position in find_matches(self._index, self._index.encode(claim)):
            span = self._quote(position, claim)
            if span.is_exact:
                exact.append(span)
            else:
                inexact.append(span)
            compared = len(exact) + len(inexact)
            if len(exact) == MAX_SPANS or compared == _MAX_COMPARED_MATCHES:
                break
        spans = exact + inexact
        return tuple(spans[:MAX_SPANS])

    def _find_pieces(self, pieces: Sequence[NormalizedText]) -> tuple[QuotedSpan, ...]:
        """Give where the pieces of a claim stand in order in one section."""
        encoded = [self._index.encode(piece) for piece in pieces]
        positions = find_pieces(self._index, encoded)
        return tuple(map(self._quote, positions, pieces))

    def _quote(self, position: int, claim: NormalizedText) -> QuotedSpan:
        """Give the span where a claim stands whose first word has a position in the index."""
        excerpt = self._excerpt(position, position + len(claim.words))
        return excerpt.quote(position - excerpt.position, claim)

    def _excerpt(self, start: int, end: int) -> Excerpt:
        """Give the sentences that hold the words of a range in one section."""
        return self._join(*self._index.sentence_range(start, end))

    def _join_sentences(self, first: int, last: int) -> Excerpt:
        positions = self._index.sentence_starts(first, last)
        place = self._index.section_at(positions[0])
        return make_excerpt(place, self._index.sentences[first:last], positions)

    def _compare_with_nearest(
        self, claim_text: str, claim: NormalizedText, ellipses: Ellipses
    ) -> QuotationCheck:
        """Say how a claim that stands nowhere departs from the text that is nearest to it."""
        encoded = self._index.encode(claim)
        min_matches = _min_matches(len(encoded))
        fewest_differing = math.inf
        check = QuotationCheck(claim_text, "not found")
        for candidate in find_candidates(self._index, encoded):
            start, end = self._widen(candidate, encoded, has_ellipsis=bool(ellipses))
            nearby_words = self._index.text[start:end]
            if common_words(encoded, nearby_words) < min_matches:
                continue
            excerpt = self._excerpt(start, end)
            steps = _align(claim, excerpt, (start, end), ellipses)
            differing = sum(not (step.is_match or step.is_elided) for step in steps)
            if differing < fewest_differing and _is_near(steps, min_matches):
                fewest_differing = differing
                check = _describe(claim_text, claim, excerpt, steps, ellipses)
        return check

    def _widen(self, candidate: WordRange, encoded: str, *, has_ellipsis: bool) -> WordRange:
        """Widen a candidate inside its section to where a claim made from it may begin and end."""
        start, end = candidate
        section_start, section_end = self._index.section_bounds(start)
        reach = slack(encoded)
        if has_ellipsis:
            affordable = _MAX_CELLS // len(encoded)
            elidable = min(_MAX_ELIDED_WORDS, affordable)
            reach = max(reach, elidable)
        start = max(section_start, start - reach)
        end = min(section_end, end + reach)
        return start, end


def _min_matches(claimed_words: int) -> int:
    """Give how many words of a claim must match to call it altered rather than not found."""
    share = math.ceil(_MIN_MATCHING_SHARE * claimed_words)
    all_but_one = claimed_words - 1
    of_short = min(all_but_one, _MIN_MATCHES_OF_SHORT)
    return max(share, of_short, _MIN_MATCHES)


def _is_near(steps: Sequence[AlignmentStep], min_matches: int) -> bool:
    """Say whether enough of the claim's words, and of the text's words, match."""
    matches = sum(step.is_match for step in steps)
    if matches < min_matches:
        return False
    compared = [step for step in steps if not step.is_elided]
    covered = sum(step.article is not None for step in compared)
    min_share = _MIN_MATCHING_SHARE * covered
    return matches >= min_share


def _align(
    claim: NormalizedText, excerpt: Excerpt, positions: WordRange, ellipses: Ellipses
) -> list[AlignmentStep]:
    """Align a claim with the words of an excerpt that have the ``positions`` in the index.

    The words of the steps are numbered as in the excerpt.
    """
    first = positions[0] - excerpt.position
    end = positions[1] - excerpt.position
    compared = excerpt.text.words[first:end]
    number_of_key: dict[str, int] = {}
    claimed = [number_of_key.setdefault(word.key, len(number_of_key)) for word in claim.words]
    article = [number_of_key.get(word.key, -1) for word in compared]
    steps: list[AlignmentStep] = []
    for step in align(claimed, article, ellipses.keys()):
        if step.article is None:
            steps.append(step)
        else:
            in_excerpt = step.article + first
            steps.append(step._replace(article=in_excerpt))
    return detach_unrelated_sentences(steps, claim, excerpt.sentence_starts)


def _describe(
    claim_text: str,
    claim: NormalizedText,
    excerpt: Excerpt,
    steps: Sequence[AlignmentStep],
    ellipses: Ellipses,
) -> QuotationCheck:
    """Give the outcome of an alignment: the spans that the claim stands for, and what differs."""
    spans = _aligned_spans(excerpt, steps)
    differences = find_differences(steps, claim, excerpt.text, ellipses)
    check = QuotationCheck(claim_text, "altered", spans, differences)
    if check.alterations:
        return check
    # Words for which the index had no code left are compared by their keys here: all may match.
    return QuotationCheck(claim_text, "with omissions" if ellipses else "found", spans)


def _aligned_spans(excerpt: Excerpt, steps: Sequence[AlignmentStep]) -> tuple[QuotedSpan, ...]:
    """Give the spans of an excerpt between the words that the claim says are left out."""
    spans: list[QuotedSpan] = []
    for is_elided, group in groupby(steps, key=lambda step: step.is_elided):
        words = [step.article for step in group if step.article is not None]
        if words and not is_elided:
            span = excerpt.span_of_words(words[0], words[-1] + 1)
            spans.append(span)
    return tuple(spans)
