"""Gaps as cards: what was asked in vain, and the buttons that close a gap.

In: gaps. Out: cards. A gap is named in buttons by the hash of its first question.
"""

from collections.abc import Sequence

from bot.answers.gaps import Gap
from bot.chat.ui.asked import find_asked
from bot.chat.ui.card_reader import QUESTION, question_texts
from bot.chat.ui.components import make_button, make_page_row, make_row
from bot.chat.ui.layout import Block, Card, clamp_page, count_pages, fit
from bot.chat.ui.passages import bold, show_location
from bot.chat.ui.source import section_id
from bot.records.model import OutOfScope, WordPair
from bot.records.wording import hash_wording
from bot.texts import cards, servers
from bot.texts import gaps as texts
from bot.texts.filling import tell_date

GAPS_ON_A_PAGE = 6
# So many questions of one gap are shown.
_MOST_QUESTIONS = 8
_OTHER_QUESTION = 150
# So many pairs of words are shown with a gap.
_MOST_PAIRS = 3
_WORD = 60
_KEY_DIGITS = 12


def make_key(gap: Gap) -> str:
    """Give what names a gap in a button."""
    return hash_wording(gap.name)[:_KEY_DIGITS]


def make_gaps_card(  # noqa: PLR0913 (each is shown)
    gaps: Sequence[Gap],
    days: int,
    page: int,
    *,
    looked_at: int = 0,
    out_of_scope: int = 0,
    is_cleared: bool = False,
    is_of_all: bool = False,
) -> Card:
    """List one page of gaps; ``looked_at``: how many questions, where there are more.

    ``out_of_scope`` are so many kinds of questions. Where it ``is_cleared``, the questions of this
    page are deleted now. They are those of one server, unless it ``is_of_all``.
    """
    others = None
    if out_of_scope:
        others = make_button(texts.OUT_OF_SCOPE_COUNT(count=out_of_scope), "gaps_out", 0)
    whose = texts.OF_COMMON() if is_of_all else servers.OF_THIS_SERVER()
    if not gaps:
        nothing = texts.NO_GAPS(days) if days else texts.NOTHING_KEPT()
        return Card([nothing, whose], make_row(others))
    pages = count_pages(len(gaps), GAPS_ON_A_PAGE)
    shown = gaps[page * GAPS_ON_A_PAGE : (page + 1) * GAPS_ON_A_PAGE]
    blocks: list[Block] = [texts.GAPS(len(gaps), days=cards.DAYS(days))]
    if is_cleared:
        blocks += map(_describe, shown)
        foot = texts.DELETED_NOW(len(shown))
        if len(gaps) > len(shown):
            foot += texts.MORE_ARE_KEPT(len(gaps) - len(shown))
        return Card([*blocks, foot, whose])
    blocks += [
        (_describe(gap), make_button(texts.CLOSE_IT(), "gap", make_key(gap))) for gap in shown
    ]
    blocks.append(f"{texts.COUNTS_ONCE()}\n{whose}")
    if looked_at:
        blocks.append(texts.LOOKED_AT(count=looked_at))
    if pages > 1:
        blocks.append(texts.PAGE(page=page + 1, pages=pages))
    return Card(blocks, [*make_page_row("gaps", page, pages), *make_row(others)])


def make_gap_card(gap: Gap, pairs: Sequence[WordPair] = ()) -> Card:
    """Show one gap, which other words have helped, and what closes it."""
    key = make_key(gap)
    blocks: list[Block] = [texts.GAP_HEAD(times=describe_times(gap))]
    blocks += question_texts(gap.name, "")
    others = gap.questions[1 : _MOST_QUESTIONS + 1]
    lines = [f"- {fit(find_asked(one, _OTHER_QUESTION), _OTHER_QUESTION)}" for one in others]
    left_out = len(gap.questions) - 1 - len(others)
    if left_out:
        lines.append(cards.MORE_LINES(left_out))
    blocks.append("\n".join(lines))
    blocks += [_describe_pair(pair) for pair in pairs[:_MOST_PAIRS]]
    nearest = ""
    if gap.nearest is not None:
        nearest = section_id(*gap.nearest)
        read = make_button(cards.READ(), "read", nearest, 0, "")
        blocks.append((_describe_nearest(gap), read))
    row = make_row(
        make_button(texts.ANSWERED_HERE(), "gap_link", key, nearest),
        make_button(texts.MEANS_THE_SAME(), "gap_means", key),
        make_button(texts.WRITE_IT(), "gap_write", key, nearest),
        make_button(texts.OUT_OF_SCOPE(), "gap_out", key),
        make_button(texts.ALL_GAPS(), "gaps", 0),
    )
    return Card(blocks, row)


def make_put_out_card(gap: Gap) -> Card:
    """Tell that a gap is out of scope, and offer to take that back."""
    question = bold(fit(find_asked(gap.name, QUESTION), QUESTION))
    undo = make_button(texts.UNDO(), "gap_in", make_key(gap))
    row = make_row(undo, make_button(texts.ALL_GAPS(), "gaps", 0))
    return Card([texts.PUT_OUT(question=question)], row)


def make_out_of_scope_card(out_of_scope: Sequence[OutOfScope], page: int) -> Card:
    """List one page of what is out of scope, by its terms, each with what takes that back."""
    kinds: dict[str, str] = {}
    for one in out_of_scope:
        kinds.setdefault(one.gap, one.terms)
    row = make_row(make_button(texts.ALL_GAPS(), "gaps", 0))
    if not kinds:
        return Card([texts.NOTHING_OUT()], row)
    pages = count_pages(len(kinds), GAPS_ON_A_PAGE)
    begin = clamp_page(page, pages) * GAPS_ON_A_PAGE
    blocks: list[Block] = [texts.OUT_OF_SCOPE_LIST(len(kinds))]
    for gap, terms in list(kinds.items())[begin : begin + GAPS_ON_A_PAGE]:
        described = texts.TERMS(terms=fit(terms, _OTHER_QUESTION))
        blocks.append((described, make_button(texts.UNDO(), "gap_in", gap)))
    return Card(blocks, [*make_page_row("gaps_out", clamp_page(page, pages), pages), *row])


def _describe_pair(pair: WordPair) -> str:
    return texts.PAIR(pair.times, word=fit(pair.word, _WORD), other=fit(pair.other, _WORD))


def describe_like(gap: Gap) -> str:
    """Say how many questions a gap has besides the one that names it; nothing for none."""
    others = len(gap.questions) - 1
    return texts.LIKE_IT(others) if others else ""


def describe_times(gap: Gap) -> str:
    """Say how often the questions of a gap were asked, and when last."""
    last = tell_date(gap.last.isoformat())
    return texts.TIMES(gap.times, date=last)


def _describe(gap: Gap) -> str:
    return texts.GAP(
        question=bold(fit(find_asked(gap.name, QUESTION), QUESTION)),
        like=describe_like(gap),
        times=describe_times(gap),
        nearest=_describe_nearest(gap),
    )


def _describe_nearest(gap: Gap) -> str:
    if gap.nearest is None:
        return texts.NOTHING_NEAR()
    return texts.NEAREST(place=show_location(*gap.nearest))
