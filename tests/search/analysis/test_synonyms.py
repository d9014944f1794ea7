"""The thesaurus: how it is written, what is wrong with one, and what its groups do to terms."""

from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.analysis.analyzer import WEIGHTS, Analyzer
from bot.search.analysis.synonyms import SECTIONS, SynonymGroup, read_builtin_groups, read_groups
from bot.search.analysis.tokens import tokenize

OWN_FILES = sorted(
    file.name
    for file in (files("bot.search.analysis") / "thesaurus").iterdir()
    if file.name.endswith(".yaml")
)
OWN = Analyzer()

TEXT = """\
# Whatever stands behind a number sign in front of a line is left out.
forms: |
  sink, sank, sunk

  # Also here.
  ferry, ferryboat
same: |
  envoy, emissary,   special   representative
close: |
  envoy, diplomat
kinds: |
  leader: president, prime minister
"""


def faults_of(text: str) -> list[str]:
    """Give the faults of a thesaurus as ``line:column: what (hint)``."""
    return [
        f"{fault.line}:{fault.column}: {fault.what} ({fault.hint})"
        for fault in read_groups(text)[1]
    ]


def terms_with(**sections: str) -> Analyzer:
    """Give English terms with nothing but these groups, one a section."""
    text = "".join(f"{section}: |\n  {line}\n" for section, line in sections.items())
    groups, faults = read_groups(text)
    assert not faults
    return Analyzer("en", groups)


def test_each_line_is_a_group() -> None:
    """Comments and empty lines are none; blanks around and within words do not count; the first
    kind is general.
    """
    groups, faults = read_groups(TEXT)
    assert faults == ()
    assert groups == (
        SynonymGroup("forms", ("sink", "sank", "sunk")),
        SynonymGroup("forms", ("ferry", "ferryboat")),
        SynonymGroup("same", ("envoy", "emissary", "special representative")),
        SynonymGroup("close", ("envoy", "diplomat")),
        SynonymGroup("kinds", ("leader", "president", "prime minister")),
    )


@pytest.mark.parametrize(
    "text",
    [
        "same: [envoy, 'envoy, emissary']",
        "same:\n- envoy, emissary\n- [envoy]\n",
        "same: envoy, emissary\nclose: x",
    ],
)
def test_what_is_sound_is_kept_beside_what_is_not(text: str) -> None:
    """A list is read like lines, and one wrong line costs no other."""
    groups, faults = read_groups(text)
    assert groups == (SynonymGroup("same", ("envoy", "emissary")),)
    assert len(faults) == 1


def test_kinds_may_be_pairs() -> None:
    """What YAML takes for pairs is what was meant by ``general: special``."""
    groups, faults = read_groups(
        "kinds:\n  leader: president, prime minister\n  ship: tanker, ferry\n"
    )
    assert faults == ()
    assert [group.words[0] for group in groups] == ["leader", "ship"]


TWO = "write two words or more, with commas between"
GENERAL = "write general: special, special"
THERE_ARE = "there are forms:, same:, close:, kinds:"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "- envoy, emissary",
            "1:1: sections are wanted (begin with one of forms:, same:, close:, kinds:)",
        ),
        (
            "envoy, emissary",
            "1:1: sections are wanted (begin with one of forms:, same:, close:, kinds:)",
        ),
        ("same: |\n  a, b\nsimilar: |\n  c, d\n", f'3:1: "similar" is no section ({THERE_ARE})'),
        ("# one\n\nsame: |\n  a, b\n\n  # two\n  envoy\n", f'7:1: "envoy" is no group ({TWO})'),
        ("same: |\n  envoy, envoy\n", f'2:1: "envoy, envoy" is no group ({TWO})'),
        ("same: |\n  envoy,, emissary\n", f'2:1: "envoy,, emissary" is no group ({TWO})'),
        ("same: |\n  envoy, emissary,\n", f'2:1: "envoy, emissary," is no group ({TWO})'),
        (
            "same: |\n  envoy: emissary, diplomat\n",
            f'2:1: "envoy: emissary, diplomat" is no group ({TWO})',
        ),
        ("kinds: |\n  leader, president\n", f'2:1: "leader, president" is no group ({GENERAL})'),
        ("kinds: |\n  leader:\n", f'2:1: "leader:" is no group ({GENERAL})'),
        ("kinds: |\n  : president\n", f'2:1: ": president" is no group ({GENERAL})'),
        ("same: envoy\n", f'1:1: "envoy" is no group ({TWO})'),
        (
            "same: |\n  a, b\nsame: |\n  c, d\n",
            '3:1: duplicate key "same" (it stands in line 1 already)',
        ),
    ],
)
def test_a_fault_names_its_line_and_its_cure(text: str, fault: str) -> None:
    """What is wrong, where, and what to write."""
    assert faults_of(text) == [fault]


def test_an_empty_thesaurus_is_no_fault() -> None:
    """A file with nothing but comments, or with empty sections, holds no group."""
    assert read_groups("# nothing yet\n") == ((), ())
    assert read_groups("same: |\nclose:\nkinds: ''\n") == ((), ())


@given(
    st.text(st.characters(codec=None, exclude_categories=[]), max_size=200)
    | st.from_regex(r"(same: \|\n)?[ a,:#\n]*")
)
@settings(deadline=None)
def test_any_text_is_groups_or_faults(text: str) -> None:
    """Law: nothing that an editor writes makes it fail, and every group has two words or more."""
    groups, faults = read_groups(text)
    assert all(len(group.words) >= 2 and all(group.words) for group in groups)
    assert all(
        fault.line >= 1 and fault.column >= 1 and fault.what and fault.hint for fault in faults
    )
    Analyzer("en", groups).analyze(text)


@cache
def read_groups_of(name: str) -> tuple[SynonymGroup, ...]:
    """Read one of the own files the strict way."""
    return read_groups(
        (files("bot.search.analysis") / "thesaurus" / name).read_text(encoding="utf-8")
    )[0]


@pytest.mark.parametrize("name", OWN_FILES)
def test_the_own_files_are_without_fault(name: str) -> None:
    """The program's own are sound, each group can stand for something, and the short way reads the
    same.
    """
    text = (files("bot.search.analysis") / "thesaurus" / name).read_text(encoding="utf-8")
    groups, faults = read_groups(text)
    assert faults == ()
    assert groups
    assert all(group.section in SECTIONS for group in groups)
    before = sum(len(read_groups_of(other)) for other in OWN_FILES[: OWN_FILES.index(name)])
    assert read_builtin_groups("en")[before : before + len(groups)] == groups
    assert not [group for group in groups if not any(map(tokenize, group.words))]


def test_the_own_thesaurus_is_large_and_english() -> None:
    """There are hundreds of groups, in every section; other languages have none."""
    groups = read_builtin_groups("en")
    assert len(groups) >= 400
    assert len(groups) == sum(len(read_groups_of(name)) for name in OWN_FILES)
    assert {group.section for group in groups} == set(SECTIONS)
    assert read_builtin_groups("de") == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sank", "sink"),
        ("truce", "ceasefire"),
        ("vessel", "ship"),
        ("turn down", "refuse"),
        ("reject", "turn down"),
    ],
)
def test_the_own_thesaurus_knows_everyday_words(asked: str, found: str) -> None:
    """What people ask is known under what articles write."""
    (*_, term), (*_, other) = OWN.analyze(asked), OWN.analyze(found)
    assert term == other or other in OWN.synonyms(term)


def test_forms_are_one_term() -> None:
    """The shapes of a word are compared as one, with whatever endings and capitals they have."""
    terms = terms_with(forms="sink, sank, sunk")
    assert set(terms.analyze("Sink sank SUNK sinking sinks")) == {"sink"}
    assert terms.synonyms("sink") == {}
    assert Analyzer("en", ()).analyze("sank") == ["sank"]


def test_a_group_may_name_any_form() -> None:
    """What is said of one shape of a word holds for all, whichever section comes first."""
    groups, _ = read_groups("same: |\n  sank, founder\nforms: |\n  sink, sank\n")
    terms = Analyzer("en", groups)
    assert terms.synonyms("sink") == {"founder": WEIGHTS["same"]}
    assert terms.synonyms("founder") == {"sink": WEIGHTS["same"]}


def test_the_word_itself_counts_most_then_same_then_close() -> None:
    """No variant counts as much as the word, and what means the same more than what is close."""
    terms = terms_with(same="envoy, emissary", close="envoy, diplomat")
    assert terms.synonyms("envoy") == {"emissari": WEIGHTS["same"], "diplomat": WEIGHTS["close"]}
    assert 1 > WEIGHTS["same"] > WEIGHTS["kinds"] > WEIGHTS["close"] > 0


def test_what_stands_in_two_groups_counts_for_the_better() -> None:
    """The same pair as close and as same is the same, in whatever order."""
    assert terms_with(close="envoy, emissary", same="envoy, emissary").synonyms("envoy") == {
        "emissari": 0.7
    }


def test_groups_are_no_chain() -> None:
    """What a variant is called besides is no variant: meaning would wander."""
    groups, _ = read_groups("same: |\n  envoy, emissary\n  emissary, courier\n")
    assert set(Analyzer("en", groups).synonyms("envoy")) == {"emissari"}


def test_kinds_hold_one_way() -> None:
    """Who asks for a leader means a president too; who asks for a president does not mean any
    leader.
    """
    terms = terms_with(kinds="leader: president, prime minister")
    assert terms.synonyms("leader") == {
        "presid": WEIGHTS["kinds"],
        "prime minist": WEIGHTS["kinds"],
    }
    assert terms.synonyms("presid") == {}
    assert terms.synonyms("prime minist") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They turned down the offer.", ["turn", "turn down", "offer"]),
        ("Turning down offers", ["turn", "turn down", "offer"]),
        ("turned the page down", ["turn", "page"]),
        ("down turn", ["turn"]),
        ("turn", ["turn"]),
        ("turn down, turn down", ["turn", "turn down", "turn", "turn down"]),
        ("the prime ministers of", ["prime", "minist", "prime minist"]),
    ],
)
def test_a_phrase_is_a_term_behind_its_words(text: str, expected: list[str]) -> None:
    """Stop words and all, in any form, but only where its words stand side by side and in order."""
    assert (
        terms_with(same="turn down, reject", kinds="leader: prime minister").analyze(text)
        == expected
    )


def test_the_longest_phrase_is_meant() -> None:
    """Of phrases that begin alike, a question has the longest, and none inside another."""
    groups, _ = read_groups(
        "same: |\n  united nations, un\n  united nations security council, unsc\n"
    )
    terms = Analyzer("en", groups)
    found = terms.find_phrases("the United Nations Security Council and the united nations".split())
    assert [(begin, end) for begin, end, _ in found] == [(1, 5), (7, 9)]


def test_a_phrase_among_forms_is_the_word() -> None:
    """A phrase in a line of forms adds the term of the line's first word."""
    assert "nato" in terms_with(forms="nato, north atlantic treaty").analyze(
        "the North Atlantic Treaty"
    )


def test_stop_words_alone_stand_for_nothing() -> None:
    """A phrase of nothing but stop words is no term, and hurts no other."""
    terms = terms_with(same="above all, mostly, chiefly, principally")
    assert terms.analyze("above all") == []
    assert terms.synonyms("chiefli") == {"princip": 0.7}


def test_another_language_has_the_editors_groups_only() -> None:
    """Groups are stemmed as the language has it."""
    terms = Analyzer("de", (SynonymGroup("same", ("Boot", "Kahn")),))
    assert terms.synonyms(terms.term("Boote")) == {terms.term("Kahn"): 0.7}
    assert Analyzer("de").synonyms(terms.term("Boote")) == {}


@given(
    st.lists(
        st.sampled_from("turn down the prime minister UN United Nations sank truce, of x".split()),
        max_size=12,
    )
)
@settings(deadline=None)
def test_phrases_only_add(words: list[str]) -> None:
    """Law: the words' own terms stand there in order, whatever phrases are found among them."""
    text = " ".join(words)
    own = [term for word in tokenize(text) if (term := OWN.term(word))]
    rest = iter(OWN.analyze(text))
    assert all(term in rest for term in own)
