"""A refusal names the words that no article has."""

from bot.answers.refusal import make_refusal
from bot.search.index import PassageIndex

INDEX = PassageIndex([["the harbour of Liskoria was opened"]], ["harbours"])


def refuse(question: str) -> str:
    """Refuse a question."""
    return make_refusal(INDEX, INDEX.parse(question))


def test_a_refusal_without_unknown_words_is_a_sentence() -> None:
    """All words stand in the articles, and still they do not answer."""
    assert refuse("why the harbour") == "The articles do not answer that."


def test_unknown_words_are_named_with_what_may_be_meant() -> None:
    """In the order of the question, as typed."""
    message = refuse("Quagga zymurgy")
    assert message == "The articles do not answer that. Nowhere in them: “Quagga”, “zymurgy”."
    assert refuse("Liskia").endswith(" Nowhere in them: “Liskia” (perhaps “Liskoria”).")


def test_at_most_five_words_are_named() -> None:
    """A message stays a line or two."""
    message = refuse("quagga zymurgy borscht quaternion gneiss xylem")
    assert message.endswith("“quagga”, “zymurgy”, “borscht”, “quaternion”, “gneiss”.")
