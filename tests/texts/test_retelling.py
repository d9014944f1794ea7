"""What was said in English before it was known who reads it, is told in the reader's language."""

from collections.abc import Iterator
from string import Formatter

import pytest

from bot.articles.problems import make_error, tell_problem
from bot.texts import EnglishText, problems, records
from bot.texts.catalogues import find_text
from bot.texts.filling import fill
from bot.texts.languages import LANGUAGES, speaking
from bot.texts.retelling import _MODULES, retell

# They stand inside others alone.
_NO_SENTENCES = {
    problems.ALTERNATIVES,
    problems.SEPARATOR,
    problems.SYNONYMS.hint,
    problems.UPLOAD_REFUSED.what,
}


def english_texts() -> Iterator[EnglishText]:
    """Give every text that is kept in English and may be shown."""
    for module in _MODULES:
        for name, value in vars(module).items():
            said = [value]
            if isinstance(value, problems.ProblemText):
                said = [value.what, value.hint]
            if name.isupper():
                yield from (one for one in said if isinstance(one, EnglishText) and one)


def fill_in(text: str) -> dict[str, object]:
    """Give a value for each placeholder."""
    values: dict[str, object] = {}
    for number, (_, name, spec, _) in enumerate(Formatter().parse(text)):
        if name is not None:
            values[name] = 70_000 + number if spec else f"x{number}y"
    return values


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_is_told_as_if_it_had_been_filled_in_just_now(language: str) -> None:
    """Whichever it is, with its numbers as the reader writes them."""
    texts = list(english_texts())
    assert len(texts) > 200
    for text in texts:
        values = fill_in(text)
        with speaking(language):
            if text not in _NO_SENTENCES:
                assert retell(text(**values)) == fill(find_text(text), values), text


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ('synonyms: duplicate key "a"', "Synonyme: doppelter Schlüssel „a“"),
        ("put .md, .txt or .html files into it", "leg Dateien auf .md, .txt oder .html hinein"),
        ("put .md files into it", "leg Dateien auf .md hinein"),
        ("hidden: 1 part, 1,204 words left out", "verborgen: 1 Teil, 1.204 Wörter ausgelassen"),
        ("forms and buttons: 3 parts, 1 word left out", "Formulare und Schaltflächen: 3 Teile, 1 Wort ausgelassen"),
        ('the heading "…" stands in line … already', "die Überschrift „…“ steht schon in Zeile …"),
        ("not UTF-8: the byte 0x…; no other encoding is certain", "nicht UTF-8: das Byte 0x…; keine andere Kodierung ist sicher"),
        ("not UTF-8: the byte 0xe4; no other encoding is certain", "nicht UTF-8: das Byte 0xe4; keine andere Kodierung ist sicher"),
        ("records/records.sqlite3: is damaged (make room)", "records/records.sqlite3: ist beschädigt (schaff Platz)"),
        ("records/records.sqlite3: is damaged", "records/records.sqlite3: ist beschädigt"),
        ("version 007 is not kept: 012 x", "version 007 is not kept: 012 x"),
        ("is closed, and more", "is closed, and more"),
        ("a heading (with a word)", "a heading (with a word)"),
    ],
)  # fmt: skip
def test_texts_within_texts_are_told_too(english: str, german: str) -> None:
    """Faults, hints, kinds, lists; what no text of ours made stays as it is."""
    assert retell(english) == english
    with speaking("de"):
        assert retell(english) == german


def test_a_key_that_looks_like_a_number_is_no_number() -> None:
    """It is shown as it stands."""
    with speaking("de"):
        assert retell('duplicate key "007"') == "doppelter Schlüssel „007“"


def test_a_problem_is_told_in_the_language_of_the_reader() -> None:
    """It was found in English, whoever had the folder read."""
    with speaking("fr"):
        problem = make_error(problems.HEADING_REPEATED, "a.md", 7, heading="Tea", first_line=3)
    english = 'a.md:7: error: the heading "Tea" stands in line 3 already (give each section a name of its own)'
    assert str(problem) == tell_problem(problem) == english
    with speaking("fr"):
        assert tell_problem(problem) == (
            "a.md:7: erreur: l’intertitre «\u00a0Tea\u00a0» est déjà à la ligne 3 (donne à chaque section son propre nom)"
        )
    with speaking("de"):
        assert retell(records.DISK_FULL) == "nicht schreibbar: die Festplatte ist voll"
