"""What a follow-up means after the question before it, and where it is answered."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.model import Answer, Assurance
from bot.articles.library import Library, build

ROOT = Path(__file__).parents[2]
COLLECTIONS = ROOT / "tests" / "collections"
FOLDERS = ("knowledge", "tests/golden/articles", "tests/fixtures", "tests/dialogues/articles")
OTHERS = ROOT / "tests" / "dialogues"
# What the odd dialogues about six articles reach, and those with three folders, less two of each;
# of those by three other writers five less.
ODD_RIGHT = 13
FOLDERS_RIGHT = 12
OTHERS_RIGHT = 71

ARTICLE = """# The treaties of the valley

## The first treaty

Marn and Lisk signed the first treaty in Ostby. The signing took place on 3 May 1844. Their mayors
had quarrelled about the mill for years, because it stood on the border.

Marn said that the mill was older than the border. Lisk said that the water came from its hills.
Ostby took no side and only offered a hall.

## Treaty II

Treaty II was signed on 9 June 1851. It failed when the mill burned down.

## The bridge

The bridge was built by masons from Ostby. It has nine arches. The masons were paid in grain.
"""
GERMAN = """# Die Mühle und die Brücke

## Der Streit

Marn wollte die Mühle behalten und verlangte einen Zoll. Lisk wollte die Mühle abreißen und
verlangte eine Brücke. Die beiden Orte stritten viele Jahre lang darüber, wem das Wasser gehört.

## Das Ende

Die Mühle brannte im Jahr 1851 ab. Die Brücke wurde erst danach gebaut, und sie steht noch heute.
"""


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    """Serve one article."""
    return serve(tmp_path, ARTICLE)


def serve(folder: Path, text: str) -> Answerer:
    """Serve a text as the only article."""
    (folder / "treaties.md").write_text(text, encoding="utf-8")
    return Answerer(build(folder)[0])


def ask(answerer: Answerer, *questions: str) -> list[Answer]:
    """Ask one question after the other."""
    before: Turn | None = None
    answers = []
    for question in questions:
        answer = answerer.answer(question, before=before)
        before = answer.turn or before
        answers.append(answer)
    return answers


def key_after(answerer: Answerer, *questions: str) -> str:
    """Give the key sentence that comes first for the last of several questions."""
    *_, last = ask(answerer, *questions)
    return last.quotes[0].key.plain if last.quotes else ""


def test_a_bare_question_is_answered_beside_what_was_quoted(answerer: Answerer) -> None:
    """What asks for a date gets the date next to the sentence that was quoted."""
    key = key_after(answerer, "Where did Marn and Lisk sign the first treaty?", "when was that?")
    assert key == "The signing took place on 3 May 1844."


def test_a_bare_question_never_gets_the_same_key_sentence_twice(answerer: Answerer) -> None:
    """Nor after a second one: "why?", "why?"."""
    answers = ask(answerer, "Who built the bridge?", "why?", "why?")
    keys = [answer.quotes[0].key.plain for answer in answers if answer.quotes]
    assert len(keys) == len(set(keys)) >= 2


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("What did Marn say about the mill?", "and Lisk?", "Lisk said that the water"),
        ("What did Marn say about the mill?", "no i mean Lisk", "Lisk said that the water"),
        ("What did Marn say about the mill?", "and the other side?", "Lisk said that the water"),
        ("What did Marn say about the mill?", "the others?", "Lisk said that the water"),
        ("When was the first treaty signed?", "and the second one?", "Treaty II was signed"),
    ],
)
def test_a_part_of_the_question_before_is_replaced(
    answerer: Answerer, first: str, then: str, expected: str
) -> None:
    """A name by a name, an ordinal by an ordinal, a side by the other one."""
    assert key_after(answerer, first, then).startswith(expected)


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("what does putin want", "and zelenskyy?", "Zelenskyy seeks an end to the fighting"),
        ("what does putin want", "and ukraine?", "Zelenskyy seeks an end to the fighting"),
        ("what does zelenskyy want", "and putin?", "On 14 June 2024 Putin demanded"),
    ],
)
def test_somebody_elses_stance_is_found_as_if_asked_in_full(
    first: str, then: str, expected: str
) -> None:
    """Wherever it stands, and however near the words of others are."""
    answerer = open_article("zelenskyy-putin-meeting")
    assert key_after(answerer, first, then).startswith(expected)


@pytest.mark.parametrize("then", ["and turkey?", "and spain?", "what about china?"])
def test_who_is_only_named_is_no_more_than_a_faint_answer_to_what_they_want(then: str) -> None:
    """Asked in full it is refused: what names them tells nothing of what they want."""
    answerer = open_article("black-sea-grain-initiative")
    *_, last = ask(answerer, "what did russia demand", then)
    assert last.kind == "none" or last.assurance is Assurance.FAINT


def test_what_was_replaced_is_gone_in_the_third_turn(answerer: Answerer) -> None:
    """The conversation is about the other side from then on."""
    *_, last = ask(answerer, "What did Marn say about the mill?", "and Lisk?")
    assert last.turn is not None
    assert "Marn" not in last.turn.subject
    assert "Lisk" in last.turn.subject


@pytest.mark.parametrize("again", ["say that again", "what?", "huh?", "source?", "repeat please"])
def test_the_same_is_quoted_again_where_it_is_asked_for(answerer: Answerer, again: str) -> None:
    """The conversation is then where it was."""
    first, second, third = ask(answerer, "Who built the bridge?", again, "how many arches?")
    assert second.quotes[0].key is first.quotes[0].key
    assert third.quotes[0].key.plain == "It has nine arches."


def test_a_question_of_its_own_changes_the_subject(answerer: Answerer) -> None:
    """It is as sure as without anything before it."""
    question = "Who built the bridge with nine arches?"
    *_, last = ask(answerer, "What did Marn say about the mill?", question)
    assert replace(last, recent=()) == answerer.answer(question)


def test_what_depends_on_the_conversation_is_never_sure(answerer: Answerer) -> None:
    """However well it matches there; what is sure by itself may be."""
    for then in ("and Lisk?", "why?", "when was that?", "did they agree?", "and the other side?"):
        *_, last = ask(answerer, "What did Marn say about the mill?", then)
        alone = answerer.answer(then)
        assert last.assurance is not Assurance.SURE or alone.assurance is Assurance.SURE, then


@pytest.mark.parametrize("then", ["und die andere Seite?", "und Lisk?", "and the other side?"])
def test_follow_ups_are_understood_in_the_language_of_the_articles(
    tmp_path: Path, then: str
) -> None:
    """And in English."""
    (tmp_path / "muehle.md").write_text(GERMAN, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    assert key_after(answerer, "Was wollte Marn?", then).startswith("Lisk wollte die Mühle")


def test_a_turn_read_back_from_a_card_is_followed_up(answerer: Answerer) -> None:
    """It says what was asked and which passage came first, and no more."""
    first = answerer.answer("Where did Marn and Lisk sign the first treaty?")
    turn = Turn(first.question, first.question, (first.quotes[0].id,))
    answer = answerer.answer("when was that?", before=turn)
    assert answer.quotes[0].key.plain == "The signing took place on 3 May 1844."


@cache
def open_article(name: str) -> Answerer:
    """Open one article alone."""
    articles = {
        article.id: article for folder in FOLDERS for article in build(ROOT / folder)[0].articles
    }
    return Answerer(Library((articles[name],), {}))


@cache
def open_collection(name: str) -> Answerer:
    """Open a folder of articles."""
    return Answerer(build(COLLECTIONS / name / "articles")[0])


def read(path: Path) -> list[dict[str, Any]]:
    """Read the dialogues of a file."""
    dialogues = yaml.safe_load(path.read_text(encoding="utf-8"))["dialogues"]
    assert isinstance(dialogues, list)
    return dialogues


def list_sets() -> Iterator[tuple[Answerer, list[str], list[str]]]:
    """Give what answers each dialogue of both sets, its questions, and what answers the last."""
    for entry in read(ROOT / "tests" / "short_questions" / "dialogues.yaml"):
        questions = [entry["first"], entry["then"]]
        yield open_article(entry["article"]), questions, list_sentences(entry)
    for entry in read(COLLECTIONS / "dialogues.yaml"):
        yield open_collection(entry["collection"]), entry["ask"], list_sentences(entry)


def list_sentences(entry: dict[str, Any]) -> list[str]:
    """Give the sentences that answer a dialogue; none where the articles do not."""
    sentences = entry.get("sentence", [])
    return [sentences] if isinstance(sentences, str) else sentences


def read_sentences(library: Library) -> set[str]:
    """Give the sentences of all articles as a reader sees them."""
    return {
        sentence.plain
        for article in library.articles
        for section in article.sections
        for sentence in section.sentences
    }


def is_right(answer: Answer, wanted: list[str]) -> bool:
    """Say whether one of some sentences is quoted first."""
    return any(
        sentence.plain in wanted for quote in answer.quotes[:1] for sentence in quote.sentences
    )


@pytest.mark.slow
def test_what_the_dialogues_reached_is_kept() -> None:
    """Those that were fitted on, and those that were only measured; the even ones are for later."""
    dialogues = list(list_sets())
    short = len(read(ROOT / "tests" / "short_questions" / "dialogues.yaml"))
    rights = [
        is_right(ask(answerer, *questions)[-1], wanted) for answerer, questions, wanted in dialogues
    ]
    assert sum(rights[:short:2]) >= ODD_RIGHT
    assert sum(rights[short:]) >= FOLDERS_RIGHT
    others = [
        is_right(
            ask(open_article(entry["article"]), entry["first"], entry["then"])[-1],
            list_sentences(entry),
        )
        for entry in read(OTHERS / "fitting.yaml")
    ]
    assert sum(others) >= OTHERS_RIGHT


@pytest.mark.parametrize("half", ["fitting", "held-out"])
def test_each_dialogue_of_other_writers_has_an_answer_in_its_article(half: str) -> None:
    """Word for word as a reader sees it; those of the halves are about different articles."""
    for entry in read(OTHERS / f"{half}.yaml"):
        library = open_article(entry["article"]).library
        texts = read_sentences(library)
        assert texts.issuperset(list_sentences(entry)), entry


@pytest.mark.parametrize("filler", ["lol", "tho", "omg", "ngl"])
def test_what_only_fills_a_follow_up_is_missing_in_no_article(
    answerer: Answerer, filler: str
) -> None:
    """People put it behind anything."""
    _, plain = ask(answerer, "What did Marn say about the mill?", "why?")
    _, filled = ask(answerer, "What did Marn say about the mill?", f"why {filler}")
    assert plain.quotes
    assert (filled.quotes, filled.missing) == (plain.quotes, ())


def test_what_follows_is_nearer_than_what_stands_before(tmp_path: Path) -> None:
    """A text goes on with what it has just told."""
    (tmp_path / "mill.md").write_text(
        "# Mill\n\nThe weir was of oak. Ada Lund bought the mill. Its wheel had stood still.\n",
        encoding="utf-8",
    )
    answerer = Answerer(build(tmp_path)[0])
    assert key_after(answerer, "who bought the mill?", "and?") == "Its wheel had stood still."


def test_each_dialogue_with_a_folder_has_an_answer_there() -> None:
    """Word for word as a reader sees it."""
    for entry in read(COLLECTIONS / "dialogues.yaml"):
        library = open_collection(entry["collection"]).library
        texts = read_sentences(library)
        assert list_sentences(entry) or entry["not_answered"]
        assert texts.issuperset(list_sentences(entry)), entry


def test_no_key_sentence_of_the_last_two_turns_comes_first_again_unless_asked_for() -> None:
    """In no dialogue of the sets, but where it holds a word that is asked for now, or is doubted."""
    for answerer, questions, _ in list_sets():
        if questions[-1] == "all of them?":
            continue
        answers = ask(answerer, *questions)
        analyze = answerer.index.analyzer.analyze
        for place, answer in enumerate(answers[1:], 1):
            before = [
                quote.key
                for other in answers[max(place - 2, 0) : place]
                for quote in other.quotes[:1]
            ]
            for key in [quote.key for quote in answer.quotes[:1]]:
                if any(key is other for other in before):
                    query = answerer.index.parse(questions[place])
                    assert query.term_weights.keys() & set(analyze(key.plain)), questions


OUTCOMES = """# The towns of the valley

## The truce

Marn and Lisk agreed on a truce in the spring. The mayors shook hands in the rain. It collapsed
after three weeks.

Marn wants the mill for itself. Marn said in June that the mill is older than the border.

## The bridge

The masons came late.

## Rivers

The border follows the river, as Lisk says and Marn denies. Lisk wants a bridge in place of the
mill. The hall of Ostby is older than both.
"""


@pytest.fixture
def towns(tmp_path: Path) -> Answerer:
    """Serve one article of two sides."""
    (tmp_path / "towns.md").write_text(OUTCOMES, encoding="utf-8")
    return Answerer(build(tmp_path)[0])


@pytest.mark.parametrize("question", ["did it work?", "did it hold", "how did it end?"])
def test_what_became_of_it_is_sought_and_not_the_word(towns: Answerer, question: str) -> None:
    """Neither "work" nor "hold" nor "end" stands there."""
    answer = ask(towns, "when did they agree on a truce", question)[-1]
    assert answer.quotes[0].key.plain == "It collapsed after three weeks."


def test_how_long_seeks_a_time_near_to_what_was_quoted(towns: Answerer) -> None:
    """And no passage with the word "long"."""
    answer = ask(towns, "when did they agree on a truce", "how long did it last")[-1]
    assert answer.quotes[0].key.plain == "It collapsed after three weeks."


def test_the_other_side_is_asked_about_in_full(towns: Answerer) -> None:
    """What they want comes before what only names them."""
    answer = ask(towns, "what does marn want", "and the other side?")[-1]
    assert answer.meaning is not None
    assert answer.meaning.asked == "what does Lisk want"
    assert answer.quotes[0].key.plain == "Lisk wants a bridge in place of the mill."


def test_the_other_side_of_a_whole_name_is_not_its_second_half(tmp_path: Path) -> None:
    """Both words of a name that the article writes as one give way."""
    text = (
        "# Mill\n\nThe Uppers are led by Ilse Garroway, a mason. The Mossers are led by Rhys Denn, a"
        " vet.\n\n## Plans\n\nGarroway would like a second mill. Denn opposes a second mill."
    )
    answerer = serve(tmp_path, text)
    answer = ask(answerer, "who is ilse garroway", "and the other side?")[-1]
    assert answer.meaning is not None
    assert answer.meaning.asked == "who is Denn"
    assert "Denn" in answer.quotes[0].text


def test_the_other_side_of_nobody_is_a_guess(tmp_path: Path) -> None:
    """Where no counterpart is found, neither the same nor the words alone are told as likely."""
    text = "# Mill\n\nThe mason wanted higher wages. On the other side of the river stands a barn."
    answerer = serve(tmp_path, text)
    answer = ask(answerer, "what did the mason want", "and the other side?")[-1]
    assert answer.assurance is Assurance.FAINT


def test_a_whole_question_that_is_asked_again_follows_up_nothing(answerer: Answerer) -> None:
    """Neither does one that is refused beside it."""
    question = "Who took no side between the towns?"
    first = answerer.answer(question)
    again = answerer.answer(question, before=first.turn)
    assert (again.quotes, again.before) == (first.quotes, None)
    refused = answerer.answer("How do I fry doughnuts in oil?", before=first.turn)
    assert (refused.kind, refused.before) == ("none", None)


@pytest.mark.parametrize("then", ["and the submarine?", "wifi"])
def test_a_follow_up_about_what_is_in_no_article_is_a_guess(answerer: Answerer, then: str) -> None:
    """The question before was answered well; this one is not, by what stands near."""
    first, last = ask(answerer, "What did Marn say about the mill?", then)
    assert first.assurance is not Assurance.FAINT
    assert last.missing
    assert last.assurance is Assurance.FAINT


QUARREL = """# The quarrel of Marn and Lisk

## Before the talks

Lisk waited for two years. Lisk said in the spring that it was ready to meet Marn in any town, and
took the silence of Ostby as evidence that Marn does not want peace.

## The road from here

The demands remained far apart. Marn asks for the mill, a toll on every cart and the old ford. Lisk
asks for a bridge. Ostby asks for nothing.
"""


@pytest.mark.parametrize("question", ["what does marn want", "wat does marn want"])
def test_what_somebody_wants_is_told_by_what_is_about_them(tmp_path: Path, question: str) -> None:
    """However it is typed, and though another says "want" of them."""
    answerer = serve(tmp_path, QUARREL)
    assert key_after(answerer, question).startswith("Marn asks for the mill")
    assert key_after(answerer, question, "and the other side?") == "Lisk asks for a bridge."


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("what does the anglers guild want", "Lower rents and a key of their own are asked for"),
        ("what do the millers want", "It demands that the weir be opened in spring"),
    ],
)
def test_headings_of_two_sides_name_the_other_one(
    tmp_path: Path, first: str, expected: str
) -> None:
    """Though no name is joined to the other, and one is of common words."""
    text = (
        "# The weir\n\nThe anglers and the town have no friends.\n\n"
        "## What the Anglers Guild wants\n\nIt demands that the weir be opened in spring. "
        "The guild has paid for the fish. Its members want that back.\n\n"
        "## What the millers want\n\nLower rents and a key of their own are asked for. "
        "The millers want no fish ladder.\n"
    )
    (tmp_path / "weir.md").write_text(text, encoding="utf-8")
    answer = ask(Answerer(build(tmp_path)[0]), first, "and the other side?")[-1]
    assert any(expected in sentence.plain for sentence in answer.quotes[0].sentences)
