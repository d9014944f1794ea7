"""How people ask for a summary, and about the articles themselves, by language."""

from collections.abc import Mapping

from bot.answers.request_model import RequestWords
from bot.answers.request_words_english import ENGLISH

REQUEST_WORDS: Mapping[str, RequestWords] = {"en": ENGLISH}
