"""What is shown of a question: the sentences that ask, and not what stands around them."""

import pytest
from card_judge import texts_of

from bot.answers.model import Answer
from bot.chat.ui.answer_cards import make_human_card, make_refusal_card
from bot.chat.ui.asked import find_asked
from bot.chat.ui.audience import Audience

PREAMBLE = (
    "Hi all, I joined last week and have been reading through everything that you pinned here. "
    "My brother and I plan a trip along the river next spring, and we want to see all of it. "
) * 2
BUILT = "Who built the first bridge over the Orrin?"


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (f"{BUILT}\nPlease.", f"{BUILT} Please."),
        (PREAMBLE + BUILT, BUILT),
        (f"{BUILT} {PREAMBLE}", BUILT),
        (
            f"{PREAMBLE} {BUILT} When did the bridge fall? Thanks!",
            f"{BUILT} When did the bridge fall?",
        ),
        (PREAMBLE, PREAMBLE.strip()),
    ],
)
def test_of_a_long_text_the_sentences_that_ask_are_shown(question: str, shown: str) -> None:
    """A short one is shown whole; so is one in which nothing is certain to ask."""
    assert find_asked(question, 120) == shown


def test_a_question_that_says_too_little_has_its_context_behind_it() -> None:
    """What "it" is stands in the rest."""
    asked = find_asked(
        f"A ship is stuck in the canal of Marn. {PREAMBLE} How did they free it?", 120
    )
    assert asked.startswith("How did they free it? A ship is stuck in the canal")


def test_cards_show_what_a_long_text_asks() -> None:
    """The card of the answer, and what is passed on to a human."""
    refusal = make_refusal_card(Answer(PREAMBLE + BUILT, "none", message="No."), Audience(1))
    assert texts_of(refusal)[0] == f"-# Asked: {BUILT}"
    assert texts_of(make_human_card(1, 2, PREAMBLE + BUILT, "", ()))[1] == f"**{BUILT}**"
