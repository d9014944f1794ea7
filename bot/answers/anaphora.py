"""Anaphora: whether a sentence is understood by itself, or only after an earlier one.

In: the sentences of one section as they read, and the terms that a reader knows already from its
headings. Out: for each anaphoric sentence the position of its antecedent, the sentence that must
be read before it. The forms of English decide, no model:

- pronouns and connectives that refer back ("He agreed.", "However, …");
- "the memorandum" after a sentence with a memorandum;
- a surname after the full name.

It does not see a noun that is only understood from what came before ("the experiment
failed"). In other languages than English no sentence is taken for anaphoric.

Two more tests tell sentences that are weak in a summary: those that address the reader, and filler.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bot.answers.patterns import any_of
from bot.search.analysis.analyzer import Analyzer
from bot.search.analysis.tokens import fold, tokenize
from bot.search.english_forms import NEUTRAL_PRONOUNS, PERSONAL_PRONOUNS, POSSESSIVES

_Tokenizer = Callable[[str], list[str]]

# "However, …": a first word that continues an earlier sentence.
_CONNECTIVES = frozenset(
    "accordingly afterwards and besides but consequently conversely eventually furthermore "
    "hence however instead likewise meanwhile moreover nevertheless nonetheless nor or "
    "otherwise similarly so still then thereafter therefore thus yet".split()
)

# "As a result, …"
_CONNECTIVE_PHRASES = any_of(
    "as a result",
    "as such",
    "at the time",
    "by contrast",
    "for (?:example|instance)",
    "in (?:actuality|addition,|contrast|return|turn)",
    "most notably",
    "on the (?:contrary|other hand)",
    "examples include",
)
# "Another …", "a second …": one more than were named before.
_ONE_MORE = any_of(
    "(?:another|further|other|others) (?!than)",
    "an? (?:further|less|more|second|third) (?!than)",
)
# "The first was …": of those that were named before.
_AUXILIARY = "(?:is|was|has|had|will|would|can|could)"
_ONE_OF_SEVERAL = rf"the (?:first|second|third|fourth|last|latter)(?:,| {_AUXILIARY}\b)"
# "The next day", "two weeks later": from a time that was named before.
_RELATIVE_TIMES = any_of(
    "(?:in )?the (?:following|next|same) (?:day|week|month|year)s?",
    r"(?:\w+ ){1,2}(?:followed(?! by)|later|thereafter)",
)
# "In the spring of 1932 it was sold": a pronoun behind an opening that cannot explain it.
_PREPOSITION = (
    "(?:after|around|at|before|by|during|for|from|in|on|only in|since|until|with|without)"
)
_PRONOUN_AFTER_OPENING = rf"{_PREPOSITION} [^,]{{1,60}},? (?:he|it|she|they)\b"
_ANAPHORIC_OPENING = re.compile(
    any_of(
        _CONNECTIVE_PHRASES,
        _ONE_MORE,
        _ONE_OF_SEVERAL,
        _RELATIVE_TIMES,
        _PRONOUN_AFTER_OPENING,
    )
)

# "The firm, however, survived."
_PARENTHETIC_CONNECTIVES = any_of(
    "however",
    "therefore",
    "by contrast",
    "for example",
    "for instance",
    "in turn",
    "on the other hand",
)
# "Both signed nevertheless."
_LATE_CONNECTIVES = any_of(
    "nevertheless",
    "nonetheless",
    "in (?:return|turn)(?! (?:for|to))",
)
# "Germany did so in June."
_DID_SO = r"\b(?:did|do|does) (?:not )?so\b"
_ANAPHORIC_WITHIN = re.compile(
    any_of(
        rf", {_PARENTHETIC_CONNECTIVES},",
        rf" {_LATE_CONNECTIVES}\b",
        _DID_SO,
    )
)

_PRONOUNS = PERSONAL_PRONOUNS | NEUTRAL_PRONOUNS
_DEMONSTRATIVES = frozenset("this these those such".split())
# "Those who stayed", "such as": in front of these a demonstrative refers forwards.
_RELATIVES = frozenset("as that which who whom whose".split())
# "The four …", "these two": so many were named before.
_NUMERALS = frozenset("two three four five six seven eight nine ten other latter".split())
# "Many were sold": many of those that were named before.
_QUANTIFIERS = frozenset("all both each few many most neither none others several some".split())
# What follows a quantifier that stands by itself; "many farmers" needs nothing.
_VERBS = frozenset(
    "are were is was have has had do did will would can could may might must came went".split()
)
# How many words behind a demonstrative are looked at for a noun that is known.
_NOUN_PHRASE_LENGTH = 3
# A demonstrative that comes later has most of its own sentence to refer to.
_FIRST_WORDS = 3

# Words for the reader and the writer.
_READER_AND_WRITER = frozenset(
    "you your yours yourself you're you'll you've you'd "
    "we us our ours we're we'll we've we'd let's "
    "i i'm i've i'll i'd my "
    "guys folks".split()
)
# "And think about the gate."
_IMPERATIVE = r"(?:and |but |so |just )?(?:consider|imagine|picture|remember|think)\b(?! of\b)"
# "It's a tall order.": contractions are spoken language.
_CONTRACTION = r"(?:it|that|there)['’]s\b"
_SPOKEN = re.compile(any_of(_IMPERATIVE, _CONTRACTION))
# What somebody else says addresses somebody else.
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")

# "In this article …"
_NAMES_ITSELF = (
    r"(?:in )?(?:this|the present) "
    r"(?:article|chapter|essay|guide|page|post|section|text)\b"
)
_REFERENCE = r"see (?:also|above|below)\b"
_NAMES_ITS_MAKING = r".*\b(?:wrote|written) this (?:article|page|post|text)\b"
_READ_ON = r".*\bread on\b"
_ABOUT_ITSELF = re.compile(any_of(_NAMES_ITSELF, _REFERENCE, _NAMES_ITS_MAKING, _READ_ON))
# A question, an exclamation, an announcement.
_FILLER_ENDS = tuple("?!:？！：؟")
_CLOSING_MARKS = "\"”'’)"


def addresses_reader(text: str) -> bool:
    """Say whether a sentence talks to its reader or of its writer, outside quotation marks."""
    words = tokenize(_QUOTED.sub(" ", text))
    pronouns = set()
    before = ""
    for word in words:
        # Neither "the US" nor "Francis I" is a pronoun.
        is_name = word == "US" or (word == "I" and before[:1].isupper())
        if not is_name:
            pronoun = word.lower().replace("’", "'")
            pronouns.add(pronoun)
        before = word
    if not _READER_AND_WRITER.isdisjoint(pronouns):
        return True
    return _SPOKEN.match(text.lower()) is not None


def is_filler(text: str) -> bool:
    """Say whether a sentence asks, exclaims, announces, or is about the article itself."""
    is_about_itself = _ABOUT_ITSELF.match(text.lower()) is not None
    return is_about_itself or text.rstrip(_CLOSING_MARKS).endswith(_FILLER_ENDS)


def find_antecedents(
    texts: Sequence[str], known_terms: frozenset[str], analyzer: Analyzer
) -> list[int | None]:
    """Give for each sentence the position of its antecedent, None where it needs none.

    ``texts`` are the sentences of one section in order. ``known_terms`` are the terms that a reader
    knows before the first. An antecedent always comes before its sentence.
    """
    tokenize_once = cache(tokenize)
    return [
        find_antecedent(position, texts, known_terms, analyzer, tokenize_once)
        for position in range(len(texts))
    ]


def find_antecedent(
    position: int,
    texts: Sequence[str],
    known_terms: frozenset[str],
    analyzer: Analyzer,
    tokenizer: _Tokenizer = tokenize,
) -> int | None:
    """Give the position of the antecedent of ``texts[position]``, None where it needs none.

    No more of the other sentences is looked at than that takes.
    """
    if position == 0 or analyzer.language != "en":
        return None
    sentence = _Sentence.read(texts[position], tokenizer)
    if _refers_back(sentence, texts[position - 1], known_terms, analyzer):
        return position - 1
    texts_before = islice(texts, position)  # not copied: a section may have many sentences
    return _find_full_name(sentence, texts_before, known_terms, analyzer, tokenizer)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its words; ``folded`` are the words in lower case, without "'s"."""

    text: str
    words: Sequence[str]
    folded: Sequence[str]

    @classmethod
    def read(cls, text: str, tokenizer: _Tokenizer) -> "_Sentence":
        words = tokenizer(text)
        folded = [fold(word).split("'")[0] for word in words]
        return cls(text, words, folded)


def _refers_back(
    sentence: _Sentence, text_before: str, known_terms: frozenset[str], analyzer: Analyzer
) -> bool:
    """Say whether a sentence needs the one directly before it."""
    return (
        _continues(sentence)
        or _opens_with_anaphor(sentence.folded)
        or _ANAPHORIC_WITHIN.search(sentence.text.lower()) is not None
        or _has_unbound_pronoun(sentence, analyzer)
        or _has_unbound_demonstrative(sentence.folded, known_terms, analyzer)
        or _repeats_noun(sentence.words, text_before, known_terms, analyzer)
    )


def _continues(sentence: _Sentence) -> bool:
    """Say whether a sentence opens like the rest of another one."""
    if not sentence.folded:
        return True
    text = sentence.text
    if text.startswith("(") or text[0].islower():
        return True
    return _ANAPHORIC_OPENING.match(text.lower()) is not None


def _opens_with_anaphor(folded: Sequence[str]) -> bool:
    """Say whether the first word, or the first two, stand for what was named before."""
    first, second = (*folded, "", "")[:2]
    if first in _CONNECTIVES or first == "that":
        return True
    if first in _QUANTIFIERS:
        return second in _VERBS
    if first in ("among", "amongst"):
        return second == "them" or second in _DEMONSTRATIVES
    return False


def _has_unbound_pronoun(sentence: _Sentence, analyzer: Analyzer) -> bool:
    """Say whether the first pronoun comes before anything in its sentence that it may stand for."""
    positions = (at for at, word in enumerate(sentence.folded) if word in _PRONOUNS)
    position = next(positions, None)
    if position is None:
        return False
    if position == 0:
        return True
    pronoun = sentence.folded[position]
    if any(_may_stand_for(pronoun, word, analyzer) for word in sentence.words[:position]):
        return False
    return not _is_explained_later(sentence.text, pronoun, position)


def _may_stand_for(pronoun: str, word: str, analyzer: Analyzer) -> bool:
    """Say whether a pronoun may stand for a word: a personal one for a name only."""
    if not analyzer.term(word):
        return False
    if pronoun in PERSONAL_PRONOUNS:
        return word[0].isupper()
    return not word[0].isdigit()


def _is_explained_later(text: str, pronoun: str, position: int) -> bool:
    """Say whether a name behind the comma explains a possessive: "In his speech, Orr said …"."""
    if pronoun not in POSSESSIVES:
        return False
    opening, _, rest = text.partition(", ")
    words_behind = tokenize(rest)
    if not words_behind:
        return False
    # A noun must stand between the possessive and the comma.
    last = len(tokenize(opening)) - 1
    first_behind = words_behind[0]
    is_name = first_behind[0].isupper() and fold(first_behind) not in _PRONOUNS
    return position < last and is_name


def _has_unbound_demonstrative(
    folded: Sequence[str], known_terms: frozenset[str], analyzer: Analyzer
) -> bool:
    """Say whether "this", "those" or "such" points to what neither reader nor sentence knows."""
    if _DEMONSTRATIVES.isdisjoint(folded):
        return False
    seen = set(known_terms)
    for position, word in enumerate(folded):
        start = position + 1
        behind = folded[start : start + _NOUN_PHRASE_LENGTH]
        if word in _DEMONSTRATIVES and _is_unbound(position, behind, seen, analyzer):
            return True
        if term := analyzer.term(word):
            seen.add(term)
    return False


def _is_unbound(position: int, behind: Sequence[str], seen: set[str], analyzer: Analyzer) -> bool:
    """Say whether a demonstrative at ``position`` points to nothing ``seen``.

    ``behind`` are the words behind it.
    """
    following = behind[0] if behind else ""
    if following in _RELATIVES:
        return False
    if position == 0:
        return True
    has_noun = bool(analyzer.term(following)) or following in _NUMERALS
    is_known = not seen.isdisjoint(map(analyzer.term, behind))
    return has_noun and (position < _FIRST_WORDS or not is_known)


def _repeats_noun(
    words: Sequence[str], text_before: str, known_terms: frozenset[str], analyzer: Analyzer
) -> bool:
    """Say whether a sentence opens with "The four …", or with "The" and a noun from before."""
    if len(words) < 3 or words[0] != "The":
        return False
    if fold(words[1]) in _NUMERALS:
        return analyzer.term(words[2]) not in known_terms
    if not words[1][0].islower():
        return False
    noun = analyzer.term(words[1])
    if not noun or noun in known_terms:
        return False
    return noun in map(analyzer.term, tokenize(text_before))


def _find_full_name(
    sentence: _Sentence,
    texts_before: Iterable[str],
    known_terms: frozenset[str],
    analyzer: Analyzer,
    tokenizer: _Tokenizer,
) -> int | None:
    """Give the position of the sentence with the full name of the surname that this one opens with.

    None where the surname's first mention has no first name, or where the reader knows it.
    """
    name, following = (*sentence.words, "", "")[:2]
    is_single_name = name[:1].isupper() and not following[:1].isupper()
    if not is_single_name:
        return None
    term = analyzer.term(name)
    if not term or term in known_terms:
        return None
    for position, text in enumerate(texts_before):
        # A word may be written in other characters than its text, if these are not ASCII.
        if name not in text and text.isascii():
            continue
        words = tokenizer(text)
        if name in words:
            has_first_name = _has_first_name(words, words.index(name), analyzer)
            return position if has_first_name else None
    return None


def _has_first_name(words: Sequence[str], position: int, analyzer: Analyzer) -> bool:
    """Say whether a name, no stop word, stands before the word at ``position``."""
    before = words[position - 1] if position else ""
    return before[:1].isupper() and bool(analyzer.term(before))
