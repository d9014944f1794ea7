"""Blocks of Markdown as a test compares them."""

from bot.articles.blocks import Draft
from bot.articles.formats.markdown import parse_markdown
from bot.articles.lines import Lines


def draft_of(text: str, name: str = "a.md") -> Draft:
    """Parse a body, and hold every place to its law.

    A block stands in the file where it says; each of its characters has its place in it, and no
    place lies before the one of the character before it. What reads as it is written stands at its
    place.
    """
    draft = parse_markdown(name, Lines(text), 1)
    for block in draft.blocks:
        assert 0 <= block.start <= block.end <= len(text)
        if block.is_whole:
            continue
        places = block.places
        if places is None:
            places = [(block.start + at, block.start + at + 1) for at in range(len(block.plain))]
        assert len(places) == len(block.plain)
        before = block.start
        for character, (start, end) in zip(block.plain, places, strict=True):
            assert before <= start <= end <= block.end
            before = start
            if end - start == 1 and not character.isspace():
                assert text[start] in (character, "#")
        for link in block.links:
            assert 0 <= link.start < link.end <= len(block.plain)
    return draft


def outline(text: str, name: str = "a.md") -> list[tuple[str, int, str]]:
    """Give kind (or the level of a heading), group and text of each block."""
    blocks = draft_of(text, name).blocks
    return [
        (f"h{block.level}" if block.level else block.form.kind, block.form.group, block.plain)
        for block in blocks
    ]


def plains(text: str, name: str = "a.md") -> list[str]:
    """Give how each block reads."""
    return [block.plain for block in draft_of(text, name).blocks]
