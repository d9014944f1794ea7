"""Requests are told by their form, in every language that has forms; questions are none."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answers.request_model import Request
from bot.answers.request_templates import EdgeIndex, FoldedText, TemplateReader, read_groups
from bot.answers.request_words import LANGUAGES, read_request_words
from bot.answers.requests import asks_for_article, find_request
from bot.search.analysis.tokens import TokenizedText
from bot.search.analysis.word_frequencies import frequencies_of

EXAMPLES = yaml.safe_load(
    Path(__file__).with_name("request_examples.yaml").read_text(encoding="utf-8")
)
ORDINARY = frequencies_of("en").words


def find(text: str) -> Request | None:
    """Find a request where the words of ordinary English are known."""
    return find_request(TokenizedText.tokenize(text), lambda word: word in ORDINARY)


@pytest.mark.parametrize(
    ("aspect", "text"),
    [
        (aspect, text)
        for by_aspect in EXAMPLES.values()
        for aspect, texts in by_aspect.items()
        for text in texts
    ],
)
def test_requests_are_told_by_their_form(aspect: str, text: str) -> None:
    """Polite words, little slips and the order of words do not matter."""
    request = find(text)
    assert request is not None
    assert request.aspect == aspect


def test_every_language_has_every_form() -> None:
    """No language can ask for less than another."""
    assert set(EXAMPLES) == set(LANGUAGES)
    for language in LANGUAGES:
        words = read_request_words(language)
        missing = [name for name, lines in words.templates.items() if not lines]
        assert missing == ["title"]
        assert set(EXAMPLES[language]) == {name for name in words.templates if name != "title"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_a_pattern(language: str) -> None:
    """No line is broken, and each macro that it names is there."""
    words = read_request_words(language)
    reader = TemplateReader(words.macros, has_blanks=words.has_blanks)
    for lines in (*words.templates.values(), *words.macros.values()):
        for line in lines.splitlines():
            assert not line.startswith(("|", " "))
            reader.compile(line)
            for option in line.replace("|", " ").split():
                name = option.rstrip("?*")
                is_gap = name in ("X", "NAME", "SUBJECT", "REST", "DIGITS")
                assert not name.isupper() or not name.isascii() or is_gap or name in words.macros


@pytest.mark.parametrize(
    "text",
    [
        "what is in the summary report of the commission",
        "who wrote the law of the sea and when was it signed",
        "what would they even talk about",
        "why did the talks fail",
        "when was the treaty signed",
        "how long is the bridge",
        "what language do they speak in belfast",
        "tell me something about the treaty",
        "what does the article say about the treaty",
        "who is mentioned as the author of the plan for peace",
        "the treaty failed, who wrote it",
        "what are the main points of the agreement",
        "explain the two-state solution",
        "how old is it",
        "where is it from",
        "date",
        "what was the point of the meeting",
        "wer hat die brücke gebaut",
        "почему они не встретились",
        "qui a construit le pont",
        "quién firmó el tratado",
        "谁签署了协议",
        "誰が条約に署名しましたか",
        "누가 조약에 서명했나요",
        "",
        "?!",
        "tl;dr " * 60,
    ],
)
def test_questions_are_no_requests(text: str) -> None:
    """What the text may answer is left to it, and so is what "it" may stand for."""
    request = find(text)
    # A name or a subject is one only where an article has it.
    assert request is None or request.is_loose or request.name or request.subject


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("sum up the part about the Danube ports", "Danube ports"),
        ("summary of the outcomes section", "outcomes"),
        ("is there anything about l'Aquila in here?", "l Aquila"),
        ("résume la partie sur les médiateurs", "médiateurs"),
        ("总结一下关于调解的部分", "调解"),
        ("summarise section 3 in two sentences", "3"),
    ],
)
def test_what_is_asked_of_is_given_as_typed(text: str, topic: str) -> None:
    """A topic keeps its capitals and accents."""
    request = find(text)
    assert request is not None
    assert request.topic == topic


def test_how_many_sentences_are_asked_for() -> None:
    """A number may be a numeral or a word."""
    sentences = [
        find(text) for text in ("tldr in 3 bullets", "whole thing in one sentence", "tldr")
    ]
    assert [request and request.sentences for request in sentences] == [3, 1, 0]


def test_an_excuse_beside_a_request_is_passed_over() -> None:
    """Whoever speaks of themselves asks nothing by that; any other clause may be the question."""
    assert find("my essay is due tomorrow, whats the main idea") is not None
    assert find("explain it simple please, my english is not good") is not None
    assert find("the bridge fell, give me the gist of the weather") is None
    # "It" is what they spoke of.
    assert find("I read about the talks, who wrote it") is None


def test_misspelt_words_of_a_request_are_mended() -> None:
    """A word that stands in the articles is never taken for another."""
    misspelt = TokenizedText.tokenize("sumarize the artcle")
    assert find_request(misspelt, lambda _: False) is not None
    assert find_request(misspelt, lambda _: True) is None


def test_only_articles_are_asked_for_by_facts() -> None:
    """A mention is about what it names, not about an article."""
    assert asks_for_article("tl;dr")
    assert asks_for_article("who wrote this")
    assert not asks_for_article("is there anything about geese")
    assert not asks_for_article("why did they meet")


def test_a_template_gives_what_stands_in_its_gaps() -> None:
    """Alternatives, words that may be missing, repeated ones, and gaps."""
    reader = TemplateReader({"DET": "the|a"}, has_blanks=True)
    pattern = reader.compile("show|list me? DET* X right_now")
    text = FoldedText.fold("Show the a Élan Vital right now", has_blanks=True)
    match = pattern.fullmatch(text.folded)
    assert match is not None
    assert read_groups(match, text) == {"topic": "Élan Vital"}


LINES = ["DOC* is|are? in_short", "X about DET* DOC", "how many DIGITS", "MAYBE", "who DOC?"]
FITTING = st.lists(st.sampled_from("the article is are in short x about how many 3 who".split()))


@given(st.sampled_from(LINES), FITTING)
@example("MAYBE", [])
@example("MAYBE", ["is", "in", "short"])
def test_what_a_template_matches_is_not_ruled_out_by_its_words(line: str, words: list[str]) -> None:
    """The words that a line needs, begins and ends with are looked at before it is compiled."""
    macros = {"DOC": "DET* article", "DET": "the", "MAYBE": "the? is?\nin short?"}
    reader = TemplateReader(macros, has_blanks=True)
    (template,) = reader.read(line)
    text = FoldedText.fold(" ".join(words), has_blanks=True)
    compiled = reader.compile(line).fullmatch(text.folded)
    assert (template.match(text, set(words)) is None) == (compiled is None)
    assert compiled is None or EdgeIndex({0: template}).find(text) == [0]
