"""Where the tokens of markdown-it-py stand in the file.

In: a block token, whose ``map`` counts lines from the beginning of the body. Out: numbers of
lines in the file, and the offset of each character of the token's content.
"""

from dataclasses import dataclass

from markdown_it.token import Token

from bot.articles.lines import Lines


@dataclass(frozen=True, slots=True)
class MarkdownSource:
    """A file's name and lines, and the line in which its body begins."""

    file: str
    lines: Lines
    body_line: int

    def line_numbers(self, token: Token) -> range:
        """Give the numbers of the lines that a block token covers."""
        first, end = token.map or (0, 0)
        return range(self.body_line + first, self.body_line + end)

    def line_start(self, number: int) -> int:
        """Give where a line begins, behind a byte order mark."""
        start, _ = self.lines.span(number)
        return start + self.lines.text.startswith("\ufeff", start)

    def locate(self, token: Token) -> list[int]:
        """Give the offset of each character of the token's content, and the end of the last one.

        ``meta["column"]`` says where a content of one line begins in it; else a line's content
        reaches to its end, but for the marks that close it.
        """
        offsets: list[int] = []
        numbers = self.line_numbers(token)
        if "column" in token.meta:
            start = self.line_start(numbers[0]) + token.meta["column"]
            return list(range(start, start + len(token.content) + 1))
        remaining = iter(numbers)
        for line in token.content.split("\n"):
            stripped = line.strip()
            # The first lines are missing from the content where they hold only blanks that are not
            # ASCII's. So a line of the content is looked for from where the last one was found.
            number = next(
                (number for number in remaining if stripped in self.lines.line(number)),
                numbers[-1],
            )
            start, _ = self.lines.span(number)
            column = self.lines.line(number).rfind(stripped)
            leading_blanks = len(line) - len(line.lstrip())
            line_start = start + column - leading_blanks
            line_end = line_start + len(line)
            # Blanks of the content that the file does not have stand where the line begins.
            offsets += [start] * (start - line_start)
            offsets += range(max(start, line_start), line_end + 1)
        return offsets
