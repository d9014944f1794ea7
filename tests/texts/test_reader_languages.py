"""Which language a text is shown in, and how numbers and dates are written there."""

from datetime import date

import pytest

from bot.texts import EnglishPlural, EnglishText, Plural, Text, cards, replies
from bot.texts.catalogues import forget_translations
from bot.texts.filling import tell_date
from bot.texts.languages import ENGLISH, LANGUAGES, current_language, find_language, speaking


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        (("de",), "de"),
        (("es-419",), "es"),
        (("es-ES",), "es"),
        (("en-GB", "fr"), "en"),
        (("pt-BR", "fr"), "fr"),
        (("pt-BR", None), "en"),
        (("zh-CN", "ja"), "en"),
        ((None, "uk"), "uk"),
        ((), "en"),
    ],
)
def test_the_first_locale_that_is_ours_decides(
    locales: tuple[str | None, ...], language: str
) -> None:
    """Any of its countries; else it is English."""
    assert find_language(*locales) == language


def test_texts_follow_the_language_of_the_moment() -> None:
    """It ends where it was begun, even by an error; a text is shown wherever it is put in."""
    assert current_language() == ENGLISH
    with speaking("de"):
        assert cards.READ() == f"{cards.READ}" == "Lesen"
        with speaking("pl"):
            assert cards.ERRORS(22) == "22 błędy"
        with pytest.raises(ZeroDivisionError), speaking("tr"):
            raise ZeroDivisionError
        assert cards.ERRORS(2) == "2 Fehler"
    assert cards.READ() == "Read"
    assert cards.ERRORS(1) == "1 error"


def test_what_was_forgotten_is_read_again() -> None:
    """Translations take memory, and are let go of where all were needed once."""
    with speaking("de"):
        assert cards.READ() == "Lesen"
        forget_translations()
        assert cards.READ() == "Lesen"


def test_what_has_no_translation_stays_english() -> None:
    """A text that is no constant, or is empty."""
    with speaking("fr"):
        assert Text("Nowhere to be found: {what}.")(what="x") == "Nowhere to be found: x."
        assert Text("")() == ""
        assert Plural("{count} owl", "{count:,} owls")(1_200) == "1\u202f200 owls"
        assert Plural("{count} owl", "{count} owls", context="birds")(1) == "1 owl"


def test_what_is_logged_or_kept_is_english() -> None:
    """Whoever is being served."""
    with speaking("ru"):
        assert EnglishText("{count:,} files")(count=1_200) == "1,200 files"
        assert EnglishPlural("{count} file", "{count:,} files")(1_200) == "1,200 files"
        assert EnglishPlural("{count} file", "{count:,} files")(1) == "1 file"


@pytest.mark.parametrize(
    ("language", "number", "seconds"),
    [
        ("en", "1,234,567", "1,234.50"),
        ("de", "1.234.567", "1.234,50"),
        ("es", "1.234.567", "1234,50"),
        ("tr", "1.234.567", "1.234,50"),
        ("fr", "1\u202f234\u202f567", "1\u202f234,50"),
        ("uk", "1\u00a0234\u00a0567", "1\u00a0234,50"),
        ("ru", "1\u00a0234\u00a0567", "1\u00a0234,50"),
        ("pl", "1\u00a0234\u00a0567", "1234,50"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(
    language: str, number: str, seconds: str
) -> None:
    """Groups of three, and decimals; ids and times of Discord are no such numbers."""
    text = Text("{number:,} {seconds:,.2f} {id} {name}")
    with speaking(language):
        shown = text(number=1_234_567, seconds=1_234.5, id=1_234_567, name="a,b.c")
    assert shown == f"{number} {seconds} 1234567 a,b.c"


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("de", "  9.999| 10.000| -9.999|10.000,0"),
        ("es", "   9999| 10.000|  -9999|10.000,0"),
        ("pl", "   9999| 10\u00a0000|  -9999|10\u00a0000,0"),
    ],
)
def test_four_digits_are_grouped_where_the_language_groups_them(
    language: str, numbers: str
) -> None:
    """By the Unicode CLDR; what is as wide as a column stays so, and what is rounded up counts."""
    text = Text("{four:>7,}|{five:>7,}|{less:>7,}|{rounded:,.1f}")
    with speaking(language):
        assert text(four=9_999, five=10_000, less=-9_999, rounded=9_999.96) == numbers


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "2026-11-02", "2026-11"),
        ("de", "2. November 2026", "November 2026"),
        ("es", "2 de noviembre de 2026", "noviembre de 2026"),
        ("fr", "2 novembre 2026", "novembre 2026"),
        ("pl", "2 listopada 2026", "listopad 2026"),
        ("ru", "2 ноября 2026 г.", "ноябрь 2026 г."),
        ("tr", "2 Kasım 2026", "Kasım 2026"),
        ("uk", "2 листопада 2026 р.", "листопад 2026 р."),
    ],
)
def test_dates_are_written_as_the_reader_writes_them(language: str, day: str, month: str) -> None:
    """English stays as the article has it; so does a year alone, and what is no date."""
    with speaking(language):
        assert tell_date("2026-11-02") == day
        assert tell_date("2026-11") == month
        assert tell_date("2026") == "2026"
        assert tell_date("spring") == "spring"


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    """No other day is."""
    with speaking("fr"):
        assert tell_date("2026-11-01") == "1er novembre 2026"
        assert tell_date("2026-11-11") == "11 novembre 2026"
    with speaking("pl"):
        assert tell_date("2026-11-01") == "1 listopada 2026"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_months_have_names(language: str) -> None:
    """Twelve, long and short, in a text with a date."""
    text = Text("{day:%B}|{day:%b}|{day:%d}")
    with speaking(language):
        shown = {text(day=date(2026, month, 9)) for month in range(1, 13)}
    assert len(shown) == 12
    assert all(one.endswith("|09") and "||" not in one for one in shown)


def test_a_text_is_recognised_in_every_language() -> None:
    """Such as the name of a thread."""
    shown = replies.TAKEN_BACK.in_all_languages()
    assert "A question that was taken back" in shown
    assert "Eine zurückgenommene Frage" in shown
    assert len(shown) == len(LANGUAGES)
