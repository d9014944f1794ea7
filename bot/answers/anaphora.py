"""Whether a sentence stands by itself: which earlier one it leans on, and whether it is filler.

In: the sentences of one section as they read, and the terms that a reader of it knows already. Out: for each
sentence the place of the one that must be read before it, or nothing. It goes by the form of English alone: pronouns
and connectives that look back, "the memorandum" after a sentence with a memorandum, a surname after a full name.
What it does not see is a noun that is only understood from what was told before ("the experiment failed").
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from bot.search.analysis.analyzer import Analyzer, fold, tokenize

_Words = Callable[[str], list[str]]

_CONNECTIVES = frozenset(
    """
    accordingly afterwards and besides but consequently conversely eventually furthermore hence however instead
    likewise meanwhile moreover nevertheless nonetheless nor or otherwise similarly so still then thereafter therefore
    thus yet
    """.split()
)
_OPENS_LOOKING_BACK = re.compile(
    r"""
    as\ a\ result | as\ such | at\ the\ time | by\ contrast | for\ (example|instance)
    | in\ (actuality|addition,|contrast|return|turn) | most\ notably
    | on\ the\ (contrary|other\ hand) | examples\ include
    | (another|further|other|others)\ (?!than) | an?\ (further|less|more|second|third)\ (?!than)
    | the\ (first|second|third|fourth|last|latter)(,|\ (is|was|has|had|will|would|can|could)\b)
    | (in\ )?the\ (following|next|same)\ (day|week|month|year)s?
    | (\w+\ ){1,2}(followed(?!\ by)|later|thereafter)
    | (after|around|at|before|by|during|for|from|in|on|only\ in|since|until|with|without)
      \ [^,]{1,60},?\ (he|it|she|they)\b
    """,
    re.VERBOSE,
)
_LOOKS_BACK_WITHIN = re.compile(
    r"""
    ,\ (however|therefore|by\ contrast|for\ example|for\ instance|in\ turn|on\ the\ other\ hand),
    | \ (nevertheless|nonetheless|in\ (return|turn)(?!\ (for|to)))\b
    | \b(did|do|does)\ (not\ )?so\b
    """,
    re.VERBOSE,
)
_PERSONS = frozenset("he him his himself she her hers herself".split())
_THINGS = frozenset("it its itself they them their theirs themselves".split())
_POSSESSIVES = frozenset("his her its their".split())
_DEMONSTRATIVES = frozenset("this these those such".split())
_RELATIVES = frozenset("as that which who whom whose".split())
_COUNTED = frozenset("two three four five six seven eight nine ten other latter".split())
_QUANTITIES = frozenset("all both each few many most neither none others several some".split())
_VERBS = frozenset(
    "are were is was have had has do did will would can could may might must came went".split()
)
_ADDRESSES = frozenset(
    "you your yours yourself you're you'll you've you'd we us our ours we're we'll we've we'd let's "
    "i i'm i've i'll i'd my guys folks".split()
)
_IMPERATIVE = re.compile(
    r"(and |but |so |just )?(consider|imagine|picture|remember|think)\b(?! of\b)|(it|that|there)['’]s\b"
)
_ABOUT_ITSELF = re.compile(
    r"(in )?(this|the present) (article|chapter|essay|guide|page|post|section|text)\b|see (also|above|below)\b"
    r"|.*\b(wrote|written) this (article|page|post|text)\b|.*\bread on\b"
)
_HANGING = tuple("?!:？！：؟")
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")


def addresses_reader(text: str) -> bool:
    """Say whether a sentence talks to its reader or of its writer, outside quotation marks."""
    words = tokenize(_QUOTED.sub(" ", text))
    # Neither "the US" nor "Francis I" is a pronoun.
    spoken = {
        word.lower().replace("’", "'")
        for word, before in zip(words, ["", *words], strict=False)
        if word != "US" and not (word == "I" and before[:1].isupper())
    }
    return not _ADDRESSES.isdisjoint(spoken) or bool(_IMPERATIVE.match(text.lower()))


def tells_nothing(text: str) -> bool:
    """Say whether a sentence asks, exclaims, announces, or speaks of the article that it stands in."""
    return text.rstrip("\"”'’)").endswith(_HANGING) or bool(_ABOUT_ITSELF.match(text.lower()))


def find_antecedent(
    texts: Sequence[str], known: frozenset[str], terms: Analyzer
) -> list[int | None]:
    """Give for each sentence the place of the one before it without which it is not understood.

    ``known`` are the terms of what a reader was told before the first. In other languages than English nothing leans.
    """
    words_of = cache(tokenize)
    return [find_antecedent_at(at, texts, known, terms, words_of) for at in range(len(texts))]


def find_antecedent_at(
    at: int,
    texts: Sequence[str],
    known: frozenset[str],
    terms: Analyzer,
    words_of: _Words = tokenize,
) -> int | None:
    """Give the same for one sentence, ``texts[at]``; no more of the others is looked at than that takes."""
    if at == 0 or terms.language != "en":
        return None
    if _looks_back(texts[at], texts[at - 1], known, terms, words_of):
        return at - 1
    return _find_full_name(at, texts, known, terms, words_of)


def _looks_back(
    text: str, before: str, known: frozenset[str], terms: Analyzer, words_of: _Words
) -> bool:
    words = words_of(text)
    folded = [fold(word).split("'")[0] for word in words]
    lower = text.lower()
    if not folded or text[0] == "(" or text[0].islower() or _OPENS_LOOKING_BACK.match(lower):
        return True
    second = folded[1] if len(folded) > 1 else ""
    return (
        folded[0] in _CONNECTIVES
        or folded[0] == "that"
        or (folded[0] in _QUANTITIES and second in _VERBS)
        or (folded[0] in ("among", "amongst") and second in _DEMONSTRATIVES | {"them"})
        or bool(_LOOKS_BACK_WITHIN.search(lower))
        or _has_loose_pronoun(text, words, folded, terms)
        or _points_back(folded, known, terms)
        or _takes_up(words, before, known, terms)
    )


def _has_loose_pronoun(
    text: str, words: Sequence[str], folded: Sequence[str], terms: Analyzer
) -> bool:
    """Say whether a pronoun comes before anything in its sentence that it could stand for."""
    at = next((at for at, word in enumerate(folded) if word in _PERSONS | _THINGS), None)
    if at is None:
        return False
    if at == 0 or not any(_is_named(word, folded[at], terms) for word in words[:at]):
        return at == 0 or not _is_named_later(text, folded[at], at)
    return False


def _is_named(word: str, pronoun: str, terms: Analyzer) -> bool:
    """Say whether a pronoun may stand for a word: one for a person only for a name."""
    return bool(terms.term(word)) and (
        word[0].isupper() if pronoun in _PERSONS else not word[0].isdigit()
    )


def _is_named_later(text: str, pronoun: str, at: int) -> bool:
    """Say whether a pronoun that possesses something is explained behind the comma: "In his speech, Orr said …"."""
    opening, _, rest = text.partition(", ")
    following = tokenize(rest)[:1]
    return (
        pronoun in _POSSESSIVES
        and at < len(tokenize(opening)) - 1
        and all(fold(word) not in _PERSONS | _THINGS and word[0].isupper() for word in following)
        and bool(following)
    )


def _points_back(folded: Sequence[str], known: frozenset[str], terms: Analyzer) -> bool:
    """Say whether "this", "those" or "such" stands before something that neither the reader nor its sentence knows."""
    seen = set(known)
    for at, (word, following) in enumerate(zip(folded, [*folded[1:], ""], strict=True)):
        if word in _DEMONSTRATIVES and following not in _RELATIVES:
            is_noun_next = bool(terms.term(following)) or following in _COUNTED
            is_known = not seen.isdisjoint(map(terms.term, folded[at + 1 : at + 4]))
            if at == 0 or (is_noun_next and (at < 3 or not is_known)):
                return True
        if term := terms.term(word):
            seen.add(term)
    return False


def _takes_up(words: Sequence[str], before: str, known: frozenset[str], terms: Analyzer) -> bool:
    """Say whether a sentence begins with "the" and what the one before has introduced, or with "the four …"."""
    if len(words) < 3 or words[0] != "The":
        return False
    if fold(words[1]) in _COUNTED:
        return terms.term(words[2]) not in known
    noun = terms.term(words[1]) if words[1][0].islower() else ""
    return bool(noun) and noun not in known and noun in map(terms.term, tokenize(before))


def _find_full_name(
    at: int, texts: Sequence[str], known: frozenset[str], terms: Analyzer, words_of: _Words
) -> int | None:
    """Give where the surname that a sentence begins with stands with a first name, if that is its first mention."""
    name, following = (*words_of(texts[at]), "", "")[:2]
    if (
        not name[:1].isupper()
        or following[:1].isupper()
        or not terms.term(name)
        or terms.term(name) in known
    ):
        return None
    for recent_questions, text in enumerate(texts[:at]):
        # In other texts a word may hold what can't be seen.
        if (name in text or not text.isascii()) and name in (words := words_of(text)):
            place = words.index(name)
            first = words[place - 1] if place else ""
            return recent_questions if first[:1].isupper() and terms.term(first) else None
    return None
