"""What an editor should know about an article that is served."""

import pytest
from parsed import parse_markdown, parse_plain_text


def test_a_long_sentence_is_noted() -> None:
    """A text without full stops is told, with the line in which it begins."""
    for count, lines in ((80, []), (81, [3])):
        _, problems = parse_plain_text("A Title\n\n" + "word " * count)
        assert [
            problem.line for problem in problems if "longer than 80 words" in problem.what
        ] == lines
        assert {problem.severity for problem in problems} <= {"note"}


@pytest.mark.parametrize("before", ["- ", "3. ", "    ", "| a | b |\n| - | - |\n| c | ", "```\n"])
def test_a_long_item_row_or_line_of_code_is_nothing_to_mend(before: str) -> None:
    """Nobody ends an entry of a list or a cell with a full stop."""
    _, problems = parse_markdown(f"# T\n\nText.\n\n{before}" + "word " * 90)
    assert [problem for problem in problems if problem.kind == "sentence-long"] == []
