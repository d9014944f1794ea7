"""Text into terms: the folded, stemmed words that are compared. English has stop words; others have none.

Folding: apostrophes of every shape are one, case and accents do not count (NFKD, marks dropped), a
possessive ending is cut off. Stems are Snowball's (PyStemmer). Runs of Chinese, Japanese or Thai, which
are written without blanks, become overlapping pairs of characters.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import chain, islice, pairwise

import Stemmer

from bot.search.analysis.synonym_index import SynonymIndex
from bot.search.analysis.synonyms import SynonymGroup, Thesaurus, lay_out, read_builtin_thesaurus
from bot.search.memo import memoize

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip

_ENGLISH_STOP_WORDS = frozenset(
    """
    a about above across actually after afterwards again against ago all almost along already also although
    always am amid among amongst an and another any anybody anyhow anyone anything anyway anywhere are aren't
    around as aside at away basically be became because become becomes been before beforehand being below
    beside besides between beyond both but by came can can't cannot come comes coming could couldn't
    did didn't do does doesn't doing don't done dont down due during each either else elsewhere enough especially
    etc even ever every everybody everyone everything everywhere except few for from further furthermore gave get
    gets getting give given gives giving go goes going gone gonna got gotten had hadn't hardly has hasn't have
    haven't having he he'd he'll hence her here hereby herein hers herself him himself his how however
    i i'd i'll i'm i've if im in indeed inside instead into is isn't it it'd it'll its itself just keep
    kept largely let let's lets like likely lot lots made mainly make makes making many may maybe me mean means
    meanwhile might mine more moreover most mostly much must mustn't my myself namely near nearly neither never
    nevertheless no nobody none nonetheless nor not nothing now nowhere of off often oh ok okay on once ones
    only onto or other others otherwise ought our ours ourselves out outside over overall own particularly per
    perhaps please pls put puts quite rather really regarding same saw say says seem seemed seems seen several
    shall she she'd she'll should shouldn't since so some somebody somehow someone something sometimes somewhat
    somewhere soon still such sure take taken takes taking tell than that that'll thats the their theirs them
    themselves then thence there thereafter thereby therefore they they'd they'll they're they've thing
    things this those though through throughout thus till to together too took toward towards under unless
    unlike until up upon us use used uses using usually various very via was wasn't way ways we
    we'd we'll we're we've well went were weren't what whatever when whenever where whereas whereby wherein
    whereupon wherever whether which whichever while who who'd who'll whoever whole whom whose why will with
    within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves
    ain't aint cant didnt doesnt isnt wasnt wont theres whats hows wheres whos u ur r
    """.split()
)

# Words that people put around what they ask. Those of other questions they are too, so they count for less.
_ENGLISH_FRAME_WORDS = """
    happen mean meaning explain describe told know knew known think thought believe guess wonder understand
    understood ask question answer call name mention discuss talk article text story author write wrote written
    state according find found show look try read hear heard learn reason kind sort type example detail info
    information fact point part case idea number amount exact exactly simply basically literally honestly actual
    possible possibly currently nowadays person people guy dude bro mate folk friend lol plz thx idk tbh imo
    rn cuz bc wanna long big far old good bad best worse main important great small different quickly short summary
    summarize summarise brief briefly curious interested confused genuinely seriously suppose supposedly today right
    wrong true real reality deal hope hi hello hey thanks sorry need word section passage quote role involve
    include concern want
"""

# Scripts that are written without blanks; what stands for an apostrophe; marks that belong to the letter before.
_UNSPACED = "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_APOSTROPHE = "'’‘‛ʼʻ`´′＇"
_MARKS = "".join(
    mark for mark in map(chr, range(0x300, 0x3100)) if unicodedata.category(mark).startswith("M")
)
_LETTER = f"[^\\W_{_UNSPACED}ʼʻ]"
_INITIAL = f"[^\\W\\d_{_UNSPACED}ʼʻ][{_MARKS}]*+"
# A run without blanks, a number, initials (U.S., e.g.), a word with a prefix that reverses it (de-escalate), a word.
_WORD = re.compile(
    rf"[{_UNSPACED}]+|\d+(?:[.,]\d+)+"
    rf"|(?<!{_LETTER})(?:[Dd]e|[Nn]on|[Aa]nti|[Uu]n)-{_LETTER}{{3,}}"
    rf"|(?:{_INITIAL}\.)+{_INITIAL}(?!{_LETTER})\.?(?:[{_APOSTROPHE}][sS](?!{_LETTER}))?"
    rf"|{_LETTER}(?:{_LETTER}|[{_MARKS}]|[{_APOSTROPHE}](?={_LETTER}))*"
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}][\u3099\u309a]?")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHE, "'"))
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
_CACHED = 8_192
STOP = "\0"

# What a word counts for that stands for another.
WEIGHTS = {"same": 0.7, "close": 0.35, "kinds": 0.5}


Key = tuple[str, ...]


class Analyzer:
    """The terms of texts in one language (ISO 639-1; one without a Snowball stemmer keeps its words whole).

    A term is a stem, or the stems of a phrase of the thesaurus with blanks between them.
    """

    def __init__(self, language: str = "en", groups: Iterable[SynonymGroup] | None = None) -> None:
        """Prepare stemmer, stop words and thesaurus (``groups``; by default the program's own).

        The results are remembered for a bounded number of words.
        """
        self.language = language
        self._stop_words = _ENGLISH_STOP_WORDS if language == "en" else frozenset()
        algorithm = _SNOWBALL.get(language)
        self._stemmer = Stemmer.Stemmer(algorithm, 0) if algorithm else None
        self._shapes: dict[str, str] = {}
        self._stems: defaultdict[str, list[str]] = defaultdict(list)
        # By their first two words.
        self._phrases: defaultdict[Key, list[Key]] = defaultdict(list)
        self._phrase_terms = _PhraseTerms()
        # The stems that phrases begin with which are a word in another shape, by the term of that.
        self._first_stems: defaultdict[str, list[str]] = defaultdict(list)
        self._forget()
        self._variants = self._take(
            read_builtin_thesaurus(language) if groups is None else lay_out(groups)
        )
        self.frame_terms = frozenset(self.analyze(_ENGLISH_FRAME_WORDS) if language == "en" else ())

    def _forget(self) -> None:
        """Begin with no word known."""
        self.stem_key = memoize(Analyzer._key, self, _CACHED)
        self._keys_of = memoize(Analyzer.stem_keys, self, _CACHED)

    def analyze(self, text: str) -> list[str]:
        """Give the terms of a text in order, stop words left out, repeated ones kept, phrases after their words."""
        return self._join_phrases(list(chain.from_iterable(map(self._keys_of, text.split()))))

    @property
    def phrases(self) -> Iterable[Key]:
        """The pairs of keys that phrases begin with."""
        return self._phrases

    def find_phrases_of(self, pair: Key) -> list[tuple[Key, str]]:
        """Give the phrases that begin with two keys: their other keys, and their term."""
        return [(phrase[2:], self._phrase_terms[phrase]) for phrase in self._phrases.get(pair, ())]

    def stem_keys(self, text: str) -> Key:
        """Give the keys of what stands between two blanks (no word holds one); stop words' begin with ``STOP``."""
        return tuple(map(self._key, tokenize(text)))

    def _join_phrases(self, keys: Sequence[str]) -> list[str]:
        phrases = self._phrases
        if phrases.keys().isdisjoint(pairwise(keys)):
            return [key for key in keys if key[0] != STOP]
        ends = defaultdict(list)
        for at, pair in enumerate(pairwise(keys)):
            if pair in phrases:
                for phrase in phrases[pair]:
                    if len(phrase) == 2 or tuple(keys[at : at + len(phrase)]) == phrase:
                        ends[at + len(phrase) - 1].append(self._phrase_terms[phrase])
        terms: list[str] = []
        for at, key in enumerate(keys):
            if key[0] != STOP:
                terms.append(key)
            if at in ends:
                terms += ends[at]
        return terms

    def term(self, word: str) -> str:
        """Give the term of one word as ``tokenize`` found it; empty for a stop word."""
        key = self.stem_key(word)
        return "" if key[0] == STOP else key

    def synonyms(self, term: str) -> dict[str, float]:
        """Give the terms that may stand for a term, each with the share (0 to 1) that it counts for."""
        first = term.partition(" ")[0]
        stems = {first, *self.stems_of_term(first), *self._first_stems.get(term, ())}
        return self._variants.find(
            term, chain.from_iterable(map(beginnings_of, stems)), self._find_terms
        )

    def stem_words(self, words: Sequence[str]) -> list[str]:
        """Give the stems of many folded words at once, stop words included."""
        return list(self._stemmer.stemWords(words) if self._stemmer else words)

    def stems_of_term(self, term: str) -> Sequence[str]:
        """Give the stems whose words have a term: its own and, of a word in several shapes, theirs."""
        return self._stems.get(term) or (() if term in self._shapes else (term,))

    def find_phrases(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Give where phrases stand in ``words``, the longest first at each place, none inside another."""
        keys = [self.stem_key(word) for word in words]
        found: list[tuple[int, int, str]] = []
        at = 0
        while at < len(keys):
            here = [
                phrase
                for phrase in self._phrases.get(tuple(keys[at : at + 2]), ())
                if tuple(keys[at : at + len(phrase)]) == phrase
            ]
            longest = max(here, key=len, default=None)
            if longest is not None:
                found.append((at, at + len(longest), self._phrase_terms[longest]))
            at += len(longest or "1")
        return found

    def _key(self, word: str) -> str:
        """Give the stem of a word, whatever its shape; that of a stop word begins with a mark."""
        folded = fold(word)
        if folded.rstrip(".") in ("u.s", "u.s.a") or (folded == "us" and word.startswith("US")):
            return self._shapes.get("usa", "usa")
        is_stop = folded in self._stop_words and word != "May"
        folded = folded.replace("'", "").replace(",", "").replace("-", "")
        bare = folded.replace(".", "") if not folded[:1].isdigit() else folded
        stem = self._stemmer.stemWord(bare) if self._stemmer else bare
        return STOP + stem if is_stop or not stem else self._shapes.get(stem, stem)

    def _take(self, thesaurus: Thesaurus) -> SynonymIndex:
        """Learn the shapes and the phrases of a thesaurus; give what may stand for what."""
        forms = [group.words for group in thesaurus.groups("forms")]
        phrases = iter(self._find_phrases(list(chain.from_iterable(forms))))
        for words in forms:
            self._join(list(islice(phrases, len(words))))
        self._forget()
        variants = SynonymIndex(thesaurus, WEIGHTS, keeps_beginnings=self.language == "en")
        for phrase in dict.fromkeys(self._find_phrases(list(dict.fromkeys(variants.odd_words())))):
            if len(phrase) > 1 and phrase not in self._phrase_terms and _is_telling(phrase):
                self._phrases[phrase[:2]].append(phrase)
        return variants

    def _find_phrases(self, words: Sequence[str]) -> list[Key]:
        """Give the keys of words and phrases of the thesaurus, each as a whole."""
        parts = [word.split(" ") for word in words]
        keys = self._find_keys_of_all({*chain.from_iterable(parts)}).__getitem__
        return [tuple(chain.from_iterable(map(keys, of_word))) for of_word in parts]

    def _find_terms(self, words: Sequence[str]) -> list[str]:
        """Give the terms of words and phrases of the thesaurus; empty for what consists of stop words alone."""
        return [
            (self._phrase_terms[phrase] if len(phrase) > 1 else phrase[0])
            if _is_telling(phrase)
            else ""
            for phrase in self._find_phrases(words)
        ]

    def _find_keys_of_all(self, texts: Set[str]) -> dict[str, Key]:
        """Give the keys of texts without blanks: what is a plain word is stemmed all at once."""
        plain = [text for text in texts if text.isalpha() and text.isascii() and text.islower()]
        stems = self.stem_words(plain)
        keys: dict[str, Key] = dict(
            zip(plain, zip(map(self._shapes.get, stems, stems), strict=True), strict=True)
        )
        for text in (texts - keys.keys()) | (self._stop_words & keys.keys()):
            keys[text] = self.stem_keys(text)
        return keys

    def _join(self, phrases: Sequence[Key]) -> None:
        """Make the shapes of a word one term: that of the first which is a single word."""
        singles = [phrase[0] for phrase in phrases if len(phrase) == 1 and phrase[0][0] != STOP]
        if singles:
            chosen = self._shapes.get(singles[0], singles[0])
            for stem in singles:
                if stem not in self._shapes:
                    self._shapes[stem] = chosen
                    self._stems[chosen].append(stem)
            for phrase in phrases:
                if len(phrase) > 1:
                    self._add_phrase(phrase, chosen)
                    self._first_stems[chosen].append(phrase[0].removeprefix(STOP))

    def _add_phrase(self, phrase: Key, term: str) -> None:
        if phrase not in self._phrase_terms:
            self._phrases[phrase[:2]].append(phrase)
            self._phrase_terms[phrase] = term


class _PhraseTerms(dict[Key, str]):
    """The terms of those phrases that are a word in another shape; of all others it is made when it is asked for."""

    def __missing__(self, phrase: Key) -> str:
        """Give the keys without the marks of stop words."""
        return " ".join(phrase).replace(STOP, "")


def _is_telling(phrase: Key) -> bool:
    """Say whether there is a word in a phrase that is no stop word."""
    return any(key[0] != STOP for key in phrase)


@lru_cache(maxsize=8)
def get_analyzer(language: str) -> Analyzer:
    """Give the terms of a language with the program's own thesaurus, made once and shared."""
    return Analyzer(language)


def beginnings_of(stem: str) -> tuple[str, ...]:
    """Say how words of plain letters begin that have an English stem: as it does, but "dying" has the stem "die"."""
    return (stem[:2], f"{stem[0]}y") if stem[1:] == "ie" else (stem[:2],)


def tokenize(text: str) -> list[str]:
    """Give the words of a text in order, as they stand there but for invisible characters."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
        if _UNSPACED_CHARACTER.search(text):
            return [part for word in _WORD.findall(text) for part in _parts(word)]
    return _WORD.findall(text)


def _parts(word: str) -> list[str]:
    characters = _UNSPACED_CHARACTER.findall(word)
    return ["".join(pair) for pair in pairwise(characters)] if len(characters) > 2 else [word]


def fold(word: str) -> str:
    """Fold case, accents and the shapes of the apostrophe, and cut off a possessive ending."""
    if word.isascii():
        return word.lower().replace("`", "'").removesuffix("'s")
    bare = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()
    kept = (
        character
        for character in bare
        if not unicodedata.combining(character) and not character.isspace()
    )
    return "".join(kept).translate(_LETTERS).removesuffix("'s")
