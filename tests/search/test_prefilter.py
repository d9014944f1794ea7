"""A pattern with literals is found where the pattern alone is."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import existence
from bot.search import answer_type, contradictions
from bot.search.prefilter import PrefilteredPattern

MODULES = (answer_type, contradictions, existence)
WORDS = """
not never cannot isn't isnt won't did not or who was chair before after Orr besides apart from aside
other than except for instead of in addition to what which is are made up out of material materials
how do I we can much many when year had differ difference compare versus vs similar common more less
there has been they have offer provide sell include own use any some the plan NOT HOW ? , X
"""
TEXTS = st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)


def list_patterns() -> Iterator[tuple[str, PrefilteredPattern]]:
    """Give all patterns of the modules that have any."""
    for module in MODULES:
        for name, value in vars(module).items():
            if isinstance(value, PrefilteredPattern):
                yield f"{module.__name__}.{name}", value


@pytest.mark.parametrize(("name", "pattern"), list(list_patterns()))
@given(TEXTS)
def test_no_text_that_fits_lacks_all_literals(
    name: str, pattern: PrefilteredPattern, text: str
) -> None:
    """What the literals rule out, the pattern does not match."""
    alone = re.compile(pattern.pattern, re.IGNORECASE)
    assert pattern.is_in(text) == (alone.search(text) is not None), name


def test_every_alternative_has_a_literal() -> None:
    """Of each kind of question one that is asked."""
    assert contradictions.names_no_other("Who chaired it, apart from Orr?", "The chair is Orr.")
    assert contradictions.tells_no_material("WHAT MATERIALS were used", "It is tall.")
    assert contradictions.tells_no_amount("HOW MUCH is it", "It is dear.")
    assert existence.asks_existence("Do they ever provide lunch?")
