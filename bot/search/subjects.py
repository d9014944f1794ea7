"""What each sentence is about: its subjects, also those that do not stand in it.

In: the sentences of passages, and under which heading of which article each passage stands. Out:
for each sentence the words of its subjects. They are

- the noun phrases in front of its verbs (``noun_phrases``);
- whom "he", "they", "the company", "the latter" stand for: the nearest that fits before it in its
  section;
- what the text has turned to ("For Ukraine, …", "On the owner's side, …"), until it turns to
  something else: another turn, another name as subject, another heading;
- the name or role in a heading of one side ("What Moscow wants");
- the country or body of a person, where the article says so ("Russian President Vladimir Putin").

English only: by its forms.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from bot.search.analysis.tokens import TokenizedText, fold
from bot.search.definitions import find_definitions
from bot.search.english_forms import PARTY_VERBS, STAND_INS, TIME_WORDS, TITLES, WISH_VERBS
from bot.search.noun_phrases import (
    NO_PHRASE,
    NO_SENTENCE,
    NounPhrase,
    Sentence,
    Token,
    TokenReader,
    WordClass,
    find_later_subjects,
    find_subject,
    read_sentence,
)
from bot.search.question_subject import find_question_subject

_IsName = Callable[[str], bool]
_Read = Callable[[str], Sentence]
_Words = tuple[str, ...]
_NO_WORDS: _Words = ()
# A verb and its auxiliaries and adverbs: "has since said".
_MAX_VERB_WORDS = 3

# "On the owner's side, …", "In Kyiv's view, …"
_NOUNS_OF_TURN = "side|part|view|eyes|opinion|perspective|account|case|reading|telling"
_SIDE_TURN = rf"(?:On|From|In|For) (?P<side>[^,.;]{{1,60}}?)['’]s? (?:{_NOUNS_OF_TURN})\b,?"
# "For Ukraine, …", "As for the crew, …", "On the part of the buyers, …"
_OPENINGS = (
    "For|As for|As to|As regards|Turning to|With regard to|In the case of|On the part of"
    "|On the side of|Among"
)
_FOR_TURN = rf"(?:{_OPENINGS}) (?P<whom>[^,.;:]{{1,60}}),"
# "Russia, on the other hand, …", "The tenants, by contrast, …"
_CONTRAST_TURN = (
    r"(?:Meanwhile,? )?(?P<other>[^,.;:]{1,60}), "
    r"(?:on the other hand|by contrast|in contrast|meanwhile|for (?:his|her|its|their) part),"
)
_TURN = re.compile(rf"(?:But |And )?(?:{_SIDE_TURN}|{_FOR_TURN}|{_CONTRAST_TURN})")
# The words that a turn begins with or has in it: to look for these first is faster.
_TURN_SIGNS = (" on the other hand,", " contrast,", " meanwhile,", " part,")
_FIRST_OF_TURN = frozenset("On From In For As Turning With Among But And Meanwhile".split())
# What "for" and "in" are followed by where nobody is meant.
_NO_SIDES = TIME_WORDS | frozenset(
    "example instance reasons reason purposes purpose fact general particular addition "
    "first".split()
)
# In front of these "the" points to somebody who was named.
_FORMER, _LATTER = "former", "latter"
_POINTERS = ([_FORMER], [_LATTER])
# How far before a sentence its pronouns are looked up.
_MAX_BACK = 6
_ROLE_ENDS = ("er", "or", "ee", "ant", "ist", "lord", "lady", "ian", "man", "woman")
# A heading of more words names no side.
_MAX_HEADING_WORDS = 8
# A heading of at most so many words is a term that the first sentence below it may define.
_MAX_TERM_WORDS = 4


class Place(NamedTuple):
    """Where a passage stands: the numbers of its article and section, and the section's heading."""

    article: int
    section: int
    heading: str


class SentenceTopics(NamedTuple):
    """What a sentence is about.

    ``subjects`` are the words of its subjects, ``heads`` those that stand before a preposition in
    them, ``stances`` those of subjects that say, want or decide something there, ``wishes`` those
    that want something, and ``definitions`` the phrases that it defines.
    """

    subjects: _Words = ()
    heads: _Words = ()
    stances: _Words = ()
    wishes: _Words = ()
    definitions: _Words = ()


class CollectionTopics(NamedTuple):
    """What all sentences and titles are about, field by field of ``SentenceTopics``.

    Each of ``sentences`` has an entry a sentence, each of ``titles`` one a passage.
    """

    sentences: tuple[list[_Words], ...]
    titles: tuple[list[_Words], ...]


def read_topics(
    passages: Sequence[Sequence[str]],
    places: Sequence[Place],
    is_name: _IsName,
    language: str,
) -> CollectionTopics:
    """Find what all sentences of passages are about, in their order.

    ``is_name`` says whether a word of the collection is a name. In other languages than English
    there are definitions alone.
    """
    # In other languages no words are told.
    read: _Read = TokenReader().read if language == "en" else _read_nothing
    fields = SentenceTopics._fields
    topics = CollectionTopics(tuple([] for _ in fields), tuple([] for _ in fields))
    for _, of_article in groupby(zip(places, passages, strict=True), _article_of):
        numbered = list(of_article)
        texts = [text for _, passage in numbered for text in passage]
        sentences = list(map(read, texts))
        reader = _ArticleReader(is_name, learn_affiliations(sentences), language)
        remaining = iter(sentences)
        for place, passage in numbered:
            _add(topics.titles, SentenceTopics(subjects=reader.enter(place)))
            for text in passage:
                _add(topics.sentences, reader.read(text, next(remaining)))
    return topics


def _read_nothing(_: str) -> Sentence:
    return NO_SENTENCE


def _add(columns: tuple[list[_Words], ...], topics: SentenceTopics) -> None:
    for column, words in zip(columns, topics, strict=True):
        column.append(words)


def _article_of(numbered: tuple[Place, Sequence[str]]) -> int:
    place, _ = numbered
    return place.article


class _ArticleReader:
    """Reads the sentences of one article in order."""

    def __init__(self, is_name: _IsName, affiliations: "Affiliations", language: str) -> None:
        self._is_name = is_name
        self._affiliations = affiliations
        self._language = language
        self._section = -1
        # The heading until the first sentence below it, which says what it is.
        self._defined_heading: tuple[str, ...] = ()
        self._heading: tuple[str, ...] = ()
        self._topic: tuple[str, ...] = ()
        # The subjects of the last sentences of the section, the latest last, and all words of the
        # last sentence.
        self._before: list[tuple[str, ...]] = []
        self._tokens_before: Sequence[Token] = ()

    def enter(self, place: Place) -> _Words:
        """Begin with a passage, and give the words of whom its heading names."""
        if place.section == self._section:
            return self._heading
        self._section = place.section
        is_short = 0 < len(place.heading.split()) <= _MAX_TERM_WORDS
        self._defined_heading = (place.heading,) if is_short else ()
        is_english = self._language == "en"
        self._heading = read_heading(place.heading, self._is_name) if is_english else ()
        self._topic = ()
        self._before = []
        self._tokens_before = ()
        return self._heading

    def read(self, text: str, sentence: Sentence) -> SentenceTopics:
        """Give what the next sentence is about; in other languages than English without tokens."""
        tokens = sentence.tokens
        main = NO_PHRASE
        topics = SentenceTopics()
        if tokens:
            main = find_subject(tokens)
            topics = self._find_subjects(text, sentence, main)
        defined = find_definitions(text, sentence, main, self._language)
        definitions = (*self._defined_heading, *defined)
        self._defined_heading = ()
        return topics._replace(definitions=definitions)

    def _find_subjects(self, text: str, sentence: Sentence, main: NounPhrase) -> SentenceTopics:
        tokens = sentence.tokens
        turn = _find_turn(text)
        subject = self._resolve(main)
        has_name = any(map(self._is_name, subject))
        if turn:
            self._topic = turn
        elif has_name and not set(self._topic) & set(subject):
            self._topic = ()
        inherited = self._topic if has_name else (*self._topic, *self._heading)
        verbs = _find_verbs(tokens, main) + _find_relative_verbs(sentence)
        clauses = [((*subject, *inherited), verbs)]
        later = find_later_subjects(sentence, main.verb + 1)
        clauses += [(phrase.words, _find_verbs(tokens, phrase)) for phrase in later]
        if subject:
            self._before = [*self._before[1 - _MAX_BACK :], subject]
        self._tokens_before = tokens
        stances = [words for words, verbs in clauses if not PARTY_VERBS.isdisjoint(verbs)]
        wishes = [words for words, verbs in clauses if not WISH_VERBS.isdisjoint(verbs)]
        # What "he" stands for is no phrase of this sentence.
        head = main.head if subject == main.words else subject
        heads = [head, inherited, *(phrase.head for phrase in later)]
        return SentenceTopics(
            subjects=self._collect([words for words, _ in clauses]),
            heads=tuple(dict.fromkeys(chain.from_iterable(heads))),
            stances=self._collect(stances),
            wishes=self._collect(wishes),
        )

    def _collect(self, phrases: Sequence[_Words]) -> _Words:
        """Give the words of phrases, with what the people among them belong to."""
        if not any(phrases):
            return _NO_WORDS
        listed = list(chain.from_iterable(phrases))
        affiliations = self._affiliations.find(listed)
        return tuple(dict.fromkeys((*listed, *affiliations)))

    def _resolve(self, phrase: NounPhrase) -> tuple[str, ...]:
        """Give the words of a subject, with those of whom it stands for."""
        if phrase.pronoun in ("he", "she"):
            return self._find_before(self._is_person)
        if phrase.pronoun:
            return self._before[-1] if self._before else self._topic
        if phrase.determiner not in ("the", "this", "these", "both"):
            return phrase.words
        folded = [fold(word) for word in phrase.words]
        names_before = self._list_names_before() if folded[:1] in _POINTERS else ()
        if names_before:
            place = 0 if folded[0] == _FORMER else -1
            return (names_before[place],)
        if len(folded) == 1 and folded[0] in STAND_INS:
            return (*phrase.words, *self._find_before(self._has_name))
        return phrase.words

    def _list_names_before(self) -> Sequence[str]:
        tokens = self._tokens_before
        return [token.word for token in tokens if token.word_class is WordClass.NAME]

    def _find_before(self, fits: Callable[[tuple[str, ...]], bool]) -> tuple[str, ...]:
        """Give the nearest subject before that fits; else what the text has turned to."""
        return next(filter(fits, reversed(self._before)), self._topic or self._heading)

    def _has_name(self, words: tuple[str, ...]) -> bool:
        return any(map(self._is_name, words))

    def _is_person(self, words: tuple[str, ...]) -> bool:
        return self._has_name(words) or any(fold(word) in TITLES for word in words)


def _find_verbs(tokens: Sequence[Token], phrase: NounPhrase) -> list[str]:
    """Give the verb of a subject with what directly follows it: "has since said"."""
    if phrase.verb < 0:
        return []
    return [token.folded for token in tokens[phrase.verb : phrase.verb + _MAX_VERB_WORDS]]


def _find_relative_verbs(sentence: Sentence) -> list[str]:
    """Give what a subject does in a relative clause: "who wanted"."""
    tokens, signs = sentence
    behind = [position + 1 for position in signs if tokens[position].folded == "who"]
    return [tokens[position].folded for position in behind if position < len(tokens)]


def _find_turn(text: str) -> tuple[str, ...]:
    """Give the words of whom a sentence turns to; none where it turns to nobody."""
    first, _, _ = text.partition(" ")
    if first.rstrip(",") not in _FIRST_OF_TURN and not any(sign in text for sign in _TURN_SIGNS):
        return ()
    match = _TURN.match(text)
    if match is None:
        return ()
    whom = next(filter(None, match.groups()))
    words = _list_words(read_sentence(whom).tokens)
    if not words or not _NO_SIDES.isdisjoint(map(fold, whom.split())):
        return ()
    return words


def _list_words(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.word for token in tokens if token.is_noun)


def read_heading(heading: str, is_name: _IsName) -> tuple[str, ...]:
    """Give the words of the side that a heading names; none where it names none or several."""
    question = TokenizedText.tokenize(heading)
    if not 0 < len(question.tokens) <= _MAX_HEADING_WORDS:
        return ()
    party = find_question_subject(question.tokens, is_name).party
    names = [word for word in party if is_name(word)]
    roles = [word for word in party if _is_role(fold(word))]
    sides = names or roles
    return tuple(sides) if len(set(sides)) == 1 else ()


def _is_role(folded: str) -> bool:
    """Say whether a word is a role by its form: "tenant", "buyers", "company"."""
    singular = folded.removesuffix("s")
    return singular in TITLES or singular in STAND_INS or singular.endswith(_ROLE_ENDS)


class Affiliations:
    """Whom people of one article belong to, by the last words of their names."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._of_name: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def add(self, name: str, words: Iterable[str]) -> None:
        """Say that somebody of this last name belongs to a body, or has a title."""
        self._of_name[name].update(dict.fromkeys(words))

    def find(self, words: Iterable[str]) -> Iterator[str]:
        """Give what the people among some words belong to."""
        for word in words:
            if word in self._of_name:
                yield from self._of_name[word]


def learn_affiliations(sentences: Iterable[Sentence]) -> Affiliations:
    """Learn from all sentences of an article who belongs to whom.

    "Russian President Vladimir Putin", "the airline's director, Jane Orr", "Osama Rabie, the
    chairman of the canal authority".
    """
    affiliations = Affiliations()
    for tokens, signs in sentences:
        titles = [position for position in signs if tokens[position].is_title]
        for position in titles:
            name = _find_name_behind(tokens, position)
            name = name or _find_name_before(tokens, position)
            if name:
                affiliations.add(name, _find_body(tokens, position))
    return affiliations


def _find_body(tokens: Sequence[Token], title: int) -> list[str]:
    """Give the title with what stands before it, and behind "of" or "for"."""
    words = [tokens[title].word]
    position = title - 1
    while position >= 0 and tokens[position].is_noun and not tokens[position].end:
        words.insert(0, tokens[position].word)
        position -= 1
    position = title + 1
    is_of = position < len(tokens) and tokens[position].folded in ("of", "for", "at")
    if tokens[title].end or not is_of:
        return words
    for token in tokens[position + 1 : position + 6]:
        if token.is_noun:
            words.append(token.word)
        elif token.word_class is not WordClass.DETERMINER:
            break
        if token.end:
            break
    return words


def _find_name_behind(tokens: Sequence[Token], title: int) -> str:
    """Give the last name behind a title, or empty: "President Vladimir Putin"."""
    name = ""
    if tokens[title].end not in ("", ","):
        return name
    for token in tokens[title + 1 : title + 5]:
        if token.word_class is not WordClass.NAME:
            break
        name = token.word
        if token.end or token.is_possessive:
            break
    return name


def _find_name_before(tokens: Sequence[Token], title: int) -> str:
    """Give the last name that a title explains behind a comma: "Osama Rabie, the chairman"."""
    for position in range(title - 1, max(title - 6, -1), -1):
        token = tokens[position]
        if token.end == ",":
            return token.word if token.word_class is WordClass.NAME else ""
        if token.end or token.word_class is WordClass.PREPOSITION:
            break
    return ""
