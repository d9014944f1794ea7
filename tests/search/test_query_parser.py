"""How a question is understood: concepts, corrections, synonyms, unknown words, suggestions."""

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_collections import KNOWLEDGE, ROOT, TEXTS, any_question, collections, numbers, plain

from bot.articles.library import build
from bot.search import PassageIndex
from bot.search.analysis.synonyms import SynonymGroup, read_builtin_groups
from bot.search.analysis.tokens import tokenize
from bot.search.analysis.word_frequencies import frequencies_of
from bot.search.answer_type import AnswerType
from bot.search.query_parser import MAX_TERMS

ENVOYS = [
    SynonymGroup("same", ("envoy", "emissary")),
    SynonymGroup("close", ("envoy", "diplomat")),
    SynonymGroup("kinds", ("leader", "president", "monarch")),
    SynonymGroup("forms", ("sink", "sank", "sunk")),
    SynonymGroup("same", ("turn down", "reject")),
]
ARRIVALS = [
    "The diplomat arrived.",
    "The emissary arrived.",
    "The envoy arrived.",
    "The president slept.",
]


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
    [
        "x" * 1_000_000,
        "'" * 1_000_000,
        "1," * 500_000,
        "a." * 500_000,
        "谈" * 1_000_000,
        "e\u0301" * 500_000,
    ],
)
def test_a_question_of_a_million_characters_is_no_work(question: str) -> None:
    """What a long question says never grows beyond 4,000 characters."""
    query = PassageIndex.build(TEXTS).parse(question)
    assert query.term_weights == {}
    assert sum(map(len, query.unknown_words)) <= 4_001


ASKED = st.lists(
    st.sampled_from(
        ["envoy", "diplomat", "emissary", "leader", "president", "slept", "the", "who"]
    ),
    max_size=9,
).map(" ".join)


@given(ASKED)
@example("envoy")
@example("envoy emissary leader arrived")
def test_arrays_say_what_concepts_say(question: str) -> None:
    """Law: also where several concepts have the same variant."""
    index = plain(ARRIVALS, groups=[*ENVOYS, SynonymGroup("close", ("emissary", "diplomat"))])
    query = index.parse(question)
    encoded, concepts = query.encoded, query.concepts
    terms = list(dict.fromkeys(term for concept in concepts for term in concept.variants))
    by_term = {term: [concept.variants.get(term, 0.0) for concept in concepts] for term in terms}
    assert encoded.shares.tolist() == [[0.0] * len(concepts), *by_term.values()]
    weights = [concept.weight for concept in concepts]
    assert encoded.concept_weights.tolist() == weights
    assert encoded.weight == pytest.approx(sum(weights))
    for row, shares in enumerate(by_term.values(), 1):
        weighed = [share * weight for share, weight in zip(shares, weights, strict=True)]
        assert encoded.row_weights[row] == pytest.approx(max(weighed))
        assert weighed[encoded.row_concepts[row]] == max(weighed)
        idf = index._passages.idf_of(encoded.term_ids[row - 1 : row])  # noqa: SLF001
        assert encoded.term_weights[row - 1] == pytest.approx(sum(weighed) / idf[0])
    for concept in concepts:
        variants = concept.variants
        assert variants.shares.tolist() == list(variants.values())
        assert variants.has_party == variants.is_party.any()


def test_only_the_rarest_terms_weigh() -> None:
    """Of 10,000 different words in a question at most 64 weigh."""
    vocabulary = [f"w{number:04}" for number in range(10_000)]
    index = PassageIndex.build(
        [" ".join(vocabulary[at : at + 100]) for at in range(0, 10_000, 100)]
    )
    question = " ".join(vocabulary)
    assert len(index.parse(question).term_weights) == MAX_TERMS == 64
    assert len(index.search(question)) > 0


def test_the_rarest_terms_are_kept() -> None:
    """Words that stand in one text each are kept before those that stand in two; of equals, the
    first typed.
    """
    rare, common = (
        [f"r{number:02}" for number in range(80)],
        [f"c{number:02}" for number in range(80)],
    )
    index = PassageIndex.build([" ".join(common + rare), " ".join(common)])
    assert list(index.parse(" ".join(common + rare)).term_weights) == rare[:64]
    assert list(index.parse(" ".join(common + rare[:10])).term_weights) == rare[:10] + common[:54]


def test_of_unknown_words_the_first_are_compared() -> None:
    """Of many words that stand nowhere 32 are corrected, so that a long question does not cost
    more.
    """
    vocabulary = [
        f"{first}{second}{first}{second}vwxyz" for first in "abcdefgh" for second in "klmnopqr"
    ]
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


@pytest.mark.parametrize(
    ("typed", "is_corrected"),
    [("contrackts", True), ("kontracts", True), ("disccord", True), ("discworld", False)],
)
def test_no_guess_is_made_upon_a_guess(typed: str, *, is_corrected: bool) -> None:
    """Two letters may be wrong of a word that is there, and one of a word that often means what is
    there; with two, it is a word of its own.
    """
    index = PassageIndex.build(["The contracts ended the dispute."])
    query = index.parse(typed)
    assert bool(query.corrections) == is_corrected
    assert bool(query.unknown_words) != is_corrected


def test_the_us_is_a_country() -> None:
    """In small letters, too; the pronoun is looked for nowhere."""
    index = PassageIndex.build(["The United States have said so.", "They met."])
    assert numbers(index, "what did the us say") == [0]
    assert index.parse("what did they tell us").concepts == ()


def test_a_name_that_is_known_elsewhere_is_not_corrected() -> None:
    """It is a name in small letters, too, and missing where it is not there."""
    index = PassageIndex.build(["They met in the east.", "The Korean War ended."])
    query = index.parse("is asean the same")
    assert (query.unknown_words, query.corrections) == (("asean",), {})
    assert query.missing_name_weight > 0
    (korean,) = (one for one in index.parse("the korean peace").concepts if one.word == "korean")
    assert korean.is_name


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


@pytest.mark.parametrize(
    "word", ["bicycle", "pizza", "weather", "python", "guitar", "12345", "Lisbon"]
)
def test_a_word_of_another_matter_is_missing(word: str) -> None:
    """What is not ours is not bent into ours: it is listed as it was typed, and nothing is
    found.
    """
    library, _ = build(ROOT / "knowledge")
    index = PassageIndex.build([passage.plain for _, _, passage in library.passages()])
    for typed in (word, word.upper(), f"the {word}?"):
        query = index.parse(typed)
        assert query.unknown_words == tuple(part for part in tokenize(typed) if part != "the")
        assert (query.term_weights, query.corrections) == ({}, {})
        assert index.search(typed) == []


def test_missing_words_are_listed_as_typed_once_in_order() -> None:
    """Each word that stands nowhere is listed in its first spelling, in the order of the
    question.
    """
    query = plain(TEXTS).parse(
        "Did the Bicycle or a Café-owner's bicycles stop the ceasefire? cafe"
    )
    assert query.unknown_words == ("Bicycle", "Café", "owner's", "stop")
    assert query.term_weights == {"ceasefir": 1.0}


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("when did the monks found their abbey", "founde"),
        ("who wanted to found the abbey", "founde"),
        ("who found the abbey", "find"),
        ("did they say who found it", "find"),
        ("where did they keep the thing the farmer found", "find"),
        ("did the two monks found it", "founde"),
        ("what was to be found in the abbey", "find"),
    ],
)
def test_found_is_a_base_form_or_a_past(question: str, term: str) -> None:
    """Behind "did" and "to" it is what is done with an abbey, elsewhere what is done with keys."""
    index = PassageIndex.build(["The monks founded an abbey.", "The keys were found."])
    terms = [concept.term for concept in index.parse(question).concepts]
    assert [one for one in terms if one in ("founde", "find")] == [term]


def test_an_american_is_of_the_united_states() -> None:
    """With an article or without: "the American cars" are not those of the New World."""
    index = PassageIndex.build(["Cars of the United States.", "The New World has cars."])
    (concept,) = [one for one in index.parse("the American cars").concepts if one.is_name]
    assert concept.word == "American"
    assert concept.variants["unit state"] > concept.variants.get("new world", 0)


def test_what_is_described_is_found_by_other_words_too() -> None:
    """A term of one or two words is not defined by what often means the same; a description is."""
    index = PassageIndex.build(["The usual protection of a British defence.", "The British."])
    ((named,), (described,)) = [
        [one for one in index.parse(question).concepts if one.term == "defend"]
        for question in ("what is defense", "what was normal British defense")
    ]
    assert "protect" not in named.variants
    assert "protect" in described.variants


def test_the_united_states_are_not_us() -> None:
    """An abbreviation of the country finds it, in capitals or with points; the pronoun does not."""
    index = PassageIndex.build(["The U.S. agreed.", "They told us everything about grain."])
    assert [numbers(index, question) for question in ("USA", "US", "u.s.", "usa")] == [[0]] * 4
    assert numbers(index, "us") == []


def test_the_word_itself_is_better_than_same_and_same_than_close() -> None:
    """A text with the word asked for comes first, then one with another word for it, then one that
    is close.
    """
    hits = plain(ARRIVALS, groups=ENVOYS).search("Did the envoy come?")
    assert [number for number, _ in hits] == [2, 1, 0]
    assert hits[0][1] > hits[1][1] > hits[2][1] > 0


def test_a_synonym_that_is_found_is_not_missing() -> None:
    """What stands there under another name is not listed as missing, and is no correction."""
    query = plain(ARRIVALS[:1], groups=ENVOYS).parse("envoy")
    assert (query.unknown_words, query.corrections, query.term_weights) == (
        (),
        {},
        {"diplomat": 0.35},
    )
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
    """With its stop words: who asks what was turned down finds what was rejected, and no page that
    was turned.
    """
    index = plain(
        ["They turned the page.", "They rejected it.", "It was turned down."], groups=ENVOYS
    )
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


def test_a_word_is_mended_to_an_ordinary_word_only_for_its_synonyms() -> None:
    """What is nearer to an ordinary word is taken for that where the collection has another word
    for it.
    """
    pact = [SynonymGroup("same", ("contract", "pact"))]
    index = plain(["It contrasts.", "The pact was signed."], groups=pact)
    assert index.parse("contraxt").corrections == {"contraxt": "contract"}
    assert numbers(index, "contraxt") == [1]
    query = plain(["It contrasts.", "The pact was signed."]).parse("contraxt")
    assert (query.corrections, query.unknown_words) == ({}, ("contraxt",))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The prisoners went home after the war.", "prisoners of war"),
        (
            "The ministry for the defence of the realm was closed.",
            "Why was the ministry of defence closed?",
        ),
        ("The president declared an emergency.", "Who declared a state of emergency?"),
    ],
)
def test_a_phrase_is_found_by_its_words(text: str, question: str) -> None:
    """What stands there apart is not called missing."""
    assert PassageIndex.build([text]).parse(question).unknown_words == ()


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("Coubrakov", ["Kubrakov"]),
        ("coubrakov", ["Kubrakov"]),
        ("ERDAGON", ["Erdoğan"]),
        ("negoxxiatons", ["negotiations"]),
        ("chornxmoxkk", ["Chornomorsk"]),
    ],
)
def test_a_suggestion_stands_there_as_the_texts_have_it(typed: str, likely: list[str]) -> None:
    """With its capitals and accents, without a possessive ending, as inside sentences, or else as
    in the title.
    """
    texts = [
        (
            "Negotiations. Negotiations went on: Kubrakov’s negotiations. It was Erdoğan's "
            "idea. Erdoğan spoke."
        )
    ]
    assert (
        PassageIndex.build(texts, ["KUBRAKOV, NEGOTIATIONS AND Chornomorsk"]).suggest_spellings(
            typed
        )
        == likely
    )


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
    assert (
        PassageIndex.build(
            ["Zelenskyy broke the ceasefire of 2015. The doughnut."]
        ).suggest_spellings(word)
        == []
    ), why


def test_what_stands_there_under_another_name_needs_no_suggestion() -> None:
    """Though a word is near that would be suggested otherwise."""
    text = "The president met Kubrakov."
    assert plain([text]).suggest_spellings("Coubrakov") == ["Kubrakov"]
    assert (
        plain([text], groups=[SynonymGroup("same", ("president", "Coubrakov"))]).suggest_spellings(
            "Coubrakov"
        )
        == []
    )


def test_misspelt_words_of_the_articles_are_suggested() -> None:
    """Of long words with two errors that are not corrected three in four are among the two, with
    three errors half.
    """
    index, chance = _shipped(), random.Random(4)  # noqa: S311 (no secret)
    words = sorted(
        {
            word
            for word in _words_of(KNOWLEDGE)
            if len(word) >= 6 and word.isalpha() and index.analyzer.term(word)
        }
    )
    for errors, least in ((2, 0.75), (3, 0.5)):
        typed = [(_misspell(word, errors, chance), word) for word in chance.sample(words, 400)]
        missing = [
            (wrong, word) for wrong, word in typed if wrong in index.parse(wrong).unknown_words
        ]
        right = [
            index.analyzer.term(word) in map(index.analyzer.term, index.suggest_spellings(wrong))
            for wrong, word in missing
        ]
        assert len(right) > 100
        assert sum(right) >= least * len(right)


@pytest.mark.slow
def test_for_ordinary_words_nothing_silly_is_suggested() -> None:
    """Of words of ordinary English that the articles lack hardly any gets a suggestion."""
    index = _shipped()
    lacking = [
        word
        for word in sorted(frequencies_of("en").words)
        if word in index.parse(word).unknown_words
    ]
    chosen = random.Random(5).sample(lacking, 1_000)  # noqa: S311 (no secret)
    assert sum(bool(index.suggest_spellings(word)) for word in chosen) <= 10


@given(texts=collections, question=any_question | st.text("abcdeinorst ", max_size=60))
@settings(deadline=None)
def test_what_is_missing_weighs_what_is_left(texts: list[str], question: str) -> None:
    """Law: what is found and what is missing make up all that is asked for; what is suggested
    stands there.
    """
    index = PassageIndex.build(texts)
    query = index.parse(question)
    missing = [
        index.unknown_word_weight(query.corrections.get(word, word)) for word in query.unknown_words
    ]
    assert sum(concept.weight for concept in query.concepts) + sum(missing) == pytest.approx(
        query.total_weight
    )
    stands_there = {word for text in texts for word in tokenize(text)}
    assert all(set(index.suggest_spellings(word)) <= stands_there for word in query.unknown_words)


@pytest.mark.parametrize(
    "word", "betwen waht teh abuot whcih becuase doesnt dosnt thier wtih afterwrds jsut".split()
)
def test_a_misspelt_stop_word_asks_for_nothing(word: str) -> None:
    """It stands nowhere, and is neither missing nor a name; nobody is told of its spelling."""
    index = PassageIndex.build(["The ferry to Malta costs six dollars."])
    query = index.parse(f"{word} the ferry")
    assert [concept.word for concept in query.concepts] == ["ferry"]
    assert not query.unknown_words
    assert not query.corrections
    assert query.max_score == index.parse("the ferry").max_score


def test_a_misspelt_question_word_asks_for_the_same() -> None:
    """What is asked for is told by the word that was meant."""
    index = PassageIndex.build(["The ferry to Malta leaves in June."])
    assert index.parse("wehn did the ferry leave").answer_type == AnswerType.DATE


@pytest.mark.parametrize("word", ["rpg", "pw", "pdf", "brb"])
def test_short_words_in_small_letters_are_no_missing_names(word: str) -> None:
    """Slang and abbreviations are unknown words, but nobody's name."""
    query = PassageIndex.build(["The ferry to Malta costs six dollars."]).parse(f"{word} the ferry")
    assert query.missing_name_weight == 0
    assert query.unknown_words == (word,)


NAMES = ["getUserById", "get_user_by_id", "GET_USER_BY_ID", "getuserbyid"]


@pytest.mark.parametrize("written", NAMES[:3])
@pytest.mark.parametrize("asked", [*NAMES, "get user by id", "get-user-by-id"])
def test_a_compound_name_is_found_however_it_is_written(written: str, asked: str) -> None:
    """By its parts, and as a whole."""
    texts = ["The garden is long.", f"Call {written} with a number.", "Deleting takes long."]
    assert [number for number, _ in PassageIndex.build(texts).search(asked)] == [1]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (
            "parseHTTPResponse",
            ["parse_http_response", "http response", "parsehttpresponse", "PARSE_HTTP_RESPONSE"],
        ),
        (
            "NullPointerException",
            ["null pointer", "nullpointerexception", "null_pointer_exception"],
        ),
        ("MAX_UPLOAD_SIZE", ["maxUploadSize", "upload size", "maxuploadsize"]),
        ("Node.js", ["node.js", "nodejs", "node", "NodeJS"]),
        ("ASP.NET", ["asp.net", "ASP.NET", "asp", "aspnet"]),
        ("config.yaml", ["config.yaml", "config", "yaml"]),
        ("v1.82", ["v1.82", "1.82", "V1.82"]),
        (".env", [".env", "env"]),
        ("C++", ["C++", "c++"]),
        ("C#", ["C#", "c#"]),
    ],
)
def test_names_with_marks_are_found_as_written_and_by_their_parts(
    written: str, asked: list[str]
) -> None:
    """Another name that shares a part of it is not found first."""
    index = PassageIndex.build(
        ["Cats sleep.", f"We like {written} best.", "Dogs bark.", "C is old.", "Use other.js."]
    )
    for question in asked:
        assert [number for number, _ in index.search(question)][:1] == [1], question


def _shipped() -> PassageIndex:
    passages = [passage for _, _, passage in build(KNOWLEDGE)[0].passages()]
    return PassageIndex(
        [[sentence.plain for sentence in passage.sentences] for passage in passages]
    )


def _words_of(folder: Path) -> list[str]:
    return [
        word for _, _, passage in build(folder)[0].passages() for word in tokenize(passage.plain)
    ]


def _misspell(word: str, errors: int, chance: random.Random) -> str:
    """Leave out, put in, change or swap letters anywhere."""
    for _ in range(errors):
        at, letter = chance.randrange(len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
        before, here, after = word[:at], word[at], word[at + 1 :]
        word = before + chance.choice(
            [after, letter + here + after, letter + after, after[:1] + here + after[1:]]
        )
    return word


@pytest.mark.parametrize(
    "question", ["When did the ceasefyre begin?", "", "¿Qué?", "谈判在哪里", "it's the U.S."]
)
def test_the_tokens_of_a_question_are_kept(question: str) -> None:
    """As they were typed, stop words and misspelt ones too, in order."""
    assert PassageIndex.build(TEXTS).parse(question).tokens == tuple(tokenize(question))


def test_small_words_of_another_language_are_not_missed() -> None:
    """An English question asked of French articles misses its own words there, but no small ones."""
    index = PassageIndex([["Tchap est une messagerie de l'État."]], ["Tchap"], "fr")
    assert index.parse("what is Tchap").unknown_words == ()
    assert index.parse("what is the Tchap submarine").unknown_words == ("submarine",)


def test_small_words_of_another_language_are_not_looked_for() -> None:
    """German "war" is no war, and French "lait" is no misspelt "late"; names may be misspelt."""
    index = PassageIndex([["The war of Marn began late, with a fair."]], ["Marn"])
    assert [one.word for one in index.parse("wann war das mit Marn").concepts] == ["Marn"]
    query = index.parse("comment faire des crêpes sans lait à Marm")
    assert query.corrections == {"Marm": "marn"}


def test_english_small_words_are_not_missed_in_other_articles() -> None:
    """Whoever asks in English of German articles misses what is asked for."""
    index = PassageIndex([["Marn wollte die Mühle behalten."]], ["Mühle"], "de")
    assert index.parse("the submarine Marn").unknown_words == ("submarine",)


def test_what_stands_nowhere_is_missing_of_a_phrase() -> None:
    """Though the other words of the phrase are found as a part of it; a whole phrase misses none."""
    index = PassageIndex.build(["The town council met.", "The prime minister resigned."])
    query = index.parse("security council")
    assert [one.word for one in query.concepts] == ["security council"]
    assert query.unknown_words == ("security",)
    assert index.parse("prime minister").unknown_words == ()


def test_a_word_counts_as_often_as_it_is_typed() -> None:
    """The frequency of a word in a question counts, as in BM25."""
    index = PassageIndex.build(["Oil fell.", "Grain left."])
    assert numbers(index, "oil grain") == [0, 1]
    assert numbers(index, "oil grain grain") == [1, 0]
    (once,), (twice,) = index.parse("oil").concepts, index.parse("oil, oil").concepts
    assert twice.weight == 2 * once.weight


SHIPS = [
    "The password is reset by the harbour master.",
    "Members joined the club last week.",
    "The harbour is closed in winter, and members love it.",
    "Shed B holds the bicycles of members.",
]


@pytest.mark.parametrize(
    "introduction",
    [
        "Hi all, I joined last week and love the club.",
        "Dear members,\n\nmy bicycle club loves winter.",
        "Members of Tortuga told me: winter is closed!",
    ],
)
@pytest.mark.parametrize("farewell", ["", "\nThanks, Priya", " Thank you in advance!"])
def test_an_introduction_does_not_lead_to_another_answer(introduction: str, farewell: str) -> None:
    """The sentence that asks leads; what stands around it is neither missing nor corrected."""
    index = PassageIndex.build(SHIPS)
    question = "How is the password reset?"
    alone = index.parse(question)
    query = index.parse(f"{introduction} {question}{farewell}")
    assert index.retrieve(query)[0].passage == index.retrieve(alone)[0].passage == 0
    assert not query.unknown_words
    assert not query.corrections
    assert query.answer_type == alone.answer_type
    assert query.missing_name_weight == 0


def test_what_stands_around_a_question_tells_equal_passages_apart() -> None:
    """Of two passages with the words of the question that with a word of its context is first."""
    index = PassageIndex.build(["The shed is locked with a key.", "The gate is locked with a key."])
    question = "How is the key locked away?"
    assert numbers(index, question) == [0, 1]
    assert numbers(index, f"I stood before the gate. {question}") == [1, 0]


def test_a_question_that_says_too_little_is_read_with_its_context() -> None:
    """Where no word asks for anything, all words do."""
    index = PassageIndex.build(SHIPS)
    assert numbers(index, "My bicycle is not in shed B. What do I do now?")[:1] == [3]
    assert numbers(index, "It is winter. Will they let me into the harbour?")[:1] == [2]


def test_prose_is_ranked_by_what_it_says_itself() -> None:
    """In a long question synonyms count no more, and a concept counts for its weight alone."""
    words = "oil grain coal fog frost mayor ferry bridge harbour lamp winter barley".split()
    index = plain([*ARRIVALS, *words], groups=ENVOYS)
    short = index.parse("envoy oil")
    prose = index.parse(f"envoy {' '.join(words)}")
    assert set(short.term_weights) == {"envoy", "emissari", "diplomat", "oil"}
    assert {"emissari", "diplomat"}.isdisjoint(prose.term_weights)
    assert {concept.coverage for concept in short.concepts} == {1.0}
    assert {concept.coverage for concept in prose.concepts} == {0.0}


def test_prose_has_no_phrases() -> None:
    """There each word counts by itself, and what only frames a question for half still."""
    words = "oil grain coal fog frost mayor ferry bridge harbour lamp winter barley".split()
    texts = [f"The {word} of the United Nations is explained." for word in words]
    index = PassageIndex.build(texts)
    short = {concept.term: concept for concept in index.parse("explain united nations").concepts}
    question = f"explain united nations {' '.join(words)}"
    prose = {concept.term: concept for concept in index.parse(question).concepts}
    assert {"unit", "nation"}.isdisjoint(short)
    assert {"unit", "nation"} <= prose.keys()
    assert prose["explain"].weight == short["explain"].weight


@pytest.mark.parametrize(("mark", "found"), [("?", [0, 1]), (".", [1, 0])])
def test_what_stands_around_prose_counts_where_no_mark_tells_what_asks(
    mark: str, found: list[int]
) -> None:
    """There the sentences that begin otherwise may well belong to what is asked for."""
    asked = "which grain coal fog frost mayor ferry bridge harbour lamp winter barley matters"
    index = plain(["A mayor and the frost.", "Snow, hail and thunder."])
    assert numbers(index, f"Hail and thunder. Much snow. {asked}{mark}") == found


@pytest.mark.parametrize("token", "w ppl ngl idk tho dunno abt cuz aswell arent ive".split())
def test_a_token_of_chats_is_not_missed(token: str) -> None:
    """What only chats write neither counts as a word that stands nowhere nor lowers a score."""
    index = PassageIndex.build(["The ferry to Malta costs six dollars."])
    query = index.parse(f"{token} the ferry")
    assert not query.unknown_words
    assert query.max_score == index.parse("the ferry").max_score


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how old do i have to be", "Members must have reached the age of sixteen."),
        ("how big is it", "The hall has an area of 300 square metres."),
        ("can i get my money back", "Tickets are reimbursed within a week."),
        ("is smoking banned", "Cigarettes are prohibited on the premises."),
        ("how do i sign up", "Registration is open in May."),
        ("cant login", "Users log in with a code."),
        ("is there an elevator", "A lift serves all floors."),
        ("how do i give up my plot", "A tenancy is relinquished in writing."),
    ],
)
def test_what_members_say_is_found_in_formal_words(question: str, text: str) -> None:
    """The thesaurus knows how rules put what people ask; other passages are not found."""
    index = PassageIndex.build(["The mayor praised the soup.", text])
    assert numbers(index, question) == [1]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what is speed_limit", ["speed_limit"]),
        ("what is limit_speed", ["limit", "speed"]),
    ],
)
def test_a_compound_name_that_stands_nowhere_is_asked_for_by_its_parts(
    question: str, words: list[str]
) -> None:
    """One that the texts have is asked for as a whole."""
    index = PassageIndex([["Set the speed_limit of a pump."], ["The limit is high."]], ["", ""])
    assert sorted(concept.word for concept in index.parse(question).concepts) == words


@pytest.mark.parametrize(
    ("figure", "word"), [("1st", "first"), ("2nd", "second"), ("12th", "twelfth")]
)
def test_an_ordinal_is_the_same_word_in_figures(figure: str, word: str) -> None:
    """So it stands beside its noun in either, and neither is a figure that the texts lack."""
    index = PassageIndex.build([f"The {word} lap is short.", "The lap is long."])
    in_figures, in_words = index.parse(f"{figure} lap"), index.parse(f"{word} lap")
    assert in_figures.term_weights == in_words.term_weights
    assert in_figures.missing_name_weight == in_words.missing_name_weight


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("is 100 m enough", "The quay is 100 metres long."),
        ("is 100m enough", "The quay is 100 metres long."),
        ("after 24h", "Tickets end after 24 hours."),
        ("2.5kg", "A bag of 2.5 kilograms is free."),
        ("a 2l can", "A can of 2 litres is free."),
        ("100 m", "The quay is 100 m long."),
    ],
)
def test_a_unit_is_the_same_abbreviated_and_in_full(typed: str, text: str) -> None:
    """Also where it is typed right behind its number."""
    index = PassageIndex.build(["Herons nest in the reeds.", text])
    query = index.parse(typed)
    assert query.unknown_words == ()
    assert all(concept.variants for concept in query.concepts if not concept.word.isalpha())
    assert numbers(index, typed) == [1]


def test_a_letter_is_a_unit_behind_a_number_alone() -> None:
    """Where both ways to write it stand there, both are looked for."""
    texts = ["The quay is 100 metres long.", "The pier is 100 m long."]
    index = PassageIndex.build(texts)
    assert numbers(index, "100 m") in ([0, 1], [1, 0])
    assert PassageIndex.build(texts[:1]).parse("i m new on the quay").unknown_words == ("m", "new")


def test_a_number_with_a_unit_that_stands_there_stays_whole() -> None:
    """As the name of a type does."""
    index = plain(["The lens is a 50m.", "There are 50 boats."])
    assert [concept.word for concept in index.parse("50m").concepts] == ["50m"]
    assert [concept.word for concept in index.parse("50l").concepts] == ["50"]


@pytest.mark.parametrize(
    ("typed", "is_year"),
    [
        ("who bought the quay in 72", True),
        ("the 72 fire", True),
        ("what burned in the '72 fire", True),
        ("what burned in summer 72", True),
        ("what burned in 72 hours", False),
        ("the 72 members", False),
        ("are 72 enough", False),
    ],
)
def test_a_year_is_the_same_in_two_figures(typed: str, *, is_year: bool) -> None:
    """Where it stands as one, and the texts have just one that it can be."""
    texts = ["The quay burned in 1972.", "The members met in the 1980s."]
    query = PassageIndex.build(texts).parse(typed)
    assert ("1972" in query.term_weights) == is_year
    both = PassageIndex.build([*texts, "It was built in 1872."]).parse(typed)
    assert not {"1872", "1972"} & both.term_weights.keys()


def test_a_decade_is_the_same_in_two_figures() -> None:
    """Or the only year of it."""
    index = PassageIndex.build(["The quay burned in 1972.", "The members met in the 1980s."])
    assert "1980s" in index.parse("who met in the 80s").term_weights
    assert "1972" in index.parse("what burned in the 70s").term_weights
    assert index.parse("what burned in the 60s").unknown_words == ("60s",)
