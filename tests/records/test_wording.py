"""What may be kept of a question is short and names nobody by an address, a number or a mention."""

import pytest
from growth import MOST_GROWTH, growth
from hypothesis import example, given
from hypothesis import strategies as st

from bot.records.wording import MOST_CHARACTERS, clean_question, hash_wording


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("does ada.brook@example.org know", "does (address) know"),
        ("ask (Ada@Example.org), or <bob@example.org>.", "ask ((address)), or <(address)>."),
        ("who is @ada@example.social", "who is (address)"),
        ("who is @ada_brook?", "who is (somebody)?"),
        ("what says <@123456789012345678> of it", "what says (somebody) of it"),
        ("<@!123456789012345678> <@&223456789012345678> what", "(somebody) (somebody) what"),
        ("is <#123456789012345678> right", "is (channel) right"),
        ("why <:tea:123456789012345678> <a:pot:1234567890123456>", "why :tea: :pot:"),
        ("see https://example.org/a?b=c, is it so?", "see (link), is it so?"),
        ("is (www.example.org/tea) right", "is ((link)) right"),
        ("is example.org/ada/brook right", "is (link) right"),
        ("may I write to mailto:ada@example.org?", "may I write to (link)?"),
        ("join discord.gg/abc!", "join (link)!"),
    ],
)
def test_addresses_pages_and_mentions_are_left_out(question: str, kept: str) -> None:
    """A marker says what stood there; the words and marks around it stay."""
    assert clean_question(question) == kept


@pytest.mark.parametrize(
    "number",
    [
        "123456",
        "1234567890123456789",
        "555-1234",
        "(030) 123456",
        "+49 170 1234567",
        "+44 (0)20 7946 0958",
        "+44 (0) 20 7946 0958",
        "1 (555) 123-4567",
        "020 7946 0958",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "0170/1234567",
        "0170 – 123 45 67",
        "555\u2011123\u20114567",
        "0170\u00a01234567",
        "123\u200b456",
        "３３３４４４５",
        "3704 0044 0532 0130 00",
        "192.168.100.200",
        "20220224",
        "+2014 2015",
        "2014 2015 2016 2017",
        "020 1987",
        "1234 1423",
    ],
)
def test_numbers_that_may_be_somebodys_are_left_out(number: str) -> None:
    """Six digits or more, together or as telephone numbers are written, leave nothing but a
    marker.
    """
    assert clean_question(f"who has {number}, please?") == "who has (number), please?"


def test_a_number_inside_a_word_is_left_out() -> None:
    """Letters around a number do not hide it."""
    assert clean_question("is AB1234567C mine") == "is AB(number)C mine"


@pytest.mark.parametrize(
    "question",
    [
        "what happened on 24.2.2022",
        "what happened on 24/02/2022 at 10:30",
        "what happened on 2022-02-24",
        "what happened on February 24 2022",
        "what happened in 2014–2022",
        "what happened in 2014-15",
        "what does Resolution 2202 (2015) say of Article 5 (3)",
        "are 1,000,000 tonnes 12.5 % of it",
        "who are the P5+1",
        "what do C++ and .NET cost in the U.S./Canada and/or at 5 @ 3 km/h",
        "is 12345 enough",
    ],
)
def test_dates_years_and_small_numbers_stay(question: str) -> None:
    """What questions are about is kept as it was asked."""
    assert clean_question(question) == question


def test_blanks_become_one_and_what_cannot_be_seen_goes() -> None:
    """A question is one line, and can be written as UTF-8."""
    assert clean_question("  who\n\tis\u00a0 \u202ehe\x00 \ud800?\u200b ") == "who is he ?"


def test_joiners_stay_where_a_script_needs_them() -> None:
    """A joiner between letters is part of their spelling."""
    assert clean_question("می\u200cخواهم چه؟") == "می\u200cخواهم چه؟"


@pytest.mark.parametrize(
    "question", ["", " \n ", "???", "<@123456789012345678>", "https://example.org", "☕ 🫖"]
)
def test_nothing_is_kept_where_nothing_is_asked(question: str) -> None:
    """Marks, pictures and markers alone are no question."""
    assert clean_question(question) == ""


def test_a_long_question_is_cut_after_a_whole_word() -> None:
    """At most 300 characters are kept, the ellipsis among them."""
    words = "where does the Orrin rise " * 20
    kept = clean_question(words)
    assert len(kept) <= MOST_CHARACTERS
    assert kept.endswith(("where…", "does…", "the…", "Orrin…", "rise…"))
    assert words.startswith(kept[:-1])


@pytest.mark.parametrize("length", [299, 300, 301])
def test_the_limit_is_300_characters(length: int) -> None:
    """What fits stays whole; a single word that does not is cut within."""
    kept = clean_question("a" * length)
    assert kept == ("a" * length if length <= 300 else "a" * 299 + "…")


def test_a_word_that_ends_at_the_limit_is_not_lost() -> None:
    """A word that leaves room for the ellipsis alone is kept."""
    assert clean_question("b " + "a" * 297 + " c") == "b " + "a" * 297 + "…"


PIECES = [
    "http://",
    "www.",
    "mailto:",
    "@",
    "a",
    "b.",
    "<@1>",
    "<:a:1>",
    "1",
    "2014",
    "-",
    "/",
    "(",
    ")",
    " ",
    "…",
    "a" * 290,
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("202014http://http://")
@example("a" * 290 + "2014--2014http://")
def test_cleaning_twice_is_cleaning_once(question: str) -> None:
    """What was kept holds nothing more that would have to go."""
    once = clean_question(question)
    assert clean_question(once) == once
    assert len(once) <= MOST_CHARACTERS


@given(st.text(max_size=500))
def test_whatever_is_asked_can_be_written(question: str) -> None:
    """Any text gives one that is UTF-8, one line, and short."""
    kept = clean_question(question)
    assert len(kept) <= MOST_CHARACTERS
    assert kept.encode().decode() == kept == " ".join(kept.split())
    assert len(hash_wording(kept)) == 32


@pytest.mark.parametrize(
    "piece", ["a", "1 ", "a.", "@", "a@", "http://", "http://)", "((1)", "www.", "a-", "<@1", "+1-"]
)
def test_no_text_keeps_it_busy(piece: str) -> None:
    """However much there is of anything: eight times as much takes no more than some eight times as
    long.
    """
    assert growth(lambda pieces: clean_question(piece * pieces), 2_000) < MOST_GROWTH
    assert growth(lambda pieces: clean_question(piece * pieces), 80_000) < MOST_GROWTH


@pytest.mark.parametrize(
    "other",
    [
        "WHO IS  he",
        "who is he",
        "Who is he?!",
        "who is he ?",
        "who is he…",
        "Who is ＨＥ。",
        " who\tis he?",
    ],
)
def test_case_blanks_and_closing_marks_make_no_other_question(other: str) -> None:
    """These are the same question."""
    assert hash_wording(other) == hash_wording("Who is he?")


@pytest.mark.parametrize("other", ["Who is she?", "Whois he?", "¿Who is he?", "Who, is he?", ""])
def test_other_words_make_another_question(other: str) -> None:
    """These are not."""
    assert hash_wording(other) != hash_wording("Who is he?")
