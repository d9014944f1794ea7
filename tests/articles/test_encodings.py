"""Texts in the encodings that people save them in: read where one is certain, else refused with a
reason.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.encodings import decode, name_encoding
from bot.articles.library import build
from bot.articles.model import UTF_8

GERMAN = "Die Gebühr beträgt fünf Euro. Bitte schließen Sie die Tür, wenn Sie gehen. Die Küche öffnet früh."
POLISH = "Opłata wynosi pięć złotych. Proszę zamknąć drzwi, kiedy państwo wychodzą. Żółty łoś śpi."
RUSSIAN = "Плата составляет пять рублей. Закройте дверь, когда уходите."
JAPANESE = "料金は五ユーロです。出るときにドアを閉めてください。図書館は九時に開きます。"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, JAPANESE, "a"])
def test_a_byte_order_mark_decides(encoding: str, text: str) -> None:
    """And stays in the text, in which offsets count."""
    marked = f"\ufeff{text}"
    decoded = decode(marked.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.decoding.encoding) == (marked, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_zeros_show_utf_16(encoding: str) -> None:
    """Of a text in Latin letters."""
    decoded = decode(f"Title\r\n\r\n{GERMAN}\r\n".encode(encoding))
    assert decoded is not None
    assert decoded.decoding.encoding == encoding


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"), ("Café opens.", "cp1252"), ("It’s “free” – for all.", "cp1252"), (POLISH, "cp1250"),
        ("Le café est fermé à midi. L’été, la bibliothèque ouvre à neuf heures.", "cp1252"),
        ("Avgiften är fem kronor. Stäng dörren när du går på kvällen.", "cp1252"),
        ("Kto był tam, ten widział światło. Nie ma go na sprzedaż.", "iso8859_2"),
        ("Они открывают, когда звонит колокол. Кто был там, тот видел свет.", "cp1251"),
        ("鍵はドアの後ろにあります。それで船を借りることができます。", "cp932"),
        ("鍵はドアの後ろにあります。それで船を借りることができます。", "euc_jp"),
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp"),
        ("费用是五欧元。离开时请关门。图书馆九点开门，会员免费。", "gb18030"),
        ("요금은 오 유로입니다. 나갈 때 문을 닫아 주세요. 도서관은 아홉 시에 엽니다.", "cp949"),
        ("Η χρέωση είναι πέντε ευρώ. Κλείστε την πόρτα όταν φεύγετε.", "cp1253"),
    ],
)  # fmt: skip
def test_letters_show_the_encoding(text: str, encoding: str) -> None:
    """Where they make sense in one alone."""
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nous sommes ici depuis le printemps. La clé est derrière la porte.", "cp1252"),
        ("Klucz wisi za drzwiami. Można z nim wypożyczyć łódź. To nie jest na sprzedaż.", "iso8859_2"),
        ("Otwierają, kiedy dzwoni dzwon. To nie jest na sprzedaż.", "cp1250"),
        ("Otwierają, kiedy dzwoni dzwon. Jesteśmy tutaj od wiosny.", "cp1250"),
        ("Klíč je za dveřmi. Otevírají, když zazvoní zvon.", "cp1250"),
    ],
)  # fmt: skip
def test_a_text_is_not_read_with_letters_of_another_language(text: str, encoding: str) -> None:
    """Few letters say little, but small words name the language, and that has its alphabet."""
    decoded = decode(text.encode(encoding))
    assert decoded is None or decoded.text == text


@pytest.mark.parametrize(
    "content",
    [
        "Otwierają o ósmej.".encode("cp1250"), "Jesteśmy tutaj od wiosny.".encode("cp1250"),
        "Плата".encode("cp1251"), POLISH.encode("iso8859_2"), "Az ár öt forint. Őszi eső, hűvös idő.".encode("cp1250"),
        bytes(range(1, 256)), b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff", "é\n".encode() + b"\x80 x", b"\xff\xfea",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_read(content: bytes) -> None:
    """A word, two alphabets that look alike, damaged UTF-8 and pictures."""
    assert decode(content) is None


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("<meta charset=windows-1251><p>Да", "cp1251"),
        (
            "<META http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'><p>né “”",
            "cp1252",
        ),
        ("<?xml version='1.0' encoding='koi8-r'?><p>Да", "koi8-r"),
        ("<meta charset='shift_jis'><p>料金", "cp932"),
    ],
)
def test_a_page_declares_its_encoding(page: str, encoding: str) -> None:
    """By the names that browsers know, and as they read them."""
    decoded = decode(page.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.decoding.encoding) == (page, encoding)


@pytest.mark.parametrize(
    "name", ["rot13", "utf-7", "punycode", "none", "zlib", "idna", "unicode_escape", "windows-1252"]
)
def test_a_declaration_that_is_wrong_is_passed_over(name: str) -> None:
    """Bytes of UTF-8 are UTF-8, whatever a page says; what is no encoding of texts is none."""
    page = f"<meta charset={name}><p>Né à Zürich."
    decoded = decode(page.encode())
    assert decoded is not None
    assert (decoded.text, decoded.decoding) == (page, UTF_8)
    assert decode(f"<meta charset={name}><p>{GERMAN}".encode("cp1252")) is not None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf_8_is_always_read_as_it_is(text: str) -> None:
    """But for bytes that begin as UTF-16 or look like it."""
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded.text == text or "\0" in text


@given(st.binary())
def test_no_bytes_raise(content: bytes) -> None:
    """What comes out is exactly what the encoding that is told makes of the bytes."""
    decoded = decode(content)
    assert decoded is None or content.decode(decoded.decoding.encoding) == decoded.text


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Windows-1252"),
        ("utf-16-le", "UTF-16-LE"),
        ("koi8_r", "KOI8-R"),
        ("cp932", "CP932"),
    ],
)
def test_people_are_told_a_name_that_they_know(encoding: str, name: str) -> None:
    """That of their editor's menu."""
    assert name_encoding(encoding) == name


def test_an_article_says_how_it_was_decoded(tmp_path: Path) -> None:
    """So does a note; its offsets count in the decoded text."""
    content = f"Gebühren\n\n{GERMAN}\n".encode("cp1252")
    (tmp_path / "a.txt").write_bytes(content)
    library, problems = build(tmp_path)
    article = library.articles[0]
    assert article.decoding.encoding == "cp1252"
    assert [(problem.severity, problem.what) for problem in problems] == [
        ("note", "read as Windows-1252")
    ]
    sentence = article.sections[0].sentences[0]
    assert (
        content.decode("cp1252")[sentence.start : sentence.end] == "Die Gebühr beträgt fünf Euro."
    )


@pytest.mark.parametrize(
    "content",
    [
        # A declaration that is not true, a letter that no language has beside the others, and zeros
        # of UTF-16 around a character of control.
        b'<meta charset="shift_jis">caf\xe9 ol\xe9 \xff\xfe',
        "Příliš ĺ ŕ".encode("cp1250"),
        b"a\0\x01\0",
    ],
)
def test_what_may_be_anything_is_not_read(tmp_path: Path, content: bytes) -> None:
    """The editor is told where the first byte stands that is no UTF-8, or no text."""
    assert decode(content) is None
    (tmp_path / "a.md").write_bytes(content)
    library, problems = build(tmp_path)
    assert not library.articles
    assert problems[0].kind in ("not-utf-8", "no-text-file")


def test_a_foreign_letter_speaks_against_an_encoding() -> None:
    """French with one Danish letter is no Czech."""
    text = "Ca fait déjà long ø. Où? Ça va. "
    decoded = decode(text.encode("cp1252"))
    assert decoded is not None
    assert decoded.text == text
