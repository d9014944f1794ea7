"""Whom a question or a heading is about, by its form, and whether it asks for their stance.

In: words. Out: the words of the party ("what does *russia* want from ukraine", "the *tenants'*
rights"), and what is asked of it. English only.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.search.analysis.tokens import fold
from bot.search.english_forms import (
    AUXILIARIES,
    BASE_VERBS,
    COORDINATORS,
    DETERMINERS,
    IRREGULAR_PASTS,
    KIN,
    PARTY_VERBS,
    PREPOSITIONS,
    WISH_VERBS,
)

_IsName = Callable[[str], bool]

# A party has at most so many words.
_MAX_PARTY_WORDS = 4
# An auxiliary stands among so many words behind its question word: "which of the demands did".
_AUXILIARY_LOOKAHEAD = 5
_QUESTION_WORDS = frozenset("what why how when where which who whom whose".split())
_FILLERS = frozenset(
    "hey hi ok okay so and but well pls please tell me us explain yo also then do you know".split()
)
# Auxiliaries as they are typed.
_AUXILIARIES = AUXILIARIES | frozenset(
    "didnt doesnt dont isnt wasnt wont cant couldnt wouldnt havent hasnt s whats whos".split()
)
# They stand for somebody whom the question does not name.
PRONOUNS = frozenset(
    "i you we he she it they me us him her them there this that these those one".split()
)
# What ends the noun phrase that a question is about.
VERBS = BASE_VERBS | PARTY_VERBS
STOPS = PREPOSITIONS | _AUXILIARIES | _QUESTION_WORDS | frozenset("not and or to if".split())
# What people have, which is asked for by whose it is: "the landlord's side", "demands of the crew".
STANCES = frozenset(
    """
    side view views position stance opinion reaction response answer reply demand demands condition
    conditions argument arguments complaint complaints reason reasons excuse interest interests goal
    goals aim aims duty duties right rights obligation obligations responsibility responsibilities
    role reading account version story perspective plan plans offer promise promises claim claims
    """.split()
)


# What asks what somebody says or wants.
_STANCE_WORDS = (
    STANCES
    | PARTY_VERBS
    | frozenset(
        "why like hate mind feel see saying wanting thinking asking against pro opposed unhappy"
        " angry happy upset".split()
    )
)

_WISH_WORDS = WISH_VERBS | frozenset(
    "wanting demands condition conditions goal goals aim aims interest interests plans".split()
)
_BARE_STANCE_WORDS = frozenset(
    """
    side view views position stance opinion reading account version story perspective interest
    interests want wants wanted wanting say says said saying tell tells told think thinks thought
    thinking feel see seeing mind like point
    """.split()
)

# These ask for a stance without saying which.
_UNTOLD_STANCE_WORDS = STANCES | _BARE_STANCE_WORDS
# What ends a phrase without a verb, and what of it names nobody.
_PHRASE_STOPS = STOPS - COORDINATORS
_NOT_IN_PHRASE = DETERMINERS | COORDINATORS


class QuestionSubject(NamedTuple):
    """Whom a question is about.

    ``party`` are the words of that, none where it is nobody. ``asks_stance`` says that the question
    asks what they say or want, and ``asks_wish`` what they want. ``stance`` are the words that ask
    for a stance without saying which ("excuse", but not "complain"); ``bare_stance`` are those of
    them that are no more than a frame ("want", "position").
    """

    party: tuple[str, ...]
    asks_stance: bool = False
    asks_wish: bool = False
    stance: tuple[str, ...] = ()
    bare_stance: tuple[str, ...] = ()


NO_PARTY = QuestionSubject(())


def find_question_subject(words: Sequence[str], is_name: _IsName) -> QuestionSubject:
    """Give the party that an English question or heading is about.

    ``words`` are as ``tokenize`` finds them, and corrected. ``is_name`` says whether a word is a
    name in the collection.
    """
    folded = [fold(word) for word in words]
    start = 0
    while start < len(words) and folded[start] in _FILLERS:
        start += 1
    if start == len(words):
        return NO_PARTY
    first = folded[start]
    if first in _QUESTION_WORDS or first in _AUXILIARIES:
        behind = _skip_question_word(folded, start)
        party = _read_party(words, folded, behind, is_name)
    else:
        party = _read_bare_party(words[start:], folded[start:], is_name)
    if not party:
        return NO_PARTY
    asking = {
        word: form
        for word, form in zip(words, folded, strict=True)
        if form in _STANCE_WORDS and word not in party
    }
    stance = [word for word, form in asking.items() if form in _UNTOLD_STANCE_WORDS]
    bare = [word for word in stance if asking[word] in _BARE_STANCE_WORDS]
    return QuestionSubject(
        party=party,
        asks_stance=bool(asking),
        asks_wish=not _WISH_WORDS.isdisjoint(asking.values()),
        stance=tuple(stance),
        bare_stance=tuple(bare),
    )


def _skip_question_word(folded: Sequence[str], start: int) -> int:
    """Give where the subject of a question begins."""
    if folded[start] in _AUXILIARIES:
        return start + 1
    behind = start + 1
    for position in range(behind, min(len(folded), behind + _AUXILIARY_LOOKAHEAD)):
        if folded[position] in _AUXILIARIES:
            return position + 1
    is_subject_asked = folded[start] in ("who", "which", "whose")
    return len(folded) if is_subject_asked else behind


def _read_party(
    words: Sequence[str], folded: Sequence[str], start: int, is_name: _IsName
) -> tuple[str, ...]:
    """Read the noun phrase from ``start`` to the verb."""
    kept: list[str] = []
    for word, form in zip(words[start:], folded[start:], strict=True):
        if form in DETERMINERS or form == "not":
            continue
        if form == "and" and kept and is_name(kept[-1]):
            continue
        is_verb = word in VERBS or (not kept and _is_past(form))
        if form in PRONOUNS or form in STOPS or is_verb or len(kept) == _MAX_PARTY_WORDS:
            break
        kept.append(word)
    if not kept or (kept[0].lower() != kept[0] and len(kept) == _MAX_PARTY_WORDS):
        return tuple(kept)
    kept = _leave_out_possessor(kept, is_name)
    names = tuple(filter(is_name, kept))
    if names:
        return names
    if fold(kept[-1]) in STANCES:
        return tuple(kept[:-1]) or _read_behind_of(words[start:], folded[start:], is_name)
    return tuple(kept)


def _leave_out_possessor(words: list[str], is_name: _IsName) -> list[str]:
    """Leave out whose relative is meant: "Orr's sister Ada" is not about Orr."""
    for position in range(len(words) - 1, 0, -1):
        if KIN.fullmatch(fold(words[position])) and is_name(words[position - 1]):
            return words[position:]
    return words


def _is_past(folded: str) -> bool:
    """Say whether a word directly behind a question word is what happened: "what caused"."""
    return folded in IRREGULAR_PASTS or folded.endswith("ed")


def _read_bare_party(
    words: Sequence[str], folded: Sequence[str], is_name: _IsName
) -> tuple[str, ...]:
    """Give the party of a phrase without a verb: "russian complaints", "owners side"."""
    end = next((at for at, form in enumerate(folded) if form in _PHRASE_STOPS), len(folded))
    phrase = [word for word in words[:end] if fold(word) not in _NOT_IN_PHRASE]
    names = tuple(filter(is_name, phrase))
    if len(names) == len(words):
        # Names alone are looked for, and nothing is asked of them.
        return ()
    if names:
        return names
    if len(phrase) > 1 and fold(phrase[-1]) in STANCES:
        return tuple(phrase[:-1])
    return _read_behind_of(words, folded, is_name)


def _read_behind_of(
    words: Sequence[str], folded: Sequence[str], is_name: _IsName
) -> tuple[str, ...]:
    """Give whose a stance is: "the demands of the crew"."""
    for position, form in enumerate(folded[:-1]):
        if form in STANCES and folded[position + 1] in ("of", "by", "from"):
            return _read_party(words, folded, position + 2, is_name)
    return ()
