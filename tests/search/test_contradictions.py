"""What a question denies or dates and a sentence does not."""

import pytest

from bot.search.contradictions import (
    denies_alone,
    names_no_other,
    tells_no_amount,
    tells_no_material,
    tells_nobody_how,
    tells_of_habit,
    tells_of_other_years,
)


@pytest.mark.parametrize(
    "question",
    [
        "who did not sign the treaty",
        "Which towns never signed it?",
        "where didn't they sign",
        "what didnt they sign",
        "What can’t they sign?",
        "the towns that never signed",
    ],
)
def test_a_sentence_that_denies_nothing_does_not_tell_what_is_not_so(question: str) -> None:
    """One that denies or refuses does; an apostrophe may be missing."""
    assert denies_alone(question, "Orrin and Belwick signed the treaty in spring.")
    assert not denies_alone(question, "Orrin did not sign the treaty.")
    assert not denies_alone(question, "Orrin refused to sign the treaty.")
    assert not denies_alone(question, "The treaty was unsigned in spring.")


@pytest.mark.parametrize(
    "question",
    [
        "",
        "who signed the treaty",
        "Didn't they sign the treaty?",
        "isn't it true that they signed",
        "I don't know who signed it",
        "did they sign it or not",
        "who says whether or not they signed",
        "no idea who signed",
    ],
)
def test_not_every_denial_is_asked_for(question: str) -> None:
    """A tag, an admission before the question word, and a choice ask what is so."""
    assert not denies_alone(question, "Orrin and Belwick signed the treaty in spring.")


@pytest.mark.parametrize(
    ("question", "passage", "is_other"),
    [
        ("who won in 1706", "In 1760 the town won.", True),
        ("who won in 1760", "In 1760 the town won.", False),
        ("who won in 1760", "The town won in the spring.", False),
        ("who won", "In 1760 the town won.", False),
        ("who won in the 1950s", "The town won in 1954.", False),
        ("who won in the 1940's", "The town won in the 1950s.", True),
        ("who won in 1947", "The war (1946–49) was won by the town.", False),
        ("who won in 1947", "The war (1946 -- 1949) was won by the town.", False),
        ("who won in 1950", "The war (1946–49) was won by the town.", True),
        ("who won 1,706 crowns", "In 1760 the town won.", False),
        ("who won in 1706 and 1760", "In 1760 the town won.", False),
    ],
)
def test_a_year_is_the_same_in_both(question: str, passage: str, *, is_other: bool) -> None:
    """A decade and a range hold all their years; no year contradicts none."""
    assert tells_of_other_years(question, passage) is is_other


@pytest.mark.parametrize(
    ("question", "sentence", "is_missing"),
    [
        ("who was mayor before Orr", "The mayor is Jane Orr.", True),
        ("which towns besides Orrin signed", "Orrin signed in spring.", True),
        ("who was mayor before Orr", "Orr followed Tom Lisk as mayor.", False),
        ("which towns besides Orrin signed", "Belwick signed, and Orrin too.", False),
        ("who is the mayor", "The mayor is Jane Orr.", False),
        ("what was his job before", "He had a mill.", False),
    ],
)
def test_another_than_the_one_named_is_told_by_words_of_order(
    question: str, sentence: str, *, is_missing: bool
) -> None:
    """Who only is what the question names already is not the one before."""
    assert names_no_other(question, sentence) == is_missing


@pytest.mark.parametrize(
    ("question", "sentence", "is_missing"),
    [
        ("how much is the ferry", "The ferry is for residents.", True),
        ("tickets how much", "Buy them in the ticket hall.", True),
        ("How many boats are there?", "The boats lie in the harbour.", True),
        ("how much is the ferry", "The ferry costs £4.", False),
        ("how much is the ferry", "The ferry is free of charge.", False),
        ("how many boats are there", "Twenty-three boats lie there.", False),
        ("how many boats are there", "Most boats lie in the harbour.", False),
        ("how many boats are there", "There are no boats.", False),
        ("where is the ferry", "The ferry is for residents.", False),
        ("how much", "", True),
        ("", "The ferry is for residents.", False),
    ],
)
def test_how_much_is_told_by_a_number_or_a_word_for_one(
    question: str, sentence: str, *, is_missing: bool
) -> None:
    """What only names the thing does not tell how much it costs."""
    assert tells_no_amount(question, sentence) is is_missing


@pytest.mark.parametrize(
    ("question", "sentence", "is_habit"),
    [
        ("when did the baths open", "The baths are open from Tuesday to Sunday, 10 to 17.", True),
        ("when did the baths open", "The baths are open daily and closed in January.", True),
        ("when was the market held", "The market opens on Mondays.", True),
        ("what year was the choir at the chapel", "The choir sings there every week.", True),
        ("when did the baths open", "The baths opened on a Sunday in May 1931.", False),
        ("when did the baths open", "Open since 1931, the baths are closed on Mondays.", False),
        ("when are the baths open", "The baths are open from Tuesday to Sunday.", False),
        ("when did they meet", "They met on Tuesday.", False),
        ("when did they stop", "They sang every Sunday until the war.", False),
        ("", "The baths are open daily.", False),
    ],
)
def test_what_is_always_so_does_not_tell_when_something_happened(
    question: str, sentence: str, *, is_habit: bool
) -> None:
    """Opening hours are no date of an opening."""
    assert tells_of_habit(question, sentence) is is_habit


@pytest.mark.parametrize(
    ("question", "sentence", "is_missing"),
    [
        ("what is the mast made of", "The mast belongs to the harbour.", True),
        ("What were the nets made out of?", "The nets were sold in autumn.", True),
        ("which material did they use for the mast", "The mast was used for years.", True),
        ("what is the mast made of", "The mast is of oak.", False),
        ("what is the mast made of", "The wooden mast stood for years.", False),
        ("what is the broth made from", "The broth is cooked with fish heads.", False),
        ("what is the crew made up of", "The crew consists of four men.", False),
        ("what has the crew made of it", "The crew sold it.", False),
        ("who made the mast", "The mast belongs to the harbour.", False),
        ("", "The mast belongs to the harbour.", False),
    ],
)
def test_what_something_is_made_of_is_told_by_a_material_or_by_how_it_is_made(
    question: str, sentence: str, *, is_missing: bool
) -> None:
    """What only names the thing does not tell it: "made" is looked for by nobody."""
    assert tells_no_material(question, sentence) is is_missing


@pytest.mark.parametrize(
    ("question", "passage", "is_lacking"),
    [
        ("how do i get a role", "Other states have taken on narrower roles.", True),
        ("how can we sail there", "The Razoni sailed to Lisk.", True),
        ("how do i get a role", "Ask the keeper for a role.", False),
        ("how do i get a role", "A role is given to you at the door.", False),
        ("how do i get a role", "A role may be asked for. It is given at the door.", False),
        ("how do they get a role", "Other states have taken on narrower roles.", False),
        ("what is a role", "Other states have taken on narrower roles.", False),
    ],
)
def test_who_asks_what_to_do_is_told_by_what_speaks_to_somebody(
    question: str, passage: str, *, is_lacking: bool
) -> None:
    """A passage that only has the words tells how somebody else did it."""
    assert tells_nobody_how(question, passage.split(". ")) == is_lacking
