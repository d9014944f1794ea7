"""Who was told to wait, with the clock in the test's hand."""

from bot.chat.state.told_waits import ToldWaits


def test_a_wait_covers_a_user_everywhere_and_a_channel_for_all() -> None:
    """Until its time is over, or it is taken back."""
    waits = ToldWaits()
    waits.tell(("user", 1), 10.0)
    waits.tell(("channel", 7), 20.0)
    assert waits.covers(9.9, 1, 8)
    assert not waits.covers(10.0, 1, 8)
    assert waits.covers(19.9, 2, 7)
    assert not waits.covers(9.9, 2, 8)
    # An id of a user is none of a channel.
    assert not waits.covers(9.9, 7, 1)
    waits.take_back(("channel", 7))
    assert not waits.covers(9.9, 2, 7)
    waits.take_back(("channel", 7))


def test_the_waits_are_bounded() -> None:
    """A million people do not fill the memory; the latest are kept."""
    waits = ToldWaits(most_waits=50)
    for user_id in range(10_000):
        waits.tell(("user", user_id), 10.0)
    assert len(waits) == 50
    assert waits.covers(9.0, 9_999, 0)
    assert not waits.covers(9.0, 1, 0)


def test_who_is_told_again_is_remembered_longest() -> None:
    """Where there is no room for all, whoever was told longest ago is forgotten first."""
    waits = ToldWaits(most_waits=2)
    for user_id in (1, 2, 1, 3):
        waits.tell(("user", user_id), 10.0)
    assert waits.covers(9.0, 1, 0)
    assert not waits.covers(9.0, 2, 0)
