"""Each event is served once, and the memory of them is bounded."""

from bot.chat.state.seen_events import SeenEvents


def test_an_event_is_new_once() -> None:
    """Until it is discarded; other events are new all the same."""
    seen = SeenEvents()
    assert [seen.add(1), seen.add(1), seen.add(2)] == [True, False, True]
    assert 1 in seen
    seen.discard(1)
    seen.discard(3)
    assert 1 not in seen
    assert seen.add(1)


def test_ten_thousand_events_are_remembered() -> None:
    """The oldest is forgotten first."""
    seen = SeenEvents()
    for event_id in range(10_001):
        seen.add(event_id)
    assert 0 not in seen
    assert 1 in seen
