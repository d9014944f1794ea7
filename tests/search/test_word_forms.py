"""Words in all their forms are found as a pattern of the same alternatives finds them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.search.word_forms import WordForms

FORMS = WordForms("owners? chair* mill straße")
PATTERN = re.compile(r"\b(?:owners?|chair\w*|mill|straße)\b", re.IGNORECASE)
TEXTS = st.lists(
    st.sampled_from(["Owner", "owners", "ownership", "CHAIRS", "chair", "armchair", "mill", "-"])
    | st.sampled_from(["mills", "Straße", "_", "'s", ".", "the"])
)


@given(TEXTS, st.sampled_from(["", " "]))
def test_each_form_is_found_in_order(words: list[str], between: str) -> None:
    """Case does not matter, nor what stands around a word."""
    text = between.join(words)
    assert list(FORMS.find(text)) == [found.lower() for found in PATTERN.findall(text)]
