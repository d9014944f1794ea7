"""What the figures of asking count, and that the questions fit their articles."""

from pathlib import Path

import pytest

from benchmarks.asking.__main__ import main
from benchmarks.asking.conversations import read_conversations
from benchmarks.asking.measure import AskingFigures, count, hold_conversations
from bot.answers.answerer import Answerer
from bot.articles.library import build

OWN = Path(__file__).parents[1] / "asking"
ARTICLE = """---
title: The ferry
author: Jane Orr
---

The ferry leaves at nine. It holds forty cars.

## Fares

A car costs 12 crowns. Dogs travel free.
"""
QUESTIONS = """
curious:
- - {ask: when does the ferry leave, right: [leaves at nine]}
  - {ask: who wrote this, right: [Jane Orr]}
- - {ask: sum up the fares, right: [summary]}
hostile:
- - {ask: when does the ferry leave, right: [leaves at ten]}
- - {ask: how do I fry doughnuts, right: [not covered]}
- - {ask: how do I fry doughnuts, right: [In hot fat]}
- - {ask: what does a car cost, right: [not covered]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write an article and conversations about it."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return tmp_path


def test_an_answer_is_right_by_what_is_shown(folder: Path) -> None:
    """A quotation, a fact, an extract or a refusal; a wrong one by what was right instead."""
    answerer = Answerer(build(folder / "articles")[0])
    conversations = read_conversations(folder / "questions.yaml")
    judged = list(hold_conversations(answerer, conversations))
    assert [one.is_right for one in judged] == [True, True, True, False, True, False, False]
    figures = count(judged)
    sure = [one for one in judged if one.is_sure]
    assert figures == AskingFigures(
        asked=7,
        right=4,
        in_three=4,
        sure=len(sure),
        wrong_sure=sum(not one.is_right for one in sure),
        rightly_refused=1,
        wrongly_refused=1,
        wrongly_answered=1,
    )


def test_the_command_prints_a_row_for_each_member(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With every answer, on request, on a line of its own."""
    assert main(["--folder", str(folder), "--answers"]) == 0
    printed = capsys.readouterr().out
    assert "| curious | 3 | 3 |" in printed
    assert "| hostile | 4 | 1 |" in printed
    assert "| all | 7 | 4 |" in printed
    assert "right  about     curious  who wrote this — " in printed


@pytest.mark.parametrize("content", ["- a", "curious: none", "curious: [[{ask: [], right: []}]]"])
def test_questions_of_another_form_are_an_error(content: str, tmp_path: Path) -> None:
    """The message names the line."""
    path = tmp_path / "questions.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TypeError, match="line 1"):
        read_conversations(path)


def test_what_is_right_stands_in_the_articles() -> None:
    """Fifty questions of each member; a piece of a sentence, or the author's name."""
    articles = build(OWN / "articles")[0].articles
    texts = [article.text for article in articles]
    conversations = read_conversations(OWN / "questions.yaml")
    for conversation in conversations:
        for question in conversation.questions:
            assert question.pieces or question.is_for_summary or question.may_be_refused
            for piece in question.pieces:
                assert any(piece in text for text in texts), piece
    for member in ("curious", "hurried", "hostile"):
        own = [one.questions for one in conversations if one.member == member]
        assert sum(map(len, own)) == 50
