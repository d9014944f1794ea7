"""Phrases among the stem keys of a text."""

from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis.phrases import PhraseTable, StemKeys

# The keys of two content words and of a stop word.
KEYS = st.sampled_from(["take", "part", "\0of"])
PHRASES = st.lists(st.lists(KEYS, min_size=2, max_size=4).map(tuple), unique=True, max_size=5)


def table_of(phrases: list[StemKeys]) -> PhraseTable:
    """Give a table with these phrases."""
    table = PhraseTable()
    for phrase in phrases:
        table.add(phrase)
    return table


def test_a_phrase_follows_its_last_word() -> None:
    """Stop words have no terms of their own, but they count in a phrase, and stand in its term."""
    table = table_of([("point", "\0of", "\0no", "return")])
    assert table.extract_terms(["a", "point", "\0of", "\0no", "return", "\0the"]) == [
        "a", "point", "return", "point of no return",
    ]  # fmt: skip
    assert table.extract_terms(["point", "\0of", "return"]) == ["point", "return"]


def test_a_phrase_that_is_a_form_of_a_word_has_its_term() -> None:
    """The first word that it is a form of counts, whatever else it is added as."""
    table = PhraseTable()
    table.add_form(("un", "nation"), "un")
    table.add_form(("un", "nation"), "other")
    table.add(("un", "nation"))
    assert table.term_of(("un", "nation")) == "un"
    assert table.with_prefix(("un", "nation")) == [("un", "nation")]
    assert table.extract_terms(["un", "nation"]) == ["un", "nation", "un"]


@given(PHRASES, st.lists(KEYS, max_size=9))
def test_every_phrase_is_found_wherever_it_stands(phrases: list[StemKeys], keys: list[str]) -> None:
    """Law: the terms are those of the words and of all phrases that end there, the longest of these
    first.
    """
    expected = []
    for end, key in enumerate(keys, 1):
        if key != "\0of":
            expected.append(key)
        ending = [
            phrase for phrase in phrases if tuple(keys[max(0, end - len(phrase)) : end]) == phrase
        ]
        longest_first = sorted(ending, key=len, reverse=True)
        expected += [" ".join(phrase).replace("\0", "") for phrase in longest_first]
    assert table_of(phrases).extract_terms(keys) == expected


@given(PHRASES, st.lists(KEYS, max_size=9), st.integers(0, 9))
def test_the_longest_phrase_at_a_place_is_found(
    phrases: list[StemKeys], keys: list[str], start: int
) -> None:
    """Law: no phrase that begins at the same place is longer."""
    beginning = [phrase for phrase in phrases if tuple(keys[start : start + len(phrase)]) == phrase]
    assert table_of(phrases).find_longest(keys, start) == max(beginning, key=len, default=None)
