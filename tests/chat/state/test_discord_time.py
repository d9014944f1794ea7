"""Discord's clock, whatever this machine's says."""

import time
from datetime import UTC, datetime

from discord.utils import time_snowflake

from bot.chat.state.discord_time import DiscordTime


def test_until_discord_says_the_time_it_is_this_machines() -> None:
    """What is no date changes nothing."""
    clock = DiscordTime()
    for text in ("", "tomorrow", "Sun, 99 Nov 2026 16:20:00 GMT"):
        clock.note(text)
    assert abs(clock.now_s() - time.time()) < 5


def test_ages_are_reckoned_with_discords_clock() -> None:
    """A second apart at most, however wrong this machine's clock is."""
    clock = DiscordTime()
    clock.note("Sun, 29 Nov 2020 16:20:00 GMT")
    made = datetime(2020, 11, 29, 16, 19, 0, tzinfo=UTC)
    assert 60 <= clock.age_s(time_snowflake(made)) < 65
    assert 1606666800 <= clock.now_s() < 1606666805
