"""Who may ask how often, with the clock in the test's hand."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.state.rate_limits import RateLimit, RateLimiter, Refusal


def limits(user_id: int = 2, guild_id: int = 3, most_buckets: int = 100) -> RateLimiter:
    """Two questions a person, two a channel and three a server in ten seconds."""
    return RateLimiter(
        RateLimit(user_id, 10), RateLimit(guild_id, 10), RateLimit(2, 10), most_buckets
    )


def test_so_many_are_let_in_and_the_next_has_to_wait() -> None:
    """The refusal says how long."""
    table = limits()
    assert table.take(0, 1, None) is None
    assert table.take(4, 1, None) is None
    assert table.take(5, 1, None) == Refusal(5)
    assert table.take(6, 1, None) == Refusal(4)


def test_what_was_refused_does_not_count() -> None:
    """Whoever keeps trying does not wait longer for it."""
    table = limits()
    for now in (0, 1, 2, 3, 4):
        table.take(now, 1, None)
    assert table.take(10, 1, None) is None
    assert table.take(10.5, 1, None) == Refusal(0.5)


def test_a_channel_has_a_limit_of_its_own() -> None:
    """What counts in no channel does not use it up; the longest wait is the one that is told."""
    table = limits()
    assert table.take(0, 1, 7) is None
    assert table.take(1, 2, 7, 70) is None
    assert table.take(2, 3, 8, 70) is None
    assert table.take(3, 4, 8, 70) == Refusal(8, "channel")
    assert table.take(3, 4, 8, 71) is None
    assert table.take(4, 5, 7, 70) == Refusal(7, "channel")
    assert table.take(5, 5, 7, 72) is None
    assert table.take(6, 5, 7, 70) == Refusal(5, "channel")


def test_a_server_has_a_limit_of_its_own() -> None:
    """Many members together can't flood a server; elsewhere they still may ask."""
    table = limits()
    for user_id in (1, 2, 3):
        assert table.take(0, user_id, 7) is None
    assert table.take(1, 4, 7) == Refusal(9, "guild")
    assert table.take(1, 4, 8) is None
    assert table.take(1, 4, None) is None


def test_who_asked_too_much_is_not_told_that_the_others_did() -> None:
    """Where the person's own limit and the server's are both reached, it is the person's."""
    table = limits(guild_id=2)
    table.take(0, 1, 7)
    table.take(1, 1, 7)
    assert table.take(2, 1, 7) == Refusal(8)
    assert table.take(2, 2, 7) == Refusal(8, "guild")


def test_one_person_does_not_hold_up_another() -> None:
    """A flood by one costs the others nothing outside the server's share."""
    table = limits(guild_id=100)
    for now in range(50):
        table.take(now / 10, 1, 7)
    assert table.take(5, 2, 7) is None


@given(
    st.lists(
        st.tuples(st.floats(0, 5), st.integers(1, 5), st.none() | st.integers(1, 2)), max_size=200
    )
)
# Rounded, the first is ten seconds ago, and is not.
@example([(0.6718212205620061, 1, None), (0.0, 1, None), (10.0, 1, None)])
def test_never_more_than_the_limit_in_any_window(
    events: list[tuple[float, int, int | None]],
) -> None:
    """Whatever comes in whatever rhythm: in no window are more let in than allowed."""
    table = limits()
    now = 0.0
    taken: list[tuple[float, int, int | None]] = []
    for pause, user_id, guild_id in events:
        now += pause
        if table.take(now, user_id, guild_id) is None:
            taken.append((now, user_id, guild_id))
    for at, user_id, guild_id in taken:
        window = [one for one in taken if at - 10 < one[0] <= at]
        assert sum(one[1] == user_id for one in window) <= 2
        assert guild_id is None or sum(one[2] == guild_id for one in window) <= 3


def test_the_table_is_bounded() -> None:
    """A million people do not fill the memory."""
    table = limits(most_buckets=50)
    for user_id in range(10_000):
        table.take(0, user_id, user_id)
    assert len(table) == 50
    smallest = limits(most_buckets=1)
    assert smallest.take(0, 1, 7, 70) is None


def test_who_asked_lately_is_remembered_longest() -> None:
    """Where there is no room for all, whoever asked longest ago is forgotten first."""
    table = limits(most_buckets=2)
    for now_s, user_id in ((0, 1), (1, 2), (2, 1), (3, 3)):
        assert table.take(now_s, user_id, None) is None
    assert table.take(4, 1, None) == Refusal(6)


def test_what_is_given_back_counts_nowhere() -> None:
    """Neither for the user nor for the channel or the server; nothing to give back is no fault."""
    table = limits()
    table.give_back(1, 7, 70)
    for now_s in (0, 1):
        assert table.take(now_s, 1, 7, 70) is None
    table.give_back(1, 7, 70)
    assert table.take(2, 1, 7, 70) is None
    # The last one was given back, not the first; and all three limits count the same two.
    assert table.find_wait(3, 1, None) == 7
    assert table.find_wait(3, 2, None, 70) == 7
    assert table.find_wait(3, 2, 7) <= 0
    assert table.take(3, 2, 7, 71) is None
    assert table.find_wait(4, 3, 7) == 6


def test_channels_need_no_limit() -> None:
    """Without one, only the user's and the server's count."""
    table = RateLimiter(RateLimit(2, 10), RateLimit(3, 10))
    for user_id in (1, 2, 3):
        assert table.take(0, user_id, None, 70) is None
    assert table.find_wait(0, 4, None, 70) <= 0


def test_how_long_an_event_would_wait_is_told_without_letting_it_in() -> None:
    """Of the user's, the channel's and the server's limit the longest wait; asking costs nothing."""
    table = limits()
    assert table.find_wait(0, 1, 7, 70) <= 0
    for now_s, user_id in ((0, 1), (1, 1)):
        table.take(now_s, user_id, None)
    assert table.find_wait(2, 1, 7, 70) == 8
    for now_s, user_id in ((2, 2), (3, 3)):
        table.take(now_s, user_id, 7, 70)
    assert table.find_wait(4, 1, 7, 70) == 8
    assert table.find_wait(4, 4, 7, 70) == 8
    assert table.find_wait(4, 4, 7, 71) <= 0
    assert table.take(4, 4, 7, 71) is None
