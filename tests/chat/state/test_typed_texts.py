"""What was typed is known for a while, to who typed it alone."""

from bot.chat.state.typed_texts import TypedTexts


def test_what_was_typed_is_known_for_a_quarter_of_an_hour() -> None:
    """By who typed it and the window; what was taken is forgotten; the last thirty are known."""
    typed = TypedTexts()
    typed.add(1, "edit", ["a"], 0.0)
    typed.add(1, "edit", ["b"], 100.0)
    assert typed.find(1, "edit", 999.0) == ["b"]
    assert typed.find(1, "edit", 1000.0) == ()
    assert typed.find(2, "edit", 100.0) == ()
    assert typed.find(1, "other", 100.0) == ()
    typed.remove(1, "edit")
    assert typed.find(1, "edit", 100.0) == ()
    for number in range(31):
        typed.add(number, "edit", ["c"], 0.0)
    assert typed.find(0, "edit", 1.0) == ()
    assert typed.find(1, "edit", 1.0) == ["c"]
