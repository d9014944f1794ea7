"""What is answered, what is quoted, and what is not."""

import re
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.model import Answer, Policy
from bot.answers.quoting import MAX_SENTENCES, MAX_WORDS
from bot.articles.library import build
from bot.articles.passages import fits_whole

FIXTURES = Path(__file__).parent.parent / "fixtures"
KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"

TRAINS = Answerer(build(FIXTURES)[0])
SHIPPED = Answerer(build(KNOWLEDGE)[0])


def library_of(folder: Path, **files: str) -> Answerer:
    """Write Markdown files and open them."""
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return Answerer(build(folder)[0])


def assert_sound(answer: Answer) -> None:
    """Check what holds for every answer, whatever was asked."""
    assert 0 <= answer.confidence <= 1
    assert bool(answer.quotes) == (answer.kind == "answer")
    assert bool(answer.message) == (answer.kind != "answer")
    assert len(answer.quotes) <= 3
    for quote in answer.quotes:
        assert quote.article.text[quote.start : quote.end] == quote.text
        assert quote.key.text in quote.text
        words = sum(len(sentence.plain.split()) for sentence in quote.sentences)
        is_short = len(quote.sentences) <= MAX_SENTENCES and words <= MAX_WORDS
        is_unit = any(sentence.form.group for sentence in quote.sentences) and fits_whole(
            quote.sentences
        )
        assert is_short or is_unit or len(quote.sentences) == 1
        assert all(
            any(word in sentence.plain for sentence in quote.sentences) for word in quote.matched
        )
        assert quote.section in quote.article.sections
    for one, other in combinations(answer.quotes, 2):
        assert one.article is not other.article or one.end <= other.start or other.end <= one.start


@pytest.mark.parametrize(
    ("question", "section", "expected"),
    [
        ("When did the last train leave Quillan?", 1, "12 December 2020"),
        ("who wrote the first petition", 2, "Tamsin Okoro"),
        ("how many signatures did Beds on Rails collect?", 2, "48,000"),
        ("What noise was measured in the tests?", 3, "41 decibels"),
        ("why was the ceiling with stars removed", 3, "dizzy"),
        ("what does a pod cost", 4, "92 crowns"),
        ("who wrote Expensive Dreams?", 4, "Radek Fenn"),
        ("where did the chef get the soup recipe", 5, "grandmother"),
        ("what happened to the goat", 5, "Timetable"),
        ("How long is the route of the Heron?", 6, "1,118 kilometres"),
        ("what does Article 4 forbid?", 6, "waking a passenger"),
        ("how many passengers in the first full year", 7, "412,000"),
    ],
)
def test_a_fact_is_found_where_it_stands(question: str, section: int, expected: str) -> None:
    """A question for a fact is answered by the first quotation, from the right section."""
    answer = TRAINS.answer(question)
    assert_sound(answer)
    assert answer.quotes[0].section.number == section
    assert expected in answer.quotes[0].text


@pytest.mark.parametrize(
    "question",
    [
        "how do I bake sourdough bread",
        "who won the world cup in 1998",
        "Which programming language should I learn first?",
        "what is the boiling point of mercury",
        "best budget gpu for gaming",
    ],
)
def test_a_question_from_elsewhere_is_not_answered(question: str) -> None:
    """What the articles do not cover is said, with the words that stand nowhere in them."""
    for answerer in (TRAINS, SHIPPED):
        answer = answerer.answer(question)
        assert_sound(answer)
        assert answer.kind == "none"
        assert answer.missing
        assert f"“{answer.missing[0]}”" in answer.message


def test_the_nearest_sections_are_named_when_nothing_answers(tmp_path: Path) -> None:
    """A refusal names the sections that share most with the question, best first, each once."""
    answerer = library_of(
        tmp_path,
        tea=(
            "# Tea\n\n## Growing\n\nTea grows on hills. Hills are wet.\n\n## Drinking\n\n"
            "Tea is drunk hot.\n"
        ),
    )
    answer = answerer.answer("zymurgy borscht quaternion hills")
    assert answer.kind == "none"
    assert [section.heading for _, section in answer.closest] == ["Growing"]
    assert answer.missing == ("zymurgy", "borscht", "quaternion")


def test_a_misspelt_word_is_taken_for_the_one_that_was_meant() -> None:
    """The answer says what it took the word for."""
    answer = TRAINS.answer("who leads the restarant car as chef")
    assert dict(answer.corrections) == {"restarant": "restaurant"}
    assert "Benedikta Roos" in answer.quotes[0].text


@pytest.mark.parametrize("text", ["hello", "thanks!", "lol", "haha", "wow"])
def test_small_talk_is_answered_in_a_line(text: str) -> None:
    """Whoever greets, thanks or laughs gets a short line that advertises nothing."""
    answer = TRAINS.answer(text)
    assert_sound(answer)
    assert answer.kind == "smalltalk"
    assert 0 < len(answer.message) < 50
    assert "Sleeping Across Valmora" not in answer.message


def test_a_command_is_no_question_unless_it_is_a_heading(tmp_path: Path) -> None:
    """A stray mention of help is not quoted; a section of that name is."""
    texts = {
        "stray": "# The ferry\n\n## Tickets\n\nAsk the crew for help with the list.",
        "own": "# The ferry\n\n## Help\n\nThe crew sits in the lower deck.",
    }
    answers = {}
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "ferry.md").write_text(text, encoding="utf-8")
        answers[name] = Answerer(build(tmp_path / name)[0]).answer("help")
    assert answers["stray"].kind == "smalltalk"
    assert answers["own"].quotes[0].section.heading == "Help"


def test_a_goodbye_is_no_question_unless_it_is_a_heading(tmp_path: Path) -> None:
    """Nor is a yes; in a conversation neither follows anything up."""
    (tmp_path / "a.md").write_text("# Tides\n\n## Night\n\nNine boats.\n", encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    assert answerer.answer("night").quotes[0].section.heading == "Night"
    assert answerer.answer("bye, good night").message == "Goodbye!"
    before = TRAINS.answer("Where is the treaty?").turn
    for text, reply in (("yes", "All right."), ("good night everybody", "Goodbye!")):
        assert TRAINS.answer(text, before=before).message == reply


@pytest.mark.parametrize(
    ("question", "stands_alone"),
    [
        ("Which train goes to Lisk?", True),
        ("night trains", True),
        ("why?", False),
        ("tell me more", False),
        ("and in 2019?", False),
        ("did he agree?", False),
        ("who wrote it?", False),
        ("what about that?", False),
        ("list articles", True),
        ("ok", False),
    ],
)
def test_what_only_makes_sense_after_another_does_not_stand_alone(
    question: str, *, stands_alone: bool
) -> None:
    """Nor does what was taken to follow up another."""
    assert TRAINS.stands_alone(TRAINS.answer(question)) == stands_alone
    followed = TRAINS.answer("why is that?", before=TRAINS.answer("night trains").turn)
    assert not TRAINS.stands_alone(followed)


@pytest.mark.parametrize("greeting", ["asdfgh", "", "what can you do"])
def test_who_asks_nothing_is_told_what_can_be_asked(greeting: str) -> None:
    """Where nothing was understood, a friendly sentence names an article."""
    answer = TRAINS.answer(greeting)
    assert_sound(answer)
    assert answer.kind == "smalltalk"
    assert "Sleeping Across Valmora" in answer.message


@pytest.mark.parametrize("question", ["hello", "", "Where is the treaty?"])
def test_an_empty_library_says_that_it_is_empty(tmp_path: Path, question: str) -> None:
    """Without articles there is no answer, and the reason is told."""
    answer = Answerer(build(tmp_path)[0]).answer(question)
    assert_sound(answer)
    assert "no articles" in answer.message


def test_one_sentence_is_enough(tmp_path: Path) -> None:
    """A library of one article of one sentence answers from it."""
    answerer = library_of(tmp_path, one="The harbour of Lisk was opened in 1911.")
    answer = answerer.answer("When was the harbour opened?")
    assert [quote.text for quote in answer.quotes] == ["The harbour of Lisk was opened in 1911."]


def test_the_threshold_decides(tmp_path: Path) -> None:
    """The same question is answered at threshold 0 and refused at 1."""
    (tmp_path / "a.md").write_text("# A\n\nThe brig sank in 1844.\n", encoding="utf-8")
    library = build(tmp_path)[0]
    assert (
        Answerer(library, Policy(threshold=0.0)).answer("why did the brig sank suddenly").kind
        == "answer"
    )
    assert (
        Answerer(library, Policy(threshold=1.0)).answer("why did the brig sank suddenly").kind
        == "none"
    )


@pytest.mark.parametrize("question", ["zymurgy", "hello", "", "Who is Okoro?"])
def test_the_lowest_threshold_invents_nothing(question: str) -> None:
    """At threshold 0 whatever is found is quoted, and where nothing is found nothing is
    answered.
    """
    assert_sound(Answerer(TRAINS.library, Policy(threshold=0.0)).answer(question))


def test_an_article_that_there_is_not_answers_nothing() -> None:
    """A question to an article that has gone is not answered from the others."""
    assert TRAINS.answer("Who wrote the first petition?", "night-trains").quotes
    assert TRAINS.answer("Who wrote the first petition?", "gone").kind == "none"


def test_fewer_quotations_may_be_asked_for() -> None:
    """The number of quotations is the operator's choice, and the first stays the first."""
    question = "What did the petition say?"
    three = TRAINS.answer(question).quotes
    one = Answerer(TRAINS.library, Policy(quotes=1)).answer(question).quotes
    assert len(three) == 3
    assert [quote.text for quote in one] == [three[0].text]


def test_all_passages_that_were_found_are_named_the_quoted_ones_first() -> None:
    """Each once, though what was found holds what is quoted."""
    answer = TRAINS.answer("What did the petition say?")
    quoted = [quote.id for quote in answer.quotes]
    assert answer.passages[: len(quoted)] == tuple(quoted)
    assert set(answer.passages) == {*quoted, *answer.others}
    assert len(set(answer.passages)) == len(answer.passages) > len(quoted)


WORDS = sorted({word for article in SHIPPED.library.articles for word in article.text.split()})


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=30).map(" ".join)
    | st.text(max_size=300)
)
def test_every_answer_is_sound_whatever_is_asked(question: str) -> None:
    """Words of the articles and any characters at all, in any order: exact, bounded, never
    overlapping.
    """
    assert_sound(SHIPPED.answer(question))


@pytest.mark.parametrize(
    "question",
    ["a" * 1_000_000, "peace " * 200_000, "🙂" * 100_000, "“" * 50_000, "\0\x1b[31m" * 9_000],
)
def test_a_question_of_any_length_is_taken(question: str) -> None:
    """A huge question is answered like any other."""
    assert_sound(SHIPPED.answer(question))


def test_a_question_that_is_a_heading_is_answered_from_its_section(tmp_path: Path) -> None:
    """Whoever asks what a heading asks gets what stands below it."""
    text = (
        "# The pool\n\n## How deep is the pool?\n\n"
        "At the shallow end 1.2 metres, at the other 3.8 metres.\n\n"
        "## How warm is it?\n\nThe main pool has 28 degrees. The pool for children is "
        "warmer than the main pool.\n\n"
        "## When does it open?\n\nThe pool opens at seven. On Sundays the pool opens at nine.\n"
    )
    answerer = library_of(tmp_path, pool=text)
    assert (
        answerer.answer("How deep is the pool?").quotes[0].section.heading
        == "How deep is the pool?"
    )


def test_a_doubtful_correction_does_not_make_an_answer_sure(tmp_path: Path) -> None:
    """A word that was mended may have meant something else, and the confidence says so."""
    answerer = library_of(
        tmp_path,
        a="# A\n\nThe mill carries grain.\n\nThe mill stands by the brook.\n\nIt is old.\n",
    )
    mended, plain = answerer.answer("carriess grain?"), answerer.answer("carries grain?")
    assert dict(mended.corrections) == {"carriess": "carries"}
    assert mended.confidence < plain.confidence


class OnlyCut(str):
    """A text that may be kept, measured and cut, and nothing else: everything else would go through
    all of it.
    """

    __slots__ = ()


def _forbid(name: str) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise AssertionError(f"{name} was called on the whole text")

    return fail


for method in (set(dir(str)) - set(dir(object)) - {"__getitem__", "__len__"}) | {
    "__eq__",
    "__hash__",
    "__format__",
}:
    setattr(OnlyCut, method, _forbid(method))


class Spy:
    """A pattern that writes down how long the texts are that it is given."""

    def __init__(self, pattern: re.Pattern[str], lengths: list[int]) -> None:
        """Keep the pattern, and where to write."""
        self._pattern = pattern
        self._lengths = lengths

    def __getattr__(self, name: str) -> Callable[..., object]:
        """Give the pattern's own method, watched."""

        def call(*texts: str) -> object:
            self._lengths += map(len, texts)
            return getattr(self._pattern, name)(*texts)

        return call


def answer_in_many_ways(question: str) -> None:
    """Answer it alone, behind another question, and other questions behind it."""
    before = TRAINS.answer("Who wrote the first petition?").turn
    alone, following = TRAINS.answer(question), TRAINS.answer(question, "", before)
    assert alone.question is following.question is question
    assert before is not None
    turn = Turn(question, question, before.passages)
    for follow_up in (
        "tell me more",
        "why?",
        "And when?",
        "Did she write it?",
        "What of the other side?",
    ):
        assert_sound(TRAINS.answer(follow_up, "", turn))


@pytest.mark.parametrize(
    "text",
    [
        "Who wrote the first petition? ",
        "help ",
        "hello ",
        "qwer",
        "Petition",
        "\n",
        "the other side ",
        "ÄÖ. ",
    ],
)
def test_a_question_of_a_megabyte_costs_no_more_than_one_of_4_000_characters(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a question is, or one before it, it is only cut; no more than 4,001 characters
    are looked at.
    """
    answer_in_many_ways(text)  # reads what is read once, as the forms of requests
    lengths: list[int] = []
    for module in [
        module
        for name, module in sys.modules.items()
        if name.startswith(("bot.answers", "bot.search"))
    ]:
        for name, value in list(vars(module).items()):
            if isinstance(value, re.Pattern):
                monkeypatch.setattr(module, name, Spy(value, lengths))
    answer_in_many_ways(OnlyCut(text * (1_000_000 // len(text))))
    assert 2_000 <= max(lengths) <= 4_001


def test_a_word_is_no_noise_where_it_means_something(tmp_path: Path) -> None:
    """Neighbouring keys are in "property", too; what the articles hold is looked up whatever it
    looks like.
    """
    answerer = library_of(
        tmp_path,
        keys="# Keys\n\n## Layouts\n\nOf all layouts qwertz is the oldest.\n",
        land="# Land\n\n## Taxes\n\nThe property of the abbey is free of taxes.\n",
    )
    assert "abbey" in answerer.answer("Property?").quotes[0].text
    assert "oldest" in answerer.answer("qwertz").quotes[0].text
    assert answerer.answer("poverty").kind == "none"
    assert answerer.answer("sdfghjk").kind == "smalltalk"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("when did the harbour baths open", "The baths of the harbour opened on 4 June 1931."),
        ("how many harbour pilots from Ostby are there", "Of Ostby there are nine pilots."),
        ("what are the harbour gates made of", "The gates are of oak."),
        # Where nothing has what is asked for, the best comes first.
        ("what are the harbour pilots made of", "The harbour pilots from Ostby meet in the hall."),
    ],
)
def test_what_has_what_is_asked_for_comes_before_what_plainly_lacks_it(
    tmp_path: Path, question: str, expected: str
) -> None:
    """Opening hours are no date, and a name is neither an amount nor a material."""
    paragraphs = (
        "The harbour baths are open from Tuesday to Sunday, 10 to 17.",
        "The baths of the harbour opened on 4 June 1931.",
        "The harbour pilots from Ostby meet in the hall.",
        "Of Ostby there are nine pilots.",
        "The harbour gates are shut in storms.",
        "The gates are of oak.",
    )
    sections = (f"## Part {chr(65 + at)}\n\n{text}\n" for at, text in enumerate(paragraphs))
    (tmp_path / "harbour.md").write_text("# Ostby\n\n" + "\n".join(sections), encoding="utf-8")
    answer = Answerer(build(tmp_path)[0]).answer(question)
    assert answer.quotes[0].key.plain == expected
