"""What is different between a claim and the text that it was aligned with.

In: the steps of an alignment, and both texts. Out: Differences that go through both texts from
beginning to end, so that a caller can show either of them in full. Words that are written in one
("face-to-face") are the same or different together.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from bot.quotations.alignment import AlignmentStep
from bot.quotations.claim import Ellipses
from bot.quotations.model import Difference, DifferenceKind
from bot.quotations.normalization import NormalizedText

_Label = Literal["same", "different", "elided"]


class _Group(NamedTuple):
    """Consecutive steps with the same label: the numbers of their words on both sides."""

    label: _Label
    claimed: list[int]
    article: list[int]


def find_differences(
    steps: Sequence[AlignmentStep],
    claim: NormalizedText,
    article: NormalizedText,
    ellipses: Ellipses,
) -> tuple[Difference, ...]:
    """Put the steps of an alignment together to what is the same and what is different.

    But for blanks, the claimed texts of all differences make up the claim, and the article's texts
    make up the aligned part of the article.
    """
    groups = _group_steps(steps, claim, article)
    differences: list[Difference] = []
    start = 0  # where in the claim's text the next difference begins
    next_word = 0  # the number of the claimed word behind those that were gone through
    for number, group in enumerate(groups):
        next_word += len(group.claimed)
        following = groups[number + 1 : number + 2]
        is_before_ellipsis = any(one.label == "elided" for one in following)
        end = start
        if group.label == "elided":
            start, end = ellipses[next_word]
        elif group.claimed and is_before_ellipsis:
            end, _ = ellipses[next_word]
        elif group.claimed:
            end = claim.cut(next_word)
        kind = _name_kind(group)
        claimed_text = claim.text[start:end].strip()
        article_text = _text_of(article, group.article)
        differences.append(Difference(kind, claimed_text, article_text))
        start = end
    return tuple(differences)


def _text_of(article: NormalizedText, words: Sequence[int]) -> str:
    """Give the text of consecutive words of an article with its punctuation."""
    if not words:
        return ""
    start = article.cut(words[0])
    end = article.cut(words[-1] + 1)
    return article.text[start:end].strip()


def _name_kind(group: _Group) -> DifferenceKind:
    if group.label == "same":
        return "same"
    if group.label == "elided" or not group.claimed:
        return "left out"
    return "changed" if group.article else "added"


def _group_steps(
    steps: Sequence[AlignmentStep], claim: NormalizedText, article: NormalizedText
) -> list[_Group]:
    """Group consecutive steps that are the same, different, or elided."""
    labels = _label_steps(steps, claim, article)
    labelled_steps = zip(labels, steps, strict=True)
    groups: list[_Group] = []
    for label, members in groupby(labelled_steps, key=lambda pair: pair[0]):
        group = _Group(label, [], [])
        for _, step in members:
            if step.claimed is not None:
                group.claimed.append(step.claimed)
            if step.article is not None:
                group.article.append(step.article)
        groups.append(group)
    return groups


def _label_steps(
    steps: Sequence[AlignmentStep], claim: NormalizedText, article: NormalizedText
) -> list[_Label]:
    """Label each step. Of words that are written in one, all are different if one is."""
    labels = [_label_step(step) for step in steps]
    claim_joints = _find_joints(claim, [step.claimed for step in steps])
    article_joints = _find_joints(article, [step.article for step in steps])
    joints = sorted([*claim_joints, *article_joints])
    # Forwards and backwards, so that a difference spreads through a chain of joined words.
    for start, end in (*joints, *reversed(joints)):
        joined = labels[start:end]
        if "different" in joined and "elided" not in joined:
            labels[start:end] = ["different"] * len(joined)
    return labels


def _label_step(step: AlignmentStep) -> _Label:
    if step.is_elided:
        return "elided"
    return "same" if step.is_match else "different"


def _find_joints(
    text: NormalizedText, word_numbers: Sequence[int | None]
) -> Iterator[tuple[int, int]]:
    """Give the ranges of steps from a word to the next one where both are written in one.

    ``word_numbers`` are the words of the text in the steps, None where a step has none.
    """
    previous: int | None = None
    for step, number in enumerate(word_numbers):
        if number is None:
            continue
        if previous is not None and text.is_joined(number):
            yield previous, step + 1
        previous = step
