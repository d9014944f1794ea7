"""What is no text that somebody wrote is no article, whatever encoding would take its bytes."""

import codecs
import random
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pytest

from bot.articles.encodings import decode
from bot.articles.library import build
from bot.articles.plausibility import looks_written

SEED = 20_261_129
MARKS = (
    b"",
    codecs.BOM_UTF8,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
)
TEXTS = {
    "uk": "Порядок роботи\n\nБібліотека відчиняється о дев’ятій. Під’їзд — з вулиці Ґалаґана.\n",
    "zh": "图书馆的规定\n\n图书馆九点开门，会员免费。离开时请关门，钥匙在门后面。\n",
    "en": "Rules of the library\n\nIt opens at nine. Members pay nothing.\n",
    "el": "Κανόνες\n\nΗ χρέωση είναι πέντε ευρώ. Κλείστε την πόρτα όταν φεύγετε.\n",
    "ja": "図書館の規則\n\n料金は五ユーロです。出るときにドアを閉めてください。\n",
    "ko": "도서관 규칙\n\n요금은 오 유로입니다. Python을 빌릴 수 있습니다.\n",
    "ar": "قواعد المكتبة\n\nتفتح المكتبة في التاسعة. أغلق الباب عند المغادرة.\n",
    "he": "כללי הספרייה\n\nהספרייה נפתחת בתשע. נא לסגור את הדלת.\n",
    "hi": "पुस्तकालय के नियम\n\nपुस्तकालय नौ बजे खुलता है। जाते समय दरवाज़ा बंद करें।\n",
    "th": "กฎของห้องสมุด\n\nห้องสมุดเปิดเก้าโมง กรุณาปิดประตูเมื่อออกไป\n",
    "mixed": "Мови\n\nEnglish, 中文, Українська, हिन्दी, العربية, 한국어, ελληνικά.\n",
    "code": "Settings\n\nCall setTimeOut or getElementById, then press the button of iPhone.\n",
    "bullets": "Rules\n\n\uf0b7 Close the door, please.\n\uf0b7 Pay at the desk.\n",
}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", list(TEXTS))
@pytest.mark.parametrize("times", [1, 40])
def test_utf_16_is_read(language: str, encoding: str, mark: str, times: int) -> None:
    """Of every script, with a byte order mark and without one, short and long."""
    text = mark + TEXTS[language] * times
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.decoding.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp1251"])
def test_a_stray_zero_makes_no_utf_16_of_a_text(encoding: str) -> None:
    """Pairs of its letters would be ideographs."""
    dice = random.Random(SEED)  # noqa: S311 (the same every time)
    for text in TEXTS.values():
        content = bytearray((text * 3).encode(encoding, "replace"))
        content.insert(dice.randrange(len(content)), 0)
        content += b"\n" * (len(content) % 2)
        decoded = decode(bytes(content))
        assert decoded is None or decoded.decoding.encoding == "utf-8"


def list_patterns(step: int) -> Iterator[bytes]:
    """Give every so many patterns of two bytes, but for those of which UTF-8 makes a text."""
    for pair in islice(product(range(256), repeat=2), 0, None, step):
        content = bytes(pair) * 100
        try:
            is_text = b"\0" not in content and content.decode("utf-8")
        except UnicodeDecodeError:
            is_text = ""
        if not is_text:
            yield content


@pytest.mark.parametrize("step", [17, pytest.param(1, marks=pytest.mark.slow)])
def test_two_bytes_again_and_again_are_no_text(step: int) -> None:
    """Each pattern of two, as of a picture's empty part; but for white space in UTF-16."""
    read = [content[:2] for content in list_patterns(step) if is_read(content)]
    assert read == []


def is_read(content: bytes) -> bool:
    """Say whether bytes are decoded to something; a zero in it is told of where the file is read."""
    decoded = decode(content)
    return decoded is not None and "\0" not in decoded.text and bool(decoded.text.strip())


@pytest.mark.parametrize("mark", MARKS)
def test_random_bytes_are_no_text(mark: bytes) -> None:
    """From 64 on, also behind a byte order mark."""
    dice = random.Random(SEED)  # noqa: S311 (the same every time)
    for length in (64, 65, 100, 200, 1_000, 5_000):
        for _ in range(60):
            assert not is_read(mark + dice.randbytes(length)), length


@pytest.mark.parametrize(
    "values",
    [
        range(128, 256),
        range(0xC0, 0x100),
        (0, 255),
        (0, 255, 0x20),
        (0, 0, 0x41, 0xE9),
        (0, 0, 0, *range(0x20, 0x100)),
        (0xFF, 0xFE, 0x0A),
    ],
)
def test_random_bytes_of_a_kind_are_no_text(values: range | tuple[int, ...]) -> None:
    """Large ones, zeros among others, few different ones; from 200 on."""
    dice = random.Random(SEED)  # noqa: S311 (the same every time)
    for length in (200, 500, 2_000):
        for _ in range(40):
            assert not is_read(bytes(dice.choices(values, k=length)))


def test_what_is_no_text_is_a_problem(tmp_path: Path) -> None:
    """Never an article, in a file of any ending that holds text."""
    dice = random.Random(SEED)  # noqa: S311 (the same every time)
    contents = [
        b"\x00\xff" * 100,
        b"\xff\x00" * 100,
        b"\xff\xfe" * 100,
        *(mark + dice.randbytes(300) for mark in MARKS),
    ]
    for number, content in enumerate(contents):
        for suffix in ("txt", "md", "html", "vtt"):
            (tmp_path / f"{number}.{suffix}").write_bytes(content)
    library, problems = build(tmp_path)
    assert library.articles == ()
    assert len({problem.file for problem in problems}) == 4 * len(contents)


@pytest.mark.parametrize("text", ["", "\ufeff", "a", "\n\n", "x = 1", "aaaa", "½ £", "iPhone"])
def test_short_texts_look_written(text: str) -> None:
    """They say too little against it."""
    assert looks_written(text)
