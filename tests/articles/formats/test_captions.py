"""Captions of recordings: what was said, by whom, and where it stands in the file."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.blocks import Block
from bot.articles.files import SourceFile
from bot.articles.formats.captions import parse_captions
from bot.articles.lines import Lines
from bot.articles.parser import read_article

TIME = "00:00.000 --> 00:02.000"


def parse(text: str) -> list[Block]:
    """Parse captions."""
    return parse_captions("a.vtt", Lines(text), 1).blocks


def said(text: str) -> list[tuple[str, str]]:
    """Give mark and text of each block."""
    return [(block.form.mark, block.plain) for block in parse(text)]


def cues(*texts: str) -> str:
    """Give texts their numbers and times, as SubRip does."""
    time = "00:00:01,000 --> 00:00:02,500"
    return "".join(f"{number}\n{time}\n{text}\n\n" for number, text in enumerate(texts, 1))


def test_sentences_run_across_cues() -> None:
    """The turn of a voice goes on until another one speaks."""
    text = (
        "WEBVTT - x\nKind: captions\n\nNOTE Not\nthis.\n\nSTYLE\n::cue {}\n\nREGION\nid:x\n\n"
        f"intro\n{TIME} align:start\n"
        f"<v Ada>We open at <b>nine</b>\non Monday, and\n\n"
        f"2\n{TIME}\n<v Ada>close at five.</v>\n\n{TIME}\n<v.loud Bo Lee>Is &amp; was?"
    )
    assert said(text) == [
        ("Ada: ", "We open at nine on Monday, and close at five."),
        ("Bo Lee: ", "Is & was?"),
    ]


def test_names_before_a_colon_are_speakers() -> None:
    """In capitals, or where they come again; other colons are text."""
    text = cues(
        "HOST: And mice?\n- BO: Yes.",
        ">> Ada: Voles.",
        "Ada: Too.",
        "Note: this is read.",
        "at 9: 30",
    )
    assert said(text) == [
        ("HOST: ", "And mice?"), ("BO: ", "Yes."), ("Ada: ", "Voles. Too. Note: this is read. at 9: 30"),
    ]  # fmt: skip


def test_who_says_nothing_is_passed_over() -> None:
    """A voice without words, and a line of nothing but tags; what is said next is read."""
    text = (
        f"WEBVTT\n\n{TIME}\n<v Ada></v>\n\n{TIME}\n<i></i>\nWe open at nine.\n\n"
        f"{TIME}\n<v Bo Lee>\n\n{TIME}\n<v Cy>Good.\n"
    )
    assert said(text) == [("Ada: ", "We open at nine."), ("Cy: ", "Good.")]
    assert said(f"WEBVTT\n\n{TIME}\n<i></i>\n") == []


def test_captions_that_roll_are_read_once() -> None:
    """Each line is shown twice or three times."""
    text = cues(
        "the owls", "the owls\nhunt at night", "hunt at night\nin the barn.", "in the barn."
    )
    assert said(text) == [("", "the owls hunt at night in the barn.")]


def test_cues_without_blank_lines_between_are_cues() -> None:
    """Their numbers are no text; a number that is said is."""
    text = cues("It was", "7", "in all.").replace("\n\n", "\n")
    assert said(text) == [("", "It was 7 in all.")]


def test_long_speech_has_paragraphs() -> None:
    """Where nobody is named."""
    assert (
        len(
            said(
                cues(
                    *["The owls hunt mice at night in the old barn."] * 2,
                    *map(str, range(300)),
                    "End.",
                    "x",
                )
            )
        )
        == 2
    )


def test_captions_are_an_article() -> None:
    """Named like their file."""
    article, _ = read_article(
        SourceFile("Owls at night.srt", cues("The owls hunt", "at night."), "")
    )
    assert article is not None
    assert article.title == "Owls at night"
    assert article.sections[0].sentences[0].plain == "The owls hunt at night."


PIECES = [
    TIME,
    "\n",
    "\n\n",
    "1",
    "<v Ada>",
    "</v>",
    "<i>",
    "word",
    "Ada: ",
    "&amp;",
    "WEBVTT",
    "NOTE",
    " ",
    "-->",
    "\r\n",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_each_character_stands_at_its_place(text: str) -> None:
    """Blanks between cues and references aside, it is the file's own."""
    for block in parse(text):
        assert block.places is not None
        for character, (start, end) in zip(block.plain, block.places, strict=True):
            assert character == " " or text[start:end] in (character, "&amp;")
