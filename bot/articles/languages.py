"""The language of a text, told by its letters, by its small words, or else by a library.

In: a text. Out: its language (ISO 639-1), or nothing where it can't be told. Three ways are tried,
the cheapest first:

1. Scripts that one language alone is written in: kana, Hangul, Thai, Greek.
2. Small words and letters that no other language has ("the", "und", "який", "ł").
3. py3langid (naive Bayes over byte n-grams). It takes most of a second to load, so it is asked only
   where the small words leave a doubt.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from bot.articles.small_words import ENGLISH, SMALL_WORDS

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Of texts that name none and where it can't be told.
DEFAULT_LANGUAGE = "en"
# In fewer words, names and code weigh too much.
MIN_WORDS = 20
# The library is wrong about short texts more often than about long ones.
_MIN_WORDS_OF_LIBRARY = 40
_MIN_PROBABILITY = 0.99
# No more of a text is looked at.
_MAX_CHARACTERS = 4_000
# Of the words of running text, some 15 to 40 % are small words of its language alone.
_MIN_SHARE = 0.08
# Shorter texts tell it by so many of them, and many times as many as of any other language.
_FEW_WORDS = 3
_MIN_RATIO_OF_FEW = 3.0
# The small words of the language are so many times as frequent as those of any other.
_MIN_RATIO = 2.0
# This share of the letters is in a script.
_MIN_LETTERS = 0.3
# What py3langid may say: languages with a stemmer, as ISO 639-1.
_LIBRARY_LANGUAGES = (
    "ar ca cs da de el en eo es et eu fa fi fr ga hi hu hy id it ja ko lt ne nl no pl pt ro ru sr"
    " sv ta tr uk zh"
).split()

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
# Letters that one of the languages with small words has alone.
_TELLING_LETTERS = {
    **dict.fromkeys("іїєґ", "uk"),
    **dict.fromkeys("ыэъё", "ru"),
    **dict.fromkeys("ąęłśźżń", "pl"),
    **dict.fromkeys("ğı", "tr"),
    **dict.fromkeys("ãõ", "pt"),
    "ß": "de",
    "ñ": "es",
}
_TELLING_LETTER = re.compile(f"[{''.join(_TELLING_LETTERS)}]")
_OTHER_SCRIPTS = {
    "ko": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "el": re.compile("[\u0370-\u03ff]"),
}


def find_language(texts: Iterable[str]) -> str:
    """Give the language of running text (ISO 639-1); empty where it can't be told."""
    text = " ".join(texts)[:_MAX_CHARACTERS].lower()
    by_script = _find_by_script(text)
    if by_script:
        return by_script
    words = split_words(text)
    language, count, next_count = _count_telling_words(words)
    if len(words) < MIN_WORDS:
        is_told = count >= _FEW_WORDS and count >= _MIN_RATIO_OF_FEW * next_count
        return language if is_told else ""
    is_clear = count >= _MIN_SHARE * len(words) and count >= _MIN_RATIO * next_count
    # One word that is repeated may be a name, or a word of another language.
    has_several = list(_find_telling(set(words))).count(language) > 1
    return language if is_clear and has_several else _ask_library(text, words)


def find_question_language(question: str) -> str:
    """Give the language of a question by its script or its small words; else an empty text."""
    text = question.lower()
    language, count, next_count = _count_telling_words(split_words(text))
    return _find_by_script(text) or (language if count > next_count else "")


def split_words(text: str) -> list[str]:
    """Give the words of a text in small letters, its apostrophes straight."""
    return _WORD.findall(text.replace("’", "'"))


def _count_telling_words(words: Sequence[str]) -> tuple[str, int, int]:
    """Give the language with most telling words, how many they are, and those of the next one."""
    counts: dict[str, int] = {}
    for language in filter(None, _find_telling(words)):
        counts[language] = counts.get(language, 0) + 1
    if not counts:
        return "", 0, 0
    language = max(counts, key=counts.__getitem__)
    count = counts.pop(language)
    return language, count, max(counts.values(), default=0)


def _find_telling(words: Iterable[str]) -> Iterator[str]:
    """Give for each word the language that it tells, by itself or by a letter, or an empty text."""
    telling_words = _list_telling_words()
    for word in words:
        language = telling_words.get(word, "")
        if not language and not word.isascii():
            letter = _TELLING_LETTER.search(word)
            language = "" if letter is None else _TELLING_LETTERS[letter[0]]
        yield language


@cache
def _list_telling_words() -> Mapping[str, str]:
    """Give the small words that one language alone has, with that language."""
    languages: dict[str, set[str]] = {}
    lists = {language: stop_words for language, (stop_words, _) in SMALL_WORDS.items()}
    lists["en"] = ENGLISH
    for language, words in lists.items():
        for word in words.split():
            languages.setdefault(word, set()).add(language)
    return {word: having.pop() for word, having in languages.items() if len(having) == 1}


def _find_by_script(text: str) -> str:
    """Give the language of a script that most of a text, or much of it, is written in."""
    if text.isascii():
        return ""
    letters = sum(map(str.isalpha, text)) * _MIN_LETTERS
    kana = len(_KANA.findall(text))
    han = len(_HAN.findall(text))
    if letters and kana + han >= letters:
        # Japanese has kana in every sentence.
        return "ja" if kana >= _MIN_LETTERS * han else "zh"
    for language, script in _OTHER_SCRIPTS.items():
        if letters and len(script.findall(text)) >= letters:
            return language
    return ""


def unload_library() -> None:
    """Let go of py3langid's model, some 100 MB, until it is asked again."""
    _load_identifier.cache_clear()


def _ask_library(text: str, words: Sequence[str]) -> str:
    """Ask py3langid; what it takes for a language without any of its small words is no text."""
    distinct_words = set(words)
    if len(distinct_words) < _MIN_WORDS_OF_LIBRARY:
        return ""
    language, probability = _load_identifier().classify(text)
    if probability < _MIN_PROBABILITY:
        return ""
    is_listed = language in SMALL_WORDS
    has_small_words = any(_find_telling(word) == language for word in distinct_words)
    return language if has_small_words or not is_listed else ""


@cache
def _load_identifier() -> "LanguageIdentifier":
    # Hardly any folder needs it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LIBRARY_LANGUAGES)
    return identifier
