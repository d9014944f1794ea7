"""Who somebody is, and what something is: told of it, however the question spells its name."""

from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.model import Assurance
from bot.articles.library import build
from bot.search.analysis.synonyms import SynonymGroup, read_builtin_thesaurus
from bot.search.analysis.tokens import fold

ARTICLE = """# {name} and Vaal

A meeting between {name} and Vaal is possible. It would be held in Ostby.

## Costs

A failed meeting costs a lot. Vaal could say that {name} gave way. {name} could lose the mill.

## What each side wants

{name} runs the mill of Lisk. {name} has asked for a new weir. In the end {name} would sell it.

Vaal wants the water of the mill, and {name} does not.
"""
PORTRAIT = "{name} runs the mill of Lisk."
SPELLINGS = [
    group
    for group in read_builtin_thesaurus("en").groups("forms")
    if group.words[0] in ("zelensky", "yeltsin", "hezbollah", "kyiv", "dostoevsky", "munich")
]


def serve(folder: Path, name: str) -> Answerer:
    """Serve an article about somebody."""
    (folder / "mill.md").write_text(ARTICLE.format(name=name), encoding="utf-8")
    return Answerer(build(folder)[0])


def first_quote(answerer: Answerer, question: str) -> str:
    """Give the first quotation."""
    quote, *_ = answerer.answer(question).quotes
    return " ".join(sentence.plain for sentence in quote.sentences)


@pytest.mark.parametrize("group", SPELLINGS, ids=str)
def test_another_spelling_of_a_name_is_the_name(tmp_path: Path, group: SynonymGroup) -> None:
    """Whichever the article has and whichever is asked for: what tells most about it is quoted."""
    name = group.words[1].title()
    answerer = serve(tmp_path, name)
    for spelling in group.words:
        assert first_quote(answerer, f"who is {spelling}").startswith(PORTRAIT.format(name=name))


@pytest.mark.parametrize("name", ["Zelenskyy", "Tikhanovskaya", "Brandauer"])
def test_a_misspelt_name_is_the_name(tmp_path: Path, name: str) -> None:
    """With any letter left out or doubled, but the first: that is seldom mistaken."""
    answerer = serve(tmp_path, name)
    word = fold(name)
    for place in range(1, len(word)):
        for typed in (word[:place] + word[place + 1 :], word[:place] + word[place - 1 :]):
            quoted = first_quote(answerer, f"who is {typed}")
            assert quoted.startswith(PORTRAIT.format(name=name)), typed


@pytest.mark.parametrize(
    "question",
    [
        "wer ist selenskyj",
        "qui est zelensky",
        "quien es zelensky",
        "kim jest zelensky",
        "хто такий зеленський",
        "кто такой зеленский",
        "zelensky kimdir",
    ],
)
def test_who_asks_in_another_language_asks_for_the_same(tmp_path: Path, question: str) -> None:
    """The small words of the question are not looked for in the articles, nor corrected."""
    answerer = serve(tmp_path, "Zelenskyy")
    assert first_quote(answerer, question).startswith(PORTRAIT.format(name="Zelenskyy"))


def test_what_only_means_about_the_same_defines_nothing(tmp_path: Path) -> None:
    """Ukraine is close to Kyiv in the thesaurus, and is another thing."""
    (tmp_path / "towns.md").write_text(
        "# Towns\n\nUkraine is a country with many rivers.\n\nIn Kyiv there is a bridge.\n",
        encoding="utf-8",
    )
    answerer = Answerer(build(tmp_path)[0])
    assert first_quote(answerer, "what is kyiv").startswith("In Kyiv")


NEWS = """# A dispute over water

The dispute over the weir has lasted for years.

## The talks

The chair sent a delegation led by Tomas Marn. The notes were typed by Ada Bruun in Kolmside.
Ilse Vaal, the mayor of Lisk, has written to both. Petra Holm refuses to read her letters.
A copy went to Tom Read and to Theresa May. The divers use the Marn hold. Will Stay, a diver, left.

## Overflow bay

It takes in what the river brings in spring, and was dug by hand.
"""


@pytest.mark.parametrize(
    ("question", "is_sure"),
    [
        ("who is marn", False),
        ("who is tomas marn", False),
        ("ada bruun?", False),
        ("what is kolmside", False),
        ("who is tom read", False),
        ("who is theresa may", False),
        ("theresa may?", False),
        ("what is marn hold", False),
        ("marn hold?", False),
        ("who is will stay", True),
        ("who is ilse vaal", True),
        ("who is holm", True),
        ("what is the overflow bay", True),
    ],
)
def test_no_sentence_that_only_mentions_something_is_sure(
    tmp_path: Path, question: str, *, is_sure: bool
) -> None:
    """It is quoted, but it does not say who that is; what defines or has it as its subject does."""
    (tmp_path / "water.md").write_text(NEWS, encoding="utf-8")
    answer = Answerer(build(tmp_path)[0]).answer(question)
    assert answer.kind == "answer"
    assert (answer.assurance is Assurance.SURE) == is_sure


@pytest.mark.parametrize(
    "question",
    [
        "what was the cause of the fire",
        "what is the price of the ticket",
        "what are the club's rules",
        "who are the people in the yard",
    ],
)
def test_what_belongs_to_something_is_no_term(tmp_path: Path, question: str) -> None:
    """A sentence that says it is sure, though it defines nothing."""
    (tmp_path / "fire.md").write_text(
        "# The fire of Lisk\n\nInvestigators found the cause of the fire in a cable. We raised the "
        "price of the ticket to four crowns. Members agree to the club's rules by signing. The bell "
        "woke the people in the yard at night.\n",
        encoding="utf-8",
    )
    answer = Answerer(build(tmp_path)[0]).answer(question)
    assert answer.features is not None
    assert not answer.features.is_only_mentioned


def test_another_word_says_nothing_of_what_is_asked_in_general(tmp_path: Path) -> None:
    """Who obstructs is no filibuster; but "the price" may be told by what it costs."""
    (tmp_path / "hall.md").write_text(
        "# The hall of Lisk\n\nThe owners obstruct the exits.\n\nA cup of tea costs two crowns.\n",
        encoding="utf-8",
    )
    answerer = Answerer(build(tmp_path)[0])
    refused = answerer.answer("what is a filibuster")
    assert (refused.kind, refused.missing) == ("none", ("filibuster",))
    assert answerer.answer("filibuster?").missing == ()
    assert first_quote(answerer, "what is the price of tea").startswith("A cup")
