"""A line that says how long to wait is read back from a history."""

from typing import get_args

import pytest

from bot.chat.responses import describe_refusal, read_wait
from bot.chat.state.discord_time import DISCORD_TIME
from bot.chat.state.rate_limits import Cause, Refusal
from bot.texts import notices


@pytest.mark.parametrize("cause", get_args(Cause))
def test_what_a_refusal_says_is_read_back(cause: Cause) -> None:
    """Until when, and whose limit it was: that decides whom it covers."""
    before_s = DISCORD_TIME.now_s()
    found = read_wait(f"-# a line before\n{describe_refusal(Refusal(30, cause))}")
    assert read_wait(describe_refusal(Refusal(30, cause), 1_800_000_000)) == (1_800_000_000, cause)
    assert found is not None
    until_s, read_cause = found
    assert read_cause == cause
    assert before_s + 30 <= until_s <= DISCORD_TIME.now_s() + 32


@pytest.mark.parametrize("text", ["", "Lisk", notices.ENDING(), "Try again <t:5:R>."])
def test_other_texts_tell_nobody_to_wait(text: str) -> None:
    """Neither an answer nor what looks like a part of such a line."""
    assert read_wait(text) is None
