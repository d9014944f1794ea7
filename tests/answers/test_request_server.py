"""Summaries and facts about the articles are answered at once, unless the text has the words."""

from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.conversation import Turn
from bot.answers.model import Answer
from bot.articles.library import build
from bot.texts import about as texts

HERONS = """---
title: The Heron Treaty of Ostby
author: Ada Brook
date: 2031-04-03
source: https://example.org/herons
---

Ostby and Marn signed the treaty in 2019. It protects the herons of the old mill.

## Why Marn agreed

Marn wanted the mill. The mill had stood empty for years. Its wheel was broken.

## Findings of the commission

The commission counted 1,204 herons. It found that the reeds were dying.

## The bridge

A bridge was built in 2020. Oskar Lind wrote the report on the bridge.
"""
GEESE = """# Geese in winter

Geese fly south in October. They rest on the lake of Ostby.

## Food

Geese eat clover and corn.
"""


@pytest.fixture
def one(tmp_path: Path) -> Answerer:
    """Answer from one article."""
    (tmp_path / "herons.md").write_text(HERONS, encoding="utf-8")
    return Answerer(build(tmp_path)[0])


@pytest.fixture
def two(tmp_path: Path) -> Answerer:
    """Answer from two articles."""
    (tmp_path / "herons.md").write_text(HERONS, encoding="utf-8")
    (tmp_path / "geese.md").write_text(GEESE, encoding="utf-8")
    return Answerer(build(tmp_path)[0])


def headings(answer: Answer) -> list[str]:
    """Give the headings of what was summed up."""
    assert answer.kind == "summary"
    return [summary.section.heading for summary in answer.summaries]


ALL = ["", "Why Marn agreed", "Findings of the commission", "The bridge"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("tl;dr", ALL),
        ("hey bot, can you sumarize the article pls", ALL),
        ("summarize the heron treaty", ALL),
        ("what is ostby about", ALL),
        ("summary of findings of the commission", ["Findings of the commission"]),
        ("sum up section 3", ["The bridge"]),
        ("summarise the part about the reeds", ["Findings of the commission"]),
        ("tldr of the bridge", ["The bridge"]),
        ("fasse den teil über den mill zusammen", ["Why Marn agreed"]),
        ("tl;dr zebra stripes", ALL),
        ("sum up the part about what happened", [""]),
        ("hey, i have no time, please, tl;dr", ALL),
    ],
)
def test_a_summary_is_of_what_is_meant(one: Answerer, question: str, expected: list[str]) -> None:
    """The article, a section by name or number, or one by what it says."""
    answer = one.answer(question)
    assert headings(answer) == expected
    assert answer.is_answered
    assert answer.message == ""
    assert answer.question == question


@pytest.mark.parametrize(
    "question",
    [
        "what is the bridge about to become",
        "who wrote the report",
        "summary of the french revolution",
        "when was the treaty signed",
        "what is the wheel about",
        "who wrote the constitution",
        "what does the article say about herons",
        "is there anything about them?",
    ],
)
def test_questions_for_the_text_are_left_to_it(one: Answerer, question: str) -> None:
    """A word for an article that the text has, a topic that it has not, a name of no article."""
    assert one.answer(question).kind not in ("summary", "about")


def test_a_heading_of_the_same_words_is_meant(tmp_path: Path) -> None:
    """A section that is called "Summary" is summed up itself; one on the author is quoted."""
    text = (
        "# Of mills\n\nMills grind.\n\n## Summary\n\nAll is well.\n\n## The author\n\nA miller.\n"
    )
    (tmp_path / "mills.md").write_text(text, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    assert headings(answerer.answer("give me the summary")) == ["Summary"]
    assert answerer.answer("who is the author").kind == "answer"


def test_as_many_sentences_as_were_asked_for(one: Answerer) -> None:
    """Of a whole article they are chosen from all its sections."""
    summaries = one.answer("summary in two sentences").summaries
    assert sum(len(summary.sentences) for summary in summaries) == 2


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            "who wrote this",
            texts.AUTHOR(title="The Heron Treaty of Ostby", author="Ada Brook") + ".",
        ),
        (
            "whos the auther",
            texts.AUTHOR(title="The Heron Treaty of Ostby", author="Ada Brook") + ".",
        ),
        (
            "date of the article",
            texts.DATE(title="The Heron Treaty of Ostby", date="2031-04-03") + ".",
        ),
        (
            "where is this from",
            texts.SOURCE(
                title="The Heron Treaty of Ostby",
                source="https://example.org/herons",
                file="herons.md",
            ),
        ),
        ("what language is this in", "“The Heron Treaty of Ostby” is in English."),
        ("which articles are there", "There is 1 article: “The Heron Treaty of Ostby”."),
        (
            "how is the text structured",
            (
                "“The Heron Treaty of Ostby” has 3 sections, after an untitled beginning: "
                "“Why Marn agreed”; “Findings of the commission”; “The bridge”."
            ),
        ),
        (
            "does it mention reeds",
            "Yes. There is something about “reeds” in the section “Findings of the commission”.",
        ),
        ("is there anything about zebras", "There is nothing about “zebras” in the articles."),
        ("wer hat den artikel geschrieben", "“The Heron Treaty of Ostby” is by Ada Brook."),
    ],
)
def test_facts_are_told_in_a_line(one: Answerer, question: str, message: str) -> None:
    """They are the article's own data."""
    answer = one.answer(question)
    assert (answer.kind, answer.message) == ("about", message)
    assert answer.is_answered
    assert answer.about is not None


def test_what_is_not_known_is_said(two: Answerer) -> None:
    """Each of a few articles is told of."""
    geese, herons = two.answer("who wrote this").message.split(". ", 1)
    assert geese + "." == texts.NO_AUTHOR(title="Geese in winter")
    assert herons == texts.AUTHOR(title="The Heron Treaty of Ostby", author="Ada Brook") + "."
    for name in ("geese in winter", "the geese article"):
        answer = two.answer(f"who wrote {name}")
        assert answer.message == texts.NO_AUTHOR(title="Geese in winter")


def test_an_article_that_dates_itself_is_quoted(tmp_path: Path) -> None:
    """What it says of itself stands beside the date that it has not."""
    own = "This article describes the state of affairs up to August 2025."
    (tmp_path / "a.md").write_text(f"# Of mills\n\nMills grind. {own}\n", encoding="utf-8")
    answer = Answerer(build(tmp_path)[0]).answer("how old is this article")
    assert answer.message == texts.NO_DATE(title="Of mills") + texts.OWN_DATE(sentence=own)


def test_which_article_is_asked_where_it_is_not_clear(two: Answerer) -> None:
    """A name is the answer to that, and so is a named article in the first place."""
    asked = two.answer("tl;dr")
    assert (asked.kind, asked.is_answered) == ("summary", False)
    assert [article.title for article in asked.choices] == [
        "Geese in winter",
        "The Heron Treaty of Ostby",
    ]
    assert headings(two.answer("the geese one", before=asked.turn)) == ["", "Food"]
    assert two.answer("what do geese eat", before=asked.turn).kind == "answer"
    assert headings(two.answer("summarize the geese article")) == ["", "Food"]
    assert headings(two.answer("tl;dr", article="geese")) == ["", "Food"]
    assert two.answer("the geese, not the zebra stripes", before=asked.turn).kind != "summary"
    author = two.answer("who wrote this")
    assert two.answer("the geese one", before=author.turn).kind == "answer"


def test_what_is_gone_is_not_summed_up(one: Answerer) -> None:
    """An article that is no longer there is none; a quotation that is gone leaves what there is."""
    assert one.answer("tl;dr", article="gone").kind == "none"
    gone = Turn("who built the mill", "mill", ("0123456789ab",))
    assert headings(one.answer("tl;dr", before=gone)) == ALL


def test_a_topic_in_many_passages_of_a_section_is_mentioned_once(tmp_path: Path) -> None:
    """The section is named, however often it has the words."""
    wheels = " ".join(f"The wheel of 18{year} was of wood and of iron." for year in range(10, 40))
    longer = HERONS.replace("Its wheel was broken.", wheels)
    (tmp_path / "herons.md").write_text(longer, encoding="utf-8")
    answer = Answerer(build(tmp_path)[0]).answer("is there anything about the wheel")
    assert answer.about is not None
    assert [section.heading for _, section in answer.about.places] == ["Why Marn agreed"]


def test_a_conversation_is_about_the_article_that_was_quoted(two: Answerer) -> None:
    """After a quotation "tl;dr" is of its article; "it" is what the question was about."""
    quoted = two.answer("how many herons were counted")
    assert quoted.quotes
    assert headings(two.answer("tl;dr", before=quoted.turn)) == ALL
    assert two.answer("when was it written", before=quoted.turn).kind != "about"
    assert two.answer("who wrote this article", before=quoted.turn).kind == "about"


def test_a_summary_is_of_a_whole_article_or_of_a_section(two: Answerer) -> None:
    """Also one in a single sentence; and what sums up can be asked of the text alone."""
    assert two.answer("tl;dr of the heron treaty of ostby").is_of_whole_article
    assert two.answer("sum up the heron treaty of ostby in one sentence").is_of_whole_article
    assert not two.answer("sum up the section The bridge").is_of_whole_article
    assert not two.answer("how many herons were counted").is_of_whole_article
    by_text = two.answer_from_text("sum up the bridge")
    assert by_text.kind == "answer"
    assert by_text.quotes[0].section.heading == "The bridge"


def test_a_conversation_goes_on_after_a_summary(tmp_path: Path) -> None:
    """There is more to tell, "it" is the article, and a section can be asked for."""
    counts = " ".join(
        f"In 20{year} there were {year} herons at the mill." for year in range(10, 60)
    )
    longer = HERONS.replace("## The bridge", f"{counts}\n\n## The bridge")
    (tmp_path / "herons.md").write_text(longer, encoding="utf-8")
    one = Answerer(build(tmp_path)[0])
    turn = one.answer("tl;dr").turn
    assert turn is not None
    assert one.answer("tell me more", before=turn).kind == "answer"
    assert one.answer("who wrote it", before=turn).kind == "about"
    assert one.answer("how long is it", before=turn).kind == "about"
    bridge = one.answer("and the bridge?", before=turn)
    assert bridge.quotes[0].section.heading == "The bridge"


def test_a_follow_up_to_a_mention_is_about_its_topic(one: Answerer) -> None:
    """What was asked for is the subject from then on."""
    turn = one.answer("is there anything about the wheel").turn
    assert turn is not None
    assert turn.subject == "wheel"
    assert not turn.is_of_article


def test_who_stands_in_a_title_alone_is_told(tmp_path: Path) -> None:
    """A title of a full name and what they are answers; one that only has the word does not."""
    text = "\n\nThe rent is due on the third of each month.\n"
    (tmp_path / "a.md").write_text(f"# Mara Hollis, Solicitor{text}", encoding="utf-8")
    answer = Answerer(build(tmp_path)[0]).answer("who is the solicitor")
    assert answer.message == texts.TITLE(title="Mara Hollis, Solicitor")
    (tmp_path / "a.md").write_text(f"# Solicitor rules{text}", encoding="utf-8")
    assert Answerer(build(tmp_path)[0]).answer("who is the solicitor").kind != "about"


def test_what_stands_behind_a_form_may_be_the_question(one: Answerer) -> None:
    """The text answers "explain like I'm five how many herons"; else, or where it may be answered at
    most, the article is summed up.
    """
    assert one.answer("eli5 how many herons did the commission count").kind == "answer"
    assert headings(one.answer("eli5 why a boat broke the economy")) == ALL
    assert headings(one.answer("eli5 how the reeds broke the bridge")) == ALL
    assert headings(one.answer("tl;dr my attention span is zero")) == ALL
    assert headings(one.answer("tl;dr the bridge")) == ["The bridge"]


@pytest.mark.parametrize("request_", ["list articles", "tl;dr", "sections", "who wrote this?"])
def test_a_request_is_followed_up_by_what_refers_to_something(one: Answerer, request_: str) -> None:
    """A question, a fragment and a clipped question stand by themselves."""
    before = one.answer(request_).turn
    for question in ("how many herons", "empty mill", "and the bridge?", "who wrote the report"):
        alone = one.answer(question)
        answer = one.answer(question, before=before)
        assert (answer.before, answer.quotes) == (None, alone.quotes), question
    for question in ("did they agree?", "and the other side?"):
        assert one.answer(question, before=before).before == before, question


def test_what_a_summary_showed_is_asked_about(one: Answerer) -> None:
    """A bare question is asked of what stands there; a list of articles shows nothing."""
    for request, is_followed in (("tl;dr", True), ("list articles", False)):
        turn = one.answer(request).turn
        assert (one.answer("why?", before=turn).before is not None) == is_followed


def test_nothing_is_told_of_no_articles(tmp_path: Path) -> None:
    """Without articles a request is answered as any question is."""
    assert Answerer(build(tmp_path)[0]).answer("tl;dr").kind in ("none", "smalltalk")


@pytest.mark.parametrize(
    "question", ["who wrote it", "who is the author of it?", "wer hat es geschrieben"]
)
def test_who_wrote_it_is_of_the_article_where_nothing_written_was_spoken_of(
    two: Answerer, question: str
) -> None:
    """Herons and a mill are written by nobody."""
    quoted = two.answer("how many herons were counted")
    answer = two.answer(question, before=quoted.turn)
    assert (
        answer.message == texts.AUTHOR(title="The Heron Treaty of Ostby", author="Ada Brook") + "."
    )


@pytest.mark.parametrize(
    ("first", "then"),
    [
        # Something written was asked for, ...
        ("when was the treaty signed", "who wrote it"),
        # ... or was quoted, ...
        ("when was the bridge built", "who wrote it"),
        # ... or nothing is said to be written.
        ("how many herons were counted", "by whom?"),
        ("when was the bridge built", "who made it"),
        # Nobody is known to have written the article.
        ("what do geese eat", "who wrote it"),
    ],
)
def test_who_wrote_it_is_for_the_text_elsewhere(two: Answerer, first: str, then: str) -> None:
    """A treaty or a report may be meant."""
    quoted = two.answer(first)
    assert quoted.quotes
    assert two.answer(then, before=quoted.turn).kind != "about"


def test_who_wrote_a_thing_is_told_by_the_text_that_says_so(tmp_path: Path) -> None:
    """The article about it, of the same name, need not be by anybody."""
    text = "# Tidemark\n\nTidemark is a program. Tidemark was written by Kadri Lund for fun.\n"
    (tmp_path / "tidemark.md").write_text(text, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    assert answerer.answer("who wrote tidemark").quotes[0].key.plain.startswith("Tidemark was")
    assert answerer.answer("who wrote this").kind == "about"
