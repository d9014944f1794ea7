"""The subjects of sentences, by the forms of English."""

import pytest

from bot.search.noun_phrases import find_later_subjects, find_subject, read_sentence


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("The tenant pays the rent on the first of the month.", "tenant"),
        ("However, the buyers have refused.", "buyers"),
        ("On 14 June 2024 Orr demanded the keys.", "Orr"),
        ("In May 2025 Lisk travelled to the coast.", "Lisk"),
        ("In May 2025 Lisk quickly travelled to the coast.", "Lisk"),
        ("After the match, the home team cleans the pitch.", "home team"),
        ("Two weeks later, the firm said nothing.", "firm"),
        ("Jane Orr, the chair of the club, said that it was late.", "Jane Orr"),
        ("The chair of the club, Jane Orr, said that it was late.", "chair club Jane Orr"),
        ("Jane Orr, Tom Lisk, and Ada Marn agreed.", "Jane Orr"),
        ("Jane Orr's sister Ada paid the rent.", "sister Ada"),
        ("Lisk's great-great-grandson, Tom Marn, paid the rent.", "great-great-grandson Tom Marn"),
        ("The mill of Jane Orr's mother-in-law burned down.", "mother-in-law"),
        ("Orr's tenants paid the rent.", "Orr tenants"),
        ("Conductor Mara Tosh, who'd worked there, locked the door.", "Conductor Mara Tosh"),
        ("Critics such as the mayor argue that it costs too much.", "Critics"),
        ("Committee chair Ada Vaal — until then a sceptic — agreed.", "Committee chair Ada Vaal"),
        ("On one side stood the sellers.", "sellers"),
        ("The order of the steps was the main dispute.", "order steps"),
        ("Minsk agreements failed.", "Minsk agreements"),
        ("Roos cooks 85 litres on a full night.", "Roos"),
        ("The occupied land remains closed.", "occupied land"),
        ("Running is healthy", "Running"),
        ("There is also a wooden brake, which squeaks.", "wooden brake"),
        ("There were talks.", "talks"),
        ("There, Orr built a mill.", "Orr"),
        ("There Orr built a mill.", "Orr"),
        ("There and then Orr resigned.", "Orr"),
        ("There!", ""),
        ("Article 12 says nothing.", "Article 12"),
        ("", ""),
        ("!", ""),
    ],
)
def test_the_noun_phrase_before_the_verb_is_the_subject(sentence: str, subject: str) -> None:
    """Whatever opens the sentence, and whatever explains the subject."""
    assert " ".join(find_subject(read_sentence(sentence).tokens).words) == subject


def test_a_pronoun_is_told_as_one() -> None:
    """Whom it stands for is found elsewhere."""
    assert find_subject(read_sentence("But they refused.").tokens).pronoun == "they"
    assert find_subject(read_sentence("In June he agreed.").tokens).pronoun == "he"


@pytest.mark.parametrize(
    ("sentence", "later"),
    [
        ("The firm is large, and Orr owns it.", ["Orr"]),
        ("The rent is high, as the tenants say.", ["tenants"]),
        ("The roof leaks while the landlord refuses to pay.", ["landlord"]),
        ("The lease was signed by the owner.", ["owner"]),
        ("Orr said that the tenant had left.", []),
    ],
)
def test_further_clauses_have_subjects_of_their_own(sentence: str, later: list[str]) -> None:
    """But not what somebody else says of them."""
    words = read_sentence(sentence)
    verb = find_subject(words.tokens).verb
    assert [" ".join(phrase.words) for phrase in find_later_subjects(words, verb + 1)] == later
