"""What kind of thing somebody typed: a question, or a greeting, thanks, a laugh, a command, noise, nothing at all.

Only what is certainly not a question is called small talk. Whether a word of a command is also what an
article is about is not looked at. English.
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from bot.search.analysis.analyzer import fold, tokenize

Smalltalk = Literal["empty", "greeting", "thanks", "reaction", "noise", "help"]

_GREETINGS = frozenset(
    "hi hello hey heya hiya howdy yo sup greetings welcome morning evening afternoon hallo hola bonjour ciao privet "
    "moin gm gn wassup whatsup hii hiii heyy heyyy helloo".split()
)
_THANKS = frozenset(
    "thanks thank thx ty tysm thankyou cheers merci danke gracias bye goodbye cya appreciated great awesome nice cool "
    "perfect ok okay k bravo congrats congratulations".split()
)
_REACTIONS = frozenset(
    "wow woah lol lmao rofl xd ha haha hahaha hehe heh hm hmm hmmm oh ooh ah aha omg oops huh".split()
)
_FILLERS = frozenset(
    "a all and are at bot day everybody everyone folks friend friends for good guys how i is it it's so lot lots mate "
    "man again my night of pal doing going please see that that's the there this to today up very was what what's much "
    "you your later answer help me um uh well really today team people dear".split()
)
# What is said when somebody else's question is passed on.
_POINTING = frozenset(
    "about above an any anybody anyone anything bot can check could do does explain find he her here him idea ideas it "
    "its know look me of one or out pls plz question reply respond say says see she somebody someone tell them they "
    "think thoughts will with would".split()
)
# What the bot is asked for by its commands, and to be told of itself.
_COMMANDS = frozenset(
    "help command commands usage instructions manual menu info ask articles sections topics contents summary "
    "summaries list you your bot this".split()
)
# What these are wrapped in.
_WRAPPING = frozenset(
    "a about all and are available can could do does for give have here how i in is know me my now of on please pls "
    "read see show tell the there to use used using what which who with work works would".split()
)
# What any program is told, in a word, and this one does not do.
_CONTROLS = frozenset(
    "start stop cancel quit exit restart reload refresh status ping test please pls now".split()
)
_POLITE = _GREETINGS | _THANKS | _REACTIONS | _FILLERS
_BESIDE_COMMANDS = _COMMANDS | _WRAPPING
_BESIDE_POINTING = _POINTING | _FILLERS | _GREETINGS
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")


def classify_smalltalk(text: str, has_term: Callable[[str], bool]) -> Smalltalk | None:
    """Say what kind of small talk ``text`` is; None for a question.

    ``has_term(word)`` says whether a word of the text would be looked up (is no stop word).
    """
    found = tokenize(text)
    words = list(map(fold, found))
    if not words:
        return "noise" if text.strip() else "empty"
    if _POLITE.issuperset(words):
        for kind, known in (
            ("thanks", _THANKS),
            ("greeting", _GREETINGS),
            ("reaction", _REACTIONS),
        ):
            if any(word in known for word in words):
                return kind  # type: ignore[return-value]
    if all(map(_is_noise, words)):
        return "noise"
    return "help" if _is_command(words) or not any(map(has_term, found)) else None


def asks_for_help(text: str) -> bool:
    """Say whether a text is nothing but a command ("list articles", "stop"), or asks the bot about itself."""
    return _is_command(list(map(fold, tokenize(text))))


def _is_command(words: Sequence[str]) -> bool:
    is_command = not _COMMANDS.isdisjoint(words) and _BESIDE_COMMANDS.issuperset(words)
    return is_command or (not _CONTROLS.isdisjoint(words) and _CONTROLS.issuperset(words))


def points_elsewhere(text: str) -> bool:
    """Say whether a text asks nothing by itself, but points to what somebody else asked ("can you help him?")."""
    return _BESIDE_POINTING.issuperset(map(fold, tokenize(text)))


def _is_noise(word: str) -> bool:
    """Say whether a word is keys that were hit at random: a row of the keyboard, one letter again and again."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return len(word) < 2
    if len(set(word)) <= max(1, len(word) // 5) or re.search(r"(.)\1{3}", word):
        return True
    if len(word) >= 4 and any(
        word[at : at + 4] in row for row in _ROWS for at in range(len(word) - 3)
    ):
        return True
    return re.search(r"[^aeiouy]{6}", word) is not None or (
        len(word) > 4 and not re.search(r"[aeiouy]", word)
    )
