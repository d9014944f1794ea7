"""Ids hold the time at which Discord made them."""

from bot.chat.state.ids import id_at, time_of


def test_ids_hold_their_time() -> None:
    """To the millisecond; Discord's own example is of 30 April 2016."""
    assert time_of(175928847299117063) == 1462015105.796
    assert time_of(id_at(1462015105.796)) == 1462015105.796
    assert id_at(0) == 0
