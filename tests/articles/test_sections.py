"""Sections know their place, their headings and their number."""

from parsed import parse_markdown


def test_a_section_knows_its_number_heading_parents_and_place() -> None:
    """The lead is number 0, headings follow in order, and each names the headings that it stands
    under.
    """
    text = (
        "# Trains\n\nA lead.\n\n## Night\n\nOne. Two.\n\n#### Beds\n\nThree.\n\n### Soup\n\n"
        "## Day\n\nFour.\n"
    )
    article, _ = parse_markdown(text)
    found = [
        (section.number, section.heading, section.parents, section.line)
        for section in article.sections
    ]
    assert found == [
        (0, "", (), 3),
        (1, "Night", (), 5),
        (2, "Beds", ("Night",), 9),
        (3, "Soup", ("Night",), 13),
        (4, "Day", (), 15),
    ]
    assert [len(section.sentences) for section in article.sections] == [1, 2, 1, 0, 1]
