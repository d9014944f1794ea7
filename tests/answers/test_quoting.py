"""Which sentences around the key sentence are quoted."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.model import Quote
from bot.answers.quoting import MAX_SENTENCES, MAX_WORDS, Surroundings, choose_sentences
from bot.articles.library import build
from bot.articles.model import Article, Section, Sentence
from bot.articles.passages import fits_whole
from bot.articles.units import find_units

SECTIONS = [
    place
    for folder in ("knowledge", "tests/fixtures")
    for place in build(Path(__file__).parents[2] / folder)[0].sections()
    if place[1].sentences
]


def first_quote(folder: Path, text: str, question: str) -> Quote:
    """Quote an article for a question."""
    (folder / "a.md").write_text(text, encoding="utf-8")
    return Answerer(build(folder)[0]).answer(question).quotes[0]


def choose(folder: Path, text: str, key: int, anaphoric: Sequence[int] = ()) -> list[str]:
    """Choose sentences around one of an article's first section."""
    (folder / "a.md").write_text(text, encoding="utf-8")
    article, section = next(build(folder)[0].sections())
    surroundings = Surroundings(article.text, section.sentences, ())
    chosen = choose_sentences(
        surroundings, section.sentences[key], is_anaphoric=lambda at: at in anaphoric
    )
    return [sentence.plain for sentence in chosen]


@settings(deadline=None)
@given(st.sampled_from(SECTIONS), st.data())
def test_a_quotation_is_a_bounded_stretch_around_its_key_sentence(
    place: tuple[Article, Section], data: st.DataObject
) -> None:
    """Whatever is anaphoric and quoted already: successive sentences, at most three and 80 words,
    none twice.
    """
    article, section = place
    sentences = section.sentences
    positions = st.integers(0, len(sentences) - 1)
    key = data.draw(positions)
    anaphoric = data.draw(st.sets(positions))
    quoted = {id(sentences[at]) for at in data.draw(st.sets(positions)) - {key}}
    units = data.draw(st.sampled_from([[], find_units(sentences)]))
    chosen = choose_sentences(
        Surroundings(article.text, sentences, units),
        sentences[key],
        is_anaphoric=lambda at: at in anaphoric,
        quoted=quoted,
    )
    first = sentences.index(chosen[0])
    assert chosen == tuple(sentences[first : first + len(chosen)])
    assert first <= key < first + len(chosen)
    assert quoted.isdisjoint(map(id, chosen))
    if any(first == unit.start and first + len(chosen) >= unit.stop for unit in units):
        assert fits_whole(chosen)
        return
    assert len(chosen) <= MAX_SENTENCES
    words = sum(len(sentence.plain.split()) for sentence in chosen)
    assert words <= MAX_WORDS or len(chosen) == 1


@settings(deadline=None)
@given(st.sampled_from(SECTIONS), st.data())
def test_what_was_quoted_elsewhere_does_not_count(
    place: tuple[Article, Section], data: st.DataObject
) -> None:
    """Law: a quotation that has none of what was quoted is the same as if nothing had been."""
    article, section = place
    sentences = section.sentences
    positions = st.integers(0, len(sentences) - 1)
    key = data.draw(positions)
    anaphoric = data.draw(st.sets(positions))
    surroundings = Surroundings(article.text, sentences, find_units(sentences))

    def choose_beside(quoted: set[int]) -> tuple[Sentence, ...]:
        return choose_sentences(
            surroundings, sentences[key], is_anaphoric=lambda at: at in anaphoric, quoted=quoted
        )

    free = choose_beside(set())
    elsewhere = {id(sentences[at]) for at in data.draw(st.sets(positions))} - set(map(id, free))
    assert choose_beside(elsewhere) == free


@pytest.mark.parametrize(
    ("anaphoric", "expected"),
    [
        ((), ["Three.", "Four.", "Five."]),
        ((2,), ["Two.", "Three.", "Four."]),
        ((2, 1), ["One.", "Two.", "Three."]),
    ],
)
def test_an_anaphoric_sentence_comes_with_the_one_before(
    tmp_path: Path, anaphoric: Sequence[int], expected: list[str]
) -> None:
    """Else what follows comes first: a text is read onwards."""
    assert choose(tmp_path, "One. Two. Three. Four. Five.", 2, anaphoric) == expected


def test_a_single_long_sentence_may_be_quoted_whole(tmp_path: Path) -> None:
    """A sentence of more than 80 words is quoted alone, and uncut."""
    long = (
        "The commission listed "
        + ", ".join(f"village{number} of the valley" for number in range(40))
        + " as lost."
    )
    text = f"# Report\n\nBefore it, little was known. {long} Nobody objected to it.\n"
    assert first_quote(tmp_path, text, "what did the commission list?").text == long


def test_a_quotation_does_not_run_into_another_paragraph(tmp_path: Path) -> None:
    """A quotation ends where its paragraph ends."""
    text = "# A\n\n## Ships\n\nThe brig sank in 1844.\n\nCabbage soup is served on Mondays.\n"
    assert first_quote(tmp_path, text, "which brig sank in 1844?").text == "The brig sank in 1844."


def test_a_unit_is_quoted_whole_where_it_can_be(tmp_path: Path) -> None:
    """It is not where a part of it was quoted, or it fits on no card."""
    short = "# A\n\nThe crew had two members:\n\n- a pilot\n- a cook\n"
    lines = "\n".join(
        f"- the sailor of the ship number {number} of the fleet" for number in range(40)
    )
    for text, quoted, has_whole in (
        (short, 99, True),
        (short, 0, False),
        (short, 2, False),
        (f"# A\n\nThe crew:\n\n{lines}\n", 99, False),
    ):
        (tmp_path / "a.md").write_text(text, encoding="utf-8")
        article, section = next(build(tmp_path)[0].sections())
        sentences = section.sentences
        surroundings = Surroundings(article.text, sentences, find_units(sentences))
        chosen = choose_sentences(
            surroundings,
            sentences[1],
            is_anaphoric=lambda _: False,
            quoted={id(one) for number, one in enumerate(sentences) if number == quoted},
        )
        assert (len(chosen) == len(sentences)) == has_whole, (text, quoted)


def test_a_list_is_quoted_with_what_announces_it(tmp_path: Path) -> None:
    """The line before a list belongs to the list's first items."""
    text = (
        "# A\n\n## Crew\n\nThe crew had three members:\n\n- a pilot\n- a cook\n- a singer\n\n"
        "They left at dawn.\n"
    )
    quote = first_quote(tmp_path, text, "how many members had the crew?")
    assert [sentence.plain for sentence in quote.sentences] == [
        "The crew had three members:",
        "a pilot",
        "a cook",
        "a singer",
    ]
