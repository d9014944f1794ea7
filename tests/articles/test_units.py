"""Lists, tables, code and answers are kept together with what they belong to."""

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.files import SourceFile
from bot.articles.model import BlockForm, Section, Sentence
from bot.articles.parser import read_article
from bot.articles.passages import UNIT_LINES, UNIT_WORDS, split_passages
from bot.articles.units import find_units


def section_of(body: str) -> Section:
    """Read a section."""
    article, _ = read_article(SourceFile("a.md", f"# A\n\n{body}", ""))
    assert article is not None
    return article.sections[0]


def units_of(body: str) -> list[list[str]]:
    """Give the sentences of each unit of a section."""
    sentences = section_of(body).sentences
    return [[sentences[position].plain for position in unit] for unit in find_units(sentences)]


def passages_of(body: str) -> list[list[str]]:
    """Give the sentences of each passage of a section."""
    return [
        [sentence.plain for sentence in passage.sentences] for passage in section_of(body).passages
    ]


def test_what_announces_a_list_belongs_to_it() -> None:
    """Its last sentence, and not the whole paragraph."""
    assert units_of("It is old. Bring this:\n\n- a lamp\n- a rope\n\nGo home.\n") == [
        ["Bring this:", "a lamp", "a rope"]
    ]


def test_a_list_that_nothing_announces_is_a_unit_by_itself() -> None:
    """What stands above it is prose; bullets that are whole sentences are prose too."""
    assert units_of("It is old.\n\n1. Sweep it.\n2. Brush it.\n") == [["Sweep it.", "Brush it."]]
    assert units_of("It is old.\n\n- a lamp\n- a rope\n") == [["a lamp", "a rope"]]
    assert units_of("It is old.\n\n- It leaks.\n- It creaks.\n") == []
    assert units_of("It is old:\n\n- It leaks.\n- It creaks.\n") == [
        ["It is old:", "It leaks.", "It creaks."]
    ]
    long_items = "".join(
        f"- It {verb} at night, and nobody knows what to do.\n" for verb in ("leaks", "creaks")
    )
    assert units_of(f"It is old:\n\n{long_items}") == []


def test_code_belongs_to_the_sentence_above_it() -> None:
    """That says what it does; a list above it does not."""
    assert units_of("Reset it so.\n\n```\nreset\n```\n") == [["Reset it so.", "reset"]]
    assert units_of("- a lamp\n\n```\nreset\n```\n") == [["a lamp"], ["reset"]]


def test_two_units_share_nothing() -> None:
    """A table right below a list is another unit."""
    assert units_of("Bring:\n\n- a lamp\n\n| a | b |\n|---|---|\n| 1 | 2 |\n") == [
        ["Bring:", "a lamp"],
        ["a · b · 1 · 2"],
    ]


def test_an_answer_follows_its_question_in_a_conversation() -> None:
    """Turns by themselves are prose."""
    forms = [BlockForm("turn", mark=f"{name}: ") for name in ("Ann", "Ben", "Ann", "Ben")]
    texts = [
        ("It is cold.", 0),
        ("Yes.", 1),
        ("How many loaves?", 2),
        ("Two.", 3),
        ("Or three.", 3),
    ]
    sentences = [Sentence("a.vtt", 1, 0, 1, text, text, forms[turn]) for text, turn in texts]
    assert find_units(sentences) == [range(2, 5)]


def test_a_list_is_one_passage_while_it_fits_on_a_card() -> None:
    """Also where it has more words than a passage of prose."""
    items = [f"a long item of the list with number {number}" for number in range(20)]
    body = (
        "It is old.\n\nBring this:\n\n" + "".join(f"- {item}\n" for item in items) + "\nGo home.\n"
    )
    assert ["Bring this:", *items] in passages_of(body)


def test_the_parts_of_a_longer_list_keep_what_announces_it() -> None:
    """They are found by it, though it is not quoted with them."""
    items = "".join(
        f"- a long item of the list with number {number}\n" for number in range(UNIT_LINES + 1)
    )
    first, *others = section_of(f"Bring this:\n\n{items}").passages
    assert first.sentences[0].plain == "Bring this:"
    assert first.context == ""
    assert others
    assert {passage.context for passage in others} == {"Bring this:"}


def test_a_row_is_found_by_the_names_of_its_columns() -> None:
    """In each row, not in the first alone."""
    sentences = section_of("| Door | Price |\n|---|---|\n| oak | 5 |\n| elm | 6 |\n").sentences
    assert [sentence.indexed for sentence in sentences] == [
        "Door: oak · Price: 5",
        "Door: elm · Price: 6",
    ]


FORMS = st.sampled_from(["paragraph", "item", "row", "code", "title", "turn"])


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(FORMS, st.integers(0, 3), st.integers(1, 90), st.sampled_from(".:?")), max_size=60
    )
)
def test_whatever_the_units_are_no_sentence_is_lost(rows: list[tuple[str, int, int, str]]) -> None:
    """Each is in one passage, in order; a unit that fits is in one passage as a whole, unless
    it is a table.
    """
    sentences = []
    for kind, group, words, end in rows:
        text = " ".join(["w"] * words) + end
        form = BlockForm(kind, group)  # type: ignore[arg-type]
        sentences.append(Sentence("a.md", 1, 0, 1, text, text, form))
    passages = split_passages([sentences])
    kept = list(chain.from_iterable(passage.sentences for passage in passages))
    assert all(one is other for one, other in zip(kept, sentences, strict=True))
    passage_of = {
        id(one): number for number, passage in enumerate(passages) for one in passage.sentences
    }
    for unit in find_units(sentences):
        whole = sentences[unit.start : unit.stop]
        words = sum(len(sentence.plain.split()) for sentence in whole)
        fits = words <= UNIT_WORDS and len(whole) <= UNIT_LINES
        if fits and whole[-1].form.kind != "row":
            assert len({passage_of[id(sentence)] for sentence in whole}) == 1


def test_the_title_of_code_is_between_it_and_what_announces_it() -> None:
    """All three are one unit."""
    body = 'Write this down.\n\n```yaml title="compose.yaml"\na: b\n```\n'
    assert units_of(body) == [["Write this down.", "compose.yaml", "a: b"]]
