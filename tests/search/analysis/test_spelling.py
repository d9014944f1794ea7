"""Which word was meant by one that stands nowhere."""

import pytest
from growth import MOST_GROWTH, growth
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.search.analysis.spelling import SpellingCorrector
from bot.search.analysis.word_frequencies import frequencies_of


def test_the_nearest_word_wins() -> None:
    """A word one letter away is meant, however frequent one that is two away may be."""
    assert SpellingCorrector({"ministers": 900, "minister": 1}).correct("miniister") == "minister"


def test_of_equally_near_words_the_more_frequent_wins() -> None:
    """Distance does not decide between them, so frequency does."""
    assert SpellingCorrector({"forces": 2, "forced": 9, "forcer": 5}).correct("forcex") == "forced"


def test_of_equally_frequent_words_the_first_in_the_alphabet_wins() -> None:
    """Nothing else decides, so the order does not hang on the order in which words were read."""
    assert SpellingCorrector({"forces": 3, "forced": 3}).correct("forcex") == "forced"
    assert SpellingCorrector({"forced": 3, "forces": 3}).correct("forcex") == "forced"


@pytest.mark.parametrize(
    ("typed", "meant"), [("wat", "what"), ("wut", "what"), ("wen", "when"), ("wy", "why")]
)
def test_a_question_word_is_known_as_it_is_typed(typed: str, meant: str) -> None:
    """It is too short to be corrected by its letters."""
    assert SpellingCorrector({"bat": 9}).correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("happend", "happen"),
        ("usally", "usually"),
        ("foward", "forward"),
        ("iland", "island"),
        ("ilegal", "illegal"),
    ],
)
def test_the_first_letter_is_seldom_mistaken(typed: str, meant: str) -> None:
    """Of equally near words the one that begins the same is meant, even if another stands in the
    collection.
    """
    assert (
        SpellingCorrector({"append": 9, "sally": 9, "coward": 9, "land": 9, "legal": 9}).correct(
            typed
        )
        == meant
    )


@pytest.mark.parametrize(
    ("typed", "meant"), [("lpace", "place"), ("tsart", "start"), ("rwork", "work")]
)
def test_another_first_letter_is_likely_where_the_word_is(typed: str, meant: str) -> None:
    """Two letters in another order are a common error ("lace", "tart" begin the same); and "work"
    is a thousand times as frequent as "rework".
    """
    assert SpellingCorrector({"place": 9, "start": 9, "work": 9}).correct(typed) == meant


def test_of_equally_near_words_the_one_that_sounds_the_same_wins() -> None:
    """It may be the rarer one."""
    assert SpellingCorrector({"personnel": 1, "personal": 9}).correct("personel") == "personnel"


@pytest.mark.parametrize("word", ["", "a", "oyl", "kyv", "odsa", "xyiv"])
def test_short_words_are_left_alone(word: str) -> None:
    """Below four letters nearly every word has a neighbour, so none is proposed; of four the first
    letter is right.
    """
    assert SpellingCorrector({"oil": 9, "kyiv": 9, "desa": 9, "a": 9}, "xx").correct(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("taks", "task"), ("warr", "war"), ("kyyv", "kyiv"), ("kyvi", "kyiv")]
)
def test_a_word_of_four_letters_may_have_an_error(typed: str, meant: str) -> None:
    """One is seen through if it is not the first letter."""
    assert SpellingCorrector({"task": 9, "war": 9, "kyiv": 9}).correct(typed) == meant


@pytest.mark.parametrize("word", ["ocean", "pizza", "weather", "contrast", "that", "wars"])
def test_a_word_of_ordinary_english_is_never_mended(word: str) -> None:
    """However near a word of the collection is, somebody who types a real word means it."""
    assert (
        SpellingCorrector(
            {"oceans": 9, "piazza": 9, "leather": 9, "contract": 9, "thai": 9, "war": 9}
        ).correct(word)
        is None
    )


def test_an_ordinary_word_that_is_nearer_wins() -> None:
    """What is nearer to a word of another matter is not made into ours; of equally near ones ours
    is meant.
    """
    assert SpellingCorrector({"contrasts": 9}).correct("contraxt") == "contract"
    assert SpellingCorrector({"contrast": 1}).correct("contraxt") == "contrast"


def test_other_languages_have_no_ordinary_words() -> None:
    """There an English word may be a misspelling."""
    assert SpellingCorrector({"tat": 1}, "de").correct("that") == "tat"
    assert SpellingCorrector({"verhandlung": 1}, "de").correct("ferhandlung") == "verhandlung"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kyiiv", "kyiv"),
        ("crimeaa", "crimea"),
        ("crmea", "crimea"),
        ("crimra", "crimea"),
        ("cirmea", "crimea"),
        ("zelnskyy", "zelenskyy"),
        ("zelesnkyy", "zelenskyy"),
    ],
    ids=[
        "one too many",
        "one at the end",
        "one left out",
        "one changed",
        "swapped",
        "long, left out",
        "long, swapped",
    ],
)
def test_one_error_is_seen_through(typed: str, meant: str) -> None:
    """A letter left out, put in, changed or swapped with its neighbour does not hide the word."""
    assert SpellingCorrector({"kyiv": 1, "crimea": 1, "zelenskyy": 1}).correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zlenskky", "zelenskyy"),
        ("zlenky", None),
        ("zlnskxy", None),
        ("crmia", None),
        ("cremia", None),
    ],
)
def test_two_errors_are_seen_through_in_long_words_only(typed: str, meant: str | None) -> None:
    """From eight letters on two errors are allowed, never three; in a shorter word only one."""
    assert SpellingCorrector({"zelenskyy": 1, "crimea": 1}).correct(typed) == meant


def test_a_word_may_begin_wrongly() -> None:
    """The first letter may be the one that is wrong, but then the only one."""
    spelling = SpellingCorrector({"zelenskyy": 1, "crimea": 1})
    assert spelling.correct("ezlenskyy") == "zelenskyy"
    assert spelling.correct("rcimea") == "crimea"
    assert spelling.correct("xrimea") == "crimea"
    assert spelling.correct("xrimae") is None


@pytest.mark.parametrize("typed", ["zelesky", "xelensky", "selenskij", "zelinsky"])
def test_another_spelling_of_a_name_may_be_misspelt_too(typed: str) -> None:
    """Nobody knows which one the articles have; the correction is the one that they have."""
    assert SpellingCorrector({"zelenskyy": 1, "crimea": 1}).correct(typed) == "zelenskyy"
    assert SpellingCorrector({"crimea": 1}).correct(typed) is None


@pytest.mark.parametrize(
    "word", ["bicycle", "espionage", "12345", "covid19", "don't", "x-ray", "\x00\x00\x00\x00\x00"]
)
def test_what_is_not_near_is_not_corrected(word: str) -> None:
    """A word of another matter, a number or a sign is nobody's misspelling."""
    spelling = SpellingCorrector(
        {"bilateral": 5, "express": 5, "covid": 1, "12346": 3, "covid18": 2, "dont": 3}
    )
    assert spelling.correct(word) is None


def test_without_words_nothing_is_proposed() -> None:
    """An empty collection can be asked."""
    assert SpellingCorrector({}).correct("anything") is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("coubrakov", "kubrakov"),
        ("surabow", "zurabov"),
        ("butscha", "bucha"),
        ("jeda", "jeddah"),
        ("philipow", "filippov"),
    ],
)
def test_a_name_may_be_spelt_as_it_sounds(typed: str, name: str) -> None:
    """Where too much differs to correct a name, the one that sounds like it is suggested."""
    names = (
        "zelenskyy",
        "kubrakov",
        "zurabov",
        "bucha",
        "jeddah",
        "filippov",
        "merkel",
        "donetsk",
        "ceasefire",
    )
    spelling = SpellingCorrector(dict.fromkeys(names, 1))
    assert spelling.correct(typed) not in names
    assert spelling.suggest(typed) == [name]


def test_an_ordinary_word_is_not_looked_for_by_its_sound() -> None:
    """What people can spell is told by its letters: three of eight are too many, though it sounds
    alike.
    """
    assert SpellingCorrector({"physics": 1}).suggest("fisiqx") == []
    assert SpellingCorrector({"physyks": 1}).suggest("fisiqx") == ["physyks"]


def test_a_long_word_may_be_three_errors_away_and_a_short_one_two() -> None:
    """What may differ grows with the length, to three."""
    spelling = SpellingCorrector({"negotiation": 1, "border": 1})
    assert spelling.suggest("negxxiaxion") == ["negotiation"]
    assert spelling.suggest("nxgxxiaxion") == []
    assert spelling.suggest("boxdxr") == ["border"]
    assert spelling.suggest("bxxdxr") == []


def test_the_likeliest_come_first() -> None:
    """By distance, then with the same first letter, then by frequency, then by the alphabet; never
    more than asked.
    """
    counts = {
        "varnothak": 1,
        "varnoxpix": 1,
        "barnothix": 9,
        "varnodhix": 2,
        "varnozhix": 2,
        "varnofhix": 5,
    }
    expected = ["varnofhix", "varnodhix", "varnozhix", "varnoxpix", "barnothix"]
    assert SpellingCorrector(counts).suggest("varnokhix", 5) == expected
    assert SpellingCorrector(dict(reversed(counts.items()))).suggest("varnokhix") == expected[:2]


@pytest.mark.parametrize("word", ["doughnuts", "oceans", "massage", "peter", "brain"])
def test_an_ordinary_word_was_meant(word: str) -> None:
    """However near an ordinary word of the collection is, somebody who types another one means
    that.
    """
    assert word in frequencies_of("en").words
    assert (
        SpellingCorrector(
            {"doughnut": 1, "ocean": 5, "passage": 9, "deter": 3, "grain": 9}
        ).suggest(word)
        == []
    )


def test_an_ordinary_word_may_have_been_a_name() -> None:
    """If it has five letters or more and the name is one letter away."""
    spelling = SpellingCorrector({"hollande": 1, "hollandaise": 1, "ritte": 1, "mery": 1})
    assert spelling.suggest("holland") == ["hollande"]
    assert spelling.suggest("rates") == []
    assert spelling.suggest("very") == []


def test_what_is_nearer_to_an_ordinary_word_gets_nothing() -> None:
    """A misspelt word of another matter is not taken for one of ours; one that is as near to ours
    may be.
    """
    assert SpellingCorrector({"leather": 9}).suggest("weahter") == []
    assert SpellingCorrector({"leather": 9}).suggest("xeahter") == ["leather"]


@pytest.mark.parametrize(
    "word", ["", "abc", "12345", "covid19", "x-ray", "a b", "hhhh", "kyiv", "\x00" * 9]
)
def test_where_nothing_can_be_suggested_nothing_is(word: str) -> None:
    """For no word, a short one, one with other signs than letters, and one of the collection."""
    assert (
        SpellingCorrector(
            {"abd": 1, "12346": 1, "covid18": 1, "xray": 1, "kyiv": 1, "kyyv": 9}
        ).suggest(word)
        == []
    )
    assert SpellingCorrector({}).suggest(word) == []


def test_where_ordinary_words_are_not_known_less_is_suggested() -> None:
    """In another language nobody can tell a misspelling from a word, so only the nearest are
    suggested.
    """
    words = {"zelenskyy": 1, "verhandlung": 1}
    assert (
        SpellingCorrector(words, "de").suggest("celenski")
        == SpellingCorrector(words).suggest("celenski")
        == ["zelenskyy"]
    )
    assert SpellingCorrector(words, "de").suggest("verhaxdlxxg") == []
    assert SpellingCorrector(words).suggest("verhaxdlxxg") == ["verhandlung"]


collections = st.dictionaries(
    st.text("abcdé1'", min_size=1, max_size=12), st.integers(1, 9), max_size=30
)


@given(collections, st.text("abcdé1'", max_size=12))
@settings(deadline=None)
def test_only_words_that_are_near_are_proposed(counts: dict[str, int], word: str) -> None:
    """Law: what is proposed is a word of ours or of English, at most two errors away, in a short
    word one.
    """
    for language in ("en", "xx"):
        meant = SpellingCorrector(counts, language).correct(word)
        assert meant is None or meant in counts or meant in frequencies_of(language).words
        assert meant is None or OSA.distance(word, meant) <= (1 if len(word) < 8 else 2)


@given(collections, st.text(max_size=12))
@settings(deadline=None)
def test_any_text_can_be_asked(counts: dict[str, int], word: str) -> None:
    """Law: nothing that is typed makes it fail, and the same is proposed every time."""
    spelling = SpellingCorrector(counts)
    assert spelling.correct(word) == spelling.correct(word)


@given(collections, st.text("abcdé1'", max_size=12) | st.text(max_size=12), st.integers(0, 4))
@settings(deadline=None)
def test_only_other_words_of_the_collection_are_suggested(
    counts: dict[str, int], word: str, most: int
) -> None:
    """Law: no more than asked, each once, none of them the word itself, and the same in whatever
    order they came.
    """
    for language in ("en", "xx"):
        likely = SpellingCorrector(counts, language).suggest(word, most)
        assert len(set(likely)) == len(likely) <= most
        assert set(likely) <= counts.keys() - {word}
        assert (
            SpellingCorrector(dict(reversed(counts.items())), language).suggest(word, most)
            == likely
        )


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("зеленський", "zelenskyy"),
        ("зеленский", "zelenskyy"),
        ("путін", "putin"),
        ("ердогана", "erdogan"),
        ("харьков", "kharkiv"),
        ("київ", "kyiv"),
        ("макрон", "macron"),
        ("эрдоган", "erdogan"),
        ("гаага", None),
        ("война", None),
        ("війна", None),
    ],
)
def test_a_name_may_be_written_in_cyrillic_letters(typed: str, name: str | None) -> None:
    """As Ukrainian or as Russian; a word that is no name of the articles becomes none."""
    names = ("zelenskyy", "putin", "kharkiv", "kyiv", "macron", "erdogan")
    counts = dict.fromkeys((*names, "meeting", "wine"), 1)
    assert SpellingCorrector(counts).correct(typed) == name


@pytest.mark.parametrize("letters", ["zelensky", "зеленський"])
def test_what_is_no_word_is_compared_with_nothing(letters: str) -> None:
    """However long it is: a message may hold 4,000 letters without a blank."""
    corrector = SpellingCorrector({"zelenskyy": 9})
    # Each word is another one, of which nothing is remembered.
    beginnings = iter("abcdefgh")

    def correct(times: int) -> str | None:
        return corrector.correct(next(beginnings) + times * letters)

    assert growth(correct, 400) < MOST_GROWTH
    assert correct(400) is None
