"""Every text about a file says something, and can be filled in by who reports it."""

from inspect import signature
from string import Formatter

import pytest

from bot.articles.problems import make_error
from bot.texts import problems
from bot.texts.problems import ProblemText

TEXTS = {name: text for name, text in vars(problems).items() if isinstance(text, ProblemText)}


def placeholders(text: ProblemText) -> set[str]:
    """Give the names of what varies in a text."""
    parsed = [*Formatter().parse(text.what), *Formatter().parse(text.hint)]
    return {name for _, name, _, _ in parsed if name is not None}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_says_what_is_wrong(name: str) -> None:
    """It has a text, and no full stop at its end: a hint in brackets may follow."""
    text = TEXTS[name]
    assert text.what
    assert not text.what.endswith(".")
    assert not text.hint.endswith(".")


@pytest.mark.parametrize("name", TEXTS)
def test_placeholders_are_names_that_can_be_given(name: str) -> None:
    """Each is a name, and none is one that says where a problem stands."""
    names = placeholders(TEXTS[name])
    assert all(placeholder.isidentifier() for placeholder in names)
    assert names.isdisjoint(signature(make_error).parameters)
