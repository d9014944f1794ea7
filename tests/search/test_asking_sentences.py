"""Which sentences of a longer text ask."""

import pytest

from bot.search.asking_sentences import asks, find_asking


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("Hi all, I joined last week. How do I reset my password?", "How do I reset my password?"),
        ("hi all. i joined last week. how do i reset my password", "how do i reset my password"),
        (
            "Dear team,\n\nI read the\npages. Tell me about the deposit.\n\nRegards,\nTom",
            "Tell me about the deposit.",
        ),
        ("I rode home. So what about being charged twice?", "So what about being charged twice?"),
        ("He has a hose. did every plot get water\nCheers!", "did every plot get water"),
        (
            "I like it. I would like to know who pays the rent.",
            "I would like to know who pays the rent.",
        ),
        (
            "Good evening. I should be most grateful to learn which bridge fell.",
            "I should be most grateful to learn which bridge fell.",
        ),
        (
            "Who pays rent? I ask for my nan. And who keeps the keys?",
            "Who pays rent? And who keeps the keys?",
        ),
        ("We met e.g. the mayor. which ferry sank", "which ferry sank"),
        ("Ich war gestern da. Wo ist der Hafen?", "Wo ist der Hafen?"),
    ],
)
def test_the_sentences_that_ask_are_found(text: str, asking: str) -> None:
    """They ask by a question mark, or by their first words; the others are their context."""
    found = find_asking(text)
    assert found.text == asking
    assert found.context
    assert not found.needs_context


@pytest.mark.parametrize(
    "text",
    [
        "How do I reset my password?",
        "The bridge fell. Nobody was hurt.",
        "When the Normans came, the bridge fell. Nobody was hurt.",
        "When Normans came, bridges fell. Nobody was hurt.",
        "The bridge is shut. Can anyone help me?",
        "Was reading about bridges. Do let me know.",
        "Which bridge fell? Who was hurt?",
        "Where does Dr. Smith live?",
        "",
        "?\n?",
    ],
)
def test_a_text_without_context_is_the_very_same(text: str) -> None:
    """Where nothing asks, or everything does, nothing is taken apart."""
    assert find_asking(text) == (text, "", False, False)


@pytest.mark.parametrize(
    ("text", "is_marked"),
    [
        ("I joined last week. How do I reset my password?", True),
        ("I joined last week. how do i reset my password", False),
    ],
)
def test_a_question_mark_tells_surely_what_asks(text: str, is_marked: bool) -> None:  # noqa: FBT001
    """First words tell it less surely."""
    assert find_asking(text).is_marked == is_marked


@pytest.mark.parametrize(
    "text",
    [
        "it was cold. when it rained, who paid the rent",
        "it was cold. when it rains, do we get help",
        "it was cold. when was the town, now a city, founded",
    ],
)
def test_a_clause_of_time_may_stand_before_a_question(text: str) -> None:
    """Behind it the question begins as any other does."""
    assert find_asking(text).context == "it was cold."


@pytest.mark.parametrize(
    "text",
    [
        "I lost my card. How much is a new one?",
        "My nan paid a bond. Do they have to give that back to her?",
        "The ship ran aground in fog. How did they free it?",
    ],
)
def test_what_a_question_refers_to_stands_in_its_context(text: str) -> None:
    """A question of few words that refers to something needs the rest."""
    assert find_asking(text).needs_context


@pytest.mark.parametrize(
    ("text", "is_question"),
    [
        ("Nice weather. where does it end?", True),
        ("tell me about the bridge", True),
        ("and why?", True),
        ("Let us meet at noon tomorrow.", False),
        ("I know that place.", False),
        ("", False),
    ],
)
def test_a_text_asks_or_does_not(text: str, is_question: bool) -> None:  # noqa: FBT001
    """Also one of a single sentence."""
    assert asks(text) is is_question
