"""What a doctor's visit shows: first what is not as it should be, each with what mends it.

In: checks. Out: a card, short enough for a phone.
"""

from collections.abc import Iterator, Sequence

from bot.chat.ui.layout import CARD, GREEN, ORANGE, Card, fit, join_that_fit, take_that_fit
from bot.doctor.model import Check
from bot.texts import doctor as texts
from bot.texts.retelling import retell

# What was found, what mends it, and a fact that is only told.
_WHAT = 300
_FACT = 240
# Facts stand last, and give way.
_FACTS = 1_000
# Those among the checks that are fine which tell something that is asked for.
_TOLD = ("program", "install_link")
_WORST_FIRST = ("error", "warning", "skipped")


def make_doctor_card(checks: Sequence[Check]) -> Card:
    """Show what has to be mended, the worst first, then the names of what is fine."""
    bad = [check for state in _WORST_FIRST for check in checks if check.state == state]
    faults = [check for check in bad if check.state != "skipped"]
    fine = [check for check in checks if check.state == "ok"]
    head = texts.CARD_FAULTS(len(faults)) if faults else texts.CARD_WELL()
    names = ", ".join(dict.fromkeys(texts.NAMES[check.name]() for check in fine))
    told = [_tell(check) for check in fine if check.name in _TOLD]
    blocks = [
        head,
        *take_that_fit(_show(bad), CARD - _FACTS, len(bad), texts.MORE),
        texts.CARD_FINE(names=names),
        join_that_fit(told, _FACTS, len(told), texts.MORE),
    ]
    return Card(blocks, colour=ORANGE if faults else GREEN)


def _show(checks: Sequence[Check]) -> Iterator[str]:
    for check in checks:
        mark, name = texts.CARD_MARKS[check.state], texts.NAMES[check.name]()
        what = fit(retell(check.what), _WHAT)
        template = texts.CARD_FAULT if check.cure else texts.CARD_SKIPPED
        yield template(mark=mark, name=name, what=what, cure=fit(retell(check.cure), _WHAT))


def _tell(check: Check) -> str:
    return texts.CARD_FACT(name=texts.NAMES[check.name](), what=fit(retell(check.what), _FACT))
