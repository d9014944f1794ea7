"""The words of a question: without what people paste, mark and mention around them.

In: a question as it was typed. Out: the text that is looked up. Marks of code and spoilers go, and
what they mark stays.
"""

import re
from functools import cache
from itertools import chain

from bot.articles.small_words import SMALL_WORDS
from bot.search.analysis.stop_words import stop_words_of
from bot.search.analysis.tokens import fold, tokenize

# "q: who do I write to", and the same in other languages.
_LABEL = re.compile(
    r"\s*(?:(?:q|question|frage|pregunta|pergunta|domanda|pytanie|вопрос|питання|soru|vraag"
    r"|问|问题|質問)\s?\d{0,3}\s?[:：]\s*)+",
    re.IGNORECASE,
)
# The language of a fenced block stands behind its first marks.
_FENCE = re.compile(r"```(?:[\w+#-]+(?=\n))?|~~~(?:[\w+#-]+(?=\n))?")
# A mark between two letters or digits is an apostrophe ("don`t").
_CODE_OR_SPOILER = re.compile(r"(?<![^\W_])`+|`+(?![^\W_])|\|\|")
# Users, roles, channels, emoji, times and places of Discord. The name of a command stays.
_COMMAND_MENTION = re.compile(r"</([\w -]{1,100}):\d+>")
_MENTION = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w{2,32}:\d+>|<t:-?\d+(?::\w)?>|<id:\w+>")
# ":wave:", but not the minutes of "10:30:45".
_EMOJI_NAME = re.compile(r"(?<![\w:]):[A-Za-z_+-][\w+-]{1,31}:(?![\w:])")
# A digit on a key is an emoji.
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_ADDRESS = re.compile(
    r"<?(?:https?://|www\.)[^\s<>()]+>?|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
# Each of these has one of these signs.
_SIGN = re.compile("[:：`~<|@\u20e3]|www", re.IGNORECASE)


def clean_question(question: str) -> str:
    """Give the text of a question that is looked up; the very same where nothing is passed over.

    Addresses are what is asked for where nothing else is. What is passed over may uncover more of
    it: ":wave: q: who?".
    """
    before, text = question, _clean_once(question)
    while text != before:
        before, text = text, _clean_once(text)
    return text


def _clean_once(question: str) -> str:
    if not _SIGN.search(question):
        return question
    label = _LABEL.match(question)
    text = question[label.end() :] if label else question
    text = _FENCE.sub(" ", text)
    text = _CODE_OR_SPOILER.sub(" ", text)
    text = _COMMAND_MENTION.sub(r" \1 ", text)
    for passed_over in (_MENTION, _EMOJI_NAME, _KEYCAP):
        text = passed_over.sub(" ", text)
    without_addresses = _ADDRESS.sub(" ", text)
    # An apostrophe in front of an address is one no more.
    without_addresses = _CODE_OR_SPOILER.sub(" ", without_addresses)
    if without_addresses == text:
        return text
    words = map(fold, tokenize(without_addresses))
    return text if _list_stop_words().issuperset(words) else without_addresses


@cache
def _list_stop_words() -> frozenset[str]:
    """Give the stop words of all languages."""
    return frozenset(chain.from_iterable(map(stop_words_of, ("en", *SMALL_WORDS))))
