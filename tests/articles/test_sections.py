"""Sections know their place, their headings and their number."""

from hypothesis import given
from hypothesis import strategies as st
from parsed import parse_markdown, with_links

from bot.articles.blocks import Block
from bot.articles.lines import Lines
from bot.articles.model import Link, Sentence
from bot.articles.sections import make_sections


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


@given(st.text("ab. ", min_size=1, max_size=60), st.integers(0, 60), st.integers(1, 60))
def test_a_link_keeps_its_words(text: str, start: int, length: int) -> None:
    """Whatever blanks and ends of sentences lie in it or at its ends: each sentence has its
    part of the words.
    """
    link = Link(start, min(start + length, len(text)), "https://example.org")
    block = Block(0, len(text), text, links=[link] if link.start < link.end else [])
    sections = make_sections("a.md", Lines(text), [block], "en")
    parts = [
        one.plain[part.start : part.end] for one in sections[0].sentences for part in one.links
    ]
    words = text[link.start : link.end].split()
    has_sentences = bool(sections[0].sentences)
    assert " ".join(parts).split() == (words if has_sentences else [])


def test_the_sentences_of_a_file_share_its_text() -> None:
    """No copy of a sentence is kept, also where lines are wrapped; only what reads otherwise is."""
    text = "# Trains\n\nNight trains\nrun late. Day trains\r\nrun *early*. Beds cost more.\n"
    article, _ = parse_markdown(text)
    found = [
        (sentence.text, sentence.plain, sentence.style.reading)
        for sentence in article.sections[-1].sentences
    ]
    assert found == [
        ("Night trains\nrun late.", "Night trains run late.", None),
        ("Day trains\r\nrun *early*.", "Day trains run early.", "Day trains run early."),
        ("Beds cost more.", "Beds cost more.", None),
    ]
    assert all(one.document is article.text for one in article.sections[-1].sentences)


def test_sentences_are_equal_by_their_place_and_their_text() -> None:
    """Whether what they read as is kept does not matter, nor what else stands in their documents;
    what differs in any of the rest is another sentence.
    """
    one = Sentence("a.md", 1, 0, 6, "A dog. A cat.")
    same = Sentence("a.md", 1, 0, 6, "A dog. No cat.", "A dog.")
    assert one == same
    assert hash(one) == hash(same)
    others = [
        Sentence("b.md", 1, 0, 6, "A dog. A cat."),
        Sentence("a.md", 2, 0, 6, "A dog. A cat."),
        Sentence("a.md", 1, 0, 5, "A dog. A cat."),
        Sentence("a.md", 1, 0, 6, "A cow. A cat."),
        Sentence("a.md", 1, 0, 6, "A dog. A cat.", "A frog."),
        with_links(one, Link(0, 1, "https://example.org")),
        "A dog.",
    ]
    assert all(one != other for other in others)
