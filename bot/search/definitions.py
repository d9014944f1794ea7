"""Which terms a sentence defines, by its form: it says what they are, or who.

In: a sentence. Out: the phrases that it defines. Forms are

- "Feta is a cheese", "a TEU means …", "OSCE stands for …";
- an apposition: "Osama Rabie, the chairman …", "a couchette, a bunk …", "Orr, who was a judge";
- a name as apposition: "the club's founder, Jane Orr, …";
- a title or an occupation: "mediator George Mitchell", "the ironmonger Jane Orr";
- brackets: "twenty-foot equivalent unit (TEU)" and "TEU (twenty-foot equivalent unit)";
- "called the diet", "known as feta";
- a term before a colon or a dash.

Which terms a question asks for is found in ``question_subject``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bot.search.english_forms import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    NEUTRAL_PRONOUNS,
    PERSONAL_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
)
from bot.search.noun_phrases import (
    EXISTENTIAL,
    NounPhrase,
    Sentence,
    Token,
    WordClass,
    classify_piece,
)

# A capital letter, and what a name consists of.
_NAME_WORD = r"[^\W\d_a-zа-яіїєґß-ÿ][\w.'’&-]*"
_NAME = rf"{_NAME_WORD}(?: (?:(?:de|von|van|der|du|la|al|bin|of|and) )?{_NAME_WORD}){{0,4}}"
_TERM = r"[\w'’-]+(?: [\w'’-]+){0,3}"
# What explains the name before it: "Osama Rabie, the chairman", ...
_APPOSITION = re.compile(
    r"(?: \([^()]*\))?, (?:(?:who|which) (?:is|are|was|were) )?"
    r"(?:an?|the|its|their|his|her|one of|former|"
    r"ein|eine|der|die|das|un|une|le|la|el|una|o|a|um|uma|il|lo|een|de|het)\b"
)
# ... in German, where a relative clause may begin like it and ends in its verb, ...
_GERMAN_APPOSITION = re.compile(
    r"(?: \([^()]*\))?, (?:(?:ein|sein|ihr)(?:e[mnrs]?)?\b|"
    r"d(?:er|ie|as|en|em) (?:[a-zäöüß-]+e[mnrs]? ){0,3}[A-ZÄÖÜ][\w-]*+"
    r"(?=(?:[^,.;:!?()]*(?<![\w-])[A-ZÄÖÜ0-9][\w-]*)?(?:[,.;:!?()]|$)))"
)
# ... and is in the case of the name: "es kommt von Orr, der Kuchen von Lisk" says who brought what.
# Behind "der", nouns with these ends are feminine, and so in the dative; "der große Kuchen" is not.
_GERMAN_DATIVE = re.compile(
    rf"\b(?:aus|bei|beim|mit|nach|seit|vom|von|zu|zum|zur)(?: {_NAME_WORD}){{1,3}}$"
)
_FEMININE_ENDS = (
    "(?<!e)in|ung|heit|keit|schaft|ion|tät|ei|e|ik|ur|stadt|kraft|macht|hand|frau|tochter|mutter|"
    "schwester|bank|firma|burg|band|oma|braut|jury|insel"
)
_GERMAN_NO_DATIVE = re.compile(
    rf", (?:die|das|der (?:[a-zäöüß-]+e ){{0,3}}(?![\w-]*(?i:{_FEMININE_ENDS})\b)[A-ZÄÖÜ])",
)
# ... but not what sums up the words before it: "they met in Lisk, the first visit since May".
_SUMS = "|".join(
    """
    fact act move step decision choice claim charge sign signal reminder result mistake error blow
    setback boost development change idea thing way matter habit practice demand offer proposal rise
    fall drop increase decrease gain loss record sum meeting visit trip round attack strike event
    moment chance success failure victory defeat breach violation promise threat gesture concession
    compromise delay task feat surprise honour honor
    """.split()
)
# Before "of" these may explain: "Advent, the season of waiting".
_TIMES = "time|day|week|month|year|hour|night|morning|evening|season|decade"
# None of them is the first part of a compound or an owner: "Motown, a record label". Behind what
# sums up stands the end of a part, a name, a participle or one of these.
_BEHIND_SUMS = "|".join(
    frozenset(("later", "earlier", "ago", "afterwards"))
    | AUXILIARIES
    | COORDINATORS
    | DETERMINERS
    | NEUTRAL_PRONOUNS
    | PERSONAL_PRONOUNS
    | PREPOSITIONS
    | RELATIVES
)
_SUMMING_UP = re.compile(
    rf" (?:[\w-]+ ){{0,2}}(?:(?:{_SUMS})s?|(?:{_TIMES})s?(?! of\b))\b"
    rf"(?!['’-]|(?! (?:{_BEHIND_SUMS}|\w+(?:ed|ing))\b) [a-z])"
)
# Nor is it part of a list: "they met in Lisk Hall, the Odeon and a school".
_OTHER_NAME = rf" {_NAME}(?: of (?:the )?{_NAME})?(?: and,| and (?:an?|the)\b)"
_OTHER_THINGS = r" [^,;:.()]{1,60}? and (?:an?|the) (?!first\b|only\b)[^,;:()]*(?:[.;]|$)"
_LISTED = re.compile(f"{_OTHER_NAME}|{_OTHER_THINGS}")
_NAME_BEFORE = re.compile(rf"(?<![^\W])({_NAME})$")
# So many characters before an apposition are looked at for the name or the noun.
_LONGEST_NAME = 60
# "The club's founder, Jane Orr, …": a name of two words or more between marks behind a noun.
_NAME_AS_APPOSITION = re.compile(rf", ({_NAME_WORD} {_NAME})(?=[,.;]|$)")
_NOUN_BEFORE = re.compile(
    r"(?:\b(\w+) )?\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|\w+['’]s) "
    r"(?:[\w'’-]+ ){0,2}[a-zß-ÿ][\w-]*(?: [\w'’-]+){0,3}$"
)
# Behind these stands where or when, and a name behind that is a subject: "On the ferry, Jane Orr".
_PLACES_AND_TIMES = frozenset("in on at near from during after before".split())
# "A couchette, a bunk", "the bank effect, known as"
_TERM_APPOSITION = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he) ({_TERM}), "
    r"(?:or|an?|also|often|sometimes|known|called|meaning|which (?:is|are|means?))\b"
)
# What explains a name defines nothing itself: "Jane Orr, the mayor of Lisk, called it late".
_NAME_AND_COMMA = re.compile(rf"{_NAME_WORD} {_NAME_WORD}, $")
_CALLED = re.compile(
    r"\b(?:called|known as|dubbed|termed|nicknamed|referred to as|named) (?:an? |the )?"
    rf"[\"'“‘]?({_TERM})"
)
# "The paramilitaries were the IRA"
_IDENTITY = re.compile(rf"\b(?:is|are|was|were) the ({_NAME})")
_CALLED_SIGNS = ("called ", "known as ", "named ", "dubbed ", "termed ", "referred to as ")
# An abbreviation in brackets behind its words, or its words in brackets behind it.
_BRACKETS = re.compile(r"(?<![\w'’-])((?:[\w'’-]+ ){1,8})\(([^()]{2,80})\)")
_ARTICLE = re.compile(r"(?:an?|the) ")
_ABBREVIATION = re.compile(r"[^\W\d_a-z][\w.&-]{1,9}")
# A term and what explains it: "TEU: a container".
_HEADED = re.compile(rf"^({_TERM})(?::| [–—-]) \S")
_COPULAS: Mapping[str, str] = {
    "de": r"(?:ist|sind|war|waren) (?:eine?r?|der|die|das)|bedeute[tn]|bezeichne[tn]",
    "fr": r"(?:est|sont|était|étaient) (?:une?|le|la|les|des|l)|désigne|signifie",
    "es": r"(?:es|son|fue|era) (?:una?|el|la|los|las)|significa|designa",
    "pt": r"(?:é|são|foi|era) (?:uma?|o|a|os|as)|significa|designa",
    "it": r"(?:è|sono|fu|era) (?:un[oa]?|il|lo|la|i|gli|le)|significa|indica",
    "pl": r"(?:jest|są|był|była|było) \w+|to|oznacza",
    "uk": r"[–—-] це|[–—-]|це|є|означає",
    "ru": r"[–—-] это|[–—-]|это|является|означает",
    "nl": r"(?:is|zijn|was|waren) (?:een|de|het)|betekent",
}
# Verbs that say what their subject is, with what stands behind them; empty where that may vary.
_MEANING_VERBS: Mapping[str, str] = {
    "mean": "",
    "denote": "",
    "comprise": "",
    "refer": "to",
    "stand": "for",
    "consist": "of",
}
_TERM_SIGNS = tuple(
    f", {word} " for word in "or also often sometimes known called meaning which".split()
)
# Behind "is": what a definition says that something is.
_BEFORE_GENUS = frozenset("a an the one defined known called another".split())
# A name beside a title has at most so many words.
_MAX_NAME_WORDS = 4
# A subject of more words is no term.
_MAX_SUBJECT_WORDS = 6


@cache
def _compile_copula(language: str) -> re.Pattern[str] | None:
    """Compile what stands for "is a" in a language; None for English and for unknown ones."""
    verbs = _COPULAS.get(language)
    if verbs is None:
        return None
    return re.compile(rf"^\W*([^,.;:()]{{2,60}}?) (?:{verbs})\b", re.IGNORECASE)


def find_definitions(
    text: str, sentence: Sentence, subject: NounPhrase, language: str
) -> Iterator[str]:
    """Give the phrases that a sentence defines, as written.

    ``sentence`` are its words and ``subject`` its subject in English; empty in other languages.
    """
    pattern = _compile_copula(language)
    match = pattern.match(text) if pattern else None
    if match and len(match[1].split()) <= _MAX_SUBJECT_WORDS:
        yield match[1]
    if len(subject.head) <= _MAX_SUBJECT_WORDS and _is_defining(sentence.tokens, subject.verb):
        yield " ".join(subject.head)
    if "re the " in text or "s the " in text:
        yield from _IDENTITY.findall(text)
    if ", " in text:
        yield from _find_explained(text, subject, language)
        yield from _find_named(text)
    if "(" in text:
        yield from _find_bracketed(text)
    if ": " in text or "– " in text or "— " in text or "- " in text:
        yield from _HEADED.findall(text)
    if language == "en":
        if any(map(text.__contains__, _CALLED_SIGNS)):
            yield from _CALLED.findall(text)
        yield from _find_titled(sentence)


def _find_explained(text: str, subject: NounPhrase, language: str) -> Iterator[str]:
    """Give names and terms with an apposition behind them."""
    has_apposition = False
    pattern = _GERMAN_APPOSITION if language == "de" else _APPOSITION
    agent = _find_agent(text, subject)
    for match in pattern.finditer(text):
        if _is_no_apposition(match, agent):
            continue
        before = text[max(match.start() - _LONGEST_NAME, 0) : match.start()]
        name = _NAME_BEFORE.search(before)
        if name and not (language == "de" and _differs_in_case(before, match)):
            yield name[1]
        has_apposition = True
    if has_apposition or any(map(text.__contains__, _TERM_SIGNS)):
        for match in _TERM_APPOSITION.finditer(text):
            before = text[max(match.start() - _LONGEST_NAME, 0) : match.start()]
            if not _NAME_AND_COMMA.search(before):
                yield match[1]


def _find_agent(text: str, subject: NounPhrase) -> str:
    """Give the subject of a sentence that begins with where or when; empty for another one.

    "After a talk with Jane Orr, the council agreed" tells who agreed.
    """
    is_led_in = text.split(" ", 1)[0].lower() in PREPOSITIONS
    return f" {' '.join(subject.words)} " if is_led_in and subject.words else ""


def _is_no_apposition(match: re.Match[str], agent: str) -> bool:
    """Say whether what looks like an apposition sums up, goes on with a list, or is the subject."""
    text, end = match.string, match.end()
    if _SUMMING_UP.match(text, end) or (agent and text.startswith(agent, end)):
        return True
    listed = _LISTED.match(text, end)
    if listed is None:
        return False
    # "Jane Orr, a former banker and the mayor of Lisk": what somebody is may be more than one.
    is_role = any(classify_piece(word).is_title for word in listed[0].split())
    return not is_role


def _differs_in_case(before: str, apposition: re.Match[str]) -> bool:
    """Say whether a German name at the end of ``before`` is in the dative, and what follows not."""
    is_dative = _GERMAN_DATIVE.search(before) is not None
    return is_dative and _GERMAN_NO_DATIVE.match(apposition.string, apposition.start()) is not None


def _find_named(text: str) -> Iterator[str]:
    """Give names that say who somebody is, between commas behind a noun."""
    for match in _NAME_AS_APPOSITION.finditer(text):
        begin = max(match.start() - _LONGEST_NAME, 0)
        noun = _NOUN_BEFORE.search(text[begin : match.start()])
        if noun and (noun[1] or "").lower() not in _PLACES_AND_TIMES:
            yield match[1]


def _is_defining(tokens: Sequence[Token], verb: int) -> bool:
    """Say whether a verb says what its subject is: "is a", "means", but not "there is a"."""
    if not 0 <= verb < len(tokens) - 1 or tokens[verb - 1].folded == EXISTENTIAL:
        return False
    following = tokens[verb + 1].folded
    preposition = _MEANING_VERBS.get(tokens[verb].folded.removesuffix("s"))
    if preposition is not None:
        return following == preposition if preposition else following != "that"
    behind = verb + 1
    if tokens[behind].word_class is WordClass.ADVERB and behind + 1 < len(tokens):
        behind += 1
    is_be = tokens[verb].folded in ("is", "are", "was", "were")
    return is_be and tokens[behind].folded in _BEFORE_GENUS


def _find_bracketed(text: str) -> Iterator[str]:
    """Give abbreviations with the words that they stand for, and names with what explains them."""
    for before, inside in _BRACKETS.findall(text):
        words = before.split()
        if _ABBREVIATION.fullmatch(inside):
            yield inside
            yield " ".join(words[-len(inside) - 1 :])
        elif any(character.isalpha() for character in inside):
            last = words[-1]
            if last[:1].isupper() or _ARTICLE.match(inside):
                yield last
            if last.isupper():
                yield inside


def _find_titled(sentence: Sentence) -> Iterator[str]:
    """Give names with a title before or behind them.

    "Transport minister Oskar Lindqvale", "Jane Orr, deputy mayor of Lisk".
    """
    tokens, signs = sentence
    for position in signs:
        token = tokens[position]
        if not token.is_title or token.is_possessive:
            continue
        before = _read_before(tokens, position)
        behind = tokens[position + 1 : position + 1 + _MAX_NAME_WORDS]
        if not token.end:
            names = _read_name(behind)
            if names:
                yield " ".join((*before, token.word, *names))
        if token.end or (behind and behind[0].folded == "of"):
            names = _read_name_before(tokens, position - len(before))
            if names:
                yield " ".join(names)


def _read_name_before(tokens: Sequence[Token], end: int) -> list[str]:
    """Give the name that ends in a comma before ``end``; none where it only says where that is."""
    names: list[str] = []
    mark = ","
    position = end - 1
    while position >= 0 and len(names) < _MAX_NAME_WORDS:
        token = tokens[position]
        if token.word_class is not WordClass.NAME or token.end != mark:
            break
        names.insert(0, token.word)
        mark = ""
        position -= 1
    # "In Lisk, judge and jury …"
    is_place = position == 0 and tokens[0].word_class is WordClass.PREPOSITION
    return [] if is_place else names


def _read_name(tokens: Sequence[Token]) -> list[str]:
    """Give the name that some words begin with."""
    names: list[str] = []
    for token in tokens:
        if token.word_class is not WordClass.NAME or token.is_possessive:
            break
        names.append(token.word)
        if token.end:
            break
    return names


def _read_before(tokens: Sequence[Token], title: int) -> list[str]:
    """Give the words directly before a title that belong to it."""
    words: list[str] = []
    for position in range(title - 1, max(title - 4, -1), -1):
        token = tokens[position]
        if not token.is_noun or token.end:
            break
        words.insert(0, token.word)
    return words
