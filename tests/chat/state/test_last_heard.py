"""Behind what was heard last lies what was missed."""

from bot.chat.state.ids import id_at
from bot.chat.state.last_heard import HeardByShard, LastHeard
from bot.sharding import Sharding

NOON = 1_790_000_000


def test_behind_the_last_message_of_a_channel_some_may_be_missed() -> None:
    """As it stood when the session began: what came live since then hides nothing."""
    heard = LastHeard()
    heard.hear(1, id_at(NOON))
    heard.begin_session()
    heard.hear(1, id_at(NOON + 9))
    assert heard.take(1) == id_at(NOON)


def test_a_channel_that_was_looked_at_counts_as_heard() -> None:
    """Up to what came since; unless it is put back, which holds over the next session."""
    heard = LastHeard()
    heard.hear(1, id_at(NOON))
    heard.begin_session()
    heard.take(1)
    heard.hear(1, id_at(NOON + 9))
    assert heard.take(1) == id_at(NOON + 9)
    heard.put_back(1, id_at(NOON))
    heard.put_back(1, id_at(NOON + 9))
    heard.hear(1, id_at(NOON + 20))
    heard.begin_session()
    assert heard.take(1) == id_at(NOON)


def test_a_channel_that_was_never_heard_is_missed_since_the_newest_event() -> None:
    """And two minutes before it, which may have been in the hands of a program that was killed."""
    heard = LastHeard()
    heard.hear(1, id_at(NOON))
    heard.hear_event(id_at(NOON + 60))
    heard.begin_session()
    heard.hear(1, id_at(NOON + 99))
    assert heard.take(2) == id_at(NOON + 60 - 120)
    assert LastHeard().take(2) == 0


def test_what_comes_first_of_a_channel_hides_nothing_that_was_missed_there() -> None:
    """A channel that was never heard before is one even when somebody writes there before the look."""
    heard = LastHeard()
    heard.hear(1, id_at(NOON))
    heard.begin_session()
    heard.hear(2, id_at(NOON + 9))
    assert heard.take(2) == id_at(NOON - 120)
    assert heard.take(2) == id_at(NOON + 9)


def test_what_was_missed_counts_as_missed_until_it_was_looked_at() -> None:
    """However much comes live meanwhile: a program that ends now is to look back as far."""
    heard = LastHeard()
    heard.hear(1, id_at(NOON))
    for number in (99, 199):
        heard.begin_session()
        heard.hear(2, id_at(NOON + number))
        assert heard.complete_to == id_at(NOON)
    since_id = heard.take(1)
    heard.begin_look(since_id)
    heard.end_first_look()
    assert heard.complete_to == id_at(NOON)
    heard.put_back(1, since_id)
    heard.end_look(since_id)
    assert heard.complete_to == id_at(NOON)
    heard.begin_look(heard.take(1))
    heard.end_look(since_id)
    assert heard.complete_to == id_at(NOON + 199)


def test_the_last_twenty_direct_conversations_are_remembered() -> None:
    """The latest first, as far back as is wanted; who is new among them is told."""
    heard = LastHeard()
    for number in range(30):
        heard.hear(number, id_at(NOON + number), direct_with=100 + number)
    heard.hear(99, id_at(NOON + 50))
    assert heard.recent_direct(0) == list(range(29, 9, -1))
    assert heard.recent_direct(id_at(NOON + 27)) == [29, 28]
    heard.has_new_direct.clear()
    heard.hear(29, id_at(NOON + 60), direct_with=129)
    assert not heard.has_new_direct.is_set()
    heard.hear(30, id_at(NOON + 61), direct_with=130)
    assert heard.has_new_direct.is_set()


def test_what_an_earlier_run_heard_is_taken_over() -> None:
    """Its newest event, and its direct conversations in their order."""
    heard = LastHeard()
    heard.restore(NOON, [7, 8])
    heard.begin_session()
    assert heard.take(1) == id_at(NOON - 120)
    assert heard.recent_direct(0) == [7, 8]


def test_the_memory_of_channels_is_bounded() -> None:
    """The ten thousand that were heard last; of others only the newest event is known."""
    heard = LastHeard()
    for number in range(10_001):
        heard.hear(number, id_at(NOON + number))
    heard.begin_session()
    assert heard.take(0) == id_at(NOON + 10_000 - 120)
    assert heard.take(1) == id_at(NOON + 1)
    for number in range(20_000, 31_000):
        heard.hear(number, id_at(NOON + number))
    heard.begin_session()
    assert heard.take(2) != id_at(NOON + 2)


def test_a_direct_conversation_is_forgotten_when_its_user_asks() -> None:
    """That one alone."""
    heard = LastHeard()
    heard.hear(1, id_at(NOON), direct_with=101)
    heard.hear(2, id_at(NOON), direct_with=102)
    heard.forget(101)
    assert heard.recent_direct(0) == [2]


def test_each_shard_has_sessions_of_its_own() -> None:
    """One that was away for long looks back as far, though another heard something just now."""
    heard = HeardByShard(Sharding(2, (0, 1)))
    of_first, of_second = (heard.of_guild(number << 22) for number in range(2))
    of_first.hear(1, id_at(NOON))
    of_second.hear(2, id_at(NOON + 500))
    of_first.begin_session()
    assert of_first.take(3) == id_at(NOON - 120)
    assert of_second is heard.of_shard(1)
    assert heard.of_guild(None) is heard.direct is of_first


def test_other_shards_go_on_where_the_slowest_was() -> None:
    """Of a channel they know nothing, and of direct conversations what was known."""
    heard = HeardByShard(Sharding())
    heard.direct.hear(1, id_at(NOON), direct_with=101)
    heard.reshard(Sharding(3, (0, 1, 2)))
    for number in range(3):
        heard.of_shard(number).begin_session()
        assert heard.of_shard(number).take(5) == id_at(NOON - 120)
    assert heard.direct.recent_direct(0) == [1]
    heard.of_shard(1).hear_event(id_at(NOON + 9))
    assert heard.complete_to == id_at(NOON)


def test_shards_that_have_heard_nothing_say_nothing() -> None:
    """Of those that have, the one that has heard nothing for longest counts."""
    heard = HeardByShard(Sharding(4, (1, 3)))
    assert heard.complete_to == 0
    heard.of_shard(3).hear_event(id_at(NOON))
    assert heard.complete_to == id_at(NOON)
    assert heard.of_guild(3 << 22) is heard.of_shard(3)
    assert heard.of_guild(2 << 22) is heard.direct
