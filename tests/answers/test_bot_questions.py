"""What is asked of the bot itself is not looked up in the articles."""

from pathlib import Path

import pytest
from growth import MOST_GROWTH, growth

from bot.answers.answerer import Answerer
from bot.answers.bot_questions import asks_of_bot
from bot.articles.library import build
from bot.search.analysis.tokens import TokenizedText


def is_of_bot(text: str) -> bool:
    """Say whether a text as it is typed is about the bot."""
    return asks_of_bot(" ".join(TokenizedText.tokenize(text).folded))


@pytest.mark.parametrize(
    "text",
    [
        "are you a bot",
        "hey are you even a real person?",
        "r u human or bot",
        "u a bot?",
        "Are you ChatGPT?",
        "am i talking to a real person",
        "are you self-aware",
        "are you a real bot",
        "are you human beings",
        "you're a bot",
        "are you gpt-4?",
        "What's your name?",
        "who is your creator",
        "who programmed you",
        "how old are you",
        "where do you live",
        "do you have feelings",
        "do you sleep",
        "i love you",
        "can you do my homework",
        "write me a short poem about cats",
        "tell me a joke",
        "Bist du ein Mensch?",
        "T'es un humain ?",
        "¿Eres un robot?",
        "jesteś botem?",
        "ти бот?",
        "ты живой человек?",
        "gerçek bir insan mısın",
    ],
)
def test_what_the_bot_is_and_is_told_to_do(text: str) -> None:
    """As members type it to try a bot out."""
    assert is_of_bot(text)


@pytest.mark.parametrize(
    "text",
    [
        "are you open on sundays",
        "do you ship to canada",
        "what's your return policy",
        "where do you live in winter",
        "can you cancel my order",
        "is the ceasefire real",
        "can you play music",
        "can you sleep",
        "who is your owner",
        "tell me the joke about the bishop",
        "sing the song for peace",
        "write a letter about the mill",
        "are real people involved",
        "tell me the story of the weir",
        "who made the cheese",
        "write to us",
        "",
    ],
)
def test_what_an_article_may_answer_is_asked_of_it(text: str) -> None:
    """Where it speaks for somebody, or tells a story."""
    assert not is_of_bot(text)


def test_the_bot_says_what_it_is(tmp_path: Path) -> None:
    """A sentence with the same words is no answer, unless a section has that very name."""
    text = "# Bees\n\nA real person keeps them.\n\n## Are you human\n\nOf course we are.\n"
    (tmp_path / "bees.md").write_text(text, encoding="utf-8")
    answerer = Answerer(build(tmp_path)[0])
    answer = answerer.answer("are you a real person")
    assert answer.kind == "smalltalk"
    assert answer.message.startswith("I am a program")
    assert answerer.answer("are you human").kind == "answer"


@pytest.mark.parametrize("repeated", ["are you a ", "hey ", "are you real or a ", "write me a "])
def test_it_is_told_in_linear_time(repeated: str) -> None:
    """A message may be as long as Discord lets it be."""
    grown = growth(lambda size: is_of_bot(repeated * size), 1_600)
    assert grown < MOST_GROWTH
