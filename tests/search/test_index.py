"""The index that answers use: which passages a question finds, and how it was understood."""

import os
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.array_file import DamagedError, pack_strings
from bot.articles.library import build
from bot.articles.sentences import split_sentences
from bot.search import PassageIndex
from bot.search.analysis.analyzer import tokenize
from bot.search.analysis.synonyms import SynonymGroup, read_builtin_groups
from bot.search.analysis.word_frequencies import frequencies_of
from bot.search.index import MAX_TERMS, Hit

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"

TEXTS = [
    "The ceasefire began at midnight. Heavy weapons were pulled back from the line of contact.",
    "Negotiations were held in Istanbul. The delegations exchanged prisoners.",
    "Grain left the port of Odesa. Ships followed a corridor through the sea.",
    "Sanctions hit the banks. The price of oil fell.",
]

# Words of one meaning each, none of them near another, so that nothing is corrected by accident.
words = st.sampled_from(["ceasefire", "grain", "Istanbul", "prisoners", "oil", "the", "corridor", "sanctions"])
sentences = st.lists(words, max_size=8).map(" ".join)
collections = st.lists(st.lists(sentences, max_size=3).map(". ".join), max_size=8)
# An article is decoded UTF-8; a question may hold lone surrogates and whatever else.
any_text = st.text(st.characters(codec="utf-8"), max_size=200)
any_question = st.text(st.characters(codec=None, exclude_categories=[]), max_size=200)


def plain(texts: list[str], titles: list[str] | None = None, groups: Iterable[SynonymGroup] = ()) -> PassageIndex:
    """Index texts with no thesaurus but ``groups``."""
    return PassageIndex([[text[a:b] for a, b in split_sentences(text, "en")] for text in texts], titles, "en", groups)


def hits_of(index: PassageIndex, question: str) -> dict[int, Hit]:
    """Give what is found, by number."""
    return {hit.passage: hit for hit in index.retrieve(index.parse(question))}


def numbers(index: PassageIndex, question: str, k: int = 10) -> list[int]:
    """Give only the numbers of the texts that are found."""
    return [number for number, _ in index.search(question, k)]


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
    assert all(type(hit.missing_name_share) is float and type(hit.has_answer_type) is bool for hit in found)


def test_the_best_stand_first_and_ties_by_number() -> None:
    """Scores fall; texts of equal score stand in the order in which they were given."""
    index = PassageIndex.build(["Oil fell.", "Grain left. Oil fell.", "Oil fell.", "Ships left.", "Oil fell."])
    hits = index.search("oil")
    assert [number for number, _ in hits] == [0, 2, 4, 1]
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


def test_what_is_said_in_one_breath_stands_first() -> None:
    """Of two texts with the same words, that which has them in one sentence is the better."""
    index = PassageIndex.build(["Grain left. Ships sank. Oil fell.", "Grain ships left. Coal sank. Oil fell."])
    assert numbers(index, "grain ships") == [1, 0]


@pytest.mark.parametrize(("k", "count"), [(-1, 0), (0, 0), (1, 1), (3, 3), (1_000_000, 12)])
def test_never_more_than_k_are_found(k: int, count: int) -> None:
    """No more than ``k`` texts are found, nor more than there are; ten unless told otherwise."""
    index = PassageIndex.build(["Oil fell."] * 12)
    assert len(index.search("oil", k)) == count
    assert len(index.search("oil")) == 10


def test_only_the_best_are_read_again() -> None:
    """However many hold a word, and however many are asked for, fifty at most are found; of equals, the first."""
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


def test_a_title_of_all_texts_tells_none_from_another() -> None:
    """A title that is equal for all finds all, in order, and does not outweigh a text's own word."""
    index = PassageIndex.build(["Grain left.", "Oil fell.", "Ships sank."], ["The War"] * 3)
    assert numbers(index, "war") == [0, 1, 2]
    assert numbers(index, "oil in the war") == [1, 0, 2]


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
    """A text's number is its place, also behind texts without a word, and these are found by their titles only."""
    texts = ["", "Oil fell.", "", "", "Grain left.", "Oil rose. Grain rotted.", ""]
    index = plain(texts, ["", "", "Coal", "", "", "", "Oil"])
    assert numbers(index, "grain") == [4, 5]
    assert numbers(index, "coal") == [2]
    assert set(numbers(index, "oil")) == {1, 5, 6}


@pytest.mark.parametrize(
    "question",
    ["", " ", "What is it about, and why?", "\x00\x01\x02\x1f\x7f", "\ud800", "?!…", "🙂", "the " * 250_000],
    ids=["empty", "blank", "stop words", "controls", "surrogate", "signs", "emoji", "1 MB of stop words"],
)
def test_a_question_without_a_term_finds_nothing(question: str) -> None:
    """Where nothing is asked for, nothing is found, missed or corrected."""
    index = PassageIndex.build(TEXTS)
    query = index.parse(question)
    assert index.search(question) == []
    assert (query.term_weights, query.unknown_words, query.corrections, query.max_score) == ({}, (), {}, 0)


def test_control_characters_part_words_and_do_no_more() -> None:
    """A question with control characters in it is understood."""
    index = PassageIndex.build(TEXTS)
    assert index.search("\x1bceasefire\x00\x07midnight\r\n") == index.search("ceasefire midnight")


def test_of_a_long_question_the_beginning_and_the_end_are_read() -> None:
    """Of 1 MB the first and the last 2,000 characters count, and what stands between does not."""
    index = PassageIndex.build(TEXTS)
    padding = "the " * 499
    question = f"oil {padding}{'grain ' * 170_000}{padding}odesa"
    assert len(question) > 1_000_000
    assert list(index.parse(question).term_weights) == ["oil", "odesa"]
    assert index.search(question) == index.search("oil odesa")


@pytest.mark.parametrize(
    "question",
    ["x" * 1_000_000, "'" * 1_000_000, "1," * 500_000, "a." * 500_000, "谈" * 1_000_000, "e\u0301" * 500_000],
)
def test_a_question_of_a_million_characters_is_no_work(question: str) -> None:
    """What a long question says never grows beyond 4,000 characters."""
    query = PassageIndex.build(TEXTS).parse(question)
    assert query.term_weights == {}
    assert sum(map(len, query.unknown_words)) <= 4_001


def test_only_the_rarest_terms_weigh() -> None:
    """Of 10,000 different words in a question at most 32 weigh."""
    vocabulary = [f"w{number:04}" for number in range(10_000)]
    index = PassageIndex.build([" ".join(vocabulary[at : at + 100]) for at in range(0, 10_000, 100)])
    question = " ".join(vocabulary)
    assert len(index.parse(question).term_weights) == MAX_TERMS == 32
    assert len(index.search(question)) > 0


def test_the_rarest_terms_are_kept() -> None:
    """Words that stand in one text each are kept before those that stand in two; of equals, the first typed."""
    rare, common = [f"r{number:02}" for number in range(40)], [f"c{number:02}" for number in range(40)]
    index = PassageIndex.build([" ".join(common + rare), " ".join(common)])
    assert list(index.parse(" ".join(common + rare)).term_weights) == rare[:32]
    assert list(index.parse(" ".join(common + rare[:10])).term_weights) == rare[:10] + common[:22]


def test_of_unknown_words_the_first_are_compared() -> None:
    """Of many words that stand nowhere 32 are corrected, so that a long question does not cost more."""
    vocabulary = [f"{first}{second}{first}{second}vwxyz" for first in "abcdefgh" for second in "klmnopqr"]
    index = PassageIndex.build([" ".join(vocabulary)])
    misspelt = [word[:-1] for word in vocabulary]
    query = index.parse(" ".join(misspelt))
    assert query.corrections == dict(zip(misspelt[:32], vocabulary[:32], strict=True))
    assert query.unknown_words == tuple(misspelt[32:])


@pytest.mark.parametrize(
    ("typed", "meant", "best"),
    [
        ("negotiatons", "negotiations", 1),
        ("Istambul", "istanbul", 1),
        ("Odesaa", "odesa", 2),
        ("ceesefire", "ceasefire", 0),
        ("Sancitons", "sanctions", 3),
        ("Istambul's", "istanbul", 1),
        ("Istambul’s", "istanbul", 1),
    ],
)
def test_a_misspelt_word_finds_its_text(typed: str, meant: str, best: int) -> None:
    """A word that stands nowhere is taken for the one that was meant, and said to be."""
    index = PassageIndex.build(TEXTS)
    query = index.parse(f"What about {typed}?")
    assert query.corrections == {typed: meant}
    assert query.unknown_words == ()
    assert numbers(index, f"What about {typed}?") == [best]


def test_a_word_of_a_title_is_corrected_to() -> None:
    """The words of titles are words of the collection."""
    index = PassageIndex.build(["It failed.", "It held."], ["The summit of Reykjavik", "The truce"])
    assert index.parse("Reykjavick").corrections == {"Reykjavick": "reykjavik"}
    assert numbers(index, "Reykjavick") == [0]


def test_a_corrected_word_counts_for_less() -> None:
    """The word as typed finds the same with a higher score."""
    index = PassageIndex.build(TEXTS)
    (right,), (wrong,) = index.search("Istanbul"), index.search("Istambul")
    assert right[0] == wrong[0]
    assert 0 < wrong[1] < right[1]


def test_a_word_that_is_typed_both_ways_counts_in_full() -> None:
    """A misspelling beside the right word takes nothing from it."""
    index = PassageIndex.build(TEXTS)
    assert index.search("Istanbul Istambul") == index.search("Istanbul")


@pytest.mark.parametrize("word", ["bicycle", "pizza", "weather", "python", "guitar", "12345", "Lisbon"])
def test_a_word_of_another_matter_is_missing(word: str) -> None:
    """What is not ours is not bent into ours: it is listed as it was typed, and nothing is found."""
    library, _ = build(ROOT / "knowledge")
    index = PassageIndex.build([passage.plain for _, _, passage in library.passages()])
    for typed in (word, word.upper(), f"the {word}?"):
        query = index.parse(typed)
        assert query.unknown_words == tuple(part for part in tokenize(typed) if part != "the")
        assert (query.term_weights, query.corrections) == ({}, {})
        assert index.search(typed) == []


def test_missing_words_are_listed_as_typed_once_in_order() -> None:
    """Each word that stands nowhere is listed in its first spelling, in the order of the question."""
    query = plain(TEXTS).parse("Did the Bicycle or a Café-owner's bicycles stop the ceasefire? cafe")
    assert query.unknown_words == ("Bicycle", "Café", "owner's", "stop")
    assert query.term_weights == {"ceasefir": 1.0}


def test_a_missing_word_lowers_what_is_attained() -> None:
    """The attainable score grows with every word that is asked for, found or not; no text exceeds it."""
    index = PassageIndex.build(TEXTS)
    short, long = index.parse("ceasefire"), index.parse("ceasefire bicycle")
    assert index.retrieve(short) == index.retrieve(long)
    assert index.retrieve(short)[0][1] < short.max_score < long.max_score


def test_the_united_states_are_not_us() -> None:
    """An abbreviation of the country finds it, in capitals or with points; the pronoun does not."""
    index = PassageIndex.build(["The U.S. agreed.", "They told us everything about grain."])
    assert [numbers(index, question) for question in ("USA", "US", "u.s.", "usa")] == [[0]] * 4
    assert numbers(index, "us") == []


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


def test_sentences_are_told_apart_by_what_they_alone_say() -> None:
    """The sentence that holds the question's word scores highest; one without any scores zero."""
    index = plain(["", "Grain left. Oil fell and grain rose. Coal sank.", "Oil."])
    scores = index.sentence_scores(1, index.parse("oil and grain"))
    assert scores.dtype == np.float64
    assert scores.shape == (3,)
    assert np.argmax(scores) == 1
    assert scores[2] == 0
    assert index.sentence_scores(0, index.parse("oil")).shape == (0,)


@pytest.mark.parametrize("question", ["oil and grain", "When did coal sink?", "how many ships carried grain?", "xyzzy"])
def test_the_sentences_of_several_passages_score_as_of_each_alone(question: str) -> None:
    """Which passages are looked at together does not count, nor in which order, nor whether one of them is empty."""
    index = plain(
        ["Grain left early. Oil fell by 3 and 40 ships carried grain.", "", "Oil. Coal sank on 3 May.", "Oil."]
    )
    query = index.parse(question)
    together = index.score_sentences([2, 0, 1, 3], query)
    assert [scores.tolist() for scores in together] == [
        index.sentence_scores(number, query).tolist() for number in (2, 0, 1, 3)
    ]
    assert [len(scores) for scores in together] == [2, 2, 0, 1]


@given(collections, sentences)
@settings(deadline=None)
def test_exactly_the_texts_that_share_a_term_are_found(texts: list[str], question: str) -> None:
    """Law: a text that matches stands before one that does not, which is never found; scores are finite, above zero."""
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
    collections, sentences, st.sampled_from(["", "Bicycles rust.", "Guitars. Violins. Trumpets."]), st.integers(0, 8)
)
@settings(deadline=None)
def test_an_unrelated_text_takes_nothing_away(texts: list[str], question: str, unrelated: str, place: int) -> None:
    """Law: what was found is found still when a text on another matter comes in, wherever it stands."""
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


@given(st.lists(any_text, min_size=1, max_size=5), st.data())
@settings(deadline=None)
def test_a_text_is_found_by_its_own_words(texts: list[str], data: st.DataObject) -> None:
    """Law: a text asked for by itself is found, misses nothing and needs no correction, if it has a term."""
    text = data.draw(st.sampled_from(texts))
    index = plain(texts)
    # Line by line: a full stop at which a sentence was cut may stand between initials.
    text_read = "\n".join(text[a:b] for a, b in split_sentences(text, "en"))
    query = index.parse(text_read)
    assert (query.unknown_words, query.corrections) == ((), {})
    assert (texts.index(text) in numbers(index, text_read)) == bool(index.analyzer.analyze(text_read))


def test_a_process_finds_as_every_other() -> None:
    """The order does not hang on the seed of Python's hashes."""
    program = (
        "from bot.search import PassageIndex\n"
        "index = PassageIndex.build(['Forces left. Grain.', 'Forced to leave. Oil.', 'Grain. Oil.', 'Oil. Grain.'])\n"
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
    """Among three thousand texts with much in common every one is found first by what it alone says (seeded)."""
    chance = random.Random(11)  # noqa: S311 (no secret)
    shared = ["grain", "ships", "oil", "banks", "talks", "truce"]
    texts = [f"{chance.choice(shared)} {chance.choice(shared)} n{number:04}." for number in range(3_000)]
    index = PassageIndex.build(texts)
    assert all(numbers(index, f"what about n{number:04}", 1) == [number] for number in range(0, 3_000, 50))


ENVOYS = [
    SynonymGroup("same", ("envoy", "emissary")),
    SynonymGroup("close", ("envoy", "diplomat")),
    SynonymGroup("kinds", ("leader", "president", "monarch")),
    SynonymGroup("forms", ("sink", "sank", "sunk")),
    SynonymGroup("same", ("turn down", "reject")),
]
ARRIVALS = ["The diplomat arrived.", "The emissary arrived.", "The envoy arrived.", "The president slept."]


def test_the_word_itself_is_better_than_same_and_same_than_close() -> None:
    """A text with the word asked for comes first, then one with another word for it, then one that is close."""
    hits = plain(ARRIVALS, groups=ENVOYS).search("Did the envoy come?")
    assert [number for number, _ in hits] == [2, 1, 0]
    assert hits[0][1] > hits[1][1] > hits[2][1] > 0


def test_a_synonym_that_is_found_is_not_missing() -> None:
    """What stands there under another name is not listed as missing, and is no correction."""
    query = plain(ARRIVALS[:1], groups=ENVOYS).parse("envoy")
    assert (query.unknown_words, query.corrections, query.term_weights) == ((), {}, {"diplomat": 0.35})
    assert plain(ARRIVALS[:1]).parse("envoy").unknown_words == ("envoy",)


def test_a_general_word_finds_special_ones_and_not_the_other_way_round() -> None:
    """Who asks for a leader finds the president; who asks for the monarch does not."""
    index = plain([*ARRIVALS, "A leader slept."], groups=ENVOYS)
    assert numbers(index, "leader") == [4, 3]
    assert numbers(index, "president") == [3]
    assert numbers(index, "monarch") == []
    assert index.parse("monarch").unknown_words == ("monarch",)


def test_all_shapes_of_a_word_find_the_same() -> None:
    """An irregular form counts as much as the word that stands there."""
    index = plain(["The ship sank.", "The ship sailed."], groups=ENVOYS)
    assert index.search("sink") == index.search("sunk") == index.search("sank") != []
    assert numbers(index, "Did the ship sink?") == [0, 1]


def test_a_phrase_is_asked_for_and_found_as_one() -> None:
    """With its stop words: who asks what was turned down finds what was rejected, and no page that was turned."""
    index = plain(["They turned the page.", "They rejected it.", "It was turned down."], groups=ENVOYS)
    assert numbers(index, "Was it turned down?")[:2] == [2, 1]
    assert 0 not in numbers(index, "Was it turned down?")
    assert numbers(index, "rejected?") == [1, 2]


def test_the_own_thesaurus_is_there_unless_told_otherwise() -> None:
    """People ask in words of their own."""
    texts = ["The mayor refused the plan.", "The ceasefire held."]
    assert numbers(PassageIndex.build(texts), "Who turned down the plan?")[0] == 0
    assert numbers(PassageIndex.build(texts), "truce") == [1]
    assert numbers(plain(texts), "truce") == []


def test_an_editors_groups_are_added() -> None:
    """Beside the program's own, and of this collection only."""
    texts = ["The Wellenbrecher opened.", "The ceasefire held."]
    groups = (*read_builtin_groups("en"), SynonymGroup("same", ("Wellenbrecher", "the big pub")))
    index = plain(texts, groups=groups)
    assert numbers(index, "When does the Big Pub open?")[0] == 0
    assert numbers(index, "truce") == [1]
    assert numbers(PassageIndex.build(texts), "big pub") == []


BRIDGES = ["The bridge at Lisk was opened by a mayor.", "The bridge at Lisk was opened in 1911."]


def test_a_date_is_wanted_by_when() -> None:
    """Of two passages that are alike the dated one is better, and only of the other it is said that it does not fit."""
    hits = hits_of(PassageIndex.build(BRIDGES), "When did the bridge at Lisk open?")
    assert hits[1].score > hits[0].score
    assert {number: hit.has_answer_type for number, hit in hits.items()} == {0: False, 1: True}


@pytest.mark.parametrize(
    "question", ["How was the bridge at Lisk opened?", "bridge lisk opened", "the day when the bridge opened"]
)
def test_where_no_kind_is_known_everything_fits(question: str) -> None:
    """Of a question of another form nothing is held against a passage."""
    hits = hits_of(PassageIndex.build(BRIDGES), question)
    assert all(hit.has_answer_type for hit in hits.values())
    assert hits[0].score == hits[1].score


def test_what_the_question_names_itself_answers_nothing() -> None:
    """The year that is asked about is not the date that is asked for."""
    hits = hits_of(PassageIndex.build(BRIDGES), "When was the bridge of 1911 at Lisk opened?")
    assert not hits[1].has_answer_type


def test_a_number_is_wanted_near_to_what_is_counted() -> None:
    """Twelve days are no number of ships."""
    index = PassageIndex.build(
        [
            "Ships carried grain through stormy weather across the wide sea during twelve days.",
            "Of the ships some carried grain.",
            "Twelve ships carried grain.",
        ]
    )
    hits = hits_of(index, "How many ships carried grain?")
    assert {number: hit.has_answer_type for number, hit in hits.items()} == {0: False, 1: False, 2: True}
    assert max(hits, key=lambda number: hits[number].score) == 2


def test_a_name_is_wanted_by_who() -> None:
    """A word that is written large inside sentences is a name."""
    hits = hits_of(PassageIndex.build(["Nobody opened it.", "It was opened by Okoro."]), "Who opened it?")
    assert {number: hit.has_answer_type for number, hit in hits.items()} == {0: False, 1: True}


@pytest.mark.parametrize(
    "question",
    ["What did Guterres say of the deal?", "Did António Erdogan praise the deal?", "zelenskyy about the deal"],
)
def test_names_that_are_not_there_are_told(question: str) -> None:
    """The share of what is asked for that are names which a passage does not hold: 0 to 1."""
    hits = hits_of(PassageIndex.build(["Guterres praised the deal.", "Nobody praised the deal."]), question)
    assert 0 < hits[1].missing_name_share <= 1
    assert (hits[0].missing_name_share == 0) == ("Guterres" in question)


def test_a_common_word_that_is_not_there_is_no_name() -> None:
    """It is missing, and nothing more."""
    index = PassageIndex.build(["Guterres praised the deal.", "Nobody praised the deal."])
    assert index.parse("bicycle deal").unknown_words == ("bicycle",)
    assert {hit.missing_name_share for hit in hits_of(index, "bicycle deal").values()} == {0.0}


def test_a_name_in_the_question_is_found_first() -> None:
    """Of two passages that share as many words, that which holds the name is better."""
    index = PassageIndex.build(["The harbour flooded.", "Lisk flooded.", "The weather changed. The harbour stood."])
    assert numbers(index, "harbour of Lisk")[0] == 1


def test_a_word_is_mended_to_an_ordinary_word_only_for_its_synonyms() -> None:
    """What is nearer to an ordinary word is taken for that where the collection has another word for it."""
    pact = [SynonymGroup("same", ("contract", "pact"))]
    index = plain(["It contrasts.", "The pact was signed."], groups=pact)
    assert index.parse("contraxt").corrections == {"contraxt": "contract"}
    assert numbers(index, "contraxt") == [1]
    query = plain(["It contrasts.", "The pact was signed."]).parse("contraxt")
    assert (query.corrections, query.unknown_words) == ({}, ("contraxt",))


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


many = st.lists(
    st.sampled_from(
        "ceasefire truce armistice ships vessels sank sunk leader president Kyiv Lisk 1911 twelve March the UN".split()
        + "turned down,refused,United Nations".split(",")
    ),
    max_size=8,
    unique=True,
).map(" ".join)
openings = st.sampled_from(["", "When did", "How many", "Who", "where was", "why"])


@given(
    st.lists(st.lists(many, min_size=1, max_size=3), min_size=1, max_size=4),
    openings,
    many,
    st.lists(st.booleans(), min_size=4, max_size=4),
)
@settings(deadline=None)
def test_hits_are_sound_whatever_stands_for_what(
    texts: list[list[str]], opening: str, question: str, titled: list[bool]
) -> None:
    """Law: with the thesaurus too, scores are above zero and fall, ties by number, and shares are shares."""
    titles = [text[0] if has_title else "" for text, has_title in zip(texts, titled, strict=False)]
    index = PassageIndex(texts, titles)
    query = index.parse(f"{opening} {question}")
    hits = index.retrieve(query)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.passage))
    assert all(np.isfinite(hit.score) and hit.score > 0 for hit in hits)
    assert all(-1e-9 <= hit.missing_name_share <= 1 + 1e-9 for hit in hits)
    assert hits == index.retrieve(index.parse(f"{opening} {question}"))
    together = index.score_sentences(range(len(texts)), query)
    for number, text in enumerate(texts):
        scores = index.sentence_scores(number, query)
        assert scores.shape == (len(text),)
        assert np.isfinite(scores).all()
        assert scores.tolist() == together[number].tolist()


@pytest.mark.parametrize(
    ("texts", "question"),
    [
        (["Oil grain " * 8, "Ships left."], "oil grain"),
        (
            [
                "Ships carried grain through stormy weather across the wide sea during twelve days.",
                "Twelve ships carried grain.",
                "Of the ships some carried grain.",
            ],
            "How many ships carried grain?",
        ),
    ],
    ids=["refrain", "fits"],
)
def test_no_more_than_what_can_be_attained_is_attained(texts: list[str], question: str) -> None:
    """Neither a refrain nor a passage that fits exceeds what confidence is measured against."""
    index = PassageIndex.build(texts)
    query = index.parse(question)
    assert index.retrieve(query)[0].score <= query.max_score


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The prisoners went home after the war.", "prisoners of war"),
        ("The ministry for the defence of the realm was closed.", "Why was the ministry of defence closed?"),
        ("The president declared an emergency.", "Who declared a state of emergency?"),
    ],
)
def test_a_phrase_is_found_by_its_words(text: str, question: str) -> None:
    """What stands there apart is not called missing."""
    assert PassageIndex.build([text]).parse(question).unknown_words == ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What year did the ferry sink?", "The ferry sank in 1911."),
        ("When did the ferry sink?", "The ferry sank on Monday."),
        ("When did the ferry sink?", "The ferry sank on 3 March."),
        ("When did the ferry sink?", "The ferry sank on 3 May."),
        ("How many sailors died?", "Some 1,500 sailors died."),
        ("How many sailors died?", "Twelve sailors died."),
        ("What time does the ferry leave?", "The ferry leaves at six."),
        ("When did the ferry leave?", "The ferry left at 9:30."),
        ("When did the smith live here?", "The smith lived here in the 1990s."),
        ("How many sailors died?", "Some 2000 sailors died."),
        ("How many sailors died?", "Only one sailor died."),
    ],
)
def test_what_is_of_the_kind_fits(question: str, text: str) -> None:
    """A time of day is a when, a decade too; any number is a how many."""
    assert hits_of(PassageIndex.build([text]), question)[0].has_answer_type


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("Zelinski", ["Zelenskyy"]),
        ("zelinski", ["Zelenskyy"]),
        ("ERDAGON", ["Erdoğan"]),
        ("negoxxiatons", ["negotiations"]),
        ("chornxmoxkk", ["Chornomorsk"]),
    ],
)
def test_a_suggestion_stands_there_as_the_texts_have_it(typed: str, likely: list[str]) -> None:
    """With its capitals and accents, without a possessive ending, as inside sentences, or else as in the title."""
    texts = ["Negotiations. Negotiations went on: Zelenskyy’s negotiations. It was Erdoğan's idea. Erdoğan spoke."]
    assert PassageIndex.build(texts, ["ZELENSKYY, NEGOTIATIONS AND Chornomorsk"]).suggest_spellings(typed) == likely


def test_two_forms_of_a_word_are_one_suggestion() -> None:
    """What is suggested are different words, two at most."""
    index = PassageIndex.build(["The dredgings, a dredging and a drudgynky."])
    assert index.suggest_spellings("drxdgyngx") == ["dredging", "drudgynky"]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("Zelenskyy", "it stands there"),
        ("Zelenskyi", "it is corrected"),
        ("the", "it is a stop word"),
        ("doughnuts", "it is an ordinary word"),
        ("Zelinski deal", "it is two words"),
        ("2014", "it has no letters"),
        ("?!", "it is no word"),
        ("", "it is none"),
    ],
)
def test_where_nothing_is_to_be_suggested_nothing_is(word: str, why: str) -> None:
    """A suggestion is for a word that is missing and may have been misspelt."""
    assert PassageIndex.build(["Zelenskyy broke the ceasefire of 2015. The doughnut."]).suggest_spellings(word) == [], (
        why
    )


def test_what_stands_there_under_another_name_needs_no_suggestion() -> None:
    """Though a word is near that would be suggested otherwise."""
    text = "The president met Zelenskyy."
    assert plain([text]).suggest_spellings("Zelinsko") == ["Zelenskyy"]
    assert plain([text], groups=[SynonymGroup("same", ("president", "Zelinsko"))]).suggest_spellings("Zelinsko") == []


def test_misspelt_words_of_the_articles_are_suggested() -> None:
    """Of long words with two errors that are not corrected three in four are among the two, with three errors half."""
    index, chance = _shipped(), random.Random(4)  # noqa: S311 (no secret)
    words = sorted(
        {word for word in _words_of(KNOWLEDGE) if len(word) >= 6 and word.isalpha() and index.analyzer.term(word)}
    )
    for errors, least in ((2, 0.75), (3, 0.5)):
        typed = [(_misspell(word, errors, chance), word) for word in chance.sample(words, 400)]
        missing = [(wrong, word) for wrong, word in typed if wrong in index.parse(wrong).unknown_words]
        right = [
            index.analyzer.term(word) in map(index.analyzer.term, index.suggest_spellings(wrong))
            for wrong, word in missing
        ]
        assert len(right) > 100
        assert sum(right) >= least * len(right)


def test_for_ordinary_words_nothing_silly_is_suggested() -> None:
    """Of words of ordinary English that the articles lack hardly any gets a suggestion."""
    index = _shipped()
    lacking = [word for word in sorted(frequencies_of("en").words) if word in index.parse(word).unknown_words]
    chosen = random.Random(5).sample(lacking, 1_000)  # noqa: S311 (no secret)
    assert sum(bool(index.suggest_spellings(word)) for word in chosen) <= 10


@given(texts=collections, question=any_question | st.text("abcdeinorst ", max_size=60))
@settings(deadline=None)
def test_what_is_missing_weighs_what_is_left(texts: list[str], question: str) -> None:
    """Law: what is found and what is missing make up all that is asked for; what is suggested stands there."""
    index = PassageIndex.build(texts)
    query = index.parse(question)
    missing = [index.unknown_word_weight(query.corrections.get(word, word)) for word in query.unknown_words]
    assert sum(concept.weight for concept in query.concepts) + sum(missing) == pytest.approx(query.total_weight)
    stands_there = {word for text in texts for word in tokenize(text)}
    assert all(set(index.suggest_spellings(word)) <= stands_there for word in query.unknown_words)


def _shipped() -> PassageIndex:
    passages = [passage for _, _, passage in build(KNOWLEDGE)[0].passages()]
    return PassageIndex([[sentence.plain for sentence in passage.sentences] for passage in passages])


def _words_of(folder: Path) -> list[str]:
    return [word for _, _, passage in build(folder)[0].passages() for word in tokenize(passage.plain)]


def _misspell(word: str, errors: int, chance: random.Random) -> str:
    """Leave out, put in, change or swap letters anywhere."""
    for _ in range(errors):
        at, letter = chance.randrange(len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
        before, here, after = word[:at], word[at], word[at + 1 :]
        word = before + chance.choice([after, letter + here + after, letter + after, after[:1] + here + after[1:]])
    return word


def test_what_was_packed_answers_as_before() -> None:
    """An index that is made again of its arrays finds, mends, weighs and suggests as the first one did."""
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
    """Law: all that is made anew of it has the same bits; texts without words, or without sentences, do no harm."""
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


PACKED = PassageIndex.build(TEXTS, [f"Title {number}\nHarbour" for number in range(len(TEXTS))]).pack()
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
    """A text that another one's list leads to is noticed, though every list is in order and every sum is the same."""
    other = PassageIndex.build([*TEXTS[1:], TEXTS[0]], [f"Title {number}\nHarbour" for number in (1, 2, 3, 0)]).pack()
    postings = {name: other[name] for name in ("list_sizes", "texts", "counts")}
    assert [values.shape for values in postings.values()] == [PACKED[name].shape for name in postings]
    with pytest.raises(DamagedError, match="postings of other passages"):
        PassageIndex.unpack({**PACKED, **postings})


def test_no_word_is_mended_to_a_stop_word() -> None:
    """What would be looked up nowhere is no correction, however near it is: the word is missing."""
    query = PassageIndex.build(["The ferry to Malta costs six dollars."]).parse("Does the ferry leave afterwords?")
    assert not query.corrections
    assert "afterwords" in query.unknown_words
