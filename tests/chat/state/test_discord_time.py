"""Discord's clock, whatever this machine's says."""

from dataclasses import dataclass
from datetime import UTC, datetime

from discord.utils import time_snowflake

from bot.chat.state.discord_time import DiscordTime

DATE = "Sun, 29 Nov 2020 16:20:00 GMT"
DATE_S = datetime(2020, 11, 29, 16, 20, tzinfo=UTC).timestamp()
OWN_S = 1_900_000_000.0


@dataclass
class Machine:
    """A machine whose two clocks are in the test's hand."""

    running_s: float = 100.0
    own_s: float = OWN_S

    def make(self) -> DiscordTime:
        """Make Discord's clock on this machine."""
        return DiscordTime(lambda: self.own_s, lambda: self.running_s)


def test_until_discord_says_the_time_it_is_this_machines() -> None:
    """What is no date changes nothing."""
    clock = Machine().make()
    for text in ("", "tomorrow", "Sun, 99 Nov 2026 16:20:00 GMT"):
        clock.note(text)
    assert clock.now_s() == OWN_S


def test_ages_are_reckoned_with_discords_clock() -> None:
    """However wrong this machine's clock is, and however it jumps."""
    machine = Machine()
    clock = machine.make()
    clock.note(DATE)
    made = datetime(2020, 11, 29, 16, 19, 0, tzinfo=UTC)
    # A date has whole seconds: the middle of its second is taken.
    assert clock.now_s() == DATE_S + 0.5
    assert clock.age_s(time_snowflake(made)) == 60.5
    machine.own_s = 0.0
    machine.running_s += 7.0
    assert clock.age_s(time_snowflake(made)) == 67.5


def test_the_second_that_a_wait_names_is_never_too_early() -> None:
    """Whenever in its second Discord wrote the date; and it is two seconds too late at most."""
    for tenths in range(10):
        machine = Machine()
        clock = machine.make()
        clock.note(DATE)
        real_s = DATE_S + tenths / 10
        for wait_s in (0.0, 0.3, 19.95, 20.0):
            assert real_s + wait_s < clock.second_after(wait_s) <= real_s + wait_s + 2
