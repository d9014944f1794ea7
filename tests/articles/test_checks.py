"""What an editor should know about an article that is served."""

from parsed import parse_plain_text


def test_a_long_sentence_is_noted() -> None:
    """A text without full stops is told, with the line in which it begins."""
    for count, lines in ((80, []), (81, [3])):
        _, problems = parse_plain_text("A Title\n\n" + "word " * count)
        assert [
            problem.line for problem in problems if "longer than 80 words" in problem.what
        ] == lines
        assert {problem.severity for problem in problems} <= {"note"}
