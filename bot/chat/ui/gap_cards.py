"""Gaps as cards: what was asked in vain, and the buttons that close a gap.

In: gaps. Out: cards. A gap is named in buttons by the hash of its first question.
"""

from collections.abc import Sequence

from bot.answers.gaps import Gap
from bot.chat.ui.asked import find_asked
from bot.chat.ui.card_reader import QUESTION, question_texts
from bot.chat.ui.components import make_button, make_page_row, make_row
from bot.chat.ui.layout import Block, Card, count_pages, fit
from bot.chat.ui.passages import bold, show_location
from bot.chat.ui.source import section_id
from bot.records.wording import hash_wording
from bot.texts import cards
from bot.texts import gaps as texts

GAPS_ON_A_PAGE = 6
# So many questions of one gap are shown.
_MOST_QUESTIONS = 8
_OTHER_QUESTION = 150
_KEY_DIGITS = 12


def make_key(gap: Gap) -> str:
    """Give what names a gap in a button."""
    return hash_wording(gap.name)[:_KEY_DIGITS]


def make_gaps_card(
    gaps: Sequence[Gap], days: int, page: int, *, looked_at: int = 0, is_cleared: bool = False
) -> Card:
    """List one page of gaps; ``looked_at``: how many questions, where there are more.

    Where it ``is_cleared``, those of this page are deleted now.
    """
    if not gaps:
        return Card([texts.NO_GAPS(days) if days else texts.NOTHING_KEPT])
    pages = count_pages(len(gaps), GAPS_ON_A_PAGE)
    shown = gaps[page * GAPS_ON_A_PAGE : (page + 1) * GAPS_ON_A_PAGE]
    blocks: list[Block] = [texts.GAPS(len(gaps), days=cards.DAYS(days))]
    if is_cleared:
        blocks += map(_describe, shown)
        foot = texts.DELETED_NOW(len(shown))
        if len(gaps) > len(shown):
            foot += texts.MORE_ARE_KEPT(len(gaps) - len(shown))
        return Card([*blocks, foot])
    blocks += [(_describe(gap), make_button(texts.CLOSE_IT, "gap", make_key(gap))) for gap in shown]
    blocks.append(texts.COUNTS_ONCE)
    if looked_at:
        blocks.append(texts.LOOKED_AT(count=looked_at))
    if pages > 1:
        blocks.append(texts.PAGE(page=page + 1, pages=pages))
    return Card(blocks, make_page_row("gaps", page, pages))


def make_gap_card(gap: Gap) -> Card:
    """Show one gap, and what closes it."""
    key = make_key(gap)
    blocks: list[Block] = [texts.GAP_HEAD(times=texts.TIMES(gap.times, date=gap.last.isoformat()))]
    blocks += question_texts(gap.name, "")
    others = gap.questions[1 : _MOST_QUESTIONS + 1]
    lines = [f"- {fit(find_asked(one, _OTHER_QUESTION), _OTHER_QUESTION)}" for one in others]
    left_out = len(gap.questions) - 1 - len(others)
    if left_out:
        lines.append(cards.MORE_LINES(left_out))
    blocks.append("\n".join(lines))
    nearest = ""
    if gap.nearest is not None:
        nearest = section_id(*gap.nearest)
        read = make_button(cards.READ, "read", nearest, 0, "")
        blocks.append((_describe_nearest(gap), read))
    row = make_row(
        make_button(texts.ANSWERED_HERE, "gap_link", key, nearest),
        make_button(texts.WRITE_IT, "gap_write", key, nearest),
        make_button(texts.ALL_GAPS, "gaps", 0),
    )
    return Card(blocks, row)


def _describe(gap: Gap) -> str:
    others = len(gap.questions) - 1
    return texts.GAP(
        question=bold(fit(find_asked(gap.name, QUESTION), QUESTION)),
        like=texts.LIKE_IT(others) if others else "",
        times=texts.TIMES(gap.times, date=gap.last.isoformat()),
        nearest=_describe_nearest(gap),
    )


def _describe_nearest(gap: Gap) -> str:
    if gap.nearest is None:
        return texts.NOTHING_NEAR
    return texts.NEAREST(place=show_location(*gap.nearest))
