"""Intents: whether a text is a question, or small talk, a command, or a pointer to another message.

In: a text. Out: the kind of small talk, or None for a question. Closed lists of polite phrases
(``polite_phrases.py``), of English words, and the shape of words decide; only what is certainly no
question is called small talk. Whether a word of a command is also what an article is about is
decided in ``answerer.py``.
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from bot.answers.bot_questions import asks_of_bot
from bot.answers.polite_phrases import PoliteKind, find_polite_kind, list_single_words
from bot.search.analysis.tokens import TokenizedText

Smalltalk = PoliteKind | Literal["empty", "noise", "help", "opinion", "bot"]

# Words that pass on somebody else's question: "can you help him?"
_POINTERS = frozenset(
    "about above an any anybody anyone anything bot can check could do does explain find he "
    "her here him idea ideas it its know look me of one or out pls plz question reply respond "
    "say says see she somebody someone tell them they think thoughts will with would".split()
)
# What asks the bot itself what it thinks. "Who do you think will win" asks who will win.
_YOU = "(?:you|u|ya)"
_JUDGED = (
    "(?:in the )?(?:right|wrong|lying|guilty|to blame|better|worse|the (?:good|bad) (?:guy|side)s?)"
)
_OPINIONS = (
    r"(?:your|ur)(?: (?:own|honest|personal|humble))? (?:opinion|thoughts|view|verdict|take)s?",
    rf"^(?:(?:so|and|but|ok|hey) )*wh?at do {_YOU} think(?: (?:about|of|on) .*)?$",
    rf"do(?:n't)? {_YOU} (?:dis)?agree",
    rf"(?:whose|which|what) side (?:are|r) {_YOU} on",
    rf"(?:are|r) {_YOU} (?:pro|anti|for or against|biased)",
    rf"who do {_YOU} (?:support|prefer|side with|believe|vote for|root for)",
    rf"do {_YOU} (?:think|believe) .* (?:is|are|was|were) {_JUDGED}$",
    rf"who do {_YOU} (?:think|believe) (?:is|are|was|were) {_JUDGED}$",
)
# One of these words is in each of them.
_ADDRESSED = frozenset(("you", "u", "ya", "your", "ur"))
_ASKS_OPINION = re.compile(rf"\b(?:{'|'.join(_OPINIONS)})(?!\w)")
# What the bot has commands for, and words for the bot itself.
_COMMANDS = frozenset(
    "help command commands usage instructions manual menu info "
    "ask list articles sections topics contents summary summaries "
    "you your bot this".split()
)
# Words around a command: "show me the list of articles please".
_COMMAND_FILLERS = frozenset(
    "a about all and are available can could do does for give have here how i in is know me "
    "my now of on please pls read see show tell the there to use used using what which who "
    "with work works would".split()
)
# Commands that bots in general have, and this one has not.
_CONTROLS = frozenset(
    "start stop cancel quit exit restart reload refresh status ping test please pls now".split()
)
_COMMAND_WORDS = _COMMANDS | _COMMAND_FILLERS
# Rows of English and German keyboards, forwards and backwards.
_KEYBOARD_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "poiuytrewq",
    "lkjhgfdsa",
    "mnbvcxz",
)

# "aaaa": one letter four times in a row.
_REPEATED_LETTER = re.compile(r"(.)\1{3}")
# "sdfghj": hardly an English word has six consonants in a row.
_MANY_CONSONANTS = re.compile(r"[^aeiouy]{6}")
_VOWEL = re.compile(r"[aeiouy]")
# Fewer letters prove nothing: "ok" and "ww" are typed on purpose.
_MIN_NOISE_LENGTH = 3
# Neighbouring keys that are no accident.
_KEYS_IN_A_ROW = 4
# An abbreviation without a vowel is rarely longer.
_MAX_ABBREVIATION = 4
# One different letter in five or fewer is a few keys hit again and again.
_LETTERS_PER_DIFFERENT_ONE = 5


def classify_smalltalk(
    question: TokenizedText, has_term: Callable[[str], bool]
) -> Smalltalk | None:
    """Tell which kind of small talk a text is; None for a question.

    ``has_term(word)`` says whether a word of the text has a term in the index, which stop words
    have not.
    """
    folded = question.folded
    if not folded:
        return "noise" if question.text.strip() else "empty"
    polite = find_polite_kind(question)
    if polite is not None:
        return polite
    if all(map(_is_noise, folded)):
        return "noise"
    text = " ".join(folded)
    if not _ADDRESSED.isdisjoint(folded) and _ASKS_OPINION.search(text):
        return "opinion"
    if asks_of_bot(text):
        return "bot"
    if _is_command(folded) or not any(map(has_term, question.tokens)):
        return "help"
    return None


def asks_for_help(text: str) -> bool:
    """Say whether a text is nothing but a command ("list articles", "stop") or about the bot."""
    return is_command(TokenizedText.tokenize(text))


def is_command(text: TokenizedText) -> bool:
    """Do what ``asks_for_help`` does for a text that is tokenised already."""
    return _is_command(text.folded)


def points_elsewhere(text: str) -> bool:
    """Say whether a text only points to another message ("can you help him?")."""
    around = list_single_words("filler") | list_single_words("greeting")
    return all(word in _POINTERS or word in around for word in TokenizedText.tokenize(text).folded)


def _is_command(folded: Sequence[str]) -> bool:
    has_command = not _COMMANDS.isdisjoint(folded)
    if has_command and _COMMAND_WORDS.issuperset(folded):
        return True
    return bool(folded) and _CONTROLS.issuperset(folded)


def _is_noise(word: str) -> bool:
    """Say whether a folded word is keys hit at random."""
    is_of_letters = word.isascii() and word.isalpha()
    if len(word) < _MIN_NOISE_LENGTH or not is_of_letters:
        return len(word) < 2
    if _has_few_letters(word) or _has_keyboard_row(word):
        return True
    if _MANY_CONSONANTS.search(word):
        return True
    has_vowel = _VOWEL.search(word) is not None
    return len(word) > _MAX_ABBREVIATION and not has_vowel


def _has_few_letters(word: str) -> bool:
    """Say whether one letter, or few, come again and again: "aaaa", "hhhhhhhgh"."""
    different_letters = len(set(word))
    few = max(1, len(word) // _LETTERS_PER_DIFFERENT_ONE)
    if different_letters <= few:
        return True
    return _REPEATED_LETTER.search(word) is not None


def _has_keyboard_row(word: str) -> bool:
    """Say whether four letters are neighbouring keys: "qwer", "asdfgh"."""
    end = len(word) - _KEYS_IN_A_ROW + 1
    for start in range(end):
        keys = word[start : start + _KEYS_IN_A_ROW]
        if any(keys in row for row in _KEYBOARD_ROWS):
            return True
    return False
