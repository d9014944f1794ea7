"""Judgments of answers, drawn at random."""

from hypothesis import strategies as st

from bot.evaluation.model import Judgment


@st.composite
def judgments(draw: st.DrawFn) -> Judgment:
    """Give a judgment such as ``judge`` may give."""
    name = draw(st.uuids()).hex
    is_answered = draw(st.booleans())
    if draw(st.booleans()):
        return Judgment(name, is_covered=False, is_answered=is_answered)
    rank = draw(st.sampled_from([None, 1, 2, 3])) if is_answered else None
    key = draw(st.sampled_from([None, False, rank == 1]))
    section = rank == 1 or (is_answered and draw(st.booleans()))
    return Judgment(
        name,
        is_covered=True,
        is_answered=is_answered,
        rank=rank,
        key_is_right=key,
        section_is_right=section,
    )
