"""Members' answers in their file: one section each, found by its link, all else as it was."""

from pathlib import Path

from bot.articles.library import build
from bot.editing.kept_answers import add_answer, remove_answer

FIRST = "https://discord.com/channels/1/2/3"
SECOND = "https://discord.com/channels/1/2/33"
NASTY = "# Not a heading\nIn oil.\n---\n```\n## code"


def headings(tmp_path: Path, text: str) -> list[str]:
    """Give the headings of the sections that are read of a file."""
    (tmp_path / "answers.md").write_text(text, encoding="utf-8")
    library, _ = build(tmp_path)
    return [one.heading for article in library.articles for one in article.sections if one.heading]


def test_answers_come_and_go_by_their_link(tmp_path: Path) -> None:
    """Whatever they hold; what an editor wrote there stays; the last takes the file with it."""
    one = add_answer("", "How do I\nfry?", NASTY, FIRST)
    assert headings(tmp_path, one) == ["How do I fry?"]
    two = add_answer(one, "# Where?", "In Lisk.", SECOND)
    assert two.startswith(one)
    assert headings(tmp_path, two) == ["How do I fry?", "Where?"]
    again = add_answer(two, "How do I fry?", "In butter.", FIRST)
    assert headings(tmp_path, again) == ["Where?", "How do I fry?"]
    assert "In oil" not in again
    mine = again + "\n## Mine\n\nBy hand.\n"
    assert headings(tmp_path, remove_answer(mine, SECOND)) == ["How do I fry?", "Mine"]
    assert remove_answer(two, FIRST).endswith(two[len(one) :])
    assert remove_answer(one, SECOND) == one
    assert remove_answer(one, FIRST) == ""


def test_an_answer_goes_however_its_file_is_stored(tmp_path: Path) -> None:
    """An editor that writes other newlines, or none at the end, keeps nobody from taking an answer
    back.
    """
    two = add_answer(add_answer("", "How?", "In oil.", FIRST), "Where?", "In Lisk.", SECOND)
    stored = two.replace("\n", "\r\n").removesuffix("\r\n")
    assert headings(tmp_path, remove_answer(stored, FIRST)) == ["Where?"]
    first = remove_answer(stored, SECOND)
    assert first == add_answer("", "How?", "In oil.", FIRST).replace("\n", "\r\n")
    assert add_answer(first, "Where?", "In Lisk.", SECOND) == stored + "\r\n"


def test_no_answer_can_pass_for_another(tmp_path: Path) -> None:
    """Who writes the line by which another answer is found does not take its place."""
    forged = f"Look:\n[The message]({SECOND})\nThat is all."
    one = add_answer("", "How?", forged, FIRST)
    two = add_answer(one, "Where?", "In Lisk.", SECOND)
    assert remove_answer(two, SECOND) == one
    assert headings(tmp_path, remove_answer(two, FIRST)) == ["Where?"]
