"""What is passed over of a question, and what stays."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.search.question_text import clean_question


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("q: who do i write to", "who do i write to"),
        ("Question 3: where is the shop", "where is the shop"),
        ("Frage: wo ist der Laden", "wo ist der Laden"),
        ("питання: де магазин", "де магазин"),
        ("what is `get_user` for", "what is get_user for"),
        ("why does ```python\nprint(x)\n``` fail", "why does print(x) fail"),
        ("who is the ||murderer||", "who is the murderer"),
        ("rules :wave: <:pog:12345> <a:dance:9>", "rules"),
        ("<@123> <@!4> <@&5> <#6> rules <t:1700000000:R>", "rules"),
        ("what does </ask question:12> do", "what does ask question do"),
        ("how does https://example.org/a?b=c work with sailing", "how does work with sailing"),
        ("see www.example.org/x for sailing", "see for sailing"),
        ("i wrote to a.b@example.org about dues", "i wrote to about dues"),
        ("[the guide](https://example.org) for sailing", "[the guide]( ) for sailing"),
        ("dues 1\ufe0f\u20e3", "dues"),
    ],
)
def test_what_is_around_a_question_is_passed_over(typed: str, words: str) -> None:
    """Labels, marks, mentions, emoji and addresses; the words that are marked stay."""
    assert clean_question(typed).split() == words.split()


@pytest.mark.parametrize(
    "typed",
    [
        "when is it, at 10:30:45?",
        "what about S. Korea: who leads it?",
        "don`t you sail",
        "where: the harbour?",
        "is a+b > c || d",
        "2 < 3 and 5 > 4",
    ],
)
def test_other_marks_stay(typed: str) -> None:
    """What only looks like a mark is no mark; two bars are blanks to whoever reads words."""
    assert clean_question(typed).split() == typed.replace("||", "").split()


@pytest.mark.parametrize(
    "typed", ["www.example.org", "what is https://example.org", "who is a@example.org"]
)
def test_an_address_is_asked_for_where_nothing_else_is(typed: str) -> None:
    """Its words are looked up."""
    assert clean_question(typed) == typed


@given(st.text() | st.text("q:`|<>@# wha/t.s_www:1", max_size=60))
@example("`` 0`0@0.0 ``")
@example("Q`:")
@example("<@1> q: :wave: q: www.a.b who")
@settings(deadline=None)
def test_any_text_is_read(text: str) -> None:
    """Law: nothing raises, nothing is added, and what was read is read the same again."""
    read = clean_question(text)
    assert len(read) <= len(text)
    assert clean_question(read).split() == read.split()
