"""Texts are filled in by name, and what is counted has its own form for one."""

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter

import pytest

import bot.texts
from bot.texts import Plural, Text, end_sentence
from bot.texts.problems import ProblemText

# Modules that hold no texts.
MACHINERY = ("catalogues", "filling", "languages", "retelling")


def forms_of(value: object) -> tuple[str, ...]:
    """Give the forms of a text; none for what is no text."""
    if isinstance(value, Plural):
        return value.one, value.other
    if isinstance(value, ProblemText):
        return value.what, value.hint
    if isinstance(value, Text):
        return (value.english,)
    return (value,) if isinstance(value, str) else ()


def has_words(form: str) -> bool:
    """Say whether a text has words of its own, not only quotation marks or what parts a list."""
    return any(literal.isalpha() for part, *_ in Formatter().parse(form) for literal in part)


def list_texts() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the name and the forms of every text that has words."""
    for found in iter_modules(bot.texts.__path__):
        if found.name in MACHINERY:
            continue
        module = import_module(f"{bot.texts.__name__}.{found.name}")
        for name, value in vars(module).items():
            forms = forms_of(value) if name.isupper() else ()
            if any(map(has_words, forms)):
                yield f"{found.name}.{name}", forms


def test_a_text_is_shown_by_filling_it_in() -> None:
    """Without placeholders it is shown as it is; with them it is called with their values."""
    assert Text("Ask again.")() == "Ask again."
    assert Text("By {author}, {year}.")(author="Ada", year=1844) == "By Ada, 1844."
    with pytest.raises(KeyError):
        Text("By {author}.")()


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 files"), (1, "1 file"), (2_000, "2,000 files")]
)
def test_what_is_counted_has_a_form_for_one(count: int, shown: str) -> None:
    """One is one; none and many are many."""
    assert Plural("{count} file", "{count:,} files")(count) == shown


COUNTED = re.compile(r"\{count[^}]*\} (?:more )?\w+s\b")


def test_whatever_is_counted_has_a_form_for_one() -> None:
    """No text says "1 more lines"."""
    for name, forms in list_texts():
        assert len(forms) == 2 or COUNTED.search(forms[0]) is None, name


@pytest.mark.parametrize(
    ("name", "ended"),
    [("Ada", "Ada."), ("Storm?", "Storm?"), ("J. Brook Jr.", "J. Brook Jr."), ("“Oh!”", "“Oh!”.")],
)
def test_a_sentence_ends_once(name: str, ended: str) -> None:
    """A name with a mark of its own at its end needs no full stop."""
    assert end_sentence(name) == ended


def test_no_text_stands_twice() -> None:
    """Who changes a text, or translates it, does so once; what several surfaces show is in
    ``common``.
    """
    names = defaultdict(list)
    for name, forms in list_texts():
        names[forms].append(name)
    assert "common.NO_ARTICLES" in names["There are no articles yet.",]
    assert not [same for same in names.values() if len(same) > 1]
