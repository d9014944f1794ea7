"""Words for what somebody writes are known in the languages that the bot speaks."""

import pytest

from bot.answers.written_works import names_written_work


@pytest.mark.parametrize(
    "text",
    [
        "when were the two treaties signed?",
        "Who sang these SONGS",
        "what's in the letter",
        "der Vertrag von 1844",
        "que dit la lettre",
        "¿qué dice la canción?",
        "co jest w książce",
        "про що лист?",
        "о чём письмо?",
        "şiirin adı ne",
    ],
)
def test_what_is_written_is_known(text: str) -> None:
    """Also its plurals and cases."""
    assert names_written_work(text)


@pytest.mark.parametrize(
    "text", ["", "how many herons were counted", "the willow on the lawn", "listen to the players"]
)
def test_what_only_begins_alike_is_not(text: str) -> None:
    """A willow is no will, a lawn no law."""
    assert not names_written_work(text)
