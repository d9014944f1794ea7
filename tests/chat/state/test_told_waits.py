"""Who was told to wait, and which messages that covers."""

import asyncio

from bot.chat.state.ids import id_at
from bot.chat.state.rate_limits import Refusal
from bot.chat.state.told_waits import ToldWait, ToldWaits, Waiting

NOW_S = 1_800_000_000
ASKED = id_at(NOW_S + 1)
ADA: Waiting = ("user", 1, 0)
BO: Waiting = ("user", 2, 0)
HERE: Waiting = ("channel", 0, 10)


def make(waiting: Waiting) -> ToldWait:
    """Make a wait of twenty seconds that begins with a message of now."""
    return ToldWait(Refusal(20), waiting, id_at(NOW_S) + 1, NOW_S + 20)


def test_a_wait_covers_what_is_written_from_the_refused_message_until_the_second_it_names() -> None:
    """By the times in the ids alone: who comes back at that second is heard."""
    wait = make(ADA)
    assert not wait.covers(id_at(NOW_S))
    assert wait.covers(id_at(NOW_S) + 1)
    assert wait.covers(id_at(NOW_S + 20) - 1)
    assert not wait.covers(id_at(NOW_S + 20))


def test_a_wait_is_of_those_who_were_told() -> None:
    """Of a user or a channel: whichever of those that may wait does."""
    waits, wait = ToldWaits(), make(ADA)
    waits.tell(wait)
    assert waits.find(ASKED, [HERE, ADA]) is wait
    assert waits.find(ASKED, [HERE, BO]) is None
    assert waits.find(id_at(NOW_S), [HERE, ADA]) is None


async def test_who_asks_while_a_refusal_is_being_said_waits_for_it() -> None:
    """What could be said covers the question; what could not lets it in."""
    for is_said in (True, False):
        waits, wait = ToldWaits(), make(ADA)
        waits.tell(wait)
        asking = asyncio.create_task(waits.is_told(ASKED, [ADA]))
        await asyncio.sleep(0)
        assert not asking.done()
        waits.settle(wait, is_said=is_said)
        assert await asking is is_said
        assert await waits.is_told(ASKED, [ADA]) is is_said


async def test_a_refusal_that_was_not_said_takes_no_other_away() -> None:
    """The one that was told after it stays."""
    waits, first, second = ToldWaits(), make(ADA), make(ADA)
    waits.tell(first)
    waits.tell(second)
    waits.settle(first, is_said=False)
    waits.settle(second, is_said=True)
    assert await waits.is_told(ASKED, [ADA])


def test_the_waits_are_bounded() -> None:
    """A million people do not fill the memory; the latest are kept."""
    waits = ToldWaits(most_waits=50)
    for user_id in range(10_000):
        waits.tell(make(("user", user_id, 0)))
    assert len(waits) == 50
    assert waits.find(ASKED, [("user", 9_999, 0)])
    assert not waits.find(ASKED, [("user", 1, 0)])


def test_who_is_told_again_is_remembered_longest() -> None:
    """Where there is no room for all, whoever was told longest ago is forgotten first."""
    waits = ToldWaits(most_waits=2)
    for user_id in (1, 2, 1, 3):
        waits.tell(make(("user", user_id, 0)))
    assert waits.find(ASKED, [("user", 1, 0)])
    assert not waits.find(ASKED, [("user", 2, 0)])
