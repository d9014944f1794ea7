"""Topics: what most passages of an article share."""

from hypothesis import given
from hypothesis import strategies as st

from bot.search.index import PassageIndex

SHIP = "Grain deal\nHow it worked"


def find(index: PassageIndex, passage: int, question: str) -> dict[str, bool]:
    """Say of each word of a question whether it is a topic."""
    query = index.parse(question)
    topics = index.find_article_topics(passage, query)
    return {
        concept.term: is_topic for concept, is_topic in zip(query.concepts, topics, strict=True)
    }


def test_words_of_the_articles_title_are_topics() -> None:
    """The first line of the title is the article's; a section's heading is not."""
    index = PassageIndex([["Grain left the port."], ["It worked."]], [SHIP, "Grain deal\nThe end"])
    assert find(index, 0, "grain port worked") == {"grain": True, "port": False, "work": False}


def test_what_half_of_the_passages_hold_is_a_topic() -> None:
    """In an article of four passages or more; of a shorter one the title alone tells."""
    bodies = [["Wheat and maize."], ["Wheat again."], ["Ships sailed."], ["Nothing more."]]
    index = PassageIndex(bodies, [SHIP] * 4)
    assert find(index, 2, "wheat ships") == {"wheat": True, "ship": False}
    short = PassageIndex(bodies[:3], [SHIP] * 3)
    assert find(short, 2, "wheat ships") == {"wheat": False, "ship": False}


def test_topics_are_those_of_the_passages_own_article() -> None:
    """Articles are told from their neighbours by the first lines of their titles."""
    bodies = [["Wheat."]] * 4 + [["Wheat."], ["Ferry."], ["Ferry."], ["Ferry."]]
    titles = [SHIP] * 4 + ["Ferry line\nWinter"] * 4
    index = PassageIndex(bodies, titles)
    assert find(index, 0, "wheat ferry grain") == {"wheat": True, "ferri": False, "grain": True}
    assert find(index, 7, "wheat ferry grain") == {"wheat": False, "ferri": True, "grain": False}
    same_length = PassageIndex(bodies, [SHIP] * 4 + ["Ferry line\nHow it worked"] * 4)
    assert find(same_length, 7, "ferry grain") == {"ferri": True, "grain": False}


WORDS = st.lists(st.sampled_from(["wheat", "ferry", "port", "storm"]), min_size=1, max_size=4)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8), WORDS)
def test_an_index_that_is_read_again_has_the_same_topics(
    passages: list[tuple[list[str], list[str]]], asked: list[str]
) -> None:
    """Law: they follow from what is packed."""
    bodies = [[" ".join(body)] for body, _ in passages]
    index = PassageIndex(bodies, [" ".join(title) for _, title in passages])
    again = PassageIndex.unpack(index.pack())
    for passage in range(len(index)):
        question = " ".join(asked)
        assert find(index, passage, question) == find(again, passage, question)
