"""The numbers that tell an altered quotation from an unrelated text: ``bot/quotations``."""

import math
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

import numpy as np

from benchmarks.fit.claims import SENTENCE_WORDS, Claim, ClaimMaker, Row, as_text
from benchmarks.fit.model import Fit, FitOptions, FittedNumber
from benchmarks.fit.sweep import Sweep, Verdicts, fit_one, judge, sweep_one
from benchmarks.fit.texts import describe, read_articles, read_questions
from benchmarks.fit.vary import setter_of, vary
from bot.articles.library import Library
from bot.articles.model import Article
from bot.quotations import alignment, checker
from bot.quotations.alignment import AlignmentStep, align, detach_unrelated_sentences
from bot.quotations.checker import QuotationChecker
from bot.quotations.normalization import NormalizedText, normalize, word_keys

_ALIGNED_CLAIMS = 1_600
_ALIGNED_LENGTHS = (8, 30)
_CLAIMS_WITH_A_SENTENCE = 1_000
_CHECKED_CLAIMS = 800
# A claim that stands in the articles, or is too short, is none that the numbers decide on.
_JUDGED = ("altered", "not found")

# What is tried, from the number in the code. Only the ratios of the costs matter: that of a
# substitution stays.
_COST_STEPS = {
    "_INSERTION_COST": (-6, -3, 0, 3, 6, 9),
    "_GAP_START_COST": (-9, -6, -3, 0, 3, 6),
    "_GAP_EXTENSION_COST": (-2, -1, 0, 2, 6),
}
_SENTENCE_STEPS = (-2, -1, 0, 1, 2, 3)
_BEARABLE = 0.01
# So high a share of the words of a claimed sentence is substituted.
_SUBSTITUTED = (0.2, 0.8)

# The numbers in checker.py, what is tried from those in the code, and of how many words are the
# claims they decide on.
_CHECKS: tuple[tuple[str, Sequence[float], tuple[int, int]], ...] = (
    ("_MIN_MATCHING_SHARE", [step / 20 for step in range(-6, 7)], (12, 30)),
    ("_MIN_MATCHES_OF_SHORT", range(-4, 5), (4, 10)),
    ("_MIN_MATCHES", range(-2, 3), (3, 5)),
)


def fit(options: FitOptions) -> Fit:
    """Find the costs, the numbers of detached sentences, and those of matching words."""
    library = read_articles(options.squad)
    maker = ClaimMaker(library, random.Random(f"{options.seed} claims"))
    numbers = [
        *_fit_costs(maker, options.seed),
        *_fit_detachment(maker, options.seed),
        *_fit_checks(maker, library, read_questions(None), options.seed),
    ]
    return Fit(
        "Altered quotations",
        f"{describe(library)}. Altered claims: stretches of them with one or two alterations: a "
        "word or two "
        "substituted, a fifth substituted, up to six words left out in one go, a word or two put "
        "in, a “not” put in, "
        "two names exchanged. Unrelated claims: stretches of articles that are left out, and the "
        "golden sets' "
        "questions, which say the same in other words. SQuAD's questions often repeat the words "
        "of their paragraphs",
        "The costs on every other article, tried on the rest; for the others none; standard "
        "errors by bootstrap over "
        "claims",
        "The costs that give most claims exactly the alignment that they were made with. For the "
        "others the value with "
        "the most altered claims recognised, of those with at most 1 false alarm in 100 "
        "unrelated ones more than "
        "the value with the fewest has. Of equals the nearest to that in the code",
        tuple(numbers),
    )


class _Aligned(NamedTuple):
    """A claim and the words around it as numbers, and which of them stand for each other.

    ``has_clear_ends``: the first two and the last two words are not altered, nor is anything left
    out between them.
    """

    claim: list[int]
    article: list[int]
    pairs: set[tuple[int, int]]
    has_clear_ends: bool


def _number_words(claim: Sequence[str], article: Sequence[str]) -> tuple[list[int], list[int]]:
    number_of = {word: number for number, word in enumerate(dict.fromkeys(claim))}
    return [number_of[word] for word in claim], [number_of.get(word, -1) for word in article]


def _draw_altered(maker: ClaimMaker, rows: Sequence[Row]) -> _Aligned:
    """Alter a stretch; as many words as it has are compared on either side of it."""
    row, stretch = maker.draw(_ALIGNED_LENGTHS, rows)
    altered = maker.alter(stretch, row)
    first = stretch[0].place or 0
    start = max(0, first - len(stretch))
    pairs = {(at, one.place - start) for at, one in enumerate(altered) if one.place is not None}
    nearby = row.words[start : first + 2 * len(stretch)]
    has_clear_ends = altered[:2] == stretch[:2] and altered[-2:] == stretch[-2:]
    return _Aligned(*_number_words([one.word for one in altered], nearby), pairs, has_clear_ends)


def _align_all(claims: Sequence[_Aligned], costs: Sequence[float]) -> list[bool]:
    """Say which claims are aligned as they were made, at costs in the order of ``_COST_STEPS``."""
    whole = dict(zip(_COST_STEPS, map(int, costs), strict=True))
    with vary(alignment, **whole):
        return [_find_pairs(align(one.claim, one.article)) == one.pairs for one in claims]


def _find_pairs(steps: Sequence[AlignmentStep]) -> set[tuple[int, int]]:
    return {
        (step.claimed, step.article)
        for step in steps
        if step.claimed is not None and step.article is not None
    }


def _fit_costs(maker: ClaimMaker, seed: int) -> Iterator[FittedNumber]:
    articles = list(dict.fromkeys(row.article for row in maker.rows))
    halves = [[row for row in maker.rows if row.article in articles[half::2]] for half in (0, 1)]
    fitted_on, tried_on = (
        [_draw_altered(maker, rows) for _ in range(_ALIGNED_CLAIMS // 2)] for rows in halves
    )
    in_code = [getattr(alignment, name) for name in _COST_STEPS]
    steps = np.array(list(product(*_COST_STEPS.values())), dtype=float)
    settings = np.maximum(0, steps + in_code)  # float64, (settings, costs)
    right = np.array([_align_all(fitted_on, setting) for setting in settings])
    sweep = Sweep(
        settings,
        np.array(in_code, dtype=float),
        right,
        np.zeros((len(settings), 0), dtype=np.bool_),
        0.0,
    )
    shares = right.mean(axis=1)
    trial = np.array(
        [_align_all(tried_on, costs) for costs in (in_code, sweep.found.tolist())]
    )  # (2, claims)
    has_clear_ends = [one.has_clear_ends for one in tried_on]
    before, after = trial.mean(axis=1)
    clear_before, clear_after = trial[:, has_clear_ends].mean(axis=1)
    at_best = (
        f"{shares[sweep.best]:.3f} at the best of {len(settings)} settings. On the other "
        f"articles {before:.3f} at the "
        f"code's costs, {after:.3f} at those found; {clear_before:.3f} and {clear_after:.3f} of "
        "the claims with "
        "nothing altered at their first and last two words."
    )
    errors = sweep.standard_errors(seed)
    for number, name in enumerate(_COST_STEPS):
        others = np.delete(settings == in_code, number, axis=1).all(axis=1)
        along = [
            f"{cost:g}: {share:.3f}"
            for cost, share in zip(settings[others, number], shares[others], strict=True)
        ]
        note = f"Share aligned as made, the others as in the code, at {', '.join(along)}; {at_best}"
        yield FittedNumber(
            f"alignment: {name}", in_code[number], sweep.found[number], errors[number], note
        )


@dataclass(frozen=True, slots=True)
class _TwoSentences:
    """An aligned claim of two sentences.

    ``added`` are the numbers of the words of the sentence in question.
    """

    text: NormalizedText
    steps: list[AlignmentStep]
    starts: tuple[int, int]
    added: range

    def keeps(self) -> bool:
        """Say whether that sentence is still beside the article's after detaching."""
        steps = detach_unrelated_sentences(self.steps, self.text, self.starts)
        return any(step.claimed in self.added and step.article is not None for step in steps)


def _fit_detachment(maker: ClaimMaker, seed: int) -> Iterator[FittedNumber]:
    name = "_CLAIMED_WORDS_PER_MATCH"
    in_code = getattr(alignment, name)
    altered, unrelated, short = [], [], []
    for _ in range(_CLAIMS_WITH_A_SENTENCE):
        kept, beside, other = maker.draw_sentences()
        share = maker.chance.uniform(*_SUBSTITUTED)
        changed = maker.substitute(beside, math.ceil(share * len(beside)))
        altered.append(_put_together(maker.chance, kept, beside, changed))
        unrelated.append(_put_together(maker.chance, kept, beside, other))
        short.append(
            _put_together(
                maker.chance, kept, beside, other[: maker.chance.randint(1, SENTENCE_WORDS)]
            )
        )
    values = [in_code + step for step in _SENTENCE_STEPS]
    hits, alarms = (_judge_sentences(name, values, claims) for claims in (altered, unrelated))
    yield fit_one(f"alignment: {name}", sweep_one(values, in_code, hits, alarms, _BEARABLE), seed)
    name = "_MAX_DIFFERING_WORDS"
    in_code = getattr(alignment, name)
    below, here, above = _judge_sentences(name, [in_code - 1, in_code, in_code + 1], short)
    note = (
        "Words of which none is the article's are the same claim whether they were put in the "
        "place of its sentence or "
        f"added beside it. Of {len(short)} sentences claimed with one of 1 to 4 other words "
        "beside them, "
        f"{(below != here).sum()} are judged otherwise at {in_code - 1}, {(above != here).sum()} "
        f"at {in_code + 1}."
    )
    yield FittedNumber(f"alignment: {name}", in_code, None, None, note)


def _put_together(
    chance: random.Random, kept: Claim, beside: Claim, claimed: Claim
) -> _TwoSentences:
    """Claim a sentence and, behind or before it, what stands beside the article's next one."""
    is_behind = chance.random() < 0.5
    sentences = (kept, claimed) if is_behind else (claimed, kept)
    article = (kept, beside) if is_behind else (beside, kept)
    text = normalize(" ".join(f"{as_text(one)}." for one in sentences))
    words = [one.word for sentence in article for one in sentence]
    first = len(kept) if is_behind else 0
    steps = align(*_number_words([word.key for word in text.words], words))
    return _TwoSentences(text, steps, (0, len(article[0])), range(first, first + len(claimed)))


def _judge_sentences(name: str, values: Sequence[int], claims: Sequence[_TwoSentences]) -> Verdicts:
    """Say at each value of which claims the sentence in question is kept: (values, claims)."""
    return judge(values, setter_of(alignment, name), lambda: [claim.keeps() for claim in claims])


def _fit_checks(
    maker: ClaimMaker, library: Library, questions: Sequence[str], seed: int
) -> Iterator[FittedNumber]:
    whole = QuotationChecker(library)
    without = {left_out.id: _check_without(library, left_out) for left_out in library.articles}
    for name, steps, lengths in _CHECKS:
        altered, unrelated = [], []
        for _ in range(_CHECKED_CLAIMS):
            row, stretch = maker.draw(lengths, maker.rows)
            altered.append((whole, as_text(maker.alter(stretch, row))))
            row, stretch = maker.draw(lengths, maker.rows)
            unrelated.append((without[row.article], as_text(stretch)))
        fitting = [text for text in questions if lengths[0] <= len(word_keys(text)) <= lengths[1]]
        chosen = maker.chance.sample(fitting, min(len(fitting), _CHECKED_CLAIMS))
        unrelated += [(whole, text) for text in chosen]
        in_code = getattr(checker, name)
        values = [round(in_code + step, 2) for step in steps]
        hits, alarms = (_judge_claims(name, values, claims) for claims in (altered, unrelated))
        fitted = fit_one(
            f"quotations: {name}", sweep_one(values, in_code, hits, alarms, _BEARABLE), seed
        )
        about = (
            f"{hits.shape[1]} altered, {alarms.shape[1]} unrelated claims of {lengths[0]} to "
            f"{lengths[1]} words."
        )
        yield replace(fitted, note=f"{fitted.note} {about}")


def _check_without(library: Library, left_out: Article) -> QuotationChecker:
    return QuotationChecker(Library(tuple(one for one in library.articles if one is not left_out)))


def _judge_claims(
    name: str, values: Sequence[float], claims: Sequence[tuple[QuotationChecker, str]]
) -> Verdicts:
    """Say at each value which claims are altered quotations: (values, claims).

    Those that stand in the articles are left out.
    """
    counts = [
        _count_values(name, values, *claim)
        for claim in claims
        if claim[0].check(claim[1]).kind in _JUDGED
    ]
    return np.arange(len(values))[:, None] < np.array(counts, dtype=np.int64)


def _count_values(
    name: str, values: Sequence[float], one_checker: QuotationChecker, text: str
) -> int:
    """Say at how many values, the lowest first, a claim is an altered quotation.

    A higher value never accepts more.
    """

    def is_refused(value: float) -> bool:
        with vary(checker, **{name: value}):
            return one_checker.check(text).kind != "altered"

    return bisect_left(values, True, key=is_refused)  # noqa: FBT003
