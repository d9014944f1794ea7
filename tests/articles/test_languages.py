"""The language of a text, or none."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles import languages
from bot.articles.languages import find_language, find_question_language
from bot.articles.library import build

SWEDISH = (
    "Bageriet öppnar klockan sju på morgonen och stänger när det sista brödet är sålt. Medlemmarna får låna två båtar "
    "åt gången, men ingen ska segla ensam på natten. "
    "Om du har tappat bort din nyckel ber du vaktmästaren om en ny, och "
    "du betalar den själv. Båtarna ska vara tillbaka innan det blir mörkt."
)

# So many words, and of no language.
LETTERS = (
    "alfa beta gama delta epsilon zeta eta theta iota kapa lambda mi ni ksi omikron pi ro sigma tau ipsilon fi hi psi "
    "omega kilo mega giga tera peta eksa nano piko mikro mili centi deci deka hekto uno duo tri tetra penta heksa"
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The key of the boathouse is with the baker who lives next to it.", "en"),
        ("Der Schlüssel vom Bootshaus liegt bei der Bäckerin, die nebenan wohnt.", "de"),
        ("Η κλειδαριά του σπιτιού είναι στο λιμάνι.", "el"),
        ("กุญแจอยู่ที่ร้านขนมปัง", "th"),
        ("鍵はパン屋にあります。", "ja"),
        ("钥匙在面包店。", "zh"),
        ("열쇠는 빵집에 있습니다.", "ko"),
        (SWEDISH, "sv"),
        ("Anna, Piotr, Ewa: 555 12 34", ""),
        ("git push --force origin main", ""),
        (LETTERS, ""),
        ("A * b + c = 12; x, y, z", ""),
        ("", ""),
    ],
)
def test_a_language_is_told_or_not(text: str, language: str) -> None:
    """Scripts, small words, and for other languages the library; names, code and figures tell none."""
    assert find_language([text]) == language


def test_a_text_that_quotes_another_language_is_in_its_own() -> None:
    """The language of most small words is it."""
    text = "The sign at the door of the club says: „Der Schlüssel liegt bei der Bäckerin.“ It is the oldest that we have."
    assert find_language([text]) == "en"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("wer hat den schlüssel", "de"),
        ("où est la clé", "fr"),
        ("хто має ключ", "uk"),
        ("key", ""),
        ("鍵はどこ", "ja"),
    ],
)
def test_a_question_tells_its_language_by_one_word(question: str, language: str) -> None:
    """A word that several languages have tells none."""
    assert find_question_language(question) == language


def test_the_library_is_loaded_for_doubtful_texts_alone() -> None:
    """It takes most of a second."""
    code = (
        "import sys; from bot.articles.languages import find_language;"
        "assert find_language(['The key of the house is with the baker who lives there.'] * 5) == 'en';"
        "print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"


@given(st.lists(st.text(), max_size=5))
@settings(deadline=None)
def test_any_text_has_a_language_or_none(texts: list[str]) -> None:
    """Law: nothing raises, and the same text has the same language again."""
    assert find_language(texts) == find_language(texts)


def test_the_library_is_let_go_when_a_folder_is_read(tmp_path: Path) -> None:
    """Its model would take as much memory as the rest of the bot."""
    text = (
        "Bastun är öppen varje tisdag från fem till nio på kvällen. Alla medlemmar får ta med sig"
        " en gäst, men gästen måste skriva sitt namn i boken vid dörren. Den som kommer sist"
        " släcker ljuset och låser dörren efter sig. Handdukar finns att hyra för tjugo kronor,"
        " och ved bärs in av dem som eldar."
    )
    (tmp_path / "a.md").write_text(f"# Regler\n\n{text}\n", encoding="utf-8")
    library, _ = build(tmp_path)
    assert [article.language for article in library.articles] == ["sv"]
    assert languages._load_identifier.cache_info().currsize == 0  # noqa: SLF001
