"""The subjects of an English sentence by form: the noun phrases in front of its finite verbs.

In: a sentence as text. Out: its words with their classes, and the words of its subjects. Closed
lists and endings decide (``english_forms``), no parser and no model: a finite verb is an auxiliary,
a known verb, or a word that ends like one behind a noun. What a pronoun stands for is found in
``subjects``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from bot.search.analysis.tokens import fold
from bot.search.english_forms import (
    AUXILIARIES,
    BASE_VERBS,
    CLAUSE_OPENERS,
    COORDINATORS,
    DETERMINERS,
    IRREGULAR_PASTS,
    KIN,
    NEUTRAL_PRONOUNS,
    PARTY_VERBS,
    PERSONAL_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
    TIME_WORDS,
    TITLE_ENDS,
    TITLES,
)

# So many words of a sentence are looked at.
_MAX_WORDS = 64
# A noun phrase in front of its verb has at most so many words.
_MAX_PHRASE_WORDS = 14
# Pieces of text that a reader remembers as tokens.
_CACHED = 65_536
_MARKS = "\"'“”‘’()[]*_«»"
_STOPS = ",;:.!?"
_STOPS_AND_MARKS = _STOPS + _MARKS
_DASHES = frozenset(("-", "–", "—"))
_POSSESSIVE_ENDS = ("'s", "’s", "s'", "s’")
_PLURALS = frozenset("people men women police children staff".split())
_SUBJECT_PRONOUNS = frozenset("he she it they".split())
_ALL_PRONOUNS = PERSONAL_PRONOUNS | NEUTRAL_PRONOUNS | frozenset("i we you us me him".split())
# Words in -ly and others that stand anywhere in a sentence.
_ADVERBS = frozenset(
    """
    however also therefore thus meanwhile moreover furthermore nevertheless nonetheless instead
    still never always often sometimes soon once only even just too so not perhaps then afterwards
    hence otherwise conversely likewise similarly accordingly consequently again already
    """.split()
)
# What ends in -ly or -s and is a noun all the same.
_NO_ADVERBS = frozenset("family assembly ally supply reply italy july monopoly".split())
# "Who'd", "they've".
_CONTRACTIONS = frozenset("d ll ve re".split())
_NO_VERB_ENDS = ("ss", "us", "is", "ics", "ous")


class WordClass(Enum):
    """What a word is by its form."""

    AUXILIARY = auto()
    PREPOSITION = auto()
    DETERMINER = auto()
    PRONOUN = auto()
    COORDINATOR = auto()
    OPENER = auto()
    RELATIVE = auto()
    ADVERB = auto()
    NUMBER = auto()
    TIME = auto()
    NAME = auto()
    WORD = auto()
    MARK = auto()


@dataclass(slots=True)
class Token:
    """A word between blanks; all sentences share it, and it never changes.

    ``word`` is it without marks, ``folded`` the same folded. ``end`` is the mark behind it that
    ends a part of the sentence (",", ":", …), or empty. ``is_noun`` says that it is a name or a
    word of no other class. What else is told here, once a word, is what most words are not:
    ``may_be_verb`` is false for what ``is_finite_verb`` never is; ``is_plain`` says that a noun is
    nothing but that, and ends no part of the sentence; ``may_link`` that a subject may stand behind
    a word; ``is_title`` that it is a person's title; ``is_sign`` that it is one of the latter two,
    or "who". ``is_kin`` says that it is a word for relatives, which is not plain.
    """

    word: str
    folded: str
    word_class: WordClass
    end: str
    is_possessive: bool
    is_noun: bool = False
    may_be_verb: bool = False
    is_plain: bool = False
    may_link: bool = False
    is_title: bool = False
    is_sign: bool = False
    is_kin: bool = False


class Sentence(NamedTuple):
    """The words of a sentence. ``signs`` are the positions of those that are signs, ascending."""

    tokens: Sequence[Token]
    signs: Sequence[int]


NO_SENTENCE = Sentence((), ())


class NounPhrase(NamedTuple):
    """A subject: its words as written, without determiners.

    ``pronoun`` is the folded pronoun that stands in its place, or empty. ``determiner`` is the
    folded word that opens it, or empty. ``verb`` is the position of its verb among the tokens, -1
    where none was found. ``head_length`` counts the words before a preposition, None for all: 0 of
    who did what is told in the passive.
    """

    words: tuple[str, ...]
    pronoun: str = ""
    determiner: str = ""
    verb: int = -1
    head_length: int | None = None

    @property
    def head(self) -> tuple[str, ...]:
        """The words before "of" and the like: what the subject is, and not whose."""
        return self.words[: self.head_length]


NO_PHRASE = NounPhrase(())
# What an object or another clause begins with. (A tuple: to look a class up in a set is slower.)
_BEFORE_OBJECTS = (
    WordClass.DETERMINER,
    WordClass.PRONOUN,
    WordClass.RELATIVE,
    WordClass.OPENER,
)
# What may stand before the subject of a clause.
_OPENINGS = (WordClass.ADVERB, WordClass.COORDINATOR, WordClass.OPENER, WordClass.MARK)
_CONJUNCTIONS = (WordClass.OPENER, WordClass.COORDINATOR)
# What goes on with a subject whose verb follows directly.
_BEFORE_NOUNS = (WordClass.DETERMINER, WordClass.ADVERB)
_VERB_FORMS = BASE_VERBS | frozenset(f"{verb}s" for verb in BASE_VERBS)
# The last of them that has a word tells its class.
_CLASSES = (
    (_ADVERBS, WordClass.ADVERB),
    (PREPOSITIONS, WordClass.PREPOSITION),
    (DETERMINERS, WordClass.DETERMINER),
    (RELATIVES - frozenset(("that",)), WordClass.RELATIVE),
    (CLAUSE_OPENERS - PREPOSITIONS - COORDINATORS, WordClass.OPENER),
    (frozenset(("and", "or", "nor")), WordClass.COORDINATOR),
    (_ALL_PRONOUNS - DETERMINERS, WordClass.PRONOUN),
    (AUXILIARIES, WordClass.AUXILIARY),
)
_CLASS_OF_WORD = {word: word_class for words, word_class in _CLASSES for word in words}
# A verb is one of these, or ends like one.
_KNOWN_VERBS = IRREGULAR_PASTS | PARTY_VERBS | _VERB_FORMS
_VERB_ENDS = ("ed", "s")
_LINKS = frozenset(("as", "by"))
_OF = ("of", "such")
# It stands where a subject stands that follows its verb: "there is a brake".
EXISTENTIAL = "there"
_IN_VERB = (WordClass.AUXILIARY, WordClass.ADVERB)


class TokenReader:
    """Reads the tokens of sentences, and remembers what pieces of text are."""

    def __init__(self) -> None:
        """Begin with no piece."""
        self._tell = lru_cache(maxsize=_CACHED)(classify_piece)

    def read(self, text: str) -> Sentence:
        """Give the words of a sentence, the first 64 of them."""
        pieces = text.split(None, _MAX_WORDS)
        del pieces[_MAX_WORDS:]
        tokens = list(map(self._tell, pieces))
        return Sentence(tokens, [place for place, token in enumerate(tokens) if token.is_sign])


def classify_piece(piece: str) -> Token:
    """Tell what a word between blanks is by itself."""
    word, end, is_possessive = piece, "", False
    # Most words have no marks.
    if not piece.isalpha():
        bare = piece.strip(_MARKS)
        word = bare.rstrip(_STOPS_AND_MARKS)
        end = bare[len(word) : len(word) + 1]
        is_possessive = word.endswith(_POSSESSIVE_ENDS)
        if is_possessive:
            word = word[:-2] if word[-1] in "sS" else word[:-1]
    if not word or word in _DASHES:
        # What stands between dashes is put in, as between commas.
        return Token("", "", WordClass.MARK, ",", is_possessive=False)
    folded = fold(word)
    word_class = _classify(word, folded)
    token = Token(word, folded, word_class, end, is_possessive)
    _add_signs(token)
    return token


def _classify(word: str, folded: str) -> WordClass:
    if word[0].isdigit():
        return WordClass.NUMBER
    # The month is written large.
    if folded in TIME_WORDS or word == "May":
        return WordClass.TIME
    is_abbreviation = word.isupper() and len(word) > 1
    if not is_abbreviation:
        bare, _, contracted = folded.partition("'")
        form = bare if contracted in _CONTRACTIONS else folded
        if form in _CLASS_OF_WORD:
            return _CLASS_OF_WORD[form]
    if word[0].isupper():
        return WordClass.NAME
    if folded.endswith("ly") and folded not in _NO_ADVERBS:
        return WordClass.ADVERB
    return WordClass.WORD


def _add_signs(token: Token) -> None:
    """Tell what a token may be in a sentence."""
    folded = token.folded
    word_class = token.word_class
    if word_class is WordClass.WORD:
        token.may_be_verb = folded in _KNOWN_VERBS or folded.endswith(_VERB_ENDS)
    elif word_class is WordClass.AUXILIARY:
        token.may_be_verb = True
    if word_class is WordClass.WORD or word_class is WordClass.NAME:
        token.is_noun = True
        token.is_kin = KIN.fullmatch(folded) is not None
        is_more = token.may_be_verb or token.is_kin or folded in _OF
        token.is_plain = not (is_more or token.end)
    has_title_end = word_class is WordClass.WORD and folded.endswith(TITLE_ENDS)
    token.is_title = has_title_end or folded in TITLES
    token.may_link = folded in _LINKS or word_class in _CONJUNCTIONS or token.end == ";"
    token.is_sign = token.may_link or token.is_title or folded == "who"


def read_sentence(text: str) -> Sentence:
    """Give the words of one sentence, the first 64 of them."""
    return TokenReader().read(text)


def is_finite_verb(tokens: Sequence[Token], position: int, *, has_of: bool = False) -> bool:
    """Say whether a word, behind another one, is the verb of a clause: ``position`` is not 0.

    ``has_of`` says that the noun before it need not be its subject ("the order of the steps is").
    """
    token = tokens[position]
    if not token.may_be_verb:
        return False
    if token.word_class is WordClass.AUXILIARY:
        return True
    at = position - 1
    while at > 0 and tokens[at].word_class is WordClass.ADVERB:
        at -= 1
    if tokens[at].word_class is WordClass.NUMBER and _follows_name(tokens, at):
        at -= 1
    before = tokens[at]
    if before.folded in _SUBJECT_PRONOUNS:
        return _has_verb_form(token.folded, before, has_of=True)
    if before.is_possessive or not before.is_noun:
        return False
    if _has_verb_form(token.folded, before, has_of=has_of):
        return True
    return _is_third_person(tokens, position, before)


def _has_verb_form(folded: str, before: Token, *, has_of: bool = False) -> bool:
    """Say whether a word behind a noun is a past or a known verb."""
    if folded in IRREGULAR_PASTS or (folded.endswith("ed") and len(folded) > 4):
        return True
    if folded not in PARTY_VERBS and folded not in _VERB_FORMS:
        return False
    is_third = folded.endswith("s") and not folded.endswith("ss")
    is_name = before.word_class is WordClass.NAME
    is_plural = before.folded.endswith("s") or before.folded in _PLURALS
    return is_third if is_name else has_of or is_third != is_plural


def _is_third_person(tokens: Sequence[Token], position: int, before: Token) -> bool:
    """Say whether a word in -s is a verb: behind a name, or before an object."""
    token = tokens[position]
    folded = token.folded
    is_form = folded.endswith("s") and not folded.endswith(_NO_VERB_ENDS) and len(folded) > 3
    if not is_form or token.end or position + 1 == len(tokens):
        return False
    following = tokens[position + 1]
    if following.word_class in _BEFORE_OBJECTS:
        return True
    is_name = before.word_class is WordClass.NAME
    if is_name and following.word_class is WordClass.PREPOSITION:
        return following.folded != "of"
    if following.word_class is WordClass.WORD:
        is_last = following.end == "."
        is_noun = not _has_verb_form(following.folded, token)
        return is_noun and (is_name or is_last)
    return is_name and following.word_class in (WordClass.NUMBER, WordClass.NAME)


def find_subject(tokens: Sequence[Token], start: int = 0) -> NounPhrase:
    """Give the subject of the clause that begins at ``start``; an empty one where none is found.

    What opens the clause ("In May 2025 …", "However, …") is passed over.
    """
    start = _skip_openings(tokens, start)
    if start >= len(tokens):
        return NO_PHRASE
    first = tokens[start]
    if first.folded == EXISTENTIAL and not first.end:
        existing = _read_existing(tokens, start + 1)
        if existing.words:
            return existing
    if first.word_class is WordClass.PREPOSITION:
        return _find_behind_opening(tokens, start)
    if first.folded in _SUBJECT_PRONOUNS:
        return NounPhrase((), first.folded, verb=start + 1)
    return _read_phrase(tokens, start)


def _skip_openings(tokens: Sequence[Token], start: int) -> int:
    """Pass over adverbs and conjunctions at the beginning."""
    while start < len(tokens) and tokens[start].word_class in _OPENINGS:
        start += 1
    return start


def _read_phrase(tokens: Sequence[Token], start: int) -> NounPhrase:
    """Read the noun phrase from ``start`` to its verb, or to a mark behind a name."""
    words: list[str] = []
    is_collected = True
    has_time = has_of = False
    head_length: int | None = None
    end = min(len(tokens), start + _MAX_PHRASE_WORDS)
    for position, token in enumerate(tokens[start:end], start):
        if token.is_plain:
            if is_collected:
                words.append(token.word)
            continue
        if token.may_be_verb and words and is_finite_verb(tokens, position, has_of=has_of):
            return _make_phrase(tokens, start, words, position, head_length)
        if token.folded in _OF:
            has_of = True
        is_number = token.word_class is WordClass.NUMBER
        if token.is_noun or (is_number and _follows_name(tokens, position)):
            is_collected = is_collected and token.folded != "such"
            if token.is_kin and tokens[position - 1].is_possessive:
                # "Orr's sister" is not about Orr.
                words.clear()
            if is_collected:
                words.append(token.word)
        elif token.word_class is WordClass.PREPOSITION and words:
            head_length = head_length or len(words)
            is_collected = token.folded in ("of", "between", "among")
        elif token.word_class is WordClass.RELATIVE:
            is_collected = False
        elif token.word_class is WordClass.TIME:
            has_time = True
        if token.end:
            return _read_to_mark(tokens, start, [] if has_time else words, position)
    return NO_PHRASE


def _follows_name(tokens: Sequence[Token], position: int) -> bool:
    """Say whether a number belongs to the name before it: "Article 19"."""
    if position == 0:
        return False
    before = tokens[position - 1]
    return before.word_class is WordClass.NAME and not before.end


def _read_to_mark(
    tokens: Sequence[Token], start: int, words: Sequence[str], mark: int
) -> NounPhrase:
    """Give the subject of ``words`` that end at a mark; where they are none, one behind it.

    A name that explains it belongs to it: "The chair, Ada Vaal, said".
    """
    end = tokens[mark].end
    is_subject = bool(words) and end == ","
    closing = _find_closing_comma(tokens, mark + 1) if is_subject else -1
    if closing >= 0:
        explaining = tokens[mark + 1 : closing + 1]
        is_list = tokens[mark].word_class is WordClass.NAME
        is_named = all(token.word_class is WordClass.NAME for token in explaining)
        names = [token.word for token in explaining] if is_named and not is_list else []
        return _make_phrase(tokens, start, [*words, *names], closing + 1)
    return find_subject(tokens, mark + 1) if end in ",:" else NO_PHRASE


def _find_closing_comma(tokens: Sequence[Token], start: int) -> int:
    """Give where what explains a subject ends, which begins behind a comma; -1 if nothing does.

    Another comma stands before the verb: "Orr, the chairman, said". A clause that goes on with its
    own subject has none: "Last year, the firm said".
    """
    has_clause = start < len(tokens) and tokens[start].word_class is WordClass.RELATIVE
    for position in range(start, min(len(tokens), start + _MAX_PHRASE_WORDS)):
        if tokens[position].end == ",":
            return position
        is_verb = position > start and is_finite_verb(tokens, position)
        if is_verb and not has_clause:
            break
    return -1


def _make_phrase(
    tokens: Sequence[Token],
    start: int,
    words: Sequence[str],
    verb: int,
    head_length: int | None = None,
) -> NounPhrase:
    first = tokens[start]
    determiner = first.folded if first.word_class is WordClass.DETERMINER else ""
    return NounPhrase(tuple(words), "", determiner, verb, head_length)


def _find_behind_opening(tokens: Sequence[Token], start: int) -> NounPhrase:
    """Give the subject behind "On 14 June", with or without a comma, or behind the verb."""
    for position in range(start + 1, min(len(tokens), start + 2 * _MAX_PHRASE_WORDS)):
        token = tokens[position]
        if token.may_be_verb and is_finite_verb(tokens, position):
            phrase = _read_backwards(tokens, start, position)
            return phrase if phrase.words or phrase.pronoun else _read_inverted(tokens, position)
        if token.end == ",":
            return find_subject(tokens, position + 1)
        if token.end:
            break
    return NO_PHRASE


def _read_backwards(tokens: Sequence[Token], start: int, verb: int) -> NounPhrase:
    """Give the last noun phrase between an opening and its verb: "in May 2025 Orr | said"."""
    position = verb - 1
    while position > start and tokens[position].word_class is WordClass.ADVERB:
        position -= 1
    last = tokens[position]
    if last.folded in _SUBJECT_PRONOUNS:
        return NounPhrase((), last.folded, verb=verb)
    kept = (WordClass.NAME,) if last.word_class is WordClass.NAME else (WordClass.WORD,)
    words: list[str] = []
    while position > start and tokens[position].word_class in kept:
        words.insert(0, tokens[position].word)
        position -= 1
    # "In the village it stood": what directly follows the preposition belongs to it.
    is_of_opening = position == start or (
        position == start + 1 and tokens[position].word_class is WordClass.DETERMINER
    )
    if is_of_opening:
        return NO_PHRASE
    determiner = tokens[position]
    is_determined = determiner.word_class is WordClass.DETERMINER
    return NounPhrase(tuple(words), "", determiner.folded if is_determined else "", verb)


def _read_existing(tokens: Sequence[Token], verb: int) -> NounPhrase:
    """Give what there is: "there is also | a brake"."""
    position = verb
    while position < len(tokens) and tokens[position].word_class in _IN_VERB:
        position += 1
    if position == verb:
        return NO_PHRASE
    phrase = _read_inverted(tokens, position - 1)
    return phrase._replace(verb=verb) if phrase.words else NO_PHRASE


def _read_inverted(tokens: Sequence[Token], verb: int) -> NounPhrase:
    """Give the subject that follows its verb: "on one side stood the unionists"."""
    words: list[str] = []
    for token in tokens[verb + 1 : verb + 1 + _MAX_PHRASE_WORDS]:
        if token.is_noun:
            words.append(token.word)
        elif words or token.word_class is not WordClass.DETERMINER:
            break
        if token.end:
            break
    return NounPhrase(tuple(words), verb=verb) if words else NO_PHRASE


def find_later_subjects(sentence: Sentence, start: int) -> list[NounPhrase]:
    """Give the subjects of further clauses, and who did what is told in the passive.

    "…, and Moscow points to NATO", "…, as Kyiv asks", "was signed by the owner".
    """
    phrases: list[NounPhrase] = []
    tokens = sentence.tokens
    for position in _list_clause_starts(sentence, max(start, 1)):
        token = tokens[position]
        before = tokens[position - 1]
        opens_clause = token.word_class in _CONJUNCTIONS or token.folded == "as"
        if opens_clause and (before.end or token.folded in ("while", "whereas")):
            phrases.append(_read_close_subject(tokens, position + 1))
        elif before.end == ";":
            phrases.append(_read_close_subject(tokens, position))
        elif token.folded == "by" and before.folded.endswith(("ed", "en", "ten", "ught", "ade")):
            phrases.append(_read_inverted(tokens, position)._replace(head_length=0))
    return [phrase for phrase in phrases if phrase.words]


def _list_clause_starts(sentence: Sentence, start: int) -> Iterator[int]:
    """Give where a further clause may begin, but for the last word: at a link and behind a mark."""
    tokens, signs = sentence
    end = len(tokens) - 1
    for sign in signs:
        if start <= sign < end:
            yield sign
            start = sign + 1
        if tokens[sign].end == ";" and start <= sign + 1 < end:
            yield sign + 1
            start = sign + 2


def _read_close_subject(tokens: Sequence[Token], start: int) -> NounPhrase:
    """Give a subject whose verb follows directly."""
    words: list[str] = []
    for position in range(start, min(len(tokens), start + 6)):
        token = tokens[position]
        if words and is_finite_verb(tokens, position):
            return _make_phrase(tokens, start, words, position)
        if token.is_noun:
            words.append(token.word)
        elif token.word_class not in _BEFORE_NOUNS:
            break
        if token.end:
            break
    return NO_PHRASE
