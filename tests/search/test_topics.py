"""What units are about, as term ids: matched, packed, and refused where it is damaged."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.array_file import DamagedError
from bot.search import PassageIndex
from bot.search.index import Portrayal
from bot.search.subjects import Place
from bot.search.topics import TOPICS

LETTING = [
    ["The landlord wants three months of notice.", "He has to find somebody new."],
    ["The tenants want a month of notice.", "They often move for work."],
    ["A notice is a letter that ends the lease."],
]
PLACES = [Place(0, 0, ""), Place(0, 1, ""), Place(0, 2, "")]


@pytest.fixture
def index() -> PassageIndex:
    """Index what two sides want."""
    return PassageIndex(LETTING, places=PLACES)


def first(index: PassageIndex, question: str) -> int:
    """Give the passage that is found first."""
    return index.retrieve(index.parse(question))[0].passage


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("what does the landlord want", 0),
        ("landlords position on notice", 0),
        ("the landlord's view of the tenants", 0),
        ("what do the tenants want from the landlord", 1),
        ("why do tenants object to the landlord", 1),
        ("what is a notice", 2),
        ("notice?", 2),
    ],
)
def test_a_question_about_one_side_finds_what_is_about_it(
    index: PassageIndex, question: str, passage: int
) -> None:
    """Roles are sides as names are; and what is asked the meaning of is defined."""
    assert first(index, question) == passage


def test_a_pronoun_is_found_by_whom_it_stands_for() -> None:
    """The sentence holds nothing of the name."""
    index = PassageIndex(
        [["Orr of Lisk spoke first.", "She refused the offer of the mill."], ["Kolb said no."]]
    )
    query = index.parse("why did orr refuse the offer")
    hit = index.retrieve(query)[0]
    assert (hit.passage, hit.subject_share, hit.is_about_other) == (0, 1.0, False)


def test_what_is_about_another_side_is_told() -> None:
    """It holds all the words of the question, and is about somebody else."""
    index = PassageIndex([["Marn wants what the people of Lisk have."]])
    hit = index.retrieve(index.parse("what does lisk want"))[0]
    assert (hit.subject_share, hit.is_about_other) == (0.0, True)
    hit = index.retrieve(index.parse("what does marn want"))[0]
    assert (hit.subject_share, hit.is_about_other) == (1.0, False)


@pytest.mark.parametrize(
    ("question", "portrayal"),
    [
        ("who is orr", Portrayal.DEFINED),
        ("who is jane orr", Portrayal.DEFINED),
        ("who is vaal", Portrayal.SUBJECT),
        ("what is the council of lisk", Portrayal.SUBJECT),
        ("article 12?", Portrayal.SUBJECT),
        ("what is lisk", Portrayal.MENTIONED),
        ("what is a mast", Portrayal.MENTIONED),
        ("who is marn", Portrayal.MENTIONED),
        ("who wants the mast", Portrayal.UNASKED),
    ],
)
def test_a_mention_is_no_portrayal(question: str, portrayal: Portrayal) -> None:
    """A sentence that has something neither need define it nor be about it."""
    sentences = {
        "orr": "The letter reached Jane Orr, a judge.",
        "vaal": "Vaal refused to sign.",
        "council": "The Council of Lisk ruled that it was late.",
        "article": "Article 12 says nothing of it.",
        "mast": "The crew of the ship from Lisk lowered a mast.",
        "marn": "The masts of the ship were painted by Marn.",
    }
    index = PassageIndex([list(sentences.values())])
    query = index.parse(question)
    place = next((i for i, word in enumerate(sentences) if word in question), 4)
    assert index.find_portrayal(0, place, query) is portrayal


def test_a_question_that_asks_nothing_such_is_scored_as_before(index: PassageIndex) -> None:
    """Words alone have no share in anything."""
    query = index.parse("notice month")
    encoded = query.encoded
    assert encoded.subject_shares is encoded.stance_shares is encoded.definition_shares is None
    assert all(hit.subject_share == 1 for hit in index.retrieve(query))


def test_topics_are_the_same_after_unpacking(index: PassageIndex) -> None:
    """What is saved is scored as what is built."""
    again = PassageIndex.unpack(index.pack())
    for question in ("what does the landlord want", "what is a notice", "tenants view"):
        assert again.retrieve(again.parse(question)) == index.retrieve(index.parse(question))


Change = Callable[[NDArray[Any]], object]


def _make_negative(array: NDArray[Any]) -> None:
    array[0] = -1


def _make_huge(array: NDArray[Any]) -> None:
    array[-1] = np.iinfo(np.int32).max


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("change", [_make_negative, _make_huge])
def test_damaged_topics_are_refused(index: PassageIndex, name: str, change: Change) -> None:
    """Sizes that do not fit, and terms that there are not."""
    arrays = {key: array.copy() for key, array in index.pack().items()}
    change(arrays[name])
    with pytest.raises(DamagedError):
        PassageIndex.unpack(arrays)
