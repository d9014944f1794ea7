"""What sentences are about, also where it does not stand in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.subjects import CollectionTopics, Place, SentenceTopics, read_topics

NAMES = frozenset("Orr Lisk Marn Estland Estlandic Jane Ewan Reid Kolb Pell".split())


def read(
    *sentences: str, heading: str = "", language: str = "en", sections: tuple[int, ...] = (0,)
) -> CollectionTopics:
    """Read the sentences of each section as one passage of an article."""
    size = len(sentences) // len(sections)
    passages = [sentences[at * size : (at + 1) * size] for at in range(len(sections))]
    places = [Place(0, section, heading) for section in sections]
    return read_topics(passages, places, NAMES.__contains__, language)


def read_field(name: str, *sentences: str, language: str = "en") -> list[tuple[str, ...]]:
    """Give one field of what each sentence is about."""
    return read(*sentences, language=language).sentences[SentenceTopics._fields.index(name)]


def subjects_of(*sentences: str, heading: str = "") -> set[str]:
    """Give the words that the last sentence is about."""
    of_sentences, *_ = read(*sentences, heading=heading).sentences
    return set(of_sentences[-1])


@pytest.mark.parametrize(
    ("before", "sentence", "about"),
    [
        ("Orr owns the mill.", "He wants to sell it.", "Orr"),
        ("The tenants met in June.", "They asked for a new roof.", "tenants"),
        ("Kolb makes springs.", "The company pays its staff well.", "Kolb"),
        ("Lisk and Marn signed the lease.", "The former paid at once.", "Lisk"),
        ("Lisk and Marn signed the lease.", "The latter paid at once.", "Marn"),
        ("On the owner's side, much was unclear.", "Nothing had been written down.", "owner"),
        ("For Marn, the date mattered most.", "A later one was no use.", "Marn"),
        ("As for the crew, little is known.", "Some letters survive.", "crew"),
        ("Lisk, on the other hand, refused.", "A new offer came in May.", "Lisk"),
    ],
)
def test_what_a_text_has_turned_to_is_what_it_is_about(
    before: str, sentence: str, about: str
) -> None:
    """Pronouns, what stands in the place of a name, and turns."""
    assert about in subjects_of(before, sentence)


def test_a_turn_holds_until_the_next_name() -> None:
    """Another name as subject ends it; so does a new section."""
    turn = "For Marn, the date mattered most."
    assert "Marn" not in subjects_of(turn, "Lisk agreed.", "A new offer came.")
    assert "Marn" not in read(turn, "Some letters survive.", sections=(0, 1)).sentences[0][-1]
    assert "Marn" in subjects_of(turn, "Some letters survive.")


@pytest.mark.parametrize("turn", ["For two weeks, it rained.", "For example, it rained."])
def test_not_everything_after_for_is_somebody(turn: str) -> None:
    """Times and examples are no side."""
    assert not {"weeks", "example"} & subjects_of(turn, "Some letters survive.")


@pytest.mark.parametrize(
    ("heading", "about"),
    [
        ("What Marn wants", {"Marn"}),
        ("Duties of the tenant", {"tenant"}),
        ("The landlord's side", {"landlord"}),
        ("Lisk and Marn", set()),
        ("Borders in the dark: the road to Marn", set()),
        ("Opening hours", set()),
        ("Why a face-to-face meeting carries weight", set()),
    ],
)
def test_a_heading_of_one_side_is_what_its_section_is_about(heading: str, about: set[str]) -> None:
    """A heading of several sides, or of none, is not."""
    sentence = "Keep the stairs clean."
    found = subjects_of(sentence, heading=heading)
    assert {word.removesuffix("'s") for word in found} - {"Keep"} == about
    (titles, *_) = read(sentence, heading=heading).titles
    assert {word.removesuffix("'s") for word in titles[0]} == about


def test_people_belong_to_whom_the_article_says() -> None:
    """A title before or behind the name says it; the surname is enough then."""
    assert "Estlandic" in subjects_of("Estlandic President Jane Orr came.", "Orr said nothing.")
    assert "Pell" in subjects_of("Ewan Reid, the director of Pell, came.", "Reid said nothing.")
    told = "Ewan Reid, the chairman of the mill trade house bank office board, came."
    assert "mill" in subjects_of(told, "Reid said nothing.")
    assert "Estlandic" not in subjects_of("Estlandic ships came.", "Orr said nothing.")


def test_stances_and_wishes_are_told_apart() -> None:
    """Who says or wants something has a stance; to stand somewhere is none."""
    sentences = ("Lisk said no.", "Marn wants a roof.", "Orr stood there.")
    assert read_field("stances", *sentences) == [("Lisk",), ("Marn",), ()]
    assert read_field("wishes", *sentences) == [(), ("Marn",), ()]


def test_a_sentence_about_talks_with_somebody_is_not_about_them_alone() -> None:
    """Its head is what stands before the preposition; behind a pronoun it is whom that means."""
    sentences = ("Talks between Lisk and Marn failed.", "Orr of Marn came.", "He left.")
    assert read_field("heads", *sentences) == [("Talks",), ("Orr",), ("Orr", "Marn")]


def test_what_others_say_of_somebody_is_not_about_them() -> None:
    """The subject of a clause with "that" is not the sentence's."""
    assert subjects_of("Lisk said that Marn does not want peace.") == {"Lisk"}


def test_other_languages_have_definitions_alone() -> None:
    """Their forms of subjects are not known."""
    sentence = "Ein Pfand ist eine Summe."
    assert read_field("subjects", sentence, language="de") == [()]
    assert read_field("definitions", sentence, language="de") == [("Ein Pfand",)]


@given(
    sentences=st.lists(
        st.lists(
            st.sampled_from(
                "Orr Lisk the he they For , . said wants company of by and ; — ( ) who is 12".split()
            )
        ).map(" ".join)
        | st.text(max_size=60),
        max_size=6,
    ),
    heading=st.sampled_from(["", "What Marn wants", "of the", "?"]) | st.text(max_size=30),
)
def test_any_text_has_topics(sentences: list[str], heading: str) -> None:
    """Law: each sentence has an entry in each field, whatever it is."""
    topics = read(*sentences, heading=heading)
    assert [len(column) for column in topics.sentences] == [len(sentences)] * len(
        SentenceTopics._fields
    )
