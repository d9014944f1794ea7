"""The index that answers use: which passages a question finds, and what is packed comes back."""

import os
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_collections import (
    ROOT,
    TEXTS,
    any_question,
    any_text,
    collections,
    hits_of,
    numbers,
    plain,
    sentences,
)

from bot.array_file import DamagedError, pack_strings
from bot.articles.sentences import split_sentences
from bot.search import PassageIndex
from bot.search.analysis.tokens import tokenize


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("When did the ceasefire begin?", 0),
        ("who negotiated in istanbul", 1),
        ("WHICH SHIPS CARRIED GRAIN", 2),
        ("oil price?", 3),
        ("What about the weapon at the line's contact", 0),
    ],
)
def test_a_question_finds_its_text(question: str, best: int) -> None:
    """The text that shares a question's words, in whatever form, comes first."""
    assert numbers(PassageIndex.build(TEXTS), question)[0] == best


def test_hits_are_plain_numbers() -> None:
    """A hit is a Python int and a Python float, so that it can be written as JSON."""
    hits = PassageIndex.build(TEXTS).search("ceasefire in Istanbul")
    assert len(hits) == 2
    assert all(type(number) is int and type(score) is float for number, score in hits)
    index = PassageIndex.build(TEXTS)
    found = index.retrieve(index.parse("ceasefire in Istanbul"))
    assert [(hit.passage, hit.score) for hit in found] == hits
    assert all(
        type(hit.missing_name_share) is float and type(hit.has_answer_type) is bool for hit in found
    )


def test_the_best_stand_first_and_ties_by_number() -> None:
    """Scores fall; texts of equal score stand in the order in which they were given."""
    index = PassageIndex.build(
        ["Oil fell.", "Grain left. Oil fell.", "Oil fell.", "Ships left.", "Oil fell."]
    )
    hits = index.search("oil")
    assert [number for number, _ in hits] == [0, 2, 4, 1]
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


@pytest.mark.parametrize(("k", "count"), [(-1, 0), (0, 0), (1, 1), (3, 3), (1_000_000, 12)])
def test_never_more_than_k_are_found(k: int, count: int) -> None:
    """No more than ``k`` texts are found, nor more than there are; ten unless told otherwise."""
    index = PassageIndex.build(["Oil fell."] * 12)
    assert len(index.search("oil", k)) == count
    assert len(index.search("oil")) == 10


def test_only_the_best_are_read_again() -> None:
    """However many hold a word, and however many are asked for, fifty at most are found; of equals,
    the first.
    """
    found = numbers(PassageIndex.build(["Oil fell."] * 60), "oil", 1_000)
    assert found == list(range(len(found)))
    assert 20 <= len(found) <= 50


def test_the_length_is_the_number_of_texts() -> None:
    """Texts without a word count as well."""
    assert len(PassageIndex.build([])) == 0
    assert len(PassageIndex.build(["Oil fell.", "", "…"])) == 3


def test_titles_count() -> None:
    """A text is found by the words of its title, and before others by words of both."""
    index = PassageIndex.build(
        ["It failed.", "It failed.", "It held."], ["The summit", "The ceasefire", "The ceasefire"]
    )
    assert numbers(index, "ceasefire") == [1, 2]
    assert numbers(index, "which ceasefire failed?")[0] == 1


@pytest.mark.parametrize("titles", [[], ["one"], ["one", "two", "three"]])
def test_there_is_a_title_for_each_text(titles: list[str]) -> None:
    """Another number of titles than of texts is refused."""
    with pytest.raises(ValueError, match=f"{len(titles)} titles for 2 texts"):
        PassageIndex.build(["Oil fell.", "Grain left."], titles)


@pytest.mark.parametrize("texts", [[], [""], ["", " \n", "…"]])
def test_without_words_nothing_is_found(texts: list[str]) -> None:
    """An index of nothing can be asked; the words of the question are missing."""
    index = PassageIndex.build(texts)
    query = index.parse("Who signed?")
    assert index.search("Who signed?") == []
    assert (query.term_weights, query.unknown_words, query.corrections) == ({}, ("signed",), {})


def test_empty_texts_keep_their_place() -> None:
    """A text's number is its place, also behind texts without a word, and these are found by their
    titles only.
    """
    texts = ["", "Oil fell.", "", "", "Grain left.", "Oil rose. Grain rotted.", ""]
    index = plain(texts, ["", "", "Coal", "", "", "", "Oil"])
    assert numbers(index, "grain") == [4, 5]
    assert numbers(index, "coal") == [2]
    assert set(numbers(index, "oil")) == {1, 5, 6}


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "What is it about, and why?",
        "\x00\x01\x02\x1f\x7f",
        "\ud800",
        "?!…",
        "🙂",
        "the " * 250_000,
    ],
    ids=[
        "empty",
        "blank",
        "stop words",
        "controls",
        "surrogate",
        "signs",
        "emoji",
        "1 MB of stop words",
    ],
)
def test_a_question_without_a_term_finds_nothing(question: str) -> None:
    """Where nothing is asked for, nothing is found, missed or corrected."""
    index = PassageIndex.build(TEXTS)
    query = index.parse(question)
    assert index.search(question) == []
    assert (query.term_weights, query.unknown_words, query.corrections, query.max_score) == (
        {},
        (),
        {},
        0,
    )


def test_control_characters_part_words_and_do_no_more() -> None:
    """A question with control characters in it is understood."""
    index = PassageIndex.build(TEXTS)
    assert index.search("\x1bceasefire\x00\x07midnight\r\n") == index.search("ceasefire midnight")


def test_german_is_stemmed_as_german() -> None:
    """With ``language`` "de" the forms of a German word are one; as English they are not."""
    texts = ["Die Verhandlung begann.", "Das Getreide kam an."]
    assert numbers(PassageIndex.build(texts, language="de"), "Verhandlungen") == [0]
    assert PassageIndex.build(texts, language="de").parse("Verhandlungen").corrections == {}
    assert PassageIndex.build(texts, language="en").parse("Verhandlungen").corrections != {}


@pytest.mark.parametrize("language", ["xx", "zz", "tlh"])
def test_an_unknown_language_works(language: str) -> None:
    """Where there is no stemmer, words are compared whole."""
    index = PassageIndex.build(TEXTS, language=language)
    assert numbers(index, "Sanctions") == [3]
    assert index.analyzer.term("Sanctions") == "sanctions"


def test_chinese_is_found_without_blanks() -> None:
    """A word within a sentence that has no blanks is found."""
    index = PassageIndex.build(["乌克兰总统说话。", "谷物离开港口。"], language="zh")
    assert numbers(index, "总统") == [0]
    assert numbers(index, "港口在哪里") == [1]


@given(collections, sentences)
@settings(deadline=None)
def test_exactly_the_texts_that_share_a_term_are_found(texts: list[str], question: str) -> None:
    """Law: a text that matches stands before one that does not, which is never found; scores are
    finite, above zero.
    """
    index = plain(texts)
    terms = index.analyzer
    asked = set(terms.analyze(question))
    hits = index.search(question, len(texts))
    assert {number for number, _ in hits} == {
        number for number, text in enumerate(texts) if asked & set(terms.analyze(text))
    }
    assert hits == sorted(hits, key=lambda hit: (-hit[1], hit[0]))
    assert all(np.isfinite(score) and score > 0 for _, score in hits)


@given(
    collections,
    sentences,
    st.sampled_from(["", "Bicycles rust.", "Guitars. Violins. Trumpets."]),
    st.integers(0, 8),
)
@settings(deadline=None)
def test_an_unrelated_text_takes_nothing_away(
    texts: list[str], question: str, unrelated: str, place: int
) -> None:
    """Law: what was found is found still when a text on another matter comes in, wherever it
    stands.
    """
    more = [*texts[:place], unrelated, *texts[place:]]
    before = [texts[number] for number in numbers(PassageIndex.build(texts), question, len(texts))]
    after = [more[number] for number in numbers(PassageIndex.build(more), question, len(more))]
    assert sorted(after) == sorted(before)


@given(st.lists(any_text, max_size=5), any_question, st.sampled_from(["en", "de", "xx"]))
@settings(deadline=None)
def test_any_text_can_be_indexed_and_asked(texts: list[str], question: str, language: str) -> None:
    """Law: nothing fails, and two builds say the same, whatever the texts, titles and question."""
    one, other = (PassageIndex.build(texts, texts[::-1], language) for _ in range(2))
    query = one.parse(question)
    assert query == other.parse(question)
    assert one.search(question) == other.search(question)
    assert all(score <= query.max_score for _, score in one.search(question))


@pytest.mark.parametrize("text", ["0`0", "a`0", "don`t", "0`"])
def test_a_mark_of_code_inside_a_word_is_an_apostrophe(text: str) -> None:
    """In a question as in a text."""
    index = plain([text])
    query = index.parse(text)
    assert (query.unknown_words, query.corrections) == ((), {})


@given(st.lists(any_text, min_size=1, max_size=5), st.data())
@settings(deadline=None)
def test_a_text_is_found_by_its_own_words(texts: list[str], data: st.DataObject) -> None:
    """Law: a text asked for by itself is found, misses nothing and needs no correction, if it has a
    term.
    """
    text = data.draw(st.sampled_from(texts))
    index = plain(texts)
    # Line by line: a full stop at which a sentence was cut may stand between initials.
    text_read = "\n".join(text[a:b] for a, b in split_sentences(text, "en"))
    query = index.parse(text_read)
    assert (query.unknown_words, query.corrections) == ((), {})
    assert (texts.index(text) in numbers(index, text_read)) == bool(
        index.analyzer.analyze(text_read)
    )


def test_a_process_finds_as_every_other() -> None:
    """The order does not hang on the seed of Python's hashes."""
    program = (
        "from bot.search import PassageIndex\n"
        "index = PassageIndex.build(['Forces left. Grain.', 'Forced to leave. Oil.', "
        "'Grain. Oil.', 'Oil. Grain.'])\n"
        "print(index.search('oil and grain forcex'), index.parse('oil and grain forcex'))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_thousands_of_texts_are_found_each_by_its_own_word() -> None:
    """Among three thousand texts with much in common every one is found first by what it alone says
    (seeded).
    """
    chance = random.Random(11)  # noqa: S311 (no secret)
    shared = ["grain", "ships", "oil", "banks", "talks", "truce"]
    texts = [
        f"{chance.choice(shared)} {chance.choice(shared)} n{number:04}." for number in range(3_000)
    ]
    index = PassageIndex.build(texts)
    assert all(
        numbers(index, f"what about n{number:04}", 1) == [number] for number in range(0, 3_000, 50)
    )


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_few_passages_are_enough(size: int) -> None:
    """The smallest collections answer, whatever BM25 makes of words that stand in all of them."""
    texts = ["The ferry sank at Lisk.", "The mayor of Lisk slept.", "In Lisk oil fell."][:size]
    index = PassageIndex.build(texts)
    assert numbers(index, "Did a ferry sink?")[0] == 0
    assert set(numbers(index, "Lisk")) == set(range(size))
    assert [numbers(index, text)[0] for text in texts] == list(range(size))
    hits = hits_of(index, "Lisk ferry")
    assert 0 < hits[0].score <= index.parse("Lisk ferry").max_score


def test_what_was_packed_answers_as_before() -> None:
    """An index that is made again of its arrays finds, mends, weighs and suggests as the first one
    did.
    """
    index = PassageIndex.build(TEXTS, [f"Title {number}\nHarbour" for number in range(len(TEXTS))])
    arrays = {name: values.copy() for name, values in index.pack().items()}
    for values in arrays.values():
        values.flags.writeable = False
    again = PassageIndex.unpack(arrays)
    assert len(again) == len(index)
    for question in (*TEXTS, "harbur", "how many shpis sailed?", "xyzzy", ""):
        query = index.parse(question)
        assert again.parse(question) == query
        assert again.retrieve(again.parse(question)) == index.retrieve(query)
        assert again.suggest_spellings(question) == index.suggest_spellings(question)
    assert (
        again.sentence_scores(0, again.parse(TEXTS[0])).tolist()
        == index.sentence_scores(0, index.parse(TEXTS[0])).tolist()
    )


def test_what_is_empty_can_be_packed() -> None:
    """No passage at all."""
    again = PassageIndex.unpack(PassageIndex.build([]).pack())
    assert len(again) == 0
    assert again.search("oil") == []


@given(texts=collections, question=any_question)
@settings(deadline=None)
def test_whatever_is_packed_comes_back(texts: list[str], question: str) -> None:
    """Law: all that is made anew of it has the same bits; texts without words, or without
    sentences, do no harm.
    """
    index = PassageIndex.build(texts, ["Title\nOil"] * len(texts))
    again = PassageIndex.unpack(index.pack())
    for name, values in index.pack().items():
        assert again.pack()[name].dtype == values.dtype
        assert again.pack()[name].tobytes() == values.tobytes()
    assert again.retrieve(again.parse(question)) == index.retrieve(index.parse(question))
    for term in tokenize(" ".join(texts)):
        weights = {index.analyzer.term(term): 1.0}
        assert again.search(term) == index.search(term)
        mine, theirs = (one._passages.get_weighted_scores(weights) for one in (again, index))  # noqa: SLF001
        assert mine.tobytes() == theirs.tobytes()


PACKED = PassageIndex.build(
    TEXTS, [f"Title {number}\nHarbour" for number in range(len(TEXTS))]
).pack()
LAST_OF_LIST = int(PACKED["list_sizes"][0]) - 1


@pytest.mark.parametrize(
    ("name", "at", "value", "what"),
    [
        ("passage_sentences", 0, -1, "passage_sentences: wrong sizes"),
        ("passage_sentences", 0, 2**31 - 1, "passages of other units"),
        ("passage_sentences", 0, 3, "passages of other units"),
        ("passage_lines", 0, 0, "passage_lines: wrong sizes"),
        ("passage_lines", 3, 3, "passages of other units"),
        ("unit_tokens", 0, -3, "unit_tokens: wrong sizes"),
        ("unit_tokens", 0, 2**31 - 1, "unit_tokens: wrong sizes"),
        ("told", 0, 128, "unknown kinds"),
        ("told", 2, 1, "kinds that titles tell"),
        ("kinds", 0, 255, "unknown kinds"),
        ("tokens", 0, -1, "tokens of no term"),
        ("tokens", 0, len(PACKED["kinds"]), "tokens of no term"),
        ("tokens", 0, 7, "postings of other passages"),
        ("list_sizes", 0, 1, "list_sizes: wrong sizes"),
        ("list_sizes", 0, -5, "list_sizes: wrong sizes"),
        ("list_sizes", 0, 2**31 - 1, "list_sizes: wrong sizes"),
        ("texts", 0, -1, "postings out of order"),
        ("texts", 0, len(TEXTS), "postings out of order"),
        ("texts", 0, 2**31 - 1, "postings out of order"),
        ("texts", 0, 3, "postings of other passages"),
        ("texts", LAST_OF_LIST, 3, "postings out of order"),
        ("counts", 0, 0, "postings out of order"),
        ("counts", 0, 255, "postings of other passages"),
        ("counts", LAST_OF_LIST, 1, "postings out of order"),
        ("word_counts", 0, 0, "words that stand nowhere"),
        ("word_counts", 0, -(2**63), "words that stand nowhere"),
        ("terms.ends", 0, -1, "terms: strings out of place"),
        ("words.ends", -1, 2**62, "words: strings out of place"),
        ("written.text", 0, 255, "written: not UTF-8"),
    ],
)
def test_values_that_cannot_be_are_refused(name: str, at: int, value: int, what: str) -> None:
    """Each would be used as a place, a size or a count, or tells what the others do not."""
    changed = PACKED[name].copy()
    assert changed[at] != value
    changed[at] = value
    with pytest.raises(DamagedError, match=f"^{what}$"):
        PassageIndex.unpack({**PACKED, name: changed})


@pytest.mark.parametrize("name", ["terms", "words", "bare"])
def test_a_word_that_stands_there_twice_is_refused(name: str) -> None:
    """Two numbers would have one word."""
    count = len(PACKED[f"{name}.ends"])
    twice = pack_strings(name, ["same", "same", *map(str, range(count - 2))])
    with pytest.raises(DamagedError, match="a word stands there twice"):
        PassageIndex.unpack({**PACKED, **twice})


def test_postings_of_the_same_size_are_those_of_these_texts() -> None:
    """A text that another one's list leads to is noticed, though every list is in order and every
    sum is the same.
    """
    other = PassageIndex.build(
        [*TEXTS[1:], TEXTS[0]], [f"Title {number}\nHarbour" for number in (1, 2, 3, 0)]
    ).pack()
    postings = {name: other[name] for name in ("list_sizes", "texts", "counts")}
    assert [values.shape for values in postings.values()] == [
        PACKED[name].shape for name in postings
    ]
    with pytest.raises(DamagedError, match="postings of other passages"):
        PassageIndex.unpack({**PACKED, **postings})


def test_sentences_have_shares_of_terms_as_subjects() -> None:
    """Terms that are nowhere count for nothing."""
    passages = [["The treaty ended.", "Marn left the treaty."], ["Marn and the treaty stood."]]
    index = PassageIndex(passages)
    shares = index.share_subjects(range(2), ["treati", "nowher"])
    assert shares.tolist() == [1.0, 0.0, 1.0]
    assert index.share_subjects(range(1, 2), ["marn", "treati"]).tolist() == [1.0]
    assert index.share_subjects(range(2), []).tolist() == [0.0, 0.0, 0.0]
