"""How long somebody waits for the next answer; the time is handed in."""

from bot.chat.state.cooldowns import NO_COOLDOWN, Cooldown, Cooldowns
from bot.chat.state.once_a_day import OnceADay
from bot.chat.state.rate_limits import Refusal

ADA, BO, HERE, THERE = 1, 2, 10, 11


def test_a_person_waits_in_that_channel_alone() -> None:
    """Until the time is over; others, and other channels, do not."""
    cooldowns, cooldown = Cooldowns(), Cooldown(person_s=60)
    assert cooldowns.refuse(0, ADA, HERE, cooldown) is None
    cooldowns.begin(0, ADA, HERE)
    assert cooldowns.refuse(10, ADA, HERE, cooldown) == Refusal(50, "cooldown")
    assert cooldowns.refuse(10, BO, HERE, cooldown) is None
    assert cooldowns.refuse(10, ADA, THERE, cooldown) is None
    assert cooldowns.refuse(10, ADA, HERE, NO_COOLDOWN) is None
    assert cooldowns.refuse(60, ADA, HERE, cooldown) is None


def test_all_wait_where_the_channel_does() -> None:
    """The longer of both waits is told."""
    cooldowns, cooldown = Cooldowns(), Cooldown(person_s=60, channel_s=30)
    cooldowns.begin(0, ADA, HERE)
    assert cooldowns.refuse(10, BO, HERE, cooldown) == Refusal(20, "channel_cooldown")
    assert cooldowns.refuse(10, ADA, HERE, cooldown) == Refusal(50, "cooldown")
    cooldowns.take_back(ADA, HERE)
    assert cooldowns.refuse(10, BO, HERE, cooldown) is None


def test_the_memory_is_bounded() -> None:
    """The oldest goes."""
    cooldowns, cooldown = Cooldowns(most_kept=2), Cooldown(person_s=60)
    cooldowns.begin(0, ADA, HERE)
    cooldowns.begin(0, BO, THERE)
    assert cooldowns.refuse(1, ADA, HERE, cooldown) is None
    assert cooldowns.refuse(1, BO, THERE, cooldown) is not None
    said = OnceADay(most_kept=1)
    assert [said.is_new(key, 0) for key in ("a", "b", "a")] == [True, True, True]


def test_what_was_said_is_said_again_after_a_day() -> None:
    """And not before."""
    said = OnceADay()
    assert [said.is_new("a", now_s) for now_s in (0, 86_399, 86_400)] == [True, False, True]
