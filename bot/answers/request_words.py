"""How people ask for a summary, and about the articles themselves, by language (ISO 639-1)."""

from collections.abc import Mapping

from bot.answers.request_model import RequestWords
from bot.answers.request_words_asian import CHINESE, JAPANESE, KOREAN, TURKISH
from bot.answers.request_words_english import ENGLISH
from bot.answers.request_words_germanic import DUTCH, GERMAN
from bot.answers.request_words_romance import FRENCH, ITALIAN, PORTUGUESE, SPANISH
from bot.answers.request_words_slavic import POLISH, RUSSIAN, UKRAINIAN

# English is tried first: it is typed everywhere.
REQUEST_WORDS: Mapping[str, RequestWords] = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "pl": POLISH,
    "uk": UKRAINIAN,
    "ru": RUSSIAN,
    "tr": TURKISH,
    "nl": DUTCH,
    "zh": CHINESE,
    "ja": JAPANESE,
    "ko": KOREAN,
}
