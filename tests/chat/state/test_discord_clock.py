"""Discord's clock is believed, not the machine's."""

import time
from email.utils import formatdate

import pytest

from bot.chat.state.discord_clock import DiscordClock, id_at, time_of


def test_before_discord_says_anything_the_machines_clock_is_used() -> None:
    """There is no better one."""
    clock = DiscordClock()
    before_s = time.time()
    assert before_s <= clock.now_s() <= time.time()


def test_a_machine_whose_clock_is_wrong_goes_by_discords() -> None:
    """The age of a message is what it is at Discord, an hour ahead of this machine."""
    clock = DiscordClock()
    there_s = int(time.time()) + 3600
    clock.set(formatdate(there_s, usegmt=True))
    assert clock.now_s() >= there_s
    assert clock.age_s(id_at(there_s - 60)) >= 60
    assert clock.age_s(id_at(clock.now_s() + 600)) < 0


def test_a_jump_of_the_machines_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """From Discord's last answer on, a clock counts that no one sets."""
    clock = DiscordClock()
    clock.set(formatdate(1_790_000_000, usegmt=True))
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert clock.now_s() >= 1_790_000_000


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 99 Nov 2026 25:00:00 GMT"])
def test_what_is_no_date_is_passed_over(date: str) -> None:
    """What was known stays."""
    clock = DiscordClock()
    clock.set(formatdate(1_790_000_000, usegmt=True))
    clock.set(date)
    assert clock.now_s() >= 1_790_000_000


def test_ids_hold_their_time() -> None:
    """To the millisecond; Discord's own example is of 30 April 2016."""
    assert time_of(175928847299117063) == 1462015105.796
    assert time_of(id_at(1462015105.796)) == 1462015105.796
    assert id_at(0) == 0
