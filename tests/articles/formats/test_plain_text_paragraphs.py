"""Paragraphs of plain text: one line each, or several that were wrapped by hand."""

from parsed import headings_of, parse_plain_text, plains_of


def test_a_number_at_the_beginning_of_a_wrapped_line_is_no_item() -> None:
    """Lines that were wrapped by hand before a number are one paragraph; items that were wrapped
    are apart.
    """
    article, _ = parse_plain_text(
        "A Title\n\nThe law that brought the beds back passed by 88 votes to\n"
        "61. Nobody had thought that it would.\n\n"
        "1. The first of the things that are needed on a night train is a\nbunk.\n"
        "2. The second is a key.\n"
    )
    assert plains_of(article) == [
        [
            "The law that brought the beds back passed by 88 votes to 61.",
            "Nobody had thought that it would.",
            "1. The first of the things that are needed on a night train is a bunk.",
            "2. The second is a key.",
        ]
    ]


def test_a_rule_below_a_paragraph_makes_no_heading() -> None:
    """Only a short line without a full stop is underlined; below anything else dashes are a
    rule.
    """
    long = "The train left at nine and nobody " * 8
    article, _ = parse_plain_text(f"A Title\n\nIt was late.\n---\n{long}went\n---\nThe end came.\n")
    assert headings_of(article) == [""]
    assert plains_of(article) == [["It was late.", f"{long}went", "The end came."]]


def test_a_rule_below_wrapped_lines_is_not_read() -> None:
    """The dashes that close a wrapped paragraph are no part of its last sentence."""
    wrapped = (
        "The train left at nine and it came back at ten\n"
        "with nobody on board, as it would do until it\nrested.\n"
    )
    article, _ = parse_plain_text(f"A Title\n\n{wrapped}-----\n\n{wrapped}")
    assert plains_of(article) == [[" ".join(wrapped.split())] * 2]


def test_a_line_separator_does_not_end_a_line() -> None:
    """U+2028 is a blank within its line, in a heading and in the title too."""
    article, _ = parse_plain_text(
        "A\u2028Title\n=====\n\nA lead.\n\nNight\u2028Trains\n-----\n\nThe train left.\n"
    )
    assert (article.title, headings_of(article)) == ("A Title", ["", "Night Trains"])


def test_lines_of_wide_blanks_are_blank() -> None:
    """A line that holds only blanks of any kind separates paragraphs and is nothing itself."""
    article, _ = parse_plain_text(
        "\u3000\n\u2028\nA Title\n\xa0\nThe train left.\n\u3000\nIt came.\n\x1f\n"
    )
    assert (article.title, plains_of(article)) == ("A Title", [["The train left.", "It came."]])


def test_short_lines_were_not_wrapped_by_hand() -> None:
    """Each line of a list of short lines is a sentence, and the first one is the title, with a
    note.
    """
    article, problems = parse_plain_text(
        "Opening hours\nMonday 9 to 5\nTuesday 9 to 6\nSunday closed"
    )
    assert (article.title, plains_of(article)) == (
        "Opening hours",
        [["Monday 9 to 5", "Tuesday 9 to 6", "Sunday closed"]],
    )
    assert [(problem.line, problem.severity) for problem in problems] == [(1, "note")]
    article, _ = parse_plain_text(
        "How to Brew Coffee\nYou need:\n- a grinder\n- a kettle\nGrind the beans.\n"
    )
    assert (article.title, plains_of(article)) == (
        "How to Brew Coffee",
        [["You need:", "a grinder", "a kettle", "Grind the beans."]],
    )
